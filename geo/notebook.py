"""The front door of a notebook: counts of the tables that `geo.load` gave."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    import pandas as pd

    from geo.build import Tables
    from geo.counting.periods import Length


def counts(
    tables: Tables,
    *,
    mode: str = "",
    origin: str = "",
    destination: str = "",
    vessel: str = "",
    unit: str = "trip",
    period: Length = "month",
    since: dt.date | str | None = None,
    until: dt.date | str | None = None,
    links: Collection[str] = ("round_trips",),
    explain: bool = False,
) -> pd.DataFrame:
    """How many, since when, who says so: what the claims of some tables support together.

    Parameters
    ----------
    tables
        Of `geo.load`, as known on its day.
    mode, vessel, unit
        What to count: `sea`, `rail`, `air` or any; a ship's name; one of `geo.counting.FLOWS`.
    origin, destination
        Places by `place_id` or any spelling of the seeds (`Rajin`, `나진`, `Russia`).
    period, since, until, links, explain
        As in `geo.counting.count_scopes`.

    Returns
    -------
    DataFrame
        As of `geo.counting.count_scopes`.

    Raises
    ------
    geo.problems.UnusableInput
        If a word is not known; the message says what is.

    Examples
    --------
    >>> import geo
    >>> tables = geo.load(as_of="2023-10-26")
    >>> found = geo.counts(tables, mode="sea", origin="Rajin", destination="Russia")
    >>> found["cum_low"].iloc[-1], found["facts_cum_low"].iloc[-1]
    (np.int64(6), 'E-CSIS-6TRIPS')
    """
    from geo.answers import question
    from geo.counting import count_scopes

    asked = question(
        tables.gazetteer, tables.vessels, origin=origin, destination=destination,
        unit=unit, mode=mode, vessel=vessel,
    )  # fmt: skip
    return count_scopes(
        tables.facts, tables.places, [asked.scope],
        period=period, since=since, until=until, links=links, explain=explain,
    )  # fmt: skip


def known(
    tables: Tables,
    *,
    mode: str = "",
    origin: str = "",
    destination: str = "",
    vessel: str = "",
    unit: str = "trip",
    since: dt.date | str | None = None,
    links: Collection[str] = ("round_trips",),
) -> pd.DataFrame:
    """What was known when: the number that claims supported on each day on which more was told.

    Parameters
    ----------
    tables, mode, origin, destination, vessel, unit, since, links
        As in `counts`.

    Returns
    -------
    DataFrame
        As of `geo.counting.known`.

    Examples
    --------
    >>> import geo
    >>> tables = geo.load(as_of="2024-03-12")
    >>> told = geo.known(tables, mode="sea", origin="Rajin", destination="Russia")
    >>> told.loc[told["as_of"] <= "2024-02-28", "low"].max(), told["low"].max()
    (np.int64(6), np.int64(32))
    """
    from geo.answers import question
    from geo.chronicle import chronicle

    asked = question(
        tables.gazetteer, tables.vessels, origin=origin, destination=destination,
        unit=unit, mode=mode, vessel=vessel, since=since, links=tuple(links),
    )  # fmt: skip
    return chronicle(asked, tables.claims, tables.gazetteer)
