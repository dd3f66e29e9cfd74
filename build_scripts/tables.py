"""The project's own tables in YAML: forms of headings, citations, lengths, words of the interface.

Reads   YAML files
Writes  what they hold; SAFE_LOADER, with which the files of an editor are read too
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

SAFE_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # many times faster where libyaml is there


def read_table(path: Path) -> Any:
    """What the YAML file holds. A fault in one of these files is a fault of the program: its errors pass through."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=SAFE_LOADER)
