"""Make the pictures of the page in `docs/images/`: three widths, light and dark, and some views.

Needs a Chromium (`python tests/browser/ensure.py` installs one). Run from the root of the
repository:

    python docs/page_pictures.py
"""

from __future__ import annotations

import runpy
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

import geo
from geo import page

IMAGES = Path(__file__).parent / "images"
ENSURE = Path(__file__).parents[1] / "tests" / "browser" / "ensure.py"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
SETTLED_MS = 400


@dataclass(frozen=True)
class View:
    """One picture."""

    name: str
    width: int
    height: int
    scheme: str = "light"
    fragment: str = ""
    query: str = ""


SIZES = ((1440, 900), (1024, 768), (390, 844))
VIEWS = [
    *(View(f"{w}-{scheme}", w, h, scheme) for w, h in SIZES for scheme in ("light", "dark")),
    View("overview", 1440, 900, fragment="#view=overview&scope=.north-korea.russia"),
    View("weeks", 1440, 900, fragment="#from=2023-08-01&to=2024-03-31&zoom=yes&tab=conflicts"),
    View("past", 1440, 900, "dark", "#known=2023-10-26&scope=sea.rajin.russia&tab=denials"),
    View("embed", 720, 640, query="?embed"),
]


def take(browser: Browser, html: Path, view: View) -> None:
    """One picture, once everything stands."""
    opened = browser.new_page(
        viewport={"width": view.width, "height": view.height}, color_scheme=view.scheme
    )
    opened.goto(html.as_uri() + view.query + view.fragment)
    opened.wait_for_selector("html[data-ready]")
    opened.wait_for_timeout(SETTLED_MS)
    opened.screenshot(path=str(IMAGES / f"page-{view.name}.png"))
    opened.close()


def main() -> None:
    """All of them, and the still picture that a run writes beside the page."""
    tables = geo.load()
    still, _ = page.static(tables)
    (IMAGES / "page-still.png").write_bytes(still)
    chromium = runpy.run_path(str(ENSURE))["installed"]()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        html = Path(folder) / "corridor.html"
        html.write_text(page.render(tables), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for view in VIEWS:
            take(browser, html, view)
        browser.close()


if __name__ == "__main__":
    main()
