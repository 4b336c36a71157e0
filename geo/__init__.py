"""transload's library: claims about shipments to facts, trips, tracks and counts.

Tables in, tables out; nothing here writes a file, asks a server or reads the clock.

>>> import geo
>>> tables = geo.load(as_of="2023-10-26")
>>> len(tables.claims) > 0
True
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geo.build import Tables, load

__all__ = ["Tables", "load"]


def __getattr__(name: str) -> Any:
    """Import the library's front door only when it is opened: pandas alone takes half a second."""
    if name in __all__:
        import geo.build

        return getattr(geo.build, name)
    raise AttributeError(f"module 'geo' has no attribute {name!r}")
