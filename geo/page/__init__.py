"""The page: one HTML file that opens from a disk, asks the network for nothing and runs no text.

Tables go into one data island, a block of base64 that no template ever reads; the page's own
scripts show it with `textContent`. No outside text reaches a Folium or branca constructor, because
both compile what they render as a Jinja template once more: a headline holding `{{ ... }}` would
run as Python.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geo.build import Tables

__all__ = ["render", "static"]


def render(tables: Tables) -> str:
    """The whole page as HTML.

    Parameters
    ----------
    tables
        Of `geo.load`; tracks in EPSG:4326.

    Returns
    -------
    str
        A document without a single outside reference that it would load by itself. The same
        tables give the same text.

    Examples
    --------
    >>> import geo
    >>> html = render(geo.load(as_of="2023-10-26"))
    >>> html.startswith("<!doctype html>")
    True
    """
    from geo.page import document, island

    return document.document(island.island(tables))


def static(tables: Tables) -> tuple[bytes, str]:
    """The corridor as a still picture, for articles and the README.

    Parameters
    ----------
    tables
        Of `geo.load`; tracks in EPSG:4326.

    Returns
    -------
    png, svg
        The same picture twice. The same tables give the same bytes.
    """
    from geo.page.figure import picture

    return picture(tables)
