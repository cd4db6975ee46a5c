"""Rows of finished courses and of assessments; rows without an id get one from what they say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from upswing.connectors.connector import folded
from upswing.connectors.files.build import Build
from upswing.connectors.files.hours import natural
from upswing.connectors.files.sheet import Sheet
from upswing.core.records import AssessmentRecord, CourseRecord


def courses(sheet: Sheet) -> Build:
    """A finished course; one a rep, day and course."""

    def build(cells: Sequence[Any]) -> CourseRecord:
        rep, day, course, minutes, key = cells
        if key:
            sheet.claim_id(key)
        else:
            key = natural(folded(rep), day.isoformat(), course)
            sheet.claim(key, "course", f"“{course}” of {rep} on {day} stands")
        return CourseRecord(rep, day, course, sheet.origin, minutes, key)

    return build


def assessments(sheet: Sheet) -> Build:
    """An assessment; several of one rep, day, standard and assessor are numbered in their order."""
    rows = sheet.parts.assessments

    def build(cells: Sequence[Any]) -> AssessmentRecord:
        rep, day, standard, level, by, key = cells
        if not key:
            key = natural(folded(rep), day.isoformat(), standard, by)
            rows[key] += 1
            key = key if rows[key] == 1 else natural(key, str(rows[key]))
        sheet.claim_id(key)
        return AssessmentRecord(rep, day, standard, level, sheet.origin, by, key)

    return build
