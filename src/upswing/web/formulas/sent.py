"""What the form of an own metric sent: its wording, a day, and pieces put into the expression by a button."""

from __future__ import annotations

from django.http import QueryDict
from django.utils.translation import gettext as _

from upswing.actions.written import one_line
from upswing.core.expressions import KINDS, Wording
from upswing.core.metrics.metric import Better, Timing

SIGNS = ("+", "-", "*", "/", "(", ")")
_OPEN = ("+", "-", "*", "/", "(")
MOST_TYPED = 2_000
"""Characters of a field that are read at all."""


def written(sent: QueryDict, before: Wording) -> tuple[Wording, tuple[str, ...]]:
    """The wording as it was sent, and sentences about what cannot be read, which stays as it was `before`."""
    kinds, typed = {kind.value: kind for kind in KINDS}, sent.get("minimum", "").strip()[:40]
    readable = typed.isascii() and typed.isdecimal() and len(typed) < 8
    label, told, purpose, text = (
        one_line(sent.get(name, ""))[:MOST_TYPED] for name in ("label", "help", "purpose", "text")
    )
    wording = Wording(
        label, told, purpose, text,
        percent="percent" in sent,
        kind=kinds.get(sent.get("kind", ""), before.kind),
        timing=Timing.LAGGING if sent.get("timing") == Timing.LAGGING else Timing.LEADING,
        better=Better.LOWER if sent.get("better") == Better.LOWER else Better.HIGHER,
        minimum=int(typed) if readable else before.minimum,
    )  # fmt: skip
    said = _("“{text}” is no whole number. Write from how many records on it is judged: 10.")
    return wording, () if readable else (said.format(text=typed),)


def put(text: str, piece: str) -> str:
    """The expression with a piece at its end: a filter into the name before it, a name after a sign."""
    text = text.rstrip()
    if piece.startswith("["):
        return f"{text[:-1]}, {piece[1:]}" if text.endswith("]") else f"{text}{piece}"
    if piece in SIGNS or not text or text.endswith(_OPEN):
        return f"{text}{'' if text.endswith('(') or piece == ')' or not text else ' '}{piece}"
    return f"{text} + {piece}"
