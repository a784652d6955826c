"""What the bot logs, for tests: caught as dictionaries, or kept quiet."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bot.log import details_of

_OURS = ("bot", "cogs")


class _Catcher(logging.Handler):
    def __init__(self, lines: list[dict[str, Any]]) -> None:
        super().__init__()
        self.lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        failed = {"exc_info": record.exc_info} if record.exc_info else {}
        event = {"event": record.getMessage(), "log_level": record.levelname.lower()}
        self.lines.append({**details_of(record), **event, **failed})


def quiet(level: int = logging.WARNING) -> None:
    """Have lines logged from a level on."""
    root = logging.getLogger()
    if root.level != level:  # to set it makes all loggers forget what they log
        root.setLevel(level)


@contextmanager
def capture_logs() -> Iterator[list[dict[str, Any]]]:
    """Our own lines as dictionaries, with what belongs to each by name; nobody else gets them meanwhile."""
    lines: list[dict[str, Any]] = []
    loggers = [logging.getLogger(name) for name in _OURS]
    catcher = _Catcher(lines)
    for one in loggers:
        one.addHandler(catcher)
        one.propagate = False
    try:
        yield lines
    finally:
        for one in loggers:
            one.removeHandler(catcher)
            one.propagate = True
