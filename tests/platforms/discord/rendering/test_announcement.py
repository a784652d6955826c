"""Announcements: what a push notification shows is never empty, no word is lost, and no limit is broken."""

from __future__ import annotations

from hypothesis import given, settings

from bot.core.reply import Button, Note, Picture, Prose, Quote, Reply
from bot.platforms.discord.rendering.announcement import announcement
from bot.platforms.discord.rendering.render import render
from tests import golden
from tests.platforms.discord import limits_check
from tests.platforms.discord.rendering.test_render import COLOURS, displays, replies

POSTS = ("daily-post", "quiz-question", "quiz-gap", "quiz-order", "quiz-answer", "quiz-table")


def shown(reply: Reply) -> str:
    made = announcement(reply, COLOURS)
    assert made
    limits_check.check_announcement(made.content, made.embeds, made.rows)
    return "\n".join([made.content, *(str(one.get("description", "")) for one in made.embeds)])


def test_every_kind_of_post_is_one_message_with_the_same_words() -> None:
    for name in POSTS:
        reply = golden.reply(name)
        same = "\n".join(displays(render(reply, COLOURS)))
        title, _, rest = same.partition("\n")
        plain = rest.replace("\n-# ", "\n")
        assert shown(reply).replace("\n\n", "\n") == f"**{title.removeprefix('### ')}**\n{plain}"


def test_a_notification_shows_what_it_is_about() -> None:
    made = announcement(golden.reply("quiz-question"), COLOURS)
    assert made
    assert "Question" in made.content
    assert "?" in made.content


def test_what_the_editors_add_is_apart_and_a_text_has_its_colour() -> None:
    quote = Quote("One two.", "speech 1.1", "Somebody", "speech")
    made = announcement(Reply("A fact", (Prose("So it was."), quote, Note("Or was it?")), text="speech"), COLOURS)
    assert made
    assert made.content == "**A fact**\nSo it was."
    assert [one.get("color") for one in made.embeds] == [COLOURS["speech"], None]


def test_in_a_box_what_follows_a_quotation_is_no_part_of_it_and_nothing_is_small_print() -> None:
    quote = Quote("One two.", "speech 1.1", "Somebody", "speech")
    made = announcement(Reply("A fact", (Prose("So"), quote, quote, Prose("Ada has 3.")), text="speech"), COLOURS)
    assert made
    one = "> One two.\n— Somebody · speech 1.1"
    assert made.embeds[0]["description"] == f"{one.replace('Somebody · ', '')}\n\n{one}\n\nAda has 3."


def test_a_picture_is_in_a_box() -> None:
    made = announcement(Reply("Scores", (Picture("scores.png", b"x", "Ada has 3"),)), COLOURS)
    assert made
    assert made.embeds[0]["image"] == {"url": "attachment://scores.png"}
    assert [one.name for one in made.files] == ["scores.png"]


def test_what_one_message_does_not_hold_is_no_announcement() -> None:
    assert announcement(Reply(parts=(Prose("Words. " * 2000),)), COLOURS) is None
    assert announcement(Reply("", (), tuple(Button(f"B{n}", "act") for n in range(3))), COLOURS) is None
    assert announcement(Reply("T", (), tuple(Button(f"B{n}", "act", str(n)) for n in range(26))), COLOURS) is None


@settings(max_examples=200, deadline=None)
@given(reply=replies)
def test_no_reply_breaks_a_limit_or_loses_a_word(reply: Reply) -> None:
    if made := announcement(reply, COLOURS):
        limits_check.check_announcement(made.content, made.embeds, made.rows)
        letters = "".join(filter(str.isalnum, "\n".join(displays(render(reply, COLOURS)))))
        assert "".join(filter(str.isalnum, shown(reply))) == letters
