"""Generating questions from a corpus by rule: fill the gap, who said it, true or misquoted, put in order."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from random import Random
from typing import Literal

from corpus.language.tokens import stems
from corpus.note_model import Event, Notes
from corpus.questions.answers import AnswerChecker
from corpus.questions.check import ITEM, OPTION, WORDS, are_chronological, voices_of
from corpus.questions.cloze import ClozeGap, cloze_gaps
from corpus.questions.question import GAP, MISQUOTED, TRUE, QuizQuestion
from corpus.questions.sample import paragraph_sample
from corpus.questions.whole_sentences import is_whole_sentence, points_back
from corpus.reference import Reference
from corpus.source.readers.document import STAGE
from corpus.text_model import Paragraph, Text

GeneratedKind = Literal["gap", "who", "misquoted", "order"]
GENERATED: tuple[GeneratedKind, ...] = ("gap", "who", "misquoted", "order")
_OTHERS = 3
_FEWEST_WORDS, _TELLING = 5, 12
"""Words of a sentence that somebody says; of one that points back to the sentence before."""


class QuestionGenerator:
    """Generates questions from one corpus."""

    def __init__(self, texts: Mapping[str, Text], notes: Notes) -> None:
        self._texts = texts
        self._topics = notes.topics
        self._known: dict[Reference, tuple[str, ...]] = {}
        self._own = [text.speaker for text in texts.values()]
        self._others = _who_else(texts, notes)
        self._answers = AnswerChecker(notes.people)
        self._same: dict[str, set[str]] = {}
        self._records = voices_of(texts, "stage direction")
        self._voices = self._records | voices_of(texts, "interjection", "quoted")
        found = [spot for spot in cloze_gaps(texts, notes) if len(spot.sentence) <= WORDS and not self._is_given(spot)]
        # A corpus of a few pages has not three words for every gap; one is better than no question.
        self._spots = [spot for spot in found if len(spot.others) >= _OTHERS] or found
        self._said = list(self._attributable_sentences())
        self._events = [event for event in notes.events if _can_be_ordered(event)]
        self._later = {
            one.id: [other for other in self._events if are_chronological((one, other))] for one in self._events
        }

    def make(self, kind: GeneratedKind, dice: Random, topic: str | None = None) -> QuizQuestion | None:
        """A question of a kind, on a topic if one is named; None where the corpus gives none."""
        match kind:
            case "gap":
                return self._gap(dice, topic)
            case "who":
                return self._who(dice, topic)
            case "misquoted":
                return self._misquotation_question(dice, topic)
            case "order":
                return self._order(dice, topic)

    def _gap(self, dice: Random, topic: str | None) -> QuizQuestion | None:
        spot = self._spot(dice, topic)
        if spot is None:
            return None
        options = (spot.word, *dice.sample(spot.others, min(_OTHERS, len(spot.others))))
        return QuizQuestion(
            _id("gap", spot.reference, spot.start, spot.sentence),
            "gap",
            self._ask_for_gap(spot),
            spot.word,
            "phrase",
            (spot.reference,),
            options,
            words=spot.with_word(GAP),
            mark=spot.word,
            topics=self._topics_of(spot.reference),
        ).shuffled(dice)

    def _ask_for_gap(self, spot: ClozeGap) -> str:
        return f"Which word is missing from this passage of {self._texts[spot.reference.text].name}?"

    def _is_given(self, spot: ClozeGap) -> bool:
        return stems(spot.word)[0] in stems(self._ask_for_gap(spot))

    def _misquotation_question(self, dice: Random, topic: str | None) -> QuizQuestion | None:
        spot = self._spot(dice, topic)
        if spot is None:
            return None
        changed = dice.random() < 0.5
        words = spot.with_word(dice.choice(spot.others)) if changed else spot.sentence
        return QuizQuestion(
            _id("misquoted", spot.reference, words),
            "misquoted",
            f"Is this what {self._texts[spot.reference.text].name} says, word for word?",
            MISQUOTED if changed else TRUE,
            "phrase",
            (spot.reference,),
            (TRUE, MISQUOTED),
            words=words,
            mark=spot.word if changed else "",
            topics=self._topics_of(spot.reference),
        ).shuffled(dice)

    def _who(self, dice: Random, topic: str | None) -> QuizQuestion | None:
        said = [one for one in self._said if topic is None or topic in self._topics_of(one[0])]
        if not said:
            return None
        reference, words, speaker = dice.choice(said)
        others = islice(self._not_speaking(dice, speaker), _OTHERS)
        return QuizQuestion(
            _id("who-said", reference, words),
            "who",
            "Whose words are these?",
            speaker,
            "person",
            (reference,),
            (speaker, *others),
            words=words,
            topics=self._topics_of(reference),
        ).shuffled(dice)

    def _order(self, dice: Random, topic: str | None) -> QuizQuestion | None:
        chain = self._chain(dice, topic)
        if chain is None:
            return None
        listed = dice.sample(chain, len(chain))
        right = ", ".join("ABC"[listed.index(event)] for event in chain)
        orders = ["A, B, C", "A, C, B", "B, A, C", "B, C, A", "C, A, B", "C, B, A"]
        wrong = dice.sample([order for order in orders if order != right], _OTHERS)
        return QuizQuestion(
            _id("order", *sorted(event.id for event in chain)),
            "order",
            "In which order did these happen, the earliest first?",
            right,
            "phrase",
            tuple(event.references[0] for event in chain),
            (right, *wrong),
            items=tuple(f"{letter}. {event.name}" for letter, event in zip("ABC", listed, strict=True)),
            events=tuple(event.id for event in listed),
            topics=tuple(topic for topic in chain[0].topics if all(topic in event.topics for event in chain)),
        ).shuffled(dice)

    def _chain(self, dice: Random, topic: str | None) -> list[Event] | None:
        """Three events of which each was over before the next began."""
        starts = [event for event in self._events if topic is None or topic in event.topics]
        for first in dice.sample(starts, len(starts)):
            for second in dice.sample(self._later[first.id], len(self._later[first.id])):
                thirds = [one for one in self._later[second.id] if topic is None or topic in one.topics]
                if thirds and (topic is None or topic in second.topics):
                    return [first, second, dice.choice(thirds)]
        return None

    def _spot(self, dice: Random, topic: str | None) -> ClozeGap | None:
        found = [one for one in self._spots if topic in self._topics_of(one.reference)] if topic else self._spots
        return dice.choice(found) if found else None

    def _topics_of(self, reference: Reference) -> tuple[str, ...]:
        if reference not in self._known:
            found = (one.id for one in self._topics if any(place.overlaps(reference) for place in one.references))
            self._known[reference] = tuple(found)
        return self._known[reference]

    def _attributable_sentences(self) -> Iterator[tuple[Reference, str, str]]:
        """Sentences that are whole somebody's, that occur once, and that are long enough to have a voice."""
        found = list(paragraph_sample(self._texts))
        times = Counter(words for text, paragraph in found for _, words in paragraph.sentences_in(text.id))
        dialogues = _dialogues(found)
        for text, paragraph in found:
            for one in paragraph.sentences:
                if one.speaker == STAGE or (text.id in dialogues and one.speaker == text.speaker):
                    continue  # nobody's, or somebody's in the play whom no name tells
                words = paragraph.words[one.start : one.end]
                touching = [v for v in paragraph.voices if v.start < one.end and one.start < v.end]
                several = any(voice.speaker != one.speaker for voice in touching)
                if one.speaker and _tells_speaker(words, is_voice=bool(touching)) and not several and times[words] == 1:
                    yield Reference(text.id, paragraph.number, one.number), words, one.speaker

    def _not_speaking(self, dice: Random, speaker: str) -> Iterator[str]:
        """Others whose words they might be: the texts' own speakers, whoever else speaks, people whom they mention.

        Nobody comes under two names. For a voice the record is left out: that would be a second right answer.
        """
        wrong = self._names_of(speaker) | (self._records if speaker in self._voices else set())
        for one in dict.fromkeys(self._own + dice.sample(self._others, len(self._others))):
            if one not in wrong:
                yield one
                wrong |= self._names_of(one)

    def _names_of(self, speaker: str) -> set[str]:
        """Who may be the speaker: a text that a server adds names its author as its file does, not as the notes do."""
        if speaker not in self._same:
            names = {*self._own, *self._others}
            self._same[speaker] = {one for one in names if self._answers.may_be_same(speaker, one)}
        return self._same[speaker]


