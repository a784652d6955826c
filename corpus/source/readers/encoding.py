"""From bytes to characters: the encoding that a file says it has, or that its bytes fit."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from corpus.source.readers.document import Unreadable

if TYPE_CHECKING:
    from charset_normalizer import CharsetMatch, CharsetMatches

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
_AS_BROWSERS = {
    **dict.fromkeys(("iso8859-1", "ascii"), "cp1252"),
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
"""Encodings that files name where they mean a larger one: every browser reads them so."""
_RELICS = re.compile(r"cp[4-8]|mac_|hp_|iso8859_1[04]|ptcp|kz")
"""Encodings of old machines: where a guess falls on one of them, it is mostly a short text in Windows-1252."""
_HEAD = 4_096  # bytes in which a file declares its encoding
_SAMPLE = 100_000  # characters that show what kind of words a file has
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")
_NOT_TEXT = "This isn't text: it has binary data. Send plain text, Markdown, HTML, EPUB, PDF, Word or TEI."
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_WESTERN = ("cp1252", "mac_roman", "cp1250", "cp850")
"""Encodings of Windows, of Macs, of Central Europe and of DOS; of those that fit as well, the first."""
_UPPER = "À-ÖØ-ÞŠŒŽŸĄĆĘŁŃŚŹŻČĎĚŇŘŤŮŐŰ"
_ODD = re.compile(
    rf"(?<=[a-zà-öø-ÿ])[{_UPPER}]|(?<=[^\W\d_])[{_UPPER}](?=[a-z])|(?<![^\W\d_.])[{_UPPER}](?![^\W\d_’'.])|(?<=[^\W\d_])[^\x00-\x7f\w’‘–—\u2010·\s](?=[^\W\d_])"
    r"|[\x80-\x9f]|[†‡‰ƒ¬¶÷¤¦¨¯\xb8]"
)
_LINE_END = re.compile("\r\r?\n|\r|\x0b|\u2028")
"""Windows' with one carriage return too many, where it was copied as text; a Mac's; a word processor's two."""
_PARAGRAPH_END = re.compile("[\f\u2029]")
_HIGH = re.compile(rb"[\x80-\xff]")


def decode(data: bytes) -> str:
    """The characters of `data`, line ends as newlines. Raises Unreadable where it is no text in any known encoding."""
    text = _decode(data)
    if "\x00" in text or len(_CONTROLS.findall(text[:_HEAD])) > len(text[:_HEAD]) / 50:
        raise Unreadable(_NOT_TEXT)
    return _PARAGRAPH_END.sub("\n\n", _LINE_END.sub("\n", text))


def is_guessed(data: bytes) -> bool:
    """Whether no mark, no declaration and no UTF-8 says in which encoding the characters are."""
    return not any(data.startswith(mark) for mark, _ in _MARKS) and _decode_as_declared(data) is None


def _decode(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding) or _decode_by_guess(data)
    known = _decode_as_declared(data)
    return _decode_by_guess(data) if known is None else known


def _decode_as_declared(data: bytes) -> str | None:
    """The characters in the encoding that the file declares, else in UTF-8, or None."""
    declared = _declared_encoding(data)
    if declared == "cp1252":  # the word of an old editor: what is sound UTF-8 is UTF-8
        return _first(data, ("utf-8", declared, "latin-1"))
    return _first(data, (declared, _unmarked_utf_16(data), "utf-8"))


def _declared_encoding(data: bytes) -> str:
    match = _DECLARED.search(data[:_HEAD])
    if not match:
        return ""
    name = (match[1] or match[2]).decode("ascii")
    try:
        name = codecs.lookup(name).name
    except LookupError:
        return ""
    return _AS_BROWSERS.get(name, name)


def _unmarked_utf_16(data: bytes) -> str:
    """UTF-16 by its zero bytes: in most scripts' spaces and marks, every other byte is one."""
    head = data[:_HEAD]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if len(data) % 2 or not max(even, odd) > len(head) / 10 or min(even, odd):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _first(data: bytes, encodings: tuple[str, ...]) -> str | None:
    """The characters in the first of some encodings in which they are sound."""
    found = (_strict(data, one) for one in encodings if one)
    return next((text for text in found if text is not None), None)


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _decode_by_guess(data: bytes) -> str:
    if not data:
        return ""
    if len(_CONTROLS.findall(data[:_HEAD].decode("latin-1"))) > len(data[:_HEAD]) / 50:
        raise Unreadable(_NOT_TEXT)
    if (mixed := _mostly_utf_8(data)) is not None:
        return mixed
    from charset_normalizer import from_bytes

    found = from_bytes(data)
    best = found.best()
    western = [text for one in _WESTERN if (text := _strict(data, one)) is not None and _is_western(text)]
    if western and (best is None or _RELICS.match(best.encoding) or _is_equal(found, best)):
        return min(western, key=_oddities)
    if best is None:
        raise Unreadable("I can't tell which encoding this file has: save it as UTF-8.")
    return str(best)


def _oddities(text: str) -> int:
    """How many characters are where no word has them: a capital or a sign within one, a letter behind a stop."""
    return len(_ODD.findall(text[:_SAMPLE]))


def _mostly_utf_8(data: bytes) -> str | None:
    """The characters where most are UTF-8 and the others Windows-1252, as in files that were pasted together."""
    sound = _MULTIBYTE.findall(data)
    high = len(_HIGH.findall(data))
    if 2 * sum(map(len, sound)) < high:
        return None
    return data.decode("utf-8", "windows-1252")


def _in_windows_1252(error: UnicodeError) -> tuple[str, int]:
    """What stands for bytes that are no UTF-8."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("windows-1252", _in_windows_1252)


def _is_western(text: str) -> bool:
    """Whether words are such as Western languages have: their letters are of ASCII mostly."""
    letters = [character for character in text[:_SAMPLE] if character.isalpha()]
    return sum(not one.isascii() for one in letters) < 0.3 * len(letters)


def _is_equal(found: CharsetMatches, best: CharsetMatch) -> bool:
    """Whether Windows-1252 fits as well as the best guess."""
    return any(
        one.encoding == "cp1252" and (one.chaos, -one.coherence) <= (best.chaos, -best.coherence) for one in found
    )
