"""Answer the questions of a quiz round."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.core.command import action, costs
from bot.core.context import Context
from bot.core.errors import UserError
from bot.core.reply import Prose, Reply
from bot.storage import round_answers, rounds
from bot.storage.round import AnswerGiven, Round, RoundAnswer
from cogs.quiz import round_state
from cogs.quiz.questions import answer_judge, is_id, question_from_json, question_text, start_button, store_of
from cogs.shared.asker import person_of, storable
from cogs.shared.lists import shortened
from corpus.questions.question import QuizQuestion


@costs(0)
@action("quiz.answer")
async def answer(ctx: Context, value: str) -> Reply:
    """An option of a round's question was pressed."""
    round_, number, place = _parse_value(value, 3)
    asked = await _question_of_round(ctx, round_, int(number))
    if int(place) >= len(asked.options):
        raise _question_over()
    chosen = asked.options[int(place)]
    return await _take_answer(ctx, round_, int(number), chosen, is_right=chosen == asked.answer)


async def _open_question(ctx: Context, value: str) -> str:
    """The question that is open here, for the form that its answer is typed into."""
    round_, number = _parse_value(value, 2)
    running = await rounds.get(store_of(ctx).reader, round_)
    here = (ctx.place.platform, ctx.place.channel, int(number))
    if running is None or (running.platform, running.channel, running.number) != here:
        return ""
    return question_text(await _question_of_round(ctx, round_, int(number)))


@action("quiz.typed", question=_open_question)
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
    if (await ctx.asker.person()).bot:
        raise UserError("Bots can't play.")
    asked = await rounds.question(store_of(ctx).reader, round_, number)
    if asked is None:
        raise _question_over()
    if not asked:
        raise UserError("The text of that question was removed, so it has no answer any more.")
    return question_from_json(asked)


def _question_over() -> UserError:
    return UserError("That question is over. /quiz start begins a new quiz.", [start_button()])


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

    answer = RoundAnswer(person, storable((await ctx.asker.person()).name), is_right)
    given = AnswerGiven(round_, number, answer, pressed_at, step, _complete(ctx), ctx.receipt)
    receipt = await round_answers.answer(store_of(ctx), given)
    if receipt is None:
        raise _question_over()
    if not receipt.taken:
        reason = round_state.refusal(receipt.round, number, pressed_at)
        raise UserError(reason or "In a race only your first answer counts. Good luck with the next one!")
    if receipt.round.mode == "race":
        right = "Right! The point is yours, unless somebody pressed before you and their answer is still on its way."
        return _private_line(right if is_right else "Not quite. In a race only your first answer counts.")
    change = "" if receipt.round.alone else " You can change it until the question closes."
    return _private_line(f"Your answer: {shortened(said)}.{change}")


def _complete(ctx: Context) -> Callable[[Round], Round]:
    return lambda round_: round_state.complete(round_, ctx.now)


def _private_line(words: str) -> Reply:
    return Reply(parts=(Prose(words),), private=True)
