"""Randomness: one stream for each rep and purpose, each drawn once, so that nothing depends on an order of drawing.

A table of draws is filled row by row: a longer one begins with the shorter.
"""

from __future__ import annotations

from enum import IntEnum

from numpy.random import PCG64, Generator, SeedSequence

from upswing.simulation.arrays import Floats


class Purpose(IntEnum):
    """What is drawn. Numbers never change: they are part of every seeded world."""

    SKILL = 1
    DEAD = 2
    TENURE = 3
    TIME_OFF = 4
    SICK = 5
    EFFORT = 10
    VOLUME = 11
    CALL_TIMES = 12
    CALL_FATES = 13
    CALL_LENGTHS = 14
    ROUND_ONE = 15
    ROUND_TWO = 16
    ROUND_THREE = 17
    ARRIVALS = 20
    LEADS = 21
    LEAD_SIZES = 22
    PROSPECTS = 23
    PROSPECT_SIZES = 24
    VISITS = 25
    TALKS = 30
    MEETING_LENGTHS = 31
    DEALS = 40
    DEAL_SIZES = 41
    QUOTES = 42
    INVOICES = 43
    REASONS = 44
    CONTACTS = 50
    ACCOUNTS = 51
    LOGINS = 60
    RATINGS = 61
    SIGNATURES = 62
    COACHING = 63
    ENTERING = 70
    PADDING = 71
    OUTAGES = 72
    GAPS = 80
    DEFECTS = 90


class Kind(IntEnum):
    """Whose stream it is."""

    REP = 1
    TEAM = 2
    ORGANISATION = 3


def stream(seed: int, purpose: Purpose, kind: Kind, number: int) -> Generator:
    """The stream of one thing for one purpose; equal arguments give equal draws."""
    return Generator(PCG64(SeedSequence(seed, spawn_key=(int(purpose), int(kind), number))))


def uniforms(seed: int, purpose: Purpose, number: int, rows: int, columns: int) -> Floats:
    """A rep's draws between 0 and 1, (rows, columns)."""
    return stream(seed, purpose, Kind.REP, number).random((rows, columns))


def normals(seed: int, purpose: Purpose, number: int, rows: int, columns: int) -> Floats:
    """A rep's standard normal draws, (rows, columns)."""
    return stream(seed, purpose, Kind.REP, number).standard_normal((rows, columns))


def gammas(seed: int, purpose: Purpose, number: int, shape: float, rows: int) -> Floats:
    """A rep's gamma draws with mean 1, (rows,)."""
    return stream(seed, purpose, Kind.REP, number).standard_gamma(shape, rows) / shape
