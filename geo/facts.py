"""Claims to facts: what all tellings of one observation support.

Where we hold the claimant's own page it decides. Otherwise the fact is the weakest statement that
all tellings support: the widest window, the widest ends, the lowest number. A detail that only
one of several documents gives (a port, a start, a ship) is not taken from it alone: retellings
narrow. Nothing is merged silently: `differences` lists what the tellings disagree on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from geo.claims import ABSENT, interval, joined, parts, wording
from geo.derived import Difference, Fact
from geo.tables import records, typed

if TYPE_CHECKING:
    import pandas as pd

    from geo.places import Gazetteer

#: Documents that must agree on a detail where several tell the fact.
AGREEING = 2
#: The order from the weakest kind of claim to the strongest.
WEAKEST_KIND = ("capacity", "transfer", "sighting", "count", "movement")
COARSEST = ("open_ended", "season", "month", "week", "day")
#: Days by which either end of a window told to the week may lie further in.
WEEK_DAYS = 6


class Telling(NamedTuple):
    """A claim as one telling of its fact."""

    claim_id: str
    fact_id: str
    source_id: str
    claimant: str
    publisher: str
    stance: str
    cargo_stance: str
    kind: str
    scope: str
    mode: str
    origin: str
    destination: str
    via: str
    vessel: str
    imo: str
    date_start: pd.Timestamp | None
    date_end: pd.Timestamp | None
    date_precision: str
    low: int | None
    best: int | None
    high: int | None
    unit: str
    quantifier: str
    evidence: str
    published_by: pd.Timestamp
    floor: int | None
    named: int | None
    ceiling: int | None

    @property
    def number(self) -> int | None:
        """The number as said, where one is."""
        return next((n for n in (self.best, self.low, self.high) if n is not None), None)

    @property
    def own_page(self) -> bool:
        """Whether the claimant published it; a copy says so in brackets after the publisher."""
        return self.publisher.split(" (")[0].strip() == self.claimant


def facts(claims: pd.DataFrame, gazetteer: Gazetteer) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Group claims by the observation they tell, and settle what it supports.

    Parameters
    ----------
    claims
        Table of `geo.claims.known`.
    gazetteer
        Places, to know which lies in which.

    Returns
    -------
    facts
        Columns of `geo.derived.Fact`: one row per fact, unit and direction.
    differences
        Columns of `geo.derived.Difference`: one row per value that tellings disagree on.
    """
    by_fact: dict[str, list[Telling]] = {}
    for telling in _tellings(claims):
        by_fact.setdefault(telling.fact_id, []).append(telling)
    rows: list[dict[str, Any]] = []
    differing: list[dict[str, Any]] = []
    for fact_id in sorted(by_fact):
        first = min(t.published_by for t in by_fact[fact_id])
        for (unit, direction), told in sorted(_grouped(by_fact[fact_id], gazetteer).items()):
            key = {"fact_id": fact_id, "unit": unit, "direction": direction}
            used = [t for t in told if t.own_page] or told
            found = [key | d for d in _differences(told, used)]
            columns = joined({d["column"] for d in found})
            rows.append(key | _settled(told, used, first, gazetteer) | {"differences": columns})
            differing += found
    return typed(rows, Fact), typed(differing, Difference)


def _tellings(claims: pd.DataFrame) -> list[Telling]:
    frame = claims[list(Telling._fields)].sort_values("claim_id")
    return [Telling(**row) for row in records(frame)]


def _grouped(told: list[Telling], gazetteer: Gazetteer) -> dict[tuple[str, str], list[Telling]]:
    """Tellings by unit and direction; one that is silent on either joins the most told."""
    unit_of = {t: t.unit for t in told}
    unit_of = _filled(unit_of)
    groups: dict[tuple[str, str], list[Telling]] = {}
    for unit in sorted(set(unit_of.values())):
        same = [t for t in told if unit_of[t] == unit]
        heading = _filled({t: _direction(t, gazetteer) for t in same})
        if unit == "port_call":  # a call is at a port, whichever way the ship came or went
            heading = dict.fromkeys(same, _most_told(same, heading.__getitem__))
        for telling in same:
            groups.setdefault((unit, heading[telling]), []).append(telling)
    return groups


def _filled(values: dict[Telling, str]) -> dict[Telling, str]:
    """Where a telling is silent, what most others say."""
    usual = _most_told([t for t, v in values.items() if v], values.__getitem__)
    return {t: v or usual for t, v in values.items()}


def _most_told(told: Iterable[Telling], of: Callable[[Telling], str]) -> str:
    """The value most documents give; of equals the first in the alphabet."""
    counted = Counter(value for value, _ in {(of(t), t.source_id) for t in told})
    return min(counted, key=lambda v: (-counted[v], v), default="")


