"""Money in other currencies: converted once, on the day of the record, and never guessed."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.connectors.company import ROWS, TOP, codes, of, read, write
from upswing.connectors.connector import Known
from upswing.connectors.files.money import MOST, Rate, own_minor
from upswing.connectors.files.refused import Refused
from upswing.connectors.rates import Converted, Rates, Standing
from upswing.core.money import digits, minor_units
from upswing.core.records import Came, DealRecord, InvoiceRecord, QuoteRecord

DEAL = "D1,,Tess Lund,,,,,{stage},{created},{closed},,{amount},{currency},"
AMOUNTS = st.decimals(0, 10**12, places=4)


def deal(folder: Path, known: Known | None = None, **cells: str) -> DealRecord:
    wanted = {
        "stage": "Won",
        "created": "2026-09-01",
        "closed": "2026-10-01",
        "amount": "100",
        "currency": "USD",
    }
    write(folder, kinds="people rates deals", deals=[DEAL.format(**wanted | cells)])
    return of(read(folder, known), DealRecord)[0]  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("cells", "minor"),
    [
        ({}, 8750),  # won: the rate of the closing day
        ({"stage": "Lost"}, 9000),  # lost and open: of the day of creation
        ({"stage": "Talking"}, 9000),
        ({"created": "2026-01-01", "closed": "2026-09-14"}, 9000),
        ({"created": "2026-01-01", "closed": "2026-09-15"}, 8750),
        ({"amount": "0.02"}, 2),  # 1.75
        ({"amount": "0.0286"}, 3),  # 2.5025
        ({"currency": "eur"}, 10_000),
        ({"currency": ""}, 10_000),
    ],
)
def test_a_deal_is_converted_at_the_rate_of_its_day(tmp_path: Path, cells: dict[str, str], minor: int):
    assert deal(tmp_path, **cells).amount_minor == minor


def test_halves_go_to_the_even_cent(tmp_path: Path):
    rate = Rate("USD", Decimal("0.5"), 2)
    assert [rate.minor(Decimal(cents) / 100) for cents in (1, 3, 5, 7)] == [0, 2, 2, 4]


def test_what_was_stated_is_kept_beside_what_it_became_but_not_for_own_money(tmp_path: Path):
    found = deal(tmp_path)
    assert (found.currency, found.stated) == ("USD", Decimal(100))
    own = deal(tmp_path, currency="EUR")
    assert (own.currency, own.stated) == ("", None)


def test_without_a_rate_the_amount_is_unknown_and_told_with_currency_and_day(tmp_path: Path):
    found = deal(tmp_path, closed="2025-12-31", created="2025-12-01")
    assert (found.amount_minor, found.expected_minor, found.currency, found.stated) == (
        None,
        None,
        "USD",
        Decimal(100),
    )
    (told,) = [item for item in read(tmp_path) if getattr(item, "code", "") == "no_rate"]
    assert told.value == "USD 2025-12-31"  # type: ignore[union-attr]
    assert codes(read(tmp_path)) == {"no_rate": 1, "closed_without_account": 1}


def test_a_rate_of_an_earlier_import_is_used_and_one_of_this_file_goes_first(tmp_path: Path):
    known = Known()
    known.rates.add("JPY", date(2026, 1, 1), Decimal("0.006"))
    known.rates.add("USD", date(2026, 1, 1), Decimal(5))
    assert deal(tmp_path, known, currency="JPY").amount_minor == 60
    assert known.rates.on("USD", date(2026, 2, 1)) == Decimal("0.9")


def test_an_amount_that_its_rate_makes_too_large_is_refused(tmp_path: Path):
    write(
        tmp_path, kinds="people rates deals", rates=["KWD,2026-01-01,99999"],
        deals=[DEAL.format(stage="Talking", created="2026-09-01", closed="", amount="100000000", currency="KWD")],
    )  # fmt: skip
    assert codes(read(tmp_path)) == {"bad_amount": 1}


def test_changes_of_the_amount_take_the_deal_s_rate(tmp_path: Path):
    row = ROWS["deals"][0].removesuffix(",,") + ",USD,"
    write(tmp_path, deals=[row])
    (found,) = of(read(tmp_path), DealRecord)
    assert (found.expected_minor, found.amounts) == (87_500, ((date(2026, 9, 20), 131_250),))  # type: ignore[union-attr]


def test_a_quote_is_converted_with_its_lines_on_the_day_it_was_sent(tmp_path: Path):
    write(tmp_path, quotes=["Q1,D1,1,2026-09-10,1500,USD,,"])
    (quote,) = of(read(tmp_path), QuoteRecord)
    assert (quote.amount_minor, quote.lines[0].price_minor, quote.stated) == (135_000, 90_450, Decimal(1500))  # type: ignore[union-attr]
    write(tmp_path, quotes=["Q1,D1,1,2026-09-10,1500,JPY,,"])
    (quote,) = of(read(tmp_path), QuoteRecord)
    assert (quote.amount_minor, quote.lines, quote.currency) == (None, (), "JPY")  # type: ignore[union-attr]


def test_an_invoice_is_converted_on_its_day_with_its_tax(tmp_path: Path):
    write(tmp_path, invoices=["I1,,2026-10-05,,D1,,100,25,USD,,,"])
    (invoice,) = of(read(tmp_path), InvoiceRecord)
    assert (invoice.net_minor, invoice.tax_minor, invoice.stated) == (8750, 2188, Decimal(100))  # type: ignore[union-attr]


def test_the_organisation_s_currency_decides_the_digits(tmp_path: Path):
    top = TOP.replace("EUR", "JPY")
    write(tmp_path, top=top, kinds="people rates deals", rates=["USD,2026-01-01,150.5"], deals=[
        DEAL.format(stage="Won", created="2026-09-01", closed="2026-10-01", amount="10.01", currency="USD")
    ])  # fmt: skip
    (found,) = of(read(tmp_path), DealRecord)
    assert found.amount_minor == 1507  # type: ignore[union-attr]


@given(amount=AMOUNTS, currency=st.sampled_from(["EUR", "JPY", "KWD"]))
def test_own_money_is_rounded_as_everywhere_else(amount: Decimal, currency: str):
    assert own_minor(amount, digits(currency)) == minor_units(amount, currency)


@given(amount=AMOUNTS, rate=st.decimals("0.000001", 10_000, places=12))
def test_a_conversion_is_off_by_half_a_cent_at_most(amount: Decimal, rate: Decimal):
    from fractions import Fraction

    assume(amount * rate <= MOST)
    minor = Rate("USD", rate, 2).minor(amount)
    assert minor is not None
    assert abs(minor - Fraction(amount) * Fraction(rate) * 100) <= Fraction(1, 2)


@given(days=st.lists(st.integers(0, 300), min_size=1), asked=st.integers(0, 300))
def test_the_latest_rate_on_or_before_the_day_holds_in_whatever_order_they_came(days: list[int], asked: int):
    start, rates = date(2026, 1, 1), Rates()
    for number in days:
        rates.add("USD", start + timedelta(number), Decimal(number + 1))
    earlier = [number for number in days if number <= asked]
    expected = Decimal(max(earlier) + 1) if earlier else None
    assert rates.on("USD", start + timedelta(asked)) == expected
    assert rates.on("DKK", start) is None


def test_a_conversion_that_no_sum_could_hold_is_refused():
    with pytest.raises(Refused, match="at most 1,000,000,000,000"):
        Rate("USD", Decimal(99_999_999_999), 2).minor(Decimal(999_999_999_999))


def test_how_it_was_converted_stands_beside_what_it_became(tmp_path: Path):
    told = deal(tmp_path).conversion
    assert told is not None
    assert (told.on, told.rate, told.since, told.came) == (
        date(2026, 10, 1), Decimal("0.875"), date(2026, 9, 15), Came.FILE,
    )  # fmt: skip
    waits = deal(tmp_path, currency="JPY").conversion
    assert waits is not None
    assert (waits.on, waits.rate, waits.since) == (date(2026, 10, 1), None, None)
    assert deal(tmp_path, currency="EUR").conversion is None
    assert deal(tmp_path, amount="").conversion is None


DAY = date(2026, 10, 1)
BEFORE = Standing(Decimal("0.5"), date(2026, 9, 20), Came.HAND)


@pytest.mark.parametrize(
    ("converted", "earlier", "minor"),
    [
        (Converted("USD", DAY, BEFORE), True, 5_000),  # the files repeat what they told: it keeps its rate
        (Converted("USD", DAY, BEFORE), False, 8_750),  # they tell another: they mean it
        (Converted("USD", date(2026, 9, 30), BEFORE), True, 7_000),  # its day is another now
        (Converted("DKK", DAY, BEFORE), True, 7_000),  # its currency is
        (None, True, 7_000),
    ],
)
def test_what_was_converted_before_keeps_its_rate_unless_its_files_tell_another(
    tmp_path: Path, converted: Converted | None, earlier: bool, minor: int
):
    known = Known(converted={("deals", "D1"): converted} if converted else {})
    if earlier:
        known.rates.earlier = {
            ("USD", date(2026, 1, 1)): Decimal("0.90"),
            ("USD", date(2026, 9, 15)): Decimal("0.875"),
        }
        known.rates.add("USD", date(2026, 9, 15), Decimal("0.7"), Came.HAND)
    assert deal(tmp_path, known).amount_minor == minor
