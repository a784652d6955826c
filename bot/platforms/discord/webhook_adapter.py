"""The webhook adapter: how discord.py answers interactions, without asking for the message that each answer makes."""

from __future__ import annotations

from typing import Any

import aiohttp
from discord.http import Route
from discord.webhook.async_ import AsyncWebhookAdapter, async_context


class WebhookAdapter(AsyncWebhookAdapter):
    """discord.py's own, less 0.05 ms an answer: it has Discord send each message back, and parses it for nobody."""

    async def request(
        self, route: Route, session: aiohttp.ClientSession, *, params: dict[str, Any] | None = None, **options: Any
    ) -> Any:
        """The decoded response; for an answer to an interaction only the id of the interaction."""
        if params is None or "with_response" not in params:
            return await super().request(route, session, params=params, **options)
        await super().request(route, session, **options)
        return {"interaction": {"id": route.webhook_id}}


def use_webhook_adapter() -> None:
    """Use it in this task, and in the tasks that it starts."""
    async_context.set(WebhookAdapter())  # type: ignore[no-untyped-call]  # its constructor has no annotation
