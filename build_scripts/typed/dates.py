"""Find dates in a query. They are no citation; the year may be the one in which a treaty was signed.

Reads   a row of tokens
Writes  where a date ends, and its year: 1 November 2017, 2017 жылғы 1 қараша, 01.11.2017, 2017-11-01, 2017 г., 1 қараша
"""

from __future__ import annotations

from .row import Row
from .words import Token, value_in


def date_at(row: Row, at: int) -> tuple[int, str]:
    """Where a date that begins at a token ends (0 when none does), and its year ("" when it has none)."""
    numeric = _numeric_date_at(row, at)
    if numeric[0]:
        return numeric
    year, day, month, here = "", "", "", at
    for _ in range(4):
        token = row.token(here)
        if not row.is_free(here):
            break
        if _is_year(row, here) and not year:
            year, here = token.text, _after_year(row, here)
        elif _is_day(token) and not day:
            if not (month or _is_month(row, row.past(here + 1, "-", "/", "."))):
                break
            day, here = token.text, row.past(here + 1, "-", "/", ".")
        elif _is_month(row, here) and not month:
            if not (day or year or row.token(row.past(here + 1, ".")).kind == "number"):
                break
            month, here = token.text, row.past(here + 1, ".", ",")
        else:
            break
    if month and (day or year):
        return here, year
    if year and _is_year(row, at) and not _beside_unit(row, at):
        return _after_year(row, at), year
    return 0, ""


def _numeric_date_at(row: Row, at: int) -> tuple[int, str]:
    first, mark, second, again, third = (row.token(place) for place in range(at, at + 5))
    if mark.text not in (".", "/", "-") or again.text != mark.text or not row.is_free(at):
        return 0, ""
    if not first.kind == second.kind == third.kind == "number":
        return 0, ""
    short = mark.text != "-" and len(third.text) == 2 and third.text > "09" and len(first.text + second.text) > 2
    if short and _is_day(first) and _is_number(second, 12):
        return _after_year(row, at + 4), f"20{third.text}"  # 1.11.17, but 4.1.12 is a provision
    day, year = (third, first) if len(first.text) == 4 else (first, third)
    if len(year.text) == 4 and _is_number(day, 31) and _is_number(second, 12):
        return _after_year(row, at + 4) if year is third else at + 5, year.text
    return 0, ""


def _is_number(token: Token, largest: int) -> bool:
    return token.kind == "number" and len(token.text) < 3 and int(token.text) <= largest


def _is_day(token: Token) -> bool:
    return _is_number(token, 31) and int(token.text) > 0


def _is_year(row: Row, at: int) -> bool:
    text = row.token(at).text
    return row.token(at).kind == "number" and len(text) == 4 and "1800" <= text <= "2199"


def _is_month(row: Row, at: int) -> bool:
    return row.is_free(at) and bool(value_in(row.classes_at(at), "month"))


def _after_year(row: Row, at: int) -> int:
    here = at + 1
    if row.token(here).text == "-" and "year" in row.classes_at(here + 1):
        here += 1
    if "year" in row.classes_at(here):
        here += 1
        here = here + 1 if row.token(here).text == "." else here
    return row.past(here, ",")


def _beside_unit(row: Row, at: int) -> bool:
    before = row.classes_at(row.back(at - 1))
    after = row.classes_at(row.past(at + 1, "-"))
    return bool(value_in(before, "unit")) or value_in(after, "unit").endswith("kk")
