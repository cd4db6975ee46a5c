"""Measure everything and print it as Markdown: python -m benchmarks.run [--facts N] [--quick] [--maven PATH]."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
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
    with ExitStack() as stack:
        urls = ["", *_postgresql(stack, given.quick)]
        if given.maven:
            for url in urls:
                yield from importing(
                    measured("importing", str(given.maven), "1" if given.quick else "5", url=url)
                )
        for url in urls:
            yield from counting(measured("counting", str(given.facts), url=url))
    yield from weight(measured("weight"))


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
    on = f"{found['database']}, {found['facts']:,} facts"
    card, board = (
        f"{found[f'{name}_statements']} statements, {found[f'{name}_sql']:.1f} ms SQL, {found[name]:.0f} ms in all"
        for name in ("card", "board")
    )
    yield "one rep's card, a running quarter", on, card, "< 5 ms SQL"
    yield "board of 200 reps, the same quarter", on, board, ""
    ratio = found["raw_sql"] / found["tier_sql"]
    both = f"{found['tier_sql']:.1f} ms against {found['raw_sql']:.0f} ms SQL: {ratio:.0f} ×"
    yield "two quarters of the organisation, month tier against facts", on, both, "≥ 20 ×"
    whole = f"{found['tier']:.1f} ms against {found['raw']:.0f} ms: {found['raw'] / found['tier']:.0f} ×"
    yield "the same with the answer built in Python", on, whole, ""


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


def _postgresql(stack: ExitStack, quick: bool) -> list[str]:
    """A throw-away server, unless a quick look is enough."""
    if quick:
        return []
    from tests.cluster import throwaway_cluster

    return [stack.enter_context(throwaway_cluster())]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    parser.add_argument(
        "--facts", type=int, default=None, help="facts in the large ledger (default 1,000,000)"
    )
    parser.add_argument(
        "--quick", action="store_true", help="SQLite alone and 100,000 facts: does it still run?"
    )
    parser.add_argument("--maven", type=Path, metavar="PATH", help="folder of the Maven CRM practice data")
    given = parser.parse_args()
    given.facts = given.facts or (100_000 if given.quick else 1_000_000)
    return given


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
