"""Chapters of a text, by number or heading, as people type them: `chapter 4`, `the second act`, `on the eve`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Final, NamedTuple

from corpus.language.date_words import ORDINAL, ordinals_in_figures
from corpus.language.division_words import DIVISION_OR_ABBREVIATION, KINDS, RANKS
from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.number_words import CARDINALS
from corpus.language.tokens import QUOTATION_MARKS, content_words, folded
from corpus.language.word_set import word_set
from corpus.reference import may_be_reference, number_in_figures
from corpus.text_model import Paragraph, Text

_LONGEST: Final = 120
"""Characters of the longest name of a chapter; nothing longer is looked at."""
_MOST: Final = 500
"""Headings that are looked at."""
_NUMBER: Final = rf"[0-9]{{1,3}}|[ivxl]{{1,7}}|{'|'.join(sorted(CARDINALS, key=len, reverse=True))}"
_LAST_WORDS: Final = ("very last", "last", "final", "letzte", "letzten", "letzter", "letztes")
_LAST: Final = -1
"""The number of what is asked for as the last of its kind."""
_NTH: Final = rf"[0-9]{{1,3}}(?:st|nd|rd|th)|{ORDINAL}|{'|'.join(_LAST_WORDS)}"
_FORM: Final = (
    rf"(?<![a-z])(?:(?P<kind>{DIVISION_OR_ABBREVIATION}) ?(?P<number>{_NUMBER})"
    rf"|(?P<nth>{_NTH}) (?P<of>{DIVISION_OR_ABBREVIATION}))(?![a-z0-9])"
)
_PART: Final = lazy_pattern(_FORM, re.IGNORECASE)
_KIND: Final = lazy_pattern(rf"(?<![a-z]){DIVISION_OR_ABBREVIATION}(?![a-z])", re.IGNORECASE)
KIND_WORDS: Final = frozenset(folded(kind).rstrip(".") for kind in KINDS)
_KIND_FIRST: Final = lazy_pattern(rf"^(?:the )?(?:{DIVISION_OR_ABBREVIATION}) (?=\S)")
_MAIN: Final = frozenset({"chapter", "part", "section", "book", "act", "canto"})
"""What a text may be divided into whose headings are numbers alone and name no kind of division."""
_COUNTED: Final = frozenset({"chapter", "section", "part"})
"""What the headings of a text may begin of which none has a number."""
_SEVERAL: Final = lazy_pattern(r"[;&]| (?:and|or|vs\.?|versus|to|with|against) ", re.IGNORECASE)
_ENDING: Final = lazy_pattern("(?:st|nd|rd|th)$")
_RANGE: Final = lazy_pattern(
    rf"(?<![a-z])(?P<kind>{DIVISION_OR_ABBREVIATION}) ?(?P<first>{_NUMBER}) ?"
    r"(?:(?P<to>[-\u2013]|to|through|until|bis)|and|und|&|,) ?"
    rf"(?:(?P<again>{DIVISION_OR_ABBREVIATION}) ?)?(?P<more>(?:{_NUMBER})"
    rf"(?:(?: ?, ?(?:and |und |& ?)?| (?:and|und|&) ?)(?:{_NUMBER}))*)"
    r"(?![a-z0-9])",
    re.IGNORECASE,
)
_EACH: Final = lazy_pattern(rf"(?<![a-z0-9])(?:{_NUMBER})(?![a-z0-9])", re.IGNORECASE)
_ROMAN_PAIR: Final = lazy_pattern(r"(?<![\w.])([IVX]{1,5})(?:[., ] ?)([ivx]{1,5})(?![\w.])", re.IGNORECASE)
_ALONE: Final = lazy_pattern(r"(?P<number>[0-9]{1,3}|[ivxl]{1,7})\.?")


class DivisionParts(NamedTuple):
    """What was typed: the numbers of a chapter, an act or the like, and what is around them."""

    before: str
    numbers: str
    behind: str


def chapter_place(text: Text, typed: str) -> int | None:
    """The place of the paragraph with which the chapter begins that was typed, from 0; None where there is none."""
    if len(typed) > _LONGEST:
        return None
    numbered, bare = _numbers_typed(folded(typed)), _PART.sub(" ", folded(typed))
    words = _stems(bare if numbered else _KIND_FIRST.sub("", bare))
    if not (numbered or words):
        return None
    headings = {place: _heading(text, place) for place in text.headings(0, _MOST)}
    if not numbered:
        return next((place for place, heading in headings.items() if words <= _stems(heading)), None)
    if not words and _are_unnumbered(text, headings):
        return _counted(list(headings), numbered)
    last = frozenset(kind for kind, number in numbered if number == _LAST)
    known = frozenset(one for one in numbered if one[1] != _LAST)
    found = (
        place
        for place, numbers in _numbers_of(headings)
        if known <= numbers | _addresses(text.paragraphs[place]) and words <= _stems(headings[place])
    )
    return _last_of_kinds(last, {place: headings[place] for place in found}) if last else next(found, None)


def _last_of_kinds(kinds: Set[str], headings: Mapping[int, str]) -> int | None:
    """The place where the last chapter, or what else is numbered, begins; several headings may have its number."""
    alone = _kinds_of_numbers_alone(headings.values())
    own = {place: _numbers_at_start(one, alone) for place, one in headings.items()}
    numbered = [(place, {one for one in numbers if one[0] in kinds}) for place, numbers in own.items()]
    numbered = [(place, numbers) for place, numbers in numbered if numbers]
    start = None
    for place, numbers in reversed(numbered):
        if numbers != numbered[-1][1]:
            break
        start = place
    return start


def _numbers_at_start(heading: str, kinds: Set[str]) -> frozenset[tuple[str, int]]:
    """The numbers with which a heading's lines begin: an appendix to chapter XII is not that chapter."""
    lines = [line.strip().removeprefix("the ") for line in heading.split("/")]
    begun = frozenset(one for line in lines if (match := _PART.match(line)) for one in _numbers(match[0]))
    return begun | _numbers_alone(lines[0], kinds)


