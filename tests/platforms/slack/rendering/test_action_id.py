"""What buttons and menus carry in their ids is read back as it was written."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.slack.rendering.action_id import ActionId, BlockId

ids = st.text("abcdefghijklmnopqrstuvwxyz. _-", min_size=1, max_size=40)


@given(ids, ids, st.integers(0, 99))
def test_an_action_outlives_a_restart(name: str, extra: str, ordinal: int) -> None:
    for action in (ActionId(name, extra), ActionId(name, extra, "find")):
        assert ActionId.parse(action.encode(ordinal)) == action


@given(st.text("U123", min_size=1, max_size=30), st.text(max_size=500), st.text(max_size=80), st.integers(0, 99))
def test_who_asked_for_what_is_known_from_the_message(asker: str, typed: str, call: str, ordinal: int) -> None:
    encoded = BlockId(asker, typed, call).encode(ordinal)
    assert len(encoded) <= 255
    read = BlockId.parse(encoded)
    assert (read.asker, read.call) == (asker, call)
    assert typed.replace("~", " ").startswith(read.typed)


@given(st.text())
def test_any_id_can_be_read(words: str) -> None:
    BlockId.parse(words)
    ActionId.parse(words)
