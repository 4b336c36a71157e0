"""What a fact bounds: which facts count, in which days, on which lanes, and what links add."""

import pandas as pd
import pytest
from worlds import counts, day, fact, places, table

from geo.counting import LINKS, Scope, count_scopes
from geo.counting.statements import CALL_DAYS, statements

WHERE = places(1, 2)


def total(rows, links=(), **scope):
    """Low of all time."""
    return counts(table(rows), WHERE, links=links, **scope).iloc[-1]["cum_low"]


def dated(first, last):
    return {"date_start": day(first), "date_end": day(last)}


def test_units_are_separate_series():
    rows = [
        fact("trips", low=3, **dated(0, 9)),
        fact("boxes", unit="container", low=900, **dated(0, 9)),
    ]
    assert total(rows, unit="trip") == 3
    assert total(rows, unit="container") == 900
    assert total(rows, unit="railcar") == 0


@pytest.mark.parametrize("unit", ["vessels", "days", "", "voyage"])
def test_what_does_not_add_up_over_time_is_refused(unit):
    with pytest.raises(ValueError, match="does not add up"):
        counts(table([]), WHERE, unit=unit)


def test_a_port_lies_in_its_region_and_country_but_not_the_other_way():
    rows = [fact("F", low=4, origin="port-0", destination="harbour-1", **dated(0, 9))]
    for within in ("harbour-1", "east", "ru", "harbour-0;harbour-1", ""):
        assert total(rows, destination=within) == 4
    assert total(rows, destination="harbour-0") == 0
    wide = [fact("F", low=4, destination="east", **dated(0, 9))]
    assert total(wide, destination="harbour-0;harbour-1") == 0  # it may be elsewhere in the east
    assert total(wide, destination="ru") == 4


def test_an_end_that_is_not_stated_is_anywhere_unless_the_direction_is_known():
    silent = [fact("F", low=4, origin="port-0", **dated(0, 9))]
    assert total(silent, origin="port-0", destination="ru") == 0
    assert total(silent, origin="port-0") == 4
    heading = [fact("F", low=4, origin="port-0", direction="KP>RU", **dated(0, 9))]
    assert total(heading, origin="port-0", destination="ru") == 4


def test_a_mode_or_ship_that_is_not_stated_may_be_any():
    rows = [fact("F", low=4, **dated(0, 9))]
    assert total(rows, mode="sea") == 0
    assert total(rows, vessel="Angara") == 0
    by_two = [fact("F", low=4, vessel="Angara;Maria", mode="sea", **dated(0, 9))]
    assert total(by_two, vessel="Angara") == 0
    assert total(by_two, vessel="Angara;Maria;Lady R", mode="sea") == 4


def test_an_open_start_counts_since_ever_but_in_no_window_that_begins_later():
    rows = [
        fact("open", low=1000, unit="container", date_end=day(70)),
        fact("dated", low=10, unit="container", **dated(0, 70)),
    ]
    known = table(rows)
    ever = counts(known, WHERE, unit="container")
    assert ever["cum_low"].tolist()[-1] == 1000
    since = counts(known, WHERE, unit="container", since=day(0))
    assert since["cum_low"].tolist()[-1] == 10
    assert (since["low"] == 0).all()


def test_an_open_end_is_never_over():
    rows = [fact("open", low=5, date_start=day(0)), fact("done", low=2, **dated(0, 9))]
    assert total(rows) == 2


def test_a_ceiling_binds_only_in_the_days_it_surely_covers():
    said = {"quantifier": "range", "low": 0, "best": 0, "high": 3, "direction": "KP>RU"}
    sure = fact("sure", inner_start=day(2), inner_end=day(4), **dated(0, 6), **said)
    high = counts(table([sure]), WHERE, period="day", origin="kp", destination="ru")["high"]
    assert high.isna().tolist() == [True, True, False, False, False, True, True]
    unsure = fact("unsure", **dated(0, 6), **said)
    high = counts(table([unsure]), WHERE, period="day", origin="kp", destination="ru")["high"]
    assert high.isna().all()


