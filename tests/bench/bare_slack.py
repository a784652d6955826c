"""The least app on Bolt: it acknowledges a command and posts the blocks that it was given, whatever is asked."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient


async def main(message: Mapping[str, Any]) -> None:
    client = AsyncWebClient(os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"])
    app = AsyncApp(client=client)

    @app.command("/quote")
    async def quote(ack: Any, respond: Any) -> None:
        await ack()
        await respond(**message)

    handler = AsyncSocketModeHandler(app, os.environ["SLACK_APP_TOKEN"], web_client=client)
    await handler.start_async()  # type: ignore[no-untyped-call]  # slack_bolt leaves it untyped


if __name__ == "__main__":
    asyncio.run(main(json.loads(Path(os.environ["MESSAGE"]).read_text(encoding="utf-8"))))
