"""Interactions in, answers out: each is acknowledged first, then worked on in a task of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping
from dataclasses import replace
from typing import Any

import structlog
from slack_sdk.errors import SlackApiError

from bot.core.app import App
from bot.core.context import Channel, Context, Person, Place
from bot.core.errors import UserError
from bot.core.platform import Gone, Platform
from bot.core.reply import Choice, Reply
from bot.platforms.slack.inbound import home, modals
from bot.platforms.slack.inbound.answers import Answers, Spot
from bot.platforms.slack.inbound.modals import Form
from bot.platforms.slack.posting import named, qualified
from bot.platforms.slack.rendering.action_id import Press
from bot.platforms.slack.rendering.render import Near
from bot.platforms.slack.rendering.rich_text import Json
from bot.platforms.slack.transport.api_errors import FAILURES, code_of
from bot.platforms.slack.transport.workspaces import Workspaces
from bot.platforms.typed_commands import Call, read_line

log = structlog.get_logger()


class Desk:
    """Answers everything that Slack's users do. `answering` holds what is under way, so that a stop can wait for it."""

    def __init__(self, app: App, platform: Platform, workspaces: Workspaces, *, several: bool) -> None:
        self.app = app
        self.platform = platform
        self.workspaces = workspaces
        self.answers = Answers(workspaces)
        self.several = several
        self.answering: set[asyncio.Task[None]] = set()

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Work on something after it was acknowledged."""
        task = asyncio.create_task(work)
        self.answering.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self.answering.discard(task)
        error = None if task.cancelled() else task.exception()
        if error:
            log.error("failed", what="slack answer", error=type(error).__name__)

    async def line(self, spot: Spot, name: str, line: str, trigger: str = "") -> None:
        """A typed command. What lacks a parameter gets a form, where Slack lets one be opened."""
        try:
            call = self._placed(spot, read_line(line or "help", self.app.commands))
        except UserError as error:
            await self.answers.deliver(spot, Reply(error=error.sentence, private=True))
            return
        command = self.app.commands[call.name]
        ctx = await self.context(spot, name, rights=command.admin)
        lacking = any(one.required and not call.arguments.get(one.name) for one in command.parameters)
        if lacking and trigger and (ctx.asker.admin or command.owners or not command.admin):
            await self._open(spot, trigger, modals.command_modal(command, call.arguments, self.app.corpus, spot))
            return
        reply = await self.app.run(call.name, call.arguments, ctx)
        await self.answers.deliver(spot, reply, near=self._near(call, reply))

    def _placed(self, spot: Spot, call: Call) -> Call:
        """The call with each channel as the rest of the bot knows it. Raises UserError."""
        kinds = {one.name: one.kind for one in self.app.commands[call.name].parameters}
        placed = {
            name: named(spot.team, typed, several=self.several) if kinds[name] is Channel else typed
            for name, typed in call.arguments.items()
        }
        return Call(call.name, placed)

    def _near(self, call: Call, reply: Reply) -> Near | None:
        """A menu in place of completion, where what was typed led to no passage."""
        if reply.incident or any(reply.quotes()):
            return None
        for one in self.app.commands[call.name].parameters:
            typed = call.arguments.get(one.name, "")
            if one.suggest and (typed or one.required):
                return Near(call.name, one.name, typed, one.help)
        return None

    async def press(self, spot: Spot, name: str, press: Press, value: str, trigger: str) -> None:
        """A button pressed, or a menu's choice made."""
        if press.more and press.does == "act":
            await self._open(spot, trigger, modals.question_modal(press, value, spot))
            return
        known = self.app.commands if press.does == "find" else self.app.actions
        ctx = await self.context(spot, name, rights=press.name in known and known[press.name].admin)
        if press.does == "find":
            reply = await self.app.run(press.name, {press.more: value}, ctx)
            await self.answers.deliver(spot, reply, replaces=True)
            return
        await self._act(spot, press.name, self.app.act(press.name, value, ctx))
        if not spot.channel:
            await self.home(spot, name)

    async def submitted(self, form: Form, user: str, name: str, callback: str, typed: Mapping[str, str]) -> None:
        """A form or a question sent in."""
        spot = replace(form.spot, user=user)
        known = self.app.commands if callback == modals.COMMAND else self.app.actions
        ctx = await self.context(spot, name, rights=form.name in known and known[form.name].admin)
        if callback == modals.COMMAND:
            call = self._placed(spot, Call(form.name, dict(typed)))
            await self.answers.deliver(spot, await self.app.run(call.name, call.arguments, ctx))
            return
        said = next(iter(typed.values()), "")
        await self._act(spot, form.name, self.app.act(form.name, form.value, ctx, typed=said))

    async def _act(self, spot: Spot, action: str, coming: Coroutine[Any, Any, Reply]) -> None:
        known = self.app.actions.get(action)
        await self.answers.deliver(spot, await coming, replaces=known is not None and known.replaces)

    async def on_message(self, spot: Spot, name: str, action: str, words: str) -> None:
        """A shortcut on a message. One of an older manifest gets a word."""
        if action not in self.app.message_actions:
            await self.answers.deliver(spot, Reply(error="That shortcut is gone. /smolny help lists what there is."))
            return
        ctx = await self.context(spot, name)
        await self.answers.deliver(spot, await self.app.act_on_message(action, words, ctx))

    async def suggest(self, spot: Spot, press: Press, typed: str) -> tuple[Choice, ...]:
        """Completions. Nobody's rights matter here, so Slack is not asked for them."""
        ctx = self._context(spot, Person(spot.user, ""))
        return await self.app.suggest(press.name, press.more, typed, ctx)

    async def home(self, spot: Spot, name: str) -> None:
        """Show the App Home."""
        ctx = await self.context(spot, name, rights=True)
        replies = [home.features(self.app), *[reply async for reply in home.sections(self.app, ctx)]]
        await self._call(spot, "views.publish", user_id=spot.user, view=home.view(replies, spot.user))

    async def context(self, spot: Spot, name: str, *, rights: bool = False) -> Context:
        return self._context(spot, await self.workspaces.person(spot.team, spot.user, name, rights=rights))

    def _context(self, spot: Spot, person: Person) -> Context:
        channel = qualified(spot.team, spot.channel or spot.user, several=self.several)
        private = not spot.channel or spot.channel.startswith("D")
        return self.app.context(person, Place("slack", channel, spot.team, private), self.platform)

    async def _open(self, spot: Spot, trigger: str, view: Json) -> None:
        await self._call(spot, "views.open", trigger_id=trigger, view=view)

    async def _call(self, spot: Spot, method: str, **arguments: Any) -> None:
        try:
            workspace = await self.workspaces.workspace(spot.team)
            await workspace.asking.api_call(method, json=arguments)
        except SlackApiError as error:
            log.warning("slack shows no view", method=method, error=code_of(error))
        except (Gone, *FAILURES) as error:
            log.warning("slack shows no view", method=method, error=type(error).__name__)
