"""What a scenario is: the parameters of a simulated organisation. Round values, chosen."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp

SOURCES = (
    "website",
    "paid search",
    "social",
    "referral",
    "call-in",
    "trade show",
    "email",
    "unknown",
    "bought list",
)


@dataclass(frozen=True, slots=True)
class Pace:
    """What an ordinary rep is measured to do on a weekday of an ordinary month: the quotas rest on it."""

    conversations: float = 3.3
    held: float = 0.51
    deals: float = 0.225
    proposals: float = 0.084


@dataclass(frozen=True, slots=True)
class Scenario:
    """How an organisation sells and what it asks for; shares are 0 to 1, money in euro.

    People. `reps`: how many by default, for so many `months`. `cast`: the memorable ones come first. `pods`: some
    reps only open, others only close. `turnover`: share who join or leave in the first two years. `between`: how
    different reps are, 1 as usual, 0 all alike. `territories`: whether territories differ in potential. `moves`:
    joins, leaves, role, territory and quota changes on dated days.

    Reaching out. `calls` a day, by role in `role_calls`; `season` from January. `answer_by_hour` from midnight on
    the buyer's clock, `answer_by_weekday` from Monday, `answer_by_attempt`. `conversation`: share of answered calls.
    `follow_up`: share of unanswered calls with a message after them. `inbound` leads a calendar day, who answer
    `warm` times as often; `sources` their mix and `source_odds` what it does to their odds. `book_…`: share of talks
    that book a meeting, by channel. `fit`: sigma of a lead's log-odds by its attributes. `held`, `positive`: shares
    of meetings.

    Deals. `passes` and `stage_days` (lognormal medians) for each open stage, sigma `stage_spread`, for a share
    `long_tail` sigma `long_spread`. `skipped`, `back`, `reopened`, `entered_closed`: shares. `silent`: share of
    losses that nobody tells; it stays open with p ~ Beta(`dead`) per rep. `amount` and `amount_spread`: median and
    sigma. `amount_odds`: log-odds of winning per log unit. `pulled`, `deferred`: shares at a quarter's end.

    Asked. `asked`: won value asked as a share of what may be expected; `asked_activity` the same of leading
    metrics. `pace`: what may be expected.

    Planted. `gaps`: each rep has one halved step, a third none. `drift`: the list gets better by so much over a
    year while calls drift to Friday. `padded`: share of reps with a padded log, and of harmless look-alikes.
    `currencies`: deals in several, one rate missing. `warm_up`: months simulated before the first day, so that it
    begins with a pipeline. `look_back`: the default look is so many days before the end.
    """

    key: str
    promise: str = ""
    reps: int = 12
    months: int = 24
    cast: bool = False
    pods: bool = True
    turnover: float = 0.25
    between: float = 1
    territories: bool = True
    moves: bool = False
    calls: float = 35
    role_calls: tuple[float, float, float] = (1.0, 1.15, 0.3)
    season: tuple[float, ...] = (0.95, 1, 1.08, 1, 1, 1.02, 0.90, 0.85, 1.03, 1.03, 1, 0.80)
    answer_by_hour: tuple[float, ...] = (
        0.03, 0.03, 0.03, 0.03, 0.03, 0.03, 0.06, 0.09, 0.12, 0.14, 0.15, 0.15, 0.14, 0.14, 0.15, 0.14, 0.14, 0.13,
        0.11, 0.09, 0.06, 0.03, 0.03, 0.03,
    )  # fmt: skip
    answer_by_weekday: tuple[float, ...] = (1.00, 1.05, 1.03, 1.00, 0.93, 1.00, 1.00)
    answer_by_attempt: tuple[float, ...] = (1.00, 0.95, 0.90, 0.85, 0.80, 0.75)
    conversation: float = 0.62
    follow_up: float = 0.22
    inbound: float = 0.75
    warm: float = 2.5
    sources: tuple[float, ...] = (0.30, 0.20, 0.15, 0.10, 0.05, 0.05, 0.05, 0.10, 0)
    source_odds: tuple[float, ...] = (1.1, 1.0, 0.6, 1.5, 1.3, 0.8, 0.5, 1.0, 0.4)
    book_call: float = 0.07
    book_message: float = 0.20
    book_visit: float = 0.15
    book_inbound: float = 0.70
    between_book: float = 0.15
    fit: float = 0.95
    held: float = 0.76
    positive: float = 0.60
    passes: tuple[float, ...] = (0.64, 0.62, 0.70, 0.72)
    stage_days: tuple[float, ...] = (6, 10, 14, 12)
    stage_spread: float = 0.75
    long_tail: float = 0.10
    long_spread: float = 1.4
    skipped: float = 0.08
    back: float = 0.06
    reopened: float = 0.01
    entered_closed: float = 0.03
    silent: float = 0.5
    dead: tuple[float, float] = (2, 3)
    amount: float = 11_000
    amount_spread: float = 0.70
    amount_odds: float = -0.12
    discount: float = 0.10
    pulled: float = 0.45
    deferred: float = 0.35
    asked: float = 0.63
    asked_activity: float = 0.90
    pace: Pace = Pace()
    gaps: bool = False
    drift: float = 1
    padded: float = 0
    currencies: bool = False
    warm_up: int = 5
    look_back: int = 0

    @property
    def win_rate(self) -> float:
        """The share of an ordinary rep's deals that are won in the end."""
        share = 1.0
        for passed in self.passes:
            share *= passed
        return share

    @property
    def mean_amount(self) -> float:
        """The mean of the lognormal deal size, in euro."""
        return self.amount * exp(self.amount_spread**2 / 2)
