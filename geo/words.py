"""Figures, days and scopes in plain English, the same wherever people read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

    from geo.places import Gazetteer

#: Units as people say them: one, many.
UNITS = {
    "trip": ("trip", "trips"),
    "round_trip": ("round trip", "round trips"),
    "port_call": ("port call", "port calls"),
    "delivery": ("delivery", "deliveries"),
    "container": ("container", "containers"),
    "railcar": ("railcar", "railcars"),
    "train": ("train", "trains"),
    "round": ("round of ammunition", "rounds of ammunition"),
    "tonne": ("tonne", "tonnes"),
    "vessels": ("vessel", "vessels"),
    "guns": ("gun", "guns"),
    "persons": ("person", "persons"),
    "days": ("day with a vessel seen", "days with a vessel seen"),
}
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def units(unit: str, number: int | None = None) -> str:
    """A unit for people, in the number asked for.

    Examples
    --------
    >>> units("port_call", 1), units("trip")
    ('port call', 'trips')
    """
    one, many = UNITS.get(unit, (unit, unit))
    return one if number == 1 else many


def figure(low: int, best: float | None, high: int | None) -> str:
    """Low, best and high as one phrase.

    Examples
    --------
    >>> figure(6, 6.0, None)
    'at least 6'
    >>> figure(0, 0.0, None)
    'no number reported'
    >>> figure(8, 10.0, 12)
    '8 to 12, best 10'
    """
    if high is None:
        if not low and not best:
            return "no number reported"
        named = f", best {best:,.0f}" if best is not None and round(best) != low else ""
        return f"at least {low:,}{named}"
    if low == high:
        return f"{low:,}"
    named = f", best {best:,.0f}" if best is not None else ""
    return f"{low:,} to {high:,}{named}"


def asserted(firm: int, low: int) -> str:
    """How much of a low is asserted, where some of it is only suspected; with a blank before.

    Examples
    --------
    >>> asserted(4, 6), asserted(0, 6), asserted(6, 6)
    (' 4 of them asserted, the rest only suspected.', ' All of them only suspected.', '')
    """
    if firm >= low:
        return ""
    if not firm:
        return " All of them only suspected."
    return f" {firm:,} of them asserted, the rest only suspected."


def on(day: dt.date | None) -> str:
    """A day for people, `26 October 2023`; empty where there is none."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if day is not None else ""


def window(start: dt.date | None, end: dt.date | None) -> str:
    """A window of days for people.

    Examples
    --------
    >>> import datetime as dt
    >>> window(dt.date(2023, 8, 21), dt.date(2023, 10, 16))
    'from 21 August to 16 October 2023'
    >>> window(None, dt.date(2023, 10, 13))
    'up to 13 October 2023, start not stated'
    """
    if start is None and end is None:
        return "at a time not stated"
    if start is None:
        return f"up to {on(end)}, start not stated"
    if end is None:
        return f"from {on(start)}"
    if start == end:
        return f"on {on(start)}"
    first = on(start).removesuffix(f" {end.year}")
    return f"from {first} to {on(end)}"


def scope(mode: str, origin: str, destination: str, gazetteer: Gazetteer) -> str:
    """Mode and ends for people: `by sea, Rajin to Dunai`."""
    ends = [gazetteer.label(cell) for cell in (origin, destination)]
    way = {
        (True, True): f"{ends[0]} to {ends[1]}",
        (True, False): f"from {ends[0]}",
        (False, True): f"to {ends[1]}",
        (False, False): "between any places",
    }[bool(origin), bool(destination)]
    return f"by {mode}, {way}" if mode else f"by any mode, {way}"
