"""The companies that buy: each rep has a patch of their own."""

from __future__ import annotations

from collections.abc import Iterator

from upswing.simulation.deals import ACCOUNTS_A_REP, account_number
from upswing.simulation.names import COUNTRIES, INDUSTRIES, account_name
from upswing.simulation.rows import Account
from upswing.simulation.streams import Kind, Purpose, stream


def accounts(seed: int, rep: int) -> Iterator[Account]:
    """The accounts of one rep's patch."""
    for place in range(ACCOUNTS_A_REP):
        number = account_number(rep, place)
        traits = stream(seed, Purpose.TRAITS, Kind.ACCOUNT, number)
        industry = INDUSTRIES[int(traits.integers(len(INDUSTRIES)))]
        country = COUNTRIES[int(traits.integers(len(COUNTRIES)))]
        yield Account(f"A-{number + 1:05d}", account_name(number), industry, country)
