"""A turn with a round: whatever is due in it is done, by one process, even if the last one died half-way.

Each step is kept before it is said and after: what a crash leaves is found by the next step. An edit may be made twice
without harm; a post has a key, by which it is looked for in the channel before it is made again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from bot.core.job import LeaseLost, Services
from bot.core.platform import Forbidden, Gone, TryLater, Undelivered
from bot.core.reply import Reply
from bot.logger import Logger
from bot.scheduler.post_once import PostOnce, Span, with_timeout
from bot.storage import quiz_schedules, round_answers, rounds
from bot.storage.round import AnswerReceipt, Round, Standing, State
from cogs.quiz import round_state
from cogs.quiz.questions import question_from_json, question_of
from cogs.quiz.round_replies import answer_of_the_day, closed_question, final_table, open_question, unfinished, verdict
from cogs.quiz.start import announcement
from corpus.questions.question import QuizQuestion

log = Logger(__name__)

VERDICT_PATIENCE = timedelta(seconds=5)
"""How long telling everybody whether they were right may take: the next question comes soon."""
_VERDICTS_AT_ONCE = 20
RECEIPT_LASTS = timedelta(minutes=14)
"""From an answer, for how long its sender can be told more: Discord takes 15 minutes, and shuts out a bot that tries
what has expired too often.
"""
VISIBLE = timedelta(seconds=5)
"""After a try that was broken off, until a message shows, where a platform swallows no repeats: a round cannot wait
for as long as a daily fact."""
_LONGEST = 60.0
"""Seconds that a platform may ask a round to wait."""
_EDIT_TRIES = 3
"""Failures to show an answer, after which the round goes on without."""
_IN_CHANNEL = (State.WAITING, State.OPENING, State.ASKING, State.CLOSING)


class RoundWork:
    """One process's turn with one round. `round` is how it is, as far as this process has moved it."""

    posts = 1

    def __init__(self, services: Services, round_: Round, counts: dict[str, asyncio.Task[None]]) -> None:
        self.services = services
        self.round = round_
        self.name = round_.id
        self._counts = counts
        self._post: PostOnce | None = None

    async def run(self) -> None:
        """Do what is due. Whatever the platform does wrong ends here."""
        now = self.services.clock()
        try:
            await self._stop_counting()
            if self.round.state in _IN_CHANNEL and now - self.round.due_at > self._grace:
                await self._step(round_state.absent)
            await self._take(now)
        except (Gone, Forbidden) as error:
            await self._leave(error)
        except Undelivered as error:
            await self._put_off(error)

    @property
    def _grace(self) -> timedelta:
        """How late the round may go on: nobody sits and waits for the answer to a question of the day."""
        return self.services.times.grace if self.round.daily else self.services.times.round_grace

    async def _stop_counting(self) -> None:
        """A count that is still on its way must not come after what is said now."""
        if task := self._counts.pop(self.round.id, None):
            task.cancel()
            await asyncio.wait([task])

    async def _take(self, now: datetime) -> None:
        match self.round.state:
            case State.ANNOUNCING:
                await self._announce(now)
            case State.WAITING | State.OPENING:
                await self._go_on(now)
            case State.ASKING:
                await self._step(lambda one: round_state.close(one, now))
                await self._say_answer()
            case State.CLOSING:
                await self._say_answer()
            case State.PAUSED:
                await self._stop_paused(now)
            case State.ENDING:
                await self._say_table()

    async def _stop_paused(self, now: datetime) -> None:
        """Nobody has resumed it: what is open is closed, and the table follows."""
        reader = self.services.store.reader
        answered = await round_answers.count_answers(reader, self.round.id, self.round.number) > 0
        await self._step(lambda one: round_state.stop(one, now, answered=answered))

    async def _announce(self, now: datetime) -> None:
        """Say that a scheduled quiz is about to begin, unless its hour has passed."""
        if self.round.stopped or now - self.round.due_at > self._grace:
            await self._step(round_state.over)
            return
        corpus = await self.services.corpus_of(self.round.server)
        begins = round_state.announced(self.round, now)
        key = round_state.announcement_key(self.round.id)
        await self._say(key, self._preparation(announcement(begins, corpus, begins.questions, now)))
        await self._step(lambda one: round_state.announced(one, self.services.clock()))

    async def _go_on(self, now: datetime) -> None:
        """The next question that still has its text, or the table."""
        is_opening = self.round.state is State.OPENING
        asked = await self._question() if is_opening else None
        if is_opening and asked is None and (message := await self._find_question()):
            await self._step(lambda one: round_state.close(round_state.found(one, message, now, answered=False), now))
            await self._say_answer()
            return
        while asked is None and self.round.state is not State.ENDING:
            await self._step(lambda one: round_state.open_next(one, now))
            asked = await self._question()
        await (self._say_question(asked, now) if asked and self.round.state is State.OPENING else self._say_table())

    @property
    def _question_key(self) -> str:
        return round_state.question_key(self.round.id, self.round.number)

    async def _find_question(self) -> str | None:
        """A question that was on its way when its text was removed: its words must not be there any more."""

        async def nothing(trying: Span) -> None:
            return None

        message, _ = await self._say(self._question_key, nothing)
        return message

    async def _say_question(self, asked: QuizQuestion, now: datetime) -> None:
        if self.round.stopped and not self.round.unsure_from_at:
            await self._step(lambda one: round_state.end(one, now))
            await self._say_table()
            return

        async def prepare(trying: Span) -> Reply | None:
            # Stopped meanwhile, and not there: it need not be asked any more.
            if self.round.stopped:
                await self._step(lambda one: round_state.end(one, now))
                return None
            await self._step(lambda one: round_state.posting_question(one, trying.first, trying.last))
            return open_question(self.round, asked, 0, trying.first)

        message, was_there = await self._say(self._question_key, prepare)
        if message is None:
            await self._say_table()
        elif was_there:
            reader, clock = self.services.store.reader, self.services.clock
            answered = await round_answers.count_answers(reader, self.round.id, self.round.number) > 0
            await self._step(lambda one: round_state.found(one, message, clock(), answered=answered))
        else:
            await self._step(lambda one: round_state.opened(one, message, self.services.clock()))
            # Who was quick has answered before we knew that the question is there.
            if await round_answers.everybody_answered(self.services.store.reader, self.round):
                await self._step(lambda one: round_state.complete(one, self.services.clock()))

    async def _say_answer(self) -> None:
        reader = self.services.store.reader
        answers = await round_answers.answers(reader, self.round.id, self.round.number)
        standings = await round_answers.standings(reader, self.round.id)
        corpus = await self.services.corpus_of(self.round.server)
        asked = await self._question()
        reply = closed_question(self.round, asked, corpus, answers, standings)
        await self._show_answer(reply)
        await self._step(lambda one: round_state.shown(one, self.services.clock(), answered=bool(answers)))
        if asked:
            await self._say_verdicts(asked, standings)

    async def _show_answer(self, reply: Reply) -> None:
        try:
            edit = self.services.platform.edit(self.round.channel, self.round.message, reply)
            await with_timeout(edit, self.services.times.patience)
        except Gone:
            # Perhaps only the message is gone: the answer is owed all the same, and the post tells which it is.
            await self._say(f"{self.round.id}a{self.round.number}", self._preparation(reply))
        except TryLater:
            if self.round.daily or self.round.tries < _EDIT_TRIES:
                raise

    async def _say_verdicts(self, asked: QuizQuestion, standings: Sequence[Standing]) -> None:
        """Tell each who answered, alone, whether they were right: once, where it can still be told."""
        async with self.services.store.transaction() as tx:
            since = self.services.clock() - RECEIPT_LASTS
            receipts = await round_answers.take_receipts(tx, self.round.id, self.round.number, since)
        by_person = {one.person: one for one in standings}
        turns = asyncio.Semaphore(_VERDICTS_AT_ONCE)

        async def say(one: AnswerReceipt) -> None:
            reply = verdict(asked, by_person.get(one.person), is_right=one.is_right)
            async with turns:
                with suppress(Undelivered):
                    await self.services.platform.update_private(one.receipt, reply)

        with suppress(Undelivered):
            await with_timeout(asyncio.gather(*map(say, receipts)), VERDICT_PATIENCE)

    async def _say_table(self) -> None:
        if reply := await self._last_words():
            # A round that goes on after its table has another one later.
            await self._say(f"{self.round.id}t{self.round.number}", self._preparation(reply))
        await self._step(round_state.over)

    async def _last_words(self) -> Reply | None:
        """What ends the round; nothing where a question of the day was never asked."""
        reader = self.services.store.reader
        if self.round.daily:
            if not self.round.number:
                return None
            corpus = await self.services.corpus_of(self.round.server)
            answers = await round_answers.answers(reader, self.round.id, self.round.number)
            return answer_of_the_day(self.round, await self._question(), corpus, answers)
        asked = {
            one.question: question_from_json(one.asked) if one.asked else None
            for one in await rounds.questions(reader, self.round.id)
        }
        standings = await round_answers.standings(reader, self.round.id)
        counted = await round_answers.counted(reader, self.round.id)
        return final_table(self.round, standings, counted, asked)

    async def _question(self) -> QuizQuestion | None:
        return await question_of(self.services.store, self.round)

    async def _say(self, key: str, prepare: Callable[[Span], Awaitable[Reply | None]]) -> tuple[str | None, bool]:
        """Say something once; returns the message's id, and whether it was there before."""
        unsure = round_state.unsure(self.round, self.services.downtime.span)
        if unsure and not self.services.platform.swallows:
            wait = unsure.first + VISIBLE - self.services.clock()
            await asyncio.sleep(max(wait, timedelta()).total_seconds())
        self._post = PostOnce(self.services, self.round.channel, key, unsure)
        return await self._post.run(prepare), self._post.was_there

    def _preparation(self, reply: Reply) -> Callable[[Span], Awaitable[Reply | None]]:
        async def prepare(trying: Span) -> Reply | None:
            await self._step(lambda one: round_state.posting(one, trying.first, trying.last))
            return reply

        return prepare

    async def _step(self, step: Callable[[Round], Round]) -> None:
        async with self.services.store.transaction() as tx:
            after = await rounds.step(tx, self.round.id, step, self.round)
        if after is None:
            raise LeaseLost
        self.round = after

    async def _leave(self, reason: Undelivered) -> None:
        """The channel can be told nothing any more; who started the round is told, where that is any use.

        The round is over only then: what dies in the middle has told them, or leaves that to the next.
        """
        paused = await self._pause_schedule(reason)
        if not isinstance(reason, Gone) and self.round.starter:
            person = self.round.starter.partition(":")[2]
            tell = self.services.platform.tell(
                person, self.round.server or None, unfinished(str(reason), paused=paused)
            )
            with suppress(Undelivered):
                await with_timeout(tell, self.services.times.patience)
        await self._step(round_state.over)
        log.info("round left", round=self.round.id, reason=type(reason).__name__)

    async def _pause_schedule(self, reason: Undelivered) -> bool:
        """Where a schedule began the round, and its channel is closed to us, it begins no more."""
        if not self.round.schedule or not isinstance(reason, Gone | Forbidden):
            return False
        async with self.services.store.transaction() as tx:
            await quiz_schedules.pause(tx, self.round.schedule, "gone" if isinstance(reason, Gone) else "forbidden")
        return True

    async def _put_off(self, error: Undelivered) -> None:
        """The platform is busy or out of reach: later, but not for ever."""
        if self._has_tried_enough():
            await self._leave(error)
            return
        wait = round_state.pause_after(self.round.tries)
        if isinstance(error, TryLater):
            wait = timedelta(seconds=min(error.after, _LONGEST)) if error.after else wait
            if error.unknown and self._post and self._post.unsure and not self.services.platform.swallows:
                wait = max(wait, self.services.times.first_look)
        post, now = self._post, self.services.clock()

        def later(one: Round) -> Round:
            put_off = round_state.again(one, now, wait)
            return put_off if post is None or post.unsure else round_state.not_said(put_off)

        await self._step(later)

    def _has_tried_enough(self) -> bool:
        most = round_state.MOST_DAILY_TRIES if self.round.daily else round_state.MOST_TRIES
        return self.round.tries >= most

    async def postpone(self) -> None:
        """A fault of ours: later, but not for ever. Where a post was under way, or just made, it is looked for then."""
        if self._has_tried_enough():
            await self._leave(TryLater("a fault of mine"))
            return
        now = self.services.clock()
        await self._step(lambda one: round_state.again(one, now, round_state.pause_after(one.tries)))

    async def renew(self, until: datetime) -> bool:
        async with self.services.store.transaction() as tx:
            return await rounds.renew(tx, self.round.id, self.round.lease_owner or "", until)

    async def release(self) -> None:
        async with self.services.store.transaction() as tx:
            await rounds.release(tx, self.round.id, self.round.lease_owner or "")
