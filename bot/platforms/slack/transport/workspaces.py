"""The workspaces that the bot serves: a client for each, who the bot is there, and who its people are."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import msgspec
from aiohttp import BytesPayload
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState
from slack_sdk.web.async_client import AsyncWebClient
from yarl import URL

from bot.bounded_dict import BoundedDict
from bot.core.context import Person
from bot.core.platform import Gone
from bot.core.reply import File, Picture
from bot.platforms.layout import clip
from bot.platforms.proxy import https_proxy
from bot.platforms.slack.rendering.limits import ALT
from bot.platforms.slack.transport.api_errors import FAILURES, NETWORK, code_of, lasting
from bot.storage.errors import database_errors

TokenOf = Callable[[str], Awaitable[str | None]]
"""The bot's token in a workspace, by the workspace's id; None where it is not installed."""

_PEOPLE = 10_000
_QUIET = 10.0
"""Seconds without questions for a workspace's names, after one that Slack did not answer."""
_UNKNOWN_PERSON = frozenset({"user_not_found", "user_not_visible"})
"""What Slack says where it is only that one person of whom it tells nothing."""
_ANSWERED = 30.0
_RETRIES = 2
"""How often something is sent again that Slack did not take because there was too much at once."""
_LONGEST_PAUSE = 60.0
"""Seconds that Slack is waited for where it asks for that: its limits are by the minute. More is a refusal."""
_TOO_MANY = 429
_TO_ACKNOWLEDGE = 1.0
"""Seconds to find out whose workspace something is of: Slack waits three for the acknowledgement that comes after."""
_JSON = {"Content-Type": "application/json"}


class Rights(Enum):
    """How much it matters whether somebody runs the workspace: seconds to wait for the answer, and to believe one."""

    UNIMPORTANT = (1.0, 300.0)
    USEFUL = (1.0, 60.0)
    DECISIVE = (None, 10.0)

    def __init__(self, patience: float | None, believed: float) -> None:
        self.patience = patience
        self.believed = believed


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
    _proxies: dict[str, str | None] = field(default_factory=dict)
    _quiet_until: BoundedDict[str, float] = field(default_factory=lambda: BoundedDict(_PEOPLE))

    def open(self) -> None:
        """Start the session that all calls share. Needs a running event loop."""
        self.session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=_ANSWERED))

    async def close(self) -> None:
        await self.session.close()

    def client(self, token: str | None = None, *, patient: bool = False) -> AsyncWebClient:
        # The handlers of slack_sdk's choice also repeat a call whose answer was lost.
        retries: list[AsyncRetryHandler] = [_BearableRetries(max_retry_count=_RETRIES)] if patient else []
        client = AsyncWebClient(
            token, base_url=self.api_url, session=self.session, logger=self.logger, retry_handlers=retries
        )
        client.proxy = https_proxy(self.api_url)  # slack_sdk's own knows no NO_PROXY
        return client

    async def respond(self, url: str, message: Mapping[str, object]) -> int:
        """Send a message to a response URL; the status that came back. Where Slack says 429, a minute is waited out.

        slack_sdk's client for this would take 0.1 ms of the 2 ms that an answer takes. Raises what the network raises.
        """
        for _ in range(_RETRIES):
            status, pause = await self._send(url, message)
            if status != _TOO_MANY or pause > _LONGEST_PAUSE:
                return status
            await asyncio.sleep(pause)
        return (await self._send(url, message))[0]

    async def _send(self, url: str, message: Mapping[str, object]) -> tuple[int, float]:
        """The status, and in how many seconds Slack wants to be asked again."""
        address, body = URL(url, encoded=True), BytesPayload(msgspec.json.encode(message))
        async with self.session.post(address, data=body, headers=_JSON, proxy=self._proxy(address)) as answer:
            await answer.read()  # or the connection could not be used again
            return answer.status, _pause(answer.headers.get("Retry-After", ""))

    def _proxy(self, address: URL) -> str | None:
        """The proxy to a host. It is looked up once: to go through the environment takes 0.1 ms."""
        host = address.host or ""
        if host not in self._proxies:
            self._proxies[host] = https_proxy(str(address))
        return self._proxies[host]

    async def workspace(self, team: str) -> Workspace:
        """A workspace, by id. Raises Gone where the bot is not installed, and the FAILURES of a call."""
        token = await self._token(team)
        if token is None:
            self.forget(team)
            raise Gone("the app is not installed in the workspace")
        known = self._known.get(team)
        if known is None or known.posting.token != token:
            known = self._known[team] = await self.signed_in(token)
        return known

    async def _token(self, team: str) -> str | None:
        """The token, asked each time: another process may have heard of a new installation, or of its end."""
        try:
            return await self.token_of(team)
        except database_errors():
            # Whoever asks is to hear that it is the store: until it is back, the last token serves.
            if known := self._known.get(team):
                return known.posting.token
            raise

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

    async def download(self, team: str, address: str) -> bytes:
        """A file that somebody shared. Raises OSError where it is not Slack's or gone, Gone, and a call's FAILURES.

        The bot's token goes to Slack's own hosts alone.
        """
        host = urlsplit(address).hostname or ""
        if not (host.endswith(".slack.com") or host == urlsplit(self.api_url).hostname):
            raise OSError("the file is not kept by Slack")
        token = (await self.workspace(team)).asking.token
        headers = {"Authorization": f"Bearer {token}"}
        async with self.session.get(address, headers=headers, proxy=https_proxy(address)) as answer:
            if answer.status != 200:
                raise OSError(f"Slack answered {answer.status}")
            return await answer.read()

    def known(self, team: str) -> Workspace | None:
        return self._known.get(team)

    @property
    def only(self) -> str:
        """The workspace that a channel belongs to which does not say so."""
        return next(iter(self._known), "")

    def forget(self, team: str) -> None:
        """Know nothing of a workspace any more, nor of its people."""
        self._known.pop(team, None)
        self._people = {key: known for key, known in self._people.items() if key[0] != team}

    async def person(self, team: str, user: str, name: str = "", *, rights: Rights = Rights.UNIMPORTANT) -> Person:
        """Who somebody is; `name` is what Slack called them. Where Slack does not answer, `admin` is None."""
        asked_at, person = self._people.get((team, user), (float("-inf"), Person(user, name, admin=None)))
        now = time.monotonic()
        is_quiet = now < self._quiet_until.get(team, now)
        if now - asked_at < rights.believed or (is_quiet and rights is Rights.UNIMPORTANT):
            return person
        try:
            workspace = await self.workspace(team)
            client = workspace.posting if rights is Rights.UNIMPORTANT else workspace.asking
            async with asyncio.timeout(rights.patience):
                answer = await client.users_info(user=user, include_locale=True)
        except (Gone, *FAILURES) as error:
            if isinstance(error, SlackApiError) and code_of(error) in _UNKNOWN_PERSON:
                return Person(user, name)
            # A thousand people may answer a question at once: Slack tells names more slowly than that.
            self._quiet_until[team] = time.monotonic() + _QUIET
            return Person(user, name, admin=None)
        person = _person(answer.get("user") or {}, team, user, name)
        if len(self._people) >= _PEOPLE:
            self._people.clear()
        self._people[team, user] = (time.monotonic(), person)
        return person


