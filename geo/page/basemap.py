"""The base map: land, coast and borders as plain lines, for a page that asks for no tiles.

Near the corridor the shipped full-resolution coast is drawn; elsewhere Natural Earth, which is
0.6 to 0.8 km off at the ports. `seeds/build/basemap_drawn.py` makes the lines.
"""

from __future__ import annotations

import json
import lzma
from functools import cache
from typing import Any

from geo.seeds import shipped


@cache
def basemap() -> dict[str, Any]:
    """Land, coast and borders.

    Returns
    -------
    dict
        `far` and `near`, each with `per_degree` and, as steps of `geo.page.columns.drawn`, `land`
        (rings to fill, those round an inland sea anticlockwise), `coast` (lines) and, of `far`,
        `borders` (lines).
    """
    packed = shipped().joinpath("basemap_drawn.json.xz").read_bytes()
    found: dict[str, Any] = json.loads(lzma.decompress(packed))
    return found
