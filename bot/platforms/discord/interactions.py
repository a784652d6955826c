"""Interactions in, answers out: who asked, where, and which of the App's doors it goes through."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Mapping, Sequence
from typing import Any

import discord

from bot.core.app import App
from bot.core.context import Context, Person, Place
from bot.core.platform import Platform
from bot.core.reply import Choice, Reply
from bot.platforms.discord.deliver import Delivery
from bot.platforms.discord.rendering.custom_id import Press
from bot.platforms.discord.rendering.limits import MODAL_LABEL, TYPED, clip

Interaction = discord.Interaction[Any]


class Desk:
    """Answers all that Discord's users do. `answering` is what is under way, so that a stop can wait for it."""

    def __init__(self, app: App, platform: Platform) -> None:
        self.app = app
        self.platform = platform
        self.colours: Mapping[str, int] = {name: text.colour for name, text in app.corpus.texts.items()}
        self.answering: set[asyncio.Task[Any]] = set()

    def context(self, interaction: Interaction) -> Context:
        user = interaction.user
        in_server = interaction.guild_id is not None
        admin = in_server and interaction.permissions.manage_guild
        place = Place(
            "discord",
            channel=str(interaction.channel_id),
            server=str(interaction.guild_id) if in_server else None,
            private=not in_server,
        )
        person = Person(str(user.id), user.display_name, admin=admin, bot=user.bot)
        return self.app.context(person, place, self.platform, locale=str(interaction.locale))

    async def command(self, interaction: Interaction, name: str, arguments: dict[str, str]) -> None:
        reply = self.app.run(name, arguments, self.context(interaction))
        await self._answer(Delivery(interaction, self.colours), reply)

    async def message_action(self, interaction: Interaction, name: str, message: discord.Message) -> None:
        reply = self.app.act_on_message(name, words_of(message), self.context(interaction))
        await self._answer(Delivery(interaction, self.colours), reply)

    async def suggest(self, interaction: Interaction, name: str, parameter: str, typed: str) -> Sequence[Choice]:
        return await self.app.suggest(name, parameter, typed, self.context(interaction))

    async def press(self, interaction: Interaction) -> None:
        """A button pressed, a menu's choice made, or the words that a button asked for."""
        press = Press.read(interaction.custom_id or "") or Press("")
        typed = _typed(interaction)
        if press.ask and typed is None:
            await interaction.response.send_modal(_question(press, interaction.custom_id or ""))
            return
        value = _chosen(interaction) or press.value
        action = self.app.actions.get(press.action)
        hidden = interaction.message is not None and interaction.message.flags.ephemeral
        replaces = action is not None and action.replaces
        mine = hidden or _asked(interaction)
        delivery = Delivery(
            interaction, self.colours, replaces=replaces and mine, private=hidden or (replaces and not mine)
        )
        await self._answer(delivery, self.app.act(press.action, value, self.context(interaction), typed))

    async def _answer(self, delivery: Delivery, reply: Awaitable[Reply]) -> None:
        task = asyncio.ensure_future(delivery.answer(reply))
        self.answering.add(task)
        task.add_done_callback(self.answering.discard)
        await task


def words_of(message: discord.Message) -> str:
    """What a message says: its content, or the text displays of a message like ours."""
    if message.content:
        return message.content
    shown = discord.ui.LayoutView.from_message(message).walk_children()
    return "\n".join(item.content for item in shown if isinstance(item, discord.ui.TextDisplay))


def _asked(interaction: Interaction) -> bool:
    """Whether the presser is the one whose question the message answers. Nobody asked for what was posted unasked."""
    answered = interaction.message.interaction_metadata if interaction.message else None
    return answered is not None and answered.user.id == interaction.user.id


def _question(press: Press, custom_id: str) -> discord.ui.Modal:
    asked = clip(press.ask, MODAL_LABEL)
    modal = discord.ui.Modal(title=asked, custom_id=custom_id)
    field = discord.ui.TextInput[Any](custom_id="typed", max_length=TYPED)
    modal.add_item(discord.ui.Label(text="Your answer", component=field))
    # Not kept: what is submitted carries the custom id, and so outlives a restart.
    modal.stop()
    return modal


def _data(interaction: Interaction) -> Mapping[str, Any]:
    return interaction.data or {}


def _chosen(interaction: Interaction) -> str:
    return next(iter(_data(interaction).get("values") or ()), "")


def _typed(interaction: Interaction) -> str | None:
    if interaction.type is not discord.InteractionType.modal_submit:
        return None
    fields = (held.get("component") or {} for held in _data(interaction).get("components") or ())
    return next((field["value"] for field in fields if field.get("value")), "")
