"""Import: read a source, put every usable record in place, keep every problem. Importing twice equals once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import QuerySet

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
from upswing.connectors.connector import Connector, Known, Thing, Unreadable, folded, printable
from upswing.core.records import (
    AccountRecord,
    DealRecord,
    Origin,
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
DEFAULT_CURRENCY = "EUR"
LENGTHS = {"code": 64, "record": 200, "field": 64, "value": 200, "sentence": 2_000}
Provenanced = TypeVar("Provenanced", Account, Product)
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
    found = known(about, now.date())
    for item in connector.read(found):
        if isinstance(item, Problem):
            problems.append(_clean(item))
        else:
            records.setdefault(type(item), []).append(item)
    problems = list(dict.fromkeys([*problems, *_without_deals(records)]))  # two kinds may share a file
    batch = _open(about, now)
    counts = _take(batch, found, records, now, progress)
    return _close(batch, counts, problems, now)


def known(about: About, today: date) -> Known:
    """What earlier imports brought, for this one to refer to; what its own source brought goes first."""
    people = Person.objects.unscoped("imports match names with anybody").filter(sells=True)
    organisation = Organisation.objects.first()
    found = Known(
        reps={person.key: person.name for person in people},
        currency=organisation.currency if organisation else about.currency or DEFAULT_CURRENCY,
        fiscal_start=organisation.fiscal_start if organisation else 1,
        today=today,
    )
    for account in _own_last(Account.objects.all(), about.source):
        found.accounts.add(Thing(account.external_id, account.name, None, _other(account, about.source)))
    for product in _own_last(Product.objects.all(), about.source):
        price, source = product.list_price_minor, _other(product, about.source)
        found.products.add(Thing(product.external_id, product.name, price, source))
    return found


def _own_last(rows: QuerySet[Provenanced], source: str) -> list[Provenanced]:
    loaded = rows.select_related("source").order_by("source_id", "id")
    return sorted(loaded, key=lambda row: row.source.key == source)


def _other(row: Account | Product, source: str) -> str:
    return "" if row.source.key == source else row.source.key


def _without_deals(records: dict[type, list[Any]]) -> Iterable[Problem]:
    """People of this import without a deal in it: said, because a scorecard of zeros explains nothing."""
    sellers = {folded(rep) for deal in records.get(DealRecord, []) for rep, _ in deal.credit}
    if not sellers:
        return
    for person in records.get(PersonRecord, []):
        if folded(person.name) not in sellers:
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
def _open(about: About, now: datetime) -> intake.Batch:
    name, currency = about.organisation or about.name, about.currency or DEFAULT_CURRENCY
    Organisation.objects.get_or_create(id=1, defaults={"name": name, "currency": currency})
    source, _ = intake.Source.objects.get_or_create(key=about.source, defaults={"name": about.name})
    mapping = printable(about.mapping, 200)
    return intake.Batch.objects.create(source=source, mapping=mapping, started=now, read_on=about.read_on)


def _take(
    batch: intake.Batch, found: Known, records: dict[type, list[Any]], now: datetime, progress: Progress
) -> Counter[str]:
    total, done, counts = sum(map(len, records.values())), 0, Counter[str]()

    def tell(step: Counter[str]) -> None:
        nonlocal done
        counts.update(step)
        done += step.total()
        progress(done, total)

    with transaction.atomic():
        lock([NOBODY])
        day, older = batch.read_on or now.date(), _is_older(batch, now.date())
        roster = Roster.load(day, older=older, ends_stated=found.ends_stated)
        step = Counter(roster.take(record) for record in records.get(PersonRecord, []))
        roster.close()
    tell(step)
    tell(upsert(batch, Account, account_rows(records.get(AccountRecord, []))))
    tell(upsert(batch, Product, product_rows(records.get(ProductRecord, []))))
    desk = Desk(batch, roster.ids(), ids(Account, batch), ids(Product, batch))
    for chunk in chunks(records.get(DealRecord, [])):
        tell(book(desk, chunk))
    quotas = quota_rows(records.get(QuotaRecord, []), roster.ids(), found.fiscal_start)
    tell(upsert(batch, Quota, quotas))
    return counts


def _is_older(batch: intake.Batch, today: date) -> bool:
    """Whether this source's files were read as of a later day before; a day to come is a slip, and no measure."""
    later = intake.Batch.objects.filter(source=batch.source, read_on__lte=today)
    return batch.read_on is not None and later.filter(read_on__gt=batch.read_on).exists()


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


def _clean(problem: Problem) -> Problem:
    """The problem as it can be stored on every engine and printed on a terminal."""
    texts: dict[str, Any] = {name: printable(getattr(problem, name), most) for name, most in LENGTHS.items()}
    return replace(problem, origin=Origin(printable(problem.origin.file, 255), problem.origin.row), **texts)


def _problem(batch: intake.Batch, problem: Problem) -> intake.Problem:
    return intake.Problem(
        batch=batch, severity=problem.severity.value, file=problem.origin.file, row=problem.origin.row,
        **{name: getattr(problem, name) for name in LENGTHS},
    )  # fmt: skip
