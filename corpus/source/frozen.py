"""Frozen texts: a numbered text as bytes that any later version reads back the same."""

from __future__ import annotations

import zlib

import msgspec

from corpus.model import Text


def freeze(text: Text) -> bytes:
    """The text as compressed MessagePack: fields by name, so that new ones with defaults may come."""
    return zlib.compress(msgspec.msgpack.encode(text), 6)


def thaw(data: bytes) -> Text:
    """The text that was frozen."""
    return msgspec.msgpack.decode(zlib.decompress(data), type=Text)
