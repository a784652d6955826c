"""The words that are said of events, as the finder indexes them: names, dates, notes, and the passages on each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from corpus.note_model import Event, Notes
from corpus.reference import Reference
from corpus.text_model import Text


def said_of(event: Event, texts: Mapping[str, Text], notes: Notes) -> Iterator[str]:
    """All words by which an event may be remembered: of the notes, and of the passages that speak of it."""
    people = {person.id: person.name for person in notes.people}
    topics = {topic.id: topic.name for topic in notes.topics}
    yield from (*names_with_dates(event), event.note)
    yield from (people.get(person, "") for person in event.concerns)
    yield from (topics.get(topic, "") for topic in event.topics)
    yield from words_at(event.references, texts)


def words_at(references: Iterable[Reference], texts: Mapping[str, Text]) -> Iterator[str]:
    """The words of each passage."""
    return (texts[reference.text].words_at(reference) for reference in references)


def names_with_dates(event: Event) -> tuple[str, ...]:
    """The names of an event, and its own name with its dates."""
    dates = (event.date.new_style, event.date.old_style, *([event.until] if event.until else []))
    return event.name, *event.aliases, " ".join([event.name, *map(str, dates)])
