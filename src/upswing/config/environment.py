"""What the environment says: one prefix, each name also as `…_FILE`, and a clear refusal of bad values."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TypeVar, cast
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo, available_timezones

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from platformdirs import user_data_path

PREFIX = "UPSWING_"
SHORTEST_KEY = 32
READ: set[str] = set()
"""The settings asked for so far, to tell a misspelt one."""
ELSEWHERE = ("TEST_DATABASE_URL", "TEST_FOLDER", "CHROMIUM", "KILLS", "HYPOTHESIS")
"""Names that only the test suite reads."""
T = TypeVar("T")


def read(name: str, default: str, parse: Callable[[str], T], environ: Mapping[str, str] = os.environ) -> T:
    """The setting `name` (without prefix) parsed; raises ImproperlyConfigured naming it, its value and why."""
    READ.add(name)
    text = _text(name, default, environ)
    try:
        return parse(text)
    except ValueError as error:
        shown = re.sub(r"//[^@/]*@", "//…@", text)  # a password is never printed
        raise ImproperlyConfigured(f"{PREFIX}{name}={shown!r} cannot be used: {error}") from error


def _text(name: str, default: str, environ: Mapping[str, str]) -> str:
    path = environ.get(f"{PREFIX}{name}_FILE")
    if not path:
        return environ.get(f"{PREFIX}{name}", default)
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise ImproperlyConfigured(f"{PREFIX}{name}_FILE={path!r} cannot be read: {why}.") from error


def refuse_unknown(environ: Mapping[str, str] = os.environ) -> None:
    """Raise ImproperlyConfigured for a name with our prefix that nobody reads: it is a slip of the pen."""
    known = {f"{PREFIX}{name}{end}" for name in READ for end in ("", "_FILE")} | {
        PREFIX + n for n in ELSEWHERE
    }
    for name in environ:
        if name.startswith(PREFIX) and name not in known:
            near = get_close_matches(name, known, n=1)
            raise ImproperlyConfigured(
                f"There is no setting {name}." + (f" Did you mean {near[0]}?" if near else "")
            )


def switch(text: str) -> bool:
    """`1`, `true`, `yes`, `on` or their opposites."""
    known = {
        "1": True,
        "true": True,
        "yes": True,
        "on": True,
        "0": False,
        "false": False,
        "no": False,
        "off": False,
        "": False,
    }
    if text.lower() not in known:
        raise ValueError("write 1 or 0.")
    return known[text.lower()]


def names(text: str) -> list[str]:
    """A comma-separated list."""
    return [part.strip() for part in text.split(",") if part.strip()]


def journal(text: str) -> str:
    """SQLite's journal mode: `wal`, or `delete` where the library is affected by the WAL-reset race."""
    if text not in {"wal", "delete"}:
        raise ValueError("write wal or delete.")
    return text


def zone(text: str) -> str:
    """An IANA time zone."""
    if text not in available_timezones():
        raise ValueError("it is no IANA time zone; write for example Europe/Copenhagen.")
    return ZoneInfo(text).key


def folder(text: str) -> Path:
    """A folder we can write into, made when missing; empty means the user's data folder."""
    path = Path(text).expanduser().absolute() if text else user_data_path("upswing")
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ValueError(f"the folder cannot be made: {error.strerror}.") from error
    if not os.access(path, os.W_OK):
        raise ValueError("the folder cannot be written to.")
    return path


def secret_key(data: Path, text: str) -> str:
    """The given key, else the one kept in the data folder, made on the first start (readable by us alone)."""
    if text:
        if len(text) < SHORTEST_KEY:
            raise ValueError(f"a secret key needs {SHORTEST_KEY} characters or more.")
        return text
    path = data / "secret_key"
    if not path.exists():
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48), encoding="ascii")
        try:
            os.link(fresh, path)  # one of two first starts wins; both then read the same key
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    kept = path.read_text(encoding="ascii").strip()
    if len(kept) < SHORTEST_KEY:
        raise ValueError(f"the key kept in {path} is too short; remove the file and start again.")
    return kept


def database(url: str, data: Path, journal_mode: str) -> dict[str, object]:
    """Django's database setting for SQLite or PostgreSQL, with the options measured to lose nothing."""
    if not url:
        return _sqlite(str(data / "upswing.sqlite3"), journal_mode)
    parsed = dict(dj_database_url.parse(url))
    engine = str(parsed["ENGINE"])
    if engine.endswith("sqlite3"):
        return _sqlite(str(parsed["NAME"]), journal_mode)
    if not engine.endswith("postgresql"):
        raise ValueError("it must begin with postgresql:// or sqlite:///.")
    # Compiling a question takes PostgreSQL longer than answering it: pages ask short ones, with many sums.
    settings = "-c lock_timeout=30s -c idle_in_transaction_session_timeout=120s -c jit=off"
    asked = dict(cast("dict[str, object]", parsed.get("OPTIONS") or {}))  # such as sslmode
    options = asked | {"pool": {"min_size": 0, "max_size": 8, "timeout": 20}, "options": settings}
    return parsed | {"CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": True, "OPTIONS": options}


def _sqlite(name: str, journal_mode: str) -> dict[str, object]:
    pragmas = (
        f"PRAGMA journal_mode={journal_mode.upper()}; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;"
    )
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas},
        "TEST": {"NAME": f"{name}.test"},
    }


@dataclass(frozen=True, slots=True)
class Mail:
    """Where mail goes."""

    backend: str
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    tls: bool = False


def mail(url: str) -> Mail:
    """`consolemail://` prints mail; `smtps://user:password@host:465` sends it over TLS."""
    if url == "consolemail://":
        return Mail("django.core.mail.backends.console.EmailBackend")
    parts = urlsplit(url)
    if parts.scheme != "smtps" or not parts.hostname:
        raise ValueError("write smtps://user:password@host:465, or consolemail://.")
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    backend = "django.core.mail.backends.smtp.EmailBackend"
    return Mail(backend, parts.hostname, parts.port or 465, user, password, tls=True)
