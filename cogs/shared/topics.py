"""Topics as completion offers them."""

from __future__ import annotations

from bot.core.context import Context
from bot.core.reply import Choice
from cogs.shared.lists import MENU


async def suggest_topics(ctx: Context, typed: str) -> list[Choice]:
    """The editors' topics, for a name or synonym half typed."""
    return [Choice(topic.name, topic.name) for topic in ctx.corpus.finder.suggest_topics(typed, MENU)]
