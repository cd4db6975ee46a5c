"""Keep files as they were given, under the digest of what they hold: the same file twice is kept once."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from upswing.connectors.connector import Unreadable
from upswing.connectors.files.mapping import Mapping
from upswing.connectors.http import fetch
from upswing.intake.models import Upload

FOLDER = "files"
SPARE = timedelta(days=7)
"""How long a file is kept that no import refers to."""
LARGEST = 2 << 30
"""Bytes of the largest file that is kept."""


def kept(chunks: Iterable[bytes], name: str, now: datetime) -> Upload:
    """Keep what the chunks hold; raises Unreadable, calling it `name`, where it is too large or there is no room."""
    folder = settings.DATA_DIR / FOLDER
    folder.mkdir(exist_ok=True)
    digest, size = hashlib.sha256(), 0
    writing, path = tempfile.mkstemp(dir=folder)
    try:
        with os.fdopen(writing, "wb") as file:
            for chunk in chunks:
                size += len(chunk)
                if size > LARGEST:
                    raise Unreadable(
                        f"“{name}” is over {LARGEST >> 30} GB. Split it, or import it on the server."
                    )
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        return _standing(Path(path), digest.hexdigest(), size, now)
    except OSError as error:
        raise Unreadable(f"“{name}” cannot be kept: {error.strerror}. Make room in {folder}.") from error
    finally:
        Path(path).unlink(missing_ok=True)


def tidy(now: datetime) -> None:
    """Remove what was given a while ago and belongs to no import, and what a broken upload left in the folder."""
    spare = Upload.objects.filter(batches=None, drafts=None, kept__lt=now - SPARE)
    for upload in spare:
        with suppress(ProtectedError, IntegrityError), transaction.atomic():  # taken up just now
            upload.delete()
            _place(upload.digest).unlink(missing_ok=True)
    for left in (settings.DATA_DIR / FOLDER).glob("tmp*"):
        if datetime.fromtimestamp(left.stat().st_mtime, UTC) < now - SPARE:
            left.unlink(missing_ok=True)


@transaction.atomic
def _standing(written: Path, digest: str, size: int, now: datetime) -> Upload:
    """The row before its file, in one transaction: whoever tidies up waits for it, or has done."""
    upload, _ = Upload.objects.update_or_create(digest=digest, defaults={"size": size, "kept": now})
    place = _place(digest)
    place.parent.mkdir(exist_ok=True)
    written.replace(place)
    return upload


def keep_path(path: Path, now: datetime) -> Upload:
    """Keep a file that stands on this machine."""
    with path.open("rb") as file:
        return kept(iter(lambda: file.read(1 << 20), b""), path.name, now)


def keep_address(address: str, now: datetime) -> tuple[str, Upload]:
    """Fetch a file from a web address (a Google Sheet as CSV) and keep it: its name and what is kept.

    Raises Unreadable with a sentence.
    """
    with TemporaryDirectory(prefix="upswing-") as folder:
        path = fetch(address, Path(folder) / "fetched", settings.PRIVATE_HOSTS)
        name = Path(urlsplit(address).path).name
        return (name if "." in name else "sheet.csv"), keep_path(path, now)


def place_of(upload: Upload) -> Path:
    """Where a kept file stands; raises Unreadable when it is gone."""
    place = _place(upload.digest)
    if not place.is_file():
        raise Unreadable(f"The kept file {upload.digest[:12]} is gone from {place.parent}. Bring it again.")
    return place


def holders(mapping: Mapping, files: Collection[str]) -> dict[str, str]:
    """Table of the mapping → the file that holds it: itself, packed, a workbook, or the first archive among them."""
    archives = sorted(name for name in files if name.casefold().endswith(".zip"))
    found = {}
    for table in (one.file for tables in mapping.tables.values() for one in tables):
        places = (table, f"{table}.gz", table.removesuffix(".gz"), table.partition("#")[0])
        if holding := [place for place in places if place in files] or archives:
            found[table] = holding[0]
    return found


def _place(digest: str) -> Path:
    folder: Path = settings.DATA_DIR / FOLDER / digest[:2]
    return folder / digest
