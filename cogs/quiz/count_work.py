"""The count under an open question: how many have answered, and how long there is."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from bot.core.job import BriefWork, Services
from bot.core.platform import Undelivered
from bot.logger import Logger
from bot.scheduler.post_once import with_timeout
from bot.storage import round_answers, rounds
from bot.storage.round import Round
from cogs.quiz.questions import question_of
from cogs.quiz.round_replies import open_question

log = Logger(__name__)

COUNT_PATIENCE = timedelta(seconds=5)
"""How long a count may take: it is said again soon, and must not come after the answer."""


class CountWork(BriefWork):
    """Saying how many have answered, and how long there is."""

    posts = 1

    def __init__(self, services: Services, round_: Round, counts: dict[str, asyncio.Task[None]]) -> None:
        self.services = services
        self.round = round_
        self.name = round_.id
        self._counts = counts

    async def run(self) -> None:
        if self.round.id in self._counts:
            return  # one is on its way, and the next says what this one would
        task = asyncio.current_task()
        assert task  # noqa: S101 - the loop runs each piece of work in a task.
        self._counts[self.round.id] = task
        try:
            await self._show()
        except Undelivered as error:
            log.info("count not shown", round=self.round.id, error=type(error).__name__)
        finally:
            self._counts.pop(self.round.id, None)

    async def _show(self) -> None:
        round_, store = self.round, self.services.store
        shown = await round_answers.count_answers(store.reader, round_.id, round_.number)
        asked = await question_of(store, round_)
        if asked is None:
            return
        now = self.services.clock()
        patience = min(COUNT_PATIENCE, round_.due_at - now)
        edit = self.services.platform.edit(round_.channel, round_.message, open_question(round_, asked, shown, now))
        await with_timeout(edit, patience)
        async with store.transaction() as tx:
            await rounds.note_shown(tx, round_.id, round_.number, round_.state, shown)
