"""The pipeline in a real browser: dragged, sent by keys, moved without JavaScript; accessible, at every width."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests import world
from tests.actions.paths import NEED, deal, lay
from tests.journeys.test_languages import LONGER, lengthened
from upswing.actions.moving import confirm, move
from upswing.queries.viewers import viewer_of

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

__all__ = ["lengthened"]


def rules() -> None:
    """The stages hold on the day of the clock, which the pages read; T4 has shown what Need asks for."""
    now = datetime.now(UTC)
    lay(viewer=viewer_of(world.user("olga"), now.date()), now=now)
    confirm(viewer_of(world.user("mona"), now.date()), deal().uid, "need", NEED, now)


def pages() -> dict[str, str]:
    rules()
    now = datetime.now(UTC)
    move(
        viewer_of(world.user("olga"), now.date()),
        deal("R1").uid,
        "need",
        {},
        "They ask for it in writing",
        now,
    )
    one = f"/deals/{deal().uid}/"
    return {
        "list": "/pipeline/", "board": f"/pipeline/{now:%Y-%m}/?view=board", "deal": one, "moved": f"/deals/{deal('R1').uid}/",
        "won": f"/deals/{deal('T1').uid}/", "move": f"{one}move/offer/", "here": f"{one}move/hello/",
        "back": f"/deals/{deal('R1').uid}/move/hello/",
    }  # fmt: skip


def test_every_page_of_the_pipeline_is_accessible_and_breaks_no_policy(visit):
    olga = visit()
    olga.sign_in("olga")
    assert olga.faults(pages()) == {}
    assert olga.complaints == []


def test_no_page_of_the_pipeline_scrolls_sideways(visit):
    olga = visit()
    olga.sign_in("olga")
    assert olga.too_wide(pages()) == {}


def test_a_card_is_dragged_to_another_stage_and_what_is_missing_opens_the_checklist(visit):
    rules()
    tess = visit()
    tess.sign_in("tess")
    tess.open(f"/reps/{world.person('tess').uid}/pipeline/{datetime.now(UTC):%Y-%m}/?view=board")
    page = tess.page

    def drag(stage: str) -> None:
        card, column = page.locator(f"#deal-{deal().uid}"), page.locator(f"[data-stage={stage}]")
        from_, to = card.bounding_box(), column.bounding_box()
        assert from_
        assert to
        page.mouse.move(from_["x"] + 30, from_["y"] + 40)
        page.mouse.down()
        page.mouse.move(to["x"] + 60, to["y"] + 60, steps=8)
        assert column.get_attribute("data-aim") is not None
        with page.expect_navigation():
            page.mouse.up()

    drag("need")
    assert page.locator("[data-stage=need] .deal-card").count() == 1
    assert "T4 stands in Need now." in page.locator("[data-said]").inner_text()
    assert deal().stage == "Need"
    drag("offer")
    assert page.url.endswith(f"/deals/{deal().uid}/move/offer/")
    assert deal().stage == "Need"
    assert tess.complaints == []


def test_a_card_is_sent_with_the_keys_and_told_aloud(visit):
    rules()
    tess = visit()
    tess.sign_in("tess")
    tess.open(f"/reps/{world.person('tess').uid}/pipeline/{datetime.now(UTC):%Y-%m}/?view=board")
    page = tess.page
    said = page.locator("[data-said]")
    page.get_by_role("link", name="Move T4").focus()
    page.keyboard.press("ArrowRight")
    assert said.inner_text() == "T4 over Need. Enter moves it, Escape leaves it where it is."
    page.keyboard.press("Escape")
    assert said.inner_text() == "T4 stays in Hello."
    page.keyboard.press("ArrowRight")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert said.inner_text() == "T4 stands in Need now."
    assert page.evaluate("document.activeElement.closest('.deal-card').id") == f"deal-{deal().uid}"
    assert deal().stage == "Need"


def test_a_deal_is_moved_and_lost_without_javascript_on_a_phone(visit):
    rules()
    tess = visit(script=False, width=390)
    tess.sign_in("tess")
    page = tess.page
    tess.open(f"/reps/{world.person('tess').uid}/pipeline/{datetime.now(UTC):%Y-%m}/?view=board")
    page.get_by_role("link", name="Move T4").click()
    page.locator("#move").get_by_role("link", name="Need").click()
    page.get_by_role("button", name="Move to “Need”").click()
    assert "In “Need”" in page.locator("main").inner_text()
    page.get_by_role("link", name="Move to “Offer”").click()
    page.get_by_role("button", name="Move to “Offer”").click()
    assert "still asks for “The offer as sent”" in page.locator("main").inner_text()
    page.get_by_label("The offer as sent").fill("Q-17.pdf")
    page.get_by_role("button", name="Move to “Offer”").click()
    assert deal().stage == "Offer"
    page.get_by_text("It is lost").click()
    page.get_by_label("Why, in a few words").fill("They stay where they are")
    page.get_by_role("button", name="Mark as lost today").click()
    page.get_by_role("button", name="The loss was a slip").click()
    assert (deal().outcome, deal().stage) == ("open", "Offer")


@pytest.mark.parametrize("width", [1440, 320])
def test_longer_words_still_fit_the_pipeline(visit, lengthened: None, width: int):
    olga = visit(width=width, locale="da-DK")
    olga.sign_in("olga")
    for name, path in pages().items():
        olga.open(path)
        assert LONGER[:2] in olga.page.content()
        assert olga.sideways() <= 0, name
