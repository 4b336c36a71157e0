"""The ends and mode of a claim to legs that can be laid on a route, or the reason they cannot."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from geo.seeds import split

if TYPE_CHECKING:
    from geo.places import Gazetteer

#: From this precision on (UCDP `where_prec`) a place is an area: no line may start from its middle.
AREA_PRECISION = 4
#: The only railway between North Korea and Russia crosses here; the gauge changes.
BORDER = "friendship-bridge"
ROUTED_MODES = ("sea", "rail")
#: Units that count visits or days, not movements along a leg.
VISITS = ("port_call", "days")


#: A ship's journey has two ports.
AT_LEAST_ENDS = 2


class Leg(NamedTuple):
    """One mode between two places."""

    mode: str
    origin: str
    destination: str


class NoLegs(ValueError):
    """Why ends and mode make no legs; the message is for people."""


def legs(
    origin: str,
    destination: str,
    mode: str,
    gazetteer: Gazetteer,
    *,
    via: str = "",
    vessel: str = "",
) -> list[Leg]:
    """Legs of a journey between two places.

    Parameters
    ----------
    origin, destination
        place_ids.
    mode
        `sea` or `rail`; anything else has no route.
    gazetteer
        Places.
    via
        place_ids passed on the way, in order, joined by `;`. A journey by sea that passes a port
        and ends inland goes on from that port by rail.
    vessel
        Ship named, if any.

    Raises
    ------
    NoLegs
        If the journey cannot be drawn: an area for an end, no mode; or, told as a conflict, a
        mode that cannot be, such as a ship to a place without a port.

    Examples
    --------
    >>> from geo import seeds
    >>> from geo.places import Gazetteer
    >>> tables = seeds.read()
    >>> gazetteer = Gazetteer(tables.places, tables.place_aliases)
    >>> [leg.destination for leg in legs("tumangang", "vladivostok", "rail", gazetteer)]
    ['friendship-bridge', 'vladivostok']
    """
    for end, word in ((origin, "origin"), (destination, "destination")):
        if not end:
            raise NoLegs(f"{word} not stated")
        if gazetteer.precision[end] >= AREA_PRECISION:
            raise NoLegs(f"{gazetteer.names[end]} is a {gazetteer.kind[end]}, not a point")
    if mode not in ROUTED_MODES:
        raise NoLegs(f"no route is drawn by {mode}" if mode else "mode not stated")
    if origin == destination:
        raise NoLegs("both ends are the same place")
    if mode == "rail" and vessel:
        raise NoLegs(f"conflict: by rail, but the ship {vessel} is named")
    stops = [origin, *(v for v in split(via) if v not in (origin, destination)), destination]
    if mode == "rail":
        return _joined("rail", _through_border(stops, gazetteer))
    ports = [stop for stop in stops if gazetteer.kind[stop] == "port"]
    inland = next((i for i, stop in enumerate(stops) if stop not in ports), len(stops))
    if inland < AT_LEAST_ENDS or stops[inland:] != [s for s in stops if s not in ports]:
        raise NoLegs(f"conflict: by sea, but {gazetteer.names[stops[inland]]} has no port")
    onward = _through_border(stops[inland - 1 :], gazetteer)
    return _joined("sea", stops[:inland]) + _joined("rail", onward)


def _joined(mode: str, stops: list[str]) -> list[Leg]:
    return [Leg(mode, a, b) for a, b in pairwise(stops)]


def _through_border(stops: list[str], gazetteer: Gazetteer) -> list[str]:
    """A change of gauge breaks the leg at the bridge."""
    out = stops[:1]
    for stop in stops[1:]:
        crosses = gazetteer.country[out[-1]] != gazetteer.country[stop]
        if crosses and BORDER not in (out[-1], stop):
            out.append(BORDER)
        out.append(stop)
    return out
