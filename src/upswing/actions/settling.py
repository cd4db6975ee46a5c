"""What the records in the book settle into: facts from rows, to post them again and to rebuild them all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from django.db.models import Min, Model, Q

from upswing.actions.bulk import pieces
from upswing.actions.desk import clocks, everybodys
from upswing.book.models import (
    Activity,
    Assessment,
    Course,
    Credit,
    Deal,
    Invoice,
    Lead,
    Login,
    Quote,
    Tally,
    TimeEntry,
)
from upswing.core import facts as core
from upswing.core.facts.leads import NO_ATTEMPT, REACHED
from upswing.core.records import (
    ActivityKind,
    ActivityRecord,
    AssessmentRecord,
    CourseRecord,
    Disposition,
    Happened,
    InvoiceKind,
    InvoiceRecord,
    LeadRecord,
    LoginRecord,
    Origin,
    QuoteRecord,
    QuoteStatus,
    Tallied,
    TallyRecord,
    TimeEntryRecord,
)
from upswing.core.rubrics import Level
from upswing.ledger.kinds import (
    ACTIVITY,
    ASSESSMENT,
    COURSE,
    DEAL,
    INVOICE,
    LEAD,
    LOGIN,
    QUOTES,
    TALLY,
    TIME,
)
from upswing.queries.clues import shares_of
from upswing.queries.deal_records import deal_records
from upswing.queries.new_accounts import new_business

NOWHERE = Origin("", 0)

Settled = Iterator[tuple[int, tuple[core.Fact, ...]]]
"""Record (for quotes: their deal) and its facts, whose reps are people's keys."""


def blocks(ids: Iterable[int]) -> Iterator[Sequence[int]]:
    """The ids in order, some thousand at a time."""
    return pieces(sorted(ids))


def facts_of_deals(ids: Collection[int]) -> Settled:
    """Of these deals."""
    for deal, record in deal_records(ids):
        yield deal, core.settle_deal(record)


def facts_of_leads(ids: Collection[int]) -> Settled:
    """Of these leads, with the milestones their activities brought them to."""
    columns = ("id", "person__key", "person__zone", "created", "lead_source", "disposition", "decided")
    clock = clocks()
    for block in blocks(ids):
        touches = _touches(block)
        rows = everybodys(Lead).filter(id__in=block).values_list(*columns)
        for lead, rep, zone, created, source, disposition, decided in rows:
            record = LeadRecord(
                "", rep, created, NOWHERE, source, disposition=Disposition(disposition), decided=decided
            )
            yield lead, core.settle_lead(record, touches.get(lead, core.Touches()), clock(zone))


def _touches(leads: Sequence[int]) -> dict[int, core.Touches]:
    mine = everybodys(Activity).filter(lead__in=leads).order_by().values_list("lead")
    firsts = mine.annotate(
        attempted=Min("at", filter=~Q(kind__in=NO_ATTEMPT)), reached=Min("at", filter=Q(outcome__in=REACHED))
    )
    return {lead: core.Touches(attempted, reached) for lead, attempted, reached in firsts}


def facts_of_activities(ids: Collection[int]) -> Settled:
    """Of these activities."""
    columns = (
        "id", "person__key", "person__zone", "kind", "at", "outcome", "seconds", "channel", "booked", "contact__zone",
    )  # fmt: skip
    clock = clocks()
    for block in blocks(ids):
        rows = everybodys(Activity).filter(id__in=block).values_list(*columns)
        for activity, rep, zone, kind, at, outcome, seconds, channel, booked, buyers in rows:
            record = ActivityRecord(
                "",
                rep,
                ActivityKind(kind),
                at,
                NOWHERE,
                Happened(outcome),
                seconds,
                channel=channel,
                booked=booked,
            )
            yield activity, core.settle_activity(record, clock(zone), clock(buyers) if buyers else None)


def facts_of_quotes(deals: Collection[int]) -> Settled:
    """Of the quotes of these deals, all revisions of a deal together."""
    for block in blocks(deals):
        credit, sources = _credits(block), _sources(block)
        revisions: dict[int, list[QuoteRecord]] = defaultdict(list)
        columns = ("deal_id", "external_id", "revision", "sent", "amount_minor", "status")
        for deal, key, revision, sent, amount, status in (
            everybodys(Quote).filter(deal__in=block).values_list(*columns)
        ):
            revisions[deal].append(QuoteRecord(key, "", revision, NOWHERE, sent, amount, QuoteStatus(status)))
        for deal in block:
            yield deal, core.settle_quotes(revisions[deal], credit[deal], sources.get(deal, ""))


