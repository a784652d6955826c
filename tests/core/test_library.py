"""The library: a server's texts are in its look-ups soon, and in nobody else's ever."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from sqlite3 import ProgrammingError

import pytest

from bot.__main__ import ask_once
from bot.core.app import App
from bot.core.context import Context, Person, Place
from bot.core.errors import UserError
from bot.core.library import BUILDING, MOST_TEXTS, Library, owner_of
from bot.platforms.typed_commands import answer_line
from bot.storage.library import ShelfText
from bot.storage.owner import EVERYBODY, Owner
from bot.storage.store import Store
from corpus.corpus import Corpus
from corpus.source.adding import About, Proposal, propose
from corpus.source.frozen import freeze
from corpus.source.readers import read_file
from corpus.source.readers.document import Unreadable
from tests.connections import still_open
from tests.corpus.source.readers import files
from tests.processes import until

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
ADA, EVE = Place("test", "general", "ada"), Place("test", "general", "eve")


def proposal(text_id: str = "queue", words: bytes | None = None) -> Proposal:
    document = read_file("queue.epub", files.epub()) if words is None else read_file("a.txt", words)
    return propose(document, About(id=text_id), file="queue.epub")


@pytest.fixture
def library(app: App) -> Library:
    assert app.library is not None
    return app.library


def asked_in(app: App, place: Place) -> Context:
    return app.context(Person("1", "Ada", admin=True), place)


async def test_a_servers_text_is_looked_up_there_at_once(app: App, library: Library) -> None:
    await library.add(owner_of(ADA), proposal(), "Ada", NOW)
    reply = await answer_line(app, "/quote shelves were bare", asked_in(app, ADA))
    assert [one.reference for one in reply.quotes()] == ["queue 4.2"]
    before = await answer_line(app, "/quote gunpowder", asked_in(app, ADA))
    assert [one.reference for one in before.quotes()] == ["speech 5.3"]


async def test_who_adds_a_text_hears_how_much_of_its_index_is_built(library: Library) -> None:
    done: list[float] = []
    words = b"Whoever waits for this new index wants to hear how far it is.\n"
    await library.add(owner_of(ADA), proposal(words=words), "Ada", NOW, done.append)
    assert done
    assert done == sorted(done)
    assert 0 < done[0] < done[-1] <= 1


@pytest.mark.parametrize(
    "line",
    [
        "/quote shelves were bare",
        "/quote queue 4",
        "/quote text:queue bread",
        "/compare shelves",
        "/word shelves",
        "/check By one the shelves were bare.",
        "/who Mary Example",
        "/read queue",
        "/read text:queue",
        "/sources",
        "/event shelves",
        "/fact shelves",
        "/timeline shelves",
        "/export facts",
        "/export anki",
        "/compare shelves texts:speech, queue",
        "/quiz review queue",
        "/card queue 4.2",
        "/help",
    ],
)
async def test_no_other_server_sees_it(app: App, library: Library, line: str) -> None:
    elsewhere = [EVE, Place("test", "dm", None, private=True), Place("other", "general", "ada")]
    before = [await answer_line(app, line, asked_in(app, place)) for place in elsewhere]
    await library.add(owner_of(ADA), proposal(), "Ada", NOW)
    assert "queue" in (await app.corpus_of(ADA)).texts
    after = [await answer_line(app, line, asked_in(app, place)) for place in elsewhere]
    for reply in after:
        shown = repr(reply)
        assert not [
            secret for secret in ("Bread Queue", "Baker", "morning!", "corner of the street") if secret in shown
        ]
    assert [one.error for one in after] == [one.error for one in before]


async def test_no_completion_and_no_button_shows_it_elsewhere(app: App, library: Library) -> None:
    await library.add(owner_of(ADA), proposal(), "Ada", NOW)
    for command in app.commands.values():
        for parameter in command.parameters:
            for typed in ("", "queue", "shelves", "Mary"):
                found = await app.suggest(command.name, parameter.name, typed, asked_in(app, EVE))
                assert not [one for one in found if "queue" in one.value or "Queue" in one.label], command.name
    for action in app.actions:
        for value in ("queue 4.2", "queue 1", "queue"):
            reply = await app.act(action, value, asked_in(app, EVE), None)
            assert "shelves" not in repr(reply)
            assert "Bread" not in repr(reply)


async def test_no_message_shortcut_shows_it_elsewhere(app: App, library: Library) -> None:
    await library.add(owner_of(ADA), proposal(), "Ada", NOW)
    for name in app.message_actions:
        for words in files.SENTENCES:
            shown = repr(await app.act_on_message(name, words, asked_in(app, EVE)))
            assert not [one for one in ("Bread Queue", "queue 4", files.AUTHOR) if one in shown], name
    found = await app.act_on_message("Find this passage", files.SENTENCES[-1], asked_in(app, ADA))
    assert [one.reference for one in found.quotes()] == ["queue 4.2"]


async def test_everybodys_shelf_is_everywhere_and_two_servers_share_its_index(app: App, library: Library) -> None:
    await library.add(EVERYBODY, proposal(), "the operator", NOW)
    assert await app.corpus_of(ADA) is await app.corpus_of(EVE)
    assert list((await app.corpus_of(Place("test", "dm", None))).texts) == ["speech", "article", "queue"]


async def test_a_server_chooses_what_it_uses(app: App, library: Library) -> None:
    owner = owner_of(ADA)
    await library.add(owner, proposal(), "Ada", NOW)
    await library.use(owner, ["queue"])
    corpus = await app.corpus_of(ADA)
    assert list(corpus.texts) == ["queue"]
    assert not corpus.notes.facts
    assert not corpus.notes.people
    assert list((await app.corpus_of(EVE)).texts) == ["speech", "article"]
    await library.use(owner, ["queue", "speech"])
    corpus = await app.corpus_of(ADA)
    assert list(corpus.texts) == ["speech", "queue"]
    assert {one.text for fact in corpus.notes.facts for one in fact.references} == {"speech"}


async def test_a_removed_text_is_gone(app: App, library: Library) -> None:
    owner = owner_of(ADA)
    await library.add(owner, proposal(), "Ada", NOW)
    assert await library.remove(owner, "queue")
    assert not await library.remove(owner, "queue")
    assert await app.corpus_of(ADA) is app.corpus


async def test_who_removes_a_text_waits_for_the_index_without_it(library: Library) -> None:
    owner, done = owner_of(ADA), list[float]()
    await library.add(owner, proposal(), "Ada", NOW)
    await library.add(owner, proposal("second", b"A second text that nobody has read yet.\n"), "Ada", NOW)
    await library.remove(owner, "queue", done.append)
    assert done
    corpus = await library.corpus(owner, patience=0)
    assert list(corpus.texts) == ["speech", "article", "second"]
    assert not (await corpus.index.search("shelves were bare")).hits


@pytest.mark.parametrize("first", [owner_of(ADA), EVERYBODY])
async def test_an_id_means_one_text_on_a_servers_shelf_and_on_everybodys(library: Library, first: Owner) -> None:
    second = owner_of(ADA) if first == EVERYBODY else EVERYBODY
    made, late = proposal(), proposal(words=b"Quite another sentence.\n")
    await library.shelves.put(library_text(made, first), freeze(made.text))
    with pytest.raises(UserError, match="added as queue meanwhile"):
        await library.add(second, late, "Ada", NOW)
    await library.shelves.remove(first, "queue", b"")
    with pytest.raises(UserError, match="added as queue meanwhile"):
        await library.add(second, late, "Ada", NOW)
    with pytest.raises(Unreadable, match="There is or was another text with the id queue"):
        await library.propose(second, "a.txt", b"Quite another sentence.\n", About("queue"))
    found = await library.propose(second, "queue.txt", b"Quite another sentence.\n", About())
    assert found.text.id == "queue-2"


async def test_another_process_sees_a_change(app: App, library: Library, store: Store, corpus: Corpus) -> None:
    other = Library(corpus, store)
    await library.add(owner_of(ADA), proposal(), "Ada", NOW)
    assert "queue" in (await other.corpus(owner_of(ADA))).texts
    await other.close()


async def test_another_process_sees_a_later_change_after_a_few_seconds(
    library: Library, store: Store, corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, owner = Library(corpus, store), owner_of(ADA)
    assert "queue" not in (await other.corpus(owner)).texts
    await library.add(owner, proposal(), "Ada", NOW)
    monkeypatch.setattr(other.shelves.revision, "_until", 0.0)
    assert "queue" in (await other.corpus(owner)).texts
    await other.close()


async def test_the_old_index_answers_while_the_new_one_is_built(app: App, library: Library) -> None:
    owner = owner_of(ADA)
    await library.add(owner, proposal(), "Ada", NOW)
    old = await app.corpus_of(ADA)
    second = proposal("second", b"A second text that nobody has read yet.\n\nIt is short.\n")
    await library.shelves.put(library_text(second, owner), b"not yet frozen")
    library._choices.clear()
    assert await library.built(owner) == 1
    assert await library.corpus(owner, patience=0) is old
    assert await library.built(owner) == 0


async def test_who_asks_meanwhile_hears_that_the_answer_is_the_old_indexs(app: App, library: Library) -> None:
    """Otherwise it would say of a text that was added that there is none, and of its words that no text has them."""
    lines = ("/quote second", "/quote second 1", "/word nobody", "/check A second text that nobody has read yet.")
    for line in lines:
        assert "still indexing" not in str(await answer_line(app, line, asked_in(app, ADA)))
    second = proposal("second", b"A second text that nobody has read yet.\n\nIt is short.\n")
    await library.shelves.put(library_text(second, owner_of(ADA)), b"not yet frozen")
    library._choices.clear()
    for line in lines:
        assert "still indexing" in str(await answer_line(app, line, asked_in(app, ADA)))
        assert "still indexing" not in str(await answer_line(app, line, asked_in(app, EVE)))
    reply = await answer_line(app, "/settings", asked_in(app, ADA))
    assert "still indexing" not in str(reply)
    await library.shelves.remove(owner_of(ADA), "second", b"")
    library._choices.clear()
    assert "still indexing" not in str(await answer_line(app, "/word nobody", asked_in(app, ADA)))


async def test_a_text_is_looked_up_by_its_title_its_author_and_its_chapters(app: App, library: Library) -> None:
    await library.add(owner_of(ADA), proposal(), "Ada", NOW)

    async def ask(line: str) -> str:
        reply = await answer_line(app, line, asked_in(app, ADA))
        return str(next((one.reference for one in reply.quotes()), reply))

    assert await ask("/read queue chapter two") == "queue 3.1"
    assert await ask('/quote the last sentence of "the bread queue"') == "queue 4.2"
    assert await ask("/quote what does Mary Example say about shelves") == "queue 4.2"
    assert await ask("/quote what does Example say about shelves") == "queue 4.2"
    assert "Mary Example: The Bread Queue" in await ask("/who Mary Example")
    assert "names" not in await ask("/who wrote the bread queue")


async def test_famous_words_that_an_added_text_has_are_not_said_to_be_missing(app: App, library: Library) -> None:
    made = proposal("pamphlet", b"A specter is haunting Europe.\n\nTen days that nobody counted passed.\n")
    await library.add(owner_of(ADA), made, "Ada", NOW)
    for line in ("/quote a spectre is haunting Europe", "/quote specter haunting"):
        assert "Not in these texts" not in str(await answer_line(app, line, asked_in(app, ADA)))
        assert "Not in these texts" in str(await answer_line(app, line, asked_in(app, EVE)))


async def test_who_asks_once_on_the_command_line_waits_for_the_index(
    app: App, library: Library, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert Library.corpus.__kwdefaults__
    monkeypatch.setitem(Library.corpus.__kwdefaults__, "patience", 0)
    made = proposal("second", b"A second text that nobody has read yet.\n\nIt is short.\n")
    await library.shelves.put(library_text(made, EVERYBODY), freeze(made.text))
    assert await ask_once(app, "/quote nobody has read", None, as_json=False) == 0
    assert "second 1" in capsys.readouterr().out


def library_text(made: Proposal, owner: Owner) -> ShelfText:
    return ShelfText(owner.platform, owner.server, made.text.id, made.text.title, made.edition, 9, 2, "Ada", NOW)


async def test_a_full_shelf_says_so(library: Library) -> None:
    owner = owner_of(ADA)
    for number in range(MOST_TEXTS):
        await library.shelves.put(library_text(proposal(f"text-{number}"), owner), b"")
    with pytest.raises(UserError, match="shelf is full"):
        await library.add(owner, proposal(), "Ada", NOW)


async def test_a_servers_own_text_goes_before_everybodys_of_the_same_id(library: Library) -> None:
    await library.add(owner_of(ADA), proposal(words=b"Ours is this sentence.\n"), "Ada", NOW)
    made = proposal()  # from a time when an id could be on both
    await library.shelves.put(library_text(made, EVERYBODY), freeze(made.text))
    library._choices.clear()
    own, everybodys = [await library.corpus(owner_of(place)) for place in (ADA, EVE)]
    assert own.texts["queue"].paragraphs[0].words == "Ours is this sentence."
    assert everybodys.texts["queue"].title == files.TITLE


async def test_corpora_that_were_put_away_are_closed_in_the_end(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An open one would keep the program from ending."""
    monkeypatch.setattr("bot.core.shelf_corpora._OPEN", 1)
    opened = []
    for number in range(3):
        owner = Owner("test", str(number))
        await library.add(owner, proposal(f"text-{number}", f"Text number {number} of three.\n".encode()), "Ada", NOW)
        opened.append(await library.corpus(owner))
    await library.close()
    for corpus in opened:
        corpus.index._inverted = None  # a small corpus is searched in memory, without its database
        with pytest.raises(ProgrammingError, match="closed"):
            await corpus.index.search("number")
        await corpus.close()


