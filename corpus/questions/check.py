"""Validation of quiz questions: whether an answer can be read off its passages, and nothing else can."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise

from corpus.calendar import HistoricalDate
from corpus.date_reading import read_date
from corpus.errors import NotUnderstood
from corpus.language.tokens import Token, content_words, folded, tokens
from corpus.note_model import Event, Notes
from corpus.questions.answers import AnswerChecker
from corpus.questions.question import GAP, TRUE, QuizQuestion
from corpus.reference import Reference
from corpus.text_model import Text, VoiceKind

ASK = 200
OPTION = 70
"""Characters of an answer: the narrowest platform's button holds 75."""
WORDS = 600
ITEM = 100
IDENTITY = 50
"""Characters of a question's id: it goes into a button beside the name of what the button does."""


class QuestionChecker:
    """Checks questions against the texts and the notes that they are about. `count`: how often words are there."""

    def __init__(self, texts: Mapping[str, Text], notes: Notes, count: Callable[[str], int] | None = None) -> None:
        self._texts = texts
        self._count = count or partial(count_verbatim, texts)
        self._events = {event.id: event for event in notes.events}
        self._answers = AnswerChecker(notes.people)
        self._records = voices_of(texts, "stage direction")
        self._voices = self._records | voices_of(texts, "interjection", "quoted")

    def faults(self, asked: QuizQuestion) -> tuple[str, ...]:
        """Every reason not to put a question; none where it is sound."""
        try:
            passages = [self._texts[reference.text].words_at(reference) for reference in asked.references]
        except LookupError:
            return ("it cites a passage that is not there",)
        if not passages:
            return ("it cites no passage",)
        return (*_shape(asked), *self._evidence(asked, "\n".join(passages)), *_doubles(asked), *_giveaways(asked))

    def _evidence(self, asked: QuizQuestion, passage: str) -> Iterator[str]:
        """Whether the answer is the passage's, and no other option is."""
        match asked.kind:
            case "who":
                yield from self._speakers(asked, passage)
            case "text":
                yield from self._names(asked)
            case "date":
                yield from self._date_faults(asked, passage)
            case "gap":
                yield from self._gap(asked, passage)
            case "misquoted":
                yield from self._misquotation_faults(asked, passage)
            case "order":
                yield from self._order(asked)
            case "choice" | "open":
                yield from _answer_faults(asked, passage)

    def _speakers(self, asked: QuizQuestion, passage: str) -> Iterator[str]:
        reference = asked.references[0]
        speakers = _speakers(self._texts, reference)
        if asked.answer not in speakers:
            yield f"the passage is not by {asked.answer}"
        if asked.words and asked.words not in passage:
            yield "its words are not the passage's"
        if asked.words and self._count(asked.words) != 1:
            yield "its words are there more than once"
        if len(speakers) == 1:
            yield from (f"{one} says it too" for one in _distractors(asked) if one in speakers)
        for one in _distractors(asked):
            if self._answers.may_be_same(asked.answer, one):
                yield f"{one} may be {asked.answer}"
        if asked.answer in self._voices:
            yield from (f"{one} reports it" for one in _distractors(asked) if one in self._records)

    def _names(self, asked: QuizQuestion) -> Iterator[str]:
        names = {folded(text.name): text.id for text in self._texts.values()}
        if names.get(folded(asked.answer)) != asked.references[0].text:
            yield f"the passage is not in {asked.answer}"
        yield from (f"{one} isn't a text" for one in _distractors(asked) if folded(one) not in names)

    def _date_faults(self, asked: QuizQuestion, passage: str) -> Iterator[str]:
        try:
            read = read_date(asked.answer)
        except NotUnderstood as error:
            yield str(error)
            return
        if read is None or read.year is None:
            yield f"{asked.answer} is not a date"
            return
        meant = HistoricalDate(read.year, read.month, read.day, asked.calendar or "gregorian")
        parts = {token.word for token in tokens(str(meant))}
        if not parts <= {token.word for token in tokens(passage)} and not any(
            is_within(date, meant) for date in self._dates(asked)
        ):
            yield f"neither its passage nor its text is dated {asked.answer}"

    def _dates(self, asked: QuizQuestion) -> Iterator[HistoricalDate]:
        """The dates that hold for a passage: its text's, and those of the events it tells of."""
        for reference in asked.references:
            if date := self._texts[reference.text].date:
                yield date
            for event in self._events.values():
                if any(one.overlaps(reference) for one in event.references):
                    yield event.date

    def _gap(self, asked: QuizQuestion, passage: str) -> Iterator[str]:
        if asked.words.count(GAP) != 1 or asked.words.replace(GAP, asked.answer) != passage:
            yield "the answer does not fill the gap"
        if self._count(max(asked.words.split(GAP), key=len)) > 1:
            there = [one for one in _distractors(asked) if self._count(asked.words.replace(GAP, one))]
            yield from (f"{one} fills the gap elsewhere" for one in there)
        yield from _not_there(asked, passage)

    def _misquotation_faults(self, asked: QuizQuestion, passage: str) -> Iterator[str]:
        if (asked.answer == TRUE) != (asked.words == passage):
            yield "its words are not what the answer says they are"
        changed = [pair for pair in zip(asked.words.split(), passage.split(), strict=False) if pair[0] != pair[1]]
        if len(asked.words.split()) != len(passage.split()) or len(changed) > 1:
            yield "more than one word is changed"
        if asked.answer != TRUE and self._count(asked.words):
            yield "its words are elsewhere too"

    def _order(self, asked: QuizQuestion) -> Iterator[str]:
        events = [self._events.get(one) for one in asked.events]
        if len(events) != len(asked.items) or None in events:
            yield "it names an event that is not there"
            return
        known = [event for event in events if event]
        for letters in asked.options:
            right = are_chronological([known["ABC".index(letter)] for letter in letters.split(", ")])
            if right != (letters == asked.answer):
                yield f"the order {letters} is {'right too' if right else 'wrong'}"
        for event, item in zip(known, asked.items, strict=True):
            if not item.endswith(event.name) or any(character.isdigit() for character in item):
                yield f"{item} is not the event's name, or gives away its date"


