"""OAuth: each workspace installs the bot for itself, and gives it a token of its own."""

from __future__ import annotations

import hmac
import html
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_bolt.oauth.async_callback_options import AsyncCallbackOptions, AsyncFailureArgs, AsyncSuccessArgs
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.response import BoltResponse
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient

from bot.core.clock import Clock
from bot.platforms.slack.manifest import INSTALL_PATH, SCOPES
from bot.platforms.slack.transport.workspaces import Workspaces
from bot.storage.deduplication import Deduplication
from bot.storage.installations import Installations

Welcome = Callable[[str, str], None]
"""Says hello to the person who installed the bot in a workspace, in its own time."""
_GOOD_FOR = timedelta(minutes=10)


@dataclass(frozen=True)
class Distribution:
    """What Slack knows an app by that several workspaces install, and where its requests come in."""

    client_id: str
    client_secret: str
    signing_secret: str
    port: int = 3000
    host: str = "127.0.0.1"


class InstallationStore(AsyncInstallationStore):
    """Keeps what slack_bolt's OAuth flow brings. A new token takes the place of one that is in use."""

    def __init__(self, installations: Installations, workspaces: Workspaces, clock: Clock, welcome: Welcome) -> None:
        self.welcome = welcome
        self.installations = installations
        self.workspaces = workspaces
        self.clock = clock

    @property
    def logger(self) -> logging.Logger:
        return self.workspaces.logger

    async def async_save(self, installation: Installation) -> None:
        # Organisations that install for all their workspaces at once are refused, with a sentence that says so.
        if installation.team_id and installation.bot_token:
            await self.installations.save(installation.team_id, installation.bot_token, self.clock())
            self.workspaces.forget(installation.team_id)
            self.welcome(installation.team_id, installation.user_id)

    async def removed(self, team: str, at: datetime) -> None:
        """Forget a workspace, unless it has installed the bot again since: Slack repeats events for an hour."""
        if await self.installations.remove(team, at):
            self.workspaces.forget(team)


class SignedStates(AsyncOAuthStateStore):
    """OAuth states that need no memory until they come back: a time, a nonce, and the HMAC of both."""

    def __init__(self, key: str, clock: Clock, logger: logging.Logger, deduplication: Deduplication) -> None:
        self._key = key.encode()
        self._clock = clock
        self._logger = logger
        self._deduplication = deduplication

    @property
    def logger(self) -> logging.Logger:
        return self._logger

    async def async_issue(self, *_: Any, **__: Any) -> str:
        signed = f"{int(self._clock().timestamp())}.{secrets.token_urlsafe(16)}"
        return f"{signed}.{self._mac(signed)}"

    async def async_consume(self, state: str) -> bool:
        """Whether the state is one of ours, still good, and came back for the first time."""
        signed, _, mac = state.rpartition(".")
        stamp = signed.partition(".")[0]
        if not state.isascii() or not hmac.compare_digest(mac, self._mac(signed)):
            return False
        if not await self._deduplication.is_first(f"state {signed}"):
            return False
        return self._clock() - datetime.fromtimestamp(int(stamp), UTC) < _GOOD_FOR

    def _mac(self, signed: str) -> str:
        return hmac.new(self._key, signed.encode(), sha256).hexdigest()


def oauth_flow(
    access: Distribution, store: InstallationStore, client: AsyncWebClient, deduplication: Deduplication
) -> AsyncOAuthFlow:
    """How workspaces install the bot: /slack/install starts it, /slack/oauth_redirect ends it."""
    settings = AsyncOAuthSettings(
        client_id=access.client_id,
        client_secret=access.client_secret,
        scopes=list(SCOPES),
        user_scopes=[],
        installation_store=store,
        installation_store_bot_only=True,
        state_store=SignedStates(access.client_secret, store.clock, store.logger, deduplication),
        callback_options=AsyncCallbackOptions(_succeeded, _failed),
        logger=store.logger,
    )
    return AsyncOAuthFlow(client=client, logger=store.logger, settings=settings)


_FAILURES = {
    "access_denied": (400, "The installation was cancelled."),
    "invalid_browser": (400, "This installation began in another browser, or too long ago."),
    "invalid_state": (401, "This installation was already finished, or began too long ago."),
}


async def _succeeded(args: AsyncSuccessArgs) -> BoltResponse:
    if not args.installation.team_id or not args.installation.bot_token:
        return page(400, "I cannot be installed for a whole organisation yet: please install me in one workspace.")
    return page(200, "Smolny is installed. Type /help in any channel.")


async def _failed(args: AsyncFailureArgs) -> BoltResponse:
    # What the address says is anybody's words: none of them is shown.
    status, sentence = _FAILURES.get(args.reason, (400, "Slack did not complete the installation."))
    return page(status, sentence)


def page(status: int, sentence: str) -> BoltResponse:
    """A small page for somebody who installs the bot."""
    again = "" if status == 200 else f' <a href="{INSTALL_PATH}">Start again</a>'
    body = f"<!doctype html><title>Smolny</title><p>{html.escape(sentence)}{again}</p>"
    return BoltResponse(
        status=status, body=body, headers={"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store"}
    )


def listen_for_removal(bolt: AsyncApp, store: InstallationStore) -> None:
    """Forget the token of a workspace that removes the bot."""

    async def removed(ack: Any, body: dict[str, Any]) -> None:
        await ack()
        event = body["event"]
        if event["type"] == "app_uninstalled" or event.get("tokens", {}).get("bot"):
            await store.removed(body["team_id"], datetime.fromtimestamp(body.get("event_time") or 0, UTC))

    bolt.event("app_uninstalled")(removed)
    bolt.event("tokens_revoked")(removed)