def test_full_coverage_of_nothing_is_a_ceiling_of_nought_and_none_seen_is_not():
    days = dated(0, 2) | {"inner_start": day(0), "inner_end": day(2), "direction": "KP>RU"}
    scope = {"origin": "kp", "destination": "ru"}
    none = table([fact("F", quantifier="none", low=0, best=0, high=0, **days)])
    assert counts(none, WHERE, **scope)["high"].tolist() == [0]
    unseen = table([fact("F", quantifier="none_seen", low=0, best=0, **days)])
    assert counts(unseen, WHERE, **scope)["high"].isna().all()


def test_a_round_trip_is_one_trip_each_way():
    rows = [
        fact(
            "F", unit="round_trip", low=5, origin="port-0", destination="harbour-0", **dated(0, 30)
        )
    ]
    linked = ("round_trips",)
    assert total(rows, linked, origin="port-0", destination="harbour-0") == 5
    assert total(rows, linked, origin="harbour-0", destination="port-0") == 5
    assert total(rows, linked) == 10
    assert total(rows, (), origin="port-0", destination="harbour-0") == 0
    assert total(rows, (), unit="round_trip", origin="port-0") == 5


def call(name="F", port="port-0", first=10, last=10, **said):
    return fact(
        name, unit="port_call", kind="sighting", scope="event", quantifier="seen", port=port,
        **({"origin": port} | said), **dated(first, last),
    )  # fmt: skip


def test_a_call_at_a_korean_port_comes_from_russia_and_leaves_for_russia():
    rows = [call()]
    assert total(rows, ("calls",), origin="port-0", destination="ru") == 1
    assert total(rows, ("calls",), origin="ru", destination="port-0") == 1
    assert total(rows, ("calls",), origin="port-0", destination="harbour-0") == 0
    assert total(rows, (), origin="port-0") == 0


def test_a_call_goes_where_the_report_says():
    rows = [call(destination="harbour-1")]
    assert total(rows, ("calls",), origin="port-0", destination="harbour-1") == 1
    came = [call(origin="harbour-0", destination="port-0")]
    assert total(came, ("calls",), origin="harbour-0", destination="port-0") == 1


def test_a_call_at_a_russian_port_says_nothing_of_the_end_it_leaves_out():
    silent = [call(port="harbour-0", origin="", destination="harbour-0")]
    assert total(silent, ("calls",)) == 0
    told = [call(port="harbour-0", origin="kp", destination="harbour-0")]
    assert total(told, ("calls",), origin="kp", destination="harbour-0") == 1


def test_sightings_within_one_stay_may_be_one_call():
    near = [call("A", first=10, last=10), call("B", first=10 + CALL_DAYS, last=10 + CALL_DAYS)]
    far = [call("A", first=10, last=10), call("B", first=11 + CALL_DAYS, last=11 + CALL_DAYS)]
    assert total(near, unit="port_call", origin="port-0") == 1
    assert total(far, unit="port_call", origin="port-0") == 2


def test_calls_are_counted_at_their_port():
    rows = [call("A", destination="ru"), call("B", port="harbour-0", first=30, last=30)]
    scopes = [
        Scope("port_call", "", "port-0"), Scope("port_call", "", "port-0", "ru"),
        Scope("port_call", "", "", "harbour-0"), Scope("port_call"), Scope("port_call", "", "kp"),
    ]  # fmt: skip
    table_of = count_scopes(table(rows), WHERE, scopes)
    lows = table_of.groupby(["origin", "destination"], sort=False)["cum_low"].last().tolist()
    assert lows == [1, 1, 1, 2, 1]


def test_a_link_matters_only_to_trips_and_is_named():
    rows = [call(), fact("T", unit="round_trip", low=3, **dated(0, 50))]
    calls = statements(table(rows), WHERE, "port_call", LINKS)
    assert calls["link"].tolist() == [""]
    trips = statements(table(rows), WHERE, "trip", LINKS)
    assert sorted(trips["link"]) == ["calls", "calls", "round_trips", "round_trips"]


