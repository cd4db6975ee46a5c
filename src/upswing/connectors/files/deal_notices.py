"""What is worth knowing about a deal that was taken."""

from __future__ import annotations

from datetime import date

from upswing.connectors.files.parsers import Match
from upswing.connectors.files.sheet import Sheet
from upswing.core.records import Outcome


def tell_no_account(sheet: Sheet, named: Match, key: str, outcome: Outcome) -> str:
    """A deal names no account, where the files have a place for it. The account is nothing."""
    if sheet.table.has("account") and not named.name:
        code = "open_without_account" if outcome is Outcome.OPEN else "closed_without_account"
        word = "open" if outcome is Outcome.OPEN else "decided"
        sheet.tell(code, key, "account", "", f"the {word} deal {key} names no account.")
    return ""


def tell_about_value(
    sheet: Sheet, key: str, outcome: Outcome, amount: int | None, expected: int | None
) -> None:
    """A deal of unknown size."""
    if amount:
        return
    if outcome is Outcome.LOST:
        used = "its list price stood for it" if expected else "nothing stood for it"
        sentence = f"the lost deal {key} has value 0, so its size is unknown; {used} while it was open."
        sheet.tell("lost_without_value", key, "amount", sheet.raw("amount"), sentence)
    elif outcome is Outcome.WON:
        sentence = (
            f"the won deal {key} has no value; it counts as a deal won, and the money won is not judged."
        )
        sheet.tell("won_without_value", key, "amount", sheet.raw("amount"), sentence)
    elif expected is None:
        sentence = (
            f"the open deal {key} has neither amount nor list price; it counts as one open deal worth 0."
        )
        sheet.tell("open_without_value", key, "amount", sheet.raw("amount"), sentence)


def tell_about_days(
    sheet: Sheet, key: str, outcome: Outcome, created: date | None, closed: date | None
) -> None:
    """A decision after the files were made, and a creation nobody dated."""
    made = sheet.mapping.read_on
    if closed and made and closed > made:
        sentence = f"the deal {key} was decided on {closed}, after the file was made on {made}."
        sheet.tell("decided_later", key, "closed", closed.isoformat(), sentence)
    if created:
        return
    if outcome is not Outcome.OPEN:
        sentence = f"the deal {key} has no creation day; it counts as decided, but not as created."
    elif made:
        sentence = f"the open deal {key} has no creation day; it stands in the pipeline from {made}."
    else:
        sentence = (
            f"the open deal {key} has no creation day and the mapping no read_on; it cannot be counted."
        )
    sheet.tell("no_creation_day", key, "created", "", sentence)
