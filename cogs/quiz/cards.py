"""What somebody knows, by all they have answered: FSRS says when each question is to come again.

A card is not kept but reckoned from the answers, which are: nothing can get out of step with them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from random import Random
from typing import NamedTuple

from bot.storage.learning import Attempt

_DAYS = timedelta(hours=20)
"""A pause that counts in days, not in minutes."""
NEW_A_DAY = 10
"""Questions nobody has put to the person before, a day: as many come back in the weeks after."""


class Card(NamedTuple):
    """One question as one person knows it. `missed` since it was last put to them in a review."""

    question: str
    due_at: datetime
    missed: bool


def cards(attempts: Iterable[Attempt], zone: tzinfo) -> dict[str, Card]:
    """The card of each question, by FSRS, from all answers in the order in which they were given.

    What comes back after days is due from the start of the person's day: who learns at nine one day and at eight the
    next is not told that all is done.
    """
    from fsrs import Card as Memory
    from fsrs import Rating, Scheduler

    # Without chance, the same answers always give the same days.
    scheduler = Scheduler(enable_fuzzing=False)
    memories: dict[str, Memory] = {}
    missed: dict[str, bool] = {}
    for one in attempts:
        # FSRS would make its own id from the clock, and wait for the next millisecond to do so.
        memory = memories.get(one.question) or Memory(card_id=1, due=one.attempted_at)
        memories[one.question], _ = scheduler.review_card(memory, Rating(one.rating), one.attempted_at)
        missed[one.question] = bool(one.round) and not one.is_right
    return {
        question: Card(question, _due_at(memory.due, memory.last_review, zone), missed[question])
        for question, memory in memories.items()
    }


def _due_at(due: datetime, reviewed: datetime | None, zone: tzinfo) -> datetime:
    if reviewed is None or due - reviewed < _DAYS:
        return due
    return due.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)


def candidates(
    known: dict[str, Card],
    attempts: Sequence[Attempt],
    curated: Sequence[str],
    now: datetime,
    zone: tzinfo,
    dice: Random,
    first: Sequence[str] = (),
) -> Iterator[str]:
    """Questions to review now, in order: those that are wanted `first`, what is due, what was missed, new ones."""
    yield from (question for question in first if question in known and known[question].missed)
    by_time = sorted(known.values(), key=lambda card: (card.due_at, card.question))
    yield from (card.question for card in by_time if card.due_at <= now)
    yield from (card.question for card in by_time if card.due_at > now and card.missed)
    new = [question for question in curated if question not in known]
    if new_today(attempts, now, zone) < NEW_A_DAY:
        yield from dice.sample(new, len(new))


def new_today(attempts: Sequence[Attempt], now: datetime, zone: tzinfo) -> int:
    """How many questions the person met for the first time today, in a review."""
    met: dict[str, Attempt] = {}
    for one in attempts:
        met.setdefault(one.question, one)
    today = _day(now, zone)
    return sum(not one.round and _day(one.attempted_at, zone) == today for one in met.values())


def streak(attempts: Iterable[Attempt], now: datetime, zone: tzinfo) -> int:
    """Days in a row with an answer, up to today, or to yesterday while today may still come."""
    days = {_day(one.attempted_at, zone) for one in attempts}
    day = _day(now, zone)
    if day not in days:
        day -= timedelta(days=1)
    length = 0
    while day - timedelta(days=length) in days:
        length += 1
    return length


def tally(attempts: Iterable[Attempt]) -> tuple[Counter[str], Counter[str], Counter[str], Counter[str]]:
    """Right and all answers by kind, then right and all answers by topic."""
    kinds_right, kinds, topics_right, topics = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for one in attempts:
        kinds[one.kind] += 1
        kinds_right[one.kind] += one.is_right
        for topic in one.topics.split():
            topics[topic] += 1
            topics_right[topic] += one.is_right
    return kinds_right, kinds, topics_right, topics


def _day(moment: datetime, zone: tzinfo) -> date:
    return moment.astimezone(zone).date()
