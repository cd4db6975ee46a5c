"""Stages as data: pipelines of the buyer's steps, what none may hold, what changed between two versions."""

from upswing.core.pipelines.cautions import cautions
from upswing.core.pipelines.changing import EARLIES, POLICIES, PROOFS, changes, days_told, weight_told
from upswing.core.pipelines.entering import Entry, entry
from upswing.core.pipelines.pipeline import (
    Criterion,
    Early,
    Pipeline,
    Policy,
    Proof,
    Stage,
    early_proposal,
    stage_of,
)
from upswing.core.pipelines.proving import in_percent, stage_refusals
from upswing.core.pipelines.refusing import refusals, rule_refusals
from upswing.core.pipelines.starting import STARTER, starter
from upswing.core.pipelines.writing import adopting, key_for, moved, with_stage, without

__all__ = [
    "EARLIES", "POLICIES", "PROOFS", "STARTER", "Criterion", "Early", "Entry", "Pipeline", "Policy", "Proof",
    "Stage", "adopting", "cautions", "changes", "days_told", "early_proposal", "entry", "in_percent", "key_for",
    "moved", "refusals", "rule_refusals", "stage_of", "stage_refusals", "starter", "weight_told", "with_stage",
    "without",
]  # fmt: skip
