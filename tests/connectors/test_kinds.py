"""Every kind of record, read from our own format: a worked example each."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from tests.connectors.company import codes, of, read, write
from upswing.connectors.connector import Known, KnownLead
from upswing.core.records import (
    AccountRecord,
    ActivityKind,
    ActivityRecord,
    AssessmentRecord,
    Capture,
    ContactRecord,
    CourseRecord,
    DayOffRecord,
    DealRecord,
    Disposition,
    Happened,
    InvoiceKind,
    InvoiceRecord,
    LeadRecord,
    LoginRecord,
    MembershipRecord,
    Origin,
    Outcome,
    PersonRecord,
    ProductRecord,
    QuotaRecord,
    QuoteLine,
    QuoteRecord,
    QuoteStatus,
    StageMove,
    TimeEntryRecord,
)

ORDER = [
    PersonRecord, MembershipRecord, DayOffRecord, AccountRecord, ContactRecord, ProductRecord, LeadRecord, DealRecord,
    ActivityRecord, QuoteRecord, InvoiceRecord, TimeEntryRecord, LoginRecord, CourseRecord,
    AssessmentRecord, QuotaRecord,
]  # fmt: skip


def first(folder: Path, kind: type) -> object:
    write(folder)
    return of(read(folder), kind)[0]


def test_all_kinds_come_in_the_order_of_the_records_and_nothing_is_told(tmp_path: Path):
    write(tmp_path)
    items = read(tmp_path)
    assert list(dict.fromkeys(type(item) for item in items)) == ORDER
    assert codes(items) == {}


def test_a_person(tmp_path: Path):
    assert first(tmp_path, PersonRecord) == PersonRecord(
        "Tess Lund", Origin("people.csv", 2), "tess@x.org", "Mona Berg", "Nordics", "North", date(2025, 1, 1), None,
        "AE", "senior", "DK", "Europe/Copenhagen",
    )  # fmt: skip


def test_a_membership(tmp_path: Path):
    assert first(tmp_path, MembershipRecord) == MembershipRecord(
        "Tess Lund",
        "Nordics",
        Origin("memberships.csv", 2),
        "AE",
        "senior",
        "DK",
        date(2025, 1, 1),
        date(2026, 1, 1),
    )


def test_a_day_off_of_one_rep_and_one_of_everybody(tmp_path: Path):
    write(tmp_path)
    assert of(read(tmp_path), DayOffRecord) == [
        DayOffRecord("Tess Lund", date(2026, 7, 1), Origin("days_off.csv", 2), "time_off"),
        DayOffRecord("", date(2026, 12, 24), Origin("days_off.csv", 3), "holiday"),
    ]


def test_an_account_a_contact_and_a_product(tmp_path: Path):
    write(tmp_path)
    items = read(tmp_path)
    assert of(items, AccountRecord) == [AccountRecord("A1", "Acme", Origin("accounts.csv", 2), "steel", "DK")]
    assert of(items, ContactRecord) == [
        ContactRecord("C1", "Ann Ode", Origin("contacts.csv", 2), "A1", "buyer", "Europe/Berlin")
    ]
    assert of(items, ProductRecord) == [
        ProductRecord("P1", "GTX Pro", Origin("products.csv", 2), "gtx", 10_050)
    ]


def test_a_lead(tmp_path: Path):
    assert first(tmp_path, LeadRecord) == LeadRecord(
        "L1", "Tess Lund", datetime(2026, 8, 1, 9, tzinfo=UTC), Origin("leads.csv", 2), "web", "A1", "C1",
        Disposition.QUALIFIED, "", date(2026, 8, 5),
    )  # fmt: skip


def test_a_deal_with_its_moves_amounts_and_closing_days(tmp_path: Path):
    assert first(tmp_path, DealRecord) == DealRecord(
        "D1", Origin("deals.csv", 2), (("Tess Lund", 1),), "Won", Outcome.WON, "Big one", "A1", "P1",
        date(2026, 9, 1), date(2026, 10, 1), None, 120_050, 100_000, ((date(2026, 9, 20), 150_000),),
        (
            StageMove("Talking", date(2026, 9, 1)),
            StageMove("Offer", date(2026, 9, 10)),
            StageMove("Won", date(2026, 10, 1), Outcome.WON),
        ),
        "L1", "web", date(2026, 10, 2), ((date(2026, 9, 1), date(2026, 9, 30)),),
    )  # fmt: skip


def test_an_activity(tmp_path: Path):
    assert first(tmp_path, ActivityRecord) == ActivityRecord(
        "X1", "Tess Lund", ActivityKind.CALL, datetime(2026, 9, 2, 10, tzinfo=UTC), Origin("activities.csv", 2),
        Happened.CONVERSATION, 125, "L1", "D1", "C1", "", None, datetime(2026, 9, 2, 10, 5, tzinfo=UTC),
        Capture.MACHINE,
    )  # fmt: skip


def test_a_quote_with_its_line(tmp_path: Path):
    assert first(tmp_path, QuoteRecord) == QuoteRecord(
        "Q1", "D1", 1, Origin("quotes.csv", 2), date(2026, 9, 10), 150_000, QuoteStatus.ACCEPTED, "",
        (QuoteLine("P1", Decimal(10), 100_500),),
    )  # fmt: skip


def test_an_invoice_with_the_account_as_accounting_writes_it(tmp_path: Path):
    assert first(tmp_path, InvoiceRecord) == InvoiceRecord(
        "I1", InvoiceKind.INVOICE, date(2026, 10, 5), 120_050, Origin("invoices.csv", 2), 30_013, "ACME A/S", "D1",
        "Tess Lund", "", date(2026, 11, 5), date(2026, 11, 1),
    )  # fmt: skip


def test_time_sign_ins_and_quotas(tmp_path: Path):
    write(tmp_path)
    items = read(tmp_path)
    assert of(items, TimeEntryRecord) == [
        TimeEntryRecord(
            "Tess Lund", date(2026, 9, 2), 90, Origin("time_entries.csv", 2), "call", "web",
            "tess lund|2026-09-02|call|web",
        )
    ]  # fmt: skip
    at = datetime(2026, 9, 2, 7, 58, 11, tzinfo=UTC)
    assert of(items, LoginRecord) == [
        LoginRecord("Tess Lund", at, Origin("logins.csv", 2), "tess lund|2026-09-02T07:58:11+00:00")
    ]
    assert of(items, QuotaRecord) == [
        QuotaRecord("Tess Lund", "2026-Q4", "won_value", Fraction(100_050), Origin("quotas.csv", 2))
    ]


def test_what_was_read_is_known_to_the_importer_and_the_rows_to_come_are_counted(tmp_path: Path):
    write(tmp_path)
    known = Known()
    items = read(tmp_path, known)
    assert known.rep_ids == {"U1": "Tess Lund", "U2": "Stan Weber"}
    assert (known.leads, known.deals, known.contacts) == (
        {"L1": KnownLead("Tess Lund", "web")},
        {"D1": "Tess Lund"},
        {"C1": "Ann Ode"},
    )
    assert known.expected == len(items) == 18


def test_a_rep_may_be_named_by_id(tmp_path: Path):
    write(tmp_path, logins=["U2,2026-09-02T07:58:11+00:00"])
    assert of(read(tmp_path), LoginRecord)[0].rep == "Stan Weber"  # type: ignore[union-attr]


def test_what_an_earlier_import_brought_may_be_named(tmp_path: Path):
    write(tmp_path, kinds="activities")
    known = Known(
        reps={"tess lund": "Tess Lund"},
        leads={"L1": KnownLead("Tess Lund")},
        deals={"D1": "Tess Lund"},
        contacts={"C1": "Ann"},
    )
    (activity,) = read(tmp_path, known)
    assert (activity.lead, activity.deal, activity.contact) == ("L1", "D1", "C1")  # type: ignore[union-attr]
