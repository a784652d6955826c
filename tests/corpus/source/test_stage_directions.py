"""Stage directions in texts that are added: nobody's name is below “(Loud applause.)”."""

from __future__ import annotations

import pytest

from bot.core.app import App
from bot.core.context import Context
from bot.core.library import owner_of
from corpus.source.adding import About, propose
from corpus.source.readers import read_file
from corpus.source.readers.document import STAGE
from corpus.source.stage_directions import is_stage_direction
from tests.conftest import NOW, Ask

DIRECTIONS = (
    "(Loud applause.)", "[Applause]", "(Cheers.)", "(Laughter.)", "[Laughter and applause.]", "(Prolonged applause.)",
    "(Stormy, prolonged applause.)", "(Interruption.)", "(A voice: “Shame!”)", "(Uproar on the right.)", "(Beifall.)",
    "(Applaudissements.)", "(Аплодисменты.)", "[Editor's note: the record breaks off here.]", "[Illustration: a map]",
)  # fmt: skip
OWN_WORDS = (
    "(I heard the applause.)", "Applause is cheap.", "(He said so twice.)", "Laughter.", "[sic]", "(Which is true.)",
    "(The noise of the street came in.)", "(See the note.)",
)  # fmt: skip


@pytest.mark.parametrize("words", DIRECTIONS)
def test_what_is_heard_in_the_hall_is_nobodys(words: str) -> None:
    assert is_stage_direction(words)


@pytest.mark.parametrize("words", OWN_WORDS)
def test_an_authors_own_words_in_brackets_are_the_authors(words: str) -> None:
    assert not is_stage_direction(words)


async def test_no_name_is_below_one(app: App, ctx: Context, ask: Ask) -> None:
    """In a text with each direction in a paragraph of its own, from the second one on."""
    assert app.library is not None
    heard = [f"We shall light them again. {direction}" for direction in DIRECTIONS]
    text = "\n\n".join(["The lamps went out in every street of the town.", *heard])
    made = propose(read_file("s.txt", text.encode()), About(id="lamps", author="Mary Example"), file="s.txt")
    await app.library.add(owner_of(ctx.place), made, "A", NOW)
    for paragraph, direction in enumerate(DIRECTIONS, 2):
        said = {one.words: one.speaker for one in (await ask(f"/quote lamps {paragraph}")).quotes()}
        assert said == {"We shall light them again.": "Mary Example", direction: STAGE}
