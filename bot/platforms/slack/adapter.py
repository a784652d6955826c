"""The Slack platform: connects and stays connected, posts, and stops without losing an answer."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from slack_bolt.async_app import AsyncApp
from slack_bolt.logger.messages import warning_client_prioritized_and_token_skipped
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_sdk.errors import SlackApiError

from bot.core.app import App
from bot.core.errors import SetupError
from bot.core.platform import Shard
from bot.core.reply import Reply
from bot.logger import Logger
from bot.platforms.http_server import HttpServer
from bot.platforms.plain_http import warn_of_plain_http
from bot.platforms.proxy import connection_advice
from bot.platforms.slack.inbound.answers import NOT_INSTALLED
from bot.platforms.slack.inbound.dispatcher import Dispatcher
from bot.platforms.slack.inbound.listeners import Listeners
from bot.platforms.slack.inbound.payloads import Request
from bot.platforms.slack.posting import Posting, is_group
from bot.platforms.slack.transport.api_errors import FAILURES, code_of, lasting
from bot.platforms.slack.transport.http import http_server
from bot.platforms.slack.transport.oauth import Distribution, InstallationStore, listen_for_removal, oauth_flow
from bot.platforms.slack.transport.rate_limit import RateLimit
from bot.platforms.slack.transport.socket_mode import PING, SocketMode
from bot.platforms.slack.transport.workspaces import Authorize, Workspaces
from bot.storage.deduplication import Deduplication
from bot.storage.installations import Installations

log = Logger(__name__)

API = "https://slack.com/api/"

_LONGEST_PAUSE = 60.0
_TO_DISCONNECT = 1.0
_TO_FINISH_ANSWERS = 2.5
_TO_BREAK_OFF = 0.8
BOT_TOKEN = ("SLACK_BOT_TOKEN", "the Bot User OAuth Token, xoxb-…, from OAuth & Permissions")
APP_TOKEN = ("SLACK_APP_TOKEN", "an App-Level Token, xapp-…, with connections:write")


@dataclass(frozen=True)
class Tokens:
    """The two tokens of an app that serves one workspace over Socket Mode."""

    bot: str
    app: str


class Slack:
    """Slack, for one workspace (`Tokens`) or for all that install the bot (`Distribution`).

    `api_url`: another base for the Web API. In seconds: `ping` between pings, `pace` between posts in a channel,
    `first_pause` after a first failure to connect.
    """

    name = "slack"
    swallows = timedelta()
    channel_pace = timedelta(seconds=1)
    recount = timedelta(seconds=10)

    def __init__(
        self,
        app: App,
        access: Tokens | Distribution,
        api_url: str | None = None,
        *,
        ping: float = PING,
        pace: float = 1.0,
        first_pause: float = 1.0,
    ) -> None:
        self.app = app
        self.access = access
        self.ping = ping
        self.first_pause = first_pause
        self.logger = library_logger()
        self.workspaces = Workspaces(api_url or API, self._token_of, self.logger)
        self.deduplication = Deduplication(app.store, self.name, app.clock)
        self.posting = Posting(self.workspaces, RateLimit(pace))
        self.dispatcher = Dispatcher(app, self, self.workspaces, several=isinstance(access, Distribution))
        self.connection: SocketMode | HttpServer | None = None
        self.connected = asyncio.Event()
        self._closed = asyncio.Event()

    async def start(self) -> None:
        """Serve until closed. An outage of Slack's or of the network is waited out. Raises SetupError."""
        warn_of_plain_http(self.workspaces.api_url, "SLACK_API_URL")
        self.workspaces.open()
        pause = self.first_pause
        while not self._closed.is_set():
            try:
                await self._connect()
                break
            except FAILURES as error:
                log.warning("slack unreachable", error=type(error).__name__, again_in=pause, **connection_advice(error))
            with suppress(TimeoutError):
                await asyncio.wait_for(self._closed.wait(), pause)
            pause = min(2 * pause, _LONGEST_PAUSE)
        if not self._closed.is_set():
            log.info("Connected to Slack. Type /quote there.")
            self.connected.set()
            await self._closed.wait()
        # It may have been closed while it connected.
        await self._disconnect()

    async def _connect(self) -> None:
        if isinstance(self.access, Distribution):
            await self._serve_http(self.access)
        else:
            await self._open_socket(self.access)

    async def _serve_http(self, access: Distribution) -> None:
        store = InstallationStore(self._installations(), self.workspaces, self.app.clock, self._welcome)
        flow = oauth_flow(access, store, self.workspaces.client(), self.deduplication)
        bolt = self._bolt(oauth_flow=flow)
        listen_for_removal(bolt, store)
        server = http_server(bolt, flow, access)
        await server.open()
        self.connection = server

    def _welcome(self, team: str, person: str) -> None:
        self.dispatcher.begin(self.dispatcher.welcome(Request(team, person)))

    async def _open_socket(self, access: Tokens) -> None:
        with setup_errors(*BOT_TOKEN):
            await self.workspaces.signed_in(access.bot)
        if self.app.store:
            self.dispatcher.several = await self._installations().has_whole_ids(self.workspaces.only)
        client = self.workspaces.client(patient=True)
        socket = SocketMode(self._bolt(), access.app, client, self.logger, self.ping)
        with setup_errors(*APP_TOKEN):
            await socket.open()
        self.connection = socket

    def _bolt(self, oauth_flow: AsyncOAuthFlow | None = None) -> AsyncApp:
        authorize = Authorize(self.workspaces, several=isinstance(self.access, Distribution))
        bolt = AsyncApp(
            name=self.name,
            client=self.workspaces.client(),
            authorize=authorize,  # type: ignore[arg-type]  # it may give None, which bolt's hint leaves out
            oauth_flow=oauth_flow,
            logger=self.logger,
            # Over HTTP, our server has checked the signature of the raw bytes.
            request_verification_enabled=False,
            user_facing_authorize_error_message=NOT_INSTALLED,
            # Its other way notices an acknowledgement only when it next looks, every ten milliseconds.
            process_before_response=True,
        )
        listeners = Listeners(self.dispatcher, self.deduplication)
        listeners.register(bolt)
        bolt.error(listeners.failed)
        return bolt

    def _installations(self) -> Installations:
        if self.app.store is None:
            raise SetupError("Several workspaces need a store: set DATABASE_URL or DATA_DIR.")
        return Installations(self.app.store, self.name)

    async def _token_of(self, team: str) -> str | None:
        return await self._installations().token(team) if isinstance(self.access, Distribution) else self.access.bot

    async def close(self) -> None:
        """Within five seconds: take nothing new, answer what was asked before, and only then close what answers use."""
        disconnecting = asyncio.create_task(self._disconnect())
        await asyncio.wait([disconnecting], timeout=_TO_DISCONNECT)
        await self.dispatcher.finish(_TO_FINISH_ANSWERS, _TO_BREAK_OFF)
        await disconnecting
        await self.workspaces.close()
        self._closed.set()
        # Last, as it waits for the store: where that is busy, all else is closed by then.
        await self.deduplication.close()

    async def _disconnect(self) -> None:
        if self.connection:
            await self.connection.close()

    def is_ready(self) -> bool:
        return self.connected.is_set() and not self._closed.is_set()

    def fault(self) -> str:
        if self.is_ready() and self.connection and self.connection.is_open():
            return ""
        refusal = self.connection.refusal if isinstance(self.connection, SocketMode) else ""
        return f"not connected ({refusal})" if refusal else "not connected"

    async def server_time(self) -> datetime | None:
        return await self.posting.server_time()

    def shards(self) -> Sequence[Shard]:
        return ()

    async def post(self, channel: str, reply: Reply, key: str = "") -> str:
        return await self.posting.post(channel, reply, key)

    async def edit(self, channel: str, message: str, reply: Reply) -> None:
        await self.posting.edit(channel, message, reply)

    async def find(self, channel: str, key: str, since: datetime, until: datetime) -> str | None:
        return await self.posting.find(channel, key, since, until)

    async def missing_permissions(self, channel: str) -> tuple[str, ...]:
        return await self.posting.missing_permissions(channel)

    async def missing_extras(self, channel: str, *, thread: bool, mention: str) -> tuple[str, ...]:
        """Each message may be answered in a thread; whoever may post may mention a user group."""
        return () if not mention or is_group(mention) else ("a user group, named with its @",)

    async def tell(self, person: str, server: str | None, reply: Reply) -> None:
        await self.posting.tell(person, server, reply)

    async def servers(self) -> None: ...

    async def update_private(self, receipt: str, reply: Reply, *, replaces: bool = False) -> None:
        await self.posting.update_private(receipt, reply, replaces=replaces)

    async def channel_name(self, channel: str) -> str:
        return await self.posting.channel_name(channel)

    async def visible_channels(self, person: str, server: str | None, channels: Sequence[str]) -> Mapping[str, str]:
        return await self.posting.visible_channels(person, channels)

    def link(self, server: str | None, channel: str, message: str) -> str:
        return self.posting.link(server, channel, message)


