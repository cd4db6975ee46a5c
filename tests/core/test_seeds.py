"""Seeds: the same answer, asked again, draws the same numbers."""

from __future__ import annotations

from itertools import permutations

from upswing.core.seeds import seed_of


def test_a_seed_is_the_first_eight_bytes_of_what_was_said():
    assert seed_of("ranks@1", "team 7", "2026-Q3", "2") == 15463577607061871697


def test_every_part_and_its_place_matters():
    seeds = {seed_of(*said) for said in permutations(("a", "b", "ab", ""))}
    assert len(seeds) == 24
    assert all(0 <= seed < 2**64 for seed in seeds)
