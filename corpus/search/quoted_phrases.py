"""Quoted phrases: what somebody typed in quotation marks is to be found as it is, side by side."""

from __future__ import annotations

from typing import Final, NamedTuple

from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.tokens import APOSTROPHES, QUOTATION_MARKS, Phrase, content_words, stems, tokens
from corpus.search.boolean_query import AllOf, AnyOf

_MOST: Final = 8
"""Phrases of one line; the words of others are looked for like those outside of marks."""
_MOST_OTHERS: Final = 5
"""Words outside of marks: with more, somebody pasted a passage in which a voice is quoted."""
_MARK: Final = f'["{QUOTATION_MARKS}]'
_NO_MARK: Final = f'[^"{QUOTATION_MARKS}]'
# Inches have no letter before the next mark, and a mark that is never closed holds what is behind it.
_QUOTED: Final = lazy_pattern(rf"(?<!\w){_MARK}(?P<phrase>{_NO_MARK}*)(?:{_MARK}(?!\w)|$)")
_APOSTROPHE: Final = f"['{APOSTROPHES}]"
_IN_SINGLE: Final = rf"(?:[^'{APOSTROPHES}]|(?<=\w){_APOSTROPHE}(?=\w))+"
_SINGLE: Final = lazy_pattern(rf"\s*{_APOSTROPHE}(?P<phrase>{_IN_SINGLE}){_APOSTROPHE}\s*")
_SOME_MARK: Final = lazy_pattern(f"""["'{QUOTATION_MARKS}{APOSTROPHES}]""")
_ELISION: Final = lazy_pattern(r"\[?(?:…|\.\.\.+)\]?|(?<!\S)\*(?!\S)")
_MARKS: Final = lazy_pattern(_MARK)
_ASKING_WORDS: Final = """
ask asking check exact exactly find full get give help know line look mention mentioned mentions need origin passage
phrase phrases please pls quotation quotations quote quoted quotes said saying says say search sentence show source
tell text texts thank thanks want where word words write wrote
"""
_ASKING: Final = frozenset(_ASKING_WORDS.split())
"""Words that only ask for what the marks hold."""


class QuotedQuery(NamedTuple):
    """What was typed with quotation marks: the folded words of each phrase, and the other words, which may be none."""

    phrases: tuple[Phrase, ...]
    others: str = ""

    def lacking(self, sentence: str) -> tuple[str, ...]:
        """Those of the other words that a sentence has in no form."""
        own = stems(sentence)
        return tuple(self.others[one.start : one.end] for one in content_words(self.others) if one.stem not in own)

    @property
    def wanted(self) -> AnyOf:
        """The phrases, and the other words in any form."""
        return AnyOf((AllOf(self.others, self.phrases),))


def quoted_query(typed: str) -> QuotedQuery | None:
    """The query that was typed, or None where no quotation marks hold any words.

    The marks may be of any language, and an elision parts a phrase in two. With many words beside them it is a passage.
    """
    if not _SOME_MARK.search(typed):
        return None  # most of what is looked up
    single = _SINGLE.fullmatch(typed)
    held = [single["phrase"]] if single else [match["phrase"] for match in _QUOTED.finditer(typed)][:_MOST]
    parts = [words for phrase in held for words in phrases_within(phrase)]
    if not parts:
        return None
    rest = "" if single else _QUOTED.sub(" ", typed, count=_MOST)
    others = " ".join(without_marks(rest).split()).strip(" ,;.:!?-–—()")
    if len(content_words(others)) > _MOST_OTHERS:
        return None
    asked = any(one.word not in _ASKING for one in content_words(others))
    return QuotedQuery(tuple(dict.fromkeys(parts)), others if asked else "")


def without_marks(typed: str) -> str:
    """What was typed, without its quotation marks."""
    if not _SOME_MARK.search(typed):
        return typed
    single = _SINGLE.fullmatch(typed)
    return single["phrase"] if single else _MARKS.sub("", typed)


def phrases_within(quoted: str) -> tuple[Phrase, ...]:
    """The folded words of what marks hold: of several phrases where elisions part them, or stars between words."""
    parts = (tuple(token.word for token in tokens(part)) for part in _ELISION.split(quoted))
    return tuple(filter(None, parts))
