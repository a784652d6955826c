"""How a round goes on: pure steps from one state to the next. Nothing here reads a clock or keeps anything.

    announcing ─ announced ─▶ waiting, where a schedule began the round

    waiting ─ open ─▶ opening ─ opened ─▶ asking ─ close ─▶ closing ─ shown ─▶ waiting …
       └── after the last question, or when nobody answers ──▶ ending ─ over

A round can be paused while it is waiting or asking, and stopped at any time.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from msgspec import structs

from bot.core.errors import UserError
from bot.core.times import TIMES
from bot.scheduler.post_once import Span, span
from bot.storage.round import NEVER, Round, State

GATHERING = timedelta(minutes=1)
"""From the announcement of a scheduled quiz to its first question: time to come."""
LEAD = timedelta(seconds=4)
"""From the start of a round to its first question."""
BREAK = timedelta(seconds=8)
"""From an answer to the next question: time to read the passage."""
LEEWAY = TIMES.leeway
LATE = timedelta(seconds=10)
"""A question that is closed so much after its time was open while we were away."""
ABANDONED = timedelta(hours=12)
"""How long a paused round waits for somebody."""
SECOND_THOUGHTS = timedelta(seconds=2)
"""From the answer of the last who plays to the close: time to change it."""
MOST_UNANSWERED = 3
"""Questions in a row that nobody answers, after which a round ends: nobody is there any more."""
MOST_TRIES = 13
"""Failures to say one thing, after which the channel is given up: some six minutes."""
MOST_DAILY_TRIES = 370
"""The same for a question of the day, for which nobody sits and waits: some six hours."""

_MICROSECOND = timedelta(microseconds=1)
_OUTDATED = -1
"""Instead of how many answers the question's message shows: it has to be shown again."""


def announcement_key(identifier: str) -> str:
    """What marks the announcement of a round."""
    return f"{identifier}n"


def question_key(identifier: str, number: int) -> str:
    """What marks a question of a round."""
    return f"{identifier}q{number}"


def announced(round_: Round, now: datetime) -> Round:
    """From announcing: the announcement is in the channel, and people gather."""
    return _moved(round_, State.WAITING, due_at=now + GATHERING)


def open_next(round_: Round, now: datetime) -> Round:
    """From waiting: the next question is about to be said, or the table when there is none."""
    if round_.number >= round_.questions or round_.stopped:
        return end(round_, now)
    return _moved(
        round_,
        State.OPENING,
        number=round_.number + 1,
        due_at=now,
        closes_at=now + _open_for(round_),
        message="",
        shown=0,
        winner="",
        won_at=None,
        skipped=False,
        late=False,
    )


def posting(round_: Round, first: datetime, last: datetime) -> Round:
    """About to say something: who finds this later looks whether it was said between these moments."""
    return structs.replace(round_, unsure_from_at=first, unsure_to_at=last)


def posting_question(round_: Round, first: datetime, last: datetime) -> Round:
    """From opening: the question is about to be said, with its full time."""
    return structs.replace(posting(round_, first, last), closes_at=first + _open_for(round_))


def opened(round_: Round, message: str, now: datetime) -> Round:
    """From opening: the question is in the channel, and has its full time from now."""
    return _asking(round_, message, now + _open_for(round_))


def found(round_: Round, message: str, now: datetime, *, answered: bool) -> Round:
    """From opening: the question has been in the channel since before we were away; its time is the one it tells."""
    asking = _asking(round_, message, round_.closes_at)
    return structs.replace(close(asking, now), skipped=not answered) if round_.stopped else asking


def _asking(round_: Round, message: str, closes_at: datetime) -> Round:
    """Open until a moment, or until the winner of a race is sure."""
    due_at = (round_.won_at or closes_at) + LEEWAY
    return _moved(round_, State.ASKING, message=message, closes_at=closes_at, due_at=due_at)


def _moved(round_: Round, state: State, **changes: Any) -> Round:
    """In another state, in which nothing was tried yet."""
    return structs.replace(round_, state=state, tries=0, unsure_from_at=None, unsure_to_at=None, **changes)


def refusal(round_: Round, number: int, pressed_at: datetime) -> str:
    """Why the question takes no answer that was given at a moment; nothing where it does."""
    if round_.state is State.PAUSED and round_.number == number:
        return "The quiz is paused. Please answer again once it continues."
    if round_.state not in (State.OPENING, State.ASKING) or round_.number != number or pressed_at > round_.closes_at:
        return "That question is closed. Good luck with the next one!"
    is_faster = round_.won_at is None or pressed_at < round_.won_at
    return "" if is_faster else "Somebody was faster. Good luck with the next one!"


def won(round_: Round, person: str, pressed_at: datetime, now: datetime) -> Round:
    """A race's question was answered right: it closes as soon as what was pressed before must have come."""
    due_at = round_.due_at if round_.winner else now + LEEWAY
    return structs.replace(round_, winner=person, won_at=pressed_at, due_at=due_at)


def complete(round_: Round, now: datetime) -> Round:
    """Everybody who plays has answered: nobody waits for the full time."""
    if round_.state is not State.ASKING:
        return round_
    due_at = now + (timedelta() if round_.alone else SECOND_THOUGHTS)
    return structs.replace(round_, due_at=due_at) if due_at < round_.due_at else round_


