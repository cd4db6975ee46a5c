"""Where identities stood first: as a plain dictionary would say it, in less memory."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from upswing.connectors.files.firsts import Firsts
from upswing.core.records import Origin

KEYS = st.one_of(st.text(max_size=3), st.tuples(st.text(max_size=2), st.dates() | st.none()), st.just(None))
STEPS = st.lists(
    st.tuples(KEYS, st.sampled_from(["a.csv", "b.csv"]), st.integers(1, 50), st.booleans()), max_size=200
)


@given(steps=STEPS)
def test_it_says_what_a_dictionary_says(steps: list[tuple[object, str, int, bool]]):
    firsts, plain = Firsts(), dict[object, Origin]()
    for key, file, row, back in steps:
        here = Origin(file, row)
        assert firsts.claim(key, here) == plain.setdefault(key, here)
        if back:
            firsts.give_back(key)
            plain.pop(key)


def test_it_remembers_as_it_grows():
    firsts = Firsts()
    for row in range(1, 100_001):
        here = Origin("a.csv", row)
        assert firsts.claim(f"D{row}", here) is here
    for row in (1, 2, 77_777, 100_000):
        assert firsts.claim(f"D{row}", Origin("b.csv", 9)) == Origin("a.csv", row)


def test_giving_back_what_nobody_claimed_changes_nothing():
    firsts, here = Firsts(), Origin("a.csv", 1)
    firsts.give_back("D1")
    assert firsts.claim("D1", here) is here