def _are_unnumbered(text: Text, headings: Mapping[int, str]) -> bool:
    """Whether there are headings, and none of them has a number or is in what has one."""
    kinds = _kinds_of_numbers_alone(headings.values())
    numbers = (_own_numbers(one, kinds) or _addresses(text.paragraphs[place]) for place, one in headings.items())
    return bool(headings) and not any(numbers)


def _counted(places: Sequence[int], numbered: Set[tuple[str, int]]) -> int | None:
    """The place of the heading that comes so many-th."""
    [(kind, number), *others] = numbered
    if others or kind not in _COUNTED or not (number == _LAST or 0 < number <= len(places)):
        return None
    return places[-1 if number == _LAST else number - 1]


def chapter_end(text: Text, start: int, typed: str) -> int:
    """The place behind the last paragraph of the chapter that was typed and begins at the place `start`."""
    asked = [RANKS.index(kind) for kind, _ in _numbers_typed(folded(typed))]
    behind = [place for place in text.headings(start, _MOST) if place > start]
    headings = {place: _heading(text, place) for place in behind}
    if asked and not _are_unnumbered(text, {start: _heading(text, start), **headings}):
        kinds = _kinds_of_numbers_alone(headings.values())
        ranks = ((place, _rank(_own_numbers(heading, kinds))) for place, heading in headings.items())
        behind = [place for place, rank in ranks if rank <= max(asked)]
    return behind[0] if behind else len(text.paragraphs)


def titled_place(text: Text, typed: str) -> int | None:
    """The place of the paragraph below a heading of which the whole of `typed` is a line; None where there is none."""
    wanted = _title(typed) if len(typed) <= _LONGEST else ""
    for place in text.headings(0, _MOST) if wanted else ():
        heading = text.paragraphs[place].heading
        if wanted in map(_title, (*heading.split("\n"), heading)):
            return place
    return None


def first_of_several(typed: str, *, of_lists: bool = False) -> str:
    """What was typed, with the first chapter alone of a range, or of a list as well: "chapters 4-5" is "chapters 4"."""
    if len(typed) > _LONGEST or not _KIND.search(typed):
        return typed

    def first(match: re.Match[str]) -> str:
        of_one = _is_of_one_kind(match) and (match["to"] or of_lists)
        return f"{match['kind']} {match['first']}" if of_one else match[0]

    return _RANGE.sub(first, typed)


def each_of_several(typed: str) -> str:
    """What was typed, each of several chapters with its word: "chapters 4 and 5" is "chapters 4 and chapters 5"."""
    if len(typed) > _LONGEST or not _KIND.search(typed):
        return typed

    def each(match: re.Match[str]) -> str:
        kind = match["kind"]
        numbers = [match["first"], *_EACH.findall(match["more"])]
        return " and ".join(f"{kind} {one}" for one in numbers) if _is_of_one_kind(match) else match[0]

    return _RANGE.sub(each, typed)


def _is_of_one_kind(match: re.Match[str]) -> bool:
    """Whether both numbers are those of chapters: "act 2, scene 2" is one place."""
    return not match["again"] or KINDS[match["again"].lower()] == KINDS[match["kind"].lower()]


def act_and_scene(typed: str) -> str:
    """What was typed, with the words for the two Roman numbers of a scene: "II.ii" is "act II scene ii"."""
    may_be_one = len(typed) <= _LONGEST and may_be_reference(typed)
    return _ROMAN_PAIR.sub(r"act \1 scene \2", typed) if may_be_one else typed


