"""Who asks, where, when, and what a handler may use to answer."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from corpus.corpus import Corpus

if TYPE_CHECKING:
    from bot.core.command import Command
    from bot.core.platform import Platform
    from bot.storage.store import Store


@dataclass(frozen=True)
class Person:
    """Somebody on a platform. `admin`: may change this server's settings; `bot`: no human being."""

    id: str
    name: str
    admin: bool = False
    bot: bool = False


@dataclass(frozen=True)
class Place:
    """Where something is said. `server` is a Discord guild or a Slack workspace; None in private messages."""

    platform: str
    channel: str
    server: str | None = None
    private: bool = False


@dataclass(frozen=True)
class Context:
    """One interaction. `now` is aware and in UTC: a handler reads no clock and no dice but these."""

    asker: Person
    place: Place
    now: datetime
    dice: random.Random
    corpus: Corpus
    store: Store | None = None
    platform: Platform | None = None
    commands: tuple[Command, ...] = ()
    locale: str = "en"
