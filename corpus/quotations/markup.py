"""Markup of chats and of the web in what people paste: links, mentions, emoji codes, emphasis, entities, mojibake."""

from __future__ import annotations

import html
import re

_TRAIL = "[\u0080-\u00bfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]"  # noqa: RUF001 - bytes 80 to BF as Windows shows them.
_MOJIBAKE = re.compile(f"[ÂÃ]{_TRAIL}|â{_TRAIL}{{2}}")
_LINK = re.compile(r"\[([^\[\]\n]{1,500})\]\(<?(?:https?://|mailto:)[^()\s<>]*>?\)")
_ANGLED = re.compile(r"<(?:https?://|mailto:)[^<>|\s]*(?:\|([^<>\n]*))?>")
_CODES = re.compile(
    r"<[@#!][!&]?[\w^]{1,40}(?:\|[^<>\n]{0,80})?>|<a?:\w{1,64}:\d{1,24}>|<t:-?\d{1,20}(?::\w)?>"
    r"|https?://\S+|(?<![\w:]):[a-z0-9_+-]{2,40}:(?![\w:])|(?<![\w@])@\w{1,40}"
)
_EMPHASIZED = re.compile(r"(?<![“„«\"'‘*_`])(\*{1,3}|_{1,3}|`{1,3})(?=\S)([^*_`\n“”\"«»]{20,3000}?)(?<=\S)\1(?!\w)")
_FENCE = re.compile(r"```(?:[a-z]{1,12}\n)?|`+")
_EMPHASIS = re.compile(r"\*+|\|\||~~+|(?<![^\W_])_+|_+(?![^\W_])")
_LINE_START = re.compile(r"^([ \t]*)(?:#{1,6}|-#|\(?\d{1,3}[.)])[ \t]+(?=\S)", re.MULTILINE)


def without_markup(message: str) -> str:
    """The words of a message without its markup; quoted lines keep their “>”, emphasis becomes quotation marks."""
    if "&" in message:
        message = html.unescape(message)
    for _ in range(2):  # twice through a wrong code page is the most that is seen
        message = _MOJIBAKE.sub(_decoded, message)
    message = _LINK.sub(r"\1", message)
    message = _ANGLED.sub(lambda match: match[1] or "", message)
    message = _CODES.sub("", message)
    message = _EMPHASIZED.sub(r"“\2”", message)
    message = _EMPHASIS.sub("", _FENCE.sub("", message))
    return _LINE_START.sub(r"\1", message)


def _decoded(match: re.Match[str]) -> str:
    """A character whose UTF-8 bytes were read one by one; what is none stays."""
    code_page = b"".join(map(_byte, match[0]))
    try:
        return code_page.decode() if len(code_page) == len(match[0]) else match[0]
    except UnicodeDecodeError:
        return match[0]


def _byte(character: str) -> bytes:
    try:
        return character.encode("cp1252")
    except UnicodeEncodeError:
        return character.encode("latin-1", "ignore")
