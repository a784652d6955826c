"""References to passages, as `speech 4`, `speech 4.2` or `speech 4.2-3`, and in any other form that people write.

Several paragraphs, `speech 4-6`, are pages to read rather than one passage: a `ParagraphRange`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from msgspec import Struct

from corpus.language.date_words import ORDINAL_WORDS, ordinals_in_figures
from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.number_words import CARDINALS
from corpus.language.roman_numerals import roman_value
from corpus.language.tokens import folded

_LONGEST: Final = 120
"""Characters of the longest reference; nothing longer is looked at."""

_TEXT: Final = r"(?:the )?(?P<text>[a-z][a-z0-9'-]*(?: [a-z][a-z0-9'-]*){0,9}?)(?<! the)"
_MARK: Final = r"(?P<mark>\u00a7{1,2}|\u00b6{1,2}|#|(?:paragraph|para|par|absatz|abs|no|nr|n|p)(?![a-z])\.?)"
_ROMAN: Final = r"(?=[ivxl])(?:xl|l?x{0,3})(?:ix|iv|v?i{0,3})(?![a-z])"
_SENTENCE: Final = r"(?: ?[.:] ?|,? ?(?:sentences?|sent|satz|s|v)(?![a-z])\.? ?|, ?| )"
_PLACE: Final = (
    rf"(?:{_MARK} ?)?(?P<paragraph>\d{{1,6}}|{_ROMAN})(?: (?:paragraph|absatz))?"
    rf"(?:{_SENTENCE}(?P<first>\d{{1,6}})(?: sentence| satz)?"
    r"(?: ?(?:-|to|through|bis|and) ?(?:(?P<again>\d{1,6}) ?[.:] ?)?(?P<last>\d{1,6}))?)? ?-?\.?"
)
_GAP: Final = r"(?:[ ,:]+(?:the )?|(?<![0-9])\.|(?=[\u00a7\u00b6#])|(?<=[a-z])(?=[0-9]))"
_OF: Final = r"(?:,? (?:of |in |from |der |des )?| )"
_MARKS: Final = r"(?:\u00a7{1,2}|\u00b6{1,2}|#|(?:paragraphs?|paras?|pars?|absatze?|abs|nos?|nr|pp?)(?![a-z])\.?)"
_NUMBER: Final = rf"(?:\d{{1,6}}|{_ROMAN})"
_WITHIN: Final = r"(?: ?[.:] ?\d{1,6})?"  # a sentence: of several paragraphs it is left out
_PARAGRAPHS: Final = (
    rf"(?:(?P<mark>{_MARKS}) ?)?(?P<first>{_NUMBER}){_WITHIN} ?(?:-|to|until|through|bis) ?"
    rf"(?:{_MARKS} ?)?(?P<last>{_NUMBER}){_WITHIN}(?: (?:paragraphs|absatze))?\.?"
)


def _forms(place: str) -> tuple[re.Pattern[str], ...]:
    """A place alone, behind its text, and before it."""
    return tuple(lazy_pattern(form, re.ASCII) for form in (place, rf"{_TEXT}{_GAP}{place}", rf"{place}{_OF}{_TEXT}"))


_WRITTEN: Final = lazy_pattern(r"([a-z][a-z0-9-]*) ([0-9]{1,6})(?:\.([0-9]{1,6})(?:-([0-9]{1,6}))?)?")
_FORMS: Final = _forms(_PLACE)
_RANGE_FORMS: Final = _forms(_PARAGRAPHS)
_CARDINAL: Final = lazy_pattern(
    rf"(paragraph|sentence) ({'|'.join(sorted(CARDINALS, key=len, reverse=True))})(?![a-z])"
)
_ENDING: Final = lazy_pattern(r"(?<![0-9])([0-9]{1,3})(?:st|nd|rd|th)(?= (?:paragraph|sentence))")
_SENTENCE_FIRST: Final = lazy_pattern(
    r"^(?:the )?([0-9]{1,3}) sentence (?:of|in) (?:the )?(paragraph [0-9]{1,6}|[0-9]{1,6} paragraph)"
)
_BRACKETS: Final = str.maketrans("()[]", "    ")
_STROKE: Final = lazy_pattern("(?<=[0-9])/(?=[0-9])")
_SOME_MARK: Final = lazy_pattern(r"[()\[\]/]")
_BEFORE: Final = lazy_pattern(r"^(?:see|cf\.?|compare|vgl\.?|the(?= [0-9])) ")
_BEHIND: Final = lazy_pattern(r"(?<=[0-9]) ?(?:ff?\.?|et seq\.?)$")
_A_NUMBER: Final = lazy_pattern(r"\d|(?<![a-z])[ivxl]+(?![a-z])", re.ASCII)
NUMBER_WORDS: Final = frozenset((*CARDINALS, *ORDINAL_WORDS))


class Reference(Struct, frozen=True, order=True, cache_hash=True):
    """A paragraph (`first` is None), a sentence (`first` alone) or a range of sentences (`first` to `last`, included).

    Sentences and paragraphs count from 1. A reference says nothing of whether the text has so many:
    `Corpus.passages` does.
    """

    text: str
    paragraph: int
    first: int | None = None
    last: int | None = None

    @classmethod
    def read(cls, typed: str, text: str = "") -> Reference | None:
        """The reference that the whole of `typed` is, or None where it is none. Case and spacing do not matter.

        Its text is named as typed, without an article, in small letters. Where a place alone is typed ("4.2", "IV.2",
        "paragraph 4"), it is one in `text`; without a text it is no reference, and a bare number never is one.
        """
        words = _bare(typed)
        for form in _FORMS if words else ():
            if (match := form.fullmatch(words)) and (found := cls._of(match.groupdict(), text)):
                return found
        return None

    @classmethod
    def from_str(cls, written: str) -> Reference | None:
        """The reference that `str` writes so, in a quarter of the time of `read`; None where it writes none so."""
        match = _WRITTEN.fullmatch(written)
        if match is None:
            return None
        first, last = (int(digits) if digits else None for digits in match.group(3, 4))
        return cls(match[1], int(match[2]), first, last)

    @classmethod
    def _of(cls, parts: dict[str, str | None], text: str) -> Reference | None:
        paragraph = number_in_figures(parts["paragraph"] or "")
        first, last, again = (int(digits) if (digits := parts[name]) else None for name in ("first", "last", "again"))
        named = _text_name(parts, text if parts["mark"] or first is not None else "")
        if not named or again not in (None, paragraph):
            return None
        return cls(named, paragraph, first, None if last == first else last)

    def __str__(self) -> str:
        return f"{self.text} {self.place}"

    @property
    def place(self) -> str:
        """The reference without its text: `4`, `4.2` or `4.2-3`."""
        if self.first is None:
            return str(self.paragraph)
        return f"{self.paragraph}.{self.first}" + (f"-{self.last}" if self.last else "")

    def overlaps(self, other: Reference | ParagraphRange) -> bool:
        """Whether two passages share a sentence."""
        if isinstance(other, ParagraphRange):
            return other.overlaps(self)
        if self.context != other.context:
            return False
        if self.first is None or other.first is None:
            return True
        return self.first <= (other.last or other.first) and other.first <= (self.last or self.first)

    @property
    def context(self) -> Reference:
        """The paragraph it is in."""
        return Reference(self.text, self.paragraph)


class ParagraphRange(Struct, frozen=True):
    """Several paragraphs of a text, from `first` to `last`, both included."""

    text: str
    first: int
    last: int

    @classmethod
    def read(cls, typed: str, text: str = "") -> ParagraphRange | None:
        """The paragraphs that the whole of `typed` names, as `Reference.read` reads one; None where it names none.

        Where sentences are named too ("speech 4.2-5.1"), the paragraphs that they are in. `first` may be typed last.
        """
        words = _bare(typed)
        for form in _RANGE_FORMS if words else ():
            match = form.fullmatch(words)
            named = _text_name(match.groupdict(), text if match["mark"] else "") if match else ""
            if match and named:
                first, last = sorted((number_in_figures(match["first"]), number_in_figures(match["last"])))
                return cls(named, first, last) if first < last else None
        return None

    def __str__(self) -> str:
        return f"{self.text} {self.first}-{self.last}"

    def overlaps(self, other: Reference) -> bool:
        """Whether a passage is in one of the paragraphs."""
        return self.text == other.text and self.first <= other.paragraph <= self.last


def may_be_reference(typed: str) -> bool:
    """Whether what was typed has a number, and is not too long for a reference."""
    return bool(_bare(typed))


def _bare(typed: str) -> str:
    """What was typed, folded, with ordinal numbers in figures; nothing where it is too long, or has no number."""
    bare = " ".join(typed.split())
    return _in_figures(bare) if len(bare) <= _LONGEST else ""


def _may_have_number(bare: str) -> bool:
    """Whether there is a number, perhaps in words: of plain words most have none, which is soon known."""
    if not bare.isascii() or not bare.replace(" ", "").isalpha():
        return True
    return any(word in NUMBER_WORDS or not word.strip("ivxl") for word in bare.lower().split())


@lru_cache(maxsize=64)
def _in_figures(bare: str) -> str:
    # The same words are tried in several forms and in each text; what has no number matches none of them.
    if not _may_have_number(bare):
        return ""
    words = ordinals_in_figures(folded(bare))
    if "paragraph" in words or "sentence" in words:
        words = _CARDINAL.sub(lambda match: f"{match[1]} {CARDINALS[match[2]]}", _ENDING.sub(r"\1", words))
        words = _SENTENCE_FIRST.sub(r"\2, sentence \1", words)
    if not _A_NUMBER.search(words):
        return ""
    words = _STROKE.sub(".", words.translate(_BRACKETS)) if _SOME_MARK.search(words) else words
    return _BEHIND.sub("", _BEFORE.sub("", " ".join(words.split())))


def _text_name(parts: Mapping[str, str | None], default: str) -> str:
    """The text that is named, or the one that is meant.

    Nothing where the name ends like a number of its place, or begins with what is before a reference ("see", "the").
    """
    named = parts.get("text") or default
    *before, last_word = named.split() or [""]
    return "" if (before and re.fullmatch(_ROMAN, last_word)) or _BEFORE.match(f"{named} 0") else named


def number_in_figures(figures: str) -> int:
    """The value of figures, Arabic or Roman up to 89."""
    return int(figures) if figures.isdigit() else roman_value(figures)
