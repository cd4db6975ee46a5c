"""What kinds of record and their fields are called on screen."""

from __future__ import annotations

from django.utils.translation import gettext as _

from upswing.web.shared.marks import marked

KINDS = {
    "people": marked("People"),
    "memberships": marked("Team memberships"),
    "days_off": marked("Days off"),
    "accounts": marked("Accounts"),
    "account_owners": marked("Owners of accounts"),
    "contacts": marked("Contacts"),
    "products": marked("Products"),
    "rates": marked("Exchange rates"),
    "leads": marked("Leads"),
    "stage_moves": marked("Stage moves"),
    "amount_changes": marked("Changes of amount"),
    "close_changes": marked("Changes of closing day"),
    "deals": marked("Deals"),
    "activities": marked("Activities"),
    "quote_lines": marked("Lines of quotes"),
    "quotes": marked("Quotes"),
    "invoices": marked("Invoices"),
    "time_entries": marked("Hours"),
    "tallies": marked("Daily counts"),
    "logins": marked("Sign-ins to other systems"),
    "courses": marked("Courses"),
    "assessments": marked("Assessments"),
    "quotas": marked("Quotas"),
    "teams": marked("Teams"),
    "holidays": marked("Holidays"),
}
FIELDS = {
    "id": marked("Id"),
    "rep": marked("Rep (who gets the credit)"),
    "net": marked("Amount without tax"),
    "at": marked("Day and time"),
    "created": marked("Day created"),
    "closed": marked("Day closed"),
    "expected_close": marked("Expected closing day"),
    "zone": marked("Time zone"),
    "seconds": marked("Length"),
    "minutes": marked("Minutes"),
    "start": marked("First day"),
    "end": marked("End (day after the last)"),
    "list_price": marked("List price"),
    "decided": marked("Day decided"),
    "booked": marked("When it was booked"),
    "entered": marked("When it was entered"),
    "capture": marked("How it was captured"),
    "corrects": marked("Invoice it corrects"),
    "value": marked("Value"),
    "kind": marked("Kind"),
    "day": marked("Day"),
    "standard": marked("Standard or criterion"),
    "by": marked("Seen by"),
    "commit": marked("Committed"),
    "account": marked("Account"),
    "activity": marked("Activity"),
    "amount": marked("Amount"),
    "calls": marked("Calls"),
    "channel": marked("Channel"),
    "connects": marked("Connects"),
    "contact": marked("Contact"),
    "conversations": marked("Conversations"),
    "country": marked("Country"),
    "course": marked("Course"),
    "currency": marked("Currency"),
    "deal": marked("Deal"),
    "disposition": marked("Disposition"),
    "due": marked("Due"),
    "email": marked("Email"),
    "emails": marked("Emails"),
    "family": marked("Family"),
    "industry": marked("Industry"),
    "lead": marked("Lead"),
    "level": marked("Level"),
    "manager": marked("Manager"),
    "meetings_booked": marked("Meetings booked"),
    "meetings_held": marked("Meetings held"),
    "metric": marked("Metric"),
    "name": marked("Name"),
    "outcome": marked("Outcome"),
    "paid": marked("Paid"),
    "period": marked("Period"),
    "pipeline": marked("Pipeline"),
    "positive_meetings": marked("Positive meetings"),
    "price": marked("Price"),
    "product": marked("Product"),
    "quantity": marked("Quantity"),
    "quote": marked("Quote"),
    "rate": marked("Rate"),
    "reason": marked("Reason"),
    "region": marked("Region"),
    "revision": marked("Revision"),
    "role": marked("Role"),
    "sent": marked("Sent"),
    "social": marked("Social"),
    "source": marked("Source"),
    "stage": marked("Stage"),
    "status": marked("Status"),
    "tax": marked("Tax"),
    "team": marked("Team"),
    "territory": marked("Territory"),
    "visits": marked("Visits"),
}


def kind_name(kind: str) -> str:
    """A kind of record in words: Deals, Stage moves."""
    return _(KINDS[kind]) if kind in KINDS else plain(kind)


def field_name(field: str) -> str:
    """A field in words: Day created, Account."""
    return _(FIELDS[field]) if field in FIELDS else plain(field)


def plain(key: str) -> str:
    """A key as words."""
    return key.removesuffix("_minor").replace("_", " ").capitalize()
