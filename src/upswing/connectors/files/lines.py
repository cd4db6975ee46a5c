"""The lines of a text file, counted; what is no text is found on the way."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from upswing.connectors.connector import Unreadable
from upswing.connectors.files.format import Format

LINE_LENGTH = 1 << 22
"""A line's characters: a longer one would hold millions of cells."""
BLOCK = 1 << 20


def lines_of(path: Path, how: Format, name: str = "") -> int:
    """How many lines the file has; raises Unreadable naming the first byte that is not text in its encoding.

    Also where a line is longer than any row of a table. `name` is what sentences call the file.
    """
    name, lines, last, run = name or path.name, 0, "\n", 0
    try:
        with opening(name, how), path.open("rb") as opened:
            decoder = io.IncrementalNewlineDecoder(
                codecs.getincrementaldecoder(how.encoding)(), translate=True
            )
            raw = b"-"
            while raw:
                raw = opened.read(BLOCK)
                text = decoder.decode(raw, final=not raw)
                run = _run(text, run)
                if run > LINE_LENGTH:
                    raise _too_long(name, lines + 1)
                lines += text.count("\n")
                last = text or last
    except UnicodeDecodeError as error:
        raise _not_text(name, how, error, lines) from None
    return lines + (not last.endswith("\n"))


def _run(text: str, run: int) -> int:
    """Characters of the line that `text` goes on with, or where it ends one too long, of that one."""
    end = text.find("\n")
    if end < 0 or run + end > LINE_LENGTH:
        return run + len(text)
    return len(text) - text.rfind("\n") - 1


def _too_long(name: str, line: int) -> Unreadable:
    sentence = f"it has more than {LINE_LENGTH:,} characters. Look for a missing line end."
    return Unreadable(f"{name}, line {line:,}: {sentence}")


def _not_text(name: str, how: Format, error: UnicodeDecodeError, lines: int) -> Unreadable:
    row = lines + error.object.count(b"\n", 0, error.start) + 1
    return Unreadable(
        f"{name}, row {row}: the byte 0x{error.object[error.start]:02X} "
        f"is not {how.encoding.removesuffix('-sig')} text. "
        'Write the file\'s encoding into the mapping, for example encoding = "cp1252".'
    )


@contextmanager
def opening(name: str, how: Format) -> Iterator[None]:
    """Raises Unreadable where a file cannot be opened or its encoding is none; UnicodeDecodeError passes."""
    try:
        yield
    except (Unreadable, UnicodeDecodeError):
        raise
    except (LookupError, ValueError) as error:
        raise _no_encoding(name, how, error) from None
    except OSError as error:
        raise Unreadable(f"{name} cannot be read: {error.strerror}.") from error


def _no_encoding(name: str, how: Format, error: Exception) -> Unreadable:
    """Why a file could not be decoded at all."""
    if isinstance(error, UnicodeError):
        return Unreadable(f"{name} is not {how.encoding} text: {error}.")
    return Unreadable(f"No encoding is called “{how.encoding}”. Write utf-8, cp1252 or utf-16.")
