"""/who: everybody of whom the texts speak, by any spelling, with every mention."""

from __future__ import annotations

import pytest

from bot.core.app import App
from bot.core.context import Context
from bot.core.reply import Items, Menu, Note, Prose, Reply
from tests.conftest import Ask, Press


def said(reply: Reply) -> str:
    return "\n".join(part.words for part in reply.parts if isinstance(part, Prose))


def listed(reply: Reply) -> str:
    return "\n".join(item for part in reply.parts if isinstance(part, Items) for item in part.items)


def offered(reply: Reply, action: str) -> list[str]:
    menus = [part for part in reply.parts if isinstance(part, Menu) and part.action == action]
    return [choice.value for menu in menus for choice in menu.choices]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Comrade Avilov", "Boris Avilov"),
        ("Bronstein", "Leon Trotsky"),
        ("Lev Davidovich", "Leon Trotsky"),
        ("trotzky", "Leon Trotsky"),
        ("Avksentyev", "Nikolai Avksentiev"),
        ("Lieber", "Mikhail Liber"),
        ("ramon mercader", "Ramón Mercader"),
        ("Stallin", "Joseph Stalin"),
        ("the heckler", "A voice from the hall"),
    ],
)
async def test_any_spelling_leads_to_the_person(ask: Ask, typed: str, name: str) -> None:
    assert (await ask(f"/who {typed}")).title == name


async def test_everybody_is_reached_by_each_of_their_names_and_by_completion(app: App, ctx: Context) -> None:
    for person in app.corpus.notes.people:
        for typed in (person.name, *person.aliases):
            assert (await app.run("who", {"person": typed}, ctx)).title == person.name, typed
            choices = await app.suggest("who", "person", typed, ctx)
            assert person.id in [choice.value for choice in choices], typed
        assert (await app.run("who", {"person": person.id}, ctx)).title == person.name


async def test_a_person_has_note_spellings_mentions_events_and_company(ask: Ask, app: App) -> None:
    reply = await ask("/who Avksentyev")
    avksentiev = next(person for person in app.corpus.notes.people if person.id == "avksentiev")
    assert reply.parts[0] == Note(f"{avksentiev.life}. {avksentiev.note}")
    assert "Avxentiev" in said(reply)
    assert offered(reply, "quote.show") == ["speech 3.6", "speech 3.7"]
    assert "speech 3.6: Today we heard a peasant request … the arrest of Avksentiev." in listed(reply)
    assert "The article does not speak of them." in said(reply)
    assert "The peasant who asked for an arrest (speech 3.6, speech 3.7)" in said(reply)


async def test_the_speaker_of_a_text_is_said_to_be_that(ask: Ask) -> None:
    reply = await ask("/who Trotsky")
    assert "Leon Trotsky is the speaker." in said(reply)
    assert "The speech does not speak" not in said(reply)


async def test_every_event_of_a_person_is_offered(ask: Ask, app: App) -> None:
    for person in app.corpus.notes.people:
        events = [event.id for event in app.corpus.notes.events if person.id in event.concerns]
        assert offered(await ask(f"/who {person.name}"), "event.show") == events


async def test_every_mention_is_on_some_page(app: App, ctx: Context) -> None:
    for person in app.corpus.notes.people:
        reply = await app.act("who.show", person.id, ctx)
        found = offered(reply, "quote.show")
        while more := next((one for one in reply.buttons if one.label == "More mentions" and one.enabled), None):
            reply = await app.act(more.action, more.value, ctx)
            found += offered(reply, "quote.show")
        assert found == [str(one) for one in app.corpus.mentions.of(person)]
        assert found == sorted(set(found), key=found.index)


async def test_each_sentence_that_prints_a_name_mentions_the_person(app: App) -> None:
    corpus = app.corpus
    for name, person in {"Lenin": "lenin", "Stalin": "stalin", "Trotsky": "trotsky", "Avilov": "avilov"}.items():
        (known,) = [one for one in corpus.notes.people if one.id == person]
        found = set(corpus.mentions.of(known))
        for reference in corpus.sentences():
            words = corpus.passages(reference)[0].words
            if name in words and f"{name}yism" not in words and f"{name}ism" not in words:
                assert reference in found, reference


async def test_a_small_word_is_no_name(app: App) -> None:
    (service,) = [one for one in app.corpus.notes.people if one.id == "service"]
    assert [str(one) for one in app.corpus.mentions.of(service)] == ["article 30.1"]


async def test_several_of_a_name_are_a_menu(ask: Ask, press: Press) -> None:
    reply = await ask("/who Nikolai")
    people = offered(reply, "who.show")
    assert len(people) > 1
    assert (await press("who.show", people[0])).title in listed(reply)


@pytest.mark.parametrize("typed", ["the old man with the ice axe", "the guy with the goatee"])
async def test_a_description_leads_to_somebody(ask: Ask, typed: str) -> None:
    reply = await ask(f"/who {typed}")
    assert reply.title == "Nobody by this name"
    assert "trotsky" in offered(reply, "who.show")


async def test_nobody_is_a_helpful_no(ask: Ask, app: App) -> None:
    reply = await ask("/who Napoleon Bonaparte")
    assert not reply.error
    assert "Napoleon Bonaparte" in said(reply)
    assert offered(reply, "who.show") == [person.id for person in app.corpus.notes.people]


@pytest.mark.parametrize("value", ["", "nobody", "trotsky", "trotsky x", "nobody 1", "trotsky ²"])
async def test_a_button_of_nobody_is_told_kindly(press: Press, value: str) -> None:
    reply = await press("who.mentions", value)
    assert reply.error
    assert not reply.incident


async def test_a_page_past_the_end_is_the_last(press: Press) -> None:
    assert (await press("who.mentions", "trotsky 999999")).title == "Leon Trotsky: mentions, 4 of 4"
    assert (await press("who.mentions", "trotsky 0")).title == "Leon Trotsky: mentions, 1 of 4"