def facts_of_invoices(ids: Collection[int]) -> Settled:
    """Of these invoices: to those who have a share in them; to nobody while they wait."""
    columns = ("id", "external_id", "kind", "day", "net_minor", "deal_id")
    for block in blocks(ids):
        rows = list(everybodys(Invoice).filter(id__in=block).values_list(*columns))
        shares, sources = shares_of(block), _sources({deal for *_, deal in rows if deal})
        new = new_business(block)
        for invoice, key, kind, day, net, deal in rows:
            record = InvoiceRecord(key, InvoiceKind(kind), day, net, NOWHERE)
            credit, source = shares.get(invoice, ()), sources.get(deal, "")
            yield invoice, core.settle_invoice(record, credit, source, new=invoice in new)


def notes_on(invoices: Iterable[int]) -> list[int]:
    """The credit notes that correct these invoices, of the same source."""
    keys = everybodys(Invoice).filter(id__in=list(invoices)).values_list("source_id", "external_id")
    told = set(keys)
    notes = (
        everybodys(Invoice)
        .filter(corrects__in=[key for _, key in told])
        .values_list("id", "source_id", "corrects")
    )
    return [note for note, source, corrects in notes if (source, corrects) in told]


def facts_of_time(ids: Collection[int]) -> Settled:
    """Of these hours."""
    columns = ("id", "person__key", "day", "minutes", "activity", "lead_source")
    for block in blocks(ids):
        for entry, *cells in everybodys(TimeEntry).filter(id__in=block).values_list(*columns):
            rep, day, minutes, activity, source = cells
            yield entry, core.settle_time(TimeEntryRecord(rep, day, minutes, NOWHERE, activity, source))


def facts_of_tallies(ids: Collection[int]) -> Settled:
    """Of these tallies."""
    columns = ("id", "person__key", "day", *(counted.value for counted in Tallied))
    for block in blocks(ids):
        for tally, rep, day, *counts in everybodys(Tally).filter(id__in=block).values_list(*columns):
            yield tally, core.settle_tally(TallyRecord(rep, day, tuple(counts), NOWHERE))


def facts_of_logins(ids: Collection[int]) -> Settled:
    """Of these sign-ins."""
    columns, clock = ("id", "person__key", "person__zone", "at"), clocks()
    for block in blocks(ids):
        for login, rep, zone, at in everybodys(Login).filter(id__in=block).values_list(*columns):
            yield login, core.settle_login(LoginRecord(rep, at, NOWHERE), clock(zone))


def facts_of_courses(ids: Collection[int]) -> Settled:
    """Of these courses."""
    columns = ("id", "person__key", "day", "minutes")
    for block in blocks(ids):
        for course, rep, day, minutes in everybodys(Course).filter(id__in=block).values_list(*columns):
            yield course, core.settle_course(CourseRecord(rep, day, "", NOWHERE, minutes))


def facts_of_assessments(ids: Collection[int]) -> Settled:
    """Of these assessments."""
    columns = ("id", "person__key", "day", "level")
    for block in blocks(ids):
        for assessment, rep, day, level in everybodys(Assessment).filter(id__in=block).values_list(*columns):
            record = AssessmentRecord(rep, day, "", Level(level), NOWHERE)
            yield assessment, core.settle_assessment(record)


def _credits(deals: Collection[int]) -> dict[int, list[tuple[str, int]]]:
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    rows = Credit.objects.filter(deal__in=deals).order_by("person__key")
    for deal, rep, weight in rows.values_list("deal_id", "person__key", "weight"):
        found[deal].append((rep, weight))
    return found


def _sources(deals: Collection[int]) -> dict[int, str]:
    return dict(everybodys(Deal).filter(id__in=deals).values_list("id", "lead_source"))


SETTLERS: dict[str, tuple[type[Model], str, Callable[[Collection[int]], Settled]]] = {
    DEAL: (Deal, "id", facts_of_deals),
    LEAD: (Lead, "id", facts_of_leads),
    ACTIVITY: (Activity, "id", facts_of_activities),
    QUOTES: (Quote, "deal_id", facts_of_quotes),
    INVOICE: (Invoice, "id", facts_of_invoices),
    TIME: (TimeEntry, "id", facts_of_time),
    TALLY: (Tally, "id", facts_of_tallies),
    LOGIN: (Login, "id", facts_of_logins),
    COURSE: (Course, "id", facts_of_courses),
    ASSESSMENT: (Assessment, "id", facts_of_assessments),
}
"""Every kind of record that makes facts: its model, what it is numbered by, and how it settles."""


def numbers(kind: str) -> Sequence[int]:
    """The numbers of all records of a kind, in order."""
    model, number, _ = SETTLERS[kind]
    found = everybodys(model).exclude(**{number: None}).order_by(number)
    return list(found.values_list(number, flat=True).distinct())
