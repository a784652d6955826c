"""Logs: for people on a terminal, for programs elsewhere, and never with what people typed."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import weakref
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


def lines_of(stream: io.StringIO) -> list[str]:
    return [json.loads(line)["event"] for line in stream.getvalue().splitlines()]


async def test_what_is_sent_next_is_sent_before_the_line_is_written() -> None:
    stream = io.StringIO()
    log.set_up("INFO", stream)
    Logger("bot").info("asked")

    async def send() -> list[str]:
        return lines_of(stream)

    assert await asyncio.create_task(send()) == []
    await asyncio.sleep(0)
    assert lines_of(stream) == ["asked"]


async def test_lines_are_written_once_and_in_order_and_warnings_at_once() -> None:
    stream = io.StringIO()
    log.set_up("INFO", stream)
    Logger("bot").info("first")
    logging.getLogger("discord").info("second")
    Logger("bot").warning("third")
    assert lines_of(stream) == ["first", "second", "third"]
    Logger("bot").info("fourth")
    await asyncio.to_thread(Logger("bot").info, "fifth")
    for _ in range(3):
        await asyncio.sleep(0)
    assert lines_of(stream) == ["first", "second", "third", "fourth", "fifth"]


def test_a_line_that_the_end_of_the_loop_left_is_written_at_the_end_of_the_program() -> None:
    stream = io.StringIO()
    log.set_up("INFO", stream)

    async def answer() -> None:
        Logger("bot").info("asked")

    loop = asyncio.new_event_loop()
    loop.run_until_complete(answer())
    loop.close()
    assert lines_of(stream) == []
    logging.shutdown([weakref.ref(one) for one in logging.getLogger().handlers])
    assert lines_of(stream) == ["asked"]


def test_lines_of_a_later_loop_are_written_with_those_that_an_earlier_one_left() -> None:
    stream = io.StringIO()
    log.set_up("INFO", stream)

    async def answer(word: str, turns: int) -> None:
        Logger("bot").info(word)
        for _ in range(turns):
            await asyncio.sleep(0)

    for word, turns in (("left", 0), ("written", 3)):
        loop = asyncio.new_event_loop()
        loop.run_until_complete(answer(word, turns))
        loop.close()
    assert lines_of(stream) == ["left", "written"]


async def test_a_line_that_cannot_be_made_takes_no_other_with_it(capsys: pytest.CaptureFixture[str]) -> None:
    stream = io.StringIO()
    log.set_up("INFO", stream)
    Logger("bot").info("before")
    logging.getLogger("discord").info("%d shards", "no number of")
    Logger("bot").info("after")
    for _ in range(3):
        await asyncio.sleep(0)
    assert lines_of(stream) == ["before", "after"]
    assert "Logging error" in capsys.readouterr().err


def test_a_stream_that_nobody_reads_any_more_stops_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    stream = io.StringIO()
    log.set_up("INFO", stream)
    stream.close()
    Logger("bot").info("asked")
    assert "Logging error" in capsys.readouterr().err


async def test_what_people_typed_is_in_no_line_even_at_debug(ask: Ask) -> None:
    stream = io.StringIO()
    log.set_up("DEBUG", stream)
    for line in ("/quote zeppelinword", "/quote text:zeppelinword", "/zeppelinword", "/event zeppelinword"):
        await ask(line)
    await asyncio.sleep(0)
    logging.getLogger("discord.gateway").debug("WebSocket event: zeppelinword")
    logging.getLogger().handlers[0].flush()
    assert "/quote" in stream.getvalue()
    assert "zeppelinword" not in stream.getvalue()
