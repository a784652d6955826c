"""Quizzes that come by themselves: every Friday at eight, or a question a day with its answer in the evening."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated, Literal

from msgspec import structs

from bot.core.command import action, command
from bot.core.context import Channel, Context
from bot.core.errors import UserError
from bot.core.reply import AnyPart, Button, Choice, Items, Menu, Moment, Prose, Reply
from bot.storage import quiz_schedules
from bot.storage.quiz_schedules import Kind, QuizSchedule, State
from bot.storage.round import Mode
from bot.storage.session import Session
from bot.storage.store import Store
from bot.timetable.words import EVERY_DAY, Days, TimeOfDay
from bot.timetable.zones import TimeZone
from cogs.quiz.schedule_work import OUTCOMES, next_due_of
from cogs.quiz.start import USUAL, topic_named
from cogs.quiz.typed_options import QUESTIONS, SECONDS
from cogs.shared.asker import storable
from cogs.shared.channels import channel_name, channel_names, refuse_without_permission
from cogs.shared.clock import refuse_without_clock
from cogs.shared.lists import shortened
from cogs.shared.timetables import REASONS
from cogs.shared.topics import on_topic, suggest_topics
from cogs.shared.zone_choices import suggest_days, suggest_zones

MOST = 10
"""Schedules of quizzes that one server may have: all servers share what the platform lets a bot post."""
EVENING = TimeOfDay(18)
_VALUE = re.compile(r"(?P<operation>[a-z]{1,10})\.(?P<schedule>[0-9a-f]{1,20})")
_KINDS: dict[Kind, str] = {"quiz": "a quiz", "question": "a question of the day"}


@command(
    "quiz schedule",
    example="#general 20:00 Europe/London fri",
    admin=True,
    suggest={"timezone": suggest_zones, "days": suggest_days, "topic": suggest_topics},
    channel="Where to post",
    time="Time of day: 20:00, 8pm",
    timezone="Time zone (city), such as Europe/London",
    days="fri, weekdays, or mon,wed. Default: every day",
    what="quiz: a whole quiz; question: one question, with its answer later that day",
    topic="Only questions on this topic",
    questions="How many questions, 5 to 30; 10 by default",
    seconds="Seconds per question, 10 to 120; 25 by default",
    mode="everyone: every right answer scores; race: the first right answer wins",
    answer="When the answer to a question of the day comes; 18:00 by default",
)
async def schedule(
    ctx: Context,
    channel: Channel,
    time: TimeOfDay,
    timezone: TimeZone,
    days: Days = EVERY_DAY,
    what: Kind = "quiz",
    topic: str = "",
    questions: Annotated[int, QUESTIONS] = USUAL.questions,
    seconds: Annotated[int, SECONDS] = USUAL.seconds,
    mode: Mode = USUAL.mode,
    answer: TimeOfDay = EVENING,
) -> Reply:
    """Schedule quizzes, or a question a day.

    A channel has one schedule of each kind; setting it again changes it.
    """
    store = _store_of(ctx)
    refuse_without_clock(ctx)
    if what == "question" and answer <= time:
        raise UserError(f"The answer comes the same day: give answer:… a time later than {time}, such as answer:21:00.")
    on = topic_named(ctx, topic).id if topic else ""
    await refuse_without_permission(ctx, channel.id)
    wanted = QuizSchedule(
        id=quiz_schedules.new_id(),
        platform=ctx.place.platform,
        server=ctx.place.server or "",
        channel=channel.id,
        kind=what,
        topic=on,
        questions=questions if what == "quiz" else 1,
        seconds=seconds,
        mode=mode if what == "quiz" else "everyone",
        local_time=str(time),
        answer_time=str(answer),
        zone=timezone.name,
        days=days.kept,
        set_by=ctx.asker.id,
        setter_name=storable((await ctx.asker.person()).name),
        due_at=ctx.now,
        due_date=ctx.now.date(),
        alone=ctx.place.private,
    )
    async with store.transaction() as tx:
        kept = await _save(tx, wanted, ctx.now)
    return await _schedule_reply(ctx, kept, "Scheduled")


async def _save(tx: Session, wanted: QuizSchedule, now: datetime) -> QuizSchedule:
    """Keep a schedule, new or changed, with its next time. Raises UserError where one more would be too many."""
    known = await _schedule_to_change(tx, wanted)
    due = await next_due_of(tx, structs.replace(wanted, id=known.id) if known else wanted, now)
    return await quiz_schedules.put(tx, structs.replace(wanted, due_at=due.at, due_date=due.local_date))


@command("quiz schedules", admin=True)
async def schedules(ctx: Context) -> Reply:
    """List, pause and delete the scheduled quizzes."""
    known = await _of_server(ctx)
    if not known:
        example = f"/quiz schedule makes one, for example: {schedule.line_in(ctx.corpus)}"
        return Reply("No scheduled quizzes yet", (Prose(example),), private=True)
    names = await channel_names(ctx, [one.channel for one in known])
    lines = [f"{names[one.channel]}: {_line(ctx, one)}" for one in known]
    choices = tuple(Choice(shortened(line), f"show.{one.id}") for one, line in zip(known, lines, strict=True))
    parts = (Items(tuple(lines)), Menu("Manage one", "quiz.scheduled", choices))
    return Reply("Scheduled quizzes", parts, private=True)


@action("quiz.scheduled", replaces=True, admin=True)
async def operate(ctx: Context, value: str) -> Reply:
    """An operation on a schedule: the value is the operation and the schedule's id."""
    asked = _VALUE.fullmatch(value)
    one = next((one for one in await _of_server(ctx) if asked and one.id == asked["schedule"]), None)
    if asked is None or one is None or asked["operation"] not in _OPERATIONS:
        raise UserError("That schedule was deleted. /quiz schedules shows what is left.")
    return await _OPERATIONS[asked["operation"]](ctx, one)


