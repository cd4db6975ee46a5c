"""What the ledger calls each kind of record that makes facts."""

from __future__ import annotations

DEAL, LEAD, ACTIVITY, QUOTES, INVOICE, TIME, LOGIN = (
    "deal", "lead", "activity", "quotes", "invoice", "time", "login",
)  # fmt: skip
