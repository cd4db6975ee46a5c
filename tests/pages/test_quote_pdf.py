"""Quotes as PDF: what stands on them, page by page, and that nothing but our own files is read for them."""

from __future__ import annotations

import os
import re
import sys
import zlib
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.checks import run_checks
from django.test import Client

from tests import pango
from tests.pages.reading import signed_in, text
from tests.pages.test_quotes import LETTER, LINE, begin, sent
from upswing.web.quotes import pdf
from upswing.web.quotes.pdf import MOST_BREAKS
from upswing.web.shared.theme import COOKIE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]
A4 = (794, 1123)
"""In pixels of CSS, whole ones."""
HIDDEN = "What is offered"
"""The caption of the table, for whoever hears it."""


@pytest.fixture
def setter() -> None:
    """WeasyPrint with its Pango, or a reason why not."""
    if not pango.ready():
        pytest.fail(pango.MISSING) if os.environ.get("CI") else pytest.skip(pango.MISSING)
    pdf.pdf_ready.cache_clear()


def pages(client: Client, page: str) -> list[Any]:
    """The pages that the download is made of, each with its boxes."""
    from upswing.web.quotes.typeset import laid_out

    printed = client.get(f"{page}print/").content.decode()
    return list(laid_out(printed).render().pages)


def boxes(of: Any) -> Iterator[Any]:
    return of._page_box.descendants()


def words(of: Any) -> str:
    return " ".join(box.text for box in boxes(of) if getattr(box, "text", None))


