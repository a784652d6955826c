"""Say hello where the bot was just added."""

from __future__ import annotations

from bot.core.command import action, costs
from bot.core.context import Context
from bot.core.reply import Button, Code, Items, Prose, Reply
from cogs.quiz.start import start
from cogs.quote import quote
from cogs.shared.lists import and_list


@action("welcome")
async def welcome(ctx: Context, value: str) -> Reply:
    """What the bot is, three things to try, and who may do what."""
    texts = and_list(text.name for text in list(ctx.corpus.texts.values())[:3])
    parts = (
        Prose(f"Hello! I answer from {texts}: word for word, and always with the place where it stands."),
        Items(
            (
                "/quote finds a quotation, /check says whether one is true, /help lists the rest.",
                "Everybody may ask and play. Whoever manages this server sets up the daily fact and adds texts.",
                "What people look up is not kept; /privacy says what is.",
            )
        ),
    )
    buttons = (
        Button("Try a quotation", "welcome.quote", style="primary"),
        Button("Start a quiz", "welcome.quiz"),
        Button("Set up the daily fact", "welcome.daily"),
    )
    return Reply("Smolny", parts, buttons)


@action("welcome.quote", shares=True)
async def try_quotation(ctx: Context, value: str) -> Reply:
    """A passage worth reading."""
    return await quote.handler(ctx)


@costs(3)
@action("welcome.quiz", shares=True)
async def start_quiz(ctx: Context, value: str) -> Reply:
    """A quiz of ten questions in this channel."""
    return await start.handler(ctx)


@action("welcome.daily")
async def explain_daily(ctx: Context, value: str) -> Reply:
    """How to set up the daily fact."""
    words = "Whoever manages this server sets it up with a channel, a time and a city near you, such as:"
    example = Code("/daily set channel:#general time:9:00 timezone:Berlin days:weekdays")
    return Reply(
        "The daily fact", (Prose(words), example, Prose("You see the first post before it goes out.")), private=True
    )
