"""The wordings themselves, English; whoever looks one up translates it."""

from __future__ import annotations

from upswing.core.metrics.metric import Kind
from upswing.web.shared.marks import counted, marked

REASONS = {
    "no_data": marked("No records yet"),
    "no_target": marked("No target set"),
    "no_records": marked("Nothing recorded yet"),
    "partly_set": marked("Target set for part of the period"),
    "no_days": marked("No working days"),
    "not_started": marked("Not started yet"),
    "too_few": marked("Too few to judge"),
    "unvalued": marked("Some amounts are unknown"),
    "too_few_people": marked("Too few people to compare with"),
    "no_model": marked("Not told for averages and time"),
    "no_figure": marked("No figure entered"),
}
"""Why there is no value, target, band or comparison."""

OTHERS = {
    "team": marked("Team"),
    "role_peers": marked("Role peers"),
    "organisation": marked("Everybody"),
    "top_quartile": marked("Top quarter of people"),
    "industry": marked("Industry"),
}
"""With whom a line is compared, as a heading."""
SPOKEN = {
    "own_past": marked("the period before {value}"),
    "team": marked("team {value}"),
    "role_peers": marked("role peers {value}"),
    "organisation": marked("everybody {value}"),
    "top_quartile": marked("the better quarter from {value}"),
    "industry": marked("industry {value}"),
}
"""The same with its value, as a part of what is read out."""

DEALS = counted("{count} deal", "{count} deals")
RECORDS = {
    "calls": counted("{count} call", "{count} calls"),
    "connects": counted("{count} call", "{count} calls"),
    "conversations": counted("{count} conversation", "{count} conversations"),
    "meetings": counted("{count} meeting", "{count} meetings"),
    "leads": counted("{count} lead", "{count} leads"),
    "proposals": counted("{count} proposal", "{count} proposals"),
    "invoices": counted("{count} invoice", "{count} invoices"),
    "new": counted("{count} invoice", "{count} invoices"),
    "emails": counted("{count} e-mail", "{count} e-mails"),
    "visits": counted("{count} visit", "{count} visits"),
    "messages": counted("{count} message", "{count} messages"),
    "courses": counted("{count} course", "{count} courses"),
    "assessments": counted("{count} assessment", "{count} assessments"),
    "logins": counted("{count} sign-in", "{count} sign-ins"),
}
"""What records are called, by the first word of the measure that counts them; deals otherwise."""
MIXED = counted("{count} record", "{count} records")
"""What records of several kinds are called."""

METRIC_KINDS = {
    Kind.ACTIVITY: marked("Activity"),
    Kind.VOLUME: marked("Volume"),
    Kind.CONVERSION: marked("Conversion"),
    Kind.VALUE: marked("Value"),
    Kind.SPEED: marked("Speed"),
    Kind.QUALITY: marked("Quality"),
    Kind.DEVELOPMENT: marked("Development"),
    Kind.ADOPTION: marked("Use of the tools"),
}
"""What a metric tells about."""
TIMINGS = {"leading": marked("Leading: what you steer"), "lagging": marked("Lagging: what follows")}
ROLES = {
    "rep": marked("Rep"),
    "manager": marked("Manager"),
    "revenue_operations": marked("Revenue operations"),
    "admin": marked("Administrator"),
    "auditor": marked("Auditor"),
}
NOTICES = {
    "product_by_alias": marked("the product was read under the name that the mapping gives it."),
    "unknown_product": marked("the product is not in the product list, so the deal counts without one."),
    "part_above_whole": marked("more was counted of a part than of the whole; as many of the whole count."),
    "unknown_account": marked("the account is not in the account list, so the deal counts without one."),
    "open_without_account": marked("an open deal that names no account."),
    "closed_without_account": marked("a decided deal that names no account."),
    "lost_without_value": marked("lost with value 0; the list price stood for it while it was open."),
    "won_without_value": marked(
        "won for an amount nobody told; it counts as a deal won, and the money won is not judged."
    ),
    "open_without_value": marked(
        "neither amount nor list price is known; it counts as one open deal worth 0."
    ),
    "decided_later": marked("decided on a day after the file was made."),
    "no_creation_day": marked("no creation day; it counts from the day the file was made, not as created."),
    "no_rate": marked("no exchange rate is known for its day, so its amount is left out."),
    "unknown_zone": marked("no time zone has that name, so the person counts without one."),
    "stage_differs": marked("the last move led into another stage than the one the deal stands in."),
    "moved_later": marked("a move after the day the deal was decided."),
    "booked_later": marked("a meeting that was booked after it took place."),
    "quote_without_value": marked("a quote with neither amount nor lines; it counts as 0."),
    "no_sent": marked("a quote that was sent, without a day; it cannot be counted."),
    "unattributed_invoice": marked(
        "it names neither rep, deal nor quote; its account tells whose it is, or it waits."
    ),
    "unknown_lead": marked("the lead is not in the list of leads, so the record counts without one."),
    "unknown_deal": marked("the deal is not in the list of deals, so the record counts without one."),
    "unknown_contact": marked(
        "the contact is not in the list of contacts, so the record counts without one."
    ),
}
"""What an import noticed about a record, by the code of the problem; the count of records stands before it."""
