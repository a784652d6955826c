"""Logs: for people on a terminal, for programs elsewhere, and never with what people typed."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest

from bot import log
from bot.logger import Logger
from tests.conftest import Ask


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    """Logging is one for the whole program: other tests get theirs back."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in log.TALKATIVE}
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, before in levels.items():
        logging.getLogger(name).setLevel(before)


def test_elsewhere_each_line_is_a_json_object() -> None:
    stream = io.StringIO()
    log.set_up("INFO", stream)
    Logger("bot").info("asked", command="/quote", ms=1.5)
    logging.getLogger("discord.gateway").warning("Shard %s is late", 1)
    ours, theirs = map(json.loads, stream.getvalue().splitlines())
    assert (ours["event"], ours["command"], ours["level"]) == ("asked", "/quote", "info")
    assert (theirs["event"], theirs["logger"]) == ("Shard 1 is late", "discord.gateway")
    assert ours["timestamp"].endswith("Z")


def test_a_line_names_the_module_that_wrote_it() -> None:
    stream = io.StringIO()
    log.set_up("INFO", stream)
    Logger(__name__).info("asked")
    assert json.loads(stream.getvalue())["logger"] == __name__


def test_on_a_terminal_lines_are_for_people() -> None:
    stream = Terminal()
    log.set_up("INFO", stream)
    Logger("bot").info("asked", command="/quote")
    assert stream.getvalue().endswith(" INFO     asked  command=/quote\n")


def test_less_than_the_level_is_silent() -> None:
    stream = io.StringIO()
    log.set_up("WARNING", stream)
    Logger("bot").info("asked")
    logging.getLogger("discord").info("connected")
    assert stream.getvalue() == ""


async def test_what_people_typed_is_in_no_line_even_at_debug(ask: Ask) -> None:
    stream = io.StringIO()
    log.set_up("DEBUG", stream)
    for line in ("/quote zeppelinword", "/quote text:zeppelinword", "/zeppelinword", "/event zeppelinword"):
        await ask(line)
    logging.getLogger("discord.gateway").debug("WebSocket event: zeppelinword")
    assert "/quote" in stream.getvalue()
    assert "zeppelinword" not in stream.getvalue()
