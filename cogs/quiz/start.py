"""Start a quiz round in a channel: by command, by a button, once more, or where one ended for lack of answers."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Annotated

from msgspec import structs

from bot.core.command import action, command, costs
from bot.core.context import Context
from bot.core.errors import UserError
from bot.core.platform import Undelivered
from bot.core.reply import Countdown, Prose, Reply
from bot.storage import round_settings, rounds
from bot.storage.round import Mode, Round, RoundQuestion, RoundSettings, State
from bot.storage.session import Session
from cogs.quiz import round_state
from cogs.quiz.questions import deal_questions, is_id, question_to_json, start_button, store_of
from cogs.quiz.typed_options import QUESTIONS, SECONDS, QuizOptions, read_options
from cogs.shared.asker import person_of, storable
from cogs.shared.channels import missing_permissions
from cogs.shared.clock import refuse_without_clock
from cogs.shared.foreign_names import with_latin_names
from cogs.shared.topics import on_topic, suggest_topics
from cogs.shared.unfinished import refuse_unfinished
from corpus.corpus import Corpus
from corpus.errors import NotUnderstood
from corpus.examples import Example
from corpus.language.phrasing import plural
from corpus.note_model import Topic
from corpus.questions.question import QuizQuestion

FEWEST = 3
"""The fewest questions that make a round."""
MOST_ROUNDS = 5
"""Rounds that may run in one server at once."""
LATELY = timedelta(days=14)
"""How long a channel gets no question again while there are others."""
USUAL = RoundSettings(topic="", questions=10, seconds=25, mode="everyone")


@command(
    "quiz start",
    also="trivia play game question",
    example=Example.TOPIC,
    suggest={"topic": suggest_topics},
    topic="Only questions on this topic",
    questions="How many questions, 5 to 30; 10 by default",
    seconds="Seconds per question, 10 to 120; 25 by default",
    mode="everyone: every right answer scores; race: the first right answer wins",
)
async def start(
    ctx: Context,
    topic: str = "",
    questions: Annotated[int, QUESTIONS] | None = None,
    seconds: Annotated[int, SECONDS] | None = None,
    mode: Mode | None = None,
) -> Reply:
    """Start a quiz in this channel.

    Without options it is like the last one here.
    """
    place = ctx.place
    refuse_unfinished(ctx.corpus, "quiz start", topic)
    if not (topic and ctx.corpus.finder.topic(topic)):
        topic, questions, seconds, mode = read_options(QuizOptions(topic, questions, seconds, mode))
    if not (topic or questions or seconds or mode):
        store = store_of(ctx)
        last = await round_settings.get(store.reader, place.platform, place.server or "", place.channel)
        return await _start(
            ctx, last or USUAL, "Same settings as last time here. " if last not in (None, USUAL) else ""
        )
    wanted = RoundSettings(
        topic_named(ctx, topic).id if topic else "",
        questions or USUAL.questions,
        seconds or USUAL.seconds,
        mode or USUAL.mode,
    )
    return await _start(ctx, wanted)


@costs(3)
@action("quiz.start", shares=True)
async def start_by_button(ctx: Context, value: str) -> Reply:
    """A quiz like the last one here."""
    return await start.handler(ctx)


@costs(3)
@action("quiz.rematch", shares=True)
async def rematch(ctx: Context, value: str) -> Reply:
    """A quiz like one that is over, with other questions."""
    over = await _round_here(ctx, value)
    return await _start(ctx, RoundSettings(over.topic, max(over.questions, QUESTIONS.least), over.seconds, over.mode))


@costs(3)
@action("quiz.go_on", shares=True)
async def go_on(ctx: Context, value: str) -> Reply:
    """The questions that are left of a quiz that ended because nobody answered."""
    over = await _round_here(ctx, value)
    refuse_without_clock(ctx)
    await _refuse_without_permission(ctx)

    def step(round_: Round) -> Round:
        if not round_state.is_deserted(round_) or round_.stopped:
            raise _long_over()
        return round_state.go_on(round_, ctx.now)

    async with store_of(ctx).transaction() as tx:
        await _refuse_too_many(tx, over)
        going = await rounds.reopen(tx, over.id, step)
    if going is None:
        raise UserError("A quiz is running here already.")
    left = plural(going.questions - going.number, "question")
    return Reply("The quiz goes on", (Prose(f"{left} to go."), _first_question(going, ctx.now)))


async def _round_here(ctx: Context, value: str) -> Round:
    """A round that was played in this channel. Raises UserError."""
    found = await rounds.get(store_of(ctx).reader, value) if is_id(value) else None
    if found is None or found.daily or (found.platform, found.channel) != (ctx.place.platform, ctx.place.channel):
        raise _long_over()
    return found


def _long_over() -> UserError:
    return UserError("That quiz is long over.", [start_button()])


async def _start(ctx: Context, wanted: RoundSettings, before: str = "") -> Reply:
    """Start a round and announce it; `before` comes before the rules. Raises UserError."""
    store, place = store_of(ctx), ctx.place
    if ctx.platform is None:
        raise UserError("Quizzes need a channel that I was added to. /quiz review lets you practise alone, right here.")
    if running := await rounds.running(store.reader, place.platform, place.channel):
        raise _round_running(running)
    refuse_without_clock(ctx)
    begun = _new_round(ctx, wanted, (await ctx.asker.person()).name)
    lately = await rounds.lately_asked(store.reader, begun.platform, begun.server, begun.channel, ctx.now - LATELY)
    chosen = await deal_questions(ctx.corpus, ctx.dice, wanted.questions, wanted.topic or None, set(lately))
    if len(chosen) < FEWEST:
        if not wanted.topic:
            raise UserError("These texts are too short to make a quiz of them: /library add adds a longer one.")
        raise UserError("Too few questions on that topic. /quiz start questions:10 uses all of them.")
    await _refuse_without_permission(ctx)
    base = ctx.library.base.texts if ctx.library else ctx.corpus.texts
    async with store.transaction() as tx:
        await _refuse_too_many(tx, begun)
        added = await add_round(tx, begun, chosen, base)
        await round_settings.put(tx, begun.platform, begun.server, begun.channel, wanted)
    if added is None:
        raise _round_running(await rounds.running(store.reader, place.platform, place.channel) or begun)
    return announcement(added, ctx.corpus, wanted.questions, ctx.now, before)


async def add_round(tx: Session, begun: Round, chosen: tuple[QuizQuestion, ...], base: Collection[str]) -> Round | None:
    """Keep a new round with its questions; None where one is running in the channel. `base`: texts of no shelf."""
    made = structs.replace(begun, questions=len(chosen))
    asked = [_round_question(number, one, base) for number, one in enumerate(chosen, 1)]
    return made if await rounds.add(tx, made, asked) else None


async def _refuse_without_permission(ctx: Context) -> None:
    """Before anything is announced: could the questions be posted here?"""
    try:
        missing = await missing_permissions(ctx, ctx.place.channel)
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


def topic_named(ctx: Context, typed: str) -> Topic:
    """The topic that somebody typed. Raises NotUnderstood."""
    if found := ctx.corpus.finder.topic(with_latin_names(ctx.corpus, typed)):
        return found
    near = tuple(topic.name for topic in ctx.corpus.finder.near_topics(typed))
    raise NotUnderstood(f"I don't know that topic.{'' if near else ' /compare lists topics.'}", near)


def _new_round(ctx: Context, wanted: RoundSettings, starter_name: str) -> Round:
    return Round(
        id=secrets.token_hex(6),
        platform=ctx.place.platform,
        server=ctx.place.server or "",
        channel=ctx.place.channel,
        mode=wanted.mode,
        seconds=wanted.seconds,
        questions=wanted.questions,
        starter=person_of(ctx),
        starter_name=storable(starter_name),
        started_at=ctx.now,
        state=State.WAITING,
        number=0,
        due_at=ctx.now + round_state.LEAD,
        topic=wanted.topic,
        alone=ctx.place.private,
    )


def _round_question(number: int, asked: QuizQuestion, base: Collection[str]) -> RoundQuestion:
    text_id, is_made = asked.references[0].text, asked.is_generated
    added = "" if text_id in base or not is_made else text_id
    return RoundQuestion(number, asked.id, question_to_json(asked), asked.kind, " ".join(asked.topics), is_made, added)


def announcement(begun: Round, corpus: Corpus, wanted: int, now: datetime, before: str = "") -> Reply:
    """A quiz that is about to begin: its rules, and when the first question comes."""
    title = f"A quiz of {begun.questions} questions{on_topic(corpus, begun.topic)}"
    subject = "on this topic" if begun.topic else "in these texts"
    few = f" That's all there is {subject}." if begun.questions < wanted else ""
    rules = f"{before}{_rule(begun)} You have {begun.seconds} seconds per question; then I show the passage."
    return Reply(title, (Prose(f"{rules}{few}"), _first_question(begun, now)))


def _rule(begun: Round) -> str:
    if begun.alone:
        return "A point for each right answer."
    if begun.mode == "race":
        return "The first right answer wins the question."
    return "Everyone with the right answer scores a point."


def _first_question(begun: Round, now: datetime) -> Countdown:
    seconds = round((begun.due_at - now).total_seconds())
    return Countdown("First question" if begun.number == 0 else "Next question", begun.due_at, seconds)


def _round_running(running: Round) -> UserError:
    return UserError(
        f"{running.starter_name} is already running a quiz here (question {max(running.number, 1)} of "
        f"{running.questions}). Wait for it to end, or use /quiz stop."
    )