def test_what_is_not_known_is_refused_by_name():
    with pytest.raises(ValueError, match="no such link: ferries"):
        counts(table([]), WHERE, links=("ferries",))
    with pytest.raises(ValueError, match="not in the table of places: atlantis"):
        counts(table([fact("F", **dated(0, 1))]), WHERE, origin="atlantis")
    with pytest.raises(ValueError, match="ends before it starts: F"):
        counts(table([fact("F", **dated(5, 1))]), WHERE)
    with pytest.raises(ValueError, match="periods are day, week, month, quarter; not year"):
        counts(table([fact("F", **dated(0, 1))]), WHERE, period="year")
    with pytest.raises(ValueError, match="the first day, 2024-02-01, is after the last"):
        counts(table([]), WHERE, since="2024-02-01", until="2024-01-01")


def test_nothing_known_counts_as_nothing_and_has_no_most():
    empty = counts(table([]), WHERE, since="2024-01-01", until="2024-03-31")
    assert empty["period"].tolist() == ["2024-01", "2024-02", "2024-03"]
    assert (empty[["low", "best", "cum_low", "cum_best"]] == 0).all(axis=None)
    assert empty[["high", "cum_high"]].isna().all(axis=None)


def test_periods_are_cut_off_at_the_first_and_last_day():
    rows = table([fact("F", low=3, date_start=pd.Timestamp("2023-12-30"),
                       date_end=pd.Timestamp("2024-02-29"))])  # fmt: skip
    weeks = counts(rows, WHERE, period="week", since="2023-12-27", until="2024-03-02")
    assert weeks["period"].iloc[0] == "2023-12-25/2023-12-31"
    assert weeks["start"].iloc[0] == pd.Timestamp("2023-12-27")
    assert weeks["end"].iloc[-1] == pd.Timestamp("2024-03-02")
    assert weeks["cum_low"].tolist() == [0] * 9 + [3]  # the leap day is the last one
    # Two days of the first week and four of the last, at one steady rate of 3 in 62 days.
    assert weeks["best"].iloc[[0, -1]].tolist() == [0.1, 0.19]
    quarters = counts(rows, WHERE, period="quarter")
    assert quarters["period"].tolist() == ["2023Q4", "2024Q1"]


def test_the_table_is_the_same_byte_for_byte():
    rows = table([fact("A", low=3, **dated(0, 50)), fact("B", low=2, **dated(20, 90))])
    first = counts(rows, WHERE, explain=True)
    assert first.to_csv() == counts(rows.copy(), WHERE, explain=True).to_csv()


def test_a_low_without_what_is_only_suspected_stands_beside():
    rows = [
        fact("sure", low=2, date_start=day(0), date_end=day(40)),
        fact("same", low=3, date_start=day(10), date_end=day(12)),
        fact("guess", low=3, date_start=day(10), date_end=day(12), stance="suspects"),
        fact("more", low=5, date_start=day(10), date_end=day(40), stance="suspects"),
    ]
    facts = table(rows)
    found = counts(facts, WHERE, period="month")
    assert found["cum_low"].tolist() == [3, 5]
    assert found["cum_low_asserted"].tolist() == [3, 3]
    firm = counts(facts[facts["stance"] == "asserts"], WHERE, period="month", until=day(40))
    assert found["low_asserted"].tolist() == firm["low"].tolist()


def test_a_suspected_clash_leaves_the_asserted_low_as_if_it_were_not_told():
    sure = {"inner_start": day(0), "inner_end": day(9), "date_start": day(0), "date_end": day(9)}
    ends = {"origin": "port-0", "direction": "KP>RU"}
    rows = [
        fact("total", low=5, **sure, origin="port-0"),
        fact("most", low=0, high=2, quantifier="range", destination="harbour-0", **sure, **ends),
        fact("guess", low=4, stance="suspects", destination="harbour-0", **sure, **ends),
    ]
    last = counts(table(rows), WHERE, origin="port-0", destination="ru").iloc[-1]
    assert (last["cum_low"], last["cum_low_asserted"]) == (4, 0)
    other = counts(table(rows), WHERE, origin="port-0").iloc[-1]
    assert (other["cum_low"], other["cum_low_asserted"]) == (5, 5)