class _BearableRetries(AsyncRateLimitErrorRetryHandler):
    """Waits where Slack says 429, unless it asks for more than anybody waits."""

    async def _can_retry_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        if response is None or response.status_code != _TOO_MANY:
            return False
        found = (values[0] for name, values in response.headers.items() if name.lower() == "retry-after")
        return _pause(next(found, "")) <= _LONGEST_PAUSE


def _pause(retry_after: str) -> float:
    """In how many seconds Slack wants to be asked again."""
    return float(retry_after) if retry_after.isdecimal() else 1.0


def _person(user: dict[str, Any], team: str, id_: str, name: str) -> Person:
    profile = user.get("profile") or {}
    display_name = profile.get("display_name") or profile.get("real_name") or ""
    admin = any(user.get(right) for right in ("is_admin", "is_owner", "is_primary_owner"))
    shown = str(display_name or user.get("name") or name)
    timezone = str(user.get("tz") or "")
    return Person(
        id_,
        shown,
        admin=admin and _belongs_to(user, team),
        bot=bool(user.get("is_bot")),
        timezone=timezone,
        locale=str(user.get("locale") or "en"),
    )


def _belongs_to(user: dict[str, Any], team: str) -> bool:
    """Whether somebody is of this workspace: in a shared channel there are people of other companies' workspaces."""
    organisation = user.get("enterprise_user") or {}
    teams = (user.get("team_id"), *(organisation.get("teams") or ()))
    return not user.get("is_stranger") and team in teams


class Authorize(AsyncAuthorize):
    """Tells slack_bolt with whose token it acts; Slack is asked once a workspace, not once an event.

    `several`: the tokens are in the store.
    """

    def __init__(self, workspaces: Workspaces, *, several: bool) -> None:
        self.workspaces = workspaces
        self.several = several

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
            workspace = await self._workspace(team_id or self.workspaces.only, hurried=bool(context.response_url))
        except Gone:
            return None
        if workspace is None:
            # To answer at a response URL takes no token: whoever asked hears from the command itself what is away.
            return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id) if context.response_url else None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=workspace.team,
            bot_user_id=workspace.bot_user,
            bot_id=workspace.bot,
            bot_token=workspace.posting.token,
        )

    async def _workspace(self, team: str, *, hurried: bool) -> Workspace | None:
        """The workspace, or None where nobody can say now. Raises Gone."""
        away: tuple[type[Exception], ...] = (*NETWORK, *database_errors())
        known = self.workspaces.known(team)
        asking: Awaitable[Workspace] = self.workspaces.workspace(team)
        if self.several and (hurried or known):
            asking = asyncio.ensure_future(asking)
            if not (await asyncio.wait([asking], timeout=_TO_ACKNOWLEDGE))[0]:
                asking.add_done_callback(_hear_failure)
                return known
        try:
            return await asking
        except SlackApiError as error:
            if lasting(error):
                raise Gone(code_of(error)) from None
        except away:
            return None
        return None


def _hear_failure(asking: asyncio.Future[Workspace]) -> None:
    """Whoever needs the workspace next asks again, and is told."""
    if not asking.cancelled():
        asking.exception()
