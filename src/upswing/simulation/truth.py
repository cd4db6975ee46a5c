"""What is true of a simulated organisation, for tests: no other part of the product may read it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from upswing.simulation.activities import LABELS
from upswing.simulation.arrays import NEVER, Array
from upswing.simulation.clock import day
from upswing.simulation.deals import Deals
from upswing.simulation.effects import effects
from upswing.simulation.entering import dials, in_the_evening
from upswing.simulation.handovers import successors
from upswing.simulation.making import Made
from upswing.simulation.padding import pads_from
from upswing.simulation.play import Play
from upswing.simulation.reps import STAGES
from upswing.simulation.setting import Setting


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """`told` is small and becomes JSON. `arrays` are long and lie beside it.

    Arrays: `activity_label` (a place in told["labels"], one a row of activities); `lead_rep`, `lead_number`,
    `lead_log_odds` (of booking a meeting, by the lead's attributes); of every deal there will ever be `deal_origin`,
    `deal_number`, `deal_owner`, `deal_won` (its fate), `deal_ended` (the day of that), `deal_dead` (open for ever),
    `deal_entered_closed`, `deal_created`, `deal_chance` (deals, 4: of winning, once in each stage), `deal_entered`
    (deals, 4: from which day on, NEVER for none); `invoice_deal` and `invoice_rep` (one a row of invoices).
    """

    told: Mapping[str, Any]
    arrays: Mapping[str, Array]

    def write(self, path: Path) -> None:
        """JSON at the path, the arrays beside it as .npz."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(self.told, indent=1) + "\n", encoding="utf-8", newline="\n")
        np.savez_compressed(path.with_suffix(".npz"), **dict(self.arrays))  # type: ignore[arg-type]


def truth_of(world: Setting, made: Made, damage: Sequence[Mapping[str, Any]]) -> Truth:
    """The truth of a world; `damage` are the defects that were added."""
    heirs = successors([one.rep for one in made.plays])
    told = {
        "seed": world.seed,
        "scenario": world.scenario.key,
        "promise": world.scenario.promise,
        "parameters": asdict(world.scenario),
        "start": day(world.start).isoformat(),
        "as_of": day(world.cut - 1).isoformat(),
        "reps": [_rep(world, one) for one in made.plays],
        "effects": [effect.told() for effect in effects(world, made.plays, made.closed)],
        "coaching": [asdict(one) | {"day": day(one.day).isoformat()} for one in made.closed.rounds],
        "handovers": [
            {"rep": rep, "day": day(on).isoformat(), "to": heir} for rep, (on, heir) in heirs.items()
        ],
        "stages": STAGES,
        "labels": LABELS,
        "defects": list(damage),
    }
    return Truth(told, _arrays(made))


def _rep(world: Setting, one: Play) -> dict[str, Any]:
    rep, pads = one.rep, pads_from(world, one.rep)
    lookalikes = (("dialler", dials(world, rep)), ("evening", in_the_evening(world, rep)))
    return {
        "number": rep.number, "name": rep.name, "role": rep.at(world.cut - 1).role, "gap": rep.gap,
        "story": rep.story.words if rep.story else "", "skill": asdict(rep.skill),
        "starts": day(rep.starts).isoformat(), "ends": day(rep.ends).isoformat() if rep.ends < NEVER else "",
        "pads_from": day(pads).isoformat() if pads < NEVER else "",
        "stalls_from": day(rep.stalls).isoformat() if rep.stalls < NEVER else "",
        "lookalikes": [name for name, there in lookalikes if there],
    }  # fmt: skip


def _arrays(made: Made) -> dict[str, Array]:
    leads = [(one, one.leads) for one in made.plays]
    deals = list(made.closed.deals.values())
    return {
        "activity_label": np.concatenate(list(made.labels)),
        "lead_rep": np.concatenate([np.full(len(found), one.rep.number, np.int16) for one, found in leads]),
        "lead_number": np.concatenate([found.number for _, found in leads]),
        "lead_log_odds": np.concatenate([one.patch.log_odds[found.contact] for one, found in leads]),
        "deal_origin": np.concatenate([np.full(len(found), found.opened.rep) for found in deals]),
        "deal_number": np.concatenate([np.arange(len(found)) for found in deals]),
        "deal_owner": np.concatenate([found.opened.owner for found in deals]),
        "deal_created": np.concatenate([found.opened.created for found in deals]),
        "deal_won": np.concatenate([found.life.won for found in deals]),
        "deal_ended": np.concatenate([found.life.ended for found in deals]),
        "deal_dead": np.concatenate([found.life.closed >= NEVER for found in deals]),
        "deal_entered_closed": np.concatenate([found.life.entered_closed for found in deals]),
        "deal_chance": np.concatenate([_chances(found) for found in deals]),
        "deal_entered": np.concatenate([found.life.entered for found in deals]),
        "invoice_deal": np.concatenate([found.deal for found in made.invoices]),
        "invoice_rep": np.concatenate([found.owner for found in made.invoices]),
    }


def _chances(found: Deals) -> Array:
    """Of winning, from each stage on: the product of the shares that are still to be passed."""
    return np.cumprod(found.life.chances[:, ::-1], axis=1)[:, ::-1]
