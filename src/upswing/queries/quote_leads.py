"""Who brings how many leads to a quote, what each source brings, and why buyers say no: from what is there already."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from upswing.book.models import Credit, Invoice, Quote
from upswing.core.averages import Average, average, share
from upswing.core.facts import WHOLE, FactKind
from upswing.core.measures import PROPOSALS_SENT, PROPOSED_VALUE
from upswing.core.money import Money, allocate
from upswing.core.period import Period
from upswing.core.records import QuoteStatus
from upswing.core.seeds import seed_of
from upswing.ledger.counting import By, Slot, count, count_by
from upswing.ledger.kinds import INVOICE
from upswing.ledger.models import Fact
from upswing.people.models import Person
from upswing.people.viewer import Viewer
from upswing.queries.organisation import organisation

METHOD = "booked_per_lead@1"


@dataclass(frozen=True, slots=True)
class Brought:
    """Of one rep or one source: `quoted` of `leads` that came in the period have a quote by now.

    `rate` is that share with its likely range, None for too few leads. `sent` quotes are of the period itself, by
    parts where a deal is shared; `accepted` is what was accepted in it. `booked` is what accounting has booked by now
    of the deals these leads became, `per_lead` that for each of them, in minor units, None for too few to tell.
    """

    name: str
    rep: UUID | None
    leads: int
    quoted: int
    rate: Average | None
    sent: Fraction
    value: Money
    accepted: Money
    booked: Money
    per_lead: Average | None


@dataclass(frozen=True, slots=True)
class LeadsToQuotes:
    """The tables, and how often which reason and reaction was told of quotes sent in the period, most first."""

    reps: tuple[Brought, ...]
    sources: tuple[Brought, ...]
    reasons: tuple[tuple[str, int], ...]
    reactions: tuple[tuple[str, int], ...]


@dataclass(slots=True)
class _Sums:
    leads: int = 0
    quoted: int = 0
    sent: int = 0
    value: int = 0
    accepted: int = 0
    booked: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _Told:
    reps: dict[int, _Sums] = field(default_factory=lambda: defaultdict(_Sums))
    sources: dict[str, _Sums] = field(default_factory=lambda: defaultdict(_Sums))

    def of(self, rep: int, source: str) -> tuple[_Sums, _Sums]:
        return self.reps[rep], self.sources[source]

    def add(self, rep: int, source: str, **more: int) -> None:
        for sums in self.of(rep, source):
            for name, value in more.items():
                setattr(sums, name, getattr(sums, name) + value)


def leads_to_quotes(viewer: Viewer, period: Period) -> LeadsToQuotes:
    """Of everybody the viewer may see one by one, by name; sources by name, the empty one for nothing told."""
    people = {person.id: person for person in Person.objects.seen_by(viewer).filter(sells=True)}
    told = _Told()
    _leads(told, people, period)
    _booked(told, viewer, people, period)
    _accepted(told, people, period)
    _sent(told, viewer, people, period)
    reps = sorted(((people[rep].name, people[rep].uid, sums) for rep, sums in told.reps.items() if _any(sums)),
                  key=lambda row: row[0].casefold())  # fmt: skip
    sources = sorted(((name, None, sums) for name, sums in told.sources.items() if _any(sums)),
                     key=lambda row: (not row[0], row[0].casefold()))  # fmt: skip
    of_them = Quote.objects.seen_by(viewer).filter(sent__gte=period.start, sent__lte=period.last)
    answers = Quote.objects.unscoped("those of the inner query, each once").filter(
        pk__in=of_them.order_by().values("pk")
    )
    return LeadsToQuotes(
        _brought(reps, period), _brought(sources, period),
        _counted(answers.filter(status=QuoteStatus.DECLINED.value).values_list("reason", flat=True)),
        _counted(answers.exclude(offer=None).values_list("offer__reaction", flat=True)),
    )  # fmt: skip


def _leads(told: _Told, people: Mapping[int, Person], period: Period) -> None:
    """The leads that came in the period, as they are counted everywhere, and which of them have a quote by now."""
    quote = Quote.objects.unscoped("only whether there is one").filter(deal__lead=OuterRef("record"))
    sent = Exists(quote.exclude(sent=None).exclude(status=QuoteStatus.DRAFT.value))
    rows = (
        _came(people, period)
        .annotate(has=sent)
        .order_by()
        .values("rep", "source")
        .annotate(n=Count("pk"), quoted=Count("pk", filter=Q(has=True)))
    )
    for row in rows:
        told.add(row["rep"], row["source"], leads=row["n"], quoted=row["quoted"])


def _came(people: Mapping[int, Person], period: Period) -> QuerySet[Fact]:
    return Fact.objects.filter(
        kind=FactKind.LEAD_CREATED.value, rep__in=list(people), day__gte=period.start, day__lte=period.last
    )


def _booked(told: _Told, viewer: Viewer, people: Mapping[int, Person], period: Period) -> None:
    """What accounting booked by now for these people, of the deals that the leads of the period became."""
    came = _came(people, period)
    invoices = Invoice.objects.unscoped("the parts of the viewer's people are summed").filter(
        deal__lead__in=came.values("record")
    )
    facts = Fact.objects.filter(
        kind=FactKind.REVENUE_BOOKED.value, record_kind=INVOICE, rep__in=list(people), day__lte=viewer.at,
        record__in=invoices.values("pk"),
    )  # fmt: skip
    booked = dict(
        facts.order_by().values("record").annotate(amount=Sum("amount")).values_list("record", "amount")
    )
    lead_of, brought = dict(invoices.values_list("pk", "deal__lead")), Counter[int]()
    for invoice, amount in booked.items():
        brought[lead_of[invoice]] += amount
    for lead, rep, source in came.filter(record__in=invoices.values("deal__lead")).values_list(
        "record", "rep", "source"
    ):
        if amount := brought[lead]:
            for sums in told.of(rep, source):
                sums.booked.append(amount)


def _accepted(told: _Told, people: Mapping[int, Person], period: Period) -> None:
    """What was accepted, to whoever has a part in its deal, to the cent."""
    taken = Quote.objects.unscoped("each rep's part is summed below").filter(
        status=QuoteStatus.ACCEPTED.value
    )
    dated = taken.annotate(day=Coalesce("offer__decided", "deal__closed", "sent"))
    worth = Coalesce("offer__accepted_minor", "amount_minor")
    inside = (
        dated.annotate(worth=worth).filter(day__gte=period.start, day__lte=period.last).exclude(deal=None)
    )
    rows = list(inside.values_list("deal_id", "deal__lead_source", "worth"))
    parts: dict[int, list[tuple[int, int]]] = defaultdict(list)
    credits_ = Credit.objects.filter(deal__in={deal for deal, *_ in rows}).order_by("person__key")
    for deal, rep, weight in credits_.values_list("deal_id", "person_id", "weight"):
        parts[deal].append((rep, weight))
    for deal, source, amount in rows:
        if shares := parts.get(deal):
            for (rep, _), part in zip(shares, allocate(amount or 0, [w for _, w in shares]), strict=True):
                if rep in people:
                    told.add(rep, source, accepted=part)


def _sent(told: _Told, viewer: Viewer, people: Mapping[int, Person], period: Period) -> None:
    """Quotes sent and their value, as the metrics count them."""
    slot, measures = Slot("now", period, viewer.at), (PROPOSALS_SENT, PROPOSED_VALUE)
    ids = list(people)
    for (_, rep), counts in count(viewer.sight, ids, [slot], measures).items():
        _put(told.reps[rep], counts)
    for source, counts in count_by(viewer.sight, ids, slot, measures, By.SOURCE).items():
        _put(told.sources[source], counts)


def _put(sums: _Sums, counts: Mapping[str, int]) -> None:
    sums.sent, sums.value = counts[PROPOSALS_SENT.key], counts[PROPOSED_VALUE.key]


def _any(sums: _Sums) -> bool:
    return any((sums.leads, sums.sent, sums.value, sums.accepted))


def _brought(rows: Sequence[tuple[str, UUID | None, _Sums]], period: Period) -> tuple[Brought, ...]:
    currency = organisation().currency
    money: Callable[[int], Money] = lambda minor: Money(minor, currency)  # noqa: E731  (a word for the row below)
    return tuple(
        Brought(name, rep, sums.leads, sums.quoted, share(sums.quoted, sums.leads),
                Fraction(sums.sent, WHOLE), money(sums.value), money(sums.accepted), money(sum(sums.booked)),
                average(sorted(sums.booked), sums.leads, seed_of(METHOD, str(rep or name), period.slug)))
        for name, rep, sums in rows
    )  # fmt: skip


def _counted(words: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(Counter(word for word in words if word).most_common())
