"""Rounds of questions: what of them is kept, and how it changes without a point lost or given twice."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal, NamedTuple
from weakref import WeakKeyDictionary

from msgspec import Struct, structs

from bot.storage.session import Row, Session, read
from bot.storage.store import Store

State = Literal["waiting", "opening", "asking", "closing", "paused", "ending", "over"]
Mode = Literal["everyone", "race"]

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
RIGHT_RATING, WRONG_RATING = 3, 1
"""What an answer says of how well it is known, as FSRS counts: 1 not at all, 2 hardly, 3 well, 4 easily."""
LEASE = timedelta(seconds=30)
_STEPPED = (
    "state", "number", "due_at", "closes_at", "message", "winner", "remaining", "skipped", "late", "stopped", "tries",
)  # fmt: skip
_MOST = 50
_AT_ONCE = 250
"""Answers that one transaction takes: some 50 ms of work, for which the next ones wait."""


class Round(Struct, frozen=True):
    """A round as it stands. At `due_at` something is to be done about it; what, its `state` says.

    `number` counts the questions from 1; `closes_at` is when the open one closes; `message` is the message that shows
    it; `winner` is the person who closed it in a race; `skipped` questions count for nobody, of `late` ones only right
    answers do, as nobody could mend a wrong one while we were away; `remaining` are the microseconds that a pause has
    saved; `tries` counts attempts to say what is to be said next; `version` grows with each change.
    """

    id: str
    platform: str
    server: str
    channel: str
    mode: Mode
    seconds: int
    questions: int
    starter: str
    starter_name: str
    started_at: datetime
    state: State
    number: int
    due_at: datetime
    closes_at: datetime = NEVER
    message: str = ""
    winner: str = ""
    remaining: int = 0
    skipped: bool = False
    late: bool = False
    stopped: bool = False
    tries: int = 0
    version: int = 0


class RoundQuestion(Struct, frozen=True):
    """A question of a round: `asked` is the whole question as JSON, `topics` are ids between spaces."""

    number: int
    question: str
    asked: str
    kind: str
    topics: str
    made: bool = False


class RoundAnswer(Struct, frozen=True):
    """What one person has answered to one question."""

    person: str
    name: str
    is_right: bool


@dataclass(frozen=True, eq=False)
class Given:
    """An answer on its way. `step` moves the round on, or leaves it, or is None where the question takes no answer."""

    round: str
    number: int
    answer: RoundAnswer
    at: datetime
    step: Callable[[Round], Round | None]


class Receipt(NamedTuple):
    """Whether an answer was taken, and the round: after it, or as it stood when the answer was refused."""

    taken: bool
    round: Round


class Standing(Struct, frozen=True):
    """How one person did: right answers among all that were given."""

    person: str
    name: str
    right_ones: int
    answered: int


class Rounds:
    """The rounds in a store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def add(self, round_: Round, questions: Sequence[RoundQuestion]) -> bool:
        """Keep a new round; False where one is running in the channel."""
        async with self._store.transaction() as tx:
            if not await tx.add_round(**structs.asdict(round_)):
                return False
            for one in questions:
                kept = {name: getattr(one, name) for name in ("number", "question", "asked", "kind", "topics")}
                await tx.add_round_question(round=round_.id, **kept)
                if one.made:
                    await tx.keep_made_question(question=one.question, asked=one.asked)
        return True

    async def running(self, platform: str, channel: str) -> Round | None:
        """The round that is running in a channel."""
        return _round(await self._store.reader.running_round(platform=platform, channel=channel))

    async def get(self, identity: str) -> Round | None:
        return _round(await self._store.reader.get_round(id=identity))

    async def step(self, identity: str, step: Callable[[Round], Round], version: int | None = None) -> Round | None:
        """Move a round on by a pure step, and count the answers where that closes a question.

        With a `version`, None where somebody else has moved it on since. What `step` raises leaves all as it was.
        """
        async with self._store.transaction() as tx:
            before = _round(await tx.hold_round(id=identity))
            if before is None or before.state == "over" or version not in (None, before.version):
                return None
            after = step(before)
            if after.state == "closing" and before.state != "closing":
                await _count(tx, after)
            await _save(tx, after)
        return structs.replace(after, version=after.version + 1)

    async def answer(self, given: Given) -> Receipt | None:
        """Take an answer, in `everyone` mode in place of an earlier one; None where there is no such round."""
        return await _intake(self._store).take(given)

    async def question(self, round_: str, number: int) -> str | None:
        """A question of a round, as JSON."""
        asked: str | None = await self._store.reader.get_round_question(round=round_, number=number)
        return asked

    async def questions(self, round_: str) -> dict[str, str]:
        """The questions of a round, in order: each by its id, as JSON."""
        rows = await self._store.reader.round_questions(round=round_)
        return {row["question"]: row["asked"] for row in rows}

    async def lately_asked(self, platform: str, channel: str, since: datetime) -> set[str]:
        """The ids of the questions of a channel's rounds since then."""
        rows = await self._store.reader.lately_asked(platform=platform, channel=channel, since=since)
        return {row["question"] for row in rows}

    async def answers(self, round_: str, number: int) -> list[RoundAnswer]:
        """All answers to a question, the earliest first."""
        return [read(RoundAnswer, row) for row in await self._store.reader.round_answers(round=round_, number=number)]

    async def count(self, round_: str, number: int) -> int:
        """How many have answered a question."""
        answered: int = await self._store.reader.count_answers(round=round_, number=number)
        return answered

    async def standings(self, round_: str) -> list[Standing]:
        """How everybody did who answered in a round, in no order."""
        return [read(Standing, row) for row in await self._store.reader.round_standings(round=round_)]

    async def attempts(self, round_: str) -> list[Row]:
        """Person, question and whether it was right, for each answer that counted in a round."""
        rows: list[Row] = await self._store.reader.round_attempts(round=round_)
        return rows

    async def claim(self, platform: str, now: datetime) -> list[Round]:
        """Rounds with something to do, for this process alone until it releases them or the lease ends."""
        async with self._store.transaction() as tx:
            rows = await tx.claim_rounds(platform=platform, now=now, until=now + LEASE, most=_MOST)
        return [read(Round, row) for row in rows]

    async def claim_unshown(self, platform: str, now: datetime, pace: timedelta) -> list[Round]:
        """Rounds whose message does not show how many have answered, and was not edited for as long as `pace`."""
        async with self._store.transaction() as tx:
            rows = await tx.claim_unshown(platform=platform, now=now, before=now - pace, until=now + LEASE, most=_MOST)
        return [read(Round, row) for row in rows]

    async def note_shown(self, round_: Round, shown: int) -> None:
        """The message shows so many answers now; the round is released."""
        async with self._store.transaction() as tx:
            await tx.note_shown(id=round_.id, number=round_.number, shown=shown)

    async def release(self, identity: str) -> None:
        async with self._store.transaction() as tx:
            await tx.release_round(id=identity)


