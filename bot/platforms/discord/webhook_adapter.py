"""The webhook adapter: discord.py's requests that answer interactions, with less around the first answer."""

from __future__ import annotations

from contextlib import suppress
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import aiohttp
import discord
import msgspec
from discord.http import MultipartParameters, Route
from discord.webhook.async_ import AsyncWebhookAdapter, async_context

from bot.platforms.discord.callback_connections import CallbackConnections, CallbackResponse

_ERRORS = {403: discord.Forbidden, 404: discord.NotFound}
_CALLBACK = "/interactions/{webhook_id}/{webhook_token}/callback"


class WebhookAdapter(AsyncWebhookAdapter):
    """discord.py's own, but without having Discord send back the message that each answer makes."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # its constructor has no annotation
        self._connections: CallbackConnections | None = None

    async def create_interaction_response(
        self,
        interaction_id: int,
        token: str,
        *,
        session: aiohttp.ClientSession,
        proxy: str | None = None,
        proxy_auth: aiohttp.BasicAuth | None = None,
        params: MultipartParameters,
    ) -> Any:
        """Answer an interaction. Raises discord.HTTPException.

        Sent without what discord.py and aiohttp need to send something again (a lock, a route, a loop): see
        `CallbackConnections`. discord.py sends what has files, and again what Discord is too busy for.
        """
        connection: Any = {"proxy": proxy, "proxy_auth": proxy_auth}
        if not params.files:
            path = f"/interactions/{interaction_id}/{quote(token, safe='=')}/callback"
            body = msgspec.json.encode(params.payload)
            response = await self._connections_of(session).post(path, body, **connection)
            if response.status < HTTPStatus.BAD_REQUEST:
                return
            if response.status < HTTPStatus.INTERNAL_SERVER_ERROR and response.status != HTTPStatus.TOO_MANY_REQUESTS:
                raise _refusal(response)
        route = Route("POST", _CALLBACK, webhook_id=interaction_id, webhook_token=token)
        await self.request(route, session=session, **params._asdict(), **connection)

    def _connections_of(self, session: aiohttp.ClientSession) -> CallbackConnections:
        """Connections of the session that there is since the last disconnect, to the API as it is set."""
        known = self._connections
        if known and known.session is session and known.base == Route.BASE:
            return known
        if known:
            known.close()
        self._connections = CallbackConnections(session, Route.BASE)
        return self._connections


def _refusal(response: CallbackResponse) -> discord.HTTPException:
    """What discord.py raises of a response, of which it wants the status and the reason."""
    said: Any = response.body.decode(errors="replace")
    if response.is_json:
        with suppress(msgspec.DecodeError):
            said = msgspec.json.decode(response.body)
    like_theirs: Any = response
    return _ERRORS.get(response.status, discord.HTTPException)(like_theirs, said)


def use_webhook_adapter() -> None:
    """Use it in this task, and in the tasks that it starts."""
    async_context.set(WebhookAdapter())
