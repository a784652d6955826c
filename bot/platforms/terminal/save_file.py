"""Pictures and files, written into a folder: a terminal shows neither."""

from __future__ import annotations

import re
from pathlib import Path

from bot.core.reply import File, Picture, Reply


def savable_parts(reply: Reply) -> tuple[Picture | File, ...]:
    """What there is to save in a reply."""
    return tuple(part for part in reply.parts if isinstance(part, Picture | File))


def save(part: Picture | File, folder: Path) -> Path:
    """Write it into a folder that may not be there yet, over nothing that is there. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    name = Path(re.sub(r"[^\w.-]", "_", part.name).lstrip(".") or "file")
    path, number = folder / name, 1
    while not _written(path, part.data):
        number += 1
        path = folder / f"{name.stem}-{number}{name.suffix}"
    return path


def _written(path: Path, data: bytes) -> bool:
    """Whether the file now holds the data; not so where another one has its name."""
    try:
        with path.open("xb") as file:
            file.write(data)
    except FileExistsError:
        return path.is_file() and path.read_bytes() == data
    return True
