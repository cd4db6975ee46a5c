"""The public data sets: recognised by their ready mappings, guessed alike without them, and read whole."""

from __future__ import annotations

import csv
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from upswing.connectors.connector import Known
from upswing.connectors.files.connector import Files
from upswing.connectors.files.fields import KINDS
from upswing.connectors.files.guess.guess import guess
from upswing.connectors.files.guess.guessed import Confidence, Guess
from upswing.connectors.files.guess.mapping import mapping
from upswing.connectors.files.mapping import mapping_of
from upswing.connectors.files.ready.recognised import recognised
from upswing.connectors.files.unpacking import Material, unpacked
from upswing.core.records import DealRecord, InvoiceRecord, PersonRecord, Problem, QuotaRecord, Record

pytestmark = pytest.mark.realdata

PLACE = Path(__file__).parents[2].parent / "shared" / "data"
TODAY = date(2026, 11, 22)
SETS = {
    "maven-crm": "Maven CRM Sales Opportunities", "adventureworks": "AdventureWorks", "leadforge-b2b": "leadforge B2B",
    "crm-seeds-hubspot": "HubSpot, extracted tables", "crm-seeds-salesforce": "Salesforce, extracted objects",
}  # fmt: skip
OTHERWISE = {
    (
        "crm-seeds-hubspot",
        "deal_property_history_data.csv",
    ): "one file of all properties, told apart by `only`",
    ("crm-seeds-hubspot", "engagement_email_data.csv"): "no rep in any row",
    ("crm-seeds-hubspot", "engagement_task_data.csv"): "no word of a kind in any row",
    ("crm-seeds-salesforce", "sf_opportunity_history_data.csv"): "its id is the deal's, which no header says",
    ("crm-seeds-salesforce", "sf_product_2_data.csv"): "all names are alike",
}
"""Files that are not guessed as their ready mapping reads them, and why."""
OTHER_COLUMNS = {
    ("sf_task_data.csv", "outcome"): ("status", "call_disposition"),
    ("sf_contact_data.csv", "name"): ("name", "first_name + last_name"),
}
"""(file, field) → (as guessed, as the ready mapping says): there call_disposition is empty, and both names are right."""


@contextmanager
def material(name: str, *files: str) -> Iterator[Material]:
    """The data set's tables, or some of its files."""
    folder = PLACE / name
    if not folder.is_dir():
        pytest.skip(f"the public data set is not here: {name}")
    given = [folder / file for file in files] or [path for path in folder.iterdir() if ".csv" in path.name]
    with unpacked({path.name: path for path in sorted(given)}) as found:
        yield found


def answered(found: Guess) -> dict[str, Any]:
    assert not found.questions
    return mapping(found)


def read(found: Material, raw: dict[str, Any], currency: str = "USD") -> tuple[list[Record], list[Problem]]:
    """The records, and the rows that were refused."""
    items = list(Files(found, mapping_of(raw, PLACE / "mapping.toml")).read(Known(currency=currency)))
    refused = [item for item in items if isinstance(item, Problem) and item.severity == "refused"]
    return [item for item in items if not isinstance(item, Problem)], refused


@pytest.mark.parametrize(("name", "known_as"), SETS.items())
def test_a_data_set_is_recognised(name: str, known_as: str):
    with material(name) as found:
        match = recognised(found.tables())[0]
    assert match.name == known_as
    assert match.whole == 1.0 or name.startswith("crm-seeds")


ROWS = {
    "maven-crm": (35 + 85 + 7 + 8_800, 0), "adventureworks": (17 + 701 + 397 + 3_616 + 163, 0),
    "leadforge-b2b": (10 + 1_500 + 5_000 + 4_558 + 61_366, 0),
}  # fmt: skip


