"""Wiring: opens store and corpus, makes the platforms that have a token, starts and stops everything."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator, Coroutine, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import cogs
from bot.core.app import App
from bot.core.errors import SetupError
from bot.core.features import FeaturePackage
from bot.core.job import Services
from bot.core.platform import Platform
from bot.core.rate_limit import RateLimits
from bot.core.times import Times
from bot.core.transformer_loading import AFTER_START, TransformerLoading
from bot.core.warm_up import WarmUp
from bot.logger import Logger
from bot.monitoring.health import Health
from bot.scheduler.loop import Scheduler
from bot.scheduler.membership import membership_jobs
from bot.scheduler.retention import retention_jobs
from bot.scheduler.shelf_indexes import shelf_index_jobs
from bot.scheduler.zone_rules import zone_rules_jobs
from bot.settings import Settings, misspelt_of_environment
from bot.storage.address import sqlite_file
from bot.storage.errors import reason_of
from bot.storage.store import Store
from cogs.jobs import JOBS
from corpus.corpus import Corpus
from corpus.search.embeddings import has_transformer

if TYPE_CHECKING:
    from bot.platforms.discord.connection import InteractionsEndpoint, Shards
    from bot.platforms.slack.adapter import Tokens
    from bot.platforms.slack.transport.oauth import Distribution

log = Logger(__name__)

STOPPING = 3.5
"""Seconds that platforms have to finish what they are answering, after the second that posts under way have."""


def readable_files(env_file: Path, settings: Settings) -> list[Path]:
    """The files with secrets that other users of this machine can read."""
    found = []
    for file in (env_file, sqlite_file(settings.store_url)):
        with suppress(OSError):
            if file and file.is_file() and file.stat().st_mode & 0o077:
                found.append(file)
    return found


def warn_of_readable_files(env_file: Path, settings: Settings) -> None:
    """Say so in the log."""
    for file in readable_files(env_file, settings):
        log.warning("others on this machine can read a file", file=file.name, remedy="chmod 600")


def warn_of_misspelt_settings(environment: Mapping[str, str]) -> None:
    """Say in the log which settings have no effect because of a slip in their names."""
    for name, meant in misspelt_of_environment(environment).items():
        log.warning("no such setting", name=name, remedy=f"write {meant}")


@asynccontextmanager
async def open_app(settings: Settings) -> AsyncIterator[App]:
    """The bot without a platform, over its store and corpus. Raises SetupError, StoreError, CorpusError."""
    try:
        # What people tell the bot is nobody else's on this machine.
        settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise SetupError(
            f"DATA_DIR {settings.data_dir} cannot be made ({reason_of(error)}): name another folder."
        ) from None
    async with AsyncExitStack() as stack:
        store = await Store.open(settings.store_url)
        stack.push_async_callback(store.close)
        index = settings.data_dir / "index"
        corpus = await Corpus.open(settings.corpus_dir, index, transformer=has_transformer())
        stack.push_async_callback(corpus.close)
        features = FeaturePackage(Path(cogs.__file__).parent, lambda: cogs.FEATURES)
        limits = RateLimits() if settings.serves_others else None
        app = App(features, corpus, store, limits=limits, clock=store.now)
        stack.push_async_callback(app.close)
        yield app


def collect_garbage() -> None:
    """Collect garbage from now on, but never among what was loaded before: that would stop all answers for a while."""
    gc.freeze()
    gc.enable()


async def serve(app: App, settings: Settings) -> None:
    """Serve on every platform until one of them ends, as the terminal does with its input."""
    platforms = make_platforms(app, settings)
    if settings.serves_others:
        # In the terminal nobody else waits.
        app.warm_up = WarmUp(app.corpus)
    app.transformer_loading = TransformerLoading()
    # Whoever runs it in the terminal may ask at once.
    app.transformer_loading.begin(app.corpus, AFTER_START if settings.serves_others else 0.0)
    collect_garbage()
    scheduler = make_scheduler(app, platforms, settings)
    health = Health(platforms, scheduler, store=app.store)
    async with monitored(app, health, settings):
        await _run(platforms, [health.watch(), *([scheduler.run()] if scheduler else [])])


@asynccontextmanager
async def monitored(app: App, health: Health, settings: Settings) -> AsyncIterator[None]:
    """Serve health and metrics where METRICS_PORT is set. Raises SetupError where it cannot listen there."""
    if settings.metrics_port is None:
        yield
        return
    # Neither aiohttp nor prometheus-client is loaded by who does not ask for them.
    from bot.monitoring.metrics import Metrics
    from bot.monitoring.server import MonitoringServer

    metrics = Metrics(health, app)
    app.observe = metrics.observe
    async with MonitoringServer(health, metrics).listen(settings.metrics_host, settings.metrics_port):
        yield


def make_platforms(app: App, settings: Settings) -> list[Platform]:
    """The platforms that have a token; without any, the terminal. Each is imported only if it is served.

    discord.py and slack-bolt take half a second to import, and a platform whose folder was deleted is missed by nobody.
    """
    found: list[Platform] = []
    if settings.discord_token:
        from bot.platforms.discord.adapter import Discord

        access = discord_access(settings)
        found.append(Discord(app, settings.discord_token, settings.discord_api_url, access))
    if settings.serves_slack:
        from bot.platforms.slack.adapter import Slack

        found.append(Slack(app, slack_access(settings), settings.slack_api_url))
    if not found:
        from bot.platforms.terminal.adapter import Terminal

        found.append(Terminal(app, settings.data_dir))
    return found


def discord_access(settings: Settings) -> Shards | InteractionsEndpoint:
    """How Discord's interactions come in: by a gateway, or over HTTP."""
    from bot.platforms.discord.connection import InteractionsEndpoint, Shards

    if settings.discord_public_key:
        return InteractionsEndpoint(settings.discord_public_key, settings.discord_port, settings.discord_host)
    return Shards(settings.shard_count, settings.shard_ids)


