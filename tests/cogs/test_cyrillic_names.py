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
from bot.core.reply import Reply
from cogs.shared.cyrillic_names import with_latin_names
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
    "Керенский": "Kerensky",
}
REQUESTS = (
    "/event {}", "/event when was {} born", "/event {} 1917", "/event {}, please", "/compare {}",
    "/compare {} and Stalin", "/compare Stalin vs {}", "/compare text:article {}", "/timeline {}",
    "/timeline since {}'s death", "/timeline topic:{}",
)  # fmt: skip


def content(reply: Reply) -> Reply:
    """A reply without what a button to repeat it carries."""
    return structs.replace(reply, repeat="")


@pytest.mark.parametrize("request_", REQUESTS)
@pytest.mark.parametrize("name", NAMES)
async def test_a_name_leads_where_it_does_in_latin_letters(ask: Ask, name: str, request_: str) -> None:
    latin = await ask(request_.format(NAMES[name]))
    assert content(await ask(request_.format(name))) == content(latin)


@pytest.mark.parametrize("line", ["/event {}", "/compare {}"])
@pytest.mark.parametrize("name", NAMES)
async def test_there_is_an_answer(ask: Ask, line: str, name: str) -> None:
    reply = await ask(line.format(name))
    assert not reply.error
    assert "ound" not in reply.title
    assert reply.title != "Nothing to compare"


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
