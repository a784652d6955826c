"""A text in many scripts: its words are found within runs without spaces, and another vowel sign is another word."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from random import Random

import pytest

from bot.core.app import App
from bot.core.context import Person, Place
from bot.platforms.typed_commands import answer_line
from bot.storage.store import Store
from cogs import FEATURES
from corpus.corpus import Corpus
from corpus.indexing.build import build_index
from corpus.note_model import Notes
from corpus.source.adding import About, propose
from corpus.source.readers import read_file
from tests.cogs.reading import said
from tests.conftest import NOW, Ask

KOREAN = "혁명의 불길이 온 세상에 타올랐다."
THAI = "การปฏิวัติจะจุดประกายการปฏิวัติในยุโรป"
HINDI = "हमारी सारी आशा यह है कि हमारी क्रांति यूरोप में क्रांति जगाएगी।"
JAPANESE = "革命の炎は世界に広がった。"
TAMIL = "எங்கள் புரட்சி ஐரோப்பாவில் ஒரு புரட்சியைத் தூண்டும் என்பதே எங்கள் நம்பிக்கை."
SENTENCES = (KOREAN, THAI, HINDI, JAPANESE, TAMIL)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    document = read_file("scripts.txt", "\n\n".join(SENTENCES).encode())
    text = propose(document, About(id="scripts", title="Scripts"), file="scripts.txt").text
    return build_index([text], Notes(), tmp_path_factory.mktemp("scripts"), "scripts")


@pytest.fixture
async def ask(index: Path, store: Store) -> AsyncIterator[Ask]:
    corpus = await Corpus.open_index(index)
    app = App(FEATURES, corpus, store, clock=lambda: NOW, dice=Random(1917))
    asker = app.context(Person("1", "Ada"), Place("test", "general", "guild"))
    yield lambda line: answer_line(app, line, asker)
    await corpus.close()


WORDS = {
    KOREAN: ("혁명", "세상"),
    THAI: ("ปฏิวัติ", "ยุโรป"),
    HINDI: ("क्रांति", "आशा"),
    JAPANESE: ("革命", "世界"),
    TAMIL: ("புரட்சி",),
}
CHANGES = {
    KOREAN: ("타올랐다", "타오른다"),
    THAI: ("ปฏิวัติใน", "ปฏิวัตีใน"),
    HINDI: ("कि ", "की "),
    JAPANESE: ("広がった", "広かった"),
    TAMIL: ("புரட்சி ஐ", "பரட்சி ஐ"),
}


async def test_a_word_is_found_also_within_a_run_without_spaces(ask: Ask) -> None:
    for sentence, words in WORDS.items():
        for word in words:
            assert [quote.words for quote in (await ask(f"/quote {word}")).quotes()] == [sentence]
            assert (await ask(f"/word {word}")).title.startswith(f"{word}: ")


async def test_another_vowel_sign_is_a_changed_word(ask: Ask) -> None:
    for sentence, (own, other) in CHANGES.items():
        assert own in sentence
        assert (await ask(f"/check {sentence}")).title == "✓ Word for word"
        assert (await ask(f"/check {sentence.replace(own, other)}")).title == "✗ Changed"


async def test_texts_of_other_languages_are_not_said_to_be_in_english(ask: Ask) -> None:
    assert "English" not in said(await ask("/quote Größe"))