def slack_access(settings: Settings) -> Tokens | Distribution:
    """What serves one workspace, or what serves all that install the bot. Raises SetupError for half of either."""
    from bot.platforms.slack.adapter import Tokens
    from bot.platforms.slack.transport.oauth import Distribution

    one = {"SLACK_BOT_TOKEN": settings.slack_bot_token, "SLACK_APP_TOKEN": settings.slack_app_token}
    many = {
        "SLACK_CLIENT_ID": settings.slack_client_id,
        "SLACK_CLIENT_SECRET": settings.slack_client_secret,
        "SLACK_SIGNING_SECRET": settings.slack_signing_secret,
    }
    if settings.slack_client_id and any(one.values()):
        raise SetupError("Set SLACK_BOT_TOKEN and SLACK_APP_TOKEN for one workspace, or SLACK_CLIENT_ID for several.")
    if settings.slack_client_id:
        client_id, client_secret, signing_secret = _all_set(many)
        return Distribution(client_id, client_secret, signing_secret, settings.slack_port, settings.slack_host)
    bot_token, app_token = _all_set(one)
    return Tokens(bot_token, app_token)


def _all_set(wanted: Mapping[str, str]) -> Sequence[str]:
    """The values of settings that go together. Raises SetupError where one is not set."""
    if missing := [name for name, value in wanted.items() if not value]:
        raise SetupError(
            f"{' and '.join(wanted)} go together, and {missing[0]} is not set: docs/slack.md says where it is."
        )
    return list(wanted.values())


def make_scheduler(app: App, platforms: Sequence[Platform], settings: Settings) -> Scheduler | None:
    """What does timed work on the platforms; None where there is no store."""
    if app.store is None:
        return None
    times = Times(grace=timedelta(hours=settings.daily_grace_hours))
    services = [Services(app.store, app.corpus, platform, app.clock, times, app.shelf_corpus) for platform in platforms]
    scheduler = Scheduler(services, (retention_jobs, membership_jobs, zone_rules_jobs, shelf_index_jobs, *JOBS))
    app.timed_work_fault = scheduler.fault
    return scheduler


async def _run(platforms: Sequence[Platform], endless: Sequence[Coroutine[None, None, None]]) -> None:
    serving = [asyncio.create_task(platform.start()) for platform in platforms]
    loops = [asyncio.create_task(loop) for loop in endless]
    try:
        done, _ = await asyncio.wait([*serving, *loops], return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        # First, so that what is being posted still has its platform.
        await _cancel(loops)
        await _stop(platforms, serving)


async def _stop(platforms: Sequence[Platform], serving: Sequence[asyncio.Task[None]]) -> None:
    try:
        async with asyncio.timeout(STOPPING):
            await asyncio.gather(*(platform.close() for platform in platforms))
    except TimeoutError:
        pass
    finally:
        await _cancel(serving)


async def _cancel(tasks: Sequence[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
