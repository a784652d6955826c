"""From bytes to characters: the encoding that a file says it has, or that its bytes fit."""

from __future__ import annotations

import codecs
import re

from corpus.source.readers.document import Unreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding=["']([\w.:-]{1,40})|<meta[^>]{0,200}?charset=["']?([\w.:-]{1,40})""", re.I
)
_HEAD = 4_096  # bytes in which a file declares its encoding
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")


def decode(data: bytes) -> str:
    """The characters of `data`, line ends as newlines. Raises Unreadable where it is no text in any known encoding."""
    text = _decoded(data)
    if "\x00" in text or len(_CONTROLS.findall(text[:_HEAD])) > len(text[:_HEAD]) / 50:
        raise Unreadable(
            "This is no text: it holds binary data. Send plain text, Markdown, HTML, EPUB, PDF, Word or TEI."
        )
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n")


def _decoded(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding) or _guessed(data)
    declared = _DECLARED.search(data[:_HEAD])
    if declared and (text := _strict(data, (declared[1] or declared[2]).decode("ascii"))):
        return text
    return _strict(data, "utf-8") or _guessed(data)


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _guessed(data: bytes) -> str:
    if not data:
        return ""
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None:
        raise Unreadable("I cannot tell in which encoding these characters are: save the file as UTF-8.")
    return str(best)
