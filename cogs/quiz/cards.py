"""What somebody knows: FSRS says when each question is to come again, and the store keeps that on cards."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from random import Random
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from msgspec import structs

from bot.core.context import Context
from bot.storage import cards, learning
from bot.storage.cards import Card, DueCard
from bot.storage.learning import AnswerCount, Attempt
from bot.storage.owner import Owner
from bot.storage.session import Session
from bot.storage.store import Store
from cogs.quiz.questions import store_of
from cogs.shared.asker import person_of, zone_of

if TYPE_CHECKING:
    from fsrs import Scheduler

RATINGS = {1: "Again", 2: "Hard", 3: "Good", 4: "Easy"}
"""FSRS's ratings, as people know them."""
_DAYS = timedelta(hours=20)
"""A pause that counts in days, not in minutes."""
NEW_A_DAY = 10
"""Questions nobody has put to the person before, a day: as many come back in the weeks after."""
_BATCH = 50
"""Answers that are put on their cards in one transaction, so that nobody waits for those of a whole year."""
_PAGE = 50
"""Cards that are read at once."""


@functools.cache
def _scheduler() -> Scheduler:
    from fsrs import Scheduler

    # Without chance, the same answers always give the same days.
    return Scheduler(enable_fuzzing=False)


def card_of(attempts: Sequence[Attempt]) -> Card:
    """The card of a question, from all answers of one person to it in the order in which they were given."""
    from fsrs import Card as Memory
    from fsrs import Rating

    first, last = attempts[0], attempts[-1]
    # FSRS would make its own id from the clock, and wait for the next millisecond to do so.
    memory = Memory(card_id=1, due=first.attempted_at)
    for one in attempts:
        memory, _ = _scheduler().review_card(memory, Rating(one.rating), one.attempted_at)
    return Card(
        first.question,
        memory.state.value,
        memory.step,
        memory.stability or 0,
        memory.difficulty or 0,
        memory.due,
        last.attempted_at,
        in_days=memory.due - last.attempted_at >= _DAYS,
        met_at=first.attempted_at,
        met_in_review=not first.round,
        missed=bool(last.round) and not last.is_right,
    )


async def update_cards(store: Store, person: str) -> None:
    """Put the answers of a person on their cards that are not there yet."""
    while await cards.has_pending(store.reader, person):
        async with store.transaction() as tx:
            for question in sorted(set(await cards.take_pending(tx, person, _BATCH))):
                await cards.put(tx, person, card_of(await learning.attempts_at(tx, person, question)))


class Asking(NamedTuple):
    """Somebody who reviews, when and where, and the questions in the notes.

    `shelf` is the one from whose texts they are asked, beside everybody's.
    """

    session: Session
    person: str
    now: datetime
    zone: ZoneInfo
    curated: frozenset[str]
    shelf: Owner

    @property
    def today(self) -> datetime:
        """When the person's day began."""
        return midnight(self.now, self.zone)

    @property
    def tomorrow(self) -> datetime:
        """When the person's next day begins."""
        return midnight(self.now, self.zone, days=1)

    def exists(self, card: DueCard) -> bool:
        """Whether a card's question is asked here: what left the texts, or is another server's, is not due."""
        return card.made or card.question in self.curated


async def asking_of(ctx: Context) -> Asking:
    """The asker, with all their answers on their cards."""
    store, person = store_of(ctx), person_of(ctx)
    await update_cards(store, person)
    curated = frozenset(question.id for question in ctx.corpus.notes.questions)
    shelf = Owner(ctx.place.platform, ctx.place.server or "")
    return Asking(store.reader, person, ctx.now, await zone_of(ctx), curated, shelf)


async def candidates(asking: Asking, dice: Random, first: Sequence[str] = ()) -> AsyncIterator[str]:
    """Questions to review now, in order: those that are wanted `first`, what is due, what was missed, new ones.

    What comes back after days is due from the start of the person's day: who learns at nine one day and at eight the
    next is not told that all is done.
    """
    session, person = asking.session, asking.person
    for question in first:
        card = await cards.get(session, person, question)
        if card and card.missed:
            yield question
    for cards_now in (_due(asking), _missed(asking)):
        async for one in cards_now:
            yield one.question
    if await new_left(asking):
        new = sorted(asking.curated.difference(await cards.known(session, person)))
        for question in dice.sample(new, len(new)):
            yield question


