"""Templates to begin with, each to be made one's own: four lines a rep steers, two that follow."""

from upswing.core.metrics import FUNNEL_CARD
from upswing.core.period import PeriodKind
from upswing.core.templates.template import Template

STARTERS: dict[str, Template] = {
    "full-cycle": Template("Full cycle", lines=tuple(metric.key for metric in FUNNEL_CARD)),
    "sdr": Template(
        "SDR",
        lines=("calls", "conversations", "meetings_booked", "meetings_held", "show_rate", "leads_qualified"),
    ),
    "account-executive": Template(
        "Account executive",
        lines=("meetings_positive", "deals_created", "proposals_sent", "open_value", "won_value", "win_rate"),
    ),
    "field-sales": Template(
        "Field sales",
        lines=("visits", "meetings_held", "meetings_positive", "proposals_sent", "won_value", "deals_won"),
    ),
    "account-manager": Template(
        "Account manager",
        lines=(
            "visits",
            "meetings_held",
            "proposed_value",
            "open_value",
            "booked_revenue",
            "average_invoice",
        ),
        period=PeriodKind.QUARTER,
    ),
}
"""By a name that lasts. An SDR's card has no lagging line of its own: what lags there is the executive's."""
