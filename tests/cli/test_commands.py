"""The commands as people type them: what they print, and with which code they end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests import world
from tests.connectors.test_files import GOOD, HEADER, write
from upswing.cli.main import main
from upswing.people.models import User

pytestmark = pytest.mark.django_db(transaction=True)

QUARTER = ["--period", "2026-Q4", "--at", "2026-10-15"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, HEADER + GOOD)
    return tmp_path


def bring(folder: Path) -> int:
    return main(["import", str(folder), "--mapping", str(folder / "map.toml")])


def test_import_says_what_it_did_and_ends_with_0(folder: Path, capsys):
    assert bring(folder) == 0
    assert "4 created, 0 updated, 0 skipped (unchanged), 0 refused, 1 notice." in capsys.readouterr().out


def test_import_again_skips_everything(folder: Path, capsys):
    bring(folder)
    capsys.readouterr()
    assert bring(folder) == 0
    assert "0 created, 0 updated, 4 skipped (unchanged)" in capsys.readouterr().out


def test_a_refused_row_ends_with_1_and_the_good_rows_land(tmp_path: Path, capsys):
    write(tmp_path, HEADER + GOOD + "D2,Tess Lunt,Won,2026-09-01,2026-10-01,1,\n")
    assert bring(tmp_path) == 1
    said = capsys.readouterr().out
    assert "1 × unknown rep in deals.csv (not taken)" in said
    assert "Row 3: no rep is called “Tess Lunt”. Did you mean “Tess Lund”?" in said
    capsys.readouterr()
    main(["scorecard", "--rep", "tess lund", *QUARTER, "--format", "json"])
    lines = {line["metric"]: line["actual"] for line in json.loads(capsys.readouterr().out)["lines"]}
    assert lines["won_value"] == {"amount": "1200.50", "currency": "EUR"}


def test_a_file_that_cannot_be_read_ends_with_1_and_writes_nothing(folder: Path, capsys):
    (folder / "deals.csv").unlink()
    assert bring(folder) == 1
    assert capsys.readouterr().err.startswith("upswing: The file “deals.csv” is not in")
    assert main(["scorecard", "--rep", "Tess Lund", *QUARTER]) == 1
    assert "No rep is called “Tess Lund”. Import people first." in capsys.readouterr().err


def test_a_scorecard_prints_as_a_table_in_words(folder: Path, capsys):
    bring(folder)
    assert main(["scorecard", "--rep", "Tess Lund", *QUARTER]) == 0
    said = capsys.readouterr().out
    assert "Tess Lund, 2026-Q4, at 2026-10-15" in said
    assert "no target" in said


def test_the_json_of_a_team_holds_each_card(folder: Path, capsys):
    bring(folder)
    capsys.readouterr()
    assert main(["team", *QUARTER, "--format", "json"]) == 0
    cards = json.loads(capsys.readouterr().out)["cards"]
    assert [card["rep"] for card in cards] == ["Stan Weber", "Tess Lund"]


def test_a_team_by_name_and_a_misspelt_one(folder: Path, capsys):
    bring(folder)
    assert main(["team", "--team", "team mona", *QUARTER]) == 0
    assert main(["team", "--team", "team mina", *QUARTER]) == 1
    assert "Did you mean “team mona”?" in capsys.readouterr().err.casefold().replace("did", "Did")


def test_a_misspelt_rep_is_answered_with_the_nearest_name(folder: Path, capsys):
    bring(folder)
    assert main(["scorecard", "--rep", "Tes Lund", *QUARTER]) == 1
    assert "No rep is called “Tes Lund”. Did you mean “Tess Lund”?" in capsys.readouterr().err


def test_a_period_that_does_not_exist_is_named(folder: Path, capsys):
    bring(folder)
    assert main(["scorecard", "--rep", "Tess Lund", "--period", "2026-Q5"]) == 1
    assert "2026-Q5" in capsys.readouterr().err


@pytest.mark.parametrize("words", ["this-month", "last-quarter", "this-year", "2026-W40", "2026"])
def test_periods_may_be_words_read_from_the_moment(folder: Path, capsys, words: str):
    bring(folder)
    capsys.readouterr()
    assert (
        main(["scorecard", "--rep", "Tess Lund", "--period", words, "--at", "2026-10-15", "--format", "json"])
        == 0
    )
    assert json.loads(capsys.readouterr().out)["at"] == "2026-10-15"


@pytest.mark.parametrize(
    "command",
    [
        ["scorecard", "--rep", "Tess Lund"],
        ["team"],
        ["funnel"],
        ["backtest", "--from", "2026-07", "--to", "2026-08"],
    ],
)
def test_a_day_to_come_is_refused_in_one_sentence(folder: Path, capsys, command: list[str]):
    bring(folder)
    capsys.readouterr()
    assert main([*command, "--at", "2099-01-01"]) == 1
    assert capsys.readouterr().err.startswith("upswing: Nothing is known of 1 January 2099 yet: today is ")


def test_rebuild_and_check_say_how_it_went(folder: Path, capsys):
    bring(folder)
    assert main(["rebuild"]) == 0
    assert "4 facts made anew" in capsys.readouterr().out
    assert main(["check"]) == 0
    from upswing.ledger.models import RepDay

    RepDay.objects.update(won_value=7)
    assert main(["check"]) == 1
    assert "`upswing rebuild` makes the figures anew" in capsys.readouterr().out


def test_a_user_can_be_made_for_a_person_and_gets_a_password(folder: Path, capsys):
    bring(folder)
    capsys.readouterr()
    assert main(["user", "Tess@example.com", "--person", "Tess Lund"]) == 0
    assert "may sign in, password " in capsys.readouterr().out
    assert User.objects.get(email="tess@example.com").person == world.person("Tess Lund")


def test_sign_ins_are_listed_and_taken_away(folder: Path, capsys):
    bring(folder)
    assert main(["user", "tess@example.com", "--person", "Tess Lund"]) == 0
    capsys.readouterr()
    assert main(["users", "--format", "json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)
    assert told == {"email": "tess@example.com", "role": "rep", "person": "Tess Lund", "last": None}
    assert main(["user", "tess@example.com", "--remove"]) == 0
    assert "may not sign in any more" in capsys.readouterr().out
    assert main(["users"]) == 0
    assert "Nobody may sign in yet" in capsys.readouterr().out
    assert main(["user", "tess@example.com", "--remove"]) == 1


def test_a_weak_password_or_an_unknown_person_is_refused(folder: Path, capsys):
    bring(folder)
    assert main(["user", "tess@example.com", "--password", "short"]) == 1
    assert "too short" in capsys.readouterr().err
    assert main(["user", "tess@example.com", "--person", "Tess Land"]) == 1
    assert "Did you mean “Tess Lund”?" in capsys.readouterr().err
    assert not User.objects.exists()


@pytest.mark.parametrize("role", ["rep", "manager"])
def test_a_rep_or_manager_without_a_person_is_refused(role: str, capsys):
    assert main(["user", "somebody@example.com", "--role", role]) == 1
    assert "Say who it is with --person NAME." in capsys.readouterr().err
    assert not User.objects.exists()


def test_a_team_of_nobody_says_what_to_do(capsys):
    assert main(["team", *QUARTER]) == 0
    assert (
        "Nobody sells here yet. Bring in a file of deals or people: upswing import PATH."
        in capsys.readouterr().out
    )


def test_an_import_that_changes_nothing_counts_its_notices_without_repeating_them(folder: Path, capsys):
    bring(folder)
    assert "Stan Weber has no deal" in capsys.readouterr().out
    bring(folder)
    said = capsys.readouterr().out
    assert "1 × rep without deals" in said
    assert "Stan Weber has no deal" not in said


def test_an_unknown_command_ends_with_2():
    with pytest.raises(SystemExit) as ended:
        main(["scorecards"])
    assert ended.value.code == 2


def test_a_board_says_how_many_are_at_quota_or_that_nobody_has_one(capsys):
    world.settle_in()
    world.bring(world.quota("Tess", "2026-Q4", 1))
    for quarter, said in (
        ("2026-Q4", "1 of 1 rep with records and a quota is at"),
        ("2020-Q1", "Nobody with records has a quota here."),
    ):
        capsys.readouterr()
        main(["team", "--period", quarter, "--at", str(world.TODAY)])
        assert said in capsys.readouterr().out