def _due(asking: Asking) -> AsyncIterator[DueCard]:
    session, person, now, *_, shelf = asking
    return _pages(asking, lambda skip: cards.due(session, person, shelf, now, asking.tomorrow, _PAGE, skip))


def _missed(asking: Asking) -> AsyncIterator[DueCard]:
    session, person, now, *_, shelf = asking
    return _pages(asking, lambda skip: cards.missed(session, person, shelf, now, _PAGE, skip))


async def new_left(asking: Asking) -> int:
    """How many new questions a person may still meet today."""
    met = await cards.count_met(asking.session, asking.person, asking.today)
    return max(0, NEW_A_DAY - met)


async def to_review(asking: Asking, is_wanted: Callable[[str], Awaitable[bool]]) -> int:
    """How many questions a review has now, of those that are wanted: due, missed, and today's new ones."""
    found = {
        one.question
        for cards_now in (_due(asking), _missed(asking))
        async for one in cards_now
        if await is_wanted(one.question)
    }
    new = asking.curated.difference(await cards.known(asking.session, asking.person))
    wanted = sum([await is_wanted(one) for one in new])
    return len(found) + min(wanted, await new_left(asking))


def previews(attempts: Sequence[Attempt]) -> dict[int, timedelta]:
    """In what time a question comes again, for each rating that its last answer may get."""
    *before, last = attempts
    due = {rating: card_of([*before, structs.replace(last, rating=rating)]) for rating in RATINGS}
    return {rating: card.due_at - last.attempted_at for rating, card in due.items()}


async def next_due_at(asking: Asking) -> datetime | None:
    """When the next card of a person will be due."""
    session, person, now, zone, _, shelf = asking
    async for one in _pages(
        asking, lambda skip: cards.coming(session, person, shelf, now, asking.tomorrow, _PAGE, skip)
    ):
        return midnight(one.due_at, zone) if one.in_days else one.due_at
    return None


async def count_cards(asking: Asking) -> tuple[int, int]:
    """How many questions that are still there a person has met, and how many of them are due."""
    counts = await cards.counts(asking.session, asking.person, asking.shelf, asking.now, asking.tomorrow)
    living = [one for one in counts if not one.question or one.question in asking.curated]
    return sum(one.known for one in living), sum(one.due for one in living)


async def _pages(asking: Asking, read: Callable[[int], Awaitable[list[DueCard]]]) -> AsyncIterator[DueCard]:
    """The cards whose questions are still there, read some at a time, as mostly the first will do."""
    skip = 0
    while page := await read(skip):
        for card in page:
            if asking.exists(card):
                yield card
        skip += len(page)


async def streak(asking: Asking) -> int:
    """Days in a row with an answer, up to today, or to yesterday while today may still come."""
    length, before, since = 0, asking.tomorrow, midnight(asking.now, asking.zone, days=-1)
    # A look for each day: who has answered for years need not have all of that read.
    while (at := await learning.last_answer_at(asking.session, asking.person, before)) and at >= since:
        length, before, since = length + 1, midnight(at, asking.zone), midnight(at, asking.zone, days=-1)
    return length


def tally(counts: Iterable[AnswerCount]) -> tuple[Counter[str], Counter[str], Counter[str], Counter[str]]:
    """Right and all answers by kind, then right and all answers by topic."""
    kinds_right, kinds, topics_right, topics = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for one in counts:
        kinds[one.kind] += one.answered
        kinds_right[one.kind] += one.right_ones
        for topic in one.topics.split():
            topics[topic] += one.answered
            topics_right[topic] += one.right_ones
    return kinds_right, kinds, topics_right, topics


def midnight(moment: datetime, zone: tzinfo, *, days: int = 0) -> datetime:
    """When the day of a moment began in a zone, or one some days later."""
    return datetime.combine(_day(moment, zone) + timedelta(days=days), time(), zone).astimezone(UTC)


def _day(moment: datetime, zone: tzinfo) -> date:
    return moment.astimezone(zone).date()
