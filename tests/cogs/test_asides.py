"""Stage directions and interjections in brackets: they are found by their words, and are no answer to anything else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from random import Random

import pytest
from msgspec import structs

from bot.core.app import App
from bot.core.context import Person, Place
from bot.platforms.typed_commands import answer_line
from cogs import FEATURES
from corpus.corpus import Corpus
from corpus.indexing.build import build_index
from corpus.note_model import Notes
from corpus.source.adding import About, propose
from corpus.source.readers import read_file
from corpus.text_model import Paragraph, Text, Voice
from tests.conftest import NOW, Ask
from tests.corpus.source.test_stage_directions import DIRECTIONS

OWN_WORDS = "We shall light them again."
INTERJECTIONS = ("(“Never!” shouts a man in the gallery.)", "[From the benches: “Louder!”]")
ASKED = ("the audience clapped", "everybody was clapping and shouting", "the public cheered")


def text_with(asides: list[str]) -> Text:
    """A speech with a paragraph for each aside, in which it follows the speaker's words."""
    paragraphs = [f"{OWN_WORDS} {aside}" for aside in asides]
    document = read_file("s.txt", "\n\n".join(paragraphs).encode())
    text = propose(document, About(id="lamps", author="Mary Example"), file="s.txt").text
    return structs.replace(text, paragraphs=tuple(map(_with_voice, text.paragraphs)))


def _with_voice(paragraph: Paragraph) -> Paragraph:
    """The paragraph with an editor's note on whose the interjection is."""
    shouted = next((one for one in INTERJECTIONS if paragraph.words.endswith(one)), None)
    if shouted is None:
        return paragraph
    start = paragraph.words.index(shouted)
    return structs.replace(paragraph, voices=(Voice(start, len(paragraph.words), "Somebody", "interjection"),))


@pytest.fixture(params=[False, True], ids=["word vectors", "transformer"])
async def heard(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[App]:
    text = text_with([*DIRECTIONS, *INTERJECTIONS])
    file = build_index([text], Notes(), tmp_path_factory.mktemp("asides"), "asides")
    corpus = await Corpus.open_index(file, transformer=request.param)
    yield App(FEATURES, corpus, clock=lambda: NOW, dice=Random(1917))
    await corpus.close()


@pytest.fixture
def hear(heard: App) -> Ask:
    """Answer a typed line over the speech with asides."""
    ctx = heard.context(Person("1", "Ada"), Place("test", "general", "guild"))
    return lambda line: answer_line(heard, line, ctx)


@pytest.mark.parametrize("typed", ASKED)
async def test_no_aside_answers_what_is_asked_by_meaning(heard: App, typed: str) -> None:
    found = await heard.corpus.hybrid_search(typed)
    assert [hit.reference for hit in found.hits if hit.grade == "meaning"] == []


@pytest.mark.parametrize("aside", ["(Loud applause.)", "[Laughter and applause.]", "(Cheers.)", *INTERJECTIONS])
async def test_whoever_types_its_words_finds_it(hear: Ask, aside: str) -> None:
    reply = await hear(f"/quote {aside.strip('()[].')}")
    assert [one.words for one in reply.quotes()][:1] == [aside]


async def test_none_is_a_passage_worth_reading(hear: Ask) -> None:
    for _ in range(40):
        reply = await hear("/quote")
        assert [one.words for one in reply.quotes()] == [OWN_WORDS]


async def test_an_aside_with_paraphrases_is_found_by_them(corpus: Corpus) -> None:
    found = await corpus.hybrid_search("the audience clapped at the end")
    assert "speech 8.3" in [str(hit.reference) for hit in found.hits]
