"""Named ways across Russia: the via places of a profile, and the track through them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from geo import rail_network as net

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: Stations that profiles name, longitude and latitude (OpenStreetMap main line).
STATIONS: Mapping[str, tuple[float, float]] = {
    "ussuriysk": (131.981, 43.802),
    "khabarovsk": (135.074, 48.497),
    "tynda": (124.711, 55.143),
    "severobaikalsk": (109.338, 55.638),
    "taishet": (97.995, 55.941),
    "chita": (113.499, 52.026),
    "irkutsk": (104.259, 52.283),
    "chelyabinsk": (61.416, 55.139),
    "yekaterinburg": (60.602, 56.859),
    "saratov": (45.998, 51.542),
    "volgograd": (44.511, 48.712),
    "likhaya": (40.192, 48.156),
    "rostov": (39.690, 47.218),
    "tikhoretskaya": (40.125, 45.855),
}
#: Profiles, from east to west. The first and last station say how far a profile reaches.
PROFILES: Mapping[str, tuple[str, ...]] = {
    "transsib": (
        "ussuriysk", "khabarovsk", "chita", "irkutsk",
        "chelyabinsk", "saratov", "volgograd", "tikhoretskaya",
    ),
    "bam": (
        "ussuriysk", "khabarovsk", "tynda", "severobaikalsk", "taishet",
        "chelyabinsk", "saratov", "volgograd", "tikhoretskaya",
    ),
    "rostov": (
        "ussuriysk", "khabarovsk", "chita", "irkutsk",
        "yekaterinburg", "likhaya", "rostov", "tikhoretskaya",
    ),
}  # fmt: skip
#: A profile this much longer than the shortest way is not taken: Kirov to Moscow leaves the
#: Trans-Siberian profile, Vladivostok to Severobaikalsk takes the Baikal-Amur line.
DETOUR_LIMIT = 1.15


def path(a: net.Spot, b: net.Spot, profile: str) -> net.Path:
    """The way through the via places that lie between two spots; the shortest where none do.

    A via place that a train could only leave as it came is not on the way: it is dropped.
    """
    shortest = _joined(net.piece(a, b))
    vias = _between(a, b, profile)
    pieces = _pieces(a, vias, b)
    while turned := [v for v, x, y in zip(vias, pieces, pieces[1:], strict=False) if _turns(x, y)]:
        vias = [via for via in vias if via not in turned]
        pieces = _pieces(a, vias, b)
    path = net.join(pieces)
    network = net.load()
    length_km, least_km = (network.length_km(p, network.track_km) for p in (path, shortest))
    return path if length_km <= DETOUR_LIMIT * least_km else shortest


def _pieces(a: net.Spot, vias: list[net.Spot], b: net.Spot) -> list[net.Path]:
    """The shortest ways from stop to stop."""
    if not vias:
        return [_joined(net.piece(a, b))]
    # The tree of a via place serves every journey; so the first piece is found backwards.
    head = _joined(net.piece(vias[0], a)).back()
    return [head, *(_joined(net.piece(x, y)) for x, y in pairwise([*vias, b]))]


def _turns(arriving: net.Path, leaving: net.Path) -> bool:
    """Whether a train would leave a via place over the track it came by."""
    forth = arriving.stop[-1] - arriving.start[-1]
    back = leaving.stop[0] - leaving.start[0]
    return bool(arriving.edge[-1] == leaving.edge[0] and forth * back < 0)


def _joined(path: net.Path | None) -> net.Path:
    if path is None:
        raise ValueError("no track joins them: they lie on separate networks")
    return path


def _between(a: net.Spot, b: net.Spot, profile: str) -> list[net.Spot]:
    here, there = _position_km(a, profile), _position_km(b, profile)
    low, high = sorted((here, there))
    between = [spot for spot, km in _trunk(profile).stations if low < km < high]
    return between if here < there else between[::-1]


class Trunk(NamedTuple):
    """A profile laid from its first to its last station, with kilometres along it.

    `node_km` has the nodes passed; `nearest` says for every node of the network which of those is
    nearest by track, and `off_km` how far away it is.
    """

    stations: tuple[tuple[net.Spot, float], ...]
    node_km: Mapping[int, float]
    nearest: NDArray[np.integer[Any]]
    off_km: NDArray[np.float64]


@cache
def _trunk(profile: str) -> Trunk:
    from scipy.sparse.csgraph import dijkstra

    network = net.load()
    spots = [net.snap(*STATIONS[name]) for name in PROFILES[profile]]
    pieces = [_joined(net.piece(x, y)) for x, y in pairwise(spots)]
    run = np.cumsum([0.0, *(network.length_km(piece, network.track_km) for piece in pieces)])
    path = net.join(pieces)
    step_km = np.abs(path.stop - path.start) * network.track_km[path.edge]
    # A step's last node, when the step reaches it.
    reached = np.isin(path.stop, (0.0, 1.0))
    nodes = np.where(path.stop == 1, network.v[path.edge], network.u[path.edge])[reached]
    node_km = dict(zip(nodes.tolist(), np.cumsum(step_km)[reached].tolist(), strict=True))
    off_km, _, nearest = dijkstra(
        network.graph, indices=list(node_km), min_only=True, return_predecessors=True
    )
    return Trunk(tuple(zip(spots, run.tolist(), strict=True)), node_km, nearest, off_km)


def _position_km(spot: net.Spot, profile: str) -> float:
    """Where a spot, or the branch it lies on, stands along a profile."""
    trunk = _trunk(profile)
    (u, _, u_km), (v, _, v_km) = net.ends(spot)
    node = u if u_km + trunk.off_km[u] <= v_km + trunk.off_km[v] else v
    # A network that the profile does not reach stands nowhere along it: no via places apply.
    return trunk.node_km.get(int(trunk.nearest[node]), 0.0)
