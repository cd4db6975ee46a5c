"""A newcomer of revenue operations: from files on a disk to the first scorecard, and back."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from tests import world
from tests.journeys.conftest import Visitor
from tests.pages.test_import import DEALS
from tests.realdata.conftest import PLACE
from upswing.actions.people import set_user
from upswing.core.people import AccessRole
from upswing.intake.models import Batch, Draft

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

INTERACTIONS, SECONDS = 8, 120
MAVEN = PLACE / "maven-crm" / "sales_pipeline.csv"


@pytest.fixture
def newcomer(visit: Callable[..., Visitor]) -> Callable[..., Visitor]:
    """Visitors to an installation that has nothing but Olga's sign-in."""
    call_command("flush", verbosity=0, interactive=False)
    set_user(world.operator(), "olga@example.com", AccessRole.REVENUE_OPERATIONS, None, world.PASSWORD)
    return visit


@pytest.fixture
def deals(tmp_path: Path) -> Path:
    """A small export."""
    path = tmp_path / "deals.csv"
    path.write_text(DEALS, encoding="utf-8")
    return path


def brought(olga: Visitor, file: Path) -> int:
    """From the start page to the first scorecard; how many things had to be done."""
    page = olga.page
    olga.sign_in("olga")  # address, password, Enter
    expect(page.get_by_text("Nothing has been brought in yet.")).to_be_visible()
    page.locator("input[type=file]").set_input_files([file])
    page.wait_for_url(re.compile("/map/"))
    page.get_by_role("button", name="See what would change").click()
    page.wait_for_url(re.compile("/preview/"))
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_text(re.compile("Your data are in"))).to_be_visible(timeout=SECONDS * 1000)
    page.get_by_role("link", name="See the scorecards").click()
    page.wait_for_url(re.compile("/teams/all/"))
    page.locator("main table a, main .quiet-list li").first.click()
    return 3 + 1 + 1 + 1 + 1 + 1


def taken_back(olga: Visitor) -> None:
    olga.open("/data/batches/")
    olga.page.locator("main table a").first.click()
    olga.page.get_by_role("link", name="Take this import back").click()
    olga.page.get_by_role("button", name="Take it back").click()
    expect(olga.page.get_by_text("This import was taken back.")).to_be_visible(timeout=SECONDS * 1000)


def test_a_newcomer_has_the_first_scorecard_with_few_steps_and_takes_it_all_back(newcomer, deals: Path):
    olga = newcomer()
    assert brought(olga, deals) <= INTERACTIONS
    taken_back(olga)
    assert olga.complaints == []
    assert olga.violations() == []


@pytest.mark.realdata
@pytest.mark.skipif(not MAVEN.is_file(), reason="the public data set is not here")
def test_ten_thousand_real_deals_are_a_scorecard_within_two_minutes(newcomer):
    olga, begun = newcomer(), time.monotonic()
    assert brought(olga, MAVEN) <= INTERACTIONS
    assert time.monotonic() - begun < SECONDS
    expect(olga.page.locator("main [data-headline]")).to_be_visible()
    taken_back(olga)


def test_it_all_works_without_javascript(newcomer, deals: Path):
    olga = newcomer(script=False)
    olga.sign_in("olga")
    olga.page.locator("input[type=file]").set_input_files([deals])
    olga.page.get_by_role("button", name="Read these files").click()
    olga.page.locator("select[name='0.kind']").select_option("leads")
    olga.page.get_by_role("button", name="Read again with these choices").click()
    assert "Day created" in olga.page.locator("main").inner_text()
    olga.page.locator("select[name='0.kind']").select_option("deals")
    olga.page.get_by_role("button", name="Read again with these choices").click()
    olga.page.get_by_role("button", name="See what would change").click()
    olga.page.get_by_role("button", name="Import", exact=True).click()
    assert "Your data are in" in olga.page.locator("main").inner_text()
    Draft.objects.update(job="import", failure="")
    olga.page.reload()
    assert olga.page.get_by_role("progressbar").is_visible()
    Draft.objects.update(job="")
    expect(olga.page.get_by_text("Your data are in")).to_be_visible(timeout=15_000)  # the page asks by itself
    taken_back(olga)


def test_choosing_another_kind_brings_its_fields_at_once_and_keeps_the_focus(newcomer, deals: Path):
    olga = newcomer()
    olga.sign_in("olga")
    olga.page.locator("input[type=file]").set_input_files([deals])
    kind = olga.page.locator("select[name='0.kind']")
    kind.focus()
    kind.select_option("activities")
    expect(olga.page.locator("select[name='0.field']").first).to_contain_text("Outcome")
    assert olga.page.evaluate("document.activeElement.name") == "0.kind"
    assert olga.violations() == []


def test_a_file_is_dropped_with_the_mouse(newcomer, deals: Path):
    olga = newcomer()
    olga.sign_in("olga")
    files = olga.page.evaluate_handle(
        "text => { const all = new DataTransfer(); all.items.add(new File([text], 'deals.csv')); return all; }",
        DEALS,
    )
    olga.page.dispatch_event(".zone", "drop", {"dataTransfer": files})
    olga.page.wait_for_url(re.compile("/map/"))


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark"), (320, "light")])
def test_every_page_of_an_import_is_accessible_and_fits(newcomer, deals: Path, width: int, scheme: str):
    olga = newcomer(width=width, scheme=scheme)
    found: dict[str, object] = {}

    def look(name: str) -> None:
        if told := [*olga.axe(), *olga.violations(), *(["sideways"] if olga.sideways() > 0 else [])]:
            found[name] = told

    olga.sign_in("olga")
    look("nothing yet")
    olga.page.locator("input[type=file]").set_input_files([deals])
    olga.page.wait_for_url(re.compile("/map/"))
    for fold in olga.page.locator("main details").all():
        fold.evaluate("fold => fold.open = true")
    look("columns")
    olga.page.get_by_role("button", name="See what would change").click()
    olga.page.wait_for_url(re.compile("/preview/"))
    look("preview")
    olga.page.get_by_role("button", name="Import", exact=True).click()
    olga.page.wait_for_url(re.compile("/run/"))
    look("done")
    for page in ("/data/", "/data/batches/", "/data/imports/", "/data/invoices/", "/data/owners/"):
        olga.open(page)
        look(page)
    olga.page.goto(f"{olga.home}/data/batches/{Batch.objects.get().uid}/")
    look("batch")
    olga.page.get_by_role("link", name="Take this import back").click()
    look("undo")
    Batch.objects.update(undoing=datetime.now(UTC), done=1, expected=5, alive=datetime.now(UTC))
    olga.open(f"/data/batches/{Batch.objects.get().uid}/")
    look("being taken back")
    assert found == {}
