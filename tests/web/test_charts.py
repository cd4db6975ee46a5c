"""The charts: where things lie, what they say aloud, and that nothing from data becomes markup."""

import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from upswing.web.shared.charts import (
    Column,
    Course,
    Dot,
    bullet,
    columns,
    dot_strip,
    interval,
    mini,
    pace,
    share_bar,
    sparkline,
    step,
)
from upswing.web.shared.charts.shapes import FILLS, STROKES
from upswing.web.shared.charts.ticks import ticks

EVIL = '"><script>alert(1)</script>'
TOKENS = Path(__file__).parents[2] / "frontend/css/tokens.css"
CHARTS_CSS = TOKENS.with_name("charts.css")


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314  our own markup


RUNNING = Course(
    due=[(0.0, 0.0), (0.5, 4.0), (1.0, 8.0)],
    there=[(0.0, 0.0), (0.25, 3.0), (0.5, 3.0)],
    ending=(5.0, 9.0),
    days=[(0.0, "1 Nov"), (0.5, "Today"), (1.0, "30 Nov")],
    aim="8",
)


def every_chart() -> list[str]:
    axis, plot = columns(
        [Column(3.0, "Oct", "2026", ""), Column(5.0, "Nov", "2026", "")], [(0.0, "0"), (5.0, "5")], "x", 4
    )
    return [
        *pace(RUNNING, [(0.0, "0"), (10.0, "10")], "x"),
        bullet(Fraction(9, 10), "on", "x", Fraction(1), Fraction(11, 10)),
        bullet(Fraction(2), "out", "x"),
        mini(Fraction(1, 2), "sup"),
        interval(0.1, 0.2, 0.3, 0.6, 0.9, "x"),
        step(0.2, 0.5, "adds"),
        step(0.5, 0.2, "takes"),
        step(0, 1, "total"),
        sparkline([1, 20, 3], "x", "on"),
        sparkline([1, 2, 3], "x", "on", counts=True),
        dot_strip([Dot(Fraction(1), "on")], "x", [(Fraction(1), "100%")]),
        share_bar(Fraction(1, 2), (Fraction(7, 10), Fraction(4, 5)), "x", ("70%", "80%")),
        axis,
        plot,
    ]


def drawn_paths(course: Course) -> dict[str, str]:
    _, plot = pace(course, [(0.0, "0"), (10.0, "10")], "x")
    return {str(one.get("class")): str(one.get("d")) for one in parsed(plot).iter("path") if one.get("d")}


def test_a_running_period_climbs_in_steps_and_fans_out_from_today() -> None:
    """10 is at y 14, 0 at 186: a unit is 17.2 high; a whole period is 1,000 wide."""
    paths = drawn_paths(RUNNING)
    assert paths["line-there"] == "M0 186L250 186L250 134.4L500 134.4L500 134.4"
    assert paths["line-target"] == "M0 186L500 117.2L1000 48.4"
    assert paths["fan"] == "M500 134.4L1000 31.2L1000 100Z"


def test_the_corridor_ends_today_so_that_it_never_lies_on_the_fan() -> None:
    assert drawn_paths(RUNNING)["corridor"] == "M0 186L500 103.4L500 131L0 186Z"


def test_without_a_likely_end_there_is_no_fan() -> None:
    assert "fan" not in drawn_paths(replace(RUNNING, ending=None))


def test_what_goes_beyond_the_axis_is_cut_at_it() -> None:
    assert "L1000 14L" in drawn_paths(replace(RUNNING, ending=(5.0, 99.0)))["fan"]


@pytest.mark.parametrize(
    ("attainment", "width"),
    [
        (Fraction(4, 5), "53.33%"),
        (Fraction(1), "66.67%"),
        (Fraction(6, 5), "80%"),
        (Fraction(3, 2), "100%"),
        (Fraction(0), "0%"),
    ],
)
def test_a_bar_ends_where_its_share_lies_on_a_scale_to_150_percent(attainment: Fraction, width: str) -> None:
    assert f'class="bar-on" fill="#33505c" x="0" y="11" width="{width}" height="6" rx="1"' in bullet(
        attainment, "on", "x"
    )


def test_ranges_end_at_80_120_and_150_percent() -> None:
    drawn = parsed(bullet(Fraction(1), "on", "x"))
    assert [shape.get("width") for shape in drawn if "rng" in str(shape.get("class"))] == [
        "100%",
        "80%",
        "53.33%",
    ]


def test_the_tick_stands_at_what_was_due_and_nothing_stretches() -> None:
    drawn = parsed(bullet(Fraction(1), "on", "x", team=Fraction(9, 10), own=Fraction(12, 10)))
    places = {inner[0].get("class"): inner.get("x") for inner in drawn.findall("svg")}
    assert places == {"mark-tick": "66.67%", "mark-team": "60%", "mark-own": "80%"}
    assert all(inner.get("overflow") == "visible" for inner in drawn.findall("svg"))


