"""Who asks, where, when, and what a handler may use to answer."""

from __future__ import annotations

import random
import re
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct, field

from bot.core.attachment import Attachments
from bot.core.parameters import Signature
from bot.core.times import TIMES
from corpus.corpus import Corpus
from corpus.errors import NotUnderstood

if TYPE_CHECKING:
    from bot.core.library import Library
    from bot.core.platform import Platform
    from bot.core.server_policy import ServerPolicy
    from bot.storage.store import Store


class Person(Struct, frozen=True):
    """Somebody on a platform. `admin`: may change this server's settings; `bot`: no human being.

    `admin` is None where the platform does not say just now. `timezone` is the IANA name of the zone that the platform
    knows them to be in, `locale` the language that they have set there.
    """

    id: str
    name: str
    admin: bool | None = False
    bot: bool = False
    timezone: str = ""
    locale: str = "en"

    async def person(self) -> Person:
        """Themselves: nobody has to be asked who this is."""
        return self


class Asker(Protocol):
    """Who asks. The id comes with what they ask; for the rest a platform may have to be asked, so it is awaited.

    Never await it in a transaction, which would last as long.
    """

    @property
    def id(self) -> str: ...

    async def person(self) -> Person:
        """What the platform knows of them. Raises nothing: who is not known manages nothing."""


class Place(Struct, frozen=True):
    """Where something is said. `server` is a Discord guild or a Slack workspace; None in private messages.

    `private`: nobody else is there; `parent` is the channel of a thread that is a channel of its own.
    """

    platform: str
    channel: str
    server: str | None = None
    private: bool = False
    parent: str = ""


class Channel(Struct, frozen=True):
    """A channel that somebody named. `id` is the platform's own; a terminal's channel is known by its name."""

    id: str

    @classmethod
    def parse(cls, typed: str, corpus: Corpus) -> Channel:
        """The channel that a mention, an id or a name stands for. Raises NotUnderstood."""
        name = typed.strip().removeprefix("<#").removesuffix(">").partition("|")[0].removeprefix("#")
        if not re.fullmatch(r"[\w-]{1,100}", name):
            raise NotUnderstood("Please name one channel, such as #general.")
        return cls(name)


class Role(Struct, frozen=True):
    """A group of a server's people that somebody named, such as a class. `id` is the platform's own."""

    id: str

    @classmethod
    def parse(cls, typed: str, corpus: Corpus) -> Role:
        """The role that a mention or an id stands for. Raises NotUnderstood."""
        name = typed.strip().removeprefix("<@&").removesuffix(">").removeprefix("@")
        if not re.fullmatch(r"[\w-]{1,100}", name):
            raise NotUnderstood("Please name one role or user group, such as @class.")
        return cls(name)


class Context(Struct, frozen=True):
    """One interaction. `now` is aware and in UTC: a handler reads no clock and no dice but these."""

    asker: Asker
    place: Place
    now: datetime
    dice: random.Random
    corpus: Corpus
    store: Store | None = None
    platform: Platform | None = None
    library: Library | None = None
    policy: ServerPolicy | None = None
    commands: tuple[Signature, ...] = ()
    made_at: datetime | None = None
    """When the interaction was made, by the platform's clock."""
    attachments: Attachments = field(default_factory=Attachments)
    receipt: str = ""
    """By which the platform can add to a private answer later, for some minutes: see `Platform.update_private`."""
    timed_work_fault: str = ""
    """Why no jobs run at the moment, in one line for the log; empty if they do."""
    missing: tuple[str, ...] | None = None
    """The permissions that the bot lacks for posting in this place; None where the interaction does not say."""

    @property
    def pressed_at(self) -> datetime:
        """When the interaction was made, as far as it is believed: not after it came, nor long before."""
        return min(self.now, max(self.made_at or self.now, self.now - TIMES.on_its_way))
