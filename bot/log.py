"""Logging: lines for people on a terminal, JSON for programs elsewhere; both on standard error.

Neither secrets nor what people typed belong in a log: callers log names, times and ids.
"""

from __future__ import annotations

import logging
import sys
from typing import TextIO

import structlog

# At DEBUG these print what is sent and received, messages included.
TALKATIVE = ("discord", "aiosqlite", "asyncio")


def set_up(level: str, stream: TextIO = sys.stderr) -> None:
    """Send the lines of structlog, and those that libraries give to logging, to `stream`, from `level` on."""
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_formatter(shared, pretty=stream.isatty()))
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(max(logging.INFO, logging.getLevelNamesMapping()[level]))
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.stdlib.LoggerFactory(),
    )


def _formatter(shared: list[structlog.typing.Processor], *, pretty: bool) -> logging.Formatter:
    last: list[structlog.typing.Processor] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
    if pretty:
        # No rich tracebacks: they print the values of variables, and with them what people typed.
        last.append(structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback))
    else:
        last += [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    return structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=last)


def printable(words: str) -> str:
    """Words without control characters, which a terminal would obey."""
    return "".join(char if char.isprintable() or char == "\n" else "\ufffd" for char in words)
