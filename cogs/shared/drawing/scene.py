"""What a picture holds, before it is drawn: marks on a paper, in pixels from its upper left corner."""

from __future__ import annotations

from math import ceil

from msgspec import Struct

from cogs.shared.drawing.fonts import Font

# An opaque paper looks the same on a light page, on a dark one and on a slide; a pure white one glares in the dark.
PAPER = 0xFAF6EE
INK = 0x1D1A16
FAINT = 0x645D53
RULE = 0xCFC6B6
ACCENT = 0xA4262C

DARK = {PAPER: 0x1F1B17, INK: 0xF3EDE2, FAINT: 0xB5AB9B, RULE: 0x544B40, ACCENT: 0xE8746B}
"""What each of these colours becomes in a dark picture; any other colour stays."""


class Box(Struct, frozen=True):
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    def overlap(self, other: Box) -> bool:
        """Whether the two share more than an edge."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def holds(self, other: Box) -> bool:
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.top <= other.top
            and other.bottom <= self.bottom
        )


class Words(Struct, frozen=True):
    """One line of words. `left` and `top` are the corner of their box; `colour` is 0xRRGGBB."""

    words: str
    font: Font
    left: float
    top: float
    colour: int = INK

    @property
    def box(self) -> Box:
        return Box(self.left, self.top, self.left + self.font.width(self.words), self.top + self.font.height)


class Bar(Struct, frozen=True):
    """A filled rectangle."""

    box: Box
    colour: int
    radius: float = 0


class Hatch(Struct, frozen=True):
    """A rectangle of slanted lines: time in which something may have been."""

    box: Box
    colour: int
    step: float = 10

    @property
    def strokes(self) -> list[Stroke]:
        """The lines, each from the lower to the upper edge, cut at the sides."""
        box, height = self.box, self.box.bottom - self.box.top
        lines = []
        for number in range(ceil((box.width + height) / self.step) + 1):
            foot = box.left - height + number * self.step
            start, end = max(foot, box.left), min(foot + height, box.right)
            if start < end:
                points = ((start, box.bottom - (start - foot)), (end, box.bottom - (end - foot)))
                lines.append(Stroke(points, self.colour, 3))
        return lines


class Stroke(Struct, frozen=True):
    """A line through points."""

    points: tuple[tuple[float, float], ...]
    colour: int = RULE
    width: float = 2


class Dot(Struct, frozen=True):
    """A disc around a point; a `hollow` one is a ring."""

    x: float
    y: float
    radius: float
    colour: int = INK
    hollow: bool = False


Mark = Words | Bar | Hatch | Stroke | Dot


class Scene(Struct, frozen=True):
    """A picture of `width` by `height` pixels. Later marks cover earlier ones, and words all other marks."""

    width: int
    height: int
    marks: tuple[Mark, ...]
    dark: bool = False

    def colour(self, light: int) -> int:
        """A colour of the light palette as this picture shows it."""
        return DARK.get(light, light) if self.dark else light

    @property
    def frame(self) -> Box:
        return Box(0, 0, self.width, self.height)

    @property
    def words(self) -> tuple[Words, ...]:
        return tuple(mark for mark in self.marks if isinstance(mark, Words))
