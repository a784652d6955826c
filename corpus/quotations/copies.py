"""Quotations that are the same words several times over, as somebody pastes them who presses the keys twice."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from corpus.quotations.parse import QuotedWord


def copies(quotation: str, words: Sequence[QuotedWord]) -> list[str]:
    """The copies of which all of a quotation consists, one after the other; none where it is nothing over again."""
    period = _period([word.key for word in words])
    starts = [word.start for word in words[::period]]
    if len(starts) < 2:
        return []
    ends = [*starts[1:], len(quotation)]
    return [quotation[start:end].strip() for start, end in zip(starts, ends, strict=True)]


def _period(keys: Sequence[Hashable]) -> int:
    """After how many keys they begin again, up to the last: all of them where they don't. In linear time."""
    borders = [0]  # of each beginning, how much of its end begins it too, without all of it
    for key in keys[1:]:
        border = borders[-1]
        while border and keys[border] != key:
            border = borders[border - 1]
        borders.append(border + (keys[border] == key))
    period = len(keys) - borders[-1]
    return period if len(keys) % period == 0 else len(keys)
