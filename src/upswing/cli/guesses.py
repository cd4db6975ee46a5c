"""A guess of what files hold, on a terminal: shown, its questions asked, taken or not."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table

from upswing.connectors.connector import NAME_LENGTH, Unreadable, printable
from upswing.connectors.files.guess.fitting import is_currency
from upswing.connectors.files.guess.guessed import Confidence, Guess, Question
from upswing.connectors.files.guess.guessed import Table as Guessed
from upswing.core.wording import in_english

NAMED = 12
SURE = {Confidence.SURE: "", Confidence.LIKELY: "likely", Confidence.NONE: "a guess"}


def show(console: Console, guess: Guess) -> None:
    """Every file with its kind, its columns, and what its words are taken for."""
    for table in guess.tables:
        if not table.kind:
            console.print(f"\n{table.why or f'“{table.file}” is not used.'}", markup=False)
            continue
        console.print(f"\n[bold]{table.file}[/bold] holds [bold]{table.kind.replace('_', ' ')}[/bold]:")
        console.print(_columns(table))
        if unused := [column.header for column in table.columns if not column.field]:
            more = f" and {len(unused) - NAMED} more" if len(unused) > NAMED else ""
            console.print(f"  not used: {', '.join(unused[:NAMED])}{more}", markup=False)
        for denied in table.denied:
            console.print(f"  {denied.sentence}", markup=False)
        if table.meanings:
            words = (
                f"{meaning.written} = {meaning.meant or '?'} ({meaning.count:,})"
                for meaning in table.meanings
            )
            console.print(f"  {', '.join(words)}", markup=False)


def _columns(table: Guessed) -> Table:
    shown = Table(box=None, show_header=False, padding=(0, 2, 0, 2))
    for _ in range(5):
        shown.add_column(no_wrap=True)
    for column in table.columns:
        if column.field:
            shown.add_row(
                column.header, "→", column.field, SURE[column.confidence], ", ".join(column.samples)
            )
    return shown


def answers(console: Console, guess: Guess, given: Mapping[str, str]) -> dict[str, str]:
    """The answers to the guess's questions: those given, the others asked on a terminal. Raises Unreadable."""
    found = dict(given)
    for question in guess.questions:
        if question.key not in found:
            found[question.key] = _asked(console, question)
    return found


def _asked(console: Console, question: Question) -> str:
    choices = {str(number): choice for number, choice in enumerate(question.choices, 1)}
    told = [
        f"{number}: {', '.join(f'{written} is {read}' for written, read in choice.readings)}"
        for number, choice in choices.items()
    ]
    if not sys.stdin.isatty():
        ways = " or ".join(f"--answer {question.key}={choice.answer}" for choice in question.choices)
        raise Unreadable(f"{question.sentence} {'; '.join(told)}. Say which with {ways}.")
    console.print(f"\n{question.sentence}", markup=False)
    for line in told:
        console.print(f"  {line}", markup=False)
    while (number := input("Which one? ").strip()) not in choices:
        console.print(f"Write one of {', '.join(choices)}.")
    return choices[number].answer


def currency(named: Sequence[str], *, asks: bool) -> str:
    """What the organisation counts in where no file says it: asked on a terminal, else euros, and that is said.

    `named` are the currencies of those amounts that name one.
    """
    from upswing.actions.known import DEFAULT_CURRENCY

    what = "does the organisation count in" if named else "are the amounts in"
    if asks and sys.stdin.isatty():
        while not is_currency(code := input(f"Which currency {what}, like EUR or DKK? ").strip()):
            sys.stderr.write(f"“{code}” is no ISO code.\n")
        return code.upper()
    if named:
        said = (
            f"Amounts are in {in_english(named)}, and nothing says what the organisation counts in: it is "
            f"{DEFAULT_CURRENCY}, and so are amounts that name no currency. If it is another"
        )
    else:
        said = f"No currency is named: amounts are read as {DEFAULT_CURRENCY}. If they are in another"
    sys.stderr.write(f"{said}, take this import back with `upswing undo` and import again with --currency.\n")
    return DEFAULT_CURRENCY


def organisation(proposed: str) -> str:
    """What the organisation is called where no mapping says it, asked on a terminal; empty where nobody sits."""
    if not sys.stdin.isatty():
        return ""
    said = input(f"What is your organisation called? [{proposed}] ").strip()
    return printable(said, NAME_LENGTH) or proposed


def agreed(console: Console) -> bool:
    """Whether whoever sits there takes the guess; nobody does where nobody sits."""
    if not sys.stdin.isatty():
        raise Unreadable(
            "Add --yes to take this guess, or --save-mapping FILE to correct it and import with --mapping FILE."
        )
    return input("\nImport like this? [y/N] ").strip().casefold() in {"y", "yes"}
