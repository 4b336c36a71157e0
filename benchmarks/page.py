"""The page at 1,000 to 100,000 trips, beside the Folium layers one would otherwise use.

Prints Python's CPU seconds, the size of the file, its first frame in Chromium, and how long the
page takes to answer a choice of filter, by the clock and in CPU time of the page's own thread (the
clock alone tells more of the machine's other work). Needs a Chromium (`tests/browser/ensure.py`
installs one).

    python benchmarks/page.py
"""

from __future__ import annotations

import datetime as dt
import importlib.util
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import folium
import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from folium.plugins import TimestampedGeoJson
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

import geo
from geo import page
from geo.derived import Count, Difference, Flow, Track, Trip, Unlocated
from geo.tables import typed

SIZES = (1_000, 10_000, 100_000)
PEER_SIZES = (1_000, 10_000)
PORTS, STATIONS, POINTS = 5, 9, 30
QUOTE_CHARACTERS = 345
FIRST_DAY = dt.date(2023, 8, 1)
DAYS = 1000
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
FILTER_MS = """async () => {
  const spent = [];
  for (const value of ['asserts', 'suspects', '', 'asserts', '']) {
    const box = document.querySelector('[data-key="filter-stance"]');
    const start = performance.now();
    box.value = value;
    box.dispatchEvent(new Event('change'));
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    spent.push(performance.now() - start);
  }
  return spent.sort((a, b) => a - b)[2];
}"""
FILTERINGS = 5
FIRST_FRAME_MS = """() => {
  const paint = performance.getEntriesByName('first-contentful-paint')[0];
  return [paint ? paint.startTime : 0, performance.now()];
}"""


