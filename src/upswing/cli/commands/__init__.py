"""One module a command: NAME, HELP, `arguments(parser)`, `run(given)` which returns the exit code."""
