"""When a ship that left in one window of days could arrive: to check claims, never to date them."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from geo.route import Route

KM_PER_NAUTICAL_MILE = 1.852
#: Cargo ships of some thousand tonnes, the class reported on the corridor. Fast: the design speed
#: of ro-ro and general cargo ships of the SA-15 type, 17 kn. Slow: a little under the mean speed
#: at sea of general cargo ships below 5,000 dwt in the Third IMO GHG Study (2014), about 9 kn. The
#: ferry that took about 9 h from Rajin to Vladivostok in 2017 made 10.6 kn.
FAST_KNOTS, SLOW_KNOTS = 17.0, 8.0


class Window(NamedTuple):
    """First and last possible day."""

    start: date
    end: date


def arrival(route: Route, departure_start: date, departure_end: date) -> Window:
    """The days on which a ship can arrive that left, at any hour, on one of the given days.

    Time at anchor, in port or adrift is not counted: an arrival before the window contradicts the
    departure, one after it only means that the ship did not hurry.

    Parameters
    ----------
    route
        The way taken; its shortest and longest length are used.
    departure_start, departure_end
        First and last possible day of departure.

    Raises
    ------
    ValueError
        If the departure ends before it starts.

    Examples
    --------
    >>> from datetime import date
    >>> from geo import sea
    >>> arrival(sea.route("rajin", "dunai"), date(2023, 10, 1), date(2023, 10, 1)).end
    datetime.date(2023, 10, 2)
    """
    if departure_end < departure_start:
        raise ValueError(f"departure ends on {departure_end}, before it starts: {departure_start}")
    fastest = _hours(route.low_km, FAST_KNOTS)
    slowest = _hours(route.high_km, SLOW_KNOTS)
    first = datetime.combine(departure_start, time.min) + fastest
    last = datetime.combine(departure_end, time.max) + slowest
    return Window(first.date(), last.date())


def _hours(km: float, knots: float) -> timedelta:
    return timedelta(hours=km / (knots * KM_PER_NAUTICAL_MILE))
