"""Where sentences end in a text that is being added. It runs once: what it finds is frozen with the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

_OWN_STOP: Final = re.compile(
    r"[\u3002\uff01\uff1f\uff61\u0964\u0965\u061f\u06d4\u0589\u1362\u17d4\u104b]+[”’」』\uff09》〉\"']*"
)
"""Where a sentence ends in Chinese, Japanese, Arabic and the scripts of India: by marks that no other uses."""
_ITEM: Final = re.compile(r"\s*\(?[0-9]{1,3}\.\s*")
_DAY: Final = re.compile(r"(?<!\w)[0-9]{1,2}\.\s+$")
_MONTH: Final = re.compile(
    r"(?:Jan(?:uar|\.)|Jänner|Feb(?:ruar|\.)|März|April|Mai|Juni|Juli|Aug(?:ust|\.)|Sept?(?:ember|\.)|Okt(?:ober|\.)|"
    r"Nov(?:ember|\.)|Dez(?:ember|\.)|Jahrhundert)"
)
_NEAR: Final = 20  # characters on either side of a place that tell whether a sentence ends there


def segment(words: str) -> list[tuple[int, int]]:
    """The sentences of a paragraph as offsets `start:end`, in order; only white space stands between them."""
    # nupunkt takes its model from the disk at the first use: nobody else should wait for that.
    from nupunkt import sent_spans

    found = sent_spans(words)
    spans = [_trimmed(words, start, end) for start, end in _parted(words, _gapless(found, len(words)))]
    return _without_scraps(words, [span for span in spans if span[0] < span[1]])


def _gapless(spans: list[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    """The spans, each reaching to the next: no character is lost between two sentences."""
    starts = [0, *(start for start, _ in spans[1:])]
    return list(zip(starts, [*starts[1:], length], strict=True))


def _parted(words: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans, parted at the full stops of scripts without spaces, and not within a list or a German date."""
    begun: int | None = None
    for start, end in spans:
        begun = start if begun is None else begun
        if end < len(words) and _goes_on(words[begun:end], words[end:]):
            continue
        stops = [begun, *(match.end() for match in _OWN_STOP.finditer(words, begun, end) if match.end() < end), end]
        yield from pairwise(stops)
        begun = None


def _goes_on(before: str, after: str) -> bool:
    """Whether no sentence ends here: the next word is small, or the number before belongs to it."""
    if not before.rstrip().endswith(".") or "\n" in before[len(before.rstrip()) :]:
        return False
    if after[:1].islower() or _ITEM.fullmatch(before):
        return True
    return bool(_DAY.search(before[-_NEAR:]) and _MONTH.match(after[:_NEAR]))


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