@contextmanager
def setup_errors(setting: str, wanted: str) -> Iterator[None]:
    """One sentence for whoever runs the bot, where trying again is no use."""
    try:
        yield
    except SlackApiError as error:
        if lasting(error):
            raise SetupError(f"Slack does not accept {setting} ({code_of(error)}): copy {wanted}.") from None
        raise


# Greedy, so that what Slack answered counts, at the end, and not what a browser sent.
_REFUSAL = re.compile(r"(?s)Failed to .*The server responded with: \{(?:'ok': False, )?'error': '([a-z_]{1,64})'")


class _DetailFilter(logging.Filter):
    """Of a line that Slack's libraries log, what is before any detail: details are messages, links and tokens.

    Slack's own name for why it refused something is kept.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        line = record.getMessage()
        event = re.split(r"[:({<]", line, maxsplit=1)[0].strip()
        refusal = _REFUSAL.match(line)
        record.msg, record.args = f"{event} (Slack says {refusal[1]})" if refusal else event, ()
        record.exc_info = record.exc_text = None
        return True


def _is_news(record: logging.LogRecord) -> bool:
    """Whether it is not about SLACK_BOT_TOKEN, which slack_bolt finds in the environment, too, and does not need."""
    return record.getMessage() != warning_client_prioritized_and_token_skipped()


def library_logger() -> logging.Logger:
    logger = logging.getLogger("bot.platforms.slack.library")
    logger.setLevel(logging.WARNING)
    logger.filters = [_is_news, _DetailFilter()]
    return logger
