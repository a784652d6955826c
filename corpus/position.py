"""Positions in a text: places that people name by the end they are next to, as "the last sentence of the speech"."""

from __future__ import annotations

from itertools import islice
from typing import Final

from msgspec import Struct

from corpus.language.alternation import phrases
from corpus.language.date_words import ordinals_in_figures
from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.number_words import CARDINALS
from corpus.language.tokens import folded
from corpus.reference import Reference
from corpus.text_model import Text

_LONGEST: Final = 120
"""Characters of the longest position; nothing longer is looked at."""
_FROM_END: Final = {"last but one": 2, "2 to last": 2, "next to last": 2, "penultimate": 2, "vorletzt": 2}
_WHICH: Final = (
    rf"(?P<which>{'|'.join(_FROM_END)}|(?:very )?last|final|closing|concluding|opening|letzt|[1-9][0-9]{{0,2}})"
    r"(?:st|nd|rd|th|en|er|e)?"
)
_UNIT: Final = r"(?P<unit>paragraph|absatz|sentence|satz|line|words)"
_SENTENCES: Final = ("sentence", "satz", "line", "words")
_OF: Final = r",? (?:of|in|from|der|des|von|im) (?:the |der |des )?(?P<of>.+)"
_BEHIND: Final = r"(?P<behind>,? (?:of|in|from|der|des|von|im|aus) .+)?"
"""The text, behind a place in one of its chapters: “chapter 2, second paragraph of reed”."""
_END: Final = r"(?P<end>end|ending|close|conclusion|ende|schluss)"
_START: Final = r"(?P<start>beginning|start|opening|anfang)"
_NUMBERED: Final = (
    r"(?:(?P<unit>paragraph|para|par|absatz|abs|sentence|satz)(?![a-z])\.?|[\u00a7\u00b6]) ?"
    rf"(?P<which>[1-9][0-9]{{0,3}}|{'|'.join(sorted(CARDINALS, key=len, reverse=True))})"
)
_FORMS: Final = tuple(
    map(
        lazy_pattern,
        (
            rf"(?:the |der |den )?{_WHICH} {_UNIT}(?:{_OF})?",
            rf"(?:the )?(?P<of>.+?)(?:'s)?,? (?:the )?{_WHICH} {_UNIT}{_BEHIND}",
            rf"(?:the |das |der )?(?:very )?(?:{_END}|{_START}){_OF}",
            rf"{_NUMBERED}{_OF}",
            rf"(?P<of>.+?)[ ,:]+{_NUMBERED}{_BEHIND}",
            r"how (?:does|did) (?:the )?(?P<of>.+?) (?:(?P<end>end|close|conclude|finish)|(?P<start>begin|start|open))",
        ),
    )
)
NAMES: Final = phrases("""
para, par., abs, \u00a7, \u00b6, sentence, satz, line, words, end, close, conclusion, schluss, beginning, start,
opening, anfang, how d
""")
"""One of which is in each of the forms."""
_DASHES: Final = lazy_pattern("(?<=[a-z0-9])-(?=[a-z0-9])")


class Position(Struct, frozen=True):
    """The `number`th paragraph or sentence of something, from its start or its end.

    `of` is what it is in, folded: a text, a reference, or nothing where it was not said. `is_edge`: it was called the
    beginning or the end, which not only a text has.
    """

    of: str
    number: int
    in_sentences: bool = False
    from_end: bool = False
    is_edge: bool = False

    @classmethod
    def read(cls, typed: str) -> Position | None:
        """The position that the whole of `typed` is, or None where it is not one."""
        if not cls.may_be(typed):
            return None
        bare = folded(typed).replace('"', "").rstrip(" .?!")
        words = _DASHES.sub(" ", ordinals_in_figures(bare))
        for form in _FORMS:
            if match := form.fullmatch(words):
                return cls._of(match.groupdict())
        return None

    @staticmethod
    def may_be(typed: str) -> bool:
        """Whether what was typed may be a position, which most of what is looked up is not."""
        return len(typed) <= _LONGEST and any(map(folded(typed).__contains__, NAMES))

    @classmethod
    def _of(cls, parts: dict[str, str | None]) -> Position:
        which, unit = parts.get("which") or "", parts.get("unit") or "paragraph"
        which = str(CARDINALS.get(which, which))
        number = int(which) if which.isdigit() else _FROM_END.get(which, 1)
        from_end = bool(parts.get("end")) if not which else not which.isdigit() and which != "opening"
        of, is_edge = f"{parts['of'] or ''}{parts.get('behind') or ''}", bool(parts.get("end") or parts.get("start"))
        return cls(of, number, unit in _SENTENCES, from_end, is_edge)

    def within(self, text: Text, places: range | None = None) -> Reference | None:
        """The passage at this position in a text, or in its paragraphs at some places; None where it has too few."""
        step = -1 if self.from_end else 1
        places = range(len(text.paragraphs)) if places is None else places
        # One by one: a text may have more paragraphs than should be read for one of them.
        paragraphs = (text.paragraphs[place] for place in places[::step])
        if self.in_sentences:
            found = (one for each in paragraphs for one, _ in [*each.sentences_in(text.id)][::step])
        else:
            found = (Reference(text.id, each.number) for each in paragraphs)
        return next(islice(found, self.number - 1, None), None)
