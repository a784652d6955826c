"""The plot of growth: p99 of some kinds of question over the size of the corpus, both on logarithmic axes, as SVG."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.bench.scale import Size

_KINDS = {
    "/quote three words": "#c0392b",
    "/quote stop words": "#8e44ad",
    "/check an altered one": "#2471a3",
    "/word the most common": "#117a65",
    "/who": "#b9770e",
    "completion": "#566573",
}
_WIDTH, _HEIGHT, _LEFT, _TOP, _RIGHT, _BOTTOM = 720, 400, 60, 40, 180, 50
_LOWEST, _HIGHEST = 0.1, 1_000.0  # milliseconds
_TARGET = 150.0


def plot(sizes: Sequence[Size]) -> str:
    """The plot."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{_HEIGHT}" '
        f'viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif" font-size="12">'
        '<rect width="100%" height="100%" fill="white"/>'
        f'<text x="{_LEFT}" y="22" font-size="14">p99 in milliseconds of a processor, by sentences in the corpus</text>'
    )
    return "\n".join([head, *_axes(sizes), *_lines(sizes), "</svg>\n"])


def _x(sentences: int, sizes: Sequence[Size]) -> float:
    first, last = (math.log10(one.sentences) for one in (sizes[0], sizes[-1]))
    return _LEFT + (math.log10(sentences) - first) / max(last - first, 1e-9) * (_WIDTH - _LEFT - _RIGHT)


def _y(milliseconds: float) -> float:
    share = math.log10(min(max(milliseconds, _LOWEST), _HIGHEST) / _LOWEST) / math.log10(_HIGHEST / _LOWEST)
    return _HEIGHT - _BOTTOM - share * (_HEIGHT - _TOP - _BOTTOM)


def _axes(sizes: Sequence[Size]) -> Iterator[str]:
    end = _WIDTH - _RIGHT
    for power in range(-1, 4):
        y = _y(10.0**power)
        yield f'<line x1="{_LEFT}" y1="{y:.1f}" x2="{end}" y2="{y:.1f}" stroke="#ddd"/>'
        yield f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:g}</text>'
    y = _y(_TARGET)
    yield f'<line x1="{_LEFT}" y1="{y:.1f}" x2="{end}" y2="{y:.1f}" stroke="#888" stroke-dasharray="4 4"/>'
    for one in sizes:
        x = _x(one.sentences, sizes)
        yield f'<text x="{x:.1f}" y="{_HEIGHT - _BOTTOM + 20}" text-anchor="middle">{one.sentences:,}</text>'


def _lines(sizes: Sequence[Size]) -> Iterator[str]:
    """A line for each kind; its name is beside its end, below the name above it."""
    last = {one.name: one.processor_p99 for one in sizes[-1].run.measurements}
    lowest = 0.0
    for name in sorted(_KINDS, key=lambda name: -last[name]):
        points = [
            (one.sentences, kind.processor_p99) for one in sizes for kind in one.run.measurements if kind.name == name
        ]
        line = " ".join(f"{_x(sentences, sizes):.1f},{_y(p99):.1f}" for sentences, p99 in points)
        colour = _KINDS[name]
        lowest = max(_y(last[name]) + 4, lowest + 14)
        yield f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>'
        yield f'<text x="{_WIDTH - _RIGHT + 8}" y="{lowest:.1f}" fill="{colour}">{name}</text>'
