"""Interactions: from a command, press or form to the App, and back as a response, at once or deferred."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

import discord
from msgspec import Struct
from msgspec.structs import replace

from bot.core.app import App
from bot.core.calls import FORM, Form
from bot.core.context import Context, Person, Place
from bot.core.platform import Platform
from bot.core.reply import Choice, File, Picture, Reply
from bot.platforms.discord.deferral import QUICK, Crowd, Deferral
from bot.platforms.discord.messages import Layout, attachments_of, replacement, sendable, words_of
from bot.platforms.discord.modals import answers_of, form_modal, question_modal
from bot.platforms.discord.permissions import missing_here
from bot.platforms.discord.rendering.announcement import Announcement, announcement
from bot.platforms.discord.rendering.blocks import text_display
from bot.platforms.discord.rendering.custom_id import CustomId
from bot.platforms.discord.rendering.render import Message, render

Interaction = discord.Interaction[Any]

_PLAUSIBLE = 60.0
_UNKNOWN_MESSAGE = 10008


class Dispatcher:
    """Answers all that Discord's users do. `answering` is what is under way, so that a stop can wait for it."""

    def __init__(self, app: App, platform: Platform) -> None:
        self.app = app
        self.platform = platform
        self.colours: Mapping[str, int] = {name: text.colour for name, text in app.corpus.texts.items()}
        self._ids: Mapping[str, int] = {}
        self.pending: set[asyncio.Task[Any]] = set()
        self._crowd = Crowd()

    def name_commands(self, ids: Mapping[str, int]) -> None:
        """Let replies name commands so that they can be pressed; `ids` are by a command's first word."""
        self._ids = ids
        self.__dict__.pop("command_ids", None)

    @cached_property
    def command_ids(self) -> Mapping[str, int]:
        """The ids of the registered commands, by their whole names."""
        roots = {name: name.split()[0] for name in self.app.commands}
        return {name: self._ids[root] for name, root in roots.items() if root in self._ids}

    def render(self, reply: Reply) -> list[Message]:
        """A reply as messages."""
        return render(reply, self.colours, self.command_ids)

    def announcement(self, reply: Reply) -> Announcement | None:
        """A reply as one message that a push notification shows, if one holds it."""
        return announcement(reply, self.colours, self.command_ids)

    def context(self, interaction: Interaction) -> Context:
        user = interaction.user
        in_server = interaction.guild_id is not None
        admin = in_server and interaction.permissions.manage_guild
        place = Place(
            "discord",
            channel=str(interaction.channel_id),
            server=str(interaction.guild_id) if in_server else None,
            private=not in_server,
            parent=str(getattr(interaction.channel, "parent_id", None) or ""),
        )
        locale = str(interaction.locale)
        person = Person(str(user.id), user.display_name, admin=admin, bot=user.bot, locale=locale)
        ctx = self.app.context(person, place, self.platform, interaction.created_at)
        return replace(ctx, receipt=interaction.token, missing=missing_here(interaction))

    async def command(
        self,
        interaction: Interaction,
        name: str,
        arguments: dict[str, str],
        sent: Sequence[discord.Attachment],
    ) -> None:
        ctx = replace(self.context(interaction), attachments=attachments_of(sent))
        command = self.app.commands.get(name)
        if command and command.is_form and command.lacks(arguments):
            await self._show_form(interaction, await self.app.form(name, arguments, ctx))
            return
        reply = self.app.run(name, arguments, ctx)
        await self._answer(Response(interaction, self.render), reply)

    async def message_action(self, interaction: Interaction, name: str, message: discord.Message) -> None:
        ctx = replace(self.context(interaction), attachments=attachments_of(message.attachments))
        reply = self.app.act_on_message(name, words_of(message), ctx)
        await self._answer(Response(interaction, self.render), reply)

    async def suggest(self, interaction: Interaction, name: str, parameter: str, typed: str) -> Sequence[Choice]:
        return await self.app.suggest(name, parameter, typed, self.context(interaction))

    async def press(self, interaction: Interaction) -> None:
        """A button pressed, a menu's choice made, or the words that a button asked for."""
        pressed = CustomId.parse(interaction.custom_id or "") or CustomId("")
        typed = _typed(interaction)
        if pressed.action == FORM:
            await self._press_form(interaction, pressed)
            return
        if pressed.ask and typed is None:
            words = await self._question(interaction, pressed)
            await interaction.response.send_modal(question_modal(pressed, interaction.custom_id or "", words))
            return
        value = _chosen(interaction) or pressed.value
        action = self.app.actions.get(pressed.action)
        ephemeral = interaction.message is not None and interaction.message.flags.ephemeral
        replaces = action is not None and action.replaces
        by_asker = ephemeral or _asked(interaction)
        private = (ephemeral or not by_asker) and not (action is not None and action.shares)
        response = Response(interaction, self.render, replaces=replaces and by_asker, private=private)
        await self._answer(response, self.app.act(pressed.action, value, self.context(interaction), typed))

    async def _question(self, interaction: Interaction, pressed: CustomId) -> str:
        """What stands above a form's field, if it is known in time."""
        with suppress(TimeoutError):
            async with asyncio.timeout(QUICK):
                return await self.app.question(pressed.action, pressed.value, self.context(interaction))
        return ""

    async def _press_form(self, interaction: Interaction, pressed: CustomId) -> None:
        """A button that opens a form, or a form that was sent in."""
        ctx = self.context(interaction)
        if interaction.type is not discord.InteractionType.modal_submit:
            await self._show_form(interaction, await self.app.pressed_form(pressed.value, ctx))
            return
        reply = self.app.run(pressed.value.removeprefix("/"), answers_of(_data(interaction)), ctx)
        await self._answer(Response(interaction, self.render), reply)

    async def _show_form(self, interaction: Interaction, form: Form | Reply) -> None:
        if isinstance(form, Reply):
            await interaction.response.send_message(ephemeral=True, **sendable(self.render(form)[0]))
            return
        corpus = await self.app.corpus_of(self.context(interaction).place)
        await interaction.response.send_modal(form_modal(form, corpus))

    async def _answer(self, response: Response, reply: Awaitable[Reply]) -> None:
        # The task that each interaction has: another would let a crowd's answers wait for each other.
        task = asyncio.current_task()
        assert task  # noqa: S101 - discord.py and the HTTP server run each interaction in a task
        self.pending.add(task)
        try:
            await response.send(reply, self._crowd)
        finally:
            self.pending.discard(task)


