"""Chapters of a text, by number or heading, as people type them: `chapter 4`, `act II, scene 1`, `on the eve`."""

from __future__ import annotations

from typing import Final

from corpus.language.division_words import DIVISION_OR_ABBREVIATION, DIVISIONS, KINDS
from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.number_words import CARDINALS
from corpus.language.tokens import content_words, folded
from corpus.reference import number_in_figures
from corpus.text_model import Text

_LONGEST: Final = 120
"""Characters of the longest name of a chapter; nothing longer is looked at."""
_MOST: Final = 500
"""Headings that are looked at."""
_NUMBER: Final = rf"[0-9]{{1,3}}|[ivxl]{{1,7}}|{'|'.join(sorted(CARDINALS, key=len, reverse=True))}"
_PART: Final = lazy_pattern(rf"(?<![a-z])(?P<kind>{DIVISION_OR_ABBREVIATION}) ?(?P<number>{_NUMBER})(?![a-z0-9])")
_ALONE: Final = lazy_pattern(r"(?P<number>[0-9]{1,3}|[ivxl]{1,7})\.?")


def chapter_place(text: Text, typed: str) -> int | None:
    """The place of the paragraph with which the chapter begins that was typed, from 0; None where there is none."""
    if len(typed) > _LONGEST:
        return None
    numbered, words = _numbers(folded(typed)), _stems(_PART.sub(" ", folded(typed)))
    if not (numbered or words):
        return None
    for place in text.headings(0, _MOST):
        heading = folded(text.paragraphs[place].heading.replace("\n", " / "))
        if numbered <= _numbers(heading) | _numbers_alone(heading) and words <= _stems(heading):
            return place
    return None


def names_division(typed: str) -> bool:
    """Whether the number of a chapter, an act or the like was typed."""
    return len(typed) <= _LONGEST and bool(_numbers(folded(typed)))


def _stems(words: str) -> frozenset[str]:
    return frozenset(one.stem for one in content_words(words))


def _numbers(words: str) -> frozenset[tuple[str, int]]:
    """The numbers in folded words, each with the kind of division that it numbers: chapter IV, act 2, scene one."""
    return frozenset((KINDS[match["kind"]], _value(match["number"])) for match in _PART.finditer(words))


def _numbers_alone(heading: str) -> frozenset[tuple[str, int]]:
    """The same of a heading's lines that are nothing but a number, which may be that of any kind of division."""
    lines = (_ALONE.fullmatch(line.strip()) for line in heading.split("/"))
    return frozenset((kind, _value(match["number"])) for match in lines if match for kind in DIVISIONS)


def _value(number: str) -> int:
    return CARDINALS[number] if number in CARDINALS else number_in_figures(number)
