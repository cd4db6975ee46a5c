"""The steps to look at: the lines that clearly need support, with what their standard asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from upswing.core.scorecard import Line, Scorecard
from upswing.queries.standards import Cited
from upswing.web.shared import format as fmt
from upswing.web.shared.sentences import records

NAMED = 2
BEHAVIOURS = 4


@dataclass(frozen=True, slots=True)
class Step:
    """A line to look at: what was counted against what was due, the way to its records, and what meets its standard."""

    label: str
    purpose: str
    said: str
    url: str
    records: str
    behaviours: tuple[str, ...]
    standard: tuple[str, str] | None


def focus_of(card: Scorecard, urls: Mapping[str, str], cited: Mapping[str, Cited]) -> tuple[Step, ...]:
    """At most two steps to look at; `urls` and the standards that are `cited` by metric."""
    found = [line for line in card.lines if line.prompts]
    return tuple(_step(line, urls[line.metric.key], cited.get(line.metric.key)) for line in found[:NAMED])


def standard_link(cited: Cited | None) -> tuple[str, str] | None:
    """The version that judges a line, as (address, words)."""
    if cited is None:
        return None
    signed, unsigned = _("{name}, version {number}, signed"), _("{name}, version {number}, not signed yet")
    said = signed if cited.signed_by_person else unsigned
    address = reverse("standard", kwargs={"standard": cited.standard, "number": cited.number})
    return address, said.format(name=cited.name, number=cited.number)


def _step(line: Line, url: str, cited: Cited | None) -> Step:
    metric = line.metric
    said = _("{actual}, where {expected} were asked for.").format(
        actual=fmt.value(line.actual, metric.unit), expected=fmt.value(line.expected, metric.unit)
    )
    return Step(
        metric.label, metric.purpose, said, url, _("See the {records}").format(records=records(line.n, metric)),
        cited.meets[:BEHAVIOURS] if cited else (), standard_link(cited),
    )  # fmt: skip
