"""Lines keep to their width and lose nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cogs.shared.drawing.fonts import Font, drawn, has
from cogs.shared.drawing.typeset import balanced, clipped, wrapped

FONT = Font("serif", 40)
TYPED = st.text(max_size=120) | st.text("ab “”…—ѣЯ é\n\t\u200b\ud800👩", max_size=120)
WIDTHS = st.integers(60, 900)


@given(TYPED, WIDTHS)
def test_lines_keep_to_the_width_and_hold_all_the_words(words: str, width: int) -> None:
    for lines in (wrapped(words, FONT, width), balanced(words, FONT, width)):
        assert all(FONT.width(line) <= width for line in lines)
        assert "".join(lines).replace(" ", "") == drawn(words, FONT.face).replace(" ", "")


@given(st.lists(st.text("abcdefgh", min_size=1, max_size=8), min_size=1, max_size=20).map(" ".join), WIDTHS)
def test_balanced_lines_are_as_few_and_break_no_word_that_fits(words: str, width: int) -> None:
    lines = balanced(words, FONT, width)
    assert len(lines) == len(wrapped(words, FONT, width))
    if all(FONT.width(word) <= width for word in words.split()):
        assert " ".join(lines) == words


@given(st.lists(st.text("abcdefgh", min_size=1, max_size=8), min_size=2, max_size=9), st.integers(250, 900))
def test_no_line_begins_with_the_dot_between_two_things(typed: list[str], width: int) -> None:
    words = " · ".join(typed)
    for lines in (wrapped(words, FONT, width), balanced(words, FONT, width)):
        assert not any(line.startswith("·") for line in lines)


@given(TYPED, WIDTHS)
def test_clipped_words_fit_and_say_that_they_are_cut(words: str, width: int) -> None:
    line = clipped(words, FONT, width)
    assert FONT.width(line) <= width
    assert line == drawn(words, FONT.face) or line.endswith("…")


def test_a_short_last_line_is_avoided() -> None:
    words = "one two three four five six seven"
    wide = FONT.width("one two three four five six") + 5
    assert wrapped(words, FONT, wide)[-1] == "seven"
    first, last = balanced(words, FONT, wide)
    assert abs(FONT.width(first) - FONT.width(last)) < FONT.width("seven")


def test_the_typefaces_have_cyrillic_before_the_reform_and_a_sign_for_what_they_lack() -> None:
    assert all(has("serif", letter) and has("sans", letter) for letter in "ѣѵіъЁщ“”’…—é")
    assert not has("serif", "漢")
    assert drawn("Ada 漢 \x00\ud800\u202e", "sans") == "Ada ◊ "
