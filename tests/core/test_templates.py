"""What no template may hold, what it lacks, what to think of before it holds: laws and worked examples."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upswing.core.bands import Borders
from upswing.core.measures import BOOKED_REVENUE, WON_VALUE
from upswing.core.metrics import CATALOGUE, metric
from upswing.core.period import PeriodKind
from upswing.core.rubrics import Audience
from upswing.core.templates import (
    STARTERS,
    Concerned,
    Template,
    balanced,
    cautions,
    excess,
    in_money,
    is_new,
    lacking,
    share_of,
    timings,
)

ALL = frozenset(CATALOGUE)
JUDGED = sorted({one.label: key for key, one in reversed(CATALOGUE.items()) if one.judged}.values())
"""One key a label: attainment of won and of booked money is one line, read in either."""
FULL = STARTERS["full-cycle"]
ONE = Concerned(1)


def said(*lines: str, recorded: frozenset[str] = ALL, concerned: Concerned = ONE) -> str:
    return "\n".join(one.sentence for one in cautions(Template("X", lines=lines), recorded, concerned))


@pytest.mark.parametrize("key", STARTERS)
def test_starters_are_whole_and_only_the_sdr_s_gives_anything_to_think_of(key: str):
    starter = STARTERS[key]
    assert (excess(starter), lacking(starter), len(starter.lines)) == ((), (), 6)
    found = [one.key for one in cautions(starter, ALL, ONE)]
    assert found == (["balance:6:0"] if key == "sdr" else [])
    assert timings(starter.metrics) == ((6, 0) if key == "sdr" else (4, 2))


@pytest.mark.parametrize(
    ("count", "reason", "lacks"),
    [(0, "", "no line yet"), (1, "", "There is one line"), (2, "", "There are 2 lines"), (3, "", ""), (7, "", ""),
     (8, "", "There are 8 lines"), (8, "They do both.", ""), (9, "They do both.", "")],
)  # fmt: skip
def test_three_lines_at_least_and_a_reason_from_the_eighth_on(count: int, reason: str, lacks: str):
    template = Template("X", lines=tuple(JUDGED[:count]), reason=reason)
    found = lacking(template)
    assert excess(template) == ()
    assert (len(found) == 1 and lacks in found[0]) if lacks else found == ()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"lines": tuple(JUDGED[:12])}, "There are 12 lines; a card has at most 9. Leave 3 out."),
        ({"lines": ("calls", "calls", "visits")}, "“Calls” stands on it 2 times. Keep it once."),
        ({"lines": ("attainment", "booked_attainment")}, "“Quota attainment” stands on it 2 times."),
        ({"lines": ("win_rat", "calls")}, "No metric is called “win_rat”. Did you mean “win_rate”? Take that line off."),
        ({"lines": ("logins",)}, "“Sign-ins” never stands on a card"),
        ({"name": ""}, "The name is empty."),
        ({"name": "n" * 201}, "The name has 201 characters; write at most 200."),
        ({"reason": "n" * 501}, "The reason has 501 characters; write at most 500."),
        ({"support": Fraction(6, 5), "outstanding": Fraction(4, 5)}, "The borders cross: “needs support” up to 120 %"),
        ({"support": Fraction(1)}, "“Needs support” up to 100 %: write a number above 0 and below 100."),
        ({"support": Fraction(0)}, "“Needs support” up to 0 %: write a number above 0"),
        ({"outstanding": Fraction(1)}, "“Outstanding” from 100 % on: write a number above 100, up to 1,000."),
        ({"outstanding": Fraction(99)}, "“Outstanding” from 9900 % on"),
        ({"support": Fraction("0.8255")}, "“needs support”, 82.55 %, has more than one decimal. Write it like 82.5."),
        ({"period": PeriodKind.DAY}, "A card opens with a week, a month, a quarter or a year."),
        ({"person": "x", "audience": Audience(roles=("SDR",))}, "It is for one person and for roles"),
    ],
)  # fmt: skip
def test_what_no_draft_may_hold_is_said_in_a_sentence(changed: dict[str, object], sentence: str):
    (found,) = excess(replace(FULL, **changed))  # type: ignore[arg-type]
    assert sentence in found


@given(st.integers(1, 999), st.integers(1001, 10_000))
def test_borders_that_pass_judge(support: int, outstanding: int):
    template = replace(FULL, support=Fraction(support, 1000), outstanding=Fraction(outstanding, 1000))
    assert excess(template) == ()
    assert template.borders == Borders(Fraction(support, 1000), Fraction(outstanding, 1000))


@pytest.mark.parametrize(
    ("written", "share"),
    [("120", "1.2"), (" 82.5 %", "0.825"), ("82,5", "0.825"), ("", None), ("many", None), ("NaN", None), ("1e99999999", None)],
)  # fmt: skip
def test_percentages_are_read_as_people_write_them(written: str, share: str | None):
    assert share_of(written) == (None if share is None else Fraction(share))


lines = st.lists(st.sampled_from(JUDGED), min_size=3, max_size=9, unique=True)


@given(lines)
def test_the_balance_is_warned_of_outside_one_and_a_half_to_three_and_only_there(keys: list[str]):
    leading, lagging = timings(map(metric, keys))
    found = [
        one for one in cautions(Template("X", lines=tuple(keys)), ALL, ONE) if one.key.startswith("balance")
    ]
    assert bool(found) == (not lagging or not 1.5 <= leading / lagging <= 3)
    assert bool(found) != balanced(leading, lagging)


LABELS = {CATALOGUE[key].label: key for key in JUDGED}
WAY = re.compile(r"(?:[Aa]dd (?P<add>.+?))?(?: and )?(?:[Ll]eave (?P<leave>.+?) out)?(?:, or |\.$)")


def named(words: str | None) -> set[str]:
    return {LABELS[label] for label in re.split(", | and ", words or "") if label}


@given(lines)
def test_each_way_that_the_balance_offers_mends_it_within_nine_lines(keys: list[str]):
    found = cautions(Template("X", lines=tuple(keys)), ALL, ONE)
    told = next((one.sentence for one in found if one.key.startswith("balance")), "")
    ways = [way for way in WAY.finditer(told.rpartition(". ")[2]) if way["add"] or way["leave"]]
    assert bool(ways) == bool(told)
    for way in ways:
        more, less = named(way["add"]), named(way["leave"])
        assert more.isdisjoint(keys)
        assert less <= set(keys)
        after = (set(keys) | more) - less
        assert balanced(*timings(map(metric, after)))
        assert 3 <= len(after) <= 9


def test_a_card_of_results_alone_names_what_to_add_first_what_is_recorded():
    told = said("won_value", "deals_won", "average_deal", recorded=frozenset({"calls"}) | {"deals_won"})
    assert "All 3 lines lag" in told
    assert "Add Calls, Conversations, Meetings held, Proposals sent and Open pipeline." in told


def test_two_leading_for_two_lagging_names_one_to_add_or_one_to_leave():
    assert (
        "2 leading for 2 lagging lines: the card tells more of results than of the work. "
        "Add Conversations, or leave Win rate out."
    ) in said("calls", "meetings_held", "deals_won", "win_rate")


def test_seven_leading_for_one_lagging_names_both_ways():
    told = said("calls", "visits", "emails", "messages", "conversations", "won_value")
    assert "5 leading for 1 lagging lines" in told
    assert "Add Deals won, or leave Messages and Conversations out." in told


def test_where_nine_lines_leave_no_room_some_are_added_and_some_left():
    told = said("won_value", "deals_won", "average_deal", "win_rate", "visits")
    assert "Add Conversations and Meetings held and leave Average deal and Win rate out." in told


def test_new_people_under_a_conversion_rate():
    told = said("calls", "deals_won", "win_rate", concerned=Concerned(7, 2))
    assert (
        "2 of 7 are in their first six months; a conversion rate asks of them what experience brings" in told
    )
    assert "first six months" not in said("calls", "show_rate", concerned=Concerned(7, 2))
    assert "first six months" not in said("win_rate", concerned=Concerned(7, 0))


@pytest.mark.parametrize(
    ("starts", "new"),
    [(None, False), (date(2026, 4, 15), False), (date(2026, 4, 16), True), (date(2026, 10, 15), True)],
)
def test_the_first_six_months(starts: date | None, new: bool):
    assert is_new(starts, date(2026, 10, 15)) == new


def test_a_template_for_nobody():
    assert "Nobody has this card today" in said("calls", concerned=Concerned(0))
    assert "Nobody has" not in said("calls")


def test_one_result_told_twice():
    assert "Won value and Booked revenue say the same" in said("calls", "won_value", "booked_revenue")
    assert "Quota attainment and Won value say the same" in said("attainment", "won_value")
    assert "say the same" not in said("won_value", "deals_won", "average_invoice")


def test_a_ratio_beside_both_its_parts_tells_nothing_new():
    assert "Show rate follows from Meetings held and Meetings due" in said(
        "meetings_held", "meetings_due", "show_rate"
    )
    assert "follows from" not in said("meetings_held", "show_rate")


def test_a_ratio_without_its_volume():
    assert (
        "Connect rate stands without its volume: fewer tries can raise it. Put a count beside it, such as Calls "
        "answered or Calls."
    ) in said("connect_rate", "visits", "emails")
    for beside in ("calls", "connects"):
        assert "without its volume" not in said("connect_rate", beside)
    assert "without its volume" not in said("win_rate", "won_value")


def test_a_metric_without_any_record():
    assert "No record of Visits or E-mails has come in yet: the lines stay empty until one does." in said(
        "calls", "visits", "emails", recorded=ALL - {"visits", "emails"}
    )


@given(lines, st.integers(0, 5))
def test_each_caution_has_a_key_of_its_own_and_order_does_not_change_how_many_there_are(
    keys: list[str], new: int
):
    template, concerned = Template("X", lines=tuple(keys)), Concerned(9, new)
    found = cautions(template, frozenset(), concerned)
    assert len({one.key for one in found}) == len(found)
    turned = cautions(replace(template, lines=tuple(keys[::-1])), frozenset(), concerned)
    assert len(turned) == len(found)


def test_the_closest_is_meant_most():
    """Person, team, role and level, role or level, everybody."""
    rising = [
        Template("X"), Template("X", Audience(roles=("SDR",))), Template("X", Audience(("SDR",), ("Senior",))),
        Template("X", Audience(teams=("t",))), Template("X", Audience(("SDR",), teams=("t",))), Template("X", person="p"),
    ]  # fmt: skip
    assert [one.closeness for one in rising] == sorted(one.closeness for one in rising)
    assert len({one.closeness for one in rising}) == len(rising)


def test_whom_a_template_fits():
    assert Template("X", person="p").fits("p", "SDR", "", ())
    assert not Template("X", person="p").fits("q", "SDR", "", ())
    assert Template("X", Audience(roles=("sdr",), teams=("t",))).fits("p", "SDR", "", ("t", "all"))
    assert not Template("X", Audience(roles=("sdr",), teams=("t",))).fits("p", "SDR", "", ("u",))
    assert Template("X").fits("p", "", "", ())


def test_the_same_people_in_another_order_are_the_same():
    assert Template("X", Audience(("A", "B"))).same_whom(Template("Y", Audience(("B", "A"))))
    assert not Template("X", Audience(("A",))).same_whom(Template("X", Audience(("A", "B"))))
    assert not Template("X").same_whom(Template("X", person="p"))


def test_attainment_is_read_in_the_money_quotas_are_of():
    card = (metric("attainment"), metric("won_value"), metric("booked_attainment"))
    assert [one.key for one in in_money(card, BOOKED_REVENUE.key)] == ["booked_attainment", "won_value"]
    assert [one.key for one in in_money(card, WON_VALUE.key)] == ["attainment", "won_value"]


def test_a_metric_that_is_gone_has_no_line():
    assert replace(FULL, lines=("gone", "calls")).metrics == (metric("calls"),)
