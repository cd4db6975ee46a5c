"""Instants and days as sources write them: zones, changes of clocks, odd styles."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.connectors.company import ROWS, TOP, codes, of, read, write
from upswing.connectors.connector import Unreadable
from upswing.connectors.files.mapping import read_mapping
from upswing.core.records import ActivityRecord, DealRecord

COPENHAGEN = TOP + 'time_zone = "Europe/Copenhagen"\n'


def at(folder: Path, cell: str, top: str = TOP) -> datetime | list[str]:
    """The instant of one activity, or why it was refused."""
    write(folder, top=top, kinds="people activities", activities=[f"X1,Tess Lund,call,{cell},,,,,,,,,"])
    items = read(folder)
    found = of(items, ActivityRecord)
    return found[0].at if found else [item.sentence for item in items if hasattr(item, "sentence")]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("cell", "top", "utc"),
    [
        ("2026-07-01T10:00:00+00:00", TOP, "2026-07-01T10:00"),
        ("2026-07-01T10:00:00Z", TOP, "2026-07-01T10:00"),
        ("2026-07-01 10:00:00", TOP, "2026-07-01T10:00"),
        (" 2026-07-01 9:00:00 ", TOP, "2026-07-01T09:00"),
        ("2026-07-01T10:00:00+02:00", COPENHAGEN, "2026-07-01T08:00"),
        ("2026-07-01T10:00", COPENHAGEN, "2026-07-01T08:00"),
        ("2026-01-01T10:00", COPENHAGEN, "2026-01-01T09:00"),
        ("2026-10-25T02:30", COPENHAGEN, "2026-10-25T00:30"),  # told twice by the clock: the first
        ("2026-03-29T02:30", COPENHAGEN, "2026-03-29T01:30"),  # left out by the clock: 03:30 summer time
        ("2026-07-01", COPENHAGEN, "2026-06-30T22:00"),
        ("01.07.2026 10:00", COPENHAGEN + 'time = "%d.%m.%Y %H:%M"\n', "2026-07-01T08:00"),
        ("01.07.2026 10:00 +0300", COPENHAGEN + 'time = "%d.%m.%Y %H:%M %z"\n', "2026-07-01T07:00"),
    ],
)
def test_an_instant_is_read_in_utc(tmp_path: Path, cell: str, top: str, utc: str):
    found = at(tmp_path, cell, top)
    assert found == datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert isinstance(found, datetime)
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    "cell", ["10:00", "2026-13-01T10:00", "x" * 200, "2026-07-01T25:00", "٢٠٢٦", "2026-07-01T10:00+99:00"]
)
def test_what_is_no_instant_is_refused_with_an_example(tmp_path: Path, cell: str):
    assert at(tmp_path, cell) == [
        f"Row 2: “at” reads “{cell[:60]}”, which should be an instant like 2026-11-30T14:05:00+00:00."
    ]


@pytest.mark.parametrize("cell", ["0001-01-01T00:00+14:00", "9999-12-31T23:59-14:00", "1989-12-31T10:00Z"])
def test_an_instant_of_another_age_is_refused(tmp_path: Path, cell: str):
    assert at(tmp_path, cell) == [
        f"Row 2: “at” reads “{cell}”, which should be an instant between 1990 and 2100."
    ]


def test_an_example_is_given_in_the_mapping_s_own_style(tmp_path: Path):
    (sentence,) = at(tmp_path, "soon", TOP + 'time = "%d.%m.%Y %H:%M"\n')  # type: ignore[misc]
    assert sentence.endswith("which should be an instant like 30.11.2026 14:05.")


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        (
            'time_zone = "Europe/Copenhagn"',
            "no time zone is called “Europe/Copenhagn”. Did you mean “Europe/Copenhagen”?",
        ),
        ('time = "%H:%M"', "time = “%H:%M” names no whole instant. Write it like %d.%m.%Y %H:%M."),
        ('time = "%Y-%m-%d %Q"', "names no whole instant"),
        ("time_zone = 5", "time_zone = 5 must be text in quotes."),
    ],
)
def test_a_zone_or_style_that_makes_no_sense_is_refused(tmp_path: Path, key: str, sentence: str):
    write(tmp_path, top=f"{TOP}{key}\n")
    with pytest.raises(Unreadable) as refused:
        read_mapping(tmp_path / "map.toml")
    assert sentence in str(refused.value)


def test_the_day_of_an_instant_is_the_one_in_the_mapping_s_zone(tmp_path: Path):
    row = (
        ROWS["deals"][0]
        .replace("2026-09-01", "2026-08-31T23:30:00Z")
        .replace("2026-10-01", "2026-10-01 0:00:00")
    )
    write(tmp_path, top=COPENHAGEN, kinds="people accounts products leads contacts deals", deals=[row])
    items = read(tmp_path)
    (deal,) = of(items, DealRecord)
    assert (deal.created, deal.closed) == (date(2026, 9, 1), date(2026, 10, 1))  # type: ignore[union-attr]
    assert codes(items) == {}
