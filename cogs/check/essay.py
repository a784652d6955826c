"""The words of a file whose quotations are to be checked: an essay in Markdown, plain text, Word or another format."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Container, Sequence
from pathlib import PurePath
from typing import Final

from bot.core.attachment import Attachment
from bot.core.errors import UserError
from corpus.source.readers.document import Unreadable

MOST_BYTES: Final = 5_000_000
"""Bytes of a file whose quotations are checked."""
_PLAIN = frozenset((".txt", ".text", ".md", ".markdown"))
"""Files that are read as they are: their block quotes begin with “>”."""
_DASHES = ("—", "–", "―", "-", "~")


async def essay_words(sent: Attachment) -> str:
    """The words of a file, paragraph by paragraph. Raises UserError where it cannot be read."""
    if sent.size > MOST_BYTES:
        raise UserError(f"This file is too large. I check files of up to {MOST_BYTES // 1_000_000} MB.")
    try:
        return await _words(sent.name, await sent.read())
    except OSError:
        raise UserError("I couldn't fetch that file. Please send it again.") from None
    except Unreadable as error:
        raise UserError(str(error)) from None


async def _words(name: str, data: bytes) -> str:
    if PurePath(name).suffix.lower() in _PLAIN:
        from corpus.source.readers.encoding import decode

        return await asyncio.to_thread(decode, data)
    # Any other format is taken apart in a child process with limits: the file is a stranger's.
    from corpus.source.sandbox import read_proposal
    from corpus.source.sandbox_task import Task

    proposal = await read_proposal(Task(name, data))
    return _with_block_quotes([paragraph.words for paragraph in proposal.text.paragraphs], set(proposal.quoted))


def _with_block_quotes(paragraphs: Sequence[str], quoted: Container[int]) -> str:
    """Paragraphs as plain text, quotations that are set off with “>”, each with the line that names its speaker."""
    pieces: list[str] = []
    for place, words in enumerate(paragraphs):
        goes_on = place - 1 in quoted and words.lstrip().startswith(_DASHES)
        pieces.append("" if not place else "\n" if goes_on else "\n\n")
        pieces.append(re.sub("^", "> ", words, flags=re.MULTILINE) if place in quoted else words)
    return "".join(pieces)
