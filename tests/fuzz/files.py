"""Coverage-guided fuzzing of reading files: python -m tests.fuzz.files [SECONDS]. Needs the dependency group `fuzz`.

Bytes are read as a file by a small mapping. Anything but records, problems and Unreadable is a crash, which is kept as a
file to repeat it with; so is a row that is lost, told twice, or takes too long.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from shutil import copytree

import atheris

with atheris.instrument_imports(include=["upswing.connectors"], enable_loader_override=False):
    from upswing.connectors.connector import Known, Unreadable
    from upswing.connectors.files.connector import Files
    from upswing.connectors.files.mapping import Mapping, mapping_of
    from upswing.connectors.files.unpacking import unpacked
    from upswing.core.records import Problem, Severity

CORPUS = Path(__file__).parent / "corpus"
RAW = {
    "people": {"file": "people.csv", "columns": {"name": "Name"}},
    "activities": {
        "file": "calls.csv",
        "columns": {"id": "Id", "rep": "Rep", "kind": "Kind", "at": "At", "seconds": "Seconds"},
    },
    "time_entries": {
        "file": "calls.csv",
        "columns": {"rep": "Rep", "day": "At", "minutes": "Seconds"},
        "decimal": ",",
        "thousands": ".",
        "date": "%d.%m.%Y",
    },
}


def target(folder: Path) -> object:
    """What is called with every input."""
    given = {name: folder / name for name in ("people.csv", "calls.csv")}
    given["people.csv"].write_text("Name\nTess Lund\n", encoding="utf-8")
    mapping: Mapping = mapping_of(RAW, folder / "fuzz.toml")

    @atheris.instrument_func
    def read(content: bytes) -> None:
        given["calls.csv"].write_bytes(content)
        known = Known()
        try:
            with unpacked(given, folder) as material:
                items = list(Files(material, mapping).read(known))
        except Unreadable:
            return
        told = [
            item for item in items if not (isinstance(item, Problem) and item.severity is Severity.NOTICE)
        ]
        if len(told) > known.expected:
            raise AssertionError(f"{len(told)} records and refusals of {known.expected} rows")

    return read


def main(seconds: int) -> None:
    """Fuzz for so long; inputs that reach new code are kept beside the corpus for this run only."""
    memory = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108  (no disk is as fast)
    with tempfile.TemporaryDirectory(dir=memory) as name:
        folder = Path(name)
        copytree(CORPUS, folder / "corpus")
        options = [f"-max_total_time={seconds}", "-timeout=5", "-max_len=4096", "-rss_limit_mb=2048"]
        atheris.Setup([sys.argv[0], *options, str(folder / "corpus")], target(folder))
        atheris.Fuzz()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
