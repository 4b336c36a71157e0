"""Fixtures: the shipped seeds as tables, and a way to read a page's island back."""

from __future__ import annotations

import base64
import json
import re
import zlib
from typing import Any

import pytest

import geo
from geo import page


@pytest.fixture(scope="session")
def tables() -> geo.Tables:
    """What was known on 26 October 2023: small, and its answer is published."""
    return geo.load(as_of="2023-10-26")


@pytest.fixture(scope="session")
def html(tables) -> str:
    return page.render(tables)


def unpacked(html: str) -> dict[str, Any]:
    """The data island of a page, as its scripts read it."""
    packed = re.search(r'<script type="application/octet-stream" id="tables">([^<]*)<', html)
    assert packed
    content: dict[str, Any] = json.loads(zlib.decompress(base64.b64decode(packed[1])))
    return content


def column(island: dict[str, Any], table: str, name: str) -> list[Any]:
    """One column of a table of the island, as plain values."""
    cells = island[table][name]
    return cells if isinstance(cells, list) else [cells["values"][k] for k in cells["rows"]]
