"""Sentences: every key of the core has words, with all of its values or with few."""

import re
from dataclasses import astuple, replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from tests.web import fixtures
from upswing.core.measures import BOOKED_REVENUE, CALLS, COURSES, EMAILS_ANSWERED, VISITS, WON_VALUE, Sum
from upswing.core.metrics import metric
from upswing.core.metrics.metric import Metric, Plain, Ratio, Unit
from upswing.core.money import Money
from upswing.core.period import PeriodKind
from upswing.core.scorecard import Sentence
from upswing.web.shared import headlines, sentences, spans, wordings
from upswing.web.shared.progress import progress

WEB = Path(wordings.__file__).parents[1]
KEYS = (
    "no_data",
    "no_days",
    "too_early",
    "too_few",
    "partly_set",
    "ahead_unclear",
    "ahead",
    "on_pace",
    "behind_clear",
    "behind_unclear",
    "no_targets",
)
REASONS = (
    "no_data",
    "no_target",
    "no_records",
    "partly_set",
    "no_days",
    "not_started",
    "too_few",
    "too_few_people",
)
FORBIDDEN = (
    "fault", "failing", "failure", "failed", "suspicious", "fake", "cheat", "worst", "lazy", "poor", "underperform",
    "you should have", "bad news", "behind schedule", "intervention",
)  # fmt: skip


def said(sentence: Sentence, slug: str = "2026-11") -> sentences.Said:
    card = fixtures.card(slug=slug)
    return sentences.say(replace(card, headline=sentence))


@pytest.mark.parametrize("slug", ["2026-11", "2026-Q3"])
@pytest.mark.parametrize("key", KEYS)
def test_every_kind_of_headline_reads_well_without_any_value(key: str, slug: str) -> None:
    found = said(Sentence(key), slug)
    assert found.headline.endswith(".")
    assert "{" not in found.headline + found.detail


def test_an_unknown_kind_of_headline_still_says_something() -> None:
    assert said(Sentence("brand_new")).headline == "Here is what was counted."


def test_a_clear_line_is_named_with_its_numbers_and_the_period_before() -> None:
    found = sentences.say(fixtures.card())
    assert found.headline == "The line to look at is win rate: 22%, target 35%."
    assert found.detail.startswith("By this part of October 2026 it was 36%.")


def test_a_count_is_compared_with_the_part_due_by_now() -> None:
    values = (
        ("metric", "deals_created"),
        ("actual", Fraction(12)),
        ("expected", Fraction(150, 7)),
        ("n", 12),
    )
    assert (
        said(Sentence("behind_clear", values)).headline
        == "The line to look at is deals created: 12, 21.4 due by now."
    )


def our(label: str, value: Plain | Ratio, unit: Unit = Unit.COUNT, **more: object) -> Metric:
    """A metric of the organisation's own, made of one that the catalogue has."""
    key = f"our_{label.casefold()}"
    return replace(metric("calls"), key=key, label=label, value=value, unit=unit, **more)  # type: ignore[arg-type]


REACH = Sum("calls + visits", ((Fraction(1), CALLS), (Fraction(1), VISITS)))


def test_an_own_metric_is_called_by_its_name_and_told_in_its_unit() -> None:
    card = fixtures.card()
    billed = our("Billed share", Ratio(BOOKED_REVENUE, per=WON_VALUE), Unit.SHARE, evidence=None)
    line = replace(card.lines[0], metric=billed)
    values = (("metric", billed.key), ("actual", Fraction(4, 5)), ("expected", Fraction(11, 10)))
    told = replace(card, lines=(line,), headline=Sentence("behind_clear", values))
    assert sentences.say(told).headline == "The line to look at is billed share: 80%, target 110%."


@pytest.mark.parametrize(
    ("each", "words"),
    [
        (our("Reach", Plain(REACH), evidence=None), "2 records"),
        (our("Visits", Plain(VISITS), evidence=VISITS), "2 visits"),
        (our("Answers", Plain(EMAILS_ANSWERED), evidence=EMAILS_ANSWERED), "2 e-mails"),
        (our("Learning", Plain(COURSES), evidence=COURSES), "2 courses"),
        (metric("rubric_level"), "2 assessments"),
        (metric("won_value"), "2 deals"),
    ],
    ids=lambda each: str(getattr(each, "key", "")),
)  # fmt: skip
def test_records_are_called_what_they_are(each: Metric, words: str) -> None:
    assert sentences.records(2, each) == words


