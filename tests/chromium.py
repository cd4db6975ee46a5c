"""The system's Chromium for the journeys: found, or installed when we are root on Debian."""

from __future__ import annotations

import os
import shutil
import subprocess

PACKAGES = ("chromium", "fonts-noto-cjk")


def executable() -> str | None:
    """Its path; UPSWING_CHROMIUM overrides."""
    return os.environ.get("UPSWING_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


def ready() -> None:
    """Install it where we may; where not, the journeys say what is missing."""
    if executable() or os.geteuid() != 0 or shutil.which("apt-get") is None:
        return
    print("Installing chromium for the journeys …", flush=True)
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=False)
    subprocess.run(
        ["apt-get", "install", "-y", "-qq", *PACKAGES], check=False, env=environ, stdout=subprocess.DEVNULL
    )
