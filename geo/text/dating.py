"""Which of a sentence's dates is that of what it tells."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from geo.text.drafts import Dated
from geo.text.lexicon import Mark
from geo.text.reading import Reading
from geo.text.scene import Scene
from geo.text.windows import Window

#: Forms of a window, the most telling first.
_FORMS = ("range", "since", "running", "on", "until")
_OPEN = ("since", "running")
LONG = ("range", "since", "running")


def dated(scene: Scene, start: int, end: int) -> Dated:
    """The window of what is told at a place in a sentence, and how it is known.

    The day of saying is not the day of happening: it only ends the window.
    """
    reading = scene.reading
    windows = told_windows(scene, start)
    if windows:
        return Dated(_closed(_own(reading, windows, start, end), scene), "stated")
    said = reading.said
    if said is None or said.last is None:
        return Dated()
    last = min(said.last, scene.context.published)
    return Dated(Window(said.start, said.end, None, last, "until", "open_ended"), "said")


def told_windows(scene: Scene, start: int = 0) -> list[Window]:
    """Windows of what happened, none of another's aside nor of a comparison after a place."""
    reading = scene.reading
    stops = [m.start for m in _compared(reading) if m.start > start]
    stops += [
        m.start
        for m in reading.tagged("say.which")
        if m.start > start and _names_next(reading, m.end)
    ]
    base = reading.said.last if reading.said is not None else scene.context.day
    who = reading.told_by(start)
    told = (
        w.after(_day_before(reading, w) or base)
        for w in reading.happened
        if (not stops or w.start < min(stops)) and reading.told_by(w.start) == who
    )
    return [w for w in told if w is not None]


def _compared(reading: Reading) -> list[Mark]:
    """What opens a comparison; but `picked up from` opens none."""
    compared = reading.tagged("stance.compare")
    return [c for c in compared if not any(m.start < c.start < m.end for m in reading.marks)]


def _day_before(reading: Reading, window: Window) -> date | None:
    """The day told before a window in its sentence: `on 4 February ... two days later`."""
    days = [w.last for w in reading.happened if w.end <= window.start and w.form != "since"]
    return days[-1] if days else None


def _names_next(reading: Reading, place: int) -> bool:
    """Whether a claimant follows: `which the White House showed for the 7th`."""
    return any(0 <= a.start - place <= len(" the ") for a in reading.actors)


def _own(reading: Reading, windows: list[Window], start: int, end: int) -> Window:
    """The window of the clause, else the most telling of the sentence."""
    first, last = reading.clause(start)
    near = [w for w in windows if first <= w.start < last]
    pool = [w for w in near if w.form != "until"]
    pool = pool or [w for w in windows if w.form in LONG] or near or windows

    def rank(window: Window) -> tuple[int, int]:
        return _FORMS.index(window.form), max(window.start - end, start - window.end, 0)

    return min(pool, key=rank)


def _closed(window: Window, scene: Scene) -> Window:
    """The window ended by the day of saying or of publication: the future is not told."""
    published, said = scene.context.published, scene.reading.said
    if window.form in _OPEN:
        known = said.last if said is not None and said.last is not None else published
        latest = min(known, published)
        begins = window.first or date.min
        return replace(window, last=latest if begins <= latest else published)
    if window.last is not None and window.last > published:
        return replace(window, last=published)
    return window
