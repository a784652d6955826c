"""The workspaces that the bot serves: a client for each, who the bot is there, and who its people are."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

import aiohttp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.core.context import Person
from bot.core.platform import Gone
from bot.core.reply import File, Picture
from bot.platforms.layout import clip
from bot.platforms.slack.rendering.limits import ALT
from bot.platforms.slack.transport.api_errors import FAILURES, NETWORK

TokenOf = Callable[[str], Awaitable[str | None]]
"""The bot's token in a workspace, by the workspace's id; None where it is not installed."""

_REMEMBERED = 300.0
"""Seconds for which a person's name and rights are believed: long enough for a quiz, short enough for a promotion."""
_PEOPLE = 10_000
_QUICK = 1.0
_QUIET = 10.0
"""Seconds without questions for names, after one that Slack did not answer."""
_ANSWERED = 30.0


@dataclass(frozen=True)
class Workspace:
    """A workspace with the bot in it. `asking` waits where Slack says 429; `posting` leaves that to its caller.

    Neither ever sends anything twice because an answer was lost.
    """

    team: str
    bot_user: str
    bot: str
    url: str
    asking: AsyncWebClient
    posting: AsyncWebClient

    async def upload(self, channel: str, files: Sequence[Picture | File], thread: str = "") -> None:
        """Share files in a channel, behind the message that they belong to. Raises the FAILURES of a call."""
        if files:
            await self.asking.files_upload_v2(
                channel=channel, thread_ts=thread or None, file_uploads=[_file_upload(one) for one in files]
            )


def _file_upload(one: Picture | File) -> dict[str, object]:
    made: dict[str, object] = {"filename": one.name, "title": one.name, "content": one.data}
    return made | {"alt_txt": clip(one.alt, ALT)} if isinstance(one, Picture) else made


@dataclass
class Workspaces:
    """All workspaces over one HTTP session. `api_url` is the base of the Web API."""

    api_url: str
    token_of: TokenOf
    logger: logging.Logger
    session: aiohttp.ClientSession = field(init=False)
    _known: dict[str, Workspace] = field(default_factory=dict)
    _people: dict[tuple[str, str], tuple[float, Person]] = field(default_factory=dict)
    _quiet_until: float = 0.0

    def open(self) -> None:
        """Start the session that all calls share. Needs a running event loop."""
        self.session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=_ANSWERED))

    async def close(self) -> None:
        await self.session.close()

    def client(self, token: str | None = None, *, patient: bool = False) -> AsyncWebClient:
        retries = self.retries() if patient else []
        return AsyncWebClient(
            token, base_url=self.api_url, session=self.session, logger=self.logger, retry_handlers=retries
        )

    def retries(self) -> list[AsyncRetryHandler]:
        """Waiting where Slack says 429. The handlers of slack_sdk's choice also repeat a call whose answer was lost."""
        return [AsyncRateLimitErrorRetryHandler(max_retry_count=2)]

    async def workspace(self, team: str) -> Workspace:
        """A workspace, by id. Raises Gone where the bot is not installed, and the FAILURES of a call."""
        if team not in self._known:
            token = await self.token_of(team)
            if token is None:
                raise Gone("the app is not installed in the workspace")
            self._known[team] = await self.signed_in(token)
        return self._known[team]

    async def signed_in(self, token: str) -> Workspace:
        """The workspace that a token belongs to. It is asked once; then the workspace is known."""
        asking = self.client(token, patient=True)
        identity = await asking.auth_test()
        made = Workspace(
            identity["team_id"],
            identity["user_id"],
            identity.get("bot_id") or "",
            identity["url"],
            asking,
            self.client(token),
        )
        self._known[made.team] = made
        return made

    def known(self, team: str) -> Workspace | None:
        return self._known.get(team)

    @property
    def only(self) -> str:
        """The workspace that a channel belongs to which does not say so."""
        return next(iter(self._known), "")

    def forget(self, team: str) -> None:
        self._known.pop(team, None)

    async def person(self, team: str, user: str, name: str = "", *, rights: bool = False) -> Person:
        """Who somebody is. `name` is what Slack called them; asking for more is only waited for where `rights` matter.

        Where Slack does not say, nobody runs the workspace.
        """
        believed_until, person = self._people.get((team, user), (0.0, Person(user, name)))
        now = time.monotonic()
        if now < believed_until or (now < self._quiet_until and not rights):
            return person
        try:
            workspace = await self.workspace(team)
            client = workspace.asking if rights else workspace.posting
            async with asyncio.timeout(None if rights else _QUICK):
                answer = await client.users_info(user=user)
        except (Gone, *FAILURES):
            # A thousand people may answer a question at once: Slack tells names more slowly than that.
            self._quiet_until = time.monotonic() + _QUIET
            return Person(user, name)
        person = _person(answer.get("user") or {}, user, name)
        if len(self._people) >= _PEOPLE:
            self._people.clear()
        self._people[team, user] = (time.monotonic() + _REMEMBERED, person)
        return person


def _person(user: dict[str, object], id_: str, name: str) -> Person:
    profile = user.get("profile")
    display_name = profile.get("display_name") or profile.get("real_name") if isinstance(profile, dict) else ""
    admin = any(user.get(right) for right in ("is_admin", "is_owner", "is_primary_owner"))
    return Person(id_, str(display_name or user.get("name") or name), admin=admin, bot=bool(user.get("is_bot")))


class Authorize(AsyncAuthorize):
    """Tells slack_bolt with whose token it acts; Slack is asked once a workspace, not once an event."""

    def __init__(self, workspaces: Workspaces) -> None:
        self.workspaces = workspaces

    async def __call__(
        self,
        *,
        context: AsyncBoltContext,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,
        actor_enterprise_id: str | None = None,
        actor_team_id: str | None = None,
        actor_user_id: str | None = None,
    ) -> AuthorizeResult | None:
        try:
            workspace = await self.workspaces.workspace(team_id or self.workspaces.only)
        except (Gone, *NETWORK):
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=workspace.team,
            bot_user_id=workspace.bot_user,
            bot_id=workspace.bot,
            bot_token=workspace.posting.token,
        )
