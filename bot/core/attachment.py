"""Attachments: files that somebody sends with a command or on a message, and how to get their bytes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from msgspec import Struct

from corpus.corpus import Corpus


class Attachment(Struct, frozen=True):
    """A file that somebody sent. `size` is in bytes; `read` fetches them, and raises OSError where they are gone."""

    name: str
    size: int
    read: Callable[[], Awaitable[bytes]]


class Attachments:
    """The files that came with an interaction, by the key that stands for each in a command's arguments."""

    def __init__(self, sent: Mapping[str, Attachment] | None = None) -> None:
        self._sent = dict(sent or {})

    def get(self, key: str) -> Attachment | None:
        """The file that a key stands for, or None."""
        return self._sent.get(key)

    def first(self) -> Attachment | None:
        """The first file, where it does not matter which."""
        return next(iter(self._sent.values()), None)


class AttachmentKey(str):
    """A parameter that takes a file: the key of one of the interaction's attachments."""

    @classmethod
    def parse(cls, typed: str, corpus: Corpus) -> AttachmentKey:
        return cls(typed.strip())
