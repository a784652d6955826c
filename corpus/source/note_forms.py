"""The schema of notes: `notes/*.toml`, one table a note, anchored by exact words of a text."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, NamedTuple, TypeVar

from msgspec import Meta, Struct

from corpus.calendar import Calendar
from corpus.errors import Fault
from corpus.note_model import AnswerType, Bounds, DatedBy, QuestionKind
from corpus.source.toml_file import Entry, TomlFile
from corpus.text_model import VoiceKind

Id = Annotated[str, Meta(pattern="^[a-z0-9]+(-[a-z0-9]+)*$", max_length=50)]  # a button holds it, and what it does
Words = Annotated[str, Meta(min_length=1)]


class Anchor(Struct, frozen=True, forbid_unknown_fields=True):
    """Words that occur once in a text, within one paragraph: they mean the sentences they touch."""

    text: str
    words: Words


Anchors = Annotated[tuple[Anchor, ...], Meta(min_length=1)]


class PersonEntry(Struct, frozen=True, forbid_unknown_fields=True):
    id: Id
    name: Words
    anchors: tuple[Anchor, ...]
    aliases: tuple[Words, ...] = ()
    life: str = ""
    note: str = ""


class EventEntry(Struct, frozen=True, forbid_unknown_fields=True):
    id: Id
    name: Words
    date: str
    calendar: Calendar
    dated_by: DatedBy
    anchors: tuple[Anchor, ...]
    aliases: tuple[Words, ...] = ()
    until: str = ""
    bounds: Bounds | None = None
    concerns: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    note: str = ""


class TopicEntry(Struct, frozen=True, forbid_unknown_fields=True):
    id: Id
    name: Words
    comparison: Words
    anchors: Anchors
    synonyms: tuple[Words, ...] = ()


class FactEntry(Struct, frozen=True, forbid_unknown_fields=True):
    id: Id
    words: Words
    anchors: Anchors
    topics: Annotated[tuple[str, ...], Meta(min_length=1)]
    date: str = ""
    calendar: Calendar | None = None
    note: str = ""


class QuestionEntry(Struct, frozen=True, forbid_unknown_fields=True):
    id: Id
    kind: QuestionKind
    ask: Annotated[str, Meta(max_length=200, pattern=r"\?$")]
    answer: Annotated[str, Meta(min_length=1, max_length=70)]
    answer_type: AnswerType
    anchors: Anchors
    accept: tuple[Words, ...] = ()
    distractors: tuple[Words, ...] = ()
    calendar: Calendar | None = None
    topics: tuple[str, ...] = ()
    note: str = ""


class VoiceEntry(Struct, frozen=True, forbid_unknown_fields=True):
    speaker: Words
    kind: VoiceKind
    anchor: Anchor
    person: str | None = None
    note: str = ""
    shared: bool = False


class HighlightEntry(Struct, frozen=True, forbid_unknown_fields=True):
    anchor: Anchor


class PassageEntry(Struct, frozen=True, forbid_unknown_fields=True):
    anchor: Anchor
    paraphrases: Annotated[tuple[Words, ...], Meta(min_length=1)]


class ExampleEntry(Struct, frozen=True, forbid_unknown_fields=True):
    kind: Literal["words", "word", "quotation", "passage", "topic", "person", "date", "dates"]
    typed: Words
    text: Words


class TermEntry(Struct, frozen=True, forbid_unknown_fields=True):
    words: Annotated[tuple[Words, ...], Meta(min_length=1)]
    note: Words
    anchors: Anchors


class QuotationEntry(Struct, frozen=True, forbid_unknown_fields=True):
    words: Annotated[tuple[Words, ...], Meta(min_length=1)]
    note: Words


class GroupEntry(Struct, frozen=True, forbid_unknown_fields=True):
    words: Annotated[tuple[Words, ...], Meta(min_length=2)]


class Entries(NamedTuple):
    """All notes of a folder, as written."""

    people: tuple[Entry[PersonEntry], ...]
    events: tuple[Entry[EventEntry], ...]
    topics: tuple[Entry[TopicEntry], ...]
    facts: tuple[Entry[FactEntry], ...]
    questions: tuple[Entry[QuestionEntry], ...]
    voices: tuple[Entry[VoiceEntry], ...]
    highlights: tuple[Entry[HighlightEntry], ...]
    glossary: tuple[Entry[TermEntry], ...]
    elsewhere: tuple[Entry[QuotationEntry], ...]
    synonyms: tuple[Entry[GroupEntry], ...]
    spellings: tuple[Entry[GroupEntry], ...]
    examples: tuple[Entry[ExampleEntry], ...]
    passages: tuple[Entry[PassageEntry], ...]


FILES = {
    "people.toml": ("person",),
    "events.toml": ("event",),
    "topics.toml": ("topic",),
    "facts.toml": ("fact",),
    "questions.toml": ("question",),
    "voices.toml": ("voice",),
    "highlights.toml": ("highlight",),
    "glossary.toml": ("term",),
    "elsewhere.toml": ("quotation",),
    "synonyms.toml": ("synonyms", "spellings"),
    "examples.toml": ("example",),
    "paraphrases.toml": ("passage",),
}
"""The files of notes, and the tables in each."""
_Form = TypeVar("_Form")


def read_entries(folder: Path, faults: list[Fault]) -> Entries:
    """The notes in `folder/notes`; a file that is not there holds none. What fits no form is added to `faults`."""
    here = {path.name: path for path in sorted((folder / "notes").glob("*.toml"))}
    files = {name: TomlFile(path, faults) for name, path in here.items() if name in FILES}
    for name, path in here.items():
        if name in FILES:
            faults += files[name].unknown(FILES[name])
        else:
            faults.append(Fault(path, 0, f"nothing reads this file; notes are in {', '.join(FILES)}"))

    def read(name: str, kind: str, form: type[_Form]) -> tuple[Entry[_Form], ...]:
        return files[name].entries(kind, form, faults) if name in files else ()

    return Entries(
        people=read("people.toml", "person", PersonEntry),
        events=read("events.toml", "event", EventEntry),
        topics=read("topics.toml", "topic", TopicEntry),
        facts=read("facts.toml", "fact", FactEntry),
        questions=read("questions.toml", "question", QuestionEntry),
        voices=read("voices.toml", "voice", VoiceEntry),
        highlights=read("highlights.toml", "highlight", HighlightEntry),
        glossary=read("glossary.toml", "term", TermEntry),
        elsewhere=read("elsewhere.toml", "quotation", QuotationEntry),
        synonyms=read("synonyms.toml", "synonyms", GroupEntry),
        spellings=read("synonyms.toml", "spellings", GroupEntry),
        examples=read("examples.toml", "example", ExampleEntry),
        passages=read("paraphrases.toml", "passage", PassageEntry),
    )
