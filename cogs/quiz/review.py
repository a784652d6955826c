"""Spaced repetition for one person: the review."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta, tzinfo

from bot.core.command import action, command
from bot.core.context import Context
from bot.core.errors import UserError
from bot.core.reply import AnyPart, Button, Moment, Prose, Reply
from bot.storage import learning, made_questions, reminders, review_sessions, round_answers
from bot.storage.learning import Attempt
from bot.storage.review_sessions import RatingCount, ReviewSession
from bot.storage.round import EPOCH, RIGHT_RATING, WRONG_RATING
from cogs.quiz.cards import (
    NEW_A_DAY,
    RATINGS,
    Asking,
    asking_of,
    candidates,
    new_left,
    next_due_at,
    previews,
    to_review,
)
from cogs.quiz.questions import (
    answer_judge,
    is_id,
    options,
    proof,
    question_from_json,
    question_parts,
    question_text,
    question_to_json,
    report_buttons,
    store_of,
    where_of,
)
from cogs.quiz.remind import closed_notice, remind_button
from cogs.quiz.start import topic_named
from cogs.quiz.typed_options import QuizOptions, split_options
from cogs.shared.asker import person_of, storable
from cogs.shared.lists import shortened
from cogs.shared.topics import on_topic, suggest_topics
from corpus.examples import Example
from corpus.language.phrasing import plural
from corpus.questions.question import QuizQuestion

_ANSWER = r"(?P<question>[a-z0-9-]{1,60})~(?P<at>[0-9]{1,17})"  # longer ones are beyond the year 9999
_RATED = re.compile(rf"{_ANSWER}~(?P<rating>[1-4])")
_UNDONE = re.compile(_ANSWER)
_OF_QUIZZES = "A review goes on until nothing is due. A number of questions, seconds and a mode are for /quiz start."
_MICROSECOND = timedelta(microseconds=1)


@command(
    "quiz review",
    also="practise practice flashcards learn",
    example=Example.TOPIC,
    suggest={"topic": suggest_topics},
    topic="Only questions on this topic",
)
async def review(ctx: Context, topic: str = "") -> Reply:
    """Practise on your own: due, missed and new questions."""
    said = QuizOptions(topic)
    if topic and not ctx.corpus.finder.topic(topic):
        said = split_options(said)
    has_options = any(one is not None for one in (said.questions, said.seconds, said.mode))
    on = topic_named(ctx, said.topic).id if said.topic else ""
    return await _begin(ctx, on, notice=(Prose(_OF_QUIZZES),) if has_options else ())


@action("quiz.missed")
async def review_missed(ctx: Context, value: str) -> Reply:
    """What the presser missed in a round, first."""
    missed = await round_answers.missed(store_of(ctx).reader, value, person_of(ctx)) if is_id(value) else []
    return await _begin(ctx, "", missed)


@action("quiz.next", replaces=True)
async def continue_review(ctx: Context, value: str) -> Reply:
    """The next question of a review, of today's if there is one."""
    return await _continue(ctx)


async def _question_before(ctx: Context, value: str) -> str:
    """The question of a review, for the form that its answer is typed into."""
    found = await learning.review(store_of(ctx).reader, person_of(ctx))
    return question_text(question_from_json(found.asked)) if found and found.token == value else ""


@action("quiz.choose", replaces=True)
async def choose_option(ctx: Context, value: str) -> Reply:
    """An option of a review's question was pressed."""
    token, _, place = value.partition(".")
    asked = await _current_question(ctx, token)
    chosen = dict(zip("0123", asked.options, strict=False)).get(place)
    if chosen is None:
        raise _already_answered()
    return await _answer_reply(ctx, token, asked, chosen, is_right=chosen == asked.answer)


@action("quiz.recall", replaces=True, question=_question_before)
async def type_answer(ctx: Context, value: str, typed: str = "") -> Reply:
    """An answer to a review's question was typed."""
    asked = await _current_question(ctx, value)
    return await _answer_reply(ctx, value, asked, typed, is_right=answer_judge(ctx.corpus).is_right(asked, typed))


@action("quiz.rate", replaces=True)
async def rate_answer(ctx: Context, value: str) -> Reply:
    """How well the answer was known; then the next question."""
    if rated := _RATED.fullmatch(value):
        async with store_of(ctx).transaction() as tx:
            if await learning.rate(tx, person_of(ctx), rated["question"], _moment(rated["at"]), int(rated["rating"])):
                value = value.rpartition("~")[0]
    return await _continue(ctx, undo=value)


