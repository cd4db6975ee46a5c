"""Figures of an industry: taken with source, date and number of cases or not at all, and compared with while they stand."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tests import world
from upswing.actions import industry
from upswing.actions.figures import read
from upswing.actions.packs import COLUMNS, Written, empty_pack, read_pack
from upswing.actions.permission import Incomplete
from upswing.connectors.connector import Unreadable
from upswing.core.benchmarks import BenchmarkKind
from upswing.core.metrics import CATALOGUE
from upswing.core.money import Money
from upswing.core.period import month_of
from upswing.goals.industry import IndustryFigure
from upswing.people.models import Organisation
from upswing.people.viewer import NotVisible
from upswing.queries.industry import COMPARABLE, figures, figures_of
from upswing.queries.scorecard import scorecard

GOOD = {
    "metric": "win_rate", "value": "23 %", "source": "A survey of sellers", "published": "2026-03-01", "n": "412",
    "definition": "Deals won of deals closed, in a year.", "segment": "",
}  # fmt: skip
HEADER = ",".join(COLUMNS)


def written(**more: str) -> Written:
    return Written(**(GOOD | more))


def value_of(text: str, metric: str = "win_rate", currency: str = "EUR") -> Fraction | str:
    """The value as it is kept, or the sentence why there is none."""
    found, wrong = read(written(metric=metric, value=text), currency, world.TODAY)
    return found.value if found else " ".join(wrong)


def enter(**more: str) -> None:
    industry.enter(world.operator(), written(**more), world.NOW)


def pack(*rows: str, header: str = HEADER) -> bytes:
    return "\n".join((header, *rows)).encode()


@pytest.mark.parametrize(
    ("text", "metric", "value"),
    [
        ("23 %", "win_rate", Fraction(23, 100)),
        ("23%", "win_rate", Fraction(23, 100)),
        ("0.23", "win_rate", Fraction(23, 100)),
        ("0.235", "win_rate", Fraction(235, 1000)),
        ("100 %", "win_rate", Fraction(1)),
        ("110 %", "attainment", Fraction(11, 10)),
        ("1.4", "deals_per_meeting", Fraction(7, 5)),
        ("34", "sales_cycle", Fraction(34)),
        ("34.5 days", "sales_cycle", Fraction(69, 2)),
        ("12500", "average_deal", Fraction(1_250_000)),
        ("12,500.50 EUR", "average_deal", Fraction(1_250_050)),
    ],
)
def test_a_value_is_read_in_the_unit_people_write(text: str, metric: str, value: Fraction):
    assert value_of(text, metric) == value


@pytest.mark.parametrize(
    ("text", "metric", "says"),
    [
        ("23", "win_rate", "can be 23 % or 2,300 %"),
        ("1", "win_rate", "can be 1 % or 100 %"),
        ("120 %", "win_rate", "more than all of them"),
        ("0,23", "win_rate", "with a point before decimals"),
        ("1,200", "sales_cycle", "with a point before decimals"),
        ("-3 %", "win_rate", "no number"),
        ("", "win_rate", "the value is missing"),
        ("12500 USD", "average_deal", "not in EUR"),
        ("$12500", "average_deal", "not in EUR"),
        ("12.345", "average_deal", "more decimals than EUR has"),
        ("34 weeks", "sales_cycle", "no number"),
    ],
)
def test_what_can_be_read_in_two_ways_or_none_is_refused_with_what_to_write(
    text: str, metric: str, says: str
):
    found = value_of(text, metric)
    assert isinstance(found, str)
    assert says in found
    assert found.startswith("Value: ")


@given(share=st.fractions(0, 1).map(lambda share: Fraction(round(share * 10_000), 1_000_000)))
def test_a_share_below_one_reads_alike_with_and_without_the_sign(share: Fraction):
    assert value_of(f"{float(share * 100):.4f} %") == share
    assert value_of(f"{float(share):.6f}") == share


@given(text=st.text(max_size=40), column=st.sampled_from(COLUMNS))
def test_whatever_is_written_is_a_figure_or_a_sentence(text: str, column: str):
    found, wrong = read(written(**{column: text}), "EUR", world.TODAY)
    assert (found is None) == bool(wrong)
    assert all(sentence.endswith(".") for sentence in wrong)


def test_only_what_means_the_same_of_a_week_and_a_year_has_a_figure():
    assert {"win_rate", "sales_cycle", "average_deal", "attainment"} <= set(COMPARABLE)
    assert not {"calls", "won_value", "open_value", "logins"} & set(COMPARABLE)
    assert "cannot stand beside a week and a year" in str(value_of("60", "calls"))
    assert "never stands on a card" in str(value_of("60", "logins"))


def test_a_metric_that_is_not_there_is_refused_with_those_near():
    assert "Did you mean win_rate" in str(value_of("23 %", "win_rat"))
    assert "Did you mean average_deal" in str(value_of("1", "Average deals"))
    assert "metric of your own" in str(value_of("1", "our_thing"))
    assert value_of("23 %", CATALOGUE["win_rate"].label.upper()) == Fraction(23, 100)


@pytest.mark.django_db
def test_everything_wrong_is_told_at_once_by_row_and_column_and_nothing_is_taken():
    content = pack("win_rate,23 %,A survey,2026-03-01,412,Won of closed,", "win_rat,5,,2026-13-01,none,,")
    with pytest.raises(Incomplete) as told:
        industry.take_pack(world.operator(), "pack.csv", content, world.NOW)
    said = told.value.sentences
    assert [sentence.split(":")[0] for sentence in said] == [
        f"Row 3, {column}" for column in ("metric", "source", "published", "n", "definition")
    ]
    assert not IndustryFigure.objects.exists()


@pytest.mark.django_db
def test_a_pack_is_taken_whole_and_twice_is_once():
    content = pack(
        "win_rate,23 %,A survey,2026-03-01,412,Won of closed,Software",
        'sales_cycle,34,A survey,2026-03-01,"1,200",Days from creation to winning,Software',
    )
    assert industry.take_pack(world.operator(), "pack.csv", content, world.NOW) == 2
    assert industry.take_pack(world.operator(), "pack.csv", content, world.NOW) == 0
    found = industry.propose(world.operator(), "pack.csv", content)
    assert (len(found.figures), len(found.known), found.problems) == (0, 2, ())
    assert {(row.metric, row.value, row.n, row.segment) for row in IndustryFigure.objects.all()} == {
        ("win_rate", "23/100", 412, "Software"),
        ("sales_cycle", "34", 1_200, "Software"),
    }


@pytest.mark.django_db
def test_two_segments_of_one_metric_are_not_one_pack():
    row = "win_rate,{} %,A survey,2026-03-01,412,Won of closed,{}"
    found = industry.propose(
        world.operator(), "pack.csv", pack(row.format(20, "Small"), row.format(30, "Large"))
    )
    assert found.problems == (
        "Row 3: a figure of win_rate of 1 March 2026 stands in row 2 too. Keep the one of your own segment.",
    )


def test_a_toml_pack_says_source_and_date_once():
    content = """
        source = "A survey"
        published = 2026-03-01
        segment = "Software"
        [[figure]]
        metric = "win_rate"
        value = 0.23
        n = 412
        definition = "Won of closed."
        [[figure]]
        metric = "sales_cycle"
        value = "34 days"
        n = 96
        definition = "Days from creation to winning."
        source = "Another survey"
    """
    rows = read_pack("pack.toml", content.encode())
    assert [(row.metric, row.value, row.n, row.source, row.published, row.where) for row in rows] == [
        ("win_rate", "0.23", "412", "A survey", "2026-03-01", "Figure 1"),
        ("sales_cycle", "34 days", "96", "Another survey", "2026-03-01", "Figure 2"),
    ]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.csv", b"", "lacks the columns metric, value, source, published, n, definition"),
        ("a.csv", HEADER.encode(), "holds no figure"),
        ("a.csv", pack("x", header=HEADER.replace("source", "sources")), "did you mean source"),
        ("a.csv", pack("x", header=f"{HEADER},metric"), "has the column metric twice"),
        ("a.csv", "métric".encode("latin-1"), "no UTF-8 text"),
        ("a.csv", pack(*["x"] * 501), "at most 500"),
        ("a.csv", b"x" * (1 << 21), "larger than a megabyte"),
        ("a.toml", b"figure = 3", "[[figure]]"),
        ("a.toml", b"[[figure]", "no TOML"),
        ("a.toml", b"[[figure]]\nmetrik = 3", "did you mean metric"),
    ],
)
def test_a_file_that_is_no_pack_says_what_to_do(name: str, content: bytes, says: str):
    with pytest.raises(Unreadable, match=".") as told:
        read_pack(name, content)
    assert says in str(told.value)


def test_other_separators_and_a_mark_in_front_are_read():
    content = (
        "\ufeff" + pack("win_rate;23 %;A survey;2026-03-01;412;Won, of closed;").decode().replace(",", ";", 6)
    ).encode()
    assert read_pack("pack.csv", content)[0].definition == "Won, of closed"


def test_the_empty_pack_holds_no_figure_that_nobody_published():
    assert empty_pack().strip() == HEADER


@pytest.mark.django_db
def test_of_each_metric_the_newest_that_is_not_withdrawn_holds():
    enter(value="20 %", published="2024-03-01")
    enter(value="23 %", published="2026-03-01")
    enter(value="21 %", published="2025-03-01")
    assert figures_of(BenchmarkKind.INDUSTRY)["win_rate"].value == Fraction(23, 100)
    newest = next(each for each in figures(world.operator()) if each.holds)
    industry.withdraw(world.operator(), newest.id, world.NOW)
    industry.withdraw(world.operator(), newest.id, world.NOW)
    assert figures_of(BenchmarkKind.INDUSTRY)["win_rate"].value == Fraction(21, 100)
    assert [(each.holds, each.withdrawn is not None) for each in figures(world.operator())] == [
        (True, False), (False, False), (False, True),
    ]  # fmt: skip
    assert IndustryFigure.objects.count() == 3


@pytest.mark.django_db
def test_the_same_figure_is_entered_once_and_again_after_it_was_withdrawn():
    enter()
    with pytest.raises(Incomplete, match="stands already"):
        enter()
    industry.withdraw(world.operator(), figures(world.operator())[0].id, world.NOW)
    enter()
    assert IndustryFigure.objects.count() == 2


@pytest.mark.django_db
def test_money_of_another_currency_is_compared_with_no_more():
    organisation, _ = Organisation.objects.update_or_create(id=1, defaults={"name": "Us", "currency": "EUR"})
    enter(metric="average_deal", value="12500")
    assert figures_of(BenchmarkKind.INDUSTRY)["average_deal"].value == Money(1_250_000, "EUR")
    Organisation.objects.filter(id=organisation.id).update(currency="DKK")
    assert figures_of(BenchmarkKind.INDUSTRY) == {}


@pytest.mark.django_db
def test_figures_are_read_in_one_question_and_only_where_an_industry_is_compared_with():
    enter()
    for kind in BenchmarkKind:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            found = figures_of(kind)
        assert len(asked) == (1 if kind is BenchmarkKind.INDUSTRY else 0)
        assert bool(found) == (kind is BenchmarkKind.INDUSTRY)


@pytest.mark.django_db
@pytest.mark.usefixtures("cast")
def test_a_rep_reads_the_figure_beside_their_line_with_its_source_and_no_band_of_it():
    who, month = world.viewer("tess"), month_of(world.TODAY)
    tess = world.person("tess").uid

    def line(kind: BenchmarkKind):
        card = scorecard(who, tess, month, world.TODAY, kind)
        return next(each for each in card.lines if each.metric.key == "win_rate")

    before = line(BenchmarkKind.TEAM)
    enter(segment="Software")
    found = next(
        each for each in line(BenchmarkKind.INDUSTRY).benchmarks if each.kind is BenchmarkKind.INDUSTRY
    )
    assert (found.value, found.n) == (Fraction(23, 100), 412)
    assert found.source == "A survey of sellers, 2026-03-01: Deals won of deals closed, in a year."
    assert line(BenchmarkKind.INDUSTRY).band == before.band


@pytest.mark.django_db
@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize("who", ["tess", "mona", "ada"])
def test_only_revenue_operations_enter_and_withdraw(who: str):
    enter()
    viewer, there = world.viewer(who), figures(world.operator())[0].id
    for deed in (
        lambda: industry.enter(viewer, written(value="9 %"), world.NOW),
        lambda: industry.propose(viewer, "pack.csv", pack()),
        lambda: industry.take_pack(viewer, "pack.csv", pack(), world.NOW),
        lambda: industry.withdraw(viewer, there, world.NOW),
    ):
        with pytest.raises(NotVisible):
            deed()
    assert [each.withdrawn for each in figures(viewer)] == [None]


@pytest.mark.django_db
def test_what_is_not_there_cannot_be_withdrawn():
    with pytest.raises(NotVisible):
        industry.withdraw(world.operator(), uuid4(), world.NOW)


def test_a_figure_cannot_be_of_tomorrow():
    tomorrow = date(2026, 10, 16)
    assert tomorrow > world.TODAY
    _, wrong = read(written(published=tomorrow.isoformat()), "EUR", world.TODAY)
    assert wrong == [
        "Published: 16 October 2026 is no day on which it can have been published. Correct the day."
    ]
