"""Rates that an import tells are kept, and convert what waited for them once it ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice

from django.db import transaction
from django.db.models import Count, F
from django.db.models.functions import Greatest

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
        into, last = organisation().currency, self._last(fresh)
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
        self._adopt(cut_off)
        new = len(rows) + len(cut_off)
        self.done += len(fresh)
        self.kept += new
        return Counter({CREATED: new, UNCHANGED: len(fresh) - new})

    def _adopt(self, cut_off: list[int]) -> None:
        """Rates of imports that were cut off are this one's from now on, and no longer theirs."""
        rows = ExchangeRate.objects.filter(pk__in=cut_off)
        for batch, many in rows.order_by().values_list("batch").annotate(many=Count("pk")):
            Batch.objects.filter(pk=batch).update(created=Greatest(F("created") - many, 0))
        rows.update(batch=self.batch)

    def _last(self, fresh: Mapping[tuple[str, date], Decimal]) -> dict[tuple[str, date], ExchangeRate]:
        """What this source told last of the currencies and days that it tells now."""
        days = [day for _, day in fresh]
        told = ExchangeRate.objects.filter(
            into=organisation().currency, batch__source=self.batch.source_id,
            currency__in={currency for currency, _ in fresh}, day__range=(min(days), max(days)),
        )  # fmt: skip
        return {(row.currency, row.day): row for row in told.select_related("batch").order_by("pk")}

    def close(self) -> Counter[str]:
        """Convert what waits and has a rate by now: one of these, or one that was entered while this import ran."""
        counts = self.keep()
        counts[UNCHANGED] += self.rates.again
        if self.done:
            counts[UPDATED] += convert_waiting(self.batch)
        convert_waiting()
        return counts
