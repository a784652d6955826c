"""The daily fact's commands: set it up, look after it, see what became of it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs
from msgspec.structs import replace

from bot.core.app import App
from bot.core.calls import Form
from bot.core.context import Context, Person, Place
from bot.core.reply import Items, Link, Menu, Moment, Reply
from bot.platforms.typed_commands import answer_line
from bot.storage import deliveries, schedules
from bot.storage.deliveries import Delivery
from bot.storage.schedules import Schedule
from bot.storage.store import Store
from bot.storage.workspace_ids import qualify
from bot.timetable.arithmetic import Due
from cogs import FEATURES
from cogs.daily.server_schedules import local_and_utc, schedule_line
from corpus.corpus import Corpus
from corpus.index_file import IndexFile
from corpus.note_model import Notes
from tests import golden
from tests.conftest import NOW
from tests.scheduler.conftest import schedule
from tests.scheduler.hub import Connection, Hub, Moody, daily

ADA = Person("ada", "Ada", admin=True)
BEN = Person("ben", "Ben")
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""The first time that nine o'clock comes in London, where the clocks show UTC in winter."""


class Server:
    """A server of a study group: its people's commands, and the loop that posts for it, on one clock."""

    def __init__(self, corpus: Corpus, store: Store) -> None:
        self.corpus = corpus
        self.store = store
        self.now = NOW
        self.hub = Hub(lambda: self.now)
        self.platform = Connection(self.hub)
        self.app = App(FEATURES, corpus, store, clock=lambda: self.now, dice=Random(1917))
        self.begin()

    def begin(self, platform: Connection | None = None) -> None:
        self.facts = daily(self.store, self.corpus, [platform or self.platform], clock=lambda: self.now)

    def context(self, person: Person = ADA, server: str | None = "guild") -> Context:
        return self.app.context(person, Place("test", "general", server), self.platform)

    async def say(self, line: str, person: Person = ADA) -> Reply:
        return await answer_line(self.app, line, self.context(person))

    async def set_up(self, more: str = "", channel: str = "#general", time: str = "9:00") -> Schedule:
        reply = await self.say(f"/daily set {channel} {time} Europe/London {more}")
        assert not reply.error
        return (await self.known())[-1]

    async def press(self, reply: Reply, label: str, person: Person = ADA) -> Reply:
        [button] = [one for one in reply.buttons if one.label == label]
        return await self.app.act(button.action, button.value, self.context(person))

    async def known(self) -> list[Schedule]:
        found = await schedules.of_server(self.store.reader, "test", "guild")
        return sorted(found, key=lambda one: one.set_at)

    async def at(self, now: datetime) -> None:
        self.now = now
        while await self.facts.step(now):
            pass

    async def ledger(self, one: Schedule) -> list[Delivery]:
        return (await deliveries.history(self.store.reader, one.id, 100))[::-1]


@pytest.fixture
def server(corpus: Corpus, store: Store) -> Server:
    return Server(corpus, store)


@pytest.fixture
def long_server(corpus: Corpus, store_in_memory: Store) -> Server:
    """One that lives through a day in small steps."""
    return Server(corpus, store_in_memory)


def words(reply: Reply) -> str:
    """All that a reply says."""
    said = [reply.title, reply.error]
    for part in reply.parts:
        if isinstance(part, Items):
            said += part.items
        said.append(getattr(part, "words", "") or getattr(part, "label", ""))
    return "\n".join(said)


