"""Patterns that are compiled at their first use do what compiled ones do, and each can be compiled."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import cast

import bot.__main__
from corpus.language.lazy_pattern import LazyPattern, lazy_pattern


def test_it_is_compiled_at_its_first_use_and_then_has_what_a_pattern_has() -> None:
    made = lazy_pattern("(?P<word>[a-z]+)", re.IGNORECASE)
    assert set(vars(made)) == {"_arguments"}
    assert made.sub("x", "One, two") == "x, x"
    assert made.flags & re.IGNORECASE
    assert dict(made.groupindex) == {"word": 1}
    assert [found["word"] for found in made.finditer("One, two")] == ["One", "two"]


def test_each_pattern_of_the_bot_can_be_compiled() -> None:
    modules = [module for name, module in sys.modules.items() if name.split(".")[0] in {"bot", "cogs", "corpus"}]
    found = [one for module in modules for value in vars(module).values() for one in patterns_in(value)]
    assert bot.__main__ in modules
    assert len(found) > 50
    assert all(re.compile(one.pattern, one.flags) for one in found)


def patterns_in(value: object) -> Iterator[re.Pattern[str]]:
    """The patterns that a module's value is or holds."""
    if isinstance(value, LazyPattern):
        yield cast("re.Pattern[str]", value)
    if isinstance(value, dict):
        yield from patterns_in(tuple(value.values()))
    if isinstance(value, tuple):
        for one in value:
            yield from patterns_in(one)
