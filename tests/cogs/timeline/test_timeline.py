"""/timeline: the right events, in words and as a picture that says the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.app import App
from bot.core.context import Context
from bot.core.reply import File, Menu, Picture, Reply
from cogs.shared.topics import NotedWords
from cogs.timeline import TimelineQuery
from corpus.calendar import Calendar, DateQuery
from corpus.date_reading import read_date
from corpus.note_model import Topic
from tests.cogs.reading import lines, said
from tests.cogs.shared.drawing.check import opened
from tests.conftest import Ask, Press


def names(reply: Reply) -> list[str]:
    return [line.partition(" · ")[2] for line in lines(reply)]


async def all_pages(app: App, ctx: Context, reply: Reply) -> list[Reply]:
    pages = [reply]
    while later := next((one for one in reply.buttons if one.label == "Later ▶" and one.enabled), None):
        reply = await app.act(later.action, later.value, ctx)
        pages.append(reply)
    return pages


async def test_without_dates_every_event_is_in_order_on_some_page(ask: Ask, app: App, ctx: Context) -> None:
    pages = await all_pages(app, ctx, await ask("/timeline"))
    assert [name for page in pages for name in names(page)] == [one.name for one in app.corpus.notes.events]
    assert {len(lines(page)) for page in pages} <= {7, 8}
    assert not pages[0].buttons[0].enabled
    assert (await app.act(pages[1].buttons[0].action, pages[1].buttons[0].value, ctx)) == pages[0]


async def test_the_picture_says_in_words_what_the_list_says(ask: Ask, app: App, ctx: Context) -> None:
    for page in await all_pages(app, ctx, await ask("/timeline")):
        (picture,) = [part for part in page.parts if isinstance(part, Picture)]
        described = [
            line.removesuffix(" (date added by the editors).").removesuffix(".") for line in picture.alt.split("\n")
        ]
        assert [line.partition(": ")[2] for line in described[1:]] == names(page)
        assert [line.endswith("editors).") for line in picture.alt.split("\n")[1:]] == [
            "†" in line for line in lines(page)
        ]
        assert len(picture.alt) <= 1024
        assert opened(picture.data).width == 1000


@pytest.mark.parametrize(
    "typed",
    [
        "6 November 1917 to 7 November 1917 OS",
        "from:6 November 1917 to:20 Nov 1917",
        "from:24 October 1917 OS to:1917-11-20 NS",
        "1917-11-06 - 1917-11-20",
        "Nov 6, 1917 20.11.1917",
        "from:20 November 1917 NS to:6 November 1917 NS",
    ],
)
async def test_dates_as_people_type_them(ask: Ask, app: App, ctx: Context, typed: str) -> None:
    found = [name for page in await all_pages(app, ctx, await ask(f"/timeline {typed}")) for name in names(page)]
    assert found[0] == "Telegraph offices, banks and bridges are seized"
    assert found[-1] == "Trotsky becomes Foreign Commissar"
    assert len(found) == 12


async def test_a_day_after_the_old_style_is_not_taken_for_one_in_it(ask: Ask) -> None:
    assert "Death of Trotsky" not in names(await ask("/timeline 1938 to 20 August 1940"))
    assert "Death of Trotsky" in names(await ask("/timeline 1938 to 20 August 1940 OS"))


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("1879 to 1902", "1879–1902"),
        ("from:1902 to:1902", "1902"),
        ("from:September 1917 to:October 1917 OS", "September–November 1917"),
        ("from:6 Nov 1917 NS to:7 Nov 1917 NS", "6–9 November 1917"),
        ("from:20 Aug 1940 to:20 Aug 1940", "20 August 1940"),
        ("1902", "1902"),
        ("20 August 1940", "20 August 1940"),
    ],
)
async def test_the_title_is_the_time_shown_no_more_precisely_than_it_needs(ask: Ask, typed: str, title: str) -> None:
    (picture,) = [part for part in (await ask(f"/timeline {typed}")).parts if isinstance(part, Picture)]
    assert picture.alt.startswith(f"Timeline with both calendars: {title}")


BESIDE_DATES = (
    ("coalition", ""),
    ("topic:coalition", ""),
    ("1917-1918 coalition", ", 1917 to 1918"),
    ("1917 1918 coalitoin", ", 1917 to 1918"),
    ("coalition 1917", ", 1917"),
    ("topic:coalition 1917 to 1918", ", 1917 to 1918"),
    ("coalition since 1917", ", since 1917"),
    ("Coalitoin in 1917 - 1918", ", 1917 to 1918"),
)


@pytest.mark.parametrize(("typed", "dates"), BESIDE_DATES)
async def test_a_topic_may_be_all_or_stand_beside_the_dates_which_the_title_names(
    ask: Ask, app: App, typed: str, dates: str
) -> None:
    reply = await ask(f"/timeline {typed}")
    assert reply.title == f"Timeline: Coalition{dates}"
    assert names(reply) == [one.name for one in app.corpus.notes.events if "coalition" in one.topics]


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("1917", "1917", "1917"),
        ("from:1917", "1917", "1917"),
        ("until 1917", "1879", "1917"),
        ("to 1917", "1879", "1917"),
        ("to:1917", "1879", "1917"),
        ("before 1917", "1879", "1916"),
        ("since 1917", "1917", "2009"),
        ("from 1917", "1917", "2009"),
        ("after 1920", "1921", "2009"),
        ("1917\u20131918", "1917", "1918"),
        ("between 1917 and 1918", "1917", "1918"),
        ("1920s", "1920", "1929"),
        ("from:March 1917 to:1918", "1917", "1918"),
        ("from:since 1917 to:1918", "1917", "1918"),
        ("late October 1917", "1917", "1917"),
        ("25 October (7 November) 1917", "1917", "1917"),
        ("с 1917 по 1920", "1917", "1920"),
        ("с 1917 до 1920 года", "1917", "1920"),
        ("между 1917 и 1920", "1917", "1920"),
        ("с 1917", "1917", "2009"),
        ("до 1917", "1879", "1916"),
        ("после 1920 года", "1921", "2009"),
        ("de 1917 à 1920", "1917", "1920"),
        ("entre 1917 et 1920", "1917", "1920"),
        ("depuis 1917", "1917", "2009"),
        ("jusqu'en 1917", "1879", "1917"),
        ("avant 1917", "1879", "1916"),
        ("après 1920", "1921", "2009"),
        ("all", "1879", "2009"),
        ("everything", "1879", "2009"),
        ("1917 topic:all", "1917", "1917"),
    ],
)
async def test_a_time_is_what_its_words_say(
    ask: Ask, app: App, ctx: Context, typed: str, first: str, last: str
) -> None:
    found = [name for page in await all_pages(app, ctx, await ask(f"/timeline {typed}")) for name in names(page)]
    shown = [one for one in app.corpus.notes.events if one.name in found]
    assert first <= str(shown[0].date.first.year)
    assert str(shown[-1].date.last.year) <= last
    others = [one for one in app.corpus.notes.events if int(first) < one.date.first.year < int(last)]
    assert {one.name for one in others} <= set(found)


async def test_a_wrong_day_of_the_week_is_told_above_the_timeline(ask: Ask) -> None:
    reply = await ask("/timeline Friday 7 November 1917")
    assert "7 November 1917 was a Wednesday (New Style)" in reply.parts[0].words  # type: ignore[union-attr]  # Prose
    assert lines(reply)


@pytest.mark.parametrize("typed", ["6 Novmber 1917 to 7 November 1917", "from:Novmber 1917 to:1918", "Novmber 1917"])
async def test_a_misspelt_month_is_told_above_the_timeline(ask: Ask, typed: str) -> None:
    reply, right = await ask(f"/timeline {typed}"), await ask(f"/timeline {typed.replace('Novmber', 'November')}")
    assert reply.parts[0].words == "I read “Novmber” as November."  # type: ignore[union-attr]  # Prose
    assert lines(reply) == lines(right)


async def test_an_event_is_picked_from_the_list(ask: Ask, press: Press) -> None:
    reply = await ask("/timeline coalition")
    (menu,) = [part for part in reply.parts if isinstance(part, Menu)]
    assert (await press(menu.action, menu.choices[-1].value)).title == names(reply)[-1]


async def test_nothing_between_the_dates_is_an_answer_with_a_way_on(ask: Ask, press: Press) -> None:
    reply = await ask("/timeline from:1950")
    assert reply.title == "No events"
    assert len(lines(await press(reply.buttons[0].action, reply.buttons[0].value))) > 3


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("30 February 1917", "February"),
        ("3/4/1917", "month"),
        ("from:1917 to:soon", "I can't read “soon” as a date"),
        ("from:1917 to:20 August", "Which year"),
        ("zeppelin", "I don't know the topic “zeppelin”"),
        ("zeppelin 1917", "I don't know the topic “zeppelin”"),
        ("1917 to", "1917 to what? Please add another date or event"),
        ("500 BC", "The texts have no event before 7 November 1879"),
        ("from:44 B.C. to:1917", "The texts have no event before"),
        ("topic:coalition 5th century BCE", "The texts have no event before"),
        ("7 November 1917 May Trotsky", "I don't know the topic “May Trotsky”"),
        ("May", "Which year is May?"),
        ("from:1917 and more topic:coalition", "I can't read “and more” as a date"),
    ],
)
async def test_what_cannot_be_read_is_told_with_a_way_to_write_it(ask: Ask, typed: str, told: str) -> None:
    reply = await ask(f"/timeline {typed}")
    assert told in reply.error


async def test_a_topic_with_somebodys_name_has_all_the_events_that_concern_them(
    ask: Ask, app: App, ctx: Context
) -> None:
    named = {topic.name: app.corpus.finder.people(topic.name) for topic in app.corpus.notes.topics}
    topics = {name: people[0].id for name, people in named.items() if len(people) == 1}
    assert {"Lenin", "Stalin", "The Bolsheviks"} <= topics.keys()
    for topic, person in topics.items():
        pages = await all_pages(app, ctx, await ask(f"/timeline topic:{topic}"))
        concerning = [one.name for one in app.corpus.notes.events if person in one.concerns]
        assert set(concerning) <= {name for page in pages for name in names(page)}, topic


async def test_an_unknown_topic_leads_to_those_that_are_near(ask: Ask, press: Press) -> None:
    assert [one.label for one in (await ask("/timeline topic:zeppelin")).buttons] == ["Look in the texts"]
    reply = await ask("/timeline red soldiers")
    assert reply.buttons
    chosen = await press(reply.buttons[0].action, reply.buttons[0].value)
    assert chosen.title == f"Timeline: {reply.buttons[0].label}"


@pytest.mark.parametrize(
    ("typed", "person"),
    [
        ("Trotsky", "trotsky"),
        ("Троцкий", "trotsky"),
        ("Bronstein", "trotsky"),
        ("topic:Mercader", "mercader"),
        ("Nicholas II", "nicholas-ii"),
        ("Avksentiev", "avksentiev"),
        ("Petrograd Soviet", "petrograd-soviet"),
        ("Isaac Deutscher", "deutscher"),
    ],
)
async def test_a_person_or_body_has_a_timeline_of_all_its_events(
    app: App, ctx: Context, ask: Ask, press: Press, typed: str, person: str
) -> None:
    reply = await ask(f"/timeline {typed}")
    found = names(reply)
    while more := next((one for one in reply.buttons if one.label == "Later ▶" and one.enabled), None):
        reply = await press(more.action, more.value)
        found += names(reply)
    assert found == [one.name for one in app.corpus.notes.events if person in one.concerns]
    assert reply.title == f"Timeline: {next(one.name for one in app.corpus.notes.people if one.id == person)}"


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("Petrograd", "Petrograd"),
        ("petrograd", "Petrograd"),
        ("Leningrad", "Petrograd"),
        ("topic:Петроград", "Petrograd"),
        ("in Moscow", "Moscow"),
        ("events in Petrograd", "Petrograd"),
        ("événements à Moscou", "Moscow"),
        ("Turkey", "Turkey"),
        ("mexico city", "Mexico City"),
        ("July Days", "July Days"),
    ],
)
async def test_words_of_notes_and_passages_have_a_timeline_with_pages(
    ask: Ask, press: Press, app: App, typed: str, title: str
) -> None:
    reply = await ask(f"/timeline {typed}")
    assert reply.title == f"Timeline: {title}"
    found = names(reply)
    while more := next((one for one in reply.buttons if one.label == "Later ▶" and one.enabled), None):
        reply = await press(more.action, more.value)
        found += names(reply)
    finder = app.corpus.finder
    about = {one.id for one in (*finder.events_about(title), *finder.events_mentioning(title))}
    called = finder.event_called(title)
    assert found == [one.name for one in app.corpus.notes.events if one == called or (one.id in about and not called)]


@pytest.mark.parametrize(
    ("typed", "title", "remark"),
    [
        ("Trotsky before the war", "Leon Trotsky", "“the war” may be several events."),
        ("topic:Trotsky since the war", "Leon Trotsky", "“the war” may be several events."),
        ("peace until the war", "Ways to peace", "“the war” may be several events."),
        ("Petrograd after the war", "Petrograd", "“the war” may be several events."),
        ("Trotsky before Moscow", "Leon Trotsky", "“Moscow” is not an event, so I can't count from it."),
    ],
)
async def test_a_time_behind_a_topic_that_cannot_be_counted_is_told_above_all_of_the_topic(
    ask: Ask, typed: str, title: str, remark: str
) -> None:
    reply = await ask(f"/timeline {typed}")
    assert reply.title == f"Timeline: {title}"
    assert said(reply).startswith(remark)
    assert "with these words" not in said(reply)
    assert names(reply) == names(await ask(f"/timeline {title}"))


async def test_words_of_notes_have_a_timeline_of_a_time(ask: Ask) -> None:
    for typed in ("Petrograd 1917", "1917 Petrograd", "from:1917 to:1917 topic:Petrograd", "Leningrad in 1917"):
        reply = await ask(f"/timeline {typed}")
        assert reply.title == "Timeline: Petrograd, 1917"
        assert "Trotsky becomes Chairman of the Petrograd Soviet" in names(reply)
    assert said(await ask("/timeline Petrograd 1940")) == "No event with Petrograd begins between those dates."


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("until 1917 peace", "Ways to peace, until 1917"),
        ("since 1917 Frieden", "Ways to peace, since 1917"),
        ("after October 1917 peace", "Ways to peace, since November 1917"),
        ("before 1917 Trotsky", "Leon Trotsky, until 1916"),
        ("until 1917 Petrograd", "Petrograd, until 1917"),
    ],
)
async def test_a_topic_behind_an_open_time_is_no_event_of_that_year(ask: Ask, typed: str, title: str) -> None:
    assert (await ask(f"/timeline {typed}")).title == f"Timeline: {title}"


async def test_a_person_has_a_timeline_of_a_year(ask: Ask) -> None:
    for typed in ("Trotsky 1940", "Trotsky in 1940", "1940 Trotsky", "from:1940 topic:Trotsky"):
        assert names(await ask(f"/timeline {typed}"))[-1] == "Death of Trotsky", typed
        assert names(await ask(f"/timeline {typed}"))[0] == "The raid on Trotsky's house"
    assert said(await ask("/timeline Mercader 1917")) == "No event of Ramón Mercader begins between those dates."


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("after Lenin's death", "Stalin sets Socialism in One Country against Permanent Revolution"),
        ("since Lenin's death", "Death of Lenin"),
        ("the day before the congress", "Telegraph offices, banks and bridges are seized"),
    ],
)
async def test_a_time_may_be_counted_from_an_event(ask: Ask, typed: str, first: str) -> None:
    assert names(await ask(f"/timeline {typed}"))[0] == first


async def test_nothing_on_a_topic_then_says_which_topic(ask: Ask) -> None:
    assert (
        said(await ask("/timeline topic:Stalin to:1900")) == "No event on the topic Stalin begins between those dates."
    )


@pytest.mark.parametrize("value", ["", "|||", "|||x", "||no-such-topic|1", "soon|||1", "1917||1", "|||１"])
async def test_an_old_button_gets_a_kind_word(press: Press, value: str) -> None:
    assert (await press("timeline.page", value)).error


async def test_a_page_beyond_the_last_is_the_last(app: App, press: Press) -> None:
    assert names(await press("timeline.page", "|||99"))[-1] == app.corpus.notes.events[-1].name


CALENDARS: st.SearchStrategy[Calendar | None] = st.sampled_from((None, "julian", "gregorian"))
QUERIES = st.builds(DateQuery, st.integers(1000, 2100), st.integers(1, 12), st.integers(1, 28), CALENDARS) | st.builds(
    DateQuery, st.integers(1000, 2100), st.none() | st.integers(1, 12), st.none(), CALENDARS
)


@given(QUERIES, QUERIES, st.integers(1, 9999))
def test_a_button_carries_all_that_was_asked_in_few_characters(one: DateQuery, other: DateQuery, page: int) -> None:
    topic = Topic("military-revolutionary-committee", "", (), "", ())
    value = TimelineQuery(one, other, topic).value(page)
    assert len(value) <= 80
    assert len(TimelineQuery(one, other, NotedWords("w" * 40, "")).value(page)) <= 80
    first, last, name, number = value.split("|")
    assert (read_date(first), read_date(last), name, number) == (one, other, topic.id, str(page))


async def test_a_page_comes_dark_too_and_stays_dark_when_it_is_turned(ask: Ask, app: App, ctx: Context) -> None:
    light = await ask("/timeline")
    dark = await app.act("timeline.dark", next(one.value for one in light.buttons if one.label == "Dark"), ctx)
    assert opened(dark.parts[0].data).getpixel((2, 2)) == (0x1F, 0x1B, 0x17)  # type: ignore[union-attr]  # it is a picture
    assert lines(dark) == lines(light)
    later = next(one for one in dark.buttons if one.label == "Later ▶")
    assert later.action == "timeline.dark"
    assert {"Light", "For print"} <= {one.label for one in dark.buttons}


async def test_a_page_is_a_file_for_print_for_who_asks(ask: Ask, app: App, ctx: Context) -> None:
    page = await ask("/timeline coalition")
    printed = await app.act("timeline.print", next(one.value for one in page.buttons if one.label == "For print"), ctx)
    (file,) = printed.parts
    assert isinstance(file, File)
    assert (printed.private, file.name, file.media_type) == (True, "timeline.svg", "image/svg+xml")
    assert b"Coalition" in file.data
    assert (await app.act("timeline.print", "x", ctx)).error.startswith("That button belongs to a timeline")


async def test_nothing_can_be_left_out(ask: Ask) -> None:
    assert "I can't leave anything out." in (await ask("/timeline except 1917")).error


@pytest.mark.parametrize(
    ("ends", "dates"),
    [
        (("Lenin's death", "Trotsky's death"), ("21 January 1924", "21 August 1940")),
        (("Lenin's death", "1940"), ("21 January 1924", "1940")),
        (("1917", "Lenin's death"), ("1917", "21 January 1924")),
        (("the February Revolution", "the October Revolution"), ("8 March 1917 NS", "7 November 1917 NS")),
    ],
)
async def test_each_end_may_be_an_event(ask: Ask, ends: tuple[str, str], dates: tuple[str, str]) -> None:
    by_event = await ask(f'/timeline from:"{ends[0]}" to:"{ends[1]}"')
    assert names(by_event)
    assert names(by_event) == names(await ask(f'/timeline from:"{dates[0]}" to:"{dates[1]}"'))
