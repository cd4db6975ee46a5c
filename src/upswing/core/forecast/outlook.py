"""What a period is likely to bring: what is won already, the open deals one by one, and what is still to come in."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from upswing.core.forecast.learned import Floats
from upswing.core.forecast.publishing import Forecaster, Published
from upswing.core.forecast.references import Ahead
from upswing.core.forecast.replay import Flags, Ints, Standing
from upswing.core.forecast.total import reconcile


@dataclass(frozen=True, slots=True, eq=False)
class Outlook:
    """A period as it looked at the close of a day; days are ordinals, amounts minor units.

    `won` was won in it by then. `published` is what the rest of it is likely to bring, None once it is over. Of each
    open deal, in the order of `standing`: whether it is stalled, the limit of its stage in days, whether it is due in
    the period, the weight of its stage as decided and as its stall leaves it, and the chance that it is won in the
    period, so that chances times amounts and `fresh` (from deals that are not there yet) make the published value.
    `unexplained` is what no open deal can make up.
    """

    at: int
    won: int
    published: Published | None
    standing: Standing
    stalled: Flags
    limit: Ints
    due: Flags
    weight: Floats
    penalised: Floats
    chance: Floats
    fresh: float
    unexplained: float

    def without(self, left: Flags) -> Outlook:
        """The same with some open deals left out: nothing is due or expected of them, and no more of the others."""
        if not left.any():
            return self
        amounts = np.maximum(self.standing.amount, 0).astype(float)
        theirs = float((amounts * self.chance)[left].sum())
        return replace(
            self,
            published=self.published and self.published.less(theirs),
            due=self.due & ~left,
            penalised=np.where(left, 0.0, self.penalised),
            chance=np.where(left, 0.0, self.chance),
        )

    @property
    def staged(self) -> int:
        """Amount times weight of the deals due in the period: the sum that everybody can follow."""
        return round(float((self.standing.amount * self.weight)[self.due].sum()))

    @property
    def staged_without_stalled(self) -> int:
        """The same with stalled deals counted for what their stall leaves of them."""
        return round(float((self.standing.amount * self.penalised)[self.due].sum()))


def outlook(forecaster: Forecaster, at: int, first: int, last: int) -> Outlook:
    """The period of the days `first` to `last`, as it was known at the close of a day."""
    learner = forecaster.learner
    standing = learner.standing(at)
    won = learner.book.earned(first - 1, min(at, last)) if at >= first else 0
    limits = np.array([learner.limits(at)[key].days for key in learner.keys], np.int64)
    stalled, limit = learner.stalled(at), limits[standing.stage]
    nothing = np.zeros(len(standing))
    if at >= last:
        none = np.zeros(len(standing), bool)
        return Outlook(at, won, None, standing, stalled, limit, none, nothing, nothing, nothing, 0.0, 0.0)
    ahead = Ahead(max(0, first - 1 - at), last - at)
    found = forecaster.published(at, ahead)
    fresh = min(found.value, learner.created_and_won(at, ahead))
    amounts = np.maximum(standing.amount, 0).astype(float)
    spread = reconcile(learner.by_class(at, ahead), amounts, found.value - fresh)
    return Outlook(
        at, won, found, standing, stalled, limit, forecaster.due(at, ahead),
        forecaster.plain_weights(at), forecaster.stage_weights(at, ahead),
        spread.chances, fresh, spread.unexplained,
    )  # fmt: skip
