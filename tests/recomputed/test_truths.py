"""What is planted shows on the cards, and where nothing is planted hardly anybody is prompted."""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction

from upswing.core.calendar import Calendar
from upswing.core.metrics import FUNNEL_CARD
from upswing.core.money import Money
from upswing.core.period import parse_period
from upswing.core.scorecard import Line, Terms, line
from upswing.core.targets import Quota, Spreading, target_of
from upswing.simulation import World, simulate

QUARTER = parse_period("2024-Q2", date(2024, 6, 30))
WHOLE = 1_000_000
TELLS = {"volume": "conversations", "connect": "conversations", "meeting": "meetings_held"}
"""Planted gap → the line of the default card on which it shows first."""


def rows(world: World, table: str) -> list[dict[str, str]]:
    """The rows of a table by column."""
    found = world.tables[table]
    return [dict(zip(found.header, row, strict=True)) for row in found.rows()]


def counted(world: World) -> dict[str, Counter[str]]:
    """What each rep did in the quarter, in the units of the tiers."""
    inside, found = _inside, {row["name"]: Counter[str]() for row in rows(world, "people")}
    for row in rows(world, "activities"):
        if inside(row["at"]):
            talked = row["kind"] == "call" and row["outcome"] == "conversation"
            held = row["kind"] == "meeting" and row["outcome"] in ("held", "positive")
            found[row["rep"]]["conversations"] += WHOLE * talked
            found[row["rep"]]["meetings_held"] += WHOLE * held
    reps = {}
    for row in rows(world, "deals"):
        reps[row["id"]] = row["rep"]
        if row["stage"] in ("Won", "Lost") and inside(row["closed"]):
            won = row["stage"] == "Won"
            found[row["rep"]]["deals_closed"] += WHOLE
            found[row["rep"]]["deals_won"] += WHOLE * won
            found[row["rep"]]["won_value"] += round(Fraction(row["amount"]) * 100) * won
    first = {row["deal"]: row["sent"] for row in reversed(rows(world, "quotes")) if row["sent"]}
    for deal, sent in first.items():
        found[reps[deal]]["proposals_sent"] += WHOLE * inside(sent)
    return found


def _inside(day: str) -> bool:
    return bool(day) and QUARTER.start <= date.fromisoformat(day[:10]) <= QUARTER.last


def cards(world: World) -> dict[str, list[Line]]:
    """The default card of every rep for the closed quarter, by the core's own rules."""
    counts, off = counted(world), rows(world, "days_off")
    holidays = frozenset(date.fromisoformat(row["day"]) for row in off if not row["rep"])
    quotas = {
        (row["rep"], row["metric"]): row["value"]
        for row in rows(world, "quotas")
        if row["period"] == QUARTER.slug
    }
    won = sum((each for each in counts.values()), Counter())
    average = Money(won["won_value"] * WHOLE // won["deals_won"], "EUR")
    found = {}
    for rep, mine in counts.items():
        away = frozenset(date.fromisoformat(row["day"]) for row in off if row["rep"] == rep)
        terms = Terms(
            QUARTER, QUARTER.last, Calendar(holidays=holidays, time_off=away), "EUR", average_deal=average
        )
        found[rep] = []
        for metric in FUNNEL_CARD:
            told = quotas.get((rep, metric.key))
            value = Fraction(told or 0) * (100 if metric.key == "won_value" else 1)
            asked = [Quota(value, QUARTER)] if told else []
            found[rep].append(
                line(metric, mine, target_of(metric, asked, QUARTER, Spreading(terms.calendar)), terms)
            )
    return found


def test_of_identical_reps_at_most_one_in_twenty_is_prompted() -> None:
    prompted = [
        any(each.prompts for each in card)
        for seed in range(8)
        for card in cards(simulate(seed, "null", months=6)).values()
    ]
    assert len(prompted) == 96
    assert sum(prompted) / len(prompted) <= 0.05


def test_a_halved_step_is_prompted_on_its_line_and_seldom_anybody_else() -> None:
    hits, planted, right, prompted = 0, 0, 0, 0
    for seed in range(5):
        world = simulate(seed, "one-gap", months=6)
        gaps = {each["name"]: each["gap"] for each in world.truth.told["reps"]}
        for rep, card in cards(world).items():
            said = {each.metric.key for each in card if each.prompts}
            if gaps[rep] in TELLS:
                planted += 1
                hits += TELLS[gaps[rep]] in said
            prompted += bool(said)
            right += bool(said and gaps[rep])
    assert planted == 30
    assert hits / planted >= 0.8, f"found {hits} of {planted}"
    assert right / prompted >= 0.9, f"{right} of {prompted} prompts are of reps with a gap"
