"""/who: everybody of whom the texts speak, by any spelling, with every mention."""

from __future__ import annotations

import threading

import pytest

from bot.core.app import App
from bot.core.context import Context
from bot.core.reply import Menu, Note, Reply
from corpus.names.mentions import Company, Mentions
from corpus.note_model import Person
from tests.cogs.reading import lines, said
from tests.conftest import Ask, Press


def offered(reply: Reply, action: str) -> list[str]:
    menus = [part for part in reply.parts if isinstance(part, Menu) and part.action == action]
    return [choice.value for menu in menus for choice in menu.choices]


async def all_pages(app: App, ctx: Context, reply: Reply, label: str) -> list[Reply]:
    """The pages behind a button of somebody's, from the first to the last."""
    (way,) = [one for one in reply.buttons if one.label == label]
    pages = [await app.act(way.action, way.value, ctx)]
    while more := next((one for one in pages[-1].buttons if one.label == "Next ▶" and one.enabled), None):
        pages.append(await app.act(more.action, more.value, ctx))
    return pages


def labels(reply: Reply) -> list[str]:
    return [one.label for one in reply.buttons]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        *((typed, "Leon Trotsky") for typed in ("Лев Давидович", "Lev Davidovitch", "Lew Dawidowitsch")),
        *((typed, "Joseph Stalin") for typed in ("Иосиф Виссарионович", "Joseph Vissarionovich", "Генсек Сталин")),
        *((typed, "Joseph Stalin") for typed in ("Generalsekretär Stalin", "Диктатор Сталин")),
        *((typed, "Fyodor Dan") for typed in ("Фёдор Ильич Дан", "Fyodor Ilyich Dan")),
        *((typed, "Alexander Kerensky") for typed in ("Александр Фёдорович", "Ministerpräsident Kerenski")),
        *((typed, "Alexander Kerensky") for typed in ("Président Kerensky", "Primo ministro Kerenski")),
        *((typed, "Nicholas II") for typed in ("Николай Александрович", "le tsar", "el zar", "lo zar", "der Zar")),
        *((f"{title} Trotsky", "Leon Trotsky") for title in ("Monsieur", "Señor", "Signor", "Citoyen", "Vorsitzender")),
        *((f"{title} Троцкий", "Leon Trotsky") for title in ("Председатель", "Гражданин", "нарком тов.")),
        *((f"{asked} Trotsky", "Leon Trotsky") for asked in ("quién era", "chi era", "quem foi", "qui était")),
    ],
)
async def test_titles_patronymics_and_questions_of_other_languages_lead_to_the_person(
    ask: Ask, typed: str, name: str
) -> None:
    assert (await ask(f"/who {typed}")).title == name


@pytest.mark.parametrize(
    "typed",
    ["Frau Trotsky", "Alexander Ivanovich Kerensky", "Zar Alexander", "Monsieur X"],
)
async def test_somebody_else_with_a_title_or_patronymic_is_nobody_known(ask: Ask, typed: str) -> None:
    assert (await ask(f"/who {typed}")).title == "Nobody found"


@pytest.mark.parametrize("command", ["who", "event", "timeline", "compare", "word", "quote", "fact", "check"])
@pytest.mark.parametrize(
    "typed", ["<@U1|ada>", "<@123456789012345678>", "<@!1> <#C1|general>", "<!here>", "<:cat:12>", "</quote:1>"]
)
async def test_a_mention_alone_is_not_looked_up_and_its_id_not_repeated(ask: Ask, command: str, typed: str) -> None:
    reply = await ask(f"/{command} {typed}")
    assert reply.error == "I can't look up a mention from this chat. Please type a name or other words."


async def test_a_mention_beside_a_name_makes_no_difference(ask: Ask) -> None:
    assert (await ask("/who <@U1|ada> Trotsky")).title == "Leon Trotsky"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("led the Red Army", "Leon Trotsky"),
        ("was chairman of the Petrograd Soviet", "Leon Trotsky"),
        ("was head of the Provisional Government", "Alexander Kerensky"),
        ("leader of the Mensheviks", "Fyodor Dan"),
        ("led the Mensheviks", "Fyodor Dan"),
        ("led the Bolsheviks", "Vladimir Lenin"),
        ("was head of the Bolsheviks", "Vladimir Lenin"),
        ("headed the Soviet government", "Vladimir Lenin"),
        ("led the Provisional Government", "Alexander Kerensky"),
        ("led the Petrograd Soviet", "Leon Trotsky"),
        ("president of the Petrograd Soviet", "Leon Trotsky"),
    ],
)
async def test_whoever_had_an_office_is_the_first_to_be_offered(ask: Ask, typed: str, name: str) -> None:
    reply = await ask(f"/who {typed}")
    assert lines(reply)[0] == name


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


