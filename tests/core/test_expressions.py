"""Expressions: what is written is read, typed and counted as a slow reading of the tree says, or refused in a sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from upswing.core.calendar import Calendar
from upswing.core.evidence import Evidence
from upswing.core.expressions import (
    MEASURES,
    Joined,
    Misstated,
    Named,
    Number,
    Sign,
    Tree,
    Wording,
    is_own,
    key_for,
    lacking,
    meaning,
    metric_of,
    names_in,
    read,
    text_of,
)
from upswing.core.expressions.reading import LONGEST
from upswing.core.expressions.relations import apart, within
from upswing.core.facts import WHOLE
from upswing.core.measures import (
    CALLS,
    CONNECTS,
    CONVERSATIONS,
    DEALS_CLOSED,
    DEALS_WON,
    OPEN_DEALS,
    OPEN_VALUE,
    WON_VALUE,
    Dimension,
    Filter,
    Flow,
    Of,
    Sum,
    filtered,
    flows_of,
    only,
    stands,
)
from upswing.core.metrics import CATALOGUE
from upswing.core.metrics.metric import Kind, Metric, OfQuota, Plain, Ratio, Unit, is_rate
from upswing.core.metrics.value import exact, measures_of, n_of, quantity
from upswing.core.period import parse_period
from upswing.core.scorecard import Terms, line
from upswing.core.targets import Target

FAIR = Filter(Dimension.SOURCE, ("fair",))
COUNTS = ("calls", "emails", "visits", "deals_won", "deals_closed", "open_deals")
MONEY = ("won_value", "created_value", "booked_revenue", "open_value")


def made(text: str, percent: bool = False, **own: str) -> Metric:
    wording = Wording("Ours", "What it counts.", "How it helps.", text, percent)
    return metric_of("our_own", wording, {key: read(told) for key, told in own.items()})


def attempted(deed: Callable[[str], Any], text: str) -> Any:
    """What comes of it, a refusal too."""
    try:
        return deed(text)
    except Misstated as error:
        return error


def refused(text: str, percent: bool = False, **own: str) -> str:
    with pytest.raises(Misstated) as error:
        made(text, percent, **own)
    return error.value.sentence


words = st.one_of(
    st.from_regex(r"\w{1,8}", fullmatch=True), st.text(st.characters(codec="utf-8"), max_size=8)
)
filters = st.builds(
    Filter, st.sampled_from(Dimension), st.lists(words, min_size=1, max_size=3).map(tuple), st.booleans()
)
numbers = st.integers(0, 10**9).map(lambda millionths: Number(Fraction(millionths, 10**6)))
names = st.builds(
    Named, st.sampled_from(sorted({*MEASURES, *CATALOGUE})), st.lists(filters, max_size=2).map(tuple)
)
trees: st.SearchStrategy[Tree] = st.recursive(
    st.one_of(names, numbers),
    lambda inner: st.builds(Joined, st.sampled_from(Sign), inner, inner),
    max_leaves=8,
)


@given(trees)
def test_what_is_written_down_is_read_again_as_the_same(tree: Tree):
    text = text_of(tree)
    assume(len(text) <= LONGEST)
    assert read(text) == tree


@given(st.text(max_size=60))
def test_whatever_is_typed_is_read_or_refused_in_a_sentence_with_its_place(text: str):
    found = attempted(read, text)
    if isinstance(found, Misstated):
        assert found.sentence.endswith((".", "…", "]"))
        assert 1 <= found.at <= len(text) + 1
    else:
        assert read(text_of(found)) == found


linear = st.recursive(
    st.sampled_from(COUNTS).map(Named),
    lambda inner: st.one_of(
        st.builds(Joined, st.sampled_from([Sign.PLUS, Sign.MINUS]), inner, inner),
        st.builds(Joined, st.just(Sign.TIMES), st.integers(0, 5).map(lambda n: Number(Fraction(n))), inner),
        st.builds(Joined, st.just(Sign.PER), inner, st.integers(1, 5).map(lambda n: Number(Fraction(n)))),
    ),
    max_leaves=6,
)
counted = st.fixed_dictionaries({key: st.integers(0, 40).map(lambda n: n * WHOLE // 2) for key in COUNTS})


def by_hand(tree: Tree, counts: dict[str, int]) -> Fraction | None:
    """The tree, side by side; None where anything is divided by what is not above 0."""
    if isinstance(tree, Number):
        return tree.value
    if isinstance(tree, Named):
        return Fraction(counts[tree.key], WHOLE)
    left, right = by_hand(tree.left, counts), by_hand(tree.right, counts)
    if left is None or right is None:
        return None
    match tree.sign:
        case Sign.PLUS:
            return left + right
        case Sign.MINUS:
            return left - right
        case Sign.TIMES:
            return left * right
        case _:
            return left / right if right > 0 else None


@given(linear, counted)
def test_a_sum_is_worth_what_its_tree_is_worth(tree: Tree, counts: dict[str, int]):
    found = attempted(made, text_of(tree))
    if isinstance(found, Misstated):
        assert "always 0" in found.sentence
        assert by_hand(tree, counts) == 0
    else:
        assert exact(found, counts) == by_hand(tree, counts)


@given(linear, linear, counted)
def test_a_ratio_is_divided_once_after_everything_is_added_up(
    above: Tree, below: Tree, counts: dict[str, int]
):
    tree = Joined(Sign.PER, above, below)
    found = attempted(made, text_of(tree))
    if isinstance(found, Misstated):
        assert "always 0" in found.sentence
    else:
        assert exact(found, counts) == by_hand(tree, counts)


@given(linear, counted, counted)
def test_what_two_people_have_together_is_what_their_counts_are_worth_together(
    tree: Tree, one: dict[str, int], other: dict[str, int]
):
    together = {key: one[key] + other[key] for key in COUNTS}
    try:
        asked = made(text_of(tree))
    except Misstated:
        return
    assert exact(asked, together) == (exact(asked, one) or 0) + (exact(asked, other) or 0)


@pytest.mark.parametrize(
    "key", [key for key, each in CATALOGUE.items() if not isinstance(each.value, OfQuota)]
)
def test_a_metric_of_the_catalogue_by_its_name_is_that_metric(key: str):
    known = CATALOGUE[key]
    if key == "logins":
        assert "judge nobody" in refused(key)
        return
    asked = made(key)
    counts = {measure.key: 3 * WHOLE + 7 for measure in measures_of(known)}
    assert exact(asked, counts) == exact(known, counts)


@pytest.mark.parametrize(
    ("text", "percent", "unit"),
    [
        ("calls + visits", False, Unit.COUNT),
        ("won_value - booked_revenue", False, Unit.MONEY),
        ("talk_time", False, Unit.HOURS),
        ("response_time / leads_attempted", False, Unit.DAYS),
        ("won_value / deals_won", False, Unit.MONEY),
        ("won_value / talk_time", False, Unit.MONEY),
        ("calls / talk_time", False, Unit.RATIO),
        ("booked_revenue / won_value", False, Unit.RATIO),
        ("booked_revenue / won_value", True, Unit.SHARE),
        ("conversations / calls", False, Unit.RATIO),
        ("conversations / calls", True, Unit.SHARE),
        ("deals_won[source=fair] / deals_closed", True, Unit.SHARE),
        ("(calls[outcome=voicemail] + conversations) / calls", True, Unit.SHARE),
    ],
)
def test_a_unit_follows_from_what_is_added_and_divided(text: str, percent: bool, unit: Unit):
    assert made(text, percent).unit is unit


def test_the_whole_table_of_quotients():
    """Every pair of units: those that read as something, and those that are refused."""
    said = {"calls": Unit.COUNT, "won_value": Unit.MONEY, "talk_time": Unit.HOURS, "cycle_time": Unit.DAYS}
    silent = {
        ("calls", "won_value"), ("talk_time", "won_value"), ("cycle_time", "won_value"), ("talk_time", "cycle_time"),
        ("cycle_time", "talk_time"),
    }  # fmt: skip
    for above, unit in said.items():
        for below, other in said.items():
            text = f"{above} / ({below} + 2 * {below})"
            if (above, below) in silent:
                assert "no unit people read" in refused(text)
            else:
                expected = Unit.RATIO if unit is other or unit is Unit.COUNT else unit
                assert made(text).unit is expected, text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "calls + won_value",
            "At the “+” (character 7): “won_value” is money and “calls” is a number of records",
        ),
        ("talk_time - cycle_time", "“cycle_time” is days and “talk_time” is hours"),
        ("calls + 5", "“5” is a plain number"),
        ("calls * emails", "two measures are multiplied"),
        ("win_rate + calls", "“win_rate” is a ratio"),
        ("win_rate + show_rate", "no mean of ratios"),
        ("calls / emails / visits", "it divides twice"),
        ("calls / win_rate", "it divides twice"),
        ("calls / 0", "it divides by 0"),
        ("calls / (2 - 2)", "it divides by 0"),
        ("calls / (emails - emails)", "“emails - emails” is always 0"),
        ("calls / (0 * emails)", "is always 0, and nothing is divided by 0"),
        ("calls - calls", "It is always 0"),
        ("2 + 3", "There is no measure in it"),
        ("1 / calls", "a plain number, alone above the line"),
        ("attainment", "share of the quota"),
        ("cals", "Did you mean “calls”?"),
        ("xyzzy", "The list below the field"),
        ("calls[stage=Demo]", "“calls” cannot be told apart by stage. That filter fits deals_closed"),
        ("open_deals[channel=call]", "cannot be told apart by channel"),
        ("connects[outcome=voicemail]", "none of them ended as voicemail"),
        ("calls[chanel=x]", "Did you mean “channel”?"),
        ("calls[colour=x]", "There are channel, source, outcome, stage, product, segment."),
        ("calls[]", "A filter is missing at character 7"),
        ("calls[source]", "comes = or !="),
        ("calls[source=]", "A value is missing at character 14"),
        ("calls[source=a", "The “[” at character 6 is never closed"),
        ('calls[source="a]', "quotation mark at character 14 is never closed"),
        ("(calls", "The “(” at character 1 is never closed"),
        ("calls)", "closes nothing"),
        ("calls emails", "A sign is missing before “emails” at character 7"),
        ("+ calls", "is missing before “+” at character 1"),
        ("calls +", "Something is missing at the end"),
        ("", "The expression is empty"),
        ('"fair"', "is a value, which stands in square brackets"),
        ("calls % 2", "“%” at character 7 cannot be read"),
        ("calls / 0.00000001", "too long"),
        ("(" * 13 + "calls" + ")" * 13, "More than 12 brackets"),
        ("+".join(["calls"] * 61), "more than 60 names"),
        ("calls" * 200, "1,000 characters; write at most 500"),
    ],
)
def test_what_means_nothing_is_refused_with_place_and_next_step(text: str, said: str):
    assert said in refused(text)


def test_per_cent_are_told_of_a_part_of_the_very_same_records():
    assert "there may be more than 100 %" in refused("calls / emails", percent=True)
    assert "there may be more than 100 %" in refused("2 * conversations / calls", percent=True)
    assert "there may be more than 100 %" in refused("(connects + conversations) / calls", percent=True)
    assert "divides nothing" in refused("calls", percent=True)
    assert "this is money per count" in refused("won_value / deals_won", percent=True)


NARROW, WIDE = st.sampled_from(("a", "b", "c")), st.sampled_from((Dimension.SOURCE, Dimension.OUTCOME))
somewhere = st.builds(
    Filter, WIDE, st.lists(NARROW, min_size=1, max_size=2, unique=True).map(tuple), st.booleans()
)
some_flows = st.builds(
    filtered,
    st.sampled_from((DEALS_WON, CALLS, replace(CALLS, outcomes=("a", "b")))),
    st.lists(somewhere, max_size=2),
)


@given(some_flows, some_flows)
def test_one_flow_lies_within_or_apart_from_another_as_its_records_do(one: Flow, other: Flow):
    """Every record there can be, of any source and outcome, counted by hand."""

    def counts(flow: Flow, source: str, outcome: str) -> bool:
        there = {Dimension.SOURCE: source, Dimension.OUTCOME: outcome}
        told = not flow.outcomes or outcome in flow.outcomes
        return told and all((there[each.dimension] in each.values) is not each.without for each in flow.where)

    both = [(counts(one, s, o), counts(other, s, o)) for s in "abcd" for o in "abcd"]
    same = one.kind is other.kind
    if within(one, other):
        assert same
        assert all(second for first, second in both if first)
    if apart(one, other):
        assert not same or not any(first and second for first, second in both)


def test_a_circle_is_named_as_its_chain():
    assert "“our_own” names itself." in refused("our_own + calls")
    chain = refused("calls + our_b", our_b="our_c", our_c="2 * our_own")
    assert "“our_own” → “our_b” → “our_c” → “our_own”" in chain
    between = refused("our_b", our_b="our_c", our_c="our_b")
    assert "“our_b” → “our_c” → “our_b”" in between
    assert "“our_b”, which it names, means nothing: At the “/”" in refused("our_b", our_b="calls / 0")


def test_names_stand_for_what_they_are_made_of_filters_and_all():
    asked = made("our_reach[source=fair] / deals_won", our_reach="calls + visits[segment=retail]")
    assert isinstance(asked.value, Ratio)
    assert {flow.key for flow in flows_of(asked.value.of)} == {
        "calls[source=fair]", "visits[segment=retail, source=fair]",
    }  # fmt: skip
    rate = made("win_rate[source=fair]", percent=True)
    assert rate.value == Ratio(filtered(DEALS_WON, [FAIR]), filtered(DEALS_CLOSED, [FAIR]))


def test_simple_shapes_are_judged_as_those_of_the_catalogue():
    assert made("calls[source=fair]").evidence == filtered(CALLS, [FAIR])
    assert made("won_value[source=fair]").evidence == filtered(DEALS_WON, [FAIR])
    assert is_rate(made("conversations / calls", percent=True))
    assert is_rate(made("deals_won[source=fair] / deals_won", percent=True))
    both = made("calls + visits")
    assert both.evidence == both.value.measure  # type: ignore[union-attr]
    assert all(
        is_rate(each)
        == (
            each.unit is Unit.SHARE
            and isinstance(each.value, Ratio)
            and flows_of(each.value.per)[0].of is Of.CREDIT
        )
        for each in CATALOGUE.values()
    )


@pytest.mark.parametrize(
    "text",
    [
        "calls + conversations",
        "calls - visits",
        "2 * calls",
        "won_value - booked_revenue",
        "talk_time",
        "open_deals",
    ],
)
def test_other_sums_claim_no_model_of_luck(text: str):
    assert made(text).evidence is None


def test_n_is_the_records_below_the_line_or_of_the_sum():
    counts = {
        "calls": 12 * WHOLE,
        "deals_won": 3 * WHOLE,
        "won_value": 90_000,
        "booked_revenue": 50,
        "invoices": 4 * WHOLE,
    }
    assert n_of(made("won_value / deals_won"), counts) == 3
    assert n_of(made("booked_revenue / won_value"), counts) == 3
    assert n_of(made("won_value - booked_revenue"), counts) == 7
    assert n_of(made("2 * calls"), counts) == 12
    assert n_of(made("calls / talk_time"), counts | {"talk_time": 3_600}) == 12


def judged(text: str, percent: bool, counts: dict[str, int], target: Fraction) -> object:
    period = parse_period("2026-10", date.min, 1)
    terms = Terms(period, period.last, Calendar(), "EUR")
    return line(made(text, percent), counts, Target(target), terms)


def test_a_card_leans_at_most_where_nothing_is_known_of_luck():
    counts = {"calls": 10 * WHOLE, "conversations": 400 * WHOLE, "won_value": 10**7, "booked_revenue": 10**6,
              "deals_won": 60 * WHOLE, "invoices": 60 * WHOLE}  # fmt: skip
    for text, target in (
        ("calls + conversations", 4_000),
        ("booked_revenue / won_value", 9),
        ("2 * calls", 900),
    ):
        found = judged(text, False, counts, Fraction(target))
        assert found.evidence is Evidence.LEANING, text  # type: ignore[attr-defined]
    share = judged("booked_revenue / won_value", True, counts, Fraction(9, 10))
    assert share.evidence is Evidence.LEANING  # type: ignore[attr-defined]
    sure = judged("conversations", False, counts, Fraction(4_000))
    assert sure.evidence is Evidence.CLEAR  # type: ignore[attr-defined]


def test_a_denominator_of_nothing_is_no_value():
    asked = made("calls / (emails - visits)")
    assert exact(asked, {"calls": WHOLE}) is None
    assert exact(asked, {"calls": WHOLE, "emails": WHOLE, "visits": 2 * WHOLE}) is None
    assert exact(asked, {"calls": WHOLE, "emails": 3 * WHOLE, "visits": WHOLE}) == Fraction(1, 2)


def test_a_sum_of_money_with_an_unknown_amount_is_told_as_the_catalogue_tells_it():
    asked = made("won_value[source=fair] + booked_revenue")
    unvalued = "deals_unvalued[source=fair]"
    assert unvalued in {measure.key for measure in measures_of(asked)}
    assert exact(asked, {unvalued: WHOLE}) is None
    assert exact(asked, {unvalued: WHOLE, "booked_revenue": 5}) == 5


def test_filters_in_any_order_are_one_and_the_same_measure():
    product = Filter(Dimension.PRODUCT, ("Big one", 'say "x"'), without=True)
    one, other = only(WON_VALUE, [FAIR, product]), only(only(WON_VALUE, [product]), [FAIR, FAIR])
    assert one == other
    assert one.key == 'won_value[product!="Big one"|"say ""x""", source=fair]'
    assert only(OPEN_VALUE, [FAIR]).key == "open_value[source=fair]"
    assert only(CALLS, []) is CALLS


