"""The doctor: examines the setup without changing it, one finding a check, each with what to do."""

from __future__ import annotations

import asyncio
import errno
import itertools
import os
import platform
import shutil
import socket
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path

import msgspec

from bot import __version__, log, wiring
from bot.core.errors import SetupError
from bot.core.finding import Finding, Level
from bot.settings import ENV_FILE, Settings, export_home, export_proxy, misspelt_of_environment, read_settings
from bot.storage.errors import StoreError, error_name, reason_of
from bot.storage.heartbeat import is_in_use
from bot.storage.schedules import Schedule, next_due
from bot.storage.schema import newest_version, stored_version
from bot.storage.store import Store
from corpus.errors import CorpusError

PATIENCE = 5.0
"""Seconds to wait for a platform's answer."""
MEGABYTE = 1_000_000
LITTLE_ROOM = 500 * MEGABYTE
NO_ROOM = 50 * MEGABYTE
OLD_ZONES_YEARS = 2
CHANNELS = 20
"""Scheduled channels of a platform that are looked at, those that are due next: each takes several requests."""
NEXT = 3
LATE = timedelta(minutes=10)
"""A post that is due for so long is not being made by anybody."""


def exit_status(findings: list[Finding]) -> int:
    """0 all is well, 1 there are warnings, 2 there are faults."""
    return max(list(Level).index(finding.level) for finding in findings)


def as_text(findings: list[Finding]) -> str:
    """A line for each finding."""
    lines = [
        f"{one.level:8}{one.check}: {one.found}{f' - {one.remedy}' if one.remedy else ''}".replace("\n", " ")
        for one in findings
    ]
    return log.printable("".join(f"{line}\n" for line in lines))


def as_json(findings: list[Finding]) -> str:
    """One JSON object, `{"status": 0, "findings": […]}`."""
    return msgspec.json.encode({"status": exit_status(findings), "findings": findings}).decode() + "\n"


async def examine(environment: Mapping[str, str]) -> list[Finding]:
    """Every check's finding. None holds a secret."""
    findings = [_version(), _zones(datetime.now(UTC))]
    try:
        settings = read_settings(environment)
        export_proxy(settings, os.environ)
        export_home(os.environ)
    except SetupError as error:
        return [*findings, Finding("settings", Level.FAULT, str(error))]
    tokens = _tokens(settings)
    findings += _misspelt(environment)
    findings += [tokens, _files(settings), _disk(settings.data_dir)]
    kept, due, is_running = await _store(settings)
    findings += _ports(settings, is_running=is_running)
    if tokens.level is Level.OK:
        examinations = _discord(settings, _channels(due, "discord")), _slack(settings, _channels(due, "slack"))
        findings += itertools.chain(*await asyncio.gather(*examinations))
    return [*findings, *kept, *await asyncio.to_thread(lambda: list(_corpus(settings)))]


def _version() -> Finding:
    return Finding("version", Level.OK, f"Smolny {__version__}, Python {platform.python_version()}")


def _zones(now: datetime) -> Finding:
    release = version("tzdata")
    if now.year - int(release.partition(".")[0]) >= OLD_ZONES_YEARS:
        return Finding("time zones", Level.WARNING, f"tzdata {release} is old", "install a newer Smolny or tzdata")
    return Finding("time zones", Level.OK, f"tzdata {release}")


def _misspelt(environment: Mapping[str, str]) -> list[Finding]:
    found = misspelt_of_environment(environment).items()
    return [
        Finding(name, Level.WARNING, "is not a setting and has no effect", f"write {meant}") for name, meant in found
    ]


def _tokens(settings: Settings) -> Finding:
    served = ["Discord"] if settings.discord_token else []
    try:
        if settings.serves_slack:
            wiring.slack_access(settings)
            served.append("Slack")
    except SetupError as error:
        return Finding("settings", Level.FAULT, str(error))
    if not served:
        found = "no token is set, so only the terminal is served"
        return Finding("settings", Level.WARNING, found, f"put DISCORD_TOKEN or Slack's tokens into {ENV_FILE}")
    return Finding("settings", Level.OK, f"tokens for {' and '.join(served)}")


