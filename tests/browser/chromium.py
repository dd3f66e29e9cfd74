"""Find a Chromium for the browser tests, and install one on Debian when there is none.

Reads   PATH, the usual places of Chrome and Chromium; KELISIM_CHROMIUM, which names one outright
Writes  with `python -m tests.browser.chromium`: on Debian, the package chromium
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
# without these, Chromium looks up its maker's hosts at every start
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)


def find() -> str | None:
    """The path of a Chromium, or None."""
    named = os.environ.get("KELISIM_CHROMIUM")
    if named:
        return named
    on_path = next((found for found in map(shutil.which, NAMES) if found), None)
    return on_path or next((place for place in PLACES if Path(place).exists()), None)


def install() -> str | None:
    """Install Debian's chromium where apt-get is there and may be used; the path of a Chromium, or None."""
    if find() is None and shutil.which("apt-get"):
        as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
        quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
        for command in (["apt-get", "update", "-q"], ["apt-get", "install", "-y", "-q", "chromium"]):
            try:
                subprocess.run([*as_root, *command], check=True, env=quiet, stdout=sys.stderr)
            except (OSError, subprocess.CalledProcessError) as fault:
                print(f"chromium could not be installed: {fault}", file=sys.stderr)
                break
    return find()


if __name__ == "__main__":
    path = install()
    print(f"browser tests use {path}" if path else "no Chromium or Chrome was found: the browser tests are skipped")
    sys.exit(1 if path is None and os.environ.get("CI") else 0)
