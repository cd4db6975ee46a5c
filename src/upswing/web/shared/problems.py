"""Problems by what mends them, in words: what is wrong, what to do about it, and who can."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from upswing.web.shared import format as fmt
from upswing.web.shared.naming import field_name, plain
from upswing.web.shared.wordings import NOTICES

IN_THE_SOURCE, IN_THE_MAPPING, HERE, TAKEN = "In the source", "In the mapping", "Here", "Good to know"
UNDER_TARGETS = "Under Targets"
Repair = tuple[str, str, str]
REPAIRS: dict[str, Repair] = {
    "unknown_rep": ("Names that no rep has", "Say who each of them is, or bring a file with all people.", HERE),
    "unknown_stage": ("Stages that the mapping lacks", "Say whether they are open, won or lost.", IN_THE_MAPPING),
    "bad_value": ("{field}: cells that cannot be read", "Correct the cells, or say how the column is written.",
                  IN_THE_SOURCE),
    "bad_net": ("Amounts that cannot be right", "Correct the amount or the kind of the invoice.", IN_THE_SOURCE),
    "bad_period": ("Periods that cannot be read", "Write periods like 2026-11, 2026-Q4 or 2026.", IN_THE_SOURCE),
    "repeated_id": ("Ids that stand twice", "Remove or renumber the second row; or choose another column as the id.",
                    IN_THE_SOURCE),
    "repeated_revision": ("Revisions that stand twice", "Number the revisions of a quote from 1 on.", IN_THE_SOURCE),
    "row_width": ("Rows with too many or too few cells", "Look for a stray delimiter or quote in the row.",
                  IN_THE_SOURCE),
    "cell_too_long": ("Cells that are too long", "Look for a quote that is not closed.", IN_THE_SOURCE),
    "no_closed": ("Decided deals without a closing day", "Fill in the day they were won or lost.", IN_THE_SOURCE),
    "end_before_start": ("End before the beginning", "Correct one of the two days.", IN_THE_SOURCE),
    "dated_later": ("Days in the future", "Correct the day, or the day the files were made.", IN_THE_SOURCE),
    "no_counts": ("Rows without any count", "Fill in a count, or leave the row out.", IN_THE_SOURCE),
    "unknown_account": ("Accounts that nobody knows", "Bring the file of accounts along.", IN_THE_SOURCE),
    "unknown_currency": ("Currencies that do not exist", "Write ISO codes like EUR, USD or DKK.", IN_THE_SOURCE),
    "unknown_metric": ("Metrics that do not exist", "Name a metric as the guide does.", IN_THE_SOURCE),
    "quota_waits": ("Quotas of periods that have begun", "Accept them with a reason the reps read, or let them go.",
                    UNDER_TARGETS),
    "rep_without_deals": ("People without any deal in the import", "If that is so, there is nothing to do.",
                          IN_THE_SOURCE),
}  # fmt: skip
PAGES = {UNDER_TARGETS: ("targets_waiting", "Quotas that wait")}
"""Where something is mended → the page and what the link to it says."""
VALUES = 12


@dataclass(frozen=True, slots=True)
class Shown:
    """One group: what it is, how many rows, what mends it and where, values with how often, sentences, and a link."""

    code: str
    title: str
    refused: bool
    count: str
    mend: str
    where: str
    values: tuple[tuple[str, str], ...]
    more: str
    sentences: tuple[str, ...]
    url: str = ""
    action: str = ""


Link = tuple[str, str]
NO_LINKS: Mapping[str, Link] = {}


def groups(found: Iterable[Any], links: Mapping[str, Link] = NO_LINKS) -> tuple[Shown, ...]:
    """The groups in words; `links` are (address, label) by code, or by where something is mended."""
    return tuple(_shown(one, links) for one in found)


def _shown(group: Any, links: Mapping[str, Link]) -> Shown:
    title, mend, where = _repair(group)
    page, words = PAGES.get(where, ("", ""))
    url, action = links.get(group.code) or links.get(where) or (page and reverse(page), words)
    values = [(str(written), fmt.number(count)) for written, count in group.values]
    more = f"and {fmt.number(len(values) - VALUES)} more" if len(values) > VALUES else ""
    return Shown(
        group.code, title, group.severity == "refused", fmt.number(group.count), mend, where, tuple(values[:VALUES]),
        more, tuple(group.sentences), url, action,
    )  # fmt: skip


def _repair(group: Any) -> Repair:
    field = field_name(group.field) if group.field else ""
    if group.code in REPAIRS:
        title, mend, where = REPAIRS[group.code]
        return title.format(field=field or "Rows"), mend, where
    if group.code in NOTICES:
        said = NOTICES[group.code]
        return (
            said[:1].upper() + said[1:].rstrip("."),
            "These rows were taken. There is nothing you have to do.",
            TAKEN,
        )
    if group.code.startswith("bad_"):
        title, mend, where = REPAIRS["bad_value"]
        return title.format(field=field or "Rows"), mend, where
    return plain(group.code), "The sentence says what is wrong; open it for more.", IN_THE_SOURCE
