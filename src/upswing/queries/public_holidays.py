"""The public holidays of a country and its regions, as the library `holidays` knows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.metadata import version

import holidays
from babel import Locale

from upswing.connectors.files.nearest import nearest
from upswing.core.wording import worded

ENGLISH = "en_US"
SOURCE = f"holidays {version('holidays')}"
"""What the days are from, kept with each of them."""


class UnknownPlace(ValueError):
    """No such country, or region of it; the message says which are meant or known."""


@dataclass(frozen=True, slots=True)
class Place:
    """A country, and one of its regions ("" for none), by their ISO codes."""

    country: str
    region: str = ""

    @property
    def name(self) -> str:
        """“Denmark”; “Germany, Bayern”."""
        country = countries().get(self.country, self.country)
        region = next(
            (name for name, code in regions(self.country).items() if code == self.region), self.region
        )
        return f"{country}, {region}" if region else country


@cache
def countries() -> dict[str, str]:
    """Code → English name."""
    named, known = Locale("en").territories, holidays.list_supported_countries(include_aliases=False)
    return {code: str(named.get(code, code)) for code in sorted(known)}


@cache
def regions(country: str) -> dict[str, str]:
    """Name → code, where the library names the region; else code → code."""
    if country not in countries():
        return {}
    found = holidays.country_holidays(country)
    named = {name: code for name, code in found.subdivisions_aliases.items() if code in found.subdivisions}
    return {code: code for code in found.subdivisions if code not in named.values()} | named


def place(country: str, region: str = "") -> Place:
    """The place that somebody wrote by code or name. Raises UnknownPlace with what is near."""
    code = _code(country, {name: code for code, name in countries().items()})
    if not code:
        raise UnknownPlace(
            worded(
                "No holidays are known of a country called “{country}”. {hint}",
                country=country.strip()[:60],
                hint=_near(country),
            )
        )
    if not region.strip():
        return Place(code)
    known = regions(code)
    if not (part := _code(region, known)):
        hint = nearest(region, known) or worded("It has no regions of its own; leave the region empty.")
        raise UnknownPlace(
            worded(
                "{country} has no region called “{region}”. {hint}",
                country=countries()[code],
                region=region.strip()[:60],
                hint=hint,
            )
        )
    return Place(code, part)


def days_of_year(where: Place, year: int) -> dict[date, str]:
    """The public holidays of a year with their English names, or in the country's language where it has none.

    Empty where the library does not know the year.
    """
    known = holidays.country_holidays(where.country)
    language = ENGLISH if ENGLISH in known.supported_languages else known.default_language
    found = holidays.country_holidays(
        where.country, subdiv=where.region or None, years=year, expand=False, language=language
    )
    return {day: name for day, name in sorted(found.items()) if day.year == year}


def _code(written: str, known: dict[str, str]) -> str:
    """By name or code, whatever the case; empty for none."""
    told = {key.casefold(): code for name, code in known.items() for key in (name, code)}
    return told.get(written.strip().casefold(), "")


def _near(country: str) -> str:
    hint = nearest(country, countries().values())
    return (
        hint if hint.startswith("Did") else worded("Write its English name, or its two letters, such as DK.")
    )
