"""Whose an invoice is: each rule, which comes first, and what its borders are.

D is won by Tess on 1 June for 1,000.00; Stan has had it from 10 July on. Tess owned the account until 30 June.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upswing.core.attribution import (
    WAITING,
    Attribution,
    Clues,
    Rule,
    Sold,
    Tenure,
    attribute,
    handed_over,
    owner_on,
)

WON = date(2026, 6, 1)
TESS, STAN = (("Tess", 1),), (("Stan", 1),)
D = Sold(1, STAN, ((date(2026, 7, 10), TESS),), WON, 1_000_00)
TWIN = replace(D, deal=2, amount_minor=1_005_00)
OWNED = (Tenure("Tess", end=date(2026, 7, 1)), Tenure("Stan", start=date(2026, 7, 1)))
SHARED = (("Tess", 1), ("Stan", 3))
EVERYTHING = {
    "decided": SHARED, "corrected": Attribution(Rule.DEAL, SHARED, 7), "rep": "Stan", "named": D,
    "quoted": replace(TWIN, credit=STAN, former=()), "account_deals": (D,), "tenures": OWNED,
}  # fmt: skip
ORDER = [Rule.HAND, Rule.CORRECTED, Rule.REP, Rule.DEAL, Rule.QUOTE, Rule.MATCH, Rule.OWNER]


def clues(day: date = WON, net: int | None = 1_000_00, **more: object) -> Clues:
    return Clues(day, net, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("first", range(len(ORDER)))
def test_the_first_rule_that_fits_decides(first: int):
    left = dict(list(EVERYTHING.items())[first:])
    assert attribute(clues(**left)).rule is ORDER[first]


def test_every_subset_of_clues_is_decided_by_its_strongest():
    for size in range(len(ORDER) + 1):
        for chosen in combinations(EVERYTHING, size):
            wanted = min((list(EVERYTHING).index(name) for name in chosen), default=None)
            found = attribute(clues(**{name: EVERYTHING[name] for name in chosen}))
            assert found.rule is (Rule.WAITING if wanted is None else ORDER[wanted])


def test_a_decision_for_nobody_is_the_house_s_and_does_not_wait():
    assert attribute(clues(decided=(), rep="Tess")) == Attribution(Rule.HOUSE)


def test_accounting_s_rep_has_all_of_it_and_the_deal_stays_known():
    assert attribute(clues(rep="Rami", named=D)) == Attribution(Rule.REP, (("Rami", 1),), 1)


@pytest.mark.parametrize(
    ("day", "whose"), [(date(2026, 5, 20), TESS), (date(2026, 7, 9), TESS), (date(2026, 7, 10), STAN)]
)
def test_a_deal_handed_over_is_whose_it_was_on_the_day_of_the_invoice(day: date, whose: object):
    assert attribute(clues(day, named=D)) == Attribution(Rule.DEAL, whose, 1)  # type: ignore[arg-type]
    assert attribute(clues(day, quoted=D)) == Attribution(Rule.QUOTE, whose, 1)  # type: ignore[arg-type]


def test_a_deal_handed_over_twice_knows_all_three():
    thrice = replace(D, former=((date(2026, 8, 1), STAN), (date(2026, 7, 10), TESS)), credit=(("Rami", 1),))
    assert [thrice.credit_on(date(2026, month, 15))[0][0] for month in (6, 7, 8)] == ["Tess", "Stan", "Rami"]


@pytest.mark.parametrize(
    ("days", "net", "fits"),
    [
        (-30, 1_000_00, True), (-31, 1_000_00, False), (120, 1_000_00, True), (121, 1_000_00, False),
        (0, 1_010_00, True), (0, 1_010_01, False), (0, 990_00, True), (0, 989_99, False), (0, 0, False),
    ],
)  # fmt: skip
def test_an_invoice_fits_within_one_percent_and_from_30_days_before_until_120_after(
    days: int, net: int, fits: bool
):
    found = attribute(clues(WON + timedelta(days=days), net, account_deals=(D,)))
    assert (found.rule is Rule.MATCH) is fits


def test_two_deals_that_fit_are_none():
    assert attribute(clues(account_deals=(D, TWIN))) == WAITING
    assert attribute(clues(account_deals=(D, TWIN), tenures=OWNED)) == Attribution(Rule.OWNER, TESS)


@pytest.mark.parametrize("changed", [{"won": None}, {"amount_minor": None}])
def test_only_deals_won_for_a_known_amount_fit(changed: dict):
    assert attribute(clues(account_deals=(replace(D, **changed),))) == WAITING


def test_an_invoice_of_unknown_amount_fits_no_deal():
    assert attribute(clues(net=None, account_deals=(D,))) == WAITING


def test_the_owner_is_whoever_owned_the_account_on_that_day():
    assert [owner_on(OWNED, date(2026, month, 1)) for month in (5, 6, 7, 12)] == [
        "Tess",
        "Tess",
        "Stan",
        "Stan",
    ]
    assert owner_on(OWNED[1:], date(2026, 6, 30)) == ""
    assert owner_on((), WON) == ""


def test_the_tenure_that_began_last_counts_and_what_was_said_by_hand_before_what_was_told():
    both = (Tenure("Tess", date(2026, 1, 1)), Tenure("Stan", date(2026, 5, 1)))
    assert owner_on(both, WON) == "Stan"
    assert owner_on((*both, Tenure("Rami", date(2026, 5, 1), by_hand=True)), WON) == "Rami"
    assert owner_on((*both, Tenure("Rami", date(2026, 2, 1), by_hand=True)), WON) == "Stan"


def test_two_owners_at_once_are_none():
    assert owner_on((Tenure("Tess", WON), Tenure("Stan", WON)), WON) == ""


@pytest.mark.parametrize("rule", [Rule.DEAL, Rule.HAND, Rule.HOUSE])
def test_a_credit_note_follows_what_it_takes_back_whatever_it_names_itself(rule: Rule):
    invoiced = Attribution(rule, () if rule is Rule.HOUSE else TESS, 5)
    found = attribute(clues(corrected=invoiced, rep="Stan", named=D))
    assert found == replace(invoiced, rule=Rule.CORRECTED)


def test_a_credit_note_waits_with_its_invoice():
    assert attribute(clues(corrected=WAITING, rep="Stan")) == WAITING


def test_another_credit_told_later_is_a_hand_over_and_one_of_the_same_day_a_slip():
    day = date(2026, 7, 10)
    assert handed_over(TESS, day, STAN, day + timedelta(days=1))
    assert handed_over(TESS, None, STAN, day)
    assert not handed_over(TESS, day, STAN, day)
    assert not handed_over(SHARED, day, SHARED[::-1], day + timedelta(days=1))


reps = st.sampled_from(["Tess", "Stan", "Rami"])
days = st.dates(date(2026, 5, 1), date(2026, 8, 31))
tenures = st.lists(st.builds(Tenure, reps, st.none() | days, st.none() | days, st.booleans()), max_size=5)


@given(tenures, days, st.randoms())
def test_the_owner_does_not_depend_on_the_order_of_tenures(found: list[Tenure], day: date, chance):
    shuffled = found[:]
    chance.shuffle(shuffled)
    assert owner_on(found, day) == owner_on(shuffled, day)


@given(tenures, days)
def test_an_owner_holds_the_account_on_that_day(found: list[Tenure], day: date):
    owner = owner_on(found, day)
    assert not owner or any(tenure.rep == owner and tenure.holds(day) for tenure in found)
