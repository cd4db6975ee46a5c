"""upswing demo: fills a data folder once, continues it later, and never mixes with real data."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model

from upswing.book.models import Deal
from upswing.cli import asked
from upswing.cli.commands.demo import PASSWORD, fill
from upswing.cli.installation import NotReady
from upswing.cli.main import main, parser
from upswing.core.quoting import Standing, refusals
from upswing.queries.offers import price_lists
from upswing.queries.quote_pages import quote_shown
from upswing.queries.quotes import Asked, quotes
from upswing.queries.standards import standards
from upswing.queries.viewers import viewer_named
from upswing.simulation import SCENARIOS

pytestmark = pytest.mark.django_db(transaction=True)
SMALL = ["--no-serve", "--months", "1", "--as-of"]


@pytest.fixture
def folder(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder, and a demo in which nobody calls much."""
    monkeypatch.setitem(SCENARIOS, "demo", replace(SCENARIOS["demo"], calls=3))
    settings.DATA_DIR = tmp_path
    return tmp_path


def demo(day: str, *more: str) -> Any:
    return fill(parser().parse_args(["demo", *SMALL, day, *more]))


def test_a_demo_is_filled_once_and_shares_its_folder_with_nobody(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["demo", *SMALL, "2026-11-20"]) == 0
    first = capsys.readouterr().out
    mona = get_user_model().objects.get(email="mona@demo.upswing.example")
    assert main(["demo", *SMALL, "2026-11-20"]) == 0
    second = capsys.readouterr().out
    assert " 0 unchanged." in first
    assert second.startswith("The demo is in place.")
    assert PASSWORD in second
    assert mona.check_password(PASSWORD)
    assert get_user_model().objects.get(email=mona.email).password == mona.password
    with pytest.raises(NotReady, match="made with --seed 1 "):
        demo("2026-11-20", "--seed", "2")
    files = folder / "demo"
    assert main(["import", str(files), "--mapping", str(files / "mapping.toml")]) == 1
    assert "This data folder holds the demo." in capsys.readouterr().err
    (files / "demo.json").unlink()
    with pytest.raises(NotReady, match="to continue the demo from"):
        demo("2026-11-20")


def test_the_demo_has_standards_that_some_have_signed(folder: Path) -> None:
    for _ in range(2):
        assert main(["demo", *SMALL, "2026-11-20"]) == 0
    tess, stan = (
        viewer_named(f"{name}@demo.upswing.example", asked.today(), "test") for name in ("tess", "stan")
    )
    assert [row.version.text.name for row in standards(tess) if row.waits] == ["Building rapport"]
    assert len(standards(tess)) == 2
    assert not any(row.waits for row in standards(stan))


def test_the_demo_has_prices_on_a_letterhead_and_three_quotes_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(SCENARIOS, "demo", replace(SCENARIOS["demo"], calls=8))
    for _ in range(2):
        assert main(["demo", *SMALL, "2026-11-20"]) == 0
    mona = viewer_named("mona@demo.upswing.example", asked.today(), "test")
    made = [row for row in quotes(mona, Asked()).rows if row.here]
    assert {row.number for row in made} == {"BW-0001", "BW-0002", "BW-0003"}
    assert Counter(row.standing for row in made) == {
        Standing.DRAFT: 1,
        Standing.SEEN: 1,
        Standing.DECLINED: 1,
    }
    assert {row.reps[0] for row in made} == {"Tess Lund", "Stan Weber"}
    (prices,) = price_lists(mona)
    assert len(prices.prices) == 8
    for row in made:
        shown = quote_shown(mona, row.id)
        assert shown.paper.name == "Brightwater"
        assert refusals(shown.quotation, mona.at) == ()
        assert shown.totals.gross > shown.totals.net > 0


def test_the_deals_of_the_demo_say_why_they_were_decided(folder: Path) -> None:
    assert main(["demo", *SMALL, "2026-11-20"]) == 0
    decided = Deal.objects.unscoped("test").exclude(closed=None)
    told = decided.exclude(reason="")
    assert told.count() > decided.count() / 2 > 0


def test_a_demo_whose_filling_was_cut_short_is_filled_again(folder: Path) -> None:
    demo("2026-11-20")
    told = folder / "demo" / "demo.json"
    told.write_text(told.read_text().replace('"filled": true', '"filled": false'))
    again = demo("2026-11-20")
    assert (again.created, again.updated, again.unchanged > 1_000) == (0, 0, True)


def test_a_demo_of_another_version_is_not_continued(folder: Path) -> None:
    demo("2026-11-20")
    told = folder / "demo" / "demo.json"
    told.write_text(told.read_text().replace('"generator": 2', '"generator": 1'))
    with pytest.raises(NotReady, match="another version of Upswing"):
        demo("2026-11-21")


def test_a_later_run_continues_and_an_earlier_one_is_refused(folder: Path) -> None:
    demo("2026-09-25")
    later = demo("2026-10-02")  # in another quarter: the stories stay where they were
    assert later.created
    assert later.updated
    assert later.unchanged > later.created + later.updated
    with pytest.raises(NotReady, match="already stands at 2026-10-02"):
        demo("2026-10-01")


def test_the_demo_refuses_a_folder_that_holds_real_data(folder: Path, cast: None) -> None:
    with pytest.raises(NotReady, match=r"holds data from .+ set UPSWING_DATA_DIR to an empty folder"):
        demo(date(2026, 11, 20).isoformat())


def test_too_few_reps_are_refused(folder: Path) -> None:
    with pytest.raises(NotReady, match="12 reps or more"):
        demo("2026-11-20", "--reps", "3")
