"""Where a movement begins and where it ends, from the places a sentence names."""

from __future__ import annotations

from collections.abc import Iterable

from geo.text.drafts import Basis, Ends
from geo.text.roles import PlaceName
from geo.text.scene import Scene

NORTH_KOREA, RUSSIA = frozenset({"north-korea"}), frozenset({"russia"})
#: Words for movements that are counted.
VOYAGES = ("unit.trip", "unit.round_trip", "unit.delivery", "unit.port_call", "unit.times")
#: An area that often only describes where another place lies.
NEAR_UKRAINE = frozenset({"ukraine-border"})


def ends(scene: Scene, start: int = 0, end: int | None = None) -> Ends:
    """Ends that part of a sentence states.

    Places of North Korea are where things come from and places of Russia where they go, unless
    the words about them say the other way round, or put both ends in Russia.
    """
    last = len(scene.reading.text) if end is None else end
    north, russian = _named(scene, start, last)
    via = _ids(p for p in [*north, *russian] if p.role == "via")
    if _reverse(scene, north, russian, start, last):
        origin, destination = (
            _finest(scene, russian, "origin"),
            _finest(scene, north, "destination"),
        )
        return Ends(origin, destination, via, _told(origin, destination), reverse=True)
    leaving, reached = _onward(north, russian)
    if leaving and reached:
        return Ends(_narrow(scene, leaving), _described(_narrow(scene, reached)), via, "stated")
    if leaving and not north:
        return Ends(_narrow(scene, leaving), via=via, basis="stated")
    origin = _finest(scene, north, "origin")
    if not origin and (north or scene.reading.has("nation.KP", start=start, end=last)):
        origin = NORTH_KOREA  # `North Korean shells`
    destination = _described(_finest(scene, russian, "destination"))
    return Ends(origin, destination, via, _told(origin, destination))


def _owns(scene: Scene, place: PlaceName) -> bool:
    """Whether a country is only named as whose something is."""
    text = scene.reading.text
    return place.text.endswith("'s") or text.startswith("'s ", place.end)


def _told(origin: frozenset[str], destination: frozenset[str]) -> Basis:
    return "stated" if origin or destination else ""


def _named(scene: Scene, start: int, end: int) -> tuple[list[PlaceName], list[PlaceName]]:
    """Places of North Korea and of Russia in part of a sentence, with what they are to a way."""
    gazetteer = scene.gazetteer
    named: dict[str, list[PlaceName]] = {"KP": [], "RU": []}
    for place in scene.reading.places:
        if not place.place_id or place.role == "instead" or place.start < start or place.end > end:
            continue
        country, kind = gazetteer.country[place.place_id], gazetteer.kind[place.place_id]
        if kind == "country" and _owns(scene, place):
            continue  # `Russia's own stocks`
        if kind == "border_crossing":
            named[country].append(place._replace(role="via"))
        elif place.role == "via" and kind == "port" and country == "KP":
            named[country].append(place._replace(role="origin"))  # its way by sea begins there
        else:
            named.setdefault(country, []).append(place)
    return named["KP"], named["RU"]


def _reverse(
    scene: Scene, north: list[PlaceName], russian: list[PlaceName], start: int, end: int
) -> bool:
    """Whether things are told to go to North Korea."""
    if scene.reading.has("stance.back", start=start, end=end):
        return True
    to_north = any(p.role == "destination" for p in north)
    from_north = any(p.role == "origin" for p in north)
    if to_north and any(p.role == "origin" for p in russian):
        return True
    if not from_north and (_received(scene, north, russian, start, end) or _given(north, russian)):
        return True
    lands = to_north or any(p.role == "at" for p in north)
    to_russia = any(p.role == "destination" for p in russian)
    if lands and not to_russia and scene.reading.has("verb.unload", start=start, end=end):
        return True
    loads = scene.reading.has("verb.load", start=start, end=end)  # in a port, not into it
    return to_north and not russian and not from_north and not loads


def _received(
    scene: Scene, north: list[PlaceName], russian: list[PlaceName], start: int, end: int
) -> bool:
    """`Pyongyang got`, `in return Moscow sent`: who stands before the verb has it, or gives it."""
    got = scene.reading.tagged("verb.get", start=start, end=end)
    taker = max((p for p in [*north, *russian] if got and p.end <= got[0].start), default=None)
    after = [p for p in north if got and p.role == "" and 0 <= p.start - got[0].end <= 1]
    if after:  # `Dafür erhielt Nordkorea`
        return True
    subjects = [p for p in (*north, *russian) if p.role == ""]
    if got and taker is not None:
        return taker in north or any(p in north for p in subjects if p.end <= got[0].start)
    swapped = scene.reading.has("stance.swap", start=start, end=end)
    return swapped and bool(subjects) and min(subjects) in russian


