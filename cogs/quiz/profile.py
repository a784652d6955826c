"""A person's statistics, time zone, and the deletion of their data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from bot.core.command import action, command
from bot.core.context import Context
from bot.core.reply import AnyPart, Button, Heading, Moment, Prose, Reply, Table
from bot.storage import learning
from bot.timetable.zones import TimeZone
from cogs.quiz.cards import asking_of, count_cards, next_due_at, streak, tally
from cogs.quiz.questions import start_button, store_of
from cogs.quiz.remind import closed_notice, move_reminder
from cogs.shared.asker import person_of, zone_of
from cogs.shared.zone_choices import suggest_zones
from corpus.questions.question import KINDS

_ROWS = 12


@command("quiz me", also="stats statistics progress")
async def me(ctx: Context) -> Reply:
    """Show your statistics."""
    counts = await learning.answer_counts(store_of(ctx).reader, person_of(ctx))
    if not counts:
        words = "No answers from you yet. /quiz start plays with others, /quiz review lets you practise alone."
        buttons = (start_button(), Button("Review", "quiz.next"))
        return Reply("Your statistics", (Prose(words),), buttons, private=True)
    asking = await asking_of(ctx)
    kinds_right, kinds, topics_right, topics = tally(counts)
    topic_names = {topic.id: topic.name for topic in ctx.corpus.notes.topics}
    right, answered = kinds_right.total(), kinds.total()
    known, due = await count_cards(asking)
    next_at = None if due else await next_due_at(asking)
    parts: tuple[AnyPart, ...] = (
        *await closed_notice(ctx),
        Prose(f"{right} of {answered} right ({_share(right, answered)}). {_streak(await streak(asking))}"),
        *_coming_back(due, known),
        *([Moment("Next", next_at)] if next_at else []),
        Heading("By kind"),
        _table("Kind", kinds_right, kinds, dict(KINDS.items())),
        *((Heading("By topic"), _table("Topic", topics_right, topics, topic_names)) if topics else ()),
        Prose(f"Your time zone is {asking.zone.key}. /quiz timezone changes it."),
    )
    return Reply("Your statistics", parts, (Button("Review", "quiz.next", style="primary"),), private=True)


def _streak(days: int) -> str:
    return f"{days} days in a row." if days > 1 else "One day in a row." if days else "No day in a row yet."


def _coming_back(due: int, known: int) -> tuple[AnyPart, ...]:
    return (Prose(f"{due} of the {known} questions you have met are due." if due else "Nothing is due now."),)


def _share(right: int, answered: int) -> str:
    return f"{100 * right / answered:.0f} %"


def _table(name: str, right: Counter[str], all_: Counter[str], names: Mapping[str, str]) -> Table:
    rows = tuple(
        (names.get(key, key), str(right[key]), str(many), _share(right[key], many))
        for key, many in all_.most_common(_ROWS)
    )
    return Table((name, "Right", "Answered", "Share"), rows)


@command(
    "quiz timezone",
    example="Europe/Berlin",
    suggest={"zone": suggest_zones},
    zone="A city, or a name such as Europe/Berlin",
)
async def timezone(ctx: Context, zone: TimeZone | None = None) -> Reply:
    """Set your time zone."""
    if zone is None:
        words = f"Your time zone is {(await zone_of(ctx)).key}. To change it, give a city near you."
        return Reply(parts=(Prose(words),), private=True)
    async with store_of(ctx).transaction() as tx:
        await learning.set_timezone(tx, person_of(ctx), zone.name)
        await move_reminder(tx, person_of(ctx), zone.name, ctx.now)
    return Reply(parts=(Prose(f"Your time zone is now {zone.name}."),), private=True)


@command("quiz forget")
async def forget(ctx: Context) -> Reply:
    """Delete your data (asks first)."""
    return _deletion_question()


@action("quiz.ask_forget")
async def ask_forget(ctx: Context, value: str) -> Reply:
    """The same question, from a button."""
    return _deletion_question()


def _deletion_question() -> Reply:
    words = (
        "This deletes all your answers, your reviews, your reminder, your time zone and your reports, and removes your "
        "name from all leaderboards. This can't be undone."
    )
    button = Button("Delete everything", "quiz.forget", style="danger")
    return Reply("Delete your data?", (Prose(words),), (button,), private=True)


@action("quiz.forget", replaces=True)
async def forget_for_good(ctx: Context, value: str) -> Reply:
    """The deletion was confirmed."""
    async with store_of(ctx).transaction() as tx:
        await learning.forget(tx, person_of(ctx))
    return Reply("Done", (Prose("All your data is deleted."),), private=True)
