"""Rows of every kind that cannot be used, each in a sentence; and what is unusual, taken and told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.connectors.company import ROWS, codes, of, read, sentences, write
from upswing.core.records import (
    ActivityRecord,
    DealRecord,
    InvoiceRecord,
    PersonRecord,
    QuoteRecord,
    Severity,
)

AT = "2026-09-02T10:00:00+00:00"
REFUSED = [
    ("people", "Rita,,,,,,,,,,2026-05-01,2026-04-01",
     "Row 4: Rita joined on 2026-05-01 and left on 2026-04-01, which is earlier. Correct one of the two days."),
    ("people", "tess  lund,,,,,,,,,,,",
     ("Row 4: “tess lund” stands in row 2 already; that one was kept. "
      "Write distinct = true if each person stands many times.")),
    ("memberships", "Tess Lunt,Nordics,,,,,", "Row 3: no rep is called “Tess Lunt”. Did you mean “Tess Lund”?"),
    ("memberships", "Tess Lund,,,,,,", "Row 3: the column “team” is empty."),
    ("memberships", "Tess Lund,Baltics,,,,2025-01-01,",
     "Row 3: A membership of Tess Lund from 2025-01-01 stands in row 2 already; that one was kept."),
    ("memberships", "Tess Lund,Baltics,,,,2026-02-01,2026-02-01",
     "Row 3: it starts and ends on 2026-02-01: no day is left."),
    ("memberships", "Tess Lund,Baltics,,,,2026-02-01,2026-01-01",
     "Row 3: it began on 2026-02-01 and ended on 2026-01-01, which is earlier. Correct one of the two days."),
    ("days_off", "Tess Lund,2026-07-01,sick",
     "Row 4: 2026-07-01 off for Tess Lund stands in row 2 already; that one was kept."),
    ("days_off", ",2026-12-24,", "Row 4: 2026-12-24 off for everybody stands in row 3 already; that one was kept."),
    ("days_off", "Tess Lund,,sick", "Row 4: the column “day” is empty."),
    ("accounts", "A1,Other,,", "Row 3: “A1” stands in row 2 already; that one was kept."),
    ("contacts", "C1,Other,,,", "Row 3: “C1” stands in row 2 already; that one was kept."),
    ("contacts", "C2,,,,", "Row 3: the column “name” is empty."),
    ("products", "P2,MG,,x", "Row 3: “list_price” reads “x”, which should be a number like 1234.50."),
    ("rates", "EURO,2026-01-01,1", "Row 4: no currency has the code “EURO”. Did you mean “EUR”?"),
    ("rates", "USD,2026-01-01,1", "Row 4: A rate of USD for 2026-01-01 stands in row 2 already; that one was kept."),
    ("rates", "DKK,2026-01-01,0", "Row 4: a rate is above 0, and this one is 0."),
    ("rates", "DKK,2026-01-01,", "Row 4: the column “rate” is empty."),
    ("leads", "L2,Tess Lund,soon,,,,,,",
     "Row 3: “created” reads “soon”, which should be an instant like 2026-11-30T14:05:00+00:00."),
    ("leads", f"L2,Tess Lund,{AT},,,,qualifyed,,",
     ("Row 3: no disposition is called “qualifyed”. Did you mean “qualified”? "
      "Or say in [leads.aliases.disposition] which one it is.")),
    ("leads", f"L2,Tess Lund,{AT},,,,qualified,,2026-08-31",
     "Row 3: it was decided on 2026-08-31, before it was created on 2026-09-02. Correct one of the two days."),
    ("leads", f"L1,Tess Lund,{AT},,,,,,", "Row 3: “L1” stands in row 2 already; that one was kept."),
    ("stage_moves", "D1,Talkin,2026-09-05", "Row 5: the mapping knows no stage “Talkin”. Did you mean “Talking”?"),
    ("stage_moves", "D1,,2026-09-05", "Row 5: the column “stage” is empty."),
    ("stage_moves", "D9,Talking,2026-09-05",
     "Row 5: no deal “D9” was taken from these files, so this stage move belongs to nothing."),
    ("amount_changes", "D1,2026-09-05,-1", "Row 4: a deal's amount is 0 or more."),
    ("amount_changes", "D9,2026-09-05,1",
     "Row 4: no deal “D9” was taken from these files, so this change of amount belongs to nothing."),
    ("close_changes", "D1,2026-09-05,soon", "Row 3: “expected_close” reads “soon”, which should be a date like 2026-11-30."),
    ("close_changes", "D9,2026-09-05,2026-10-01",
     "Row 3: no deal “D9” was taken from these files, so this change of the closing day belongs to nothing."),
    ("deals", "D2,,Tess Lund,,,,,Won,2026-10-02,2026-10-01,,1,,",
     "Row 3: it was decided on 2026-10-01, before it was created on 2026-10-02. Correct one of the two days."),
    ("deals", "D2,,Tess Lund,,,,,Talking,2026-10-02,,,1,EURO,",
     "Row 3: no currency has the code “EURO”. Did you mean “EUR”?"),
    ("activities", f"X1,Tess Lund,call,{AT},,,,,,,,,", "Row 3: “X1” stands in row 2 already; that one was kept."),
    ("activities", f"X2,Tess Lund,kall,{AT},,,,,,,,,",
     "Row 3: no kind is called “kall”. Did you mean “call”? Or say in [activities.aliases.kind] which one it is."),
    ("activities", f"X2,Tess Lund,,{AT},,,,,,,,,", "Row 3: the column “kind” is empty."),
    ("activities", "X2,Tess Lund,call,,,,,,,,,,", "Row 3: the column “at” is empty."),
    ("activities", f"X2,Tess Lund,call,{AT},-5,,,,,,,,",
     "Row 3: seconds lie between 0 and 86,400 (a day), and these are -5."),
    ("activities", f"X2,Tess Lund,call,{AT},86401,,,,,,,,",
     "Row 3: seconds lie between 0 and 86,400 (a day), and these are 86,401."),
    ("activities", "X2,Tess Lund,meeting,2027-12-01T10:00:00+00:00,,,,,,,,,",
     "Row 3: it is dated 2027-12-01, more than a year after the files were made on 2026-11-20. Correct the date."),
    ("activities", "X2,Tess Lund,call,1926-12-01T10:00:00+00:00,,,,,,,,,",
     "Row 3: “at” reads “1926-12-01T10:00:00+00:00”, which should be an instant between 1990 and 2100."),
    ("activities", f"X2,Tess Lund,call,{AT},,answred,,,,,,,",
     ("Row 3: no outcome is called “answred”. Did you mean “answered”? "
      "Or say in [activities.aliases.outcome] which one it is.")),
    ("quotes", "Q2,D1,1,2026-09-12,5,,,", "Row 3: the deal D1 has revision 1 already, in the quote Q1; that one was kept."),
    ("quotes", "Q2,D1,1.5,2026-09-12,5,,,", "Row 3: “revision” reads “1.5”, which should be a whole number from 1 up."),
    ("quotes", "Q2,D1,2,2026-09-12,-5,,,", "Row 3: a quote's amount is 0 or more."),
    ("quotes", "Q1,D1,2,2026-09-12,5,,,", "Row 3: “Q1” stands in row 2 already; that one was kept."),
    ("quote_lines", "Q9,GTX Pro,1,5", "Row 3: no quote “Q9” was taken from these files, so this line belongs to nothing."),
    ("quote_lines", "Q1,GTX Pro,-1,5", "Row 3: a quantity is above 0, and this one is -1."),
    ("quote_lines", "Q1,GTX Pro,1,", "Row 3: the column “price” is empty."),
    ("invoices", "I1,,2026-10-05,,D1,,5,,,,,", "Row 3: “I1” stands in row 2 already; that one was kept."),
    ("invoices", ",,2026-10-05,,D1,,5,,,,,", "Row 3: the column “id” is empty."),
    ("invoices", "I2,invoice,2026-10-05,,D1,,-5,,,,,",
     "Row 3: an invoice is for 0 or more. If this takes one back, its kind is credit_note."),
    ("invoices", "I2,,2026-10-05,,D1,Tess,5,,,,,", "Row 3: no rep is called “Tess”. Did you mean “Tess Lund”?"),
    ("time_entries", "Tess Lund,2026-09-02,-1,call,web", "Row 3: minutes lie between 0 and 1,440 (a day), and these are -1."),
    ("logins", "Tess Lund,2026-09-02T09:58:11+02:00",
     "Row 3: A sign-in of Tess Lund at 2026-09-02T07:58:11+00:00 stands in row 2 already; that one was kept."),
    ("quotas", "Tess Lund,,won_value,1", "Row 3: the column “period” is empty."),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "row", "sentence"), REFUSED)
def test_a_row_that_cannot_be_used_is_refused_in_a_sentence_and_changes_nothing_else(
    tmp_path: Path, kind: str, row: str, sentence: str
):
    write(tmp_path)
    good = read(tmp_path)
    write(tmp_path, **{kind: [*ROWS[kind], row]})
    items = read(tmp_path)
    assert sentences(items, Severity.REFUSED) == [sentence]
    assert [item for item in items if item in good] == good
    assert len(items) == len(good) + 1


DEAL = "D2,,Tess Lund,Acme,GTX Pro,,,{stage},2026-09-01,{closed},,{amount},{currency},"
TOLD = [
    ("people", "Rita,,,,,,,,,Europe/Copenhagn,,",
     "Row 4: no time zone is called “Europe/Copenhagn”. Did you mean “Europe/Copenhagen”? Rita was taken without one."),
    ("contacts", "C2,Bo,Akme,,",
     "Row 3: no account is called “Akme”. Did you mean “Acme”? The contact was taken without an account."),
    ("leads", f"L2,Tess Lund,{AT},,,C9,,,",
     "Row 3: no contact has the id “C9”. The lead was taken without it."),
    ("deals", DEAL.replace(",,,{stage}", ",L12,,{stage}").format(stage="Talking", closed="", amount=5, currency=""),
     "Row 3: no lead has the id “L12”. Did you mean “L1”? The deal was taken without it."),
    ("activities", f"X2,Tess Lund,call,{AT},,,L12,,,,,,",
     "Row 3: no lead has the id “L12”. Did you mean “L1”? The activity was taken without it."),
    ("activities", f"X2,Tess Lund,call,{AT},,,,zzz,,,,,",
     "Row 3: no deal has the id “zzz”. The activity was taken without it."),
    ("activities", f"X2,Tess Lund,meeting,{AT},,held,,,,call,2026-09-03T10:00:00+00:00,,",
     "Row 3: the meeting X2 of 2026-09-02 was booked on 2026-09-03, after it; both are kept as they stand."),
    ("quotes", "Q2,D12,,2026-09-12,5,,,", "Row 3: no deal has the id “D12”. Did you mean “D1”? The quote was taken without it."),
    ("quotes", "Q2,D1,,2026-09-12,,,,", "Row 3: the quote Q2 states no amount; it counts as 0."),
    ("quotes", "Q2,D1,,,5,,sent,", "Row 3: no day says when the quote Q2 was sent; it cannot be counted."),
    ("quote_lines", "Q1,GTX Prw,1,5",
     "Row 3: no product is called “GTX Prw”. Did you mean “GTX Pro”? The line was taken without a product."),
    ("invoices", "I2,,2026-10-05,,,,5,,,,,",
     "Row 3: the invoice I2 names neither rep, deal nor quote; its account tells whose it is, or somebody decides."),
    ("invoices", "I2,,2026-10-05,,D12,,5,,,,,",
     ("Row 3: no deal has the id “D12”. Did you mean “D1”? "
      "The invoice counts for whose deal it is once there is one.")),
    ("deals", DEAL.format(stage="Won", closed="2026-10-01", amount="5", currency="JPY"),
     ("Row 3: no rate from JPY to EUR is known on 2026-10-01; the amount is kept as it was written and counts nowhere "
      "until one is. Enter the rate under Exchange rates, or add it to [rates].")),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "row", "sentence"), TOLD)
def test_what_is_unusual_is_taken_and_told(tmp_path: Path, kind: str, row: str, sentence: str):
    write(tmp_path)
    good = read(tmp_path)
    write(tmp_path, **{kind: [*ROWS[kind], row]})
    items = read(tmp_path)
    assert sentences(items, Severity.NOTICE) == [sentence]
    assert sentences(items, Severity.REFUSED) == []
    assert len(items) == len(good) + (1 if kind == "quote_lines" else 2)


def test_a_deal_that_moved_after_it_was_decided_is_told(tmp_path: Path):
    write(tmp_path, stage_moves=[*ROWS["stage_moves"], "D1,Offer,2026-10-09"])
    items = read(tmp_path)
    assert sentences(items, Severity.NOTICE) == [
        "Row 2: the deal D1 was decided on 2026-10-01, and moved into Offer on 2026-10-09, after that."
    ]


def test_a_deal_whose_last_move_led_elsewhere_is_told(tmp_path: Path):
    write(tmp_path, stage_moves=["D1,Talking,2026-09-01", "D1,Lost,2026-10-01"])
    assert sentences(read(tmp_path), Severity.NOTICE) == [
        "Row 2: the deal D1 stands in Won, and its last move, on 2026-10-01, led into Lost."
    ]


def test_parts_of_a_refused_deal_are_refused_with_it(tmp_path: Path):
    write(tmp_path, deals=[ROWS["deals"][0].replace("Tess Lund", "Nobody")])
    items = read(tmp_path)
    assert of(items, DealRecord) == []
    refused = [item for item in items if getattr(item, "severity", None) is Severity.REFUSED]
    assert [problem.code for problem in refused] == ["unknown_rep"] + ["unknown_deal"] * 6


def test_a_refused_row_does_not_keep_its_id_from_a_later_one(tmp_path: Path):
    write(tmp_path, activities=[ROWS["activities"][0].replace(",125,", ",-1,"), ROWS["activities"][0]])
    items = read(tmp_path)
    assert codes(items) == {"bad_seconds": 1}
    assert [activity.origin.row for activity in of(items, ActivityRecord)] == [3]  # type: ignore[union-attr]


def test_a_credit_note_may_be_written_with_a_minus_and_without_a_word(tmp_path: Path):
    write(
        tmp_path,
        invoices=["I1,,2026-10-05,,D1,,-12.50,-3.13,,I0,,", "I2,credit note,2026-10-05,,D1,,12.50,,,,,"],
    )
    found = of(read(tmp_path), InvoiceRecord)
    assert [(note.kind.value, note.net_minor, note.tax_minor) for note in found] == [  # type: ignore[union-attr]
        ("credit_note", 1250, 313),
        ("credit_note", 1250, None),
    ]


def test_revisions_that_nobody_numbered_count_up_and_a_quote_without_a_day_is_a_draft(tmp_path: Path):
    write(
        tmp_path, quotes=["Q1,D1,,2026-09-10,5,,,", "Q2,D1,,,5,,,", "Q3,D1,,2026-09-12,5,,,"], quote_lines=[]
    )
    found = of(read(tmp_path), QuoteRecord)
    assert [(quote.revision, quote.status.value) for quote in found] == [
        (1, "sent"),
        (2, "draft"),
        (3, "sent"),
    ]  # type: ignore[union-attr]


def test_a_quote_without_amount_is_worth_its_lines(tmp_path: Path):
    write(tmp_path, quotes=["Q1,D1,1,2026-09-10,,,,"], quote_lines=["Q1,GTX Pro,1,1.25", "Q1,GTX Pro,2,2.50"])
    items = read(tmp_path)
    assert [quote.amount_minor for quote in of(items, QuoteRecord)] == [375]  # type: ignore[union-attr]
    assert codes(items) == {}


def test_hours_of_one_rep_day_activity_and_source_are_numbered(tmp_path: Path):
    write(tmp_path, time_entries=[ROWS["time_entries"][0]] * 2)
    ids = [item.id for item in read(tmp_path) if type(item).__name__ == "TimeEntryRecord"]  # type: ignore[union-attr]
    assert ids == ["tess lund|2026-09-02|call|web", "tess lund|2026-09-02|call|web|2"]


def test_a_natural_key_too_long_for_an_id_is_digested(tmp_path: Path):
    write(tmp_path, time_entries=[f"Tess Lund,2026-09-02,90,{'a' * 200},web"])
    (entry,) = (item for item in read(tmp_path) if type(item).__name__ == "TimeEntryRecord")
    assert len(entry.id) == 64  # type: ignore[union-attr]


def test_our_words_are_read_whatever_their_case_spaces_and_hyphens(tmp_path: Path):
    row = ROWS["activities"][0].replace(",call,", ", CALL ,").replace("conversation", "No-Answer")
    write(tmp_path, activities=[row.replace("machine", "Typed")])
    (activity,) = of(read(tmp_path), ActivityRecord)
    assert (activity.kind, activity.outcome, activity.capture) == ("call", "no_answer", "typed")  # type: ignore[union-attr]


def test_a_file_of_strangers_is_read_in_time_with_a_hint_for_the_first_of_them(tmp_path: Path):
    people = [f"Person {number},,,,,,,,,,," for number in range(1000)]
    strangers = [f"X{number},Stranger {number % 50},call,{AT},,,,,,,,," for number in range(5000)]
    write(tmp_path, kinds="people activities", people=people, activities=strangers)
    items = read(tmp_path)
    assert codes(items) == {"unknown_rep": 5000}
    assert len(of(items, PersonRecord)) == 1000
