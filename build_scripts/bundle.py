"""Pack the site as one zip to carry along.

Reads   a finished site
Writes  kelisim-offline.zip with SHA256SUMS, the manifest; the same site makes the same bytes
"""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

MANIFEST = "SHA256SUMS"
FOLDER = "kelisim"  # the folder that the zip unpacks to
EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date that a zip can hold
MODE = 0o100644 << 16


def sha256(data: bytes) -> str:
    """The SHA-256 of `data` in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def manifest(site: Path) -> str:
    """A line a file, as `sha256sum -c` reads it, in the order of the paths; the manifest itself is left out."""
    return "".join(f"{sha256((site / name).read_bytes())}  {name}\n" for name in _names(site) if name != MANIFEST)


def pack(site: Path, archive: Path) -> None:
    """Write the manifest into `site`, then all of it into `archive`."""
    (site / MANIFEST).write_text(manifest(site), encoding="utf-8", newline="\n")
    with zipfile.ZipFile(archive, "w") as bundle:
        for name in _names(site):
            entry = zipfile.ZipInfo(f"{FOLDER}/{name}", EPOCH)
            entry.external_attr = MODE
            entry.create_system = 3  # the same on every system
            bundle.writestr(entry, (site / name).read_bytes(), zipfile.ZIP_DEFLATED, 9)


def _names(site: Path) -> list[str]:
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
