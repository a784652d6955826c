"""Drawing a scene as an SVG file, for print: the same marks, with words that stay words."""

from __future__ import annotations

from html import escape

from cogs.shared.drawing.fonts import Face, drawn
from cogs.shared.drawing.scene import PAPER, Bar, Dot, Hatch, Mark, Scene, Stroke, Words

_FONTS: dict[Face, str] = {
    "serif": 'font-family="PT Serif, Georgia, serif"',
    "serif italic": 'font-family="PT Serif, Georgia, serif" font-style="italic"',
    "sans": 'font-family="PT Sans, Arial, sans-serif"',
    "sans bold": 'font-family="PT Sans, Arial, sans-serif" font-weight="700"',
}
_ASCENT = 0.79  # of a line's height: how far its baseline is below its top


def encode_svg(scene: Scene) -> bytes:
    """The SVG file of a scene; the same scene is the same file."""
    size = f'width="{scene.width}" height="{scene.height}" viewBox="0 0 {scene.width} {scene.height}"'
    paper = f'<rect width="100%" height="100%" fill="{_colour(scene, PAPER)}"/>'
    # As in the PNG file, words are over all other marks.
    shapes = [_element(mark, scene) for mark in scene.marks if not isinstance(mark, Words)]
    words = [_element(mark, scene) for mark in scene.words]
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" {size}>', paper, *shapes, *words, "</svg>", ""]
    return "\n".join(lines).encode()


def _element(mark: Mark, scene: Scene) -> str:
    match mark:
        case Words(words, font, left, top, colour):
            line = drawn(words, font.face)
            place = f'x="{left:.1f}" y="{top + font.height * _ASCENT:.1f}" textLength="{font.width(words):.1f}"'
            style = f'{_FONTS[font.face]} font-size="{font.size}" fill="{_colour(scene, colour)}"'
            return f"<text {place} {style}>{escape(line)}</text>" if line else ""
        case Bar(box, colour, radius):
            place = f'x="{box.left:.1f}" y="{box.top:.1f}" width="{box.width:.1f}" height="{box.bottom - box.top:.1f}"'
            return f'<rect {place} rx="{radius}" fill="{_colour(scene, colour)}"/>'
        case Hatch():
            return "".join(_element(stroke, scene) for stroke in mark.strokes)
        case Stroke(points, colour, width):
            line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
            return f'<polyline points="{line}" fill="none" stroke="{_colour(scene, colour)}" stroke-width="{width}"/>'
        case Dot(x, y, radius, colour, hollow):
            fill = _colour(scene, PAPER if hollow else colour)
            edge = f'stroke="{_colour(scene, colour)}" stroke-width="{radius / 3:.1f}"'
            return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" fill="{fill}" {edge}/>'


def _colour(scene: Scene, colour: int) -> str:
    return f"#{scene.colour(colour):06x}"
