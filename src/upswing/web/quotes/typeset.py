"""A printed page as a PDF, laid out by WeasyPrint with our style sheet and fonts. To import only where it is there."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

HOST = "https://upswing.invalid/"
"""Where the page says it comes from: a name that nobody can have, so nobody can be asked."""
BUNDLES = PurePosixPath("upswing/dist")
KINDS = {".css": "text/css", ".woff2": "font/woff2"}


class Elsewhere(ValueError):
    """A page asks for something that is not ours."""


class Own(URLFetcher):  # type: ignore[misc]
    """Reads the style sheet and the fonts from this disk, and nothing from anywhere else."""

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """One of the bundles; raises Elsewhere for whatever else a page names."""
        path = file_of(url)
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": KINDS[path.suffix]})


def file_of(url: str) -> Path:
    """The file of a bundle, collected or as it was built; raises Elsewhere."""
    path = unquote(urlsplit(url).path)
    name = PurePosixPath(path.removeprefix(settings.STATIC_URL))
    ours = url.startswith(HOST) and path.startswith(settings.STATIC_URL) and name.is_relative_to(BUNDLES)
    if not ours or ".." in name.parts or name.suffix not in KINDS:
        raise Elsewhere(f"{url[:200]} is not part of the product, so a PDF does not hold it.")
    collected = Path(settings.STATIC_ROOT) / name
    found = collected if collected.is_file() else finders.find(str(name))
    if not found:
        raise Elsewhere(f"There is no bundle called {name}.")
    return Path(str(found))


def pdf_of(page: str) -> bytes:
    """The page on A4 as it prints, in a PDF that holds its fonts and can be read aloud."""
    written: bytes = laid_out(page).write_pdf(pdf_tags=True)
    return written


def laid_out(page: str) -> HTML:
    """The page, ready to be set."""
    return HTML(string=page, base_url=HOST, url_fetcher=Own())
