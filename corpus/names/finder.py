"""Finder: people, events, facts and topics by what somebody typed: a name, an alias, a date, other words.

Slips are forgiven, but never in a number: another date is another date.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from functools import cached_property
from typing import Literal, NamedTuple

from corpus.date_reading import read_dates
from corpus.errors import NotUnderstood
from corpus.language.alternation import any_of
from corpus.language.caching import word_cache
from corpus.language.cyrillic import has_cyrillic, respelt, transliterated
from corpus.language.date_words import is_month_name
from corpus.language.english import STOP_WORDS
from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.negations import EXCLUDING
from corpus.language.small_words import ABOUT, THE, is_telling
from corpus.language.tokens import Phrase, folded
from corpus.names.event_dates import EventDates
from corpus.names.event_synonyms import (
    beside_names,
    same_event,
    without_foreign_article,
    without_foreign_small_words,
    without_phase,
)
from corpus.names.event_words import names_with_dates, said_of, words_at
from corpus.names.index import NameIndex, all_folded_words, folded_words, ordinal_pairs, unique
from corpus.names.people import PersonNames, same_office, without_titles
from corpus.names.quotation_requests import quotation_request
from corpus.names.regnal_numbers import is_other_ruler, numbered_names, rulers_named
from corpus.note_model import Event, Fact, Notes, Person, Topic
from corpus.text_model import Text

_OF_NAMES = frozenset(("the", "a", "an", "of", "from", "who", "in", "our"))
_INITIALS = re.compile(r"\b[^\W\d_]\.")
_LONGEST = 300  # characters of a name
_KEPT = 2_000  # words in memory
_NEAR = 5  # events or people that may have been meant
_BEFORE_TOPIC = lazy_pattern(rf"(?:{any_of(ABOUT)} (?:{THE})?|{THE})")


class _PartOfName(NamedTuple):
    """What a word can be in a person's name: a surname; a word of some name; no word that is in none."""

    is_surname: bool
    is_in_names: bool
    is_known: bool


