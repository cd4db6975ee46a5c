"""What the page of one version shows: the rubric, what changed, who signed, what was asked about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.utils.translation import gettext as _

from upswing.core.rubrics import Audience, Criterion, CriterionChange, Diff, Level, Mark, Pieces
from upswing.queries.formulas import known
from upswing.queries.published import Published
from upswing.queries.standards import ObjectionShown, State, VersionShown
from upswing.web.shared import format as fmt
from upswing.web.shared.marks import marked
from upswing.web.standards.page import address, tally, which

LEVELS = {
    Level.BELOW: marked("Below"),
    Level.MEETS: marked("Meets the standard"),
    Level.EXCEEDS: marked("Exceeds"),
}
PARTS = {
    "name": marked("Name"),
    "purpose": marked("Why it helps"),
    "what": marked("What is expected"),
    "example": marked("An example"),
}
MARKS = {Mark.ADDED: marked("New"), Mark.REMOVED: marked("Taken out"), Mark.KEPT: marked("Changed")}


@dataclass(frozen=True, slots=True)
class Cell:
    """The behaviours of one level."""

    key: str
    label: str
    behaviours: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """A row of the rubric."""

    name: str
    metrics: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A part that changed: what it is, what became of it, its lines piece by piece under their headings."""

    label: str
    mark: str
    groups: tuple[tuple[str, tuple[Pieces, ...]], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question or disagreement, and its answer."""

    id: str
    who: str
    about: str
    text: str
    answer: str
    answered: str


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the template draws."""

    shown: VersionShown
    title: str
    under: tuple[str, ...]
    standing: tuple[str, str]
    signed: str
    criteria: tuple[CriterionRow, ...]
    changes: tuple[Change, ...]
    before: int
    signatures: tuple[tuple[str, str], ...]
    tally: str
    questions: tuple[Asked, ...]
    others: tuple[tuple[str, str], ...]
    published: str
    signing: str
    asking: str


def page_of(shown: VersionShown, zone: tzinfo | None, signing: str = "", asking: str = "") -> Page:
    """The page of one version; `signing` and `asking` are what was refused."""
    version, text = shown.version, shown.version.text
    labels = _labels(shown)
    return Page(
        shown,
        text.name,
        (_opening(which(version, shown.state)), for_whom(text.audience, shown.teams)),
        _standing(shown),
        _moment(shown.signed, zone) if shown.signed else "",
        tuple(_criterion(each, labels) for each in text.criteria),
        tuple(_changes(shown.changes, shown.teams, labels)) if shown.changes else (),
        version.number - 1,
        tuple((one.person, _day(one.at, zone)) for one in shown.signatures),
        tally(shown.asked, len(shown.missing)),
        tuple(_asked(one, zone) for one in shown.objections),
        tuple(
            (_("Version {number}").format(number=each.number), address(each))
            for each in reversed(shown.others)
        ),
        _published(version, zone),
        signing,
        asking,
    )


def _published(version: Published, zone: tzinfo | None) -> str:
    said = (
        _("Published {day} by {publisher}: “{note}”")
        if version.note
        else _("Published {day} by {publisher}.")
    )
    return said.format(day=_day(version.published, zone), publisher=version.publisher, note=version.note)


def for_whom(audience: Audience, teams: Mapping[str, str]) -> str:
    """For whom a version is, in words."""
    if audience.everybody:
        return _("for everybody")
    return _("for {names}").format(names=_names(audience, teams))


def _names(audience: Audience, teams: Mapping[str, str]) -> str:
    named = [fmt.in_a_row(audience.roles), fmt.in_a_row(audience.levels)]
    named += [fmt.in_a_row(sorted(teams.get(uid, _("a team that is gone")) for uid in audience.teams))]
    return "; ".join(filter(None, named))


def _other_audience(before: Audience, after: Audience, teams: Mapping[str, str]) -> str:
    """That a version is for others than the one before it; not both can be for everybody."""
    if before.everybody:
        said = _("Was for everybody; is for {after}")
    elif after.everybody:
        said = _("Was for {before}; is for everybody")
    else:
        said = _("Was for {before}; is for {after}")
    return said.format(before=_names(before, teams), after=_names(after, teams))


def _standing(shown: VersionShown) -> tuple[str, str]:
    """What to know before reading on, and where to go instead; empty for a version in force."""
    if shown.state is State.TO_COME:
        said = _("This version holds from {day} on. It can be signed already.")
        if shown.holds:
            said = _(
                "This version holds from {day} on. Until then version {number} does. It can be signed already."
            )
        return said.format(day=fmt.day(shown.version.effective), number=shown.holds), ""
    if shown.state is State.IN_FORCE:
        return "", ""
    newer = next((each for each in shown.others if each.number == shown.holds), None)
    said = _("A later version takes its place.")
    if shown.holds:
        said = _("Version {number} has taken its place.").format(number=shown.holds)
    return said, address(newer) if newer else ""


def _labels(shown: VersionShown) -> dict[str, str]:
    """What the metrics are called that the criteria belong to, or did before, on the day the version holds from."""
    before = shown.changes.criteria if shown.changes else ()
    keys = shown.version.text.metrics | {key for each in before for _, key in each.metrics}
    return {key: _(metric.label) for key, metric in known(keys, shown.version.effective).items()}


def _criterion(criterion: Criterion, labels: Mapping[str, str]) -> CriterionRow:
    there = (labels[key] for key in criterion.metrics if key in labels)
    cells = (Cell(level.value, _(LEVELS[level]), criterion.at(level)) for level in Level)
    return CriterionRow(criterion.name, fmt.in_a_row(dict.fromkeys(there)), tuple(cells))


def _changes(diff: Diff, teams: Mapping[str, str], labels: Mapping[str, str]) -> Iterable[Change]:
    for part, pieces in diff.texts:
        yield Change(_(PARTS[part]), _(MARKS[Mark.KEPT]), (("", (pieces,)),))
    if diff.audience:
        yield Change(_("For whom"), _other_audience(*diff.audience, teams), ())
    for criterion in diff.criteria:
        yield _changed(criterion, labels)
    if diff.order:
        yield Change(_("Criteria"), _("Stand in another order"), ())


def _changed(criterion: CriterionChange, named: Mapping[str, str]) -> Change:
    name = "".join(piece.text for piece in criterion.name if piece.mark is not Mark.REMOVED)
    groups = [
        (_(LEVELS[level]), lines)
        for level, lines in criterion.levels
        if any(piece.mark is not Mark.KEPT for line in lines for piece in line)
    ]
    for mark, heading in (
        (Mark.ADDED, _("Belongs now to {metrics}")),
        (Mark.REMOVED, _("No longer belongs to {metrics}")),
    ):
        labels = fmt.in_a_row(named[key] for each, key in criterion.metrics if each is mark and key in named)
        if labels and criterion.mark is Mark.KEPT:
            groups.append((heading.format(metrics=labels), ()))
    return Change(
        name or "".join(piece.text for piece in criterion.name), _(MARKS[criterion.mark]), tuple(groups)
    )


def _asked(one: ObjectionShown, zone: tzinfo | None) -> Asked:
    who = _("You") if one.mine else one.person
    answered = f"{one.answerer}, {_day(one.answered, zone)}" if one.answered else ""
    about = _day(one.at, zone)
    if one.criterion:
        about = _("{day}, about “{criterion}”").format(day=about, criterion=one.criterion)
    return Asked(str(one.id), who, about, one.text, one.answer, answered)


def _moment(at: datetime, zone: tzinfo | None) -> str:
    return f"{_day(at, zone)}, {at.astimezone(zone):%H:%M}"


def _day(at: datetime, zone: tzinfo | None) -> str:
    return fmt.day(at.astimezone(zone).date())


def _opening(words: str) -> str:
    return words[:1].upper() + words[1:]
