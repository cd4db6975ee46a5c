"""Owners of accounts from a file, and the invoices that fall to them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import world
from tests.actions.books import attributed
from upswing.actions.import_batch import About, Imported, import_batch
from upswing.actions.rebuild import check
from upswing.connectors.files.connector import Files
from upswing.connectors.files.mapping import read_mapping
from upswing.queries.unattributed import unattributed

pytestmark = pytest.mark.django_db

MAPPING = """
source = "accounting"
currency = "EUR"
[people]
file = "people.csv"
columns = { name = "name" }
[accounts]
file = "accounts.csv"
columns = { id = "id", name = "name" }
[account_owners]
file = "owners.csv"
columns = { account = "account", rep = "rep", start = "from", end = "until" }
[invoices]
file = "invoices.csv"
columns = { id = "id", day = "day", account = "account", net = "net", quote = "quote" }
"""
FILES = {
    "people": ["name", "Tess", "Stan"],
    "accounts": ["id,name", "A1,Acme", "A2,Bolt"],
    "owners": ["account,rep,from,until", "A1,Tess,,2026-07-01", "acme,Stan,2026-07-01,", "Bolt,Tess,2026-07-01,"],
    "invoices": [
        "id,day,account,net,quote", "I1,2026-06-30,ACME,10,", "I2,2026-07-01,A1,20,", "I3,2026-06-30,Bolt,30,",
        "I4,2026-07-01,Ghost,40,Q7",
    ],
}  # fmt: skip


def read(folder: Path, **other: list[str]) -> Imported:
    (folder / "map.toml").write_text(MAPPING, encoding="utf-8")
    for name, lines in (FILES | other).items():
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    about = About("accounting", "Accounting", "EUR", "Testers", None, "map.toml")
    return import_batch(world.operator(), Files(folder, read_mapping(folder / "map.toml")), about, world.NOW)


def test_invoices_fall_to_whoever_owned_the_account_then(tmp_path: Path):
    first, second = read(tmp_path), read(tmp_path)
    assert attributed() == {
        "I1": ("owner", {"Tess": 1}), "I2": ("owner", {"Stan": 1}), "I3": ("waiting", {}), "I4": ("waiting", {}),
    }  # fmt: skip
    assert [row.number for row in unattributed(world.operator()).rows] == ["I3", "I4"]
    assert (first.created, second.updated, second.created) == (2 + 2 + 3 + 4, 0, 0)
    assert check(world.operator()) == []


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("Acmee,Tess,,", "Row 3: no account is called “Acmee”. Did you mean “Acme”?"),
        ("Acme,Tess,,", "Row 3: An owner of “Acme” from the first day on stands in row 2 already; that one was kept."),
        ("Acme,Tess,2026-08-01,2026-08-01",
         "Row 3: it starts on 2026-08-01 and ends on 2026-08-01: no day is left. Correct one of the two days."),
        ("Acme,Rami,2026-08-01,", "Row 3: no rep is called “Rami”."),
    ],
)  # fmt: skip
def test_an_owner_that_says_nothing_is_refused(tmp_path: Path, row: str, sentence: str):
    done = read(tmp_path, owners=[*FILES["owners"][:2], row])
    (refused,) = [problem for problem in done.problems if problem.severity == "refused"]
    assert refused.sentence.startswith(sentence)