def are_chronological(events: Sequence[Event]) -> bool:
    """Whether each event is certainly over before the next can have begun; nobody can say so of disputed bounds."""
    certain = all(event.bounds == "certain" for event in events)
    return certain and all((one.until or one.date).last < other.date.first for one, other in pairwise(events))


def voices_of(texts: Mapping[str, Text], *kinds: VoiceKind) -> frozenset[str]:
    """The speakers of all voices of these kinds."""
    return frozenset(one.name for text in texts.values() for one in text.speakers() if one.kind in kinds)


def count_verbatim(texts: Mapping[str, Text], words: str) -> int:
    """How often words occur in texts, by a look at all of them."""
    return sum(paragraph.words.count(words) for text in texts.values() for paragraph in text.paragraphs)


def _speakers(texts: Mapping[str, Text], reference: Reference) -> set[str]:
    """Who speaks in a passage: the sentences' speakers, and whom they quote."""
    paragraph = texts[reference.text].paragraph(reference.paragraph)
    start, end = paragraph.span(reference)
    voices = {voice.speaker for voice in paragraph.voices if voice.start < end and start < voice.end}
    return voices | {one.speaker for one in paragraph.sentences if one.start < end and start < one.end}


def _shape(asked: QuizQuestion) -> Iterator[str]:
    if not asked.ask.endswith("?") or len(asked.ask) > ASK:
        yield f"what it asks ends with a question mark and has at most {ASK} characters"
    if len(asked.options) == 1 or len(asked.options) > 4:
        yield "it has two to four options, or none"
    if any(not 0 < len(one) <= OPTION for one in (asked.answer, *asked.options)):
        yield f"an answer has at most {OPTION} characters"
    if len(asked.words) > WORDS or any(len(item) > ITEM for item in asked.items) or len(asked.id) > IDENTITY:
        yield "it is too long to be shown"
    if bool(asked.options) == (asked.kind in ("open", "date")):
        yield f"a question of kind {asked.kind} {'has no' if asked.options else 'needs'} options"


def _doubles(asked: QuizQuestion) -> Iterator[str]:
    seen = [_bare(one) for one in asked.options]
    if asked.options and asked.options.count(asked.answer) != 1:
        yield "the answer is not one of the options"
    if len(set(seen)) != len(seen):
        yield "two options are the same"
    accepted = {_bare(form) for form in asked.accept}
    yield from (f"{one} would be right as well" for one in _distractors(asked) if _bare(one) in accepted)


def _giveaways(asked: QuizQuestion) -> Iterator[str]:
    """Whether somebody who knows nothing can tell the answer."""
    others = _distractors(asked)
    if asked.kind in ("choice", "gap") and others:
        mean = sum(map(len, others)) / len(others)
        if not 0.5 * mean - 4 <= len(asked.answer) <= 2 * mean + 4:
            yield "the answer's length gives it away"
    telling = {token.stem for token in tokens(asked.answer) if token.is_content}
    shown = {token.stem for token in tokens(f"{asked.ask} {asked.words}")}
    shared = {token.stem for other in others for token in tokens(other)}
    if asked.kind in ("choice", "gap") and telling & shown - shared:
        yield "a word of the answer is in the question"
    if asked.kind in ("open", "date") and telling and telling <= shown:
        yield "the answer is in the question"


def _answer_faults(asked: QuizQuestion, passage: str) -> Iterator[str]:
    there = {token.stem for token in tokens(passage)}
    if not any({token.stem for token in _weighty(form)} <= there for form in (asked.answer, *asked.accept)):
        yield f"the passage does not say {asked.answer}"
    yield from _not_there(asked, passage)


def _weighty(words: str) -> tuple[Token, ...]:
    """The words that say something, or all of them where none does."""
    return content_words(words) or tokens(words)


def _not_there(asked: QuizQuestion, passage: str) -> Iterator[str]:
    yield from (f"the passage says {other} too" for other in _distractors(asked) if _says(passage, other))


def _distractors(asked: QuizQuestion) -> tuple[str, ...]:
    return tuple(one for one in asked.options if one != asked.answer)


def _bare(words: str) -> tuple[str, ...]:
    kept = [token.word for token in tokens(words)]
    return tuple(kept[1:] if len(kept) > 1 and kept[0] in ("the", "a", "an") else kept)


def _says(passage: str, words: str) -> bool:
    """Whether the words are in the passage in a row; an article before them does not matter."""
    return f" {' '.join(_bare(words))} " in f" {' '.join(token.word for token in tokens(passage))} "


def is_within(date: HistoricalDate, wanted: HistoricalDate) -> bool:
    """Whether a date is the wanted one, or lies in the wanted year or month, in the wanted one's calendar."""
    same = date.old_style if wanted.calendar == "julian" else date.new_style
    pairs = ((wanted.year, same.year), (wanted.month, same.month), (wanted.day, same.day))
    return all(want is None or want == has for want, has in pairs)