@pytest.mark.parametrize("number", ["I", "III", "the First", "the 3rd", "1", "Ier", "i"])
@pytest.mark.parametrize("name", ["Nicholas", "Tsar Nicholas", "Nicolas"])
async def test_a_ruler_with_another_number_is_somebody_else(ask: Ask, name: str, number: str) -> None:
    for line in (
        f"/who {name} {number}",
        f"/event {name} {number}",
        f"/event death of {name} {number}",
        f"/event abdication of {name} {number}",
        f"/event when did {name} {number} die",
    ):
        assert (await ask(line)).title in ("Nobody found", "No event found"), line


@pytest.mark.parametrize(
    "typed", ["Николай I", "Николай Первый", "Николая Первого", "Nikolaus der Erste", "Николай III"]
)
async def test_a_ruler_with_another_number_is_somebody_else_in_other_languages(ask: Ask, typed: str) -> None:
    assert (await ask(f"/who {typed}")).title == "Nobody found"


@pytest.mark.parametrize(
    "typed",
    [
        *("Nicholas II", "nicholas ii", "Nicholas the 2nd", "Nicholas 2", "Tsar Nicholas the Second", "Nicolas II"),
        *("Николай II", "Николай Второй", "Николая Второго", "Nikolaus der Zweite", "Zar Nikolaus II."),
    ],
)
async def test_a_ruler_is_found_by_his_number_in_whatever_form(ask: Ask, typed: str) -> None:
    assert (await ask(f"/who {typed}")).title == "Nicholas II"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Prime Minister Kerensky", "Alexander Kerensky"),
        ("Minister Tereshchenko", "Mikhail Tereshchenko"),
        ("War Commissar Trotsky", "Leon Trotsky"),
        ("General Secretary Joseph Stalin", "Joseph Stalin"),
        ("Genosse Lenin", "Vladimir Lenin"),
        ("нарком Троцкий", "Leon Trotsky"),
    ],
)
async def test_an_office_or_a_title_before_a_name_makes_no_difference(ask: Ask, typed: str, name: str) -> None:
    assert (await ask(f"/who {typed}")).title == name


@pytest.mark.parametrize("typed", ["Mrs Trotsky", "Tsar Alexander", "Minister Kerensky's wife", "Frau Trotzki"])
async def test_a_title_that_makes_it_somebody_else_does(ask: Ask, typed: str) -> None:
    assert (await ask(f"/who {typed}")).title == "Nobody found"


@pytest.mark.parametrize(
    "typed",
    [
        *("killed Trotsky", "who murdered Trotsky?", "who assassinated Leon Trotsky", "by whom was Trotsky killed"),
        *("wer ermordete Trotzki", "wer hat Trotzki getötet", "кто убил Троцкого", "qui a tué Trotski ?"),
    ],
)
async def test_a_killer_is_found_by_the_victim(ask: Ask, typed: str) -> None:
    assert (await ask(f"/who {typed}")).title == "Ramón Mercader"


@pytest.mark.parametrize("typed", ["who killed Lenin", "who murdered Kerensky", "wer ermordete Stalin"])
async def test_nobody_is_called_a_killer_whom_no_note_calls_so(ask: Ask, typed: str) -> None:
    assert (await ask(f"/who {typed}")).title == "Nobody found"


@pytest.mark.parametrize(
    ("work", "author"),
    [
        ("The Revolution Betrayed", "Leon Trotsky"),
        ("the History of the Russian Revolution", "Leon Trotsky"),
        ("Results and Prospects", "Leon Trotsky"),
        ("The Prophet Armed", "Isaac Deutscher"),
    ],
)
async def test_a_book_that_is_no_text_here_is_told_from_one_that_speaks_of_it(ask: Ask, work: str, author: str) -> None:
    for asked in ("wrote", "is the author of"):
        reply = await ask(f"/who who {asked} {work}")
        assert said(reply).startswith("It isn't one of the texts. This is what the notes know of it:")
        assert f"People: {author}" in said(reply)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("wer war Kerenski", "Alexander Kerensky"),
        ("Wer war Lenin?", "Vladimir Lenin"),
        ("wer waren die Bolschewiki", "The Bolsheviks"),
        ("кто такой Керенский", "Alexander Kerensky"),
        ("кто такие большевики?", "The Bolsheviks"),
        ("кто был Авксентьев", "Nikolai Avksentiev"),
        ("qui était Kerenski", "Alexander Kerensky"),
        ("qui est Lénine ?", "Vladimir Lenin"),
        ("меньшевики", "The moderate Socialists"),
        ("Rote Garde", "The Red Guards"),
        ("Временного правительства", "The Provisional Government"),
    ],
)
async def test_people_and_parties_are_found_in_german_russian_and_french(ask: Ask, typed: str, name: str) -> None:
    assert (await ask(f"/who {typed}")).title == name


