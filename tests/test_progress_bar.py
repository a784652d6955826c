"""The terminal's progress bar: how much is done, once work takes longer than a moment."""

from __future__ import annotations

import asyncio
import io
import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import progress_bar
from bot.__main__ import ask_once
from bot.core.app import App
from bot.progress_bar import with_bar
from corpus.progress import Progress, counted, each_per_cent


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


async def work(progress: Progress) -> str:
    for done in (0.0, 0.25, 0.5):
        progress(done)
        await asyncio.sleep(0.02)
    return "done"


async def test_a_terminal_shows_how_much_is_done_and_then_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(progress_bar, "_PATIENCE", 0.001)
    monkeypatch.setattr(progress_bar, "_STEP", 0.001)
    assert await with_bar("Reading", work) == "done"
    shown = terminal.getvalue()
    assert re.search(r"Reading \[\.*##+\.*\] \d+ s", shown), "nobody knows yet"
    assert re.search(r"Reading \[#{6}\.{18}\] 25%, \d+ s", shown)
    assert re.search(r"Reading \[#{12}\.{12}\] 50%, \d+ s", shown)
    assert shown.endswith("\r\x1b[K")


async def test_where_nobody_looks_or_nothing_takes_long_there_is_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    assert await with_bar("Reading", work) == "done"
    assert stream.getvalue() == ""


@pytest.mark.parametrize("looks", [True, False])
async def test_a_question_of_the_command_line_shows_that_it_is_looked_up(
    app: App, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *, looks: bool
) -> None:
    """Which takes minutes where a shelf has no index yet, or the transformer has not read it."""
    stream = Terminal() if looks else io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(progress_bar, "_PATIENCE", 0.0)
    assert await ask_once(app, "/quote gunpowder", None, as_json=False) == 0
    assert ("Looking [##" in stream.getvalue()) is looks
    out = capsys.readouterr().out
    assert "gunpowder" in out
    assert "Looking" not in out


@given(st.lists(st.integers(), max_size=300), st.integers(0, 300))
def test_per_cents_rise_and_come_once(items: list[int], total: int) -> None:
    written: list[int] = []
    assert list(counted(items, total, each_per_cent(written.append))) == items
    assert written == sorted(set(written))
    assert all(1 <= one <= 100 for one in written)
