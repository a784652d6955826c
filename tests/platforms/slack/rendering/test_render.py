"""Replies as Slack messages: their known looks, and that no reply breaks a limit or loses a word."""

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
    Link,
    Menu,
    Moment,
    Note,
    Picture,
    Prose,
    Quote,
    Reply,
    Table,
)
from bot.platforms.slack.rendering import limits
from bot.platforms.slack.rendering.render import QUESTION_LENGTH, Message, SuggestionMenu, render
from tests import golden
from tests.platforms.slack import limits_check

words = st.one_of(st.text(max_size=50), st.text("ab. \n*_|`<@#->&\\\ud800😀", max_size=50))
long_words = st.builds(lambda text, times: text * times, words, st.integers(0, 300))
spans = st.lists(st.tuples(st.integers(-3, 400), st.integers(-3, 400)), max_size=5).map(tuple)
choices = st.lists(st.builds(Choice, long_words, st.text("abc", min_size=1, max_size=9), words), max_size=60).map(tuple)
rows = st.lists(st.tuples(words, long_words), max_size=5).map(tuple)
parts: st.SearchStrategy[AnyPart] = st.one_of(
    st.builds(Prose, long_words),
    st.builds(Heading, long_words, st.sampled_from([None, "speech", "unknown"])),
    st.builds(Quote, long_words, words, long_words, words, words, spans),
    st.builds(Correction, long_words, spans, spans),
    st.builds(Note, long_words),
    st.builds(Items, st.lists(long_words, max_size=5).map(tuple)),
    st.builds(Code, long_words, words),
    st.builds(Table, st.tuples(words, words), rows),
    st.builds(Link, words, st.just("https://example.org/a")),
    st.builds(Moment, words, st.datetimes(timezones=st.timezones())),
    st.builds(Countdown, words, st.datetimes(timezones=st.timezones()), st.integers(0, 999)),
    st.builds(Picture, words, st.binary(max_size=3), long_words),
    st.builds(File, words, st.binary(max_size=3), words),
    st.builds(Menu, long_words, st.just("act"), choices),
)
buttons = st.builds(
    Button, long_words, st.just("act"), st.text("abc. ~", max_size=12), enabled=st.booleans(), ask=st.text("abc ~")
)
replies = st.builds(
    Reply,
    long_words,
    st.lists(parts, max_size=12).map(tuple),
    st.lists(buttons, max_size=60).map(tuple),
    error=long_words,
)


def check(pages: list[Message]) -> None:
    for page in pages:
        limits_check.check_message(page.payload)


def quoted(pages: list[Message]) -> str:
    return "".join(words for page in pages for words in limits_check.quotations(page.blocks))


@pytest.mark.parametrize("name", golden.NAMES)
def test_a_reply_has_its_known_look(name: str) -> None:
    pages = render(golden.reply(name), "U1")
    check(pages)
    shown = [page.payload | {"files": [one.name for one in page.files]} for page in pages]
    golden.check(name, "slack.json", json.dumps(shown, indent=1, ensure_ascii=False) + "\n")


@settings(deadline=None)
@given(replies, words)
def test_no_reply_breaks_a_limit(reply: Reply, typed: str) -> None:
    check(render(reply, "U1", SuggestionMenu("quote", "words", typed, "What the passage says")))


@settings(deadline=None)
@given(st.lists(st.builds(Quote, st.text("ab.! \n*`<&", min_size=1).map(lambda one: one * 80), words, words, words)))
def test_no_word_of_a_quotation_is_lost(quotes: list[Quote]) -> None:
    pages = render(Reply(parts=tuple(quotes)))
    assert "".join(quoted(pages).split()) == "".join("".join(quote.words for quote in quotes).split())


def test_a_quotation_is_shown_as_it_is() -> None:
    literal = "*a* _b_ ~c~ `d` <!channel> <@U1> &amp; :tada: https://example.org\n> e"
    (page,) = render(Reply(parts=(Quote(literal, "speech 1", "Trotsky", "speech", marks=((0, 3),)),)))
    assert limits_check.quotations(page.blocks) == [literal]
    assert page.blocks[0]["elements"][0]["elements"][0] == {"type": "text", "text": "*a*", "style": {"bold": True}}
    assert "&lt;!channel&gt; &lt;@U1&gt; &amp;amp;" in page.text
    assert all(line.startswith(("&gt; ", "— Trotsky")) for line in page.text.split("\n"))


