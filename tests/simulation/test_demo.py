"""upswing demo: fills a data folder once, continues it later, and never mixes with real data."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model

from upswing.cli.commands.demo import PASSWORD, fill
from upswing.cli.installation import NotReady
from upswing.cli.main import main, parser

pytestmark = pytest.mark.django_db(transaction=True)
SMALL = ["--no-serve", "--months", "1", "--as-of"]


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


def demo(day: str, *more: str) -> Any:
    return fill(parser().parse_args(["demo", *SMALL, day, *more]))


def test_a_second_run_brings_nothing_new(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", *SMALL, "2026-11-20"]) == 0
    first = capsys.readouterr().out
    mona = get_user_model().objects.get(email="mona@demo.upswing.example")
    assert main(["demo", *SMALL, "2026-11-20"]) == 0
    second = capsys.readouterr().out
    assert " 0 updated, 0 unchanged." in first
    assert second.startswith("0 records created, 0 updated, ")
    assert PASSWORD in second
    assert mona.check_password(PASSWORD)
    assert get_user_model().objects.get(email=mona.email).password == mona.password


def test_a_later_run_continues_and_an_earlier_one_is_refused(folder: Path) -> None:
    demo("2026-09-25")
    later = demo("2026-10-02")  # in another quarter: the stories stay where they were
    assert later.created
    assert later.updated
    assert later.unchanged > later.created + later.updated
    with pytest.raises(NotReady, match="already stands at 2026-10-02"):
        demo("2026-10-01")


def test_another_demo_needs_another_folder(folder: Path) -> None:
    demo("2026-11-20")
    with pytest.raises(NotReady, match="made with --seed 1 "):
        demo("2026-11-20", "--seed", "2")
    (folder / "demo" / "demo.json").unlink()
    with pytest.raises(NotReady, match="cannot be continued"):
        demo("2026-11-20")


def test_the_demo_refuses_a_folder_that_holds_real_data(folder: Path, cast: None) -> None:
    with pytest.raises(NotReady, match=r"holds data from .+ set UPSWING_DATA_DIR to an empty folder"):
        demo(date(2026, 11, 20).isoformat())


def test_too_few_reps_are_refused(folder: Path) -> None:
    with pytest.raises(NotReady, match="12 reps or more"):
        demo("2026-11-20", "--reps", "3")


def test_real_data_are_refused_by_a_folder_that_holds_the_demo(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    demo("2026-11-20")
    files = folder / "demo"
    assert main(["import", str(files), "--mapping", str(files / "mapping.toml")]) == 1
    assert "This data folder holds the demo." in capsys.readouterr().err