async def test_setting_up_says_when_the_next_post_comes_and_what_it_will_say(server: Server) -> None:
    reply = await server.say("/daily set #general 9am America/New_York weekdays")
    assert reply.title == "Daily fact scheduled"
    assert reply.private
    for expected in (
        "#general: 09:00 America/New_York, weekdays",
        "Next post: Monday 23 November 2026, 09:00 America/New_York.",
    ):
        assert expected in words(reply)
    assert Moment("In your own time", datetime(2026, 11, 23, 14, 0, tzinfo=UTC)) in reply.parts
    promised = [*reply.quotes()]
    await server.at(datetime(2026, 11, 23, 14, 0, tzinfo=UTC))
    [post] = server.hub.messages
    assert [*post.reply.quotes()] == promised


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("#general 9:00 CET", ("CET doesn't say when the clocks change", "Europe/Berlin")),
        ("#general 9:00 +2", ("UTC+2 doesn't say when the clocks change", "Europe/Berlin")),
        ("#general 9:00 Belrin", ("I don't know that time zone", "Europe/Berlin")),
        ("#general 9:00 Melbourn", ("Australia/Melbourne",)),
        ("#general 25:00 Europe/Berlin", ('Write the time as "9:00"',)),
        ("#general 24:00 Europe/Berlin", ("Did you mean 00:00?",)),
        ("#general noonish Europe/Berlin", ('Write the time as "9:00"',)),
        ("#general 9:00 Europe/Berlin someday", ("Name the days as",)),
        ("#general 9:00 Europe/Berlin weekdays topic:zebras", ("no facts on that topic",)),
        ("#general 9:00", ("Please add the timezone", "#general 9:00 Europe/London weekdays")),
        ("", ("Please add the channel",)),
        ("#a.b 9:00 Europe/Berlin", ("name one channel",)),
    ],
)
async def test_what_cannot_be_set_up_is_told_with_what_would_be_right(
    server: Server, typed: str, told: tuple[str, ...]
) -> None:
    reply = await server.say(f"/daily set {typed}")
    assert reply.private
    for expected in told:
        assert expected in reply.error
    assert await server.known() == []


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("9:00 Europe/Berlin", ("09:00", "Europe/Berlin", "1234567")),
        ('9am "new york" weekdays', ("09:00", "America/New_York", "12345")),
        ("21:30 Tokyo mon,wed,fri", ("21:30", "Asia/Tokyo", "135")),
        ("noon UTC weekends", ("12:00", "UTC", "67")),
        ("timezone:Sydney time:0:05 days:sun", ("00:05", "Australia/Sydney", "7")),
        ("9:00 AM Europe/London mon wed fri", ("09:00", "Europe/London", "135")),
        ("9 pm New York mondays and thursdays", ("21:00", "America/New_York", "14")),
        ("9 pm Chatham Islands mon", ("21:00", "Pacific/Chatham", "1")),
        ("9:00 a.m. London, UK every monday", ("09:00", "Europe/London", "1")),
        ("at 9 o'clock San Francisco M-F", ("09:00", "America/Los_Angeles", "12345")),
        ("12:00 noon Beijing MWF", ("12:00", "Asia/Shanghai", "135")),
        ("at 9:00, Berlin, weekdays", ("09:00", "Europe/Berlin", "12345")),
        ("timezone:Portland, Oregon, time:9:00, days:mon, fri", ("09:00", "America/Los_Angeles", "15")),
        ("9 Uhr Hamburg mo,mi,fr", ("09:00", "Europe/Berlin", "135")),
        ("9 Uhr abends M\u00fcnchen montags", ("21:00", "Europe/Berlin", "1")),
        ("time:9:00 pm timezone:Eastern Time days:mon wed", ("21:00", "America/New_York", "13")),
        ("timezone:St. Petersburg days:sat and sun time:at 9:00", ("09:00", "Europe/Moscow", "67")),
    ],
)
async def test_times_zones_and_days_are_read_as_people_type_them(
    server: Server, typed: str, expected: tuple[str, ...]
) -> None:
    assert not (await server.say(f"/daily set #general {typed}")).error
    [one] = await server.known()
    assert (one.local_time, one.zone, one.days) == expected


async def test_days_of_several_words_are_no_topic(server: Server) -> None:
    assert not (await server.say("/daily set #general 9 pm San Jose, Costa Rica mon wed fri coalition")).error
    [one] = await server.known()
    assert (one.local_time, one.zone, one.days, one.topic) == ("21:00", "America/Costa_Rica", "135", "coalition")


async def test_zones_are_completed_by_city_abbreviation_and_offset(server: Server) -> None:
    for typed, expected in (("ber", "Europe/Berlin"), ("CET", "Europe/Berlin"), ("+9", "Asia/Tokyo")):
        found = await server.app.suggest("daily set", "timezone", typed, server.context())
        assert expected in [choice.value for choice in found]


async def test_a_channel_has_one_schedule_a_topic(server: Server) -> None:
    for line in ("#general 9:00 UTC", "#general 10:00 UTC", "#general 9:00 UTC topic:uprising", "#other 9:00 UTC"):
        assert not (await server.say(f"/daily set {line}")).error
    kept = [(one.channel, one.topic, one.local_time) for one in await server.known()]
    assert sorted(kept) == [
        ("general", "", "10:00"),
        ("general", "uprising", "09:00"),
        ("other", "", "09:00"),
    ]


async def test_a_topic_filters_the_facts(server: Server) -> None:
    one = await server.set_up("topic:uprising")
    for n in range(5):
        await server.at(NINE + n * DAY)
    topics = {fact.id: fact.topics for fact in server.corpus.notes.facts}
    posted = [entry.fact for entry in await server.ledger(one)]
    assert len(posted) == 5
    assert all("uprising" in topics[fact or ""] for fact in posted)


async def test_a_missing_permission_is_named_at_once(server: Server) -> None:
    server.hub.missing["general"] = ("Send Messages", "View Channel")
    reply = await server.say("/daily set #general 9:00 UTC")
    assert "Send Messages, View Channel" in reply.error
    server.hub.gone.add("general")
    assert "Check that it exists" in (await server.say("/daily set #general 9:00 UTC")).error
    assert await server.known() == []


async def test_outside_a_server_there_is_nothing_to_set_up(server: Server) -> None:
    for line in ("/daily set #general 9:00 UTC", "/daily list", "/daily next"):
        reply = await answer_line(server.app, line, server.context(server=None))
        assert "only work in a channel" in reply.error


