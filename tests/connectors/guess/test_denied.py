"""A column that bears a known name and whose cells read otherwise is left out of a guess, and that is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.connectors.guess.sheets import fields, guessed
from upswing.connectors.connector import Unreadable
from upswing.connectors.files.guess.guessed import Denied
from upswing.connectors.files.guess.mapping import mapping

HEADER = "Deal ID,Deal owner,Stage,Created,Amount\n"


def deals(amounts: list[str], created: str = "2026-01-02") -> str:
    return HEADER + "".join(f"D{n},Tess Lund,Won,{created},{one}\n" for n, one in enumerate(amounts))


def test_an_amount_that_reads_oddly_is_left_out_in_a_sentence(tmp_path: Path):
    found = guessed(tmp_path, {"deals.csv": deals(["5.50"] * 13 + ["abc"] * 6 + ["1.2.3"])})
    assert "amount" not in fields(found, "deals")
    (told,) = found.used[0].denied
    assert told == Denied("amount", "Amount", "money", "5.50", 7, 20, ("abc", "1.2.3"))
    assert told.sentence == (
        "“Amount” looks like the amount, but 7 of its 20 cells do not read as money like “5.50” (“abc”, “1.2.3”): "
        "left out. Correct these cells, or name the column in the mapping."
    )


@pytest.mark.parametrize("odd", [0, 1, 2])
def test_a_few_slips_leave_nothing_out(tmp_path: Path, odd: int):
    found = guessed(tmp_path, {"deals.csv": deals(["5.50"] * (20 - odd) + ["abc"] * odd)})
    assert fields(found, "deals")["amount"] == "Amount"
    assert not any(table.denied for table in found.tables)


def test_days_written_in_two_ways_are_told_by_the_rarer_one(tmp_path: Path):
    text = HEADER + "".join(
        f"D{n},Tess Lund,Won,{'2026-01-02' if n % 3 else '31.12.2025'},5\n" for n in range(30)
    )
    (told,) = guessed(tmp_path, {"deals.csv": text}).used[0].denied
    assert (told.field, told.like, told.shown, told.odd) == ("created", "2026-01-02", ("31.12.2025",), 10)


def test_where_another_column_fills_the_field_nothing_is_said(tmp_path: Path):
    unclosed = deals(["yes"] * 4).replace("Amount", "Closed")
    assert [one.field for one in guessed(tmp_path, {"deals.csv": unclosed}).used[0].denied] == ["closed"]
    closed = unclosed.replace("Closed\n", "Closed,Close date\n").replace(",yes\n", ",yes,2026-03-04\n")
    assert not guessed(tmp_path, {"deals.csv": closed}).used[0].denied


def test_a_needed_column_that_reads_oddly_is_why_the_file_is_not_used(tmp_path: Path):
    leads = "Lead ID,Lead owner,Created\n" + "".join(f"L{n},Tess Lund,soon\n" for n in range(5))
    found = guessed(tmp_path, {"leads.csv": leads})
    assert [one.field for one in found.tables[0].denied] == ["created"]
    with pytest.raises(
        Unreadable, match=r"looks like leads, and “Created” looks like the created, but 5 of its 5"
    ):
        mapping(found)


QUOTAS = "rep,metric,period,value\n"


def test_a_slip_among_quotas_takes_no_column_from_the_others(tmp_path: Path):
    text = QUOTAS + "Tess,conversations,2027-01,200\nStan,won_value,2027-01,4000\nMia,won_valeu,2027-13,50\n"
    found = guessed(tmp_path, {"quotas.csv": text})
    assert fields(found, "quotas") == {
        "rep": "rep", "metric": "metric", "period": "period", "value": "value"
    }  # fmt: skip
    assert not found.used[0].denied


def test_quotas_of_metrics_that_nobody_knows_are_not_read_as_quotas_of_another(tmp_path: Path):
    text = QUOTAS + "Tess,Telefonate,2027-01,200\nStan,Umsatz,2027-01,4000\n"
    (table,) = guessed(tmp_path, {"quotas.csv": text}).tables
    assert (table.kind, [one.field for one in table.denied]) == ("", ["metric"])
    assert "“metric” looks like the metric, but 2 of its 2 cells do not read as metrics" in table.why
