"""Whole sentences: which sentences of a text can be asked about, or read alone, as a quiz and a daily fact do.

Texts that people add have more than sentences: lists of persons, stage directions, labels of speakers, signatures,
halves of quotations.
"""

from __future__ import annotations

from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.tokens import tokens

_OPENING = "“”„‟‘’‚\"'«»‹›「『¿¡"  # noqa: RUF001 - quotation marks of all languages.
_DOUBLE = '“”„‟"«»'
_END = lazy_pattern(rf"[.!?…。！？।؟][{_OPENING}」』)\]]*$")  # noqa: RUF001 - the full stops of all languages.
_LABEL = lazy_pattern(r"[^.:!?]{2,40}[.:](?=\s)")
_NOTE = lazy_pattern(r"\[\d+\]|[(\[](?i:see|cf|vgl|siehe|voir)\b")
"""The mark of a note, or where to see more."""
_POINTS_BACK_WORDS = """
he she it they him her them his hers its their theirs hes shes theyre theyve theyll theyd hed thats this that these
those such but and or nor so yet then thus therefore hence however also too otherwise meanwhile afterwards instead
nevertheless
"""
_POINTS_BACK = frozenset(_POINTS_BACK_WORDS.split())
_UNENDED = 9
"""Words that are a sentence even without its full stop; fewer are a title or an entry of a list."""
_BEGINNING = 60
"""Characters in which the first word of a sentence is."""


def is_whole_sentence(words: str) -> bool:
    """Whether words look like a sentence: no list, speaker's label, stage direction or title, and no mark of a note.

    Some editions lack the full stop of a sentence, so that many words in one line may end without it.
    """
    words = words.strip()
    first = words.lstrip(_OPENING)[:1]
    is_ended = has_full_stop(words) or _is_only_unended(words)
    if not first.isalpha() or first.islower() or not is_ended or _NOTE.search(words):
        return False
    label = _LABEL.match(words)
    return not words.isupper() and not (label and label[0].isupper() and len(label[0]) > len("U."))


def _is_only_unended(words: str) -> bool:
    is_in_line = "\n" not in words and (words[-1:].isalpha() or words.endswith(","))
    return is_in_line and len(words.split()) >= _UNENDED


def has_full_stop(words: str) -> bool:
    """Whether words end with a mark that ends a sentence."""
    return _END.search(words.rstrip()) is not None


def has_whole_quotations(words: str) -> bool:
    """Whether no quotation begins in words and ends elsewhere, or the other way round."""
    return sum(map(words.count, _DOUBLE)) % 2 == 0


def points_back(words: str) -> bool:
    """Whether a sentence begins with a word such as "he" or "but", so that it says little without those before it."""
    first = tokens(words[:_BEGINNING])[:1]
    return bool(first) and first[0].word in _POINTS_BACK
