"""transload's library: claims about shipments to facts, trips, tracks and counts.

Tables in, tables out; nothing here writes a file, asks a server or reads the clock.

>>> import geo
>>> tables = geo.load(as_of="2023-10-26")
>>> len(tables.claims) > 0
True
>>> geo.counts(tables, mode="sea", origin="rajin", destination="russia")["cum_low"].max()
np.int64(6)
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geo.build import Tables, load
    from geo.notebook import counts, known

__all__ = ["Tables", "counts", "known", "load"]

#: Where each name of the front door is made.
_HOMES = {
    "Tables": "geo.build",
    "load": "geo.build",
    "counts": "geo.notebook",
    "known": "geo.notebook",
}


def __getattr__(name: str) -> Any:
    """Import the library's front door only when it is opened: pandas alone takes half a second."""
    if name in _HOMES:
        return getattr(importlib.import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'geo' has no attribute {name!r}")