async def test_only_those_who_manage_the_server_set_up_and_others_look_after_their_own(server: Server) -> None:
    assert "manage this server" in (await server.say("/daily set #general 9:00 UTC", BEN)).error
    one = await server.set_up()
    for verb in ("next", "history", "preview", "pause", "resume", "remove"):
        for other in (BEN, Person("aaron", "Aaron")):
            assert "the person who set it up" in (await server.say(f"/daily {verb}", other)).error
    managed = await server.say("/daily next")
    assert "the person who set it up" in (await server.press(managed, "Pause", BEN)).error
    # Who set it up may look after it, with the right to manage the server or without.
    once = replace(ADA, admin=False)
    assert (await server.say("/daily pause", once)).title == "Paused"
    assert "09:00" in words(await server.say("/daily list", once))
    assert (await server.known())[0].id == one.id
    # Beside others' it is their own that they see, and nothing of the others.
    assert not (await server.say("/daily set #other 10:00 UTC", Person("carol", "Carol", admin=True))).error
    shown = words(await server.say("/daily list", once))
    assert "09:00" in shown
    assert "10:00" not in shown
    assert "#other" not in shown


@pytest.mark.parametrize("verb", ["next", "history", "preview", "pause", "resume", "remove"])
async def test_without_a_schedule_each_command_says_how_to_get_one(server: Server, verb: str) -> None:
    assert "/daily set" in (await server.say(f"/daily {verb}")).error


async def test_an_empty_list_says_how_to_begin(server: Server) -> None:
    reply = await server.say("/daily list")
    assert "#general 9:00 Europe/London" in words(reply)


async def test_the_list_has_all_schedules_and_leads_to_each(server: Server) -> None:
    await server.set_up("weekdays")
    await server.set_up("topic:uprising", "#other")
    await server.set_up("", "#third")
    reply = await server.say("/daily list")
    assert "#general: 09:00 Europe/London, weekdays" in words(reply)
    assert "#other, " in words(reply)
    [menu] = [part for part in reply.parts if isinstance(part, Menu)]
    for choice in menu.choices:
        shown = await server.app.act(menu.action, choice.value, server.context())
        assert "Next post" in words(shown)
        assert choice.label in words(shown)


async def test_several_schedules_are_told_apart_by_channel_and_topic(server: Server) -> None:
    await server.set_up()
    await server.set_up("topic:uprising")
    await server.set_up("", "#other")
    for verb in ("list", "next", "history", "preview", "pause", "resume", "remove"):
        # Whoever may change none learns of none, not even where it is.
        refused = await server.say(f"/daily {verb}", BEN)
        assert (refused.error, refused.parts) == ("Only admins and the person who set it up can do that.", ())
    asked = await server.say("/daily pause")
    [menu] = [part for part in asked.parts if isinstance(part, Menu)]
    assert len(menu.choices) == 3
    assert (await server.app.act(menu.action, menu.choices[0].value, server.context())).title == "Paused"
    assert (await server.say("/daily pause #other")).title == "Paused"
    assert (await server.say("/daily pause topic:uprising")).title == "Paused"
    assert [one.state for one in await server.known()] == ["paused"] * 3
    assert "/daily list" in (await server.say("/daily pause #nowhere")).error


async def test_next_shows_five_posts_across_a_change_of_the_clocks(server: Server) -> None:
    server.now = datetime(2026, 10, 23, 12, 0, tzinfo=UTC)
    await server.set_up()
    reply = await server.say("/daily next")
    [items] = [part.items for part in reply.parts if isinstance(part, Items)]
    assert items == (
        "Saturday 24 October 2026, 09:00 Europe/London (08:00 UTC)",
        "Sunday 25 October 2026, 09:00 Europe/London (09:00 UTC)",
        "Monday 26 October 2026, 09:00 Europe/London (09:00 UTC)",
        "Tuesday 27 October 2026, 09:00 Europe/London (09:00 UTC)",
        "Wednesday 28 October 2026, 09:00 Europe/London (09:00 UTC)",
    )


@pytest.mark.parametrize(
    ("hour", "zone", "shown"),
    [
        (0, "Asia/Tokyo", "Monday 23 November 2026, 09:00 Asia/Tokyo (00:00 UTC)"),
        (-1, "Asia/Tokyo", "Monday 23 November 2026, 08:00 Asia/Tokyo (Sunday 23:00 UTC)"),
        (4, "America/New_York", "Sunday 22 November 2026, 23:00 America/New_York (Monday 04:00 UTC)"),
        (9, "UTC", "Monday 23 November 2026, 09:00 UTC"),
    ],
)
def test_a_moment_names_the_day_in_utc_where_it_is_another(hour: int, zone: str, shown: str) -> None:
    due = Due(datetime(2026, 11, 23, tzinfo=UTC) + hour * HOUR, date(2026, 11, 23))
    assert local_and_utc(due, zone) == shown


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, ""),
        ({"refusals": 1}, ""),
        ({"refusals": 2}, " (the channel refused my posts 2 days in a row)"),
        ({"state": schedules.State.PAUSED, "reason": "asked"}, " (paused)"),
        ({"state": schedules.State.PAUSED, "reason": "gone", "refusals": 3}, " (paused, because the channel is gone)"),
        ({"state": schedules.State.PAUSED, "reason": "no idea"}, " (no idea)"),
        ({"thread": True}, ", with a thread"),
        ({"mention": "class"}, ", mentioning a role"),
    ],
)
def test_a_line_says_when_it_posts_and_whether_it_does(changes: dict[str, object], state: str) -> None:
    assert schedule_line(schedule("a", days="12345", **changes)) == f"09:00 Europe/Berlin, weekdays{state}"


