"""What a page weighs on the way to the browser, compressed."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import scratch

if TYPE_CHECKING:
    from django.test import Client

AS_OF = date(2026, 11, 20)
LEVEL = 6


def main() -> None:
    """Print the figures, in bytes."""
    scratch.start()
    from upswing.cli.commands.demo import fill, sign_ins
    from upswing.cli.installation import collect_static
    from upswing.cli.main import parser

    fill(parser().parse_args(["demo", "--no-serve", "--as-of", AS_OF.isoformat()]))
    sign_ins()
    collect_static()
    print(json.dumps(_pages() | _bundles()))


def _pages() -> scratch.Figures:
    from django.contrib.auth import get_user_model
    from django.test import Client
    from django.urls import reverse

    from upswing.people.viewer import system_viewer
    from upswing.queries.people import reps

    rep = next(rep.id for rep in reps(system_viewer(AS_OF, "benchmark")) if rep.name == "Tess Lund")
    client = Client(headers={"host": "localhost"})
    client.force_login(
        get_user_model().objects.get(email="ops@demo.upswing.example"),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    addresses = {
        "scorecard": reverse("scorecard", args=[rep, "2026-Q4"]),
        "team": reverse("team_all", args=["2026-Q4"]),
    }
    return {name: _weighed(_read(client, address)) for name, address in addresses.items()}


def _read(client: Client, address: str) -> bytes:
    response = client.get(address)
    assert response.status_code == 200, f"{address}: {response.status_code}"
    content: bytes = response.content
    return content


def _bundles() -> scratch.Figures:
    from django.contrib.staticfiles import finders

    folder = Path(str(finders.find("upswing/dist/upswing.css"))).parent
    return {
        kind: sum(_weighed(path.read_bytes()) for path in folder.glob(f"*.{kind}")) for kind in ("css", "js")
    }


def _weighed(content: bytes) -> int:
    return len(gzip.compress(content, LEVEL, mtime=0))


if __name__ == "__main__":
    main()
