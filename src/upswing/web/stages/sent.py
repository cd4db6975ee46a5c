"""What the forms of stages sent: a stage as far as it can be read, rules of the whole, days, names given a stage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from upswing.core.pipelines import Criterion, Early, Policy, Proof, Stage
from upswing.core.templates import share_of

MOST_TYPED = 2_000
"""Characters of a field that are read at all."""


@dataclass(frozen=True, slots=True)
class Written:
    """The stage of a form, weight and days as typed, and sentences about what cannot be read."""

    stage: Stage
    weight: str
    days: str
    unread: tuple[str, ...]


def whole(text: str) -> int | None:
    """A whole number as people write it; None where it is none."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 8 else None


def early_sent(sent: QueryDict) -> Early | None:
    """What happens with early proposals."""
    chosen = sent.get("early", "")
    return Early(chosen) if chosen in set(Early) else None


def stage_sent(sent: QueryDict, key: str) -> Written:
    """The stage as it was sent; a weight or limit that cannot be read is told, and left to be measured."""
    weight, days = sent.get("weight", "").strip()[:40], sent.get("days", "").strip()[:40]
    policy = sent.get("policy", "")
    stage = Stage(
        key,
        sent.get("name", "")[:MOST_TYPED],
        sent.get("buyer", "")[:MOST_TYPED],
        tuple(_evidence(sent)),
        share_of(weight) if weight else None,
        whole(days),
        Policy(policy) if policy in set(Policy) else None,
        (*sent.get("words", "")[: 20 * MOST_TYPED].splitlines(), *sent.getlist("more")),
        "proposes" in sent,
        "qualifies" in sent,
    )
    return Written(stage, weight, days, tuple(_unread(stage, weight, days)))


def _evidence(sent: QueryDict) -> Iterator[Criterion]:
    """The rows with a text; whoever empties a row takes it off."""
    rows = zip_longest(
        sent.getlist("evidence"), sent.getlist("proof"), sent.getlist("criterion"), fillvalue=""
    )
    for text, proof, key in rows:
        if text.strip():
            yield Criterion(key[:80], text[:MOST_TYPED], Proof(proof) if proof in set(Proof) else None)


def _unread(stage: Stage, weight: str, days: str) -> Iterator[str]:
    if weight and stage.weight is None:
        yield _("“{text}” is no percentage. Write what it counts like 25, or leave it empty.").format(
            text=weight
        )
    if days and stage.days is None:
        yield _("“{text}” is no number of days. Write it like 21, or leave it empty.").format(text=days)


def homes_sent(sent: QueryDict) -> dict[str, tuple[UUID, str]]:
    """Text of a source → the pipeline and stage chosen for it; those without a choice are left out."""
    found = {}
    for text, home in zip(sent.getlist("text"), sent.getlist("home"), strict=False):
        uid, _colon, key = home.partition(":")
        try:
            found[text] = (UUID(uid), key)
        except ValueError:
            continue
    return found
