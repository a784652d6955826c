"""The logger of a module: an event in a few words, with its details by name: `log.info("posted", late=1.5)`."""

from __future__ import annotations

import logging
from collections.abc import Mapping


class Logger:
    """Python's own logger, given details that `bot.log` writes behind the event. Nothing typed may be among them."""

    def __init__(self, module: str) -> None:
        self._logger = logging.getLogger(module)

    def info(self, event: str, **details: object) -> None:
        self._log(logging.INFO, event, details)

    def warning(self, event: str, **details: object) -> None:
        self._log(logging.WARNING, event, details)

    def error(self, event: str, **details: object) -> None:
        self._log(logging.ERROR, event, details)

    def _log(self, level: int, event: str, details: Mapping[str, object]) -> None:
        if self._logger.isEnabledFor(level):
            # Without `Logger.log`, which goes through five calls to find out what is known here.
            record = logging.LogRecord(self._logger.name, level, "", 0, event, (), None)
            vars(record)["details"] = details
            self._logger.handle(record)
