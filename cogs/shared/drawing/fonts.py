"""The typefaces of the pictures, and how much room words take in them. Both have Cyrillic, old letters included."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

Face = Literal["serif", "serif italic", "sans", "sans bold"]

_FILES: dict[Face, tuple[str, int, str]] = {
    "serif": ("PT Serif", 400, "normal"),
    "serif italic": ("PT Serif", 400, "italic"),
    "sans": ("PT Sans", 400, "normal"),
    "sans bold": ("PT Sans", 700, "normal"),
}
_UNDRAWN = ("Cc", "Cf", "Cs")
"""Characters that have no shape of their own: control and format characters, halves of surrogate pairs."""


class Font(NamedTuple):
    """A typeface at a size in pixels."""

    face: Face
    size: int

    @property
    def height(self) -> int:
        """Pixels from the top of the tallest letter to the bottom of the deepest."""
        return sum(loaded(self).getmetrics())

    def width(self, words: str) -> float:
        """Pixels that words on one line take."""
        return _width(self, words)


@lru_cache(maxsize=4096)
def _width(font: Font, words: str) -> float:
    # Breaking lines asks for the same words again and again.
    return loaded(font).getlength(drawn(words, font.face))


@lru_cache(maxsize=64)
def loaded(font: Font) -> FreeTypeFont:
    """The font, read once."""
    # Pillow takes a tenth of a second to import, for which an answer in words need not wait.
    import fontpkg  # type: ignore[import-untyped]  # it ships no types
    from PIL import ImageFont

    family, weight, style = _FILES[font.face]
    file = fontpkg.path(family, weight, style)
    # The other layout engine depends on libraries of the machine, and so would the look of a picture.
    return ImageFont.truetype(str(file), font.size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=256)
def drawn(words: str, face: Face) -> str:
    """Words as one line that can be drawn; a lozenge stands for each letter that the typeface lacks."""
    line = " ".join(unicodedata.normalize("NFC", words).split())
    shaped = (letter for letter in line if unicodedata.category(letter) not in _UNDRAWN)
    return "".join(letter if has(face, letter) else "◊" for letter in shaped)


@lru_cache(maxsize=4096)
def has(face: Face, letter: str) -> bool:
    """Whether the typeface has a shape for a character."""
    font = loaded(Font(face, 32))
    nothing = font.getmask("\uffff")
    return letter.isspace() or bytes(font.getmask(letter)) != bytes(nothing)
