"""Topics: as completion offers them, and in titles; and the events of a person, who is a topic of their own."""

from __future__ import annotations

from bot.core.context import Context
from bot.core.reply import Choice
from cogs.shared.lists import MENU
from corpus.corpus import Corpus
from corpus.note_model import Event, Person


async def suggest_topics(ctx: Context, typed: str) -> list[Choice]:
    """The editors' topics, for a name or synonym half typed."""
    return [Choice(topic.name, topic.name) for topic in ctx.corpus.finder.suggest_topics(typed, MENU)]


def on_topic(corpus: Corpus, topic: str) -> str:
    """The end of a title, for a topic's id: " on Ways to peace"; nothing where there is no such topic."""
    return next((f" on {one.name}" for one in corpus.notes.topics if one.id == topic), "")


def events_of(corpus: Corpus, person: Person) -> list[Event]:
    """The events that concern a person, in order."""
    return [event for event in corpus.notes.events if person.id in event.concerns]
