"""The wordings of headlines, English; one sentence a key, placeholders named.

Of several wordings the first one whose placeholders are all known is used, so a sentence with fewer values
still reads well.
"""

from __future__ import annotations

from upswing.web.shared.marks import marked

Wordings = tuple[tuple[str, str], ...]
"""Pairs of headline and detail, richest first."""

RUNNING: dict[str, Wordings] = {
    "no_data": (
        (
            marked("Nothing has been recorded for {period} yet."),
            marked("Once the source has records of it, they show up here after the next import."),
        ),
    ),
    "no_days": (
        (
            marked("Nothing is asked for {period}."),
            marked("None of its working days is worked: days off, not here yet, or not any more."),
        ),
    ),
    "no_targets": (
        (
            marked("{won_value} from {deals_won} won so far."),
            marked("No targets are set for {period}, so nothing is judged yet."),
        ),
        (
            marked("No targets are set for {period} yet."),
            marked("The numbers below are counted, and nothing is judged."),
        ),
    ),
    "partly_set": (
        (
            marked("{won_value} from {deals_won} won so far."),
            marked("Targets cover only a part of {period}, so nothing is judged."),
        ),
        (
            marked("Targets cover only a part of {period}."),
            marked("The numbers below are counted, and nothing is judged."),
        ),
    ),
    "too_early": (
        (
            marked("Day {day} of {days}: too early to judge."),
            marked("{created} created and {won} won so far."),
        ),
        (
            marked("Day {day} of {days}: too early to judge."),
            marked("The lines below show what has been counted so far."),
        ),
        (marked("Too early to judge."), marked("The lines below show what has been counted so far.")),
    ),
    "ahead": (
        (
            marked("{Metric}: {actual}, {percent} of what was due by today."),
            marked(
                "By this part of {before} it was {usual}. Keep what works; the records are one click away."
            ),
        ),
        (
            marked("{Metric}: {percent} of what was due by today."),
            marked("Keep what works; the records behind it are one click away."),
        ),
        (marked("Ahead of today’s pace."), marked("The records behind each number are one click away.")),
    ),
    "too_few": (
        (
            marked("{records} so far: too few to judge."),
            marked("The lines below show what has been counted."),
        ),
        (marked("Too few records to judge yet."), marked("The lines below show what has been counted.")),
    ),
    "ahead_unclear": (
        (
            marked("{Metric}: {percent} of today’s pace."),
            marked("That may still be chance; a longer period tells more."),
        ),
        (marked("Above today’s pace."), marked("That may still be chance; a longer period tells more.")),
    ),
    "on_pace": (
        (
            marked("{Metric} is on track: {percent} of today’s pace."),
            marked("The pace is what was expected by the close of the day."),
        ),
        (marked("On track for {period}."), marked("The pace is what was expected by the close of the day.")),
    ),
    "behind_clear": (
        (
            marked(
                "Two lines to look at: {metric} ({actual}, {due}) and {second_metric} ({second_actual}, {second_due})."
            ),
            marked("What do the records behind them have in common?"),
        ),
        (
            marked("The line to look at is {metric}: {actual}, {due}."),
            marked("By this part of {before} it was {usual}. What do the records behind it have in common?"),
        ),
        (
            marked("The line to look at is {metric}: {actual}, {due}."),
            marked("What do the records behind it have in common?"),
        ),
        (
            marked("One line stands out below today’s pace."),
            marked("It is marked below; its records are one click away."),
        ),
    ),
    "most_below": (
        (
            marked("Most of the team is below the target on {metric}."),
            marked(
                "That says more about the target than about anyone here; whoever set it may look at it again."
            ),
        ),
    ),
    "behind_unclear": (
        (
            marked("{behind} behind today’s pace, and no line clearly stands out."),
            marked("{Metric} is what is behind; chance alone may explain the rest."),
        ),
        (
            marked("Behind today’s pace, and no line clearly stands out."),
            marked("Chance alone may explain it."),
        ),
    ),
}
"""While the period runs."""

OVER: dict[str, Wordings] = {
    "no_data": (
        (
            marked("Nothing was recorded for {period}."),
            marked("If something is missing, look at when the data last arrived."),
        ),
    ),
    "no_days": (
        (
            marked("Nothing is asked for {period}."),
            marked("None of its working days is worked: days off, not here yet, or not any more."),
        ),
    ),
    "no_targets": (
        (
            marked("{won_value} from {deals_won} won."),
            marked("No targets were set for {period}, so nothing is judged."),
        ),
        (
            marked("No targets were set for {period}."),
            marked("The numbers below are counted, and nothing is judged."),
        ),
    ),
    "partly_set": (
        (
            marked("{won_value} from {deals_won} won."),
            marked("Targets cover only a part of {period}, so nothing is judged."),
        ),
        (
            marked("Targets cover only a part of {period}."),
            marked("The numbers below are counted, and nothing is judged."),
        ),
    ),
    "too_early": (
        (marked("Too few records in {period} to judge."), marked("The lines below show what was counted.")),
    ),
    "ahead": (
        (
            marked("{Metric}: {actual}, {percent} of the target for {period}."),
            marked("In {before} it was {usual}. What worked here is worth repeating."),
        ),
        (marked("{Metric}: {percent} of the target."), marked("What worked here is worth repeating.")),
        (marked("The target was reached."), marked("What worked here is worth repeating.")),
    ),
    "too_few": (
        (
            marked("{records} in {period}: too few to judge."),
            marked("The lines below show what was counted."),
        ),
        (marked("Too few records in {period} to judge."), marked("The lines below show what was counted.")),
    ),
    "ahead_unclear": (
        (
            marked("{Metric}: {percent} of the target for {period}."),
            marked("That may be chance; a longer period tells more."),
        ),
        (marked("Above the target for {period}."), marked("That may be chance; a longer period tells more.")),
    ),
    "on_pace": (
        (
            marked("{Metric} on track: {percent} of the target."),
            marked("Between 80% and 120% of a target counts as on track."),
        ),
        (marked("On track for {period}."), marked("Between 80% and 120% of a target counts as on track.")),
    ),
    "behind_clear": (
        (
            marked(
                "Two lines to look at: {metric} ({actual}, {due}) and {second_metric} ({second_actual}, {second_due})."
            ),
            marked("What do the records behind them have in common?"),
        ),
        (
            marked("The line to look at is {metric}: {actual}, {due}."),
            marked("In {before} it was {usual}. What do the records behind it have in common?"),
        ),
        (
            marked("The line to look at is {metric}: {actual}, {due}."),
            marked("What do the records behind it have in common?"),
        ),
        (
            marked("One line stands out below its target."),
            marked("It is marked below; its records are one click away."),
        ),
    ),
    "most_below": (
        (
            marked("Most of the team is below the target on {metric}."),
            marked(
                "That says more about the target than about anyone here; whoever set it may look at it again."
            ),
        ),
    ),
    "behind_unclear": (
        (
            marked("{behind} short of the target, and no line clearly stands out."),
            marked("{Metric} is what is behind; chance alone may explain the rest."),
        ),
        (
            marked("Short of the target, and no line clearly stands out."),
            marked("Chance alone may explain it."),
        ),
    ),
}
"""Once the period is over."""