def names_division(typed: str) -> bool:
    """Whether the number of a chapter, an act or the like was typed."""
    return _may_have_division(typed) and bool(_numbers_typed(folded(typed)))


def division_parts(typed: str) -> DivisionParts | None:
    """What was typed, taken apart at the number of a chapter or the like; None for others, and for several chapters."""
    found = [*_PART.finditer(typed)] if _may_have_division(typed) else []
    if not found:
        return None
    start, end = found[0].start(), found[-1].end()
    if _SEVERAL.search(typed[start:end]):
        return None
    return DivisionParts(typed[:start], typed[start:end], typed[end:])


def division_number(typed: str) -> int | None:
    """The number of the chapter or the like that was typed, where it is one."""
    numbers = {number for _, number in _numbers(folded(typed))}
    return numbers.pop() if len(numbers) == 1 else None


def is_number_alone(typed: str) -> bool:
    """Whether the number of a chapter or the like was typed, and no other word that says anything."""
    return names_division(typed) and not _stems(_PART.sub(" ", folded(typed)))


def without_kind(typed: str) -> str:
    """What was typed without the word for a chapter or the like before it, and the quotation marks around the rest."""
    return _KIND_FIRST.sub("", typed.lower()).strip(f'{QUOTATION_MARKS}"')


def _may_have_division(typed: str) -> bool:
    """Whether there is a word for a chapter or the like: most of what is looked up has none, which is soon known."""
    return len(typed) <= _LONGEST and not KIND_WORDS.isdisjoint(word_set(typed))


def _stems(words: str) -> frozenset[str]:
    return frozenset(one.stem for one in content_words(words))


def _title(words: str) -> str:
    return " ".join(folded(words).split()).removeprefix("the ").strip(' .,:;?!"')


def _numbers(words: str) -> frozenset[tuple[str, int]]:
    """The numbers in a folded heading, each with the kind of division that it numbers: chapter IV, second act."""
    return frozenset(one for one in _numbers_typed(words) if one[1] != _LAST)


def _numbers_typed(words: str) -> frozenset[tuple[str, int]]:
    """The same in folded words of somebody, who may also ask for the last chapter."""
    return frozenset(
        (KINDS[match["kind"] or match["of"]], _value(match["number"] or match["nth"]))
        for match in _PART.finditer(words)
    )


def _heading(text: Text, place: int) -> str:
    return folded(text.paragraphs[place].heading.replace("\n", " / "))


def _numbers_of(headings: Mapping[int, str]) -> Iterator[tuple[int, frozenset[tuple[str, int]]]]:
    """The numbers of each heading, with those of what it is in: a second scene is one of the act above it."""
    kinds = _kinds_of_numbers_alone(headings.values())
    above = frozenset[tuple[str, int]]()
    for place, heading in headings.items():
        own = _own_numbers(heading, kinds)
        above = frozenset(one for one in above if RANKS.index(one[0]) < _rank(own)) | own
        yield place, above


def _own_numbers(heading: str, kinds: Set[str]) -> frozenset[tuple[str, int]]:
    return _numbers(heading) | _numbers_alone(heading, kinds)


def _rank(numbers: Iterable[tuple[str, int]]) -> int:
    """The place of the widest kind that is numbered; behind all kinds where none is."""
    return min((RANKS.index(kind) for kind, _ in numbers), default=len(RANKS))


def _kinds_of_numbers_alone(headings: Iterable[str]) -> frozenset[str]:
    """What a heading that is only a number may number, beside others of the same text."""
    return frozenset({"chapter"}) if any(map(_numbers, headings)) else _MAIN


def _numbers_alone(heading: str, kinds: Set[str]) -> frozenset[tuple[str, int]]:
    """The same of a heading's lines that are nothing but a number.

    They are numbers of some kinds of division, and of those with which other lines begin: "Appendix to Chapter I / 1".
    """
    lines = [line.strip() for line in heading.split("/")]
    numbers = {_value(match["number"]) for match in map(_ALONE.fullmatch, lines) if match}
    own = {KINDS[match[0].lower()] for match in map(_KIND.match, lines) if match} if numbers else set()
    return frozenset((kind, number) for number in numbers for kind in kinds | own)


def _addresses(paragraph: Paragraph) -> frozenset[tuple[str, int]]:
    """The numbers of the divisions in which a paragraph is: of the act, too, where its heading has only the scene's."""
    return frozenset(
        (one.scheme, _value(one.value.lower()))
        for one in paragraph.addresses
        if one.start == 0 and _ALONE.fullmatch(one.value.lower())
    )


def _value(number: str) -> int:
    if number in _LAST_WORDS:
        return _LAST
    if number in CARDINALS:
        return CARDINALS[number]
    return number_in_figures(_ENDING.sub("", ordinals_in_figures(number)))
