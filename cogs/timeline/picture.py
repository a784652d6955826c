"""Events along a ruler that has the days of both calendars, as a picture for a slide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cogs.shared.drawing.fonts import Font
from cogs.shared.drawing.scene import ACCENT, FAINT, INK, RULE, Bar, Box, Dot, Mark, Scene, Stroke, Words
from cogs.shared.drawing.typeset import balanced, clipped
from cogs.timeline.axis import Scale, scale_of, spanned, ticks
from cogs.timeline.labels import Label, label, spread
from corpus.model import Event

WIDTH = 1400
MOST = 6
"""Events in one picture: with more of them, letters would be too small for a phone."""

_EDGE = 56
_COLUMNS = 3
_GAP = 34
_COLUMN = (WIDTH - 2 * _EDGE - (_COLUMNS - 1) * _GAP) / _COLUMNS
_TITLE, _UNDER, _TICK, _STYLE = Font("serif", 60), Font("sans", 34), Font("sans", 30), Font("sans bold", 30)
_LEADER = 64
"""Pixels between the labels and the ruler, in which their lines slant."""
_ROW = 52
_RULER = 0xEFE7D8
_LINE = 0x9A8F7E
_DOT = 11
_LEGEND = {"text": "date given by a text", "editors": "date supplied by the editors"}


@dataclass(frozen=True)
class _Placed:
    """A label at its place; it belongs to the time from `start` to `end` on the ruler, and its line ends at `foot`."""

    event: Event
    label: Label
    left: float
    start: float
    end: float
    foot: float


def timeline(title: str, under: str, events: Sequence[Event]) -> Scene:
    """The picture of one to MOST events in order of time, under a title and a smaller line."""
    heading = _heading(title, under)
    scale = scale_of(events, _EDGE + _STYLE.width("New Style") + 30, WIDTH - _EDGE)
    above, below = _sides(events, scale)
    top = max(words.box.bottom for words in heading) + 44
    ruler = Box(_EDGE, top + _tallest(above) + _LEADER, WIDTH - _EDGE, top + _tallest(above) + _LEADER + 2 * _ROW)
    marks: list[Mark] = [*heading, *_ruler(ruler, scale)]
    for one in above:
        marks += _marked(one, ruler.top - _LEADER - one.label.height, ruler.top - _LEADER, ruler.top)
    for one in below:
        marks += _marked(one, ruler.bottom + _LEADER + one.label.height, ruler.bottom + _LEADER, ruler.bottom)
    # Dots come last, or the line of a later event would cross out an earlier one's dot.
    marks += [*(_dot(one, ruler.top) for one in above), *(_dot(one, ruler.bottom) for one in below)]
    bottom = ruler.bottom + (_LEADER + _tallest(below) if below else 0) + 40
    return Scene(WIDTH, round(bottom + _TICK.height + 36), (*marks, *_legend(events, bottom)))


def _heading(title: str, under: str) -> list[Words]:
    lines = [(line, _TITLE, INK) for line in balanced(title, _TITLE, WIDTH - 2 * _EDGE)]
    if under:
        lines.append((clipped(under, _UNDER, WIDTH - 2 * _EDGE), _UNDER, FAINT))
    placed: list[Words] = []
    for words, font, colour in lines:
        placed.append(Words(words, font, _EDGE, placed[-1].box.bottom if placed else 40, colour))
    return placed


def _tallest(row: Sequence[_Placed]) -> float:
    return max((one.label.height for one in row), default=0)


def _sides(events: Sequence[Event], scale: Scale) -> tuple[list[_Placed], list[_Placed]]:
    """The labels above and those below the ruler, by turns where there are many; each side in order of time."""
    ordered = sorted(events, key=lambda event: sum(spanned(event)))
    if len(ordered) <= _COLUMNS:
        return _row(ordered, scale), []
    return _row(ordered[::2], scale), _row(ordered[1::2], scale)


def _row(events: Sequence[Event], scale: Scale) -> list[_Placed]:
    labels = [label(event, _COLUMN) for event in events]
    spans = [tuple(map(scale.at, spanned(event))) for event in events]
    middles = [(start + end) / 2 for start, end in spans]
    lefts = spread(middles, [one.width for one in labels], _EDGE, WIDTH - _EDGE, _GAP)
    feet = _feet(lefts, spans)
    return [
        _Placed(event, words, left, start, end, foot)
        for event, words, left, (start, end), foot in zip(events, labels, lefts, spans, feet, strict=True)
    ]


def _feet(lefts: Sequence[float], spans: Sequence[tuple[float, ...]]) -> list[float]:
    """Where the labels' lines meet the ruler: within each event's time, straight below its stem if they can."""
    feet: list[float] = []
    for left, (start, end) in zip(lefts, spans, strict=True):
        # Not before the foot of the label to the left, or the two lines would cross.
        wanted = max(left, feet[-1]) if feet else left
        feet.append(min(max(wanted, start + min(_DOT, (end - start) / 2)), end - min(_DOT, (end - start) / 2)))
    return feet


def _ruler(box: Box, scale: Scale) -> list[Mark]:
    middle = (box.top + box.bottom) / 2
    marks: list[Mark] = [Bar(box, _RULER, 10), Stroke(((scale.left, middle), (box.right, middle)), _LINE, 2)]
    down = (_ROW - _TICK.height) / 2 - 2
    for name, calendar, top, tip, colour in (
        ("New Style", "gregorian", box.top + down, -9, INK),
        ("Old Style", "julian", middle + down + 4, 9, FAINT),
    ):
        marks.append(Words(name, _STYLE, box.left + 14, top, colour))
        for tick in ticks(scale, "julian" if calendar == "julian" else "gregorian", _TICK):
            marks.append(Stroke(((tick.x, middle), (tick.x, middle + tip)), _LINE, 2))
            if tick.label:
                marks.append(Words(tick.label, _TICK, tick.left, top, colour))
    return marks


def _marked(one: _Placed, far: float, near: float, edge: float) -> list[Mark]:
    """A label between `far` and `near`, its stem and line to the ruler's `edge`, and its time marked there."""
    stem = Stroke(((one.left, far), (one.left, near), (one.foot, edge)), RULE, 3)
    marks: list[Mark] = [stem, *one.label.at(one.left, min(far, near))]
    if one.end - one.start > 2 * _DOT:
        marks.append(Bar(Box(one.start, edge - 4, one.end, edge + 4), ACCENT, 4))
    return marks


def _dot(one: _Placed, edge: float) -> Dot:
    return Dot(one.foot, edge, _DOT, ACCENT, hollow=one.event.dated_by == "editors")


def _legend(events: Sequence[Event], top: float) -> list[Mark]:
    """What the dots in this picture mean."""
    marks: list[Mark] = []
    left = float(_EDGE)
    for by, words in _LEGEND.items():
        if any((event.dated_by == "editors") == (by == "editors") for event in events):
            marks.append(Dot(left + _DOT, top + _TICK.height / 2 + 1, _DOT, ACCENT, hollow=by == "editors"))
            placed = Words(words, _TICK, left + 3 * _DOT, top, FAINT)
            marks.append(placed)
            left = placed.box.right + 50
    return marks
