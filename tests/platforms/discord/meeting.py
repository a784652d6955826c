"""Meeting the bot in a simulated Discord."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import discord
import simcord

from bot.core.app import App
from bot.core.attachment import AttachmentKey
from bot.core.context import Channel
from bot.platforms.discord.adapter import Discord
from bot.platforms.discord.rendering.custom_id import CustomId
from bot.platforms.typed_commands import parse_line
from tests.platforms.discord import limits_check
from tests.platforms.discord.conftest import said
from tests.platforms.discord.rendering.test_render import unescaped
from tests.platforms.meeting import Heard, Way
from tests.simulation import SETTLED


class Server:
    def __init__(
        self, env: simcord.Env, platform: Discord, ada: simcord.MemberActor, channel: simcord.ChannelHandle
    ) -> None:
        self.env = env
        self.platform = platform
        self.app = platform.dispatcher.app
        self.ada = ada
        self.channel = channel

    async def hear(self, line: str) -> Heard:
        call = parse_line(line, self.app.commands)
        kinds = {one.name: one.kind for one in self.app.commands[call.name].parameters}
        picked = {name: self._picked(kinds[name], typed) for name, typed in call.arguments.items()}
        return _heard(await self.ada.slash(self.channel, call.name, **picked))

    def _picked(self, kind: Any, typed: str) -> Any:
        if kind is AttachmentKey:
            return typed, b"A text of one sentence."
        return self.channel if kind is Channel else int(typed) if kind is int else typed

    async def press(self, way: Way, typed: str) -> Heard:
        message, custom_id, choice = way.native
        if choice:
            return _heard(await self.ada.select(message, [choice], custom_id=custom_id))
        pressed = await self.ada.click(message, custom_id=custom_id)
        if not pressed.modal:
            return _heard(pressed)
        filled = {"typed": typed} if way.asks else self._filled(pressed.modal)
        return _heard(await self.ada.submit_modal(pressed, filled))

    def _filled(self, modal: dict[str, Any]) -> dict[str, Any]:
        """What is in a form, as it is sent back."""
        fields = [one["component"] for one in modal["components"]]
        return {one["custom_id"]: value for one in fields if (value := self._value(one))}

    def _value(self, field: dict[str, Any]) -> Any:
        if "default_values" in field:
            return [self.channel]
        if "options" in field:
            return [one["value"] for one in field["options"] if one.get("default")]
        return field.get("value")

    async def posted(self) -> Heard:
        sent = self.env.backend.messages[self.channel.id].values()
        newest = max((one for one in sent if one.visible_to(None)), key=lambda one: one.id)
        message = simcord.results.ResponseMessage(self.env, newest)
        return Heard(_words(message), tuple(_ways(message)))

    async def use_on_message(self, name: str, words: str) -> Heard | None:
        message = await self.ada.send(self.channel, words)
        return _heard(await self.ada.context_menu(self.channel, name, message))


def _heard(result: simcord.InteractionResult) -> Heard:
    messages = [one for one in (result.response, *result.followups) if one]
    return Heard("\n".join(map(_words, messages)), tuple(way for one in messages for way in _ways(one)))


def _words(message: simcord.results.ResponseMessage) -> str:
    return unescaped(re.sub(r"(\\.)|\*\*", lambda found: found[1] or "", said(message)))


def _ways(message: simcord.ResponseMessage) -> Iterator[Way]:
    for one in limits_check.walk(message.components):
        press = CustomId.parse(one.get("custom_id", ""))
        if press and "options" in one:
            for option in one["options"]:
                native = (message, one["custom_id"], option["value"])
                yield Way(press.action, option["value"], False, native, option["label"])
        elif press and not one.get("disabled"):
            native = (message, one["custom_id"], "")
            yield Way(press.action, press.value, bool(press.ask), native, one.get("label", ""))


@asynccontextmanager
async def meet(app: App) -> AsyncIterator[Server]:
    platform = Discord(app, "token")
    async with simcord.run(platform.client, settle_timeout=SETTLED) as env:
        guild = env.create_guild("Study group")
        managers = guild.create_role("Managers", permissions=discord.Permissions(manage_guild=True))
        ada = guild.add_member(env.create_user("ada"), roles=[managers])
        yield Server(env, platform, ada, guild.create_text_channel("general"))
