"""Quotas whose periods are written as days."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from upswing.connectors.connector import Known
from upswing.connectors.files.connector import Files
from upswing.connectors.files.mapping import mapping_of
from upswing.core.records import Problem, QuotaRecord

ROWS = "rep,since,value\nTess Lund,01.07.2026,900\nTess Lund,2026-Q4,900\n"


@pytest.mark.parametrize(
    ("step", "fiscal", "period"),
    [
        ("quarter", 1, "2026-Q3"),
        ("month", 1, "2026-07"),
        ("year", 1, "2026"),
        ("quarter", 7, "2027-Q1"),
        ("year", 7, "2027"),
    ],
)
def test_a_day_stands_for_the_period_it_lies_in(tmp_path: Path, step: str, fiscal: int, period: str):
    (tmp_path / "quotas.csv").write_text(ROWS, encoding="utf-8")
    columns = {"rep": "rep", "period": "since", "value": "value"}
    plain = mapping_of(
        {"date": "%d.%m.%Y", "quotas": {"file": "quotas.csv", "columns": columns}}, tmp_path / "mapping.toml"
    )
    told = replace(plain, tables={"quotas": (replace(plain.tables["quotas"][0], unit={"period": step}),)})
    quota, problem = Files(tmp_path, told).read(Known(reps={"tess lund": "Tess Lund"}, fiscal_start=fiscal))
    assert isinstance(quota, QuotaRecord)
    assert quota.period == period
    assert isinstance(problem, Problem)
    assert problem.code == "bad_period"
    assert "“since” reads “2026-Q4”, which should be a date like 30.11.2026" in problem.sentence
