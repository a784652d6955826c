"""/event: what happened, in both calendars, with what each text says of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache

import pytest
from msgspec.structs import replace

from bot.core.app import App
from bot.core.context import Context
from bot.core.reply import Heading, Menu, Note, Prose, Reply
from bot.platforms.typed_commands import answer_line
from corpus.language.small_words import FOREIGN_SMALL_WORDS
from corpus.language.tokens import content_words
from tests.cogs.reading import lines, said
from tests.conftest import Ask, Press


async def all_lines(app: App, ctx: Context, reply: Reply) -> list[str]:
    """The lines of a list, from its first page to its last."""
    found = lines(reply)
    while more := next((one for one in reply.buttons if one.label == "Next ▶" and one.enabled), None):
        reply = await app.act(more.action, more.value, ctx)
        found += lines(reply)
    return found


@pytest.mark.parametrize(
    "typed",
    ["24 October 1917", "6 November 1917", "1917-10-24", "October 24, 1917", "Nov 6", "6 November 1917 NS"],
)
async def test_the_night_of_the_rising_is_found_by_either_calendar(ask: Ask, typed: str) -> None:
    reply = await ask(f"/event {typed}")
    assert said(reply).startswith("6–7 November 1917 (24–25 October, Old Style). ")
    assert "article 8.2" in {quote.reference for quote in reply.quotes()}
    assert "The text gives this date (Old Style)." in said(reply)


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        *(
            (f"{side} {name}", place)
            for place, sides in {
                "Petrograd": "after Petrograd, nach Petrograd, après Petrograd, после Петрограда, перед Петроградом",
                "Siberia": "since Siberia, nach Sibirien, seit Sibirien, depuis la Sibérie, после Сибири, до Сибири",
                "Mexico": "nach Mexiko, après Mexico, avant le Mexique, после Мексики, перед Мексикой",
                "Mexico City": "после Мехико, до Мехико",
                "Moscow": "vor Moskau, bis Moskau, avant Moscou, до Москвы",
                "Lenin": "after Lenin, nach Lenin, après Lenin, после Ленина, seit Lenin, до Ленина, перед Лениным",
                "Trotsky": "after Trotsky, vor Trotsky, depuis Trotsky, после Троцкого",
            }.items()
            for side, _, name in (typed.partition(" ") for typed in sides.split(", "))
        ),
    ],
)
async def test_nothing_is_counted_from_a_place_or_a_person(ask: Ask, typed: str, place: str) -> None:
    reply = await ask(f"/event {typed}")
    assert said(reply).startswith(f"“{place}” is not an event, so I can't count from it. ")
    assert lines(reply) == lines(await ask(f"/event {place}"))
    drawn = await ask(f"/timeline {typed}")
    assert said(drawn).startswith(f"“{place}” is not an event, so I can't count from it. ")
    assert drawn.title == (await ask(f"/timeline {place}")).title


@pytest.mark.parametrize("typed", ["after the war", "после войны"])
@pytest.mark.parametrize("command", ["event", "timeline"])
async def test_nothing_is_counted_from_what_may_be_several_events(ask: Ask, typed: str, command: str) -> None:
    assert "may be several events. To count from one, give its whole name." in said(await ask(f"/{command} {typed}"))


@pytest.mark.parametrize(
    "typed",
    [
        *("zwei Tage vor Waterloo", "deux jours après Waterloo", "через год после Waterloo", "am Tag nach Waterloo"),
        *("le lendemain de Waterloo", "накануне Waterloo", "kurz vor Waterloo"),
        *("two days after Waterloo", "how long ago was Waterloo", "from Waterloo to the October Revolution"),
    ],
)
async def test_a_time_counted_from_what_nobody_knows_names_it(ask: Ask, typed: str) -> None:
    assert (await ask(f"/event {typed}")).error.startswith(
        "I don't know when “Waterloo” was, so I can't count from it."
    )


async def test_a_time_counted_from_one_of_several_events_in_russian_asks_for_one(ask: Ask) -> None:
    assert "Please count from one" in (await ask("/event через год после революции")).error


@pytest.mark.parametrize("typed", ["the day after Petrograd", "how long ago was Petrograd", "from Petrograd to 1918"])
async def test_who_counts_from_a_place_hears_what_can_be_counted_from(ask: Ask, typed: str) -> None:
    reply = await ask(f"/event {typed}")
    assert str(reply.error).startswith("“Petrograd” is not an event, so I can't count from it. Please name an event")


@pytest.mark.parametrize(
    "typed", ["after the uprising", "nach dem Aufstand", "после восстания", "après l'insurrection d'octobre"]
)
async def test_an_event_is_counted_from_by_the_name_that_the_texts_give_it(ask: Ask, typed: str) -> None:
    assert said(await ask(f"/event {typed}")).startswith("Counted from: The October Revolution")


@pytest.mark.parametrize(
    "typed",
    [
        "1917 revolution russia",
        "russia revolution 1917",
        "revolution 1917 russia",
        "russian 1917 revolution",
        "revolution in Russia",
        "Russia's revolution",
        "revolution russland 1917",
        "Revolution in Russland",
        "révolution russie 1917",
        "революция россия 1917",
        "революция в России",
        "революция в России 1917 года",
        "la révolution en Russie",
        "die Revolution in Russland",
        "la révolution russe",
    ],
)
async def test_a_country_stands_for_what_is_of_it_in_any_order(ask: Ask, typed: str) -> None:
    assert (await ask(f"/event {typed}")).title == "The Russian Revolution"


@pytest.mark.parametrize("typed", ["russia civil war", "civil war in Russia 1918", "war civil russian"])
async def test_a_whole_name_is_found_before_what_only_has_its_words(ask: Ask, typed: str) -> None:
    assert (await ask(f"/event {typed}")).title == "The Russian Civil War"


DAYS = ["{}", "the {}th", "{}th", "on the {}th", "am {}.", "der {}.", "le {}", "{}-го числа", "{} число", "day {}"]


@pytest.mark.parametrize("day", [5, 7, 17, 24, 25])  # of most of these, some event has the number in its notes
@pytest.mark.parametrize("form", DAYS)
@pytest.mark.parametrize("command", ["event", "timeline"])
async def test_a_number_alone_is_asked_for_what_makes_it_a_date(ask: Ask, day: int, form: str, command: str) -> None:
    reply = await ask(f"/{command} {form.format(day)}")
    assert f"Is it a day? Please add the month, as in {day} May." in (reply.error or said(reply))
    assert not any(isinstance(part, Menu) for part in reply.parts), "guesses from a number are noise"


@pytest.mark.parametrize("typed", ["Tuesday", "on Tuesday", "last Tuesday", "am Dienstag", "Mittwoch"])
@pytest.mark.parametrize("command", ["event", "timeline"])
async def test_a_weekday_alone_is_asked_for_its_day(ask: Ask, typed: str, command: str) -> None:
    reply = await ask(f"/{command} {typed}")
    assert f"Which {typed.split()[-1]}? Please give the day, as in 24 May 1917." in (reply.error or said(reply))


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("pendant la guerre", "la guerre"),
        ("während des Krieges", "Krieg"),
        ("во время войны", "война"),
        ("pendant la révolution d'octobre", "October Revolution"),
        ("während der Oktoberrevolution", "October Revolution"),
        ("во время Октябрьской революции", "October Revolution"),
        ("der Mord an Trotzki", "Ermordung Trotzkis"),
        ("le meurtre de Trotsky", "assassinat de Trotsky"),
        ("гражданская война в России", "Russian Civil War"),
    ],
)
async def test_small_words_of_other_languages_make_no_difference(ask: Ask, typed: str, same: str) -> None:
    reply = await ask(f"/event {typed}")
    assert reply.title != "No event found"
    assert reply.title == (await ask(f"/event {same}")).title


@pytest.mark.parametrize("command", ["event", "timeline"])
async def test_a_number_in_words_alone_is_asked_for_what_makes_it_a_date(ask: Ask, command: str) -> None:
    reply = await ask(f"/{command} seventeen")
    assert "Is it a day? Please add the month, as in 17 May." in (reply.error or said(reply))


UNANCHORED = {
    "Later than what?": (
        "two days later, a week later, later, 10 years later, what happened two days later?, zwei Tage später, "
        "eine Woche später, zwei Tage danach, deux jours plus tard, deux jours après, два дня спустя, через два дня, "
        "спустя неделю, позже"
    ),
    "Earlier than what?": (
        "two weeks earlier, earlier, a year earlier, drei Wochen früher, zwei Tage zuvor, deux jours plus tôt, "
        "двумя днями раньше, раньше"
    ),
    "After what?": (
        "the next day, on the next day, the following year, what happened next?, and then?, afterwards, after that, "
        "am nächsten Tag, im folgenden Jahr, danach, dann, le lendemain, le jour suivant, l'année suivante, ensuite, "
        "на следующий день, в следующем году, потом, после этого"
    ),
    "Before what?": (
        "the previous day, in the preceding week, before that, am Vortag, am Tag davor, im vorigen Jahr, davor, "
        "la veille, le jour précédent, накануне, до этого"
    ),
    "Since what?": "since then, seitdem, seither, depuis lors, с тех пор",
    "Until what?": "until then, up to then, bis dahin, jusque-là, до тех пор",
    "Which one?": (
        "that day, the same day, on that day, same year, what else happened that day, what happened on the same day?, "
        "am selben Tag, an jenem Tag, im gleichen Jahr, le même jour, ce jour-là, в тот же день, в тот день"
    ),
}
"""Times that are counted from what was not typed, by what is asked then."""


@pytest.mark.parametrize(
    ("asks", "typed"), [(asks, one) for asks, table in UNANCHORED.items() for one in table.split(", ")]
)
@pytest.mark.parametrize("command", ["event", "timeline"])
async def test_a_time_that_is_counted_from_nothing_is_asked_from_what(
    app: App, ask: Ask, asks: str, typed: str, command: str
) -> None:
    reply = await ask(f"/{command} {typed}")
    assert reply.error.startswith(f"{asks} Please add an event or a date, as in: /{command} ")
    example = reply.error.partition("as in: ")[2].rstrip(".")
    assert not (await ask(example)).error, "what it tells to type is answered"


@pytest.mark.parametrize(
    "typed",
    ["2 days after 20 August 1940", "later than 1917", "next to Lenin", "the next day in 1917", "before the war"],
)
async def test_a_time_that_is_counted_from_something_is_not_asked_for_it(ask: Ask, typed: str) -> None:
    assert "Please add an event or a date" not in (await ask(f"/event {typed}")).error


@pytest.mark.parametrize("typed", ["45", "917", "19171", "0", "year 917"])
async def test_a_number_that_is_no_day_is_asked_for_its_four_figures(ask: Ask, typed: str) -> None:
    assert "Is it a year? Please write all four figures of it" in said(await ask(f"/event {typed}"))


@pytest.mark.parametrize("typed", ["-1", "#1", "(4)", "-20", "[12]"])
async def test_marks_around_a_number_alone_make_no_words_of_it(ask: Ask, typed: str) -> None:
    reply = await ask(f"/event {typed}")
    assert reply.title == "No event found"
    assert "Is it a day? Please add the month" in said(reply)


async def test_what_may_be_several_events_is_told_as_such(ask: Ask) -> None:
    assert said(await ask("/event after the war")).startswith("“the war” may be several events. ")


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("Oktoberrevolution", "The October Revolution"),
        ("die Oktoberrevolution", "The October Revolution"),
        ("Октябрьская революция", "The October Revolution"),
        ("февральская революция", "The February Revolution"),
        ("Abdankung des Zaren", "Nicholas II abdicates"),
        ("Zweiter Sowjetkongreß", "The Second Congress of Soviets"),
        ("Dekret über den Frieden", "The Decree on Peace"),
        ("Bürgerkrieg", "The Russian Civil War"),
        ("Гражданская война", "The Russian Civil War"),
        ("Frieden von Brest-Litowsk", "The Peace of Brest-Litovsk"),
        ("Брестский мир", "The Peace of Brest-Litovsk"),
        ("Ermordung Trotzkis", "Death of Trotsky"),
        ("Смерть Троцкого", "Death of Trotsky"),
        ("смерть Ленина", "Death of Lenin"),
        ("Рождение Троцкого", "Birth of Trotsky"),
        ("Отречение Николая II", "Nicholas II abdicates"),
    ],
)
async def test_the_great_events_are_found_by_their_german_and_russian_names(ask: Ask, typed: str, title: str) -> None:
    assert (await ask(f"/event {typed}")).title == title


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("wann war die Oktoberrevolution", "The October Revolution"),
        ("Wann fand der Zweite Sowjetkongress statt?", "The Second Congress of Soviets"),
        ("wann wurde die Rote Armee gegründet", "The Red Army is founded"),
        ("was waren die Julitage", "The July Days"),
        ("wann starb Lenin", "Death of Lenin"),
        ("Wo ist Lenin gestorben?", "Death of Lenin"),
        ("wann wurde Trotzki geboren", "Birth of Trotsky"),
        ("wann wurde Trotzki ermordet", "Mercader's attack on Trotsky"),
        ("wie lange dauerte der Bürgerkrieg", "The Russian Civil War"),
        ("wann starb Kerenski", "Alexander Kerensky"),
        ("wann wurde der Zar erschossen", "Nicholas II"),
        ("когда умер Ленин", "Death of Lenin"),
        ("Когда Ленин умер?", "Death of Lenin"),
        ("где родился Троцкий", "Birth of Trotsky"),
        ("когда убили Троцкого", "Mercader's attack on Trotsky"),
        ("когда произошла Октябрьская революция", "The October Revolution"),
        ("когда была основана Красная армия", "The Red Army is founded"),
        ("когда приняли декрет о земле", "The Decree on Land"),
        ("сколько длилась Гражданская война", "The Russian Civil War"),
        ("что такое Красный террор", "The Red Terror"),
        ("когда умер Сталин", "Joseph Stalin"),
        ("quand est mort Lénine", "Death of Lenin"),
        ("Quand Lénine est-il mort ?", "Death of Lenin"),
        ("où est né Trotski", "Birth of Trotsky"),
        ("quand Trotski a-t-il été assassiné", "Mercader's attack on Trotsky"),
        ("quand a eu lieu la révolution d’Octobre", "The October Revolution"),
        ("quand la révolution d'Octobre a-t-elle eu lieu", "The October Revolution"),
        ("quand a été fondée la Quatrième Internationale", "The Fourth International is founded"),
        ("qu'est-ce que la Terreur rouge", "The Red Terror"),
    ],
)
async def test_questions_in_other_languages_are_answered_as_those_in_english(ask: Ask, typed: str, title: str) -> None:
    assert (await ask(f"/event {typed}")).title == title


@pytest.mark.parametrize("typed", ["что произошло 7 ноября 1917 года", "que s'est-il passé le 7 novembre 1917"])
async def test_questions_in_other_languages_ask_for_a_day(ask: Ask, typed: str) -> None:
    assert lines(await ask(f"/event {typed}")) == lines(await ask("/event what happened on 7 November 1917"))


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("Октябрьской революции", "The October Revolution"),
        ("октябрьскую революцию", "The October Revolution"),
        ("Гражданской войны", "The Russian Civil War"),
        ("Декрета о земле", "The Decree on Land"),
        ("Временного правительства", "The Provisional Government in office"),
        ("красного террора", "The Red Terror"),
    ],
)
async def test_a_russian_name_of_an_event_is_known_in_all_its_cases(ask: Ask, typed: str, title: str) -> None:
    assert (await ask(f"/event {typed}")).title == title


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("did Trotsky die in 1940", "Death of Trotsky"),
        ("did Trotsky die in 1941", "Death of Trotsky"),
        ("was Trotsky born in 1879", "Birth of Trotsky"),
        ("was Lenin dead by 1925", "Death of Lenin"),
    ],
)
async def test_a_birth_or_death_that_is_an_event_is_never_said_to_be_none(ask: Ask, typed: str, title: str) -> None:
    assert (await ask(f"/event {typed}")).title == title


@pytest.mark.parametrize("verb", ["come to", "go to", "get to"])
async def test_the_arrival_in_a_country_is_among_the_answers_to_when_somebody_came_there(ask: Ask, verb: str) -> None:
    found = lines(await ask(f"/event when did Trotsky {verb} Mexico"))
    assert "9 Jan 1937 † · Trotsky arrives in Mexico" in found


@pytest.mark.parametrize(
    ("typed", "person", "years"),
    [
        ("Lenin 1917", "lenin", (1917,)),
        ("what did Lenin do in 1917?", "lenin", (1917,)),
        ("Ленин в 1917 году", "lenin", (1917,)),
        ("what happened to Trotsky in 1940", "trotsky", (1940,)),
        ("Stalin in the 1920s", "stalin", range(1920, 1930)),
        ("Trotsky before 1905", "trotsky", range(1879, 1905)),
        ("Kerensky in 1917", "kerensky", (1917,)),
    ],
)
async def test_somebody_at_a_time_has_all_their_events_of_it(
    ask: Ask, app: App, ctx: Context, typed: str, person: str, years: Sequence[int]
) -> None:
    found = [line.partition(" · ")[2] for line in await all_lines(app, ctx, await ask(f"/event {typed}"))]
    begun = {one.name for one in app.corpus.notes.events if person in one.concerns and one.date.first.year in years}
    assert begun == {name for name in found if not name.endswith("(already under way)")}


@pytest.mark.parametrize(
    "typed",
    [
        *("causes of {}", "what caused {}?", "why did {} succeed", "results of {}", "consequences of {}"),
        *("significance of {}", "who took part in {}", "summary of {}", "who led {}", "who won {}"),
    ],
)
@pytest.mark.parametrize("title", ["The October Revolution", "The February Revolution", "The Russian Civil War"])
async def test_whatever_is_asked_of_an_event_leads_to_it_and_to_no_other(ask: Ask, typed: str, title: str) -> None:
    assert (await ask(f"/event {typed.format(title.replace('The ', 'the '))}")).title == title


@pytest.mark.parametrize(
    "typed", ["St Petersburg", "Saint Petersburg", "Leningrad", "what happened in Leningrad?", "Petersburg"]
)
async def test_a_place_is_found_by_another_name_that_it_had_and_the_answer_says_so(ask: Ask, typed: str) -> None:
    reply = await ask(f"/event {typed}")
    assert lines(reply) == lines(await ask("/event Petrograd"))
    assert said(reply).startswith("St Petersburg was called Petrograd from 1914 to 1924")


@pytest.mark.parametrize(
    "typed", ["{} {}", "{}, {}", "{} in {}", "{1} {0}", "in {1} in {0}", "what happened in {} in {}?"]
)
@pytest.mark.parametrize(
    ("place", "when", "least", "last"),
    [
        ("Petrograd", "1917", 6, 1917),
        ("Petrograd", "October 1917", 3, 1917),
        ("Mexico", "1940", 4, 1940),
        ("Bolsheviks", "1917", 8, 1917),
        ("peace", "1917", 4, 1917),
        ("coalition", "1917", 4, 1917),
    ],
)
async def test_all_events_with_words_at_a_time_are_found_in_names_notes_and_passages(
    ask: Ask, app: App, ctx: Context, typed: str, place: str, when: str, least: int, last: int
) -> None:
    reply = await ask(f"/event {typed.format(place, when)}")
    assert reply.title.startswith(f"Events with these words, {when}: ")
    found = [one.partition(" · ")[2].removesuffix(" (already under way)") for one in await all_lines(app, ctx, reply)]
    finder, events = app.corpus.finder, {one.name: one for one in app.corpus.notes.events}
    with_words = {one.id for one in (*finder.events_about(place), *finder.events_mentioning(place))}
    assert len(found) >= least
    assert {events[name].id for name in found} <= with_words
    assert all(events[name].date.year <= last <= (events[name].until or events[name].date).year for name in found)


async def test_a_time_with_none_of_somebodys_events_leads_to_them_all(ask: Ask) -> None:
    for typed in ("Lenin 1940", "1940 Lenin", "what did Lenin do in 1940"):
        reply = await ask(f"/event {typed}")
        assert said(reply) == "No event of Vladimir Lenin is known for that time (1940)."
        assert [one.label for one in reply.buttons] == ["Events of Vladimir Lenin"]


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("Петроград", "Petrograd"),
        ("в Петрограде", "Petrograd"),
        ("Leningrad 1917", "Petrograd 1917"),
        ("St. Petersburg, October 1917", "Petrograd October 1917"),
        ("Mexique", "Mexico"),
        ("Мексика 1940", "Mexico 1940"),
        ("in Moskau", "Moscow"),
        ("Sibérie", "Siberia"),
        ("Türkei", "Turkey"),
        ("Winterpalais", "Winter Palace"),
    ],
)
async def test_a_place_is_found_by_its_name_in_another_language(ask: Ask, typed: str, same: str) -> None:
    reply = await ask(f"/event {typed}")
    assert lines(reply)
    assert lines(reply) == lines(await ask(f"/event {same}"))


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("events in Russia", "Russia"),
        ("all events in Petrograd", "Petrograd"),
        ("events Petrograd", "Petrograd"),
        ("the events of Trotsky", "Trotsky"),
        ("what happened to Trotsky?", "Trotsky"),
        ("events about peace", "peace"),
        ("list the events with Kerensky", "Kerensky"),
        ("Ereignisse in Petrograd", "Petrograd"),
        ("die Ereignisse in Russland", "Russia"),
        ("événements à Petrograd", "Petrograd"),
        ("les événements de la Russie", "Russia"),
        ("événements de 1917", "1917"),
        ("события в Петрограде", "Petrograd"),
        ("события в России", "Russia"),
        ("события 1917 года", "1917"),
        ("Ereignisse", "all"),
        ("все события", "all"),
    ],
)
async def test_the_events_of_a_place_or_person_are_those_of_its_name(ask: Ask, typed: str, same: str) -> None:
    reply = await ask(f"/event {typed}")
    assert lines(reply)
    assert lines(reply) == lines(await ask(f"/event {same}"))


async def test_events_of_nothing_that_is_known_are_not_found(ask: Ask) -> None:
    for typed in ("events in Narnia", "Ereignisse bei Narnia", "événements à Narnia"):
        assert (await ask(f"/event {typed}")).title == "No event found"


async def test_the_soviet_of_1905_is_not_that_of_1917(ask: Ask) -> None:
    assert (await ask("/event St Petersburg Soviet")).title == "No event found"


@pytest.mark.parametrize(
    ("typed", "english"),
    [
        ("nach der Oktoberrevolution", "after the October Revolution"),
        ("was geschah nach der Oktoberrevolution?", "after the October Revolution"),
        ("vor der Februarrevolution", "before the February Revolution"),
        ("seit Lenins Tod", "since Lenin's death"),
        ("bis zur Oktoberrevolution", "until the October Revolution"),
        ("am Tag nach der Oktoberrevolution", "the day after the October Revolution"),
        ("am Vorabend der Oktoberrevolution", "the eve of the October Revolution"),
        ("zwei Wochen vor der Oktoberrevolution", "two weeks before the October Revolution"),
        ("eine Woche vor dem 7. November 1917", "a week before 7 November 1917"),
        ("после Октябрьской революции", "after the October Revolution"),
        ("что было после смерти Ленина?", "after Lenin's death"),
        ("до Февральской революции", "before the February Revolution"),
        ("накануне Октябрьской революции", "the day before the October Revolution"),
        ("на следующий день после Октябрьской революции", "the day after the October Revolution"),
        ("за неделю до Октябрьской революции", "a week before the October Revolution"),
        ("через два года после смерти Ленина", "two years after Lenin's death"),
        ("через неделю после 7 ноября 1917", "a week after 7 November 1917"),
        ("après la révolution d'octobre", "after the October Revolution"),
        ("avant la mort de Lénine", "before Lenin's death"),
        ("depuis la révolution de février", "since the February Revolution"),
        ("jusqu'à la mort de Lénine", "until Lenin's death"),
        ("le lendemain de la révolution d'octobre", "the day after the October Revolution"),
        ("la veille de la révolution d'octobre", "the day before the October Revolution"),
        ("une semaine avant la révolution d'octobre", "a week before the October Revolution"),
        ("le surlendemain de la révolution d'octobre", "two days after the October Revolution"),
        ("au lendemain de la mort de Lénine", "the day after Lenin's death"),
        ("l'avant-veille de la révolution d'octobre", "two days before the October Revolution"),
        ("quelques jours après la révolution d'octobre", "a few days after the October Revolution"),
        ("peu avant la révolution d'octobre", "shortly before the October Revolution"),
        ("quinze jours après la mort de Lénine", "a fortnight after Lenin's death"),
        ("une quinzaine après la mort de Lénine", "a fortnight after Lenin's death"),
        ("quinze ans après la mort de Lénine", "15 years after Lenin's death"),
        ("am übernächsten Tag nach der Oktoberrevolution", "two days after the October Revolution"),
        ("am zweiten Tag nach der Oktoberrevolution", "two days after the October Revolution"),
        ("ein halbes Jahr nach der Oktoberrevolution", "half a year after the October Revolution"),
        ("ein paar Tage vor der Oktoberrevolution", "a few days before the October Revolution"),
        ("kurz nach der Oktoberrevolution", "shortly after the October Revolution"),
        ("vierzehn Tage nach Lenins Tod", "a fortnight after Lenin's death"),
        ("спустя два дня после Октябрьской революции", "two days after the October Revolution"),
        ("на третий день после смерти Ленина", "three days after Lenin's death"),
        ("через несколько дней после Октябрьской революции", "a few days after the October Revolution"),
        ("через полгода после смерти Ленина", "half a year after Lenin's death"),
        ("незадолго до Октябрьской революции", "shortly before the October Revolution"),
        ("von der Februarrevolution bis November 1917", "from the February Revolution to November 1917"),
        ("vom Ende des Bürgerkriegs bis zu Lenins Tod", "from the end of the civil war to Lenin's death"),
        ("von der Februar- bis zur Oktoberrevolution", "from the February Revolution to the October Revolution"),
        ("zwischen den Revolutionen von 1917", "between the revolutions of 1917"),
        ("seit der Oktoberrevolution bis heute", "from the October Revolution to today"),
        ("с февральской революции до ноября 1917", "from the February Revolution to November 1917"),
        ("между февральской и октябрьской революцией", "from the February Revolution to the October Revolution"),
        ("между революциями 1917 года", "between the revolutions of 1917"),
        ("с конца гражданской войны до смерти Ленина", "from the end of the civil war to Lenin's death"),
        ("de la révolution de février à novembre 1917", "from the February Revolution to November 1917"),
        ("entre la révolution de février et celle d'octobre", "from the February Revolution to the October Revolution"),
        ("entre les révolutions de février et d'octobre", "from the February Revolution to the October Revolution"),
        ("von Februar bis Oktober", "from February to October"),
        ("entre mars et mai", "between March and May"),
        ("nach 1917", "after 1917"),
        ("после 1917", "after 1917"),
    ],
)
async def test_times_are_counted_from_events_in_other_languages_as_in_english(
    ask: Ask, typed: str, english: str
) -> None:
    for command in ("event", "timeline"):
        reply, same = await ask(f"/{command} {typed}"), await ask(f"/{command} {english}")
        assert reply.title == same.title
        assert said(reply) == said(same)
        assert lines(reply) == lines(same)


@pytest.mark.parametrize(
    "typed", ["the week after Kronstadt", "two days after the world war", "a week before the civil war"]
)
async def test_what_is_not_known_to_the_day_says_so_where_days_are_counted(ask: Ask, typed: str) -> None:
    reply = await ask(f"/event {typed}")
    assert said(reply).startswith("The notes do not know this to the day, so I can't count from it.")


@pytest.mark.parametrize("count", ["the days before", "the eve of", "3 weeks after", "shortly before", "the week of"])
@pytest.mark.parametrize("start", ["1917", "October 1917", "May"])
async def test_days_are_counted_from_a_day_and_not_from_a_month_or_a_year(ask: Ask, count: str, start: str) -> None:
    reply = await ask(f"/event {count} {start}")
    assert reply.error == f"I can't count from “{start}”. Please give the day, as in 24 May 1917."


@pytest.mark.parametrize("typed", ["25 October 1917 OS to NS", "what is 25 October 1917 in the new style?"])
async def test_a_day_is_shown_in_the_other_calendar_with_its_events(ask: Ask, typed: str) -> None:
    reply = await ask(f"/event {typed}")
    assert said(reply).startswith("25 October 1917 (Old Style) is 7 November 1917 (New Style).")
    assert "The October Revolution" in " ".join(lines(reply))


async def test_a_day_that_russia_left_out_says_so(ask: Ask) -> None:
    assert said(await ask("/event 5 February 1918")).startswith("In Russia no day had this date")


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        *(
            (typed, "Nicholas II abdicates")
            for typed in (
                *("wann dankte der Zar ab?", "wann trat der Zar zurück", "wann dankte Nikolaus II. ab"),
                *("когда отрёкся царь", "когда царь отрекся от престола", "quand le tsar abdiqua-t-il"),
                *("quand Nicolas II a-t-il abdiqué ?", "when did the Tsar resign"),
            )
        ),
        *(
            (typed, "Trotsky's escape from Siberia and his new name")
            for typed in ("wann floh Trotzki", "когда бежал Троцкий", "quand Trotsky s'est-il évadé")
        ),
        ("wann wurde Trotzki verbannt", "Trotsky is banished to Alma-Ata"),
        ("когда сослали Троцкого", "Trotsky is banished to Alma-Ata"),
        ("wann wurde Trotzki ausgewiesen", "Trotsky is deported from the Soviet Union"),
        ("когда выслали Троцкого", "Trotsky is deported from the Soviet Union"),
        ("quand Trotsky a-t-il été expulsé", "Trotsky is deported from the Soviet Union"),
        ("wann wurde Trotzki aus der Partei ausgeschlossen", "Trotsky is expelled from the party"),
        ("когда Троцкого исключили из партии", "Trotsky is expelled from the party"),
        ("quand Trotsky fut-il exclu du parti", "Trotsky is expelled from the party"),
        ("wann trat Trotzki der Partei bei", "Trotsky joins the Bolsheviks"),
        ("когда Троцкий вступил в партию", "Trotsky joins the Bolsheviks"),
        *((typed, "The October Revolution") for typed in ("Roter Oktober", "Красный Октябрь", "Octobre rouge")),
    ],
)
async def test_what_somebody_did_is_asked_for_in_other_languages(ask: Ask, typed: str, title: str) -> None:
    assert (await ask(f"/event {typed}")).title == title


async def test_the_july_days_are_known_to_the_day(ask: Ask) -> None:
    for typed in ("July Days", "16 July 1917", "3 July 1917 OS", "20 July 1917"):
        assert "16–20 July 1917 (3–7 July, Old Style)." in said(await ask(f"/event {typed}")), typed


async def test_what_a_time_is_counted_from_is_said(ask: Ask) -> None:
    for typed, start in {
        "a week before 25 October 1917 OS": "25 October 1917 (Old Style)",
        "two years after 1917": "1917",
    }.items():
        assert said(await ask(f"/event {typed}")).startswith(f"Counted from: {start}.")


@pytest.mark.parametrize("typed", ["what didn't happen in 1917", "which events did not happen", "never happened"])
async def test_what_never_was_is_not_looked_up(ask: Ask, typed: str) -> None:
    assert (await ask(f"/event {typed}")).error.startswith("I can't leave anything out.")


@pytest.mark.parametrize("typed", ["Lenin", "Trotsky", "Stalin", "Nicholas II", "Ленин", "Kerensky"])
async def test_the_events_of_a_person_are_in_order(ask: Ask, app: App, ctx: Context, typed: str) -> None:
    found = [line.partition(" · ")[2] for line in await all_lines(app, ctx, await ask(f"/event {typed}"))]
    assert len(found) > 1
    assert found == [one.name for one in app.corpus.notes.events if one.name in found]


async def test_all_words_of_a_long_note_lead_to_its_event(app: App) -> None:
    finder = app.corpus.finder
    mentioning = cache(finder.events_mentioning)
    for one in app.corpus.notes.events:
        for word in content_words(one.note):
            assert one in mentioning(word.word), f"{one.id}: {word.word}"


async def test_the_assassination_is_found_by_day_month_and_name(ask: Ask) -> None:
    by_day = await ask("/event 20 August 1940")
    assert said(by_day).startswith("20 August 1940. The text gives this date")
    assert "article 27.1" in {quote.reference for quote in by_day.quotes()}
    for typed in ("August 1940", "Mercader", "assassination"):
        reply = await ask(f"/event {typed}")
        assert by_day.title in "\n".join([reply.title, *lines(reply)])


@pytest.mark.parametrize(
    "typed",
    [
        "25 October (7 November) 1917",
        "7 November [25 October] 1917",
        "25 October/7 November 1917",
        "25.X.1917",
        "Wednesday, 7 November 1917",
        "what happened on 7 November 1917?",
        "7. November 1917",
        "the seventh of November, 1917",
        "1917-11-07T21:40",
    ],
)
async def test_the_day_of_the_revolution_is_found_in_every_usual_form(ask: Ask, typed: str) -> None:
    plain, reply = await ask("/event 7 November 1917 NS"), await ask(f"/event {typed}")
    assert lines(reply)
    expected = {*lines(plain), *lines(await ask("/event 25 October 1917"))}
    assert {line.partition(" · ")[2] for line in lines(reply)} <= {line.partition(" · ")[2] for line in expected}


@pytest.mark.parametrize(
    ("typed", "years"),
    [
        ("1917\u20131918", range(1917, 1919)),
        ("1917 to 1920", range(1917, 1921)),
        ("between 1917 and 1918", range(1917, 1919)),
        ("1920s", range(1920, 1930)),
        ("until 1905", range(1800, 1906)),
        ("since 1929", range(1929, 2100)),
    ],
)
async def test_a_range_lists_its_events_and_no_others(
    ask: Ask, app: App, ctx: Context, typed: str, years: range
) -> None:
    found = await all_lines(app, ctx, await ask(f"/event {typed}"))
    inside = [
        one
        for one in app.corpus.notes.events
        if one.date.first.year in years or (one.until or one.date).last.year in years
    ]
    assert inside
    names = (line.partition(" · ")[2].removesuffix(" (already under way)") for line in found)
    assert sorted(names) == sorted(one.name for one in inside)


async def test_what_began_before_the_date_is_said_to_be_under_way(app: App, ctx: Context, ask: Ask) -> None:
    found = await all_lines(app, ctx, await ask("/event 1917"))
    started = [line for line in found if line.endswith(" (already under way)")]
    assert started == found[-len(started) :] == ["1914–1918 † · The First World War (already under way)"]


async def test_a_month_alone_lists_its_events_of_every_year(ask: Ask) -> None:
    found = lines(await ask("/event August"))
    assert len({line.partition(" · ")[0] for line in found}) > 1
    assert all("Aug" in line for line in found)


@pytest.mark.parametrize(
    ("month", "names"),
    [
        ("February", "Februar, février, febrero, февраль, в феврале, en février"),
        ("March", "März, en mars, en Mars, marzo, март, в марте"),
        ("October", "Oktober, octobre, ottobre, октябрь, в октябре, В октябре, en octobre, En octobre"),
        ("November", "November, novembre, noviembre, ноябрь, в ноябре"),
        ("August", "août, agosto, август, in August"),
    ],
)
async def test_a_month_alone_is_known_by_its_name_in_other_languages(ask: Ask, month: str, names: str) -> None:
    same = await ask(f"/event {month}")
    for typed in names.split(", "):
        assert (await ask(f"/event {typed}")).title == same.title, typed


async def test_on_this_day_is_the_day_of_the_year_and_its_neighbours(ask: Ask) -> None:
    for typed in ("today", "on this day", "this day", "what happened today?"):
        assert await ask(f"/event {typed}") == await ask("/event 22 November")
    assert (await ask("/event today")).title == "22 November: no events"
    assert await ask("/event yesterday") == await ask("/event 21 November")


async def test_today_is_the_askers_own_day(app: App, ctx: Context) -> None:
    late = replace(ctx, now=datetime(2026, 11, 6, 23, 30, tzinfo=UTC))
    assert await answer_line(app, "/event today", late) == await answer_line(app, "/event 6 November", late)
    await answer_line(app, "/quiz timezone Berlin", late)
    assert await answer_line(app, "/event today", late) == await answer_line(app, "/event 7 November", late)


async def test_a_wrong_day_of_the_week_is_told_and_the_date_answered(ask: Ask) -> None:
    reply = await ask("/event Friday 7 November 1917")
    assert "7 November 1917 was a Wednesday (New Style) or a Tuesday (Old Style), not a Friday." in said(reply)
    assert lines(reply)


async def test_two_days_for_one_are_told_with_both(ask: Ask) -> None:
    reply = await ask("/event 25 October (8 November) 1917")
    assert "25 October 1917 (Old Style) is 7 November 1917 (New Style)" in reply.error


async def test_a_text_that_is_silent_is_said_to_be(ask: Ask) -> None:
    assert "The speech does not mention this." in said(await ask("/event 20 August 1940"))


async def test_a_silent_text_is_named_outside_the_box_of_another(app: App, ctx: Context) -> None:
    for event in app.corpus.notes.events:
        parts = (await app.act("event.show", event.id, ctx)).parts
        headings = [place for place, part in enumerate(parts) if isinstance(part, Heading)]
        silent = [place for place, part in enumerate(parts) if isinstance(part, Prose) and "not mention" in part.words]
        assert all(place < min(headings, default=99) for place in silent)


async def test_a_date_that_the_editors_supply_is_marked(app: App, ctx: Context) -> None:
    supplied = [event for event in app.corpus.notes.events if event.dated_by == "editors"]
    assert supplied
    for event in supplied:
        reply = await app.act("event.show", event.id, ctx)
        assert "Date added by the editors." in said(reply)


async def test_several_matches_are_a_menu(ask: Ask, press: Press) -> None:
    reply = await ask("/event 1917")
    menu = next(part for part in reply.parts if isinstance(part, Menu))
    assert len(menu.choices) > 3
    one = await press(menu.action, menu.choices[1].value)
    assert one.title in menu.choices[1].label or menu.choices[1].label.endswith("…")


@pytest.mark.parametrize("typed", ["/event October 1917", "/event", "/event Trotsky"])
async def test_the_new_style_leads_in_every_line_of_a_list(app: App, ctx: Context, ask: Ask, typed: str) -> None:
    days = [line for line in await all_lines(app, ctx, await ask(typed)) if re.match(r"[\d–]+ \w+ 1917", line)]
    assert len(days) > 2
    assert all(re.match(r"[\d–]+ (Nov|March|July) 1917 \([^)]+ (Oct|March|July) O\.S\.\) ", line) for line in days)


async def test_the_old_style_leads_where_it_was_typed(app: App, ctx: Context, ask: Ask) -> None:
    found = await all_lines(app, ctx, await ask("/event 25 October 1917 OS"))
    assert found[0].startswith("25 Oct 1917 O.S. (7 Nov N.S.)")
    assert not any("O.S." in line for line in lines(await ask("/event since 1929")))


async def test_without_a_name_all_events_are_listed_ten_a_page(ask: Ask, app: App, ctx: Context) -> None:
    reply = await ask("/event")
    assert len(lines(reply)) == 10
    found = await all_lines(app, ctx, reply)
    assert [line.partition(" · ")[2] for line in found] == [one.name for one in app.corpus.notes.events]


async def test_the_mark_of_the_editors_dates_is_explained_once(ask: Ask) -> None:
    reply = await ask("/event 1917")
    assert any("†" in line for line in lines(reply))
    assert said(reply) == "† Date added by the editors."


@pytest.mark.parametrize("typed", ["30 February 1917", "31 April 1917", "29 February 1918"])
async def test_a_date_that_does_not_exist_is_told_as_such(ask: Ask, typed: str) -> None:
    reply = await ask(f"/event {typed}")
    assert reply.error
    assert "no" in reply.error.casefold()


async def test_a_date_with_nothing_gets_its_neighbours(ask: Ask) -> None:
    reply = await ask("/event 3 March 1912")
    assert reply.title == "3 March 1912: no events"
    assert reply.private
    assert len(lines(reply)) == 2


async def test_an_unknown_event_is_an_answer(ask: Ask) -> None:
    reply = await ask("/event moon landing")
    assert reply.title == "No event found"
    assert reply.private
    assert not reply.error


MONTHS = ["January", "February", "April", "June", "July", "August", "September", "October", "November", "December"]


@pytest.mark.parametrize("month", MONTHS)
@pytest.mark.parametrize("year", ["", " 1917"])
async def test_no_event_is_suggested_for_its_date_alone(app: App, ask: Ask, month: str, year: str) -> None:
    names = {event.name: (event.name, *event.aliases) for event in app.corpus.notes.events}
    for line in lines(await ask(f"/event {month}{year} zeppelins")):
        assert any(month in name for name in names[line.partition(" · ")[2]]), line


@pytest.mark.parametrize("typed", ["zeppelin {}", "{} zeppelin", "{} дирижабль"])
@pytest.mark.parametrize("word", sorted(FOREIGN_SMALL_WORDS))
async def test_small_words_of_other_languages_suggest_nothing(ask: Ask, typed: str, word: str) -> None:
    reply = await ask(f"/event {typed.format(word)}")
    assert [one.label for one in reply.buttons if "Look in" not in one.label] == []
    assert lines(reply) == []


async def test_an_event_half_remembered_leads_to_the_one_meant(ask: Ask) -> None:
    reply = await ask("/event winter palace stormed by red sailors")
    assert reply.private
    assert any("Fall of the Provisional Government" in line for line in lines(reply))


async def test_events_lead_to_their_neighbours_in_order(app: App, ctx: Context) -> None:
    events = app.corpus.notes.events
    reply = await app.act("event.show", events[0].id, ctx)
    titles = [reply.title]
    while reply.buttons[1].enabled:
        reply = await app.act(reply.buttons[1].action, reply.buttons[1].value, ctx)
        titles.append(reply.title)
    assert titles == [event.name for event in events]
    assert not (await app.act("event.show", events[0].id, ctx)).buttons[0].enabled


async def test_what_no_text_says_is_marked_as_the_editors(app: App, ctx: Context) -> None:
    names = {person.id: person.name for person in app.corpus.notes.people}
    for event in app.corpus.notes.events:
        reply = await app.act("event.show", event.id, ctx)
        added = "\n".join(part.words for part in reply.parts if isinstance(part, Note))
        assert event.note in added
        assert all(names[person] in added for person in event.concerns)
        assert bool(added) == bool(event.note or event.concerns)


@pytest.mark.parametrize("typed", ["Lenin's funeral", "Siberian exile"])
async def test_an_event_that_only_mentions_the_words_is_not_what_was_asked_for(ask: Ask, typed: str) -> None:
    assert said(await ask(f"/event {typed}")).startswith("No event has this name. This one has the words in its notes")


@pytest.mark.parametrize("typed", ["April Theses", "Norway otter", "Tobolsk abort", "Siqueiros thorough"])
async def test_no_word_is_left_out_of_the_search_for_being_like_a_small_one(ask: Ask, typed: str) -> None:
    reply = await ask(f"/event {typed}")
    assert reply.title == "No event found"
    assert "has the words" not in said(reply)


async def test_events_that_only_mention_the_words_are_listed_as_that(ask: Ask) -> None:
    assert (await ask("/event Trotsky goes to Turkey")).title == "Events with these words: 3"


@pytest.mark.parametrize("typed", ["first congress of soviets", "third congress", "third international"])
async def test_another_number_is_another_event(ask: Ask, typed: str) -> None:
    assert (await ask(f"/event {typed}")).title == "No event found"


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("2nd Congress of Soviets", "The Second Congress of Soviets"),
        ("4th International", "The Fourth International is founded"),
        ("1st world war", "The First World War"),
        ("World War 1", "The First World War"),
        ("start of the civil war", "The Russian Civil War"),
        ("outbreak of the First World War", "The First World War"),
    ],
)
async def test_an_event_is_found_by_its_number_and_by_a_part_of_it(ask: Ask, typed: str, title: str) -> None:
    assert (await ask(f"/event {typed}")).title == title


async def test_a_time_counted_from_an_event_names_the_event(ask: Ask) -> None:
    reply = await ask("/event what happened the day after the assassination?")
    assert reply.title == "Death of Trotsky"
    assert said(reply).startswith("Counted from: Mercader's attack on Trotsky, 20 August 1940.")
    assert (await ask("/event after Lenin's death")).title.startswith("Events, since 22 January 1924: ")
    assert "when “@everyone” was" in (await ask("/event the day before @everyone")).error
    assert "Please count from one" in (await ask("/event two days after Trotsky")).error


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("the day before", "Before what? Please add an event or a date, as in: before "),
        ("between", "Between what? Please add two events or dates."),
        ("days until", "Until what? Please add an event or a date, as in: until "),
        ("how many years since?", "Since what? Please add an event or a date, as in: since "),
        ("how long between", "Between what? Please add two events or dates."),
        ("not 1917", "I can't leave anything out. Please name what you're looking for."),
        ("except Lenin", "I can't leave anything out."),
        (
            "Oct '17",
            "Which century? Please write all four figures of the year. Did you mean Oct 1917, Oct 2017 or Oct 1817?",
        ),
        ("3/4 February", "Which year is 3 February?"),
    ],
)
async def test_what_lacks_something_is_asked_for_it(ask: Ask, typed: str, says: str) -> None:
    assert says in (await ask(f"/event {typed}")).error


async def test_days_of_any_year_are_looked_up_in_each(ask: Ask) -> None:
    for typed in ("24/25 October", "October 24-25"):
        reply = await ask(f"/event {typed}")
        assert reply.title.startswith("Events, 24 October to 25 October of any year: ")
        assert any("The October Revolution" in line for line in lines(reply))


async def test_a_number_alone_is_no_part_of_an_events_name(ask: Ask) -> None:
    for typed in ("1", "24", "year 1"):
        assert (await ask(f"/event {typed}")).title == "No event found"


async def test_a_birth_that_is_no_event_is_answered_by_the_years(ask: Ask, press: Press) -> None:
    reply = await ask("/event when was Lenin born?")
    assert Note("Vladimir Lenin, 1870–1924.") in reply.parts
    assert (await press(reply.buttons[0].action, reply.buttons[0].value)).title == "Vladimir Lenin"


async def test_a_person_brings_their_events_and_not_all_of_a_topic(ask: Ask) -> None:
    assert (await ask("/event Mercader")).title == "Mercader's attack on Trotsky"


async def test_nobody_is_said_to_have_been_there(ask: Ask) -> None:
    reply = await ask("/event founding of the Fourth International")
    assert any(isinstance(part, Note) and "People: Leon Trotsky." in part.words for part in reply.parts)
    assert "was there" not in said(reply)


async def test_a_date_of_a_heading_is_called_that(ask: Ask) -> None:
    assert "The text's heading gives this date (New Style)." in said(await ask("/event arrest of Avksentiev"))
    assert "The text's heading gives the first day (New Style)." in said(await ask("/event Trotsky's speech"))


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        *((typed, "Birth of Trotsky") for typed in ("first event", "the earliest", "what happened first?",
                                                    "which was the first event of all", "first event of Trotsky")),
        ("last event", "Service's biography of Trotsky appears"),
        ("what came last?", "Service's biography of Trotsky appears"),
        ("what happened first in 1917?", "The February Revolution"),
        ("last event of 1917", "The Left Socialist-Revolutionaries join the government"),
        ("the last event in MCMXVII", "The Left Socialist-Revolutionaries join the government"),
    ],
)  # fmt: skip
async def test_the_first_and_the_last_event(ask: Ask, typed: str, title: str) -> None:
    reply = await ask(f"/event {typed}")
    assert reply.title == title
    assert re.match(r"The (?:first|last) of \d+ events in the notes\.", said(reply))


@pytest.mark.parametrize(
    "typed",
    [
        "which came first: the October Revolution or the February Revolution?",
        "what happened first, the October Revolution or the February Revolution",
        "the October Revolution or the February Revolution",
    ],
)
async def test_of_several_events_the_first_is_named_first(ask: Ask, typed: str) -> None:
    found = lines(await ask(f"/event {typed}"))
    assert ["February" in line for line in found] == [True, False]


async def test_an_event_of_several_that_nobody_knows_is_named(ask: Ask) -> None:
    reply = await ask("/event which came first, the July Days or the siege of Troy?")
    assert "No event found for “siege of troy”." in said(reply)
    assert "July Days" in lines(reply)[0]


@pytest.mark.parametrize(
    ("typed", "title", "line"),
    [
        *((typed, "The Second Congress of Soviets", "3 days, the first and the last included.") for typed in (
            "how long was the congress?", "how many days did the Second Congress last", "length of the congress")),
        ("how long did the First World War last", "The First World War", "The notes give no days"),
        ("for how long was Lenin in hiding", "Lenin in hiding", "The notes give one date for it"),
    ],
)  # fmt: skip
async def test_how_long_an_event_was_as_far_as_the_notes_say(ask: Ask, typed: str, title: str, line: str) -> None:
    reply = await ask(f"/event {typed}")
    assert reply.title == title
    assert said(reply).startswith(line)


async def test_one_time_or_another_lists_what_happened_at_both(app: App, ctx: Context, ask: Ask) -> None:
    either = await all_lines(app, ctx, await ask("/event 1918 or 20 August 1940"))
    assert sorted(either[:-1]) == sorted(await all_lines(app, ctx, await ask("/event 1918")))
    assert "20 Aug 1940" in either[-1]


@pytest.mark.parametrize("typed", ["MCMXVII", "mcmxvii", "what happened in MCMXVII?", "nineteen seventeen"])
async def test_years_in_numerals_and_in_words(ask: Ask, typed: str) -> None:
    assert lines(await ask(f"/event {typed}")) == lines(await ask("/event 1917"))


@pytest.mark.parametrize("typed", ["all", "list", "everything", "show me all events", "how many events are there?"])
async def test_who_asks_for_all_events_gets_them(ask: Ask, typed: str) -> None:
    assert lines(await ask(f"/event {typed}")) == lines(await ask("/event"))


async def test_what_finds_no_event_leads_to_those_of_whoever_is_named(ask: Ask) -> None:
    labels = [one.label for one in (await ask("/event what did Trotsky eat & drink")).buttons]
    assert "Events of Leon Trotsky" in labels


@pytest.mark.parametrize(("typed", "same"), [("1917 AD", "1917"), ("7 & 8 November 1917", "7 to 8 November 1917"),
                                             ("1917 https://example.org/1917", "1917")])  # fmt: skip
async def test_what_people_add_to_a_date_makes_no_difference(ask: Ask, typed: str, same: str) -> None:
    assert lines(await ask(f"/event {typed}")) == lines(await ask(f"/event {same}"))


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        *((f"when was Trotsky {verb}", "Mercader's attack on Trotsky") for verb in (
            "killed", "murdered", "assassinated", "slain")),
        ("who killed Trotsky?", "Mercader's attack on Trotsky"),
        ("the killing of Trotsky", "Mercader's attack on Trotsky"),
        ("when was Trotsky born", "Birth of Trotsky"), ("when did Trotsky die", "Death of Trotsky"),
        *((f"when was Trotsky {verb} the party", "Trotsky is expelled from the party") for verb in (
            "expelled from", "thrown out of", "kicked out of", "removed from", "dismissed from")),
        ("when was Trotsky deported", "Trotsky is deported from the Soviet Union"),
        ("when was Trotsky banished", "Trotsky is banished to Alma-Ata"),
        ("when was Trotsky exiled", "Trotsky in exile abroad"),
        ("when did Trotsky flee Siberia", "Trotsky's escape from Siberia and his new name"),
        ("when was the MRC founded", "The Military Revolutionary Committee is formed"),
        ("when was the MRC established", "The Military Revolutionary Committee is formed"),
        ("when did the Constituent Assembly meet", "The Constituent Assembly meets and is dissolved"),
        ("when was the Constituent Assembly disbanded", "The Constituent Assembly meets and is dissolved"),
        ("when was the Winter Palace captured", "Fall of the Provisional Government"),
        ("when were the secret treaties leaked", "The secret treaties are published"),
        ("when was Stalin chosen General Secretary", "Stalin becomes General Secretary"),
    ],
)  # fmt: skip
async def test_another_word_for_what_happened_leads_to_the_event(ask: Ask, asked: str, name: str) -> None:
    reply = await ask(f"/event {asked}")
    assert reply.title == name
    assert not reply.private


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        *((f"{asked} {verb} by {who}", name) for asked, verbs, who, name in (
            ("when was Trotsky", ("killed", "murdered", "assassinated"), "Mercader", "Mercader's attack on Trotsky"),
            ("was Trotsky", ("slain", "stabbed", "shot"), "Ramón Mercader", "Mercader's attack on Trotsky"),
            ("when was Trotsky", ("expelled from the party", "kicked out of the party"), "Stalin",
             "Trotsky is expelled from the party"),
            ("when was Trotsky", ("deported",), "Joseph Stalin", "Trotsky is deported from the Soviet Union"),
        ) for verb in verbs),
        ("when did Mercader kill Trotsky?", "Mercader's attack on Trotsky"),
        ("Mercader murders Trotsky", "Mercader's attack on Trotsky"),
        ("did Stalin banish Trotsky", "Trotsky is banished to Alma-Ata"),
        ("when did Stalin expel Trotsky from the party", "Trotsky is expelled from the party"),
    ],
)  # fmt: skip
async def test_who_else_had_a_part_in_it_leads_to_the_event(ask: Ask, asked: str, name: str) -> None:
    reply = await ask(f"/event {asked}")
    assert reply.title == name
    assert not reply.private


@pytest.mark.parametrize(
    ("asked", "name"),
    [("when was Trotsky shot", "Death of Trotsky"), ("who killed Lenin?", "Death of Lenin")],
)
async def test_a_killing_that_no_note_has_leads_to_the_death(ask: Ask, asked: str, name: str) -> None:
    reply = await ask(f"/event {asked}")
    assert reply.title == name
    assert said(reply).startswith("No event has this name. This is the death of the same person:")


async def test_a_killing_of_whom_no_event_tells_leads_to_the_years(ask: Ask) -> None:
    reply = await ask("/event when was the Tsar killed")
    assert "Nicholas II, 1868–1918." in said(reply)
    assert "no event for this" in said(reply)


@pytest.mark.parametrize("asked", ["what happened between {}", "what happened from {}", "events between {}"])
async def test_what_happened_between_two_events_is_a_time(ask: Ask, asked: str) -> None:
    between = "Lenin's death and Trotsky's death"
    assert lines(await ask(f"/event {asked.format(between)}")) == lines(await ask(f"/event between {between}"))


async def test_the_only_event_of_a_date_that_began_before_is_said_to_have(ask: Ask) -> None:
    reply = await ask("/event mid-October 1917")
    assert reply.title == "The First World War"
    assert "No event begins then (11 October 1917 to 20 October 1917). This was under way." in said(reply)
    assert "under way" not in said(await ask("/event 20 August 1940"))


WAR, GOVERNMENT = "The First World War", "The Provisional Government in office"


@pytest.mark.parametrize(
    ("typed", "under_way"),
    [
        ("1 May 1917", [WAR, GOVERNMENT]),
        ("3 June 1917", [WAR, GOVERNMENT]),
        ("20 June 1917 O.S.", [WAR, GOVERNMENT]),
        ("June 1915", [WAR]),
        ("29 February 1916", [WAR]),
        # The month or year in which something began or ended does not say which of its days were before.
        ("20 March 1917", [WAR]),
        ("5 November 1917", [WAR]),
        ("1 January 1914", []),
        ("10 June 1918", []),
        ("1 May 1890", []),
        ("31 December", []),
    ],
)
async def test_what_goes_on_on_a_day_without_events_is_said(ask: Ask, typed: str, under_way: list[str]) -> None:
    reply = await ask(f"/event {typed}")
    assert reply.title.endswith(": no events")
    *lasting, nearest = (menu for menu in reply.parts if isinstance(menu, Menu))
    assert [[one.label.partition(" † · ")[2] for one in menu.choices] for menu in lasting] == [under_way][
        : len(lasting)
    ]
    assert len(lasting) == bool(under_way)
    assert len(nearest.choices) in (1, 2)
    assert not {one.value for menu in lasting for one in menu.choices} & {one.value for one in nearest.choices}
    assert said(reply).count("† Date added by the editors.") <= 1


@pytest.mark.parametrize("typed", ["500 BC", "what happened in 44 b.c.?", "5th century BCE", "500 v. Chr."])
async def test_a_year_before_christ_is_told_with_the_first_event(ask: Ask, press: Press, typed: str) -> None:
    reply = await ask(f"/event {typed}")
    assert reply.error == "The texts have no event before 7 November 1879 (26 October, Old Style)."
    (way,) = reply.buttons
    assert (await press(way.action, way.value)).title == "Timeline"


@pytest.mark.parametrize(
    ("typed", "month"),
    [
        ("7 Novmber 1917", "November"),
        ("what happened on 7 Novemebr 1917?", "November"),
        ("Ocotber 25, 1917 OS", "October"),
        ("7 novmeber", "November"),
        ("from 6 October to 8 Novembr 1917", "November"),
    ],
)
async def test_a_misspelt_month_is_read_and_said(ask: Ask, typed: str, month: str) -> None:
    (wrong,) = [word for word in typed.split() if word[:2].lower() == month[:2].lower() or word == "Ocotber"][-1:]
    reply, right = await ask(f"/event {typed}"), await ask(f"/event {typed.replace(wrong, month)}")
    assert f"I read “{wrong}” as {month}." in said(reply)
    assert reply.title == right.title


@pytest.mark.parametrize(
    "typed", ["the marsh of 1917", "Trotsky 1917", "the Decembrists 1825", "7 days in sober October"]
)
async def test_what_is_no_misspelt_month_stays(ask: Ask, typed: str) -> None:
    assert "I read" not in said(await ask(f"/event {typed}"))
