"""Drawing a scene as a PNG file."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.core.errors import UserError
from cogs.shared.drawing.fonts import drawn, loaded
from cogs.shared.drawing.scene import PAPER, Bar, Dot, Hatch, Scene, Stroke

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

_FINE = 2
"""Shapes are drawn so many times larger, and then reduced, which smooths their edges; letters come smooth."""
_COLOURS = 128
# One picture at a time: each takes twenty megabytes while it is drawn, and two at once are done no sooner.
_PEN = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pictures")

MOST_WAITING = 50
"""Pictures that wait for their turn, some two seconds in all; later askers are asked to come again."""

Colour = tuple[int, int, int]


class _Queue:
    """Scenes that wait to be drawn."""

    def __init__(self) -> None:
        self._length = 0

    async def render(self, compose: Callable[[], Scene]) -> bytes:
        if self._length >= MOST_WAITING:
            raise UserError("I have a lot of pictures to draw just now. Please try again in a moment.")
        self._length += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(_PEN, lambda: _encoded(compose()))
        finally:
            self._length -= 1


async def render_png(compose: Callable[[], Scene]) -> bytes:
    """The PNG file of what `compose` lays out, both done in a thread. Raises UserError where too many wait already."""
    return await _QUEUE.render(compose)


def encode_png(scene: Scene) -> bytes:
    """The PNG file of a scene; the same scene is the same file."""
    from PIL import Image, ImageDraw

    large = Image.new("RGB", (scene.width * _FINE, scene.height * _FINE), _rgb(scene.colour(PAPER)))
    pen = ImageDraw.Draw(large)
    for mark in scene.marks:
        _shape(pen, mark, scene)
    image = large.reduce(_FINE)
    pen = ImageDraw.Draw(image)
    for words in scene.words:
        pen.text(
            (words.left, words.top),
            drawn(words.words, words.font.face),
            _rgb(scene.colour(words.colour)),
            loaded(words.font),
        )
    file = io.BytesIO()
    # A table of the colours makes the file a third as large, and sooner done than one of all shades.
    image.quantize(_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(file, "PNG")
    return file.getvalue()


_QUEUE = _Queue()

# The same card is asked for again and again where a group talks about it; 64 take less than three megabytes.
_encoded = lru_cache(maxsize=64)(encode_png)


def _shape(pen: ImageDraw, mark: object, scene: Scene) -> None:
    match mark:
        case Bar(box, colour, radius):
            corners = [part * _FINE for part in (box.left, box.top, box.right, box.bottom)]
            pen.rounded_rectangle(corners, radius * _FINE, _rgb(scene.colour(colour)))
        case Hatch():
            for stroke in mark.strokes:
                _shape(pen, stroke, scene)
        case Stroke(points, colour, width):
            fine = [(x * _FINE, y * _FINE) for x, y in points]
            pen.line(fine, _rgb(scene.colour(colour)), round(width * _FINE), joint="curve")
        case Dot(x, y, radius, colour, hollow):
            edge = _rgb(scene.colour(colour))
            fill = _rgb(scene.colour(PAPER)) if hollow else edge
            pen.circle((x * _FINE, y * _FINE), radius * _FINE, fill, edge, round(radius * _FINE / 3))


def _rgb(colour: int) -> Colour:
    return colour >> 16 & 255, colour >> 8 & 255, colour & 255
