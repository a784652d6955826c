"""Lists in pages: every item is on one page, in order, and no label is too long."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.reply import Choice
from cogs.shared.lists import LABEL, MENU, menu, page_buttons, page_number, paginate, shortened


@given(items=st.lists(st.integers(), max_size=200), size=st.integers(1, 30))
def test_the_pages_are_the_list(items: list[int], size: int) -> None:
    pages = [paginate(items, number, size) for number in range(1, paginate(items, 1, size).pages + 1)]
    assert [item for page in pages for item in page.items] == items
    assert all(0 < len(page.items) <= size for page in pages) or not items
    assert [page.start for page in pages] == [n * size for n in range(len(pages))]


@given(number=st.integers(-5, 10**7))
def test_a_number_past_either_end_gives_the_first_or_the_last_page(number: int) -> None:
    page = paginate(range(43), number, 10)
    assert page.number == min(max(number, 1), 5)
    assert list(page.items) == list(range(43))[(page.number - 1) * 10 :][:10]


@pytest.mark.parametrize(
    ("many", "number", "said"), [(10, 1, ""), (43, 1, "1–10 of 43"), (43, 5, "41–43 of 43"), (11, 2, "11 of 11")]
)
def test_a_page_says_which_items_it_shows(many: int, number: int, said: str) -> None:
    assert paginate(range(many), number, 10).range == said


def test_buttons_lead_to_the_pages_before_and_after() -> None:
    before, after = page_buttons(paginate(range(30), 2, 10), "word.page", lambda number: f"{number} any")
    assert (before.value, before.enabled, after.value, after.enabled) == ("1 any", True, "3 any", True)
    assert [one.enabled for one in page_buttons(paginate(range(30), 1, 10), "a", str)] == [False, True]
    assert page_buttons(paginate(range(10), 1, 10), "a", str) == ()


@given(typed=st.text(max_size=12))
def test_a_page_number_is_digits_of_our_own(typed: str) -> None:
    number = page_number(typed)
    assert number is None or (typed.isascii() and typed.isdigit() and max(1, int(typed)) == number)


@given(words=st.text(max_size=300), room=st.integers(1, 120))
def test_shortened_words_fit_and_say_that_they_are_cut(words: str, room: int) -> None:
    cut = shortened(words, room)
    assert len(cut) <= room
    assert cut == " ".join(words.split()) or re.fullmatch(r"(?:.*[^ .,;:…–—-])?…", cut)


def test_a_menu_holds_what_every_platform_shows() -> None:
    (shown,) = menu("Choose", "quote.show", [Choice("x" * LABEL, str(n)) for n in range(40)])
    assert len(shown.choices) == MENU
    assert menu("Choose", "quote.show", []) == ()
