"""Run the whole suite: on SQLite, then again on PostgreSQL what touches a database.

    python -m tests.run [pytest arguments]

UPSWING_TEST_DATABASE_URL names a PostgreSQL of your own; otherwise a throw-away server is started.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile

from tests.chromium import ready as chromium_ready
from tests.cluster import throwaway_cluster
from tests.pango import ready as pango_ready

WORKERS, SLOWEST = "2", "15"
ONCE = (
    "tests/core", "tests/rules", "tests/connectors", "tests/web", "tests/simulation", "tests/realdata/test_guess.py",
    "tests/cli/test_serving.py", "tests/cli/test_installation.py", "tests/disk", "tests/journeys", "tests/exports", "tests/pages", "tests/api/test_access.py",
    "tests/api/test_hostile.py", "tests/api/test_shaping.py", "tests/api/test_feeds.py", "tests/api/test_people.py",
    "tests/api/test_standards.py", "tests/api/test_deals.py", "tests/api/test_forecasts.py", "tests/api/test_pipeline.py",
    "tests/api/test_stalled.py", "tests/api/test_scorecards.py", "tests/api/test_targets.py", "tests/cli/test_demo.py",
    "tests/actions/test_upgrade.py", "tests/realdata/test_everything_in.py", "tests/realdata/test_adventureworks.py",
    "tests/realdata/test_maven_forecast.py",
)  # fmt: skip
"""What knows no database, brings its own, or shows what the tests of queries and actions see on both."""


def main(arguments: list[str]) -> int:
    """0 when both runs passed."""
    chromium_ready()
    pango_ready()
    codes = [_suite("SQLite", {}, arguments)]
    own = os.environ.get("UPSWING_TEST_DATABASE_URL")
    if own:
        codes.append(_suite("PostgreSQL", _again(own), [*_only_database(), *arguments]))
    else:
        with throwaway_cluster() as url:
            codes.append(_suite("PostgreSQL", _again(url), [*_only_database(), *arguments]))
    return max(codes)


def _again(url: str) -> dict[str, str]:
    """On the second database, with half as many kills."""
    return {"UPSWING_TEST_DATABASE_URL": url, "UPSWING_KILLS": os.environ.get("UPSWING_KILLS", "6")}


def _only_database() -> list[str]:
    return [f"--ignore={folder}" for folder in ONCE]


def _suite(name: str, environ: dict[str, str], arguments: list[str]) -> int:
    print(f"\n== The suite on {name}", flush=True)
    folder = tempfile.mkdtemp(prefix="upswing-tests-")
    everything = {k: v for k, v in os.environ.items() if k != "UPSWING_TEST_DATABASE_URL"}
    everything |= environ | {"UPSWING_TEST_FOLDER": folder}
    told = ("--durations", SLOWEST, "--durations-min", "5")
    command = [sys.executable, "-m", "pytest", "-q", "-n", WORKERS, "--dist", "worksteal", *told, *arguments]
    try:
        return subprocess.run(command, env=everything).returncode
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
