"""What counting costs, how it grows, what other solvers take, and how near the truth it comes.

usage: python benchmarks/counts.py [growth | against | worlds [NUMBER]]; without a word: all three

`growth` counts made-up worlds of more and more facts, months and corridors. `against` asks one
world's bounds of this package, of one whole-number program without decomposition (scipy's HiGHS)
and of CP-SAT (if `ortools` is installed, in an environment of its own), and checks that they agree.
`worlds` compares low and best with what is usually done, on worlds whose truth is known.
Times are CPU seconds of one process.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "counting"))

from worlds import FIRST_DAY, World, covered, world

from geo.counting import Scope, count_scopes
from geo.counting.history import Histories, histories
from geo.counting.periods import day, periods
from geo.counting.statements import statements

SEA = Scope("trip", "sea", "kp", "ru")
#: Facts, months and sea corridors.
SIZES = (
    (100, 24, 4), (300, 24, 4), (1_000, 24, 4), (3_000, 24, 4), (10_000, 24, 4),
    (1_000, 12, 20), (1_000, 36, 20), (1_000, 120, 20), (1_000, 120, 5),
)  # fmt: skip


def scopes(made: World) -> list[Scope]:
    """Every corridor of a world, and the wider ones."""
    lanes = sorted(set(made.truth[["mode", "origin", "destination"]].itertuples(index=False)))
    return [*(Scope("trip", *lane) for lane in lanes), SEA, Scope("trip", "", "kp", "ru")]


def growth() -> None:
    """Cost against facts, months and corridors."""
    import resource

    print("| facts | months | scopes | windows | CPU seconds | peak MB so far |")
    print("| --- | --- | --- | --- | --- | --- |")
    for facts, months, corridors in SIZES:
        made = world(1, facts=facts, months=months, corridors=corridors)
        asked = scopes(made)
        start = time.process_time()
        table = count_scopes(made.facts, made.places, asked)
        spent = time.process_time() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"| {facts} | {months} | {len(asked)} | {2 * len(table)} | {spent:.1f} | {peak} |")


def against() -> None:
    """The same bounds by three ways, with the seconds each took for a bound."""
    ways = {"one MILP": _milp}
    if find_spec("ortools"):
        ways["CP-SAT"] = _cp_sat
    print(f"| facts | bounds | this package | {' | '.join(ways)} | agree |")
    print(f"| --- | --- | --- | {' | '.join('---' for _ in ways)} | --- |")
    for facts in (40, 100, 300, 1_000):
        made = world(1, facts=facts, months=24, ceilings=0.2)
        past, windows = _asked(made)
        sample = windows[:: max(1, len(windows) // 20)]
        start = time.process_time()
        ours = [_ours(past, w) for w in windows]
        took = [(time.process_time() - start) / len(windows)]
        ours = ours[:: max(1, len(windows) // 20)]
        agree = True
        for solve in ways.values():
            start = time.process_time()
            theirs = [solve(past, w, ours[k]) for k, w in enumerate(sample)]
            took.append((time.process_time() - start) / len(sample))
            agree &= theirs == ours
        times = " | ".join(f"{1000 * t:.1f} ms" for t in took)
        print(f"| {facts} | {2 * len(windows)} | {times} | {'yes' if agree else 'NO'} |")


def _asked(made: World) -> tuple[Histories, list[tuple[int, int]]]:
    frame = periods("month", made.facts["date_start"].min(), made.facts["date_end"].max())
    first = day(made.facts["date_start"].min())
    windows = list(zip(frame["first"], frame["after"], strict=True))
    windows += [(first, after) for after in frame["after"]]
    told = statements(made.facts, made.places, "trip")
    return histories(told, made.places, [SEA], {d for w in windows for d in w}), windows


def _ours(past: Histories, window: tuple[int, int]) -> tuple[int | None, int | None]:
    first, after = (np.array([d]) for d in window)
    return past.lows(0, first, after)[0].value, past.highs(0, first, after)[0].value


def _program(past: Histories, window: tuple[int, int]) -> tuple[Any, Any, Any, Any]:
    """Every cell of every lane and span: rows, their bounds, and what the window counts."""
    from scipy.sparse import csr_array

    floors, ceilings = past.bounds.floors, past.bounds.ceilings
    lanes, spans = past.scopes.shape[1], past.bounds.spans
    rows = [
        (lane[:, None] & ((np.arange(spans) >= a) & (np.arange(spans) < b))).ravel()
        for table in (floors, ceilings)
        for lane, a, b in zip(table.lanes, table.start, table.end, strict=True)
    ]
    low = np.concatenate([floors.bound, np.full(len(ceilings), 0.0)])
    high = np.concatenate([np.full(len(floors), np.inf), ceilings.bound])
    a, b = np.searchsorted(past.cuts, window)
    counted = np.zeros((lanes, spans))
    counted[past.scopes[0], a:b] = 1
    return csr_array(np.array(rows, float)), low, high, counted.ravel()


def _milp(
    past: Histories, window: tuple[int, int], ours: tuple[int | None, int | None]
) -> tuple[int | None, int | None]:
    from scipy.optimize import LinearConstraint, milp

    rows, low, high, counted = _program(past, window)
    fit = LinearConstraint(rows, low, high)
    whole = np.ones(len(counted))
    least = round(milp(counted, constraints=fit, integrality=whole).fun)
    most = ours[1] and round(-milp(-counted, constraints=fit, integrality=whole).fun)
    return least, most


def _cp_sat(
    past: Histories, window: tuple[int, int], ours: tuple[int | None, int | None]
) -> tuple[int | None, int | None]:
    from ortools.sat.python import cp_model

    rows, low, high, counted = _program(past, window)
    most_of_all = int(low.sum() + high[np.isfinite(high)].sum()) + 1

    def solve(sign: int) -> int:
        model = cp_model.CpModel()
        x = [model.new_int_var(0, most_of_all, "") for _ in counted]
        for k in range(rows.shape[0]):
            total = sum(x[i] for i in rows.indices[rows.indptr[k] : rows.indptr[k + 1]])
            model.add(total >= int(low[k]))
            if np.isfinite(high[k]):
                model.add(total <= int(high[k]))
        model.minimize(sign * sum(x[i] for i in np.flatnonzero(counted)))
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.solve(model)
        return round(sign * solver.objective_value)

    return solve(1), ours[1] and solve(-1)


def worlds(number: int = 100) -> None:
    """Misses of the band, and totals and monthly errors of several ways to count."""
    ways: dict[str, Callable[[pd.DataFrame], float]] = {
        "sum of every number": lambda f: f["number"].sum(),
        "sum without duplicate rows": lambda f: f.drop_duplicates(ALIKE)["number"].sum(),
        "greatest a month of publication, summed": _monthly,
        "greatest single number": lambda f: f["number"].max(),
    }
    for facts in (40, 120):
        totals: dict[str, list[float]] = {}
        missed = bounds = 0
        for seed in range(number):
            made = world(seed, facts=facts)
            true = int(covered(made.truth, "sea").sum())
            table = count_scopes(made.facts, made.places, scopes(made), since=FIRST_DAY)
            missed += sum(_misses(made, table))
            bounds += 4 * len(table)
            at_sea = made.facts[made.facts["mode"] == "sea"]
            at_sea = at_sea.assign(number=at_sea["best"].fillna(at_sea["low"]).astype(float))
            for name, way in ways.items():
                totals.setdefault(name, []).append(way(at_sea) / true)
            sea = table[(table["mode"] == "sea") & (table["origin"] == "kp")].iloc[-1]
            totals.setdefault("**low**", []).append(sea["cum_low"] / true)
            totals.setdefault("**best**", []).append(sea["cum_best"] / true)
        print(f"\n{number} worlds of {facts} facts: {missed} of {bounds} bounds miss the truth.\n")
        print("| way | median of estimate / truth | 5 to 95 % | above the truth |")
        print("| --- | --- | --- | --- |")
        for name, share in totals.items():
            five, half, most = np.quantile(share, [0.05, 0.5, 0.95])
            above = np.mean(np.array(share) > 1)
            print(f"| {name} | {half:.2f} | {five:.2f} to {most:.2f} | {above:.0%} |")


ALIKE = ["origin", "destination", "vessel", "date_start", "date_end", "low", "best", "high"]


def _monthly(facts: pd.DataFrame) -> float:
    months = facts["published"].dt.to_period("M")
    return float(facts.groupby(months)["number"].max().sum())


def _misses(made: World, table: pd.DataFrame) -> Iterator[int]:
    """Bounds of a table that the truth lies beyond."""
    days = pd.Timestamp(FIRST_DAY) + pd.to_timedelta(made.truth["day"], unit="D")
    for row in table.itertuples():
        on = covered(made.truth, row.mode, row.origin, row.destination)
        until = on & (days <= row.end)
        true, ever = (until & (days >= row.start)).sum(), until.sum()
        yield (row.low > true) + (row.cum_low > ever)
        yield (pd.notna(row.high) and row.high < true)
        yield (pd.notna(row.cum_high) and row.cum_high < ever)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["growth"]:
            growth()
        case ["against"]:
            against()
        case ["worlds", *many]:
            worlds(*map(int, many))
        case []:
            growth()
            against()
            worlds()
        case _:
            sys.exit(__doc__)
