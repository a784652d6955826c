"""Say hello where the bot was just added."""

from __future__ import annotations

from bot.core.calls import form_button
from bot.core.command import action, costs
from bot.core.context import Context
from bot.core.reply import Button, Items, Prose, Reply
from cogs.quiz.start import start
from cogs.quote import quote
from cogs.setup import setup
from corpus.language.phrasing import and_list


@action("welcome")
async def welcome(ctx: Context, value: str) -> Reply:
    """What the bot is, three things to try, and who may do what."""
    texts = and_list(text.name for text in list(ctx.corpus.texts.values())[:3])
    parts = (
        Prose(f"Hello! I answer from {texts}: word for word, and always with the source."),
        Items(
            (
                "/quote finds a quotation, /check says whether one is true, /help lists the rest.",
                "Everybody can ask and play. The people who run this place set up the daily fact and add texts.",
                "What people look up is not kept; /privacy says what is.",
            )
        ),
    )
    buttons = (
        Button("Try a quotation", "welcome.quote", style="primary"),
        Button("Start a quiz", "welcome.quiz"),
        form_button(setup, {}, "Set up the daily fact"),
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
    """How to set up the daily fact; earlier hellos have a button for it."""
    words = Prose("The people who manage this server set it up with /setup: a channel, a time and a city near you.")
    return Reply("The daily fact", (words,), (form_button(setup, {}, "Set it up"),), private=True)
