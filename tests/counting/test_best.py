"""Best: the fewest that meet every number named, no narrower than told, as steady as can be."""

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.sparse import csr_array
from worlds import counts, day, fact, places, table

from geo.counting import Scope, count_scopes
from geo.counting.steady import steadiest

WHERE = places(2, 2)


def window(first, last):
    return {"date_start": day(first), "date_end": day(last)}


def daily(rows, **scope):
    return counts(table(rows), WHERE, period="day", since=day(0), **scope)["best"].tolist()


def test_a_number_is_spread_evenly_over_its_window():
    assert daily([fact("six", low=6, best=6, **window(0, 2))]) == [2, 2, 2]


def test_two_numbers_share_the_days_they_have_in_common():
    # Four on days 0-2 and four on days 2-4: four on day 2 serve both, and none is fewer.
    rows = [fact("a", low=4, best=4, **window(0, 2)), fact("b", low=4, best=4, **window(2, 4))]
    assert daily(rows) == [0, 0, 4, 0, 0]


def test_a_total_that_holds_another_adds_only_what_is_missing():
    rows = [fact("part", low=3, best=3, **window(0, 0)), fact("all", low=6, best=6, **window(0, 3))]
    assert daily(rows) == [3, 1, 1, 1]


def test_days_on_which_nothing_was_seen_are_nearly_empty():
    unseen = {"quantifier": "none_seen", "low": 0, "best": 0}
    rows = [fact("four", low=4, best=4, **window(0, 3)), fact("quiet", **unseen, **window(1, 2))]
    assert daily(rows) == [1.98, 0.02, 0.02, 1.98]


def test_best_meets_the_number_named_where_low_is_less():
    about = {"quantifier": "about", "low": 8, "best": 10, "high": 12}
    row = counts(table([fact("ten", **about, **window(0, 9))]), WHERE).iloc[-1]
    assert (row["cum_low"], row["cum_best"]) == (8, 10)


def test_a_range_without_a_number_named_takes_its_floor_and_no_middle():
    span = {"quantifier": "range", "low": 4, "best": None, "high": 6}
    row = counts(table([fact("four to six", **span, **window(0, 9)) | {"best": None}]), WHERE).iloc[
        -1
    ]
    assert (row["cum_low"], row["cum_best"]) == (4, 4)


def test_a_number_named_beyond_a_ceiling_is_met_as_nearly_as_may_be():
    sure = {"inner_start": day(0), "inner_end": day(9), "direction": "KP>RU"}
    most = {"quantifier": "range", "low": 0, "best": 0, "high": 7}
    rows = [
        fact("about", quantifier="about", low=5, best=9, direction="KP>RU", **window(0, 9)),
        fact("most", **most, **sure, **window(0, 9)),
    ]
    row = counts(table(rows), WHERE, origin="kp", destination="ru", since=day(0)).iloc[-1]
    assert (row["cum_low"], row["cum_best"], row["cum_high"]) == (5, 7, 7)


def test_no_trip_is_put_on_a_narrower_corridor_than_told():
    rows = [
        fact(
            "wide",
            low=6,
            best=6,
            origin="port-0",
            destination="harbour-0;harbour-1",
            **window(0, 9),
        ),
        fact("one", low=2, best=2, origin="port-0", destination="harbour-0", **window(0, 9)),
    ]
    scopes = [Scope("trip", "", "port-0", to) for to in ("harbour-0", "harbour-1", "ru")]
    best = count_scopes(table(rows), WHERE, scopes).groupby("destination")["cum_best"].last()
    assert best.to_dict() == {"harbour-0": 2, "harbour-1": 0, "ru": 6}


def test_what_two_reports_agree_on_serves_both():
    rows = [
        fact("ship", low=3, best=3, vessel="Angara", origin="port-0", **window(0, 9)),
        fact(
            "corridor",
            low=3,
            best=3,
            origin="port-0",
            destination="harbour-0;harbour-1",
            **window(0, 9),
        ),
    ]
    scopes = [Scope("trip"), Scope("trip", "", "port-0", "harbour-0"), Scope(vessel="Angara")]
    best = count_scopes(table(rows), WHERE, scopes)
    last = best.groupby(["origin", "vessel"], sort=False)["cum_best"].last().tolist()
    assert last == [3, 0, 3]


def test_an_open_start_is_filled_from_the_first_day_on_record():
    rows = [
        fact("open", low=10, best=10, date_end=day(9)),
        fact("first", low=1, best=1, **window(0, 0)),
    ]
    assert daily(rows) == [1] * 10


@pytest.mark.parametrize("seed", range(12))
def test_the_steadiest_history_is_what_a_general_solver_finds(seed):
    rng = np.random.default_rng(seed)
    n, m = 9, 5
    rows = (rng.random((m, n)) < 0.5).astype(float)
    rows[:, 0] = 1
    rows[-1] *= -1
    bound = np.append(rng.integers(1, 9, m - 1), -30.0)
    days = rng.integers(1, 20, n).astype(float)
    found = steadiest(csr_array(rows), bound, np.zeros(m, bool), days)
    assert (rows @ found >= bound - 1e-7).all()
    general = minimize(
        lambda x: (x**2 / days).sum(), np.full(n, 5.0), jac=lambda x: 2 * x / days,
        bounds=[(0, None)] * n, method="SLSQP", options={"ftol": 1e-14, "maxiter": 500},
        constraints={"type": "ineq", "fun": lambda x: rows @ x - bound, "jac": lambda _: rows},
    )  # fmt: skip
    assert general.success
    assert (found**2 / days).sum() == pytest.approx(general.fun, rel=1e-6)
    assert found == pytest.approx(general.x, abs=1e-3)
