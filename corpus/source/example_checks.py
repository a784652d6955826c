"""Validation of examples: each is answered from the text that it names, and there is one of each kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from corpus.date_reading import read_dates
from corpus.errors import Fault, NotUnderstood
from corpus.language.tokens import folded, stems
from corpus.note_model import Event, Notes, Person, Topic
from corpus.reference import Reference
from corpus.source.note_forms import ExampleEntry
from corpus.source.toml_file import Entry
from corpus.text_model import Text


def example_faults(texts: Mapping[str, Text], notes: Notes, entries: Iterable[Entry[ExampleEntry]]) -> Iterator[Fault]:
    """Every fault in the examples."""
    first: dict[str, Entry[ExampleEntry]] = {}
    for entry in entries:
        form = entry.form
        if form.text not in texts:
            yield entry.fault(f"there is no text `{form.text}`", "text =")
        elif not _is_answered(form, texts[form.text], notes):
            yield entry.fault(f"“{form.typed}” is not answered from `{form.text}`", "typed =")
        other = first.setdefault(form.kind, entry)
        if other is not entry:
            yield entry.fault(f"line {other.line} has the example of this kind already", "kind =")


def _is_answered(form: ExampleEntry, text: Text, notes: Notes) -> bool:
    if form.kind == "passage":
        return any(form.typed == str(Reference(text.id, one.number)) for one in text.paragraphs)
    if form.kind in ("words", "word", "quotation"):
        wanted = _row(form.typed)
        return any(wanted in _row(words) for _, words in text.sentences())
    return any(one.text == text.id for note in _notes_named(form, notes) for one in note.references)


def _notes_named(form: ExampleEntry, notes: Notes) -> Iterable[Topic | Person | Event]:
    """The notes that an example names."""
    if form.kind == "topic":
        return [one for one in notes.topics if folded(form.typed) in map(folded, (one.name, *one.synonyms))]
    if form.kind == "person":
        words = _row(form.typed)
        return [one for one in notes.people if any(_row(name) in words for name in (one.name, *one.aliases))]
    return _events_on(form.typed, notes)


def _events_on(typed: str, notes: Notes) -> list[Event]:
    try:
        dates = read_dates(typed)
    except NotUnderstood:
        return []
    return [one for one in notes.events if dates and dates.matches(one.date)]


def _row(words: str) -> str:
    return f" {' '.join(stems(words))} "