@pytest.mark.parametrize("typed", ["was not Trotsky", "is not a Bolshevik", "who wasn't at the congress", "not Lenin"])
async def test_who_somebody_is_not_is_not_looked_up(ask: Ask, typed: str) -> None:
    assert (await ask(f"/who {typed}")).error.startswith("I can't leave anything out.")


async def test_who_led_an_event_offers_its_people(ask: Ask) -> None:
    reply = await ask("/who led the October Revolution")
    assert "People of “The October Revolution” in the notes:" in said(reply)
    assert {"Leon Trotsky", "Vladimir Lenin", "The Bolsheviks"} <= set(lines(reply))


async def test_everybody_is_reached_by_each_of_their_names_and_by_completion(app: App, ctx: Context) -> None:
    for person in app.corpus.notes.people:
        for typed in (person.name, *person.aliases):
            assert (await app.run("who", {"person": typed}, ctx)).title == person.name, typed
            choices = await app.suggest("who", "person", typed, ctx)
            assert person.id in [choice.value for choice in choices], typed
        assert (await app.run("who", {"person": person.id}, ctx)).title == person.name


async def test_a_person_at_a_glance(ask: Ask, app: App) -> None:
    reply = await ask("/who Avksentyev")
    avksentiev = next(person for person in app.corpus.notes.people if person.id == "avksentiev")
    assert reply.parts[0] == Note(f"{avksentiev.life.replace('-', '–')}. {avksentiev.note}")
    assert "Mentioned in 2 sentences (in the speech); part of 3 events." in said(reply)
    assert {quote.reference for quote in reply.quotes()} <= {"speech 3.6", "speech 3.7"}
    assert labels(reply) == ["Mentions", "Events", "Seen with", "Other spellings"]


async def test_nobody_takes_more_than_a_screen(app: App, ctx: Context) -> None:
    for person in app.corpus.notes.people:
        reply = await app.act("who.show", person.id, ctx)
        assert len(said(reply)) <= 500, person.id
        assert len(list(reply.quotes())) <= 4
        assert not [part for part in reply.parts if isinstance(part, Menu)]


