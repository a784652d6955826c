"""An index that is deleted under the bot: each answer is right, or says what it is that cannot be read."""

from __future__ import annotations

import shutil
from pathlib import Path

from bot.core.app import App
from bot.core.context import Person, Place
from bot.platforms.typed_commands import answer_line
from bot.storage.store import Store
from cogs import FEATURES
from corpus import SHIPPED
from corpus.corpus import Corpus
from tests.logs import capture_logs

LINES = (
    "/quote gunpowder",
    "/word revolution",
    "/check He won the war",
    "/quote their thoughts on peace",
    "/who Lenin",
)


async def test_an_index_whose_file_is_gone_is_not_taken_for_the_store(
    shipped: Corpus, cache: Path, store: Store, tmp_path: Path
) -> None:
    """Its file is opened by each thread when that first needs it."""
    corpus = await Corpus.open(SHIPPED, shutil.copytree(cache, tmp_path / "index"))
    app = App(FEATURES, corpus, store)
    ctx = app.context(Person("1", "Ada"), Place("test", "general", "guild"))
    corpus.file.unlink()
    with capture_logs() as logged:
        replies = [await answer_line(app, line, ctx) for line in LINES]
    failed = [one for one in replies if one.error]
    assert failed
    assert {one.error.partition(".")[0] for one in failed} == {"I cannot read my index of the texts"}
    assert [line["where"][-1] for line in logged] == ["IndexUnreadable SQLITE_CANTOPEN"] * len(failed)
    assert app.library is not None
    await app.library.close()
    await corpus.close()
