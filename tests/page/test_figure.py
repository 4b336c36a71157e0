"""The still picture: the same answer, every mark of its sources, the same bytes."""

from __future__ import annotations

import dataclasses
import xml.etree.ElementTree as ET

import pytest

from geo import page


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


def test_a_hostile_place_name_is_drawn_as_it_stands(tables):
    places = tables.places.assign(name="$\\frac{a}{b$ </text><script>{{ 1 }}")
    _, svg = page.static(dataclasses.replace(tables, places=places))
    assert "<script" not in svg
    ET.fromstring(svg)