async def test_history_tells_what_was_posted_and_what_was_not_and_why(server: Server) -> None:
    one = await server.set_up()
    assert "Nothing yet" in words(await server.say("/daily history"))
    await server.at(NINE)
    await server.at(NINE + 3 * DAY)
    server.begin(Moody(server.hub, "busy"))
    await server.at(NINE + 4 * DAY)
    reply = await server.say("/daily history")
    posted = (await server.ledger(one))[0].message
    assert f"https://hub.example/general/{posted}" in [one.address for one in reply.parts if isinstance(one, Link)]
    said = words(reply)
    assert "Tue 24 November 2026: skipped: I could not post within 6 hours" in said
    assert "Thu 26 November 2026: posted" in said
    assert "Fri 27 November 2026: failed: too many posts; trying again at 09:01 UTC" in said
    assert said.index("Fri 27") < said.index("Mon 23")


async def test_history_has_the_last_ten_days(server: Server) -> None:
    await server.set_up()
    await server.at(NINE + 12 * DAY)
    days = (await server.say("/daily history")).parts
    assert len(days) == 10
    assert isinstance(days[0], Link)
    assert days[0].label.startswith("Sat 5 December 2026: posted")
    assert "Thu 26 November 2026: skipped" in words(Reply("", days[-1:]))


async def test_history_says_which_edition_a_post_quoted_whatever_became_of_it(server: Server) -> None:
    await server.set_up()
    await server.at(NINE)
    [post] = server.hub.messages
    quoted = {one.text: server.corpus.texts[one.text].edition_hash for one in post.reply.quotes()}
    said = words(await server.say("/daily history"))
    for text, edition in quoted.items():
        assert re.search(rf"Mon 23 November 2026: posted \(.*{text} [0-9.-]+, edition {edition}[;)]", said)
    texts = {one.id: structs.replace(one, edition_hash="0123456789ab") for one in server.corpus.texts.values()}
    index = server.corpus.index
    replaced = Corpus(texts, server.corpus.notes, index, IndexFile(server.corpus.file))
    said = words(await Server(replaced, server.store).say("/daily history"))
    assert all(f"edition {edition}, replaced since" in said for edition in quoted.values())
    gone = Corpus({}, Notes(), index, IndexFile(server.corpus.file))
    said = words(await Server(gone, server.store).say("/daily history"))
    assert all(f"edition {edition}, not in use here now" in said for edition in quoted.values())


async def test_a_preview_is_the_next_post_and_reaches_only_who_asks(server: Server) -> None:
    await server.set_up()
    preview = await server.say("/daily preview")
    assert preview.private
    assert server.hub.messages == []
    await server.at(NINE)
    [post] = server.hub.messages
    assert (post.reply.title, post.reply.parts) == (preview.title, preview.parts)


async def test_nothing_is_posted_between_pause_and_resume(server: Server) -> None:
    one = await server.set_up()
    paused = await server.say("/daily pause")
    assert "(paused)" in words(paused)
    assert "Nothing scheduled" in words(await server.press(paused, "Next posts"))
    await server.at(NINE + 2 * DAY + HOUR)
    assert server.hub.messages == []
    resumed = await server.press(paused, "Resume")
    assert "Next post: Thursday 26 November 2026" in words(resumed)
    await server.at(NINE + 3 * DAY)
    outcomes = [(entry.local_date.day, entry.state, entry.reason) for entry in await server.ledger(one)]
    assert outcomes == [(23, "skipped", "asked"), (24, "skipped", "asked"), (25, "skipped", "asked"), (26, "sent", "")]
    assert "Mon 23 November 2026: skipped: paused" in words(await server.say("/daily history"))


async def test_what_is_paused_stays_so_when_a_permission_is_back_that_was_missing(server: Server) -> None:
    one = await server.set_up()
    server.hub.missing["general"] = ("Send Messages",)
    await server.at(NINE)
    await server.at(NINE + DAY)
    assert "(paused)" in words(await server.say("/daily pause"))
    server.hub.missing.clear()
    for day in (2, 3):
        await server.at(NINE + day * DAY)
    await server.say("/daily resume")
    assert (server.hub.messages, server.hub.told[1:]) == ([], [])
    outcomes = [(entry.state, entry.reason) for entry in await server.ledger(one)]
    assert outcomes == [("failed", "not allowed"), ("skipped", "forbidden"), *[("skipped", "asked")] * 2]


