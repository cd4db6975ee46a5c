"""Fair comparison: the posteriors of 200 reps, joint draws of them, and the rank groups these give."""

from __future__ import annotations

import json

import numpy as np

from benchmarks.timing import medians
from upswing.core.posteriors import DRAWS, Rate, draws, rates
from upswing.core.ranks import rank_groups

REPS = 200


def main() -> None:
    """Print the figures, in milliseconds."""
    random = np.random.default_rng(1)
    trials = random.integers(20, 200, REPS)
    hits = random.binomial(trials, random.beta(12.5, 37.5, REPS))
    group = [Rate(*pair) for pair in zip(hits.tolist(), trials.tolist(), strict=True)]
    drawn, names = draws(group, 1), [str(rep) for rep in range(REPS)]
    taken = medians({
        "estimates": lambda: rates(group),
        "draws": lambda: draws(group, 1),
        "ranks": lambda: rank_groups(names, drawn, [REPS] * REPS),
    })  # fmt: skip
    print(json.dumps(taken | {"reps": REPS, "number": DRAWS}))


if __name__ == "__main__":
    main()
