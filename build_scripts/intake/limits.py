"""How large a file may be. A treaty with all its annexes is a few megabytes; what is far larger is something else."""

FILE = 64_000_000  # bytes of a file as received
TEXT = 5_000_000  # characters of its text
UNPACKED = 256_000_000  # bytes of all parts of a DOCX
RATIO = 200  # how many times larger than packed the parts may be, beyond SMALL
SMALL = 8_000_000  # bytes; below this no ratio is asked
PARTS = 5_000  # files in a DOCX
PAGES = 3_000  # of a PDF
LETTERS = 500_000  # on a page of a PDF
STREAM = 16_000_000  # bytes of a part of a PDF, unpacked, when it is more than RATIO times larger than packed
FILES = 200  # of one language


def megabytes(size: int) -> str:
    return f"{size / 1_000_000:.0f} MB"
