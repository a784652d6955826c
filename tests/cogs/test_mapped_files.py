"""Look-ups give back the memory of what they read in mapped files, which a large corpus has many megabytes of."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.core.app import App
from bot.core.context import Context
from corpus import index_file
from corpus.corpus import Corpus
from corpus.quotations.token_arrays import tokens_file
from tests.conftest import Ask, read_shipped

QUOTED = "Our whole hope is that our revolution will kindle a European revolution."
ACROSS = "What are these men but betrayers of the revolution? We shall never form a union with them."
ESSAY = f"“{QUOTED}”\n\n{'A remark of my own. ' * 1_100}"
"""Longer than a message: it gets a report."""


@pytest.fixture(scope="module")
def shipped(shipped: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    """The shipped corpus, from a copy of its files: nothing else in this process has mapped that."""
    files = shutil.copytree(shipped.file.parent, tmp_path_factory.mktemp("mapped") / "cache")
    corpus = asyncio.run(read_shipped(files))
    yield corpus
    corpus._index_file.close()


@pytest.fixture(autouse=True)
def every_file_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_file, "_SMALL", 0)


def resident(file: Path) -> int:
    """Kilobytes of a mapped file that are in this process's memory."""
    found = 0
    is_file = False
    for line in Path("/proc/self/smaps").read_text().splitlines():
        if "-" in line.partition(" ")[0]:
            is_file = line.endswith(str(file))
        elif is_file and line.startswith("Rss:"):
            found += int(line.split()[1])
    return found


@pytest.mark.parametrize(
    "line",
    [
        f"/check {QUOTED}",
        "/word revolution",
        "/word the congress",
        "/word of the",
        "/quote kindle a European revolution",
        '/quote "of the"',
        f"/quote {ACROSS}",
        "/quote on the power of the people and of the congress",
        "/compare the power of the people",
        "/who Trotsky",
        "/event gunpowder",
    ],
)
async def test_an_answer_gives_back_what_it_looked_at(ask: Ask, corpus: Corpus, line: str) -> None:
    assert not (await ask(line)).error
    assert resident(tokens_file(corpus.file)) == 0


async def test_a_report_gives_back_what_it_looked_at(app: App, ctx: Context, corpus: Corpus) -> None:
    assert (await app.act_on_message("Check this quote", ESSAY, ctx)).title == "1 quotation in your text"
    assert resident(tokens_file(corpus.file)) == 0


async def test_completion_gives_back_what_it_looked_at(app: App, ctx: Context, corpus: Corpus) -> None:
    assert await app.suggest("quote", "words", "our revolution", ctx)
    assert resident(tokens_file(corpus.file)) == 0


def test_what_was_looked_at_is_in_memory_until_then(shipped: Corpus) -> None:
    with shipped.token_index.mapped():
        assert int(shipped.token_index.positions("revolution").sum()) > 0
        assert resident(tokens_file(shipped.file)) > 0
    assert resident(tokens_file(shipped.file)) == 0
