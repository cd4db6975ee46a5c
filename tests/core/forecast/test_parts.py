"""The range of a part against many draws."""

from __future__ import annotations

import numpy as np
import pytest

from upswing.core.forecast.parts import part_of
from upswing.core.forecast.ranges import drawn


@pytest.mark.parametrize(("many", "chance", "shared"), [(40, 0.3, 0.0), (40, 0.3, 0.3), (200, 0.15, 0.2)])
def test_it_is_near_what_drawing_gives(many: int, chance: float, shared: float) -> None:
    chances, amounts = np.full(many, chance), np.linspace(500, 1_500, many)
    found = part_of(chances, amounts, 0.0, 0.0, shared)
    luck = drawn(chances, amounts, 0.0, 0.0, seed=5)
    error = np.exp(shared * np.random.Generator(np.random.PCG64(6)).standard_normal(len(luck)))
    low, high = np.quantile(luck * error, (0.1, 0.9))
    assert found.value == pytest.approx(float(chances @ amounts))
    assert (found.low, found.high) == (pytest.approx(low, rel=0.08), pytest.approx(high, rel=0.08))


def test_what_is_sure_has_no_range() -> None:
    found = part_of(np.array([1.0, 0.0]), np.array([70.0, 30.0]), 0.0, 0.0, 0.0)
    assert (found.low, found.value, found.high) == (70.0, 70.0, 70.0)


def test_nothing_has_none() -> None:
    assert part_of(np.empty(0), np.empty(0), 0.0, 0.0, 0.4).high == 0.0


def test_new_business_alone_is_as_unsure_as_deals_of_its_size_are() -> None:
    small, large = (part_of(np.empty(0), np.empty(0), 1_000.0, size, 0.0) for size in (10.0, 500.0))
    assert small.high - small.low < large.high - large.low
