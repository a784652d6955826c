"""One direct message a day to people who asked to hear that reviews are due."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple, Self

from msgspec import structs

from bot.core.command import action, command
from bot.core.context import Context
from bot.core.errors import UserError
from bot.core.job import BriefWork, Services
from bot.core.platform import Forbidden, Gone, Undelivered
from bot.core.reply import Button, Prose, Reply
from bot.logger import Logger
from bot.scheduler.post_once import with_timeout
from bot.storage import reminders
from bot.storage.owner import Owner
from bot.storage.reminders import Reminder
from bot.storage.session import Session
from bot.timetable.arithmetic import Timetable, next_due
from bot.timetable.words import EVERY_DAY, TimeOfDay
from cogs.quiz.cards import Asking, count_cards, update_cards
from cogs.quiz.questions import store_of
from cogs.shared.asker import person_of, zone_named, zone_of
from cogs.shared.clock import refuse_without_clock
from corpus.language.phrasing import plural
from corpus.language.tokens import folded

log = Logger(__name__)

USUAL_TIME = TimeOfDay(18)
_OFF = frozenset({"off", "turn off", "stop", "none", "never", "no", "aus", "nie"})
_CLOSED = (
    "I couldn't send you the reminder that you asked for: you don't take direct messages from me. Allow them, then "
    "turn it on again with /quiz remind."
)


def remind_button() -> Button:
    """A button that asks for reminders."""
    return Button("Remind me", "quiz.remind")


class ReminderTime(NamedTuple):
    """The time of a reminder; None for no reminders."""

    time: TimeOfDay | None

    @classmethod
    def parse(cls, typed: str, corpus: object = None) -> Self:
        """The time that was typed, or that it is "off". Raises NotUnderstood."""
        return cls(None if folded(typed).strip(" .!") in _OFF else TimeOfDay.parse(typed))


@command("quiz remind", example="18:00", time="When in your day: 18:00, 7am, or off; 18:00 by default")
async def remind(ctx: Context, time: ReminderTime | None = None) -> Reply:
    """Get a direct message when reviews are due.

    One a day at most, and none on days on which nothing is due.
    """
    known = await reminders.get(store_of(ctx).reader, person_of(ctx))
    if time is None and known and not known.is_closed:
        return _state(known)
    if time and time.time is None:
        return await _stop(ctx)
    return await _remind(ctx, (time and time.time) or USUAL_TIME)


@action("quiz.remind")
async def remind_by_button(ctx: Context, value: str) -> Reply:
    """Reminders at the usual time."""
    return await _remind(ctx, USUAL_TIME)


@action("quiz.remind_off", replaces=True)
async def stop_reminding(ctx: Context, value: str) -> Reply:
    """No reminders any more."""
    return await _stop(ctx)


async def _stop(ctx: Context) -> Reply:
    async with store_of(ctx).transaction() as tx:
        await reminders.remove(tx, person_of(ctx))
    words = "No more reminders. /quiz remind turns them on again."
    return Reply("Reminders are off", (Prose(words),), private=True)


async def _remind(ctx: Context, time: TimeOfDay) -> Reply:
    if ctx.platform is None:
        raise UserError("I can't send reminders from here. Ask me in a server or a direct message.")
    refuse_without_clock(ctx)
    zone = (await zone_of(ctx)).key
    async with store_of(ctx).transaction() as tx:
        wanted = Reminder(person_of(ctx), ctx.place.platform, str(time), zone, ctx.now)
        made = await keep_due(tx, wanted, ctx.now)
    return _state(made)


async def keep_due(tx: Session, reminder: Reminder, now: datetime) -> Reminder:
    """Keep a reminder, due next by its person's clock."""
    timetable = Timetable.of(reminder.local_time, zone_named(reminder.zone).key, EVERY_DAY.kept)
    made = structs.replace(reminder, due_at=next_due(timetable, now).at, is_closed=False)
    await reminders.put(tx, made)
    return made


async def move_reminder(tx: Session, person: str, zone: str, now: datetime) -> None:
    """Let a person's reminder, if there is one, come by the clocks of another zone."""
    known = await reminders.get(tx, person)
    if known and not known.is_closed:
        await keep_due(tx, structs.replace(known, zone=zone), now)


def _state(reminder: Reminder) -> Reply:
    words = (
        f"At {reminder.local_time} ({reminder.zone}) I write to you if reviews are due: one direct message a day at "
        "most. /quiz timezone changes your time zone."
    )
    return Reply("Reminders are on", (Prose(words),), (Button("Turn off", "quiz.remind_off"),), private=True)


async def closed_notice(ctx: Context) -> tuple[Prose, ...]:
    """What somebody hears, once, whose reminder could not be sent."""
    known = await reminders.get(store_of(ctx).reader, person_of(ctx))
    if known is None or not known.is_closed:
        return ()
    async with store_of(ctx).transaction() as tx:
        await reminders.remove(tx, known.person)
    return (Prose(_CLOSED),)


def reminder_message(due: int) -> Reply:
    """The direct message."""
    words = f"{plural(due, 'question is', 'questions are')} due for review."
    buttons = (Button("Review", "quiz.next", style="primary"), Button("Stop reminders", "quiz.remind_off"))
    return Reply("Time to review", (Prose(words),), buttons, private=True)


class ReminderWork(BriefWork):
    """One person's reminder of today."""

    posts = 1

    def __init__(self, services: Services, reminder: Reminder) -> None:
        self.services = services
        self.reminder = reminder
        # No name that a log may not hold.
        self.name = "reminder"

    async def run(self) -> None:
        if due := await self._due():
            await self._tell(reminder_message(due))

    async def _due(self) -> int:
        store, person = self.services.store, self.reminder.person
        await update_cards(store, person)
        corpus = await self.services.corpus_of(None)
        curated = frozenset(question.id for question in corpus.notes.questions)
        zone = zone_named(self.reminder.zone)
        # They are told in a direct message, where no server's texts are looked up.
        shelf = Owner(self.services.platform.name, "")
        _, due = await count_cards(Asking(store.reader, person, self.services.clock(), zone, curated, shelf))
        return due

    async def _tell(self, message: Reply) -> None:
        person = self.reminder.person.partition(":")[2]
        try:
            await with_timeout(self.services.platform.tell(person, None, message), self.services.times.patience)
        except (Forbidden, Gone):
            async with self.services.store.transaction() as tx:
                await reminders.close(tx, self.reminder.person)
        except Undelivered as error:
            # Tomorrow is another day: a second try could be a second message.
            log.info("not reminded", error=type(error).__name__)
