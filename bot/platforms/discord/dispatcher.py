"""The dispatcher: from an interaction to the App, and back as a response."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from typing import Any

from msgspec.structs import replace

from bot.core.app import App
from bot.core.calls import FORM, Form
from bot.core.context import Context, Person, Place
from bot.core.platform import Platform
from bot.core.reply import Choice, Reply
from bot.platforms.discord.command_arguments import arguments_of, called_command, sent_files, target_message
from bot.platforms.discord.commands import ALONE, MANAGERS, expected_parameter, option_choices
from bot.platforms.discord.deferral import QUICK, Crowd
from bot.platforms.discord.interaction import EPHEMERAL, Interaction
from bot.platforms.discord.interaction_payload import InteractionType
from bot.platforms.discord.modals import answers_of, form_modal, question_modal
from bot.platforms.discord.permissions import missing_here
from bot.platforms.discord.rendering.announcement import Announcement, announcement
from bot.platforms.discord.rendering.custom_id import CustomId
from bot.platforms.discord.rendering.render import Message, render
from bot.platforms.discord.response import Response
from bot.platforms.discord.sent_message import SentFile, attachments_of, words_of

_CHANGED = Reply(
    error="That command has changed since your Discord last looked. Please reload Discord and try again.", private=True
)


class Dispatcher:
    """Answers all that Discord's users do. `pending` are the tasks that answer, so that a stop can wait for them."""

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

    async def break_off(self, to_say_so: float) -> None:
        """End all that is under way; who waits for an answer hears within so many seconds that it will not come."""
        for task in self.pending:
            task.cancel()
        if self.pending:
            await asyncio.wait(self.pending, timeout=to_say_so)

    def render(self, reply: Reply) -> list[Message]:
        """A reply as messages."""
        return render(reply, self.colours, self.command_ids)

    def announcement(self, reply: Reply) -> Announcement | None:
        """A reply as one message that a push notification shows, if one holds it."""
        return announcement(reply, self.colours, self.command_ids)

    def context(self, interaction: Interaction, files: Iterable[SentFile] = ()) -> Context:
        """Who asked what, where and when, and the files that came with it."""
        said = interaction.payload
        user, member, channel = said.invoker, said.member, said.channel
        place = Place(
            "discord",
            channel=said.channel_id or "",
            server=said.guild_id,
            private=said.guild_id is None,
            parent=(channel.parent_id or "") if channel and channel.is_thread else "",
        )
        admin = member is not None and bool(int(member.permissions) & MANAGERS)
        name = (member.nick if member else None) or user.global_name or user.username
        person = Person(user.id, name, admin=admin, bot=user.bot, locale=said.locale)
        ctx = self.app.context(person, place, self.platform, interaction.created_at)
        sent = attachments_of(files, interaction.client)
        return replace(ctx, receipt=said.token, missing=missing_here(said), attachments=sent)

    async def answer(self, interaction: Interaction) -> None:
        """Answer whatever it is. Raises discord.HTTPException where Discord takes no answer."""
        match interaction.type:
            case InteractionType.COMMAND if interaction.data.target_id:
                await self._command_on_message(interaction)
            case InteractionType.COMMAND:
                await self._command(interaction)
            case InteractionType.AUTOCOMPLETE:
                await interaction.complete(option_choices(await self._completions(interaction)))
            case InteractionType.COMPONENT | InteractionType.MODAL_SUBMIT:
                await self._press(interaction)

    async def _command(self, interaction: Interaction) -> None:
        name, options = called_command(interaction.data)
        command = self.app.commands.get(name)
        if command is None or not {one.name for one in options} <= {one.name for one in command.parameters}:
            await interaction.send(self.render(_CHANGED)[0], private=True)
            return
        arguments = arguments_of(interaction, options)
        ctx = self.context(interaction, sent_files(interaction.data, options))
        if command.is_form and command.lacks(arguments):
            await self._show_form(interaction, await self.app.form(name, arguments, ctx))
            return
        await Response(interaction, self.render).send(self.app.run(name, arguments, ctx), self._crowd)

    async def _command_on_message(self, interaction: Interaction) -> None:
        data = interaction.data
        if data.name not in self.app.message_actions:
            await interaction.send(self.render(_CHANGED)[0], private=True)
            return
        message = target_message(data)
        reply = self.app.act_on_message(data.name, words_of(message), self.context(interaction, message.attachments))
        await Response(interaction, self.render).send(reply, self._crowd)

    async def _completions(self, interaction: Interaction) -> Sequence[Choice]:
        """The choices for the option in which somebody types."""
        name, options = called_command(interaction.data)
        command = self.app.commands.get(name)
        focused = next((one for one in options if one.focused), None)
        if command is None or focused is None:
            return ()
        typed, expected = str(focused.value), expected_parameter(command)
        choices = await self.app.suggest(name, focused.name, typed, self.context(interaction))
        if expected and expected.name == focused.name and not typed.strip():
            return (Choice(command.alone, ALONE), *choices)
        return choices

    async def _press(self, interaction: Interaction) -> None:
        """A button pressed, a menu's choice made, or the words that a button asked for."""
        pressed = CustomId.parse(interaction.data.custom_id) or CustomId("")
        typed = _typed(interaction)
        if pressed.action == FORM:
            await self._press_form(interaction, pressed)
            return
        if pressed.ask and typed is None:
            words = await self._question(interaction, pressed)
            await interaction.show_modal(question_modal(pressed, interaction.data.custom_id, words))
            return
        value = next(iter(interaction.data.values), "") or pressed.value
        action = self.app.actions.get(pressed.action)
        message = interaction.payload.message
        ephemeral = message is not None and bool(message.flags & EPHEMERAL)
        replaces = action is not None and action.replaces
        by_asker = ephemeral or _asked(interaction)
        private = (ephemeral or not by_asker) and not (action is not None and action.shares)
        response = Response(interaction, self.render, replaces=replaces and by_asker, private=private)
        await response.send(self.app.act(pressed.action, value, self.context(interaction), typed), self._crowd)

    async def _question(self, interaction: Interaction, pressed: CustomId) -> str:
        """The words above a form's field, if they are known in time."""
        with suppress(TimeoutError):
            async with asyncio.timeout(QUICK):
                return await self.app.question(pressed.action, pressed.value, self.context(interaction))
        return ""

    async def _press_form(self, interaction: Interaction, pressed: CustomId) -> None:
        """A button that opens a form, or a form that was sent in."""
        ctx = self.context(interaction)
        if interaction.type != InteractionType.MODAL_SUBMIT:
            await self._show_form(interaction, await self.app.pressed_form(pressed.value, ctx))
            return
        reply = self.app.run(pressed.value.removeprefix("/"), answers_of(interaction.data.components), ctx)
        await Response(interaction, self.render).send(reply, self._crowd)

    async def _show_form(self, interaction: Interaction, form: Form | Reply) -> None:
        if isinstance(form, Reply):
            await interaction.send(self.render(form)[0], private=True)
            return
        corpus = await self.app.corpus_of(self.context(interaction).place, in_haste=True)
        await interaction.show_modal(form_modal(form, corpus))


def _asked(interaction: Interaction) -> bool:
    """Whether the presser is the one whose question the message answers. Nobody asked for what was posted unasked."""
    answered = interaction.payload.message.interaction_metadata if interaction.payload.message else None
    return answered is not None and answered.user.id == interaction.payload.invoker.id


def _typed(interaction: Interaction) -> str | None:
    if interaction.type != InteractionType.MODAL_SUBMIT:
        return None
    return next(iter(answers_of(interaction.data.components).values()), "")
