"""Dialogue: who speaks each paragraph of a play or a transcript, where its file prints names before the words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from msgspec import structs

from corpus.language.lazy_pattern import lazy_pattern
from corpus.source.readers.document import SPEAKER, STAGE, Block, Document, Draft

_ASIDE: Final = r"(?:,? ?[(\[][^()\[\]\n]{1,80}[)\]],?)?"
_NAME: Final = r"[^\W\d_][\w.'’ -]{0,38}\w"
_CAPITALS: Final = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ0-9.'’ -]{0,38}[A-ZÀ-ÖØ-Þ0-9]"
_NO_NAME: Final = r"(?!(?:SCENE|ACT|TIME|PLACE|SETTING|NOTE|NOTES|CAST)\b)"
_SHORTENED: Final = r"(?!(?:Yes|No|Oh|Ah|Well|So|Now|Good|Right|Nothing|Never)\b)[A-Z][a-z]{1,9}(?: [A-Z][a-z]{1,9})?"
_TIME: Final = r"(?:[\[(]?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?[\])]?[ –-]*)?"
_LABELS: Final = (
    lazy_pattern(rf"(?P<label>(?P<name>{_NO_NAME}{_CAPITALS}|[QA]){_ASIDE}[.:—]){_ASIDE}(?:\s|$)"),
    lazy_pattern(rf"(?P<label>{_TIME}(?P<name>(?!\w+ \w+ \w+ \w+){_NAME}){_ASIDE}:){_ASIDE}(?:\s|$)"),
    lazy_pattern(rf"(?P<label>_(?P<name>{_SHORTENED})\.?_[.:]?|(?P<short>{_SHORTENED})\.){_ASIDE}\s"),
    lazy_pattern(rf"(?P<label>(?P<name>{_NO_NAME}{_CAPITALS}){_ASIDE})(?:\n|$)"),
)
"""A name before what somebody says: of a text only one of them.

It is in capitals or a Q and an A before a stop, before a colon with a time or without, shortened as in old editions of
plays, or in capitals on a line of its own.
"""
_DIRECTION: Final = lazy_pattern(r"\s*(?:\[[^\[\]]+\]|\([^()]+\))\.?\s*", re.DOTALL)
_ENTRANCE: Final = lazy_pattern(r"^(?:Exit|Exeunt)\b|(?:^|\. )(?:Re-enter|Enter|Reenter) (?=\w)")
"""What a play says of who comes and goes, where it has no brackets."""
_FEWEST: Final = 6
"""Paragraphs with a name, and how many there are at least for each name: in a list of terms each comes once."""
_EACH: Final = 2


def with_speakers(document: Document) -> Document:
    """The document, each paragraph of a dialogue with its speaker; unchanged where it is no dialogue.

    It is one if half of the paragraphs begin with a name, and the same names come again. The names are the speakers,
    and no part of what they say. Nobody is guessed for a paragraph without a name.
    """
    paragraphs = [block for block in document.blocks if block.kind != "heading"]
    if any(block.speaker for block in paragraphs):
        return document  # the file says it
    label = next((one for one in _LABELS if _is_dialogue(paragraphs, one)), None)
    if label is None:
        return document
    draft = Draft(document.metadata, [], [*document.omissions], [*document.joined])
    above = ""
    for block in document.blocks:
        above = _add_spoken(block, label, above, draft)
    return structs.replace(document, blocks=tuple(draft.blocks), omissions=tuple(draft.omissions))


def _is_dialogue(paragraphs: Sequence[Block], label: re.Pattern[str]) -> bool:
    matches = [(block, match) for block in paragraphs if (match := label.match(block.words))]
    names = Counter(map(_name, (match for _, match in matches)))
    alone = sum(match.end() == len(block.words) for block, match in matches)
    directions = sum(_DIRECTION.fullmatch(block.words) is not None for block in paragraphs)
    found = names.total()
    return (
        found >= _FEWEST
        and len(names) > 1
        and found >= _EACH * len(names)
        and 2 * (found + alone) >= len(paragraphs) - directions
    )


def _name(match: re.Match[str]) -> str:
    found = match.groupdict()
    return found["name"] or found["short"] or ""


def _add_spoken(block: Block, label: re.Pattern[str], above: str, draft: Draft) -> str:
    """Adds a block with its speaker: its own, or the one whose name alone is `above` it. Gives a name that is alone."""
    if block.kind == "heading":
        draft.add(block)
        return ""
    match = label.match(block.words)
    if match is None:
        is_stage = bool(_DIRECTION.fullmatch(block.words) or _ENTRANCE.search(block.words))
        draft.add(structs.replace(block, speaker=STAGE if is_stage else above))
        return above if is_stage else ""
    draft.omit(match["label"], SPEAKER)
    spoken = block.words[match.end("label") :].lstrip()
    at = len(block.words) - len(spoken)
    addresses = tuple(structs.replace(one, start=max(0, one.start - at)) for one in block.addresses)
    draft.add(structs.replace(block, words=spoken, speaker=_name(match), addresses=addresses))
    return "" if spoken else _name(match)
