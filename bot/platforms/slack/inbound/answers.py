"""Responses to Slack's requests: to all or to the asker alone, in the channel, in a thread, over a message."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable
from functools import partial
from typing import Any

from msgspec import structs
from slack_sdk.errors import SlackApiError

from bot.core.funnel import BROKEN_OFF, NOT_SHOWN, apology
from bot.core.platform import Gone
from bot.core.reply import Countdown, Prose, Reply
from bot.logger import Logger
from bot.platforms.slack.inbound.interim import with_interim
from bot.platforms.slack.inbound.payloads import Request
from bot.platforms.slack.rendering import limits
from bot.platforms.slack.rendering.render import Message, SuggestionMenu, render
from bot.platforms.slack.rendering.rich_text import Json
from bot.platforms.slack.transport.api_errors import FAILURES, NETWORK, code_of, lacks_token
from bot.platforms.slack.transport.workspaces import Workspace, Workspaces

log = Logger(__name__)

_INTERIM = Reply(parts=(Prose("One moment, I'm on it …"),), private=True)
NOT_INSTALLED = "I can't answer in this workspace just now. If that lasts, its admins have to install me again."
"""What is said where Slack sends something of a workspace that removed the bot, or that nobody can be asked about."""
_TOO_LATE = "Slack did not open the form: I may have been too slow. Please try again."
_NOT_THERE = {"not_in_channel", "channel_not_found", "user_not_in_channel"}


class Responder:
    """Delivers answers. What Slack does not take is logged by its short name, and given up: it is never sent twice."""

    def __init__(self, workspaces: Workspaces) -> None:
        self.workspaces = workspaces

    async def awaited(self, request: Request, answer: Awaitable[Reply]) -> Reply:
        """An answer, when it is there. Who waits long for it hears so, and who will wait in vain as well.

        Only whoever asked sees that, and only until Slack is loaded again: Slack lets nobody delete or replace an
        ephemeral message of which nothing was pressed. So nothing is sent to where messages stay.
        """
        if request.channel:
            answer = with_interim(answer, partial(self.respond, request, _INTERIM))
        try:
            return await answer
        except asyncio.CancelledError:
            await self.respond(request, BROKEN_OFF)
            raise

    async def respond(
        self,
        request: Request,
        reply: Reply,
        *,
        replaces: bool = False,
        private: bool = False,
        shares: bool = False,
        suggestions: SuggestionMenu | None = None,
    ) -> None:
        """Send a reply. `replaces`: over the message that was pressed, where the presser may see that changed.

        `private`: to the one who asked, whatever the reply says; `shares`: to everybody, unless the reply is private.
        """
        over = replaces and (request.ephemeral or request.from_asker)
        private = (not shares and (private or request.ephemeral)) or reply.private or bool(reply.error)
        # An error never wipes out the message it came from, nor does a private reply wipe out a public one.
        in_place = over and not reply.error and (request.ephemeral or not reply.private)
        if not private and any(isinstance(part, Countdown) for part in reply.parts):
            request = structs.replace(request, thread="")  # a quiz goes on in the channel, not where it was asked for
        question = "" if private or request.channel.startswith("D") else request.question
        messages = _messages(reply, request.user, suggestions, question)
        try:
            for number, message in enumerate(messages):
                await self._send(request, message, private=private, in_place=in_place and not number, number=number)
            await self._share(request, messages[-1], private=private)
        except SlackApiError as error:
            log.warning("slack took no answer", error=code_of(error))
        except (Gone, *FAILURES) as error:
            log.warning("slack took no answer", error=type(error).__name__)

    async def say(self, response_url: str, sentence: str) -> None:
        """A sentence for the asker alone, where no more is at hand than the response URL."""
        message = render(Reply(error=sentence))[0].payload | {"response_type": "ephemeral", "replace_original": False}
        try:
            await self.workspaces.respond(response_url, message)
        except NETWORK as error:
            log.warning("slack took no answer", error=type(error).__name__)

    async def open_view(self, request: Request, trigger: str, view: Json) -> None:
        """Open a form, or say why there is none."""
        if refusal := await self.show_view(request, "views.open", trigger_id=trigger, view=view):
            await self.respond(request, Reply(error=refusal, private=True))

    async def show_view(self, request: Request, method: str, **arguments: Any) -> str:
        """Show a form or the App Home. Where Slack does not, the sentence for whoever waits for it; else nothing."""
        try:
            workspace = await self.workspaces.workspace(request.team)
            await workspace.asking.api_call(method, json=arguments)
        except SlackApiError as error:
            log.warning("slack shows no view", method=method, error=code_of(error))
            return NOT_INSTALLED if lacks_token(error) else _TOO_LATE
        except Gone:
            log.warning("slack shows no view", method=method, error=Gone.__name__)
            return NOT_INSTALLED
        except FAILURES as error:
            log.warning("slack shows no view", method=method, error=type(error).__name__)
            return _TOO_LATE
        return ""

    async def _send(self, request: Request, message: Message, *, private: bool, in_place: bool, number: int) -> None:
        usable = request.response_url and number < limits.RESPONSES
        if usable and await self._responded(request, message.payload, private=private, in_place=in_place):
            return
        workspace = await self.workspaces.workspace(request.team)
        try:
            await self._post(workspace, request, message, private=private)
        except SlackApiError as error:
            # Where the bot, or whoever asked, is no member of the channel. No answer ends in its middle.
            if code_of(error) not in _NOT_THERE:
                raise
            await workspace.asking.chat_postMessage(channel=request.user, **message.payload)

    async def _post(self, workspace: Workspace, request: Request, message: Message, *, private: bool) -> None:
        if private and request.channel:
            await workspace.asking.chat_postEphemeral(
                channel=request.channel,
                user=request.user,
                thread_ts=request.thread or None,
                text=message.text,
                blocks=message.blocks,
            )
        else:
            await workspace.asking.chat_postMessage(
                channel=request.channel or request.user, thread_ts=request.thread or None, **message.payload
            )

    async def _responded(self, request: Request, payload: Json, *, private: bool, in_place: bool) -> bool:
        """Whether the response URL needs no stand-in: it has expired, or is used up, where Slack says 4xx."""
        body = payload | {"response_type": "ephemeral" if private else "in_channel", "replace_original": in_place}
        if request.thread and not in_place:
            body["thread_ts"] = request.thread
        status = await self.workspaces.respond(request.response_url, body)
        if status != 200:
            log.warning("slack took no answer", status=status)
        return not 400 <= status < 500

    async def _share(self, request: Request, message: Message, *, private: bool) -> None:
        """Files go behind the answer; where they cannot, or must not be seen by others, into a direct message."""
        if not message.files:
            return
        workspace = await self.workspaces.workspace(request.team)
        if request.channel and not private:
            try:
                return await workspace.upload(request.channel, message.files, request.thread)
            except SlackApiError as error:
                if code_of(error) not in _NOT_THERE:
                    raise
        notice = render(Reply(parts=(Prose("Here is the file that you asked for."),)))[0]
        sent = await workspace.asking.chat_postMessage(channel=request.user, **notice.payload)
        await workspace.upload(str(sent["channel"]), message.files)
        if request.channel and request.channel != sent["channel"]:
            where = Reply(parts=(Prose("I sent the file to you in a direct message."),), private=True)
            await self._send(request, render(where)[0], private=True, in_place=False, number=1)


def _messages(reply: Reply, asker: str, suggestions: SuggestionMenu | None, question: str) -> list[Message]:
    """The messages for a reply, or an apology for one that Slack cannot hold."""
    try:
        return render(reply, asker, suggestions, question)
    except ValueError:
        incident = secrets.token_hex(4)
        log.error("not rendered", incident=incident)
        return render(apology(incident, NOT_SHOWN))