def _direction(telling: Telling, gazetteer: Gazetteer) -> str:
    ends = [
        {gazetteer.country[p] for p in parts(cell)}
        for cell in (telling.origin, telling.destination)
    ]
    return ">".join(min(e) for e in ends) if all(len(e) == 1 for e in ends) else ""


def _settled(
    told: list[Telling], used: list[Telling], first: pd.Timestamp, gazetteer: Gazetteer
) -> dict[str, Any]:
    """The columns of one fact, but for its key and what its tellings disagree on."""
    usual = _heading(used)
    vessel = joined(_agreed(used, lambda t: t.vessel))
    return {
        "claimant": _most_told(used, lambda t: t.claimant),
        "stance": _weaker(t.stance for t in used),
        "cargo_stance": _weaker(t.cargo_stance for t in used),
        **_number(used),
        "mode": _only(_agreed(used, lambda t: t.mode)),
        "origin": joined(_ends(usual, lambda t: t.origin, gazetteer)),
        "destination": joined(_ends(usual, lambda t: t.destination, gazetteer)),
        "port": joined(frozenset().union(*(_port(t, gazetteer) for t in used))),
        "via": _only(_agreed(used, lambda t: t.via)),
        "vessel": vessel,
        "imo": "" if ";" in vessel else _only(_agreed(used, lambda t: t.imo)),
        **_window(used, first),
        "evidence": _most_told(used, lambda t: t.evidence),
        "published": min(t.published_by for t in told),
        "basis": _basis(told, used),
        "tellings": len(told),
        "claims": joined({t.claim_id for t in told}),
        "sources": joined({t.source_id for t in told}),
    }


def _basis(told: list[Telling], used: list[Telling]) -> str:
    if used[0].own_page:
        return "own page"
    return "one telling" if _documents(told) == 1 else "all tellings"


def _weaker(stances: Iterable[str]) -> str:
    """What all of them support: a claim that one telling hedges is hedged."""
    found = set(stances)
    return found.pop() if len(found) == 1 else "suspects"


def _documents(told: Iterable[Telling]) -> int:
    return len({t.source_id for t in told})


def _agreed(used: list[Telling], of: Callable[[Telling], str]) -> frozenset[str]:
    """Values of a detail, where enough documents state it; else none."""
    stating = _enough([t for t in used if of(t)], used)
    return frozenset().union(*(parts(of(t)) for t in stating))


def _enough(stating: list[Telling], used: list[Telling]) -> list[Telling]:
    """Those that state a detail, where enough documents do."""
    return stating if _documents(stating) >= min(AGREEING, _documents(used)) else []


def _only(values: frozenset[str]) -> str:
    return next(iter(values)) if len(values) == 1 else ""


def _ends(
    used: list[Telling], of: Callable[[Telling], str], gazetteer: Gazetteer
) -> frozenset[str]:
    """Ends that all tellings support: a narrower place only where enough documents name it."""
    naming: Counter[str] = Counter()
    for place, _ in {(p, t.source_id) for t in used for p in parts(of(t))}:
        naming[place] += 1
    enough = min(AGREEING, _documents(t for t in used if of(t)))
    agreed = gazetteer.narrowest(frozenset(p for p, n in naming.items() if n >= enough))
    if not agreed:
        return gazetteer.widest(frozenset(naming))
    apart = frozenset(
        p
        for p in naming
        if not any(gazetteer.lies_in(p, a) or gazetteer.lies_in(a, p) for a in agreed)
    )
    return gazetteer.widest(agreed | apart)


def _heading(used: list[Telling]) -> list[Telling]:
    """Of port calls, the tellings of the most told shape: a call has no direction of its own."""
    if {t.unit for t in used} != {"port_call"}:
        return used
    shape = _most_told(used, _shape)
    return [t for t in used if _shape(t) == shape]


def _shape(telling: Telling) -> str:
    return f"{bool(telling.origin)} {bool(telling.destination)}"


def _port(telling: Telling, gazetteer: Gazetteer) -> frozenset[str]:
    """Where a call was: the only port named, else the North Korean one."""
    if telling.unit != "port_call":
        return frozenset()
    named = parts(telling.origin) | parts(telling.destination)
    ports = frozenset(p for p in named if gazetteer.kind[p] == "port")
    korean = frozenset(p for p in ports if gazetteer.country[p] == "KP")
    return korean or ports


