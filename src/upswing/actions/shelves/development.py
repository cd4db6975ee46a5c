"""Finished courses and assessments."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from upswing.actions.desk import Desk
from upswing.actions.posting import Posting
from upswing.actions.shelf import Shelf, short
from upswing.book.models import Assessment, Course
from upswing.connectors.connector import folded
from upswing.core.facts import settle_assessment, settle_course
from upswing.core.records import AssessmentRecord, CourseRecord
from upswing.ledger.kinds import ASSESSMENT, COURSE


class Courses(Shelf[CourseRecord]):
    """Courses that reps finished."""

    model = Course
    columns = ("person", "day", "course", "minutes")
    fact_kind = COURSE

    def key(self, record: CourseRecord) -> str:
        """The source's id; where it has none, whose course it was, which, and when."""
        return record.id or short(f"{folded(record.rep)}|{record.day}|{record.course}")

    def order(self, record: CourseRecord) -> Any:
        """A rep's together."""
        return record.rep, record.day

    def values(self, desk: Desk, record: CourseRecord) -> tuple[Any, ...]:
        """As the source says."""
        return desk.person(record.rep), record.day, record.course, record.minutes

    def holders(self, desk: Desk, records: Iterable[CourseRecord]) -> set[int]:
        """Who learnt."""
        return {desk.person(record.rep) for record in records}

    def settle(
        self, desk: Desk, posting: Posting, written: Mapping[int, CourseRecord], fresh: Collection[int]
    ) -> None:
        """One fact a course."""
        posting.put(COURSE, {number: settle_course(record) for number, record in written.items()}, fresh)


class Assessments(Shelf[AssessmentRecord]):
    """What was seen of reps' work, held against the standards."""

    model = Assessment
    columns = ("person", "day", "standard", "level", "by")
    fact_kind = ASSESSMENT

    def key(self, record: AssessmentRecord) -> str:
        """The source's id; where it has none, who was seen by whom, when, and at what."""
        return record.id or short(f"{folded(record.rep)}|{record.day}|{record.standard}|{record.by}")

    def order(self, record: AssessmentRecord) -> Any:
        """A rep's together."""
        return record.rep, record.day

    def values(self, desk: Desk, record: AssessmentRecord) -> tuple[Any, ...]:
        """As the source says."""
        return desk.person(record.rep), record.day, record.standard, record.level.value, record.by

    def holders(self, desk: Desk, records: Iterable[AssessmentRecord]) -> set[int]:
        """Whose work it was."""
        return {desk.person(record.rep) for record in records}

    def settle(
        self, desk: Desk, posting: Posting, written: Mapping[int, AssessmentRecord], fresh: Collection[int]
    ) -> None:
        """One fact an assessment."""
        made = {number: settle_assessment(record) for number, record in written.items()}
        posting.put(ASSESSMENT, made, fresh)
