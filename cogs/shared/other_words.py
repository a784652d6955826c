"""Other words for what was typed, to look for where no passage has it: without markup, a date or a name in full."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Final

from bot.core.context import Context
from bot.core.reply import Button
from cogs.shared.lists import fits_button
from cogs.shared.references import TextId
from corpus.calendar import DateQuery
from corpus.corpus import Corpus
from corpus.date_reading import read_dates
from corpus.errors import NotUnderstood
from corpus.language.date_words import month_number
from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.tokens import tokens
from corpus.language.word_set import word_set
from corpus.names.place_requests import requested_place
from corpus.names.speaker_questions import speaker_question

_LONGEST: Final = 300
"""Characters; what is longer is looked for as it is."""
POLITE_WORDS: Final = frozenset({"please", "pls", "plz", "thanks", "thank", "thx", "bitte"})
_POLITE: Final = lazy_pattern(
    r"^(?:please|pls|plz)[ ,]+|[ ,]+(?:please|pls|plz|thanks|thank you|thx|bitte)[.!]*$", re.IGNORECASE
)
_IN_TEXT: Final = lazy_pattern(r"(?:(?:in|from|search) )?(?P<text>[^:]{1,60}):\s*(?P<words>.+)", re.IGNORECASE)
_FIRST: Final = lazy_pattern(r"\s*(?:in|from|according to)\s+", re.IGNORECASE)
_TITLE_WORDS: Final = 8
"""Words of a title that is named before others."""
_MARKUP: Final = frozenset("<>[]&\\`")


def texts_button(typed: str) -> tuple[Button, ...]:
    """A button that looks for words in the texts, where the notes have nothing about them; none for a number alone."""
    is_sought = fits_button(typed) and any(map(str.isalpha, typed))
    return (Button("Look in the texts", "quote.words", typed),) if is_sought else ()


def other_words(ctx: Context, typed: str, text: TextId | None) -> Iterator[tuple[str, TextId | None]]:
    """Words that may be meant by what was typed, the likeliest first, and the text to look for them in."""
    if len(typed) > _LONGEST:
        return
    bare = without_courtesy(without_markup(typed))
    if bare and bare != typed:
        yield bare, text
    if match := _IN_TEXT.fullmatch(bare):
        with suppress(NotUnderstood):
            yield match["words"], TextId.parse(match["text"], ctx.corpus)
    if _may_have_date(bare):
        with suppress(NotUnderstood):
            asked = read_dates(bare)
            if isinstance(asked, DateQuery) and asked.day:
                yield str(DateQuery(asked.year, asked.month, asked.day)), text
    people = ctx.corpus.finder.people(bare) if ctx.corpus.finder.has_person(bare) else ()
    if len(people) == 1:
        yield people[0].name.split()[-1], text
    if (requested := requested_place(bare)) != bare:
        yield requested, text
    about, named = without_text_name(ctx.corpus, bare, in_part=True)
    if named and not text:
        yield about, named


def without_text_name(corpus: Corpus, typed: str, *, in_part: bool = False) -> tuple[str, TextId | None]:
    """What was typed, without "in the speech" behind it, and the text that this names.

    With `in_part`, words that only this text has in its title or its author's name are enough; behind "by", in the
    latter.
    """
    for link in (" in ", " from ", " by ", " according to ") if len(typed) <= _LONGEST else ():
        about, _, place = without_courtesy(typed).rpartition(link) if link in typed else ("", "", "")
        if not about.strip():
            continue
        named = TextId.exact(place, corpus)
        if named is None and in_part:
            named = (TextId.only_by if link == " by " else TextId.only_with)(place, corpus)
        if named:
            return about.strip(), named
    return typed, None


def asked_of_text(corpus: Corpus, typed: str) -> tuple[str, TextId] | None:
    """What is asked of a text that is named first: “in the play, tea”, “what does it say about tea”, “reed tea”."""
    if len(typed) > _LONGEST or not corpus.text_names.may_be_in(typed):
        return None
    question, linked = speaker_question(typed), _FIRST.match(typed)
    if question and (named := corpus.text_names.or_author(question.name)):
        return question.topic, TextId(named)
    words = typed[linked.end() if linked else 0 :].split()
    for end in range(min(len(words) - 1, _TITLE_WORDS if linked else 1), 0, -1):
        if named := corpus.text_names.or_author(" ".join(words[:end]).rstrip(",:")):
            return " ".join(words[end:]), TextId(named)
    return None


def _may_have_date(words: str) -> bool:
    """Whether there is a figure or the name of a month: few words have one, and reading them as a date is slow."""
    return any(map(str.isdigit, words)) or any(month_number(one.word) for one in tokens(words))


def without_courtesy(typed: str) -> str:
    """What was typed, without "please" before it or "thanks" behind it."""
    if len(typed) > _LONGEST:
        return typed
    return typed.strip() if POLITE_WORDS.isdisjoint(word_set(typed)) else _POLITE.sub("", typed).strip()


def without_markup(typed: str) -> str:
    """The words without tags, links and mentions."""
    if _MARKUP.isdisjoint(typed) and "://" not in typed:
        return typed
    from corpus.quotations.markup import without_markup

    return without_markup(typed)
