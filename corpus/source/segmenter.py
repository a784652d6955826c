"""Where sentences end in a text that is being added. It runs once: what it finds is frozen with the text."""

from __future__ import annotations

import re


def segment(words: str) -> list[tuple[int, int]]:
    """The sentences of a paragraph as offsets `start:end`, in order; only white space stands between them."""
    # nupunkt takes its model from the disk at the first use: nobody else should wait for that.
    from nupunkt import sent_spans

    found = sent_spans(words)
    spans = [_trimmed(words, start, end) for start, end in _gapless(found, len(words))]
    return _without_scraps(words, [span for span in spans if span[0] < span[1]])


def _gapless(spans: list[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    """The spans, each reaching to the next: no character is lost between two sentences."""
    starts = [0, *(start for start, _ in spans[1:])]
    return list(zip(starts, [*starts[1:], length], strict=True))


def _trimmed(words: str, start: int, end: int) -> tuple[int, int]:
    piece = words[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))


def _without_scraps(words: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The sentences, where one that holds no letter and no digit belongs to the one before it."""
    kept: list[tuple[int, int]] = []
    for start, end in spans:
        if kept and not re.search(r"[^\W_]", words[start:end]):
            kept[-1] = (kept[-1][0], end)
        else:
            kept.append((start, end))
    return kept
