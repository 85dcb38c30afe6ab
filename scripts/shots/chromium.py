"""The system's Chromium, as tests and pictures start it."""

import os
import shutil

from scripts.shots.errors import ShotError

LAUNCH = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str:
    """Path of the executable; ShotError where there is none."""
    found = os.environ.get("PERCOSEC_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        raise ShotError("there is no Chromium: apt-get install chromium, or name one by PERCOSEC_CHROMIUM")
    return found