def test_sums_with_a_stock_stand_at_an_instant():
    assert stands(OPEN_DEALS)
    assert not stands(CALLS)
    mixed, flows = made("open_value + won_value").value, made("calls + visits").value
    assert isinstance(mixed, Plain)
    assert isinstance(flows, Plain)
    assert stands(mixed.measure)
    assert not stands(flows.measure)


def test_a_sum_is_the_numbers_times_their_measures():
    total = Sum("any", ((Fraction(2), CALLS), (Fraction(-1, 2), CONNECTS)))
    assert quantity(total, {"calls": 3 * WHOLE, "connects": WHOLE}) == Fraction(11, 2)


def test_every_measure_can_be_named_alone_and_under_each_filter_that_fits():
    for key in MEASURES:
        assert made(key).value == Plain(MEASURES[key])
        assert isinstance(meaning(read(key), {}).terms, tuple)  # type: ignore[union-attr]
    assert made("deals_in_stage[stage=Demo]").value == Plain(
        only(MEASURES["deals_in_stage"], [Filter(Dimension.STAGE, ("Demo",))])
    )


def test_names_are_found_where_they_stand():
    assert [(name.key, name.at) for name in names_in(read("calls + (visits / 2)"))] == [
        ("calls", 1),
        ("visits", 10),
    ]