@pytest.mark.parametrize("line", ["/daily resume", "/daily set #general 11:00 London"])
@pytest.mark.parametrize("days", [0, 1])
async def test_who_mends_a_channel_and_says_so_gets_the_post_of_the_day(server: Server, days: int, line: str) -> None:
    one = await server.set_up()
    server.hub.missing["general"] = ("Send Messages",)
    await server.at(NINE)
    server.hub.missing.clear()
    server.now = NINE + days * DAY + HOUR
    assert not (await server.say(line)).error
    await server.at(server.now)
    await server.at(NINE + days * DAY + 3 * HOUR)
    posts = [message.at.date() for message in server.hub.messages]
    assert posts == [(NINE + days * DAY).date()]
    assert [entry.state for entry in await server.ledger(one)] == ["failed"] * days + ["sent"]


async def test_resume_names_the_permission_that_is_still_missing(server: Server) -> None:
    await server.set_up()
    server.hub.missing["general"] = ("Send Messages",)
    await server.at(NINE)
    assert "paused, because I'm not allowed to post there" in words(await server.say("/daily list"))
    assert "Send Messages" in (await server.say("/daily resume")).error
    server.hub.missing.clear()
    assert (await server.say("/daily resume")).title == "Resumed"


async def test_remove_asks_first_and_keeps_what_was_posted(server: Server) -> None:
    await server.set_up()
    await server.at(NINE)
    asked = await server.say("/daily remove")
    assert [button.label for button in asked.buttons] == ["Delete it", "Keep it"]
    assert "Next post" in words(await server.press(asked, "Keep it"))
    assert len(await server.known()) == 1
    assert (await server.press(asked, "Delete it")).title == "Deleted"
    assert await server.known() == []
    assert "was deleted" in (await server.press(asked, "Delete it")).error
    await server.at(NINE + 3 * DAY)
    assert len(server.hub.messages) == 1


@pytest.mark.parametrize("pause", [False, True])
async def test_a_day_that_removing_takes_is_entered_unless_it_was_paused_anyway(server: Server, pause: bool) -> None:
    one = await server.set_up()
    if pause:
        await server.say("/daily pause")
    server.now = NINE
    await server.press(await server.say("/daily remove"), "Delete it")
    assert [(entry.state, entry.reason) for entry in await server.ledger(one)] == (
        [] if pause else [("skipped", "removed")]
    )
    await server.set_up(time="10:00")
    assert ("the schedule was removed just as it was due" in words(await server.say("/daily history"))) is not pause


async def test_buttons_of_another_server_or_an_older_version_do_nothing(server: Server) -> None:
    one = await server.set_up()
    elsewhere = server.context(server="other")
    assert "was deleted" in (await server.app.act("daily.do", f"removed {one.id}", elsewhere)).error
    assert "older version" in (await server.app.act("daily.do", f"explode {one.id}", server.context())).error
    assert await server.known() == [one]


@pytest.mark.parametrize("before", [-1, 0, 1])
@pytest.mark.parametrize("to", ["8:30", "9:00", "9:01", "23:59"])
@pytest.mark.parametrize("posted", [False, True])
async def test_an_edit_around_the_due_time_gives_the_day_one_post_or_a_reason(
    long_server: Server, before: int, to: str, posted: bool
) -> None:
    """`before`: minutes from the edit to the time that was set; `posted`: whether the loop came first."""
    one = await long_server.set_up()
    now = NINE - before * MINUTE
    if posted:
        await long_server.at(now)
    long_server.now = now
    await long_server.set_up(time=to)
    while long_server.now < NINE + DAY - HOUR:
        await long_server.at(long_server.now + 10 * MINUTE)
    days = [message.at.date() for message in long_server.hub.messages]
    assert len(days) == len(set(days)) <= 1
    due_before_the_edit = now >= NINE
    due_after_the_edit = now < datetime.combine(NINE.date(), datetime.strptime(to, "%H:%M").time(), UTC)  # noqa: DTZ007 - a time alone.
    entries = [entry for entry in await long_server.ledger(one) if entry.local_date == NINE.date()]
    assert len(entries) == (due_before_the_edit or due_after_the_edit)
    assert {entry.reason for entry in entries if entry.state is deliveries.State.SKIPPED} <= {"changed"}
    assert len(days) == (due_after_the_edit or (due_before_the_edit and posted))


async def test_removing_and_setting_up_again_on_the_same_day_posts_once(server: Server) -> None:
    one = await server.set_up()
    await server.at(NINE)
    await server.press(await server.say("/daily remove"), "Delete it")
    assert (await server.set_up(time="10:00")).previous == ""
    for n in range(20):
        await server.at(NINE + n * HOUR)
    assert len(server.hub.messages) == 1
    assert (await server.known())[0].due_date == one.due_date + DAY


async def test_a_change_is_taken_back_where_the_ids_of_the_workspace_have_moved_since(server: Server) -> None:
    before = await server.set_up()
    changed = await server.say("/daily set #general 10:00 Europe/London")
    async with server.store.transaction() as tx:
        await qualify(tx, "test", "guild")
    assert (await server.press(changed, "Undo")).title == "Undone"
    [one] = await server.known()
    assert (one.id, one.channel, one.local_time) == (before.id, "guild-general", "09:00")
    assert one.set_by == f"guild-{ADA.id}"
    await server.at(NINE + HOUR)
    assert len(server.hub.messages) == 1


