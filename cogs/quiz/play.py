"""The commands of a quiz round: start, stop, skip, pause, resume, and answering its questions."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Annotated, Literal

from bot.core.command import action, command, costs
from bot.core.context import Context
from bot.core.errors import UserError
from bot.core.parameters import Whole
from bot.core.platform import Undelivered
from bot.core.reply import Choice, Moment, Prose, Reply
from bot.storage import rounds
from bot.storage.round import AnswerGiven, Round, RoundAnswer, RoundQuestion, State
from bot.storage.session import Session
from cogs.quiz import round_state
from cogs.quiz.questions import (
    answer_judge,
    deal_questions,
    is_id,
    question_from_json,
    question_to_json,
    store_of,
)
from cogs.shared.asker import person_of, storable
from cogs.shared.lists import MENU, shortened
from corpus.errors import NotUnderstood
from corpus.model import Topic
from corpus.questions.question import QuizQuestion

FEWEST = 3
"""The fewest questions that make a round."""
MOST_ROUNDS = 5
"""Rounds that may run in one server at once."""
LATELY = timedelta(days=14)
"""How long a channel gets no question again while there are others."""


async def _suggest(ctx: Context, typed: str) -> list[Choice]:
    return [Choice(topic.name, topic.name) for topic in ctx.corpus.finder.suggest_topics(typed, MENU)]


@command(
    "quiz start",
    example="coalition",
    suggest={"topic": _suggest},
    topic="Only questions on this topic",
    questions="How many questions, 5 to 30",
    seconds="Seconds per question, 10 to 120",
    mode="everyone: every right answer scores; race: the first right answer wins",
)
async def start(
    ctx: Context,
    topic: str = "",
    questions: Annotated[int, Whole(5, 30)] = 10,
    seconds: Annotated[int, Whole(10, 120)] = 25,
    mode: Literal["everyone", "race"] = "everyone",
) -> Reply:
    """Start a quiz in this channel."""
    store = store_of(ctx)
    if ctx.platform is None:
        raise UserError("Quizzes need a channel that I was added to. /quiz review lets you practise alone, right here.")
    if running := await rounds.running(store.reader, ctx.place.platform, ctx.place.channel):
        raise _round_running(running)
    on = _topic(ctx, topic) if topic else None
    place = ctx.place
    lately = await rounds.lately_asked(
        store.reader, place.platform, place.server or "", place.channel, ctx.now - LATELY
    )
    chosen = await deal_questions(ctx, questions, on.id if on else None, set(lately))
    if len(chosen) < FEWEST:
        raise UserError("Too few questions on that topic. /quiz start without a topic uses all of them.")
    await _refuse_without_permission(ctx)
    begun = _new_round(ctx, len(chosen), seconds, mode)
    async with store.transaction() as tx:
        await _refuse_too_many(tx, begun)
        added = await rounds.add(tx, begun, [_round_question(number, asked) for number, asked in enumerate(chosen, 1)])
    if not added:
        raise _round_running(await rounds.running(store.reader, place.platform, place.channel) or begun)
    return _announcement(begun, on, questions)


async def _refuse_without_permission(ctx: Context) -> None:
    """Before anything is announced: could the questions be posted here?"""
    if ctx.platform is None:
        return
    try:
        missing = await ctx.platform.missing_permissions(ctx.place.channel)
    except Undelivered as error:
        raise UserError(
            f"I can't post questions here: {error}. Start the quiz in a channel that I was added to; /quiz review "
            "lets you practise alone, right here."
        ) from None
    if missing:
        raise UserError(
            f"I can't post questions here yet. Please allow me in this channel: {', '.join(missing)}. Then try again."
        )


async def _refuse_too_many(tx: Session, begun: Round) -> None:
    """A server's rounds share the bot's pace with everybody's."""
    # Held, so that two that come at once are not both the last one.
    await tx.hold(f"rounds of {begun.platform} {begun.server}")
    if begun.server and await rounds.count_running(tx, begun.platform, begun.server) >= MOST_ROUNDS:
        raise UserError(
            f"{MOST_ROUNDS} quizzes are running on this server already. Join one, or start yours when one is over."
        )


def _topic(ctx: Context, typed: str) -> Topic:
    if found := ctx.corpus.finder.topic(typed):
        return found
    near = tuple(topic.name for topic in ctx.corpus.finder.near_topics(typed))
    raise NotUnderstood("I don't know that topic.", near)


def _new_round(ctx: Context, questions: int, seconds: int, mode: Literal["everyone", "race"]) -> Round:
    return Round(
        id=secrets.token_hex(6),
        platform=ctx.place.platform,
        server=ctx.place.server or "",
        channel=ctx.place.channel,
        mode=mode,
        seconds=seconds,
        questions=questions,
        starter=person_of(ctx),
        starter_name=storable(ctx.asker.name),
        started_at=ctx.now,
        state=State.WAITING,
        number=0,
        due_at=ctx.now + round_state.LEAD,
    )


def _round_question(number: int, asked: QuizQuestion) -> RoundQuestion:
    return RoundQuestion(
        number, asked.id, question_to_json(asked), asked.kind, " ".join(asked.topics), asked.is_generated
    )


def _announcement(begun: Round, on: Topic | None, wanted: int) -> Reply:
    about = f" on {on.name}" if on else ""
    few = " That's all there is on this topic." if begun.questions < wanted else ""
    how = "The first right answer wins the question."
    if begun.mode == "everyone":
        how = "Everyone with the right answer scores a point."
    rules = f"{how} You have {begun.seconds} seconds per question; then I show the passage that answers it."
    return Reply(
        f"A quiz of {begun.questions} questions{about}",
        (Prose(f"{rules}{few}"), Moment("First question", begun.due_at)),
    )


