"""What a line is compared with beside the own past: the team, role peers, everybody, the better quarter, outside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from upswing.core.benchmarks import (
    MINIMUM_FOR_QUARTILE,
    MINIMUM_PEOPLE,
    Benchmark,
    BenchmarkKind,
    Industry,
    has_part,
    industry,
    team_of,
    top_quartile,
)
from upswing.core.metrics import metric
from upswing.core.metrics.metric import Metric, OfQuota, Plain, Ratio, is_rate
from upswing.core.metrics.value import Counted, exact, quantity
from upswing.core.period import Period
from upswing.queries.peers import Peers


@dataclass(frozen=True, slots=True)
class Comparing:
    """How the lines of a question are compared: the kind asked for, and everything groups are made of.

    `money` is the key of the metric that quotas are of, `figures` are the industry's, by metric key.
    """

    kind: BenchmarkKind
    peers: Peers
    period: Period
    currency: str
    money: str
    figures: Mapping[str, Industry]

    def benchmark(self, each: Metric, rep: int) -> Benchmark:
        """One line of one rep against the others."""
        if self.kind is BenchmarkKind.INDUSTRY:
            return self._industry(each)
        group, others = self._group(rep)
        hidden = [not self.peers.viewer.sight.may_see(other) for other in others]
        if self.kind is BenchmarkKind.TOP_QUARTILE:
            if 0 < sum(hidden) < MINIMUM_PEOPLE:
                return Benchmark(self.kind, None, len(others), self.period, "too_few_people", group)
            return self._top_quartile(each, group, others)
        if self.kind is not BenchmarkKind.TEAM and self._reveals(each, rep):
            return Benchmark(self.kind, None, len(others), self.period, "too_few_people", group)
        return team_of(
            self._pooled(others), each, self.currency, self.period, quotas=self._asked(each, others),
            group=group, hidden=hidden, kind=self.kind,
        )  # fmt: skip

    def _group(self, rep: int) -> tuple[str, list[int]]:
        match self.kind:
            case BenchmarkKind.ROLE_PEERS:
                return self.peers.of_role(rep)
            case BenchmarkKind.ORGANISATION:
                return "", self.peers.everybody(rep)
            case BenchmarkKind.TOP_QUARTILE:
                return self.peers.around(rep, MINIMUM_FOR_QUARTILE)
            case _:
                return self.peers.around(rep, MINIMUM_PEOPLE)

    def _reveals(self, each: Metric, rep: int) -> bool:
        """Whether the figures of a few follow from those of team, role and everybody, added up and subtracted.

        Everybody with a part in the metric is either of the team, of the role, of both or of neither; each of these
        must be nobody, or enough.
        """
        having = self._having(each, self.peers.everybody(rep))
        team = having & set(self.peers.around(rep, MINIMUM_PEOPLE)[1])
        role = having & set(self.peers.of_role(rep)[1])
        parts = (team & role, team - role, role - team, having - team - role)
        return any(0 < len(part) < MINIMUM_PEOPLE for part in parts)

    def _having(self, each: Metric, others: Sequence[int]) -> set[int]:
        """Those whose figures are in the metric's."""
        asked = self._asked(each, others) or [None] * len(others)
        rows = zip(others, self._pooled(others), asked, strict=True)
        return {other for other, counted, quota in rows if has_part(each, counted, quota)}

    def _pooled(self, others: Sequence[int]) -> list[Counted]:
        return [self.peers.counts[other] for other in others]

    def _asked(self, each: Metric, others: Sequence[int]) -> Sequence[Fraction | None]:
        if not isinstance(each.value, OfQuota):
            return ()
        return self.peers.asked(others, metric(self.money))

    def _industry(self, each: Metric) -> Benchmark:
        figure = self.figures.get(each.key)
        if figure is None:
            return Benchmark(BenchmarkKind.INDUSTRY, None, 0, self.period, "no_figure")
        return industry(figure, self.period)

    def _top_quartile(self, each: Metric, group: str, others: Sequence[int]) -> Benchmark:
        """From shrunken values: rates as they are, counts and money through the records they stand on."""
        from upswing.core.posteriors import Count, Rate, counts, rates

        pooled = self._pooled(others)
        if isinstance(each.value, Ratio) and is_rate(each):
            of, per = each.value.of, each.value.per
            seen = [Rate(float(quantity(of, one)), float(quantity(per, one))) for one in pooled]
            told = [one for one in seen if one.trials]
            return self._quarter(each, [one.mean for one in rates(told)], Fraction(1), group)
        if each.evidence is None or isinstance(each.value, Ratio):
            return Benchmark(self.kind, None, len(others), self.period, "no_model", group)
        made = [quantity(each.evidence, one) for one in pooled]
        if isinstance(each.value, Plain):
            values = [exact(each, one) or Fraction(0) for one in pooled]
            usual, mean = (
                sum(made, Fraction(0)) / max(len(made), 1),
                sum(values, Fraction(0)) / max(len(values), 1),
            )
            told_counts = [Count(float(one), float(usual)) for one in made] if usual else []
            return self._quarter(each, [one.mean for one in counts(told_counts)], mean, group)
        return self._of_quota(each, group, others, made)

    def _of_quota(
        self, each: Metric, group: str, others: Sequence[int], made: Sequence[Fraction]
    ) -> Benchmark:
        """Attainment: the records made against those of average size that the quota asks for."""
        from upswing.core.posteriors import Count, counts

        assert isinstance(each.value, OfQuota)  # noqa: S101  (asked for those only)
        won = sum((quantity(each.value.measure, one) for one in self._pooled(others)), Fraction(0))
        size = won / sum(made, Fraction(0)) if any(made) else Fraction(0)
        asked = self._asked(each, others)
        told = [
            Count(float(one), float(quota / size))
            for one, quota in zip(made, asked, strict=True)
            if quota and size
        ]
        return self._quarter(each, [one.mean for one in counts(told)], Fraction(1), group)

    def _quarter(self, each: Metric, means: Sequence[float], expected: Fraction, group: str) -> Benchmark:
        return top_quartile(means, each, self.currency, self.period, expected, group)