def _store_of(ctx: Context) -> Store:
    """The store. Raises UserError where there is no server whose schedules it could hold."""
    if ctx.store is None or ctx.place.server is None:
        raise UserError("Scheduled quizzes only work in a channel that I was added to. Try again in one.")
    return ctx.store


async def _of_server(ctx: Context) -> list[QuizSchedule]:
    return await quiz_schedules.of_server(_store_of(ctx).reader, ctx.place.platform, ctx.place.server or "")


async def _schedule_to_change(tx: Session, wanted: QuizSchedule) -> QuizSchedule | None:
    """The schedule that is changed. Raises UserError where one more would be too many."""
    # Held, so that two that come at once are not both the last one.
    await tx.hold(f"quiz schedules of {wanted.platform} {wanted.server}")
    known = await quiz_schedules.of_server(tx, wanted.platform, wanted.server)
    changed = next((one for one in known if (one.channel, one.kind) == (wanted.channel, wanted.kind)), None)
    if changed is None and len(known) >= MOST:
        raise UserError(
            f"This server has {MOST} scheduled quizzes already, which is as many as I can do for one. /quiz schedules "
            "shows them; delete one, then try again."
        )
    return changed


async def _schedule_reply(ctx: Context, one: QuizSchedule, title: str = "Scheduled quiz") -> Reply:
    parts: tuple[AnyPart, ...] = (Prose(f"{await channel_name(ctx, one.channel)}: {_line(ctx, one)}."),)
    if one.outcome:
        parts += (Prose(f"The last one didn't happen: {OUTCOMES.get(one.outcome, one.outcome)}."),)
    if one.state is State.ACTIVE:
        parts += (Moment("Next", one.due_at),)
    toggle = ("pause", "Pause") if one.state is State.ACTIVE else ("resume", "Resume")
    buttons = (_button(*toggle, one), _button("delete", "Delete", one))
    return Reply(title, parts, buttons, private=True)


def _button(operation: str, label: str, one: QuizSchedule) -> Button:
    style: Literal["plain", "danger"] = "danger" if operation == "remove" else "plain"
    return Button(label, "quiz.scheduled", f"{operation}.{one.id}", style)


def _line(ctx: Context, one: QuizSchedule) -> str:
    """What comes when, and whether it does: "a quiz of 10 questions, 20:00 Europe/London, Fri"."""
    what = f"{_KINDS[one.kind]}{f' of {one.questions} questions' if one.kind == 'quiz' else ''}"
    what += on_topic(ctx.corpus, one.topic)
    answer = f", the answer at {one.answer_time}" if one.kind == "question" else ""
    state = f" ({REASONS.get(one.reason, one.reason)})" if one.state is State.PAUSED else ""
    return f"{what}, {one.local_time} {one.zone}, {Days.of(one.days)}{answer}{state}"


async def _pause(ctx: Context, one: QuizSchedule) -> Reply:
    async with _store_of(ctx).transaction() as tx:
        await quiz_schedules.pause(tx, one.id, "asked")
    return await _again(ctx, one, "Paused")


async def _resume(ctx: Context, one: QuizSchedule) -> Reply:
    await refuse_without_permission(ctx, one.channel)
    async with _store_of(ctx).transaction() as tx:
        due = await next_due_of(tx, one, ctx.now)
        await quiz_schedules.resume(tx, one.id, due.at, due.local_date)
    return await _again(ctx, one, "Resumed")


async def _again(ctx: Context, one: QuizSchedule, title: str) -> Reply:
    """A schedule as it is now."""
    now = next((other for other in await _of_server(ctx) if other.id == one.id), one)
    return await _schedule_reply(ctx, now, title)


async def _delete(ctx: Context, one: QuizSchedule) -> Reply:
    words = f"{await channel_name(ctx, one.channel)}: {_line(ctx, one)}. Scores stay."
    buttons = (_button("remove", "Delete it", one), _button("show", "Keep it", one))
    return Reply("Delete this schedule?", (Prose(words),), buttons, private=True)


async def _remove(ctx: Context, one: QuizSchedule) -> Reply:
    async with _store_of(ctx).transaction() as tx:
        await quiz_schedules.remove(tx, one.id)
    words = f"{await channel_name(ctx, one.channel)} gets no more scheduled quizzes of this kind."
    return Reply("Deleted", (Prose(words),), private=True)


_OPERATIONS: dict[str, Callable[[Context, QuizSchedule], Awaitable[Reply]]] = {
    "show": _schedule_reply,
    "pause": _pause,
    "resume": _resume,
    "delete": _delete,
    "remove": _remove,
}
