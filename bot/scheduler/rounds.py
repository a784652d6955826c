"""Rounds of questions go on: whatever is due in one is done, by one process, even if the last one died half-way.

Each step is kept before it is said and after: what a crash leaves is found by the next step. An edit may be made twice
without harm; a post has a key, by which it is looked for in the channel before it is made again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

import structlog

from bot.core.app import utc_now
from bot.core.platform import Forbidden, Gone, Platform, TryLater, Undelivered
from bot.core.reply import Reply
from bot.scheduler.terms import patiently
from bot.storage import rounds
from bot.storage.rounds import Round
from bot.storage.store import Store
from cogs.quiz import round_state
from cogs.quiz.questions import question_from_json
from cogs.quiz.round_replies import closed_question, final_table, open_question, unfinished
from corpus.corpus import Corpus

log = structlog.get_logger()

PACE = timedelta(seconds=2)
"""The time between two edits of a message that shows how many have answered."""
EVERY = 0.5
"""Seconds between two looks at what is due."""
_EDIT_TRIES = 5
"""Tries and failures to show an answer, after which the round goes on without."""


class _MovedOn(Exception):
    """Somebody else has moved the round on: what is to be done now is theirs, or the next step's."""


class RoundsLoop:
    """Moves the rounds of some platforms on. `clock` gives aware UTC times, for what takes time in a step."""

    def __init__(
        self, store: Store, corpus: Corpus, platforms: Sequence[Platform], clock: Callable[[], datetime] = utc_now
    ) -> None:
        self._store = store
        self._corpus = corpus
        self._platforms = {platform.name: platform for platform in platforms}
        self._clock = clock
        self._under_way: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Go on until cancelled; a slow channel holds no other up."""
        while True:
            try:
                for work in await self._due(self._clock()):
                    task = asyncio.create_task(work)
                    self._under_way.add(task)
                    task.add_done_callback(self._under_way.discard)
            except Exception as error:  # noqa: BLE001 - the loop: a database that is away now is back later
                log.error("rounds", error=type(error).__name__)
            await asyncio.sleep(EVERY)

    async def step(self, now: datetime) -> None:
        """Do all that is due at `now`, and wait until it is done."""
        await asyncio.gather(*await self._due(now))

    async def _due(self, now: datetime) -> list[Coroutine[None, None, None]]:
        work = []
        for name, platform in self._platforms.items():
            async with self._store.transaction() as tx:
                work += [self._handle(platform, one, now) for one in await rounds.claim(tx, name, now)]
                unshown = await rounds.claim_unshown(tx, name, now, PACE)
            work += [self._show_count(platform, one) for one in unshown]
        return work

    async def _handle(self, platform: Platform, round_: Round, now: datetime) -> None:
        """One round's next step; whatever goes wrong stays within that round."""
        turn = _Turn(self._store, self._corpus, platform, self._clock, round_)
        try:
            await turn.take(now)
        except _MovedOn:
            pass
        except (Gone, Forbidden) as error:
            await turn.leave(error)
        except TryLater as error:
            await turn.postpone(now, error.after)
        except Exception as error:  # noqa: BLE001 - the loop: one round's fault is not the others'
            log.error("round", round=round_.id, error=type(error).__name__)
            await turn.postpone(now, None)
        finally:
            async with self._store.transaction() as tx:
                await rounds.release(tx, round_.id)

    async def _show_count(self, platform: Platform, round_: Round) -> None:
        """Say how many have answered. It is said again soon: no matter if it fails."""
        shown = 0
        try:
            shown = await rounds.count_answers(self._store.reader, round_.id, round_.number)
            asked = question_from_json(await rounds.question(self._store.reader, round_.id, round_.number) or "")
            await patiently(platform.edit(round_.channel, round_.message, open_question(round_, asked, shown)))
        except Undelivered as error:
            log.info("round not shown", round=round_.id, error=type(error).__name__)
        except Exception as error:  # noqa: BLE001 - the loop: one round's fault is not the others'
            log.error("round", round=round_.id, error=type(error).__name__)
        finally:
            async with self._store.transaction() as tx:
                await rounds.note_shown(tx, round_.id, round_.number, shown)


