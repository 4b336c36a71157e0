"""What was known when, as people read it."""

import io

import pandas as pd
import pytest
from typer.testing import CliRunner

import geo
from flows.cli import app
from geo import answers, chronicle, claims

RAJIN_RUSSIA = answers.Question("trip", "sea", "rajin", "russia")


@pytest.fixture(scope="module")
def told(shipped):
    return claims.known(shipped.claims, shipped.sources)


@pytest.fixture(scope="module")
def found(told, gazetteer):
    return chronicle.chronicle(RAJIN_RUSSIA, told, gazetteer)


def test_a_line_is_told_for_each_day_on_which_the_answer_changed(found, told, gazetteer):
    lines = chronicle.text(RAJIN_RUSSIA, found, told, gazetteer).splitlines()
    assert lines == [
        "Reported trips by sea, Rajin to Russia: what was known when",
        "  16 October 2023    at least 5: RUSI [E-RUSI-5TRIPS]",
        "  17 October 2023    at least 6 (4 asserted): CSIS Beyond Parallel [E-CSIS-6TRIPS]",
        "  29 February 2024   at least 32: NK Pro [E-NKP-32]",
        "  15 March 2024      at least 33: NK Pro [E-LAD-0312, E-NKP-32]",
        "  18 October 2024    at least 34: NK News, NK Pro [E-ANG-1005, E-LAD-0312, E-NKP-32]",
        "  16 April 2025      at least 64: Open Source Centre/Reuters [E-OSC-64]",
    ]


def test_nothing_reported_is_said(told, gazetteer):
    asked = answers.Question("trip", "air", "dunai", "rajin")
    found = chronicle.chronicle(asked, told, gazetteer)
    assert "No number of trips was ever reported." in chronicle.text(asked, found, told, gazetteer)


def test_the_number_known_on_a_day_is_what_the_counts_of_that_day_give(found):
    for day in ("2023-10-16", "2024-03-14", "2024-12-31"):
        then = geo.counts(geo.load(as_of=day), mode="sea", origin="Rajin", destination="Russia")
        assert found.loc[found["as_of"] <= day, "low"].iloc[-1] == then["cum_low"].iloc[-1]


def test_the_command_gives_every_day_as_a_table(found):
    asked = ["known", "--mode", "sea", "--from", "Rajin", "--to", "Russia", "--format", "csv"]
    told = CliRunner().invoke(app, asked)
    assert told.exit_code == 0
    table = pd.read_csv(io.StringIO(told.stdout), parse_dates=["as_of"])
    assert table["low"].tolist() == found["low"].tolist()
    assert table["claims_low"].fillna("").tolist() == found["claims_low"].tolist()


def test_only_what_was_published_by_the_day_is_told():
    told = CliRunner().invoke(app, ["known", "--from", "rajin", "--as-of", "2023-10-26"])
    assert "at least 6 (4 asserted): CSIS Beyond Parallel" in told.stdout
    assert "2024" not in told.stdout
