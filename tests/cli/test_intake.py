"""What an import from the command line says of itself: its currency, its day, what it left out, where it stopped."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from rich.progress import Progress

from upswing.actions.taking import Taking
from upswing.book.models import Deal
from upswing.cli.main import main
from upswing.core.records import DealRecord
from upswing.intake.models import Batch, Source
from upswing.people.models import Organisation, Person
from upswing.queries.intake import SILENT

pytestmark = pytest.mark.django_db(transaction=True)

HEADER = "Deal ID,Deal owner,Stage,Created,Amount"
DEALS = f"{HEADER}\nD1,Tess,Open,2026-08-13,1200.50\nD2,Stan,Open,2026-08-03,700.00\n"


def given(folder: Path, text: str = DEALS, name: str = "deals.csv") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def with_currency(*codes: str) -> str:
    header, *rows = DEALS.splitlines()
    return "\n".join([f"{header},Currency", *(f"{row},{one}" for row, one in zip(rows, codes, strict=True))])


def counted_in() -> str:
    return Organisation.objects.get().currency


def test_a_currency_that_nobody_names_is_said_and_can_be_put_right(tmp_path: Path, capsys):
    file = given(tmp_path)
    assert main(["import", file, "--yes"]) == 0
    assert "No currency is named: amounts are read as EUR." in capsys.readouterr().err
    assert main(["undo", str(Batch.objects.get().uid)]) == 0
    assert main(["import", file, "--yes", "--currency", "dkk"]) == 0
    assert counted_in() == "DKK"
    assert "No currency" not in capsys.readouterr().err
    assert main(["import", file, "--yes"]) == 0  # the organisation has one by now
    assert "No currency" not in capsys.readouterr().err


@pytest.mark.parametrize(("codes", "found"), [("DKK DKK", "DKK"), ("DKK USD", "EUR"), ("kr kr", "EUR")])
def test_the_one_currency_of_the_file_is_the_organisation_s(tmp_path: Path, codes: str, found: str, capsys):
    main(["import", given(tmp_path, with_currency(*codes.split())), "--yes"])
    assert counted_in() == found
    assert ("No currency is named" in capsys.readouterr().err) == (codes == "kr kr")


@pytest.mark.parametrize(("codes", "named"), [(("USD", "DKK"), "DKK and USD"), (("usd", ""), "USD")])
def test_currencies_that_do_not_stand_in_every_row_are_named_and_are_not_everybody_s(
    tmp_path: Path, codes: tuple[str, str], named: str, capsys
):
    main(["import", given(tmp_path, with_currency(*codes)), "--yes"])
    assert counted_in() == "EUR"
    said = capsys.readouterr().err
    assert f"Amounts are in {named}, and nothing says what the organisation counts in: it is EUR" in said
    assert "No currency" not in said


def test_how_many_rates_came_is_said_beside_what_was_created(tmp_path: Path, capsys):
    main(["import", given(tmp_path), "--yes"])
    rates = given(tmp_path, "currency,day,rate\nUSD,2026-08-01,0.9125\nDKK,2026-08-01,0.134\n", "rates.csv")
    for said in (
        "2 created (2 exchange rates among them), 0 updated, 0 skipped",
        "0 created, 0 updated, 2 skipped",
    ):
        capsys.readouterr()
        assert main(["import", rates, "--yes"]) == 0
        assert said in capsys.readouterr().out


def test_at_a_terminal_the_currency_is_asked_until_it_is_one(tmp_path: Path, monkeypatch, capsys):
    mapping = tmp_path / "map.toml"
    main(["import", given(tmp_path), "--save-mapping", str(mapping)])
    answers = iter(["kroner", "dkk", " Testers "])
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda asked: next(answers))
    assert main(["import", given(tmp_path), "--mapping", str(mapping)]) == 0
    assert counted_in() == "DKK"
    assert Organisation.objects.get().name == "Testers"
    assert "“kroner” is no ISO code." in capsys.readouterr().err


def test_an_organisation_that_nobody_names_is_called_after_its_source_and_that_is_said(
    tmp_path: Path, monkeypatch, capsys
):
    assert main(["import", given(tmp_path), "--yes", "--currency", "DKK"]) == 0
    assert Organisation.objects.get().name == "deals"
    said = "The organisation is called “deals” for now: `upswing organisation --name NAME` gives it its name."
    assert capsys.readouterr().err.splitlines()[-1] == said
    assert main(["import", given(tmp_path), "--yes", "--organisation", "Testers"]) == 0
    assert Organisation.objects.get().name == "deals"
    assert "There is an organisation already" in capsys.readouterr().err


def test_the_command_line_names_the_organisation(tmp_path: Path, capsys):
    assert main(["import", given(tmp_path), "--yes", "--organisation", "Testers"]) == 0
    assert Organisation.objects.get().name == "Testers"
    assert "for now" not in capsys.readouterr().err


def test_without_an_organisation_there_is_none_to_show(tmp_path: Path, capsys):
    assert main(["organisation"]) == 0
    said = capsys.readouterr().out
    assert said == "There is no organisation yet. The first import makes it: upswing import PATH.\n"
    main(["import", given(tmp_path), "--yes", "--organisation", "Testers"])
    main(["organisation"])
    assert "Testers: amounts in EUR" in capsys.readouterr().out


def test_a_code_that_is_none_is_refused_and_one_that_is_stands_in_the_mapping(tmp_path: Path):
    with pytest.raises(SystemExit):
        main(["import", given(tmp_path), "--currency", "kroner"])
    mapping = tmp_path / "map.toml"
    main(["import", given(tmp_path), "--save-mapping", str(mapping), "--currency", "DKK"])
    assert 'currency = "DKK"' in mapping.read_text()


@pytest.mark.parametrize("day", ["2100-01-01", "1989-12-31"])
@pytest.mark.parametrize("by_mapping", [False, True])
def test_files_are_not_made_in_the_future_or_long_ago(tmp_path: Path, day: str, by_mapping: bool, capsys):
    mapping = tmp_path / "map.toml"
    main(["import", given(tmp_path), "--save-mapping", str(mapping)])
    how = ["--mapping", str(mapping)] if by_mapping else ["--yes"]
    try:
        assert main(["import", given(tmp_path), *how, "--read-on", day]) == 1
        assert (
            f"The files cannot have been made on {day}. Write the day as read_on" in capsys.readouterr().err
        )
    except SystemExit:  # a year that no command takes
        assert "lies outside" in capsys.readouterr().err
    assert not Batch.objects.exists()


def test_the_day_of_the_command_line_goes_before_that_of_the_mapping(tmp_path: Path):
    mapping = tmp_path / "map.toml"
    main(["import", given(tmp_path), "--save-mapping", str(mapping)])
    assert main(["import", given(tmp_path), "--mapping", str(mapping), "--read-on", "2026-09-01"]) == 0
    assert str(Batch.objects.get().read_on) == "2026-09-01"


def test_a_column_that_is_left_out_is_said_also_when_nobody_is_asked(tmp_path: Path, capsys):
    assert main(["import", given(tmp_path, DEALS.replace("700.00", "much")), "--yes"]) == 0
    told = capsys.readouterr().err
    assert (
        "“Amount” looks like the amount, but 1 of its 2 cells do not read as money like “1200.50” (“much”)"
        in told
    )


def test_a_needed_column_that_reads_oddly_is_refused_whatever_else_there_is(tmp_path: Path, capsys):
    given(tmp_path)
    given(tmp_path, "Lead ID,Lead owner,Created\nL1,Tess,soon\nL2,Stan,later\n", "leads.csv")
    assert main(["import", str(tmp_path), "--yes"]) == 1
    last = capsys.readouterr().err.strip().splitlines()[-1]
    assert last.startswith("upswing: “leads.csv” is not used: it looks like leads, and “Created” looks like")
    assert not Deal.objects.unscoped("test").exists()


@pytest.mark.parametrize("name", ["refused deals of week 12.csv", "deals-refused (1).csv", "mended.csv"])
def test_mended_rows_go_to_the_source_they_were_refused_of(tmp_path: Path, name: str):
    main(["import", given(tmp_path), "--yes", "--source", "crm"])
    mended = f"{HEADER},Why refused (crm)\nD3,Stan,Open,2026-08-04,1.00,Row 4: no rep is called “Sten”.\n"
    assert main(["import", given(tmp_path, mended, name), "--yes"]) == 0
    assert [source.key for source in Source.objects.all()] == ["crm"]


def test_an_interrupted_import_says_what_stays_and_ends_with_130(tmp_path: Path, monkeypatch, capsys):
    whole = Taking.take

    def cut_off(self: Taking, window: Any) -> Iterator[Any]:
        if isinstance(window[0], DealRecord):
            raise KeyboardInterrupt
        yield from whole(self, window)

    monkeypatch.setattr(Taking, "take", cut_off)
    assert main(["import", given(tmp_path), "--yes"]) == 130
    uid = Batch.objects.get().uid
    told = capsys.readouterr().err
    assert told.splitlines()[-1] == (
        "upswing: Interrupted after 2 of 4 rows: what came in stays. Run the same command again to go on, "
        f"or `upswing undo {uid}` to take it back."
    )
    assert Person.objects.unscoped("test").count() == 2
    assert listed(capsys) == [(2, "cut off")]
    assert main(["undo", str(uid)]) == 0
    assert not Person.objects.unscoped("test").exists()


def listed(capsys) -> list[tuple[int, str]]:
    """Every import: how many records it made, and how far it is."""
    capsys.readouterr()
    assert main(["batches", "--format", "json"]) == 0
    return [(batch["created"], batch["state"]) for batch in json.loads(capsys.readouterr().out)]


def test_an_import_that_was_killed_is_cut_off_once_it_has_been_silent_for_long(tmp_path: Path, capsys):
    main(["import", given(tmp_path), "--yes"])
    for silent, state in (
        (SILENT - timedelta(minutes=1), "running"),
        (SILENT + timedelta(minutes=1), "cut off"),
    ):
        Batch.objects.update(finished=None, alive=datetime.now(UTC) - silent)
        assert listed(capsys) == [(4, state)]


def test_the_bar_ends_where_the_rows_do(tmp_path: Path, monkeypatch):
    seen: list[tuple[float, float]] = []
    monkeypatch.setattr(
        Progress, "update", lambda bar, task, *, completed, total: seen.append((completed, total))
    )
    refused = (
        f"{HEADER}\n" + "".join(f"D{n},Tess,Open,2026-08-13,1.00\n" for n in range(30)) + "D0,Tess,Open,,1\n"
    )
    assert main(["import", given(tmp_path, refused), "--yes"]) == 1
    assert {total for _, total in seen[:-1]} == {32}  # a person and 31 rows
    assert seen[-1] == (31, 31)


def test_an_import_may_be_named_by_the_beginning_of_its_id(tmp_path: Path, capsys):
    main(["import", given(tmp_path), "--yes"])
    uid = str(Batch.objects.get().uid)
    told = capsys.readouterr().out.splitlines()[-1]
    assert told == f"This is import {uid}. Take it back with: upswing undo {uid}"
    twin = Batch.objects.create(
        source=Source.objects.get(), started=datetime.now(UTC), uid=f"{uid[:-1]}{'01'[uid[-1] == '0']}"
    )
    for wrong, said in (
        (uid[:5], f"“{uid[:5]}” is too short: write 6 characters of an import's id."),
        ("nothing", "No import begins with “nothing”. `upswing batches` lists them."),
        (f"{uid}0", f"No import begins with “{uid}0”."),
        (
            uid[:13],
            f"2 imports begin with “{uid[:13]}”: {uid} and {twin.uid}. Write more of the one you mean.",
        ),
    ):
        assert main(["undo", wrong]) == 1
        assert said in capsys.readouterr().err
    twin.delete()
    assert main(["undo", uid[:13].upper()]) == 0
    assert capsys.readouterr().out == "0 records put back, 4 removed.\n"