@action("quiz.undo", replaces=True)
async def undo_rating(ctx: Context, value: str) -> Reply:
    """The last answer again, for another rating."""
    undone = _UNDONE.fullmatch(value)
    attempts = await learning.attempts_at(store_of(ctx).reader, person_of(ctx), undone["question"]) if undone else []
    attempts = [one for one in attempts if undone and one.attempted_at <= _moment(undone["at"])]
    asked = await find_question(ctx, attempts[-1].question) if attempts else None
    if asked is None or not attempts[-1].is_right or attempts[-1].round:
        raise UserError("There is no rating to undo any more.", [Button("Continue", "quiz.next")])
    return Reply("Rate it again", (*question_parts(asked), *proof(ctx.corpus, asked)), _ratings(attempts), private=True)


def _moment(microseconds: str) -> datetime:
    return EPOCH + int(microseconds) * _MICROSECOND


async def _begin(ctx: Context, topic: str, first: Sequence[str] = (), *, notice: tuple[Prose, ...] = ()) -> Reply:
    """A new review, on a topic or on all, with its first question."""
    asking = await asking_of(ctx)
    planned = await to_review(asking, _is_on_topic(ctx, topic))
    begun = ReviewSession(ctx.now, topic, planned)
    async with store_of(ctx).transaction() as tx:
        await review_sessions.put(tx, asking.person, begun)
    return await _next_question(ctx, asking, begun, first=first, notice=notice + await closed_notice(ctx))


async def _continue(ctx: Context, undo: str = "") -> Reply:
    """The next question of today's review, or the first of a new one."""
    asking = await asking_of(ctx)
    begun = await review_sessions.get(asking.session, asking.person)
    if begun is None or begun.started_at < asking.today:
        return await _begin(ctx, "")
    return await _next_question(ctx, asking, begun, undo=undo)


async def _next_question(
    ctx: Context,
    asking: Asking,
    begun: ReviewSession,
    *,
    first: Sequence[str] = (),
    undo: str = "",
    notice: tuple[Prose, ...] = (),
) -> Reply:
    dealer, wanted = await asyncio.to_thread(lambda: ctx.corpus.deck), _is_on_topic(ctx, begun.topic)
    counts = await review_sessions.ratings(asking.session, asking.person, begun.started_at)
    buttons = (Button("Undo", "quiz.undo", undo),) if _UNDONE.fullmatch(undo) else ()
    async for name in candidates(asking, ctx.dice, first):
        if await wanted(name) and (asked := await find_question(ctx, name)) and dealer.is_sound(asked):
            number = sum(one.answered for one in counts) + 1
            if reply := await _ask(ctx, asked, _title(ctx, begun, number), notice, buttons):
                return reply
    return await _end(ctx, asking, begun, counts, notice, buttons)


def _is_on_topic(ctx: Context, topic: str) -> Callable[[str], Awaitable[bool]]:
    """Whether a question, by its id, is on a topic; all are on none."""
    curated = {one.id: topic in one.topics for one in ctx.corpus.notes.questions}

    async def is_wanted(name: str) -> bool:
        if not topic or name in curated:
            return not topic or curated[name]
        made = await made_questions.made_question(store_of(ctx).reader, name)
        return made is not None and topic in question_from_json(made).topics

    return is_wanted


def _title(ctx: Context, begun: ReviewSession, number: int) -> str:
    return f"Review{on_topic(ctx.corpus, begun.topic)}: {number} of {max(number, begun.planned)}"


async def find_question(ctx: Context, name: str) -> QuizQuestion | None:
    """A question by its id, from the notes or from those that were made of the texts that are looked up here."""
    dealer = await asyncio.to_thread(lambda: ctx.corpus.deck)
    if curated := dealer.curated(name, ctx.dice):
        return curated
    made = await made_questions.made_question(store_of(ctx).reader, name) if is_id(name) else None
    asked = question_from_json(made).shuffled(ctx.dice) if made else None
    # Those of all servers are kept together: one that was made of another server's text is none of this one's.
    return asked if asked and dealer.is_sound(asked) else None


async def _ask(
    ctx: Context, asked: QuizQuestion, title: str, notice: tuple[Prose, ...], buttons: tuple[Button, ...]
) -> Reply | None:
    """A question of a review; None where its text was removed meanwhile."""
    async with store_of(ctx).transaction() as tx:
        if asked.is_generated and not await made_questions.hold(tx, asked.id):
            return None
        token = await learning.put_review(tx, person_of(ctx), asked.id, question_to_json(asked), ctx.now)
    answers = options(asked, "quiz.choose", "quiz.recall", token)
    return Reply(title, (*notice, *question_parts(asked)), (*answers, *buttons), private=True)


