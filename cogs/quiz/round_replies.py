"""A round's posts in its channel: question, answer, final scores; and what each player is told alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Literal

from msgspec import structs

from bot.core.reply import AnyPart, Button, Countdown, Moment, Prose, Reply, Table
from bot.storage.round import CountedAnswer, Round, RoundAnswer, Standing, State
from cogs.quiz import round_state
from cogs.quiz.questions import answer_words, options, proof, question_parts, report_buttons, start_button
from cogs.shared.lists import shortened
from corpus.corpus import Corpus
from corpus.language.phrasing import and_list, plural
from corpus.questions.question import QuizQuestion

_NAMES = 15
_ROWS = 20
_REMOVED = "The text that this question was made from was removed meanwhile, so its answer isn't shown."
_LEADERS = 5
"""People in the standing after each question."""
Verb = Literal["pause", "resume", "skip", "stop"]
_LABELS: dict[Verb, str] = {"pause": "Pause", "resume": "Continue", "skip": "Skip", "stop": "Stop"}


def open_question(round_: Round, asked: QuizQuestion, answered: int, now: datetime) -> Reply:
    """A question that can be answered, or would be if the round were not paused."""
    paused = round_.state is State.PAUSED
    if round_.daily:
        comes = Moment("The answer comes", round_.closes_at)
        buttons = options(asked, "quiz.answer", "quiz.typed", f"{round_.id}.{round_.number}")
        return Reply(_title(round_), (*question_parts(asked), comes, Prose(_have_answered(answered))), buttons)
    left = max(0, round((round_.closes_at - now).total_seconds()))
    until: AnyPart = Prose("Paused.") if paused else Countdown("Closes", round_.closes_at, left)
    first = "The first right answer closes it. " if round_.mode == "race" else ""
    count = () if round_.alone else (Prose(f"{first}{_have_answered(answered)}"),)
    buttons = options(asked, "quiz.answer", "quiz.typed", f"{round_.id}.{round_.number}", enabled=not paused)
    verbs: tuple[Verb, ...] = ("resume" if paused else "pause", "skip", "stop")
    controls = tuple(control_button(verb, round_) for verb in verbs)
    return Reply(_title(round_), (*question_parts(asked), until, *count), (*buttons, *controls))


def control_button(verb: Verb, round_: Round) -> Button:
    """A button for the person who runs the round."""
    return Button(_LABELS[verb], "quiz.control", f"{verb}.{round_.id}.{round_.number}")


def closed_question(
    round_: Round,
    asked: QuizQuestion | None,
    corpus: Corpus,
    answers: Sequence[RoundAnswer],
    standings: Sequence[Standing],
) -> Reply:
    """A question with its answer, who had it, the passage that proves it, and how everybody does so far.

    Where the text was removed meanwhile, the question is None, and nothing of it is shown.
    """
    had = Prose(_who_had_it(round_, answers))
    so_far = (Prose(words),) if (words := _so_far(round_, standings)) else ()
    if asked is None:
        return Reply(f"{_title(round_)}: over", (Prose(_REMOVED), had, *so_far))
    right, *rest = proof(corpus, asked)
    parts = (*question_parts(asked), right, had, *rest, *so_far)
    buttons = report_buttons(asked, round_.server)
    return Reply(f"{_title(round_)}: answered", parts, buttons, text=asked.references[0].text)


def answer_of_the_day(
    round_: Round, asked: QuizQuestion | None, corpus: Corpus, answers: Sequence[RoundAnswer]
) -> Reply:
    """The answer to a question of the day, as a post of its own: the question is far above."""
    closed = closed_question(round_, asked, corpus, answers, ())
    return structs.replace(closed, title="The answer to the question of the day")


def verdict(asked: QuizQuestion, standing: Standing | None, *, is_right: bool) -> Reply:
    """What somebody is told alone when a question closes: whether they were right, and how they do so far."""
    said = "Right" if is_right else "Not quite"
    so_far = f" You have {standing.right_ones} of {standing.answered} right." if standing else ""
    words = f"{said}: the answer is {answer_words(asked)}.{so_far}"
    return Reply(parts=(Prose(words),), private=True, tone="good" if is_right else "bad")


def final_table(
    round_: Round,
    standings: Sequence[Standing],
    counted: Sequence[CountedAnswer],
    asked: Mapping[str, QuizQuestion | None],
) -> Reply:
    """Who won, how everybody did, and what was hardest.

    `asked` are the round's questions by id, in their order; None where the text was removed.
    """
    deserted = round_state.is_deserted(round_) and not round_.stopped
    title = "Quiz stopped" if round_.stopped or deserted else "Quiz over"
    who = "You didn't answer" if round_.alone else "Nobody answered"
    last = f"{who} the last {round_state.MOST_UNANSWERED} questions, so I stopped."
    why: tuple[AnyPart, ...] = (Prose(last),) if deserted else ()
    again = (Button("Go on", "quiz.go_on", round_.id, "primary"),) if deserted else ()
    rematch = Button("Rematch", "quiz.rematch", round_.id)
    if not standings:
        nobody = () if deserted else (Prose(f"{who}."),)
        return Reply(title, (*why, *nobody), again or (start_button(),))
    rows = ranked(standings, key=lambda one: one.right_ones)
    parts = (*why, Prose(_winner(round_, rows)), *_table(round_, rows), *_hardest(round_, rows, counted, asked))
    review = Button("Review what I missed", "quiz.missed", round_.id, "plain" if again else "primary")
    return Reply(title, parts, (*again, review, rematch))


def unfinished(reason: str, *, paused: bool = False) -> Reply:
    """A private message to the person who started a round that could not continue; `paused`: nor can its schedule."""
    scheduled = (Prose("Its schedule is paused. /quiz schedules resumes it."),) if paused else ()
    return Reply(
        "Your quiz ended early",
        (
            Prose(f"I couldn't continue in the channel: {reason}."),
            Prose(
                "All answers so far are saved: /quiz scores shows them. If I lack a permission, please give it to me; "
                "/quiz start begins another quiz."
            ),
            *scheduled,
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
    return "Question of the day" if round_.daily else f"Question {round_.number} of {round_.questions}"


def _have_answered(answered: int) -> str:
    if not answered:
        return "Nobody has answered yet."
    return "One person has answered." if answered == 1 else f"{answered} people have answered."


def _who_had_it(round_: Round, answers: Sequence[RoundAnswer]) -> str:
    if round_.skipped:
        return "Skipped (no points)."
    late = " I closed it too late, sorry: right answers count, wrong ones don't." if round_.late else ""
    right = [one.name for one in answers if one.is_right]
    if round_.alone:
        return ("You got it." if right else "You didn't get it." if answers else "You didn't answer.") + late
    if not right:
        return f"Nobody got it.{late}" if answers else f"Nobody answered.{late}"
    return f"Right: {_names(right)} ({len(right)} of {len(answers)}).{late}"


def _names(names: Sequence[str]) -> str:
    return ", ".join(names[:_NAMES]) + (f" and {len(names) - _NAMES} more" if len(names) > _NAMES else "")


def _so_far(round_: Round, standings: Sequence[Standing]) -> str:
    """How everybody does after a question; nothing where nobody has answered any, or the table follows at once."""
    rows = ranked(standings, key=lambda one: one.right_ones)
    if not rows or round_.number == round_.questions or round_.stopped:
        return ""
    if round_.alone:
        return f"{rows[0][1].right_ones} right so far."
    leaders = ", ".join(f"{place} {one.name} ({one.right_ones})" for place, one in _with_numbers(rows[:_LEADERS]))
    more = f" and {len(rows) - _LEADERS} more" if len(rows) > _LEADERS else ""
    return f"After {plural(round_.number, 'question')}: {leaders}{more}."


def _with_numbers(rows: Sequence[tuple[str, Standing]]) -> list[tuple[str, Standing]]:
    return [(f"{place.rstrip('=')}.", one) for place, one in rows]


def _winner(round_: Round, rows: Sequence[tuple[str, Standing]]) -> str:
    """Who won, or who tied."""
    best = rows[0][1].right_ones
    if round_.alone:
        return f"You got {best} of {round_.number} right."
    if not best:
        return "Nobody got a point this time."
    winners = [one.name for _, one in rows if one.right_ones == best]
    points = plural(best, "point")
    if len(winners) == 1:
        return f"{winners[0]} wins with {points}!"
    named = and_list(winners) if len(winners) <= _LEADERS else f"{_names(winners[:_LEADERS])} and others"
    return f"A tie: {named} have {points} each."


def _table(round_: Round, rows: Sequence[tuple[str, Standing]]) -> tuple[AnyPart, ...]:
    if round_.alone:
        return ()
    table = Table(
        ("Place", "Name", "Right", "Answered"),
        tuple((place, one.name, str(one.right_ones), str(one.answered)) for place, one in rows[:_ROWS]),
    )
    return (table, *((Prose(f"And {len(rows) - _ROWS} more."),) if len(rows) > _ROWS else ()))


def _hardest(
    round_: Round,
    rows: Sequence[tuple[str, Standing]],
    counted: Sequence[CountedAnswer],
    asked: Mapping[str, QuizQuestion | None],
) -> tuple[Prose, ...]:
    """The question that the most missed, of those the one that the fewest had: its number, its words, its answer."""
    had, missed = Counter[str](), defaultdict[str, list[str]](list)
    names = {one.person: one.name for _, one in rows}
    for one in counted:
        had[one.question] += one.is_right
        if not one.is_right and asked.get(one.question):
            missed[one.question].append(names.get(one.person, ""))
    if not missed:
        return ()
    numbers = {question: number for number, question in enumerate(asked, 1)}
    hardest = min(missed, key=lambda one: (-len(missed[one]), had[one], numbers[one]))
    question = asked[hardest]
    assert question  # noqa: S101 - those whose text was removed are not counted.
    which = shortened(f"{question.ask} {question.words or '; '.join(question.items)}", 200)
    by = "" if round_.alone else f" Missed by {_names(sorted(missed[hardest]))}."
    answer = answer_words(question)
    return (Prose(f"The hardest was question {numbers[hardest]}: {which} Answer: {answer}.{by}"),)
