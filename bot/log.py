"""Logging: lines for people on a terminal, JSON for programs elsewhere; both on standard error.

Neither secrets nor what people typed belong in a log: callers log names, times and ids.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Mapping
from typing import Any, TextIO

import msgspec
import structlog

# At DEBUG these print what is sent and received, messages included.
TALKATIVE = ("discord", "aiosqlite", "asyncio")


class Lines(structlog.WriteLogger):
    """Writes the lines of one module, past `logging`, which takes as long as a search for each."""

    def __init__(self, name: str, stream: TextIO) -> None:
        super().__init__(stream)
        self.name = name


def set_up(level: str, stream: TextIO = sys.stderr) -> None:
    """Send the lines of structlog, and those that libraries give to logging, to `stream`, from `level` on."""
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last = _renderers(pretty=stream.isatty())
    without_meta = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=[without_meta, *last])
    )
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(max(logging.INFO, logging.getLevelNamesMapping()[level]))
    module_logger = structlog.stdlib.LoggerFactory(ignore_frame_names=[__name__])
    structlog.configure(
        processors=[*shared, *last],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=lambda *names: Lines(module_logger(*names).name, stream),
    )


def _renderers(*, pretty: bool) -> list[structlog.typing.Processor]:
    if pretty:
        # No rich tracebacks: they print the values of variables, and with them what people typed.
        return [structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)]
    return [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(serializer=_json)]


def _json(line: Mapping[str, object], **options: Any) -> str:
    return msgspec.json.encode(line, enc_hook=options["default"]).decode()


def printable(words: str) -> str:
    """Words without control characters, which a terminal would obey."""
    return "".join(char if char.isprintable() or char == "\n" else "\ufffd" for char in words)
