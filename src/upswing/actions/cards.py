"""Write card templates: begin a draft, keep it, publish it from a day on, let it end."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from upswing.actions.permission import Incomplete, NotAllowed
from upswing.actions.versions import before_the_last, too_long
from upswing.actions.written import one_line, signed_by
from upswing.core.rubrics import NAME_LENGTH, Issue, signable
from upswing.core.templates import MOST_WORDS, STARTERS, Template, excess
from upswing.core.wording import worded, worded_many
from upswing.goals.cards import CardTemplate, CardVersion, data_of
from upswing.people.viewer import NotVisible, Viewer, operators_only
from upswing.queries.card_drafts import DraftShown
from upswing.queries.card_drafts import draft as visible_draft
from upswing.queries.card_templates import issued


@transaction.atomic
def begin(
    viewer: Viewer, name: str, at: datetime, starter: str = "", speak: Callable[[str], str] = str
) -> UUID:
    """A first draft, with nothing but a name or from a starter, whose name is as `speak` says it.

    Raises NotVisible for whoever does not operate.
    """
    operators_only(viewer)
    if starter and starter not in STARTERS:
        raise NotVisible("There is no such card to begin with.")
    card = Template(one_line(name))
    if starter:
        card = replace(STARTERS[starter], name=speak(STARTERS[starter].name))
    if not 0 < len(card.name) <= NAME_LENGTH:
        raise NotAllowed(
            worded(
                "Give the card a name of 1 to {most} characters; this one has {length}.",
                most=NAME_LENGTH,
                length=len(card.name),
            )
        )
    template = CardTemplate.objects.create()
    _draft(viewer, template, card, at)
    return template.uid


@transaction.atomic
def begin_again(viewer: Viewer, template: UUID, at: datetime) -> None:
    """A draft of the next version, from the last one with lines. There is one at most. Raises NotVisible."""
    operators_only(viewer)
    row = locked(template)
    written = [each.card for each in issued(template).get(template, ()) if each.card.lines]
    if written and not row.versions.filter(number=None).exists():
        _draft(viewer, row, written[-1], at)


@transaction.atomic
def save_draft(viewer: Viewer, template: UUID, card: Template) -> None:
    """Keep a draft as it is written so far. Raises NotVisible, and Incomplete with what no draft may hold."""
    operators_only(viewer)
    locked(template)
    shown = visible_draft(viewer, template)
    wrong = excess(replace(card, own=shown.card.own))
    if card.person and card.person not in shown.persons and card.person != shown.card.person:
        wrong = (*wrong, worded("The chosen person does not sell here. Choose one from the list."))
    if wrong:
        raise Incomplete(wrong)
    CardVersion.objects.filter(template__uid=template, number=None).update(data=data_of(card))


@transaction.atomic
def discard(viewer: Viewer, template: UUID) -> None:
    """Throw a draft away; a template that was never published goes with it. Raises NotVisible."""
    visible_draft(viewer, template)
    CardVersion.objects.filter(template__uid=template, number=None).delete()
    CardTemplate.objects.filter(uid=template, versions=None).delete()


@transaction.atomic
def publish(
    viewer: Viewer, template: UUID, effective: date, note: str, read: Collection[str], at: datetime
) -> int:
    """Make the draft the next version, which holds from `effective` on and never changes; its number.

    `read` are the keys of the cautions that were read. Raises NotVisible, and Incomplete with everything to mend.
    """
    operators_only(viewer)
    list(
        CardTemplate.objects.select_for_update().order_by("id")
    )  # two templates for the same people: one waits
    draft, note = visible_draft(viewer, template), one_line(note)
    wrong = (
        *excess(draft.card), *draft.lacking, *_unchanged(draft), *_misdated(draft, effective, viewer.at),
        *_unsaid(draft, note), *_taken(draft, max(effective, viewer.at)), *_unread(draft, read),
    )  # fmt: skip
    if wrong:
        raise Incomplete(wrong)
    CardVersion.objects.filter(template__uid=template, number=None).update(
        number=draft.number, effective=effective, note=note, published=at, publisher=signed_by(viewer),
        read=[caution.sentence for caution in draft.cautions],
    )  # fmt: skip
    return draft.number


@transaction.atomic
def end(viewer: Viewer, template: UUID, effective: date, note: str, at: datetime) -> None:
    """Let a template end: from `effective` on its people follow what else is meant for them.

    Raises NotVisible, and Incomplete where it has ended, the day is over, or no reason is given.
    """
    operators_only(viewer)
    row, versions, note = locked(template), issued(template).get(template, ()), one_line(note)
    if not versions:
        raise NotVisible("There is no such card template.")
    last = versions[-1]
    wrong = []
    if not last.card.lines:
        wrong.append(
            worded("“{name}” ends on {effective} already.", name=last.card.name, effective=last.effective)
        )
    if effective < max(viewer.at, last.effective):
        wrong.append(
            worded(
                "It cannot end on {effective}. Choose {at} or a later day.",
                effective=effective,
                at=max(viewer.at, last.effective),
            )
        )
    if not 0 < len(note) <= MOST_WORDS:
        wrong.append(
            worded(
                "Say in 1 to {most} characters why it ends, for those whose card it was; this has {length}.",
                most=MOST_WORDS,
                length=len(note),
            )
        )
    if wrong:
        raise Incomplete(tuple(wrong))
    CardVersion.objects.create(
        template=row, data=data_of(replace(last.card, lines=())), author=signed_by(viewer), begun=at,
        number=last.number + 1, effective=effective, note=note, published=at, publisher=signed_by(viewer),
    )  # fmt: skip


def locked(template: UUID) -> CardTemplate:
    """The template, which nobody else changes until the transaction ends; raises NotVisible."""
    row = CardTemplate.objects.select_for_update().filter(uid=template).first()
    if row is None:
        raise NotVisible("There is no such card template.")
    return row


def _draft(viewer: Viewer, template: CardTemplate, card: Template, at: datetime) -> None:
    CardVersion.objects.create(template=template, data=data_of(card), author=signed_by(viewer), begun=at)


def _unchanged(draft: DraftShown) -> Iterator[str]:
    if not draft.changed:
        yield worded(
            "Nothing has changed since version {number}. Change the card, or throw the draft away.",
            number=draft.number - 1,
        )


def _misdated(draft: DraftShown, effective: date, today: date) -> Iterator[str]:
    if effective < today:
        yield worded(
            "{effective} is over, and what was shown stays. A card holds from today, {today}, or later.",
            effective=effective,
            today=today,
        )
    else:
        yield from before_the_last(draft.number, draft.earliest, effective)


def _unsaid(draft: DraftShown, note: str) -> Iterator[str]:
    if draft.latest and not note:
        yield worded(
            "Say in a sentence what version {number} changes, for those whose card it is.",
            number=draft.number,
        )
    yield from too_long(note, MOST_WORDS)


def _taken(draft: DraftShown, day: date) -> Iterator[str]:
    """Another template for the very same people, that holds on the day or later."""
    for template, versions in issued().items():
        numbers = signable([Issue(each.number, each.effective) for each in versions], day)
        current = [each.card for each in versions if each.number in numbers and each.card.lines]
        if template != draft.template and any(card.same_whom(draft.card) for card in current):
            yield worded(
                "“{name}” is for the same people already. Write its next version, let it end "
                "first, or choose others.",
                name=current[-1].name,
            )


def _unread(draft: DraftShown, read: Collection[str]) -> Iterator[str]:
    left = sum(caution.key not in read for caution in draft.cautions)
    if left:
        yield worded_many(
            "There is one thing to think of first. Read and tick each, then publish.",
            "There are {count} things to think of first. Read and tick each, then publish.",
            left,
        )
