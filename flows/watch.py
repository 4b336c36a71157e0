"""Feeds: which entries are new and speak of the corridor."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from flows.documents import Refused
from flows.fetch import Fetcher, Page
from geo.problems import Problem, TableError

#: Entries taken of one feed in one run, and identifiers of entries kept to know them again.
MOST_ENTRIES = 30
MOST_REMEMBERED = 2000
#: Runs in which an entry whose page could not be fetched or read is tried.
MOST_TRIES = 3
#: What a feed may not hold: definitions that a parser would expand or fetch.
_DEFINITIONS = (b"<!doctype", b"<!entity")


class Feed(BaseModel):
    """One feed to watch."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    url: Annotated[str, Field(pattern=r"^https?://")]
    publisher: Annotated[str, Field(min_length=1)]
    #: Entries must name one of these; none: the words of the corridor.
    keywords: tuple[str, ...] = ()


class _Feeds(BaseModel):
    model_config = ConfigDict(extra="forbid")

    feeds: tuple[Feed, ...]


@dataclass(frozen=True)
class Entry:
    """An entry of a feed: where the report is, and when it says it was published (or empty).

    `tries` tells in how many runs its page was asked for in vain.
    """

    feed: Feed
    key: str
    url: str
    title: str
    published: str
    tries: int = 0


def read_feeds(path: Path) -> tuple[Feed, ...]:
    """Feeds of a `feeds.yaml`.

    Raises
    ------
    TableError
        Naming everything that is wrong with it.
    """
    import yaml

    try:
        return _Feeds.model_validate(yaml.safe_load(path.read_text("utf-8"))).feeds
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise TableError([Problem(path.name, 0, "", "", f"cannot be read: {error}")]) from error
    except ValidationError as error:
        raise TableError(
            Problem(path.name, 0, ".".join(map(str, e["loc"])), str(e["input"]), e["msg"])
            for e in error.errors(include_url=False)
        ) from error


@dataclass
class Memory:
    """What was seen in earlier runs, in a file: nothing is fetched or taken twice."""

    path: Path

    def recall(self) -> dict[str, dict[str, Any]]:
        """By address of the feed: `etag`, `last_modified`, keys `seen`, entries to try `again`."""
        if not self.path.exists():
            return {}
        try:
            told = json.loads(self.path.read_text("utf-8"))
        except ValueError as error:
            message = f"cannot be read: {error}; remove it to begin anew"
            raise TableError([Problem(self.path.name, 0, "", "", message)]) from error
        return told if isinstance(told, dict) else {}

    def keep(self, told: Mapping[str, Any]) -> None:
        """Replace the file whole."""
        part = self.path.with_name(self.path.name + ".part")
        part.write_text(json.dumps(told, indent=1, sort_keys=True), "utf-8")
        part.replace(self.path)


def news(
    feed: Feed, fetcher: Fetcher, state: dict[str, Any], corridor: tuple[str, ...]
) -> list[Entry]:
    """New entries of a feed that name a keyword, the newest first; `state` is brought up to date.

    Parameters
    ----------
    feed
        The feed.
    fetcher
        How to fetch it.
    state
        Of this feed, as `Memory.recall` gives it; changed in place.
    corridor
        Keywords where the feed sets none.

    Raises
    ------
    Refused
        If the feed cannot be fetched or read.
    """
    page = fetcher.get(feed.url, state.get("etag", ""), state.get("last_modified", ""))
    if not page.changed:
        return []
    entries = list(_entries(feed, page))
    seen = list(state.get("seen", []))
    known = set(seen)
    new = [e for e in entries if e.key not in known][:MOST_ENTRIES]
    state.update(
        etag=page.etag,
        last_modified=page.last_modified,
        seen=[*seen, *(e.key for e in new)][-MOST_REMEMBERED:],
    )
    words = tuple(w.casefold() for w in feed.keywords) or corridor
    return [e for e in new if any(w in e.title.casefold() for w in words)]


def failed_before(feed: Feed, state: dict[str, Any]) -> list[Entry]:
    """Entries of a feed to try again; they are taken out of `state`."""
    kept = state.pop("again", [])
    return [Entry(feed, e["key"], e["url"], "", e["published"], e["tries"]) for e in kept]


def try_again(entry: Entry, state: dict[str, Any]) -> None:
    """Note in `state` that an entry failed, unless it did so too often."""
    if entry.tries + 1 < MOST_TRIES:
        told = {"key": entry.key, "url": entry.url, "published": entry.published}
        state.setdefault("again", []).append(told | {"tries": entry.tries + 1})


def _entries(feed: Feed, page: Page) -> Iterator[Entry]:
    low = page.content[:100_000].lower()
    if any(word in low for word in _DEFINITIONS):
        raise Refused(f"{feed.url}: a feed with definitions of its own is not read")
    import feedparser

    told = feedparser.parse(io.BytesIO(page.content))
    if not told.entries and told.bozo:
        raise Refused(f"{feed.url}: not a feed: {told.bozo_exception}")
    for entry in told.entries:
        url = str(entry.get("link", ""))
        if not url.startswith(("http://", "https://")):
            continue
        day = entry.get("published_parsed")
        published = time.strftime("%Y-%m-%d", day) if day else ""
        title = f"{entry.get('title', '')} {entry.get('summary', '')}"
        yield Entry(feed, str(entry.get("id") or url), url, title, published)
