"""Quiz questions as they are stored and shown: the question, its options, and the passage that proves the answer."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from random import Random

import msgspec
from msgspec import structs

from bot.core.context import Context
from bot.core.errors import UserError
from bot.core.reply import AnyPart, Button, Items, Note, Prose, Quote
from bot.storage import rounds
from bot.storage.learning import Where
from bot.storage.round import Round
from bot.storage.store import Store
from cogs.shared.dates import long_date
from cogs.shared.quotations import quotes
from corpus.calendar import HistoricalDate
from corpus.corpus import Corpus
from corpus.errors import NotUnderstood
from corpus.note_model import Event
from corpus.questions.answers import AnswerChecker, date_of
from corpus.questions.check import is_within
from corpus.questions.question import MISQUOTED, QuizQuestion
from corpus.reference import Reference


def start_button() -> Button:
    """A button that starts a quiz in the channel in which it is pressed."""
    return Button("Start a quiz", "quiz.start", style="primary")


@lru_cache(maxsize=2)
def answer_judge(corpus: Corpus) -> AnswerChecker:
    """The checker of typed answers."""
    return AnswerChecker(corpus.notes.people)


async def deal_questions(
    corpus: Corpus, dice: Random, count: int, topic: str | None, lately: Collection[str]
) -> tuple[QuizQuestion, ...]:
    """Questions for a round, chosen in a thread."""
    return await asyncio.to_thread(lambda: corpus.deck.deal(count, dice, topic, lately))


def store_of(ctx: Context) -> Store:
    """The store. Raises UserError where nothing is stored."""
    if ctx.store is None:
        raise UserError("I can't run a quiz here because nothing is saved here.")
    return ctx.store


def where_of(ctx: Context) -> Where:
    """Where somebody asks, as it is kept with answers and reports."""
    return Where(ctx.place.platform, ctx.place.server or "", ctx.place.channel)


def is_id(value: str) -> bool:
    """Whether a button's value can be the id of something that is kept: a database takes no half of a character."""
    return re.fullmatch("[a-z0-9-]{1,60}", value) is not None


def question_to_json(asked: QuizQuestion) -> str:
    """A question as JSON."""
    return msgspec.json.encode(asked).decode()


def question_from_json(json: str) -> QuizQuestion:
    """A question from JSON."""
    return msgspec.json.decode(json, type=QuizQuestion)


async def question_of(store: Store, round_: Round) -> QuizQuestion | None:
    """The question that a round is at; None where its text was removed."""
    asked = await rounds.question(store.reader, round_.id, round_.number)
    return question_from_json(asked) if asked else None


def question_parts(asked: QuizQuestion) -> tuple[Prose | Items, ...]:
    """What is asked. Words with a gap, or with a word changed, are no quotation and do not look like one."""
    parts: list[Prose | Items] = [Prose(asked.ask)]
    if asked.words:
        parts.append(Prose(f"“{asked.words}”" if asked.kind == "who" else asked.words))
    if asked.items:
        parts.append(Items(asked.items))
    return tuple(parts)


def question_text(asked: QuizQuestion) -> str:
    """What is asked as one text, for a form that hides the question."""
    parts = question_parts(asked)
    return "\n".join(line for one in parts for line in (one.items if isinstance(one, Items) else (one.words,)))


def options(asked: QuizQuestion, action: str, typed: str, value: str, *, enabled: bool = True) -> tuple[Button, ...]:
    """A button for each option, which says nothing but its place; or one that asks for the answer."""
    if not asked.options:
        return (Button("Answer", typed, value, "primary", enabled, ask="Your answer"),)
    return tuple(
        Button(words, action, f"{value}.{place}", enabled=enabled, option=True)
        for place, words in enumerate(asked.options)
    )


def report_buttons(asked: QuizQuestion, server: str | None) -> tuple[Button, ...]:
    """A button that reports a question to a server's admins; none where there is no server."""
    return (Button("Report question", "quiz.report", asked.id, ask="What's wrong with it?"),) if server else ()


def proof(corpus: Corpus, asked: QuizQuestion) -> tuple[AnyPart, ...]:
    """The answer, the passages that prove it, and what the editors add."""
    added = (Note(asked.note),) if asked.note else ()
    return (Prose(f"Answer: {answer_words(asked)}"), *_evidence(corpus, asked), *added)


def answer_words(asked: QuizQuestion) -> str:
    """The right answer, as people read it."""
    if asked.answer == MISQUOTED:
        return f"{asked.answer}. The text has: {asked.mark}"
    if asked.kind == "order":
        names = {item[0]: item[3:] for item in asked.items}
        return "; ".join(names[letter] for letter in asked.answer.split(", "))
    return asked.answer


def _evidence(corpus: Corpus, asked: QuizQuestion) -> Iterator[AnyPart]:
    if asked.events:
        events = {event.id: event for event in corpus.notes.events}
        chain = sorted((events[one] for one in asked.events if one in events), key=lambda event: event.date.first)
        for event in chain:
            yield _date_line(event)
            yield from (
                quote for one in event.references[:1] if _is_there(corpus, one) for quote in quotes(corpus, one)
            )
        return
    if not all(_is_there(corpus, one) for one in asked.references):
        yield Prose("The passage can't be looked up here any more.")
        return
    for reference in asked.references:
        yield from (structs.replace(one, marks=_marks(asked, one)) for one in quotes(corpus, reference))
    if asked.kind == "date":
        yield from _date_source(corpus, asked.references, date_of(asked))


def _is_there(corpus: Corpus, reference: Reference) -> bool:
    """Whether a passage is looked up here: a text may be left aside, or have another edition, since it was asked."""
    try:
        corpus.resolve(reference)
    except NotUnderstood:
        return False
    return True


def _date_source(corpus: Corpus, references: Sequence[Reference], answer: HistoricalDate) -> Iterator[AnyPart]:
    """Whose date it is, as the words alone seldom tell."""
    for event in corpus.notes.events:
        is_of_passage = any(one.overlaps(reference) for one in event.references for reference in references)
        if is_of_passage and is_within(event.date, answer):
            yield _date_line(event)
            return
    text = corpus.texts[references[0].text]
    if text.date and is_within(text.date, answer):
        yield Prose(f"{text.title}: {long_date(text.date)}.")


def _date_line(event: Event) -> Prose:
    """When something happened, and whether only the editors say so."""
    by = " (date added by the editors)" if event.dated_by == "editors" else ""
    return Prose(f"{event.name}: {long_date(event.date, event.until)}{by}.")


def _marks(asked: QuizQuestion, quote: Quote) -> tuple[tuple[int, int], ...]:
    """The place in the passage of the word that was asked for."""
    if not asked.mark:
        return ()
    from rapidfuzz.distance import Prefix

    same = Prefix.similarity(asked.words, quote.words)
    start = quote.words.find(asked.mark, quote.words.rfind(" ", 0, same) + 1)
    return ((start, start + len(asked.mark)),) if start >= 0 else ()