class _Turn:
    """One process's turn with one round. `round` is how it stands, as far as this process has moved it."""

    def __init__(
        self,
        store: Store,
        corpus: Corpus,
        platform: Platform,
        clock: Callable[[], datetime],
        round_: Round,
    ) -> None:
        self._store = store
        self._corpus = corpus
        self._platform = platform
        self._clock = clock
        self.round = round_

    async def take(self, now: datetime) -> None:
        """Do what is due. Raises Undelivered, and _MovedOn."""
        match self.round.state:
            case "waiting":
                await self._go_on(now)
            case "opening":
                await self._say_question(now)
            case "asking":
                await self._step(lambda one: round_state.close(one, now))
                await self._say_answer()
            case "closing":
                await self._say_answer()
            case "paused":
                await self._step(lambda one: round_state.end(one, now))
                await self._say_table()
            case "ending":
                await self._say_table()

    async def _go_on(self, now: datetime) -> None:
        await self._step(lambda one: round_state.open_next(one, now))
        if self.round.state == "opening":
            await self._say_question(now)
        else:
            await self._say_table()

    async def leave(self, reason: Gone | Forbidden) -> None:
        """The channel can be told nothing any more. Who started the round is, where only the permission is lost."""
        with suppress(_MovedOn):
            await self._step(round_state.over)
        log.info("round left", round=self.round.id, reason=type(reason).__name__)
        if isinstance(reason, Forbidden) and self.round.starter:
            with suppress(Undelivered):
                person = self.round.starter.partition(":")[2]
                await patiently(self._platform.tell(person, self.round.server or None, unfinished(str(reason))))

    async def postpone(self, now: datetime, after: float | None) -> None:
        """The platform is busy or out of reach: later, but not for ever."""
        with suppress(_MovedOn):
            if self.round.tries >= round_state.MOST_TRIES:
                await self._step(round_state.over)
            else:
                await self._step(lambda one: round_state.again(one, now, after))

    async def _step(self, step: Callable[[Round], Round]) -> None:
        async with self._store.transaction() as tx:
            after = await rounds.step(tx, self.round.id, step, self.round.version)
        if after is None:
            raise _MovedOn
        self.round = after

    async def _say_question(self, now: datetime) -> None:
        key = f"{self.round.id}q{self.round.number}"
        there = await self._find(key) if self.round.tries else None
        if there:
            await self._step(lambda one: round_state.found(one, there))
            return
        if self.round.tries:
            await self._step(lambda one: round_state.renewed(one, now))
        asked = question_from_json(await rounds.question(self._store.reader, self.round.id, self.round.number) or "")
        message = await self._post(open_question(self.round, asked, 0), key)
        await self._step(lambda one: round_state.opened(one, message, self._clock()))

    async def _say_answer(self) -> None:
        await self._step(round_state.trying)
        asked = question_from_json(await rounds.question(self._store.reader, self.round.id, self.round.number) or "")
        answers = await rounds.answers(self._store.reader, self.round.id, self.round.number)
        reply = closed_question(self.round, asked, self._corpus, answers)
        try:
            await patiently(self._platform.edit(self.round.channel, self.round.message, reply))
        except Gone:
            # Perhaps only the message is gone: the answer is owed all the same, and the post tells which it is.
            key = f"{self.round.id}a{self.round.number}"
            if self.round.tries == 1 or not await self._find(key):
                await patiently(self._platform.post(self.round.channel, reply, key))
        except TryLater:
            if self.round.tries < _EDIT_TRIES:
                raise
        await self._step(lambda one: round_state.shown(one, self._clock()))

    async def _say_table(self) -> None:
        key = f"{self.round.id}t"
        if not (self.round.tries and await self._find(key)):
            asked = await rounds.questions(self._store.reader, self.round.id)
            asks = {one.question: question_from_json(one.asked).ask for one in asked}
            standings = await rounds.standings(self._store.reader, self.round.id)
            attempts = await rounds.counted(self._store.reader, self.round.id)
            await self._post(final_table(self.round, standings, attempts, asks), key)
        await self._step(round_state.over)

    async def _post(self, reply: Reply, key: str) -> str:
        await self._step(round_state.trying)
        return await patiently(self._platform.post(self.round.channel, reply, key))

    async def _find(self, key: str) -> str | None:
        return await patiently(self._platform.find(self.round.channel, key, self.round.started_at))
