"""The still picture: the same answer, every mark of its sources, the same bytes."""

from __future__ import annotations

import dataclasses
import io
import xml.etree.ElementTree as ET

import pytest
from matplotlib.image import imread

from geo import page
from geo.page import figure


@pytest.fixture(scope="module")
def picture(tables):
    return page.static(tables)


def test_both_forms_are_whole(picture):
    png, svg = picture
    assert png.startswith(b"\x89PNG")
    assert png.endswith(b"IEND\xaeB`\x82")
    assert ET.fromstring(svg).tag.endswith("svg")


def test_the_same_tables_give_the_same_picture(tables, picture):
    assert page.static(tables) == picture


def test_seas_are_water_and_land_is_land(picture):
    """The Caspian lies inside the land; so do the hills north of Rajin, near the corridor."""
    shown = imread(io.BytesIO(picture[0]), format="png")[:, :, :3] * 255
    for (across, down), colour in {
        (0.724, 0.656): figure.COLOURS["water"],  # the Caspian, in the small map
        (0.75, 0.62): figure.COLOURS["land"],
        (0.1, 0.3): figure.COLOURS["land"],
        (0.5, 0.6): figure.COLOURS["water"],
    }.items():
        seen = shown[int(down * shown.shape[0]), int(across * shown.shape[1])]
        assert seen == pytest.approx([int(colour[k : k + 2], 16) for k in (1, 3, 5)], abs=3)


def test_a_hostile_place_name_is_drawn_as_it_stands(tables):
    places = tables.places.assign(name="$\\frac{a}{b$ </text><script>{{ 1 }}")
    _, svg = page.static(dataclasses.replace(tables, places=places))
    assert "<script" not in svg
    ET.fromstring(svg)
