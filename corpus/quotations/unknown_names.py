"""Names that nobody knows beside a quotation, and words in their place: “European - war” is no line of somebody's."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from corpus.language.tokens import tokens
from corpus.names.attributions import AttributionReader
from corpus.names.name_forms import NameForm, form_of_name, is_full_name_in_small_letters
from corpus.quotations.checked_quotation import CheckedQuotation, is_found
from corpus.quotations.parse import is_editorial
from corpus.quotations.token_index import TokenIndex

_MARKS = tuple("-—–―~:>)]")
_BEGINNING = tuple("-—–―~:>([")
_AROUND = "-—–―~:>()[] \t\n.,!?“”\"’'«»"
_MARKS_OF_TEXT = " “”\"‘’'"
_PARTS = re.compile(r"[—–―~:\n\t()\[\]“”\"«»]|(?<=\s)(?:-+|//|\|)(?=\s)")
"""What parts one frame from the next: “war — Lenin (1917)”."""
_BEHIND = tuple("-—–―~([")
_NO_WORD = re.compile(r"^\W+|\W+$")
_AS = re.compile(r"^as\s+")


def is_word_for_name(index: TokenIndex, checked: CheckedQuotation, message: str, reader: AttributionReader) -> bool:
    """Whether what was taken for an unknown name is a word where the text has another in the midst of a clause.

    Whoever quotes without marks begins and ends where a clause does.
    """
    claim = checked.claim
    if claim.is_marked or not is_found(checked):
        return False
    before, after = message[: claim.start], message[claim.end :]
    if _begins_within_clause(index, checked) and _ends_with_word(before, claim.speaker, reader.is_known):
        return True
    is_after = _ends_within_clause(index, checked)
    return is_after and (_names_nobody(after, reader) or _begins_with_word(after, claim.speaker, reader.is_known))


def is_name_within_clause(index: TokenIndex, checked: CheckedQuotation, message: str) -> bool:
    """Whether only a space parts a name from words with which no clause of the text ends: “the workers’ Lenin”."""
    claim = checked.claim
    after = message[claim.start + len(claim.words.rstrip()) :]
    gap = after[: len(after) - len(after.lstrip())]
    if not claim.speaker or claim.is_marked or not gap or "\n" in gap or not is_found(checked):
        return False
    name = _keys(claim.speaker)
    return _keys(after)[: len(name)] == name and after.lstrip()[:1].isalpha() and _ends_within_clause(index, checked)


def _ends_with_word(before: str, speaker: str, is_known: Callable[[str], bool]) -> bool:
    """Whether words before a quotation end with who is said to speak, or with a mark behind what may be a name."""
    name = _keys(speaker)
    if _may_be_words(speaker, is_known) and _keys(before)[-len(name) :] == name:
        return True
    *_, last = _PARTS.split(before.rstrip(_AROUND))
    return before.rstrip()[-1:] in _MARKS and _may_be_words(_NO_WORD.sub("", last), is_known)


def _begins_with_word(after: str, speaker: str, is_known: Callable[[str], bool]) -> bool:
    """The same of words behind it: “— war”, “as war”."""
    name, words = _keys(speaker), after.strip(_AROUND)
    if _may_be_words(speaker, is_known) and _keys(_AS.sub("", words))[: len(name)] == name:
        return True
    first = _NO_WORD.sub("", _PARTS.split(words)[0])
    return after.lstrip()[:1] in _BEGINNING and _may_be_words(first, is_known)


def _names_nobody(after: str, reader: AttributionReader) -> bool:
    """Whether a dash or a bracket behind a quotation leads to no name, date, title or note: “— never in the West”."""
    words = after.strip(_AROUND)
    leads = after.lstrip()[:1] in _BEHIND and any(map(str.isalpha, words)) and not is_editorial(words)
    return leads and not reader.read(_PARTS.split(words)[0])


def _may_be_words(name: str, is_known: Callable[[str], bool]) -> bool:
    """Whether a name that nobody knows is one word, or several without capitals and without a first name."""
    is_word = form_of_name(name) in (NameForm.SINGLE, NameForm.LOWER_CASE) and not is_full_name_in_small_letters(name)
    return is_word and not is_known(name)


def _begins_within_clause(index: TokenIndex, checked: CheckedQuotation) -> bool:
    first = checked.verdict.spans[0]
    return index.paragraph(first).words[: first.start].rstrip(_MARKS_OF_TEXT)[-1:].isalnum()


def _ends_within_clause(index: TokenIndex, checked: CheckedQuotation) -> bool:
    last = checked.verdict.spans[-1]
    return index.paragraph(last).words[last.end :].lstrip(_MARKS_OF_TEXT)[:1].isalnum()


def _keys(words: str) -> Sequence[str]:
    return [token.word for token in tokens(words)]
