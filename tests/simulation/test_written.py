"""What a world writes is read back by the ordinary file connector, record for record."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.simulation.worlds import digest, world
from upswing.connectors.connector import Known
from upswing.connectors.files.connector import Files
from upswing.connectors.files.mapping import read_mapping
from upswing.core.records import Problem, Severity
from upswing.simulation import World, simulate
from upswing.simulation.writing import TABLES, UNREAD


def read(found: World, folder: Path) -> list[object]:
    found.write(folder)
    return list(Files(folder, read_mapping(folder / "mapping.toml")).read(Known()))


@pytest.mark.parametrize("scenario", ["tiny", "multi-currency", "mid-year"])
def test_the_records_of_a_world_are_those_the_connector_reads(scenario: str, tmp_path: Path) -> None:
    found = world(scenario, months=3, reps=4)
    items = read(found, tmp_path)
    refused = [item for item in items if isinstance(item, Problem) and item.severity is Severity.REFUSED]
    assert refused == []
    taken = [item for item in items if not isinstance(item, Problem)]
    assert taken == list(found.records())


def test_a_defective_world_is_read_with_its_problems(tmp_path: Path) -> None:
    found = world("healthy", months=3, reps=6, defects=True)
    codes = {item.code for item in read(found, tmp_path) if isinstance(item, Problem)}
    assert {"no_rep", "unknown_product", "open_without_account", "lost_without_value"} <= codes


def test_every_table_is_written_and_those_that_are_read_are_mapped(tmp_path: Path) -> None:
    found = world("tiny")
    found.write(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {*(f"{name}.csv" for name in TABLES), "mapping.toml"}
    assert set(read_mapping(tmp_path / "mapping.toml").tables) == set(TABLES) - set(UNREAD)
    assert read_mapping(tmp_path / "mapping.toml").read_on == found.as_of


def test_writing_again_replaces(tmp_path: Path) -> None:
    world("tiny").write(tmp_path / "twice")
    world("tiny", seed=2).write(tmp_path / "twice")
    world("tiny", seed=2).write(tmp_path / "once")
    assert digest(tmp_path / "twice") == digest(tmp_path / "once")


HEADERS = {
    "hubspot": {
        "deal_data.csv": {
            "deal_id",
            "deal_pipeline_stage_id",
            "owner_id",
            "property_amount",
            "property_closedate",
        },
        "deal_stage_data.csv": {"deal_id", "value", "date_entered", "_fivetran_end"},
        "deal_property_history_data.csv": {"deal_id", "timestamp", "name", "value"},
        "engagement_call_data.csv": {"engagement_id", "property_hs_timestamp", "property_hs_call_duration"},
        "engagement_meeting_data.csv": {"engagement_id", "start_time", "end_time", "meeting_outcome"},
        "engagement_contact_data.csv": {"contact_id", "engagement_id"},
        "owner_data.csv": {"owner_id", "first_name", "last_name", "email"},
    },
    "salesforce": {
        "sf_opportunity_data.csv": {"id", "owner_id", "account_id", "stage_name", "amount", "close_date"},
        "sf_opportunity_history_data.csv": {"id", "created_date", "stage_name", "amount", "close_date"},
        "sf_task_data.csv": {"id", "owner_id", "who_id", "what_id", "call_duration_in_seconds"},
        "sf_event_data.csv": {"id", "owner_id", "start_date_time"},
        "sf_user_data.csv": {"id", "name", "email", "is_active"},
        "sf_lead_data.csv": {"id", "owner_id", "status", "lead_source"},
    },
}


@pytest.mark.parametrize("dialect", ["hubspot", "salesforce"])
def test_a_dialect_has_the_files_and_columns_of_its_system_and_all_activities(
    dialect: str, tmp_path: Path
) -> None:
    found = world("tiny")
    found.write(tmp_path, dialect)
    for name, columns in HEADERS[dialect].items():
        header, *lines = (tmp_path / name).read_text(encoding="utf-8").splitlines()
        assert columns <= set(header.split(",")), name
        assert lines, name
    parts = (
        "engagement_call_data.csv", "engagement_email_data.csv", "engagement_communication_data.csv",
        "engagement_task_data.csv", "engagement_meeting_data.csv",
    ) if dialect == "hubspot" else ("sf_task_data.csv", "sf_event_data.csv")  # fmt: skip
    told = sum(len((tmp_path / name).read_text(encoding="utf-8").splitlines()) - 1 for name in parts)
    assert told == len(found.tables["activities"])


def test_salesforce_ids_have_eighteen_characters(tmp_path: Path) -> None:
    world("tiny").write(tmp_path, "salesforce")
    for name in ("sf_user", "sf_account", "sf_contact", "sf_lead", "sf_opportunity", "sf_task", "sf_event"):
        lines = (tmp_path / f"{name}_data.csv").read_text(encoding="utf-8").splitlines()[1:]
        assert {len(line.partition(",")[0]) for line in lines} == {18}, name


def test_an_unknown_dialect_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="No dialect is called “zoho”. There are: own, hubspot, salesforce"):
        simulate(1, "tiny").write(tmp_path, "zoho")