def _files(settings: Settings) -> Finding:
    if files := wiring.readable_files(ENV_FILE, settings):
        names = " ".join(map(str, files))
        return Finding("files", Level.WARNING, f"others on this machine can read {names}", f"chmod 600 {names}")
    return Finding("files", Level.OK, "secrets are readable by their owner alone")


def _disk(folder: Path) -> Finding:
    # Path.exists raises where a folder above may not be looked into.
    existing = next(one for one in (folder.absolute(), *folder.absolute().parents) if os.path.exists(one))
    if not (existing.is_dir() and os.access(existing, os.R_OK | os.W_OK | os.X_OK)):
        remedy = "give it to the user that runs Smolny, or set DATA_DIR to another folder"
        return Finding("disk", Level.FAULT, f"{existing} is not a folder that can be written to", remedy)
    return room(shutil.disk_usage(existing).free, folder)


def room(free: int, folder: Path) -> Finding:
    """The finding on so many free bytes."""
    found = f"{free // MEGABYTE:,} MB free at {folder}"
    if free >= LITTLE_ROOM:
        return Finding("disk", Level.OK, found)
    level = Level.FAULT if free < NO_ROOM else Level.WARNING
    return Finding("disk", level, found, "make room, or set DATA_DIR to another disk")


async def _discord(settings: Settings, channels: Sequence[str]) -> list[Finding]:
    if not settings.discord_token:
        return []
    from bot.platforms.discord.examination import examine

    access = wiring.discord_access(settings)
    try:
        return await examine(settings.discord_token, settings.discord_api_url, access, channels, PATIENCE)
    except OSError as error:
        return [_unreachable("Discord", str(error))]


async def _slack(settings: Settings, channels: Sequence[str]) -> list[Finding]:
    if not settings.serves_slack:
        return []
    if settings.slack_client_id:
        return [Finding("Slack", Level.OK, "not asked: each workspace gives its token when it installs the app")]
    from bot.platforms.slack.adapter import Tokens
    from bot.platforms.slack.examination import examine

    tokens = Tokens(settings.slack_bot_token, settings.slack_app_token)
    try:
        return await examine(tokens, settings.slack_api_url, channels, PATIENCE)
    except OSError as error:
        return [_unreachable("Slack", str(error))]


def _unreachable(name: str, remedy: str) -> Finding:
    remedy = remedy or f"check the network, HTTPS_PROXY and {name.upper()}_API_URL, or try again later"
    return Finding(name, Level.WARNING, f"was not reached within {PATIENCE:.0f} seconds", remedy)


def _ports(settings: Settings, *, is_running: bool) -> list[Finding]:
    """Whether the bot could listen where the settings say. A bot that is running does so already."""
    wanted = {
        "DISCORD_PORT": (settings.discord_host, settings.discord_port if settings.discord_public_key else None),
        "SLACK_PORT": (settings.slack_host, settings.slack_port if settings.slack_client_id else None),
        "METRICS_PORT": (settings.metrics_host, settings.metrics_port),
    }
    return [
        port_finding(name, host, port, is_running=is_running)
        for name, (host, port) in wanted.items()
        if port is not None
    ]


def port_finding(name: str, host: str, port: int, *, is_running: bool) -> Finding:
    """The finding on a place where the bot is to listen."""
    try:
        socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET).close()
    except OSError as error:
        if error.errno == errno.EADDRINUSE and is_running:
            return Finding(name, Level.OK, f"{host}:{port} is in use, as the bot is running")
        remedy = (
            f"stop what uses it, or set {name} to another port or {name.replace('PORT', 'HOST')} to another address"
        )
        return Finding(name, Level.FAULT, f"cannot listen at {host}:{port} ({reason_of(error)})", remedy)
    return Finding(name, Level.OK, f"{host}:{port} is free")


