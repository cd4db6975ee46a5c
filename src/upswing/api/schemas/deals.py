"""One deal with what each stage asks of it, and what is done about it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from upswing.api.schemas.quotes import QuoteOut
from upswing.api.schemas.targets import MoneyIn, Words
from upswing.api.schemas.values import MoneyOut, Strict
from upswing.core.forecast.categories import Category

Outcome = Literal["open", "won", "lost"]


class CreditOut(Strict):
    """Who has which share of it, 0-1."""

    id: UUID
    name: str
    share: float


class InStageOut(Strict):
    """A stage of the deal’s pipeline by key and name, null where that has none which is called so by the source.

    `source_stage` is the source’s own word.
    """

    stage: str | None
    stage_name: str | None
    source_stage: str


class StayOut(InStageOut):
    """A stay in a stage; `after` and by `since` it began, `lasts` while it does."""

    since: date
    after: date | None
    days: int
    outcome: Outcome
    lasts: bool


class WorthOut(Strict):
    """What it was worth from a day on."""

    day: date
    value: MoneyOut


class CloseOut(Strict):
    """When it was expected to close, from a day on."""

    day: date
    expected: date


class LimitOut(Strict):
    """A limit in days, the rule it follows, and what each rule says; `n` won deals speak for it."""

    days: int
    rule: str
    n: int
    half_chance: int | None
    quantile: int | None
    cycle: int | None


class AgedOut(Strict):
    """Days in its stage, and the limit there; it is left alone until `rests`. `weight` is what its stage counts."""

    days: int
    limit: LimitOut
    stalled: bool
    rests: date | None
    weight: float


class ConfirmedOut(Strict):
    """What shows a criterion, one of the last four; who said so and when."""

    by: str
    at: datetime
    day: date | None
    amount: MoneyOut | None
    person: str
    document: str


class CriterionAskedOut(Strict):
    """One thing that must be shown, by a date, an amount, a person or a document; `open` where nothing shows it yet."""

    key: str
    text: str
    proof: Literal["date", "amount", "person", "document"]
    open: bool
    confirmed: ConfirmedOut | None


class WayOut(Strict):
    """The way into a stage, by its `key`. `early`: what a proposal before qualification meets.

    A `strict` stage is entered with all its criteria shown, a `refused` one not at all as things stand.
    """

    key: str
    name: str
    buyer: str
    here: bool
    back: bool
    early: Literal["refuse", "reason"] | None
    refused: bool
    strict: bool
    needs_reason: bool
    criteria: list[CriterionAskedOut]


class MoveNoteOut(InStageOut):
    """A move made here: `lacking` are the criteria it was made without, `early` says before qualification."""

    origin: str
    outcome: Outcome
    day: date
    lacking: list[str]
    early: bool
    reason: str
    by: str


class TouchOut(Strict):
    """Something that was done about it."""

    kind: str
    at: datetime
    outcome: str
    rep: str


class SaidOfOut(Strict):
    """What somebody said of it for the forecast."""

    category: Category
    reason: str
    by: str
    at: datetime


class HandsOut(Strict):
    """What you are to it: whose it is, or who leads them."""

    own: bool
    leads: bool


class StatedOut(Strict):
    """What its source stated in another currency, and the rate of its day; null while it waits for one."""

    value: MoneyOut
    on: date
    rate: str | None
    since: date | None
    came: str | None


class DealOut(InStageOut):
    """One deal as it stands today; `aged` while it is open.

    `ways` are the stages of its pipeline in order, with what each asks; `notes`, `said` and `touches` have the latest
    first. `moved_here`: its source may tell otherwise. `slip`: it was marked as lost here.
    """

    id: UUID
    name: str
    account: str
    product: str
    source: str
    reps: list[CreditOut]
    pipeline: str
    outcome: Outcome
    created: date | None
    closed: date | None
    worth: MoneyOut | None
    stated: StatedOut | None
    expected: date | None
    path: list[StayOut]
    amounts: list[WorthOut]
    closes: list[CloseOut]
    aged: AgedOut | None
    ways: list[WayOut]
    notes: list[MoveNoteOut]
    touches: list[TouchOut]
    said: list[SaidOfOut]
    hands: HandsOut
    moved_here: bool
    slip: bool
    quotes: list[QuoteOut]


class CategoryIn(Strict):
    """What it is for the forecast; left out of it only by whoever leads, with a reason."""

    category: Category
    reason: Words = ""


class SaidsOfOut(Strict):
    """What was said of the deal, the latest first."""

    deal: UUID
    said: list[SaidOfOut]


class ShownIn(Strict):
    """What shows a criterion: the one of these that it asks for."""

    day: date | None = None
    amount: MoneyIn | None = None
    person: Words = ""
    document: Words = ""


Key100 = Annotated[str, StringConstraints(min_length=1, max_length=100)]


class MoveIn(Strict):
    """Into which stage, by its key; what shows its criteria, by theirs; why, where something is missing."""

    stage: Annotated[str, StringConstraints(min_length=1, max_length=120)]
    reason: Words = ""
    shown: Annotated[dict[Key100, ShownIn], Field(max_length=64)] = Field(default_factory=dict)


class LossIn(Strict):
    """Why it was lost."""

    reason: Words


class StandsOut(InStageOut):
    """Where the deal stands now."""

    deal: UUID
    outcome: Outcome
    closed: date | None
