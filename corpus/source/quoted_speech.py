"""Quoted speech: the words of a text that are in quotation marks, and so are not the words of its author.

A file does not say whom it quotes. These words get a voice without a name, so that nobody's name is below them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import groupby
from typing import Final

from msgspec import structs

from corpus.language.lazy_pattern import lazy_pattern
from corpus.source.readers.document import STAGE
from corpus.text_model import Paragraph, Sentence, Voice

_CLOSING: Final = {
    "“": '”"',
    "„": '“”"',
    "«": "»",
    "»": "«",
    '"': '"',
    "「": "」",
    "『": "』",
    "\u201a": "‘’",
    "\u2039": "\u203a",
    "\u203a": "\u2039",
}
"""What closes a quotation, by the mark that opens it: “English”, „German“, »German«, « French », 「Japanese」."""
_MARKS: Final = frozenset("".join(_CLOSING) + "”’")
_UNCLOSED: Final = "“„«「『"
"""Marks of quotations that go on to a paragraph's end where nothing closes them."""
# A straight mark between letters is none, as in the abbreviations of Hebrew; « and » open in some languages what they
# close in others, and then stand before a word and behind a space.
_DOUBLE: Final = lazy_pattern(
    r"(?P<open>[“„«\u201a\u2039「『]|(?<![^\s(\[—–-])[»\u203a](?=[^\s,.;:!?]))|(?P<close>[”’‘»\u203a」』])|(?P<either>(?<!\w)\"|\"(?!\w))"
)
# A single mark may be an apostrophe: it opens before a word, and closes after a mark of punctuation.
_SINGLE: Final = lazy_pattern(r"(?P<open>(?<![^\s(—–-])[‘'](?=\w))|(?P<close>(?<=[.,;!?…—])[’'](?!\w))")
_SPOKEN: Final = lazy_pattern(r"[—–\u2015]\s*[¿¡…«„“]*(?=[^\W\d_])(?P<first>\w)")
"""The dash before what somebody says, as in French, Spanish and Russian novels, and the first letter."""


def with_quoted_speech(paragraph: Paragraph, speaker: str) -> Paragraph:
    """The paragraph with a voice for each quotation in it; `speaker` is who says all that no quotation holds.

    A sentence without a speaker is one that the file sets off as a quotation. What somebody quotes who speaks in a play
    stays in sentences of his. Where several speak in one paragraph, it is not said who quotes, and it stays as it is.
    """
    speakers = {one.speaker for one in paragraph.sentences}
    if len(speakers) == 1 and not speakers & {speaker, "", STAGE}:
        return _with_quotes_of_one(paragraph)
    if speakers - {speaker, "", STAGE}:
        return paragraph
    set_off = list(_set_off(paragraph))
    marked = (one for one in quoted_spans(paragraph.words) if not any(map(partial(_overlap, one), set_off)))
    spans = sorted((*set_off, *marked))
    if not spans:
        return paragraph
    own = _without_spans(paragraph.words, spans)
    sentences = tuple(_said_by(one, own[one.start : one.end]) for one in paragraph.sentences)
    voices = tuple(Voice(start, end, "", "quoted") for start, end in spans)
    return structs.replace(paragraph, sentences=sentences, voices=voices)


def _with_quotes_of_one(paragraph: Paragraph) -> Paragraph:
    """The paragraph of somebody in a dialogue. Marks around all of it are the file's own, around what he says."""
    words = paragraph.words.strip()
    spans = [one for one in quoted_spans(paragraph.words) if paragraph.words[slice(*one)] != words]
    voices = tuple(Voice(start, end, "", "quoted") for start, end in spans)
    return structs.replace(paragraph, voices=voices) if voices else paragraph


def _set_off(paragraph: Paragraph) -> Iterator[tuple[int, int]]:
    """(start, end) of each run of sentences without a speaker."""
    for is_own, run in groupby(paragraph.sentences, lambda one: bool(one.speaker)):
        if not is_own:
            sentences = list(run)
            yield sentences[0].start, sentences[-1].end


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def quoted_spans(words: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each quotation, its marks included.

    One that is never closed goes on to the paragraph's end, but for a straight or a single mark somewhere within.
    """
    dash = _SPOKEN.match(words)
    if dash and not dash["first"].islower():
        yield 0, len(words)
        return
    start: int | None = None
    pattern, closing = (_DOUBLE, _CLOSING) if _MARKS & {*words} - {"’"} else (_SINGLE, {"‘": "’'", "'": "’'"})
    for match in pattern.finditer(words):
        if start is None and match.lastgroup != "close":
            start = match.start()
        elif start is not None and match[0] in closing[words[start]]:
            yield start, match.end()
            start = None
    if start is not None and (words[start] in _UNCLOSED or (words[start] in '‘"' and not words[:start].strip())):
        yield start, len(words)


def _without_spans(words: str, spans: Iterable[tuple[int, int]]) -> str:
    """The words with spaces for those in `spans`."""
    pieces, at = [], 0
    for start, end in spans:
        pieces += [words[at:start], " " * (end - start)]
        at = end
    return "".join((*pieces, words[at:]))


def _said_by(sentence: Sentence, own: str) -> Sentence:
    """The sentence without a speaker, where what is its `own`, and not quoted, has no letters."""
    return sentence if any(map(str.isalnum, own)) else structs.replace(sentence, speaker="")
