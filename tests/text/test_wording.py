"""Ways of saying the same: what the rules hold must hold for its siblings too."""

from __future__ import annotations

from importlib.resources import files

import pytest

from geo.problems import TableError
from geo.tables import records
from geo.text import propose
from geo.text.lexicon import parse

PUBLISHED = "2024-03-15"
LEADS = {
    "en": "North Korea has shipped containers of munitions from Rajin to Russia. ",
    "de": "Nordkorea hat Container mit Munition aus dem Hafen Rajin nach Russland geliefert. ",
    "ru": "КНДР отправила в Россию контейнеры с боеприпасами из порта Раджин. ",
    "uk": "КНДР відправила до Росії контейнери з боєприпасами з порту Раджин. ",
    "ko": "북한은 나진항에서 러시아로 탄약 컨테이너를 보냈다. ",
    "ja": "北朝鮮は羅津港からロシアへ弾薬のコンテナを送った。",
}


def counted(text: str, language: str = "en") -> list[dict]:
    """Proposals with a number of the sentence after the lead."""
    lead = LEADS[language]
    rows = records(propose(lead + text, PUBLISHED, language))
    return [r for r in rows if r["start"] >= len(lead) - 1 and (r["best"] or r["high"])]


def only(text: str, language: str = "en") -> dict:
    rows = counted(text, language)
    assert len(rows) == 1, rows
    return rows[0]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "In return the North received 9,000 containers from Russia."),
        ("en", "Pyongyang has so far got 9,000 containers from Russia."),
        ("en", "Moscow, for its part, shipped 9,000 containers to North Korea."),
        ("en", "Some 9,000 containers went from Russia to North Korea."),
        ("de", "Im Gegenzug erhielt Nordkorea 9.000 Container aus Russland."),
        ("ru", "Взамен КНДР получила из России 9000 контейнеров."),
        ("uk", "Натомість КНДР отримала з Росії 9000 контейнерів."),
        ("ko", "북한은 그 대가로 러시아로부터 컨테이너 9000개를 받았다."),
        ("ko", "러시아에서 북한으로 들어간 컨테이너는 9000개다."),
    ],
)
def test_what_the_north_is_given_goes_to_the_north(language, text):
    row = only(text, language)
    assert (row["origin"], row["destination"]) == ("russia", "north-korea")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Russia has received 9,000 containers from North Korea."),
        ("en", "In exchange for oil Pyongyang sent Russia 9,000 containers of shells."),
        ("de", "Russland erhielt 9.000 Container aus Nordkorea."),
        ("ru", "Россия получила из КНДР 9000 контейнеров."),
        ("uk", "Росія отримала з КНДР 9000 контейнерів."),
        ("ko", "러시아는 북한으로부터 컨테이너 9000개를 받았다."),
        ("ja", "ロシアは北朝鮮から9000個のコンテナを受け取った。"),
    ],
)
def test_what_russia_is_given_goes_to_russia(language, text):
    row = only(text, language)
    assert (row["origin"], row["destination"]) == ("north-korea", "russia")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Satellite pictures show the 27th ship at Rajin since August 26.", 27),
        ("A Russian freighter called at Rajin twice in January.", 2),
        ("This brings the number of voyages between Rajin and Dunai to 45 since August.", 45),
        ("It was one of five voyages between Rajin and Dunai in January.", 5),
        ("Ships have gone back and forth between Rajin and Dunai on 24 occasions.", 24),
        ("No fewer than 24 visits by Russian vessels to Rajin were counted.", 24),
        ("Thirty-odd voyages from Rajin to Dunai have been logged.", 30),
        ("Washington's estimate of the containers delivered stands at 11,000.", 11000),
    ],
)
def test_a_count_is_found_however_it_is_worded(text, number):
    assert only(text)["best"] == number


