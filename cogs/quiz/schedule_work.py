"""Beginning a scheduled quiz: what is due becomes a round, once, or is left out and says why."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from bot.core.job import BriefWork, Services
from bot.core.platform import TryLater, Undelivered
from bot.core.reply import Prose, Reply
from bot.logger import Logger
from bot.scheduler.post_once import Span, look, with_timeout
from bot.storage import quiz_schedules, rounds
from bot.storage.quiz_schedules import QuizSchedule
from bot.storage.round import Round, State
from bot.storage.session import Session
from bot.timetable.arithmetic import Due, instant, next_due, upcoming
from cogs.quiz.questions import deal_questions
from cogs.quiz.round_state import announcement_key, question_key
from cogs.quiz.start import FEWEST, LATELY, add_round
from cogs.shared.timetables import UnreadableTimetable, timetable_of
from corpus.questions.question import QuizQuestion

log = Logger(__name__)

GRACE = timedelta(minutes=30)
"""How late a scheduled quiz may begin: then nobody waits for it any more."""
PRECAUTION = timedelta(minutes=1)
"""How long a look that most likely finds nothing may hold a quiz up."""
LATE = "late"
BUSY = "busy"
FEW = "few"
UNREADABLE = Reply(
    "Your scheduled quiz is paused",
    (Prose("I can't read its time or time zone any more. Set it again in the server with /quiz schedule."),),
    private=True,
)
OUTCOMES = {
    # Whether it was the process, the machine's clock or the platform: people may have had answers all the time.
    LATE: "I couldn't start it in time",
    "left": "I wasn't in this server when it was due",
    BUSY: "another quiz was running when it was due",
    FEW: "there were too few questions for it",
}
"""Why the last one did not come about, in words."""


async def next_due_of(tx: Session, one: QuizSchedule, now: datetime) -> Due:
    """When a schedule that is changed or resumed is due next: on no local day that has had its round."""
    dues = upcoming(timetable_of(one), now)
    due = next(dues)
    while await rounds.get(tx, one.round_id(due.local_date)):
        due = next(dues)
    return due


def answer_at(one: QuizSchedule, day: date) -> datetime:
    """When the answer to a question of the day comes: where the clocks skip both, when the question does."""
    return instant(day, time.fromisoformat(one.answer_time), ZoneInfo(one.zone)) or one.due_at


class ScheduleWork(BriefWork):
    """One schedule whose turn it is. What fails is tried again when the claim has run out, until it is too late."""

    def __init__(self, services: Services, schedule: QuizSchedule) -> None:
        self.services = services
        self.schedule = schedule
        self.name = schedule.id

    async def run(self) -> None:
        one, now = self.schedule, self.services.clock()
        try:
            following = self._following(now)
        except UnreadableTimetable:
            await self._pause_unreadable()
            return
        if self._is_late(now):
            await self._advance(following, one.reason or LATE)
            return
        begun = await self._has_begun(now)
        if begun is None:
            return
        if begun:
            await self._advance(following, "")
            return
        chosen = await self._questions(now)
        fewest = 1 if one.kind == "question" else FEWEST
        if len(chosen) < fewest:
            await self._advance(following, FEW)
            return
        await self._begin(following, chosen, now)

    async def _pause_unreadable(self) -> None:
        one = self.schedule
        async with self.services.store.transaction() as tx:
            is_news = await quiz_schedules.pause(tx, one.id, "unreadable")
        if is_news and one.set_by:
            with suppress(Undelivered):
                told = self.services.platform.tell(one.set_by, one.server or None, UNREADABLE)
                await with_timeout(told, self.services.times.patience)

    def _following(self, now: datetime) -> Due:
        one = self.schedule
        return next_due(timetable_of(one), max(one.due_at, now), one.due_date)

    def _is_late(self, now: datetime) -> bool:
        one = self.schedule
        if one.kind == "quiz":
            return now - one.due_at > GRACE
        # A question of the day may come until shortly before its answer, or halfway to one that comes soon.
        answer = answer_at(one, one.due_date)
        return now >= max(answer - GRACE, one.due_at + (answer - one.due_at) / 2)

    async def _has_begun(self, now: datetime) -> bool | None:
        """Whether the store is from a backup, and the quiz of this day is in the channel already; None: look again."""
        one = self.schedule
        if (unsure := self.services.downtime.of(one.due_date)) is None:
            return False
        identifier = one.round_id(one.due_date)
        key = question_key(identifier, 1) if one.kind == "question" else announcement_key(identifier)
        try:
            return await look(self.services, one.channel, key, Span(*unsure)) is not None
        except TryLater as error:
            # What was not due in that time can have begun only by a change since the backup.
            is_precaution = one.due_at > unsure[1]
            log.info("quiz not looked for", schedule=one.id, error=str(error))
            return False if is_precaution and now - one.due_at > PRECAUTION else None
        except Undelivered:
            # The post itself finds out what is wrong, and tells who can mend it.
            return False

    async def _questions(self, now: datetime) -> tuple[QuizQuestion, ...]:
        one = self.schedule
        corpus = await self.services.corpus_of(one.server)
        reader = self.services.store.reader
        lately = await rounds.lately_asked(reader, one.platform, one.server, one.channel, now - LATELY)
        dice = Random(one.round_id(one.due_date))  # noqa: S311 - it shuffles questions, no secrets.
        return await deal_questions(corpus, dice, one.questions, one.topic or None, set(lately))

    async def _begin(self, following: Due, chosen: tuple[QuizQuestion, ...], now: datetime) -> None:
        """Keep the round and move the schedule on, both or neither; nothing where somebody else has."""
        one = self.schedule
        async with self.services.store.transaction() as tx:
            if not await self._is_unchanged(tx):
                return
            added = await add_round(tx, self._round(now), chosen, self.services.corpus.texts)
            outcome = "" if added else BUSY
            await quiz_schedules.advance(tx, one.id, following.at, following.local_date, outcome)

    async def _advance(self, following: Due, outcome: str) -> None:
        async with self.services.store.transaction() as tx:
            if await self._is_unchanged(tx):
                await quiz_schedules.advance(tx, self.schedule.id, following.at, following.local_date, outcome)

    async def _is_unchanged(self, tx: Session) -> bool:
        """Whether nobody has paused, changed, deleted or begun it since it was claimed."""
        current = await quiz_schedules.hold(tx, self.schedule.id)
        return bool(current and current.state is quiz_schedules.State.ACTIVE and current.due_at == self.schedule.due_at)

    def _round(self, now: datetime) -> Round:
        one = self.schedule
        daily = one.kind == "question"
        seconds = round((answer_at(one, one.due_date) - now).total_seconds()) if daily else one.seconds
        return Round(
            id=one.round_id(one.due_date),
            platform=one.platform,
            server=one.server,
            channel=one.channel,
            mode=one.mode,
            seconds=seconds,
            questions=one.questions,
            starter=f"{one.platform}:{one.set_by}" if one.set_by else "",
            starter_name=one.setter_name,
            started_at=now,
            state=State.WAITING if daily else State.ANNOUNCING,
            number=0,
            due_at=now,
            topic=one.topic,
            alone=one.alone,
            schedule=one.id,
            daily=daily,
        )
