"""Metrics about what reps learn: courses, and how far what is seen of their work meets the standards."""

from upswing.core.measures import (
    ASSESSMENTS,
    ASSESSMENTS_MET,
    COURSES,
    LEARNING_TIME,
    LEVELS,
)
from upswing.core.metrics.metric import Better, Kind, Metric, Plain, Ratio, Timing, Unit

COURSES_DONE = Metric(
    key="courses", label="Courses done",
    help="Courses finished in the period.",
    purpose="Keep learning in weeks that are full of selling.",
    kind=Kind.DEVELOPMENT, unit=Unit.COUNT, timing=Timing.LEADING, better=Better.HIGHER,
    value=Plain(COURSES), evidence=COURSES,
)  # fmt: skip
LEARNT = Metric(
    key="learning_hours", label="Learning time",
    help="Hours that the courses finished in the period took, where that is known.",
    purpose="Protect the hours that make all the others worth more.",
    kind=Kind.DEVELOPMENT, unit=Unit.HOURS, timing=Timing.LEADING, better=Better.HIGHER,
    value=Plain(LEARNING_TIME), evidence=None,
)  # fmt: skip
ASSESSED = Metric(
    key="assessments", label="Assessments",
    help="How often somebody looked at the rep’s work and held it against a standard in the period.",
    purpose="You can ask for a second pair of eyes; it is the quickest way to learn.",
    kind=Kind.DEVELOPMENT, unit=Unit.COUNT, timing=Timing.LEADING, better=Better.HIGHER,
    value=Plain(ASSESSMENTS), evidence=ASSESSMENTS,
)  # fmt: skip
MEETS_STANDARD = Metric(
    key="standard_met_rate", label="Standards met",
    help="The share of the period’s assessments that meet the standard or exceed it.",
    purpose="Know what already works, and which one thing to practise next.",
    kind=Kind.DEVELOPMENT, unit=Unit.SHARE, timing=Timing.LEADING, better=Better.HIGHER,
    value=Ratio(ASSESSMENTS_MET, per=ASSESSMENTS), evidence=ASSESSMENTS,
)  # fmt: skip
RUBRIC_LEVEL = Metric(
    key="rubric_level", label="Rubric level",
    help="The mean level of the period’s assessments: 1 below the standard, 2 meets it, 3 exceeds it.",
    purpose="See yourself get better, weeks before the results show it.",
    kind=Kind.DEVELOPMENT, unit=Unit.RATIO, timing=Timing.LEADING, better=Better.HIGHER,
    value=Ratio(LEVELS, per=ASSESSMENTS), evidence=ASSESSMENTS,
)  # fmt: skip