def tables(trips: int) -> geo.Tables:
    """So many trips over 45 corridors, half of them with a quote of their own."""
    shipped = geo.load(as_of="2022-12-31")
    random = np.random.default_rng(1)
    places, lines = _places(shipped, random)
    pair = random.integers(0, PORTS * STATIONS, trips)
    start = pd.Timestamp(FIRST_DAY) + pd.to_timedelta(random.integers(0, DAYS, trips), "D")
    end = start + pd.to_timedelta(random.integers(0, 20, trips), "D")
    number = np.char.zfill(np.arange(trips).astype(str), 6)
    common = pd.DataFrame(
        {
            "fact_id": np.char.add("F", number),
            "claims": np.char.add("C", number),
            "mode": np.where(pair % 2, "sea", "rail"),
            "origin": np.char.add("port", (pair // STATIONS).astype(str)),
            "destination": np.char.add("station", (pair % STATIONS).astype(str)),
            "claimant": random.choice(["Analyst A", "Analyst B", "Ministry C"], trips),
            "stance": random.choice(["asserts", "suspects"], trips),
            "cargo_stance": "suspects",
            "vessel": "",
            "via": "",
            "imo": "",
            "date_start": start,
            "date_end": end,
        }
    )
    sources = _sources()
    source = random.integers(0, len(sources), trips)
    claims = _claims(common, sources, source, random)
    facts = _facts(common, claims, shipped.facts)
    trip_rows = common.assign(trip_id=common["fact_id"])
    return geo.Tables(
        as_of=None,
        latest=dt.date(2026, 6, 1),
        sources=sources,
        claims=claims,
        places=places,
        place_aliases=shipped.place_aliases.head(0),
        vessels=shipped.vessels,
        facts=facts,
        differences=typed([], Difference),
        trips=trip_rows[Trip.columns()],
        flows=typed([], Flow),
        tracks=_tracks(common, lines[pair]),
        unlocated=typed([], Unlocated),
        counts=_counts(common),
        conflicts=shipped.conflicts.head(0),
    )


def _places(shipped: geo.Tables, random: np.random.Generator) -> tuple[pd.DataFrame, Any]:
    """Ports and stations, and the line of each pair."""
    ports = np.column_stack([random.uniform(129, 134, PORTS), random.uniform(41, 43, PORTS)])
    ends = np.column_stack([random.uniform(40, 120, STATIONS), random.uniform(45, 58, STATIONS)])
    names = [f"port{k}" for k in range(PORTS)] + [f"station{k}" for k in range(STATIONS)]
    rows = pd.concat([shipped.places.iloc[[0] * len(names)]], ignore_index=True)
    rows = rows.assign(place_id=names, name=names, within="", kind="port", where_prec=1)
    rows[["lon", "lat"]] = np.vstack([ports, ends])
    share = np.linspace(0, 1, POINTS)[:, None]
    bend = np.sin(share * np.pi) * 2
    lines = [shapely.LineString(a + (b - a) * share + bend * [0, 1]) for a in ports for b in ends]
    return rows, np.array(lines)


def _sources() -> pd.DataFrame:
    number = np.arange(60)
    days = pd.date_range("2024-01-01", periods=60, freq="14D")
    return pd.DataFrame(
        {
            "source_id": [f"S{k:02}" for k in number],
            "publisher": [f"Publisher {k % 12}" for k in number],
            "title": [f"Report number {k} on the corridor" for k in number],
            "author": "",
            "published": days.strftime("%Y-%m-%d"),
            "published_basis": "stated",
            "url": [f"https://example.org/{k}" for k in number],
            "language": "en",
            "kind": "news",
            "note": "",
            "published_by": days,
        }
    )


def _claims(
    common: pd.DataFrame, sources: pd.DataFrame, source: Any, random: np.random.Generator
) -> pd.DataFrame:
    # Words as frequent as in natural text (Zipf): the k-th is 1/k as frequent as the first.
    words = np.array([f"word{k:04}" for k in range(4000)])
    share = 1 / np.arange(1, len(words) + 1)
    distinct = len(common) // 2
    picks = random.choice(len(words), (distinct, QUOTE_CHARACTERS // 9), p=share / share.sum())
    quotes = np.array([" ".join(words[row]) for row in picks])
    own = random.integers(0, distinct, len(common))
    own[:distinct] = np.arange(distinct)
    said = common.drop(columns="claims").assign(
        claim_id=common["claims"],
        source_id=sources["source_id"].to_numpy()[source],
        kind="movement",
        scope="event",
        date_precision="day",
        low=1,
        best=1,
        high=pd.array([None] * len(common), "Int64"),
        unit="trip",
        quantifier="exact",
        evidence="satellite imagery",
        reading="high",
        note=quotes[own],
        publisher=sources["publisher"].to_numpy()[source],
        published=sources["published"].to_numpy()[source],
        published_by=sources["published_by"].to_numpy()[source],
        floor=1,
        named=1,
        ceiling=pd.array([None] * len(common), "Int64"),
    )
    return said.sort_values("claim_id", ignore_index=True)


def _facts(common: pd.DataFrame, claims: pd.DataFrame, like: pd.DataFrame) -> pd.DataFrame:
    columns = {
        "unit": "trip", "direction": "KP>RU", "kind": "movement", "scope": "event", "port": "",
        "date_precision": "day", "quantifier": "exact", "evidence": "satellite imagery",
        "basis": "one telling", "tellings": 1, "differences": "", "said": "1",
    }  # fmt: skip
    facts = common.assign(**columns, published=claims["published_by"], sources=claims["source_id"])
    facts = facts.assign(low=1, best=1, high=pd.array([None] * len(common), "Int64"))
    facts = facts.assign(inner_start=common["date_start"], inner_end=common["date_end"])
    return facts[[c for c in like.columns if c in facts]]


def _tracks(common: pd.DataFrame, lines: Any) -> gpd.GeoDataFrame:
    fixed = {
        "of": "trip", "leg": 1, "alternatives": 1,
        "low": 1, "best": 1, "high": None, "unit": "trip",
        "length_km": 200.0, "low_km": 190.0, "high_km": 230.0, "network_km": None,
        "estimated_km": None, "route_basis": "inferred", "method": "synthetic",
    }  # fmt: skip
    rows = common.assign(**fixed, of_id=common["fact_id"], track_id=common["fact_id"])
    return gpd.GeoDataFrame(
        rows[[c for c in Track.columns() if c in rows]], geometry=lines, crs=4326
    )


def _counts(common: pd.DataFrame) -> pd.DataFrame:
    """Every trip here is a fact of its own: the counts are sums."""
    scope = ["mode", "origin", "destination"]
    period = common["date_start"].dt.strftime("%Y-%m").rename("period")
    found = common.groupby([*scope, period]).size().rename("low").reset_index()
    found["cum_low"] = found.groupby(scope)["low"].cumsum()
    found = found.assign(unit="trip", best=found["low"], cum_best=found["cum_low"], high=None)
    found = found.assign(low_asserted=found["low"], cum_low_asserted=found["cum_low"])
    return typed(
        found.assign(cum_high=None, claims_low="", claims_high="").to_dict("records"), Count
    )


def geojson(trips: geo.Tables) -> str:
    """Folium's GeoJson with a popup a trip."""
    shown = trips.tracks[["origin", "destination", "claimant", "geometry"]].assign(
        start=trips.tracks["date_start"].dt.strftime("%Y-%m-%d")
    )
    made = folium.Map(tiles=None)
    popup = folium.GeoJsonPopup(["origin", "destination", "claimant", "start"])
    folium.GeoJson(shown, popup=popup).add_to(made)
    html: str = made.get_root().render()
    return html


def timestamped(trips: geo.Tables) -> str:
    """Folium's TimestampedGeoJson: one moment a trip."""
    features = [
        {
            "type": "Feature",
            "geometry": shapely.geometry.mapping(row.geometry),
            "properties": {"times": [row.date_start.isoformat()] * POINTS, "popup": row.claimant},
        }
        for row in trips.tracks.itertuples()
    ]
    made = folium.Map(tiles=None)
    TimestampedGeoJson({"type": "FeatureCollection", "features": features}).add_to(made)
    html: str = made.get_root().render()
    return html


def measure(name: str, size: int, render: Callable[[Any], str], browser: Browser) -> None:
    """One line of the table."""
    trips = tables(size)
    start = time.process_time()
    html = render(trips)
    cpu = time.process_time() - start
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.html"
        path.write_text(html, encoding="utf-8")
        opened = browser.new_page(viewport={"width": 1440, "height": 900})
        spent = _opened(opened, path, own=render is page.render)
        opened.close()
    size_mb = len(html.encode()) / 1e6
    print(f"{name:<24}{size:>8,}{cpu:>9.2f}{size_mb:>9.2f}" + "".join(f"{s:>10}" for s in spent))


def _opened(opened: Page, path: Path, *, own: bool) -> list[str]:
    """Milliseconds to the first paint and until all is drawn (clock, then CPU), and of a filter."""
    if not own:
        opened.route("**/*", _offline_assets)
    clock = opened.context.new_cdp_session(opened)
    clock.send("Performance.enable", {"timeDomain": "threadTicks"})
    opened.goto(path.as_uri(), wait_until="load", timeout=300_000)
    if own:
        opened.wait_for_selector("html[data-ready]", timeout=300_000)
    opened.evaluate("() => new Promise((d) => requestAnimationFrame(() => setTimeout(d)))")
    shown = [*opened.evaluate(FIRST_FRAME_MS), before := _thread_ms(clock)]
    if own:
        shown.append(opened.evaluate(FILTER_MS))
        shown.append((_thread_ms(clock) - before) / FILTERINGS)
    return [f"{ms:.0f}" for ms in shown] + ["-"] * (5 - len(shown))


def _thread_ms(clock: CDPSession) -> float:
    """CPU time that the page's main thread has used."""
    found = {m["name"]: m["value"] for m in clock.send("Performance.getMetrics")["metrics"]}
    return found["TaskDuration"] * 1000


def _offline_assets(route: Any) -> None:
    """Peers load Leaflet from the network: hand them the installed copy, and nothing else."""
    url = route.request.url
    spec = importlib.util.find_spec("xstatic.pkg.leaflet")
    folder = Path(str(spec.origin)).parent / "data" if spec else Path()
    local = {"leaflet.js": "text/javascript", "leaflet.css": "text/css"}
    name = url.rsplit("/", 1)[-1]
    if url.startswith("file:"):
        route.continue_()
    elif name in local:
        route.fulfill(path=folder / name, content_type=local[name])
    else:
        route.abort()


def main() -> None:
    """Every size of the page, then its peers in the same run."""
    heads = (("trips", 8), ("CPU s", 9), ("MB", 9))
    print(f"{'':<24}" + "".join(f"{head:>{wide}}" for head, wide in heads), end="")
    print(
        "".join(f"{head:>10}" for head in ("paint ms", "ready ms", "CPU ms", "filter ms", "CPU ms"))
    )
    spec = importlib.util.spec_from_file_location(
        "ensure", Path(__file__).parent.parent / "tests" / "browser" / "ensure.py"
    )
    ensure = importlib.util.module_from_spec(spec)  # type: ignore[arg-type]
    spec.loader.exec_module(ensure)  # type: ignore[union-attr]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=ensure.installed(), args=FLAGS)
        for size in SIZES:
            measure("geo.page.render", size, page.render, browser)
        for size in PEER_SIZES:
            measure("folium.GeoJson + popups", size, geojson, browser)
            measure("TimestampedGeoJson", size, timestamped, browser)
        browser.close()


if __name__ == "__main__":
    main()
