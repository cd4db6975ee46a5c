"""The small cast of the tests: Mona manages Rami, Tess and Stan; Otto manages Nina and must see nothing of theirs.

Their whole book, in euros, on 15 October 2026 (a Thursday, day 11 of 22 working days of October):

| rep  | deal | created    | closed     | outcome | amount |
|------|------|------------|------------|---------|--------|
| Tess | T1   | 2026-07-01 | 2026-10-05 | won     | 12,000 |
| Tess | T2   | 2026-08-03 | 2026-10-12 | won     |  8,000 |
| Tess | T3   | 2026-09-01 | 2026-10-13 | lost    |  5,000 |
| Tess | T4   | 2026-10-01 |            | open    |  7,000 |
| Stan | S1   | 2026-01-12 |            | open    | 30,000 |
| Stan | S2   | 2026-06-01 | 2026-09-10 | won     |  4,000 |
| Rami | R1   | 2026-10-07 |            | open    |  3,000 |
| Nina | N1   | 2026-09-01 | 2026-10-02 | won     |  9,000 |
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from fractions import Fraction

from django.db import transaction

from upswing.actions.import_batch import About, Imported, import_batch
from upswing.actions.people import set_user
from upswing.connectors.connector import Known
from upswing.core.people import AccessRole
from upswing.core.records import (
    DealRecord,
    Origin,
    Outcome,
    PersonRecord,
    Problem,
    QuotaRecord,
    Record,
    StageMove,
)
from upswing.people.models import Person, User
from upswing.people.viewer import Viewer, system_viewer
from upswing.queries.viewers import viewer_of
from upswing.simulation.cast import CAST as DEMO

TODAY = date(2026, 10, 15)
NOW = datetime(2026, 10, 15, 12, tzinfo=UTC)
PASSWORD = "a long enough password"
CAST = {
    who.name.split()[0]: who.manager.split()[0]
    for who in DEMO
    if who.name.split()[0] in {"Tess", "Stan", "Rami", "Nina"}
}
"""By their first names, the people whom the demo shows in full, each with their manager."""
ROLES = {
    "tess": AccessRole.REP, "stan": AccessRole.REP, "mona": AccessRole.MANAGER, "otto": AccessRole.MANAGER,
    "olga": AccessRole.REVENUE_OPERATIONS, "ada": AccessRole.AUDITOR,
}  # fmt: skip


class Given:
    """A connector that yields what it was given."""

    def __init__(self, *items: Record | Problem) -> None:
        self.items = items

    def read(self, known: Known) -> Iterator[Record | Problem]:
        return iter(self.items)


def deal(
    key: str,
    rep: str,
    created: str = "",
    closed: str = "",
    outcome: str = "open",
    amount: int = 0,
    **more: object,
) -> DealRecord:
    """A deal; `amount` in whole euros, days as text, empty for none."""
    days = [date.fromisoformat(day) if day else None for day in (created, closed)]
    fields: dict[str, object] = {
        "id": key, "origin": Origin("deals.csv", 2), "credit": ((rep, 1),), "stage": outcome.title(),
        "outcome": Outcome(outcome), "created": days[0], "closed": days[1],
        "amount_minor": amount * 100, "expected_minor": amount * 100,
        "moves": tuple(StageMove(outcome.title(), day) for day in days[1:] if day),
    }  # fmt: skip
    return DealRecord(**(fields | more))  # type: ignore[arg-type]


def book() -> tuple[DealRecord, ...]:
    """The table above."""
    lines = [line.strip("| ").split("|") for line in (__doc__ or "").splitlines() if line.startswith("|")][2:]
    cells = [[cell.strip() for cell in line] for line in lines]
    return tuple(
        deal(key, rep, *days, outcome, int(amount.replace(",", "")))
        for rep, key, *days, outcome, amount in cells
    )


def roster() -> tuple[PersonRecord, ...]:
    """Everybody who sells, with their manager."""
    return tuple(PersonRecord(rep, Origin("people.csv", 2), manager=manager) for rep, manager in CAST.items())


def quota(rep: str, period: str, value: int, metric: str = "won_value") -> QuotaRecord:
    """A quota in whole euros, or a count."""
    factor = 100 if metric == "won_value" else 1
    return QuotaRecord(rep, period, metric, Fraction(value * factor), Origin("quotas.csv", 2))


def bring(*items: Record | Problem, source: str = "crm", now: datetime = NOW) -> Imported:
    """Import these, as the operator would."""
    about = About(source, source.upper(), "EUR", "Testers", None, "test")
    return import_batch(operator(), Given(*items), about, now)


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside leaves no trace: generated examples each begin with an empty book."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def settle_in(*extra: Record) -> Imported:
    """The cast, their book, Tess's quota."""
    return bring(*roster(), *book(), quota("Tess", "2026-10", 20_000), *extra)


def operator() -> Viewer:
    """The installation itself."""
    return system_viewer(TODAY, "test")


def give_sign_ins() -> None:
    """One user each for the people of ROLES; Olga and Ada sell nothing and belong nowhere."""
    for name, role in ROLES.items():
        known = Person.objects.unscoped("test").filter(key=name).exists()
        set_user(operator(), f"{name}@example.com", role, name if known else None, PASSWORD)


def user(name: str) -> User:
    """The user of that name."""
    return User.objects.get(email=f"{name}@example.com")


def viewer(name: str) -> Viewer:
    """Who is asking, by name."""
    return viewer_of(user(name), TODAY)


def person(name: str) -> Person:
    """The person of that name."""
    return Person.objects.unscoped("test").get(key=name.lower())


def people(names: Iterable[str]) -> list[Person]:
    """The people of those names."""
    return [person(name) for name in names]
