"""Where sentences end in a text that is being added. It runs once: what it finds is frozen with the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise
from typing import Final

from corpus.language.lazy_pattern import lazy_pattern

_OWN_STOP: Final = lazy_pattern(
    r"[\u3002\uff01\uff1f\uff61\u0964\u0965\u061f\u06d4\u0589\u1362\u17d4\u104b]+[”’»」』\uff09)\]》〉\"']*"
)
"""Where a sentence ends in Chinese, Japanese, Arabic and the scripts of India: by marks that no other uses."""
_ITEM: Final = lazy_pattern(r"\s*\(?[0-9]{1,3}\.\s*")
_INNER_STOP: Final = lazy_pattern(
    r"(?<![\w.'’-])([a-z]{2,})\.[”’\"')\]]*\s+(?=[“‘\"'(\[„«»\u201a\u2039\u203a]?[A-Z][\w’']*[^\W.])"
)
_SMALL_WORD: Final = lazy_pattern(r"(?<![\w.'’-])([a-z]{2,})(?![\w'’-])(\.)?")
_SURE: Final = 3  # times as often a word may end a sentence as it is within one
NO_ABBREVIATIONS: Final = frozenset(
    """
    add aims aloud am anarchy applause at axe backs bank bed biting black bleak bombardment book call can car century
    chaos chest coal cold deserved dig divide dull dumb dusk elect enter equal faded fist flag found free galleries
    hall hand hard holidays horse how human ill just kindle lack laughter lead lit lock loot low mankind mass met
    month no nor or park pears pen pick raw reporter reports rest rich rob row ruin sand sane sat saw sent sick sleep
    so south stock story sun swallowed tables tale ten thanks threads toil vain victories walk wall wash wave west
    wheel will win wings works yard
    """.split()  # noqa: SIM905 - a list of a hundred words, one a line, is no easier to read.
)
"""Common words that nupunkt takes for abbreviations, for texts too short to tell."""
_DAY: Final = lazy_pattern(r"(?<!\w)[0-9]{1,2}\.\s+$")
_MONTH: Final = lazy_pattern(
    r"(?:Jan(?:uar|\.)|Jänner|Feb(?:ruar|\.)|März|April|Mai|Juni|Juli|Aug(?:ust|\.)|Sept?(?:ember|\.)|Okt(?:ober|\.)|"
    r"Nov(?:ember|\.)|Dez(?:ember|\.)|Jahrhundert)"
)
_CLOSERS: Final = lazy_pattern(r"[”’»\u203a」』)\]\"']+(?!\w)")
_STOPPED: Final = lazy_pattern(r"[.!?…](?:[^\S\n]?[”’»\u203a」』)\]\"'])*\s*$")
_SAID: Final = lazy_pattern(r"[—–-]?\s*[^\W\d_]")
"""What goes on after a quotation with a stop of its own: “— сказал он”, “demanda-t-il”."""
_NEAR: Final = 20  # characters on either side of a place that say whether a sentence ends there


def ordinary_words(paragraphs: Iterable[str]) -> frozenset[str]:
    """The small words of a text that are no abbreviations in it: most of the time no full stop is after them."""
    stopped, bare = Counter[str](), Counter[str]()
    for words in paragraphs:
        for match in _SMALL_WORD.finditer(words):
            (stopped if match[2] else bare)[match[1]] += 1
    return frozenset(word for word, times in bare.items() if _SURE * times >= stopped[word])


def segment(words: str, ordinary: Collection[str] = NO_ABBREVIATIONS) -> list[tuple[int, int]]:
    """The sentences of a paragraph as offsets `start:end`, in order; only white space is between them.

    `ordinary` words are no abbreviations: a sentence ends after them where the next word begins with a capital.
    """
    # nupunkt takes its model from the disk at the first use: nobody else should wait for that.
    from nupunkt import sent_spans

    found = _with_closers(words, _gapless(sent_spans(words), len(words)))
    spans = [_without_spaces(words, start, end) for start, end in _split_spans(words, found, ordinary)]
    return _without_scraps(words, [span for span in spans if span[0] < span[1]])


def _gapless(spans: list[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    """The spans, each reaching to the next: no character is lost between two sentences."""
    starts = [0, *(start for start, _ in spans[1:])]
    return list(zip(starts, [*starts[1:], length], strict=True))


def _with_closers(words: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans, each with the marks that close a quotation or a bracket directly behind its stop."""
    starts = [start for start, _ in spans]
    for place, start in enumerate(starts[1:], 1):
        closers = _CLOSERS.match(words, start)
        if closers and not words[start - 1].isspace():
            starts[place] = closers.end()
    ends = [*starts[1:], len(words)]
    return [(start, end) for start, end in zip(starts, ends, strict=True) if start < end]


def _split_spans(words: str, spans: list[tuple[int, int]], ordinary: Collection[str]) -> Iterator[tuple[int, int]]:
    """The spans, parted after ordinary words and at other scripts' stops, and not within a list or a German date."""
    begun: int | None = None
    for start, end in spans:
        begun = start if begun is None else begun
        if end < len(words) and _goes_on(words[begun:end], words[end:]):
            continue
        ends = {match.end() for match in _OWN_STOP.finditer(words, begun, end)}
        ends |= {match.end() for match in _INNER_STOP.finditer(words, begun, end) if match[1] in ordinary}
        yield from pairwise([begun, *sorted(one for one in ends if begun < one < end), end])
        begun = None


def _goes_on(before: str, after: str) -> bool:
    """Whether no sentence ends here: the next word is small, or the number before belongs to it."""
    stop = _STOPPED.search(before[-_NEAR:])
    if not stop or "\n" in stop[0]:
        return False
    said = _SAID.match(after)
    if after[:1] in (",", ";", ":") or (said and said[0][-1].islower()):
        return True
    if _ITEM.fullmatch(before):
        return True
    return bool(_DAY.search(before[-_NEAR:]) and _MONTH.match(after[:_NEAR]))


def _without_spaces(words: str, start: int, end: int) -> tuple[int, int]:
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
