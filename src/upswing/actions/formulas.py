"""Write own metrics: begin a draft, keep it, publish it from a day on, archive it. What was published never changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from upswing.actions.permission import Incomplete, NotAllowed
from upswing.actions.versions import before_the_last, too_long
from upswing.actions.written import one_line, signed_by
from upswing.core.expressions import Misstated, Wording, key_for, lacking, metric_of
from upswing.core.expressions.formula import LONGEST_LABEL, LONGEST_WORDS
from upswing.core.expressions.reading import LONGEST
from upswing.core.metrics import CATALOGUE
from upswing.core.templates import MOST_WORDS
from upswing.core.wording import worded
from upswing.goals.formulas import Formula, FormulaVersion, data_of
from upswing.people.viewer import NotVisible, Viewer, operators_only
from upswing.queries.formula_setup import DraftShown, taken_keys
from upswing.queries.formula_setup import draft as visible_draft
from upswing.queries.formulas import made, own, trees


@transaction.atomic
def begin(viewer: Viewer, label: str, at: datetime) -> str:
    """A first draft with nothing but a name; its key. Raises NotVisible, and NotAllowed without a usable name."""
    operators_only(viewer)
    label = one_line(label)
    if not 0 < len(label) <= LONGEST_LABEL:
        raise NotAllowed(
            worded(
                "Give the metric a name of 1 to {longest_label} characters; this one has {length}.",
                longest_label=LONGEST_LABEL,
                length=len(label),
            )
        )
    formula = Formula.objects.create(key=key_for(label, taken_keys()))
    _draft(viewer, formula, Wording(label), at)
    return formula.key


@transaction.atomic
def begin_again(viewer: Viewer, key: str, at: datetime) -> None:
    """A draft of the next version, from the last one. There is one at most. Raises NotVisible."""
    operators_only(viewer)
    row, mine = locked(key), own()
    if key in mine and not row.versions.filter(number=None).exists():
        _draft(viewer, row, mine[key].versions[-1].wording, at)


@transaction.atomic
def save_draft(viewer: Viewer, key: str, wording: Wording) -> None:
    """Keep a draft as it is written so far, whether its expression means anything yet or not.

    Raises NotVisible, and Incomplete where it is too long to be kept.
    """
    visible_draft(viewer, key)
    locked(key)
    wording = _tidy(wording)
    wrong = tuple(
        worded("The {name} has {length} characters; write at most {most}.", name=name, length=len(text), most=most)
        for name, text, most in (
            (worded("name"), wording.label, LONGEST_LABEL), (worded("expression"), wording.text, 2 * LONGEST),
            (worded("sentence that says what it counts"), wording.help, 2 * LONGEST_WORDS),
            (worded("sentence that says how it helps"), wording.purpose, 2 * LONGEST_WORDS),
        )
        if len(text) > most
    )  # fmt: skip
    if wrong:
        raise Incomplete(wrong)
    FormulaVersion.objects.filter(formula__key=key, number=None).update(data=data_of(wording))


@transaction.atomic
def discard(viewer: Viewer, key: str) -> None:
    """Throw a draft away; a metric that was never published goes with it. Raises NotVisible."""
    visible_draft(viewer, key)
    FormulaVersion.objects.filter(formula__key=key, number=None).delete()
    Formula.objects.filter(key=key, versions=None).delete()


@transaction.atomic
def publish(viewer: Viewer, key: str, effective: date, note: str, at: datetime) -> int:
    """Make the draft the next version, which holds from `effective` on and never changes; its number.

    Raises NotVisible, and Incomplete with everything to mend.
    """
    operators_only(viewer)
    list(Formula.objects.select_for_update().order_by("id"))  # two that name each other: one waits
    shown, note = visible_draft(viewer, key), one_line(note)
    wrong = (
        *lacking(shown.wording), *_named_twice(shown), *_meaningless(shown, effective), *_unchanged(shown),
        *_misdated(shown, effective, viewer.at), *_unsaid(shown, note),
    )  # fmt: skip
    if wrong:
        raise Incomplete(wrong)
    FormulaVersion.objects.filter(formula__key=key, number=None).update(
        number=shown.number, effective=effective, note=note, published=at, publisher=signed_by(viewer)
    )
    return shown.number


@transaction.atomic
def archive(viewer: Viewer, key: str, at: datetime) -> None:
    """Offer a metric no more; cards and metrics that name it keep it. Raises NotVisible."""
    operators_only(viewer)
    row = locked(key)
    if not row.versions.exclude(number=None).exists():
        raise NotVisible("There is no such metric.")
    if row.archived is None:
        Formula.objects.filter(pk=row.pk).update(archived=at, archiver=signed_by(viewer))


@transaction.atomic
def restore(viewer: Viewer, key: str) -> None:
    """Offer an archived metric again. Raises NotVisible."""
    operators_only(viewer)
    Formula.objects.filter(pk=locked(key).pk).update(archived=None, archiver="")


def locked(key: str) -> Formula:
    """The metric, which nobody else changes until the transaction ends; raises NotVisible."""
    row = Formula.objects.select_for_update().filter(key=key).first()
    if row is None:
        raise NotVisible("There is no such metric.")
    return row


def _draft(viewer: Viewer, formula: Formula, wording: Wording, at: datetime) -> None:
    FormulaVersion.objects.create(formula=formula, data=data_of(wording), author=signed_by(viewer), begun=at)


def _tidy(wording: Wording) -> Wording:
    return replace(
        wording, label=one_line(wording.label), help=one_line(wording.help), purpose=one_line(wording.purpose),
        text=one_line(wording.text),
    )  # fmt: skip


def _named_twice(shown: DraftShown) -> Iterator[str]:
    label = shown.wording.label.casefold()
    there = [each.label for each in CATALOGUE.values()]
    there += [each.versions[-1].wording.label for key, each in own().items() if key != shown.key]
    if label and label in map(str.casefold, there):
        yield worded(
            "“{label}” is what another metric is called. Give this one a name of its own.",
            label=shown.wording.label,
        )


def _meaningless(shown: DraftShown, effective: date) -> Iterator[str]:
    """What is wrong with the expression, and with metrics that name this one, from that day on."""
    wordings = {key: each.on(effective).wording for key, each in own().items()}
    changed = wordings | {shown.key: shown.wording}
    try:
        metric_of(shown.key, shown.wording, trees(changed))
    except Misstated as error:
        yield error.sentence
        return
    for key in sorted(made(wordings).keys() - made(changed).keys()):
        yield worded(
            "“{label}” ({key}) names this metric, and would mean nothing with it: {why} "
            "Change that one first.",
            label=wordings[key].label,
            key=key,
            why=_why(key, changed),
        )


def _why(key: str, wordings: dict[str, Wording]) -> str:
    try:
        metric_of(key, wordings[key], trees(wordings))
    except Misstated as error:
        return error.sentence
    return ""


def _unchanged(shown: DraftShown) -> Iterator[str]:
    if not shown.changed:
        yield worded(
            "Nothing has changed since version {number}. Change the metric, or throw the draft away.",
            number=shown.number - 1,
        )


def _misdated(shown: DraftShown, effective: date, today: date) -> Iterator[str]:
    if effective < today:
        yield worded(
            "{effective} is over, and what was judged stays. It holds from today, {today}, or later.",
            effective=effective,
            today=today,
        )
    else:
        yield from before_the_last(shown.number, shown.earliest, effective)


def _unsaid(shown: DraftShown, note: str) -> Iterator[str]:
    if shown.latest and not note:
        yield worded(
            "Say in a sentence what version {number} changes, for those on whose card the metric stands.",
            number=shown.number,
        )
    yield from too_long(note, MOST_WORDS)
