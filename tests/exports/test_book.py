"""The workbook: every formula calculated anew gives the card's value, and nothing in it runs or is lost."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from tests.exports.recalculated import opened, recalculated
from tests.web import fixtures
from upswing.core.metrics import CATALOGUE
from upswing.core.metrics.metric import Better
from upswing.core.money import Money
from upswing.core.period import parse_period
from upswing.core.scorecard import Line, Scorecard, Value
from upswing.exports.book import workbook
from upswing.exports.names import LONGEST, sheet_names
from upswing.queries.exported import Asked, Exported
from upswing.queries.freshness import Freshness
from upswing.queries.organisation import OrganisationFacts

MOMENT = datetime(2026, 11, 20, 14, 5, tzinfo=UTC)
NORDLYS = OrganisationFacts("Nordlys", "EUR", 1, "UTC", "en_GB")


def exported(*cards: Scorecard, whole: bool = True, currency: str = "EUR") -> Exported:
    month = cards[0].period if cards else parse_period("2026-11", fixtures.TODAY)
    asked = tuple(
        Asked(card.rep_id, card.rep, CATALOGUE["won_value"], month, Fraction(8_600_000)) for card in cards
    )
    return Exported(
        "All teams", whole, month, fixtures.TODAY, cards, ("Otto Lindqvist",), asked,
        replace(NORDLYS, currency=currency), (Freshness("CRM export", MOMENT, "2 rows refused"),), "Mona Berg",
    )  # fmt: skip


def number(value: Value | None) -> Fraction:
    return Fraction(value.minor) if isinstance(value, Money) else value or Fraction(0)


def settled(card: Scorecard) -> Scorecard:
    """The invented card with shares that are what its amounts give."""
    lines = tuple(
        replace(line, attainment=number(line.actual) / number(line.expected)) if line.attainment else line
        for line in card.lines
    )
    return replace(card, lines=lines)


def board(people: int = 12, slug: str = "2026-11") -> Exported:
    found = fixtures.board(people, slug)
    return replace(exported(*map(settled, found.cards)), period=found.period, at=found.at)


def rows(content: bytes, sheet: str) -> list[list[object]]:
    return list(CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(sheet).iter_rows())


def is_near(one: object, other: object) -> bool:
    if isinstance(one, float) and isinstance(other, float | int):
        return abs(one - other) <= 1e-9 * max(1, abs(one))
    return one == other


@pytest.mark.parametrize("slug", ["2026-11", "2026-Q3"])
def test_every_formula_calculated_anew_gives_the_value_kept_beside_it(slug: str):
    found = list(recalculated(opened(workbook(board(slug=slug), MOMENT))))
    assert len(found) > 12 * 5 * 2
    assert [(sheet, place, was, now) for sheet, place, was, now in found if not is_near(was, now)] == []


@pytest.mark.parametrize("slug", ["2026-11", "2026-Q3"])
def test_the_shares_calculated_read_as_on_the_page(slug: str):
    """To the whole per cent that the page shows, each line of each person."""
    found = board(slug=slug)
    by_sheet: dict[str, list[float]] = {}
    for sheet, _, _, now in recalculated(opened(workbook(found, MOMENT))):
        by_sheet.setdefault(sheet, []).append(now)  # type: ignore[arg-type]
    for card in found.cards:
        expected = [line.attainment for line in card.lines if line.attainment is not None]
        assert [f"{share:.0%}" for share in by_sheet[card.rep]] == [
            f"{float(share):.0%}" for share in expected
        ]


def test_sums_hold_only_what_adds_up_and_the_share_only_those_with_a_target():
    one, other = board(2).cards
    lines = tuple(
        replace(line, target=None, expected=None, attainment=None) if line.metric.key == "won_value" else line
        for line in other.lines
    )
    made = opened(workbook(exported(one, replace(other, lines=lines)), MOMENT))
    sums = {
        made.formulas["Team"][place]: now
        for sheet, place, _, now in recalculated(made)
        if sheet == "Team" and place.endswith("7")
    }
    won = [next(line for line in card.lines if line.metric.key == "won_value") for card in (one, other)]
    assert sums["SUM(won_value_actual)"] == pytest.approx(sum(float(line.actual.decimal) for line in won))  # type: ignore[union-attr]
    share = next(
        value for formula, value in sums.items() if formula.startswith("IF") and "won_value" in formula
    )
    assert share == pytest.approx(float(won[0].attainment or 0), abs=1e-6)
    assert not any("win_rate" in formula or "attainment" in formula for formula in sums)


def lower(line: Line) -> Line:
    """The same line of a metric where lower is better."""
    assert isinstance(line.actual, Fraction)
    assert isinstance(line.expected, Fraction)
    return replace(
        line, metric=replace(line.metric, better=Better.LOWER), attainment=line.expected / line.actual
    )


def test_where_lower_is_better_the_share_is_turned_round():
    card = fixtures.card()
    card = replace(card, lines=(lower(next(line for line in card.lines if line.metric.key == "deals_won")),))
    found = list(recalculated(opened(workbook(exported(card), MOMENT))))
    assert len(found) == 6  # on both sheets; three sums and their share
    assert all(is_near(was, now) for _, _, was, now in found)


def test_a_workbook_of_one_rep_names_their_cells():
    made = opened(workbook(exported(fixtures.card(), whole=False), MOMENT))
    assert list(made.cells) == ["Tess Lund", "Targets", "Definitions", "About"]
    assert made.names["won_value_reached"] == "'Tess Lund'!$E$8"
    assert made.formulas["Tess Lund"]["E8"].startswith("IF(D8>0")


def test_the_file_holds_sparklines_names_protection_and_print_settings():
    made = opened(workbook(board(), MOMENT))
    tess = made.xml["Tess Lund"]
    assert tess.count("<x14:sparkline>") == 7
    assert "'Tess Lund'!B" in tess
    assert 'fitToPage="1"' in tess
    assert 'paperSize="9" orientation="landscape"' in tess
    assert made.names["deals_won_due"] == "Team!$Y$5:$Y$16"
    assert 'state="frozen"' in made.xml["Team"]
    assert made.xml["Team"].count("<brk ") == 3
    assert "_xlnm.Print_Titles" in made.parts["xl/workbook.xml"]
    assert "<sheetProtection" in made.xml["Targets"]
    assert "<dataValidation " in made.xml["Targets"]
    assert 'hidden="1"' in made.xml["Targets"]
    assert not any("<sheetProtection" in made.xml[name] for name in made.xml if name != "Targets")
    assert "dataBar" in tess
    styles = made.parts["xl/styles.xml"].upper()
    assert all(one in styles for one in ("FF1F4FD8", "FF33505C", "FFA8480A"))


def test_bands_are_words_with_marks_and_small_numbers_have_none():
    told = {row[0]: row[5] for row in rows(workbook(exported(fixtures.card()), MOMENT), "Tess Lund")[4:11]}
    assert told["Deals created"] == "● On track"
    assert told["Win rate"] == "◆ Needs support"
    assert told["Won value"] == "○ Too early"
    assert told["Open pipeline"] == "No target"


@pytest.mark.parametrize(
    ("currency", "code"), [("EUR", "[$EUR] #,##0.00"), ("KRW", "[$KRW] #,##0"), ("KWD", "[$KWD] #,##0.000")]
)
def test_money_has_the_digits_of_its_currency(currency: str, code: str):
    card = fixtures.card()
    lines = tuple(
        replace(line, actual=Money(line.actual.minor, currency)) if isinstance(line.actual, Money) else line
        for line in card.lines
    )
    styles = opened(workbook(exported(replace(card, lines=lines), currency=currency), MOMENT)).parts[
        "xl/styles.xml"
    ]
    assert f'formatCode="{code}"' in styles


@pytest.mark.parametrize(
    "name", ["=1+1", "+SUM(A1)", "-2", "@cmd", '=HYPERLINK("http://x")', "{=1}", "'quoted", "a]b:c*d?e/f\\g"]
)
def test_a_name_stays_text_wherever_it_stands(name: str):
    content = workbook(exported(replace(fixtures.card(), rep=name, team=name)), MOMENT)
    made = opened(content)
    assert all(
        "1+1" not in text and "HYPERLINK" not in text for of in made.formulas.values() for text in of.values()
    )
    assert rows(content, "Team")[4][:2] == [name, name]
    assert "<hyperlink" not in "".join(made.xml.values())


def test_two_reps_of_the_same_name_have_a_sheet_each():
    cards = [replace(fixtures.card(), rep_id=UUID(int=number)) for number in (1, 2)]
    made = opened(workbook(exported(*cards), MOMENT))
    assert list(made.cells)[:3] == ["Team", "Tess Lund", "Tess Lund (2)"]


def test_a_rep_called_like_a_sheet_does_not_take_its_place():
    made = opened(workbook(exported(replace(fixtures.card(), rep="targets")), MOMENT))
    assert list(made.cells) == ["Team", "targets (2)", "Targets", "Definitions", "About"]


def test_nobody_to_show_is_a_workbook_too():
    made = opened(workbook(exported(), MOMENT))
    assert list(made.cells) == ["Targets", "Definitions", "About"]


def test_about_says_whose_when_and_from_where():
    told = {row[0]: row[1] for row in rows(workbook(board(), MOMENT), "About")[2:]}
    assert told["Organisation"] == "Nordlys"
    assert told["As of"] == "the close of 2026-11-20"
    assert told["Exported"] == "2026-11-20 14:05 UTC by Mona Berg"
    assert told["Source: CRM export"] == "last import 2026-11-20 14:05, 2 rows refused"
    assert told["Without records"] == "Otto Lindqvist"
    assert str(told["Version"]).startswith("Upswing ")


def test_definitions_say_every_metric_of_the_cards():
    found = rows(workbook(board(), MOMENT), "Definitions")
    assert {row[1] for row in found[1:]} == {metric.key for metric in board().metrics}
    assert found[1][2] == CATALOGUE[str(found[1][1])].help


def test_equal_input_gives_equal_bytes():
    assert workbook(board(3), MOMENT) == workbook(board(3), MOMENT)


@given(st.lists(st.text(max_size=45), max_size=12))
def test_sheet_names_are_ones_that_excel_takes(wanted: list[str]):
    found = sheet_names(wanted, ("Team", "About"))
    assert len(found) == len(wanted)
    assert len({name.casefold() for name in [*found, "Team", "About", "History"]}) == len(found) + 3
    for name in found:
        assert 0 < len(name.encode("utf-16-le")) / 2 <= LONGEST
        assert not set(name) & set("[]:*?/\\")
        assert name.strip("'") == name


def test_an_apostrophe_in_a_name_stands_in_every_reference():
    made = opened(
        workbook(exported(replace(settled(fixtures.card()), rep="Shaun O'Brien"), whole=False), MOMENT)
    )
    assert made.names["won_value_due"] == "'Shaun O''Brien'!$D$8"
    assert "'Shaun O''Brien'!B" in made.xml["Shaun O'Brien"]
    assert all(is_near(was, now) for _, _, was, now in recalculated(made))
