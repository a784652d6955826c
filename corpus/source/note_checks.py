"""Validation of what the notes say: held against the passages that they show, against dates and against each other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import chain
from typing import NamedTuple

from corpus.date_reading import read_date
from corpus.errors import Fault, NotUnderstood
from corpus.language.tokens import folded, stems, tokens
from corpus.note_model import Event, Notes
from corpus.source.anchors import Place, locate
from corpus.source.note_forms import (
    Anchor,
    Entries,
    EventEntry,
    HighlightEntry,
    PersonEntry,
    QuestionEntry,
    QuotationEntry,
    TermEntry,
    VoiceEntry,
)
from corpus.source.toml_file import Entry
from corpus.text_model import Text

_FEWEST_WORDS = 8
_THINGS = frozenset({"they", "them", "their", "this", "that", "thats", "these"})
_BACKWARD = _THINGS | {"he", "she", "him", "her", "his", "such"}
"""First words that point back to a sentence which is not shown."""
_QUOTED = re.compile(r"[“„\"«]([^“”„\"«»]+)[”“\"»]")
_MOMENTS = frozenset(
    {"abdicates", "abdication", "appointed", "arrival", "arrives", "becomes", "birth", "born", "death", "dies"}
    | {"elected", "expelled", "expulsion", "founded", "founding", "funeral"}
)
_STATES = frozenset({"career", "exile", "hiding", "office", "reign", "rule", "tenure"})
_A_YEAR, _A_MONTH = 366, 31
_SAME_DATE = 2
"""Date questions that may have the same answer: with more, whoever types it always is right too often."""


class _Passages(NamedTuple):
    """The words that an entry's anchors show, and those of all texts, as they are compared with quotations."""

    texts: Mapping[str, Text]
    everything: str

    def shown(self, anchors: Iterable[Anchor]) -> str | None:
        """The sentences of the anchors; None where one has no place, which is a fault of its own."""
        places = [locate(self.texts, anchor) for anchor in anchors]
        found = [place.sentences for place in places if isinstance(place, Place)]
        return "\n".join(found) if len(found) == len(places) else None


def note_faults(texts: Mapping[str, Text], entries: Entries, notes: Notes) -> Iterator[Fault]:
    """Every fault in what the notes say."""
    words = (paragraph.words for text in texts.values() for paragraph in text.paragraphs)
    passages = _Passages(texts, folded("\n".join(words)))
    for fact in entries.facts:
        yield from _proof_faults(passages, fact, fact.form.anchors, fact.form.words)
    for question in entries.questions:
        asked = f"{question.form.ask}\n{question.form.answer}"
        yield from _proof_faults(passages, question, question.form.anchors, asked)
    yield from _note_quotation_faults(passages, entries)
    events = {event.id: event for event in notes.events}
    for event in entries.events:
        yield from _silence_faults(event)
        yield from _bounds_faults(event)
        if event.form.id in events:
            yield from _name_faults(event, events[event.form.id])
            yield from _heading_faults(texts, event, events[event.form.id])
    yield from chain.from_iterable(map(_silence_faults, entries.people))
    yield from chain.from_iterable(map(_interjection_faults, entries.voices))
    yield from _repetition_faults(entries.questions)
    yield from _glossary_faults(passages, entries.glossary)
    yield from _elsewhere_faults(texts, entries.elsewhere)
    yield from _highlight_faults(texts, entries.highlights)


def _proof_faults(passages: _Passages, entry: Entry[object], anchors: Iterable[Anchor], said: str) -> Iterator[Fault]:
    """What a fact or a question quotes is in the passages that it shows, which can be read by themselves."""
    shown = passages.shown(anchors)
    if shown is None:
        return
    yield from _quotation_faults(entry, said, folded(shown), "the passages that it shows: widen its anchors")
    first = tokens(shown)[0].word
    if first in _THINGS:
        yield entry.fault(f"its passage begins with “{first}”, which points back to what is not shown", "anchors =")


def _note_quotation_faults(passages: _Passages, entries: Entries) -> Iterator[Fault]:
    """What the editors quote in their notes is in one of the texts."""
    notes: list[tuple[Entry[object], str]] = [(topic, topic.form.comparison) for topic in entries.topics]
    notes += [(person, person.form.note) for person in entries.people]
    notes += [(event, event.form.note) for event in entries.events]
    notes += [(fact, fact.form.note) for fact in entries.facts]
    notes += [(question, question.form.note) for question in entries.questions]
    notes += [(voice, voice.form.note) for voice in entries.voices]
    notes += [(term, term.form.note) for term in entries.glossary]
    for entry, note in notes:
        yield from _quotation_faults(entry, note, passages.everything, "any of the texts")


def _quotation_faults(entry: Entry[object], said: str, words: str, where: str) -> Iterator[Fault]:
    for quoted in _QUOTED.findall(said):
        if folded(quoted).rstrip(" .,;:!?") not in words:
            yield entry.fault(f"“{quoted}” is not in {where}", quoted, *quoted.split()[:1])


def _silence_faults(entry: Entry[PersonEntry] | Entry[EventEntry]) -> Iterator[Fault]:
    if not entry.form.anchors and not entry.form.note:
        yield entry.fault("without anchors it needs a note that says why it is here", "anchors =")


def _bounds_faults(entry: Entry[EventEntry]) -> Iterator[Fault]:
    """Whoever sets an end that is no day says whether others set it there too: questions put events in order by it."""
    form = entry.form
    if form.dated_by == "editors" and form.until and form.until.count("-") < 2 and form.bounds is None:
        yield entry.fault("say whether its `bounds` are certain or disputed, as its end is not a day", "until =")


