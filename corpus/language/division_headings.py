"""Headings of divisions as books print them: "CHAPTER the First", "2. Kapitel", "Глава первая", "§ 12", "第一章"."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from corpus.language.alternation import any_of, phrases
from corpus.language.division_words import DIVISION, DIVISIONS, KINDS
from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.number_words import CARDINALS, ORDINALS
from corpus.language.roman_numerals import ROMAN_NUMERAL

_STEMS: Final = {
    stem: number
    for number, row in enumerate(
        (
            "erste, premi[eè]re?, primer[oa]?, prim[oa], перв",
            "zweite, deuxième, seconde?, segund[oa], second[oa], втор",
            "dritte, troisième, tercer[oa]?, terz[oa], трет",
            "vierte, quatrième, cuart[oa], quart[oa], четв[её]рт",
            "fünfte, cinquième, quint[oa], пят",
            "sechste, sixième, sext[oa], sest[oa], шест",
            "sieb(?:en)?te, septième, s[eé]ptim[oa], settim[oa], седьм",
            "achte, huitième, octav[oa], ottav[oa], восьм",
            "neunte, neuvième, noven[oa], non[oa], девят",
            "zehnte, dixième, d[eé]cim[oa], десят",
        ),
        1,
    )
    for stem in phrases(row)
}
"""How ordinal numbers begin in German, French, Spanish, Italian and Russian."""
_ONES: Final = any_of(word for word, number in (CARDINALS | ORDINALS).items() if 0 < number < 10)
_COMPOUND: Final = rf"(?:{any_of(word for word, number in CARDINALS.items() if number >= 20)}[ -]{_ONES})"
_ORDINAL: Final = any_of((*ORDINALS, *(rf"{stem}[^\W\d_]{{0,2}}" for stem in _STEMS), "[0-9]{1,3}(?:st|nd|rd|th)"))
_NUMBER: Final = rf"(?:[0-9]{{1,4}}|{ROMAN_NUMERAL}|{_COMPOUND}|{_ORDINAL}|{any_of(CARDINALS)})"
_ARTICLES: Final = phrases("article, artikel, art., artículo, articolo, статья")
_KIND: Final = rf"(?:{DIVISION}|{any_of(map(re.escape, _ARTICLES))})"
_NUMBERED: Final = lazy_pattern(
    rf"(?:(?P<kind>{_KIND}) (?:the )?(?P<number>{_NUMBER})(?!\w)"
    rf"|(?:the )?(?P<nth>{_COMPOUND}|{_ORDINAL}|(?:[0-9]{{1,3}}|{ROMAN_NUMERAL})\.) (?P<of>{_KIND})(?!\w)"
    r"|§ ?(?P<paragraph>[0-9]{1,4}[a-z]?)(?!\w)"
    r"|第(?P<cjk>[0-9\u3007零一二三四五六七八九十百]{1,5})(?P<unit>[章回节節幕卷部]))(?P<rest>.*)",
    re.IGNORECASE,
)
_MATTER: Final = phrases("""
    prologue, epilogue, preface, introduction, foreword, afterword, postscript, conclusion, appendices, preamble,
    vorwort, vorrede, einleitung, nachwort, schluss, préface, avant-propos, préambule, épilogue, prólogo, prefacio,
    introducción, epílogo, prefazione, prologo, epilogo, введение, предисловие, послесловие, пролог, эпилог, заключение
""")
"""What is before or behind the numbered divisions."""
_UNNUMBERED: Final = lazy_pattern(
    rf"(?P<word>{any_of((*_MATTER, *DIVISIONS['appendix']))})(?!\w)(?P<rest>.*)",
    re.IGNORECASE,
)
_ALONE: Final = lazy_pattern(
    r"(?: [A-Z0-9]|(?: to| of| zur?| à| к) [^.!?;:]+)?[.:]?(?P<rest>(?<=[.:]).*)?", re.IGNORECASE
)
"""What may follow a preface or the like: "APPENDIX B", "Preface to the second edition"."""
_IN_CJK: Final = {"章": "chapter", "回": "chapter", "节": "section", "節": "section", "幕": "act", "卷": "volume"}
_CJK_DIGITS: Final = {one: number for number, one in enumerate("零一二三四五六七八九")} | {"\u3007": 0}
_SEPARATOR: Final = " .:,)]-–—\u3000"
_STOPS: Final = (".", "!", "?", ";", ",", ":", "\u3002")
_LONGEST: Final = 72
_SMALL: Final = frozenset(phrases("a, an, and, as, at, by, for, from, in, into, of, on, or, the, to, upon, with"))
"""Words that a title may write small."""
_RUN_IN: Final = frozenset({"", "section", "article", "appendix"})
"""Kinds that may begin a paragraph of the text: "SECTION 2. The council meets on Mondays."."""


class DivisionHeading(NamedTuple):
    """The kind of a division, or nothing for a preface or the like; its number, in figures or Roman, or nothing."""

    kind: str
    number: str
    title: str


def division_heading(words: str) -> DivisionHeading | None:
    """The division whose heading `words` are; None for others, and for a sentence that only begins like one."""
    bare = " ".join(words.split())
    if len(bare) > _LONGEST or bare[:1].islower():
        return None
    if match := _NUMBERED.fullmatch(bare):
        kind, title = _kind(match), match["rest"].strip(_SEPARATOR)
        return DivisionHeading(kind, _number(match), title) if _is_title(match["rest"], kind) else None
    match = _UNNUMBERED.fullmatch(bare)
    behind = _ALONE.fullmatch(match["rest"]) if match else None
    if match is None or behind is None or not _is_title(behind["rest"] or "", ""):
        return None
    return DivisionHeading(KINDS.get(match["word"].lower(), ""), "", "")


def _kind(match: re.Match[str]) -> str:
    if unit := match["unit"]:
        return _IN_CJK.get(unit, "part")
    if match["paragraph"]:
        return "section"
    return KINDS.get((match["kind"] or match["of"]).lower(), "article")


def _number(match: re.Match[str]) -> str:
    if match["cjk"]:
        return str(_value_in_cjk(match["cjk"]))
    if match["paragraph"]:
        return match["paragraph"]
    number = (match["number"] or match["nth"]).lower().rstrip(".")
    if figures := re.match("[0-9]+", number):
        return figures[0]
    parts = re.split("[ -]", number)
    known = [_value(one) for one in parts]
    return number.upper() if None in known else str(sum(filter(None, known)))


def _value(word: str) -> int | None:
    """The number that a word is, or None for a Roman numeral."""
    if (found := (CARDINALS | ORDINALS).get(word)) is not None:
        return found
    return next((number for stem, number in _STEMS.items() if re.match(stem, word)), None)


def _value_in_cjk(numerals: str) -> int:
    if numerals.isdecimal():
        return int(numerals)
    value, digit = 0, 0
    for one in numerals:
        size = {"十": 10, "百": 100}.get(one)
        if size:
            value, digit = value + (digit or 1) * size, 0
        else:
            digit = _CJK_DIGITS[one]
    return value + digit


def _is_title(rest: str, kind: str) -> bool:
    """Whether what follows a number can be a title: no sentence goes on there, and none is run in."""
    title = rest.strip(_SEPARATOR)
    if not title:
        return True
    if title[:1].islower() or not (rest[0] in _SEPARATOR or kind in _IN_CJK.values()):
        return False
    if not rest.endswith(_STOPS) or title.isupper():
        return True
    return rest.endswith(".") and rest[0] != " " and (kind not in _RUN_IN or _has_capitals(title))


def _has_capitals(title: str) -> bool:
    return all(word[0].isupper() or word in _SMALL for word in title.split())
