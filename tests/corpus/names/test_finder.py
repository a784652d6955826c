"""People, events and topics by what somebody types, over the shipped notes and over a few made ones."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.calendar import Calendar, DateQuery, HistoricalDate
from corpus.corpus import Corpus
from corpus.date_reading import read_date
from corpus.errors import NotUnderstood
from corpus.language.english import STOP_WORDS
from corpus.language.tokens import tokens
from corpus.names.event_dates import EventDates
from corpus.names.finder import Finder
from corpus.names.index import folded_words
from corpus.names.people import name_words
from corpus.names.quotation_requests import words_beside_names
from corpus.note_model import Event, Notes, Person, Topic


def event(name: str, date: str, until: str = "", calendar: Calendar = "gregorian", **more: tuple[str, ...]) -> Event:
    made = {"aliases": (), "people": (), "topics": ()} | more
    end = HistoricalDate.from_iso(until, calendar) if until else None
    day = HistoricalDate.from_iso(date, calendar)
    shown = name.replace("-", " ")
    return Event(name, shown, made["aliases"], day, end, "text", made["people"], made["topics"], "", ())


NOTES = Notes(
    people=(
        Person("trotsky", "Leon Trotsky", ("Trotsky", "Bronstein"), "", ()),
        Person("sedova", "Natalia Sedova", ("Natalia Trotsky",), "", ()),
        Person("lenin", "Vladimir Lenin", ("Lenin", "Ulyanov"), "", ()),
    ),
    events=(
        event("the-first-congress", "1917-06-16", "1917-07-07"),
        event("night-of-the-bridges", "1917-10-24", calendar="julian", people=("trotsky",)),
        event("taking-of-the-palace", "1917-10-25", calendar="julian", aliases=("storming",), topics=("uprising",)),
        event("life-on-a-train", "1918", "1920", people=("trotsky",)),
        event("death-of-Lenin", "1924-01-21", people=("lenin",)),
        event("flight-of-1929", "1929-02"),
    ),
    topics=(
        Topic("uprising", "The uprising", ("revolt", "taking power"), "", ()),
        Topic("red-army", "Red Army", ("soldiers",), "", ()),
        Topic("red-terror", "Red Terror", (), "", ()),
    ),
)
FINDER = Finder({}, NOTES)


def ids(found: tuple[Event, ...] | tuple[Person, ...] | tuple[Topic, ...]) -> list[str]:
    return [entry.id for entry in found]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("24 October 1917", ["night-of-the-bridges"]),
        ("6 November 1917", ["night-of-the-bridges"]),
        ("1917-11-06", ["night-of-the-bridges"]),
        ("Nov 6", ["night-of-the-bridges"]),
        ("24 October 1917 NS", []),
        ("7 November 1917 OS", []),
        ("November 1917", ["night-of-the-bridges", "taking-of-the-palace"]),
        ("1917", ["the-first-congress", "night-of-the-bridges", "taking-of-the-palace"]),
        ("20 June 1917", ["the-first-congress"]),
        ("July 1917", ["the-first-congress"]),
        ("1919", ["life-on-a-train"]),
        ("1 May 1919", []),
        ("1918", ["life-on-a-train"]),
        ("1920", ["life-on-a-train"]),
        ("21 January 1924", ["death-of-Lenin"]),
        ("22 January 1924", []),
        ("February 1929", ["flight-of-1929"]),
        ("11 February 1929", []),
        ("1928", []),
        ("November", ["night-of-the-bridges", "taking-of-the-palace"]),
        ("February", ["flight-of-1929"]),
        ("May", []),
        ("1917\u20131918", ["the-first-congress", "night-of-the-bridges", "taking-of-the-palace", "life-on-a-train"]),
        ("until 1917", ["the-first-congress", "night-of-the-bridges", "taking-of-the-palace"]),
        ("before 1917", []),
        ("after 1920", ["death-of-Lenin", "flight-of-1929"]),
        ("1920s", ["death-of-Lenin", "flight-of-1929", "life-on-a-train"]),
        ("1919-02 to 1919-11", ["life-on-a-train"]),
        ("24 October (6 November) 1917", ["night-of-the-bridges"]),
        ("Tuesday 24 October 1917", ["night-of-the-bridges"]),
        ("what happened on 21 January 1924?", ["death-of-Lenin"]),
        ("late October 1917", ["night-of-the-bridges", "taking-of-the-palace"]),
    ],
)
def test_dates_find_events_in_either_calendar(typed: str, found: list[str]) -> None:
    assert ids(FINDER.events(typed)) == found


def test_a_day_of_any_year_has_its_events() -> None:
    assert ids(FINDER.event_dates.on(DateQuery(None, 1, 21))) == ["death-of-Lenin"]
    assert FINDER.event_dates.on(DateQuery(None, 1, 20)) == ()


def test_what_begins_then_comes_before_what_goes_on() -> None:
    notes = Notes(events=(event("war", "1914", "1918"), event("peace", "1916")))
    assert ids(Finder({}, notes).events("1916")) == ["peace", "war"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Death of Lenin", ["death-of-Lenin"]),
        ("storming", ["taking-of-the-palace"]),
        ("stormign", ["taking-of-the-palace"]),
        ("the bridges", ["night-of-the-bridges"]),
        ("bridges at night", ["night-of-the-bridges"]),
        ("Ulyanov", ["death-of-Lenin"]),
        ("comrade Trotsky", ["night-of-the-bridges", "life-on-a-train"]),
        ("Trotzky", ["night-of-the-bridges", "life-on-a-train"]),
        ("revolt", ["taking-of-the-palace"]),
        ("Trotsky 1917", []),
        ("bridges october", ["night-of-the-bridges"]),
        ("flight of 1929", ["flight-of-1929"]),
        ("flight of 1928", []),
        ("the", []),
        ("zebra", []),
        ("", []),
    ],
)
def test_names_people_topics_and_words_find_events(typed: str, found: list[str]) -> None:
    assert ids(FINDER.events(typed)) == found


def test_words_that_are_no_name_find_events_that_mention_them() -> None:
    assert ids(FINDER.events_mentioning("Trotsky 1917")) == ["night-of-the-bridges"]


def test_a_date_that_does_not_exist_is_told() -> None:
    with pytest.raises(NotUnderstood, match="no 30 February"):
        FINDER.events("30 February 1917")
    assert FINDER.suggest_events("30 February 1917") == ()


@pytest.mark.parametrize(
    ("typed", "before", "after"),
    [
        ("28 October 1917", "the-first-congress", "night-of-the-bridges"),
        ("15 November 1917", "taking-of-the-palace", "life-on-a-train"),
        ("1 November 1917 OS", "taking-of-the-palace", "life-on-a-train"),
        ("1 January 1900", None, "the-first-congress"),
        ("1950", "flight-of-1929", None),
        ("Feb 10", "death-of-Lenin", "the-first-congress"),
        ("Dec 31", "taking-of-the-palace", "death-of-Lenin"),
        ("Jan 2", "taking-of-the-palace", "death-of-Lenin"),
    ],
)
def test_a_date_with_nothing_has_neighbours(typed: str, before: str | None, after: str | None) -> None:
    query = read_date(typed)
    assert query
    found = FINDER.event_dates.nearest(query)
    assert tuple(entry and entry.id for entry in found) == (before, after)
    assert EventDates(()).nearest(query) == (None, None)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Trotsky", ["trotsky"]),
        ("trotsky's", ["trotsky"]),
        ("Comrade Bronstein", ["trotsky"]),
        ("Natalia", ["sedova"]),
        ("Sedova, Natalia", ["sedova"]),
        ("Lennin", ["lenin"]),
        ("Bronshtein", ["trotsky"]),
        ("comrade", []),
        ("zebra", []),
        ("", []),
    ],
)
def test_people_are_found_by_any_name(typed: str, found: list[str]) -> None:
    assert ids(FINDER.people(typed)) == found


@pytest.mark.parametrize(
    ("typed", "found", "near"),
    [
        ("uprising", "uprising", ["uprising"]),
        ("The Uprisings", "uprising", ["uprising"]),
        ("taking of power", "uprising", ["uprising"]),
        ("soldeirs", "red-army", ["red-army"]),
        ("red-terror", "red-terror", ["red-terror", "red-army"]),
        ("red", None, ["red-army", "red-terror"]),
        ("army terror", None, ["red-army", "red-terror"]),
        ("zebra", None, []),
        ("", None, []),
    ],
)
def test_topics_are_found_by_name_and_synonym(typed: str, found: str | None, near: list[str]) -> None:
    topic = FINDER.topic(typed)
    assert (topic and topic.id) == found
    assert ids(FINDER.near_topics(typed)) == near


def test_half_typed_names_and_dates_suggest() -> None:
    assert ids(FINDER.suggest_events("ni")) == ["night-of-the-bridges"]
    assert ids(FINDER.suggest_events("24 Oct 19")) == ["night-of-the-bridges"]
    assert ids(FINDER.suggest_events("6 nov")) == ["night-of-the-bridges"]
    assert ids(FINDER.suggest_events("of the p")) == ["taking-of-the-palace"]
    assert ids(FINDER.suggest_people("tr")) == ["trotsky", "sedova"]
    assert ids(FINDER.suggest_topics("red t")) == ["red-terror", "red-army"]
    assert len(FINDER.suggest_events("")) == len(NOTES.events)
    assert len(FINDER.suggest_events("", limit=2)) == 2


async def test_the_shipped_notes_answer_people(corpus: Corpus) -> None:
    finder = corpus.finder
    for typed in (
        "20 August 1940",
        "1940-08-20",
        "Aug 20",
        "7 August 1940 OS",
        "assassination",
        "assasination",
        "ice axe",
    ):
        assert finder.events(typed)[0].id == "attack-on-trotsky", typed
    assert finder.events("24 October 1917") == finder.events("6 November 1917")
    assert ids(finder.events("6 November 1917")) == ["night-of-october-24"]
    assert {"october-revolution", "night-of-october-24"} < set(ids(finder.events("October 1917")))
    assert ids(finder.people("Avksentyev")) == ["avksentiev"]
    assert ids(finder.people("Bronstein")) == ["trotsky"]


async def test_everything_is_found_by_its_own_names(corpus: Corpus) -> None:
    finder, notes = corpus.finder, corpus.notes
    for held in notes.events:
        assert held in finder.events(held.name)
        assert held in finder.events(str(held.date)), held.id
        assert all(held in finder.events(alias) for alias in held.aliases), held.id
        assert held in finder.suggest_events(held.name)
    for person in notes.people:
        assert all(person in finder.people(name) for name in (person.name, *person.aliases)), person.id
        assert person in finder.suggest_people(person.name)
    for topic in notes.topics:
        assert all(finder.topic(name) == topic for name in (topic.name, *topic.synonyms, topic.id)), topic.id
        assert topic in finder.suggest_topics(topic.name)


@given(st.one_of(st.sampled_from(["us", "usa", "ok", "ii"]), st.text("abcdeiorsuvx", max_size=8)))
def test_a_plain_word_is_folded_as_among_others(word: str) -> None:
    assert folded_words(word) == tuple(token.word for token in tokens(f"{word} -"))


async def test_slips_in_topics_are_found_alike_before_the_warm_up_and_after_it(corpus: Corpus) -> None:
    fresh, loaded = (Finder(corpus.texts, corpus.notes) for _ in range(2))
    loaded.load()
    found = 0
    for name in (name for topic in corpus.notes.topics for name in (topic.name, *topic.synonyms)):
        for place in range(0, len(name) - 1, 3):
            typed = name[:place] + name[place + 1] + name[place] + name[place + 2 :]
            topic = loaded.topic(typed)
            assert topic == fresh.topic(typed), typed
            found += topic is not None
    assert found > len(corpus.notes.topics)


pieces = st.sampled_from(
    ["24", "October", "1917", "29", "Feb", "1900", "OS", "/", "-", ".", " ", "Lenin", "red", "\x00", "\ud800", "🎉"]
)
anything = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=80), st.lists(pieces, max_size=10).map("".join)
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(typed=anything)
async def test_no_string_raises_anything_but_not_understood(corpus: Corpus, typed: str) -> None:
    for finder in (FINDER, corpus.finder):
        try:
            finder.events(typed)
        except NotUnderstood:
            assert finder.suggest_events(typed) is not None
        for ask in (finder.topic, finder.near_topics, finder.people, finder.suggest_topics, finder.suggest_people):
            ask(typed)


def test_long_input_is_cut() -> None:
    for typed in ("a" * 10_000, "red " * 5_000, "24 October " * 1_000):
        FINDER.events(typed)
        FINDER.suggest_topics(typed)


@given(st.one_of(st.none(), st.integers(1000, 2999)), st.integers(1, 12), st.integers(1, 28))
def test_neighbours_are_never_on_the_day_itself(year: int | None, month: int, day: int) -> None:
    query = DateQuery(year, month, day)
    before, after = FINDER.event_dates.nearest(query)
    assert not any(neighbour and query.matches(neighbour.date) for neighbour in (before, after))


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("storming of the winter palace", "fall-of-the-provisional-government"),
        ("ice axe murder", "attack-on-trotsky"),
        ("brest litovsk treaty", "brest-litovsk"),
        ("death of lenin and what came of it", "lenins-death"),
    ],
)
def test_an_event_that_may_have_been_meant_is_near(corpus: Corpus, typed: str, first: str) -> None:
    names = {one.id: one.name for one in corpus.notes.events}
    assert [one.name for one in corpus.finder.near_events(typed)][:1] == [names[first]]


def test_nothing_is_near_what_shares_no_word() -> None:
    assert FINDER.near_events("zebra crossing") == ()
    assert FINDER.near_events("the of and") == ()
    assert FINDER.near_people("Putin") == ()
    assert ids(FINDER.near_people("Natalia Ivanovna")) == ["sedova"]


def test_people_are_known_by_their_id() -> None:
    assert ids(FINDER.people("sedova")) == ["sedova"]


@pytest.mark.parametrize(
    ("typed", "person"),
    [
        ("V.I. Lenin", "lenin"),
        ("Lenin, V. I.", "lenin"),
        ("VI Lenin", "lenin"),
        ("Vladimir Ilyich Lenin", "lenin"),
        ("Vladimir Ilyich Ulyanov", "lenin"),
        ("Joseph Vissarionovich Stalin", "stalin"),
        ("Leon Davidovich Trotsky", "trotsky"),
        ("L.D. Trotsky", "trotsky"),
        ("Л. Д. Троцкий", "trotsky"),
        ("Comrade Avilov", "avilov"),
        ("Kerenskij", "kerensky"),
    ],
)
async def test_a_person_is_found_by_a_name_in_any_usual_form(corpus: Corpus, typed: str, person: str) -> None:
    assert ids(corpus.finder.people(typed)) == [person]
    assert corpus.finder.has_person(typed)


def test_every_name_in_the_notes_is_somebodys(corpus: Corpus) -> None:
    names = {name for one in corpus.notes.people for name in (one.name, *one.aliases, one.id)}
    for name in (one for one in names if STOP_WORDS.isdisjoint(folded_words(one))):
        for form in (name, name.upper(), name.lower(), f"the {name}"):
            assert corpus.finder.has_person(form), form


parts_of_names = st.one_of(
    st.sampled_from(
        [
            *(
                "Trotsky",
                "Trotsky's",
                "trotksy\u2019s",
                "TROTSKY",
                "Trotzkij",
                "Троцкий",
                "Trots",
                "Dan",
                "Dan's",
                "Liber:",
            ),
            *("V.I.", "VI", "L.", "D.", "l.d.", "Leon", "Ilyich", "Davidovich", "Lenin", "lenina", "Comrade", "Dr."),
            *("Dawidowitsch", "vladimr", "Alexandrovich", "general", "Viktor"),
            *("the", "US", "U.S.", "Red", "Guards", "red-guards", "soldiers", "ca.", "1870", "-", "1924", "by", "said"),
            *("gunpowder", "peace", ",", "\u2013", "x'1870", "-1880'y", ""),
        ]
    ),
    st.text(st.sampled_from("Trotskyn's. -US19\u2019\u0438\u0130\u00df"), max_size=8),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(typed=st.lists(parts_of_names, max_size=6).map(" ".join))
def test_a_quick_look_at_words_refuses_no_name(corpus: Corpus, typed: str) -> None:
    finder = corpus.finder
    every = [one for one in words_beside_names(typed, lambda _: True) if finder.has_person(one.speaker)]
    assert [one for one in words_beside_names(typed, finder.may_name) if finder.has_person(one.speaker)] == every
    small = any(word in STOP_WORDS for word in folded_words(typed))
    if not small and finder.people_by_form.match(typed).certain:
        assert finder.has_person(typed)


@pytest.mark.parametrize("word", ["trotsky", "bronstein", "the", "von", "general", "us", "usa", "mr", "x", "peasants"])
def test_a_plain_word_is_the_name_that_it_is_among_marks(word: str) -> None:
    assert name_words(word) == name_words(f"({word})")
