"""Filters and past days: what the page shows equals what pandas finds in the same tables."""

from __future__ import annotations

import io
import random

import pandas as pd
import pytest

import geo
from geo import claims as claim_rules
from geo import facts as fact_rules
from geo import page as pages

FILTERS = ("mode", "claimant", "vessel", "stance", "evidence", "unit")
AS_OF = "2023-10-26"


def settings(tables) -> list[dict[str, str]]:
    """Twenty choices of filters, periods and days, always the same."""
    pick = random.Random(20231026)
    facts, found = tables.facts, []
    vessels = sorted({v for cell in facts["vessel"] for v in cell.split(";") if v})
    offered = {
        "mode": ["sea", "rail", "air"], "stance": ["asserts", "suspects", "denies"],
        "claimant": sorted(set(facts["claimant"])), "vessel": vessels,
        "evidence": sorted(set(facts["evidence"])),
    }  # fmt: skip
    days = sorted(tables.sources["published_by"].dt.strftime("%Y-%m-%d").unique())
    for number in range(20):
        chosen = {n: pick.choice(offered[n]) for n in pick.sample(sorted(offered), number % 3)}
        if number % 2:
            first, last = sorted(
                pick.sample(pd.period_range("2023-01", "2025-12", freq="M").tolist(), 2)
            )
            chosen |= {"from": f"{first}-01", "to": str(last.end_time.date())}
        if number % 4 > 1:
            chosen["known"] = pick.choice(days)
        found.append(chosen)
    return found


def matching(shipped, tables, chosen: dict[str, str]) -> pd.DataFrame:
    """The facts that pandas finds, settled anew from the claims known on the day."""
    known = claim_rules.known(shipped.claims, shipped.sources, chosen.get("known"))
    facts, _ = fact_rules.facts(known, tables.gazetteer)
    for column in ("mode", "claimant", "stance", "evidence"):
        if column in chosen:
            facts = facts[facts[column] == chosen[column]]
    if "vessel" in chosen:
        facts = facts[
            facts["vessel"].map(lambda cell: chosen["vessel"] in cell.split(";")).astype(bool)
        ]
    start = facts["date_start"].fillna(facts["date_end"])
    end = facts["date_end"].fillna(facts["date_start"])
    if "from" in chosen:
        inside = ~(end < chosen["from"]) & ~(start > chosen["to"])
        facts = facts[inside]
    return facts


def address(chosen: dict[str, str]) -> str:
    return "#" + "&".join(f"{name}={value}" for name, value in chosen.items())


def saved(opened) -> pd.DataFrame:
    """The claims that the page saves as CSV."""
    opened.page.locator("#save > summary").click()
    with opened.page.expect_download() as download:
        opened.page.get_by_role("button", name="Claims as CSV").click()
    opened.page.locator("#save > summary").click()
    text = download.value.path().read_bytes().decode("utf-8-sig")
    return pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)


def count(opened, tab: str) -> int:
    return int(opened.text(f"#tab-{tab} .count").replace(",", ""))


def test_totals_equal_pandas_for_twenty_choices(reader, tables, shipped):
    for chosen in settings(tables):
        opened = reader.go(address(chosen) + "&tab=denials")
        facts = matching(shipped, tables, chosen)
        absent = (facts["stance"] == "denies") | facts["quantifier"].isin(["none_seen", "none"])
        expected = {c for cell in facts["claims"] for c in cell.split(";")}
        assert count(opened, "denials") == int(absent.sum()), chosen
        assert set(saved(opened)["claim_id"]) == expected, chosen
    assert opened.complaints == []


def test_the_largest_single_report_equals_pandas(reader, tables):
    opened = reader.go("evidence=satellite imagery&claimant=NK Pro&scope=sea.rajin.russia")
    facts = tables.facts
    on = facts[
        (facts["mode"] == "sea") & (facts["origin"] == "rajin") & (facts["unit"] == "trip")
        & (facts["claimant"] == "NK Pro") & (facts["evidence"] == "satellite imagery")
        & facts["kind"].isin(["count", "movement"]) & (facts["stance"] != "denies")
        & facts["destination"].isin(["dunai", "vostochny", "dunai;vostochny", "russia"])
    ]  # fmt: skip
    assert f"At least {on['low'].max()} trips" in opened.text("#answer")
    assert "single report" in opened.text("#answer")


def test_counts_shown_are_those_of_the_table(reader, tables):
    rows = reader.go("scope=sea.rajin.dunai").page.locator(".scopes tbody tr")
    table = tables.counts[(tables.counts["unit"] == "trip")]
    for k, (mode, origin, destination) in enumerate(
        [("sea", "rajin", "dunai"), ("sea", "rajin", "russia"), ("sea", "north-korea", "russia"),
         ("", "north-korea", "russia")]
    ):  # fmt: skip
        last = table[
            (table["mode"] == mode) & (table["origin"] == origin)
            & (table["destination"] == destination)
        ].iloc[-1]  # fmt: skip
        shown = rows.nth(k).locator("td").all_inner_texts()
        best = f"{last['cum_best']:,.1f}".removesuffix(".0")
        assert shown == [f"{last['cum_low']:,}", best, "–"]


@pytest.fixture(scope="module")
def earlier(open_for_module, tmp_path_factory):
    """The page of a run as of 26 October 2023."""
    path = tmp_path_factory.mktemp("earlier") / "corridor.html"
    path.write_text(pages.render(geo.load(as_of=AS_OF)), encoding="utf-8")
    return open_for_module(path)


@pytest.mark.parametrize("scope", ["sea.rajin.dunai", ".north-korea.russia"])
def test_a_past_day_in_the_page_equals_a_run_as_of_that_day(reader, earlier, scope):
    replayed = reader.go(f"known={AS_OF}&scope={scope}")
    run = earlier.go(f"scope={scope}")
    for part in (".sentence", "#totals", "#known", ".behind"):
        told = replayed.text(part).replace("Best is counted for 30 Jan 2026 alone. ", "")
        assert told == run.text(part), part
    for column in ("th", "td:nth-of-type(1)", "td:nth-of-type(3)"):  # scope, low and high
        cells = [
            one.page.locator(f".scopes tbody {column}").all_inner_texts() for one in (replayed, run)
        ]
        assert cells[0] == cells[1]
    for tab in ("evidence", "corridors", "denials", "unlocated"):
        assert count(replayed, tab) == count(run, tab), tab
    left, right = (saved(one).sort_values("claim_id", ignore_index=True) for one in (replayed, run))
    pd.testing.assert_frame_equal(left, right)


def test_the_address_holds_every_choice(reader, open_page, seeds_page):
    opened = reader
    opened.page.locator("[data-key=filter-claimant]").select_option("RUSI")
    opened.page.get_by_role("tab", name="Denials").click()
    chosen = opened.page.url
    again = open_page(seeds_page, fragment=chosen[chosen.index("#") :])
    assert again.page.locator("[data-key=filter-claimant]").input_value() == "RUSI"
    assert again.text("#answer") == opened.text("#answer")


def test_a_link_to_a_fact_opens_on_it(reader):
    opened = reader.go("fact=E-OSC-64~trip~KP>RU")
    first = opened.page.locator("article.card").first
    assert "chosen" in first.get_attribute("class")
    assert "Open Source Centre" in first.inner_text()
