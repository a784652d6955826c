"""Topics: as completion offers them, and in titles; and the events of a person, who is a topic of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from bot.core.context import Context
from bot.core.reply import Choice
from cogs.shared.lists import MENU
from corpus.corpus import Corpus
from corpus.language.date_words import month_number
from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.phrasing import and_list
from corpus.language.small_words import FOREIGN_SMALL_WORDS
from corpus.language.tokens import Token, content_words, tokens
from corpus.names.index import name_stem
from corpus.note_model import Event, Person

_LONGEST: Final = 40
"""Characters of words that a button carries beside two dates and the number of a page."""

_THE_TEXTS: Final = lazy_pattern(r"\btexts?\b", re.IGNORECASE)


class NotedWords(NamedTuple):
    """Words that are no topic, but in names of events, in their notes or in their passages: a place, as a rule."""

    id: str
    name: str
    """The words as the notes or a passage have them."""


async def suggest_topics(ctx: Context, typed: str) -> list[Choice]:
    """The editors' topics, for a name or synonym half typed."""
    return [Choice(topic.name, topic.name) for topic in ctx.corpus.finder.suggest_topics(typed, MENU)]


def on_topic(corpus: Corpus, topic: str) -> str:
    """The end of a title, for a topic's id: " on Ways to peace"; nothing where there is no such topic."""
    return next((f" on {one.name}" for one in corpus.notes.topics if one.id == topic), "")


def events_of(corpus: Corpus, person: Person) -> list[Event]:
    """The events that concern a person, in order."""
    return [event for event in corpus.notes.events if person.id in event.concerns]


def note_scope(corpus: Corpus, note: str) -> str:
    """The texts of which a note says something, where it calls them “the texts” and there are more; else nothing."""
    known = corpus.finder.dated_texts
    names = [text.name for text in corpus.texts.values() if text.id in known]
    return f"On {and_list(names)}: " if 0 < len(names) < len(corpus.texts) and _THE_TEXTS.search(note) else ""


def noted_words(corpus: Corpus, typed: str) -> NotedWords | None:
    """The words of what was typed, where all of them are said of some event; None for others, and for dates."""
    words = [one.word for one in content_words(typed)] if len(typed) <= _LONGEST else []
    if FOREIGN_SMALL_WORDS.issuperset(words):
        return None
    if not (corpus.finder.event_called(typed) or all(map(_is_no_date, tokens(typed)))):
        return None
    asked = NotedWords(" ".join(words), "")
    found = events_with(corpus, asked)
    name = next(filter(None, (_as_written(said, words) for said in _said_of(corpus, found[0]))), "") if found else ""
    return asked._replace(name=name) if name else None


def events_with(corpus: Corpus, words: NotedWords) -> list[Event]:
    """The events that are named so, and those that have the words in their notes or passages; in order."""
    called = corpus.finder.event_called(words.id)
    about = (*corpus.finder.events_about(words.id), *corpus.finder.events_mentioning(words.id))
    found = {one.id for one in ((called,) if called else about)}
    return [one for one in corpus.notes.events if one.id in found]


def _is_no_date(token: Token) -> bool:
    return token.word.isalpha() and month_number(token.word) is None


def _said_of(corpus: Corpus, event: Event) -> Iterator[str]:
    yield from (event.name, *event.aliases, event.note)
    yield from (corpus.texts[one.text].words_at(one) for one in event.references)


def _as_written(said: str, words: list[str]) -> str:
    """The words as they stand in what is said, side by side; empty where they do not."""
    asked, there = [name_stem(word) for word in words], list(tokens(said))
    stems = [name_stem(one.word) for one in there]
    for start in range(len(stems) - len(asked) + 1):
        if stems[start : start + len(asked)] == asked:
            return said[there[start].start : there[start + len(asked) - 1].end]
    return ""
