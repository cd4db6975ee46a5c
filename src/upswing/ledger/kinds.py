"""What the ledger calls each kind of record that makes facts."""

from __future__ import annotations

DEAL, LEAD, ACTIVITY, QUOTES, INVOICE, TIME, TALLY, LOGIN, COURSE, ASSESSMENT = (
    "deal", "lead", "activity", "quotes", "invoice", "time", "tally", "login", "course", "assessment",
)  # fmt: skip