def test_beyond_the_scale_the_bar_ends_in_a_double_chevron() -> None:
    assert "mark-more" in bullet(Fraction(151, 100), "out", "x")
    assert "mark-more" not in bullet(Fraction(150, 100), "out", "x")


def test_every_shape_has_a_class_and_a_literal_colour() -> None:
    for drawn in every_chart():
        for shape in parsed(drawn).iter():
            if shape.tag in {"rect", "path", "circle", "text", "line"}:
                colours = {shape.get("fill", ""), shape.get("stroke", "")}
                assert shape.get("class")
                assert any(colour.startswith("#") for colour in colours), ET.tostring(shape)


def test_the_literal_colours_are_the_light_tokens() -> None:
    tokens = dict(re.findall(r"--([\w-]+): light-dark\((#\w+)", TOKENS.read_text()))
    rules = re.sub(r"/\*.*?\*/", "", CHARTS_CSS.read_text())
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", rules):
        for kind in re.findall(r"\.([\w-]+)", selectors):
            for attribute, table in (("fill", FILLS), ("stroke", STROKES)):
                used = re.search(rf"\b{attribute}: var\(--([\w-]+)\)", body)
                if used and kind in table:
                    assert table[kind] == tokens[used.group(1)], f"{kind} {attribute}"


def test_a_chart_is_an_image_with_a_sentence_or_silent_beside_words() -> None:
    assert 'role="img" aria-label="Deals won: 4 against 4.3, 93%."' in bullet(
        Fraction(93, 100), "on", "Deals won: 4 against 4.3, 93%."
    )
    assert 'aria-hidden="true"' in mini(Fraction(1), "on")


def test_no_text_becomes_markup() -> None:
    drawn = [
        bullet(Fraction(1), "on", EVIL),
        sparkline([1, 2], EVIL, "on"),
        dot_strip([Dot(Fraction(1), "on")], EVIL, [(Fraction(1), EVIL)]),
        share_bar(Fraction(1), (Fraction(7, 10), Fraction(4, 5)), EVIL, (EVIL, EVIL)),
        *columns([Column(1.0, EVIL, EVIL, EVIL)] * 2, [(0.0, EVIL), (1.0, EVIL)], EVIL),
    ]
    for svg in drawn:
        parsed(svg)
        assert "<script" not in svg


def test_no_chart_carries_an_inline_style() -> None:
    assert not any("style=" in drawn for drawn in every_chart())


def test_coordinates_have_one_decimal_and_percentages_two() -> None:
    for drawn in every_chart():
        assert not re.search(r"\d\.\d{3,}", drawn)
        assert not re.search(r"\d\.\d{2}(?!\d*%)", drawn)


def test_small_counts_are_columns_and_large_ones_a_line() -> None:
    assert 'class="bar-' in sparkline([3, 4, 9], "x", "on", counts=True)
    assert 'class="line-past"' in sparkline([3, 4, 10], "x", "on", counts=True)


def test_a_line_lifts_the_pen_over_a_gap() -> None:
    path = next(
        shape for shape in parsed(sparkline([1, None, 3, 20], "x", "on")) if shape.get("class") == "line-past"
    )
    assert str(path.get("d")).count("M") == 2


def test_one_value_makes_no_trend() -> None:
    assert sparkline([None, 4.0], "x", "on") == ""


def test_people_with_the_same_attainment_are_stacked() -> None:
    drawn = parsed(dot_strip([Dot(Fraction(1), "on")] * 3, "x", []))
    dots = [(dot.get("cx"), dot.get("cy")) for dot in drawn.findall("circle")]
    assert len({x for x, _ in dots}) == 1
    assert len({y for _, y in dots}) == 3


@pytest.mark.parametrize(
    ("highest", "expected"),
    [
        (95_000, (0, 25_000, 50_000, 75_000, 100_000)),
        (7, (0, 2, 4, 6, 8)),
        (0, (0, 1)),
        (1, (0, 0.25, 0.5, 0.75, 1)),
    ],
)
def test_an_axis_has_round_numbers(highest: float, expected: tuple[float, ...]) -> None:
    assert ticks(highest) == pytest.approx(expected)


def test_a_waterfall_s_row_lies_between_its_two_places() -> None:
    adds, takes = step(0.2, 0.5, "adds"), step(0.5, 0.2, "takes")
    for drawn in (adds, takes):
        assert 'x="20%"' in drawn
        assert 'width="30%"' in drawn
    assert "bar-on" in adds
    assert "bar-hollow" in takes
    assert "bar-past" in step(0, 1, "total")


def test_an_interval_holds_its_dot_and_shows_the_aim() -> None:
    drawn = interval(0.1, 0.2, 0.3, 0.6, 0.9, "Tess: likely 30")
    assert 'width="40%"' in drawn
    assert '<svg x="30%"' in drawn
    assert '<svg x="90%"' in drawn
    assert "mark-tick" not in interval(0, 0, 0, 0, None, "")
