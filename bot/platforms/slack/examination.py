"""The examination of a setup for Slack: tokens, clock, and the channels that are posted in."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

from bot.core.errors import SetupError
from bot.core.finding import Finding, Level, channel_findings, clock_finding
from bot.platforms.proxy import connection_remedy
from bot.platforms.slack.adapter import API, APP_TOKEN, BOT_TOKEN, Tokens, library_logger, setup_errors
from bot.platforms.slack.posting import Posting
from bot.platforms.slack.transport.api_errors import FAILURES
from bot.platforms.slack.transport.rate_limit import RateLimit
from bot.platforms.slack.transport.workspaces import Workspaces


async def examine(tokens: Tokens, api_url: str | None, channels: Sequence[str], patience: float) -> list[Finding]:
    """All findings, or that a token is refused. Raises OSError where no answer comes in `patience` seconds."""

    async def token_of(_: str) -> str:
        return tokens.bot

    workspaces = Workspaces(api_url or API, token_of, library_logger())
    workspaces.open()
    try:
        async with asyncio.timeout(patience):
            date = await _signed_in(workspaces, tokens)
        clock = clock_finding("Slack clock", date, datetime.now(UTC))
        posting = Posting(workspaces, RateLimit(0))
        found = await channel_findings("Slack", channels, posting.missing_permissions)
    except SetupError as error:
        return [Finding("Slack", Level.FAULT, str(error))]
    except FAILURES as error:
        raise ConnectionError(connection_remedy(error)) from None
    finally:
        await workspaces.close()
    return [Finding("Slack", Level.OK, "accepts the tokens"), clock, *found]


async def _signed_in(workspaces: Workspaces, tokens: Tokens) -> str:
    """The Date header of Slack's answer."""
    with setup_errors(*BOT_TOKEN):
        await workspaces.signed_in(tokens.bot)
    with setup_errors(*APP_TOKEN):
        answer = await workspaces.client().apps_connections_open(app_token=tokens.app)
    return str(answer.headers.get("Date", "") if answer.headers else "")
