"""The index in PostgreSQL, for a corpus that outgrows one machine's Whoosh. Nothing else of the project needs it.

    connect      a session with a server; faults in words without passwords
    rows         provisions -> rows, words counted
    state        which index of a database is read, and whether this program can read it
    write        all provisions into the tables of one or several servers, in place of the old ones
    statement    a tree of words -> SQL
    read         the index as search.py asks for it
"""

from .connect import PostgresFault
from .read import PostgresIndex
from .rows import digest_of
from .write import Written, write_index

__all__ = ["PostgresFault", "PostgresIndex", "Written", "digest_of", "write_index"]