def _given(north: list[PlaceName], russian: list[PlaceName]) -> bool:
    """`Russia shipped food to the North`: one gives, the other is given to."""
    reached = [p for p in north if p.role == "destination"]
    giving = [p for p in russian if p.role == "" and reached and p.end <= reached[0].start]
    return bool(giving) and not any(p.role in ("destination", "pair") for p in russian)


def _onward(
    north: list[PlaceName], russian: list[PlaceName]
) -> tuple[frozenset[str], frozenset[str]]:
    """Both ends within Russia: from its ports to its depots."""
    leaving = _ids(p for p in russian if p.role == "origin")
    if any(p.role == "origin" for p in north):
        return frozenset(), frozenset()
    return leaving, _ids(p for p in russian if p.role != "origin") - leaving


def _finest(scene: Scene, named: list[PlaceName], role: str) -> frozenset[str]:
    """The narrowest places in a role, or at all where none is in it."""
    in_role = [p for p in named if p.role in (role, "pair")]
    if in_role and not scene.points(_ids(in_role)):
        in_role += [p for p in named if p.role in ("at", "")]
    return _narrow(scene, _ids(in_role or [p for p in named if p.role != "via"]))


def _described(places: frozenset[str]) -> frozenset[str]:
    """Without `near Ukraine` where that only describes another place."""
    return places - NEAR_UKRAINE or places


def _narrow(scene: Scene, places: frozenset[str]) -> frozenset[str]:
    return scene.gazetteer.narrowest(places) if places else places


def _ids(named: Iterable[PlaceName]) -> frozenset[str]:
    return frozenset(p.place_id for p in named)


def filled(scene: Scene, stated: Ends, *, finely: bool) -> Ends:
    """Ends with what the text told before, where the sentence is silent.

    Parameters
    ----------
    scene
        The sentence and what came before.
    stated
        Its ends.
    finely
        Whether ports are carried over (a voyage), or only the countries (a sum of cargo).
    """
    if stated.reverse:
        origin, destination = stated.origin or RUSSIA, stated.destination or NORTH_KOREA
        return Ends(origin, destination, stated.via, "corridor", reverse=True)
    russian = stated.origin and not scene.lie_in(stated.origin, "KP")
    if stated.whole or not scene.context.corridor or russian:
        return stated
    before = _carried(scene) if finely else Ends()
    origin = stated.origin or before.origin or NORTH_KOREA
    destination = stated.destination or before.destination or RUSSIA
    return Ends(origin, destination, stated.via, "carried" if before.either else "corridor")


def _carried(scene: Scene) -> Ends:
    """Ports told before; what one claimant said of them is not put into another's mouth.

    A voyage ends in a port, not where its cargo went on to.
    """
    whole, speakers = scene.context.whole, scene.reading.speakers
    if whole is None:
        return Ends(scene.context.ports)
    anew = scene.reading.has(*VOYAGES)  # not only `RUSI counted five` of the same
    if anew and speakers and whole.credit.claimants and speakers != whole.credit.claimants:
        return Ends()
    origin = scene.points(whole.ends.origin) or scene.context.ports
    return Ends(origin, scene.points(whole.ends.destination))


def moored(scene: Scene, stated: Ends) -> Ends:
    """Ends of a call: a port of North Korea is where it is told from, however it is worded."""
    here = frozenset(p for p in scene.points(stated.either) if scene.lie_in(frozenset({p}), "KP"))
    if not here or (stated.whole and not stated.reverse and stated.origin == here):
        return stated
    return Ends(here, via=stated.via, basis=stated.basis)


def between_both(scene: Scene, stated: Ends, start: int, end: int) -> Ends:
    """Ends told before, where part of a sentence takes them up as `the two ports`."""
    whole = scene.context.whole
    if whole is None or stated.whole or not scene.reading.has("name.ports", start=start, end=end):
        return stated
    if scene.lie_in(scene.points(stated.origin), "KP"):  # `between Rajin and the two ports`
        reached = frozenset(p for p in whole.ends.either if _russian_port(scene, p))
        return Ends(stated.origin, reached, stated.via, "carried") if reached else stated
    landed = frozenset(p for p in whole.ends.either if _russian_port(scene, p))
    if stated.destination and not scene.are(stated.destination, "port") and landed:
        return Ends(landed, stated.destination, stated.via, "carried")  # from them inland
    ports = scene.points(whole.ends.origin), scene.points(whole.ends.destination)
    return Ends(*ports, stated.via, "carried") if all(ports) else stated


def _russian_port(scene: Scene, place: str) -> bool:
    return scene.gazetteer.kind[place] == "port" and scene.gazetteer.country[place] == "RU"


def at_port(scene: Scene, stated: Ends, start: int, end: int) -> Ends:
    """Ends with the port told before, where part of a sentence takes it up as `the port`."""
    named = stated.reverse or not stated.origin <= NORTH_KOREA
    if named or not scene.context.ports or not scene.reading.has("name.port", start=start, end=end):
        return stated
    return Ends(scene.context.ports, stated.destination, stated.via, "carried")
