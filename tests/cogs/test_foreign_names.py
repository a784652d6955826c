"""Names of people in Cyrillic lead where the same names in Latin letters do."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from bot.core.app import App
from bot.core.context import Context
from bot.core.library import owner_of
from bot.core.reply import Prose, Reply
from cogs.shared.foreign_names import with_latin_names
from corpus.corpus import Corpus
from corpus.source.adding import About, propose
from corpus.source.readers import read_file
from tests.conftest import NOW, Ask

NAMES = {
    "Троцкий": "Trotsky",
    "Лев Троцкий": "Trotsky",
    "Л. Д. Троцкий": "Trotsky",
    "троцкий": "Trotsky",
    "Ленин": "Lenin",
    "Ленина": "Lenin",
    "Ленину": "Lenin",
    "Троцкого": "Trotsky",
    "Льву Давидовичу Троцкому": "Trotsky",
    "Лениным": "Lenin",
    "Керенский": "Kerensky",
    "Керенском": "Kerensky",
}
CASES = {
    "Leon Trotsky": "Троцкий Троцкого Троцкому Троцким Троцком",
    "Vladimir Lenin": "Ленин Ленина Ленину Лениным Ленине",
    "Joseph Stalin": "Сталин Сталина Сталину Сталиным Сталине",
    "Boris Avilov": "Авилов Авилова Авилову Авиловым Авилове",
    "Fyodor Dan": "Дан Дана Дану Даном Дане",
    "Mikhail Liber": "Либер Либера Либеру Либером Либере",
    "Nikolai Avksentiev": "Авксентьев Авксентьева Авксентьеву Авксентьевым Авксентьеве",
    "Matvei Skobelev": "Скобелев Скобелева Скобелеву Скобелевым Скобелеве",
    "Mikhail Tereshchenko": "Терещенко",
    "Nikolai Kishkin": "Кишкин Кишкина Кишкину Кишкиным Кишкине",
    "Alexander Konovalov": "Коновалов Коновалова Коновалову Коноваловым Коновалове",
    "Vladimir Karelin": "Карелин Карелина Карелину Карелиным Карелине",
    "Alexander Kerensky": "Керенский Керенского Керенскому Керенским Керенском",
    "Ramón Mercader": "Меркадер Меркадера Меркадеру Меркадером Меркадере",
}
"""The surnames in all their cases, from the nominative to the prepositional."""
FULL_CASES = {
    "Leon Trotsky": "Льва Троцкого, Льву Троцкому, Львом Троцким, Льве Троцком, Льва Давидовича Троцкого",
    "Vladimir Lenin": "Владимира Ильича Ленина, Владимиру Ленину, Владимиром Ильичом Лениным, В. И. Ленина",
    "Joseph Stalin": "Иосифа Сталина, Иосифу Сталину, Иосифом Сталиным, И. В. Сталина, Кобы, Кобе, Кобу, Кобой",
    "Nikolai Avksentiev": "Николая Авксентьева, Николаю Авксентьеву, Николаем Авксентьевым",
    "Alexander Kerensky": "Александра Керенского, Александром Керенским, А. Ф. Керенскому",
}
REQUESTS = (
    "/event {}", "/event when was {} born", "/event {} 1917", "/event {}, please", "/compare {}",
    "/compare {} and Stalin", "/compare Stalin vs {}", "/compare {} texts:speech, article", "/timeline {}",
    "/timeline since {}'s death", "/timeline topic:{}", "/word {}", "/word {} exactly:yes", "/who {}",
)  # fmt: skip


@pytest.mark.parametrize(
    ("person", "name"),
    [(person, name) for person, names in CASES.items() for name in names.split()]
    + [(person, name) for person, names in FULL_CASES.items() for name in names.split(", ")],
)
async def test_a_name_is_known_in_each_case(ask: Ask, person: str, name: str) -> None:
    assert (await ask(f"/who {name}")).title == person
    assert (await ask(f"/who {name.lower()}")).title == person


def content(reply: Reply) -> Reply:
    """A reply without what a button to repeat it carries."""
    return structs.replace(reply, repeat="")


@pytest.mark.parametrize("request_", REQUESTS)
@pytest.mark.parametrize("name", NAMES)
async def test_a_name_leads_where_it_does_in_latin_letters(ask: Ask, name: str, request_: str) -> None:
    latin = await ask(request_.format(NAMES[name]))
    assert content(await ask(request_.format(name))) == content(latin)


@pytest.mark.parametrize("line", ["/event {}", "/compare {}", "/fact {}"])
@pytest.mark.parametrize("name", NAMES)
async def test_there_is_an_answer(ask: Ask, line: str, name: str) -> None:
    reply = await ask(line.format(name))
    assert not reply.error
    assert "ound" not in reply.title
    assert reply.title != "Nothing to compare"


@pytest.mark.parametrize("name", ["Ленину", "Сталиным"])
async def test_a_quiz_on_somebody_has_the_questions_on_that_topic(ask: Ask, name: str) -> None:
    latin = {"Ленину": "Lenin", "Сталиным": "Stalin"}[name]
    assert (await ask(f"/quiz review {name}")).title.startswith(f"Review on {latin}: 1 of ")


async def test_two_names_are_compared(ask: Ask) -> None:
    assert content(await ask("/compare Троцкий vs Ленин")) == content(await ask("/compare Trotsky vs Lenin"))


async def test_a_text_that_has_the_name_so_is_compared_by_it(app: App, ctx: Context, ask: Ask) -> None:
    assert app.library is not None
    words = "Ленин говорил долго, и никто не уходил из зала."
    made = propose(read_file("s.txt", words.encode()), About(id="rech", title="Речь"), file="s.txt")
    await app.library.add(owner_of(ctx.place), made, "A", NOW)
    assert [one.words for one in (await ask("/compare Ленин")).quotes()] == [words]


@pytest.mark.parametrize("typed", ["революция", "и", "Иванов", "Trotsky", "", "мир и хлеб", "о нём", "Троцкий" * 60])
def test_other_words_stay(shipped: Corpus, typed: str) -> None:
    assert with_latin_names(shipped, typed) == typed


@given(st.lists(st.sampled_from(["Троцкий", "ленин", " ", "-", ".", "и", "Lenin", "1917", "’s"])).map("".join))
def test_nothing_typed_raises(shipped: Corpus, typed: str) -> None:
    with_latin_names(shipped, typed)


@pytest.mark.parametrize("unit", ["Троцкий ", "и-", "б", ". "])
def test_long_words_cost_no_more_than_their_length(shipped: Corpus, unit: str) -> None:
    for length in (300, 200_000):
        started = time.thread_time()
        with_latin_names(shipped, (unit * length)[:length])
        assert time.thread_time() - started < 0.5


@pytest.mark.parametrize("typed", ["почему Ленин молчал", "Керенский и комиссары", "партийный съезд"])
async def test_a_question_is_not_repeated_otherwise_than_it_was_typed(ask: Ask, typed: str) -> None:
    reply = await ask(f"/event {typed}")
    (said, *_) = [part.words for part in reply.parts if isinstance(part, Prose)]
    assert said.startswith(
        "No event found. I know dates, names and plain questions in Russian, and anything else in English."
    )
