"""Where each identity of a kind stood first, in some thirty bytes a row: files may have many million rows."""

from __future__ import annotations

from array import array
from collections.abc import Hashable

from upswing.core.records import Origin

SHARDS = 64
"""Each grows on its own, so that little is held twice meanwhile."""
SMALLEST = 16
FREE = 0
ROW_BITS = 40


class Firsts:
    """Identity → origin. An identity is known by its hash, which nobody can foresee.

    Two identities among ten million rows are taken for one once in 370,000 readings.
    """

    def __init__(self) -> None:
        self._shards = [_Shard() for _ in range(SHARDS)]
        self._files: dict[str, int] = {}

    def claim(self, key: Hashable, here: Origin) -> Origin:
        """Who has the identity: the origin that claimed it first, or `here` itself."""
        code = hash(key) or 1
        place = self._files.setdefault(here.file, len(self._files)) << ROW_BITS | here.row
        found = self._shards[code % SHARDS].claim(code, place)
        if found == place:
            return here
        return Origin(list(self._files)[found >> ROW_BITS], found & (1 << ROW_BITS) - 1)

    def give_back(self, key: Hashable) -> None:
        """Let another origin claim the identity."""
        code = hash(key) or 1
        self._shards[code % SHARDS].give_back(code)


class _Shard:
    """Hash → place, with open addresses; a slot that was given back keeps its hash and is FREE."""

    def __init__(self) -> None:
        self.count = 0
        self._make(SMALLEST)

    def _make(self, size: int) -> None:
        self.mask = size - 1
        self.codes, self.places = array("q", bytes(8 * size)), array("Q", bytes(8 * size))

    def _slot(self, code: int) -> int:
        """Where the hash stands, else where it would."""
        codes, mask = self.codes, self.mask
        slot = code // SHARDS & mask
        while codes[slot] and codes[slot] != code:
            slot = slot + 1 & mask
        return slot

    def claim(self, code: int, place: int) -> int:
        """The place that has it."""
        slot = self._slot(code)
        if first := self.places[slot]:
            return first
        self.count += not self.codes[slot]
        self.codes[slot], self.places[slot] = code, place
        if 3 * self.count > 2 * self.mask:
            self._grow()
        return place

    def give_back(self, code: int) -> None:
        """Free its slot."""
        self.places[self._slot(code)] = FREE

    def _grow(self) -> None:
        """Twice the slots."""
        standing = zip(self.codes, self.places, strict=True)
        self._make(2 * len(self.codes))
        for code, place in standing:
            if code:
                slot = self._slot(code)
                self.codes[slot], self.places[slot] = code, place
