"""Rows of deals to records. What is unusual is said; only what cannot be used is refused."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from datetime import date

from upswing.connectors.connector import Known, folded
from upswing.connectors.files.mapping import nearest
from upswing.connectors.files.rows import Cells, Refused, rep_of
from upswing.core.records import DealRecord, Outcome, Problem, Record, StageMove


def deals(cells: Cells, known: Known) -> Iterator[Record | Problem]:
    """One deal, after what is worth telling about it."""
    key, stage = cells.needed("id"), cells.needed("stage")
    outcome = _outcome(cells, stage)
    rep = rep_of(cells, known, cells.needed("rep"))
    created, closed = _days(cells, outcome)
    product, price = yield from _product(cells, known, key)
    account = yield from _account(cells, known, key, outcome)
    amount = cells.minor("amount")
    expected = _expected(cells, outcome, amount, price)
    yield from _about_value(cells, key, outcome, amount, expected)
    if closed and cells.mapping.read_on and closed > cells.mapping.read_on:
        late = f"the deal {key} was decided on {closed}, after the file was made on {cells.mapping.read_on}."
        yield cells.notice("decided_later", key, "closed", closed.isoformat(), late)
    if created is None:
        yield from _about_age(cells, key, outcome)
    yield DealRecord(
        id=key, origin=cells.origin, credit=((rep, 1),), stage=stage, outcome=outcome, name=cells.text("name"),
        account=account, product=product, created=created, closed=closed,
        observed=None if created else cells.mapping.read_on,
        amount_minor=amount, expected_minor=expected, moves=_moves(stage, outcome, created, closed),
    )  # fmt: skip


def _outcome(cells: Cells, stage: str) -> Outcome:
    stages = cells.table.stages or {outcome.value: outcome for outcome in Outcome}
    found = stages.get(stage) or stages.get(stage.lower())
    if found is None:
        hint = (
            nearest(stage, stages)
            if cells.table.stages
            else "Write stages into [deals]: each is open, won or lost."
        )
        raise Refused("unknown_stage", "stage", stage, f"the mapping knows no stage “{stage}”. {hint}")
    return found


def _days(cells: Cells, outcome: Outcome) -> tuple[date | None, date | None]:
    created, closed = cells.day("created"), cells.day("closed")
    if outcome is Outcome.OPEN:
        return created, None
    if closed is None:
        raise Refused("no_closed", "closed", "", f"a deal that is {outcome} needs the day it was decided.")
    if created and closed < created:
        raise Refused(
            "closed_before_created", "closed", closed.isoformat(),
            f"it was decided on {closed}, before it was created on {created}. Correct one of the two days.",
        )  # fmt: skip
    return created, closed


def _product(cells: Cells, known: Known, key: str) -> Generator[Problem, None, tuple[str, int | None]]:
    """Yields what is worth telling; returns (product id, list price)."""
    written, name = cells.raw("product").strip(), cells.text("product")
    if not name:
        return "", None
    if name != written and folded(name) != folded(written):
        sentence = f"product “{written}” was read as “{name}”, as the mapping says."
        yield cells.notice("product_by_alias", key, "product", written, sentence)
    found = known.products.find(name)
    if found is None:
        hint = nearest(name, (product.name for product in known.products.names.values()))
        sentence = f"no product is called “{name}”. {hint} The deal was taken without a product.".replace(
            "  ", " "
        )
        yield cells.notice("unknown_product", key, "product", written, sentence)
        return "", None
    return found.reference, found.price


def _account(cells: Cells, known: Known, key: str, outcome: Outcome) -> Generator[Problem, None, str]:
    name = cells.text("account")
    if not name:
        if "account" in cells.table.columns:
            code = "open_without_account" if outcome is Outcome.OPEN else "closed_without_account"
            word = "open" if outcome is Outcome.OPEN else "decided"
            yield cells.notice(code, key, "account", "", f"the {word} deal {key} names no account.")
        return ""
    found = known.accounts.find(name)
    if found is None:
        hint = nearest(name, (account.name for account in known.accounts.names.values()))
        sentence = f"no account is called “{name}”. {hint or 'No account was read yet.'}"
        sentence += " The deal was taken without an account."
        yield cells.notice("unknown_account", key, "account", name, sentence)
    return found.reference if found else ""


def _expected(cells: Cells, outcome: Outcome, amount: int | None, price: int | None) -> int | None:
    """What the deal was worth while it was open, in minor units."""
    if cells.table.values_at_list_price:
        return price if price is not None else amount
    return price if amount is None or (amount == 0 and outcome is Outcome.LOST) else amount


def _about_value(
    cells: Cells, key: str, outcome: Outcome, amount: int | None, expected: int | None
) -> Iterator[Problem]:
    if outcome is Outcome.LOST and not amount:
        used = "its list price stands for it" if expected else "nothing stands for it"
        sentence = f"the lost deal {key} has value 0, so its size is unknown; {used} in the open pipeline."
        yield cells.notice("lost_without_value", key, "amount", cells.raw("amount"), sentence)
    elif outcome is Outcome.WON and not amount:
        sentence = f"the won deal {key} has no value; it counts as one deal won for 0."
        yield cells.notice("won_without_value", key, "amount", cells.raw("amount"), sentence)
    elif outcome is Outcome.OPEN and expected is None:
        sentence = (
            f"the open deal {key} has neither amount nor list price; it counts as one open deal worth 0."
        )
        yield cells.notice("open_without_value", key, "amount", cells.raw("amount"), sentence)


def _about_age(cells: Cells, key: str, outcome: Outcome) -> Iterator[Problem]:
    if outcome is not Outcome.OPEN:
        sentence = f"the deal {key} has no creation day; it counts as decided, but not as created."
    elif cells.mapping.read_on:
        day = cells.mapping.read_on
        sentence = f"the open deal {key} has no creation day; it stands in the pipeline from {day}."
    else:
        sentence = (
            f"the open deal {key} has no creation day and the mapping no read_on; it cannot be counted."
        )
    yield cells.notice("no_creation_day", key, "created", "", sentence)


def _moves(stage: str, outcome: Outcome, created: date | None, closed: date | None) -> tuple[StageMove, ...]:
    """The moves a file without stage history tells: into the present stage."""
    day = closed if outcome is not Outcome.OPEN else created
    return (StageMove(stage, day),) if day else ()
