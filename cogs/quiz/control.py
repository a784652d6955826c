"""Stop, skip, pause and resume a quiz round, by commands or by the buttons under its questions."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.core.command import action, command
from bot.core.context import Context
from bot.core.errors import UserError
from bot.core.reply import Prose, Reply
from bot.core.rights import refusal
from bot.storage import round_answers, rounds
from bot.storage.round import Round
from cogs.quiz import round_state
from cogs.quiz.questions import start_button, store_of
from cogs.quiz.round_replies import control_button
from cogs.shared.asker import person_of
from cogs.shared.clock import refuse_without_clock

_VALUE = re.compile(r"(?P<verb>stop|skip|pause|resume)\.(?P<round>[a-z0-9]{1,20})\.(?P<number>[0-9]{1,3})")


@command("quiz stop", also="stop cancel end")
async def stop(ctx: Context) -> Reply:
    """Stop the quiz in this channel."""
    return await _stop(ctx, await _running(ctx))


@command("quiz skip")
async def skip(ctx: Context) -> Reply:
    """Skip this question (no points)."""
    return await _skip(ctx, await _running(ctx))


@command("quiz pause")
async def pause(ctx: Context) -> Reply:
    """Pause the quiz in this channel."""
    return await _pause(ctx, await _running(ctx))


@command("quiz resume")
async def resume(ctx: Context) -> Reply:
    """Resume the quiz in this channel."""
    return await _resume(ctx, await _running(ctx))


@action("quiz.control")
async def control(ctx: Context, value: str) -> Reply:
    """A button of the person who runs the quiz: what to do, the round, and the question that the button is under."""
    pressed = _VALUE.fullmatch(value)
    running = await _running(ctx)
    if pressed is None or pressed["round"] != running.id:
        raise UserError("That quiz is over.")
    if pressed["verb"] == "skip" and int(pressed["number"]) != running.number:
        raise _question_over()
    return await _VERBS[pressed["verb"]](ctx, running)


def _question_over() -> UserError:
    return UserError("That question is over.")


async def _stop(ctx: Context, running: Round) -> Reply:
    await _step_round(ctx, running, lambda round_, answered: round_state.stop(round_, ctx.now, answered=answered))
    return Reply(parts=(Prose("Quiz stopped. Final scores follow."),))


async def _skip(ctx: Context, running: Round) -> Reply:
    def step(round_: Round, answered: bool) -> Round:
        # It may have moved on while the platform was asked who may do this.
        if round_.number != running.number:
            raise _question_over()
        return round_state.skip(round_, ctx.now, answered=answered)

    await _step_round(ctx, running, step)
    return Reply(parts=(Prose("Skipped."),))


async def _pause(ctx: Context, running: Round) -> Reply:
    paused = await _step_round(ctx, running, lambda round_, _: round_state.pause(round_, ctx.now))
    buttons = (control_button("resume", paused), control_button("stop", paused))
    return Reply(parts=(Prose("Quiz paused. /quiz resume continues it."),), buttons=buttons)


async def _resume(ctx: Context, running: Round) -> Reply:
    refuse_without_clock(ctx)
    await _step_round(ctx, running, lambda round_, _: round_state.resume(round_, ctx.now))
    return Reply(parts=(Prose("Resumed."),))


_VERBS = {"stop": _stop, "skip": _skip, "pause": _pause, "resume": _resume}


async def _running(ctx: Context) -> Round:
    """This channel's round. Raises UserError unless there is one and the asker runs it."""
    running = await rounds.running(store_of(ctx).reader, ctx.place.platform, ctx.place.channel)
    if running is None:
        raise UserError("No quiz is running here. /quiz start begins one.", [start_button()])
    if person_of(ctx) != running.starter:
        asker = await ctx.asker.person()
        if not asker.admin:
            raise refusal(asker, f"Only {running.starter_name}, who started the quiz, and admins can do that.")
    return running


async def _step_round(ctx: Context, running: Round, step: Callable[[Round, bool], Round]) -> Round:
    """Change a round's state. Raises UserError. `step` is told whether somebody has answered the round's question."""
    async with store_of(ctx).transaction() as tx:
        # Held, so that no answer comes between the question and the step.
        held = await rounds.hold(tx, running.id) or running
        answered = await round_answers.count_answers(tx, running.id, held.number) > 0
        stepped = await rounds.step(tx, running.id, lambda round_: step(round_, answered))
    if stepped is None:
        raise UserError("The quiz has just ended. /quiz start begins another.")
    return stepped
