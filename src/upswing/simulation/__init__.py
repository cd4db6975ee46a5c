"""A seeded generator of a small sales organisation, behind the demo, the tests and the benchmarks."""

from upswing.simulation.scenario import Scenario
from upswing.simulation.scenarios import SCENARIOS, UnknownScenario
from upswing.simulation.world import World, simulate

__all__ = ["SCENARIOS", "Scenario", "UnknownScenario", "World", "simulate"]
