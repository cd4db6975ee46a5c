"""The laws of a simulated organisation."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from upswing.core.period import quarter_of
from upswing.simulation import UnknownScenario, World, simulate
from upswing.simulation.names import REPS, account_name, rep_name

AS_OF = date(2026, 11, 20)
DIGEST = """
import hashlib, sys, tempfile
from datetime import date
from pathlib import Path
from upswing.simulation import simulate
folder = Path(tempfile.mkdtemp())
simulate(7, months=3, as_of=date(2026, 11, 20), reps=5).write(folder)
whole = hashlib.sha256()
for path in sorted(folder.iterdir()):
    whole.update(path.name.encode() + path.read_bytes())
print(whole.hexdigest())
"""


@pytest.fixture(scope="module")
def healthy() -> World:
    return simulate(1, as_of=AS_OF)


@pytest.fixture(scope="module")
def ten() -> list[World]:
    """Ten seeds, looked at on the last day of a quarter."""
    return [simulate(seed, as_of=date(2026, 9, 30)) for seed in range(10)]


def digest(folder: Path) -> str:
    whole = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        whole.update(path.name.encode() + path.read_bytes())
    return whole.hexdigest()


def in_another_process(**environ: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", DIGEST],
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_the_same_seed_writes_the_same_bytes_whatever_the_hash_seed_and_time_zone(tmp_path: Path) -> None:
    simulate(7, months=3, as_of=AS_OF, reps=5).write(tmp_path)
    here = digest(tmp_path)
    assert in_another_process(PYTHONHASHSEED="1", TZ="Asia/Tokyo", LC_ALL="C") == here
    assert in_another_process(PYTHONHASHSEED="2", TZ="America/Lima") == here


def test_another_seed_is_another_organisation(healthy: World) -> None:
    assert simulate(2, as_of=AS_OF).deals != healthy.deals


def test_one_more_rep_leaves_the_rows_of_the_others_as_they_are(healthy: World) -> None:
    wider = simulate(1, as_of=AS_OF, reps=13)
    newcomer = wider.people[-1].name
    assert wider.people[:-1] == healthy.people
    assert wider.accounts[: len(healthy.accounts)] == healthy.accounts
    assert tuple(deal for deal in wider.deals if deal.rep != newcomer) == healthy.deals
    assert tuple(quota for quota in wider.quotas if quota.rep != newcomer) == healthy.quotas


@pytest.mark.parametrize("later", [date(2026, 11, 21), date(2026, 12, 31), date(2027, 4, 2)])
def test_a_later_look_only_continues_the_history(healthy: World, later: date) -> None:
    after = simulate(1, as_of=later, anchor=healthy.anchor)
    assert after.people == healthy.people
    assert set(healthy.quotas) <= set(after.quotas)
    for before, now in zip(healthy.deals, after.deals, strict=False):
        assert (before.id, before.created, before.amount) == (now.id, now.created, now.amount)
        assert before == now or (before.closed is None and (now.closed is None or now.closed > AS_OF))
    assert all(deal.created > AS_OF for deal in after.deals[len(healthy.deals) :])


def test_within_a_quarter_no_anchor_is_needed(healthy: World) -> None:
    last = date(2026, 12, 31)
    assert simulate(1, as_of=last) == simulate(1, as_of=last, anchor=healthy.anchor)
    assert simulate(1, as_of=AS_OF, anchor=date(2026, 10, 9)) == healthy


def test_nothing_is_dated_after_the_look(healthy: World) -> None:
    assert max(deal.created for deal in healthy.deals) <= AS_OF
    assert max(deal.closed for deal in healthy.deals if deal.closed) <= AS_OF
    assert max(person.start for person in healthy.people) <= AS_OF
    assert max(quota.period for quota in healthy.quotas) == "2026-Q4"


def test_every_link_leads_somewhere(healthy: World) -> None:
    reps = {person.name: person for person in healthy.people}
    accounts = {account.name for account in healthy.accounts}
    products = {product.name for product in healthy.products}
    for deal in healthy.deals:
        assert deal.rep in reps
        assert deal.account in accounts
        assert deal.product in products
        assert reps[deal.rep].start <= deal.created
    assert {quota.rep for quota in healthy.quotas} <= set(reps)


def test_ids_and_names_are_told_apart() -> None:
    world = simulate(3, as_of=AS_OF, months=3, reps=40)
    for rows in (world.deals, world.accounts, world.products):
        assert len({row.id for row in rows}) == len(rows)
    assert len({account.name for account in world.accounts}) == len(world.accounts)
    assert len({account_name(number) for number in range(20_000)}) == 20_000
    assert len(set(REPS)) == len(REPS) >= 40
    assert rep_name(len(REPS)) == f"Rep {len(REPS) + 1}"


def test_days_are_working_days_and_no_deal_is_decided_before_it_came_in(healthy: World) -> None:
    for deal in healthy.deals:
        assert deal.created.weekday() < 5
        if deal.closed:
            assert deal.closed.weekday() < 5
            assert deal.created <= deal.closed
        assert (deal.closed is None) == (deal.stage not in ("Won", "Lost"))


def test_three_managers_lead_twelve_reps(healthy: World) -> None:
    teams = Counter(person.manager for person in healthy.people)
    assert teams == {"Mona Berg": 5, "Otto Lindqvist": 4, "Priya Raman": 3}
    assert {"Tess Lund", "Stan Weber", "Rami Haddad", "Nadia Petrova", "Jonas Kim"} == {
        person.name for person in healthy.people if person.manager == "Mona Berg"
    }


def test_a_ramping_hire_has_no_quota_before_the_first_whole_quarter_and_a_smaller_one_in_it(
    healthy: World,
) -> None:
    asked = {
        (quota.rep, quota.period): quota.value for quota in healthy.quotas if quota.metric == "won_value"
    }
    assert ("Rami Haddad", "2026-Q3") not in asked
    assert asked["Rami Haddad", "2026-Q4"] < asked["Nadia Petrova", "2026-Q4"]


def test_a_stalled_pipeline_holds_more_and_older_deals(healthy: World) -> None:
    ages = defaultdict(list)
    for deal in healthy.deals:
        if deal.closed is None:
            ages[deal.rep].append((AS_OF - deal.created).days)
    old = {rep: sum(age > 90 for age in days) for rep, days in ages.items()}
    others = sorted(count for rep, count in old.items() if rep != "Stan Weber")
    assert old["Stan Weber"] > others[-1]
    assert old["Stan Weber"] > 2 * others[len(others) // 2]


def test_wins_amounts_and_days_are_as_the_scenario_says(ten: list[World]) -> None:
    deals = [deal for world in ten for deal in world.deals]
    decided = [deal for deal in deals if deal.closed]
    won = [deal for deal in decided if deal.stage == "Won"]
    days = sorted((deal.closed - deal.created).days for deal in won if deal.closed)
    assert 0.20 < len(won) / len(decided) < 0.30
    assert 10_000 < sorted(deal.amount for deal in deals)[len(deals) // 2] < 12_500
    assert 40 < days[len(days) // 2] < 55


def test_most_quotas_are_reached_and_not_all(ten: list[World]) -> None:
    shares = [attained(world) for world in ten]
    assert Fraction(6, 10) < sum(shares) / len(shares) < Fraction(9, 10)


def attained(world: World) -> Fraction:
    """The share of rep-quarters in which won value reached its quota."""
    won: Counter[tuple[str, str]] = Counter()
    for deal in world.deals:
        if deal.stage == "Won" and deal.closed:
            won[deal.rep, quarter_of(deal.closed).slug] += deal.amount
    asked = [quota for quota in world.quotas if quota.metric == "won_value"]
    return Fraction(sum(won[quota.rep, quota.period] >= quota.value for quota in asked), len(asked))


def test_a_wrong_wish_is_answered_with_the_nearest_right_one() -> None:
    with pytest.raises(UnknownScenario, match="Did you mean “healthy”"):
        simulate(1, "helthy", as_of=AS_OF)
    with pytest.raises(ValueError, match="0 reps"):
        simulate(1, as_of=AS_OF, reps=0)
