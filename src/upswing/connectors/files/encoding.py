"""Which encoding a text file is in, found from its first bytes."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from pathlib import Path

from upswing.connectors.connector import Unreadable

BLOCK = 1 << 20
MOST = 1 << 16
"""Bytes that are judged: those around the first ones that are not ASCII."""
ENOUGH = 0.8
MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


def encoding_of(path: Path) -> str:
    """The encoding of a file: told by its mark, else UTF-8 if it reads as that, else the likeliest one.

    Looks at the first block that holds more than ASCII. Raises Unreadable when the file cannot be opened.
    """
    try:
        with path.open("rb") as opened:
            start = block = opened.read(BLOCK)
            if found := _marked(start) or _wide(start):
                return found
            while len(block) == BLOCK and block.isascii():
                block = opened.read(BLOCK)
    except OSError as error:
        raise Unreadable(f"{path.name} cannot be read: {error.strerror}.") from error
    return "utf-8-sig" if _decoded(block, "utf-8") is not None else _likeliest(block)


def _marked(start: bytes) -> str:
    return next((name for mark, name in MARKS.items() if start.startswith(mark)), "")


def _wide(start: bytes) -> str:
    """UTF-16 without a mark: of an ASCII character, and so of the end of a line, every other byte is 0."""
    even, odd = start[:MOST:2].count(0), start[1:MOST:2].count(0)
    if b"\n\0" in start[:MOST] and odd > 10 * even:
        return "utf-16-le"
    return "utf-16-be" if b"\0\n" in start[:MOST] and even > 10 * odd else ""


def _decoded(block: bytes, encoding: str) -> str | None:
    """The block as text, but for a character cut off at its end; None where it is no such text."""
    try:
        return codecs.getincrementaldecoder(encoding)().decode(block)
    except UnicodeDecodeError:
        return None


def _likeliest(block: bytes) -> str:
    """The encoding in which the characters beyond ASCII make the best sense; the first of equals."""
    first = next(place for place, byte in enumerate(block) if byte > 0x7F)
    sample = block[block.rfind(b"\n", 0, first) + 1 :][:MOST]
    scores = {
        encoding: _share(text, fits)
        for encoding, fits in LIKELY.items()
        if (text := _decoded(sample, encoding)) is not None
    }
    best = max(scores, key=lambda encoding: scores[encoding], default="cp1252")
    return best if scores.get(best, 0) >= ENOUGH else _measured(sample)


def _measured(sample: bytes) -> str:
    """What a statistical judge says where none of the usual encodings fits."""
    from charset_normalizer import from_bytes

    found = from_bytes(sample).best()
    return found.encoding if found else "cp1252"


Fits = Callable[[str, str, str], float]
"""How well a character beyond ASCII fits between its neighbours, 0 to 1."""


def _share(text: str, fits: Fits) -> float:
    """How well the characters beyond ASCII fit on average."""
    around = f" {text} "
    beyond = [place for place, character in enumerate(around) if character > "\x7f"]
    found = sum(fits(around[place - 1], around[place], around[place + 1]) for place in beyond)
    return found / len(beyond) if beyond else 0.0


def _latin(letters: str, rarer: str = "") -> Fits:
    """Letters that stand beside plain ones, and signs that stand outside of words."""
    often, known = set(letters + letters.upper()), set(letters + rarer + (letters + rarer).upper())

    def fits(before: str, character: str, after: str) -> float:
        plain = _plain(before) + _plain(after)
        if character in known:
            beside = plain or before in known or after in known or not (before + after).strip(" ,;\t\n\"'")
            return (1.0 if character in often else 0.9) if beside else 0.0
        return float(character in "€£§°«»–—‘’“”…·®©™\xa0" and (plain < 2 or character == "’"))

    return fits


def _plain(character: str) -> bool:
    return character.isascii() and character.isalpha()


def _common(encoding: str, first: int, last: int) -> Fits:
    """Characters that an encoding keeps among the common ones, by the first of their two bytes."""

    def fits(before: str, character: str, after: str) -> float:
        raw = character.encode(encoding, "ignore")
        common = len(raw) == 2 and first <= raw[0] <= last
        return (0.5 if _plain(before) or _plain(after) else 1.0) if common else 0.0

    return fits


def _cyrillic(before: str, character: str, after: str) -> float:
    return float("А" <= character <= "ё" and not (before.islower() and character.isupper()))


WESTERN = _latin("äöüßæøåéèàç", "áâãêëìíîïñòóôõùúûÿœ")
LIKELY: dict[str, Fits] = {
    "cp949": _common("euc_kr", 0xA1, 0xC8),
    "gb18030": _common("gb2312", 0xA1, 0xD7),
    "cp932": _common("cp932", 0x81, 0x97),
    "big5": _common("big5", 0xA1, 0xC6),
    "cp1252": WESTERN,
    "mac_roman": WESTERN,
    "cp850": WESTERN,
    "cp1250": _latin("ąćęłńóśźżáčďéěíňřšťúůýž", "äëöüßőűâîşţ"),
    "cp1251": _cyrillic,
    "koi8-r": _cyrillic,
}
"""The usual encodings, and which characters make sense in each."""
