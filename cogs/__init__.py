"""The features, one file or folder each. They know no platform. An idle bot has not loaded them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cogs.features import FEATURES as FEATURES

__all__ = ["FEATURES"]


def __getattr__(name: str) -> object:
    """`cogs.FEATURES` brings all commands in, which are a third of our code: it waits until somebody uses one."""
    if name == "FEATURES":
        from cogs.features import FEATURES

        return FEATURES
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
