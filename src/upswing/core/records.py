"""Typed records as every source yields them, and problems: data that could not be used, said in a sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from upswing.core.rubrics import Level


class Word(StrEnum):
    """A word of a fixed vocabulary; it shows as plain text, also inside other values."""

    __repr__ = str.__repr__


class Outcome(Word):
    """Where a deal stands."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"


class Disposition(Word):
    """What became of contact with a lead; empty in a source that does not say."""

    UNKNOWN = ""
    NOT_ATTEMPTED = "not_attempted"
    BAD_CONTACT = "bad_contact"
    NO_RESPONSE = "no_response"
    WRONG_PERSON = "wrong_person"
    DISQUALIFIED = "disqualified"
    QUALIFIED = "qualified"


class ActivityKind(Word):
    """What a rep did: four ways of reaching out, and the meeting that follows."""

    CALL = "call"
    EMAIL = "email"
    VISIT = "visit"
    SOCIAL = "social"
    MEETING = "meeting"


class Happened(Word):
    """How an activity ended; empty where nobody knows.

    Calls and visits: no_answer … conversation (with the right person, a minute or longer). E-mails and messages:
    sent, read, answered, bounced. Meetings: booked (to come), held, positive (held, and the buyer wants to go
    on), no_show, cancelled.
    """

    UNKNOWN = ""
    NO_ANSWER = "no_answer"
    VOICEMAIL = "voicemail"
    GATEKEEPER = "gatekeeper"
    BAD_NUMBER = "bad_number"
    WRONG_PERSON = "wrong_person"
    CALL_BACK = "call_back"
    CONVERSATION = "conversation"
    SENT = "sent"
    READ = "read"
    ANSWERED = "answered"
    BOUNCED = "bounced"
    BOOKED = "booked"
    HELD = "held"
    POSITIVE = "positive"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"


class Capture(Word):
    """How an activity came to be written down; empty where the source does not say."""

    UNKNOWN = ""
    MACHINE = "machine"
    SYNCED = "synced"
    TYPED = "typed"
    BULK = "bulk"


class QuoteStatus(Word):
    """Where one revision of a quote stands."""

    DRAFT = "draft"
    SENT = "sent"
    REPLACED = "replaced"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class InvoiceKind(Word):
    """An invoice, or the credit note that takes some of one back."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"


class Came(Word):
    """Where an exchange rate came from: the files of an import, somebody's hand, or the quote that was accepted."""

    FILE = "file"
    HAND = "hand"
    QUOTE = "quote"


class Severity(StrEnum):
    """Refused: the row was not taken. Notice: it was taken, and this is what we made of it."""

    REFUSED = "refused"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record stands in its source: file name and row (1 is the header)."""

    file: str
    row: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with the data, as a value: it never stops the other ten thousand rows.

    `code` groups problems that the same repair mends.
    """

    severity: Severity
    code: str
    origin: Origin
    record: str
    field: str
    value: str
    sentence: str


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A person as a source names them; `team` and `region` are names, `manager` a person's name.

    `role`, `level` and `territory` hold from the day of the source on, as the team does. `zone` is an IANA time zone.
    """

    name: str
    origin: Origin
    email: str = ""
    manager: str = ""
    team: str = ""
    region: str = ""
    start: date | None = None
    end: date | None = None
    role: str = ""
    level: str = ""
    territory: str = ""
    zone: str = ""


@dataclass(frozen=True, slots=True)
class MembershipRecord:
    """A rep belongs to a team, in a role, level and territory, from `start` until the day before `end`.

    A source that tells memberships tells all of a rep's: they replace what stood.
    """

    rep: str
    team: str
    origin: Origin
    role: str = ""
    level: str = ""
    territory: str = ""
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class DayOffRecord:
    """A day on which a rep is not available; without a rep a holiday of everybody."""

    rep: str
    day: date
    origin: Origin
    kind: str = ""


@dataclass(frozen=True, slots=True)
class AccountRecord:
    """A company that buys."""

    id: str
    name: str
    origin: Origin
    industry: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class AccountOwnerRecord:
    """A rep owns an account, which is named by its reference, from `start` until the day before `end`."""

    account: str
    rep: str
    origin: Origin
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class ContactRecord:
    """A person at a company. `zone` is the IANA time zone of their clock, `role` their part in the decision."""

    id: str
    name: str
    origin: Origin
    account: str = ""
    role: str = ""
    zone: str = ""


@dataclass(frozen=True, slots=True)
class ProductRecord:
    """What is sold; `list_price_minor` in minor units of the organisation's currency."""

    id: str
    name: str
    origin: Origin
    family: str = ""
    list_price_minor: int | None = None


