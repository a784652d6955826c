"""A round's posts in its channel: question, answer, final scores."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from bot.core.reply import AnyPart, Button, Items, Moment, Prose, Reply, Table
from bot.storage.round import CountedAnswer, Round, RoundAnswer, Standing, State
from cogs.quiz.questions import options, proof, question_parts, report_button
from cogs.shared.lists import shortened
from corpus.corpus import Corpus
from corpus.questions.question import QuizQuestion

_NAMES = 15
_ROWS = 20


def open_question(round_: Round, asked: QuizQuestion, answered: int) -> Reply:
    """A question that can be answered, or would be if the round were not paused."""
    paused = round_.state is State.PAUSED
    until: AnyPart = (
        Prose("Paused.") if paused else Moment(f"Open for {round_.seconds} seconds, until", round_.closes_at)
    )
    first = "The first right answer closes it. " if round_.mode == "race" else ""
    parts = (*question_parts(asked), until, Prose(f"{first}{_have_answered(answered)}"))
    buttons = options(asked, "quiz.answer", "quiz.typed", f"{round_.id}.{round_.number}", enabled=not paused)
    return Reply(_title(round_), parts, buttons)


def closed_question(round_: Round, asked: QuizQuestion, corpus: Corpus, answers: Sequence[RoundAnswer]) -> Reply:
    """A question with its answer, who had it, and the passage that proves it."""
    parts = (*question_parts(asked), *proof(corpus, asked), Prose(_who_had_it(round_, answers)))
    return Reply(f"{_title(round_)}: answered", parts, (report_button(asked),), text=asked.references[0].text)


def final_table(
    round_: Round, standings: Sequence[Standing], counted: Sequence[CountedAnswer], asks: Mapping[str, str]
) -> Reply:
    """Who had how many, and what was hardest for each. `asks` are the round's questions by id."""
    title = "Quiz stopped" if round_.stopped else "Quiz over"
    if not standings:
        return Reply(title, (Prose("Nobody answered. /quiz start begins another quiz."),))
    rows = ranked(standings, key=lambda one: one.right_ones)
    table = Table(
        ("Place", "Name", "Right", "Answered"),
        tuple((place, one.name, str(one.right_ones), str(one.answered)) for place, one in rows[:_ROWS]),
    )
    hardest = _hardest(counted)
    lines = tuple(
        shortened(f"{one.name}: {asks[hardest[one.person]]}", 150) for _, one in rows[:_ROWS] if one.person in hardest
    )
    told: tuple[AnyPart, ...] = (Prose("The hardest question each of you missed:"), Items(lines)) if lines else ()
    more = (Prose(f"And {len(rows) - _ROWS} more."),) if len(rows) > _ROWS else ()
    button = Button("Review what I missed", "quiz.missed", round_.id, "primary")
    return Reply(title, (table, *more, *told), (button,))


def unfinished(reason: str) -> Reply:
    """A private message to whoever started a round that could not continue."""
    return Reply(
        "Your quiz ended early",
        (
            Prose(f"I couldn't continue in the channel: {reason}."),
            Prose(
                "All answers so far are saved: /quiz scores shows them. Give me the permission again, then /quiz start."
            ),
        ),
    )


def ranked(standings: Sequence[Standing], key: Callable[[Standing], float]) -> list[tuple[str, Standing]]:
    """The best first, each with a place; who is equal shares one."""
    order = sorted(standings, key=lambda one: (-key(one), one.name.casefold(), one.person))
    rows: list[tuple[str, Standing]] = []
    for _, equal in groupby(order, key=key):
        shared = list(equal)
        place = f"{len(rows) + 1}{'=' if len(shared) > 1 else ''}"
        rows.extend((place, one) for one in shared)
    return rows


def _title(round_: Round) -> str:
    return f"Question {round_.number} of {round_.questions}"


def _have_answered(answered: int) -> str:
    if not answered:
        return "Nobody has answered yet."
    return "One person has answered." if answered == 1 else f"{answered} people have answered."


def _who_had_it(round_: Round, answers: Sequence[RoundAnswer]) -> str:
    if round_.skipped:
        return "Skipped (no points)."
    right = [one.name for one in answers if one.is_right]
    late = " I was offline when it closed: right answers count, wrong ones don't." if round_.late else ""
    if not right:
        return f"Nobody got it.{late}" if answers else f"Nobody answered.{late}"
    names = ", ".join(right[:_NAMES]) + (f" and {len(right) - _NAMES} more" if len(right) > _NAMES else "")
    return f"Right: {names} ({len(right)} of {len(answers)}).{late}"


def _hardest(counted: Sequence[CountedAnswer]) -> dict[str, str]:
    """For each person the question, of those they missed, that the fewest had."""
    had = Counter[str]()
    missed: dict[str, list[str]] = defaultdict(list)
    for one in counted:
        had[one.question] += one.is_right
        if not one.is_right:
            missed[one.person].append(one.question)
    return {person: min(ids, key=lambda one: (had[one], one)) for person, ids in missed.items()}
