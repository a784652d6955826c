"""A dict that stays small: what was set last is there, and never more than it may hold."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.bounded_dict import BoundedDict


@given(keys=st.lists(st.integers(0, 9)), most=st.integers(1, 5))
def test_the_entries_that_were_set_last_are_kept(keys: list[int], most: int) -> None:
    kept = BoundedDict[int, int](most)
    for place, key in enumerate(keys):
        kept[key] = place
    last = list(dict.fromkeys(reversed(keys)))[:most]
    assert list(kept) == last[::-1]
    assert all(keys[place] == key for key, place in kept.items())


def test_a_default_counts_as_an_entry() -> None:
    kept = BoundedDict[str, int](2)
    for key in "abca":
        kept.setdefault(key, 0)
    assert list(kept) == ["c", "a"]
