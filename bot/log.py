"""Logging: lines for people on a terminal, JSON for programs elsewhere; both on standard error.

Neither secrets nor what people typed belong in a log: callers log names, times and ids.
"""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, TextIO

import msgspec

# At DEBUG these print what is sent and received, messages included.
TALKATIVE = ("discord", "aiosqlite", "asyncio")


def set_up(level: str, stream: TextIO | None = None) -> None:
    """Send the lines of our own loggers, and of libraries', to `stream` or standard error, from `level` on."""
    # Who called, in which thread and process, is in no line: to look takes as long as to write one.
    logging._srcfile = None  # as its documentation says
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    handler = _handler(stream or sys.stderr)
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(max(logging.INFO, logging.getLevelNamesMapping()[level]))


def _handler(stream: TextIO) -> logging.Handler:
    handler = logging.StreamHandler(stream) if stream.isatty() else _LaterHandler(stream)
    handler.setFormatter(_PlainFormatter() if stream.isatty() else _JsonFormatter())
    return handler


def details_of(record: logging.LogRecord) -> Mapping[str, Any]:
    """What belongs to an event by name; nothing where a library wrote the line."""
    details: Mapping[str, Any] = getattr(record, "details", {})
    return details


class _LaterHandler(logging.StreamHandler[TextIO]):
    """Writes lines in order: warnings at once, others when the answer that they are about has been sent.

    That is in the event loop's turn after next, as aiohttp sends a request in a task of its own. What still waits when
    the program ends is written by `logging.shutdown`.
    """

    def __init__(self, stream: TextIO) -> None:
        super().__init__(stream)
        self._waiting: list[logging.LogRecord] = []
        self._loop: asyncio.AbstractEventLoop | None = None
        """The event loop that will write them."""

    def emit(self, record: logging.LogRecord) -> None:
        self._waiting.append(record)
        loop = _running_loop()
        if record.levelno >= logging.WARNING or loop is None:
            self.flush()
        elif loop is not self._loop:
            self._loop = loop
            loop.call_soon(loop.call_soon, self.flush)

    def flush(self) -> None:
        self.acquire()
        try:
            waiting, self._waiting, self._loop = self._waiting, [], None
            for record in waiting:
                super().emit(record)  # which flushes the stream
            if not waiting:
                super().flush()
        finally:
            self.release()


def _running_loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


class _JsonFormatter(logging.Formatter):
    """An object a line, which programs read."""

    _encoder = msgspec.json.Encoder(enc_hook=repr)

    def format(self, record: logging.LogRecord) -> str:
        line = {
            **details_of(record),
            "event": record.getMessage(),
            "logger": record.name,
            "level": record.levelname.lower(),
            "timestamp": datetime.fromtimestamp(record.created, UTC),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return self._encoder.encode(line).decode()


class _PlainFormatter(logging.Formatter):
    """The time, how bad it is, what happened, and the details."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)-8s %(message)s%(shown)s", "%H:%M:%S", defaults={"shown": ""})

    def format(self, record: logging.LogRecord) -> str:
        record.shown = "".join(f"  {name}={value}" for name, value in details_of(record).items())
        return super().format(record)


def printable(words: str) -> str:
    """Words without control characters, which a terminal would obey."""
    return "".join(char if char.isprintable() or char == "\n" else "\ufffd" for char in words)
