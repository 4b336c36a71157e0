"""ISO dates of any precision as windows of days."""

from __future__ import annotations

import calendar
import re
from datetime import date

_PREFIX = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


def window(prefix: str) -> tuple[date, date]:
    """First and last day that an ISO date prefix may mean.

    Parameters
    ----------
    prefix
        `2023`, `2023-08` or `2023-08-26`.

    Raises
    ------
    ValueError
        If it is no such date.

    Examples
    --------
    >>> window("2024-02")
    (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))
    """
    match = _PREFIX.fullmatch(prefix)
    if not match:
        raise ValueError("a date is YYYY, YYYY-MM or YYYY-MM-DD")
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        if year is None or month is None:
            return date(year or 0, 1, 1), date(year or 0, 12, 31)
        if day is None:
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        return date(year, month, day), date(year, month, day)
    except (ValueError, calendar.IllegalMonthError) as wrong:
        raise ValueError("no such day in the calendar") from wrong