async def _end(
    ctx: Context,
    asking: Asking,
    begun: ReviewSession,
    counts: Sequence[RatingCount],
    notice: tuple[Prose, ...],
    buttons: tuple[Button, ...],
) -> Reply:
    """Nothing is left: how the review went, and when there is more."""
    async with store_of(ctx).transaction() as tx:
        await review_sessions.end(tx, asking.person)
    parts: tuple[AnyPart, ...] = (
        *notice,
        *_summary(counts),
        *_what_next(await next_due_at(asking), ctx.now, asking.zone),
    )
    if not await new_left(asking):
        parts += (Prose(f"You have met your {NEW_A_DAY} new questions for today."),)
    if ctx.platform and await reminders.get(asking.session, asking.person) is None:
        buttons += (remind_button(),)
    title = "Review done" if counts else f"Review{on_topic(ctx.corpus, begun.topic)}"
    return Reply(title, parts, buttons, private=True)


def _summary(counts: Sequence[RatingCount]) -> tuple[Prose, ...]:
    if not counts:
        return ()
    answered, right = sum(one.answered for one in counts), sum(one.right_ones for one in counts)
    by_rating = ", ".join(f"{RATINGS[one.rating]} {one.answered}" for one in counts)
    return (Prose(f"{plural(answered, 'answer')}, {right} right. {by_rating}."),)


def _what_next(due_at: datetime | None, now: datetime, zone: tzinfo) -> tuple[AnyPart, ...]:
    if due_at and due_at.astimezone(zone).date() == now.astimezone(zone).date():
        minutes = max(1, round((due_at - now) / timedelta(minutes=1)))
        return (
            Prose(f"Nothing is due yet: the next question comes in {plural(minutes, 'minute')}."),
            Moment("Next", due_at),
        )
    return (Prose("That is all for today: nothing is due."), *([Moment("Next", due_at)] if due_at else []))


async def _current_question(ctx: Context, token: str) -> QuizQuestion:
    """The question that the asker was given last."""
    review = await learning.review(store_of(ctx).reader, person_of(ctx))
    if review is None or review.token != token:
        raise _already_answered()
    return question_from_json(review.asked)


def _already_answered() -> UserError:
    sentence = "You've already answered that question. /quiz review continues."
    return UserError(sentence, [Button("Continue", "quiz.next")])


async def _answer_reply(ctx: Context, token: str, asked: QuizQuestion, said: str, *, is_right: bool) -> Reply:
    rating = RIGHT_RATING if is_right else WRONG_RATING
    attempt = Attempt(asked.id, ctx.now, asked.kind, " ".join(asked.topics), is_right, rating)
    name = storable((await ctx.asker.person()).name)
    async with store_of(ctx).transaction() as tx:
        if not await learning.answer_review(tx, person_of(ctx), name, token, attempt, where_of(ctx)):
            raise _already_answered()
        # Here, as the answers may be deleted just afterwards.
        attempts = await learning.attempts_at(tx, person_of(ctx), asked.id)
    you_said = () if is_right else (Prose(f"You said: {shortened(said)}"),)
    parts = (*question_parts(asked), *you_said, *proof(ctx.corpus, asked))
    buttons = _ratings(attempts) if is_right else (_comes_back(attempts),)
    buttons += report_buttons(asked, ctx.place.server)
    return Reply("Right" if is_right else "Not quite", parts, buttons, private=True)


def _ratings(attempts: Sequence[Attempt]) -> tuple[Button, ...]:
    """How well the last of some answers to a question was known, and when it comes again for each."""
    last, spans = attempts[-1], previews(attempts)
    rated = f"{last.question}~{(last.attempted_at - EPOCH) // _MICROSECOND}"
    return tuple(
        Button(
            f"{name} ({interval_in_words(spans[rating])})",
            "quiz.rate",
            f"{rated}~{rating}",
            "primary" if rating == RIGHT_RATING else "plain",
        )
        for rating, name in RATINGS.items()
    )


def _comes_back(attempts: Sequence[Attempt]) -> Button:
    return Button(
        f"Next (comes back in {interval_in_words(previews(attempts)[WRONG_RATING])})", "quiz.next", style="primary"
    )


def interval_in_words(span: timedelta) -> str:
    """A time until a review, in as few words as a button has."""
    minutes, days = max(1, round(span / timedelta(minutes=1))), round(span / timedelta(days=1))
    if minutes < 60:
        return f"{minutes} min"
    if span < timedelta(hours=20):
        return f"{round(minutes / 60)} h"
    if days < 60:
        return plural(max(1, days), "day")
    return plural(round(days / 30.4), "month") if days < 730 else plural(round(days / 365.25), "year")