@dataclass(frozen=True, slots=True)
class LeadRecord:
    """Someone who might buy. `created` is an instant with its zone; `decided` the day of the disposition."""

    id: str
    rep: str
    created: datetime
    origin: Origin
    source: str = ""
    account: str = ""
    contact: str = ""
    disposition: Disposition = Disposition.UNKNOWN
    reason: str = ""
    decided: date | None = None


class History(Word):
    """A part of a deal's history that a source may tell."""

    MOVES = "moves"
    AMOUNTS = "amounts"
    CLOSES = "closes"


WHOLE_HISTORY = frozenset(History)


@dataclass(frozen=True, slots=True)
class StageMove:
    """A deal entered `stage` on `day`; `outcome` says whether that stage is an open one.

    `after` is None where the source tells the day; else the move was only observed: it came after that day, and by
    `day` it had.
    """

    stage: str
    day: date
    outcome: Outcome = Outcome.OPEN
    after: date | None = None


@dataclass(frozen=True, slots=True)
class Conversion:
    """How an amount stated in another currency becomes the organisation's: for the day `on`, at `rate` of `since`.

    Without a rate it waits for one, and what else it takes is here. Of a deal: `amounts`, the open ones that are told,
    in the order of time; the list `price` of its product in minor units, and whether deals are worth that (`listed`).
    Of an invoice: its `tax`.
    """

    on: date
    rate: Decimal | None = None
    since: date | None = None
    came: Came | None = None
    amounts: tuple[tuple[date, Decimal], ...] = ()
    price: int | None = None
    listed: bool = False
    tax: Decimal | None = None


@dataclass(frozen=True, slots=True)
class DealRecord:
    """A chance to sell.

    `amount_minor` is what the source states (for a won deal: what it was won for);
    `expected_minor` is what the open deal was worth when it entered the pipeline (the stated amount, else
    the list price of its product; None when neither is known). `amounts` are later changes of the open
    amount, `closes` earlier expectations of the closing day, each with the day it was made. `observed` is the day
    the source was read. `credit` is (rep, weight) pairs. Amounts are in the organisation's currency; `stated` is
    the amount and `currency` the code the source wrote, where that is another one, and `conversion` how the one became
    the other. `told` says which parts of its history the source tells; of the others we see what changes from one
    import to the next. `pipeline` is the source's name for the path whose stages these are, `reason` why the deal was
    won or lost.
    """

    id: str
    origin: Origin
    credit: tuple[tuple[str, int], ...]
    stage: str
    outcome: Outcome
    name: str = ""
    account: str = ""
    product: str = ""
    created: date | None = None
    closed: date | None = None
    observed: date | None = None
    amount_minor: int | None = None
    expected_minor: int | None = None
    amounts: tuple[tuple[date, int], ...] = ()
    moves: tuple[StageMove, ...] = ()
    lead: str = ""
    source: str = ""
    expected_close: date | None = None
    closes: tuple[tuple[date, date], ...] = ()
    currency: str = ""
    stated: Decimal | None = None
    told: frozenset[History] = WHOLE_HISTORY
    pipeline: str = ""
    reason: str = ""
    conversion: Conversion | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class ActivityRecord:
    """Something a rep did: a call, an e-mail, a visit, a message, a meeting.

    `at` is an instant with its zone. Meetings also tell when and by which way of reaching out they were `booked`.
    `seconds` is how long it lasted, None where nobody knows; `entered` when it was written down, and `capture` how.
    """

    id: str
    rep: str
    kind: ActivityKind
    at: datetime
    origin: Origin
    outcome: Happened = Happened.UNKNOWN
    seconds: int | None = None
    lead: str = ""
    deal: str = ""
    contact: str = ""
    channel: str = ""
    booked: datetime | None = None
    entered: datetime | None = None
    capture: Capture = Capture.UNKNOWN


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """One line of a quote: `price_minor` is for the whole line, after discount, without tax."""

    product: str
    quantity: Decimal
    price_minor: int