async def test_a_zone_further_east_does_not_post_the_same_day_again(server: Server) -> None:
    await server.set_up()
    await server.at(NINE)
    await server.say("/daily set #general 9:00 America/Los_Angeles")
    await server.at(NINE + 10 * HOUR)
    assert len(server.hub.messages) == 1


async def test_a_day_that_is_still_ahead_further_west_has_its_post(server: Server) -> None:
    """Whoever moves from Kiritimati to Los Angeles gets the day before once more, and a post on it."""
    await server.at(datetime(2026, 11, 22, 18, 0, tzinfo=UTC))
    await server.say("/daily set #general 9:00 Pacific/Kiritimati")
    await server.at(datetime(2026, 11, 22, 19, 0, tzinfo=UTC))
    await server.say("/daily set #general 21:00 America/Los_Angeles")
    [one] = await server.known()
    assert [entry.local_date for entry in await server.ledger(one)] == [date(2026, 11, 23)]
    for day in (23, 24, 25):
        await server.at(datetime(2026, 11, day, 5, 0, tzinfo=UTC))
    entries = await server.ledger(one)
    assert sorted(entry.local_date for entry in entries) == [date(2026, 11, day) for day in (22, 23, 24)]
    assert {entry.state for entry in entries} == {"sent"}
    assert len(server.hub.messages) == 3


async def test_a_day_that_was_due_and_is_ahead_again_further_west_is_not_skipped(server: Server) -> None:
    server.now = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
    await server.say("/daily set #general 9:00 Pacific/Kiritimati")
    # It is due there, on the 23rd, half an hour before the move to where it is still the 22nd.
    server.now += 1.5 * HOUR
    await server.say("/daily set #general 21:00 America/Los_Angeles")
    [one] = await server.known()
    assert await server.ledger(one) == []
    for day in (23, 24):
        await server.at(datetime(2026, 11, day, 5, 0, tzinfo=UTC))
    assert [entry.state for entry in await server.ledger(one)] == ["sent", "sent"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(["set", "next", "history", "preview", "pause", "resume", "remove", "list"]),
    typed=st.text(max_size=60)
    | st.sampled_from(["#general 9:00 UTC \x00", "@everyone", "channel:", '"', "9:00 9:00 9:00"]),
)
async def test_nothing_that_is_typed_raises(corpus: Corpus, store: Store, name: str, typed: str) -> None:
    server = Server(corpus, store)
    assert not (await server.say(f"/daily {name} {typed}")).incident
    assert not (await server.app.act("daily.do", f"{name} {typed}", server.context())).incident
    for one in server.app.commands[f"daily {name}"].parameters:
        await server.app.suggest(f"daily {name}", one.name, typed, server.context())


async def test_what_it_says_is_kept(server: Server) -> None:
    await server.say("/daily set #general 9am America/New_York")
    # The identifier is drawn by lot.
    async with server.store.transaction() as tx:
        await tx.execute("UPDATE schedules SET id = '1917110819171108'")
    said = {"daily-set": await server.say("/daily set #general 9am America/New_York weekdays")}
    [one] = await server.known()
    said["daily-list"] = await server.say("/daily list")
    said["daily-next"] = await server.say("/daily next")
    await server.at(one.due_at)
    await server.at(one.due_at + 2 * DAY + HOUR)
    server.begin(Moody(server.hub, "busy"))
    await server.at(one.due_at + 3 * DAY)
    said["daily-history"] = await server.say("/daily history")
    said["daily-remove"] = await server.say("/daily remove")
    said["daily-post"] = server.hub.messages[0].reply
    assert set(said) == set(golden.DAILY)
    for name, reply in said.items():
        golden.check(name, "reply.json", golden.as_json(reply))


async def test_a_change_says_what_it_was_and_can_be_undone(server: Server) -> None:
    one = await server.set_up("weekdays")
    server.now += MINUTE
    changed = await server.say("/daily set #general 9pm Berlin fri")
    assert changed.title == "Daily fact changed"
    assert "It was: 09:00 Europe/London, weekdays." in words(changed)
    undone = await server.press(changed, "Undo")
    assert undone.title == "Undone"
    assert "09:00 Europe/London, weekdays" in words(undone)
    [now] = await server.known()
    assert structs.replace(now, due_at=one.due_at, due_date=one.due_date) == one
    assert "changed again" in (await server.press(changed, "Undo")).error


async def test_the_same_again_is_no_change_and_has_nothing_to_undo(server: Server) -> None:
    await server.set_up("weekdays")
    server.now += MINUTE
    again = await server.say("/daily set #general 9:00 AM London mon-fri")
    assert again.title == "Daily fact unchanged"
    assert "There was nothing to change." in words(again)
    assert "Undo" not in {button.label for button in again.buttons}


async def test_undoing_what_was_new_leaves_nothing(server: Server) -> None:
    reply = await server.say("/daily set #general 9am London")
    assert (await server.press(reply, "Undo")).private
    assert await server.known() == []
    assert "was deleted" in (await server.press(reply, "Undo")).error


