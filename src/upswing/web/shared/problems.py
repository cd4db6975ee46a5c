"""Problems by what mends them, in words: what is wrong, what to do about it, and who can."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upswing.web.shared import format as fmt
from upswing.web.shared.marks import marked
from upswing.web.shared.naming import field_name, plain
from upswing.web.shared.wordings import NOTICES

IN_THE_SOURCE, IN_THE_MAPPING = marked("In the source"), marked("In the mapping")
HERE, TAKEN, UNDER_TARGETS = marked("Here"), marked("Good to know"), marked("Under Targets")
UNDER_RATES = marked("Under Exchange rates")
Repair = tuple[str, str, str]
REPAIRS: dict[str, Repair] = {
    "unknown_rep": (
        marked("Names that no rep has"),
        marked("Say who each of them is, or bring a file with all people."),
        HERE,
    ),
    "unknown_stage": (
        marked("Stages that the mapping lacks"),
        marked("Say whether they are open, won or lost."),
        IN_THE_MAPPING,
    ),
    "bad_value": (
        marked("{field}: cells that cannot be read"),
        marked("Correct the cells, or say how the column is written."),
        IN_THE_SOURCE,
    ),
    "bad_net": (
        marked("Amounts that cannot be right"),
        marked("Correct the amount or the kind of the invoice."),
        IN_THE_SOURCE,
    ),
    "bad_period": (
        marked("Periods that cannot be read"),
        marked("Write periods like 2026-11, 2026-Q4 or 2026."),
        IN_THE_SOURCE,
    ),
    "repeated_id": (
        marked("Ids that stand twice"),
        marked("Remove or renumber the second row; or choose another column as the id."),
        IN_THE_SOURCE,
    ),
    "repeated_revision": (
        marked("Revisions that stand twice"),
        marked("Number the revisions of a quote from 1 on."),
        IN_THE_SOURCE,
    ),
    "row_width": (
        marked("Rows with too many or too few cells"),
        marked("Look for a stray delimiter or quote in the row."),
        IN_THE_SOURCE,
    ),
    "cell_too_long": (
        marked("Cells that are too long"),
        marked("Look for a quote that is not closed."),
        IN_THE_SOURCE,
    ),
    "no_closed": (
        marked("Decided deals without a closing day"),
        marked("Fill in the day they were won or lost."),
        IN_THE_SOURCE,
    ),
    "end_before_start": (
        marked("End before the beginning"),
        marked("Correct one of the two days."),
        IN_THE_SOURCE,
    ),
    "dated_later": (
        marked("Days in the future"),
        marked("Correct the day, or the day the files were made."),
        IN_THE_SOURCE,
    ),
    "no_counts": (
        marked("Rows without any count"),
        marked("Fill in a count, or leave the row out."),
        IN_THE_SOURCE,
    ),
    "unknown_account": (
        marked("Accounts that nobody knows"),
        marked("Bring the file of accounts along."),
        IN_THE_SOURCE,
    ),
    "unknown_currency": (
        marked("Currencies that do not exist"),
        marked("Write ISO codes like EUR, USD or DKK."),
        IN_THE_SOURCE,
    ),
    "unknown_metric": (
        marked("Metrics that do not exist"),
        marked("Name a metric as the guide does."),
        IN_THE_SOURCE,
    ),
    "no_rate": (
        marked("Amounts without an exchange rate"),
        marked("Enter the rate; what waits for it is converted at once."),
        UNDER_RATES,
    ),
    "quota_waits": (
        marked("Quotas of periods that have begun"),
        marked("Accept them with a reason the reps read, or let them go."),
        UNDER_TARGETS,
    ),
    "quota_after_leaving": (
        marked("Quotas of people who have left"),
        marked("Correct their last day, or leave these rows out."),
        IN_THE_SOURCE,
    ),
    "rep_without_deals": (
        marked("People without any deal in the import"),
        marked("If that is so, there is nothing to do."),
        IN_THE_SOURCE,
    ),
}
PAGES = {
    UNDER_TARGETS: ("targets_waiting", marked("Quotas that wait")),
    UNDER_RATES: ("rates", marked("Exchange rates")),
}
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
    url, action = links.get(group.code) or links.get(where) or (page and reverse(page), words and _(words))
    values = [(str(written), fmt.number(count)) for written, count in group.values]
    return Shown(
        group.code, title, group.severity == "refused", fmt.number(group.count), _(mend), _(where),
        tuple(values[:VALUES]), _more(len(values) - VALUES), tuple(group.sentences), url, action,
    )  # fmt: skip


def _more(left: int) -> str:
    """How many values are not shown; empty where all are."""
    if left <= 0:
        return ""
    return ngettext("and {count} more", "and {count} more", left).format(count=fmt.number(left))


def _repair(group: Any) -> Repair:
    """The title in the reader's language; what mends it and where as the tables have them."""
    if group.code not in REPAIRS and group.code in NOTICES:
        said = _(NOTICES[group.code])
        title = said[:1].upper() + said[1:].rstrip(".。")
        return title, marked("These rows were taken. There is nothing you have to do."), TAKEN
    code = "bad_value" if group.code.startswith("bad_") and group.code not in REPAIRS else group.code
    if code in REPAIRS:
        title, mend, where = REPAIRS[code]
        field = field_name(group.field) if group.field else _("Rows")
        return _(title).format(field=field), mend, where
    return plain(code), marked("The sentence says what is wrong; open it for more."), IN_THE_SOURCE
