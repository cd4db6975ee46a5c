"""What a file holds: the kind whose fields its columns fill best."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from upswing.connectors.files.fields import KINDS, PARTS
from upswing.connectors.files.guess.guessed import Column, Confidence, Denied
from upswing.connectors.files.guess.matching import Match, match
from upswing.connectors.files.guess.meanings import word
from upswing.connectors.files.guess.sample import Sample
from upswing.connectors.files.guess.vocabulary import file_words, parted, plain

POINTS = {(True, True): 3.0, (True, False): 1.0, (False, True): 1.0, (False, False): 0.5}
"""(needed, tells the kind) → what a matched field adds; a near header half."""
NAMED = 3.0
"""What the file's name adds."""
ENOUGH = 2.25
"""Points a needed field must bring on average: one telling header carries one that says nothing, not two."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a file is a kind: whether its name says so, the points of its columns, the needed fields it lacks.

    `otherwise`: its name says another kind. That goes before a kind that needs no more than a name.
    """

    kind: str
    found: Match
    named: bool
    points: float
    missing: tuple[str, ...]
    otherwise: bool = False

    @property
    def usable(self) -> bool:
        """Whether every needed field has a column, and enough speaks for the kind."""
        needed = KINDS[self.kind].needed
        return (
            not self.missing
            and self.points >= ENOUGH * len(needed)
            and (len(needed) > 1 or not self.otherwise)
        )

    @property
    def confirmed(self) -> bool:
        """Whether more than the needed columns speaks for the kind."""
        return self.named or len(self.found.single) >= len(KINDS[self.kind].needed) + 2


def fits_of(file: str, columns: tuple[Column, ...], sample: Sample, lent: Collection[str]) -> list[Fit]:
    """How well the file is each kind, the best first; a kind that its name says goes before others.

    `lent` are fields that the row's lead knows.
    """
    never = names(file, "never")
    kinds = [kind for kind in KINDS if kind in PARTS or not never]
    told = [_telling(fit_of(file, kind, columns, sample, lent)) for kind in kinds]
    otherwise = any(fit.named for fit in told)
    told = [replace(fit, otherwise=otherwise and not fit.named) for fit in told]
    return sorted(told, key=lambda fit: (not fit.usable, not fit.named, -fit.points))


def _telling(fit: Fit) -> Fit:
    """The fit; nothing of it where the kind's columns stand in many files, and neither name nor field tells it."""
    telling = plain(fit.kind)
    if telling is None or fit.named or any(map(fit.found.tells, telling)):
        return fit
    return Fit(fit.kind, Match(), False, 0.0, tuple(KINDS[fit.kind].needed))


def fit_of(
    file: str, kind: str, columns: tuple[Column, ...], sample: Sample, lent: Collection[str] = ()
) -> Fit:
    """How well the file is the kind; `lent` as above."""
    found, named, needed = match(kind, columns, sample), names(file, kind), KINDS[kind].needed
    given = {*constants(file, kind), *(lent if "lead" in found.single else ())}
    points = NAMED * (named + len(found.joined) + len(given & set(found.missing(kind))))
    for name, one in found.single.items():
        near = 0.5 if one.confidence is Confidence.LIKELY else 1.0
        points += POINTS[name in needed, one.tells] * near
    return Fit(kind, found, named, points, tuple(name for name in found.missing(kind) if name not in given))


def names(file: str, kind: str) -> bool:
    """Whether the file's name says that it holds such rows."""
    told = set(parted(file))
    return any(words and words <= told for words in file_words(kind))


def constants(file: str, kind: str) -> dict[str, str]:
    """Fields that the file's name tells: a file of calls holds calls."""
    if kind != "activities":
        return {}
    told = (word(part, KINDS[kind].fields["kind"])[0] for part in parted(file))
    found = next(filter(None, told), "")
    return {"kind": found} if found else {}


def nearest_fit(fits: list[Fit]) -> Fit | None:
    """The kind that a file without one is likest."""
    near = [fit for fit in fits if fit.missing and (fit.named or any(map(fit.found.tells, fit.found.single)))]
    near = fits if len(fits) == 1 else near
    return min(near, key=lambda fit: (not fit.named, len(fit.missing), -len(fit.found.single)), default=None)


def why_not(file: str, best: Fit, odd: Sequence[Denied]) -> str:
    """Which columns the nearest kind misses, or which cells keep them from being it, as a sentence."""
    like = f"it looks like {best.kind.replace('_', ' ')}"
    if odd:
        why, mend = odd[0].clause, "Correct these cells, or name the column in the mapping."
    else:
        why = f"no column of it holds the {_listed(best.missing)}"
        mend = "If one does, name it in the mapping."
    return f"“{file}” is not used: {like}, and {why}. {mend}"


def _listed(fields: tuple[str, ...]) -> str:
    *most, last = (name.replace("_", " ") for name in fields)
    return f"{', '.join(most)} and {last}" if most else last
