"""Every text of the page, by name: one file to translate."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def strings() -> dict[str, Any]:
    """Texts by name; one with plural forms is a dict of `one` and `other`."""
    text = files("geo.page").joinpath("strings.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found
