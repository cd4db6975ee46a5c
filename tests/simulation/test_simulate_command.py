"""upswing simulate: writes a folder, says what is in it, and never mixes it with other files."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from upswing.cli.commands.simulate import arguments, run
from upswing.cli.installation import NotReady
from upswing.simulation import SCENARIOS


def asked(*words: str) -> int:
    parser = argparse.ArgumentParser()
    arguments(parser)
    return run(parser.parse_args(words))


def test_it_writes_a_folder_and_the_truth_beside_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert asked("--scenario", "tiny", "--months", "1", "--out", str(tmp_path / "data")) == 0
    said = capsys.readouterr().out
    assert "activities" in said
    assert "as of 2024-01-31" in said
    assert (tmp_path / "data" / "mapping.toml").exists()
    assert (tmp_path / "data.truth.json").exists()
    assert not (tmp_path / "data" / "data.truth.json").exists()


def test_it_writes_again_into_its_own_folder_and_not_into_another(tmp_path: Path) -> None:
    words = ("--scenario", "tiny", "--months", "1", "--reps", "1", "--out", str(tmp_path / "data"))
    assert asked(*words) == asked(*words) == 0
    (tmp_path / "data" / "letter.txt").write_text("mine")
    with pytest.raises(NotReady, match=r"holds other files, such as letter\.txt\. Name an empty folder"):
        asked(*words)


def test_dialects_are_not_mixed(tmp_path: Path) -> None:
    words = ("--scenario", "tiny", "--months", "1", "--reps", "1", "--out", str(tmp_path / "data"))
    assert asked(*words, "--dialect", "hubspot", "--truth", str(tmp_path / "apart" / "t.json")) == 0
    assert (tmp_path / "apart" / "t.npz").exists()
    with pytest.raises(NotReady, match="holds other files"):
        asked(*words, "--dialect", "salesforce")


def test_a_wrong_word_is_answered_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(NotReady, match="Did you mean “one-gap”"):
        asked("--scenario", "one gap", "--out", str(tmp_path / "data"))
    with pytest.raises(NotReady, match="reps from 1 to 10,000, not 0"):
        asked("--scenario", "tiny", "--reps", "0", "--out", str(tmp_path / "data"))
    (tmp_path / "file").write_text("")
    with pytest.raises(NotReady, match="is a file"):
        asked("--scenario", "tiny", "--out", str(tmp_path / "file"))


@pytest.mark.parametrize("scenario", sorted(SCENARIOS))
def test_every_scenario_is_written_with_its_truth(scenario: str, tmp_path: Path) -> None:
    words = ("--scenario", scenario, "--reps", "4", "--out", str(tmp_path / "data"))
    assert asked(*words) == 0
    told = json.loads((tmp_path / "data.truth.json").read_text())
    assert (told["scenario"], len(told["reps"])) == (scenario, 4)


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    words = ("--scenario", "tiny", "--months", "1", "--reps", "1", "--out", str(tmp_path / "file" / "data"))
    with pytest.raises(NotReady, match="cannot be written: Not a directory"):
        asked(*words)
