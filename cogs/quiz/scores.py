"""The leaderboard of a channel and of a server."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import sqrt
from typing import Literal

from bot.core.command import command, costs
from bot.core.context import Context
from bot.core.reply import AnyPart, Heading, Picture, Prose, Reply, Table
from bot.storage import learning
from bot.storage.round import EPOCH, Standing
from cogs.quiz.questions import start_button, store_of, where_of
from cogs.quiz.round_replies import ranked
from cogs.quiz.scores_picture import league
from cogs.shared.drawing.draw import render_png
from corpus.calendar import MONTHS

Period = Literal["week", "month", "all"]
ROWS = 15
_WORDS: dict[Period, str] = {"week": "this week", "month": "this month", "all": "all time"}
_CONFIDENCE = 1.96


@costs(3)
@command(
    "quiz scores",
    also="leaderboard highscores ranking points top",
    example="month",
    period="This week, this month, or all time",
)
async def scores(ctx: Context, period: Period = "all") -> Reply:
    """Show the leaderboard.

    Ranked by the share of right answers to all that was asked from somebody's first answer in a round on; with few
    questions it counts for less. Weeks begin on Monday, in UTC.
    """
    reader = store_of(ctx).reader
    where = where_of(ctx)
    since = (beginning(period, ctx.now) - EPOCH).days
    here = best(await learning.standings(reader, where, since, channel=True))
    everywhere = best(await learning.standings(reader, where, since, channel=False)) if ctx.place.server else []
    shown = everywhere or here
    title = f"Leaderboard, {_WORDS[period]}"
    if not shown:
        when = "" if period == "all" else f" {_WORDS[period]}"
        words = f"No quiz with two or more players{when} yet. /quiz start begins one."
        return Reply(title, (Prose(words),), (start_button(),))
    parts: list[AnyPart] = []
    if here:
        parts += [Heading("This channel"), _table(here)]
    if everywhere and everywhere != here:
        parts += [Heading("All channels"), _table(everywhere)]
    group = "All channels" if everywhere else "This channel"
    under = f"{group}, {ctx.now.day} {MONTHS[ctx.now.month - 1]} {ctx.now.year}"
    drawn = await render_png(lambda: league(title, under, shown[:ROWS]))
    parts += [Picture("scores.png", drawn, _alt(title, under, shown[:ROWS])), Prose(_RULE)]
    return Reply(title, tuple(parts))


_RULE = (
    "Ranked by the share of right answers to what was asked while you took part; with few questions it counts for "
    "less, so that luck doesn't win."
)


def beginning(period: Period, now: datetime) -> datetime:
    """When a period began, in Universal Time."""
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    if period == "week":
        return today - timedelta(days=today.weekday())
    return today.replace(day=1) if period == "month" else EPOCH


def surely(right: int, answered: int) -> float:
    """The share of right answers that is likely at least: the lower end of Wilson's 95 % interval."""
    share, z = right / answered, _CONFIDENCE
    spread = z * sqrt(share * (1 - share) / answered + z * z / (4 * answered * answered))
    return max(0.0, (share + z * z / (2 * answered) - spread) / (1 + z * z / answered))


def best(standings: Sequence[Standing]) -> list[tuple[str, Standing]]:
    """The best first, with their places."""
    return ranked(standings, key=lambda one: round(surely(one.right_ones, one.asked), 9))


def _table(rows: Sequence[tuple[str, Standing]]) -> Table:
    return Table(
        ("Place", "Name", "Right", "Asked", "Share"),
        tuple(
            (place, one.name, str(one.right_ones), str(one.asked), f"{100 * one.right_ones / one.asked:.0f} %")
            for place, one in rows[:ROWS]
        ),
    )


def _alt(title: str, under: str, rows: Sequence[tuple[str, Standing]]) -> str:
    lines = (f"{place}. {one.name}: {one.right_ones} of {one.asked} right" for place, one in rows)
    return f"{title}. {under}. {'; '.join(lines)}."
