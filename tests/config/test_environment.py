"""Settings: from the environment alone, refused loudly when wrong."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from upswing.config import environment as env


@pytest.mark.parametrize(
    ("name", "value", "parse", "said"),
    [
        ("INSECURE_HTTP", "maybe", env.switch, "UPSWING_INSECURE_HTTP='maybe' cannot be used: write 1 or 0."),
        ("SECRET_KEY", "short", lambda text: env.secret_key(Path(), text), "needs 32 characters or more"),
        ("TIME_ZONE", "Mars/Base", env.zone, "it is no IANA time zone"),
        ("SQLITE_JOURNAL", "off", env.journal, "write wal or delete"),
        ("EMAIL_URL", "smtp://mail.example", env.mail, "write smtps://user:password@host:465"),
        (
            "DATABASE_URL",
            "mysql://db/x",
            lambda url: env.database(url, Path(), "wal"),
            "must begin with postgresql://",
        ),
        ("DATA_DIR", "/dev/null/x", env.folder, "the folder cannot be made"),
    ],
)
def test_a_bad_value_is_refused_with_name_value_and_what_to_write(name, value, parse, said):
    with pytest.raises(ImproperlyConfigured) as refused:
        env.read(name, "", parse, {f"UPSWING_{name}": value})
    assert name in str(refused.value)
    assert said in str(refused.value)


def test_a_value_may_come_from_a_file(tmp_path: Path):
    (tmp_path / "key").write_text("from a file\n")
    assert (
        env.read("SECRET_KEY", "", str, {"UPSWING_SECRET_KEY_FILE": str(tmp_path / "key")}) == "from a file"
    )


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path):
    with pytest.raises(ImproperlyConfigured, match="UPSWING_SECRET_KEY_FILE=.* cannot be read"):
        env.read("SECRET_KEY", "", str, {"UPSWING_SECRET_KEY_FILE": str(tmp_path / "none")})


def test_the_secret_key_is_made_once_and_only_we_can_read_it(tmp_path: Path):
    first = env.secret_key(tmp_path, "")
    assert env.secret_key(tmp_path, "") == first
    assert len(first) > 50
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_a_given_secret_key_wins(tmp_path: Path):
    given = "given, and long enough to be a secret key"
    assert env.secret_key(tmp_path, given) == given
    assert not list(tmp_path.iterdir())


def test_sqlite_waits_and_writes_safely(tmp_path: Path):
    found = env.database("", tmp_path, "wal")
    assert found["NAME"] == str(tmp_path / "upswing.sqlite3")
    options = found["OPTIONS"]
    assert (options["transaction_mode"], options["timeout"]) == ("IMMEDIATE", 20)
    assert (
        options["init_command"]
        == "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;"
    )


def test_postgresql_has_a_pool_that_checks_connections():
    found = env.database("postgresql://me:pw@db.example:5433/sales", Path(), "wal")
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example", 5433, "sales")
    assert (found["CONN_MAX_AGE"], found["CONN_HEALTH_CHECKS"]) == (0, True)
    assert found["OPTIONS"]["pool"]["max_size"] == 8


def test_a_misspelt_setting_is_refused_with_the_right_name():
    env.read("DATA_DIR", "", str, {})
    with pytest.raises(
        ImproperlyConfigured, match="no setting UPSWING_DATADIR. Did you mean UPSWING_DATA_DIR?"
    ):
        env.refuse_unknown({"UPSWING_DATADIR": "x"})
