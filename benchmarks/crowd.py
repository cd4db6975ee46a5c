"""Four writers and four readers at once, each a process of its own: no errors, and tiers equal to the facts."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import count as numbers
from random import Random
from time import monotonic

from benchmarks import scratch
from benchmarks.filling import AT, fill

PEOPLE, AT_ONCE, TOGETHER = 20, 4, 50


def main(seconds: int) -> None:
    """Print how much was done, what went wrong, and where the figures disagree."""
    scratch.start()
    fill(20_000, PEOPLE)
    from django.db import connection

    from upswing.actions.rebuild import check, rebuild
    from upswing.people.viewer import system_viewer

    operator = system_viewer(AT, "benchmark")
    rebuild(operator)  # the facts that no record made go, so that check may compare all of them
    connection.close()
    command = [sys.executable, "-m", "benchmarks.crowd"]
    crowd = [
        subprocess.Popen([*command, work, str(number), str(seconds)], stdout=subprocess.PIPE, text=True)
        for number in range(AT_ONCE)
        for work in ("write", "read")
    ]
    done: Counter[str] = Counter()
    for process in crowd:
        told, _ = process.communicate()
        done.update(json.loads(told.splitlines()[-1]) if told else {"errors": 1})
    wrong = len(check(operator))
    print(json.dumps({**done, "wrong": wrong, "seconds": seconds, "database": scratch.database()}))


def write(number: int, seconds: int) -> dict[str, int]:
    """Activities of random reps, fifty a time, until time is up; every fifth time the same ones again, changed."""
    from upswing.actions.desk import Desk
    from upswing.actions.shelf import take
    from upswing.actions.shelves.activities import Activities
    from upswing.core.records import ActivityKind, ActivityRecord, Happened, Origin
    from upswing.intake.models import Batch
    from upswing.people.models import Person

    everybody = dict(Person.objects.unscoped("benchmark").values_list("key", "id"))
    desk, random, ends = Desk(Batch.objects.get(), everybody), Random(number), monotonic() + seconds
    done = {"written": 0, "errors": 0}
    for step in numbers():
        if monotonic() > ends:
            return done
        first = (step - step % 5) * TOGETHER
        records = [
            ActivityRecord(
                f"{number}-{first + place}", random.choice(sorted(everybody)), ActivityKind.CALL,
                datetime(2026, 11, 2, 8, tzinfo=UTC) + timedelta(minutes=random.randrange(10_000)),
                Origin("calls.csv", 2), random.choice([Happened.CONVERSATION, Happened.NO_ANSWER]),
            )
            for place in range(TOGETHER)
        ]  # fmt: skip
        try:
            list(take(desk, Activities(), records))
            done["written"] += TOGETHER
        except Exception as error:  # noqa: BLE001  (whatever goes wrong is what is counted)
            done["errors"] += 1
            print(type(error).__name__, error, file=sys.stderr)
    return done


def read(number: int, seconds: int) -> dict[str, int]:
    """Cards of random reps until time is up."""
    from upswing.core.period import quarter_of
    from upswing.people.viewer import system_viewer
    from upswing.queries.people import reps
    from upswing.queries.scorecard import scorecard

    viewer, random, ends = system_viewer(AT, "benchmark"), Random(number), monotonic() + seconds
    everybody, done = [rep.id for rep in reps(viewer)], {"read": 0, "errors": 0}
    while monotonic() < ends:
        try:
            scorecard(viewer, random.choice(everybody), quarter_of(AT), AT)
            done["read"] += 1
        except Exception as error:  # noqa: BLE001  (whatever goes wrong is what is counted)
            done["errors"] += 1
            print(type(error).__name__, error, file=sys.stderr)
    return done


if __name__ == "__main__":
    if len(sys.argv) == 2:
        main(int(sys.argv[1]))
    else:
        scratch.start()
        work = {"write": write, "read": read}[sys.argv[1]]
        print(json.dumps(work(int(sys.argv[2]), int(sys.argv[3]))))
