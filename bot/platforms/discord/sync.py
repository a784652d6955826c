"""Telling Discord about the commands only when they changed: it counts how often, and clients load them anew."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import structlog
from discord import app_commands

from bot.storage.store import Store

log = structlog.get_logger()


async def sync(tree: app_commands.CommandTree[Any], store: Store | None) -> bool:
    """Whether there was anything to tell."""
    key = f"discord.commands.{tree.client.application_id}"
    payloads = sorted((one.to_dict(tree) for one in tree.get_commands()), key=lambda one: (one["type"], one["name"]))
    told = hashlib.sha256(json.dumps(payloads, sort_keys=True).encode()).hexdigest()
    if store and await store.get_setting(key) == told:
        return False
    await tree.sync()
    if store:
        await store.set_setting(key, told)
    log.info("commands synced", commands=len(payloads))
    return True
