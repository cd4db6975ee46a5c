"""Twenty small organisations on disk, and what is set of their targets: both sides of the comparison read this."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from random import Random

from upswing.core.money import digits
from upswing.core.period import Period, month_of, parse_period, quarter_of
from upswing.simulation import SCENARIOS, simulate

Cells = dict[str, str]
SEEDS = range(1, 21)
KEYS = ("healthy", "mid-year", "multi-currency", "one-gap", "industry", "stalled-pipeline", "null")
CURRENCIES = ("EUR", "JPY", "KWD", "DKK")
FISCAL = (1, 4, 10, 1, 7)
MONTHS = 15
ROLES = ("full cycle", "sdr", "ae")
MONEY = ("won_value", "booked_revenue", "average_deal", "open_value")
UNUSED = ("contacts", "time_entries", "quote_lines", "close_changes", "stage_moves")
"""Tables that no card rests on; left out, so that twenty organisations come in within a minute."""


@dataclass(frozen=True, slots=True)
class Table:
    """A dated table of season, ramp or role; `role` "" is everybody."""

    starts: date
    shares: tuple[Fraction, ...]
    role: str = ""


@dataclass(frozen=True, slots=True)
class ByHand:
    """A target that somebody set; money in minor units."""

    rep: str
    metric: str
    period: Period
    value: Fraction


@dataclass(frozen=True, slots=True)
class Organisation:
    """What an organisation is, beyond its rows."""

    seed: int
    folder: Path
    begin: date
    last: date
    currency: str
    fiscal_start: int
    week: frozenset[int]
    seasons: tuple[Table, ...]
    ramps: tuple[Table, ...]
    roles: tuple[Table, ...]
    by_hand: tuple[ByHand, ...]

    def rows(self, table: str) -> list[Cells]:
        """The rows of a table as they are written; none where there is no such file."""
        path = self.folder / f"{table}.csv"
        if not path.exists():
            return []
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    @property
    def minor(self) -> int:
        """Minor units of one main unit."""
        return 10 ** digits(self.currency)

    @property
    def looks(self) -> tuple[tuple[Period, date], ...]:
        """Closed and running months and quarters, at an early and a late moment."""
        early, late = self.begin + timedelta(days=200 + self.seed), self.last
        closed = month_of(early.replace(day=1) - timedelta(days=1))
        return (
            (month_of(early), early),
            (quarter_of(early, self.fiscal_start), early),
            (closed, late),
            (quarter_of(early, self.fiscal_start), late),
            (month_of(late), late),
            (quarter_of(late, self.fiscal_start), late),
        )


def organisation(seed: int, folder: Path) -> Organisation:
    """The organisation of a seed, its rows in the folder."""
    key, random = KEYS[seed % len(KEYS)], Random(seed)
    begin = date(2023, 1 + seed % 12, 1)
    scenario = replace(
        SCENARIOS[key], calls=4, inbound=0.25, book_call=0.3, book_message=0.4, book_visit=0.6, warm_up=3,
        passes=(0.8, 0.85, 0.85, 0.85), asked_activity=0.45, asked=2.2,
    )  # fmt: skip
    last = begin + timedelta(days=30 * MONTHS - 13 + seed % 9)
    found = simulate(seed, scenario, months=MONTHS, start=begin, as_of=last, reps=6 + seed % 5)
    found.write(folder)
    currency = "EUR" if key == "multi-currency" else CURRENCIES[seed % len(CURRENCIES)]
    _leave_out(folder, (*UNUSED, *(("activities", "leads") if seed % 3 == 0 else ())))
    _say_currency(folder, currency)
    made = Organisation(
        seed, folder, begin, last, currency, FISCAL[seed % len(FISCAL)],
        frozenset(range(6)) if seed % 7 == 5 else frozenset(range(5)),
        _seasons(random, begin) if seed % 2 else (), _ramps(random, begin) if seed % 3 != 1 else (),
        _roles(random, begin) if seed % 4 == 2 else (), (),
    )  # fmt: skip
    _ask_differently(made, random)
    _take_days_off(made, random)
    return replace(made, by_hand=tuple(_by_hand(made, random)) if seed % 2 == 0 else ())


def _leave_out(folder: Path, tables: Iterable[str]) -> None:
    """Remove files, what the mapping says of them, and columns that refer to them."""
    mapping = (folder / "mapping.toml").read_text()
    for table in tables:
        (folder / f"{table}.csv").unlink()
    blocks = [block for block in mapping.split("\n\n") if block.split("]")[0].strip("[") not in tables]
    text = "\n\n".join(blocks).replace(', contact = "contact"', "")
    if "leads" in tables:
        text = text.replace(', lead = "lead"', "")
    (folder / "mapping.toml").write_text(text + "\n")


def _say_currency(folder: Path, currency: str) -> None:
    """Amounts in euro become amounts in the organisation's own currency."""
    mapping = (folder / "mapping.toml").read_text()
    (folder / "mapping.toml").write_text(mapping.replace('currency = "EUR"', f'currency = "{currency}"'))
    for table in ("deals", "quotes", "invoices"):
        path = folder / f"{table}.csv"
        path.write_text(path.read_text().replace(",EUR,", f",{currency},"))


