"""Metrics about how the tools are used: for help, never for a card."""

from upswing.core.measures import (
    LOGINS,
)
from upswing.core.metrics.metric import Better, Kind, Metric, Plain, Timing, Unit

SIGNED_IN = Metric(
    key="logins", label="Sign-ins",
    help="Sign-ins to the CRM in the period.",
    purpose="Shows who may need help with the tools. It never stands on a card, and ranks and pays nobody.",
    kind=Kind.ADOPTION, unit=Unit.COUNT, timing=Timing.LEADING, better=Better.HIGHER,
    value=Plain(LOGINS), evidence=LOGINS, judged=False,
)  # fmt: skip
