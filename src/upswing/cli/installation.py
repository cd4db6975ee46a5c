"""The installation on this machine: started, checked, its database brought up to date."""

from __future__ import annotations

import gc
import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import django
from django.core.checks import Error, Tags, run_checks
from django.core.management import call_command

try:
    import fcntl
except ImportError:  # not on this system; its database has a lock of its own
    fcntl = None  # type: ignore[assignment]

CACHE_TABLE = "upswing_cache"
UPGRADE_LOCK = 0x7570_0000


class NotReady(RuntimeError):
    """The installation cannot be used as it stands; the message says why and what to do."""


def start() -> None:
    """Load Django and refuse an unsafe database library; bring the schema up to date."""
    django.setup()
    from django.db import OperationalError

    try:
        errors = [e for e in run_checks(tags=[Tags.database], databases=["default"]) if isinstance(e, Error)]
        if errors:
            raise NotReady(" ".join(str(error.msg) for error in errors))
        migrate()
    except OperationalError as error:
        raise NotReady(
            f"The database cannot be used: {str(error).strip()}. Check UPSWING_DATABASE_URL."
        ) from error


def expect_many_objects() -> None:
    """Let the garbage collector look less often: an import makes millions of small objects, and none in circles."""
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


def migrate() -> bool:
    """Apply pending migrations; a SQLite file with data is copied first. True when something was applied.

    Where the book or the ledger has changed, invoices are attributed and all facts made anew: they follow from the
    records.
    """
    from django.db import connection, transaction
    from django.db.migrations.executor import MigrationExecutor

    with _alone():
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
        recount = executor.loader.applied_migrations and any(
            step.app_label in {"book", "ledger"} for step, _ in pending
        )
        if pending and connection.vendor == "sqlite" and executor.loader.applied_migrations:
            _copy_first()
        if pending:
            call_command("migrate", interactive=False, verbosity=0)
        if recount:
            from upswing.actions.crediting import credit_everything
            from upswing.actions.rebuild import remake

            with transaction.atomic():
                credit_everything()
                remake()
        if CACHE_TABLE not in connection.introspection.table_names():
            call_command("createcachetable", verbosity=0)  # sign-in limits live in it
    return bool(pending)


@contextmanager
def _alone() -> Iterator[None]:
    """Two first starts at once: the second waits, on this machine by a file, on PostgreSQL by a lock there."""
    from django.conf import settings
    from django.db import connection

    with (settings.DATA_DIR / ".upgrading").open("w") as file:
        if fcntl:
            fcntl.flock(file, fcntl.LOCK_EX)
        if connection.vendor != "postgresql":
            yield
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [UPGRADE_LOCK])
            try:
                yield
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [UPGRADE_LOCK])


def _copy_first() -> None:
    from django.conf import settings
    from django.db import connection

    copy = settings.DATA_DIR / f"before-upgrade-{datetime.now(UTC):%Y%m%d-%H%M%S}.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(copy)])


def collect_static() -> None:
    """Put the bundles where the server finds them, when the version or the bundles changed."""
    from django.conf import settings
    from django.contrib.staticfiles import finders

    bundle = finders.find("upswing/dist/upswing.css")
    if bundle is None:
        raise NotReady("The front end has not been built. Run `make assets`, or `pip install -e .`.")
    stamp, now = settings.STATIC_ROOT / ".built", f"{settings.VERSION} {Path(str(bundle)).stat().st_mtime_ns}"
    if stamp.exists() and stamp.read_text() == now:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0, stdout=io.StringIO())
    stamp.write_text(now)
