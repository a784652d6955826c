"""What Discord would refuse, checked apart from the code that keeps to it: messages, forms, completions, commands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from bot.platforms.discord.rendering.render import Message

Component = dict[str, Any]
COMPONENTS_V2 = 1 << 15


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
    assert content.strip() or embeds
    assert units(content) <= 2000
    check_embeds(embeds)
    assert len(rows) <= 5
    assert {one["type"] for one in rows} <= {1}
    if rows:
        check_components(rows)


def check_embeds(embeds: Sequence[Component]) -> None:
    assert len(embeds) <= 10
    assert sum(units(words) for one in embeds for words, _ in _embed_words(one)) <= 6000
    for one in embeds:
        assert all(units(words) <= most for words, most in _embed_words(one))
        assert len(one.get("fields") or ()) <= 25
        assert one.get("description") or one.get("image")


def _embed_words(one: Component) -> Iterator[tuple[str, int]]:
    """All words of an embed, each with the most that it may have."""
    yield one.get("title") or "", 256
    yield one.get("description") or "", 4096
    yield (one.get("footer") or {}).get("text") or "", 2048
    yield (one.get("author") or {}).get("name") or "", 256
    for field in one.get("fields") or ():
        assert field["name"].strip()
        assert field["value"].strip()
        yield field["name"], 256
        yield field["value"], 1024


def check_request(method: str, path: str, body: Any) -> None:
    """Fails where Discord would refuse the body of a request."""
    match [method, *path.strip("/").split("/")]:
        case ["POST", "interactions", _, _, "callback"]:
            check = {4: check_message, 7: check_edit, 8: check_choices, 9: check_modal}.get(body["type"])
            if check:
                check(body["data"])
        case ["POST", "channels", _, "messages"] | ["POST", "webhooks", _, _]:
            check_message(body)
        case ["PATCH", "channels", _, "messages", _] | ["PATCH", "webhooks", _, _, "messages", _]:
            check_edit(body)
        case ["PUT", "applications", *_, "commands"]:
            check_commands(body)


def check_message(message: Component) -> None:
    assert units(str(message.get("nonce") or "")) <= 25
    assert message.get("content") or message.get("embeds") or message.get("components") or message.get("attachments")
    check_edit(message)


def check_edit(message: Component) -> None:
    """Of a change only what it changes is there."""
    content, embeds, components = message.get("content") or "", message.get("embeds") or [], message.get("components")
    assert len(message.get("attachments") or ()) <= 10
    if (message.get("flags") or 0) & COMPONENTS_V2:
        # Components of the second version come alone.
        assert not content
        assert not embeds
        check_components(components or [])
    elif content or embeds:
        check_announcement(content, embeds, components or [])
    elif components:
        check_components(components)


def check_choices(completion: Component) -> None:
    assert len(completion["choices"]) <= 25
    for one in completion["choices"]:
        assert 1 <= units(one["name"]) <= 100
        assert isinstance(one["value"], int | float) or 1 <= units(one["value"]) <= 100


def check_modal(form: Component) -> None:
    assert 1 <= units(form["title"]) <= 45
    assert 1 <= units(form["custom_id"]) <= 100
    assert 1 <= len(form["components"]) <= 5
    fields = [one["component"] for one in form["components"] if one["type"] == 18]
    ids = [one["custom_id"] for one in fields]
    assert len(ids) == len(set(ids))
    assert all(1 <= units(one) <= 100 for one in ids)
    for one in form["components"]:
        assert one["type"] in {10, 18}
        assert 1 <= units(one.get("label", "-")) <= 45
        assert 1 <= units(one.get("description") or "-") <= 100
    for field in fields:
        _FIELDS[field["type"]](field)


def _text_input(one: Component) -> None:
    least, most = one.get("min_length") or 0, one.get("max_length") or 4000
    assert 0 <= least <= most <= 4000
    assert units(one.get("value") or "") <= most
    assert units(one.get("placeholder") or "") <= 100


def _select_in_form(one: Component) -> None:
    _select({"placeholder": "", **one})
    assert (one.get("max_values") or 1) <= len(one["options"])
    assert sum(bool(option.get("default")) for option in one["options"]) <= (one.get("max_values") or 1)


def _channel_select(one: Component) -> None:
    assert units(one.get("placeholder") or "") <= 150
    assert len(one.get("default_values") or ()) <= 25


def _file_upload(one: Component) -> None:
    assert 0 <= (one.get("min_values") or 0) <= (one.get("max_values") or 1) <= 10


_FIELDS = {
    3: _select_in_form, 4: _text_input, 5: _channel_select, 6: _channel_select, 7: _channel_select, 8: _channel_select,
    19: _file_upload,
}  # fmt: skip
_CHAT_INPUT, _SUBCOMMANDS = 1, {1, 2}


def check_commands(commands: Sequence[Component]) -> None:
    """Fails where Discord would refuse all of them."""
    names = [(one.get("type", _CHAT_INPUT), one["name"]) for one in commands]
    assert len(names) == len(set(names))
    assert sum(kind == _CHAT_INPUT for kind, _ in names) <= 100
    assert max((sum(kind == other for kind, _ in names) for other in (2, 3)), default=0) <= 15
    for one in commands:
        if one.get("type", _CHAT_INPUT) == _CHAT_INPUT:
            assert _size(one) <= 8000
            _check_option(one)
        else:
            assert all(1 <= units(name) <= 32 for name in _spellings(one, "name"))
            assert not one.get("description")


def _check_option(one: Component) -> None:
    """A command, or an option of one."""
    assert all(re.fullmatch(r"[-_'\w]{1,32}", name) and name == name.lower() for name in _spellings(one, "name"))
    assert all(1 <= units(words) <= 100 for words in _spellings(one, "description"))
    options, choices = one.get("options") or [], one.get("choices") or []
    assert len({option["name"] for option in options}) == len(options) <= 25
    typed = [bool(option.get("required")) for option in options if option["type"] not in _SUBCOMMANDS]
    assert typed == sorted(typed, reverse=True), "what is required comes first"
    assert len(choices) <= 25
    assert not (choices and one.get("autocomplete"))
    for choice in choices:
        assert all(1 <= units(name) <= 100 for name in _spellings(choice, "name"))
        assert not isinstance(choice["value"], str) or 1 <= units(choice["value"]) <= 100
    for option in options:
        _check_option(option)


def _spellings(one: Component, name: str) -> list[str]:
    """A word in all languages."""
    return [one[name], *(one.get(f"{name}_localizations") or {}).values()]


def _size(one: Component) -> int:
    """Characters of a command's words; each counts in its longest language."""
    words = max(map(units, _spellings(one, "name"))) + max(
        map(units, _spellings(one, "description") or [""]), default=0
    )
    for choice in one.get("choices") or ():
        words += max(map(units, _spellings(choice, "name"))) + units(str(choice["value"]))
    return words + sum(_size(option) for option in one.get("options") or ())


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
