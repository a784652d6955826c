"""slack_bolt's listeners: everything is acknowledged, then handed to the dispatcher."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import closing
from typing import Any

from msgspec.structs import replace
from slack_bolt.async_app import AsyncApp
from slack_bolt.context.complete.async_complete import AsyncComplete
from slack_bolt.context.fail.async_fail import AsyncFail
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.core.reply import Choice
from bot.platforms.layout import clip, width
from bot.platforms.slack.inbound import modals, payloads
from bot.platforms.slack.inbound.dispatcher import Dispatcher
from bot.platforms.slack.inbound.modals import ModalState
from bot.platforms.slack.inbound.mrkdwn import after_mention, plain
from bot.platforms.slack.inbound.payloads import Request
from bot.platforms.slack.inbound.steps import STEPS
from bot.platforms.slack.manifest import GENERAL
from bot.platforms.slack.rendering import limits
from bot.platforms.slack.rendering.action_id import ActionId, BlockId
from bot.platforms.slack.rendering.render import QUESTION_LENGTH, option
from bot.platforms.slack.rendering.rich_text import Json
from bot.storage.deduplication import Deduplication

Ack = Callable[..., Awaitable[Any]]
Body = dict[str, Any]

_ANY = re.compile("")
_WRITTEN = {None, "file_share", "me_message", "thread_broadcast"}
"""Subtypes of what somebody writes. Others are of what became of a message."""
_RETRY = "x-slack-retry-num"
"""The header in which Slack says that it sends an event again."""


class Listeners:
    """Everything that the bot listens to in Slack."""

    def __init__(self, dispatcher: Dispatcher, deduplication: Deduplication) -> None:
        self.dispatcher = dispatcher
        self.deduplication = deduplication

    def register(self, bolt: AsyncApp) -> None:
        bolt.command(_ANY)(self.command)
        bolt.action(_ANY)(self.action)
        bolt.options(_ANY)(self.options)
        bolt.view(_ANY)(self.view)
        bolt.shortcut(_ANY)(self.shortcut)
        bolt.event("app_mention")(self.mention)
        bolt.event("app_home_opened")(self.home)
        bolt.event("message")(self.direct)
        bolt.event("member_joined_channel")(self.joined)
        for name, step in STEPS.items():
            if step.command in self.dispatcher.app.commands:
                bolt.function(name)(self._step(name))

    async def failed(self, error: Exception, body: Body) -> None:
        """What was acknowledged, or was to be, and could not be read."""
        self.dispatcher.failed(error, body.get("response_url"))

    def _begin(self, req: AsyncBoltRequest, work: Coroutine[Any, Any, None], *, only_reads: bool = False) -> None:
        """Work on something, unless Slack sent it before. Slack waits three seconds: that is asked later."""
        self.dispatcher.begin(self._once(req, work, only_reads=only_reads), req.context.response_url)

    async def _once(self, req: AsyncBoltRequest, work: Coroutine[Any, Any, None], *, only_reads: bool) -> None:
        """Do work that was acknowledged, unless Slack sent it before.

        The store waits for the disk, and longer where it is busy. What `only_reads` does not wait for it, unless Slack
        says that it sends something again: then another process may have answered.
        """
        with closing(work):
            if not (delivery := payloads.delivery_id(req.body)):
                is_first = True
            elif only_reads and _RETRY not in req.headers:
                is_first = self.deduplication.is_first_here(delivery)
            else:
                is_first = await self.deduplication.is_first(delivery)
            if is_first:
                await self.dispatcher.worked(work, req.context.response_url)

    def _step(self, name: str) -> Callable[..., Awaitable[None]]:
        async def run(
            ack: Ack, req: AsyncBoltRequest, inputs: dict[str, Any], complete: AsyncComplete, fail: AsyncFail
        ) -> None:
            await ack()
            work = self.dispatcher.step(payloads.team_of(req.body), name, inputs, complete, fail)
            self._begin(req, work)

        return run

    async def joined(self, ack: Ack, req: AsyncBoltRequest, context: dict[str, Any]) -> None:
        """Somebody came into a channel: where it is the bot itself, it says hello there."""
        await ack()
        body = req.body
        event = body["event"]
        if event.get("user") == context.get("bot_user_id"):
            self._begin(req, self.dispatcher.welcome(Request(payloads.team_of(body), "", event["channel"])))

    async def command(self, ack: Ack, req: AsyncBoltRequest) -> None:
        await ack()
        body = req.body
        text = plain(body.get("text") or "").strip()
        line = text if body["command"] == f"/{GENERAL}" else f"{body['command']} {text}"
        name = payloads.name_of(body)
        question = clip(payloads.question_line(name, f"{body['command']} {text}"), QUESTION_LENGTH)
        request = replace(payloads.of_command(body), question=question)
        self.dispatcher.begin(self._line(req, request, name, line), req.context.response_url)

    async def _line(self, req: AsyncBoltRequest, request: Request, name: str, line: str) -> None:
        """Work on what was typed. Over HTTP, to read it before would be a quarter of the time to an acknowledgement."""
        call = self.dispatcher.read(request, line)
        files = (req.body.get("event") or {}).get("files") or ()
        work = self.dispatcher.typed(request, name, call, req.body.get("trigger_id", ""), files)
        await self._once(req, work, only_reads=self.dispatcher.only_reads(call))

    async def action(self, ack: Ack, req: AsyncBoltRequest) -> None:
        await ack()
        body = req.body
        done = body["actions"][0]
        action = ActionId.parse(done["action_id"]) or ActionId("")
        request = payloads.of_interaction(body)
        work = self.dispatcher.press(
            request, payloads.name_of(body), action, payloads.chosen(done), body.get("trigger_id", "")
        )
        self._begin(req, work, only_reads=self.dispatcher.only_reads(action))

    async def options(self, ack: Ack, body: Body) -> None:
        """Completions are the acknowledgement."""
        action = ActionId.parse(body["action_id"]) or ActionId("")
        typed = body.get("value") or BlockId.parse(body["block_id"]).typed
        choices = await self.dispatcher.suggest(payloads.of_interaction(body), action, typed)
        await ack(options=_options(choices))

    async def view(self, ack: Ack, req: AsyncBoltRequest) -> None:
        """A submitted form stays open, and says why, where something in it cannot be read."""
        body = req.body
        view = body["view"]
        state = ModalState.parse(view["private_metadata"])
        typed = modals.answers_of(view)
        command = self.dispatcher.app.commands.get(state.name) if view["callback_id"] == modals.COMMAND else None
        corpus = await self.dispatcher.app.corpus_of(self.dispatcher.place(state.request), in_haste=True)
        if command and (wrong := modals.field_errors(command, typed, corpus)):
            await ack(response_action="errors", errors=wrong)
            return
        await ack()
        name = payloads.name_of(body)
        self._begin(req, self.dispatcher.submit(state, body["user"]["id"], name, view))

    async def shortcut(self, ack: Ack, req: AsyncBoltRequest) -> None:
        await ack()
        body = req.body
        message = body.get("message") or {}
        request = payloads.of_interaction(body)
        self._begin(req, self.dispatcher.on_message(request, payloads.name_of(body), body["callback_id"], message))

    async def mention(self, ack: Ack, req: AsyncBoltRequest, context: dict[str, Any]) -> None:
        await ack()
        event = req.body["event"]
        if "user" in event and not event.get("bot_id"):
            line = after_mention(event.get("text") or "", context.get("bot_user_id") or "")
            self.dispatcher.begin(self._line(req, payloads.of_mention(req.body), "", line))

    async def direct(self, ack: Ack, req: AsyncBoltRequest, context: dict[str, Any]) -> None:
        """What people write to the bot alone, where some mention it out of habit: Slack reports no mention there."""
        await ack()
        event = req.body["event"]
        is_new = event.get("subtype") in _WRITTEN and "user" in event and not event.get("bot_id")
        if event.get("channel_type") == "im" and is_new:
            line = after_mention(event.get("text") or "", context.get("bot_user_id") or "")
            self.dispatcher.begin(self._line(req, payloads.of_direct_message(req.body), "", line))

    async def home(self, ack: Ack, req: AsyncBoltRequest) -> None:
        await ack()
        event = req.body["event"]
        if event.get("tab") == "home":
            self._begin(req, self.dispatcher.home(Request(payloads.team_of(req.body), event["user"]), ""))


def _options(choices: tuple[Choice, ...]) -> list[Json]:
    """As many choices as a menu holds. A value that is too long would be cut, and then mean something else."""
    fitting = [one for one in choices if 0 < width(one.value) <= limits.OPTION_VALUE]
    return [option(one) for one in fitting[: limits.OPTIONS]]
