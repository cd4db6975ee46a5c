"""upswing users: who may sign in."""

from __future__ import annotations

import argparse
import json

NAME = "users"
HELP = "List who may sign in, as what and as whom."


def arguments(parser: argparse.ArgumentParser) -> None:
    """--format."""
    parser.add_argument("--format", choices=("table", "json"), default="table")


def run(given: argparse.Namespace) -> int:
    """Print them by e-mail address."""
    from upswing.cli import asked, installation

    installation.start()
    from rich.table import Table

    from upswing.cli.tables import DASH, console
    from upswing.queries.plain import plain_record
    from upswing.queries.users import users

    found = users(asked.operator("users"))
    if given.format == "json":
        print(json.dumps([plain_record(one) for one in found], indent=2, ensure_ascii=False))
        return 0
    if not found:
        console().print("Nobody may sign in yet: upswing user EMAIL --role admin.")
        return 0
    table = Table("E-mail", "Role", "Person", "Last signed in", box=None, padding=(0, 2, 0, 0))
    for one in found:
        last = f"{one.last:%Y-%m-%d}" if one.last else "never"
        table.add_row(one.email, one.role.replace("_", " "), one.person or DASH, last)
    console().print(table)
    return 0
