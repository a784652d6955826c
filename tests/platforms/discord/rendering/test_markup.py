"""Nothing in any words means anything to Discord."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from simcord.preview._markdown import markdown_tokens

from bot.platforms.discord.rendering.markup import block_quote, bold, escape, split_markup
from bot.platforms.layout import tidy, width

ESCAPED = re.compile(r"\\([^0-9A-Za-z\s])")
MEANS_SOMETHING = re.compile(r"[*_~|`<>@\[\]\\]|:\S|(?m:^)\s*([-+#]|\d+[.)])")

wild = st.one_of(st.text(), st.text("ab1 \n\r*_~|`<>@#-+.:[]()\\/!&😀\ud800\x00\u202e\u200b"))


@settings(deadline=None)
@given(wild)
def test_what_could_mean_something_is_escaped_and_the_words_stay_the_same(words: str) -> None:
    markup = escape(words)
    assert not MEANS_SOMETHING.search(ESCAPED.sub("x", markup))
    assert ESCAPED.sub(r"\1", markup) == words


# The other reader takes four spaces for code and an escaped "-#" for small print; Discord does neither.
@settings(deadline=None)
@given(st.text("ab1 \n*_~|`<>@#-+.:[]()\\/").map(lambda words: re.sub(r"(?m)^\s+|-#", "", words)))
def test_another_reader_of_markdown_finds_the_plain_words(words: str) -> None:
    kinds, shown = _read(escape(words))
    assert kinds <= {"text", "inline", "paragraph", "break"}
    assert shown == "".join(words.split())


def _read(markup: str) -> tuple[set[str], str]:
    kinds: set[str] = set()
    shown = []

    def visit(tokens: object) -> None:
        for token in tokens if isinstance(tokens, list) else ():
            kinds.add(token["type"])
            shown.append(token.get("content", ""))
            visit(token.get("children"))

    visit(markdown_tokens(markup, "text_display", context={"everyone": True, "users": {"1": "Ada"}}))
    return kinds, "".join("".join(shown).split())


@pytest.mark.parametrize(
    "words",
    [
        "@everyone",
        "<@1>",
        "<#1>",
        "</quote:1>",
        "<t:0:R>",
        "<:wave:1>",
        "||hidden||",
        "**bold**",
        "__under__",
        "~~gone~~",
        "`code`",
        "```\ncode\n```",
        "[text](https://a.org)",
        "https://a.org",
        "<https://a.org>",
        "# heading",
        "> quoted",
        ">>> quoted",
        "- item",
        "1. item",
        "one\n12) item",
    ],
)
def test_markup_that_people_type_is_shown_as_typed(words: str) -> None:
    kinds, shown = _read(escape(words))
    assert kinds <= {"text", "inline", "paragraph", "break"}
    assert shown == "".join(words.split())
    assert escape(words) != words


@settings(deadline=None)
@given(wild, st.lists(st.tuples(st.integers(-5, 60), st.integers(-5, 60))))
@example("0000", [(-5, -3), (1, 2)])
def test_marks_change_no_words_and_never_meet(words: str, marks: list[tuple[int, int]]) -> None:
    words = tidy(words)
    markup = bold(words, marks, 0, len(words))
    bare = ESCAPED.sub("x", markup)
    assert "****" not in bare
    assert bare.count("**") % 2 == 0
    assert ESCAPED.sub(r"\1", _without_bold(markup)) == words


def _without_bold(markup: str) -> str:
    return re.sub(r"(\\[^0-9A-Za-z\s])|\*\*", lambda found: found[1] or "", markup)


def test_marks_that_touch_are_one() -> None:
    assert bold("One two.", [(0, 3), (3, 4), (4, 7)], 0, 8) == "**One two**."


def test_a_mark_over_two_lines_is_bold_on_each() -> None:
    assert bold("One\ntwo", [(0, 7)], 0, 7) == "**One**\n**two**"


@settings(deadline=None)
@given(wild, st.integers(20, 200))
def test_pieces_fit_and_lose_nothing(words: str, room: int) -> None:
    words = tidy(words)
    made = list(split_markup(words, room))
    assert all(width(piece) <= room and piece.strip() for piece in made)
    assert "".join(ESCAPED.sub(r"\1", "".join(made)).split()) == "".join(words.split())


def test_pieces_end_with_a_sentence() -> None:
    words = "One sentence. " * 20 + "And a last one."
    first, *_, last = split_markup(words, 100, lambda start, end: block_quote(escape(words[start:end]).rstrip()))
    assert first.endswith("One sentence.")
    assert last.endswith("And a last one.")
