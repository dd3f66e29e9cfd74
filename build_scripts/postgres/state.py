"""Which index of a database is read, and whether this program can read it.

Reads   the table kelisim.state: owner, token, format, analysis, digest, made, shards
Writes  nothing; write.py keeps it
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from .connect import MISSING, PostgresFault, Session

FORMAT = 1  # raised when tables or rows change, so that an index of another form is not read
SCHEMA = "kelisim"
STATE = f"{SCHEMA}.state"
_PACKAGE = Path(__file__).resolve().parents[1]


def state_of(session: Session) -> Mapping[str, str] | None:
    """The table as it is, or None when there is none."""
    (found,), = session.rows("SELECT to_regclass(%s)", STATE)
    return None if found is None else dict(session.rows(f"SELECT key, value FROM {STATE}"))


def readable_state(session: Session) -> Mapping[str, str]:
    """The table, with the token of the index that is read now. Raises PostgresFault when this program can read none."""
    try:
        state = state_of(session)
    except PostgresFault as fault:
        if fault.code in MISSING:
            state = None
        else:
            raise
    again = "make it with: python -m build_scripts index --to …"
    if not state or "token" not in state:
        raise PostgresFault(f"{session.place}: there is no index here; {again}")
    if state.get("format") != str(FORMAT):
        raise PostgresFault(
            f"{session.place}: the index has format {state.get('format')}, this program reads format {FORMAT}; {again}"
        )
    if state.get("analysis") != analysis_digest():
        raise PostgresFault(
            f"{session.place}: the index was made by a version that stems words in another way, so it would miss some; {again}"
        )
    return state


def lock_key(token: str) -> int:
    """The number of the lock that readers of an index hold."""
    return int(token, 16)


@lru_cache(maxsize=1)
def analysis_digest() -> str:
    """SHA-256 of all that makes words of texts: where it differs, the words of texts and of queries would not meet."""
    files = [_PACKAGE / name for name in ("analyse.py", "analysis.yml", "places.py")]
    files += sorted((_PACKAGE / "stemmers").rglob("*.py"))
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()
