"""Rubrics, assessments, plans and one-on-ones will live here, above goals."""
