"""Names: people, companies and products. Lists never change order; what runs out is numbered."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Product:
    """What is sold; the list price in euro."""

    id: str
    name: str
    family: str
    list_price: int


REPS = (
    "Tess Lund", "Stan Weber", "Rami Haddad", "Jonas Kim", "Nadia Petrova",
    "Nina Aalto", "Pavel Novak", "Aisha Bello", "Lars Eklund",
    "Chloe Martin", "Diego Ramos", "Hana Sato",
    "Ines Duarte",
    "Mikael Strand", "Olga Ivanova", "Tomas Kovac", "Leila Farahani", "Bruno Silva", "Greta Holm", "Yusuf Demir",
    "Sofia Rossi", "Emeka Obi", "Marta Zielinska", "Anton Keller", "Farida Rahman", "Luca Bianchi", "Ida Nyberg",
    "Kofi Mensah", "Elena Popescu", "Samir Nasser", "Julia Hartmann", "Viktor Horvat", "Amara Diallo",
    "Niklas Berger", "Rosa Fuentes", "Daniel Osei", "Katja Virtanen", "Marek Dvorak", "Lin Zhao", "Peter Aalto",
    "Salma Idrissi", "Erik Dahl", "Paula Costa", "Goran Petrovic", "Maya Fischer", "Oscar Jensen", "Zainab Aziz",
)  # fmt: skip

PRODUCTS = (
    Product("P1", "Brightwater Go", "Pumps", 3_500),
    Product("P2", "Brightwater Core", "Pumps", 6_500),
    Product("P3", "Brightwater Plus", "Filters", 11_000),
    Product("P4", "Brightwater Pro", "Filters", 19_000),
    Product("P5", "Brightwater Site", "Plants", 34_000),
)

INDUSTRIES = ("Food", "Textiles", "Chemistry", "Hospitals", "Hotels", "Farming", "Energy", "Logistics")
COUNTRIES = ("Denmark", "Sweden", "Germany", "Austria", "Netherlands", "Poland", "Finland")

_FIRST = (
    "Alder", "Birch", "Cedar", "Dune", "Ember", "Fjord", "Garnet", "Harbour", "Indigo", "Juniper", "Kestrel",
    "Linden", "Maple", "Nordic", "Oakfield", "Pine", "Quarry", "Rowan", "Sable", "Thistle", "Umber", "Vale",
    "Willow", "Yarrow", "Zephyr", "Amber", "Basalt", "Cobalt", "Drift", "Elm", "Falcon", "Glen", "Heron", "Iris",
    "Jasper", "Kelp", "Lark", "Moor", "North", "Otter", "Pebble",
)  # fmt: skip
_SECOND = (
    "Works", "Dairy", "Mills", "Clinics", "Hotels", "Farms", "Power", "Freight", "Textiles", "Brewery", "Foods",
    "Chemicals", "Gardens", "Paper", "Glass", "Metals", "Marine", "Tools", "Baths", "Timber", "Bakeries", "Labs",
    "Pools", "Estates", "Packaging", "Motors", "Ceramics", "Fisheries", "Laundries", "Orchards", "Resorts",
    "Plastics", "Utilities", "Cement", "Coatings", "Spas", "Nurseries",
)  # fmt: skip

_GIVEN = (
    "Alba", "Arne", "Beata", "Carl", "Dora", "Emil", "Freya", "Georg", "Hanna", "Ivo", "Jana", "Klaus", "Lotte",
    "Milan", "Nora", "Ole", "Petra", "Rolf", "Signe", "Timo", "Ulla", "Vera", "Walter",
)  # fmt: skip
_FAMILY = (
    "Ahlers", "Bakker", "Christensen", "Dekker", "Engel", "Falk", "Gruber", "Huber", "Iversen", "Jansen", "Koch",
    "Larsen", "Maier", "Nowak", "Olsen", "Poulsen", "Quist", "Ritter", "Schmid", "Tamm", "Urban", "Vogel", "Wolf",
    "Ziegler", "Brandt", "Conti", "Duval", "Ekman", "Frei",
)  # fmt: skip
MANAGERS = ("Mona Berg", "Otto Lindqvist", "Priya Raman", "Ingrid Solberg", "Carlos Mendes", "Anna Kowalska")
CONTACT_ROLES = ("decision maker", "user", "buyer", "adviser")


def manager_name(number: int) -> str:
    """The name of a team's manager, counted from 0."""
    return MANAGERS[number] if number < len(MANAGERS) else f"Manager {number + 1}"


def contact_name(number: int) -> str:
    """The name of somebody at a company; names come again."""
    return f"{_GIVEN[number % len(_GIVEN)]} {_FAMILY[number // len(_GIVEN) % len(_FAMILY)]}"


def rep_name(number: int) -> str:
    """The name of a rep, counted from 0."""
    return REPS[number] if number < len(REPS) else f"Rep {number + 1}"


def account_name(number: int) -> str:
    """The name of a company, counted from 0; no two are alike."""
    first, rest = number % len(_FIRST), number // len(_FIRST)
    name = f"{_FIRST[first]} {_SECOND[(number + rest) % len(_SECOND)]}"
    again = rest // len(_SECOND)
    return f"{name} {again + 1}" if again else name
