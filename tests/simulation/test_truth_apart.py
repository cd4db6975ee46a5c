"""The truth stays with the simulation: nothing else may read it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

import upswing
from tests.simulation.worlds import world
from upswing.simulation import simulate

SOURCE = Path(upswing.__file__).parent


def test_no_other_module_imports_the_truth() -> None:
    others = [path for path in SOURCE.rglob("*.py") if SOURCE / "simulation" not in path.parents]
    assert others
    assert [path for path in others if "simulation.truth" in path.read_text(encoding="utf-8")] == []


def test_no_mapping_names_the_truth_and_no_file_of_it_lies_among_the_data(tmp_path: Path) -> None:
    world("tiny").write(tmp_path)
    assert "truth" not in (tmp_path / "mapping.toml").read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir() if "truth" in path.name] == []


def test_the_truth_is_written_whole(tmp_path: Path) -> None:
    world("tiny").write_truth(tmp_path / "there" / "truth.json")
    told = json.loads((tmp_path / "there" / "truth.json").read_text(encoding="utf-8"))
    assert told["scenario"] == "tiny"
    assert len(told["reps"]) == 3
    with np.load(tmp_path / "there" / "truth.npz") as arrays:
        assert set(arrays) == set(world("tiny").truth.arrays)
        assert len(arrays["activity_label"]) == len(world("tiny").tables["activities"])


def test_no_id_tells_which_calls_were_never_made() -> None:
    world = simulate(3, "padded", reps=8, months=4)
    label, told = world.truth.arrays["activity_label"], world.truth.told["labels"]
    padded = np.array([word.startswith("padded") for word in told])[label]
    ids = world.tables["activities"].texts("id")
    letters = {key[:1] for key, false in zip(ids, padded, strict=True) if false}
    assert padded.sum() > 100
    assert letters == {"C"}
    last = np.array([int(key[-6:]) for key in ids if key[0] == "C"])
    false = padded[[key[0] == "C" for key in ids]]
    assert abs(np.median(last[false]) / np.median(last[~false]) - 1) < 0.15
    assert len(set(ids)) == len(ids)
