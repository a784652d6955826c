"""Events in lanes under a ruler that has the days of both calendars: a picture for a slide, and for a phone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from cogs.shared.drawing.fonts import Font
from cogs.shared.drawing.scene import ACCENT, FAINT, INK, PAPER, RULE, Bar, Box, Dot, Hatch, Mark, Scene, Stroke, Words
from cogs.shared.drawing.typeset import balanced, clipped
from cogs.timeline.axis import Scale, Tick, make_scale, ticks, time_span
from cogs.timeline.labels import Label, label
from corpus.calendar import LAST_OLD_STYLE_DAY, Calendar, HistoricalDate
from corpus.note_model import Event

WIDTH = 1000
"""Pixels: on a phone a third of them, on which the smallest letters are still ten high."""
MOST = 8
"""Events in one picture: with more of them it is higher than a slide or a screen."""

_EDGE = 44
_TITLE, _UNDER, _TICK, _STYLE = Font("serif", 54), Font("sans", 32), Font("sans", 28), Font("sans bold", 28)
_ROW = 50
_DOT = 11
_BAR = 12
_LANE = 26
"""Pixels between the bar of a lane and the words of the next."""
_NAMES: dict[Calendar, str] = {"gregorian": "N.S.", "julian": "O.S."}


class Lane(Struct, frozen=True):
    """An event's band: its label, and below it the time on the axis from `top` on."""

    event: Event
    label: Label
    left: float
    top: float

    @property
    def axis(self) -> float:
        """How far down the middle of the bar is."""
        return self.top + self.label.height + 8 + _DOT

    @property
    def bottom(self) -> float:
        return self.axis + _DOT + _LANE


def timeline(title: str, under: str, events: Sequence[Event], *, dark: bool = False) -> Scene:
    """The picture of one to MOST events in order of time, under a title and a smaller line.

    Each event has a lane: a dot where it begins, a bar as long as it lasts, hatched where only the month or the year
    of a beginning or an end is known.
    """
    heading = _heading(title, under)
    scale = make_scale(events, _EDGE + _STYLE.width("O.S.") + 24, WIDTH - _EDGE)
    calendars: list[Calendar] = ["gregorian"]
    if events[0].date.first <= LAST_OLD_STYLE_DAY:
        calendars.append("julian")
    top = max(words.box.bottom for words in heading) + 30
    ruler = Box(0, top, WIDTH, top + len(calendars) * _ROW)
    lanes = _lanes(events, scale, ruler.bottom + _LANE)
    bottom = lanes[-1].bottom
    legend = list(_legend(events, scale, bottom))
    height = max((mark.box.bottom for mark in legend if isinstance(mark, Words)), default=bottom) + 30
    written = {calendar: ticks(scale, calendar, _TICK) for calendar in calendars}
    grid = _grid(written["gregorian"], scale, ruler.bottom, bottom - _LANE / 2)
    marks = [*heading, *_ruler(ruler, written), *grid, *(m for lane in lanes for m in _marks(lane, scale))]
    return Scene(WIDTH, round(height), (*marks, *legend), dark)


def _heading(title: str, under: str) -> list[Words]:
    lines = [(line, _TITLE, INK) for line in balanced(title, _TITLE, WIDTH - 2 * _EDGE)]
    if under:
        lines.append((clipped(under, _UNDER, WIDTH - 2 * _EDGE), _UNDER, FAINT))
    placed: list[Words] = []
    for words, font, colour in lines:
        placed.append(Words(words, font, _EDGE, placed[-1].box.bottom if placed else 34, colour))
    return placed


def _lanes(events: Sequence[Event], scale: Scale, top: float) -> list[Lane]:
    lanes: list[Lane] = []
    for event in events:
        words = label(event, WIDTH - 2 * _EDGE)
        start = scale.at(time_span(event)[0])
        # Above its bar where there is room, and never outside the picture.
        lanes.append(Lane(event, words, max(_EDGE, min(start, WIDTH - _EDGE - words.width)), top))
        top = lanes[-1].bottom
    return lanes


