"""A quote as a PDF, where the extra `pdf` is installed: the page that is printed, as a file to send."""

from __future__ import annotations

import logging
import re
from contextlib import redirect_stdout
from functools import cache
from importlib.util import find_spec
from io import StringIO
from threading import Lock
from uuid import UUID
from warnings import catch_warnings

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from upswing.people.viewer import NotVisible
from upswing.queries.quote_pages import QuoteShown, quote_shown
from upswing.web.quotes.paper import paper_page
from upswing.web.shared.request import viewer

KIND = "application/pdf"
LOG = logging.getLogger("upswing.pdf")
MOST_CHARACTERS, MOST_BREAKS = 60_000, 500
"""Of the texts of a quote: more of them would keep a process at work for long, and print as well."""
_ONE_AT_A_TIME = Lock()


def why_not() -> str | None:
    """Why no PDF can be made here: None where one can, empty where the extra `pdf` is not installed at all."""
    if find_spec("weasyprint") is None:
        return ""
    try:
        with catch_warnings(action="ignore"), redirect_stdout(StringIO()):
            import weasyprint  # noqa: F401  (loads the system's libraries)
    except OSError as error:
        return (
            f"Quotes cannot be downloaded as PDF: WeasyPrint is installed, but Pango is missing ({error}). On "
            "Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0. Printing works as before."
        )
    logging.getLogger("weasyprint").setLevel(logging.ERROR)  # it tells of every rule that is for screens
    return None


@cache
def pdf_ready() -> bool:
    """Whether quotes can be downloaded as PDF; asked once a process, and what keeps them from it goes to the log."""
    why = why_not()
    if why:
        LOG.warning(why)
    return why is None


@require_safe
def download(request: HttpRequest, quote: UUID) -> HttpResponse:
    """The printed page as a file; without the extra there is none."""
    found = quote_shown(viewer(request), quote)
    if not may_be_pdf(found):
        raise NotVisible("There is no such page.")
    from upswing.web.quotes.typeset import pdf_of

    page = render_to_string("quotes/print.html", {"quote": found, "paper": paper_page(found)}, request)
    headers = {"Content-Disposition": str(content_disposition_header(True, file_name(found.number)))}
    with _ONE_AT_A_TIME:
        content = pdf_of(page)
    return HttpResponse(content, content_type=KIND, headers=headers)


def may_be_pdf(quote: QuoteShown) -> bool:
    """Whether this one can be downloaded: where the extra is, and as long as its texts are not those of a book."""
    lines = [text for line in quote.quotation.lines for text in (line.product, line.description)]
    texts = [quote.company, quote.recipient, quote.introduction, quote.quotation.terms, *lines]
    written, breaks = sum(map(len, texts)), sum(text.count("\n") for text in texts)
    return written <= MOST_CHARACTERS and breaks <= MOST_BREAKS and pdf_ready()


def file_name(number: str) -> str:
    """What the file of a quote is called: its number, with nothing in it that a disk does not take."""
    safe = re.sub(r"[^\w.-]+", "-", number).strip("-.")
    return f"{safe or 'quote'}.pdf"
