"""Keep how amounts stated in another currency were converted, beside the records they belong to."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from typing import Any

from upswing.actions.bulk import insert
from upswing.book.rates import DealRate, InvoiceRate, QuoteRate, RecordRate
from upswing.core.records import Conversion

RATE = ("on", "rate", "since", "came")


def _of_deal(told: Conversion) -> tuple[Any, ...]:
    amounts = [[day.isoformat(), f"{amount:f}"] for day, amount in told.amounts]
    return json.dumps(amounts), told.price, told.listed


def _of_invoice(told: Conversion) -> tuple[Any, ...]:
    return ("" if told.tax is None else f"{told.tax:f}",)


MORE: dict[type[RecordRate], tuple[tuple[str, ...], Callable[[Conversion], tuple[Any, ...]]]] = {
    DealRate: (("amounts", "price", "listed"), _of_deal),
    QuoteRate: ((), lambda told: ()),
    InvoiceRate: (("tax",), _of_invoice),
}
"""What else is kept of each kind."""


def keep_conversions(model: type[RecordRate], written: Mapping[int, Any], changed: Collection[int]) -> None:
    """Of these records (by internal id), in place of what was kept of the changed ones."""
    owner = model.__name__.removesuffix("Rate").lower()
    if changed:
        model._default_manager.filter(**{f"{owner}__in": changed}).delete()
    more, cells = MORE[model]
    rows = [
        (number, *_rate(told), *cells(told))
        for number, record in written.items()
        if (told := record.conversion)
    ]
    insert(model, (owner, *RATE, *more), rows)


def _rate(told: Conversion) -> tuple[Any, ...]:
    if told.rate is None:
        return told.on, "", None, ""
    return told.on, f"{told.rate:f}", told.since, told.came.value if told.came else ""
