"""Files take the place of old ones whole, open elsewhere, and are the same for the same tables."""

from __future__ import annotations

import dataclasses
import json

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest

import geo
from flows.publish import MANIFEST, damaged, publish
from geo import export


@pytest.fixture(scope="module")
def tables():
    return geo.load(as_of="2023-10-26")


@pytest.fixture
def out(tables, tmp_path):
    publish(tables, {"corridor.html": b"<p>page</p>"}, tmp_path)
    return tmp_path


def test_every_table_is_written_with_the_columns_a_notebook_has(tables, out):
    for name in export.WRITTEN:
        table = getattr(tables, name)
        parquet = pd.read_parquet(out / "tables" / f"{name}.parquet")
        csv = pd.read_csv(out / "tables" / f"{name}.csv")
        assert list(parquet) == list(csv) == list(table)
        assert len(parquet) == len(csv) == len(table)


def test_tracks_are_geoparquet_in_wgs84(tables, out):
    tracks = gpd.read_parquet(out / "tables" / "tracks.parquet")
    assert tracks.crs == "EPSG:4326"
    assert tracks.geometry.geom_equals_exact(tables.tracks.geometry, 0).all()


def test_the_geopackage_has_tracks_and_places_as_layers(out):
    path = out / "tables" / "transload.gpkg"
    kinds = dict(pyogrio.list_layers(path))
    assert (kinds["tracks"], kinds["places"]) == ("LineString", "Point")
    assert set(export.WRITTEN) <= set(kinds)
    assert pyogrio.read_dataframe(path, layer="tracks").crs == "EPSG:4326"


def test_the_same_tables_give_the_same_bytes(tables, out, tmp_path_factory):
    other = tmp_path_factory.mktemp("again")
    publish(tables, {"corridor.html": b"<p>page</p>"}, other)
    assert (other / MANIFEST).read_text() == (out / MANIFEST).read_text()


def test_the_manifest_finds_a_changed_and_a_missing_file(out):
    assert damaged(out) == []
    (out / "tables" / "facts.csv").write_text("changed")
    (out / "tables" / "trips.csv").unlink()
    assert damaged(out) == [
        f"{out / 'tables' / 'facts.csv'} is changed",
        f"{out / 'tables' / 'trips.csv'} is missing",
    ]


def test_nothing_but_what_was_published_is_left_behind(out):
    names = {p.relative_to(out).as_posix() for p in out.rglob("*") if p.is_file()} - {".lock"}
    listed = set(json.loads((out / MANIFEST).read_text())["sha256"])
    assert names == listed | {MANIFEST}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_text_from_outside_runs_as_a_formula(tables, tmp_path, start):
    sources = tables.sources.copy()
    sources.loc[0, "title"] = f"{start}1+1"
    export.write(dataclasses.replace(tables, sources=sources), tmp_path)
    csv = pd.read_csv(tmp_path / "sources.csv")
    assert csv["title"][0].startswith("'")
    assert pd.read_parquet(tmp_path / "sources.parquet")["title"][0] == f"{start}1+1"
