"""The webhook adapter: how discord.py answers interactions, with less around each answer."""

from __future__ import annotations

from typing import Any

import aiohttp
import discord
import msgspec
from discord.http import MultipartParameters, Route, json_or_text
from discord.webhook.async_ import AsyncWebhookAdapter, async_context
from yarl import URL

_JSON = {"Content-Type": "application/json"}
_ERRORS = {403: discord.Forbidden, 404: discord.NotFound}
_TOO_MANY_REQUESTS = 429


class WebhookAdapter(AsyncWebhookAdapter):
    """discord.py's own, which has Discord send the message back that each answer makes, and parses it for nobody."""

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
        """Answer an interaction; returns its id. Raises discord.HTTPException.

        Sent without what discord.py needs to send something again (a lock, a route, a loop), and without parsing the
        URL: a fifteenth of a button's time. discord.py sends what has files, and again what Discord is too busy for.
        """
        if not params.files:
            url = URL(f"{Route.BASE}/interactions/{interaction_id}/{token}/callback", encoded=True)
            body = aiohttp.BytesPayload(msgspec.json.encode(params.payload))
            async with session.post(url, data=body, headers=_JSON, proxy=proxy, proxy_auth=proxy_auth) as response:
                if response.ok:
                    return _callback_response(interaction_id)
                if response.status < 500 and response.status != _TOO_MANY_REQUESTS:
                    raise _ERRORS.get(response.status, discord.HTTPException)(response, await json_or_text(response))
        connection: Any = {"session": session, "proxy": proxy, "proxy_auth": proxy_auth}
        return await super().create_interaction_response(interaction_id, token, params=params, **connection)

    async def request(
        self, route: Route, session: aiohttp.ClientSession, *, params: dict[str, Any] | None = None, **options: Any
    ) -> Any:
        """The decoded response; for an answer to an interaction only the id of the interaction."""
        if params is None or "with_response" not in params:
            return await super().request(route, session, params=params, **options)
        await super().request(route, session, **options)
        return _callback_response(route.webhook_id)


def _callback_response(interaction_id: object) -> dict[str, Any]:
    return {"interaction": {"id": interaction_id}}


def use_webhook_adapter() -> None:
    """Use it in this task, and in the tasks that it starts."""
    async_context.set(WebhookAdapter())  # type: ignore[no-untyped-call]  # its constructor has no annotation