@dataclass(frozen=True, slots=True)
class QuoteRecord:
    """One revision of what was offered for a deal: `amount_minor` without tax; `sent` None while a draft."""

    id: str
    deal: str
    revision: int
    origin: Origin
    sent: date | None = None
    amount_minor: int | None = None
    status: QuoteStatus = QuoteStatus.SENT
    reason: str = ""
    lines: tuple[QuoteLine, ...] = ()
    currency: str = ""
    stated: Decimal | None = None
    conversion: Conversion | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class InvoiceRecord:
    """What accounting booked: `net_minor` without tax, 0 or more also on a credit note, which takes it back.

    `account` is as accounting writes the name. `deal`, `quote`, `rep` and `corrects` (an invoice's id) are empty where
    accounting does not know; the deal and the quote may come later.
    """

    id: str
    kind: InvoiceKind
    day: date
    net_minor: int | None
    origin: Origin
    tax_minor: int | None = None
    account: str = ""
    deal: str = ""
    rep: str = ""
    corrects: str = ""
    due: date | None = None
    paid: date | None = None
    currency: str = ""
    stated: Decimal | None = None
    quote: str = ""
    conversion: Conversion | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class TimeEntryRecord:
    """Minutes a rep spent on a day prospecting, by activity and by source of leads. `id` is empty in most sources."""

    rep: str
    day: date
    minutes: int
    origin: Origin
    activity: str = ""
    source: str = ""
    id: str = ""


class Tallied(Word):
    """What people count on paper or in a sheet, a number a day."""

    CALLS = "calls"
    CONNECTS = "connects"
    CONVERSATIONS = "conversations"
    EMAILS = "emails"
    VISITS = "visits"
    SOCIAL = "social"
    MEETINGS_BOOKED = "meetings_booked"
    MEETINGS_HELD = "meetings_held"
    POSITIVE_MEETINGS = "positive_meetings"


@dataclass(frozen=True, slots=True)
class TallyRecord:
    """What a rep counted of a day, without single activities; `counts` are in the order of `Tallied`."""

    rep: str
    day: date
    counts: tuple[int, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class LoginRecord:
    """A rep signed in to their tools."""

    rep: str
    at: datetime
    origin: Origin
    id: str = ""


@dataclass(frozen=True, slots=True)
class CourseRecord:
    """A rep finished a course; `minutes` is how long it took them, None where nobody knows."""

    rep: str
    day: date
    course: str
    origin: Origin
    minutes: int | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class AssessmentRecord:
    """What somebody (`by`) saw a rep do on a day, and the level it reached of a standard or one of its criteria."""

    rep: str
    day: date
    standard: str
    level: Level
    origin: Origin
    by: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class QuotaRecord:
    """What a rep is asked for: `value` in the metric's unit (money in minor units), for a period's slug."""

    rep: str
    period: str
    metric: str
    value: Fraction
    origin: Origin


Record = (
    PersonRecord | MembershipRecord | DayOffRecord | AccountRecord | AccountOwnerRecord | ContactRecord | ProductRecord
    | LeadRecord | DealRecord | ActivityRecord | QuoteRecord | InvoiceRecord | TimeEntryRecord | TallyRecord
    | LoginRecord | CourseRecord | AssessmentRecord | QuotaRecord
)  # fmt: skip
"""Whatever a source can yield; connectors yield the kinds in this order."""