def test_two_lines_are_named_in_one_sentence() -> None:
    values = (
        ("metric", "deals_created"), ("actual", Fraction(12)), ("expected", Fraction(20)), ("n", 12),
        ("second_metric", "win_rate"), ("second_actual", Fraction(1, 5)), ("second_expected", Fraction(7, 20)),
    )  # fmt: skip
    assert said(Sentence("behind_clear", values)).headline == (
        "Two lines to look at: deals created (12, 20 due by now) and win rate (20%, target 35%)."
    )


def test_behind_without_a_clear_line_names_the_money() -> None:
    values = (("metric", "won_value"), ("behind", Money(710_000, "EUR")))
    found = said(Sentence("behind_unclear", values))
    assert found.headline == "€7,100 behind today’s pace, and no line clearly stands out."


def test_too_early_says_the_day_and_what_was_counted() -> None:
    found = said(Sentence("too_early", (("day", 3), ("days", 21))))
    assert found.headline == "Day 3 of 21: too early to judge."
    assert found.detail == "24 deals created and €54,300 won so far."


def test_without_targets_the_numbers_are_still_said() -> None:
    found = said(Sentence("no_targets", (("won_value", Money(5_430_000, "EUR")), ("deals_won", Fraction(1)))))
    assert found.headline == "€54,300 from 1 deal won so far."


def test_everything_the_guide_says_an_import_notices_about_a_record_has_words() -> None:
    guide = (WEB.parents[2] / "docs" / "guide" / "import.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| ([a-z ,]+) \|", guide.partition("**Taken, worth knowing**")[2], re.MULTILINE)
    codes = {code.replace(" ", "_") for cell in told for code in cell.split(", ")} - {"message"}
    assert len(codes) >= 20
    assert codes - {"rep_without_deals"} <= wordings.NOTICES.keys()


@pytest.mark.parametrize("key", REASONS)
def test_every_reason_has_words(key: str) -> None:
    assert key in wordings.REASONS


def test_an_unknown_reason_reads_as_its_own_words() -> None:
    assert sentences.reason("not_yet_known") == "Not yet known"


def test_one_is_singular() -> None:
    assert (sentences.records(1), sentences.records(4)) == ("1 deal", "4 deals")
    held, spoken, rate = (metric(key) for key in ("meetings_held", "conversations", "connect_rate"))
    assert [sentences.records(2, each) for each in (held, spoken, rate)] == [
        "2 meetings",
        "2 conversations",
        "2 calls",
    ]
    assert sentences.records(1, metric("open_value")) == "1 deal"
    assert (sentences.people(1), sentences.people(12)) == ("1 person", "12 people")


@pytest.mark.parametrize("kind", PeriodKind)
def test_every_kind_of_period_has_its_own_phrases(kind: PeriodKind) -> None:
    month, noun = astuple(spans.MONTHS), "period" if kind is PeriodKind.CUSTOM else kind.value
    named = (text.replace("month", noun).replace("Month", noun.capitalize()) for text in month)
    assert astuple(spans.phrases_of(kind)) == tuple(named)


@pytest.mark.parametrize(
    ("done", "expected", "seconds", "words"),
    [
        (0, 0, 0, "0 rows."),
        (1500, 6000, 0, "1,500 of about 6,000 rows."),
        (6000, 6000, 3, "6,000 of about 6,000 rows, 2,000 rows a second."),
        (1500, 6000, 3, "1,500 of about 6,000 rows, 500 rows a second, less than a minute left."),
        (300, 12_000, 2, "300 of about 12,000 rows, 150 rows a second, about 1 minute left."),
    ],
)
def test_how_far_an_import_is_stands_in_one_sentence(
    done: int, expected: int, seconds: int, words: str
) -> None:
    begun = datetime(2026, 11, 20, 9, tzinfo=UTC)
    alive = begun + timedelta(seconds=seconds)
    assert progress("Import", done, expected, alive, alive, begun).said == words


def visible_texts() -> list[tuple[str, str]]:
    """Templates without their tags, and every string of the wordings."""
    templates = [
        (path.name, re.sub(r"\{[{%].*?[%}]\}", " ", path.read_text())) for path in WEB.rglob("*.html")
    ]
    modules = (wordings, headlines, spans)
    return [*templates, *((each.__name__, Path(each.__file__).read_text()) for each in modules)]


def test_no_word_on_screen_blames_anybody() -> None:
    for name, text in visible_texts():
        found = [word for word in FORBIDDEN if re.search(rf"\b{word}", text, re.IGNORECASE)]
        assert not found, f"{name}: {found}"


def test_no_template_carries_an_inline_style_or_script() -> None:
    for path in WEB.rglob("*.html"):
        text = path.read_text()
        assert "style=" not in text, path
        assert not re.search(r"<script(?![^>]*\bsrc=)", text), path
        assert not re.search(r"\son\w+=", text), path
