"""A book from before: its upgrade attributes invoices and lets what has no rate wait for one, and the figures agree."""

from __future__ import annotations

from pathlib import Path

from tests.cli.test_installation import START, run

BEFORE = """
from dataclasses import replace
from django.core.management import call_command
from tests.actions.books import ACME, booked, won
from tests.actions.told import quote
from tests.world import bring, deal, roster
from upswing.core.records import InvoiceKind
note = booked("N1", "2026-10-08", 400, corrects="I1", kind=InvoiceKind.CREDIT_NOTE)
bring(
    *roster(), ACME, won("D1", "Tess", "2026-10-05", 1_000), won("D2", "Rami", "2026-10-05", 70),
    quote("Q1", "D1", 1, "2026-09-10", 900), booked("I1", "2026-10-06", 1_000, deal="D1"),
    booked("I2", "2026-10-06", 50, rep="Stan"), booked("I3", "2026-10-06", 70, "ACME"),
    booked("I4", "2026-10-06", 5), note,
)
call_command("migrate", "book", "0002", verbosity=0)
from django.db import connection
connection.cursor().execute("UPDATE book_invoice SET deal_id = NULL, account_id = NULL WHERE external_id = 'I3'")
"""
AFTER = """
from tests.actions.books import attributed
from tests.actions.standing import sums
from tests.world import operator
from upswing.actions.rebuild import check
assert check(operator()) == []
print(sorted(attributed().items()))
print([sums(name).get("booked_revenue") for name in ("Tess", "Stan", "Rami")])
"""
WANTED = [
    ("I1", ("deal", {"Tess": 1})), ("I2", ("rep", {"Stan": 1})), ("I3", ("match", {"Rami": 1})),
    ("I4", ("waiting", {})), ("N1", ("corrected", {"Tess": 1})),
]  # fmt: skip


def test_an_upgrade_attributes_what_was_booked_before(tmp_path: Path):
    made = run(tmp_path, START + BEFORE)
    assert made.returncode == 0, made.stderr
    upgraded = run(tmp_path, START + AFTER)
    assert upgraded.returncode == 0, upgraded.stderr
    assert upgraded.stdout.splitlines() == [
        str(WANTED),
        "[60000, 5000, 7000]",
    ]


STATED = """
from django.core.management import call_command
from tests.actions.test_rates import OPEN, WON, bring
bill = {"id": "I1", "day": "2026-10-06", "rep": "Tess", "net": "500", "currency": "USD"}
offer = {"id": "Q1", "deal": "D1", "sent": "2026-09-10", "amount": "900", "currency": "USD"}
bring(deals=[OPEN, WON, {**OPEN, "id": "D3", "currency": ""}], invoices=[bill], quotes=[offer])
call_command("migrate", "book", "0008", verbosity=0)
"""
FILLED = """
from tests.actions.standing import sums
from tests.actions.test_rates import OPEN, amounts, bring, enter
from tests.world import operator
from upswing.actions.rebuild import check
from upswing.queries.rate_gaps import gaps
print([(gap.currency, str(gap.first), gap.deals, gap.quotes, gap.invoices) for gap in gaps(operator())])
print(enter("0.9"), sorted(amounts().items()), sums("Tess")["booked_revenue"], check(operator()))
bring(deals=[OPEN])
print(amounts()["D1"], bring(deals=[OPEN]).updated)
"""


def test_an_upgrade_lets_what_was_never_converted_wait_for_a_rate(tmp_path: Path):
    made = run(tmp_path, START + STATED)
    assert made.returncode == 0, made.stderr
    upgraded = run(tmp_path, START + FILLED)
    assert upgraded.returncode == 0, upgraded.stderr
    assert upgraded.stdout.splitlines() == [
        "[('USD', '2026-09-01', 2, 1, 1)]",
        "4 [('D1', 90000), ('D2', 180045), ('D3', 100000)] 45000 []",
        "90000 0",
    ]
