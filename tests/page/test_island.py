"""The data island: every table whole, every outside text as it was written."""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo import page
from geo.page import columns, island

from .conftest import column, unpacked

HOSTILE = [
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{% for x in y %}", "50% {% off", "{# note", "use {{name}} here", "${alert(1)}", "`${1}`",
    "</script><script>window.hit=1</script>", "<img src=x onerror=window.hit=1>", "<!-- <script>",
    "javascript:window.hit=1", "'-window.hit-'", '" onmouseover="window.hit=1', "\\u003cb\\u003e",
    "\u202egnirts\u202c", "x" * 10_000, "&lt;b&gt;", "]]>", "\u2028\u2029",
]  # fmt: skip


@pytest.mark.parametrize(
    ("table", "name"),
    [
        ("sources", "publisher"), ("sources", "title"), ("sources", "url"), ("sources", "author"),
        ("claims", "claimant"), ("claims", "note"), ("claims", "quantifier"), ("places", "name"),
        ("facts", "claimant"), ("facts", "vessel"), ("differences", "value"),
    ],
)  # fmt: skip
def test_hostile_text_arrives_as_written_and_runs_nowhere(tables, table, name):
    frame = getattr(tables, table).copy()
    frame[name] = [HOSTILE[k % len(HOSTILE)] for k in range(len(frame))]
    html = page.render(dataclasses.replace(tables, **{table: frame}))
    assert column(unpacked(html), table, name)[: len(frame)] == frame[name].tolist()
    assert html.count("<script") == 4  # the island, Leaflet, uPlot, the page
    assert "window.hit" not in html


def test_every_row_of_every_table_is_there(tables, html):
    content = unpacked(html)
    for name in ("claims", "sources", "places", "counts", "conflicts"):
        key = next(iter(content[name]))
        assert len(column(content, name, key)) == len(getattr(tables, name)), name
    now = [until is None for until in column(content, "facts", "until")]
    assert sum(now) == len(tables.facts)


def test_counts_are_those_of_the_table(tables, html):
    content = unpacked(html)
    for name in ("low", "best", "high", "cum_low", "cum_best", "cum_high"):
        shown = pd.Series(column(content, "counts", name), dtype="Float64")
        expected = tables.counts[name].astype("Float64").reset_index(drop=True)
        pd.testing.assert_series_equal(shown, expected, check_names=False)


def test_every_track_is_on_a_corridor_that_its_fact_names(tables, html):
    content = unpacked(html)
    rows = zip(tables.facts["fact_id"], tables.facts["claims"], strict=True)
    told = dict(zip(rows, column(content, "facts", "corridors"), strict=False))
    keys = list(
        zip(
            *(column(content, "corridors", c) for c in ("mode", "origin", "destination")),
            strict=True,
        )
    )
    for track in tables.tracks.itertuples():
        row = keys.index((track.mode, track.origin, track.destination))
        assert row in told[track.fact_id, track.claims]


def test_what_is_not_drawn_says_why(tables, html):
    content = unpacked(html)
    told = zip(tables.facts["fact_id"], column(content, "facts", "unlocated"), strict=False)
    assert {f for f, reason in told if reason} == set(tables.unlocated["fact_id"])


def test_every_fact_names_the_claims_that_tell_it(tables, html):
    content = unpacked(html)
    claims = column(content, "claims", "claim_id")
    numbers = iter(np.cumsum(content["facts"]["claim_steps"]))
    told = [
        {claims[next(numbers)] for _ in range(many)} for many in column(content, "facts", "claims")
    ]
    assert told[: len(tables.facts)] == [set(cell.split(";")) for cell in tables.facts["claims"]]


def test_a_route_is_drawn_within_60_metres_of_its_track(tables):
    for row in island.corridors(tables.tracks).itertuples():
        steps = np.array(row.line).reshape(-1, 2).cumsum(axis=0) / island.ROUTE_STEPS_PER_DEG
        same = tables.tracks[
            (tables.tracks["mode"] == row.mode)
            & (tables.tracks["origin"] == row.origin)
            & (tables.tracks["destination"] == row.destination)
        ]
        assert shapely.LineString(steps).hausdorff_distance(same.geometry.iloc[0]) < 60 / 111_000


@given(st.lists(st.tuples(st.integers(-18000, 18000), st.integers(-9000, 9000)), min_size=1))
def test_a_line_comes_back_from_its_steps(whole):
    steps = columns.drawn(np.array(whole) / 100, 100)
    back = np.array(steps).reshape(-1, 2).cumsum(axis=0)
    kept = [p for k, p in enumerate(whole) if k == 0 or p != whole[k - 1]]
    assert back.tolist() == [list(p) for p in kept]


@given(st.lists(st.text()))
def test_a_text_column_comes_back_from_its_island(texts):
    packed = columns.columns(pd.DataFrame({"a": pd.Series(texts, dtype="str")}))["a"]
    shown = packed if isinstance(packed, list) else [packed["values"][k] for k in packed["rows"]]
    assert shown == texts
