"""The board as CSV: a row a rep and metric, numbers that programs read, nothing that a spreadsheet runs."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from tests.web import fixtures
from upswing.core.money import Money
from upswing.exports.rows import HEADER, cards_csv


def read(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_every_line_of_every_card_is_a_row_that_says_the_same():
    cards = fixtures.board(3).cards
    found = read(cards_csv(cards, "EUR"))
    lines = [(card, line) for card in cards for line in card.lines]
    assert list(found[0]) == list(HEADER)
    assert len(found) == len(lines) == 21
    for row, (card, line) in zip(found, lines, strict=True):
        assert (row["rep"], row["rep_id"], row["metric"]) == (card.rep, str(card.rep_id), line.metric.key)
        assert row["band"] == (line.band.value if line.band else "")
        if isinstance(line.actual, Money):
            assert Decimal(row["actual"]) == line.actual.decimal
            assert row["currency"] == "EUR"
        elif line.actual is not None:
            assert abs(Fraction(row["actual"]) - line.actual) <= Fraction(1, 1_000_000)
        else:
            assert row["actual"] == ""


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@x", " =1", "＝1"])
def test_a_name_that_a_spreadsheet_would_run_is_marked_as_text(name: str):
    found = read(cards_csv([replace(fixtures.card(), rep=name, team=name)], "EUR"))
    assert found[0]["rep"] == found[0]["team"] == f"'{name}"


def test_a_negative_amount_stays_a_number():
    card = fixtures.card()
    lines = tuple(replace(line, actual=Money(-1250, "EUR")) for line in card.lines[3:4])
    assert read(cards_csv([replace(card, lines=lines)], "EUR"))[0]["actual"] == "-12.50"
