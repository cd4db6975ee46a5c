"""Rates that an import tells are kept, and convert what waited for them once it ends."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.db import transaction

from upswing.actions.bulk import insert
from upswing.actions.converting import convert_waiting
from upswing.actions.shelf import CREATED, UNCHANGED, UPDATED
from upswing.book.rates import ExchangeRate
from upswing.connectors.rates import Rates
from upswing.core.records import Came
from upswing.intake.models import Batch
from upswing.ledger.counting import NOBODY, lock
from upswing.queries.organisation import organisation

COLUMNS = ("currency", "into", "day", "rate", "came", "batch", "by")


@dataclass(slots=True)
class Keeping:
    """The rates that one import tells, kept as they come; `done` of those told are through, `kept` of them are new."""

    batch: Batch
    rates: Rates
    done: int = 0
    kept: int = 0

    @transaction.atomic
    def keep(self) -> Counter[str]:
        """Keep those told since the last time; what another import of this source keeps already stands once."""
        fresh = dict(islice(self.rates.told.items(), self.done, None))
        if not fresh:
            return Counter()
        lock([NOBODY])
        into, last = organisation().currency, self._last()
        rows = [
            (currency, into, day, f"{rate:f}", Came.FILE.value, self.batch.pk, "")
            for (currency, day), rate in fresh.items()
            if (currency, day) not in last or last[currency, day].number != rate
        ]
        insert(ExchangeRate, COLUMNS, rows)
        cut_off = [
            row.pk
            for key, row in last.items()
            if key in fresh and row.number == fresh[key] and not row.batch.finished
        ]
        ExchangeRate.objects.filter(pk__in=cut_off).update(batch=self.batch)
        self.done += len(fresh)
        self.kept += len(rows)
        return Counter({CREATED: len(rows), UNCHANGED: len(fresh) - len(rows)})

    def _last(self) -> dict[tuple[str, date], ExchangeRate]:
        """What this source told last of each currency and day."""
        told = ExchangeRate.objects.filter(into=organisation().currency, batch__source=self.batch.source_id)
        return {(row.currency, row.day): row for row in told.select_related("batch").order_by("pk")}

    def close(self) -> Counter[str]:
        """Convert what waits and has a rate by now: one of these, or one that was entered while this import ran."""
        counts = self.keep()
        counts[UNCHANGED] += self.rates.again
        if self.done:
            counts[UPDATED] += convert_waiting(self.batch)
        convert_waiting()
        return counts
