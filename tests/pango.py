"""The system's Pango, by which WeasyPrint sets a PDF: there, or installed when we are root on Debian."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache

PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
MISSING = f"Pango is missing: install Debian's packages {', '.join(PACKAGES)}."


@cache
def ready() -> bool:
    """Whether it is there; installed where we may."""
    if _loads():
        return True
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    print("Installing Pango for the tests of PDFs …", flush=True)
    environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=False)
    subprocess.run(
        ["apt-get", "install", "-y", "-qq", *PACKAGES], check=False, env=environ, stdout=subprocess.DEVNULL
    )
    return _loads()


def _loads() -> bool:
    """Asked in a process of its own: an import that has failed once is not tried again in the same one."""
    return subprocess.run([sys.executable, "-c", "import weasyprint"], capture_output=True).returncode == 0