def close(round_: Round, now: datetime) -> Round:
    """From asking: nothing more is taken; the answer is about to be said."""
    # While it is paused nobody was away: the person who runs it has closed it.
    is_running = round_.state is State.ASKING and not round_.winner
    late = is_running and now > round_.closes_at + LATE
    return _moved(round_, State.CLOSING, due_at=now, late=late)


def shown(round_: Round, now: datetime, *, answered: bool) -> Round:
    """From closing: the answer is in the channel. After some questions that nobody answered, the table follows."""
    # The person who skips is there, and while we were away nobody could answer.
    unanswered = 0 if answered or round_.skipped else round_.unanswered + (not round_.late)
    # What comes later, such as a pause, is not written over the answer.
    after = structs.replace(round_, unanswered=unanswered, message="")
    if after.stopped or is_deserted(after):
        return end(after, now)
    return _moved(after, State.WAITING, due_at=now + BREAK)


def is_deserted(round_: Round) -> bool:
    """Whether nobody has answered for so long that a round ends before its last question."""
    return round_.unanswered >= MOST_UNANSWERED and round_.number < round_.questions


def go_on(round_: Round, now: datetime) -> Round:
    """From over: somebody is there again for the questions that are left."""
    return _moved(round_, State.WAITING, due_at=now + LEAD, unanswered=0, message="", closes_at=NEVER)


def skip(round_: Round, now: datetime, *, answered: bool) -> Round:
    """The open question closes; between questions, the next one comes at once. Raises UserError.

    A question that somebody has answered counts: nobody takes their wrong answer back by skipping it.
    """
    if _is_open(round_):
        return structs.replace(close(round_, now), skipped=not answered)
    if round_.state in (State.WAITING, State.PAUSED):
        return structs.replace(round_, state=State.WAITING, due_at=now)
    raise _one_moment()


def pause(round_: Round, now: datetime) -> Round:
    """The clock stops. Raises UserError."""
    if round_.state is State.PAUSED:
        raise UserError("The quiz is already paused. /quiz resume continues it.")
    if round_.state not in (State.ASKING, State.WAITING):
        raise _one_moment()
    until = round_.closes_at if round_.state is State.ASKING else round_.due_at
    remaining = max(until - now, timedelta(0)) // _MICROSECOND
    closes_at = round_.closes_at if round_.state is State.ASKING else NEVER
    return structs.replace(
        round_,
        state=State.PAUSED,
        remaining=remaining,
        closes_at=closes_at,
        due_at=now + ABANDONED,
        tries=0,
        shown=_OUTDATED,
    )


def resume(round_: Round, now: datetime) -> Round:
    """The clock goes on from where it stopped. Raises UserError."""
    if round_.state is not State.PAUSED:
        raise UserError("The quiz isn't paused.")
    remaining = round_.remaining * _MICROSECOND
    if round_.closes_at == NEVER:
        return structs.replace(round_, state=State.WAITING, due_at=now + remaining, remaining=0)
    return structs.replace(_asking(round_, round_.message, now + remaining), remaining=0, shown=_OUTDATED)


def stop(round_: Round, now: datetime, *, answered: bool) -> Round:
    """No more questions; one that is open counts if somebody has answered it."""
    stopped = structs.replace(round_, stopped=True)
    if _is_open(round_):
        return structs.replace(close(stopped, now), skipped=not answered)
    if round_.state in (State.ANNOUNCING, State.OPENING, State.CLOSING, State.ENDING):
        # What is under way comes to its end first: a question that nobody closes would be there for ever.
        return stopped
    return end(stopped, now)


def end(round_: Round, now: datetime) -> Round:
    """The table is about to be said."""
    return _moved(round_, State.ENDING, due_at=now, message="")


def over(round_: Round) -> Round:
    """Nothing is to be done any more."""
    return structs.replace(round_, state=State.OVER)


def absent(round_: Round) -> Round:
    """We were away for so long that nobody waits any more: what is open is closed, and the table follows."""
    return structs.replace(round_, stopped=True)


def again(round_: Round, now: datetime, wait: timedelta) -> Round:
    """It could not be said: it is tried again after a pause."""
    return structs.replace(round_, tries=round_.tries + 1, due_at=now + wait)


def not_said(round_: Round) -> Round:
    """What was to be said is surely not in the channel."""
    return structs.replace(round_, unsure_from_at=None, unsure_to_at=None)


def unsure(round_: Round, downtime: tuple[datetime, datetime] | None) -> Span | None:
    """When what comes next may have been said: by a try, or by the bot whose store was backed up."""
    tried = span(round_.unsure_from_at, round_.unsure_to_at)
    if downtime is None or round_.started_at >= downtime[1]:
        return tried
    away = Span(max(round_.started_at, downtime[0]), downtime[1])
    return Span(min(away.first, tried.first), max(away.last, tried.last)) if tried else away


def pause_after(tries: int) -> timedelta:
    """How long to wait after so many failures."""
    return timedelta(seconds=min(1.5 ** (tries + 1), 60.0))


def _is_open(round_: Round) -> bool:
    """Whether a question is in the channel, though its clock may be stopped."""
    return round_.state is State.ASKING or (round_.state is State.PAUSED and round_.closes_at != NEVER)


def _open_for(round_: Round) -> timedelta:
    return timedelta(seconds=round_.seconds)


def _one_moment() -> UserError:
    return UserError("One moment, please try again.")