def test_signs_as_people_type_them():
    assert read("calls × 2 ÷ 3 − visits") == read("calls * 2 / 3 - visits")
    assert read("calls[source=“Web–form”]") == Named("calls", (Filter(Dimension.SOURCE, ("Web–form",)),))


@pytest.mark.parametrize(
    ("label", "taken", "key"),
    [
        ("Reach", set(), "our_reach"),
        ("Größe & Wert (neu)", set(), "our_groe_wert_neu"),
        ("Reach", {"our_reach"}, "our_reach_2"),
        ("Reach", {"our_reach", "our_reach_2"}, "our_reach_3"),
        ("漏斗", set(), "our_metric"),
        ("x" * 200, set(), "our_" + "x" * 56),
    ],
)
def test_a_key_says_what_the_label_says(label: str, taken: set[str], key: str):
    assert key_for(label, taken) == key
    assert is_own(key)
    assert not any(map(is_own, CATALOGUE))


def test_words_that_are_missing_or_too_long_are_named():
    whole = Wording("Reach", "What it counts.", "How it helps.", "calls")
    assert lacking(whole) == ()
    assert len(lacking(Wording(""))) == 3
    assert "61 characters" in lacking(replace(whole, label="x" * 61))[0]
    assert "from 0 records" in lacking(replace(whole, minimum=0))[0]
    assert "no line of a card" in lacking(replace(whole, kind=Kind.ADOPTION))[0]
    assert CONVERSATIONS.key in MEASURES
