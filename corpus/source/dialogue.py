"""Dialogue: who speaks each paragraph of a play or a transcript, where its file only prints names before the words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from msgspec import structs

from corpus.language.lazy_pattern import lazy_pattern
from corpus.source.readers.document import STAGE, Block

_ASIDE: Final = r"(?:,? ?[(\[][^()\[\]\n]{1,80}[)\]],?)?"
_NAME: Final = r"[^\W\d_][\w.'’ -]{0,38}\w"
_LABELS: Final = (
    lazy_pattern(rf"(?P<name>[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ0-9.'’ -]{{0,38}}[A-ZÀ-ÖØ-Þ0-9]){_ASIDE}[.:—]{_ASIDE}(?:\s|$)"),
    lazy_pattern(rf"(?P<name>(?!\w+ \w+ \w+ \w+){_NAME}){_ASIDE}:{_ASIDE}\s"),
)
"""A name before what somebody says, in capitals before a stop, or before a colon: of a text only one of them."""
_DIRECTION: Final = lazy_pattern(r"\s*(?:\[[^\[\]]+\]|\([^()]+\))\.?\s*", re.DOTALL)
_FEWEST: Final = 6
"""Paragraphs with a name, and how many there are at least for each name: in a list of terms each comes once."""
_EACH: Final = 2


def with_speakers(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, each paragraph of a dialogue with its speaker; unchanged where they are no dialogue.

    They are one if half of the paragraphs begin with a name, and the same names come again. Nobody is guessed for a
    paragraph without a name.
    """
    paragraphs = [block for block in blocks if block.kind != "heading"]
    if any(block.speaker for block in paragraphs):
        return tuple(blocks)  # the file says it
    label = next((one for one in _LABELS if _is_dialogue(paragraphs, one)), None)
    return tuple(_spoken(block, label) for block in blocks) if label else tuple(blocks)


def _is_dialogue(paragraphs: Sequence[Block], label: re.Pattern[str]) -> bool:
    names = Counter(match["name"] for block in paragraphs if (match := label.match(block.words)))
    directions = sum(_DIRECTION.fullmatch(block.words) is not None for block in paragraphs)
    found = names.total()
    return (
        found >= _FEWEST
        and len(names) > 1
        and found >= _EACH * len(names)
        and 2 * found >= len(paragraphs) - directions
    )


def _spoken(block: Block, label: re.Pattern[str]) -> Block:
    if block.kind == "heading":
        return block
    if _DIRECTION.fullmatch(block.words):
        return structs.replace(block, speaker=STAGE)
    match = label.match(block.words)
    return structs.replace(block, speaker=match["name"]) if match else block