class _Intake:
    """Answers on their way into a store: one transaction takes all that came while the last was under way.

    A thousand people who press at once would otherwise wait for a thousand commits.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: list[Given] = []
        self._receipts: dict[Given, Receipt | None] = {}
        self._turn = asyncio.Lock()

    async def take(self, given: Given) -> Receipt | None:
        self._waiting.append(given)
        try:
            async with self._turn:
                while given in self._waiting:
                    await self._take_all(self._waiting[:_AT_ONCE])
            return self._receipts[given]
        finally:
            self._receipts.pop(given, None)
            if given in self._waiting:
                self._waiting.remove(given)

    async def _take_all(self, batch: Sequence[Given]) -> None:
        held: dict[str, Round | None] = {}
        receipts = {}
        async with self._store.transaction() as tx:
            for given in batch:
                if given.round not in held:
                    held[given.round] = _round(await tx.hold_round(id=given.round))
                receipts[given] = await _take(tx, held, given)
        # Only what is kept has a receipt: after a failure, the next in turn tries for those who still wait.
        self._receipts |= receipts
        self._waiting = self._waiting[len(batch) :]


async def _take(tx: Session, held: dict[str, Round | None], given: Given) -> Receipt | None:
    before = held[given.round]
    after = given.step(before) if before else None
    if before is None:
        return None
    if after is None:
        return Receipt(False, before)
    put = tx.put_answer if before.mode == "everyone" else tx.add_answer
    if not await put(round=given.round, number=given.number, answered_at=given.at, **structs.asdict(given.answer)):
        return Receipt(False, before)
    if after is not before:
        await _save(tx, after)
        held[given.round] = after = structs.replace(after, version=after.version + 1)
    return Receipt(True, after)


_INTAKES: WeakKeyDictionary[Store, _Intake] = WeakKeyDictionary()


def _intake(store: Store) -> _Intake:
    return _INTAKES.setdefault(store, _Intake(store))


async def _count(tx: Session, after: Round) -> None:
    """Make what was answered to the question that is closing count, once and for all."""
    if after.skipped or after.late:
        await tx.drop_answers(round=after.id, number=after.number, right_too=after.skipped)
    await tx.count_round_answers(
        round=after.id, number=after.number, right_rating=RIGHT_RATING, wrong_rating=WRONG_RATING
    )


async def _save(tx: Session, after: Round) -> None:
    values = {name: getattr(after, name) for name in _STEPPED}
    if not await tx.save_round(id=after.id, version=after.version, **values):
        raise RuntimeError(f"round {after.id} moved on while it was held")


def _round(row: Row | None) -> Round | None:
    return read(Round, row) if row else None
