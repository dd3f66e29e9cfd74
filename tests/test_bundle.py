"""The zip: the same bytes for the same site, and a manifest that is true."""

import hashlib
import zipfile
from pathlib import Path

from build_scripts.bundle import manifest, pack


def make_site(folder: Path, reverse: bool = False) -> Path:
    files = [("index.html", "<p>x"), ("kk/index.html", "Қазақша"), ("en/a b.html", "y")]
    for name, text in reversed(files) if reverse else files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_same_site_same_bytes(tmp_path: Path) -> None:
    pack(make_site(tmp_path / "one"), tmp_path / "one.zip")
    pack(make_site(tmp_path / "two", reverse=True), tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_manifest(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site")
    pack(site, tmp_path / "x.zip")
    with zipfile.ZipFile(tmp_path / "x.zip") as bundle:
        lines = bundle.read("kelisim/SHA256SUMS").decode().splitlines()
        names = {name.removeprefix("kelisim/") for name in bundle.namelist()}
        assert {line.partition("  ")[2] for line in lines} == names - {"SHA256SUMS"}
        for line in lines:
            digest, _, name = line.partition("  ")
            assert hashlib.sha256(bundle.read(f"kelisim/{name}")).hexdigest() == digest
    assert manifest(site) == "\n".join(lines) + "\n"
