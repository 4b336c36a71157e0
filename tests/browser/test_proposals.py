"""Claims that nobody has reviewed: hidden until asked for, hollow where shown, never counted."""

from __future__ import annotations

import dataclasses

import pytest

from geo import page as pages

SENTENCE = "Three <b>ships</b> were said to have left Rajin for Dunai."


@pytest.fixture(scope="module")
def opened(open_for_module, tables, tmp_path_factory):
    """The seeds' page with two proposals that would double the count, were they counted."""
    claims = tables.claims[tables.claims["fact_id"] == "E-CSIS-6TRIPS"].head(2)
    waiting = claims.assign(
        claim_id=["P1", "P2"], source_id="new", sentence=SENTENCE, claimant=["A port worker", "A driver"],
        low=60, best=60, mode=["sea", "rail"], title="Seen at the pier", publisher="A newspaper",
        url="https://example.org/pier", published="2023-11-02",
    )  # fmt: skip
    path = tmp_path_factory.mktemp("proposed") / "corridor.html"
    path.write_text(pages.render(dataclasses.replace(tables, proposed=waiting)), encoding="utf-8")
    return open_for_module(path)


def test_a_page_without_proposals_offers_no_switch(reader):
    assert reader.page.locator("[data-key=filter-proposed]").count() == 0


def test_proposals_are_hidden_until_asked_for(opened):
    opened.go()
    assert not opened.page.locator("[data-key=filter-proposed]").is_checked()
    assert opened.page.locator(".card.proposed, path.ring, .key.proposed").count() == 0


def test_a_proposal_shows_its_sentence_its_source_and_hollow_marks(opened):
    opened.go()
    opened.page.locator("[data-key=filter-proposed]").check()
    assert "proposed=yes" in opened.page.url
    card = opened.page.locator(".card.proposed", has_text="A port worker")
    assert SENTENCE in card.inner_text()
    assert "60 trips" in card.inner_text()
    assert card.locator("a").get_attribute("href") == "https://example.org/pier"
    assert opened.page.locator("path.ring").count() == 2  # Rajin and Dunai
    assert opened.page.locator(".key.proposed").is_visible()


def test_proposals_change_no_figure_and_no_saved_claim(opened):
    opened.go()
    told = [opened.text(part) for part in ("#answer", "#totals", "#known")]
    opened.page.locator("[data-key=filter-proposed]").check()
    assert [opened.text(part) for part in ("#answer", "#totals", "#known")] == told
    opened.page.locator("#save > summary").click()
    with opened.page.expect_download() as download:
        opened.page.get_by_role("button", name="Claims as CSV").click()
    opened.page.locator("#save > summary").click()
    assert "A port worker" not in download.value.path().read_text("utf-8-sig")


def test_filters_hold_for_proposals_too(opened):
    opened.go("proposed=yes&claimant=A driver")
    assert opened.page.locator(".card.proposed").count() == 0  # not on a corridor by sea
    opened.go("proposed=yes&claimant=A driver&scope=.north-korea.russia")
    assert "A driver" in opened.text(".card.proposed")
    opened.go("proposed=yes&known=2023-01-01")
    assert opened.page.locator(".card.proposed").count() == 0
