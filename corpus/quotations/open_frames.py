"""Frames that nothing but their own words part from a quotation: “according to karl marx the workers …”.

Where such a frame ends is known only from what is left of the message: if those are a text's words, it is a frame.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from corpus.language.alternation import any_of, phrases
from corpus.language.english import STOP_WORDS
from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.speech_verbs import ADVERB, SPEECH_INFINITIVE, SPEECH_VERB
from corpus.names.attributions import Attribution
from corpus.names.name_forms import NameForm, is_full_name_in_small_letters
from corpus.quotations.frame_patterns import ACCORDING_TO, NO_LEAD
from corpus.quotations.frames import AROUND, BareQuotation

ReadName = Callable[[str, NameForm], Attribution | None]
_MOST_WORDS: Final = 4
"""Words of a name."""
_NAME: Final = "NAME"
_ADDED: Final = r"(?:\s+(?:it|so|this|that))?(?:\s+in\s+(?:1[5-9]|20)\d\d)?"
_VERB: Final = rf"(?:(?:has|had|have)\s+)?(?:{ADVERB}\s+)?(?:{SPEECH_VERB}|(?:used|liked) to {SPEECH_INFINITIVE})"
_WORKS: Final = any_of(phrases("quote, quotation, line, words?, saying, phrase, statement, slogan, motto"))
_END: Final = r"[\s.!?”\"]*$"
_PER: Final = rf"(?:as\s+)?(?:{ACCORDING_TO}|(?:said|put|told|written) by)"
_AS_AND_NO_VERB: Final = rf"(?:as|wie|как)\s+(?!per\b|according\b|.*\b{SPEECH_VERB}\b)"
"""“as we were” names nobody."""
_BEGINS: Final = r"[,:]?\s+(?=\S)"


class OpenFrame(NamedTuple):
    """A form of frame. In its pattern, `NAME` is where the name is, of one word or several."""

    example: str
    pattern: str
    names: NameForm = NameForm.LOWER_CASE
    needs_name: bool = True
    """Whether it is a frame only if what is in the name's place looks like one."""

    @property
    def is_after(self) -> bool:
        """Whether it is after the quotation."""
        return self.example.startswith("…")


WITHIN_SENTENCES: Final = (
    OpenFrame(
        "according to karl marx, …",
        rf"{_PER}\s+(?:{SPEECH_VERB}\s+)?{_NAME}(?:\s+{_VERB}{_ADDED}{_BEGINS}|[,:]\s+(?=\S))",
    ),
    OpenFrame(
        "karl marx has said …",
        rf"(?:(?:I|we)\s+(?:think|believe|guess|read)\s+(?:that\s+)?)?{_NAME}\s+{_VERB}"
        rf"(?:\s+(?:us|me|you|them|everybody|everyone))?{_ADDED}{_BEGINS}",
    ),
    OpenFrame("karl marx's famous quote …", rf"{_NAME}['’]s?\s+(?:[\w-]+\s+){{0,2}}{_WORKS}{_BEGINS}"),
    OpenFrame("karl marx - …", rf"{_NAME}\s+[-–—|~]+\s+(?=\S)"),
    OpenFrame(
        "… according to karl marx",
        rf"[,.;!?]?\s+(?!per\b|{_AS_AND_NO_VERB}){_PER}\s+{_NAME}(?:\s+{_VERB}{_ADDED})?{_END}",
    ),
    OpenFrame("… per trotsky", rf"[,.;!?]?\s+(?:as\s+)?per\s+{_NAME}{_END}", NameForm.KNOWN),
    OpenFrame("… said karl marx", rf"[,.;!?]?\s+(?:(?:as|so|thus)\s+)?{_VERB}\s+{_NAME}{_ADDED}{_END}"),
    OpenFrame("…, karl marx said", rf"[,.;!?](?:\s+as)?\s+{_NAME}\s+{_VERB}{_ADDED}{_END}"),
    OpenFrame("… as karl marx said", rf"\s+as\s+{_NAME}\s+{_VERB}{_ADDED}{_END}"),
    OpenFrame("… (karl marx)", rf"\s*[(\[]{_NAME}[)\]]{_END}", NameForm.SINGLE, needs_name=False),
)
"""Frames whose own words say where the quotation begins or ends."""
BESIDE_SENTENCES: Final = (
    OpenFrame("according to karl marx …", rf"{_PER}\s+{_NAME}\s+(?=\S)"),
    OpenFrame(
        "What is said about karl marx\n\n…",
        r"(?=[^\n.!?…:]{1,120}\n[ \t]*\n)(?:[^\n]{1,60}\s)?"
        rf"(?!{_VERB}\s){_NAME}(?:\s+{_VERB})?[ \t]*\n[ \t]*\n\s*(?=\S)",
        NameForm.SINGLE,
        needs_name=False,
    ),
    OpenFrame("Karl Marx\n…", rf"{_NAME}[ \t]*\n\s*(?=\S)", NameForm.FULL),
    OpenFrame("Karl Marx, …", rf"{_NAME},\s+(?=\S)", NameForm.FULL),
    OpenFrame("…\nKarl Marx", rf"[ \t]*\n\s*{_NAME}{_END}", NameForm.FULL),
    OpenFrame("…, Karl Marx", rf",\s+{_NAME}[\s.!?]*$", NameForm.FULL),
    OpenFrame("… karl marx said", rf"\s+{_NAME}\s+{_VERB}{_ADDED}{_END}"),
    OpenFrame(
        "… - some blogger, 2025",
        rf"\s+[-–—~|]+\s+{_NAME}(?:,?\s+[(\[]?(?:1[5-9]|20)\d\d[)\]]?)?{_END}",
        NameForm.SINGLE,
        needs_name=False,
    ),
    OpenFrame(
        "… (Marx, Selected Works, loc. 12)",
        rf"\s*[(\[]{_NAME},[^()\[\]\n]{{1,100}}[)\]]{_END}",
        NameForm.SINGLE,
        needs_name=False,
    ),
    OpenFrame("… by karl marx", rf"[,.;!?]?\s+(?:by|from|via|von)\s+{_NAME}{_END}", NameForm.SINGLE, needs_name=False),
)
"""Frames only where a sentence begins or ends beside them: within one they may be words that were changed."""


