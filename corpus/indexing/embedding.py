"""The embeddings of an index by the transformer: made in a process of its own, which a stop can end at any time."""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import suppress
from pathlib import Path

from corpus.errors import CorpusError
from corpus.indexing.index_files import CODE
from corpus.search.semantic import SemanticIndex


async def load_transformer(semantic: SemanticIndex, index: Path) -> None:
    """Have the sentences of an index embedded where they are not, and search by the transformer from then on.

    Raises CorpusError where they cannot be.
    """
    if not semantic.is_embedded:
        await _embed(index)
    await asyncio.to_thread(semantic.load_transformer)


async def _embed(index: Path) -> None:
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "corpus.indexing.embedding_child", str(index)),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(CODE.parent)},
    )
    try:
        await child.wait()
    finally:
        with suppress(ProcessLookupError):
            child.kill()
        await child.wait()  # whoever was cancelled leaves no process behind either
    if child.returncode:
        raise CorpusError(f"The embeddings of the texts cannot be written in {index.parent}.")
