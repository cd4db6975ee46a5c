"""What some files hold: their kinds, columns, words and ways of writing, as far as headers and values tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Map
from dataclasses import replace
from datetime import date
from typing import Any

from upswing.connectors.connector import Known, Unreadable
from upswing.connectors.files import checks
from upswing.connectors.files.fields import KINDS, PARTS
from upswing.connectors.files.format import Format
from upswing.connectors.files.guess.filling import filled
from upswing.connectors.files.guess.guessed import Confidence, Guess, Table
from upswing.connectors.files.guess.latest import latest
from upswing.connectors.files.guess.sample import Sample, sample
from upswing.connectors.files.guess.tables import guessed, stated
from upswing.connectors.files.mapped import FILE_LENGTH
from upswing.connectors.files.refused import came_from
from upswing.connectors.files.unpacking import Text

NOTHING: Map[str, Any] = {}
AS_FOUND: Map[str, Format] = {}
FORMAT = Format()


def guess(
    files: Map[str, Text],
    known: Known,
    today: date,
    like: Map[str, Any] = NOTHING,
    hows: Map[str, Format] = AS_FOUND,
) -> Guess:
    """What the files (name → text table) are, from the first rows of each.

    `like` is a mapping whose tables name these files: its columns are taken as they stand, what it leaves open is
    guessed, and of other files the kinds that it lacks. `hows` says how files are written that a person has corrected.
    Of `known` it matters only which people, accounts and products there are.
    """
    samples, unread = _samples(files, hows)
    top = {key: told for key, told in like.items() if key not in KINDS}
    told = [stated(kind, raw, samples, top) for kind, raw in _stated(like) if raw["file"] in samples]
    rest = [file for file in samples if file not in _named(like)]
    found = _lent([guessed(file, samples[file]) for file in rest], samples)
    tables = _whole([*told, *(_spare(table, told) for table in found)])
    used = [_known_only(_measured(table, tables), tables, known) for table in tables if table.kind]
    used = [_corrected(table, hows) for table in (*used, *filled(used, samples, known))]
    unused = [table for table in tables if not table.kind]
    asked = [_looked_into(file, samples) for file in samples if all(file != table.file for table in tables)]
    return Guess((*used, *unused, *asked, *unread), latest(used, samples, today), {**top, **_source(samples)})


def _samples(files: Map[str, Text], hows: Map[str, Format]) -> tuple[dict[str, Sample], list[Table]]:
    """The files' samples, and the files that cannot be read."""
    found: dict[str, Sample] = {}
    unread = []
    for file, text in files.items():
        try:
            checks.named("the mapping", "file", file, FILE_LENGTH)
            found[file] = sample(text, hows.get(file, FORMAT))
        except Unreadable as why:
            unread.append(Table(file, "", why=f"“{file}” is not used: {why}"))
    return found, unread


def _source(samples: Map[str, Sample]) -> dict[str, str]:
    """The source that the rows were refused of, where all files are of one."""
    found = {came_from(sample.header) for sample in samples.values()}
    return {"source": found.pop()} if len(found) == 1 and found != {""} else {}


def _stated(like: Map[str, Any]) -> Iterator[tuple[str, Map[str, Any]]]:
    """The tables of a raw mapping, each with its kind."""
    for kind in KINDS:
        told = like.get(kind, [])
        yield from ((kind, raw) for raw in (told if isinstance(told, list) else [told]))


def _named(like: Map[str, Any]) -> set[str]:
    """The files that a raw mapping reads."""
    found = set()
    for _, raw in _stated(like):
        lookups = (*raw.get("links", {}).values(), *raw.get("aliases_from", {}).values())
        found |= {raw["file"], *(lookup["file"] for lookup in lookups)}
    return found


def _lent(tables: list[Table], samples: Map[str, Sample]) -> list[Table]:
    """The tables; a file that was of no use only because its leads name the reps is looked at again."""
    lender = next((table for table in tables if table.kind == "leads"), None)
    return [
        table if table.kind or not lender else guessed(table.file, samples[table.file], lender)
        for table in tables
    ]


def _looked_into(file: str, samples: Map[str, Sample]) -> Table:
    """A file that the mapping names only in links and labels."""
    why = f"“{file}” brings no rows of its own: what ids of other files mean is looked up in it."
    return Table(file, "", rows=len(samples[file].rows), why=why)


def _spare(table: Table, told: Sequence[Table]) -> Table:
    """A guessed table, unless the mapping reads its kind from another file."""
    files = [one.file for one in told if one.kind == table.kind and table.kind]
    if not files:
        return table
    why = f"“{table.file}” is not used, because {_plain(table.kind)} are read from “{files[0]}”."
    return replace(table, kind="", why=why)


def _whole(tables: Sequence[Table]) -> list[Table]:
    """The tables; rows that belong to deals or quotes are not used without them."""
    kinds = {table.kind for table in tables}
    return [
        replace(table, kind="", why=_alone(table))
        if table.kind in PARTS and PARTS[table.kind] not in kinds
        else table
        for table in tables
    ]


def _alone(table: Table) -> str:
    part, whole = _plain(table.kind), PARTS[table.kind]
    return f"“{table.file}” is not used: its {part} belong to {whole}, and no file of {whole} came with it."


def _measured(table: Table, tables: Sequence[Table]) -> Table:
    """Quotas that name no metric are of booked revenue, where invoices came and no deals did."""
    kinds = {one.kind for one in tables}
    if (
        table.kind != "quotas"
        or "metric" in {*table.brings, *table.more}
        or "deals" in kinds
        or "invoices" not in kinds
    ):
        return table
    return replace(table, more={**table.more, "metric": "booked_revenue"})


def _corrected(table: Table, hows: Map[str, Format]) -> Table:
    """The table with what a person said about how its file is written."""
    how = hows.get(table.file, FORMAT)
    told = {"encoding": how.encoding, "delimiter": how.delimiter, "header": how.header}
    return replace(table, more={**table.more, **{key: said for key, said in told.items() if said}})


def _known_only(table: Table, tables: Sequence[Table], known: Known) -> Table:
    """The table without ids of leads, deals, contacts and quotes that nothing has: each would be told as unknown."""
    there = {"lead": known.leads, "deal": known.deals, "contact": known.contacts, "quote": {}}
    kinds = {one.kind for one in tables}
    idle = {
        field
        for field, ids in there.items()
        if not ids and f"{field}s" not in kinds and field not in KINDS[table.kind].needed
    }
    columns = (
        replace(column, field="", confidence=Confidence.NONE) if column.field in idle else column
        for column in table.columns
    )
    return replace(table, columns=tuple(columns))


def _plain(kind: str) -> str:
    return kind.replace("_", " ")