async def _store(settings: Settings) -> tuple[list[Finding], list[Schedule], bool]:
    """What is found of the store, the schedules whose posts are due next, and whether a bot uses it just now."""
    try:
        found, newest = await stored_version(settings.store_url), newest_version()
        if found is None:
            remedy = "the first start makes one; if there was one, see that DATA_DIR or DATABASE_URL names it"
            return [Finding("store", Level.WARNING, "there is none yet", remedy)], [], False
        if found < newest:
            remedy = f"back it up; the next start brings it to {newest}"
            return [Finding("store", Level.WARNING, f"at schema version {found}", remedy)], [], False
        store = await Store.open(settings.store_url)
    except StoreError as error:
        return [Finding("store", Level.FAULT, str(error))], [], False
    now = datetime.now(UTC)
    try:
        async with store.transaction():
            pass  # begun, it says whether the store may be written to
        is_running = await is_in_use(store.reader, store.now())
        due = [one for name in ("discord", "slack") for one in await next_due(store.reader, name, CHANNELS)]
    except store.errors as error:
        remedy = "give it to the user that runs Smolny, stop what has locked it, or restore a backup"
        return [Finding("store", Level.FAULT, f"cannot be used ({error_name(error)})", remedy)], [], False
    finally:
        await store.close()
    due.sort(key=lambda one: one.due_at)
    findings = [Finding("store", Level.OK, f"opens, schema version {found}"), next_post(due, now)]
    return [*findings, *clock_findings(store)], due, is_running


def clock_findings(store: Store) -> list[Finding]:
    """A finding where the database's clock, by which all is done, is another than this machine's."""
    seconds = store.clock_offset.total_seconds()
    if not seconds:
        return []
    found = f"is {abs(seconds):.0f} s {'ahead of' if seconds > 0 else 'behind'} this machine's"
    return [Finding("store clock", Level.WARNING, found, "let both systems set theirs by NTP")]


def next_post(due: Sequence[Schedule], now: datetime) -> Finding:
    """The finding on the posts that are due next, the first one first."""
    if not due:
        return Finding("next post", Level.OK, "no daily fact is set up")
    times = [f"{one.due_at:%Y-%m-%d %H:%M} UTC in {one.platform} channel {one.channel}" for one in due[:NEXT]]
    if due[0].due_at < now - LATE:
        return Finding("next post", Level.WARNING, f"was due {times[0]}", "start the bot, or see its log")
    return Finding("next post", Level.OK, f"due {', '.join(times)}")


def _channels(due: Sequence[Schedule], platform: str) -> list[str]:
    return list(dict.fromkeys(one.channel for one in due if one.platform == platform))[:CHANNELS]


def _corpus(settings: Settings) -> Iterator[Finding]:
    from corpus.indexing.index_files import fresh_index
    from corpus.source.check import check_corpus

    faults = check_corpus(settings.corpus_dir).faults
    if faults:
        remedy = f"python -m corpus check {settings.corpus_dir} names every fault"
        yield Finding("corpus", Level.FAULT, f"{faults[0]} ({len(faults)} in all)", remedy)
        return
    yield Finding("corpus", Level.OK, f"{settings.corpus_dir.name} is sound")
    try:
        folder = settings.data_dir / "index"
        if fresh_index(settings.corpus_dir, folder):
            yield Finding("index", Level.OK, "is fresh")
        elif os.path.lexists(folder) and not (folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)):
            remedy = "give it to the user that runs Smolny, or move it away"
            yield Finding("index", Level.FAULT, f"{folder} is not a folder that can be written to", remedy)
        else:
            yield Finding("index", Level.WARNING, "is missing or out of date", "the next start builds it")
    except (CorpusError, OSError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else error
        yield Finding("index", Level.FAULT, f"cannot be read ({reason})", "see who may read DATA_DIR")