@pytest.mark.parametrize(("name", "rows", "refused"), [(name, *told) for name, told in ROWS.items()])
def test_a_ready_mapping_takes_every_row(name: str, rows: int, refused: int):
    with material(name) as found:
        tables = found.tables()
        raw = answered(guess(tables, Known(), TODAY, like=recognised(tables)[0].raw))
        records, problems = read(found, raw)
    assert len(records) + len(problems) == rows
    assert len(problems) == refused, Counter(problem.code for problem in problems).most_common(3)


@pytest.mark.parametrize("name", [name for name in SETS if name.startswith("crm-seeds")])
def test_every_deal_of_an_extract_is_taken_or_refused_in_a_sentence(name: str):
    with material(name) as found:
        tables = found.tables()
        raw = answered(guess(tables, Known(), TODAY, like=recognised(tables)[0].raw))
        records, problems = read(found, raw)
        with tables[raw["deals"]["file"]].path.open(encoding="utf-8") as opened:
            rows = [row for row in csv.DictReader(opened) if row["is_deleted"].lower() == "false"]
    refused = [problem for problem in problems if problem.origin.file == raw["deals"]["file"]]
    deals = [record for record in records if isinstance(record, DealRecord)]
    assert len(deals) + len(refused) == len(rows)
    assert all(problem.sentence.startswith("Row ") for problem in problems)


@pytest.mark.parametrize("name", SETS)
def test_the_guess_says_what_the_ready_mapping_says(name: str):
    with material(name) as found:
        tables = found.tables()
        plain = guess(tables, Known(), TODAY)
        ready = guess(tables, Known(), TODAY, like=recognised(tables)[0].raw)
    told = {(table.file, table.kind): table.fields for table in plain.used}
    differ, missing = {}, set()
    for table in ready.used:
        if table.confidence is not Confidence.SURE:
            continue
        if (table.file, table.kind) not in told:
            missing.add((name, table.file))
            continue
        mine = told[table.file, table.kind]
        for field in set(mine) & set(table.fields):
            if mine[field] != table.fields[field]:
                differ[table.file, field] = (" + ".join(mine[field]), " + ".join(table.fields[field]))
    assert missing == {known for known in OTHERWISE if known[0] == name}
    assert differ == {key: told for key, told in OTHER_COLUMNS.items() if (PLACE / name / key[0]).exists()}


def test_one_file_of_maven_is_enough():
    with material("maven-crm", "sales_pipeline.csv") as found:
        before = time.perf_counter()
        told = guess(found.tables(), Known(), TODAY)
        took = time.perf_counter() - before
        assert [table.kind for table in told.used] == ["deals", "people", "accounts", "products"]
        assert told.latest == date(2017, 12, 31)
        items = list(Files(found, mapping_of(answered(told), PLACE / "m.toml")).read(Known(currency="USD")))
    counts = Counter(type(item) for item in items)
    assert (counts[DealRecord], counts[PersonRecord]) == (8_800, 30)
    codes = Counter(item.code for item in items if isinstance(item, Problem))
    assert codes == {
        "open_without_account": 1_425, "lost_without_value": 2_473, "open_without_value": 2_089, "no_creation_day": 500,
    }  # fmt: skip
    assert took < 2


def test_the_orders_of_adventureworks_add_up_rep_by_rep():
    with material("adventureworks") as found:
        tables = found.tables()
        raw = answered(guess(tables, Known(), TODAY, like=recognised(tables)[0].raw))
        records, _ = read(found, raw)
        with tables["orders.csv"].path.open(encoding="utf-8") as opened:
            orders = list(csv.DictReader(opened))
    invoices = [record for record in records if isinstance(record, InvoiceRecord)]
    quotas = [record for record in records if isinstance(record, QuotaRecord)]
    assert sum(one.net_minor or 0 for one in invoices) == sum(
        round(float(o["sales_amount"]) * 100) for o in orders
    )
    assert len({one.rep for one in invoices}) == 17
    assert {one.metric for one in quotas} == {"booked_revenue"}
    assert Counter(one.period for one in quotas)["2017-Q3"] == 10
    assert {kind for kind in raw if kind in KINDS} == {"people", "accounts", "products", "invoices", "quotas"}
