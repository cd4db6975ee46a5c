"""What people would have written in the demo by now: two standards, signed by some and waiting for others."""

from __future__ import annotations

from collections.abc import Mapping

from upswing.cli import asked

PACKS = ("presentation", "rapport")
SIGNED = {"Stan Weber": PACKS, "Mona Berg": PACKS, "Tess Lund": ("presentation",)}
"""Who has signed what, as the demo opens; everybody else has yet to read."""


def furnish(operations: str, addresses: Mapping[str, str]) -> None:
    """Publish the standards and sign them, once; `operations` and `addresses` (by name) are sign-ins of the demo."""
    from upswing.actions.standard_drafts import take_over
    from upswing.actions.standards import publish, sign_standard
    from upswing.queries.standards import standards
    from upswing.queries.viewers import viewer_named

    day, now = asked.today(), asked.now()
    operator = viewer_named(operations, day, "demo")
    if standards(operator):
        return
    for pack in PACKS:
        standard = take_over(operator, pack, now)
        number = publish(operator, standard, day, "", now)
        for name, packs in SIGNED.items():
            if pack in packs:
                sign_standard(viewer_named(addresses[name], day, "demo"), standard, number, name, now)
