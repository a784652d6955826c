"""Each step of a round, from each state, in time and a moment late: what it changes is kept in tests/golden."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

from msgspec import structs

from bot.core.errors import UserError
from bot.storage.round import NEVER, Round, State
from cogs.quiz import round_state
from tests import golden

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
HAIR = timedelta(microseconds=1)
SECOND = timedelta(seconds=1)
ROUND = Round(
    "r", "test", "guild", "hall", "race", 20, 5, "test:1", "Ada", NOW - 60 * SECOND, State.ASKING, 2, NOW + 10 * SECOND,
    NOW + 10 * SECOND, "message", unsure_from_at=NOW, unsure_to_at=NOW, tries=3, shown=1,
)  # fmt: skip
VARIANTS: dict[str, dict[str, object]] = {
    "": {},
    "stopped": {"stopped": True},
    "the last but one question": {"number": 4},
    "the last question": {"number": 5},
    "won": {"winner": "test:2", "won_at": NOW - 2 * SECOND},
    "just not late": {"closes_at": NOW - round_state.LATE},
    "late": {"closes_at": NOW - round_state.LATE - HAIR},
    "late, but won": {"closes_at": NOW - round_state.LATE - HAIR, "winner": "test:2"},
    "it was late": {"late": True, "unanswered": 1},
    "it was skipped": {"skipped": True, "unanswered": 1},
    "nobody answered one": {"unanswered": 1},
    "nobody answered two": {"unanswered": 2},
    "nobody answered two, the last question": {"unanswered": 2, "number": 5},
    "alone": {"alone": True},
    "due in a moment": {"due_at": NOW + 2 * SECOND},
    "due before that": {"due_at": NOW + 2 * SECOND - HAIR},
    "no question open": {"closes_at": NEVER},
    "its time saved": {"remaining": 5_000_000},
    "its time saved, no question open": {"remaining": 5_000_000, "closes_at": NEVER},
}
SPAN = (NOW - SECOND, NOW + SECOND)
STEPS: dict[str, Callable[[Round], Round]] = {
    "absent": round_state.absent,
    "again": lambda one: round_state.again(one, NOW, SECOND),
    "announced": lambda one: round_state.announced(one, NOW),
    "close": lambda one: round_state.close(one, NOW),
    "complete": lambda one: round_state.complete(one, NOW),
    "end": lambda one: round_state.end(one, NOW),
    "found": lambda one: round_state.found(one, "other", NOW, answered=False),
    "found, answered": lambda one: round_state.found(one, "other", NOW, answered=True),
    "go_on": lambda one: round_state.go_on(one, NOW),
    "not_said": round_state.not_said,
    "open_next": lambda one: round_state.open_next(one, NOW),
    "opened": lambda one: round_state.opened(one, "other", NOW),
    "over": round_state.over,
    "pause": lambda one: round_state.pause(one, NOW),
    "posting": lambda one: round_state.posting(one, *SPAN),
    "posting_question": lambda one: round_state.posting_question(one, *SPAN),
    "resume": lambda one: round_state.resume(one, NOW),
    "shown": lambda one: round_state.shown(one, NOW, answered=False),
    "shown, answered": lambda one: round_state.shown(one, NOW, answered=True),
    "skip": lambda one: round_state.skip(one, NOW, answered=False),
    "skip, answered": lambda one: round_state.skip(one, NOW, answered=True),
    "stop": lambda one: round_state.stop(one, NOW, answered=False),
    "stop, answered": lambda one: round_state.stop(one, NOW, answered=True),
    "won": lambda one: round_state.won(one, "test:3", NOW - SECOND, NOW),
}


def written(value: object) -> str:
    """A moment as seconds from now, anything else as it is."""
    if isinstance(value, datetime):
        return "never" if value == NEVER else f"now{(value - NOW).total_seconds():+}"
    return str(value)


def outcome(step: Callable[[Round], Round], before: Round) -> str:
    """The state after a step, and what else it changes; or why it is refused."""
    try:
        after = step(before)
    except UserError as error:
        return str(error)
    fields = [name for name in Round.__struct_fields__ if getattr(before, name) != getattr(after, name)]
    changes = [f"{name}={written(getattr(after, name))}" for name in fields if name != "state"]
    return ", ".join((after.state, *changes))


def lines() -> Iterator[str]:
    for step, move in STEPS.items():
        usually = {state: outcome(move, structs.replace(ROUND, state=state)) for state in State}
        for variant, changes in VARIANTS.items():
            states: dict[str, list[str]] = defaultdict(list)
            for state in State:
                found = outcome(move, structs.replace(ROUND, state=state, **changes))
                if not variant or found != usually[state]:
                    states[found].append(state)
            for found, several in states.items():
                where = "any state" if len(several) == len(State) else " ".join(several)
                yield f"{step}: {where}{f' ({variant})' if variant else ''}: {found}"


def test_each_step_from_each_state_is_kept() -> None:
    golden.check("quiz-steps", "steps.txt", "\n".join(lines()) + "\n")


def test_a_press_counts_to_the_last_microsecond_and_the_first_one_wins() -> None:
    closes_at = ROUND.closes_at
    held = structs.replace(ROUND, won_at=NOW)
    for state in State:
        now = structs.replace(ROUND, state=state)
        is_open = state in (State.OPENING, State.ASKING)
        assert (round_state.refusal(now, 2, closes_at) == "") == is_open
        assert ("paused" in round_state.refusal(now, 2, closes_at)) == (state is State.PAUSED)
        assert "closed" in round_state.refusal(now, 1, closes_at)
        assert "closed" in round_state.refusal(now, 3, closes_at)
    assert "closed" in round_state.refusal(ROUND, 2, closes_at + HAIR)
    assert round_state.refusal(held, 2, NOW - HAIR) == ""
    assert "faster" in round_state.refusal(held, 2, NOW)
    assert "faster" in round_state.refusal(held, 2, NOW + HAIR)


def test_pauses_after_failures_grow_to_a_minute_and_the_last_is_after_minutes_or_hours() -> None:
    pauses = [round_state.pause_after(tries).total_seconds() for tries in range(400)]
    assert pauses[:3] == [1.5, 2.25, 3.375]
    assert pauses == sorted(pauses)
    assert pauses[-1] == 60
    assert 5 < sum(pauses[: round_state.MOST_TRIES]) / 60 < 7
    assert 5.5 < sum(pauses[: round_state.MOST_DAILY_TRIES]) / 3600 < 6.5
    assert round_state.is_deserted(structs.replace(ROUND, unanswered=3))
    assert not round_state.is_deserted(structs.replace(ROUND, unanswered=2))
    assert not round_state.is_deserted(structs.replace(ROUND, unanswered=3, number=5))
