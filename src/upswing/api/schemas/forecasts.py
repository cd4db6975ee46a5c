"""Forecasts: what a period will bring, what changed in it, how such forecasts came out; and commits."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from upswing.api.schemas.scorecards import TeamOut
from upswing.api.schemas.targets import MoneyIn, Period, Words
from upswing.api.schemas.values import MoneyOut, PageOut, Strict


class FiguresOut(Strict):
    """A period of one person, or of everybody asked about.

    `won` so far; `due` the open value expected in it, `stalled` the part that stands still, `staged` what is due times
    the weights of stages. `commit` and `best_case` are what people say of their deals. It ends at about `likely`, 8
    times in 10 between `low` and `high`. `asked` is the quota, `missing` what is left of it, which `due` covers `cover`
    times; null without one.
    """

    won: MoneyOut
    due: MoneyOut
    stalled: MoneyOut
    staged: MoneyOut
    commit: MoneyOut
    best_case: MoneyOut
    low: MoneyOut
    likely: MoneyOut
    high: MoneyOut
    asked: MoneyOut | None
    missing: MoneyOut | None
    cover: float | None


class SaidOut(Strict):
    """What somebody said a period will bring; a manager says why."""

    value: MoneyOut
    reason: str
    by: str
    at: datetime


class ForeseenOut(Strict):
    """One person: their own commit, and the view of whoever leads them."""

    id: UUID
    name: str
    figures: FiguresOut
    commit: SaidOut | None
    view: SaidOut | None


class ForecastOut(PageOut):
    """What a period will bring; once it is `over` nothing is foreseen. `people` by name, `name` of a rep or team.

    `chosen` is the published method, `windows` past windows speak for it, and `verified` says whether its range was.
    `said` is what every method says of what is still to come for the whole organisation, empty where few sell.
    `staged_now` counts less what was set aside, `staged_less` all that is stalled; `fresh` comes of no deal there yet.
    """

    name: str
    rep: UUID | None
    team: UUID | None
    teams: list[TeamOut]
    period: str
    at: date
    over: bool
    whole: FiguresOut
    people: list[ForeseenOut]
    chosen: str
    verified: bool
    windows: int
    said: dict[str, MoneyOut]
    staged_now: MoneyOut
    staged_less: MoneyOut
    fresh: MoneyOut


class MovedOut(Strict):
    """One reason why open value came, changed or went: of how many deals, and how much."""

    step: str
    deals: int
    amount: MoneyOut


class ChangesOut(Strict):
    """What changed between the close of two days: `start` and the amounts of all steps make `end`."""

    period: str
    at: date
    since: date
    start: MoneyOut
    end: MoneyOut
    steps: list[MovedOut]


class MethodOut(Strict):
    """How one method did in so many windows. Errors are shares of what came; `coverage` the share inside its range."""

    method: str
    mape: float | None
    wape: float | None
    bias: float | None
    coverage: float | None
    windows: int


class WrittenOut(Strict):
    """The forecast that was really written down before the period: each night, or on demand."""

    day: date
    nightly: bool
    likely: MoneyOut
    low: MoneyOut
    high: MoneyOut


class WindowOut(Strict):
    """One past period: which method was published, between what, and what came; `forecasts` by method."""

    period: str
    published: str
    actual: MoneyOut
    low: MoneyOut
    high: MoneyOut
    verified: bool
    forecasts: dict[str, MoneyOut]
    written: WrittenOut | None


class ChancesOut(Strict):
    """How the chances of single deals came out: log loss, learned and by fixed weights."""

    log_loss_learned: float | None
    log_loss_fixed: float | None


class StageChancesOut(ChancesOut):
    """The same in one stage: how many deals, how many were won, how many were expected to be."""

    stage: str
    name: str
    deals: int
    won: int
    expected: float


class AccuracyOut(Strict):
    """The latest periods that are over, replayed. `chosen` came nearest; forecasts are written down since `since`."""

    chosen: str
    methods: list[MethodOut]
    windows: list[WindowOut]
    deals: ChancesOut
    stages: list[StageChancesOut]
    since: date | None


class AccuraciesOut(Strict):
    """How forecasts of months or quarters came out; null where the past is too short to tell."""

    kind: str
    at: date
    accuracy: AccuracyOut | None


class CommitIn(Strict):
    """What will be won in the whole period; of somebody else's, with a reason."""

    period: Period
    value: MoneyIn
    reason: Words = ""


class CommittedOut(Strict):
    """What is said last of a person's period: by themselves, and by whoever leads them."""

    rep_id: UUID
    period: str
    commit: SaidOut | None
    view: SaidOut | None
