"""From notes as they are written to notes whose anchors are references; and the voices, put where they speak."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import structs

from corpus.calendar import Calendar, HistoricalDate
from corpus.errors import Fault
from corpus.note_model import Event, ExampleNote, Fact, FamousQuotation, Notes, Person, Question, Term, Topic
from corpus.reference import Reference
from corpus.source.anchors import Place, locate
from corpus.source.note_forms import Anchor, Entries, EventEntry, FactEntry, GroupEntry, QuestionEntry, VoiceEntry
from corpus.source.toml_file import Entry
from corpus.text_model import Paragraph, Sentence, Text, Voice

_NOWHERE = Reference("", 0)


class _Resolver:
    """Turns what notes say into what they mean, and keeps the faults on the way."""

    def __init__(self, texts: Mapping[str, Text], faults: list[Fault]) -> None:
        self.texts = texts
        self.faults = faults

    def place(self, entry: Entry[object], anchor: Anchor) -> Place | None:
        found = locate(self.texts, anchor)
        if isinstance(found, Place):
            return found
        self.faults.append(entry.fault(found, anchor.words, "anchor"))
        return None

    def reference(self, entry: Entry[object], anchor: Anchor) -> Reference:
        place = self.place(entry, anchor)
        return place.reference if place else _NOWHERE

    def references(self, entry: Entry[object], anchors: Iterable[Anchor]) -> tuple[Reference, ...]:
        """The sentences meant, in the order of the anchors, each once."""
        return tuple(dict.fromkeys(self.reference(entry, anchor) for anchor in anchors))

    def date(self, entry: Entry[object], written: str, calendar: Calendar) -> HistoricalDate | None:
        if not written:
            return None
        try:
            return HistoricalDate.from_iso(written, calendar)
        except ValueError as error:
            self.faults.append(entry.fault(str(error), f'"{written}"'))
            return None

    def event(self, entry: Entry[EventEntry]) -> Event | None:
        form = entry.form
        references = self.references(entry, form.anchors)
        date = self.date(entry, form.date, form.calendar)
        if date is None:
            if not form.date:
                self.faults.append(entry.fault("an event needs a date", "date ="))
            return None
        until = self.date(entry, form.until, form.calendar)
        return Event(
            id=form.id, name=form.name, aliases=form.aliases, date=date, until=until, dated_by=form.dated_by,
            bounds=form.bounds or "certain", concerns=form.concerns, topics=form.topics, note=form.note,
            references=references,
        )  # fmt: skip

    def fact(self, entry: Entry[FactEntry]) -> Fact:
        form = entry.form
        date = self.date(entry, form.date, form.calendar or "gregorian")
        return Fact(form.id, form.words, date, form.topics, self.references(entry, form.anchors), form.note)

    def question(self, entry: Entry[QuestionEntry]) -> Question:
        form = entry.form
        return Question(
            id=form.id, kind=form.kind, ask=form.ask, answer=form.answer, answer_type=form.answer_type,
            accept=form.accept, distractors=form.distractors, calendar=form.calendar, topics=form.topics,
            references=self.references(entry, form.anchors), note=form.note,
        )  # fmt: skip


def resolve(texts: Mapping[str, Text], entries: Entries, faults: list[Fault]) -> Notes:
    """The notes, with each anchor a reference. What cannot be resolved is added to `faults`."""
    do = _Resolver(texts, faults)
    return Notes(
        people=tuple(
            Person(p.form.id, p.form.name, p.form.aliases, p.form.note, do.references(p, p.form.anchors), p.form.life)
            for p in entries.people
        ),
        events=tuple(event for entry in entries.events if (event := do.event(entry))),
        topics=tuple(
            Topic(t.form.id, t.form.name, t.form.synonyms, t.form.comparison, do.references(t, t.form.anchors))
            for t in entries.topics
        ),
        facts=tuple(do.fact(entry) for entry in entries.facts),
        questions=tuple(do.question(entry) for entry in entries.questions),
        highlights=tuple(do.reference(entry, entry.form.anchor) for entry in entries.highlights),
        glossary=tuple(Term(t.form.words, t.form.note, do.references(t, t.form.anchors)) for t in entries.glossary),
        elsewhere=tuple(FamousQuotation(entry.form.words, entry.form.note) for entry in entries.elsewhere),
        synonyms=_groups(entries.synonyms),
        spellings=_groups(entries.spellings),
        examples=tuple(ExampleNote(e.form.kind, e.form.typed, e.form.text) for e in entries.examples),
    )


def _groups(entries: Iterable[Entry[GroupEntry]]) -> tuple[tuple[str, ...], ...]:
    return tuple(entry.form.words for entry in entries)


def with_voices(texts: Mapping[str, Text], voices: Iterable[Entry[VoiceEntry]], faults: list[Fault]) -> dict[str, Text]:
    """The texts with each voice in its paragraph; a sentence that is a voice's alone has that voice's speaker."""
    do = _Resolver(texts, faults)
    spoken: dict[tuple[str, int], list[Voice]] = {}
    found = [(entry, place) for entry in voices if (place := do.place(entry, entry.form.anchor))]
    for entry, place in found:
        form = entry.form
        voice = Voice(place.start, place.end, form.speaker, form.kind, form.person, form.note, form.shared)
        spoken.setdefault((place.text.id, place.paragraph.number), []).append(voice)
    for entry, place in found:
        if _is_part(entry.form, place, spoken[place.text.id, place.paragraph.number]):
            reason = f"an entry of kind `{entry.form.kind}` must be whole sentences, not a part of {place.reference}"
            faults.append(entry.fault(reason, entry.form.anchor.words, "anchor"))
    return {key: structs.replace(text, paragraphs=_paragraphs_with_voices(text, spoken)) for key, text in texts.items()}


def _is_part(form: VoiceEntry, place: Place, voices: Iterable[Voice]) -> bool:
    """Whether a voice that should have sentences of its own has only a part of one, and not of a stage direction."""
    own = Voice(place.start, place.end, form.speaker, form.kind)
    touched = [s for s in place.paragraph.sentences if s.start < own.end and own.start < s.end]
    within = any(v.kind == "stage direction" and v.start <= own.start and own.end <= v.end for v in voices)
    whole = all(_covers(own, place.paragraph, sentence) for sentence in touched)
    return form.kind != "quoted" and not whole and not (form.kind == "interjection" and within)


def _paragraphs_with_voices(text: Text, spoken: Mapping[tuple[str, int], list[Voice]]) -> tuple[Paragraph, ...]:
    return tuple(_paragraph(p, spoken.get((text.id, p.number), [])) for p in text.paragraphs)


def _paragraph(paragraph: Paragraph, voices: list[Voice]) -> Paragraph:
    sentences = paragraph.sentences
    for voice in voices:
        sentences = tuple(
            structs.replace(s, speaker=voice.speaker) if _covers(voice, paragraph, s) else s for s in sentences
        )
    return structs.replace(
        paragraph, sentences=sentences, voices=tuple(sorted(voices, key=lambda voice: (voice.start, voice.end)))
    )


def _covers(voice: Voice, paragraph: Paragraph, sentence: Sentence) -> bool:
    """Whether nothing but marks is left of the sentence outside the voice."""
    if voice.start >= sentence.end or voice.end <= sentence.start:
        return False
    before = paragraph.words[sentence.start : max(sentence.start, voice.start)]
    after = paragraph.words[min(sentence.end, voice.end) : sentence.end]
    return not any(character.isalnum() for character in before + after)
