"""What Discord would refuse in a message, checked apart from the code that keeps to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from bot.platforms.discord.rendering.render import Message

Component = dict[str, Any]


def check(pages: Sequence[Message]) -> None:
    """Fails where Discord would answer 400 to one of the messages."""
    assert pages
    for page in pages:
        check_components(page.components)
        names = [file.name for file in page.files]
        assert len(names) == len(set(names)) <= 10
        assert all(units(file.alt) <= 1024 for file in page.files)
        assert set(names) == set(attachments(page.components))


def check_components(components: list[Component]) -> None:
    everything = list(walk(components))
    assert 1 <= len(everything) <= 40
    assert sum(units(one["content"]) for one in everything if one["type"] == 10) <= 4000
    ids = [one["custom_id"] for one in everything if "custom_id" in one]
    assert len(ids) == len(set(ids))
    assert all(1 <= units(custom_id) <= 100 for custom_id in ids)
    assert {one["type"] for one in components} <= {1, 9, 10, 12, 13, 14, 17}
    for one in everything:
        CHECKS[one["type"]](one)


def check_announcement(content: str, embeds: Sequence[Component], rows: list[Component]) -> None:
    """Fails where Discord would refuse a message of the older kind."""
    assert 1 <= units(content) <= 2000
    assert len(embeds) <= 10
    described = [units(one.get("description") or "") for one in embeds]
    assert max(described, default=0) <= 4096
    assert sum(described) <= 6000
    assert all(one.get("description") or one.get("image") for one in embeds)
    assert len(rows) <= 5
    assert {one["type"] for one in rows} <= {1}
    if rows:
        check_components(rows)


def walk(components: Sequence[Component]) -> Iterator[Component]:
    for component in components:
        yield component
        yield from walk(component.get("components", ()))


def attachments(components: list[Component]) -> Iterator[str]:
    for one in walk(components):
        for media in [one.get("file"), *(item["media"] for item in one.get("items", ()))]:
            if media:
                yield media["url"].removeprefix("attachment://")


def units(words: str) -> int:
    """UTF-16 code units; raises for what JSON cannot hold."""
    return len(words.encode("utf-16-le")) // 2


def _text(one: Component) -> None:
    assert one["content"].strip()


def _row(one: Component) -> None:
    kinds = [inner["type"] for inner in one["components"]]
    assert kinds == [3] or (set(kinds) == {2} and len(kinds) <= 5)


def _button(one: Component) -> None:
    assert one["style"] in {1, 2, 3, 4}
    assert 1 <= units(one["label"]) <= 80
    assert one["label"].strip()


def _select(one: Component) -> None:
    assert units(one["placeholder"]) <= 150
    values = [option["value"] for option in one["options"]]
    assert 1 <= len(values) == len(set(values)) <= 25
    for option in one["options"]:
        assert 1 <= units(option["label"]) <= 100
        assert 1 <= units(option["value"]) <= 100
        assert 1 <= units(option.get("description", "-")) <= 100


def _gallery(one: Component) -> None:
    assert 1 <= len(one["items"]) <= 10
    assert all(units(item["description"] or "") <= 1024 for item in one["items"])


def _container(one: Component) -> None:
    assert one["components"]
    assert {inner["type"] for inner in one["components"]} <= {1, 9, 10, 12, 13, 14}
    assert one["accent_color"] is None or 0 <= one["accent_color"] <= 0xFFFFFF


CHECKS = {1: _row, 2: _button, 3: _select, 10: _text, 12: _gallery, 13: lambda _: None, 17: _container}