def _number(used: list[Telling]) -> dict[str, Any]:
    """Kind, scope and number: the lowest told, in the wording most told for it."""
    numbered = _enough([t for t in used if t.number is not None], used)
    speaking = numbered or [t for t in used if t.number is None]
    kind = _kind(speaking)
    same = [t for t in speaking if t.kind == kind]
    at_once = any(t.scope == "snapshot" for t in same)
    scope = "snapshot" if at_once else _most_told(same, lambda t: t.scope)
    one = _lowest(same)
    low, best, high = interval(one.quantifier, one.low, one.best, one.high, scope)
    ceilings = [t.ceiling for t in same]
    if kind == "capacity":  # shown as said; never counted
        low, best, high = one.low, one.best, one.high
    elif high is not None:
        high = None if None in ceilings else max(c for c in ceilings if c is not None)
    return {
        "kind": kind,
        "scope": scope,
        "quantifier": one.quantifier,
        "said": wording(one.quantifier, one.low, one.best, one.high),
        "low": low,
        "best": best,
        "high": high,
    }


def _kind(told: list[Telling]) -> str:
    """The weakest kind told; things seen at one moment are no movement."""
    moments = [t for t in told if t.scope == "snapshot"]
    return min((t.kind for t in moments or told), key=WEAKEST_KIND.index)


def _lowest(told: list[Telling]) -> Telling:
    """The telling of the lowest number, in the wording most documents give that number.

    A bare ceiling ("up to 1,000") is no floor and does not compete where others give one.
    """
    floors = [t for t in told if t.floor is not None and t.quantifier != "up_to"] or told
    number = min((t.number for t in floors if t.number is not None), default=None)
    of_number = [t for t in floors if t.number == number]
    usual = _most_told(of_number, lambda t: t.quantifier)
    worded = [t for t in of_number if t.quantifier == usual]
    return min(worded, key=lambda t: (t.floor if t.floor is not None else -1, t.claim_id))


def _window(used: list[Telling], published: pd.Timestamp) -> dict[str, Any]:
    """Outer window (all days it may cover) and inner window (days it surely covers).

    An absence is weaker the shorter it is: it holds for the days all its tellings share.
    """
    absences = [t for t in used if t.quantifier in ABSENT]
    absent = len(absences) > 0
    used = absences or used
    starts = _stated(used, lambda t: t.date_start)
    ends = _stated(used, lambda t: t.date_end)
    start = (max if absent else min)(starts, default=None)
    end = (min if absent else max)(ends, default=None)
    if not absent and (start is None or start <= published):
        # Nobody counts what has not happened yet: the first telling bounds the window.
        end = published if end is None else min(end, published)
    precision = min((t.date_precision for t in used), key=COARSEST.index)
    surely = [*ends, *([end] if end else [])]
    inner = _inner(max(starts, default=None), min(surely, default=None), precision)
    return {
        "date_start": start,
        "date_end": end,
        "inner_start": inner[0],
        "inner_end": inner[1],
        "date_precision": precision,
    }


def _stated(
    used: list[Telling], of: Callable[[Telling], pd.Timestamp | None]
) -> list[pd.Timestamp]:
    stating = _enough([t for t in used if of(t) is not None], used)
    return [day for t in stating if (day := of(t)) is not None]


def _inner(
    start: pd.Timestamp | None, end: pd.Timestamp | None, precision: str
) -> tuple[pd.Timestamp | None, pd.Timestamp | None]:
    import pandas as pd

    if start is None or end is None or precision in ("open_ended", "season"):
        return None, None
    if precision == "week":
        start, end = start + pd.Timedelta(days=WEEK_DAYS), end - pd.Timedelta(days=WEEK_DAYS)
    if precision == "month":
        start, end = start + pd.offsets.MonthEnd(0), end.replace(day=1)
    return (start, end) if start <= end else (None, None)


#: Columns whose differing values are listed, and how a telling states them.
COMPARED: dict[str, Callable[[Telling], Hashable]] = {
    "claimant": lambda t: t.claimant,
    "stance": lambda t: t.stance,
    "cargo_stance": lambda t: t.cargo_stance,
    "kind": lambda t: t.kind,
    "mode": lambda t: t.mode,
    "origin": lambda t: t.origin,
    "destination": lambda t: t.destination,
    "vessel": lambda t: t.vessel,
    "date_start": lambda t: t.date_start.date().isoformat() if t.date_start else "",
    "date_end": lambda t: t.date_end.date().isoformat() if t.date_end else "",
    "number": lambda t: (
        wording(t.quantifier, t.low, t.best, t.high) if t.number is not None else ""
    ),
}


def _differences(told: Sequence[Telling], used: Sequence[Telling]) -> list[dict[str, Any]]:
    """One row per value, where tellings state more than one; silence is not a difference."""
    rows = []
    for column, of in COMPARED.items():
        values = sorted({str(of(t)) for t in told} - {""})
        for value in values if len(values) > 1 else []:
            saying = [t for t in told if str(of(t)) == value]
            rows.append(
                {
                    "column": column,
                    "value": value,
                    "claims": joined({t.claim_id for t in saying}),
                    "sources": joined({t.source_id for t in saying}),
                    "weighed": any(t in used for t in saying),
                }
            )
    return rows
