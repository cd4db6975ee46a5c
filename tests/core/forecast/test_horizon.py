"""Rates of a horizon: the worked example, what stands in for missing history, and laws."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upswing.core.forecast.horizon import Seen, Snapshot, new_business, rates
from upswing.core.forecast.stages import Policy, weight_under

WEIGHTS = {"Q": 0.2, "P": 0.5, "N": 0.8}
MOVING, STALLED = False, True


def snapshot(moving: str, stalled: str) -> dict[tuple[str, bool], Seen]:
    """Wins/deals of the stages Q, P and N."""
    return {
        (stage, flag): Seen(int(told.split("/")[1]), int(told.split("/")[0]))
        for flag, row in ((MOVING, moving), (STALLED, stalled))
        for stage, told in zip(WEIGHTS, row.split(), strict=True)
    }


NEWER = snapshot("6/60 12/40 8/15", "1/40 2/25 1/8")
OLDER = snapshot("4/50 8/30 6/10", "0/35 1/20 1/6")
TABLE = rates([NEWER, OLDER], WEIGHTS, 90)


def test_two_quarters_of_snapshots():
    assert TABLE.levels[MOVING] == pytest.approx(0.57361, abs=1e-5)
    assert TABLE.levels[STALLED] == pytest.approx(0.13998, abs=1e-5)
    found = [TABLE.rate(stage, flag) for flag in (MOVING, STALLED) for stage in WEIGHTS]
    assert found == pytest.approx([0.0949, 0.2882, 0.5222, 0.0173, 0.0693, 0.1263], abs=5e-5)


def test_the_five_deals_by_their_rates():
    deals = [("Q", 20_000, MOVING), ("P", 30_000, MOVING), ("P", 50_000, STALLED),
             ("N", 40_000, MOVING), ("N", 10_000, STALLED)]  # fmt: skip
    to_four_places = sum(amount * round(TABLE.rate(stage, flag), 4) for stage, amount, flag in deals)
    assert to_four_places == pytest.approx(36_160, abs=1e-6)
    assert sum(amount * TABLE.rate(stage, flag) for stage, amount, flag in deals) == pytest.approx(
        36_163.3, abs=0.1
    )


def test_a_table_says_how_much_it_rests_on():
    assert (TABLE.n("P", MOVING), TABLE.wins("P", MOVING)) == (70, 20)
    assert TABLE.learned("P", MOVING)
    assert TABLE.stalled_seen == 40 + 25 + 8 + 35 + 20 + 6


def test_what_was_measured_goes_straight_into_the_policy():
    weights = list(WEIGHTS.items())
    assert weight_under(Policy.MEASURED, weights, "N", STALLED, TABLE.measured) == TABLE.rate("N", STALLED)


def test_without_a_snapshot_the_weights_stand_and_say_so():
    table = rates([], WEIGHTS, 90)
    for stage, weight in WEIGHTS.items():
        assert (table.rate(stage, STALLED), table.n(stage, STALLED)) == (weight, 0)
        assert not table.learned(stage, STALLED)
    assert table.measured == {}


def test_where_no_stalled_deal_was_seen_only_moving_ones_are_learned():
    table = rates([{key: seen for key, seen in NEWER.items() if key[1] is MOVING}], WEIGHTS, 90)
    assert table.rate("P", STALLED) == 0.5
    assert [table.learned("P", flag) for flag in (MOVING, STALLED)] == [True, False]
    assert set(table.measured) == {(stage, MOVING) for stage in WEIGHTS}


def test_a_stage_in_which_nobody_was_takes_the_level_of_the_others():
    table = rates([{("Q", MOVING): Seen(100, 10)}], WEIGHTS, 90)
    assert table.rate("N", MOVING) == pytest.approx(0.8 * table.levels[MOVING])
    assert table.n("N", MOVING) == 0


def test_deals_that_do_better_than_their_weights_raise_no_level_above_one():
    table = rates([{("Q", MOVING): Seen(100, 90)}], WEIGHTS, 90)
    assert table.levels[MOVING] == 1
    assert table.rate("P", MOVING) == 0.5


def test_a_stage_without_a_weight_teaches_nothing_and_has_no_rate():
    table = rates([NEWER | {("Old name", MOVING): Seen(500, 500)}, OLDER], WEIGHTS, 90)
    assert table == TABLE
    with pytest.raises(KeyError):
        table.rate("Old name", MOVING)


def test_a_fifth_snapshot_is_too_old():
    assert rates([NEWER, OLDER, NEWER, OLDER, NEWER], WEIGHTS, 90) == rates([NEWER, OLDER] * 2, WEIGHTS, 90)


def test_more_wins_than_deals_are_refused():
    with pytest.raises(ValueError, match="Of 3 open deals 4"):
        Seen(3, 4)


def test_new_business_is_a_mean_that_fades():
    assert new_business([300, 100], 180) == pytest.approx((300 / 2 + 100 / 4) / (1 / 2 + 1 / 4))
    assert new_business([250], 90) == 250
    assert new_business([], 90) == 0
    assert new_business([4, 4, 4, 4, 1_000], 90) == 4


COUNTS = st.tuples(st.integers(0, 500), st.floats(0, 1)).map(
    lambda pair: Seen(pair[0], int(pair[0] * pair[1]))
)
SNAPSHOTS = st.lists(
    st.dictionaries(st.tuples(st.sampled_from([*WEIGHTS, "X"]), st.booleans()), COUNTS), max_size=5
)


@given(SNAPSHOTS, st.integers(1, 400))
def test_rates_are_shares_between_what_was_seen_and_the_weight(snapshots: list[Snapshot], days: int):
    table = rates(snapshots, WEIGHTS, days)
    for (stage, flag), found in table.rates.items():
        seen = [each[stage, flag] for each in snapshots[:4] if (stage, flag) in each and each[stage, flag].n]
        shares = [each.wins / each.n for each in seen]
        bound = WEIGHTS[stage] * table.levels.get(flag, 1.0)
        assert min([*shares, bound]) - 1e-12 <= found.rate <= max([*shares, bound]) + 1e-12
        assert (found.n, found.wins) == (sum(each.n for each in seen), sum(each.wins for each in seen))


@given(SNAPSHOTS.filter(bool), st.integers(1, 400))
def test_one_more_win_never_lowers_a_rate(snapshots: list[Snapshot], days: int):
    before = rates(snapshots, WEIGHTS, days)
    seen = snapshots[0].get(("P", STALLED), Seen(0, 0))
    raised = {**snapshots[0], ("P", STALLED): Seen(seen.n + 1, seen.wins + 1)}
    same = {**snapshots[0], ("P", STALLED): Seen(seen.n + 1, seen.wins)}
    after, without = (rates([each, *snapshots[1:]], WEIGHTS, days) for each in (raised, same))
    assert after.rate("P", STALLED) > without.rate("P", STALLED)
    assert after.rate("P", MOVING) == before.rate("P", MOVING)
