"""A book that has the same sitting as the speech: side by side in /compare, told apart in /check."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.app import App
from bot.core.context import Context
from bot.core.library import owner_of
from bot.core.reply import Heading, Menu, Note
from corpus.corpus import Corpus
from corpus.source.adding import About, propose
from corpus.source.readers import read_file
from tests.cogs.reading import said
from tests.conftest import NOW, Ask
from tests.corpus.source.readers import files
from tests.shelves import Shelf, store_with

BOOK = """\
And now Trotsky stood upon the tribune, and the crowd rose to him.

“They speak of the necessity for a coalition. A coalition does not always add to our strength, comrades.” Laughter.

“The party came with its hand held out and said, ‘Here is the Power, take it!’ And that is no misunderstanding.

The coalition of which he spoke was forgotten by morning, and the hall was empty.

When it was over he said simply, “We shall now proceed to construct the Socialist order!”

Trust is good and control is better, said the sailor at the door.
"""


@pytest.fixture(scope="module")
def migrated(migrated: Path, tmp_path_factory: pytest.TempPathFactory, shipped: Corpus) -> Path:
    about = About(id="days", title="The Days", author=files.AUTHOR)
    made = propose(read_file("d.txt", BOOK.encode()), about, file="d.txt")
    return store_with(migrated, tmp_path_factory.mktemp("book"), shipped, made)


@pytest.fixture(autouse=True)
def _opened(app: App, shelf: Shelf) -> None:
    shelf.open(app)


async def test_the_book_answers_beside_the_speech_and_the_silent_article(ask: Ask) -> None:
    reply = await ask("/compare coalition texts:speech, article, days")
    headings = [part.words for part in reply.parts if isinstance(part, Heading)]
    assert headings == ["The speech: primary source", "“The Days”: primary source"]
    assert "The article does not mention this." in said(reply)
    assert "On the speech and the article: Only the speech" in said(reply)
    assert {one.text for one in (await ask("/compare coalition texts:days, speech")).quotes()} == {"speech", "days"}


async def test_an_event_says_nothing_of_a_book_in_which_nobody_looked_for_it(ask: Ask) -> None:
    reply = await ask("/event 20 August 1940")
    assert "The speech does not mention this." in said(reply)
    assert "The Days" not in said(reply)


async def test_a_book_takes_nothing_away_that_the_editors_know(ask: Ask, shipped: Corpus) -> None:
    for event in shipped.notes.events:
        assert (await ask(f"/event {event.name}")).title == event.name
    for person in shipped.notes.people:
        assert (await ask(f"/who {person.name}")).title == person.name


async def test_where_only_the_book_is_in_use_nothing_is_known_of_what_the_other_texts_leave_out(
    ask: Ask, shipped: Corpus
) -> None:
    await ask("/library use days")
    for event in shipped.notes.events:
        assert (await ask(f"/event {event.name}")).title != event.name


async def test_the_year_of_a_book_is_no_paragraph_of_it(app: App, ctx: Context, ask: Ask) -> None:
    lines = "\n\n".join(f"On day {number} the bread was counted again." for number in range(1, 1_925))
    about = About(id="chronicler", title="The Counting", author="Ann Chronicler")
    assert app.library is not None
    await app.library.add(
        owner_of(ctx.place), propose(read_file("c.txt", lines.encode()), about, file="c.txt"), "A", NOW
    )
    for cited in ("(Chronicler 1919, p. 172)", "— Chronicler 1919", "(Chronicler 1919)"):
        checked = await ask(f"/check “On day 12 the bread was counted again.” {cited}")
        assert checked.title == "✓ Word for word"
        assert "You gave" not in said(checked)
    assert "You gave chronicler 1919; it is chronicler 12" in said(
        await ask("/check “On day 12 the bread was counted again.” (chronicler 1919)")
    )


async def test_the_comparison_of_the_editors_goes_with_all_its_texts_alone(ask: Ask) -> None:
    assert "the speech speaks of coalition" not in said(await ask("/compare coalition texts:days, article"))


@pytest.mark.parametrize(
    "line", ["/compare coalition", "/quote always add strength", "/quote days 2.2", "/word strength"]
)
async def test_nobodys_name_is_below_what_the_book_quotes(ask: Ask, line: str) -> None:
    quoted = {one.reference: one.speaker for one in (await ask(line)).quotes() if one.text == "days"}
    assert all(
        speaker == f"quoted by {files.AUTHOR}" for reference, speaker in quoted.items() if reference[:6] != "days 4"
    )
    assert quoted or "somebody whom Mary Example quotes" in repr(await ask(line))


async def test_the_authors_own_words_are_the_authors(ask: Ask) -> None:
    assert {one.speaker for one in (await ask("/quote forgotten by morning")).quotes()} == {files.AUTHOR}


@pytest.mark.parametrize(
    ("line", "title", "says"),
    [
        ("A coalition does not always add to our strength, comrades.", "✓", "days 2.2"),
        (
            "Trotsky: “A coalition does not always add to our strength, comrades.”",
            "✓",
            "can't tell whether that is Leon",
        ),
        ("“A coalition does not always add to our strength, comrades” (The Days)", "✓", "days 2.2"),
        ("Mary Example: “The coalition of which he spoke was forgotten by morning”", "✓", "The speaker is right"),
        ("A coalition does always add to our strength, comrades.", "✗", "days 2.2 has other words"),
        ("Our party held out its hand, with the gunpowder still in it", "✓", "speech 5.3"),
        ("Trotsky: “Here is the Power, take it! And that is no misunderstanding.”", "", "somebody whom Mary Example"),
    ],
)
async def test_words_are_checked_against_the_text_that_has_them(ask: Ask, line: str, title: str, says: str) -> None:
    reply = await ask(f"/check {line}")
    assert title in reply.title + said(reply)
    assert says.casefold() in said(reply).casefold()


async def test_a_speaker_of_a_play_is_right(app: App, ctx: Context, ask: Ask) -> None:
    assert app.library is not None
    play = files.tei("<div><sp><speaker>Hamlet</speaker><p>I know not seems, madam, nor what it means.</p></sp></div>")
    made = propose(read_file("p.xml", play), About(id="play"), file="p.xml")
    await app.library.add(owner_of(ctx.place), made, "A", NOW)
    reply = await ask("/check Hamlet: “I know not seems, madam, nor what it means.”")
    assert "The speaker is right: Hamlet." in said(reply)


@pytest.mark.parametrize("name", ["Trotsky", "Lenin"])
@pytest.mark.parametrize("asked", ["“add to our strength” {}", "{}: “here is the power, take it”"])
async def test_whom_the_book_quotes_without_a_name_may_be_anybody(ask: Ask, name: str, asked: str) -> None:
    reply = await ask(f"/quote {asked.format(name)}")
    full = {"Trotsky": "Leon Trotsky", "Lenin": "Vladimir Lenin"}[name]
    assert reply.private
    assert reply.title == f"Perhaps not by {full}"
    assert f"somebody whom Mary Example quotes. I can't tell whether that is {full}." in said(reply)
    assert "is by" not in said(reply)


async def test_words_asked_of_somebody_may_be_theirs_where_nobody_is_named(ask: Ask) -> None:
    reply = await ask("/quote what did Lenin say about misunderstanding")
    assert reply.title == "Perhaps not by Vladimir Lenin"
    assert "None of the texts names Vladimir Lenin as a speaker." in said(reply)
    assert "I can't tell whether that is Vladimir Lenin." in said(reply)


async def test_several_authors_are_all_right_and_one_of_them_with_another_is_one_of_two(
    app: App, ctx: Context, ask: Ask
) -> None:
    assert app.library is not None
    about = About(id="manifest", author="Ada Winter and Boris Stein")
    text = "A ghost walks through all the houses of the town tonight."
    made = propose(read_file("m.txt", text.encode()), about, file="m.txt")
    await app.library.add(owner_of(ctx.place), made, "A", NOW)
    assert "The speaker is right: Ada Winter and Boris Stein." in said(
        await ask(f"/check Ada Winter and Boris Stein: “{text}”")
    )
    assert "one of those you named" in said(await ask(f"/check “{text}” - Winter and Lenin"))


async def test_who_is_only_in_a_text_is_not_said_to_be_in_none(app: App, ctx: Context, ask: Ask) -> None:
    assert app.library is not None
    text = "Among the leaders of the Left were Spiridonova, Karelin and Kamkov that night."
    made = propose(read_file("k.txt", text.encode()), About(id="left"), file="k.txt")
    await app.library.add(owner_of(ctx.place), made, "A", NOW)
    reply = await ask("/who Kamkov")
    assert said(reply).startswith("No note says who “Kamkov” is.")
    assert "Nobody called" not in said(reply)
    (menu,) = [part for part in reply.parts if isinstance(part, Menu) and part.action == "quote.show"]
    assert [choice.value for choice in menu.choices] == ["left 1.1"]


@pytest.mark.parametrize(
    "line",
    [
        "/quote lenin construct the socialist order", "/quote we shall construct the socialist order",
        "/quote proceed to construct a socialist order", "/check We will now proceed to construct a Socialist order",
        "/who said we construct the socialist order",
    ],
)  # fmt: skip
async def test_famous_words_that_the_book_has_are_not_said_to_be_in_no_text(ask: Ask, line: str) -> None:
    assert "Not in these texts. " not in str((await ask(line)).parts)


async def test_of_famous_words_in_another_form_than_the_books_the_source_is_told(ask: Ask) -> None:
    parts = str((await ask("/quote lenin construct the socialist order")).parts)
    assert "Not in these texts in these words. Lenin, at the same Congress" in parts
    assert "Not in these texts. Trotsky said something like it" in str((await ask("/quote dustbin of history")).parts)


@pytest.mark.parametrize(
    "line", ["/quote trust is good and control is better", "/quote Trust is good, and CONTROL is better!"]
)
async def test_words_that_stand_in_the_book_are_not_taken_for_famous_ones_like_them(ask: Ask, line: str) -> None:
    reply = await ask(line)
    assert [one.reference for one in reply.quotes()] == ["days 6.1"]
    assert not any(isinstance(part, Note) for part in reply.parts)


async def test_an_author_without_a_name_has_a_small_letter_within_a_sentence(app: App, ctx: Context, ask: Ask) -> None:
    assert app.library is not None
    book = b'The old man rose and said, "My name is nobody, and my works are sand."\n'
    made = propose(read_file("p.txt", book), About(id="poems", title="Poems"), file="p.txt")
    await app.library.add(owner_of(ctx.place), made, "A", NOW)
    assert "whom the author of “Poems” quotes" in said(await ask("/check my name is nobody and my works are sand"))


PLAY = "\n\n".join(
    f"{name}. {words}"
    for name, words in (
        ("MACBETH", "Is this a dagger which I see before me, the handle toward my hand?"),
        ("LADY MACBETH", "I heard the owl scream and the crickets cry."),
        ("MACBETH", "This is a sorry sight, and I am afraid to think what I have done."),
        ("LADY MACBETH", "A little water clears us of this deed, and how easy is it then."),
        ("MACBETH", "To know my deed, it were best not to know myself at all."),
        ("LADY MACBETH", "My hands are of your colour, but I shame to wear a heart so white."),
    )
)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("Macbeth: “Is this a dagger which I see before me, the handle toward my hand?”", "The speaker is right"),
        ("MACBETH: “This is a sorry sight, and I am afraid to think what I have done.”", "The speaker is right"),
        ("Lady Macbeth: “I heard the owl scream and the crickets cry.”", "The speaker is right"),
        ("Macbeth: “I heard the owl scream and the crickets cry.”", "Said by LADY MACBETH, not Macbeth."),
    ],
)
async def test_a_name_before_marked_words_is_whose_they_are_though_the_play_prints_it(
    app: App, ctx: Context, ask: Ask, typed: str, says: str
) -> None:
    assert app.library is not None
    made = propose(read_file("m.txt", PLAY.encode()), About(id="m", title="The Tragedy"), file="m.txt")
    await app.library.add(owner_of(ctx.place), made, "A", NOW)
    reply = await ask(f"/check {typed}")
    assert says in said(reply)
    assert reply.title == ("✓ Word for word" if says == "The speaker is right" else "✗ Right words, wrong speaker")
