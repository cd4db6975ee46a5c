"""The words of forecasts: what methods are called, why an open amount changed."""

from __future__ import annotations

from upswing.core.forecast.movement import Step
from upswing.web.shared.marks import marked

METHODS = {
    "published": marked("What was published"),
    "combined": marked("All ways together"),
    "equal": marked("All ways, weighed alike"),
    "by_stage": marked("Deals by stage and stall, as such deals turned out"),
    "by_age": marked("Deals by their age, as such deals turned out"),
    "stage_weighted": marked("Amount times the weight of the stage"),
    "stage_weighted_stalled": marked("The same, with stalled deals counted less"),
    "last_quarter": marked("The same days a quarter earlier"),
    "last_year": marked("The same days a year earlier"),
    "run_rate": marked("The days before, once more"),
    "short_mean": marked("The mean of the last three periods"),
    "long_mean": marked("The mean of all periods"),
    "whole_pipeline": marked("Everything open, times the win rate"),
    "young_pipeline": marked("The same without deals older than any ever won"),
    "rep_commit": marked("Commits of the reps"),
}
"""Each way of forecasting, as a heading."""
CHOSEN = {
    "combined": marked(
        "All ways together were nearest in your past, or no simpler one was nearer by more than chance."
    ),
    "last_quarter": marked(
        "The same days a quarter earlier are nearer for you at the moment than our model, so we publish them."
    ),
    "last_year": marked(
        "The same days a year earlier are nearer for you at the moment than our model, so we publish them."
    ),
    "run_rate": marked(
        "The days just before are nearer for you at the moment than our model, so we publish them."
    ),
    "short_mean": marked(
        "The mean of the last three periods is nearer for you at the moment than our model, so we publish it."
    ),
    "long_mean": marked(
        "The mean of all periods is nearer for you at the moment than our model, so we publish it."
    ),
}
"""Why a way is published."""
STEPS = {
    Step.CREATED: marked("New"),
    Step.PULLED_IN: marked("Pulled in"),
    Step.RE_ENTERED: marked("Back again"),
    Step.INCREASED: marked("Worth more"),
    Step.DECREASED: marked("Worth less"),
    Step.PUSHED_OUT: marked("Pushed out"),
    Step.STALLED: marked("Stalled"),
    Step.OMITTED: marked("Left out"),
    Step.WON: marked("Won"),
    Step.LOST: marked("Lost"),
    Step.REMOVED: marked("Removed"),
}
"""Why the open value that is due changed."""
