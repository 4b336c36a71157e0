"""Reports in, proposals decided, counts and page moved: the commands as a user runs them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from typer.testing import CliRunner

from flows.cli import app
from flows.desk import Desk
from geo import build, seeds
from tests.conftest import SEEDS
from tests.page.conftest import column, unpacked

ARTICLES = Path(__file__).parent.parent.parent / "shared" / "articles"
FIRST = """RUSI said on Monday that Russian ships made at least nine trips from Rajin to
Dunai between 1 and 24 October 2025. Kremlin spokesman Dmitry Peskov denied that shells had come from
North Korea.
"""
SECOND = """Russian ships made at least nine trips from Rajin to Dunai in October, RUSI says. In the past,
the White House said, more than 1,000 containers had gone from North Korea to Russia. The boxes went
on by train to a depot near Tikhoretsk.
"""
DAY = "2025-10-28"


def transload(*arguments, code=0, given=None):
    done = CliRunner().invoke(app, [*map(str, arguments)], input=given)
    assert done.exit_code == code, done.output + str(done.exception)
    return done.output


@pytest.fixture
def here(tmp_path, folder, monkeypatch):
    """A working folder with two reports, beside a handful of shipped claims."""
    claims = (folder / "claims.csv").read_text("utf-8").splitlines(keepends=True)
    (folder / "claims.csv").write_text("".join(claims[:6]), "utf-8")
    for path in SEEDS.iterdir():
        if path.suffix != ".csv":
            (folder / path.name).symlink_to(path)
    monkeypatch.setattr(seeds, "shipped", lambda: folder)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TRANSLOAD_BY", "anna")
    (tmp_path / "a.txt").write_text(FIRST)
    (tmp_path / "b.txt").write_text(SECOND)
    return tmp_path


def sheet() -> list[dict[str, str]]:
    text = Path("desk/review.csv").read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def fill(rows: list[dict[str, str]]) -> None:
    with Path("desk/review.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def trips() -> int:
    told = transload(
        "counts", "--from", "rajin", "--to", "dunai", "--mode", "sea", "--format", "json"
    )
    return json.loads(told)["counts"][-1]["cum_low"]


def test_a_report_moves_the_counts_only_once_it_was_accepted(here):
    before = trips()
    told = transload("add", "a.txt", "--published", DAY)
    assert "2 claims proposed" in told
    assert trips() == before
    rows = sheet()
    assert {r["stance"] for r in rows} == {"asserts", "denies"}
    fill([r | {"decision": "accept"} for r in rows])
    assert "2 decided, 0 waiting" in transload("review", "--sheet")
    assert trips() == before + 9
    decisions = pd.read_csv("desk/decisions.csv")
    assert set(decisions["reviewer"]) == {"anna"}
    assert "9 entries" not in transload("verify")


def test_a_second_report_of_the_same_fact_is_proposed_as_such_and_joined_by_decision(here):
    transload("add", "a.txt", "--published", DAY)
    fill([r | {"decision": "accept"} for r in sheet()])
    transload("review", "--sheet")
    counted = trips()
    transload("add", "b.txt", "--published", DAY)
    (nine,) = [r for r in sheet() if r["low"] == "9"]
    fact = nine["may_repeat"].split(" (")[0]
    assert "same claimant" in nine["may_repeat"]
    fill([nine | {"decision": "accept", "fact_id": fact}])
    transload("review", "--sheet")
    tables = Desk(Path("desk")).tables()
    assert sum(tables.claims["fact_id"] == fact) == 2
    assert trips() == counted


def test_the_terminal_shows_the_sentence_and_takes_each_decision_at_once(here):
    transload("add", "a.txt", "--published", DAY)
    told = transload("review", given="r\ne\nlow=8\nbest=8\nnote=one was counted twice\n\n0\n")
    assert "at least nine trips from Rajin to Dunai" in " ".join(told.split())
    assert "2 decided, 0 waiting" in told
    accepted = [d for d in Desk(Path("desk")).rows("decisions") if d["decision"] == "accept"]
    assert [(d["low"], d["note"]) for d in accepted] == [("8", "one was counted twice")]


def test_the_terminal_does_not_take_what_is_no_claim(here):
    transload("add", "a.txt", "--published", DAY)
    told = transload("review", given="e\norigin=rajim\n\n0\norigin=rajin\n\nq\n")
    assert "nearest: rajin" in told
    assert "1 decided, 1 waiting" in told
    told = transload("review", given="x\ns\n")
    assert "0 decided, 1 waiting" in told


def test_a_decision_can_be_made_again_and_the_last_counts(here):
    transload("add", "a.txt", "--published", DAY)
    fill([r | {"decision": "accept"} for r in sheet()])
    transload("review", "--sheet")
    counted = trips()
    (source,) = Desk(Path("desk")).rows("sources")
    told = transload("review", source["source_id"], given="r\ns\n")
    assert "again: accepted by anna" in told
    assert trips() == counted - 9
    assert len(Desk(Path("desk")).rows("decisions")) == 3
    assert "no such claim" in transload("review", "S000", code=2)


def test_an_accepted_claim_that_no_text_holds_any_more_is_told(here):
    (here / "a.txt").write_text(f"date {DAY} https://example.org/a\n{FIRST}")
    transload("add", "a.txt")
    fill([r | {"decision": "accept"} for r in sheet()])
    transload("review", "--sheet")
    counted = trips()
    (here / "a.txt").write_text(
        f"date {DAY} https://example.org/a\nWe take that back: RUSI was wrong."
    )
    transload("add", "a.txt")
    assert transload("review").count("in no text any more") == 2
    assert trips() == counted


def test_wrong_decisions_stop_with_file_and_line_and_the_good_ones_count(here):
    transload("add", "a.txt", "--published", DAY)
    first, second = sheet()
    fill([first | {"decision": "yes"}, second | {"decision": "accept"}])
    told = transload("review", "--sheet", code=2)
    assert "review.csv, row 2, column decision: 'yes'" in told
    assert "1 decided, 1 waiting" in told
    assert [r["decision"] for r in sheet()] == ["yes"]


def test_what_was_filled_in_survives_a_new_report(here):
    transload("add", "a.txt", "--published", DAY)
    first, second = sheet()
    fill([first | {"decision": "accept", "note": "seen twice"}, second])
    transload("add", "b.txt", "--published", DAY)
    kept = {r["claim_id"]: (r["decision"], r["note"]) for r in sheet()}
    assert kept[first["claim_id"]] == ("accept", "seen twice")
    assert len(kept) > 2


def test_the_same_bytes_again_are_known_and_a_copy_is_told(here):
    transload("add", "a.txt", "--published", DAY)
    assert transload("add", "a.txt", "--published", DAY).startswith("known")
    (here / "c.txt").write_text("SEOUL, Oct. 28 - " + FIRST)
    assert "nearly the same text as" in transload("add", "c.txt", "--published", DAY)
    assert len(Desk(Path("desk")).rows("sources")) == 2


def test_the_same_address_again_is_a_new_version_of_one_source(here):
    (here / "a.txt").write_text(f"date {DAY} https://example.org/a\n{FIRST}")
    transload("add", "a.txt")
    (here / "a.txt").write_text(f"date {DAY} https://example.org/a\n{FIRST.replace('nine', 'ten')}")
    assert transload("add", "a.txt").startswith("changed")
    desk = Desk(Path("desk"))
    assert len(desk.rows("sources")) == 1
    assert len(desk.rows("received")) == 2
    assert {r["low"] for r in sheet()} == {"10", ""}
    assert [e.activity for e in desk.archive.entries()].count("recollect") == 1


def test_the_address_of_a_listed_source_gives_that_source_its_text(here, shipped):
    listed = shipped.sources[shipped.sources["url"] != ""].iloc[0]
    (here / "a.txt").write_text(f"date {listed['published']} {listed['url']}\n{FIRST}")
    assert listed["source_id"] in transload("add", "a.txt")
    assert Desk(Path("desk")).rows("sources") == []
    assert {r["source_id"] for r in sheet()} == {listed["source_id"]}


def test_a_report_without_a_date_waits_for_one(here):
    told = transload("add", "a.txt", code=2)
    assert told.startswith("waits")
    assert not (here / "desk" / "sources.csv").exists()


@pytest.mark.parametrize("published", ["26/10/2023", "2023-13", "soon"])
def test_a_date_that_is_none_is_refused(here, published):
    assert "published" in transload("add", "a.txt", "--published", published, code=2)


def test_a_language_that_is_not_covered_is_said_so(here):
    (here / "a.txt").write_text(
        "Selon Séoul, la Corée du Nord a livré des conteneurs d'armes à la Russie depuis le mois d'août."
    )
    assert "kept, but not read: language" in transload("add", "a.txt", "--published", DAY)


def test_addresses_are_fetched_only_when_allowed(here):
    assert "fetching is off" in transload("add", "https://example.org/a", code=2)
    assert "not a public address" in transload("add", "http://127.0.0.1/a", "--fetch", code=2)


def test_hand_coded_claims_are_taken_and_bad_rows_given_back(here):
    transload("template", "mine.xlsx")
    assert "exists" in transload("template", "mine.xlsx", code=2)
    book = openpyxl.load_workbook("mine.xlsx")
    book["sources"].append(
        [
            "T1",
            "An institute",
            "A title",
            "",
            DAY,
            "stated",
            "https://example.org/t",
            "en",
            "news",
            "",
        ]
    )
    page = book["claims"]
    good = {
        "claim_id": "T1-1", "source_id": "T1", "claimant": "RUSI", "stance": "asserts",
        "cargo_stance": "suspects", "kind": "count", "scope": "window", "mode": "sea",
        "origin": "rajin", "destination": "dunai", "date_start": "2025-10-01",
        "date_end": "2025-10-20", "date_precision": "day", "low": 7, "best": 7, "unit": "trip",
        "quantifier": "at_least", "evidence": "satellite imagery", "reading": "high",
    }  # fmt: skip
    columns = [cell.value for cell in page[1]]
    for row in (good, good | {"claim_id": "T1-2", "origin": "rajim"}):
        page.append([row.get(c, "") for c in columns])
    book.save("mine.xlsx")
    before = trips()
    told = transload("add", "mine.xlsx", code=2)
    assert "1 new sources" in told
    assert "1 new claims" in told
    assert "nearest: rajin" in told
    assert trips() == before + 7
    back = Path("desk/given_back_claims.csv").read_text("utf-8-sig")
    assert "T1-2" in back
    assert "T1-1" not in back
    Path("mended.csv").write_text(back.replace("rajim", "rajin"), "utf-8")
    assert "1 new claims" in transload("add", "mended.csv")
    Path("changed.csv").write_text(back.replace("rajim", "sonbong"), "utf-8")
    told = transload("add", "changed.csv", code=2)
    assert "row 2, column claim_id: 'T1-2': is known with other values" in told


def test_the_page_is_made_of_accepted_claims_and_what_waits_is_beside_them(here):
    transload("add", "a.txt", "b.txt", "--published", DAY)
    rows = sheet()
    fill([r | {"decision": "accept"} if r["low"] == "9" else r for r in rows])
    transload("review", "--sheet")
    waiting = {r["claim_id"] for r in sheet()}
    transload("run", "--direct", "--as-of", DAY, "--out", "maps")
    claims = pd.read_csv("maps/tables/claims.csv")
    accepted = {r["claim_id"] for r in rows} - waiting
    assert accepted <= set(claims["claim_id"])
    assert not waiting & set(claims["claim_id"])
    island = unpacked(Path("maps/corridor.html").read_text())
    assert accepted <= set(column(island, "claims", "claim_id"))
    assert set(column(island, "proposed", "claim_id")) == waiting


def test_what_waits_changes_no_table_that_is_counted(here):
    from flows.desk import proposed, tables

    transload("add", "a.txt", "b.txt", "--published", DAY)
    desk = Path("desk")
    plain, with_desk = build.build(seeds.read()), build.build(tables(None, desk))
    for name in ("claims", "facts", "counts", "tracks"):
        pd.testing.assert_frame_equal(getattr(plain, name), getattr(with_desk, name))
    assert len(proposed(None, desk)) == len(sheet()) > 2
    assert len(proposed(None, desk, pd.Timestamp("2025-10-27").date())) == 0


def test_a_change_to_what_was_received_or_decided_is_named(here):
    transload("add", "a.txt", "--published", DAY)
    fill([r | {"decision": "accept"} for r in sheet()])
    transload("review", "--sheet")
    path = Path("desk/decisions.csv")
    path.write_bytes(path.read_bytes().replace(b",9,", b",8,", 1))
    told = transload("verify", code=1)
    assert "decisions.csv, row" in told
    assert "it was '9'" in told


def test_a_run_with_feeds_looks_into_them_first(here):
    (here / "feeds.yaml").write_text("feeds: [{url: 'http://127.0.0.1/rss', publisher: E}]")
    told = transload("run", "--direct", "--feeds", "feeds.yaml")
    assert told.index("look into the feeds") < told.index("not a public address")
    assert told.index("not a public address") < told.index("read and check the tables")
    assert "not a public address" in transload("watch", "feeds.yaml", code=2)


@pytest.mark.skipif(not ARTICLES.is_dir(), reason="the seed articles are not in the project")
def test_the_seed_articles_are_read_accepted_and_shown(here):
    transload("add", ARTICLES, "--published", "2023-10-26")
    rows = sheet()
    (six,) = [r for r in rows if r["low"] == "6"]
    assert (six["quantifier"], six["unit"], six["mode"]) == ("at_least", "trip", "sea")
    assert (six["origin"], six["destination"], six["claimant"]) == (
        "rajin",
        "dunai",
        "CSIS Beyond Parallel",
    )
    assert six["date_start"] == "2023-08-21"
    boxes = [r for r in rows if r["low"] == "1000"]
    assert {r["quantifier"] for r in boxes} == {"more_than"}
    assert len({r["source_id"] for r in boxes}) == 2
    for own, other in (boxes, boxes[::-1]):
        assert f"F-{other['claim_id']} (same claimant;same unit;same number" in own["may_repeat"]
    legs = {(r["mode"], r["destination"]) for r in rows if r["mode"]}
    assert {("sea", "dunai"), ("rail", "sw-russia")} <= legs
    assert len([r for r in rows if r["stance"] == "denies"]) == 3
    assert len(rows) == 10  # and nothing from the headlines below or the ministers' travels
    fill([r | {"decision": "accept", "fact_id": "F-1000" if r in boxes else ""} for r in rows])
    transload("review", "--sheet")
    transload("run", "--direct", "--as-of", "2023-10-26", "--out", "maps")
    island = unpacked(Path("maps/corridor.html").read_text())
    assert {r["claim_id"] for r in rows} <= set(column(island, "claims", "claim_id"))