def _write(path: Path, rows: list[Cells]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _ask_differently(made: Organisation, random: Random) -> None:
    """Quotas of months, of a whole year and of a stretch beside those of quarters; of what is booked; of the pipeline."""
    rows = made.rows("quotas")
    if made.seed % 5 == 4:
        rows = [row | {"metric": row["metric"].replace("won_value", "booked_revenue")} for row in rows]
    money = "booked_revenue" if made.seed % 5 == 4 else "won_value"
    months = [month_of(made.begin + timedelta(days=30 * n + 5)) for n in range(MONTHS)]
    if made.fiscal_start != 1:  # a quarter of the fiscal year holds other months: say the days themselves
        days = {
            f"{y}-Q{q}": quarter_of(date(y, 3 * q - 2, 1)) for y in range(2022, 2027) for q in range(1, 5)
        }
        rows = [
            row | {"period": f"{days[row['period']].start}..{days[row['period']].last}"}
            if random.random() < 0.7 else row for row in rows
        ]  # fmt: skip
    for rep in [row["name"] for row in made.rows("people")]:
        for month in random.sample(months, 4):
            rows.append(_quota(rep, month.slug, money, f"{random.randrange(900, 90_000)}"))
            rows.append(_quota(rep, month.slug, "meetings_held", f"{random.randrange(1, 40) / 4}"))
        rows.append(_quota(rep, f"{months[5].start}..{months[8].last}", "proposals_sent", "7.5"))
        rows.append(_quota(rep, f"{months[2].start}..{months[13].last}", "open_value", "23456.5"))
        rows += [_quota(rep, month.slug, "win_rate", f"0.{random.randrange(2, 9)}") for month in months[8:11]]
    once = {(row["rep"], _days(made, row), row["metric"]): row for row in rows}
    _write(made.folder / "quotas.csv", list(once.values()))


def _days(made: Organisation, row: Cells) -> tuple[date, date]:
    period = parse_period(row["period"], made.last, made.fiscal_start)
    return period.start, period.end


def _quota(rep: str, period: str, metric: str, value: str) -> Cells:
    return {"rep": rep, "period": period, "metric": metric, "value": value}


def _take_days_off(made: Organisation, random: Random) -> None:
    """More holidays and days off, some of them at weekends and on holidays."""
    rows = made.rows("days_off")
    day = lambda: made.begin + timedelta(days=random.randrange(30 * MONTHS))  # noqa: E731
    rows += [{"rep": "", "day": day().isoformat(), "kind": "holiday"} for _ in range(6)]
    for person in made.rows("people"):
        first = day()
        rows += [
            {"rep": person["name"], "day": (first + timedelta(n)).isoformat(), "kind": "leave"}
            for n in range(random.randrange(20))
        ]
    once = {(row["rep"], row["day"]): row for row in rows}
    _write(made.folder / "days_off.csv", list(once.values()))


def _seasons(random: Random, begin: date) -> tuple[Table, ...]:
    """One from the beginning, another from the middle of a later month."""
    weights = [tuple(Fraction(random.randrange(40, 160), 100) for _ in range(12)) for _ in range(2)]
    return Table(begin, weights[0]), Table(begin + timedelta(days=190), weights[1])


def _ramps(random: Random, begin: date) -> tuple[Table, ...]:
    return (
        Table(date(begin.year, 1, 1), tuple(Fraction(n, 6) for n in range(1, 7))),
        Table(begin + timedelta(days=150), tuple(Fraction(n, 20) for n in range(2, 20)), "full cycle"),
        Table(begin + timedelta(days=300), (Fraction(1, 3), Fraction(2, 3))),
    )


def _roles(random: Random, begin: date) -> tuple[Table, ...]:
    return (
        Table(begin + timedelta(days=40), (Fraction(random.randrange(50, 150), 100),), "full cycle"),
        Table(begin + timedelta(days=160), (Fraction(4, 5),), "SDR"),
        Table(begin + timedelta(days=260), (Fraction(1),), "full cycle"),
    )


def _by_hand(made: Organisation, random: Random) -> Iterator[ByHand]:
    """Some of the periods that are looked at, for two reps."""
    money = "booked_revenue" if made.seed % 5 == 4 else "won_value"
    for person in [row for row in made.rows("people") if not row["end"]][:3]:
        for period, _ in random.sample(made.looks, 3):
            yield ByHand(person["name"], money, period, Fraction(random.randrange(10**4, 10**7)))
            yield ByHand(person["name"], "proposals_sent", period, Fraction(random.randrange(1, 80), 4))
