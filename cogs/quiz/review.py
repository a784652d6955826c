"""Spaced repetition for one person: the review."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo

from bot.core.command import action, command
from bot.core.context import Context
from bot.core.errors import UserError
from bot.core.reply import AnyPart, Button, Moment, Prose, Reply
from bot.storage import learning, rounds
from bot.storage.learning import Attempt, Where
from bot.storage.round import NEVER, RIGHT_RATING, WRONG_RATING
from cogs.quiz.cards import asking_of, candidates, next_due_at
from cogs.quiz.questions import (
    answer_judge,
    deck,
    is_id,
    options,
    proof,
    question_from_json,
    question_parts,
    question_to_json,
    report_button,
    store_of,
)
from cogs.shared.asker import person_of, storable
from cogs.shared.lists import shortened
from corpus.questions.question import QuizQuestion

HARD, EASY = 2, 4
_RATED = re.compile(r"(?P<question>[a-z0-9-]{1,60})~(?P<at>[0-9]{1,18})~(?P<rating>[24])")
_MICROSECOND = timedelta(microseconds=1)


@command("quiz review")
async def review(ctx: Context) -> Reply:
    """Practise on your own: due, missed and new questions."""
    return await next_question(ctx)


@action("quiz.missed")
async def review_missed(ctx: Context, value: str) -> Reply:
    """What the presser missed in a round, first."""
    missed = await rounds.missed(store_of(ctx).reader, value, person_of(ctx)) if is_id(value) else []
    return await next_question(ctx, missed)


@action("quiz.next", replaces=True)
async def continue_review(ctx: Context, value: str) -> Reply:
    """The next question of a review."""
    return await next_question(ctx)


@action("quiz.choose", replaces=True)
async def choose_option(ctx: Context, value: str) -> Reply:
    """An option of a review's question was pressed."""
    token, _, place = value.partition(".")
    asked = await _current_question(ctx, token)
    chosen = dict(zip("0123", asked.options, strict=False)).get(place)
    if chosen is None:
        raise _already_answered()
    return await _answer_reply(ctx, token, asked, chosen, is_right=chosen == asked.answer)


@action("quiz.recall", replaces=True)
async def type_answer(ctx: Context, value: str, typed: str = "") -> Reply:
    """An answer to a review's question was typed."""
    asked = await _current_question(ctx, value)
    return await _answer_reply(ctx, value, asked, typed, is_right=answer_judge(ctx.corpus).is_right(asked, typed))


@action("quiz.rate", replaces=True)
async def rate_answer(ctx: Context, value: str) -> Reply:
    """How well the answer was known; then the next question."""
    if rated := _RATED.fullmatch(value):
        at = NEVER + int(rated["at"]) * _MICROSECOND
        async with store_of(ctx).transaction() as tx:
            await learning.rate(tx, person_of(ctx), rated["question"], at, int(rated["rating"]))
    return await next_question(ctx)


async def next_question(ctx: Context, first: Sequence[str] = ()) -> Reply:
    """The next question to review, or when there will be one."""
    asking = await asking_of(ctx)
    dealer = await asyncio.to_thread(deck, ctx.corpus)
    async for name in candidates(asking, ctx.dice, first):
        if (asked := await find_question(ctx, name)) and dealer.is_sound(asked):
            return await _ask(ctx, asked)
    return _nothing_due(await next_due_at(asking), ctx.now, asking.zone)


async def find_question(ctx: Context, name: str) -> QuizQuestion | None:
    """A question by its id, from the notes or from those that were made."""
    dealer = await asyncio.to_thread(deck, ctx.corpus)
    if curated := dealer.curated(name, ctx.dice):
        return curated
    made = await learning.made_question(store_of(ctx).reader, name) if is_id(name) else None
    return question_from_json(made).shuffled(ctx.dice) if made else None


async def _ask(ctx: Context, asked: QuizQuestion) -> Reply:
    async with store_of(ctx).transaction() as tx:
        token = await learning.put_review(tx, person_of(ctx), question_to_json(asked), ctx.now)
    return Reply("Review", question_parts(asked), options(asked, "quiz.choose", "quiz.recall", token), private=True)


def _nothing_due(due_at: datetime | None, now: datetime, zone: tzinfo) -> Reply:
    if due_at and due_at.astimezone(zone).date() == now.astimezone(zone).date():
        minutes = max(1, round((due_at - now) / timedelta(minutes=1)))
        words = f"Nothing is due yet: the next question comes in {minutes} {'minute' if minutes == 1 else 'minutes'}."
        return Reply("Review", (Prose(words), Moment("Next", due_at)), private=True)
    parts: list[AnyPart] = [Prose("That is all for today: nothing is due.")]
    if due_at:
        parts.append(Moment("Next", due_at))
    return Reply("Review", tuple(parts), private=True)


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
    where = Where(ctx.place.platform, ctx.place.server or "", ctx.place.channel)
    async with store_of(ctx).transaction() as tx:
        counted = await learning.answer_review(tx, person_of(ctx), storable(ctx.asker.name), token, attempt, where)
    if not counted:
        raise _already_answered()
    verdict = "Right." if is_right else f"Not quite. You said: {shortened(said)}"
    parts = (*question_parts(asked), Prose(verdict), *proof(ctx.corpus, asked))
    rated = f"{asked.id}~{(ctx.now - NEVER) // _MICROSECOND}"
    ratings = (
        Button("Hard", "quiz.rate", f"{rated}~{HARD}"),
        Button("Easy", "quiz.rate", f"{rated}~{EASY}"),
    )
    buttons = (Button("Next", "quiz.next", style="primary"), *(ratings if is_right else ()), report_button(asked))
    return Reply("Right" if is_right else "Not quite", parts, buttons, private=True)
