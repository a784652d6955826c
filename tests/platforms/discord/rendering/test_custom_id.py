"""Custom ids: what is written is read again."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.platforms.discord.rendering.custom_id import CustomId

names = st.text("abcdefg.", min_size=1, max_size=20)


@settings(deadline=None)
@given(names, st.text(max_size=20), st.text("abc éя?", max_size=20), st.integers(0, 99))
def test_a_custom_id_reads_as_it_was_written(action: str, value: str, ask: str, ordinal: int) -> None:
    press = CustomId(action, value, ask)
    assert CustomId.parse(press.encode(ordinal)) == press


@settings(deadline=None)
@given(st.text(max_size=100))
def test_no_custom_id_raises(custom_id: str) -> None:
    CustomId.parse(custom_id)


@pytest.mark.parametrize("custom_id", ["", "somebody-elses", "0.1~quote.show~~speech 1", "1.1~quote.show"])
def test_an_id_of_another_make_is_none_of_ours(custom_id: str) -> None:
    assert CustomId.parse(custom_id) is None


def test_the_same_button_twice_has_two_ids() -> None:
    assert CustomId("a", "b").encode(0) != CustomId("a", "b").encode(1)


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="custom id"):
        CustomId("quote.show", "😀" * 45).encode(0)
