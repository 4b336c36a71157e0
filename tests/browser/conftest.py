"""A real browser with no network, and pages opened from a disk.

Opening a page is what costs: tests that only read and choose share one (`reader`), put back to its
first view before each; those that leave marks behind open their own (`open_page`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

import geo
from geo import page as pages

from .ensure import installed

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
]  # fmt: skip
READY_MS = 30_000
WIDE = {"width": 1440, "height": 900}
Opener = Callable[..., "Opened"]


@dataclass
class Opened:
    """A page in the browser, with all it asked the network for and all it complained of."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    times: int = 0

    def text(self, selector: str) -> str:
        """What a reader sees, whatever the kind of space."""
        return self.page.locator(selector).inner_text().replace("\u00a0", " ")

    def go(self, fragment: str = "") -> Opened:
        """The page as a link with this fragment shows it."""
        self.times += 1  # the same fragment twice would change nothing
        self.page.evaluate(
            "to => new Promise(done => { addEventListener('hashchange', () => "
            "requestAnimationFrame(() => setTimeout(done)), { once: true }); location.hash = to })",
            f"#again={self.times}&{fragment.removeprefix('#')}",
        )
        return self


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        try:
            opened = playwright.chromium.launch(executable_path=installed(), args=FLAGS)
        except Error as error:
            pytest.fail(f"no browser: `make test` installs one (tests/browser/ensure.py)\n{error}")
        yield opened
        opened.close()


def opener(browser: Browser, contexts: list[BrowserContext]) -> Opener:
    """Opens pages and keeps their contexts, to be closed by whoever asked."""

    def opened(
        path: Path, fragment: str = "", width: int = 1440, height: int = 900, **options
    ) -> Opened:
        context = browser.new_context(
            viewport={"width": width, "height": height}, offline=True, **options
        )
        contexts.append(context)
        one = Opened(context.new_page())
        one.page.on("request", lambda request: one.requests.append(request.url))
        one.page.on("pageerror", lambda error: one.complaints.append(str(error)))
        one.page.on(
            "console",
            lambda said: (
                one.complaints.append(said.text) if said.type in {"error", "warning"} else None
            ),
        )
        one.page.goto(path.as_uri() + fragment)
        one.page.wait_for_selector("html[data-ready]", timeout=READY_MS)
        return one

    return opened


@pytest.fixture
def open_page(browser) -> Iterator[Opener]:
    contexts: list[BrowserContext] = []
    yield opener(browser, contexts)
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def open_for_module(browser) -> Iterator[Opener]:
    contexts: list[BrowserContext] = []
    yield opener(browser, contexts)
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def shared(open_for_module, seeds_page) -> Opened:
    return open_for_module(seeds_page)


@pytest.fixture
def reader(shared) -> Opened:
    """The seeds' page at its first view, whatever was chosen before; nothing has gone wrong."""
    shared.page.set_viewport_size(WIDE)
    shared.page.emulate_media(color_scheme="light", media="screen")
    shared.go()
    assert shared.complaints == []
    return shared


@pytest.fixture(scope="session")
def tables() -> geo.Tables:
    return geo.load()


@pytest.fixture(scope="session")
def seeds_page(tables, tmp_path_factory) -> Path:
    """The page of the shipped seeds, on a disk."""
    path = tmp_path_factory.mktemp("a page") / "corridor.html"
    path.write_text(pages.render(tables), encoding="utf-8")
    return path
