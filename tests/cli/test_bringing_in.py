"""From the command line: files guessed, imported, listed, their problems shown, taken back."""

from __future__ import annotations

import json
import threading
import tomllib
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from upswing.book.models import Deal
from upswing.cli.main import main
from upswing.intake.models import Batch, BatchFile
from upswing.jobs.worker import Busy, work

pytestmark = pytest.mark.django_db(transaction=True)

DEALS = """Deal ID;Deal owner;Deal stage;Create date;Close date;Amount
D1;Tess;Closed won;13.08.2026;02.09.2026;1.200,50
D2;Stan;Negotiation;03.08.2026;;700,00
"""


@pytest.fixture
def deals(tmp_path: Path) -> Path:
    path = tmp_path / "deals.csv"
    path.write_text(DEALS, encoding="utf-8")
    return path


def said(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def test_a_file_without_a_mapping_is_guessed_and_comes_in(deals: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["import", str(deals), "--yes", "--format", "json"]) == 0
    done = said(capsys)
    assert (done["created"], done["refused"]) == (4, 0)  # two deals, two people
    found = Deal.objects.unscoped("test").get(external_id="D1")
    assert (found.amount_minor, str(found.created), found.outcome) == (120_050, "2026-08-13", "won")
    assert BatchFile.objects.get().upload.size == len(DEALS.encode())
    assert main(["batches", "--format", "json"]) == 0
    [batch] = said(capsys)
    assert (batch["id"], batch["state"], batch["files"]) == (done["batch"], "done", ["deals.csv"])
    assert main(["undo", batch["id"], "--format", "json"]) == 0
    assert said(capsys) == {"put back": 0, "removed": 4}
    assert not Deal.objects.unscoped("test").exists()


def test_without_a_terminal_a_guess_is_taken_only_when_told_so(
    deals: Path, capsys: pytest.CaptureFixture[str]
):
    assert main(["import", str(deals)]) == 1
    assert "Add --yes to take this guess" in capsys.readouterr().err
    assert not Batch.objects.exists()


def test_days_that_read_two_ways_are_asked_about_never_guessed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    path = tmp_path / "deals.csv"
    path.write_text("Deal ID,Deal owner,Deal stage,Create date\nD1,Tess,Open,03/04/2026\n")
    assert main(["import", str(path), "--yes"]) == 1
    told = capsys.readouterr().err
    assert "--answer" in told
    way = told.split("--answer ")[1].split(" or ")[0].rstrip(".\n")
    assert main(["import", str(path), "--yes", "--answer", way]) == 0


def test_a_guess_can_be_written_down_and_corrected(
    deals: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    written = tmp_path / "mine.toml"
    assert main(["import", str(deals), "--save-mapping", str(written)]) == 1
    assert tomllib.loads(written.read_text())["deals"]["columns"]["rep"] == "Deal owner"
    assert main(["import", str(deals), "--mapping", str(written)]) == 0
    assert main(["import", str(deals), "--kind", "deals", "--yes"]) == 0


def test_a_trial_changes_nothing(deals: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["import", str(deals), "--yes", "--try", "--format", "json"]) == 0
    assert said(capsys)["kinds"]["deals"] == {"new": 2, "changed": 0, "unchanged": 0}
    assert not Batch.objects.exists()


def test_problems_are_those_of_the_latest_import_of_each_file(
    deals: Path, capsys: pytest.CaptureFixture[str]
):
    more = "".join(f"E{n};Stan;Negotiation;03.08.2026;;1\n" for n in range(40))
    deals.write_text(DEALS + more + "D3;Stan;Negotiation;nonsense;;1\n")
    assert main(["import", str(deals), "--yes"]) == 1
    capsys.readouterr()
    main(["problems", "--format", "json"])
    assert [(group["code"], group["values"]) for group in said(capsys) if group["severity"] == "refused"] == [
        ("bad_created", [["nonsense", 1]])
    ]
    deals.write_text(DEALS)
    main(["import", str(deals), "--yes"])
    capsys.readouterr()
    main(["problems", "--format", "json"])
    assert not [group for group in said(capsys) if group["severity"] == "refused"]


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04broken", b"\x1f\x8bbroken"]
)
def test_what_is_no_table_is_refused_in_one_sentence(
    tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]
):
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    assert main(["import", str(path), "--yes"]) == 1
    told = capsys.readouterr().err
    assert told.count("upswing: ") == 1
    assert "Traceback" not in told


def test_one_worker_does_the_jobs_of_a_data_folder(tmp_path: Path):
    from upswing.jobs import worker

    with worker._alone(), pytest.raises(Busy, match="Another worker"):
        work(until_done=True)


def test_an_unknown_import_is_not_taken_back(capsys: pytest.CaptureFixture[str]):
    assert main(["undo", "01a202f6-ed37-7029-ba0c-96b1b4b29031"]) == 1
    assert (
        "No import begins with “01a202f6-ed37-7029-ba0c-96b1b4b29031”. `upswing batches` lists them."
        in capsys.readouterr().err
    )


def test_an_address_inside_the_network_is_fetched_only_when_allowed(capsys: pytest.CaptureFixture[str]):
    assert main(["import", "http://127.0.0.1:9/deals.csv", "--yes"]) == 1
    told = capsys.readouterr().err
    assert told.startswith("upswing: ")
    assert "Traceback" not in told


def test_a_sheet_at_an_address_comes_in(settings: Any, capsys: pytest.CaptureFixture[str]):
    class Sheet(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/csv")
            self.end_headers()
            self.wfile.write(DEALS.encode())

        def log_message(self, *told: object) -> None:
            pass

    settings.PRIVATE_HOSTS = ["127.0.0.1"]
    with HTTPServer(("127.0.0.1", 0), Sheet) as server:
        threading.Thread(target=server.handle_request, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/deals.csv"
        assert main(["import", address, "--yes", "--format", "json"]) == 0
    assert said(capsys)["created"] == 4
