"""Attainment from accounting: 163 quarterly quotas against 3,616 orders, every sum compared with the files by hand."""

from __future__ import annotations

import csv
import gzip
import shutil
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from statistics import median

import pytest

from tests import world
from tests.realdata.conftest import PLACE
from upswing.actions.import_batch import About, Imported, import_batch
from upswing.actions.rebuild import check
from upswing.book.models import Invoice
from upswing.connectors.files.connector import Files
from upswing.connectors.files.mapping import read_mapping
from upswing.core.bands import Band
from upswing.core.money import Money
from upswing.core.period import Period, parse_period
from upswing.core.scorecard import Line
from upswing.queries.freshness import booked_until, latest_day
from upswing.queries.team import team
from upswing.queries.unattributed import unattributed

pytestmark = [pytest.mark.realdata, pytest.mark.django_db]

QUARTERS = [f"{year}-Q{n}" for year in (2017, 2018, 2019, 2020) for n in (1, 2, 3, 4)][2:-2]
LAST_ORDER = date(2020, 5, 31)
DUE = 0.6423
MAPPING = """
source = "adventureworks"
organisation = "AdventureWorks"
currency = "USD"

[people]
file = "salespeople.csv"
columns = { id = "employee_key", name = "name", role = "title" }

[accounts]
file = "resellers.csv"
columns = { id = "ResellerKey", name = "ResellerName", industry = "BusinessType", country = "Country_Region" }

[invoices]
file = "orders.csv"
columns = { id = "order_number", day = "order_date", account = "reseller_key", rep = "employee_key", net = "sales_amount" }

[quotas]
file = "quotas.csv"
columns = { rep = "employee_key", period = "quarter_start", value = "quota_amount" }
metric = "booked_revenue"

[quotas.aliases.period]
""" + "\n".join(f'"{parse_period(slug, date.min).start}" = "{slug}"' for slug in QUARTERS)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The files, unpacked, with their mapping."""
    data = PLACE / "adventureworks"
    if not data.is_dir():
        pytest.skip(f"the public data set is not here: {data.name}")
    for name in ("salespeople.csv", "resellers.csv", "quotas.csv"):
        shutil.copy(data / name, tmp_path / name)
    with gzip.open(data / "orders.csv.gz") as packed, (tmp_path / "orders.csv").open("wb") as plain:
        shutil.copyfileobj(packed, plain)
    (tmp_path / "adventureworks.toml").write_text(MAPPING, encoding="utf-8")
    return tmp_path


def bring(folder: Path) -> Imported:
    mapping = read_mapping(folder / "adventureworks.toml")
    about = About(
        mapping.source, mapping.name, mapping.currency, mapping.organisation, mapping.read_on, "aw.toml"
    )
    return import_batch(world.operator(), Files(folder, mapping), about, world.NOW)


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8") as opened:
        return list(csv.DictReader(opened))


def by_hand(folder: Path) -> dict[tuple[str, str], tuple[Decimal, Decimal]]:
    """(rep, quarter) → what was ordered in it and the quota, from the files alone."""
    names = {row["employee_key"]: row["name"] for row in rows(folder, "salespeople.csv")}
    ordered: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in rows(folder, "orders.csv"):
        year, month = int(row["order_date"][:4]), int(row["order_date"][5:7])
        ordered[names[row["employee_key"]], f"{year}-Q{(month + 2) // 3}"] += Decimal(row["sales_amount"])
    found = {}
    for row in rows(folder, "quotas.csv"):
        year, month = int(row["quarter_start"][:4]), int(row["quarter_start"][5:7])
        place = names[row["employee_key"]], f"{year}-Q{(month + 2) // 3}"
        found[place] = ordered[place], Decimal(row["quota_amount"])
    return found


def lines(at: date | None = None) -> Iterator[tuple[str, Period, dict[str, Line]]]:
    """Rep, quarter and lines of every card with a quota, at the end of its quarter or on a day."""
    for slug in QUARTERS:
        period = parse_period(slug, world.TODAY)
        for card in team(world.operator(), period, at or period.last).cards:
            by_key = {line.metric.key: line for line in card.lines}
            if by_key["booked_revenue"].target is not None:
                yield card.rep, period, by_key


def test_every_order_is_the_rep_s_whom_accounting_names(folder: Path):
    first, second = bring(folder), bring(folder)
    assert (first.created, first.refused) == (17 + 701 + 3_616 + 163, 0)
    assert (second.created, second.updated) == (0, 0)
    assert set(Invoice.objects.unscoped("test").values_list("rule", flat=True)) == {"rep"}
    assert not Invoice.objects.unscoped("test").filter(account=None).exists()
    assert unattributed(world.operator()).total == 0
    assert check(world.operator()) == []


def test_every_rep_and_quarter_equals_the_files_to_the_cent_and_attains_what_they_say(folder: Path):
    bring(folder)
    wanted, shares = by_hand(folder), []
    for rep, period, found in lines():
        ordered, quota = wanted.pop((rep, period.slug))
        money, share = found["booked_revenue"], found["booked_attainment"]
        assert (money.actual, money.target) == (
            Money(int(ordered * 100), "USD"),
            Money(int(quota * 100), "USD"),
        )
        assert share.actual == Fraction(ordered) / Fraction(quota)
        shares.append(share.actual)
    assert (wanted, len(shares)) == ({}, 163)
    assert round(float(median(shares)), 4) == 0.8395
    counts = [sum(test(share) for share in shares) for test in (
        lambda share: share >= 1, lambda share: share <= Fraction(4, 5), lambda share: share >= Fraction(6, 5),
    )]  # fmt: skip
    assert counts == [9, 55, 4]  # 5.5 %, 34 %, 2.5 %


@pytest.mark.parametrize("at", [LAST_ORDER, date(2020, 6, 30), world.TODAY])
def test_the_quarter_in_which_the_orders_stop_is_never_judged_as_over(folder: Path, at: date):
    bring(folder)
    assert booked_until(world.operator()) == latest_day(world.operator()) == LAST_ORDER
    last = [(rep, found) for rep, period, found in lines(at) if period.slug == "2020-Q2"]
    assert len(last) == 17
    (due,) = {found["booked_attainment"].expected for _, found in last}
    assert (
        round(float(due), 4) == DUE
    )  # 43 of 65 working days are gone, but more used to come in the last ones
    for _, found in last:
        share = found["booked_attainment"]
        assert (share.target, share.attainment) == (1, share.actual / due)
        assert found["booked_revenue"].attainment == share.attainment
    assert round(float(median(found["booked_attainment"].actual for _, found in last)), 2) == 0.55
    assert round(float(median(found["booked_revenue"].attainment for _, found in last)), 2) == 0.85


def test_no_quarter_before_the_first_order_after_the_last_is_judged(folder: Path):
    bring(folder)
    later = parse_period("2020-Q3", world.TODAY)
    for card in team(world.operator(), later, later.last).cards:
        booked = next(line for line in card.lines if line.metric.key == "booked_revenue")
        assert (booked.band, booked.evidence) == (None, None)


def test_a_quarter_that_is_over_is_judged_by_its_whole_quota(folder: Path):
    bring(folder)
    shares = {
        place: Fraction(ordered) / Fraction(quota) for place, (ordered, quota) in by_hand(folder).items()
    }
    for rep, period, found in lines():
        if period.slug != "2020-Q2":
            share = shares[rep, period.slug]
            high, low = share >= Fraction(6, 5), share <= Fraction(4, 5)
            wanted = Band.OUTSTANDING if high else Band.NEEDS_SUPPORT if low else Band.ON_TRACK
            assert found["booked_revenue"].band is wanted, (rep, period.slug)
