"""What a scenario plants is there, at its size, and changes nothing that does not follow from it."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

import numpy as np
import pytest

from tests.simulation.worlds import Rows, rows, world
from upswing.simulation import SCENARIOS, World, simulate
from upswing.simulation.activities import LABELS
from upswing.simulation.arrays import NEVER

REPS = 15
UPSTREAM = {
    "volume": {"accounts", "contacts", "days_off", "logins", "quotas", "memberships"},
    "connect": {"accounts", "contacts", "days_off", "logins", "quotas", "memberships"},
    "meeting": {"accounts", "contacts", "days_off", "logins", "quotas", "memberships"},
    "lead mix": {"accounts", "contacts", "days_off", "logins", "quotas", "memberships"},
    "size": {"leads", "stage_moves", "logins", "time_entries", "quotas", "assessments"},
    "Negotiation": {"logins", "time_entries", "quotas", "assessments", "days_off"},
}
"""What a gap cannot touch, even of the rep who has it."""


def by_rep(found: World, table: str) -> dict[int, Rows]:
    """The rows of each rep, by their name or by an id of their patch."""
    numbers = {name: place for place, name in enumerate(found.tables["people"].texts("name"))}
    numbers |= {f"{place + 1:03d}": place for place in numbers.values()}
    parts: dict[int, Rows] = defaultdict(set)
    for row in found.tables[table].rows():
        number = numbers.get(row[0], numbers.get(row[1], numbers.get(row[0][2:5])))
        parts[-1 if number is None else number].add(row)
    return parts


@pytest.fixture(scope="module")
def pair() -> tuple[World, World]:
    return tuple(simulate(3, key, months=6, reps=REPS) for key in ("null", "one-gap"))  # type: ignore[return-value]


def test_reps_without_a_gap_do_the_same_with_and_without_gaps_beside_them(pair: tuple[World, World]) -> None:
    null, gaps = pair
    without = [rep["number"] for rep in gaps.truth.told["reps"] if not rep["gap"]]
    assert len(without) == REPS // 3
    for table in null.tables:
        before, after = by_rep(null, table), by_rep(gaps, table)
        assert all(before[number] == after[number] for number in without), table


def test_a_gap_changes_only_what_follows_from_it(pair: tuple[World, World]) -> None:
    null, gaps = pair
    untouched = {table for tables in UPSTREAM.values() for table in tables}
    parts = {table: (by_rep(null, table), by_rep(gaps, table)) for table in untouched}
    for rep in gaps.truth.told["reps"]:
        for table in UPSTREAM.get(rep["gap"], ()):
            before, after = parts[table]
            assert before[rep["number"]] == after[rep["number"]], (rep["gap"], table)


def test_calls_are_made_at_the_same_time_whoever_answers(pair: tuple[World, World]) -> None:
    null, gaps = pair
    (number,) = [rep["number"] for rep in gaps.truth.told["reps"] if rep["gap"] == "connect"]
    when = [
        {
            row["id"]: row["at"]
            for row in rows(found, "activities")
            if row["id"].startswith(f"C-{number + 1:03d}-")
        }
        for found in pair
    ]
    assert when[0] == when[1]
    assert by_rep(null, "activities")[number] != by_rep(gaps, "activities")[number]


def test_every_gap_can_be_found_or_is_marked_as_too_small() -> None:
    effects = [
        effect
        for effect in world("one-gap").truth.told["effects"]
        if not effect["kind"].startswith("coached")
    ]
    assert {effect["kind"] for effect in effects} == {
        "volume", "connect", "meeting", "Discovery", "Demo", "Quote", "Negotiation", "size", "lead mix"
    }  # fmt: skip
    for effect in effects:
        assert (effect["z"] > 3) == (effect["verdict"] == "findable")
    sure = {effect["kind"]: effect for effect in effects}
    for kind in ("volume", "connect", "meeting"):
        assert sure[kind]["verdict"] == "findable"
        assert sure[kind]["seen"] / sure[kind]["ordinary"] == pytest.approx(0.5, abs=0.12)
    assert sure["lead mix"]["seen"] == pytest.approx(0.8, abs=0.05)
    assert sure["size"]["ordinary"] - sure["size"]["seen"] == pytest.approx(np.log(2), abs=0.25)


def test_the_good_hour_and_the_bad_one_show() -> None:
    good, bad = (
        effect
        for effect in world("hour-effect").truth.told["effects"]
        if effect["kind"].startswith("answered")
    )
    assert good["seen"] / good["ordinary"] == pytest.approx(1.25, rel=0.06)
    assert bad["seen"] / bad["ordinary"] == pytest.approx(0.80, rel=0.08)
    assert min(good["z"], bad["z"]) > 3


def test_tuesday_is_best_though_calls_drift_to_a_friday_with_a_better_list() -> None:
    found = world("weekday-confounded", months=12)
    (tuesday,) = (effect for effect in found.truth.told["effects"] if effect["kind"] == "answered on Tuesday")
    assert tuesday["seen"] / tuesday["ordinary"] == pytest.approx(1.10, abs=0.04)
    assert tuesday["z"] > 3
    count, answered = Counter[int](), Counter[int]()
    fridays: dict[bool, list[bool]] = defaultdict(list)
    for row in rows(found, "activities"):
        if row["kind"] == "call":
            day = date.fromisoformat(row["at"][:10])
            count[day.weekday()] += 1
            answered[day.weekday()] += row["outcome"] in {"conversation", "wrong_person", "call_back"}
            fridays[day.month > 6].append(day.weekday() == 4)
    rates = {day: answered[day] / count[day] for day in range(5)}
    assert max(rates, key=lambda day: rates[day]) == 4
    assert np.mean(fridays[True]) > 1.4 * np.mean(fridays[False])


def test_dead_deals_stay_open_where_the_pipeline_stalls() -> None:
    dead = {}
    for key in ("healthy", "stalled-pipeline"):
        truth = world(key, months=12, reps=12).truth.arrays
        dead[key] = float(truth["deal_dead"].sum() / (~truth["deal_won"]).sum())
    assert dead["healthy"] == pytest.approx(0.5 * 0.4, abs=0.10)
    assert dead["stalled-pipeline"] == pytest.approx(0.8 * 0.8, abs=0.12)


def test_three_of_twenty_pad_their_log_and_others_only_look_like_it() -> None:
    found = world("padded", months=6)
    labels, names = found.truth.arrays["activity_label"], found.tables["activities"].texts("rep")
    assert len(labels) == len(found.tables["activities"])
    who: dict[str, set[str]] = defaultdict(set)
    for label, name in zip(labels.tolist(), names, strict=True):
        who[LABELS[label]].add(name)
    padding = set().union(*(who[label] for label in LABELS if label.startswith("padded:")))
    assert set(LABELS) == set(who)
    assert len(padding) == 3
    assert padding == {rep["name"] for rep in found.truth.told["reps"] if rep["pads_from"]}
    assert not padding & (who["lookalike:dialler"] | who["lookalike:evening"])
    invented = {
        row["kind"] for row, label in zip(rows(found, "activities"), labels, strict=True) if label > 3
    }
    assert invented == {"call"}
    share = [(labels[np.array(names) == name] > 3).mean() for name in padding]
    assert all(0.05 < float(mine) < 0.30 for mine in share)


def test_no_log_is_padded_where_nothing_is_promised() -> None:
    assert not world("healthy", months=9).truth.arrays["activity_label"].any()


def test_changes_in_the_middle_of_a_year_are_dated() -> None:
    found = world("mid-year", months=24)
    stays = defaultdict(list)
    for row in rows(found, "memberships"):
        stays[row["rep"]].append(row)
    for told in stays.values():
        assert [row["end"] for row in told[:-1]] == [row["start"] for row in told[1:]]
    places = {name: {(row["role"], row["territory"]) for row in told} for name, told in stays.items()}
    assert sum(len(found) > 1 for found in places.values()) >= 5
    assert {row["end"] for row in rows(found, "people")} != {""}
    assert found.truth.told["handovers"]
    handed = found.truth.told["handovers"][0]
    names = found.tables["people"].texts("name")
    mine = [row for row in rows(found, "deals") if row["id"].startswith(f"D-{handed['rep'] + 1:03d}-")]
    late = [row for row in mine if not row["closed"] or row["closed"] >= handed["day"]]
    assert late
    leaver = next(rep["name"] for rep in found.truth.told["reps"] if rep["number"] == handed["rep"])
    assert leaver not in {row["rep"] for row in late}
    assert {row["rep"] for row in mine if row["closed"] and row["closed"] < handed["day"]} == {leaver}
    assert len(names) == len(set(names))


def test_tiny_is_too_early_to_tell() -> None:
    found = world("tiny")
    assert len(found.tables["people"]) == 3
    assert 2_000 < len(found.tables["activities"]) < 8_000
    assert sum(stage == "Won" for stage in found.tables["deals"].texts("stage")) < 15


@pytest.mark.parametrize("key", sorted(SCENARIOS))
def test_every_scenario_builds_with_a_truth_that_keeps_its_promise(key: str) -> None:
    found = world(key, months=2, reps=min(SCENARIOS[key].reps, 12))
    assert found.truth.told["promise"] == SCENARIOS[key].promise != ""
    assert found.truth.told["scenario"] == key
    assert len(found.tables["activities"]) == len(found.truth.arrays["activity_label"])
    assert len(found.tables["invoices"]) == len(found.truth.arrays["invoice_deal"])
    owners = found.truth.arrays["deal_owner"]
    assert len(owners) == len(found.truth.arrays["deal_won"]) >= len(found.tables["deals"])


def test_coaching_lifts_half_of_those_below_target_and_only_after_the_day() -> None:
    rounds = [one for seed in range(3) for one in simulate(seed, "healthy", months=14).truth.told["coaching"]]
    below = [one for one in rounds if one["below"]]
    assert {one["coached"] for one in rounds if not one["below"]} <= {False}
    assert sum(one["coached"] for one in below) / len(below) == pytest.approx(0.5, abs=0.25)


def test_lead_attributes_tell_of_a_lead_s_fate_as_well_as_they_should() -> None:
    """The share of pairs, one qualified and one not, in which the better lead has the higher log-odds."""
    truth, scores = world("healthy").truth.arrays, {}
    for rep, number, odds in zip(
        truth["lead_rep"], truth["lead_number"], truth["lead_log_odds"], strict=True
    ):
        scores[f"L-{rep + 1:03d}-{number + 1:06d}"] = float(odds)
    told = [row for row in rows(world("healthy"), "leads") if row["source"] != "outbound"]
    talked = [row for row in told if row["disposition"] in {"qualified", "disqualified"}]
    good = np.array([scores[row["id"]] for row in talked if row["disposition"] == "qualified"])
    bad = np.sort([scores[row["id"]] for row in talked if row["disposition"] == "disqualified"])
    assert float(np.searchsorted(bad, good).mean() / len(bad)) == pytest.approx(0.70, abs=0.08)
    assert not np.any(world("null", months=2).truth.arrays["lead_log_odds"])
    assert int(NEVER) > 10**11
