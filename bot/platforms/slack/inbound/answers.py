"""Getting a Reply to where it belongs: to all or to the asker alone, in the channel, in a thread, over a message."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.core.platform import Gone
from bot.core.reply import Prose, Reply
from bot.platforms.slack.rendering import limits
from bot.platforms.slack.rendering.render import Near, Page, render
from bot.platforms.slack.rendering.rich_text import Json
from bot.platforms.slack.transport.api_errors import FAILURES, code_of
from bot.platforms.slack.transport.files import upload
from bot.platforms.slack.transport.workspaces import Workspace, Workspaces

log = structlog.get_logger()

_NOT_THERE = {"not_in_channel", "channel_not_found"}


@dataclass(frozen=True)
class Spot:
    """Where somebody asked. With a `response_url`, Slack takes answers there, even where the bot is not a member.

    `hidden`: the message that was pressed is shown to the presser alone. `mine`: the presser had asked for it.
    """

    team: str
    user: str
    channel: str = ""
    response_url: str = ""
    thread: str = ""
    hidden: bool = False
    mine: bool = False


class Answers:
    """Delivers answers. What Slack does not take is logged by its short name, and given up: it is never sent twice."""

    def __init__(self, workspaces: Workspaces) -> None:
        self.workspaces = workspaces

    async def deliver(self, spot: Spot, reply: Reply, *, replaces: bool = False, near: Near | None = None) -> None:
        """Answer at a spot. `replaces`: over the message that was pressed, where the presser may see that changed."""
        over = spot.hidden or spot.mine
        secret = spot.hidden or reply.private or bool(reply.error) or (replaces and not over)
        # An error never wipes out the message it came from, nor does a private reply wipe out a public one.
        in_place = replaces and over and not reply.error and (spot.hidden or not reply.private)
        pages = _pages(reply, spot.user, near)
        try:
            workspace = await self.workspaces.workspace(spot.team)
            for number, page in enumerate(pages):
                await self._send(workspace, spot, page, secret=secret, in_place=in_place and not number, number=number)
            await self._share(workspace, spot, pages[-1], secret=secret)
        except SlackApiError as error:
            log.warning("slack took no answer", error=code_of(error))
        except (Gone, *FAILURES) as error:
            log.warning("slack took no answer", error=type(error).__name__)

    async def _send(
        self, workspace: Workspace, spot: Spot, page: Page, *, secret: bool, in_place: bool, number: int
    ) -> None:
        usable = spot.response_url and number < limits.RESPONSES
        if usable and await self._responded(spot, page.payload, secret=secret, in_place=in_place):
            return
        if secret and spot.channel:
            await workspace.asking.chat_postEphemeral(
                channel=spot.channel, user=spot.user, thread_ts=spot.thread or None, text=page.text, blocks=page.blocks
            )
        else:
            await workspace.asking.chat_postMessage(
                channel=spot.channel or spot.user, thread_ts=spot.thread or None, **page.payload
            )

    async def _responded(self, spot: Spot, payload: Json, *, secret: bool, in_place: bool) -> bool:
        """Whether the response URL needs no stand-in: it has expired, or is used up, where Slack says 4xx."""
        body = payload | {"response_type": "ephemeral" if secret else "in_channel", "replace_original": in_place}
        if spot.thread and not in_place:
            body["thread_ts"] = spot.thread
        webhook = AsyncWebhookClient(
            spot.response_url,
            session=self.workspaces.session,
            logger=self.workspaces.logger,
            retry_handlers=self.workspaces.retries(),
        )
        answer = await webhook.send_dict(body)
        if answer.status_code != 200:
            log.warning("slack took no answer", status=answer.status_code)
        return not 400 <= answer.status_code < 500

    async def _share(self, workspace: Workspace, spot: Spot, page: Page, *, secret: bool) -> None:
        """Files go behind the answer; where they cannot, or must not be seen by others, into a direct message."""
        if not page.files:
            return
        if spot.channel and not secret:
            try:
                return await upload(workspace, spot.channel, page.files, spot.thread)
            except SlackApiError as error:
                if code_of(error) not in _NOT_THERE:
                    raise
        said = render(Reply(parts=(Prose("Here is the file that you asked for."),)))[0]
        sent = await workspace.asking.chat_postMessage(channel=spot.user, **said.payload)
        await upload(workspace, str(sent["channel"]), page.files)
        if spot.channel and spot.channel != sent["channel"]:
            where = Reply(parts=(Prose("I sent the file to you in a direct message."),), private=True)
            await self._send(workspace, spot, render(where)[0], secret=True, in_place=False, number=1)


def _pages(reply: Reply, asker: str, near: Near | None) -> list[Page]:
    """The messages for a reply, or an apology for one that Slack cannot hold."""
    try:
        return render(reply, asker, near)
    except ValueError:
        incident = secrets.token_hex(4)
        log.error("not rendered", incident=incident)
        sentence = f"Sorry, I could not show that. Please try again; if it stays, tell who runs me: {incident}."
        return render(Reply(error=sentence))
