"""Measure everything and print it as Markdown: python -m benchmarks.run [--quick] [--large] [--maven PATH]."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.scratch import Figures, machine, measured

HEADINGS = ("what", "on", "measured", "aim")
Row = tuple[str, str, str, str]


def main() -> None:
    """Print the table."""
    given = _arguments()
    print(f"Measured on {machine()}.\n")
    print(_line(HEADINGS), _line(["---"] * len(HEADINGS)), sep="\n")
    for row in rows(given):
        print(_line(row), flush=True)


def rows(given: argparse.Namespace) -> Iterator[Row]:
    """Every row, as soon as it is known."""
    yield from opening(measured("opening", *(("20000", "10") if given.quick else ())))
    for part in (_intakes, _imports, _worlds, _ledgers, _pages, _crowds):
        for postgres in (False,) if given.quick else (False, True):
            yield from part(given, postgres)
    yield from comparing(measured("comparing"))
    yield from weight(measured("weight"))


def _on(postgres: bool, part: str, *words: str) -> Figures:
    """A part on an empty database of its own: SQLite, or a throw-away PostgreSQL server."""
    if not postgres:
        return measured(part, *words)
    from tests.cluster import throwaway_cluster

    with throwaway_cluster() as url:
        return measured(part, *words, url=url)


def _imports(given: argparse.Namespace, postgres: bool) -> Iterator[Row]:
    if given.maven:
        yield from importing(_on(postgres, "importing", str(given.maven), "1" if given.quick else "5"))


def _intakes(given: argparse.Namespace, postgres: bool) -> Iterator[Row]:
    yield from intake(_on(postgres, "intake", *(("20000", "2000") if given.quick else ())))


def _worlds(given: argparse.Namespace, postgres: bool) -> Iterator[Row]:
    """A world to load on each database; the large one, which takes minutes, on both when asked."""
    scale = ("tiny", "0", "2") if given.quick else ("healthy", "40", "12")
    yield from generating(_on(postgres, "generating", *scale, "load"))
    if given.large:
        yield from generating(_on(postgres, "generating", "large", "0", "36", "load"))
    elif not postgres and not given.quick:
        yield from generating(_on(postgres, "generating", "large", "0", "36", "make"))


def _ledgers(given: argparse.Namespace, postgres: bool) -> Iterator[Row]:
    for facts, reps in [(100_000, 50)] if given.quick else [(1_000_000, 200), (10_000_000, 1_000)]:
        yield from counting(_on(postgres, "counting", str(facts), str(reps)))
    yield from latency(_on(postgres, "latency", "100000" if given.quick else "1000000"))


def _pages(given: argparse.Namespace, postgres: bool) -> Iterator[Row]:
    """Pages on PostgreSQL, as large installations have it; a small ledger to see that it still runs."""
    if given.quick or postgres:
        yield from boards(_on(True, "boards", *(("100000", "250") if given.quick else ("10000000", "1000"))))


def _crowds(given: argparse.Namespace, postgres: bool) -> Iterator[Row]:
    yield from crowd(_on(postgres, "crowd", "3" if given.quick else "20"))


def opening(found: Figures) -> Iterator[Row]:
    """How long it takes until files are text, and known."""
    book = f"{found['opened']:.1f} s, read by {found['read']:.1f} s, {found['child_megabytes']} MB"
    yield f"open a workbook of {found['rows']:,} rows × {found['columns']}", "a process of its own", book, ""
    csv = f"{found['looked']:.2f} s to look at it, {found['counted']:.2f} s to count {found['lines']:,} lines"
    yield f"look at a CSV of {found['megabytes']} MB", "one process", csv, ""


def intake(found: Figures) -> Iterator[Row]:
    """A CSV tried out, imported, taken back; a workbook imported."""
    on, rows, sheet = found["database"], found["rows"], found["sheet_rows"]
    tried = f"{found['try']:.1f} s, {found['try_megabytes']} MB"
    yield f"trial run of a CSV of {found['bytes'] / 1e6:.0f} MB", on, tried, "< 10 s"
    brought = f"{rows / found['import']:,.0f} rows/s, {found['import_megabytes']} MB"
    yield f"import it: {rows:,} activities", on, brought, "≥ 20,000 rows/s, < 500 MB"
    undone = f"{rows / found['undo']:,.0f} rows/s, {found['undo_megabytes']} MB"
    yield "take it back", on, undone, "< 500 MB"
    yield f"import a workbook of {sheet:,} activities", on, f"{sheet / found['sheet']:,.0f} rows/s", ""


def generating(found: Figures) -> Iterator[Row]:
    """How fast a world is made, written and loaded."""
    what = f"{found['scenario']}, {found['activities']:,} activities"
    rate = found["activities"] / found["made"]
    made = f"{rate:,.0f} activities/s, {found['megabytes']:,} MB"
    yield f"make the world {what}", "numpy", made, "≥ 150,000/s, 2,000 MB"
    written = f"{found['rows'] / found['written']:,.0f} rows/s ({found['rows']:,} rows)"
    yield "write it as CSV", "one process", written, ""
    if "load" in found:
        rate = found["loaded"] / found["load"]
        aim = "≥ 20,000 rows/s" if found["database"].startswith("SQLite") else "≥ 15,000 rows/s"
        loaded = f"{rate:,.0f} rows/s ({found['loaded']:,} in {found['load']:.0f} s), {found['load_megabytes']:,} MB"
        yield "import it, files to facts and tiers", found["database"], loaded, aim


def latency(found: Figures) -> Iterator[Row]:
    """Milliseconds from records in hand to the figure that shows them."""
    on = f"{found['database']}, {found['facts']:,} facts"
    for size, taken in found["milliseconds"].items():
        yield f"write and read back {int(size):,} activities of a rep", on, f"{taken:.1f} ms", ""


def crowd(found: Figures) -> Iterator[Row]:
    """What four writers and four readers got done together."""
    done = (
        f"{found['written'] / found['seconds']:,.0f} activities/s, {found['read'] / found['seconds']:,.0f} cards/s, "
        f"{found['errors']} errors, {found['wrong']} figures that disagree"
    )
    yield "4 writers and 4 readers at once", found["database"], done, "0 errors, 0 that disagree"


def importing(found: Figures) -> Iterator[Row]:
    """Rows a second, the first time and again."""
    for word, key in (
        ("import of the Maven folder, first time", "first"),
        ("the same folder again", "second"),
    ):
        rate = f"{found['rows'] / found[key]:,.0f} rows/s ({found['rows']:,} in {found[key]:.2f} s)"
        yield word, found["database"], rate, ""


def counting(found: Figures) -> Iterator[Row]:
    """Cards, boards and the organisation's count."""
    on, reps = f"{found['database']}, {found['facts']:,} facts", f"{found['reps']:,} reps"
    card, board = (
        f"{found[f'{name}_statements']} statements, {found[f'{name}_sql']:.1f} ms SQL, {found[name]:.0f} ms in all"
        for name in ("card", "board")
    )
    yield "one rep's card, a running quarter", on, card, "< 5 ms SQL"
    yield f"board of {reps}, the same quarter", on, board, ""
    yield f"the same as a workbook with {reps}", on, f"{found['workbook']:.1f} s", "≤ 5 s for 200"
    ratio = found["raw_sql"] / found["tier_sql"]
    both = f"{found['tier_sql']:.1f} ms against {found['raw_sql']:.0f} ms SQL: {ratio:.0f} ×"
    aim = "≥ 20 ×, ≤ 20 ms" if found["reps"] >= 1_000 else "≥ 20 ×"
    yield f"two quarters of {reps}, month tier against facts", on, both, aim
    whole = f"{found['tier']:.1f} ms against {found['raw']:.0f} ms: {found['raw'] / found['tier']:.0f} ×"
    yield "the same with the answer built in Python", on, whole, ""
    yield "both tiers anew from all facts", on, f"{found['recount']:,.0f} facts/s", "≥ 1,000,000 facts/s"


