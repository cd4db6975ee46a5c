"""Import: read a source, put every usable record in place, keep every problem. Importing twice equals once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from upswing.actions.book_deals import Desk, book, chunks
from upswing.actions.permission import needs_operator
from upswing.actions.roster import Roster
from upswing.actions.upsert import (
    CREATED,
    UNCHANGED,
    UPDATED,
    account_rows,
    ids,
    product_rows,
    quota_rows,
    upsert,
)
from upswing.book.models import Account, Product
from upswing.connectors.connector import Connector, Known, Thing, Unreadable, folded
from upswing.core.records import (
    AccountRecord,
    DealRecord,
    PersonRecord,
    Problem,
    ProductRecord,
    QuotaRecord,
    Severity,
)
from upswing.goals.models import Quota
from upswing.intake import models as intake
from upswing.ledger.counting import NOBODY, lock
from upswing.people.models import Organisation, Person
from upswing.people.viewer import Viewer

BLOCK = 1_000
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class About:
    """What an import says of itself: where it comes from, in which currency, when its files were made."""

    source: str
    name: str
    currency: str
    organisation: str
    read_on: Any
    mapping: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What one import did. `problems` are all of them, in file order."""

    batch: str
    created: int
    updated: int
    unchanged: int
    refused: int
    notices: int
    problems: tuple[Problem, ...]


def import_batch(
    viewer: Viewer,
    connector: Connector,
    about: About,
    now: datetime,
    progress: Progress = lambda done, total: None,
) -> Imported:
    """Bring in one source. Good rows land, each chunk whole or not at all; problems are kept beside them.

    Raises Unreadable, before anything is written, when the source as a whole cannot be read, and NotAllowed.
    """
    needs_operator(viewer, "import data")
    organisation = Organisation.objects.first()
    if organisation and about.currency and about.currency != organisation.currency:
        raise Unreadable(
            f"The mapping says {about.currency}, the organisation counts in {organisation.currency}. "
            "Convert the amounts first, or correct the mapping's currency."
        )
    records: dict[type, list[Any]] = {}
    problems: list[Problem] = []
    for item in connector.read(known()):
        if isinstance(item, Problem):
            problems.append(item)
        else:
            records.setdefault(type(item), []).append(item)
    problems = list(dict.fromkeys([*problems, *_without_deals(records)]))  # two kinds may share a file
    batch, fiscal_start = _open(about, now)
    counts = _take(batch, records, fiscal_start, now, progress)
    return _close(batch, counts, problems, now)


def known() -> Known:
    """What earlier imports brought, for this one to refer to."""
    people = Person.objects.unscoped("imports match names with anybody").filter(sells=True)
    found = Known(reps={person.key: person.name for person in people})
    for account in Account.objects.all():
        thing = Thing(account.external_id, account.name)
        found.accounts[folded(account.name)] = found.accounts[folded(account.external_id)] = thing
    for product in Product.objects.all():
        thing = Thing(product.external_id, product.name, product.list_price_minor)
        found.products[folded(product.name)] = found.products[folded(product.external_id)] = thing
    return found


def _without_deals(records: dict[type, list[Any]]) -> Iterable[Problem]:
    """People of this import without a deal in it: said, because a scorecard of zeros explains nothing."""
    sellers = {rep for deal in records.get(DealRecord, []) for rep, _ in deal.credit}
    if not sellers:
        return
    for person in records.get(PersonRecord, []):
        if person.name not in sellers:
            sentence = f"{person.name} has no deal in this import; their scorecard shows zeros and says so."
            yield Problem(
                Severity.NOTICE,
                "rep_without_deals",
                person.origin,
                person.name,
                "name",
                person.name,
                sentence,
            )


@transaction.atomic
def _open(about: About, now: datetime) -> tuple[intake.Batch, int]:
    organisation, _ = Organisation.objects.get_or_create(
        id=1, defaults={"name": about.organisation or about.name, "currency": about.currency or "EUR"}
    )
    source, _ = intake.Source.objects.get_or_create(key=about.source, defaults={"name": about.name})
    batch = intake.Batch.objects.create(
        source=source, mapping=about.mapping, started=now, read_on=about.read_on
    )
    return batch, organisation.fiscal_start


def _take(
    batch: intake.Batch, records: dict[type, list[Any]], fiscal_start: int, now: datetime, progress: Progress
) -> Counter[str]:
    total, done, counts = sum(map(len, records.values())), 0, Counter[str]()

    def tell(step: Counter[str]) -> None:
        nonlocal done
        counts.update(step)
        done += step.total()
        progress(done, total)

    with transaction.atomic():
        lock([NOBODY])
        roster = Roster.load(batch.read_on or now.date())
        tell(Counter(roster.take(record) for record in records.get(PersonRecord, [])))
    tell(upsert(batch, Account, account_rows(records.get(AccountRecord, []))))
    tell(upsert(batch, Product, product_rows(records.get(ProductRecord, []))))
    desk = Desk(batch, roster.ids(), ids(Account, batch), ids(Product, batch))
    for chunk in chunks(records.get(DealRecord, [])):
        tell(book(desk, chunk))
    tell(upsert(batch, Quota, quota_rows(records.get(QuotaRecord, []), roster.ids(), fiscal_start)))
    return counts


@transaction.atomic
def _close(batch: intake.Batch, counts: Counter[str], problems: list[Problem], now: datetime) -> Imported:
    """Keep the problems (the source's earlier ones are superseded) and finish the batch."""
    intake.Problem.objects.filter(batch__source=batch.source).delete()
    intake.Problem.objects.bulk_create((_problem(batch, problem) for problem in problems), batch_size=BLOCK)
    severities = Counter(problem.severity for problem in problems)
    batch.created, batch.updated, batch.unchanged = counts[CREATED], counts[UPDATED], counts[UNCHANGED]
    batch.refused, batch.notices = severities[Severity.REFUSED], severities[Severity.NOTICE]
    batch.finished = now
    batch.save()
    return Imported(
        str(batch.uid),
        batch.created,
        batch.updated,
        batch.unchanged,
        batch.refused,
        batch.notices,
        tuple(problems),
    )


def _problem(batch: intake.Batch, problem: Problem) -> intake.Problem:
    return intake.Problem(
        batch=batch, severity=problem.severity.value, code=problem.code, file=problem.origin.file,
        row=problem.origin.row, record=problem.record[:200], field=problem.field, value=problem.value[:200],
        sentence=problem.sentence,
    )  # fmt: skip
