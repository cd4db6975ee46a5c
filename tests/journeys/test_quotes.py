"""A quote in a real browser: made in two minutes without JavaScript; every page of quotes accessible, at every width."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

import pytest

from tests import world
from tests.journeys.test_languages import LONGER, lengthened
from upswing.actions import pricing, quote_answers, quoting
from upswing.actions.quote_sheets import Sheet
from upswing.book.models import Deal
from upswing.core.quoting import Choice, Line, Quotation, Reaction
from upswing.queries.offers import Heading

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

__all__ = ["lengthened"]

HEADING = Heading(
    "Acme Sales Ltd", "1 High Street\nLondon", "GB 123", "sales@acme.example", "+44 1", "Bank 1", "Q-", 30, Decimal(25),
    "VAT", "30 days net",
)  # fmt: skip
LINES = (
    Line("Platform licence", Decimal(40), 48_000, "one seat, one year", Fraction(10)),
    Line("Training", Decimal(2), 145_000, choice=Choice.EXTRA, chosen=False),
    Line("Cloud", Decimal(12), 45_000, choice=Choice.ONE_OF, group="Hosting"),
    Line("Own server", Decimal(1), 680_000, choice=Choice.ONE_OF, group="Hosting", chosen=False),
)


def deal(key: str) -> Deal:
    return Deal.objects.unscoped("test").get(external_id=key)


def pages() -> dict[str, str]:
    """Every page of quotes, with one sent, its later version, one accepted and one draft."""
    now, ends = datetime.now(UTC), date(2099, 1, 31)
    operator = world.operator()
    pricing.save_letterhead(operator, HEADING, now)
    prices = pricing.save_prices(
        operator, None, pricing.Written("Europe", "EUR", None, None, (("Platform licence", "", 48_000),)), now
    )

    def offer(key: str, lines: tuple[Line, ...], *, send: bool = True) -> str:
        uid = quoting.begin(operator, deal(key).uid, prices, now)
        sheet = Sheet(
            Quotation("EUR", lines, Fraction(5), Fraction(25), ends, "30 days net"), "Acme", "Ann", "Dear Ann"
        )
        quoting.save(operator, uid, sheet, now)
        if send:
            quoting.send(operator, uid, now)
        return f"/quotes/{uid}/"

    first, second = offer("T4", LINES), offer("T4", LINES[1:])
    quote_answers.mark_seen(operator, UUID(second.split("/")[2]), Reaction.LIKED, "Well", now)
    return {
        "replaced": first, "seen": second, "draft": offer("S1", LINES, send=False), "print": f"{second}print/",
        "list": "/quotes/", "choose": "/quotes/new/", "begin": f"/deals/{deal('R1').uid}/quotes/new/",
        "of a deal": f"/deals/{deal('T4').uid}/quotes/new/", "leads": "/quotes/leads/2026-10/",
        "prices": "/setup/prices/", "new list": "/setup/prices/new/", "a list": f"/setup/prices/{prices}/",
    }  # fmt: skip


def test_every_page_of_quotes_is_accessible_and_breaks_no_policy(visit):
    olga = visit()
    olga.sign_in("olga")
    assert olga.faults(pages()) == {}
    assert olga.complaints == []


def test_no_page_of_quotes_scrolls_sideways(visit):
    olga = visit()
    olga.sign_in("olga")
    assert olga.too_wide(pages()) == {}


def test_a_quote_is_made_sent_and_accepted_without_javascript(visit):
    prices = pricing.Written("Europe", "EUR", None, None, (("Platform licence", "one seat", 48_000),))
    pricing.save_prices(world.operator(), None, prices, datetime.now(UTC) - timedelta(1))
    tess = visit(script=False, width=390)
    tess.sign_in("tess")
    page = tess.page
    tess.open("/quotes/")
    page.get_by_role("link", name="New quote").click()
    page.get_by_role("link", name="Quote for T4").click()
    page.get_by_role("button", name="Begin the quote").click()
    page.locator("#product-1").fill("platform licence")
    page.locator("#quantity-1").fill("40")
    page.locator("#quantity-1").press("Enter")
    assert page.locator("#price-1").input_value() == "480"
    page.get_by_role("button", name="Mark as sent today").click()
    assert "€19,200.00 wait for an answer" in page.locator("main").inner_text()
    page.get_by_role("button", name="They accepted").first.click()
    assert "Accepted: €19,200.00." in page.locator("main").inner_text()
    assert deal("T4").amount_minor == 1_920_000


def test_on_paper_a_quote_stands_alone_and_light(visit):
    path = pages()["print"]
    tess = visit(scheme="dark", width=794)
    tess.sign_in("tess")
    tess.page.emulate_media(media="print")
    tess.open(path)
    assert not tess.page.get_by_text("Back to the quote").is_visible()
    ink = tess.page.evaluate("getComputedStyle(document.querySelector('.paper')).color")
    ground = tess.page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert (ink, ground) == ("rgb(23, 25, 28)", "rgb(255, 255, 255)")
    assert tess.sideways() <= 0


@pytest.mark.parametrize("width", [1440, 320])
def test_longer_words_still_fit_a_quote(visit, lengthened: None, width: int):
    olga = visit(width=width, locale="da-DK")
    olga.sign_in("olga")
    for name, path in pages().items():
        olga.open(path)
        assert LONGER[:2] in olga.page.content()
        assert olga.sideways() <= 0, name
