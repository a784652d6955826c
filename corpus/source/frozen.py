"""Frozen texts: a numbered text, or its numbering alone, as bytes that any later version reads back the same."""

from __future__ import annotations

import zlib

import msgspec

from corpus.source.editions import Numbering
from corpus.text_model import Text


def freeze(text: Text | Numbering) -> bytes:
    """The text or numbering as compressed MessagePack: fields by name, so that new ones with defaults may come."""
    return zlib.compress(msgspec.msgpack.encode(text), 6)


def thaw(data: bytes) -> Text:
    """The text that was frozen."""
    return msgspec.msgpack.decode(zlib.decompress(data), type=Text)


def thaw_numbering(data: bytes) -> Numbering:
    """The numbering that was frozen."""
    return msgspec.msgpack.decode(zlib.decompress(data), type=Numbering)