def _ruler(box: Box, written: Mapping[Calendar, Sequence[Tick]]) -> list[Mark]:
    marks: list[Mark] = [Stroke(((0, box.bottom), (WIDTH, box.bottom)), RULE, 2)]
    for row, (calendar, days) in enumerate(written.items()):
        top = box.top + row * _ROW + (_ROW - _TICK.height) / 2
        colour = FAINT if row else INK
        marks.append(Words(_NAMES[calendar], _STYLE, _EDGE, top, colour))
        for tick in days:
            if tick.label:
                marks.append(Words(tick.label, _TICK, tick.left, top, colour))
    return marks


def _grid(days: Iterable[Tick], scale: Scale, top: float, bottom: float) -> Iterator[Mark]:
    """A thin line where each labelled tick of the New Style begins, and a zigzag where the scale changes."""
    for tick in days:
        if tick.label:
            yield Stroke(((tick.begins, top), (tick.begins, bottom)), RULE, 1)
    for left, right in scale.breaks:
        yield _zigzag((left + right) / 2, top, bottom)


def _zigzag(x: float, top: float, bottom: float) -> Stroke:
    step = 14
    many = max(2, round((bottom - top) / step))
    points = tuple((x + (5 if number % 2 else -5), top + number * (bottom - top) / many) for number in range(many + 1))
    return Stroke(points, RULE, 3)


def _marks(lane: Lane, scale: Scale) -> Iterator[Mark]:
    words = lane.label.at(lane.left, lane.top)
    # No line of the grid goes through words.
    yield from (Bar(one.box, PAPER) for one in words)
    yield from words
    for start, end, is_certain in _stretches(lane.event):
        box = Box(scale.at(start), lane.axis - _BAR / 2, scale.at(end), lane.axis + _BAR / 2)
        yield Bar(box, ACCENT, 0) if is_certain else Hatch(box, ACCENT)
    start, _ = time_span(lane.event)
    yield Dot(scale.at(start), lane.axis, _DOT, ACCENT, hollow=lane.event.dated_by == "editors")


def _stretches(event: Event) -> Iterator[tuple[int, int, bool]]:
    """An event's time in up to three stretches: when it may have begun, when it surely went on, when it may have ended.

    Each has its first day, the day after its last, and whether the event surely went on all the while.
    """
    start, end = time_span(event)
    begins, ends = event.date, event.until or event.date
    known_from = start if begins.precision == "day" else _after(begins)
    known_to = end if ends.precision == "day" else ends.first.toordinal()
    if known_from > known_to:
        yield start, end, False
        return
    for first, last, is_certain in ((start, known_from, False), (known_from, known_to, True), (known_to, end, False)):
        if first < last:
            yield first, last, is_certain


def _after(date: HistoricalDate) -> int:
    return date.last.toordinal() + 1


def _legend(events: Sequence[Event], scale: Scale, top: float) -> Iterator[Mark]:
    """What the marks in this picture mean, those that need a word."""
    left, middle = float(_EDGE), _TICK.height / 2 + 1
    for words, mark in _legend_entries(events, scale):
        if left + 3 * _DOT + _TICK.width(words) > WIDTH - _EDGE:
            left, top = _EDGE, top + _TICK.height + 6
        y = top + middle
        match mark:
            case "ring":
                yield Dot(left + _DOT, y, _DOT, ACCENT, hollow=True)
            case "hatch":
                yield Hatch(Box(left, y - _BAR / 2, left + 2 * _DOT, y + _BAR / 2), ACCENT)
            case _:
                yield _zigzag(left + _DOT, y - _TICK.height / 2, y + _TICK.height / 2)
        placed = Words(words, _TICK, left + 3 * _DOT, top, FAINT)
        yield placed
        left = placed.box.right + 36


def _legend_entries(events: Sequence[Event], scale: Scale) -> Iterator[tuple[str, str]]:
    if any(event.dated_by == "editors" for event in events):
        yield "date added by the editors", "ring"
    if any(not is_certain for event in events for _, _, is_certain in _stretches(event)):
        yield "at some time in between", "hatch"
    if scale.breaks:
        yield "time left out", "zigzag"
