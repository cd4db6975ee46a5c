"""Courses and assessments: read from rows, and recognised in files of several languages."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.connectors.guess.test_guess import fields, guessed, mapping, read
from upswing.connectors.connector import Known
from upswing.connectors.files.rows import rows
from upswing.core.records import AssessmentRecord, CourseRecord, Problem
from upswing.core.rubrics import Level

DAY = date(2026, 11, 2)


def items(kind: str, *told: dict[str, Any]) -> list[Any]:
    lines = [{"rep": "Tess Lund", "day": DAY.isoformat(), **row} for row in told]
    known = Known(reps={"tess lund": "Tess Lund"})
    return list(rows("own", {kind: lines}, {}, DAY).read(known))


def test_a_course_is_known_by_rep_day_and_name_and_stands_once():
    course, told = items("courses", {"course": "Asking well", "minutes": 2_400}, {"course": "Asking well"})
    assert (course.course, course.minutes, course.id) == (
        "Asking well",
        2_400,
        "tess lund|2026-11-02|Asking well",
    )
    assert isinstance(told, Problem)
    assert (told.code, told.field) == ("repeated_id", "course")


def test_a_course_of_more_than_eight_weeks_is_a_slip():
    (told,) = items("courses", {"course": "Asking well", "minutes": 80_641})
    assert "between 0 and 80,640 (eight weeks)" in told.sentence
    (course,) = items("courses", {"course": "Asking well"})
    assert course.minutes is None


@pytest.mark.parametrize(
    ("written", "level"),
    [("Below", Level.BELOW), ("meets", Level.MEETS), ("3", Level.EXCEEDS), ("1", Level.BELOW)],
)
def test_a_level_is_a_word_or_its_number(written: str, level: Level):
    (seen,) = items("assessments", {"standard": "Discovery", "level": written, "by": "Mona Berg"})
    assert (seen.standard, seen.level, seen.by) == ("Discovery", level, "Mona Berg")


def test_a_level_nobody_knows_is_refused_with_what_to_write():
    (told,) = items("assessments", {"standard": "Discovery", "level": "4"})
    assert (told.code, told.value) == ("unknown_level", "4")
    assert "There are: below, exceeds, meets." in told.sentence


def test_two_assessments_of_a_day_are_two():
    told = items("assessments", *[{"standard": "Discovery", "level": "meets"}] * 2)
    assert [one.id for one in told] == [
        "tess lund|2026-11-02|Discovery|",
        "tess lund|2026-11-02|Discovery||2",
    ]


@pytest.mark.parametrize(
    ("header", "levels"),
    [
        (
            "Rep,Date,Competency,Rating,Observer",
            ("Below expectations", "Meets expectations", "Exceeds expectations"),
        ),
        ("Sælger,Dato,Kompetence,Vurdering,Vurderet af", ("Under", "Opfylder", "Over")),
        ("Verkäufer,Datum,Kompetenz,Bewertung,Bewertet von", ("Unter Erwartung", "Erfüllt", "Übertrifft")),
        ("销售,评估日期,能力,等级,评估人", ("未达标", "达标", "优秀")),
        ("담당자,평가일,역량,등급,평가자", ("미달", "충족", "우수")),
        ("Rep,Assessed on,Skill,Score,Coach", ("1", "2", "3")),
    ],
)
def test_a_file_of_assessments_is_recognised_with_its_levels(
    tmp_path: Path, header: str, levels: tuple[str, ...]
):
    lines = [f"Tess Lund,2026-01-0{n},Discovery,{level},Mona Berg" for n, level in enumerate(levels, start=1)]
    found = guessed(tmp_path, {"coaching.csv": "\n".join([header, *lines])})
    named = dict(zip(("rep", "day", "standard", "level", "by"), header.split(","), strict=True))
    assert fields(found, "assessments") == named
    seen = [one for one in read(tmp_path, mapping(found)) if isinstance(one, AssessmentRecord)]
    assert [one.level for one in seen] == [*Level]


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("Rep,Completed on,Course,Hours", "h"),
        ("Sælger,Gennemført,Kursus,Minutter", "min"),
        ("Verkäufer,Abgeschlossen am,Schulung,Stunden", "h"),
        ("销售,完成日期,课程,分钟", "min"),
        ("담당자,수료일,과정,분", "min"),
    ],
)
def test_a_file_of_courses_is_recognised_with_its_unit(tmp_path: Path, header: str, unit: str):
    lines = [f"Tess Lund,2026-01-0{n},Asking well {n},{n}" for n in range(1, 4)]
    found = guessed(tmp_path, {"lms.csv": "\n".join([header, *lines])})
    done = [one for one in read(tmp_path, mapping(found)) if isinstance(one, CourseRecord)]
    assert [one.minutes for one in done] == [n * (60 if unit == "h" else 1) for n in range(1, 4)]
