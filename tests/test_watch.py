"""Feeds: what is new and speaks of the corridor is taken in, once."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from flows.desk import Desk
from flows.fetch import Fetcher
from flows.ingest import Intake
from flows.watch import Feed, Memory, read_feeds
from geo.problems import TableError
from tests.test_fetch import site

AT = datetime(2023, 10, 20, tzinfo=UTC)
ARTICLE = b"""<html><head><title>Ships</title>
<meta property="article:published_time" content="2023-10-17T08:00:00Z"></head><body><article>
<p>RUSI counted at least five trips from Rajin to Dunai since August. The institute bought
pictures of both ports.</p>
<p>It does not know what was in the containers that lay on the quays of both ports.</p>
</article></body></html>"""


def feed_of(root: str, *entries: tuple[str, str]) -> bytes:
    told = "".join(
        f"<item><title>{title}</title><link>{root}/{name}</link><guid>{name}</guid>"
        "<pubDate>Tue, 17 Oct 2023 09:00:00 GMT</pubDate></item>"
        for name, title in entries
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>f</title>{told}</channel></rss>'.encode()


def intake(folder, feeds_known=True) -> Intake:
    desk = Desk(folder / "desk")
    return Intake(
        desk, desk.known(), "feeds", AT, Fetcher(loopback_for_tests=True, pause_seconds=0)
    )


def test_new_entries_that_name_a_keyword_are_taken_once(tmp_path):
    with site(a=(200, {"Content-Type": "text/html"}, ARTICLE)) as (server, root):
        entries = feed_of(root, ("a", "Ships at Rajin"), ("b", "Football tonight"))
        server.pages["/feed"] = (200, {"ETag": '"1"'}, entries)
        feed = Feed(url=f"{root}/feed", publisher="Example")
        (outcome,) = intake(tmp_path).watch([feed])
        assert (outcome.status, outcome.message) == ("taken", "1 claims proposed")
        assert intake(tmp_path).watch([feed]) == []
        assert [path for path, _ in server.asked] == ["/feed", "/a", "/feed"]
    (source,) = Desk(tmp_path / "desk").rows("sources")
    assert (source["publisher"], source["published"]) == ("Example", "2023-10-17")


def test_a_feed_that_did_not_change_is_asked_for_nothing_more(tmp_path):
    with site(a=(200, {}, ARTICLE)) as (server, root):
        server.pages["/feed"] = (200, {"ETag": '"1"'}, feed_of(root, ("a", "Rajin")))
        feed = Feed(url=f"{root}/feed", publisher="Example")
        intake(tmp_path).watch([feed])
        intake(tmp_path).watch([feed])
        assert server.asked[-1][1]["If-None-Match"] == '"1"'


def test_an_entry_that_failed_is_tried_again_three_times_in_all(tmp_path):
    with site() as (server, root):
        server.pages["/feed"] = (200, {}, feed_of(root, ("a", "Rajin"), ("b", "Dunai")))
        server.pages["/b"] = (200, {"Content-Type": "text/html"}, ARTICLE)
        feed = Feed(url=f"{root}/feed", publisher="Example")
        for run in range(4):
            outcomes = intake(tmp_path).watch([feed])
            assert [o.status for o in outcomes] == [
                ["refused", "taken"],
                ["refused"],
                ["refused"],
                [],
            ][run]
        assert [path for path, _ in server.asked].count("/a") == 3


def test_one_bad_feed_does_not_stop_the_others(tmp_path):
    with site(a=(200, {"Content-Type": "text/html"}, ARTICLE)) as (server, root):
        server.pages["/good"] = (200, {}, feed_of(root, ("a", "Rajin")))
        server.pages["/bomb"] = (200, {}, b'<!DOCTYPE x [<!ENTITY a "aaaa">]><rss/>')
        server.pages["/page"] = (200, {}, b"no feed at all")
        feeds = [Feed(url=f"{root}/{n}", publisher="E") for n in ("gone", "bomb", "page", "good")]
        outcomes = intake(tmp_path).watch(feeds)
    assert [o.status for o in outcomes] == ["refused", "refused", "refused", "taken"]
    assert "answered 404" in outcomes[0].message
    assert "definitions of its own" in outcomes[1].message


def test_keywords_of_a_feed_take_the_place_of_those_of_the_corridor(tmp_path):
    with site(a=(200, {"Content-Type": "text/html"}, ARTICLE)) as (server, root):
        server.pages["/feed"] = (200, {}, feed_of(root, ("a", "Ships in Vladivostok")))
        plain = Feed(url=f"{root}/feed", publisher="E")
        assert intake(tmp_path / "1").watch([plain]) == []
        worded = Feed(url=f"{root}/feed", publisher="E", keywords=("Vladivostok",))
        assert [o.status for o in intake(tmp_path / "2").watch([worded])] == ["taken"]


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("feeds: [{url: ftp://x, publisher: E}]", "url"),
        ("feeds: [{url: https://x}]", "publisher"),
        ("feeds: [{url: https://x, publisher: E, every: 5}]", "every"),
        ("feeds: {", "cannot be read"),
        ("a: !!python/object/apply:os.system ['true']", "cannot be read"),
    ],
)
def test_a_wrong_file_of_feeds_is_told_by_its_part(tmp_path, told, said):
    path = tmp_path / "feeds.yaml"
    path.write_text(told)
    with pytest.raises(TableError, match=said):
        read_feeds(path)


def test_a_right_file_of_feeds_is_read(tmp_path):
    path = tmp_path / "feeds.yaml"
    path.write_text(
        "feeds:\n  - url: https://example.org/rss\n    publisher: E\n    keywords: [Rajin]\n"
    )
    assert read_feeds(path) == (
        Feed(url="https://example.org/rss", publisher="E", keywords=("Rajin",)),
    )


def test_a_memory_that_was_damaged_says_so(tmp_path):
    path = tmp_path / "feeds.json"
    path.write_text("{")
    with pytest.raises(TableError, match="remove it to begin anew"):
        Memory(path).recall()
