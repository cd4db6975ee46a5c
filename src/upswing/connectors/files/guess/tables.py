"""One file as one kind: by its headers and values, or as a mapping that was recognised says."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Mapping as Map
from dataclasses import replace
from typing import Any

from upswing.connectors.connector import printable
from upswing.connectors.files.fields import KINDS, VALUED, Cell
from upswing.connectors.files.guess.denying import denied
from upswing.connectors.files.guess.guessed import Column, Confidence, Table
from upswing.connectors.files.guess.kinds import Fit, constants, fit_of, fits_of, nearest_fit, why_not
from upswing.connectors.files.guess.meanings import meanings
from upswing.connectors.files.guess.sample import Sample
from upswing.connectors.files.guess.styles import as_day, reading
from upswing.connectors.files.guess.vocabulary import unit
from upswing.connectors.files.guess.written import days_written, numbers_written

SHOWN, SHOWN_LENGTH = 3, 40
NUMBERS = {"number", "money", "rate", "quantity", "revision", "span", "weeks", "quota"}
TIMES = {"day", "moment", "instant", "period"}
OWN_UNIT = {"seconds": "s", "minutes": "min"}


def guessed(file: str, sample: Sample, lender: Table | None = None) -> Table:
    """The file as the kind its columns fill best; `lender` are leads that know the rep of what came of them."""
    columns = _columns(sample)
    if not sample.rows:
        why = f"“{file}” is not used, because it has no row below its header."
        return Table(file, "", columns, why=why)
    fits = fits_of(file, columns, sample, ("rep",) if lender else ())
    if not fits or not fits[0].usable:
        return _unused(file, columns, sample, fits)
    return _as(fits[0], file, columns, sample, lender)


UNMEANT = {"quotas": {"metric"}}
"""Kind → fields without which its rows would mean something else: rather none than of another metric."""


def _unused(file: str, columns: tuple[Column, ...], sample: Sample, fits: list[Fit]) -> Table:
    """The file without a kind, and why: which columns the nearest kind lacks, or which of them its cells deny."""
    best = nearest_fit(fits)
    if best is None:
        why = f"“{file}” is not used, because its columns are those of no kind of record we know."
        return Table(file, "", columns, len(sample.rows), why=why)
    odd = denied(best.kind, columns, sample, best.found)
    odd = tuple(one for one in odd if one.field in best.missing)
    if len(odd) < len(best.missing):  # others are not there at all
        odd = ()
    return Table(file, "", columns, len(sample.rows), why=why_not(file, best, odd), denied=odd)


def _as(best: Fit, file: str, columns: tuple[Column, ...], sample: Sample, lender: Table | None) -> Table:
    """The file as one kind, by the columns that were found for it."""
    kind, found = best.kind, best.found
    fields = {one.place: (name, one.confidence) for name, one in found.single.items()}
    placed = tuple(
        replace(column, field=fields[place][0], confidence=fields[place][1]) if place in fields else column
        for place, column in enumerate(columns)
    )
    odd = denied(kind, columns, sample, found)
    if unmeant := tuple(one for one in odd if one.field in UNMEANT.get(kind, ())):
        return Table(file, "", columns, len(sample.rows), why=why_not(file, best, unmeant), denied=unmeant)
    needed = [found.single[name].confidence for name in KINDS[kind].needed if name in found.single]
    sure = best.confirmed and Confidence.LIKELY not in needed
    table = Table(
        file, kind, placed, len(sample.rows), Confidence.SURE if sure else Confidence.LIKELY,
        further=found.joined, more=_given(file, best, columns, lender),
        denied=odd,
    )  # fmt: skip
    return _finished(table, sample, {}, ())


def _given(file: str, best: Fit, columns: tuple[Column, ...], lender: Table | None) -> dict[str, Any]:
    """Needed fields without a column: what the file's name tells, and the rep that the row's lead knows."""
    missing = best.found.missing(best.kind)
    told = {name: word for name, word in constants(file, best.kind).items() if name in missing}
    given: dict[str, Any] = {"values": told} if told else {}
    if "rep" in missing and lender:
        key, value = (lender.fields[name][0] for name in ("id", "rep"))
        by = columns[best.found.single["lead"].place].header
        given["links"] = {"rep": {"file": lender.file, "key": key, "value": value, "by": by}}
    return given


def stated(kind: str, raw: Map[str, Any], samples: Map[str, Sample], top: Collection[str]) -> Table:
    """The file as a mapping's table says; its words and ways of writing are guessed where the mapping is silent.

    A table without columns says the kind alone: they are guessed. `top` are the keys that the whole mapping states.
    """
    sample = samples[raw["file"]]
    if not raw["columns"]:
        columns = _columns(sample)
        fit = fit_of(raw["file"], kind, columns, sample)
        if fit.missing:
            return _unused(raw["file"], columns, sample, [fit])
        return _as(fit, raw["file"], columns, sample, None)
    several = {
        name: (told,) if isinstance(told, str) else tuple(told) for name, told in raw["columns"].items()
    }
    single: dict[str, str] = {}
    for name, headers in several.items():
        if len(headers) == 1:
            single.setdefault(headers[0], name)
    placed = tuple(
        replace(column, field=single[column.header], confidence=Confidence.SURE)
        if column.header in single
        else column
        for column in _columns(sample)
    )
    further = {name: headers for name, headers in several.items() if name not in single.values()}
    more = {key: told for key, told in raw.items() if key not in {"file", "columns"}}
    table = Table(raw["file"], kind, placed, len(sample.rows), Confidence.SURE, further=further, more=more)
    return _finished(table, sample, _labels(raw, samples), {*raw, *top})


def _columns(sample: Sample) -> tuple[Column, ...]:
    return tuple(
        Column(header, tuple(_shown(cells)), reading(cells))
        for header, cells in zip(sample.header, sample.columns, strict=True)
    )


def _shown(cells: Map[str, int]) -> list[str]:
    shown = (printable(cell, SHOWN_LENGTH) for cell in cells)
    return [cell for cell, _ in zip(filter(None, shown), range(SHOWN), strict=False)]


def _labels(raw: Map[str, Any], samples: Map[str, Sample]) -> dict[str, dict[str, str]]:
    """Field → what its ids stand for, by the files the mapping names."""
    found = {}
    for name, lookup in raw.get("aliases_from", {}).items():
        if lookup["file"] in samples:
            value = lookup["value"]
            several = [value] if isinstance(value, str) else value
            found[name] = samples[lookup["file"]].pairs(lookup["key"], several)
    return found


def _finished(table: Table, sample: Sample, labels: Map[str, Map[str, str]], told: Collection[str]) -> Table:
    """The table with its words and ways of writing, but for those that are told."""
    fields = {name: sample.cells(headers) for name, headers in table.fields.items()}
    kinds: Map[str, Cell] = KINDS[table.kind].fields
    words = tuple(
        meaning
        for name, cells in fields.items()
        for meaning in meanings(name, kinds[name], _labelled(cells, labels.get(name, {})))
    )
    by_header: dict[tuple[str, ...], Column] = {(column.header,): column for column in table.columns}
    written: dict[str, str] = {}
    questions = []
    for wanted, decide, key in ((TIMES, days_written, "date"), (NUMBERS, numbers_written, "decimal")):
        headers = dict.fromkeys(one for name, one in table.fields.items() if kinds[name].reads in wanted)
        columns = [(by_header.get(one) or _joined(one, sample), sample.cells(one)) for one in headers]
        if key not in told:
            keys, asked = decide(table.file, columns)
            written |= keys
            questions += [asked] if asked else []
    return replace(
        table,
        meanings=words,
        written=written,
        questions=tuple(questions),
        more={**_units(table, sample), **table.more},
    )


def _joined(headers: tuple[str, ...], sample: Sample) -> Column:
    """Several columns as the one that the mapping makes of them."""
    cells = sample.cells(headers)
    return Column(" + ".join(headers), tuple(_shown(cells)), reading(cells))


def _labelled(cells: Map[str, int], labels: Map[str, str]) -> Map[str, int]:
    """The cells as the labels call them; two ids of one label are one word."""
    found: dict[str, int] = {}
    for cell, count in cells.items():
        word = labels.get(cell) or cell
        found[word] = found.get(word, 0) + count
    return found


def _units(table: Table, sample: Sample) -> dict[str, Any]:
    """Units of times that headers name, and which period the days of a column stand for."""
    found: dict[str, str] = {}
    for column in table.columns:
        if column.field in VALUED:
            told = _step(column, sample) if column.field == "period" else unit(column.header)
            found |= {column.field: told} if told not in {"", OWN_UNIT.get(column.field)} else {}
    return {"unit": found} if found else {}


def _step(column: Column, sample: Sample) -> str:
    """What the first days of periods are apart: a year, quarters or months; empty where the cells are no days."""
    style = next(iter(column.reading.days), "")
    found = (as_day(cell, style) for cell in sample.cells((column.header,)))
    months = {day.month for day in found if day}
    if not months:
        return ""
    return "quarter" if len(months) > 1 and months <= {1, 4, 7, 10} else "year" if months == {1} else "month"
