"""The texts of the page: every one that a script asks for is there, and every one is asked for."""

from __future__ import annotations

import re
from pathlib import Path

from geo import page, schema
from geo.page.strings import strings

PACKAGE = Path(page.__file__).parent
SCRIPTS = "\n".join(p.read_text("utf-8") for p in sorted((PACKAGE / "js").glob("*.js")))
SKELETON = (PACKAGE / "page.html").read_text("utf-8")


def test_every_text_asked_for_by_name_exists():
    asked = set(re.findall(r'say\("([^"]+)"', SCRIPTS)) | set(
        re.findall(r"text\['([^']+)'\]", SKELETON)
    )
    assert asked <= set(strings())


def test_every_text_is_used():
    exact = set(re.findall(r'"([\w.]+)"', SCRIPTS)) | set(
        re.findall(r"text\['([^']+)'\]", SKELETON)
    )
    begun = set(re.findall(r"`([\w.]+\.)\$\{", SCRIPTS))
    unused = [n for n in strings() if n not in exact and not any(n.startswith(b) for b in begun)]
    # Named by a part that the script takes from the tables or from its own choices.
    built = {"low.long", "best.long", "high.long", "lang", "no_ceiling"}
    assert set(unused) <= built


def test_every_word_of_the_vocabularies_has_its_text():
    texts = strings()
    for name, words in {
        "unit": schema.Unit, "stance": schema.Stance, "modename": schema.Mode, "mode": schema.Mode,
        "reading": schema.Reading,
    }.items():  # fmt: skip
        assert {f"{name}.{word}" for word in words.__args__} <= set(texts), name
    assert {f"words.{q}" for q in schema.QUANTIFIERS} <= set(texts)


def test_holes_of_plural_forms_agree():
    for name, text in strings().items():
        if isinstance(text, dict):
            holes = {frozenset(re.findall(r"\{(\w+)\}", form)) for form in text.values()}
            assert len(holes) == 1, name
