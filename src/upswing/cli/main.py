"""The `upswing` command: finds the command, says errors in one sentence."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib.metadata import version
from types import ModuleType

from upswing.cli.commands import (
    backtest,
    batches,
    check,
    demo,
    funnel,
    migrate,
    organisation,
    problems,
    rebuild,
    scorecard,
    simulate,
    snapshot,
    team,
    undo,
    up,
    user,
    users,
    worker,
)
from upswing.cli.commands import import_ as import_command

COMMANDS: tuple[ModuleType, ...] = (
    up,
    demo,
    simulate,
    import_command,
    batches,
    problems,
    undo,
    scorecard,
    team,
    funnel,
    backtest,
    snapshot,
    user,
    users,
    organisation,
    rebuild,
    check,
    migrate,
    worker,
)


STOPPED = 130
"""The exit code of a command that was stopped by Ctrl C."""
ALL_OR_NOTHING = "Stopped. What was under way is whole or not at all; run it again and it goes on."


def parser() -> argparse.ArgumentParser:
    """All commands with their arguments."""
    top = argparse.ArgumentParser(
        prog="upswing", description="Sales scorecards that help, from your own CRM data."
    )
    top.add_argument("--version", action="version", version=f"upswing {version('upswing')}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for command in COMMANDS:
        added = commands.add_parser(command.NAME, help=command.HELP, description=command.HELP)
        command.arguments(added)
        added.set_defaults(run=command.run)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Exit codes: 0 done, 1 something was refused or is wrong, 2 the call's words are off, 130 stopped by Ctrl C.
    """
    given = parser().parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "upswing.config.settings")
    from django.core.exceptions import ImproperlyConfigured

    try:
        code: int = given.run(given)
    except ImproperlyConfigured as error:
        return _refused(str(error))
    except KeyboardInterrupt as stop:
        sys.stderr.write(f"\nupswing: {str(stop) or ALL_OR_NOTHING}\n")
        return STOPPED
    except BrokenPipeError:  # whoever read the output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if not _is_a_sentence(error):
            raise
        return _refused(str(error.args[0] if error.args else error))
    return code


def _is_a_sentence(error: Exception) -> bool:
    from upswing.cli.installation import NotReady

    if isinstance(error, NotReady):  # it may be said before anything else is there
        return True
    from upswing.actions.permission import NotAllowed
    from upswing.connectors.connector import Unreadable
    from upswing.core.metrics import UnknownMetric
    from upswing.core.moment import DayToCome
    from upswing.core.period import UnknownPeriod
    from upswing.people.viewer import NotVisible
    from upswing.queries.backtesting import NothingToReplay

    said = NotAllowed | Unreadable | UnknownMetric | UnknownPeriod | DayToCome | NotVisible | NothingToReplay
    return isinstance(error, said)


def _refused(sentence: str) -> int:
    sys.stderr.write(f"upswing: {sentence}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