def boards(found: Figures) -> Iterator[Row]:
    """Pages of somebody signed in; the counts behind them beside plain views and DuckDB."""
    on, reps = f"{found['database']}, {found['facts']:,} facts", f"{found['reps']:,} reps"
    card = f"{found['card_statements']} statements, p50 {found['card_p50']:.0f} ms, p95 {found['card_p95']:.0f} ms"
    yield "my scorecard page, signed in", on, card, "p50 ≤ 40 ms, p95 ≤ 80 ms"
    for key, what, aim in (
        ("team", "page of a team of ten", ""),
        ("board", f"page of a team of {reps}", "≤ 250 ms"),
    ):
        yield what, on, f"{found[f'{key}_statements']} statements, {found[key]:,.0f} ms", aim
    yield f"workbook of {found['workbook_reps']} reps", on, f"{found['workbook']:.1f} s", "≤ 5 s for 200"
    for key, what in (("card", "one card, judged, with its history"), ("board", f"cards of {reps}, judged")):
        beside = [f"ours {found[f'ours_{key}']:,.0f} ms", f"counts by views {found[f'views_{key}']:,.0f} ms"]
        duck = f"duckdb_{key}"
        beside.append(f"by {found['duckdb']} {found[duck]:,.0f} ms" if duck in found else found["duckdb"])
        yield what, on, "; ".join(beside), ""


def comparing(found: Figures) -> Iterator[Row]:
    """Milliseconds until reps can be compared fairly."""
    yield f"posteriors of {found['reps']} reps", "numpy", f"{found['estimates']:.0f} ms", ""
    drawn = f"{found['draws']:.0f} ms, {found['ranks']:.0f} ms for their rank groups"
    yield f"{found['number']:,} joint draws of them", "numpy", drawn, ""


def weight(found: Figures) -> Iterator[Row]:
    """Compressed bytes against the budgets."""
    budgets = {"scorecard": 40, "team": 40, "css": 12, "js": 30}
    words = {
        "scorecard": "scorecard page, HTML",
        "team": "team page, HTML",
        "css": "all CSS",
        "js": "all JavaScript",
    }
    for key, budget in budgets.items():
        yield f"{words[key]}, gzip", "the demo", f"{found[key] / 1000:.1f} kB", f"≤ {budget} kB"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="SQLite alone and 100,000 facts: does it still run?"
    )
    parser.add_argument(
        "--large",
        action="store_true",
        help="load the large world too (200 reps, 36 months: about half an hour)",
    )
    parser.add_argument("--maven", type=Path, metavar="PATH", help="folder of the Maven CRM practice data")
    return parser.parse_args()


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
