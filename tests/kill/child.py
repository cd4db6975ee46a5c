"""One import in a process of its own, to be killed: prints how many rows are done after each chunk.

python -m tests.kill.child import FOLDER [N: die before the Nth statement] | state | finish FOLDER (import, then state)
| count FOLDER (import, then the number of statements)
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "upswing.config.settings"


class Statements:
    """Counts statements, and dies before a given one as by kill -9."""

    def __init__(self, fatal: int) -> None:
        self.count, self.fatal = 0, fatal

    def __call__(self, execute: Callable[..., Any], *rest: Any) -> Any:
        self.count += 1
        if self.count == self.fatal:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*rest)


def run(folder: Path, *, tell: bool = True) -> None:
    from upswing.actions.import_batch import About, import_batch
    from upswing.cli import asked
    from upswing.connectors.files.connector import Files
    from upswing.connectors.files.mapping import read_mapping

    mapping = read_mapping(folder / "map.toml")
    about = About(mapping.source, mapping.name, mapping.currency, "", mapping.read_on, "map.toml")
    import_batch(
        asked.operator("kill test"),
        Files(folder, mapping),
        about,
        asked.now(),
        lambda done, total: print(done, flush=True) if tell else None,
    )


def state() -> None:
    """Everything that counts, one row a line, in an order that does not depend on how it came in."""
    from upswing.actions.rebuild import check
    from upswing.book.models import Credit, Deal, StageMove
    from upswing.cli import asked
    from upswing.core.measures import FLOWS
    from upswing.ledger.models import Fact, RepDay, RepMonth
    from upswing.people.models import Membership, Person

    people = Person.objects.unscoped("test")
    print(sorted(people.values_list("key", "sells")))
    print(sorted(Membership.objects.values_list("person__key", "team__name", "leads")))
    columns = [flow.key for flow in FLOWS]
    ids = dict(Deal.objects.unscoped("test").values_list("id", "external_id"))
    print(sorted(Deal.objects.unscoped("test").values_list("external_id", "stage", "amount_minor", "digest")))
    print(
        sorted(
            (ids[deal], key, weight)
            for deal, key, weight in Credit.objects.values_list("deal", "person__key", "weight")
        )
    )
    print(
        sorted(
            (ids[deal], stage, str(day))
            for deal, stage, day in StageMove.objects.values_list("deal", "stage", "day")
        )
    )
    facts = Fact.objects.values_list("record", "kind", "day", "rep__key", "share", "amount", "ordinal")
    print(sorted((ids[record], kind, str(day), *rest) for record, kind, day, *rest in facts))
    for tier in (RepDay, RepMonth):
        print(
            sorted(
                (rep, str(day), *sums)
                for rep, day, *sums in tier.objects.values_list("rep__key", "day", *columns)
            )
        )
    print(check(asked.operator("kill test")))


if __name__ == "__main__":
    from upswing.cli import installation

    installation.start()
    from django.db import connection

    verb, *words = sys.argv[1:]
    statements = Statements(int(words[1]) if len(words) > 1 else 0)
    if verb != "state":
        with connection.execute_wrapper(statements):
            run(Path(words[0]), tell=verb == "import")
    if verb in {"state", "finish"}:
        state()
    if verb == "count":
        print(statements.count)
