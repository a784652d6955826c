"""What holds for every picture."""

from __future__ import annotations

import io
from itertools import combinations

from PIL import Image, ImageChops

from cogs.shared.drawing.draw import encode_png
from cogs.shared.drawing.scene import Scene, Words


def check(scene: Scene) -> None:
    """All words are inside the picture, and none of them cover others."""
    for words in scene.words:
        assert scene.frame.holds(words.box), words
    for one, other in combinations(scene.words, 2):
        assert not one.box.overlap(other.box), (one, other)


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    assert image.format == "PNG"
    return image.convert("RGB")


def check_drawn(scene: Scene) -> None:
    """The picture has its size, and the ink of the words stays in the boxes that were computed for it."""
    image = opened(encode_png(scene))
    assert image.size == (scene.width, scene.height)
    shapes = tuple(mark for mark in scene.marks if not isinstance(mark, Words))
    bare = opened(encode_png(Scene(scene.width, scene.height, shapes)))
    ink = ImageChops.difference(image, bare).convert("L").point(lambda shade: 255 if shade > 40 else 0)
    assert ink.getbbox()
    for words in scene.words:
        box = words.box
        # Letters such as j and f reach a little beyond the room that they are given in a line.
        ink.paste(0, (int(box.left) - 4, int(box.top), int(box.right) + 5, int(box.bottom) + 1))
    assert not ink.getbbox()
