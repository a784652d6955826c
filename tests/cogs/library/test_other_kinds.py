"""Texts of other kinds than the shipped ones, such as a play: what is said of their names and counts is true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.core.app import App
from corpus.corpus import Corpus
from corpus.source.adding import About, propose
from corpus.source.readers import read_file
from tests.cogs.reading import said
from tests.conftest import Ask
from tests.shelves import Shelf, store_with

PLAY = """\
The Winter Guests

A Play in Two Acts

By Harold Trotsky

ACT I

ANNA. The tea is cold, and nobody has brought the wood.

PETER. Wood is dearer than bread this winter.

ANNA. My mother saw two winters like it.

PETER. Kerensky has gone, and took the lantern with him.

ACT II

PETER. Power is like tea, Anna. It is taken while it is hot.

ANNA. Then give me the cup, and let us be quiet.
"""
INTERVIEW = """\
INTERVIEWER: Where were you on the night of the rising?

LEBEDEV: I was at the power station. We had orders from both sides to keep the lights on.

INTERVIEWER: And Trotsky?

LEBEDEV: He said to me at the gate, "Give me one train and I will give you a victory." I gave him none.

INTERVIEWER: What do you remember best?

LEBEDEV: The silence of the turbines at noon.
"""
LEAFLET = "The lantern hung above the door of house number {}, and nobody told Trotsky that it was lit."
GERMAN = """\
Am Abend sprach Trotzki im Zirkus, und die Arbeiter standen bis auf die Straße hinaus.

Das Winterpalais wurde in der Nacht gestürmt; ich saß im Café und hörte nur drei Schüsse.
"""
RUSSIAN = """\
Ленин прислал три телеграммы, а Троцкий ни одной.