def _dialogues(found: Iterable[tuple[Text, Paragraph]]) -> set[str]:
    """The ids of the texts in which others than the author speak half of the paragraphs: plays, transcripts."""
    every, spoken = Counter[str](), Counter[str]()
    for text, paragraph in found:
        every[text.id] += 1
        spoken[text.id] += paragraph.sentences[0].speaker not in ("", text.speaker)
    return {text for text, many in every.items() if 2 * spoken[text] >= many}


def _tells_speaker(words: str, *, is_voice: bool) -> bool:
    """Whether a sentence can be shown alone to ask whose it is; a voice of the notes may be in brackets."""
    fewest = _TELLING if points_back(words) else _FEWEST_WORDS
    return len(words.split()) >= fewest and len(words) <= WORDS and (is_voice or is_whole_sentence(words))


def _who_else(texts: Mapping[str, Text], notes: Notes) -> list[str]:
    """Names that may be offered for a speaker's: of who speaks a sentence, and of people who are quoted nowhere."""
    found = [one for text in texts.values() for one in text.speakers()]
    speakers = {one.name for one in found if one.kind is None} - {STAGE}
    quoted = {one.person for one in found}
    named = {one.name for one in notes.people if one.life and one.id not in quoted}
    return sorted(one for one in speakers | named if len(one) <= OPTION)


def _can_be_ordered(event: Event) -> bool:
    dated = any(character.isdigit() for character in event.name)
    return bool(event.references) and not dated and len(event.name) + len("A. ") <= ITEM


def _id(kind: str, *parts: object) -> str:
    """The same for the same question, however its options fall: what somebody learns is one thing.

    The words are a part of it, as other texts may have the same references.
    """
    return f"{kind}-{hashlib.sha256(repr([str(part) for part in parts]).encode()).hexdigest()[:12]}"
