"""The features of a package that are not loaded until somebody uses one: an idle bot stays small."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec import Struct

from bot.core.command import Feature

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
    digest = hashlib.sha256()
    for folder in folders:
        for file in sorted(folder.rglob("*.py")):
            content = file.read_bytes()
            digest.update(f"{file.relative_to(folder).as_posix()}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()
