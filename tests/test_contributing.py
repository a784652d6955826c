"""CONTRIBUTING.md keeps its word: its example command is a command, on every platform."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from random import Random

import pytest

from bot.core.app import App
from bot.core.command import Feature
from bot.core.context import Context
from bot.platforms.typed_commands import answer_line
from bot.storage.store import Store
from cogs import FEATURES
from corpus.corpus import Corpus
from tests.conftest import NOW
from tests.platforms.meeting import PLATFORMS, meet

PAGE = Path(__file__).parents[1] / "CONTRIBUTING.md"


@pytest.fixture
def feature(tmp_path: Path) -> Feature:
    (code,) = re.findall(r"^```python\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    file = tmp_path / "extremes.py"
    file.write_text(code, encoding="utf-8")
    spec = importlib.util.spec_from_file_location("extremes", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return Feature.of(module)


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_the_example_command_is_found_on_every_platform(
    platform: str, feature: Feature, corpus: Corpus, store: Store, ctx: Context
) -> None:
    app = App((*FEATURES, feature), corpus, store, clock=lambda: NOW, dice=Random(1917))
    (command,) = feature.commands
    expected = await answer_line(app, command.line_in(corpus), ctx)
    (quote,) = expected.quotes()
    async with meet(platform)(app) as meeting:
        heard = await meeting.hear(command.line_in(corpus))
    assert expected.title in heard.words
    assert quote.reference in heard.words


def test_the_page_fits_a_page() -> None:
    assert len(PAGE.read_text(encoding="utf-8").splitlines()) <= 100


@pytest.mark.parametrize(
    "path", sorted(set(re.findall(r"`((?:bot|cogs|corpus|tests)/[\w/.]+)`", PAGE.read_text(encoding="utf-8"))))
)
def test_the_files_that_the_page_names_are_there(path: str) -> None:
    assert (PAGE.parent / path).exists()


WAIT = re.compile(
    r"(?:wait_for\(.*, |(?<![.\w])until\(.*, |asyncio\.timeout\(|(?:asyncio\.wait|communicate)\(.*timeout=)([\d.]+)\)"
)


def test_no_wait_is_over_before_the_minute_that_a_busy_machine_may_take() -> None:
    short = [
        (str(file), line)
        for file in PAGE.parent.glob("tests/**/*.py")
        for line in file.read_text(encoding="utf-8").splitlines()
        for seconds in WAIT.findall(line)
        if 1 <= float(seconds) < 60
    ]
    assert not short
