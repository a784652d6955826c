"""Validation of a corpus folder: every fault, with file and line, before anybody reads an answer from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from corpus.calendar import HistoricalDate
from corpus.date_reading import read_date
from corpus.errors import Fault, NotUnderstood
from corpus.language.tokens import content_words, stems, tokens
from corpus.note_model import Event, Notes, Paraphrases
from corpus.source.example_checks import example_faults
from corpus.source.note_checks import note_faults
from corpus.source.note_forms import Entries, EventEntry, FactEntry, GroupEntry, QuestionEntry, read_entries
from corpus.source.notes import resolve, with_voices
from corpus.source.paraphrases import paraphrase_faults, resolve_paraphrases
from corpus.source.texts import load_texts
from corpus.source.toml_file import Entry
from corpus.text_model import Text

_MOST_DISTRACTORS = 3


class CorpusReport(NamedTuple):
    """A validated corpus, as read from its folder. With faults, what is at fault may be missing from it."""

    texts: dict[str, Text]
    notes: Notes
    faults: tuple[Fault, ...]
    paraphrases: tuple[Paraphrases, ...] = ()


def check_corpus(folder: Path) -> CorpusReport:
    """The corpus in `folder` and every fault in it, by file and line."""
    if not folder.is_dir():
        return CorpusReport({}, Notes(), (Fault(folder, 0, "there is no such folder"),))
    faults: list[Fault] = []
    texts = load_texts(folder, faults)
    entries = read_entries(folder, faults)
    misread = {fault.file.name for fault in faults}
    texts = with_voices(texts, entries.voices, faults)
    notes = resolve(texts, entries, faults)
    faults += _faults(entries, notes)
    faults += note_faults(texts, entries, notes)
    faults += example_faults(texts, notes, entries.examples)
    faults += paraphrase_faults(texts, entries.passages)
    faults += _unknown_ids(entries, misread)
    paraphrases = resolve_paraphrases(texts, entries.passages)
    return CorpusReport(texts, notes, tuple(sorted(dict.fromkeys(faults))), paraphrases)


def _faults(entries: Entries, notes: Notes) -> Iterator[Fault]:
    yield from _doubles(entries)
    yield from _disorder(entries.events, {event.id: event for event in notes.events})
    yield from chain.from_iterable(map(_fact_faults, entries.facts))
    yield from chain.from_iterable(map(_question_faults, entries.questions))


def _doubles(entries: Entries) -> Iterator[Fault]:
    """What must occur once and occurs twice."""
    for kind in (entries.people, entries.events, entries.topics, entries.facts, entries.questions):
        yield from _once("the id", ((entry, entry.form.id) for entry in kind))
    for named in (entries.people, entries.events):
        names = ((entry, name) for entry in named for name in (entry.form.name, *entry.form.aliases))
        yield from _once("the name or alias", names)
    topics = ((entry, name) for entry in entries.topics for name in (entry.form.name, *entry.form.synonyms))
    yield from _once("the name or synonym", topics, _content_key)
    yield from _once("the voice", ((v, f"{v.form.anchor.text}: {v.form.anchor.words}") for v in entries.voices))
    yield from _group_doubles(entries.synonyms)
    yield from _once("the word", ((entry, word) for entry in entries.spellings for word in entry.form.words))


def _group_doubles(groups: Iterable[Entry[GroupEntry]]) -> Iterator[Fault]:
    """A word, in whatever form, is in one group: in two, the next change would be made in one of them only."""
    first: dict[tuple[str, ...], Entry[GroupEntry]] = {}
    for group in groups:
        yield from _once("the word", ((group, word) for word in group.form.words))
        for word in group.form.words:
            other = first.setdefault(stems(word), group)
            if other is not group:
                yield group.fault(f"“{word}” is in the group of line {other.line} too", f'"{word}"', word)


def _content_key(words: str) -> str:
    """What a search sees of a name: the stems of its words, those that say nothing by themselves left out."""
    return " ".join(token.stem for token in content_words(words) or tokens(words))


def _once(
    what: str, named: Iterable[tuple[Entry[object], str]], key: Callable[[str], str] = str.casefold
) -> Iterator[Fault]:
    """Names that occur twice: in two entries by their `key`, in one entry letter by letter."""
    first: dict[str, Entry[object]] = {}
    seen: set[tuple[int, str]] = set()
    for entry, words in named:
        other = first.setdefault(key(words), entry)
        if other is not entry or (entry.line, words.casefold()) in seen:
            reason = f"{what} “{words}” is there twice, first in the entry of line {other.line}"
            yield entry.fault(reason, f'"{words}"', words)
        seen.add((entry.line, words.casefold()))


def _unknown_ids(entries: Entries, misread: set[str]) -> Iterator[Fault]:
    """Ids that stand for nobody and nothing; not looked for in a file of which a part could not be read."""
    if "people.toml" not in misread:
        people = {entry.form.id for entry in entries.people}
        for event in entries.events:
            yield from _missing("person", event, event.form.concerns, people)
        for voice in entries.voices:
            yield from _missing("person", voice, filter(None, [voice.form.person]), people)
    if "topics.toml" not in misread:
        topics = {entry.form.id for entry in entries.topics}
        for kind in (entries.events, entries.facts, entries.questions):
            for entry in kind:
                yield from _missing("topic", entry, entry.form.topics, topics)


def _missing(what: str, entry: Entry[object], named: Iterable[str], known: set[str]) -> Iterator[Fault]:
    for name in named:
        if name not in known:
            yield entry.fault(f"there is no {what} `{name}`", f'"{name}"')


def _disorder(entries: Iterable[Entry[EventEntry]], events: Mapping[str, Event]) -> Iterator[Fault]:
    """Events are in order of the first day they can mean, and end no sooner than they begin."""
    latest: Event | None = None
    for entry in entries:
        event = events.get(entry.form.id)
        if event is None:
            continue
        if latest and event.date.first < latest.date.first:
            yield entry.fault(f"out of order: {event.date} comes before {latest.date} of “{latest.name}”", "date =")
        else:
            latest = event
        if event.until and event.until.last < event.date.first:
            yield entry.fault(f"it ends on {event.until}, before it begins on {event.date}", "until =")


def _fact_faults(entry: Entry[FactEntry]) -> Iterator[Fault]:
    if bool(entry.form.date) != bool(entry.form.calendar):
        yield entry.fault("a date needs its calendar, and a calendar a date", "date =", "calendar =")


def _question_faults(entry: Entry[QuestionEntry]) -> Iterator[Fault]:
    form = entry.form
    most = 0 if form.kind in ("open", "date") else _MOST_DISTRACTORS
    if not min(most, 1) <= len(form.distractors) <= most:
        needs = f"one to {most} distractors" if most else "no distractors"
        yield entry.fault(f"a question of kind `{form.kind}` has {needs}, not {len(form.distractors)}", "distractors =")
    if form.accept and form.kind not in ("open", "date"):
        yield entry.fault(f"a question of kind `{form.kind}` has nothing to accept but its answer", "accept =")
    choices = [choice.casefold() for choice in (form.answer, *form.distractors)]
    if len(set(choices)) < len(choices):
        yield entry.fault("the answer and the distractors must all differ", "distractors =")
    yield from _answer_faults(entry)


def _answer_faults(entry: Entry[QuestionEntry]) -> Iterator[Fault]:
    """An answer that is a date has its calendar, and exists in it; no other has one."""
    form = entry.form
    is_date = form.answer_type == "date"
    if form.kind == "date" and not is_date:
        yield entry.fault("a question of kind `date` has an answer of type `date`", "answer_type =")
    if is_date != bool(form.calendar):
        yield entry.fault("a calendar belongs to an answer of type `date` alone", "calendar =", "answer_type =")
    if not is_date or form.calendar is None:
        return
    try:
        read = read_date(form.answer)
        if read is None or read.year is None or read.calendar:
            yield entry.fault(f"“{form.answer}” must be a date such as 20 August 1940 or 1940", "answer =")
        else:
            HistoricalDate(read.year, read.month, read.day, form.calendar)
    except (NotUnderstood, ValueError) as error:
        yield entry.fault(str(error), "answer =")
