"""How far work in the background is: what its bar shows, and the end of asking for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upswing.web.shared import format as fmt

WAITING = timedelta(seconds=20)
"""Work that has moved nothing for so long waits for somebody to do it."""
PATIENCE = ((timedelta(seconds=5), 1), (timedelta(seconds=15), 2))
SLOWEST = 5


@dataclass(frozen=True, slots=True)
class Progress:
    """What the bar shows. `percent` is 0 to 100; `delay` is in how many seconds to ask again."""

    title: str
    done: str
    total: str
    percent: int
    speed: str
    left: str
    waiting: bool
    delay: int

    @property
    def said(self) -> str:
        """How far it is, in one sentence."""
        if self.left:
            told = _("{done} of about {total} rows, {speed}, {left}.")
        elif self.speed:
            told = _("{done} of about {total} rows, {speed}.")
        elif self.total:
            told = _("{done} of about {total} rows.")
        else:
            told = _("{done} rows.")
        return told.format(done=self.done, total=self.total, speed=self.speed, left=self.left)


def progress(
    title: str, done: int, expected: int, alive: datetime | None, now: datetime, begun: datetime | None = None
) -> Progress:
    """So many rows of about so many; with `begun` also how fast, and how long it will take."""
    total, alive = max(expected, done), alive or now
    rate = _rate(done, begun, alive)
    return Progress(
        title=title,
        done=fmt.number(done),
        total=fmt.number(total) if total else "",
        percent=100 * done // total if total else 0,
        speed=_speed(round(rate)) if rate else "",
        left=_left(total - done, rate),
        waiting=now - alive > WAITING,
        delay=next((delay for most, delay in PATIENCE if now - alive < most), SLOWEST),
    )


def ended(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """The answer once nothing runs: where the bar asked, the page takes the place of the content."""
    if request.headers.get("HX-Request") == "true":
        answer.headers["HX-Retarget"], answer.headers["HX-Reswap"] = "#content", "innerHTML"
    return answer


def _rate(done: int, begun: datetime | None, alive: datetime) -> float:
    """Rows a second so far; 0 where nothing can be said."""
    seconds = (alive - begun).total_seconds() if begun else 0
    return done / seconds if seconds >= 1 else 0


def _speed(rows: int) -> str:
    return ngettext("{count} row a second", "{count} rows a second", rows).format(count=fmt.number(rows))


def _left(rows: int, rate: float) -> str:
    if not rate or rows <= 0:
        return ""
    minutes = round(rows / rate / 60)
    if minutes < 1:
        return _("less than a minute left")
    told = ngettext("about {count} minute left", "about {count} minutes left", minutes)
    return told.format(count=fmt.number(minutes))