def _round_running(running: Round) -> UserError:
    return UserError(
        f"{running.starter_name} is already running a quiz here (question {max(running.number, 1)} of "
        f"{running.questions}). Wait for it to end, or use /quiz stop."
    )


@command("quiz stop")
async def stop(ctx: Context) -> Reply:
    """Stop the quiz in this channel."""
    await _step_round(ctx, lambda round_, answered: round_state.stop(round_, ctx.now, answered=answered))
    return Reply(parts=(Prose("Quiz stopped. Final scores follow."),))


@command("quiz skip")
async def skip(ctx: Context) -> Reply:
    """Skip this question (no points)."""
    await _step_round(ctx, lambda round_, answered: round_state.skip(round_, ctx.now, answered=answered))
    return Reply(parts=(Prose("Skipped."),))


@command("quiz pause")
async def pause(ctx: Context) -> Reply:
    """Pause the quiz in this channel."""
    await _step_round(ctx, lambda round_, _: round_state.pause(round_, ctx.now))
    return Reply(parts=(Prose("Quiz paused. /quiz resume continues it."),))


@command("quiz resume")
async def resume(ctx: Context) -> Reply:
    """Resume the quiz in this channel."""
    await _step_round(ctx, lambda round_, _: round_state.resume(round_, ctx.now))
    return Reply(parts=(Prose("Resumed."),))


async def _step_round(ctx: Context, step: Callable[[Round, bool], Round]) -> None:
    """Change the state of this channel's round, if the asker may. Raises UserError.

    `step` is told whether somebody has answered the round's question.
    """
    store = store_of(ctx)
    running = await rounds.running(store.reader, ctx.place.platform, ctx.place.channel)
    if running is None:
        raise UserError("No quiz is running here. /quiz start begins one.")
    if person_of(ctx) != running.starter and not ctx.asker.admin:
        raise UserError(f"Only {running.starter_name}, who started the quiz, and admins can do that.")
    async with store.transaction() as tx:
        # Held, so that no answer comes between the question and the step.
        held = await rounds.hold(tx, running.id) or running
        answered = await rounds.count_answers(tx, running.id, held.number) > 0
        stepped = await rounds.step(tx, running.id, lambda round_: step(round_, answered))
    if stepped is None:
        raise UserError("The quiz has just ended. /quiz start begins another.")


@costs(0)
@action("quiz.answer")
async def answer(ctx: Context, value: str) -> Reply:
    """An option of a round's question was pressed."""
    round_, number, place = _parse_value(value, 3)
    asked = await _question_of_round(ctx, round_, int(number))
    chosen = asked.options[int(place)] if int(place) < len(asked.options) else ""
    return await _take_answer(ctx, round_, int(number), chosen, is_right=chosen == asked.answer)


@action("quiz.typed")
async def typed_answer(ctx: Context, value: str, typed: str = "") -> Reply:
    """An answer to a round's question was typed."""
    round_, number = _parse_value(value, 2)
    asked = await _question_of_round(ctx, round_, int(number))
    return await _take_answer(ctx, round_, int(number), typed, is_right=answer_judge(ctx.corpus).is_right(asked, typed))


def _parse_value(value: str, parts: int) -> list[str]:
    round_, *numbers = value.split(".")
    if len(numbers) != parts - 1 or not is_id(round_) or not all(re.fullmatch("[0-9]{1,3}", one) for one in numbers):
        raise _question_over()
    return [round_, *numbers]


async def _question_of_round(ctx: Context, round_: str, number: int) -> QuizQuestion:
    if ctx.asker.bot:
        raise UserError("Bots can't play.")
    asked = await rounds.question(store_of(ctx).reader, round_, number)
    if asked is None:
        raise _question_over()
    return question_from_json(asked)


def _question_over() -> UserError:
    return UserError("That question is over. /quiz start begins a new quiz.")


async def _take_answer(ctx: Context, round_: str, number: int, said: str, *, is_right: bool) -> Reply:
    """Record an answer, and a private receipt for it. Raises UserError where it is too late."""
    person, pressed_at = person_of(ctx), ctx.pressed_at

    def step(held: Round) -> Round | None:
        # A button works where it was posted, and nowhere else.
        if (held.platform, held.channel) != (ctx.place.platform, ctx.place.channel):
            return None
        if round_state.refusal(held, number, pressed_at):
            return None
        return round_state.won(held, person, pressed_at, ctx.now) if held.mode == "race" and is_right else held

    answer = RoundAnswer(person, storable(ctx.asker.name), is_right)
    given = AnswerGiven(round_, number, answer, pressed_at, step)
    receipt = await rounds.answer(store_of(ctx), given)
    if receipt is None:
        raise _question_over()
    if not receipt.taken:
        reason = round_state.refusal(receipt.round, number, pressed_at)
        raise UserError(reason or "In a race only your first answer counts. Good luck with the next one!")
    if receipt.round.mode == "race":
        right = "Right! The question is yours, unless somebody pressed before you and was longer on the way."
        return _private_line(right if is_right else "Not quite. In a race only your first answer counts.")
    return _private_line(f"Your answer: {shortened(said)}. You can change it until the question closes.")


def _private_line(words: str) -> Reply:
    return Reply(parts=(Prose(words),), private=True)