def test_a_quotation_that_fits_a_message_is_never_cut() -> None:
    filler, quotation = Prose("Filler. " * 290), Quote("A sentence. " * 190, "speech 1", "Trotsky", "speech")
    first, second = render(Reply(parts=(filler, quotation)))
    assert quoted([first]) == ""
    assert quoted([second]) == "A sentence. " * 190
    assert "(continue" not in first.text + second.text


def test_a_quotation_that_fits_no_message_ends_with_a_sentence_and_says_so() -> None:
    pages = render(Reply(parts=(Quote("A sentence. " * 700, "speech 1", "Trotsky", "speech"),)))
    first, *middle, last = [page.text for page in pages]
    assert re.search(r"A sentence\.\n— Trotsky · speech 1 \(continues\)$", first)
    assert all("\n(continued) — Trotsky" in one for one in middle)
    assert last.endswith("\n(continued) — Trotsky · speech 1")


def test_a_heading_stays_with_what_it_heads() -> None:
    reply = Reply(parts=(Prose("Filler. " * 290), Heading("Next"), Quote("A sentence. " * 150, "a 1", "b", "a")))
    _, second = render(reply)
    assert second.text.startswith("Next\n&gt; A sentence.")


def test_a_wide_table_becomes_a_list_that_a_phone_can_show() -> None:
    narrow = Table(("who", "points"), (("Ada", "12"),))
    wide = Table(("who", "what", "when"), (("Ada", "A long account of it all " * 3, "Monday"),))
    (page,) = render(Reply(parts=(narrow, wide)))
    assert page.text.startswith("who  points\nAda  12\n• Ada · what: A long account")
    assert page.text.endswith("· when: Monday")


def test_alt_text_too_long_for_a_picture_follows_it() -> None:
    (page,) = render(Reply(parts=(Picture("a.png", b"1", "All that the picture says. " * 60),)))
    assert page.text.count("picture says") == 60
    (page,) = render(Reply(parts=(Picture("a.png", b"1", "x" * limits.ALT),)))
    assert "xxx" not in page.text


def test_more_choices_than_a_menu_holds_become_more_menus() -> None:
    made = tuple(Choice(f"Choice {number}", str(number)) for number in range(60))
    pages = render(Reply(parts=(Menu("Choose", "pick", made),)))
    menus = [one for one in limits_check.walk([page.blocks for page in pages]) if one.get("type") == "static_select"]
    assert [len(one["options"]) for one in menus] == [25, 25, 10]


def test_a_value_that_slack_would_cut_is_a_bug_that_shows() -> None:
    with pytest.raises(ValueError, match=r"quote\.show"):
        render(Reply(buttons=(Button("On", "quote.show", "x" * 2001),)))
    for value in ("x" * 151, ""):
        with pytest.raises(ValueError, match="menu"):
            render(Reply(parts=(Menu("Choose", "pick", (Choice("One", value),)),)))
    (page,) = render(
        Reply(
            parts=(Menu("Choose", "pick", (Choice("One", "x" * 150),)),),
            buttons=(Button("On", "quote.show", "x" * 2000),),
        )
    )
    assert {"x" * 150, "x" * 2000} <= {one.get("value") for one in limits_check.walk(page.blocks)}


def test_a_reply_of_nothing_still_says_something() -> None:
    (page,) = render(Reply(parts=(Prose(" "), Heading("\n"), Items(()))))
    assert page.text == "Done."


def size(page: Message) -> int:
    return len(json.dumps(page.blocks, ensure_ascii=False))


def test_a_message_is_filled_to_its_bounds_and_no_further() -> None:
    def pages(number: int, words: str) -> list[Message]:
        return render(Reply(parts=tuple(Prose(words) for _ in range(number))))

    # One block is left for the line that says who asked.
    assert [len(pages(number, "a")) for number in (49, 50, 98, 99)] == [1, 2, 2, 3]
    assert [len(page.blocks) for page in pages(50, "a")] == [49, 1]
    # 1999 and 2000 characters with a newline between them are 4000, as many as a message's text may have.
    assert [len(render(Reply(parts=(Prose("a" * 1999), Prose("b" * more))))) for more in (2000, 2001)] == [1, 2]


def test_blocks_are_filled_to_their_size_and_no_further() -> None:
    def pages(words: int) -> list[Message]:
        return render(Reply(buttons=tuple(Button("a", "act", "v" * words) for _ in range(10))))

    room = limits.SIZE - 2 * QUESTION_LENGTH
    full = max(words for words in range(1000, 1400) if len(pages(words)) == 1)
    assert room - 10 < size(pages(full)[0]) <= room
    assert [len(page.blocks) for page in pages(full + 1)] == [1, 1]
