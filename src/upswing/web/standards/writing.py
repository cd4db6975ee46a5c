"""The form of a draft: what was sent becomes a text, a text becomes fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from upswing.actions.written import one_line
from upswing.core.metrics import CATALOGUE
from upswing.core.rubrics import MOST_CRITERIA, NAME_LENGTH, Audience, Criterion, Level, Text
from upswing.queries.drafted import DraftShown
from upswing.queries.formulas import known, offered
from upswing.web.shared import format as fmt
from upswing.web.shared.marks import marked
from upswing.web.standards.reading import LEVELS

BULLET = re.compile(r"^[-–•*·]\s+")
HINTS = {
    Level.BELOW: marked("What is seen where it does not work yet, one a line."),
    Level.MEETS: marked("What is seen where it works, one a line."),
    Level.EXCEEDS: marked("What is seen beyond that, one a line."),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to tick."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Field:
    """The behaviours of one level, one a line."""

    key: str
    label: str
    hint: str
    value: str


@dataclass(frozen=True, slots=True)
class CriterionForm:
    """A criterion to write."""

    number: int
    name: str
    levels: tuple[Field, ...]
    metrics: tuple[Choice, ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class Form:
    """Everything the template draws. `refused` are sentences, `saved` whether the text was kept all the same."""

    draft: DraftShown
    text: Text
    title: str
    about: str
    people: str
    roles: tuple[Choice, ...]
    levels: tuple[Choice, ...]
    teams: tuple[Choice, ...]
    criteria: tuple[CriterionForm, ...]
    full: bool
    effective: str
    earliest: str
    note: str
    refused: tuple[str, ...]
    saved: bool
    longest_name: int = NAME_LENGTH


def form_of(
    draft: DraftShown, text: Text | None = None, sent: QueryDict | None = None, refused: tuple[str, ...] = (),
    saved: bool = False,
) -> Form:  # fmt: skip
    """The form of a draft; with `text` and `sent` as they were sent, and what was refused."""
    text, meant = text or draft.text, (text or draft.text).audience
    sent, labels = sent or QueryDict(), _labels(draft, text)
    return Form(
        draft, text, draft.text.name, _about(draft), _concerned(draft.people),
        _choices({role: role for role in draft.roles}, meant.roles),
        _choices({level: level for level in draft.levels}, meant.levels), _choices(draft.teams, meant.teams),
        tuple(_criterion(number, each, labels) for number, each in enumerate(text.criteria, start=1)),
        len(text.criteria) >= MOST_CRITERIA, sent.get("effective", draft.earliest.isoformat()),
        draft.earliest.isoformat(), sent.get("note", ""), refused, saved,
    )  # fmt: skip


def _about(draft: DraftShown) -> str:
    said = _("version {number}, begun by {author}") if draft.author else _("version {number}")
    return said.format(number=draft.number, author=draft.author)


def _concerned(people: int) -> str:
    if not people:
        return _("concerns nobody yet")
    return ngettext("concerns one person", "concerns {count} people", people).format(count=fmt.number(people))


def _labels(draft: DraftShown, text: Text) -> dict[str, str]:
    """The metrics a criterion may belong to, the organisation's own among them, and those it belongs to already."""
    day = draft.earliest
    metrics = (*CATALOGUE.values(), *offered(day), *known(text.metrics, day).values())
    return {metric.key: _(metric.label) for metric in metrics}


def _choices(there: Mapping[str, str], chosen: Iterable[str]) -> tuple[Choice, ...]:
    """What may be ticked; what is ticked already and gone since stays to be unticked."""
    gone = {value: _("{name} (gone)").format(name=value[:40]) for value in chosen if value not in there}
    return tuple(Choice(value, label, value in set(chosen)) for value, label in {**there, **gone}.items())


def _criterion(number: int, criterion: Criterion, labels: Mapping[str, str]) -> CriterionForm:
    levels = (
        Field(level.value, _(LEVELS[level]), _(HINTS[level]), "\n".join(criterion.at(level)))
        for level in Level
    )
    metrics = _choices(labels, criterion.metrics)
    chosen = fmt.in_a_row(dict.fromkeys(each.label for each in metrics if each.chosen))
    return CriterionForm(number, criterion.name, tuple(levels), metrics, chosen or _("none yet"))


def text_sent(sent: QueryDict) -> Text:
    """The text of a form: criteria as they stand in it, without those that are empty all over."""
    numbers = sorted({int(found[1]) for name in sent if (found := re.match(r"criterion-(\d{1,4})-", name))})
    moved = _moved(sent.get("do", ""), numbers)
    criteria = (_criterion_sent(sent, number) for number in moved)
    return Text(
        one_line(sent.get("name", "")),
        purpose=_paragraphs(sent.get("purpose", "")),
        what=_paragraphs(sent.get("what", "")),
        example=_paragraphs(sent.get("example", "")),
        audience=Audience(*(tuple(sorted(set(sent.getlist(kind)))) for kind in ("roles", "levels", "teams"))),
        criteria=tuple(each for each in criteria if each != Criterion("")),
    )


def with_one_more(text: Text) -> Text:
    """The text with an empty criterion at its end."""
    return replace(text, criteria=(*text.criteria, Criterion("")))


def _moved(do: str, numbers: list[int]) -> list[int]:
    """The order after `up-3` or `remove-3`."""
    deed, _, at = do.partition("-")
    number = int(at) if at.isdecimal() and len(at) < 5 else 0
    if number not in numbers:
        return numbers
    place = numbers.index(number)
    rest = [each for each in numbers if each != number]
    return {"remove": rest, "up": [*rest[: max(place - 1, 0)], number, *rest[max(place - 1, 0) :]]}.get(
        deed, numbers
    )


def _criterion_sent(sent: QueryDict, number: int) -> Criterion:
    begins = f"criterion-{number}"
    behaviours = {level.value: _behaviours(sent.get(f"{begins}-{level.value}", "")) for level in Level}
    metrics = tuple(dict.fromkeys(sent.getlist(f"{begins}-metrics")))
    return Criterion(one_line(sent.get(f"{begins}-name", "")), **behaviours, metrics=metrics)


def _behaviours(written: str) -> tuple[str, ...]:
    """One a line, each once, without the bullets that lists from elsewhere bring along."""
    lines = (one_line(BULLET.sub("", line.strip())) for line in written.splitlines())
    return tuple(dict.fromkeys(line for line in lines if line))


def _paragraphs(written: str) -> str:
    return "\n".join(one_line(line) for line in written.strip().splitlines())