@pytest.mark.parametrize(
    ("language", "text", "unit", "number"),
    [
        ("en", "As many as 12 trains with shells have crossed into Russia.", "train", 12),
        ("en", "Russia got 500 containers of artillery shells from the North.", "container", 500),
        ("uk", "Від липня до Росії пройшло 12 ешелонів зі снарядами.", "train", 12),
        ("ru", "С июля в Россию прошло 12 эшелонов со снарядами.", "train", 12),
        ("ko", "북한은 러시아에 포탄 컨테이너 500개를 보냈다.", "container", 500),
    ],
)
def test_the_head_of_a_phrase_is_counted_not_what_it_carries(language, text, unit, number):
    row = only(text, language)
    assert (row["unit"], row["best"] or row["high"]) == (unit, number)


@pytest.mark.parametrize(
    "text",
    [
        "Not one shipment was recorded in January.",
        "If each ship took away 300 containers, the piers would be empty.",
        "Were Pyongyang to send another 500 containers, the front would hold.",
        "Moscow is to receive 500 more containers next month.",
        "How many containers Russia has received is unknown.",
        "Three ships a week have called at Rajin.",
        "Two Russian ships carried 400 containers of wheat to Rajin.",
        "Some 900 containers went from Vladivostok to Shanghai.",
        "One of the firms runs the terminal at Vostochny.",
    ],
)
def test_nothing_is_counted_where_nothing_is_told_to_have_moved(text):
    assert counted(text) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The Russian foreign ministry said the reports of arms deliveries were fabricated."),
        ("en", "Moscow called the talk of arms shipments nonsense."),
        ("en", "Peskov replied that there was no evidence of any arms deliveries."),
        ("de", "Der Kreml wies die Berichte über Waffenlieferungen als haltlos zurück."),
        ("ru", "В Кремле назвали сообщения о поставках оружия выдумкой."),
        ("uk", "У Кремлі назвали повідомлення про постачання зброї вигадкою."),
        ("ko", "크렘린궁은 무기 거래 의혹이 사실이 아니라고 일축했다."),
        ("ja", "クレムリンは武器取引の報道を否定した。"),
    ],
)
def test_a_denial_is_told_from_a_claim(language, text):
    lead = LEADS[language]
    rows = records(propose(lead + text, PUBLISHED, language))
    assert [r["stance"] for r in rows if r["start"] >= len(lead) - 1] == ["denies"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ko", "8월 말 이후 두나이항으로 간 선박은 최소 20차례 나진항을 떠났다."),
        ("ja", "8月下旬以降、羅津港とドゥナイ港の間を少なくとも20回、ロシア船が往復した。"),
        ("en", "Since late August at least 20 voyages led from Rajin to Dunai."),
        ("ru", "С конца августа из Раджина в Дунай совершено не менее 20 рейсов."),
        ("uk", "З кінця серпня з Раджина до Дунаю здійснено щонайменше 20 рейсів."),
        ("de", "Seit Ende August gab es mindestens 20 Fahrten von Rajin nach Dunai."),
    ],
)
def test_since_the_end_of_a_month_begins_on_its_21st_day(language, text):
    row = only(text, language)
    assert str(row["date_start"])[:10] == "2023-08-21"
    assert (row["origin"], row["destination"], row["low"]) == ("rajin", "dunai", 20)


def test_each_of_two_claimants_is_credited_with_its_own_number():
    rows = counted(
        "Seoul puts the arms sent at 6,700 containers, while Washington says 10,000 containers "
        "have been delivered since September."
    )
    assert [(r["claimant"], r["best"]) for r in rows] == [
        ("ROK government", 6700),
        ("US government", 10000),
    ]


def test_a_wrong_word_list_is_told_with_its_file():
    folder = files("geo.text.lexicon")
    tables = {f.name: f.read_text("utf-8") for f in folder.iterdir() if f.name.endswith(".toml")}
    wrong = tables | {"de.toml": tables["de.toml"].replace("[marks.unit]", "[marks.units]", 1)}
    with pytest.raises(TableError, match=r"de\.toml, column marks\.units"):
        parse(wrong)
