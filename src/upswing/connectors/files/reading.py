"""The rows of one table, from cells to records; what cannot be used becomes a problem in its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Map
from operator import call, itemgetter

from upswing.connectors.connector import folded, printable
from upswing.connectors.files.build import Builder
from upswing.connectors.files.columns import columns, text_of
from upswing.connectors.files.fields import KINDS
from upswing.connectors.files.parsers import Parse
from upswing.connectors.files.refused import Refused
from upswing.connectors.files.sheet import Sheet
from upswing.connectors.files.table import CELL_LENGTH, Row, Source
from upswing.core.records import Origin, Problem, Record, Severity

NAMING = ("id", "name", "rep")
"""Fields that say which row it is."""


def read_rows(
    sheet: Sheet, source: Source, builder: Builder, labels: Map[str, Map[str, str]]
) -> Iterator[Record | Problem]:
    """Every row of the file once: a record (after what is worth telling about it) or a refusal."""
    kind, layout, notes = KINDS[sheet.table.kind], sheet.layout, sheet.notes
    build, parse = builder(sheet), columns(sheet, labels)
    pick = itemgetter(*(layout.places[field] for field in kind.fields))
    file, width, tail, made = printable(source.name), layout.width, layout.tail, layout.made
    for number, row in enumerate(source.rows(), start=source.how.header + 1):
        if row is None or (len(row) != width and not source.fits(row)):
            if row is None or any(row):
                yield _unreadable(Origin(file, number), row, width)
            continue
        if not any(row) or (layout.only and sheet.passes_over(row)):
            continue
        row.extend(tail)
        for make in made:
            row.append(make(row))
        sheet.row, sheet.origin = row, Origin(file, number)
        try:
            record = build(tuple(map(call, parse, pick(row))))
        except Refused as why:
            why = _whole(why, parse, pick(row))
            notes.clear()
            yield from _refused(sheet, why)
            continue
        if notes:
            yield from notes
            notes.clear()
        if record is not None:
            yield record


def _whole(why: Refused, parse: Sequence[Parse], cells: Sequence[str]) -> Refused:
    """The refusal with the faults of the row's other cells: mended at once, the row needs not come back twice."""
    if why.code == "repeated_id":  # all cells were read by then
        return why
    faults = [str(why)]
    for one, cell in zip(parse, cells, strict=True):
        try:
            one(cell)
        except Refused as other:
            faults += [] if str(other) in faults else [str(other)]
    return Refused(why.code, why.field, why.value, " Also, ".join(faults)) if faults[1:] else why


def _unreadable(origin: Origin, row: Row | None, width: int) -> Problem:
    if row is None:
        sentence = (
            f"it has a cell of more than {CELL_LENGTH:,} characters. Look for a quote that is not closed."
        )
        return _problem(origin, "", Refused("cell_too_long", "", "", sentence))
    sentence = f"it has {len(row)} cells, the header {width}. Look for a stray delimiter or quote."
    return _problem(origin, "", Refused("row_width", "", "", sentence))


def _refused(sheet: Sheet, why: Refused) -> Iterator[Problem]:
    """The refusal; in a distinct table once for each name. A refused row does not keep its id from a later one."""
    if sheet.table.distinct:
        if why.code == "repeated_id":
            return
        name = folded(text_of(sheet, "name"))
        if sheet.seen.claim(name, sheet.origin) is not sheet.origin:
            return
    elif why.code != "repeated_id":
        sheet.seen.give_back(sheet.claimed)
    fields = KINDS[sheet.table.kind].fields
    named = (sheet.raw(field).strip() for field in (*NAMING, *fields) if field in fields)
    yield _problem(sheet.origin, next(filter(None, named), ""), why)


def _problem(origin: Origin, record: str, why: Refused) -> Problem:
    return Problem(
        Severity.REFUSED, why.code, origin, record[:200], why.field, why.value, f"Row {origin.row}: {why}"
    )
