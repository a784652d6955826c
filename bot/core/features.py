"""The features of a package that are not loaded until somebody uses one: an idle bot stays small."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec import Struct

from bot.core.command import Feature
from corpus.code_digest import digest_of, modules

_CORE = Path(__file__).parent


class FeaturePackage(Struct, frozen=True):
    """A package of features: the folder of its code, and what loads them."""

    folder: Path
    load: Callable[[], Sequence[Feature]]

    def digest(self) -> str:
        """Of the code of the features and of the core that reads it: while it is the same, so are the commands."""
        return digest_of_code(self.folder, _CORE)


def digest_of_code(*folders: Path) -> str:
    """Of all modules in folders and those below."""
    return digest_of((folder, file) for folder in folders for file in modules(folder))
