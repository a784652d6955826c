"""What a message says, as commands on messages take it: the writer's words, and what the message carries along."""

from __future__ import annotations

import re
from collections.abc import Iterable

_QUOTES = re.compile(r'(?m)["“”„«]|^\s*>')


def message_text(own: str, attached: Iterable[str]) -> str:
    """The text of a message. `attached` is what it forwards, shares, links to or shows, piece by piece.

    What the writer quotes is what he quotes himself, or else what is attached: then each piece is a block quotation.
    """
    own = own.strip()
    pieces = [piece for one in attached if (piece := one.strip())]
    if not pieces or _QUOTES.search(own):
        return own
    if not own and len(pieces) == 1:
        return pieces[0]
    return "\n\n".join([*([own] if own else []), *map(_block_quote, pieces)])


def _block_quote(text: str) -> str:
    return "\n".join(f"> {line.removeprefix('>').lstrip()}" for line in text.split("\n"))