def unpacked(content: bytes) -> bytes:
    """The file with its streams as they read."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL)
    return content + b"".join(_inflated(stream) for stream in streams)


def _inflated(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""


def many_lines(count: int) -> dict[str, str]:
    lines = {
        f"{cell}-{place}": value
        for place in range(1, count + 1)
        for cell, value in (
            ("product", f"Pump {place}"),
            ("price", "10"),
            ("quantity", "1"),
            ("description", "new"),
        )
    }
    return LINE | {"rows": str(count), "discount-1": "", "tax": "", "do": "send"} | lines


@pytest.mark.usefixtures("setter")
def test_a_quote_is_downloaded_as_a_file_that_holds_its_fonts():
    tess = signed_in("tess")
    page = sent(tess)
    answer = tess.get(f"{page}quote.pdf")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Content-Disposition"] == 'attachment; filename="Q-0001.pdf"'
    assert answer.content.startswith(b"%PDF-")
    whole = unpacked(answer.content)
    fonts = re.findall(rb"/BaseFont\s*/\w+\+(\S+)", whole)
    assert fonts
    assert all(name.startswith(b"Inter") for name in fonts)
    assert whole.count(b"/FontFile") >= 1
    for link_or_script in (b"/URI", b"/JavaScript", b"/Launch", b"/EmbeddedFile"):
        assert link_or_script not in whole


@pytest.mark.usefixtures("setter")
def test_one_page_of_a4_tells_whose_it_is_what_it_offers_and_what_it_comes_to():
    olga, tess = signed_in("olga"), signed_in("tess")
    olga.post("/setup/prices/letterhead/", LETTER)
    (only,) = pages(tess, sent(tess))
    assert (round(only.width), round(only.height)) == A4
    assert overlaps(only) == []
    told = words(only)
    for said in ("Acme Sales Ltd", "London", "A-0001", "Ann", "Licence <b>", "€11,254.50", "€14,068.13",
                 "31 January 2099", "GB 123", "1 / 1"):  # fmt: skip
        assert said in told
    for screen in ("Download", "Back to the quote", "Print or save"):
        assert screen not in told


@pytest.mark.usefixtures("setter")
def test_whoever_reads_in_the_dark_sends_a_light_quote():
    tess = signed_in("tess")
    page = sent(tess)
    tess.cookies[COOKIE] = "dark"
    assert 'data-theme="dark"' in text(tess.get(f"{page}print/"))
    (only,) = pages(tess, page)
    fills = {tuple(box.style["background_color"].coordinates) for box in boxes(only) if _filled(box)}
    assert fills <= {(1, 1, 1)}
    inks = [sum(box.style["color"].coordinates) / 3 for box in boxes(only) if getattr(box, "text", None)]
    assert max(inks) < 0.5


def _filled(box: Any) -> bool:
    colour = box.style["background_color"]
    return colour != "currentcolor" and colour.alpha > 0


@pytest.mark.usefixtures("setter")
@pytest.mark.parametrize(
    "long",
    [
        {"terms": "\n".join(["x"] * (MOST_BREAKS + 2))},
        {f"description-{place}": "word " * 199 for place in range(1, 62)},
    ],
)
def test_texts_of_a_book_are_printed_and_are_no_pdf(long: dict[str, str]):
    tess = signed_in("tess")
    page = begin(tess)
    assert tess.post(page, many_lines(62) | long).status_code == 302
    assert "quote.pdf" not in text(tess.get(f"{page}print/"))
    assert tess.get(f"{page}quote.pdf").status_code == 404


@pytest.mark.usefixtures("setter")
def test_two_hundred_lines_repeat_the_heads_of_the_table_and_cut_no_row():
    tess = signed_in("tess")
    page = begin(tess)
    assert tess.post(page, many_lines(200)).status_code == 302
    found = pages(tess, page)
    assert len(found) > 5
    told = [words(one) for one in found]
    rows = [re.findall(r"Pump (\d+)", one) for one in told]
    assert [int(place) for row in rows for place in row] == list(range(1, 201))
    for number, (one, row) in enumerate(zip(told, rows, strict=True), 1):
        assert ("Price of one" in one) is bool(row), number
        assert one.count("€10.00") == 2 * len(row), (
            number
        )  # a row's price and amount stand where its name does
        assert f"{number} / {len(found)}" in one
    assert "€2,000.00" in told[-1]


@pytest.mark.usefixtures("setter")
@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/logo.png", "http://127.0.0.1:8000/static/upswing/dist/upswing.css", "file:///etc/passwd",
        "https://upswing.invalid/reps/", "https://upswing.invalid/static/upswing/dist/../../../settings.css",
        "https://upswing.invalid/static/upswing/dist/%2e%2e/%2e%2e/secret.css",
        "https://upswing.invalid/static/upswing/dist/ui.js", "https://upswing.invalid/static/upswing/dist/gone.css",
        "data:image/png;base64,AAAA",
    ],
)  # fmt: skip
def test_nothing_but_our_style_sheet_and_fonts_is_read(url: str):
    from upswing.web.quotes.typeset import Elsewhere, Own

    with pytest.raises(Elsewhere):
        Own()(url)


@pytest.mark.usefixtures("setter")
def test_a_page_that_asks_elsewhere_is_set_without_it(monkeypatch: pytest.MonkeyPatch):
    from upswing.web.quotes import typeset

    asked: list[str] = []
    real = typeset.file_of
    monkeypatch.setattr(typeset, "file_of", lambda url: asked.append(url) or real(url))
    assert typeset.pdf_of('<img src="http://example.com/a.png" alt="a"><p>still').startswith(b"%PDF")
    assert asked == ["http://example.com/a.png"]


@pytest.mark.usefixtures("setter")
@pytest.mark.parametrize("who", ["stan", "otto", "ada"])
def test_strangers_download_nothing(who: str):
    page = sent(signed_in("tess"))
    assert signed_in(who).get(f"{page}quote.pdf").status_code == 404
    assert Client().get(f"{page}quote.pdf").status_code == 302
    assert signed_in("tess").post(f"{page}quote.pdf").status_code == 405


@pytest.mark.usefixtures("setter")
def test_the_download_is_offered_beside_the_print():
    tess = signed_in("tess")
    page = sent(tess)
    for address in (page, f"{page}print/"):
        assert f'href="{page}quote.pdf"' in text(tess.get(address))


def test_without_the_extra_no_page_speaks_of_it(monkeypatch: pytest.MonkeyPatch):
    tess = signed_in("tess")
    page = sent(tess)
    monkeypatch.setattr(pdf, "find_spec", lambda name: None)
    pdf.pdf_ready.cache_clear()
    for address in (page, f"{page}print/"):
        assert "quote.pdf" not in text(tess.get(address))
    assert "Print or save as PDF" in text(tess.get(f"{page}print/"))
    assert tess.get(f"{page}quote.pdf").status_code == 404
    assert run_checks(tags=["pdf"]) == []
    pdf.pdf_ready.cache_clear()


def test_a_missing_pango_is_told_once_and_offers_nothing(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    """A system library that cannot be loaded ends the import of WeasyPrint with an OSError."""

    class Finder:
        def find_spec(self, name: str, path: object = None, target: object = None) -> None:
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr(pdf, "find_spec", lambda name: object())
    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Finder(), *sys.meta_path])
    pdf.pdf_ready.cache_clear()
    assert [pdf.pdf_ready(), pdf.pdf_ready()] == [False, False]
    (line,) = (record.getMessage() for record in caplog.records if record.name == "upswing.pdf")
    assert "Pango is missing (cannot load library 'libpango-1.0-0')" in line
    assert "apt-get install libpango-1.0-0" in line
    (message,) = run_checks(tags=["pdf"])
    assert message.id == "upswing.W003"
    tess = signed_in("tess")
    page = sent(tess)
    assert "quote.pdf" not in text(tess.get(page))
    pdf.pdf_ready.cache_clear()


@pytest.mark.parametrize(
    ("number", "name"),
    [("Q-0001-2", "Q-0001-2.pdf"), ('A/../"\n1', "A-..-1.pdf"), ("Æ 7", "Æ-7.pdf"), ("//", "quote.pdf")],
)
def test_the_file_is_called_as_the_quote_without_what_a_disk_refuses(number: str, name: str):
    assert pdf.file_name(number) == name


@pytest.mark.usefixtures("setter")
def test_what_is_long_or_strange_stays_on_its_page():
    tess = signed_in("tess")
    page = begin(tess)
    strange = {
        "product-1": "W" * 200, "description-1": "Ω漢字한글🙂 " * 100, "company": "C" * 200, "recipient": "ع" * 100,
        "terms": "\n".join("Long terms " * 30 for _ in range(10)), "price-1": "1234567.25", "quantity-1": "99999",
    }  # fmt: skip
    assert tess.post(page, LINE | strange | {"do": "send"}).status_code == 302
    for one in pages(tess, page):
        for box in boxes(one):
            if getattr(box, "text", "").strip():
                assert box.position_x >= 0, box.text
                assert box.position_x + box.width <= A4[0], box.text
        assert overlaps(one) == []


def overlaps(of: Any) -> list[tuple[str, str]]:
    """Texts that stand on one another, a hidden caption apart; letters reach a little over their lines."""
    told = [box for box in boxes(of) if getattr(box, "text", "").strip() and box.text not in HIDDEN]
    return [
        (one.text, other.text)
        for place, one in enumerate(told)
        for other in told[place + 1 :]
        if min(one.position_x + one.width, other.position_x + other.width) - max(one.position_x, other.position_x) > 2
        and min(one.position_y + one.height, other.position_y + other.height) - max(one.position_y, other.position_y) > 6
    ]  # fmt: skip
