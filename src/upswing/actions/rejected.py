"""The rows of an import that could not be used, as a file to mend and bring again; and its files as they were given."""

from __future__ import annotations

import csv
import io
import re
import tomllib
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from uuid import UUID

from upswing.actions.batches import batch_for
from upswing.actions.drafts import Draft, mapping_in, material
from upswing.actions.keeping import place_of
from upswing.actions.known import known
from upswing.actions.naming import Naming
from upswing.actions.permission import needs_operator
from upswing.connectors.connector import Unreadable
from upswing.connectors.files.connector import Files
from upswing.connectors.files.format import Format
from upswing.connectors.files.mapping import Mapping as FileMapping
from upswing.connectors.files.mapping import mapping_of
from upswing.connectors.files.refused import why_refused
from upswing.connectors.files.sorts import Sort, sort_of
from upswing.connectors.files.table import Source
from upswing.connectors.files.unpacking import Material, unpacked
from upswing.core.records import Problem as Found
from upswing.core.records import Severity
from upswing.intake.models import Batch, BatchFile, Problem, Upload
from upswing.people.viewer import NotVisible, Viewer

Reasons = Mapping[str, Mapping[int, str]]
"""Table → row → why it was refused."""
FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
NUMBER = re.compile(r"[+-]?[\d.,'’ ]+%?")
WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
LOOK = "look into an import"


@dataclass(frozen=True, slots=True)
class Download:
    """A file to hand out."""

    name: str
    kind: str
    content: bytes


def rejected_of_draft(viewer: Viewer, draft: Draft, today: date) -> Download:
    """The rows that an import of the draft would refuse; raises NotAllowed, Unreadable, and NotVisible for none."""
    needs_operator(viewer, "import data")
    mapping = mapping_in(draft)
    with material(draft) as found:
        there = known(mapping.source, mapping.currency, today)
        reasons: dict[str, dict[int, str]] = defaultdict(dict)
        for one in Naming.load().read(Files(found, mapping), there):
            if isinstance(one, Found) and one.severity is Severity.REFUSED:
                reasons[one.origin.file].setdefault(one.origin.row, one.sentence)
        return _download(found, mapping, reasons)


def rejected_of_batch(viewer: Viewer, uid: UUID) -> Download:
    """The rows that an import refused; raises NotAllowed, NotVisible, and Unreadable where its files were not kept."""
    batch = batch_for(viewer, uid, LOOK)
    reasons: dict[str, dict[int, str]] = defaultdict(dict)
    refused = Problem.objects.filter(batch=batch, severity=Severity.REFUSED.value).order_by("pk")
    for file, row, sentence in refused.values_list("file", "row", "sentence"):
        reasons[file].setdefault(row, sentence)
    with _material(batch) as found:
        return _download(found, _mapping(batch), reasons)


def kept_file(viewer: Viewer, uid: UUID, name: str) -> tuple[str, Path]:
    """A file of an import as it was given: its name and where it stands. Raises NotAllowed, NotVisible, Unreadable."""
    file = (
        BatchFile.objects.filter(batch=batch_for(viewer, uid, LOOK), name=name)
        .select_related("upload")
        .first()
    )
    if file is None or file.upload is None:
        raise NotVisible("There is no such file.")
    place = place_of(file.upload)
    return _called(name, place), place


def kept_files(viewer: Viewer, uid: UUID) -> frozenset[str]:
    """Those of an import's files that were kept; raises NotAllowed and NotVisible."""
    kept = BatchFile.objects.filter(batch=batch_for(viewer, uid, LOOK)).exclude(upload=None)
    return frozenset(kept.values_list("name", flat=True))


def _mapping(batch: Batch) -> FileMapping:
    if not batch.toml:
        raise Unreadable("The mapping of this import was not kept. Import the files again to get them.")
    return mapping_of(tomllib.loads(batch.toml), Path(f"{batch.source.key}.toml"))


@contextmanager
def _material(batch: Batch) -> Iterator[Material]:
    """The tables in the batch's kept files."""
    with unpacked({name: place_of(upload) for name, upload in given_files(batch).items()}) as found:
        yield found


def given_files(batch: Batch) -> dict[str, Upload]:
    """The batch's kept files by the names they were given under; without its draft, as far as their tables tell."""
    draft = getattr(batch, "draft", None)
    if draft is not None:
        return {file.name: file.upload for file in draft.files.select_related("upload")}
    files = BatchFile.objects.filter(batch=batch).exclude(upload=None).select_related("upload")
    return {_called(file.name, place_of(file.upload)): file.upload for file in files if file.upload}


def _called(table: str, place: Path) -> str:
    """What the file was called that holds a table, as far as the table tells: a book, an archive, or itself."""
    name = table.partition("#")[0]
    packed = sort_of(place, name) is Sort.ZIP and not name.casefold().endswith((".zip", *WORKBOOKS))
    return f"{name}.zip" if packed else name


def _download(found: Material, mapping: FileMapping, reasons: Reasons) -> Download:
    """One file, or an archive of several."""
    why = why_refused(mapping.source)
    files = {name: _text(_source(found, mapping, name), rows, why) for name, rows in reasons.items() if rows}
    if not files:
        raise NotVisible("No row was refused.")
    if len(files) == 1:
        for name, text in files.items():
            return Download(f"refused {_bare(name)}", "text/csv", text)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(_bare(name), text)
    return Download("refused rows.zip", "application/zip", packed.getvalue())


def _bare(table: str) -> str:
    """A table's name as the name of a text file: “Sheet 1.csv” of “book.xlsx#Sheet 1”."""
    name = Path(table.rpartition("#")[2]).name
    return name if name.casefold().endswith((".csv", ".tsv", ".txt")) else f"{name}.csv"


def _source(found: Material, mapping: FileMapping, name: str) -> Source:
    hows = (table.how for tables in mapping.tables.values() for table in tables if table.file == name)
    return found.find(name).source(next(hows, Format()))


def _text(table: Source, reasons: Mapping[int, str], why: str) -> bytes:
    """The refused rows below the file's own header, each with its reason in column `why`, written as the file is."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=table.how.delimiter or ",")
    width = len(table.header)
    with table.path.open(encoding=table.how.encoding, newline="") as lines:
        above = list(islice(csv.reader(lines, delimiter=table.how.delimiter), table.how.header))
    writer.writerows(above[:-1])
    writer.writerow([*above[-1], *[""] * (width - len(above[-1])), why])
    for number, row in enumerate(table.rows(), start=table.how.header + 1):
        if number in reasons:
            cells = row or []
            writer.writerow([*map(_safe, cells), *[""] * (width - len(cells)), reasons[number]])
    return written.getvalue().encode(table.how.encoding, errors="replace")


def _safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; numbers stay as they are."""
    return f"'{cell}" if cell.lstrip().startswith(FORMULA) and not NUMBER.fullmatch(cell) else cell
