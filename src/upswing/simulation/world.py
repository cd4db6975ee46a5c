"""A whole simulated organisation, as it stands on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from upswing.core.period import quarter_of
from upswing.simulation.accounts import accounts
from upswing.simulation.cast import cast
from upswing.simulation.days import begins
from upswing.simulation.deals import deals
from upswing.simulation.names import PRODUCTS
from upswing.simulation.quotas import quotas
from upswing.simulation.rows import Account, Deal, Person, Product, Quota
from upswing.simulation.scenario import scenario_called


@dataclass(frozen=True, slots=True)
class World:
    """People, accounts, products, deals and quotas as they stand at the close of `as_of`.

    The history begins on `begin`; people's stories lead up to `anchor`, the first day of a quarter.
    Deals come in the order of creation, so that later looks only add below.
    """

    seed: int
    anchor: date
    begin: date
    as_of: date
    people: tuple[Person, ...]
    accounts: tuple[Account, ...]
    products: tuple[Product, ...]
    deals: tuple[Deal, ...]
    quotas: tuple[Quota, ...]

    def write(self, folder: Path) -> None:
        """CSV files and a mapping.toml which the file connector reads; the folder is made when missing."""
        from upswing.simulation.writing import write

        write(self, folder)


def simulate(
    seed: int,
    scenario: str = "healthy",
    *,
    months: int = 12,
    as_of: date,
    reps: int = 12,
    anchor: date | None = None,
) -> World:
    """The organisation of a seed as it stands on a day.

    Stories lead up to the quarter of `anchor` (default: of `as_of`), and the history begins with the quarter
    `months` before it. With one anchor, later days continue the same history: nothing before them changes.
    Raises UnknownScenario, and ValueError unless months and reps are above 0 and `as_of` is not before the anchor.
    """
    chosen, lead = scenario_called(scenario), quarter_of(anchor or as_of).start
    if months < 1 or reps < 1 or as_of < lead:
        raise ValueError(
            f"No world has {months} months, {reps} reps, and a look on {as_of} at stories of {lead}."
        )
    begin, players = begins(lead, months), cast(seed, reps, lead)
    found = [deal for rep in players for deal in deals(seed, rep, chosen, begin, as_of)]
    return World(
        seed, lead, begin, as_of,
        people=tuple(rep.person for rep in players if rep.person.start <= as_of),
        accounts=tuple(account for rep in players for account in accounts(seed, rep.number)),
        products=PRODUCTS,
        deals=tuple(sorted(found, key=lambda deal: (deal.created, deal.id))),
        quotas=tuple(quota for rep in players for quota in quotas(rep, chosen, begin, as_of)),
    )  # fmt: skip