def _asked(interaction: Interaction) -> bool:
    """Whether the presser is the one whose question the message answers. Nobody asked for what was posted unasked."""
    answered = interaction.message.interaction_metadata if interaction.message else None
    return answered is not None and answered.user.id == interaction.user.id


def _data(interaction: Interaction) -> Mapping[str, Any]:
    return interaction.data or {}


def _chosen(interaction: Interaction) -> str:
    return next(iter(_data(interaction).get("values") or ()), "")


def _typed(interaction: Interaction) -> str | None:
    if interaction.type is not discord.InteractionType.modal_submit:
        return None
    return next(iter(answers_of(_data(interaction)).values()), "")


def _has_files(reply: Reply) -> bool:
    return any(isinstance(part, Picture | File) for part in reply.parts)


class Response(Struct, frozen=True):
    """One interaction to answer. `replaces`: over the message that was pressed; `private`: whatever the reply says."""

    interaction: Interaction
    render: Callable[[Reply], list[Message]]
    replaces: bool = False
    private: bool = False

    async def send(self, reply: Awaitable[Reply], crowd: Crowd) -> None:
        """Wait for the reply, among all who wait, and send it.

        Raises discord.HTTPException where Discord takes none of it.
        """
        deferral = Deferral(crowd, self.defer, self._age())
        try:
            made = await reply
        finally:
            deferral.stop()
        # What has files takes a while to upload.
        if _has_files(made) and self._age() > QUICK / 2:
            deferral.start()
        await deferral.finish()
        await self._send(made)

    async def defer(self) -> None:
        """Show that the reply is being worked on."""
        await self.interaction.response.defer(ephemeral=self.private, thinking=not self.replaces)

    def _age(self) -> float:
        """Seconds since the interaction began at Discord; 0 where its clock and ours are hours apart."""
        age = (datetime.now(UTC) - self.interaction.created_at).total_seconds()
        return age if 0 <= age < _PLAUSIBLE else 0.0

    async def _send(self, reply: Reply) -> None:
        first, *rest = self.render(reply)
        private = self.private or reply.private or bool(reply.error)
        # An error never wipes out the message it came from, nor does a private reply wipe out a public one.
        in_place = self.replaces and not reply.error and (self.private or not reply.private)
        if self.interaction.response.is_done():
            await self._after_deferral(first, private, in_place)
        elif not (in_place and await _edited(self.interaction.response.edit_message(**replacement(first)))):
            await self.interaction.response.send_message(ephemeral=private, **sendable(first))
        for message in rest:
            await self._follow_up(message, private)

    async def _after_deferral(self, message: Message, private: bool, in_place: bool) -> None:
        if in_place or (not self.replaces and private == self.private):
            if not await _edited(self.interaction.edit_original_response(**replacement(message))):
                await self._follow_up(message, private)
        elif self.replaces:
            await self._follow_up(message, private)
        else:
            # What comes first after a public deferral is public too, so something without secrets has to.
            await self.interaction.edit_original_response(view=Layout([text_display("Answered in private.")]))
            await self._follow_up(message, private)
            await self.interaction.delete_original_response()

    async def _follow_up(self, message: Message, private: bool) -> None:
        await self.interaction.followup.send(ephemeral=private, wait=True, **sendable(message))


async def _edited(edit: Awaitable[object]) -> bool:
    """Whether a message was edited; False where somebody has deleted it meanwhile."""
    try:
        await edit
    except discord.NotFound as error:
        if error.code != _UNKNOWN_MESSAGE:
            raise
        return False
    return True
