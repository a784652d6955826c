"""Socket Mode: Slack's envelopes come over a WebSocket that the bot opens, so it needs no public address."""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import AsyncExitStack
from typing import Any

import msgspec
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.logger import Logger
from bot.platforms.proxy import https_proxy
from bot.platforms.slack.transport.api_errors import code_of, lasting

log = Logger(__name__)

PING = 2.0
"""Seconds between pings. A socket that does not answer one in half that time is taken for dropped."""
_PATIENCE = 5
"""How many pings' time a connection may take to come about."""
_REFUSED = 15
"""How many pings' time to wait where Slack says that it wants no connection from this app."""

_ANSWERED_BY_IT = ("block_suggestion", "view_submission")
"""Interactions whose acknowledgement has their answer in it: a menu's choices, or what is wrong with a form."""

_REMEDY = "see that the app is installed with Socket Mode on, and copy SLACK_APP_TOKEN and SLACK_BOT_TOKEN again"


class Socket(SocketModeClient):
    """slack_sdk's client, except that it asks for a new address where one does not lead to a connection.

    An address is good once, and for half a minute; left alone, the client tries the same one for ever. `refusal` is
    Slack's short name for why it gives none, such as `account_inactive`, where somebody has to mend that.
    """

    refusal = ""

    async def issue_new_wss_url(self) -> str:
        """Ask for an address; where Slack refuses, as after a token was revoked, ask now and then, and log it once."""
        while True:
            try:
                answer = await self.web_client.apps_connections_open(app_token=self.app_token)
            except SlackApiError as error:
                if not lasting(error):
                    raise
                if not self.refusal:
                    log.error("slack refuses the connection", reason=code_of(error), remedy=_REMEDY)
                self.refusal = code_of(error)
                await asyncio.sleep(self.ping_interval * _REFUSED)
            else:
                self.refusal = ""
                return str(answer["url"])

    async def connect(self) -> None:
        try:
            async with asyncio.timeout(self.ping_interval * _PATIENCE):
                await super().connect()  # type: ignore[no-untyped-call]  # slack_sdk leaves it so
        except TimeoutError:
            self.wss_uri = None
            self.auto_reconnect_enabled = self.default_auto_reconnect_enabled
            raise

    async def acknowledge(self, envelope: SocketModeRequest) -> bool:
        """Tell Slack that something came, without anything in return. Whether it could be told just now."""
        if self.current_session is None:
            return False
        try:
            await self.current_session.send_str(msgspec.json.encode({"envelope_id": envelope.envelope_id}).decode())
        except ConnectionError:
            return False
        return True


class SocketMode:
    """The connection to Slack. It comes back by itself when Slack asks for a new one, or when it drops."""

    def __init__(self, bolt: AsyncApp, app_token: str, client: AsyncWebClient, logger: logging.Logger, ping: float):
        self.bolt = bolt
        self.app_token = app_token
        self.client = client
        self.logger = logger
        self.ping = ping
        self._socket: Socket | None = None

    async def open(self) -> None:
        """Connect. Raises SlackApiError, and what the network raises."""
        address = await self.client.apps_connections_open(app_token=self.app_token)
        self._socket = Socket(self.app_token, self.logger, self.client, ping_interval=self.ping)
        self._socket.proxy = https_proxy(str(address["url"]))
        self._socket.wss_uri = address["url"]
        self._socket.socket_mode_request_listeners.append(self._hear)
        async with AsyncExitStack() as undo:
            # Whatever breaks it off, the library's session would stay open.
            undo.push_async_callback(self.close)
            await self._socket.connect()
            undo.pop_all()

    def is_open(self) -> bool:
        """Whether there is a connection just now."""
        session = self._socket and self._socket.current_session
        return bool(session and not session.closed)

    @property
    def refusal(self) -> str:
        """Slack's short name for why it wants no connection; empty where it does."""
        return self._socket.refusal if self._socket else ""

    async def _hear(self, socket: Any, envelope: SocketModeRequest) -> None:
        started = time.time()
        # First: slack-bolt takes longer to find out whose it is than all else until then, and may have to ask Slack.
        is_acknowledged = envelope.payload.get("type") not in _ANSWERED_BY_IT and await socket.acknowledge(envelope)
        answer = await run_async_bolt_app(self.bolt, envelope)
        if not is_acknowledged:
            await send_async_response(socket, envelope, answer, started)

    async def close(self) -> None:
        if self._socket:
            await self._socket.close()  # type: ignore[no-untyped-call]  # slack_sdk leaves it so
            # Its tasks are cancelled, and need a moment to notice.
            await asyncio.sleep(0)
