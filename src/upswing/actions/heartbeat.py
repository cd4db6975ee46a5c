"""Work that takes a while says how far it is, and that it is alive."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from upswing.intake.models import Batch, Draft

EVERY = timedelta(seconds=1)


class Heartbeat:
    """Write `done`, `expected` and `alive` on a batch or draft, at most once a second; without a clock never."""

    def __init__(self, row: Batch | Draft, clock: Callable[[], datetime] | None) -> None:
        self.row, self.clock = row, clock
        self.last: datetime | None = None

    def __call__(self, done: int, expected: int) -> None:
        """So many rows are through."""
        now = self.clock() if self.clock else None
        if now and (self.last is None or now - self.last >= EVERY):
            self.last = now
            type(self.row)._default_manager.filter(pk=self.row.pk).update(
                done=done, expected=expected, alive=now
            )
