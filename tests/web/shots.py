"""Pictures of every page, wide and narrow, light and dark, for people to look at: `python -m tests.web.shots`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from tests.web import browser as walk  # noqa: E402
from tests.web.stage import staged  # noqa: E402
from tests.web.test_browser import PAGES  # noqa: E402

SIZES: dict[str, dict[str, Any]] = {
    "wide": {"width": 1440, "height": 900},
    "tablet": {"width": 1024, "height": 768},
    "phone": {"width": 390, "height": 844, "is_mobile": True, "has_touch": True, "device_scale_factor": 2},
}


def main(folder: Path = Path("screenshots")) -> None:
    """One picture a page, size and theme."""
    folder.mkdir(exist_ok=True)
    with walk.chromium() as browser:
        for name, (address, given) in PAGES.items():
            for size, options in SIZES.items():
                for theme in ("light", "dark"):
                    with (
                        staged(**given) as client,
                        walk.page(browser, client, **options, color_scheme=theme) as page,
                    ):
                        walk.opened(page, address).screenshot(
                            path=folder / f"{name}-{size}-{theme}.png", full_page=True
                        )
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}/")


if __name__ == "__main__":
    main()