async def test_who_is_seen_with_somebody_is_counted_beside_the_event_loop(
    press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of somebody who is in each tenth of a million sentences it would wait for a tenth of a second."""
    threads = []

    def together_with(mentions: Mentions, person: Person) -> list[Company]:
        threads.append(threading.get_ident())
        return found(mentions, person)

    found = Mentions.together_with
    monkeypatch.setattr(Mentions, "together_with", together_with)
    assert not (await press("who.company", "avksentiev 1")).error
    assert len(threads) == 1
    assert threads != [threading.get_ident()]


async def test_the_buttons_lead_to_spellings_and_company(ask: Ask, press: Press) -> None:
    reply = await ask("/who Avksentyev")
    names = await press("who.names", "avksentiev")
    assert "Avxentiev" in said(names)
    company = await press("who.company", "avksentiev 1")
    assert any(
        line.startswith("The peasant who asked for an arrest: 2 sentences (speech 3.6") for line in lines(company)
    )
    assert offered(company, "who.show")
    assert (await press(company.buttons[0].action, company.buttons[0].value)) == reply


async def test_the_speaker_of_a_text_is_said_to_be_that(ask: Ask) -> None:
    assert "The speaker of the speech." in said(await ask("/who Trotsky"))


async def test_every_event_of_a_person_is_offered(ask: Ask, app: App, ctx: Context) -> None:
    for person in app.corpus.notes.people:
        events = [event.id for event in app.corpus.notes.events if person.id in event.concerns]
        reply = await app.act("who.show", person.id, ctx)
        assert ("Events" in labels(reply)) == bool(events)
        pages = await all_pages(app, ctx, reply, "Events") if events else []
        assert [one for page in pages for one in offered(page, "event.show")] == events


async def test_every_mention_is_on_some_page(app: App, ctx: Context) -> None:
    for person in app.corpus.notes.people:
        mentions = [str(one) for one in app.corpus.mentions.of(person)]
        reply = await app.act("who.show", person.id, ctx)
        assert ("Mentions" in labels(reply)) == (len(mentions) > 1)
        if len(mentions) > 1:
            pages = await all_pages(app, ctx, reply, "Mentions")
            assert all(len(lines(page)) <= 10 for page in pages)
            assert [one for page in pages for one in offered(page, "quote.show")] == mentions


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
    assert (await press("who.show", people[0])).title in "\n".join(lines(reply))


@pytest.mark.parametrize("typed", ["the old man with the ice axe", "the guy with the goatee"])
async def test_a_description_leads_to_somebody(ask: Ask, typed: str) -> None:
    reply = await ask(f"/who {typed}")
    assert reply.title == "Nobody found"
    assert reply.private
    assert "trotsky" in offered(reply, "who.show")


@pytest.mark.parametrize(
    ("typed", "person"),
    [
        ("commissar for war", "trotsky"),
        ("Chairman of the Petrograd Soviet", "trotsky"),
        ("leader of the Bolsheviks", "lenin"),
        ("general secretary", "stalin"),
        ("minister of finance", "tereshchenko"),
    ],
)
async def test_an_office_leads_first_to_whoever_held_it(ask: Ask, typed: str, person: str) -> None:
    assert offered(await ask(f"/who {typed}"), "who.show")[0] == person


@pytest.mark.parametrize(
    "typed", ["gave the speech?", "wrote the speech", "the author of the speech", "spoke in speech"]
)
async def test_the_author_of_a_text_is_a_person(ask: Ask, typed: str) -> None:
    assert await ask(f"/who {typed}") == await ask("/who Leon Trotsky")


async def test_a_text_without_an_author_is_said_to_name_none(ask: Ask) -> None:
    assert lines(await ask("/who wrote the article")) == ["The article: names no author"]
    assert len(lines(await ask("/who is the author"))) == 2


async def test_nobody_is_a_helpful_no(ask: Ask, app: App, ctx: Context) -> None:
    reply = await ask("/who Napoleon Bonaparte")
    assert not reply.error
    assert reply.private
    assert said(reply) == "Nobody called “Napoleon Bonaparte” in the texts."
    (everybody,) = reply.buttons
    page = await app.act(everybody.action, everybody.value, ctx)
    found = offered(page, "who.show")
    while page.buttons[1].enabled:
        page = await app.act(page.buttons[1].action, page.buttons[1].value, ctx)
        found += offered(page, "who.show")
    assert found == [person.id for person in app.corpus.notes.people]


@pytest.mark.parametrize("value", ["", "nobody", "trotsky", "trotsky x", "nobody 1", "trotsky ²"])
async def test_a_button_of_nobody_is_told_kindly(press: Press, value: str) -> None:
    reply = await press("who.mentions", value)
    assert reply.error
    assert not reply.incident


async def test_a_page_past_the_end_is_the_last(press: Press) -> None:
    assert (await press("who.mentions", "trotsky 999999")).title == "Leon Trotsky: mentions 61–65 of 65"
    assert (await press("who.mentions", "trotsky 0")).title == "Leon Trotsky: mentions 1–10 of 65"


@pytest.mark.parametrize("typed", ["Lenin in the article", "lenin in speech", "Comrade Lenin from the speech"])
async def test_a_text_behind_a_name_is_no_part_of_it(ask: Ask, typed: str) -> None:
    assert (await ask(f"/who {typed}")).title == "Vladimir Lenin"


async def test_of_several_names_each_is_offered(ask: Ask) -> None:
    for typed in ("Lenin and Stalin", "Lenin, Stalin", "Lenin & Stalin", "was Lenin and Stalin", "Lenin/Stalin?"):
        reply = await ask(f"/who {typed}")
        assert lines(reply) == ["Vladimir Lenin", "Joseph Stalin"]
        assert (reply.title, reply.private) == ("2 people", False)


@pytest.mark.parametrize("verb", ["is", "Was", "were", "are"])
async def test_nobody_is_called_by_the_verb_of_the_question(ask: Ask, verb: str) -> None:
    assert "called “Zinoviev”" in said(await ask(f"/who {verb} Zinoviev"))


@pytest.mark.parametrize("typed", ["a", "the", "it", "and", "1917", "?"])
async def test_no_passages_are_offered_for_a_small_word_or_a_number(ask: Ask, typed: str) -> None:
    assert not [part for part in (await ask(f"/who {typed}")).parts if isinstance(part, Menu)]


@pytest.mark.parametrize("typed", ["you", "1917", "a", "?"])
async def test_what_is_no_name_is_like_nobodys(ask: Ask, typed: str) -> None:
    assert "Did you mean" not in said(await ask(f"/who {typed}"))


@pytest.mark.parametrize(
    "typed",
    [
        "said gunpowder", "who said gunpowder?", "said “gunpowder still in it”", "wrote 'gunpowder still'",
        "who said that gunpowder", "whose words are gunpowder still in it", "whose line is this: gunpowder still in it",
        "who used the word gunpowder", "gunpowder still in it, who said that?", "author of “gunpowder still in it”",
        'who first said "gunpowder still in it"',
        "wer sagte gunpowder?", "wer hat “gunpowder still in it” gesagt", "von wem ist der Satz: gunpowder still in it",
        "qui a dit gunpowder ?", "qui a écrit les mots “gunpowder still”", "de qui est la phrase gunpowder still in it",
        "кто сказал gunpowder?", "чьи слова “gunpowder still in it”", "чьи это слова: gunpowder still in it",
    ],
)  # fmt: skip
async def test_whose_some_words_are(ask: Ask, typed: str) -> None:
    reply = await ask(f"/who {typed}")
    assert [(quote.reference, quote.speaker) for quote in reply.quotes()] == [("speech 5.3", "Leon Trotsky")]
    assert "Said by Leon Trotsky:" in said(reply)
    assert reply.buttons[0].label == "About Leon Trotsky"


@pytest.mark.parametrize(
    ("words", "caution"),
    [
        ("peace can be attained only through a coalition", "before these words it says “Comrade Avilov said that”"),
        ("“peace can be attained only through a coalition”", "before these words it says “Comrade Avilov said that”"),
        ("we were isolating ourselves", "was raised, we were told that”"),
        ("peace will be concluded on the day when the European workers rise", "it says “We do not say”"),
        ("the USSR was doomed", "it goes on “unless the rest of the world joined in”"),
        ("Russia couldn't survive as a lonely socialist island", "before these words it says “He believed that”"),
        ("There are two ways of obtaining peace", None),
        ("the government had basically evaporated", None),
        ("gunpowder", None),
    ],
)
async def test_whose_words_are_comes_with_what_their_sentence_says_beside_them(
    ask: Ask, words: str, caution: str | None
) -> None:
    reply = await ask(f"/who said {words}")
    assert said(reply).startswith("Said by")
    assert (caution or "Read the whole sentence") in said(reply) or caution is None
    assert ("Read the whole sentence" in said(reply)) is (caution is not None)


async def test_words_that_nobody_said_lead_on(ask: Ask) -> None:
    reply = await ask("/who said Kerensky was a fool")
    assert reply.private
    assert "No passage has all the words of “Kerensky was a fool”" in said(reply)
    assert [one.label for one in reply.buttons] == ["Passages close to it"]
    assert "garbage-heap" in said(await ask("/who said “dustbin of history”"))


@pytest.mark.parametrize("typed", ["who is Lenin", "who was Lenin?", "is Lenin"])
async def test_a_question_for_a_person_is_not_one_for_words(ask: Ask, typed: str) -> None:
    assert (await ask(f"/who {typed}")).title == "Vladimir Lenin"


@pytest.mark.parametrize("typed", ["all", "everybody", "list", "people?"])
async def test_who_asks_for_all_people_gets_them(ask: Ask, typed: str) -> None:
    assert (await ask(f"/who {typed}")).title.startswith("49 people")


@pytest.mark.parametrize("typed", ["spoke at the congress", "wrote this"])
async def test_a_question_without_words_is_not_one_for_words(ask: Ask, typed: str) -> None:
    reply = await ask(f"/who {typed}")
    assert reply.title == "Nobody found"
    assert reply.buttons


async def test_a_link_beside_a_name_makes_no_difference(ask: Ask) -> None:
    assert (await ask("/who Kerensky https://example.org/wiki/Kerensky")).title == "Alexander Kerensky"
