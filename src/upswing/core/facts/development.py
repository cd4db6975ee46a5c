"""Settle what was learnt: a finished course is one fact, an assessment another."""

from __future__ import annotations

from upswing.core.facts.fact import WHOLE, Fact, FactKind
from upswing.core.records import AssessmentRecord, CourseRecord


def settle_course(course: CourseRecord) -> tuple[Fact, ...]:
    """The course, on the day it was finished, with the time it took in seconds."""
    return (Fact(FactKind.COURSE, course.day, course.rep, WHOLE, seconds=(course.minutes or 0) * 60),)


def settle_assessment(assessment: AssessmentRecord) -> tuple[Fact, ...]:
    """The level reached, on the day it was seen."""
    return (Fact(FactKind.ASSESSED, assessment.day, assessment.rep, WHOLE, outcome=assessment.level),)
