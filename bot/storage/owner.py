"""Owners of shelves: a server, or everybody."""

from __future__ import annotations

from typing import Final

from msgspec import Struct


class Owner(Struct, frozen=True):
    """Whose a shelf is: a server's of a platform, or everybody's."""

    platform: str = ""
    server: str = ""


EVERYBODY: Final = Owner()
