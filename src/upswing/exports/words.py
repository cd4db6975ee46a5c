"""The words that cells say: bands with a mark each, evidence, and why there is nothing to say."""

from __future__ import annotations

from upswing.core.bands import Band
from upswing.core.evidence import Evidence
from upswing.core.scorecard import Line

BANDS = {
    Band.OUTSTANDING: ("▲", "△", "Outstanding"),
    Band.ON_TRACK: ("●", "●", "On track"),
    Band.NEEDS_SUPPORT: ("◆", "◇", "Needs support"),
}
"""A mark where it is clear, another where it only leans, and the word."""
EARLY = "○ Too early"
EVIDENCE = {Evidence.TOO_EARLY: "too few records", Evidence.LEANING: "leaning", Evidence.CLEAR: "clear"}
REASONS = {
    "no_data": "No records yet", "no_target": "No target", "no_records": "Nothing recorded yet",
    "partly_set": "Target for a part", "no_days": "No working days", "not_started": "Not started",
    "too_few": "Too few to judge", "unvalued": "Some amounts unknown",
    "too_few_people": "Fewer than five people",
}  # fmt: skip
UNITS = {
    "count": "a number of records", "share": "a share", "ratio": "so many per one", "money": "money",
    "hours": "hours", "days": "days",
}  # fmt: skip
NOUNS = {"day": "days", "week": "weeks", "month": "months", "quarter": "quarters", "year": "years"}
SMALL = (
    "Small numbers are not judged: a band stands only where chance alone does not explain the figure. "
    "△ and ◇ lean that way without being sure; ○ is too early to tell."
)


def band_word(line: Line) -> str:
    """The band of a line with its mark, or why there is none."""
    if line.evidence is Evidence.TOO_EARLY:
        return EARLY
    if line.band is None:
        return REASONS.get(line.reason or "", "Not judged")
    clear, leaning, word = BANDS[line.band]
    if line.evidence is Evidence.LEANING and line.band is not Band.ON_TRACK:
        return f"{leaning} Leaning: {word.lower()}"
    return f"{clear} {word}"
