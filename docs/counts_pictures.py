"""Draw the pictures of docs/counts.md.

python docs/counts_pictures.py
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import matplotlib.pyplot as plt
import pandas as pd

import geo
from geo.chronicle import turns
from geo.counting import Scope, curves

if TYPE_CHECKING:
    from matplotlib.axes import Axes

IMAGES = Path(__file__).parent / "images"
CORRIDOR = {"mode": "sea", "origin": "rajin", "destination": "russia"}
BOXES = Scope("container", "", "north-korea", "russia")
UNTIL = pd.Timestamp("2026-01-31")
INK, RED, GREY = "#20262e", "#b3001b", "#8a9099"
#: One colour a claimant, told apart by people who see red and green alike (after Okabe and Ito).
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#8a6d00", "#000000", "#7f3c8d")
#: A turn is named where the number rose by so much and then held for so many days.
RISE, HELD_DAYS = 5, 10
#: Least room between two names, in containers.
ROOM = 1_150


def known_picture(tables: geo.Tables) -> None:
    """What was known when: the low of each day beside the sum of what had been reported."""
    told = geo.known(tables, **CORRIDOR)
    axes = paper("Trips by sea, Rajin to Russia, by the day on which it was known")
    facts = tables.facts
    same = facts["unit"].eq("trip") & facts["mode"].eq("sea") & facts["direction"].eq("KP>RU")
    said = facts[same & facts["stance"].ne("denies") & facts["low"].gt(0)]
    said = said[said["origin"].eq("rajin")].sort_values("published")
    total = said.groupby("published")["low"].sum().cumsum()
    steps(axes, total.index, total, GREY, lw=1.2, ls=(0, (4, 2)))
    axes.annotate(
        f"one number a fact, added up: {total.iloc[-1]}", (UNTIL, total.iloc[-1]), (-4, 5),
        textcoords="offset points", ha="right", color=GREY,
    )  # fmt: skip
    steps(axes, told["as_of"], told["low"], RED, lw=2.4)
    axes.plot(said["published"], said["low"].astype(float), "o", ms=4.5, mfc="none", mec=INK)
    claimant = tables.claims.set_index("claim_id")["claimant"]
    turning = turns(told)
    held = turning["as_of"].diff().shift(-1).dt.days.fillna(HELD_DAYS) >= HELD_DAYS
    height = 0
    for row in turning[held].itertuples():
        if row.low - height >= RISE:
            height = row.low
            who = claimant[row.claims_low.split(";")[-1]]
            axes.annotate(
                f"{who}  {row.low}", (row.as_of, row.low), (-7, -3), textcoords="offset points",
                ha="right", color=RED, weight="bold",
            )  # fmt: skip
    axes.set_ylabel("trips, at least")
    axes.set_ylim(0, total.iloc[-1] * 1.08)
    axes.text(
        0.01, 0.97,
        "red: the fewest trips that fit every report public by that day\n"
        "rings: the reports, each at its number\ndashed: what adding them up would give",
        transform=axes.transAxes, va="top", color=INK,
    )  # fmt: skip
    save(axes, "counts-known")


def containers_picture(tables: geo.Tables) -> None:
    """Containers: one curve a claimant, which never falls, side by side and never a sum."""
    drawn = curves(tables.facts, tables.places, BOXES)
    axes = paper(
        "Containers from North Korea to Russia, by the last day counted, for each claimant"
    )
    last = drawn.groupby("claimant")["low"].last().sort_values()
    height = -float(ROOM)
    for number, (claimant, most) in enumerate(last.items()):
        curve = drawn[drawn["claimant"] == claimant]
        colour = COLOURS[number % len(COLOURS)]
        steps(axes, curve["date"], curve["low"], colour, lw=1.8)
        axes.plot(curve["date"], curve["low"].astype(float), "o", ms=4, color=colour)
        height = max(float(most), height + ROOM)
        axes.annotate(
            f"{claimant}: {most:,}", (UNTIL, most), (UNTIL + pd.Timedelta(days=12), height),
            va="center", color=colour, annotation_clip=False,
        )  # fmt: skip
    axes.set_ylabel("containers, at least")
    axes.set_ylim(0, None)
    axes.yaxis.set_major_formatter("{x:,.0f}")
    save(axes, "counts-containers", right=0.72)


def paper(title: str) -> Axes:
    """Axes over the days of the shipped claims."""
    figure, axes = plt.subplots(figsize=(11, 5.2))
    axes.set_title(title, loc="left", color=INK, weight="bold")
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(axis="y", color="#e4e7eb", lw=0.8)
    axes.set_axisbelow(True)
    axes.set_xlim(pd.Timestamp("2023-04-15"), UNTIL)
    figure.text(
        0.99, 0.01, "Reported, not verified. Claims as shipped with transload.", ha="right",
        fontsize=8, color=GREY,
    )  # fmt: skip
    return axes


def steps(axes: Axes, days: Any, numbers: Any, colour: str, **style: Any) -> None:
    """A line that holds its number until the next day told."""
    days, numbers = [*days, UNTIL], [float(n) for n in numbers]
    axes.plot(days, [*numbers, numbers[-1]], drawstyle="steps-post", color=colour, **style)


def save(axes: Axes, name: str, right: float = 0.98) -> None:
    """A picture of docs/images."""
    axes.figure.subplots_adjust(left=0.08, right=right, top=0.92, bottom=0.1)
    axes.figure.savefig(IMAGES / f"{name}.png", dpi=110)
    plt.close(axes.figure)


def main() -> None:
    """Draw both."""
    plt.rcParams.update({"font.size": 9.5, "axes.edgecolor": GREY})
    tables = geo.load()
    known_picture(tables)
    containers_picture(tables)


if __name__ == "__main__":
    main()
