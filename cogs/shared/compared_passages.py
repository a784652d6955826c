"""Passages to compare, by their references: `speech 4.2 and article 4.2`, `speech 4.2 vs 5.1`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from bot.core.context import Context
from bot.core.errors import Mistyped, UserError, user_error
from bot.core.reply import AnyPart, Button, Reply
from cogs.shared.chapters import chapter_from_words
from cogs.shared.quotations import quotes, text_heading
from cogs.shared.references import TextId, reference_from_words
from corpus.chapters import each_of_several, names_division
from corpus.corpus import Corpus
from corpus.errors import NotUnderstood
from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.phrasing import and_list
from corpus.language.small_words import FOREIGN_LINKS
from corpus.names.comparison_questions import compared_subjects
from corpus.names.place_requests import requested_place
from corpus.reference import Reference

_LONGEST: Final = 200
"""Characters of the longest list of references; nothing longer is looked at."""
_MOST: Final = 5
"""Passages that are compared with each other at most."""
_BETWEEN: Final = lazy_pattern(rf"; ?| (?:(?:and|to|with|against|or|vs\.?|{FOREIGN_LINKS}) )?", re.IGNORECASE)
_COMPARE: Final = lazy_pattern(r"^(?:compare|contrast) +(?=\S)", re.IGNORECASE)


def compared_passages(corpus: Corpus, typed: str) -> list[Reference]:
    """The two passages or more that the whole of `typed` names, in order; none where it does not.

    Raises UserError where they are references and one of them leads nowhere, and where it is one alone.
    """
    if not (any(map(str.isdigit, typed)) or names_division(typed)):
        return []  # most of what is looked up
    words = each_of_several(_COMPARE.sub("", " ".join(requested_place(typed).split())).rstrip("?!."))
    if len(words) > _LONGEST:
        return []
    fault: UserError | NotUnderstood | None = None
    lists = [compared_subjects(words)[: _MOST + 1], *_in_two(words)]
    for parts, is_last_named in (*((one, False) for one in lists), *((one, True) for one in lists)):
        try:
            found = _references(corpus, parts, _text_of_last(corpus, parts) if is_last_named else None)
        except (UserError, NotUnderstood) as error:
            fault = fault or error
        else:
            if 1 < len(found) == len(parts) <= _MOST:
                return found
    if fault and compared_subjects(words):
        raise fault if isinstance(fault, UserError) else user_error(fault)
    if alone := _references(corpus, [words]):
        raise _needs_another(corpus, alone[0])
    return []


def _needs_another(corpus: Corpus, one: Reference) -> Mistyped:
    """The error for a single passage, which is compared with nothing."""
    other = next((Reference(text, 1) for text in corpus.texts if text != one.text), Reference(one.text, 1))
    button = Button(f"Show {one}", "quote.show", str(one))
    return Mistyped(f"Please name another passage as well, for example: /compare {one} and {other}", [button])


def _in_two(words: str) -> Iterator[tuple[str, str]]:
    """The words parted at each space, with a small word there or without: people leave out what is between two."""
    for between in _BETWEEN.finditer(words):
        yield words[: between.start()], words[between.end() :]


def _references(corpus: Corpus, parts: Sequence[str], text: str | None = None) -> list[Reference]:
    """The references that all of the parts are, as far as they are some; one without a text is in that before it.

    The first is in `text`, if it names none.
    """
    found: list[Reference] = []
    for part in parts:
        one = _reference(corpus, part, found[-1].text if found else text)
        if one is None:
            break
        found.append(one)
    return found


def _text_of_last(corpus: Corpus, parts: Sequence[str]) -> str | None:
    """The text that is named behind all: that of "chapters 1 and 2 of reed"."""
    last = _reference(corpus, parts[-1]) if parts else None
    return last.text if last else None


def _reference(corpus: Corpus, part: str, text: str | None = None) -> Reference | None:
    named = TextId(text) if text else None
    return reference_from_words(corpus, part, named) or chapter_from_words(corpus, part, named)


def passages_reply(ctx: Context, passages: Sequence[Reference]) -> Reply:
    """Passages that were named by their references, one after the other, each under the heading of its text."""
    parts: list[AnyPart] = []
    text = ""
    for one in passages:
        parts += [] if one.text == text else [text_heading(ctx.corpus.texts[one.text])]
        parts += quotes(ctx.corpus, one)
        text = one.text
    contexts = (Button(f"Around {one}", "quote.context", str(one)) for one in passages)
    return Reply(and_list(map(str, passages)), tuple(parts), tuple(contexts))
