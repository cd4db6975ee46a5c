"""The shape of every builder: made once a table, then called with the cells of each row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from upswing.connectors.files.sheet import Sheet
from upswing.core.records import Record

Build = Callable[[Sequence[Any]], Record | None]
"""Parsed cells, in the order of the kind's fields, to a record; None for what is kept for a later kind.

Raises Refused; notices go to the sheet.
"""
Builder = Callable[[Sheet], Build]