Керенский уехал в автомобиле американского посольства.
"""
TEXTS = {
    "play": ("The Guests", "", PLAY),
    "interview": ("An Interview", "", INTERVIEW),
    "letters": ("Letters Home", "Clara Reed", "I bought a herring for two rubles, and the cat ate half of it."),
    "reed": ("The Days", "John Reed", "The tram went past the palace twice before anybody got down from it."),
    "garden": ("My Garden", "Natalia Trotsky", "The rabbits were fed at five, as they always had been."),
    "wien": ("Erinnerungen", "Karl Lutz", GERMAN),
    "zapiski": ("Записки", "Иван Петров", RUSSIAN),
    **{f"leaflet{n}": (f"Leaflet {n}", "", LEAFLET.format(n)) for n in range(5)},
}


@pytest.fixture(scope="module")
def migrated(migrated: Path, tmp_path_factory: pytest.TempPathFactory, shipped: Corpus) -> Path:
    made = [
        propose(read_file("a.txt", f"{words}\n".encode()), About(id=text, title=title, author=author), file="a.txt")
        for text, (title, author, words) in TEXTS.items()
    ]
    return store_with(migrated, tmp_path_factory.mktemp("kinds"), shipped, *made)


@pytest.fixture(autouse=True)
def _opened(app: App, shelf: Shelf) -> None:
    shelf.open(app)


@pytest.mark.parametrize("name", ["Anna", "PETER", "the interviewer", "who is Lebedev", "Harold Trotsky"])
async def test_whoever_is_named_in_an_added_text_is_not_said_to_be_in_none(ask: Ask, name: str) -> None:
    reply = await ask(f"/who {name}")
    assert "Nobody called" not in said(reply)
    assert "No note says who" in said(reply)
    assert "The Guests" in repr(reply) or "play 3.1" in repr(reply) or "An Interview" in repr(reply)


async def test_nobody_is_still_nobody(ask: Ask) -> None:
    assert "Nobody called “Barbara Bell”" in said(await ask("/who Barbara Bell"))


async def test_what_a_note_says_of_the_texts_names_those_that_it_is_about(ask: Ask) -> None:
    reply = said(await ask("/who Kerensky"))
    assert "On the speech and the article: Not named in the texts." in reply


@pytest.mark.parametrize("name", ["Trotsky", "Kerensky", "the soldiers"])
async def test_mentions_are_not_said_to_be_all_in_the_first_text(ask: Ask, shelf: Shelf, name: str) -> None:
    (person,) = shelf.corpus.finder.people(name)
    counts = shelf.corpus.mentions.count_by_text(person)
    (where,) = re.findall(r"Mentioned in [\d,]+ sentences? \(([^)]+)\)", said(await ask(f"/who {name}")))
    assert all(shelf.corpus.texts[text].name in where for text in counts) or where == f"in {len(counts)} texts"


@pytest.mark.parametrize("word", ["nobody", "lantern", "the"])
async def test_the_counts_by_text_add_up(ask: Ask, word: str) -> None:
    reply = await ask(f"/word {word}")
    (total,) = re.findall(r"(\d+) times", reply.title)
    (line,) = re.findall(r"By text: (.+)\.$", said(reply), re.MULTILINE)
    counted = [int(count) for count in re.findall(r"(?<!Leaflet) (\d+)(?=,|$| in \d)", line)]
    assert sum(counted) == int(total)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("“Give me one train and I will give you a victory” - Trotsky", "somebody whom LEBEDEV quotes: I can't tell"),
        ("“Give me one train and I will give you a victory” - Lenin", "somebody whom LEBEDEV quotes: I can't tell"),
        ("“We had orders from both sides to keep the lights on” - Lebedev", "The speaker is right: LEBEDEV."),
        ("“We had orders from both sides to keep the lights on” - Lenin", "Said by LEBEDEV, not Vladimir Lenin."),
        ("“I bought a herring for two rubles” - John Reed", "Said by Clara Reed, not John Reed."),
        ("“I bought a herring for two rubles” - J. Reed", "Said by Clara Reed, not J. Reed."),
        ("“I bought a herring for two rubles” - Reed", "The speaker is right: Clara Reed."),
        ("“I bought a herring for two rubles” - C. Reed", "The speaker is right: Clara Reed."),
        ("“I bought a herring for two rubles” - Ann Bell", "I don't know Ann Bell"),
        ("“It is taken while it is hot” - John Reed", "Said by PETER, not John Reed."),
        (
            "“The lantern hung above the door” - Lenin",
            "I can't tell whether that is Vladimir Lenin",
        ),
        (
            "“The tea is cold, and nobody has brought the wood” - Ann Bell",
            "I don't know Ann Bell, so I can't tell",
        ),
    ],
)
async def test_a_name_beside_words_of_an_added_text_is_right_wrong_or_not_known(
    ask: Ask, typed: str, says: str
) -> None:
    assert says in said(await ask(f"/check {typed}"))


async def test_whom_somebody_in_a_dialogue_quotes_is_not_said_to_be_that_somebody(ask: Ask) -> None:
    assert "Said by somebody whom LEBEDEV quotes:" in said(await ask("/who said give you a victory"))
    assert "Said by LEBEDEV:" in said(await ask("/who said orders from both sides"))


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("in play, tea", "play"),
        ("in The Guests wood", "play"),
        ("according to The Guests, the tea", "play"),
        ("play tea", "play"),
        ("what does the play say about Anna", "play"),
        ("reed on the tram", "reed"),
        ("John Reed on the tram", "reed"),
        ("Clara Reed about the herring", "letters"),
        ("from the interview: the turbines", "interview"),
    ],
)
async def test_a_text_that_is_named_first_is_the_one_that_is_searched(ask: Ask, typed: str, text: str) -> None:
    reply = await ask(f"/quote {typed}")
    assert "No exact match" not in reply.title
    assert {one.text for one in reply.quotes()} == {text}


@pytest.mark.parametrize("typed", ["in play herring", "what does the play say about herring", "The Guests on herring"])
async def test_of_a_text_that_is_named_first_it_is_said_that_it_has_not_the_words(ask: Ask, typed: str) -> None:
    reply = await ask(f"/quote {typed}")
    assert "No match for “herring” in “The Guests”. Elsewhere:" in said(reply)
    assert "letters 1.1" in repr(reply)


async def test_an_author_with_the_surname_of_somebody_in_the_notes_is_not_meant_by_it(shelf: Shelf) -> None:
    names = shelf.corpus.text_names
    assert names.or_author("Natalia Trotsky") == "garden"
    assert names.or_author("Trotsky") is None


async def test_a_text_is_called_by_its_id_before_an_author_is(shelf: Shelf) -> None:
    assert shelf.corpus.text_names.or_author("reed") == "reed"
    assert shelf.corpus.text_names.or_author("Clara Reed") == "letters"


async def test_a_text_in_another_language_is_not_said_to_be_silent(ask: Ask, shelf: Shelf) -> None:
    foreign = {"wien": "“Erinnerungen”", "zapiski": "“Записки”"}
    for topic in shelf.corpus.notes.topics:
        reply = await ask(f"/compare topic:{topic.name} texts:speech, garden, wien, zapiski")
        lines = said(reply).splitlines()
        silent = [line for line in lines if line.endswith("not mention this.")]
        assert not any(name in line for line in silent for name in foreign.values())
        has_none = [line for line in lines if "not in English" in line]
        spoke = {one.text for one in reply.quotes()}
        for text, name in foreign.items():
            assert reply.title != topic.name or text in spoke or any(name in line for line in has_none)
        assert all(line.endswith("no passage with these words.") for line in has_none)


async def test_that_the_texts_are_in_english_is_said_only_where_all_are(ask: Ask) -> None:
    assert "texts are in English" not in said(await ask("/quote палатка"))
    await ask("/library use garden reed")
    assert "The texts are in English" in said(await ask("/quote палатка"))


@pytest.mark.parametrize(("name", "text"), [("Peter", "The Guests"), ("Lebedev", "An Interview"), ("Lutz", "Erinner")])
async def test_who_speaks_in_a_text_is_not_said_to_be_in_none(ask: Ask, name: str, text: str) -> None:
    reply = said(await ask(f"/compare topic:{name}"))
    assert "isn't in the texts" not in reply
    assert re.search(rf"“{text}.* has the words of .*{name}", reply, re.IGNORECASE)
    together = said(await ask(f"/compare topic:{name} and herring"))
    assert f"“{name}”" not in together.partition("No passage has all the words")[2].partition(".")[2]


async def test_a_passage_without_words_is_no_scrap(ask: Ask) -> None:
    await ask("/library use play")
    for _ in range(20):
        (quote,) = (await ask("/quote")).quotes()
        assert len(quote.words.split()) >= 5