@pytest.mark.parametrize("serves", [True, False])
async def test_a_shelf_is_warmed_up_only_where_others_wait_for_it(store: Store, corpus: Corpus, serves: bool) -> None:
    """A command line ends after one answer, or after none: it loads what that one needs."""
    library = Library(corpus, store, warms_up=serves)
    await library.add(owner_of(ADA), proposal(), "Ada", NOW)
    opened = await library.corpus(owner_of(ADA))
    assert "queue" in opened.texts
    assert ("quotation_checker" in vars(opened)) is serves
    await library.close()


@pytest.fixture
def warming(monkeypatch: pytest.MonkeyPatch) -> tuple[asyncio.Event, asyncio.Event]:
    """Corpora are warmed up while the second event is set, as it is at first; the first says that one has begun."""
    begun, goes_on, warm_up = asyncio.Event(), asyncio.Event(), Corpus.warm_up
    goes_on.set()

    async def slow(self: Corpus) -> None:
        begun.set()
        await goes_on.wait()
        await warm_up(self)

    monkeypatch.setattr(Corpus, "warm_up", slow)
    return begun, goes_on


async def test_after_a_start_the_first_answer_waits_for_the_index_that_is_there(
    library: Library, store: Store, corpus: Corpus, warming: tuple[asyncio.Event, asyncio.Event]
) -> None:
    """Nothing was changed: it would not know the texts that were added, and would say that they are being indexed."""
    owner = owner_of(ADA)
    await library.add(owner, proposal(), "Ada", NOW)
    begun, goes_on = warming
    begun.clear()
    goes_on.clear()
    started = Library(corpus, store, warms_up=True)
    patient = asyncio.create_task(started.corpus(owner, patience=BUILDING))
    await begun.wait()
    impatient = asyncio.create_task(started.corpus(owner, patience=0))
    # Choices and forms: platforms give them three seconds, and take none that come later.
    assert await started.corpus(owner, patience=0, in_haste=True) is corpus
    await asyncio.sleep(0.05)
    assert not impatient.done()
    goes_on.set()
    assert "queue" in (await impatient).texts
    assert not started.is_behind_in(ADA)
    await patient
    await started.close()


async def test_an_index_that_is_being_opened_is_closed_with_the_library(
    library: Library, store: Store, corpus: Corpus
) -> None:
    await library.add(owner_of(ADA), proposal(), "Ada", NOW)
    before = len(still_open())
    for milliseconds in (0, 1, 2, 5, 10, 20):
        other = Library(corpus, store)
        await other.corpus(owner_of(ADA), patience=milliseconds / 1000)
        await other.close()
        # A thread that is opening it goes on to the end, though nobody waits for it any more.
        await until(lambda: len(still_open()) == before)
