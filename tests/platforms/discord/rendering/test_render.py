"""Replies as Discord messages: their known looks, and that no reply breaks a limit or loses a word."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.reply import (
    AnyPart,
    Button,
    Choice,
    Code,
    Correction,
    Countdown,
    File,
    Heading,
    Items,
    Menu,
    Note,
    Picture,
    Prose,
    Quote,
    Reply,
    Table,
)
from bot.platforms.discord.rendering.render import Message, render
from tests import golden
from tests.platforms.discord import limits_check

COLOURS = {"speech": 0xB3261E, "article": 0x2E6F95}

words = st.one_of(st.text(max_size=50), st.text("ab. \n*_|`<@#->:[]()\\\ud800😀", max_size=50))
long_words = st.builds(lambda text, times: text * times, words, st.integers(0, 300))
ids = st.text("abc. ~", max_size=12)
spans = st.lists(st.tuples(st.integers(-3, 400), st.integers(-3, 400)), max_size=5).map(tuple)
choices = st.lists(st.builds(Choice, long_words, st.text("abc", min_size=1, max_size=9), words), max_size=60).map(tuple)
rows = st.lists(st.tuples(words, long_words), max_size=5).map(tuple)
parts: st.SearchStrategy[AnyPart] = st.one_of(
    st.builds(Prose, long_words),
    st.builds(Heading, long_words, st.sampled_from([None, "speech", "article", "unknown"])),
    st.builds(Quote, long_words, words, long_words, words, words, spans),
    st.builds(Correction, long_words, spans, spans),
    st.builds(Note, long_words),
    st.builds(Items, st.lists(long_words, max_size=5).map(tuple)),
    st.builds(Code, long_words, words),
    st.builds(Table, st.tuples(words, words), rows),
    st.builds(Countdown, words, st.datetimes(timezones=st.timezones()), st.integers(0, 999)),
    st.builds(Picture, words, st.binary(max_size=3), long_words),
    st.builds(File, words, st.binary(max_size=3), words),
    st.builds(Menu, long_words, st.just("act"), choices),
)
buttons = st.builds(Button, long_words, st.just("act"), ids, enabled=st.booleans(), ask=st.text("abc ~", max_size=20))
replies = st.builds(
    Reply,
    long_words,
    st.lists(parts, max_size=12).map(tuple),
    st.lists(buttons, max_size=60).map(tuple),
    error=long_words,
    text=st.sampled_from([None, "speech", "unknown"]),
)


def displays(pages: list[Message]) -> list[str]:
    return [one["content"] for page in pages for one in limits_check.walk(page.components) if one["type"] == 10]


def unescaped(markup: str) -> str:
    return re.sub(r"\\([^0-9A-Za-z\s])", r"\1", markup)


@pytest.mark.parametrize("name", golden.NAMES)
def test_a_reply_has_its_known_look(name: str) -> None:
    pages = render(golden.reply(name), COLOURS)
    limits_check.check(pages)
    shown = [
        {"components": page.components, "files": [{"name": file.name, "alt": file.alt} for file in page.files]}
        for page in pages
    ]
    golden.check(name, "discord.json", json.dumps(shown, indent=1, ensure_ascii=False) + "\n")


@settings(deadline=None)
@given(replies)
def test_no_reply_breaks_a_limit(reply: Reply) -> None:
    limits_check.check(render(reply, COLOURS))


@settings(deadline=None)
@given(st.lists(st.builds(Quote, st.text("ab.! \n*`<", min_size=1).map(lambda one: one * 80), words, words, words)))
def test_no_word_of_a_quotation_is_lost(quotes: list[Quote]) -> None:
    markup = "\n".join(displays(render(Reply(parts=tuple(quotes)), COLOURS)))
    quoted = "".join(line.removeprefix("> ") for line in markup.split("\n") if line.startswith("> "))
    assert "".join(unescaped(quoted).split()) == "".join("".join(quote.words for quote in quotes).split())


def test_a_quotation_that_fits_a_message_is_never_cut() -> None:
    filler, quotation = Prose("Filler. " * 400), Quote("A sentence. " * 190, "speech 1", "Trotsky", "speech")
    first, second = render(Reply(parts=(filler, quotation)), COLOURS)
    assert displays([second])[0].count("A sentence.") == 190
    assert "(continue" not in str(first) + str(second)


def test_a_quotation_that_fits_no_message_ends_with_a_sentence_and_says_so() -> None:
    pages = render(Reply(parts=(Quote("A sentence. " * 700, "speech 1", "Trotsky", "speech"),)), COLOURS)
    first, *middle, last = displays(pages)
    assert re.search(r"A sentence\.\n-# — Trotsky · speech 1 \(continues\)$", first)
    assert all(one.startswith("-# (continued)\n> A sentence.") for one in [*middle, last])
    assert last.endswith("-# — Trotsky · speech 1")


def test_quotations_in_a_row_name_their_source_once() -> None:
    quotes = tuple(Quote("Words.", f"speech {number}", "Trotsky", "speech", "The title, 1917") for number in (1, 2))
    first, second, other = displays(
        render(Reply(parts=(*quotes, Quote("More.", "article 1", "b", "a", "2026"))), COLOURS)
    )
    assert first.endswith("-# — speech 1")
    assert second.endswith("-# — Trotsky · speech 2 · The title, 1917")
    assert other.endswith("-# — b · article 1 · 2026")


def test_each_text_has_its_colour() -> None:
    reply = Reply(
        "Peasants",
        (
            Note("They differ."),
            Heading("The speech", "speech"),
            Prose("One."),
            Heading("The article", "article"),
            Prose("Two."),
        ),
        (Button("On", "on"),),
    )
    (page,) = render(reply, COLOURS)
    assert [one.get("accent_color") for one in page.components] == [None, 0xB3261E, 0x2E6F95, None]


def test_a_heading_stays_with_what_it_heads() -> None:
    reply = Reply(parts=(Prose("Filler. " * 400), Heading("Next"), Quote("A sentence. " * 150, "a 1", "b", "a")))
    _, second = render(reply, COLOURS)
    assert displays([second])[0].startswith("**Next**\n> A sentence.")


def test_three_backticks_in_code_are_shown_not_obeyed() -> None:
    (shown,) = displays(render(Reply(parts=(Code("a ```` b"),)), COLOURS))
    assert shown == r"a \`\`\`\` b"
    (shown,) = displays(render(Reply(parts=(Code("*a* `b`"),)), COLOURS))
    assert shown == "```\n*a* `b`\n```"


def test_a_wide_table_becomes_a_list_that_a_phone_can_show() -> None:
    narrow = Table(("who", "points"), (("Ada", "12"),))
    wide = Table(("who", "what", "when"), (("Ada", "A long account of it all " * 3, "Monday"),))
    one, two = displays(render(Reply(parts=(narrow, wide)), COLOURS))
    assert one == "```\nwho  points\nAda  12\n```"
    assert two.startswith("- Ada · what: A long account")
    assert two.endswith("· when: Monday")


def test_two_files_of_one_name_stay_apart() -> None:
    pictures = (Picture("line é.png", b"1", "One"), Picture("line é.png", b"2", "Two"))
    (page,) = render(Reply(parts=pictures), COLOURS)
    limits_check.check([page])
    assert [file.data for file in page.files] == [b"1", b"2"]
    assert [file.alt for file in page.files] == ["One", "Two"]


def test_alt_text_too_long_for_a_picture_follows_it() -> None:
    alt = "All that the picture says. " * 100
    assert "".join(displays(render(Reply(parts=(Picture("a.png", b"1", alt),)), COLOURS))).count("picture says") == 100


def test_more_choices_than_a_menu_holds_become_more_menus() -> None:
    choices = tuple(Choice(f"Choice {number}", str(number)) for number in range(60))
    (page,) = render(Reply(parts=(Menu("Choose", "pick", choices),)), COLOURS)
    assert [len(one["options"]) for one in limits_check.walk(page.components) if one["type"] == 3] == [25, 25, 10]


def test_a_value_that_no_custom_id_holds_is_a_bug_that_shows() -> None:
    with pytest.raises(ValueError, match=r"quote\.show"):
        render(Reply(buttons=(Button("On", "quote.show", "x" * 100),)), COLOURS)
    for value in ("x" * 101, ""):
        with pytest.raises(ValueError, match="menu"):
            render(Reply(parts=(Menu("Choose", "pick", (Choice("One", value),)),)), COLOURS)
    (page,) = render(Reply(parts=(Menu("Choose", "pick", (Choice("One", "x" * 100),)),)), COLOURS)
    (menu,) = [one for one in limits_check.walk(page.components) if one["type"] == 3]
    assert menu["options"][0]["value"] == "x" * 100


def test_what_a_menu_asks_is_above_it_where_it_has_no_room() -> None:
    for length, above in ((150, 0), (151, 1)):
        (page,) = render(Reply(parts=(Menu("x" * length, "pick", (Choice("One", "1"),)),)), COLOURS)
        everything = list(limits_check.walk(page.components))
        assert [one["content"] for one in everything if one["type"] == 10] == ["x" * length] * above


def test_a_reply_of_nothing_still_says_something() -> None:
    limits_check.check(render(Reply(parts=(Prose(" "), Heading("\n"), Items(()))), COLOURS))


def test_a_message_is_filled_to_its_bounds_and_no_further() -> None:
    def pages(*parts: AnyPart, buttons: int = 0) -> list[Message]:
        return render(Reply("", parts, tuple(Button("On", "act") for _ in range(buttons))), COLOURS)

    # A container and its displays are forty components.
    assert [len(pages(*[Prose("a")] * number)) for number in (39, 40, 78, 79)] == [1, 2, 2, 3]
    assert [len(pages(Prose("a" * 3000), Prose("b" * more))) for more in (1000, 1001)] == [1, 2]
    # Five buttons in a row are six components, and seven rows leave no room for an eighth.
    assert [len(pages(Prose("a"), buttons=number)) for number in (30, 35)] == [1, 2]
