"""The wordings themselves, English; one sentence a key, placeholders named.

Of several wordings the first one whose placeholders are all known is used, so a sentence with fewer values
still reads well.
"""

from __future__ import annotations

Wordings = tuple[tuple[str, str], ...]
"""Pairs of headline and detail, richest first."""

RUNNING: dict[str, Wordings] = {
    "no_data": (
        (
            "Nothing has been recorded for {period} yet.",
            "Once the source has records of it, they show up here after the next import.",
        ),
    ),
    "no_targets": (
        (
            "{won_value} from {deals_won} won so far.",
            "No targets are set for {period}, so nothing is judged yet.",
        ),
        ("No targets are set for {period} yet.", "The numbers below are counted, and nothing is judged."),
    ),
    "partly_set": (
        (
            "{won_value} from {deals_won} won so far.",
            "Targets cover only a part of {period}, so nothing is judged.",
        ),
        ("Targets cover only a part of {period}.", "The numbers below are counted, and nothing is judged."),
    ),
    "too_early": (
        ("Day {day} of {days}: too early to judge.", "{created} created and {won} won so far."),
        ("Day {day} of {days}: too early to judge.", "The lines below show what has been counted so far."),
        ("Too early to judge.", "The lines below show what has been counted so far."),
    ),
    "ahead": (
        (
            "{Metric}: {actual}, {percent} of what was due by today.",
            "By this part of {before} it was {usual}. Keep what works; the records are one click away.",
        ),
        (
            "{Metric}: {percent} of what was due by today.",
            "Keep what works; the records behind it are one click away.",
        ),
        ("Ahead of today’s pace.", "The records behind each number are one click away."),
    ),
    "too_few": (
        ("{records} so far: too few to judge.", "The lines below show what has been counted."),
        ("Too few records to judge yet.", "The lines below show what has been counted."),
    ),
    "ahead_unclear": (
        (
            "{Metric}: {percent} of today’s pace.",
            "That may still be chance; a longer period tells more.",
        ),
        ("Above today’s pace.", "That may still be chance; a longer period tells more."),
    ),
    "on_pace": (
        (
            "{Metric} is on track: {percent} of today’s pace.",
            "The pace is what was expected by the close of the day.",
        ),
        ("On track for {period}.", "The pace is what was expected by the close of the day."),
    ),
    "behind_clear": (
        (
            "Two lines to look at: {metric} ({actual}, {due}) and {second_metric} ({second_actual}, {second_due}).",
            "What do the records behind them have in common?",
        ),
        (
            "The line to look at is {metric}: {actual}, {due}.",
            "By this part of {before} it was {usual}. What do the records behind it have in common?",
        ),
        (
            "The line to look at is {metric}: {actual}, {due}.",
            "What do the records behind it have in common?",
        ),
        ("One line stands out below today’s pace.", "It is marked below; its records are one click away."),
    ),
    "most_below": (
        (
            "Most of the team is below the target on {metric}.",
            "That says more about the target than about anyone here; whoever set it may look at it again.",
        ),
    ),
    "behind_unclear": (
        (
            "{behind} behind today’s pace, and no line clearly stands out.",
            "{Metric} is what is behind; chance alone may explain the rest.",
        ),
        ("Behind today’s pace, and no line clearly stands out.", "Chance alone may explain it."),
    ),
}
"""While the period runs."""

OVER: dict[str, Wordings] = {
    "no_data": (
        (
            "Nothing was recorded for {period}.",
            "If something is missing, look at when the data last arrived.",
        ),
    ),
    "no_targets": (
        ("{won_value} from {deals_won} won.", "No targets were set for {period}, so nothing is judged."),
        ("No targets were set for {period}.", "The numbers below are counted, and nothing is judged."),
    ),
    "partly_set": (
        ("{won_value} from {deals_won} won.", "Targets cover only a part of {period}, so nothing is judged."),
        ("Targets cover only a part of {period}.", "The numbers below are counted, and nothing is judged."),
    ),
    "too_early": (("Too few records in {period} to judge.", "The lines below show what was counted."),),
    "ahead": (
        (
            "{Metric}: {actual}, {percent} of the target for {period}.",
            "{Before} it was {usual}. What worked here is worth repeating.",
        ),
        ("{Metric}: {percent} of the target.", "What worked here is worth repeating."),
        ("The target was reached.", "What worked here is worth repeating."),
    ),
    "too_few": (
        ("{records} in {period}: too few to judge.", "The lines below show what was counted."),
        ("Too few records in {period} to judge.", "The lines below show what was counted."),
    ),
    "ahead_unclear": (
        (
            "{Metric}: {percent} of the target for {period}.",
            "That may be chance; a longer period tells more.",
        ),
        ("Above the target for {period}.", "That may be chance; a longer period tells more."),
    ),
    "on_pace": (
        (
            "{Metric} on track: {percent} of the target.",
            "Between 80% and 120% of a target counts as on track.",
        ),
        ("On track for {period}.", "Between 80% and 120% of a target counts as on track."),
    ),
    "behind_clear": (
        (
            "Two lines to look at: {metric} ({actual}, {due}) and {second_metric} ({second_actual}, {second_due}).",
            "What do the records behind them have in common?",
        ),
        (
            "The line to look at is {metric}: {actual}, {due}.",
            "{Before} it was {usual}. What do the records behind it have in common?",
        ),
        (
            "The line to look at is {metric}: {actual}, {due}.",
            "What do the records behind it have in common?",
        ),
        ("One line stands out below its target.", "It is marked below; its records are one click away."),
    ),
    "most_below": (
        (
            "Most of the team is below the target on {metric}.",
            "That says more about the target than about anyone here; whoever set it may look at it again.",
        ),
    ),
    "behind_unclear": (
        (
            "{behind} short of the target, and no line clearly stands out.",
            "{Metric} is what is behind; chance alone may explain the rest.",
        ),
        ("Short of the target, and no line clearly stands out.", "Chance alone may explain it."),
    ),
}
"""Once the period is over."""

