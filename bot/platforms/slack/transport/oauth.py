"""Several workspaces: each installs the bot for itself by OAuth, and Slack sends what happens there over HTTP."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore

from bot.core.app import Clock
from bot.core.errors import SetupError
from bot.platforms.slack.manifest import EVENTS_PATH, SCOPES
from bot.platforms.slack.transport.workspaces import Workspaces
from bot.storage.installations import Installations

_STOPPING = 1.0


@dataclass(frozen=True)
class Distribution:
    """What Slack knows an app by that several workspaces install, and the port that its requests come to."""

    client_id: str
    client_secret: str
    signing_secret: str
    port: int = 3000


class InstallationStore(AsyncInstallationStore):
    """Keeps what slack_bolt's OAuth flow brings. A new token takes the place of one that is in use."""

    def __init__(self, installations: Installations, workspaces: Workspaces) -> None:
        self.installations = installations
        self.workspaces = workspaces

    @property
    def logger(self) -> logging.Logger:
        return self.workspaces.logger

    async def async_save(self, installation: Installation) -> None:
        # Organisations that install for all their workspaces at once are refused: org_deploy_enabled is off.
        if installation.team_id and installation.bot_token:
            await self.installations.save(installation.team_id, installation.bot_token)
            self.workspaces.forget(installation.team_id)

    async def removed(self, team: str) -> None:
        await self.installations.remove(team)
        self.workspaces.forget(team)


class StateStore(AsyncOAuthStateStore):
    """The secrets that tie an installation's end to its beginning."""

    def __init__(self, installations: Installations, clock: Clock, logger: logging.Logger) -> None:
        self.installations = installations
        self.clock = clock
        self._logger = logger

    @property
    def logger(self) -> logging.Logger:
        return self._logger

    async def async_issue(self, *_: Any, **__: Any) -> str:
        return await self.installations.new_state(self.clock())

    async def async_consume(self, state: str) -> bool:
        return await self.installations.take_state(state, self.clock())


def flow(access: Distribution, store: InstallationStore, clock: Clock) -> AsyncOAuthSettings:
    """How workspaces install the bot: /slack/install starts it, /slack/oauth_redirect ends it."""
    return AsyncOAuthSettings(
        client_id=access.client_id,
        client_secret=access.client_secret,
        scopes=list(SCOPES),
        user_scopes=[],
        installation_store=store,
        installation_store_bot_only=True,
        state_store=StateStore(store.installations, clock, store.logger),
        logger=store.logger,
    )


def listen_for_removal(bolt: AsyncApp, store: InstallationStore) -> None:
    """Forget the token of a workspace that removes the bot."""

    async def removed(ack: Any, body: dict[str, Any]) -> None:
        await ack()
        event = body["event"]
        if event["type"] == "app_uninstalled" or event.get("tokens", {}).get("bot"):
            await store.removed(body["team_id"])

    bolt.event("app_uninstalled")(removed)
    bolt.event("tokens_revoked")(removed)


class HttpServer:
    """Takes Slack's requests. slack_bolt checks each signature, and refuses what is older than five minutes."""

    def __init__(self, bolt: AsyncApp, port: int) -> None:
        self.port = port
        self._runner = web.AppRunner(bolt.web_app(EVENTS_PATH), access_log=None, shutdown_timeout=_STOPPING)

    async def open(self) -> None:
        """Raises SetupError where the port is taken."""
        await self._runner.setup()
        try:
            # In a container, and behind a proxy, requests come from anywhere: the signature decides.
            await web.TCPSite(self._runner, "0.0.0.0", self.port).start()  # noqa: S104 - see above.
        except OSError as error:
            raise SetupError(f"Port {self.port} is not free ({error.strerror}): set SLACK_PORT to another.") from None
        self.port = self._runner.addresses[0][1]

    async def close(self) -> None:
        await self._runner.cleanup()