def _name_faults(entry: Entry[EventEntry], event: Event) -> Iterator[Fault]:
    """A name or alias names no other time than the event's."""
    last = (event.until or event.date).last
    days = (last - event.date.first).days + 1
    for name in (event.name, *event.aliases):
        words = {token.word for token in tokens(name)}
        if days > _A_YEAR and words & _MOMENTS:
            yield entry.fault(f"“{name}” names a moment, but the event lasts for years", f'"{name}"')
        if days <= _A_MONTH and words & _STATES:
            yield entry.fault(f"“{name}” names what lasts, but the event is over within a month", f'"{name}"')
        if any(not _is_within(typed, event, last) for typed in _dates_in(name)):
            yield entry.fault(f"“{name}” names another date than {event.date}", f'"{name}"')


def _dates_in(name: str) -> Iterator[str]:
    """The dates in a name, the longest first, none inside another."""
    words = name.split()
    taken: set[int] = set()
    for length in (3, 2, 1):
        for start in range(len(words) - length + 1):
            places = set(range(start, start + length))
            window = " ".join(words[start : start + length]).strip(",.")
            if not places & taken and _is_date(window):
                taken |= places
                yield window


def _is_date(typed: str) -> bool:
    try:
        return read_date(typed) is not None
    except NotUnderstood:
        return False


def _is_within(typed: str, event: Event, last: date) -> bool:
    query = read_date(typed)
    if query is None or query.matches(event.date) or (event.until and query.matches(event.until)):
        return True
    interval = query.as_interval()
    return interval is not None and event.date.first <= interval[0] and interval[1] <= last


def _heading_faults(texts: Mapping[str, Text], entry: Entry[EventEntry], event: Event) -> Iterator[Fault]:
    """The date of a heading is the date of a text that speaks of the event."""
    dates = {texts[one.text].date for one in event.references if one.text in texts}
    if event.dated_by == "heading" and event.date not in dates:
        yield entry.fault(f"{event.date} is not the date of a text that it is anchored in", "date =")


def _interjection_faults(entry: Entry[VoiceEntry]) -> Iterator[Fault]:
    """Who shouts does not say “shouts someone”: the words around a shout are somebody else's."""
    words = entry.form.anchor.words
    rest = _QUOTED.sub("", words)
    if entry.form.kind == "interjection" and rest != words and tokens(rest):
        reason = f"“{rest.strip(' ()')}” is not shouted: the whole is a stage direction, the shout a quotation in it"
        yield entry.fault(reason, "anchor")


def _repetition_faults(entries: Iterable[Entry[QuestionEntry]]) -> Iterator[Fault]:
    """No question is asked twice in other words, and no date answers too many."""
    first: dict[tuple[object, ...], int] = {}
    dates: Counter[str] = Counter()
    for entry in entries:
        form = entry.form
        line = first.setdefault((form.kind, form.anchors, form.answer.casefold()), entry.line)
        if line != entry.line:
            yield entry.fault(f"the question of line {line} has the same passage and answer", "anchors =")
        dates[form.answer] += form.kind == "date"
        if dates[form.answer] == _SAME_DATE + 1:
            yield entry.fault(f"“{form.answer}” answers more than {_SAME_DATE} date questions", "answer =")


def _glossary_faults(passages: _Passages, entries: Iterable[Entry[TermEntry]]) -> Iterator[Fault]:
    """A term is in the passages that show it, in one of its forms, and is explained once."""
    first: dict[tuple[str, ...], Entry[TermEntry]] = {}
    for entry in entries:
        shown = passages.shown(entry.form.anchors)
        if shown and not any(_row(stems(word)) in _row(stems(shown)) for word in entry.form.words):
            yield entry.fault(f"“{entry.form.words[0]}” is not in the passages that it shows", "anchors =")
        for word in entry.form.words:
            other = first.setdefault(stems(word), entry)
            if other is not entry:
                yield entry.fault(f"“{word}” is explained in the entry of line {other.line} too", f'"{word}"')


def _elsewhere_faults(texts: Mapping[str, Text], entries: Iterable[Entry[QuotationEntry]]) -> Iterator[Fault]:
    """What is said to be elsewhere is in none of the texts."""
    forms = [(entry, form, _row(stems(form))) for entry in entries for form in entry.form.words]
    if not forms:
        return
    paragraphs = [_row(stems(paragraph.words)) for text in texts.values() for paragraph in text.paragraphs]
    for entry, form, row in forms:
        if any(row in paragraph for paragraph in paragraphs):
            yield entry.fault(f"“{form}” is in the texts", f'"{form}"')


def _row(words: tuple[str, ...]) -> str:
    return f" {' '.join(words)} "


def _highlight_faults(texts: Mapping[str, Text], entries: Iterable[Entry[HighlightEntry]]) -> Iterator[Fault]:
    """A highlight has enough words, needs no sentence before it, and shares none with another highlight."""
    seen: dict[tuple[str, int, int], int] = {}
    for entry in entries:
        place = locate(texts, entry.form.anchor)
        if not isinstance(place, Place):
            continue
        words = [token.word for token in tokens(place.sentences)]
        if len(words) < _FEWEST_WORDS:
            yield entry.fault(f"a highlight has at least {_FEWEST_WORDS} words, not {len(words)}")
        if words[0] in _BACKWARD:
            yield entry.fault(f"it begins with “{words[0]}”, which points back to what is not shown")
        for one in place.numbers:
            first = seen.setdefault((place.text.id, place.paragraph.number, one), entry.line)
            if first != entry.line:
                yield entry.fault(f"the highlight of line {first} shows the same sentence, {place.reference}")
                break