REASONS = {
    "no_data": "No records yet",
    "no_target": "No target set",
    "no_records": "Nothing recorded yet",
    "partly_set": "Target set for part of the period",
    "no_days": "No working days",
    "not_started": "Not started yet",
    "too_few": "Too few to judge",
    "unvalued": "Some amounts are unknown",
    "too_few_people": "Too few people to compare with",
    "no_model": "Not told for averages and time",
    "no_figure": "No figure entered",
}
"""Why there is no value, target, band or comparison."""

OTHERS = {
    "team": "Team",
    "role_peers": "Role peers",
    "organisation": "Everybody",
    "top_quartile": "Better quarter",
    "industry": "Industry",
}
"""With whom a line is compared, as a heading."""
SPOKEN = {
    "own_past": "the period before",
    "team": "team",
    "role_peers": "role peers",
    "organisation": "everybody",
    "top_quartile": "the better quarter from",
    "industry": "industry",
}
"""The same within a sentence."""

DEALS = ("deal", "deals")
RECORDS = {
    "calls": ("call", "calls"),
    "connects": ("call", "calls"),
    "conversations": ("conversation", "conversations"),
    "meetings": ("meeting", "meetings"),
    "leads": ("lead", "leads"),
    "proposals": ("proposal", "proposals"),
    "invoices": ("invoice", "invoices"),
    "emails": ("e-mail", "e-mails"),
    "visits": ("visit", "visits"),
    "messages": ("message", "messages"),
    "courses": ("course", "courses"),
    "assessments": ("assessment", "assessments"),
    "logins": ("sign-in", "sign-ins"),
}
"""What records are called, by the first word of the measure that counts them; deals otherwise."""
MIXED = ("record", "records")
"""What records of several kinds are called."""

TIMINGS = {"leading": "Leading: what you steer", "lagging": "Lagging: what follows"}
PARTS = {
    "won": "Won",
    "lost": "Lost",
    "created": "Created",
    "open": "Open",
    "unvalued": "Won, amount unknown",
    "held": "Held",
    "positive": "Held, positive",
    "below": "Below the standard",
    "meets": "Meets the standard",
    "exceeds": "Exceeds the standard",
}
ROLES = {
    "rep": "Rep",
    "manager": "Manager",
    "revenue_operations": "Revenue operations",
    "admin": "Administrator",
    "auditor": "Auditor",
}
NOUNS = {"week": "week", "month": "month", "quarter": "quarter", "year": "year", "day": "day"}

NOTICES = {
    "product_by_alias": "the product was read under the name that the mapping gives it.",
    "unknown_product": "the product is not in the product list, so the deal counts without one.",
    "part_above_whole": "more was counted of a part than of the whole; as many of the whole count.",
    "unknown_account": "the account is not in the account list, so the deal counts without one.",
    "open_without_account": "an open deal that names no account.",
    "closed_without_account": "a decided deal that names no account.",
    "lost_without_value": "lost with value 0; the list price stood for it while it was open.",
    "won_without_value": "won for an amount nobody told; it counts as a deal won, and the money won is not judged.",
    "open_without_value": "neither amount nor list price is known; it counts as one open deal worth 0.",
    "decided_later": "decided on a day after the file was made.",
    "no_creation_day": "no creation day; it counts from the day the file was made, not as created.",
    "no_rate": "no exchange rate is known for its day, so its amount is left out.",
    "unknown_zone": "no time zone has that name, so the person counts without one.",
    "stage_differs": "the last move led into another stage than the one the deal stands in.",
    "moved_later": "a move after the day the deal was decided.",
    "booked_later": "a meeting that was booked after it took place.",
    "quote_without_value": "a quote with neither amount nor lines; it counts as 0.",
    "no_sent": "a quote that was sent, without a day; it cannot be counted.",
    "unattributed_invoice": "it names neither rep, deal nor quote; its account tells whose it is, or it waits.",
    "unknown_lead": "the lead is not in the list of leads, so the record counts without one.",
    "unknown_deal": "the deal is not in the list of deals, so the record counts without one.",
    "unknown_contact": "the contact is not in the list of contacts, so the record counts without one.",
}
"""What an import noticed about a record, by the code of the problem; the count of records stands before it."""