async def test_undo_leaves_a_pause_and_the_days_that_were_posted(server: Server) -> None:
    one = await server.set_up()
    await server.at(NINE)
    await server.say("/daily pause")
    changed = await server.say("/daily set #general 10:00 London")
    assert "(paused)" in words(await server.press(changed, "Undo"))
    [now] = await server.known()
    assert now.state is schedules.State.PAUSED
    await server.say("/daily resume")
    await server.at(NINE + 2 * HOUR)
    assert [entry.local_date for entry in await server.ledger(one)] == [date(2026, 11, 23)]


async def test_undo_does_not_bring_back_what_a_closed_channel_paused(server: Server) -> None:
    one = await server.set_up()
    async with server.store.transaction() as tx:
        await schedules.pause_broken(tx, one.id, "forbidden", NINE)
    undone = await server.press(await server.say("/daily set #general 10:00 London"), "Undo")
    assert "(paused" not in words(undone)
    [now] = await server.known()
    assert (now.state, now.local_time) == (schedules.State.ACTIVE, "09:00")


@pytest.mark.parametrize(
    ("line", "error"), [("/daily set #general 11:00 London", "changed again"), ("/daily remove", "was deleted")]
)
async def test_undo_takes_nothing_back_that_was_done_while_the_platform_was_asked_who_it_is(
    server: Server, line: str, error: str
) -> None:
    class Dora(Person, frozen=True):
        """Somebody of whom a busy platform takes long to say that they manage the server."""

        async def person(self) -> Person:
            server.now += MINUTE
            done = await server.say(line)
            if line == "/daily remove":
                await server.press(done, "Delete it")
            return self

    await server.set_up("weekdays")
    server.now += MINUTE
    changed = await server.say("/daily set #general 10:00 London")
    assert error in (await server.press(changed, "Undo", Dora("9", "Dora", admin=True))).error
    assert [one.local_time for one in await server.known()] == ([] if line == "/daily remove" else ["11:00"])


async def test_who_may_not_change_it_undoes_nothing(server: Server) -> None:
    reply = await server.say("/daily set #general 9am London")
    assert (await server.press(reply, "Undo", BEN)).error
    assert len(await server.known()) == 1


async def test_post_now_is_todays_post_and_no_second_one(server: Server) -> None:
    reply = await server.say("/daily set #general 21:00 London")
    promised = [*reply.quotes()]
    now = await server.press(reply, "Post now")
    assert "within seconds. The next one: Monday 23 November 2026, 21:00" in words(now)
    await server.at(NOW)
    [post] = server.hub.messages
    assert [*post.reply.quotes()] == promised
    assert "out already" in (await server.press(now, "Post now")).error
    await server.at(NOW + 11.5 * HOUR)
    assert len(server.hub.messages) == 1
    await server.at(NOW + 36 * HOUR)
    assert len(server.hub.messages) == 2


async def test_post_now_posts_nothing_while_paused_or_where_it_may_not(server: Server) -> None:
    reply = await server.say("/daily set #general 21:00 London")
    server.hub.missing["general"] = ("Send Messages",)
    refused = await server.press(reply, "Post now")
    assert "Send Messages" in refused.error
    server.hub.missing.clear()
    again = await server.press(refused, "Try again")
    assert again.title == "On its way"
    await server.say("/daily pause")
    assert "paused" in (await server.press(reply, "Post now")).error


async def test_a_wrong_word_costs_one_press(server: Server) -> None:
    wrong = await server.say("/daily set #general 9:00 Nowhereville weekdays topic:coalition")
    [mend] = wrong.buttons
    form = await server.app.pressed_form(mend.value, server.context())
    assert isinstance(form, Form)
    assert form.typed == {
        "channel": "#general", "time": "9:00", "timezone": "Nowhereville", "days": "weekdays", "topic": "coalition",
    }  # fmt: skip


async def test_the_form_of_a_schedule_has_its_values(server: Server) -> None:
    await server.set_up("weekdays topic:uprising", time="9:15")
    reply = await server.say("/daily list")
    shown = await server.app.act("daily.do", f"manage {(await server.known())[0].id}", server.context())
    [change] = [one for one in shown.buttons if one.label == "Change"]
    form = await server.app.pressed_form(change.value, server.context())
    assert isinstance(form, Form)
    assert form.typed == {
        "channel": "general", "time": "09:15", "timezone": "Europe/London", "days": "weekdays", "topic": "uprising",
    }  # fmt: skip
    assert not reply.error


async def test_the_form_of_a_channel_without_a_schedule_has_the_askers_zone(server: Server) -> None:
    await server.set_up()
    await server.press(await server.say("/daily remove"), "Delete it")
    for zone in ({}, {"timezone": "Europe/Berlin"}):
        form = await server.app.form("daily set", {}, server.context())
        assert isinstance(form, Form)
        assert form.typed == {"channel": "general", **zone}
        await server.say("/quiz timezone Berlin")


