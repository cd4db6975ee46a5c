"""What kinds of record and their fields are called on screen."""

from __future__ import annotations

KINDS = {
    "people": "People", "memberships": "Team memberships", "days_off": "Days off", "accounts": "Accounts",
    "account_owners": "Owners of accounts", "contacts": "Contacts", "products": "Products", "rates": "Exchange rates",
    "leads": "Leads", "stage_moves": "Stage moves", "amount_changes": "Changes of amount",
    "close_changes": "Changes of closing day", "deals": "Deals", "activities": "Activities",
    "quote_lines": "Lines of quotes", "quotes": "Quotes", "invoices": "Invoices", "time_entries": "Hours",
    "tallies": "Daily counts", "logins": "Sign-ins to other systems", "courses": "Courses",
    "assessments": "Assessments", "quotas": "Quotas", "teams": "Teams",
    "holidays": "Holidays",
}  # fmt: skip
FIELDS = {
    "id": "Id", "rep": "Rep (who gets the credit)", "net": "Amount without tax", "at": "Day and time",
    "created": "Day created", "closed": "Day closed", "expected_close": "Expected closing day", "zone": "Time zone",
    "seconds": "Length", "minutes": "Minutes", "start": "First day", "end": "End (day after the last)",
    "list_price": "List price", "decided": "Day decided", "booked": "When it was booked",
    "entered": "When it was entered", "capture": "How it was captured", "corrects": "Invoice it corrects",
    "value": "Value", "kind": "Kind", "day": "Day", "standard": "Standard or criterion", "by": "Seen by",
    "commit": "Committed",
}  # fmt: skip


def kind_name(kind: str) -> str:
    """A kind of record in words: Deals, Stage moves."""
    return KINDS.get(kind) or plain(kind)


def field_name(field: str) -> str:
    """A field in words: Day created, Account."""
    return FIELDS.get(field) or plain(field)


def plain(key: str) -> str:
    """A key as words."""
    return key.removesuffix("_minor").replace("_", " ").capitalize()
