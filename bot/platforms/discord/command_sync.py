"""Registering the commands with Discord, where they have changed, and the ids that it gives them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from enum import Enum
from pathlib import Path
from typing import Any

import discord

from bot.core.features import FeaturePackage, digest_of_code
from bot.core.translations import catalogues
from bot.logger import Logger
from bot.platforms.discord.commands import localized
from bot.platforms.discord.connection import is_lasting
from bot.platforms.discord.interaction_payload import CommandType, Json
from bot.storage.store import Store

log = Logger(__name__)


def code_digest(features: FeaturePackage | None) -> str:
    """Of all code that says what Discord gets; empty where the features are loaded, which may be any."""
    if features is None:
        return ""
    own = digest_of_code(Path(__file__).parent)
    return hashlib.sha256(f"{discord.__version__} {own} {features.digest()}".encode() + catalogues()).hexdigest()


async def is_registered(client: discord.Client, store: Store | None, code: str) -> bool:
    """Whether Discord has the commands of the same code, so that none need be loaded to compare them."""
    return store is not None and bool(code) and await store.get_setting(_code_key(client)) == code


class SyncOutcome(Enum):
    """What came of registering the commands."""

    REGISTERED = "The commands are registered."
    UNCHANGED = "The commands are registered already; --force does it again."
    REFUSED = "Discord refused the commands, and keeps those it has: see the log for its reason, or try again later."


async def sync(
    client: discord.Client, commands: Iterable[Json], store: Store | None, code: str = "", *, force: bool = False
) -> SyncOutcome:
    """Register the commands with Discord if they changed. `force`: even if they did not.

    Discord counts how often it is done, and clients load the commands again. Where it refuses, the log says so, and the
    commands stay as they were registered last.
    """
    key = f"discord.commands.{client.application_id}"
    payloads = sorted(commands, key=lambda one: (one["type"], one["name"]))
    # Not the payloads in all languages: to make those would take a start 20 ms, and Babel stay in memory.
    digest = hashlib.sha256(json.dumps(payloads, sort_keys=True).encode() + catalogues()).hexdigest()
    if store and not force and await store.get_setting(key) == digest:
        await store.set_setting(_code_key(client), code)
        return SyncOutcome.UNCHANGED
    try:
        registered = await client.http.bulk_upsert_global_commands(_application(client), localized(payloads))
    except discord.HTTPException as error:
        if not is_lasting(error):
            raise
        log.error("commands not synced", status=error.status, code=error.code, remedy="python -m bot sync --force")
        return SyncOutcome.REFUSED
    if store:
        await store.set_setting(key, digest)
        await store.set_setting(_code_key(client), code)
        await store.set_setting(_ids_key(client), _ids(registered))
    log.info("commands synced", commands=len(payloads))
    return SyncOutcome.REGISTERED


async def command_ids(client: discord.Client, store: Store | None) -> dict[str, int]:
    """The ids of the registered slash commands by their first word; Discord is asked once where the store has none.

    Nothing where Discord does not say: commands are then named in plain words.
    """
    kept = await store.get_setting(_ids_key(client)) if store else None
    if kept is None:
        try:
            kept = _ids(await client.http.get_global_commands(_application(client)))
        except discord.HTTPException as error:
            log.warning("no ids of commands", status=error.status, code=error.code)
            return {}
        if store:
            await store.set_setting(_ids_key(client), kept)
    return {name: int(number) for name, number in json.loads(kept).items()}


def _application(client: discord.Client) -> int:
    if client.application_id is None:
        raise discord.app_commands.MissingApplicationID
    return client.application_id


def _code_key(client: discord.Client) -> str:
    return f"discord.commands_code.{client.application_id}"


def _ids_key(client: discord.Client) -> str:
    return f"discord.command_ids.{client.application_id}"


def _ids(registered: Iterable[Mapping[str, Any]]) -> str:
    typed = (one for one in registered if one.get("type", CommandType.SLASH) == CommandType.SLASH)
    return json.dumps({one["name"]: int(one["id"]) for one in typed})