async def test_a_post_opens_a_thread_and_mentions_a_role_if_the_schedule_says_so(server: Server) -> None:
    reply = await server.say("/daily set #general 9:00 London thread:yes mention:@class-7b")
    assert "09:00 Europe/London, every day, with a thread, mentioning a role" in words(reply)
    await server.at(NINE)
    post = server.hub.messages[0].reply
    assert (post.mention, post.thread) == ("class-7b", f"{post.title}, 23 November")
    kept = await server.say("/daily set #general 10:00 London")
    assert "10:00 Europe/London, every day, with a thread, mentioning a role" in words(kept)
    quiet = await server.press(kept, "Mention nobody")
    assert "10:00 Europe/London, every day, with a thread" in words(quiet)
    await server.say("/daily set #general 10:00 London thread:no")
    await server.at(NINE + DAY + HOUR)
    post = server.hub.messages[1].reply
    assert not post.mention
    assert not post.thread


@pytest.mark.parametrize("role", ["@everyone", "@here", "guild"])
async def test_nobody_has_everybody_mentioned(server: Server, role: str) -> None:
    assert "never mention everybody" in (await server.say(f"/daily set #general 9:00 London mention:{role}")).error
    assert await server.known() == []


async def test_who_may_set_nothing_up_sees_no_form(server: Server) -> None:
    for name in ("daily set", "setup"):
        refused = await server.app.form(name, {}, server.context(BEN))
        assert isinstance(refused, Reply)
        assert "Only people who manage" in refused.error


async def test_setup_sets_the_fact_up_and_who_sees_look_ups(server: Server) -> None:
    reply = await server.say("/setup #general 9:00 London weekdays private")
    assert not reply.error
    assert "Look-ups are private" in words(reply)
    assert "#general: 09:00 Europe/London, weekdays" in words(reply)
    assert (await server.say("/quote gunpowder")).private
    kept = await server.say("/setup #general 10:00 London")
    assert "Look-ups are private" in words(kept)


async def test_a_list_asks_after_each_channel_once(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    async def name(channel: str) -> str:
        asked.append(channel)
        return f"#{channel}"

    async def names(person: str, of: str | None, channels: list[str]) -> dict[str, str]:
        asked.extend(channels)
        return {one: f"#{one}" for one in channels}

    await server.set_up()
    await server.set_up(channel="#random")
    await server.set_up(channel="#random", more="topic:uprising")
    monkeypatch.setattr(server.platform, "channel_name", name)
    monkeypatch.setattr(server.platform, "visible_channels", names)
    assert "#random" in words(await server.say("/daily list"))
    assert sorted(asked) == ["general", "random"]


async def test_a_server_has_no_more_than_25_schedules(server: Server) -> None:
    for n in range(25):
        await server.set_up(channel=f"#channel-{n}")
    refused = await server.say("/daily set #one-more 9:00 Europe/London")
    assert "25 daily facts already" in refused.error
    assert not (await server.say("/daily set #channel-3 10:00 Europe/London")).error
    page, seen = await server.say("/daily list"), 0
    titles = [page.title]
    while True:
        items, menu = page.parts
        assert isinstance(items, Items)
        assert isinstance(menu, Menu)
        assert len(items.items) == len(menu.choices)
        seen += len(items.items)
        if not page.buttons[-1].enabled:
            break
        page = await server.app.act(page.buttons[-1].action, page.buttons[-1].value, server.context())
        titles.append(page.title)
    assert (titles, seen) == ([f"Daily facts {one} of 25" for one in ("1–10", "11–20", "21–25")], 25)


async def test_a_zone_that_is_not_known_here_any_more_is_told_and_can_be_set_again(server: Server) -> None:
    one = await server.set_up()
    async with server.store.transaction() as tx:
        await tx.execute("UPDATE schedules SET zone = 'Europe/Atlantis'")
    sentence = "I can't read its time or time zone any more. Please set it again."
    shown = await server.say("/daily list")
    assert "Europe/Atlantis" in words(shown)
    managed = await server.app.act("daily.do", f"manage {one.id}", server.context())
    assert "Next post" not in words(managed)
    assert (await server.say("/daily next")).error == sentence
    assert (await server.say("/daily preview")).title
    await server.at(one.due_at)
    for _ in range(3):
        await server.at(server.now + HOUR)
    [(person, notice)] = server.hub.told
    assert person == ADA.id
    assert "I can't read its time or time zone" in words(notice)
    assert "/daily set" in words(notice)
    assert (await server.say("/daily resume")).error == sentence
    again = await server.set_up()
    assert (again.id, again.state, server.hub.messages) == (one.id, "active", [])
    await server.at(again.due_at)
    assert len(server.hub.messages) == 1


async def test_a_zone_that_is_known_again_goes_on_by_itself(server: Server) -> None:
    one = await server.set_up()
    for zone in ("Europe/Atlantis", one.zone):
        async with server.store.transaction() as tx:
            await tx.execute(f"UPDATE schedules SET zone = '{zone}'")  # noqa: S608 - our own names.
        await server.at(server.now if zone == one.zone else one.due_at)
        await server.at(server.now + HOUR)
    await server.at(server.now + MINUTE)
    assert [(await server.known())[0].state, len(server.hub.messages)] == ["active", 1]
