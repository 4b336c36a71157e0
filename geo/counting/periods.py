"""Periods: days, weeks, months or quarters to count in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    import datetime as dt

    import pandas as pd

Length = Literal["day", "week", "month", "quarter"]
FREQUENCY = {"day": "D", "week": "W", "month": "M", "quarter": "Q"}


def periods(length: Length, since: dt.date | str | int, until: dt.date | str | int) -> pd.DataFrame:
    """The periods between two days, the first and the last cut off there.

    Parameters
    ----------
    length
        Weeks run from Monday to Sunday.
    since, until
        First and last day, dates or whole days since 1970-01-01.

    Returns
    -------
    DataFrame
        `period` (2023-08-26, 2023-08-21/2023-08-27, 2023-08 or 2023Q3), `start`, `end` (last
        day) and the same as whole days since 1970 in `first` and `after` (exclusive).

    Examples
    --------
    >>> periods("month", "2023-08-21", "2023-10-16")["period"].tolist()
    ['2023-08', '2023-09', '2023-10']
    """
    import pandas as pd

    if length not in FREQUENCY:
        raise ValueError(f"periods are {', '.join(FREQUENCY)}; not {length}")
    first, last = day(since), day(until)
    if first > last:
        raise ValueError(f"the first day, {stamp(first)}, is after the last, {stamp(last)}")
    every = pd.period_range(
        pd.Timestamp(stamp(first)), pd.Timestamp(stamp(last)), freq=FREQUENCY[length]
    )
    starts = np.maximum(every.start_time.to_numpy("datetime64[D]").astype(np.int64), first)
    ends = np.minimum(every.end_time.to_numpy("datetime64[D]").astype(np.int64), last)
    return pd.DataFrame(
        {
            "period": every.astype(str),
            "start": starts.astype("datetime64[D]").astype("datetime64[s]"),
            "end": ends.astype("datetime64[D]").astype("datetime64[s]"),
            "first": starts,
            "after": ends + 1,
        }
    )


def day(date: dt.date | str | int) -> int:
    """Whole days since 1970-01-01."""
    if isinstance(date, (int, np.integer)):
        return int(date)
    return int(np.datetime64(str(date)[:10], "D").astype(np.int64))


def stamp(number: int) -> str:
    """The ISO date of a whole day since 1970-01-01."""
    return str(np.datetime64(int(number), "D"))
