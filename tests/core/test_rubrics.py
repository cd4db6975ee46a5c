"""What a standard lacks, what changed between two versions, which version holds: laws and worked examples."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from upswing.core.rubrics import (
    MOST_BEHAVIOURS,
    MOST_CRITERIA,
    NAME_LENGTH,
    Audience,
    Criterion,
    Issue,
    Level,
    Mark,
    Pieces,
    Text,
    compare,
    excess,
    folded,
    in_force,
    lacking,
    signable,
    words_changed,
)

LISTENING = Criterion(
    "Listening", ("Lets the buyer finish.",), ("Interrupts.",), ("Hears what is not said.",)
)
WHOLE = Text("Rapport", "It helps.", "Listen.", "“Tell me more.”", Audience(), (LISTENING,))
DAY = date(2026, 10, 15)

words = st.text(alphabet="ab \n“", max_size=12)
lines = st.lists(st.text(alphabet="abc ", min_size=1, max_size=8), max_size=3).map(tuple)
names = st.text(alphabet="abcß ", min_size=1, max_size=5).filter(str.strip)
criteria = st.builds(
    Criterion, names, lines, lines, lines, st.sets(st.sampled_from("mnp")).map(sorted).map(tuple)
)
texts = st.builds(
    Text, words, words, words, words,
    st.builds(Audience, st.sampled_from([(), ("AE",), ("AE", "SDR")])),
    st.lists(criteria, max_size=4, unique_by=lambda one: folded(one.name)).map(tuple),
)  # fmt: skip


def put_together(pieces: Pieces, without: Mark) -> str:
    return "".join(piece.text for piece in pieces if piece.mark is not without)


def reads(pieces: Pieces) -> str:
    marks = {Mark.KEPT: "{}", Mark.ADDED: "+[{}]", Mark.REMOVED: "-[{}]"}
    return "".join(marks[piece.mark].format(piece.text) for piece in pieces)


@given(words, words)
def test_the_pieces_hold_both_texts(before: str, after: str):
    pieces = words_changed(before, after)
    assert put_together(pieces, without=Mark.ADDED) == before
    assert put_together(pieces, without=Mark.REMOVED) == after
    assert all(piece.text for piece in pieces)


@given(texts, texts)
def test_nothing_changed_exactly_where_the_texts_are_equal(before: Text, after: Text):
    assert not compare(before, before)
    assert bool(compare(before, after)) == (before != after)


@given(texts, texts)
def test_what_was_added_one_way_was_removed_the_other(before: Text, after: Text):
    there, back = compare(before, after), compare(after, before)

    def named(diff: object, mark: Mark) -> set[str]:
        return {"".join(p.text for p in one.name) for one in diff.criteria if one.mark is mark}  # type: ignore[attr-defined]

    assert named(there, Mark.ADDED) == named(back, Mark.REMOVED)
    assert len(there.criteria) == len(back.criteria)
    assert there.order == back.order


@given(texts, texts)
def test_the_lines_of_a_changed_criterion_hold_both_versions(before: Text, after: Text):
    old = {folded(one.name): one for one in before.criteria}
    new = {folded(one.name): one for one in after.criteria}
    for change in compare(before, after).criteria:
        name = folded(put_together(change.name, Mark.ADDED) or put_together(change.name, Mark.REMOVED))
        for level, shown in change.levels:
            for versions, without in ((old, Mark.ADDED), (new, Mark.REMOVED)):
                expected = versions[name].at(level) if name in versions else ()
                assert tuple(filter(None, (put_together(line, without) for line in shown))) == expected


def test_a_changed_word_is_shown_between_the_kept_ones():
    assert reads(words_changed("within four working hours", "within two working hours")) == (
        "within -[four]+[two] working hours"
    )
    assert reads(words_changed("a quick fox", "a slow dog")) == "a -[quick fox]+[slow dog]"
    assert reads(words_changed("", "all new")) == "+[all new]"
    assert reads(words_changed("b c", "a b c")) == "+[a ]b c"
    assert reads(words_changed("a b c", "b c d")) == "-[a ]b c+[ d]"
    assert reads(
        words_changed("the same working day. Every open deal", "one working day. Every open deal")
    ) == ("-[the same]+[one] working day. Every open deal")


def test_the_same_words_over_and_over_are_shown_whole_and_at_once():
    before, after = "a b " * 1000, "b a a " * 660
    assert reads(words_changed(before, after)) == f"-[{before}]+[{after}]"


def test_moving_a_criterion_is_a_change():
    other = replace(LISTENING, name="Asking")
    before, after = replace(WHOLE, criteria=(LISTENING, other)), replace(WHOLE, criteria=(other, LISTENING))
    assert (compare(before, after).order, compare(before, after).criteria) == (True, ())


def test_a_complete_text_lacks_nothing():
    assert lacking(WHOLE) == excess(WHOLE) == ()


@pytest.mark.parametrize("level", Level)
def test_a_criterion_without_a_behaviour_is_named_with_its_level(level: Level):
    text = replace(WHOLE, criteria=(LISTENING, replace(LISTENING, name="Asking", **{level.value: ()})))
    assert lacking(text) == (f"“Asking” has no behaviour under “{level}” yet: write at least one.",)


def test_everything_that_is_missing_is_said_at_once():
    assert lacking(Text("", criteria=(Criterion(""),))) == (
        "The name is not written yet.",
        "Why it helps is not written yet.",
        "What is expected is not written yet.",
        "The example is not written yet.",
        "Criterion 1 has no name yet.",
        "Criterion 1 has no behaviour under “below” yet: write at least one.",
        "Criterion 1 has no behaviour under “meets” yet: write at least one.",
        "Criterion 1 has no behaviour under “exceeds” yet: write at least one.",
    )
    assert "no criterion yet" in lacking(replace(WHOLE, criteria=()))[0]


def many(count: int) -> tuple[Criterion, ...]:
    return tuple(replace(LISTENING, name=f"Criterion {number}") for number in range(count))


@pytest.mark.parametrize(
    ("within", "beyond", "said"),
    [
        ({"name": "n" * NAME_LENGTH}, {"name": "n" * (NAME_LENGTH + 1)}, "The name has 201 characters"),
        (
            {"what": "w" * MOST_BEHAVIOURS},
            {"what": "w" * (MOST_BEHAVIOURS + 1)},
            "What is expected has 4,001",
        ),
        (
            {"criteria": many(MOST_CRITERIA)},
            {"criteria": many(60)},
            "There are 60 criteria; keep at most 40.",
        ),
        (
            {"criteria": (replace(LISTENING, below=("b" * 1999, "c" * 2000)),)},
            {"criteria": (replace(LISTENING, below=("b" * 2000, "c" * 2000)),)},
            "“Listening” under “below” have 4,001 characters",
        ),
        (
            {"criteria": (replace(LISTENING, name="n" * NAME_LENGTH),)},
            {"criteria": (replace(LISTENING, name="n" * (NAME_LENGTH + 1)),)},
            "The name of criterion 1 has 201 characters",
        ),
        (
            {},
            {"criteria": (LISTENING, replace(LISTENING, name=" LISTENING"))},
            "Two criteria are called “Listening”",
        ),
    ],
)
def test_limits_are_said_with_the_number_and_the_bound(within: dict, beyond: dict, said: str):
    assert excess(replace(WHOLE, **within)) == ()
    (sentence,) = excess(replace(WHOLE, **beyond))
    assert said in sentence


@pytest.mark.parametrize(
    ("audience", "role", "level", "teams", "concerned"),
    [
        (Audience(), "", "", (), True),
        (Audience(roles=("Account  executive",)), "account executive", "", (), True),
        (Audience(roles=("AE",)), "SDR", "", (), False),
        (Audience(roles=("AE",), levels=("senior",)), "AE", "junior", (), False),
        (Audience(roles=("AE",), levels=("senior",)), "AE", "Senior", (), True),
        (Audience(teams=("n",)), "", "", ("s", "n"), True),
        (Audience(teams=("n",)), "", "", ("s",), False),
        (Audience(roles=("AE",), teams=("n",)), "AE", "", ("s",), False),
    ],
)
def test_whom_it_concerns(audience: Audience, role: str, level: str, teams: tuple[str, ...], concerned: bool):
    assert audience.concerns(role, level, teams) is concerned
    assert audience.everybody == (audience == Audience())


issued = st.lists(st.integers(-3, 3), max_size=5).map(
    lambda days: [Issue(n, DAY + timedelta(days=d)) for n, d in enumerate(sorted(days), start=1)]
)


@given(issued)
def test_what_may_be_signed_is_what_holds_today_or_will_hold_some_day(issues: list[Issue]):
    """The slow way: ask of every day from today on which version holds."""
    will = {in_force(issues, DAY + timedelta(days=number)) for number in range(10)} - {None}
    assert signable(issues, DAY) == tuple(sorted(will))


def test_the_version_in_force_begins_on_its_day():
    issues = [Issue(1, DAY), Issue(2, DAY + timedelta(days=1))]
    assert [in_force(issues, DAY + timedelta(days=n)) for n in (-1, 0, 1)] == [None, 1, 2]
    assert signable(issues, DAY) == (1, 2)
    assert signable(issues, DAY + timedelta(days=1)) == (2,)
