"""Text to sentences: where each begins and ends, and in which language it is."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from geo.text.lexicon import Language, Lexicon, either

#: One plain sign for each of its kin, so that places in the text stay what they were.
_PLAIN = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201b\u0060\u00b4\u02bc\u2032", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u300c\u300d\u300e\u300f\u2033", '"')
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u301c\uff5e\uff0d\u223c", "-")
    | dict.fromkeys("\u00a0\u2007\u2009\u202f\u200a\u3000\u200b\ufeff", " ")
    | {0xFF10 + n: str(n) for n in range(10)}
    | {0xFF0C: ",", 0xFF0E: ".", 0xFF05: "%"}
)
#: A line of metadata, date or place before the text proper: `SEOUL, Oct. 28 (Yonhap) -`.
_DATELINE = re.compile(
    r"\s*(?:date\s+\d{4}(?:-\d\d){0,2}\s+(?:https?://\S+\s+)?"
    r"|[A-Z][A-Z .']{2,30}(?:,\s*[A-Z][a-z]{2,8}\.?\s*\d{1,2})?\s*(?:\([^)]{2,30}\))?\s*-+\s"
    r"|[A-Z][a-z]+,\s*[A-Z][a-z]{2,8}\.?\s*\d{1,2}\s*(?:\([^)]{2,30}\))?\s*-+\s"
    r"|\([A-Z][\w ]{1,20}\)\s*-+\s"
    r"|[А-ЯІЇЄ][а-яіїє'-]+\.\s\d{1,2}\s[а-яіїє]+\.\s)"
)
_ENDS = re.compile(
    r"(?:[.!?]['\")\]]*(?:\s+|$)|[。！？][」』）]?\s*|(?<=[a-z]{3})\.(?=[A-Z][a-z])|\s*\n\s*\n\s*|\n)"
)
_WORD = re.compile(r"[^\W\d_]+")
#: A longer run of signs without an end is no sentence but a table, a menu or code: passed over.
LONGEST_SIGNS = 2000
#: Share of a text's letters that must be of one script to tell its language by it.
SCRIPT_SHARE = 0.2
#: Least share of common short words that tells a language in Latin letters.
BETRAYED_SHARE = 0.12


class Sentence(NamedTuple):
    """A sentence, the number of its paragraph, and where it begins in the text."""

    start: int
    text: str
    paragraph: int

    @property
    def end(self) -> int:
        """The place after its last sign."""
        return self.start + len(self.text)


def plain(text: str) -> str:
    """The text with one kind of quotes, dashes, blanks and figures; no place in it moves.

    Examples
    --------
    >>> plain("“six”")
    '"six"'
    """
    return text.translate(_PLAIN)


def dateline(text: str) -> str:
    """The line of place, day and agency that a text may begin with; empty where there is none."""
    match = _DATELINE.match(text)
    return match[0] if match else ""


def sentences(text: str, language: Language) -> list[Sentence]:
    """Sentences of a plain text.

    Parameters
    ----------
    text
        Result of `plain`.
    language
        Its abbreviations end no sentence, nor does the day before a month.
    """
    out: list[Sentence] = []
    start = paragraph = 0
    known = {a.casefold() for a in language.abbreviations}
    months = re.compile(either([w for words in language.date.months for w in words]))
    for match in [*_ENDS.finditer(text), None]:
        end = match.end() if match else len(text)
        stop = match.start() if match else len(text)
        if match and match[0].startswith(".") and not _ends(text, stop, end, known, months):
            continue
        piece = text[start:end]
        if piece.strip() and len(piece) <= LONGEST_SIGNS:
            lead = len(piece) - len(piece.lstrip())
            out.append(Sentence(start + lead, piece.strip(), paragraph))
        if match and "\n" in match[0]:
            paragraph += 1
        start = end
    return out


def _ends(
    text: str, stop: int, after: int, abbreviations: set[str], months: re.Pattern[str]
) -> bool:
    """Whether a full stop ends a sentence: not after `Sept`, nor before a small letter."""
    before = re.search(r"[\w.']+$", text[max(0, stop - 12) : stop])
    if before and before[0].casefold().lstrip(".'") in abbreviations:
        return False
    if before and before[0].isdecimal() and months.match(text, after):
        return False
    return not text[after : after + 1].islower()


def language(text: str, lexicon: Lexicon) -> str:
    """The language of a text, told by its script and its common short words.

    Returns
    -------
    str
        ISO 639 code of a language of the lexicon, or "" for any other.

    Examples
    --------
    >>> from geo.text.lexicon import shipped
    >>> language("The ship left for the port of Rajin.", shipped())
    'en'
    """
    letters = _WORD.findall(text)
    total = sum(map(len, letters)) or 1
    for code, script in _SCRIPTS.items():
        if sum(len(w) for w in script.findall(text)) / total >= SCRIPT_SHARE:
            return _cyrillic(text) if code == "ru" else code
    words = Counter(w.casefold() for w in letters)
    shares = {
        code: sum(words[w] for w in set(known.betrays)) / (len(letters) or 1)
        for code, known in lexicon.language.items()
        if known.betrays
    }
    best = max(sorted(shares), key=lambda code: shares[code], default="")
    return best if best and shares[best] >= BETRAYED_SHARE else ""


_SCRIPTS = {
    "ko": re.compile(r"[\uac00-\ud7a3]+"),
    "ja": re.compile(r"[\u3040-\u30ff]+"),
    "ru": re.compile(r"[\u0400-\u04ff]+"),
}


def _cyrillic(text: str) -> str:
    if re.search("[іїєґІЇЄҐ]", text):
        return "uk"
    return "ru" if not re.search("[ўјљњћђѓќџЎЈЉЊЋЂЃЌЏ]", text) else ""