class Finder:
    """Finds what the notes know. Several things found come best first, else in the order of the notes."""

    def __init__(self, texts: Mapping[str, Text], notes: Notes) -> None:
        self._texts, self._notes = texts, notes

    # Each index is made when it is first asked for: all of them take longer than the rest of a start.

    @cached_property
    def people_by_form(self) -> PersonNames:
        return PersonNames(self._notes.people)

    @cached_property
    def _people(self) -> NameIndex[Person]:
        return NameIndex(self._notes.people, lambda person: (person.name, *person.aliases, person.id))

    @cached_property
    def _people_notes(self) -> NameIndex[Person]:
        return NameIndex(self._notes.people, lambda person: (f"{person.name} {person.note}",))

    @cached_property
    def _topics(self) -> NameIndex[Topic]:
        return NameIndex(self._notes.topics, lambda topic: (topic.name, *topic.synonyms, topic.id))

    @cached_property
    def _events(self) -> NameIndex[Event]:
        return NameIndex(self._notes.events, lambda event: (event.name, *event.aliases, event.id))

    @cached_property
    def _dated(self) -> NameIndex[Event]:
        return NameIndex(self._notes.events, names_with_dates)

    @cached_property
    def _said(self) -> NameIndex[Event]:
        return NameIndex(self._notes.events, lambda event: (self._all_said_of(event),))

    @cached_property
    def _facts(self) -> NameIndex[Fact]:
        texts = self._texts
        return NameIndex(self._notes.facts, lambda fact: (" ".join((fact.words, *words_at(fact.references, texts))),))

    @cached_property
    def event_dates(self) -> EventDates:
        """The events by their dates."""
        return EventDates(self._notes.events)

    @cached_property
    def compared_texts(self) -> frozenset[str]:
        """The texts that the editors compared by topics."""
        return frozenset(one.text for topic in self._notes.topics for one in topic.references)

    @cached_property
    def dated_texts(self) -> frozenset[str]:
        """The texts in which the editors looked for events."""
        return frozenset(one.text for event in self._notes.events for one in event.references)

    def load(self, words: Collection[str] = ()) -> None:
        """Makes all indexes, and finds out what few words could be in names: it takes a while."""
        for index in (self._people, self._topics, self._events, self._dated, self._said):
            index.load()
        self.event_dates.load()
        _ = self.people("nobody"), self.topic("nothing")
        quotation_request("streamlined")  # no request: all patterns are tried, which takes ten milliseconds once
        for word in words if len(words) < _KEPT else ():
            _ = self._topics.nearly_exact((word,)), self.may_name(word)  # or whoever asks for it first would wait

    def events(self, typed: str) -> tuple[Event, ...]:
        """The events of a date or of a range of dates, or of a name, a person or a topic; best first.

        Raises NotUnderstood for a date that does not exist.
        """
        asked = read_dates(typed)
        return self.event_dates.on(asked) if asked else self.events_about(typed)

    def events_about(self, typed: str) -> tuple[Event, ...]:
        """The events of a name, a person or a topic; best first."""
        words = without_foreign_article(folded_words(typed))
        if self.names_other_ruler(words):
            return ()
        if found := self._events_about(words) or self._events_about(without_phase(words)):
            return found
        telling = without_foreign_small_words(words)
        same = () if telling == words else self._events_about(telling)
        same = same or unique(*map(self._events.whole_or_partial, same_event(telling)))
        if found := same or self._events_with_somebody(words):
            return found
        return () if self._said.partial(words) else self._events_about(self._events.correct(words), corrected=True)

    def _events_with_somebody(self, words: Phrase) -> tuple[Event, ...]:
        """The events that are named beside somebody who had a part in them: "Trotsky was killed by Mercader"."""
        for name, rest in beside_names(words):
            people = {person.id for person in self._people.exact(name)}
            events = (
                self._events.partial(rest) or unique(*map(self._events.partial, same_event(rest))) if people else ()
            )
            if found := tuple(event for event in events if people.intersection(event.concerns)):
                return found
        return ()

    def event_named(self, typed: str) -> Event | None:
        """The event of this name, or the only one with the words in some name or its own; None where there are more."""
        words = folded_words(typed)
        ways = (self._events.exact(words), self._events.partial(words), self._events.own_names_with(words))
        return next((found[0] for found in ways if len(found) == 1), None)

    def event_called(self, name: str) -> Event | None:
        """The only event with this name, whole; None where there is none, or more."""
        found = self._events.exact(folded_words(name))
        return found[0] if len(found) == 1 else None

    def life_event(self, person: Person, name: Literal["birth", "death"]) -> Event | None:
        """The event that is somebody's birth or death by its name."""
        return next((one for one in self._events.own_names_with((name,)) if person.id in one.concerns), None)

    def events_mentioning(self, typed: str) -> tuple[Event, ...]:
        """The events that have all the words in their notes or passages.

        An ordinal number is one of the thing it is typed before: a first congress is not the second one.
        """
        words = folded_words(typed)
        if self.names_other_ruler(words):
            return ()
        found = self._said.partial(words) or self._said.partial(self._said.correct_content(words))
        return tuple(
            event
            for event in found
            if ordinal_pairs(words) <= ordinal_pairs(all_folded_words(self._all_said_of(event)))
        )

    def facts_mentioning(self, typed: str) -> tuple[Fact, ...]:
        """The facts that have all the words, in themselves or in the passages they rest on."""
        words = folded_words(typed)
        return self._facts.partial(words) or self._facts.partial(self._facts.correct_content(words))

    def topic(self, typed: str) -> Topic | None:
        """The topic that has this name or synonym, with or without an article, and “about” in another language."""
        found = self._topics.nearly_exact(folded_words(typed))
        if not found and (before := _BEFORE_TOPIC.match(typed := folded(typed))):
            found = self._topics.nearly_exact(folded_words(typed[before.end() :]))
        return found[0] if found else None

    def events_of_topic(self, topic: Topic) -> list[Event]:
        """The events of a topic and, where it has somebody's name, those that concern them; in order."""
        people = {person.id for person in self._people.exact(folded_words(topic.name))}
        return [one for one in self._notes.events if topic.id in one.topics or people.intersection(one.concerns)]

    def near_topics(self, typed: str) -> tuple[Topic, ...]:
        """Topics that somebody may have meant: with these words, or some of them, in their names."""
        words = self._topics.correct(folded_words(typed))
        return unique(self._topics.partial(words), self._topics.sharing_a_word(words))

    def near_events(self, typed: str) -> tuple[Event, ...]:
        """Events that somebody may have meant: with some of the words in what is said of them, the rarest first."""
        words = self._said.correct([word for word in folded_words(typed) if is_telling(word)])
        telling = [word for word in words if not is_month_name(word)]  # but in a name it tells: the October Revolution
        return unique(self._events.closest(words, _NEAR), self._said.closest(telling, _NEAR))[:_NEAR]

    def near_people(self, typed: str) -> tuple[Person, ...]:
        """People that somebody may have meant: with all the words in their note, then with some in their names."""
        words = folded_words(typed)
        with_note = sorted(
            unique(*map(self._people_notes.partial, same_office(words))), key=lambda person: not person.life
        )
        return unique(with_note, self._people.closest(self._people.correct(words), _NEAR))[:_NEAR]

    def people(self, typed: str) -> tuple[Person, ...]:
        """The people of this name, in any usual form of it, or with it in their name; titles do not matter."""
        words = folded_words(typed)
        if not EXCLUDING.isdisjoint(words) or self.names_other_ruler(words):
            return ()
        named = self._people_named(words) or self.people_by_form.match(typed).certain
        if not named and (has_cyrillic(typed) or "itsch" in typed):
            named = self._people_named(folded_words(respelt(transliterated(typed).lower())))
        return named or self._people_named(words, corrected=True) or rulers_named(words, self.people)

    def names_other_ruler(self, words: Phrase) -> bool:
        """Whether a ruler's name is among the words with another number: Nicholas I is not Nicholas II."""
        return any(is_other_ruler(name, number, self.people) for name, number in numbered_names(words))

    def has_person(self, name: str) -> bool:
        """Whether the name, whole, is somebody's in any usual form."""
        words = name[:_LONGEST].split()
        parts = [self._part_of_name(word) for word in words]
        has_surname = any(part.is_surname for part in parts)
        may_match = has_surname and (not name.isascii() or all(map(self._may_be_beside_surname, words)))
        if not may_match and not all(part.is_known for part in parts):
            return False  # mostly: to take a name apart takes thirty times as long
        if any(word in STOP_WORDS and word not in _OF_NAMES for word in folded_words(_INITIALS.sub("", name))):
            return False
        return bool(self._people.exact(folded_words(name)) or (may_match and self.people_by_form.match(name).certain))

    def has_words_of(self, person: Person) -> bool:
        """Whether somebody of this name speaks in a text, or is quoted there."""
        ids, names = self._speakers
        return person.id in ids or not names.isdisjoint(map(folded, (person.name, *person.aliases)))

    @cached_property
    def _speakers(self) -> tuple[frozenset[str], frozenset[str]]:
        """The ids of those who speak in the texts, where the notes know them, and the names of all, folded."""
        speakers = {one for text in self._texts.values() for one in text.speakers()}
        return frozenset(one.person for one in speakers if one.person), frozenset(folded(one.name) for one in speakers)

    def may_name(self, word: str) -> bool:
        """Whether a word may be a part of some name that `has_person` knows: a quick test that most words fail."""
        part = self._part_of_name(word)
        return part.is_surname or part.is_in_names

    @cached_property
    def _part_of_name(self) -> Callable[[str], _PartOfName]:
        return word_cache(_KEPT)(self._read_part)

    def _read_part(self, word: str) -> _PartOfName:
        # In small letters, as US is the country only where not all that was typed is in capitals.
        words = folded_words(word.lower())
        known = list(map(self._people.has_stem, words))
        is_known = all(is_known or word in STOP_WORDS for word, is_known in zip(words, known, strict=True))
        return _PartOfName(self.people_by_form.has_surname(word), any(known), is_known)

    @cached_property
    def _may_be_beside_surname(self) -> Callable[[str], bool]:
        return word_cache(_KEPT)(self.people_by_form.may_be_part)

    def suggest_events(self, typed: str, limit: int = 25) -> tuple[Event, ...]:
        """Events for words or a date half typed."""
        return unique(self._dated.prefixed(folded_words(typed)), self._tried(typed))[:limit]

    def suggest_topics(self, typed: str, limit: int = 25) -> tuple[Topic, ...]:
        """Topics for words half typed."""
        words = folded_words(typed)
        return unique(self._topics.prefixed(words), self.near_topics(typed))[:limit]

    def suggest_people(self, typed: str, limit: int = 25) -> tuple[Person, ...]:
        """People for a name half typed."""
        words = folded_words(typed)
        return unique(self._people.prefixed(words), self.people(typed))[:limit]

    def _tried(self, typed: str) -> tuple[Event, ...]:
        try:
            return self.events(typed) or self.events_mentioning(typed)
        except NotUnderstood:
            return ()

    def _people_named(self, words: Phrase, *, corrected: bool = False) -> tuple[Person, ...]:
        name = without_titles(words)
        name = self._people.correct(name) if corrected else name
        return self._people.exact(name) or self._people.partial(name)

    def _events_about(self, words: Phrase, *, corrected: bool = False) -> tuple[Event, ...]:
        """Those of this name; or with it in a name, of this person or topic. A number alone is not part of a name."""
        if all(word.isdecimal() or word in STOP_WORDS for word in words):
            return self._events.exact(words)
        people = self._people_named(words, corrected=corrected)
        ids = {person.id for person in people}
        of_people = [event for event in self._notes.events if ids.intersection(event.concerns)]
        # A person's topic is wider than the person: not all about the last years in exile is about Mercader.
        topics = set() if of_people else {topic.id for topic in self._topics.exact(words)}
        of_topics = [event for event in self._notes.events if topics.intersection(event.topics)]
        about = unique(self._events.partial(words), of_people, of_topics)
        if any(person.life for person in people):
            about = self._events.in_order(about)  # as a reader expects a life; of parties and topics, the best first
        return self._events.exact(words) or about or self._dated.partial(words)

    def _all_said_of(self, event: Event) -> str:
        return " ".join(said_of(event, self._texts, self._notes))