def _by_length(frame: OpenFrame) -> tuple[re.Pattern[str], ...]:
    """The pattern for a name of each number of words: which is right, only what is left of the message shows."""
    names = (rf"(?P<name>(?:[^\s,:;()]+\s+){{{many}}}[^\s,:;()]+?)" for many in range(_MOST_WORDS))
    return tuple(lazy_pattern(frame.pattern.replace(_NAME, name), re.IGNORECASE) for name in names)


_PATTERNS: Final = {frame: _by_length(frame) for frame in (*WITHIN_SENTENCES, *BESIDE_SENTENCES)}


def without_open_frames(
    read: ReadName, words: str, start: int, end: int, frames: Sequence[OpenFrame]
) -> Iterator[BareQuotation]:
    """What may be left of `words[start:end]` without such a frame. `read` reads a name that has one of some forms."""
    head, low = words[start : min(end, start + AROUND)], max(start, end - AROUND)
    for frame, match in _matches(frames, head, words[low:end]):
        found = _attribution(read, frame, match)
        if found is None:
            continue
        if not frame.is_after:
            yield BareQuotation(start + match.end(), end, found)
        elif words[start : low + match.start()].strip():
            yield BareQuotation(start, low + match.start(), found)


def _matches(frames: Iterable[OpenFrame], head: str, tail: str) -> Iterator[tuple[OpenFrame, re.Match[str]]]:
    for frame in frames:
        for pattern in _PATTERNS[frame]:
            if match := pattern.search(tail) if frame.is_after else pattern.match(head):
                yield frame, match


def _attribution(read: ReadName, frame: OpenFrame, match: re.Match[str]) -> Attribution | None:
    """Whose words a frame says they are, perhaps nobody's; None where it is no frame."""
    ends_like_name = match["name"].split()[-1].strip(".").casefold() not in STOP_WORDS
    if not ends_like_name or NO_LEAD.search(match.string[match.start("name") : match.end()]):
        return None
    is_full = frame.names == NameForm.FULL and is_full_name_in_small_letters(match["name"])
    found = read(match["name"], NameForm.LOWER_CASE if is_full else frame.names)
    if frame.needs_name and not (found and found.name):
        return None
    return (found or Attribution()).with_dates(match[0])
