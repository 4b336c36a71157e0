"""Names to places: exact spellings decide, homonyms are flagged, likeness only suggests."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import seeds
from geo.places import Gazetteer

TABLES = seeds.read()
GAZETTEER = Gazetteer(TABLES.places, TABLES.place_aliases)
ALIASES = TABLES.place_aliases[["place_id", "alias"]].drop_duplicates().to_records(index=False)


@pytest.mark.parametrize(
    ("name", "country", "place"),
    [
        ("Najin", None, "rajin"),
        ("라진항", None, "rajin"),
        ("Дунай", None, "dunai"),
        ("Дунай", "RU", "dunai"),
        ("Vostokny", None, "vostochny"),
        ("  RAJIN   port ", None, "rajin"),
        ("«Расон»", "KP", "rason"),
        ("Nakhodka", "RU", "nakhodka"),
        ("Danube", "RU", "dunai"),
        ("DPRK", None, "north-korea"),
    ],
)
def test_a_known_spelling_in_a_shipping_text_is_its_place(name, country, place):
    match = GAZETTEER.resolve(name, country=country, shipping=True)
    assert (match.status, match.place_id) == ("exact", place)


@pytest.mark.parametrize(
    ("name", "country", "shipping", "reason"),
    [
        ("Vostochny", None, False, "Cosmodrome"),
        ("Дунай", None, False, "Danube"),
        ("Danube", None, True, "Danube river"),
        ("Nakhodka", "KP", True, "Rajin was meant"),
        ("Vladivostok", "KP", True, "known in RU, not in KP"),
        ("Nanjin", None, True, "Nanjing"),
    ],
)
def test_a_homonym_is_flagged_and_not_resolved(name, country, shipping, reason):
    match = GAZETTEER.resolve(name, country=country, shipping=shipping)
    assert (match.status, match.place_id) == ("flagged", None)
    assert reason in match.note
    assert match.candidates


@pytest.mark.parametrize(("name", "place"), [("Rajim", "rajin"), ("Tykhoretsk", "tikhoretsk")])
def test_an_unknown_spelling_gets_ranked_suggestions_and_no_place(name, place):
    match = GAZETTEER.resolve(name, shipping=True)
    assert (match.status, match.place_id) == ("unknown", None)
    assert match.candidates[0] == place


def test_a_word_like_nothing_known_suggests_nothing():
    assert GAZETTEER.resolve("Xqzw").candidates == ()


@given(st.sampled_from(list(ALIASES)))
def test_every_alias_leads_to_its_own_place_or_is_flagged_with_it(row):
    place, alias = row
    match = GAZETTEER.resolve(alias, country=GAZETTEER.country[place], shipping=True)
    if match.status == "exact":
        assert GAZETTEER.lies_in(place, match.place_id)
    else:
        assert match.status == "flagged"
        assert place in match.candidates


@given(st.text(max_size=40))
def test_no_text_is_ever_matched_by_likeness(text):
    match = GAZETTEER.resolve(text, shipping=True)
    assert match.status != "exact" or match.place_id in GAZETTEER.names


def test_places_lie_in_the_larger_places_that_hold_them():
    assert GAZETTEER.around["rajin"] == {"rason", "north-korea"}
    assert GAZETTEER.lies_in("tikhoretsk", "sw-russia")
    assert not GAZETTEER.lies_in("dunai", "sw-russia")
