"""The demo shows each story of the cast."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import pairwise

import pytest

from tests.simulation.worlds import rows, world
from upswing.core.period import quarter_of
from upswing.simulation import World
from upswing.simulation.cast import CAST, address
from upswing.simulation.names import REPS

AS_OF = date(2026, 11, 20)


@pytest.fixture(scope="module")
def demo() -> World:
    return world("demo", start=date(2025, 7, 1), as_of=AS_OF)


@pytest.fixture(scope="module")
def quotas(demo: World) -> dict[tuple[str, str], float]:
    """What the running quarter asks for, by rep and metric."""
    slug = quarter_of(demo.anchor).slug
    return {
        (row["rep"], row["metric"]): float(row["value"])
        for row in rows(demo, "quotas")
        if row["period"] == slug
    }


def so_far() -> float:
    """The share of the quarter that has gone by."""
    quarter = quarter_of(AS_OF)
    return (AS_OF - quarter.start).days / quarter.days


def test_the_cast_is_numbered_and_placed_as_it_was_told(demo: World) -> None:
    people = rows(demo, "people")
    assert [(row["name"], row["team"], row["manager"], row["role"]) for row in people] == [
        (member.name, member.team, member.manager, member.role) for member in CAST
    ]
    assert [member.name for member in CAST] == list(REPS[: len(CAST)])
    assert people[0]["email"] == address("Tess Lund") == "tess.lund@demo.upswing.example"
    assert demo.anchor == date(2026, 10, 1)


def test_the_default_look_lies_inside_a_quarter() -> None:
    assert world("demo", months=12).as_of == date(2024, 11, 20)


def test_tess_is_clearly_above_what_is_asked(demo: World, quotas: dict[tuple[str, str], float]) -> None:
    won, held = won_since(demo), held_since(demo)
    assert won["Tess Lund"] > 1.2 * so_far() * quotas["Tess Lund", "won_value"]
    assert held["Tess Lund"] > 1.2 * so_far() * quotas["Tess Lund", "meetings_held"]


def won_since(demo: World) -> Counter[str]:
    found: Counter[str] = Counter()
    for row in rows(demo, "deals"):
        if row["stage"] == "Won" and row["closed"] >= demo.anchor.isoformat():
            found[row["rep"]] += round(float(row["amount"]))
    return found


def held_since(demo: World) -> Counter[str]:
    return Counter(
        row["rep"]
        for row in rows(demo, "activities")
        if row["kind"] == "meeting"
        and row["outcome"] in {"held", "positive"}
        and row["at"] >= demo.anchor.isoformat()
    )


def test_nina_talks_a_lot_and_proposes_little(demo: World, quotas: dict[tuple[str, str], float]) -> None:
    owner = {row["id"]: row["rep"] for row in rows(demo, "deals")}
    proposed = Counter(
        owner[row["deal"]]
        for row in rows(demo, "quotes")
        if row["revision"] == "1" and row["sent"] >= demo.anchor.isoformat()
    )
    talked = Counter(
        row["rep"]
        for row in rows(demo, "activities")
        if row["outcome"] in {"conversation", "answered"} and row["at"] >= demo.anchor.isoformat()
    )
    assert proposed["Nina Aalto"] < 0.7 * so_far() * quotas["Nina Aalto", "proposals_sent"]
    assert talked["Nina Aalto"] > so_far() * quotas["Nina Aalto", "conversations"]


def test_stans_pipeline_is_large_and_old(demo: World) -> None:
    old = Counter(
        row["rep"]
        for row in rows(demo, "deals")
        if not row["closed"] and (AS_OF - date.fromisoformat(row["created"])).days > 120
    )
    others = sorted(count for name, count in old.items() if name != "Stan Weber")
    assert old["Stan Weber"] > 2 * others[-1]


def test_ramis_quota_is_ramped(demo: World, quotas: dict[tuple[str, str], float]) -> None:
    (start,) = (row["start"] for row in rows(demo, "people") if row["name"] == "Rami Haddad")
    assert (demo.anchor - date.fromisoformat(start)).days in {43, 44, 45}
    assert 0 < quotas["Rami Haddad", "won_value"] < 0.5 * quotas["Nadia Petrova", "won_value"]
    assert quotas["Rami Haddad", "conversations"] < quotas["Nadia Petrova", "conversations"]


def test_jonas_is_on_leave_until_after_the_look(demo: World) -> None:
    away = {
        row["day"] for row in rows(demo, "days_off") if (row["rep"], row["kind"]) == ("Jonas Kim", "leave")
    }
    assert min(away) == "2026-09-10"
    assert max(away) == "2026-12-31"
    since = [
        row["at"] for row in rows(demo, "activities") if row["rep"] == "Jonas Kim" and row["kind"] == "call"
    ]
    assert "2026-09-09" <= max(since) < "2026-09-10"


def test_mona_coaches_nadia(demo: World) -> None:
    meetings = [row for row in rows(demo, "coaching") if row["rep"] == "Nadia Petrova"]
    assert {(row["manager"], row["focus"]) for row in meetings} == {("Mona Berg", "Demo")}
    (begun,) = {row["start"] for row in meetings}
    passed: dict[bool, list[bool]] = {False: [], True: []}
    stages: dict[str, list[tuple[str, str]]] = {}
    for move in rows(demo, "stage_moves"):
        stages.setdefault(move["deal"], []).append((move["stage"], move["day"]))
    mine = {row["id"] for row in rows(demo, "deals") if row["rep"] == "Nadia Petrova"}
    for deal, moves in stages.items():
        for (stage, _), (following, day) in pairwise(moves):
            if deal in mine and stage == "Demo":
                passed[day >= begun].append(following != "Lost")
    shares = {late: sum(told) / len(told) for late, told in passed.items()}
    assert shares[True] > shares[False] + 0.1


def test_pavels_log_is_padded_and_diego_opens_what_hana_closes(demo: World) -> None:
    labels, names = demo.truth.arrays["activity_label"], demo.tables["activities"].texts("rep")
    assert {name for name, label in zip(names, labels.tolist(), strict=True) if label > 3} == {"Pavel Novak"}
    handed = {row["rep"] for row in rows(demo, "deals") if row["id"].startswith("D-011-")}
    assert handed == {"Hana Sato"}
