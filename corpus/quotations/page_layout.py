"""Layout of pages and programs in what people paste: numbers of lines, time codes of subtitles, notes of readers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

_TIME: Final = r"(?:\d{1,2}:)?\d{1,2}:\d{2}"
_CUE: Final = re.compile(
    rf"\s{{0,9}}^(?:[ \t]*\d{{1,5}}[ \t]*\n)?[ \t]*{_TIME}[.,]\d{{3}}[ \t]+-->[ \t]+{_TIME}[.,]\d{{3}}[^\n]{{0,80}}\n",
    re.MULTILINE,
)
"""What is before each line of subtitles: its number, and from when to when it is seen."""
_SUBTITLES_HEAD: Final = re.compile(r"\A\s*WEBVTT[^\n]{0,80}\n\s*")
_TRANSCRIPT: Final = re.compile(rf"\A[ \t]*{_TIME}[ \t]*\n")
_TIME_LINE: Final = re.compile(rf"^[ \t]*{_TIME}[ \t]*\n", re.MULTILINE)
_TIMED_LINE: Final = re.compile(rf"[ \t]*[\[(]?({_TIME})(?:[.,]\d{{1,3}})?[\])]?[ \t]+(?=\S)")
_WRITER: Final = re.compile(r"<|[^\s:<>\[\]“”\"][^:<>\[\]“”\"\n]{0,39}:[ \t]")
"""Who wrote a line of a chat, behind its time."""
_LINE_NUMBER: Final = re.compile(r"[ \t]*(\d{1,4})(?:[ \t]*[|:.)\]])?[ \t]+(?=\S)")
_PAGE: Final = r"(?:page|location|loc|seite|position|p\.|s\.)[ ]?\d{1,6}"
_NOTE: Final = r"(?:highlight|note|markierung|notiz)"
_READER_NOTE: Final = re.compile(
    rf"^[ \t]*(?:(?:your )?{_NOTE}\b[^\n]{{0,60}}\b{_PAGE}[^\n]{{0,60}}|{_PAGE}[^\w\n]{{1,5}}{_NOTE}[^\n]{{0,40}}"
    r"|notes from:[^\n]{1,100})\n\s*",
    re.IGNORECASE | re.MULTILINE,
)
"""What readers of books put above a passage: “Highlight (yellow) - Page 12”."""
_MAIL_END: Final = re.compile(
    r"^[ \t]*(?:sent from my|von meinem|get outlook for)\b[^\n]{1,40}\s*\Z", re.IGNORECASE | re.MULTILINE
)
_QUOTE: Final = re.compile(r"\bquote\b[\s,:;—–-]+(?=\S)", re.IGNORECASE)
_UNQUOTE: Final = re.compile(r"[\s,;—–-]{1,9}(?:un|end[ -]?|end of )quote\b", re.IGNORECASE)
_FEWEST: Final = 20
"""Characters between “quote” and “unquote”, where it is no turn of phrase."""


def without_page_layout(message: str) -> str:
    """The words of a message without what a page or a program put between and beside them."""
    if not any(map(str.isdigit, message)):
        return _with_marks(message)
    if "-->" in message:
        message = _CUE.sub(" ", _SUBTITLES_HEAD.sub("", message)).lstrip()
    elif _TRANSCRIPT.match(message):
        message = _TIME_LINE.sub("", message)
    if "\n" in message:
        message = _READER_NOTE.sub("", _without_times(_without_line_numbers(message)))
    return _with_marks(message)


def _without_line_numbers(message: str) -> str:
    """The lines without their numbers, where each has one and these follow each other."""
    lines = [line for line in message.split("\n") if line.strip()]
    numbered = [_LINE_NUMBER.match(line) for line in lines]
    found = [one for one in numbered if one]
    if len(found) < len(lines) or not _follow([int(one[1]) for one in found]):
        return message
    return "\n".join(line[one.end() :] for line, one in zip(lines, found, strict=True))


def _without_times(message: str) -> str:
    """The lines of a transcript without the times before them: each has one, and sentences go on in the next line.

    In a chat everyone has a line of their own, mostly with a name.
    """
    lines = [line for line in message.split("\n") if line.strip()]
    found = [one for one in map(_TIMED_LINE.match, lines) if one]
    if len(found) < len(lines) or not all(one <= other for one, other in pairwise(_seconds(one[1]) for one in found)):
        return message
    words = [line[one.end() :] for line, one in zip(lines, found, strict=True)]
    goes_on = any(one[0].islower() for one in words[1:])
    return "\n".join(words) if goes_on and not all(map(_WRITER.match, words)) else message


def _seconds(time: str) -> int:
    """The seconds of a time such as 1:02:03."""
    return sum(int(part) * 60**n for n, part in enumerate(reversed(time.split(":"))))


def _follow(numbers: Sequence[int]) -> bool:
    return len(numbers) > 1 and all(other - one == 1 for one, other in pairwise(numbers))


def _with_marks(message: str) -> str:
    """A message with quotation marks for “quote” and “unquote”."""
    message = _MAIL_END.sub("", message)
    end = _UNQUOTE.search(message)
    start = _QUOTE.search(message, 0, end.start()) if end else None
    if start is None or end is None or end.start() - start.end() < _FEWEST:
        return message
    return f"{message[: start.start()]}“{message[start.end() : end.start()]}”{message[end.end() :]}"
