"""What Slack would refuse in a message or a view, checked apart from the code that keeps to it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

Json = dict[str, Any]

TEXTS = {"plain_text", "mrkdwn"}


def check_message(payload: Json) -> None:
    """Fails where Slack would answer invalid_blocks, msg_too_long or msg_blocks_too_long."""
    assert payload["text"].strip(), "a message needs text for notifications"
    assert len(payload["text"]) <= 4000
    # A post may mention one user group before its words.
    _no_markup(re.sub(r"\A<!subteam\^S[A-Z0-9]+> ", "", payload["text"]))
    if payload.keys() != {"text"}:  # as where the bot is not installed
        check_blocks(payload["blocks"], 50)
        assert len(json.dumps(payload["blocks"], ensure_ascii=False)) <= 13_200
    json.dumps(payload).encode()
    payload["text"].encode()
    if metadata := payload.get("metadata"):
        held = metadata if isinstance(metadata, dict) else json.loads(metadata)
        assert held["event_type"]
        assert isinstance(held["event_payload"], dict)


def check_view(view: Json) -> None:
    if view["type"] == "modal":
        assert 1 <= len(view["title"]["text"]) <= 24
        assert 1 <= len(view["submit"]["text"]) <= 24
        assert 1 <= len(view["close"]["text"]) <= 24
        assert len(view["private_metadata"]) <= 3000
        assert len(view["callback_id"]) <= 255
    check_blocks(view["blocks"], 100)
    assert len(json.dumps(view)) <= 250_000


def check_field_errors(errors: Json, fields: Json) -> None:
    """Fails where Slack would show "We had some trouble connecting" in place of what is wrong with a form's fields."""
    assert errors.keys() <= fields.keys()
    assert all(1 <= len(words) <= 2000 for words in errors.values())


def check_blocks(blocks: Sequence[Json], most: int) -> None:
    assert 1 <= len(blocks) <= most
    block_ids = [block["block_id"] for block in blocks if "block_id" in block]
    assert len(block_ids) == len(set(block_ids))
    assert all(1 <= len(one) <= 255 for one in block_ids)
    action_ids = [one["action_id"] for block in blocks for one in block.get("elements", ()) if "action_id" in one]
    assert len(action_ids) == len(set(action_ids))
    assert all(1 <= len(one) <= 255 for one in action_ids)
    for block in blocks:
        CHECKS[block["type"]](block)


def walk(value: Any) -> Iterator[Json]:
    """All objects in a payload."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from walk(inner)
    if isinstance(value, list):
        for inner in value:
            yield from walk(inner)


def words_of(blocks: Sequence[Json]) -> str:
    """All that blocks say, in order."""
    return "\n".join(one["text"] for one in walk(list(blocks)) if isinstance(one.get("text"), str))


def quotations(blocks: Sequence[Json]) -> list[str]:
    """The words of each quotation."""
    found = [one for one in walk(list(blocks)) if one.get("type") == "rich_text_quote"]
    return ["".join(run["text"] for run in one["elements"]) for one in found]


def _no_markup(text: str) -> None:
    assert "<" not in text
    assert ">" not in text


def _plain(text: Json, most: int) -> None:
    assert text["type"] == "plain_text"
    assert 1 <= len(text["text"]) <= most
    text["text"].encode()


def _header(block: Json) -> None:
    _plain(block["text"], 150)


def _context(block: Json) -> None:
    assert 1 <= len(block["elements"]) <= 10
    for one in block["elements"]:
        _plain(one, 2000)


def _rich_text(block: Json) -> None:
    assert block["elements"]
    for element in block["elements"]:
        assert element["type"] in {"rich_text_section", "rich_text_list", "rich_text_preformatted", "rich_text_quote"}
        assert element["elements"]
    for run in walk(block):
        if run.get("type") == "text":
            assert run["text"]
            run["text"].encode()
            assert all(run.get("style", {"bold": True}).values())
        if run.get("type") == "link":
            assert run["text"]
            assert run["url"].startswith("https://")
        assert run.get("type") not in {"user", "channel", "usergroup", "broadcast", "emoji"}


def _actions(block: Json) -> None:
    assert 1 <= len(block["elements"]) <= 25
    for element in block["elements"]:
        ELEMENTS[element["type"]](element)


def _input(block: Json) -> None:
    _plain(block["label"], 2000)
    if "hint" in block:
        _plain(block["hint"], 2000)
    ELEMENTS[block["element"]["type"]](block["element"])


def _button(element: Json) -> None:
    _plain(element["text"], 75)
    assert len(element["value"]) <= 2000
    assert element.get("style", "primary") in {"primary", "danger"}


def _static_select(element: Json) -> None:
    assert 1 <= len(element["options"]) <= 100
    _options(element)
    assert element.get("initial_option", element["options"][0]) in element["options"]
    _placeholder(element)


def _options(element: Json) -> None:
    for option in element["options"]:
        check_option(option)
    values = [option["value"] for option in element["options"]]
    assert len(values) == len(set(values))


def check_option(option: Json) -> None:
    _plain(option["text"], 75)
    assert 1 <= len(option["value"]) <= 150
    if "description" in option:
        _plain(option["description"], 75)


def _placeholder(element: Json) -> None:
    if "placeholder" in element:
        _plain(element["placeholder"], 150)


def _text_input(element: Json) -> None:
    assert element.get("min_length", 0) <= element["max_length"] <= 3000
    assert len(element.get("initial_value", "")) <= element["max_length"]
    _placeholder(element)


def _mention(block: Json) -> None:
    """Of all sections, only one that mentions a user group is ours."""
    assert block["text"]["type"] == "mrkdwn"
    assert re.fullmatch(r"<!subteam\^S[A-Z0-9]+>", block["text"]["text"])


CHECKS: dict[str, Callable[[Json], object]] = {
    "section": _mention,
    "header": _header,
    "context": _context,
    "rich_text": _rich_text,
    "actions": _actions,
    "input": _input,
    "divider": lambda _: None,
}


def _file_input(element: Json) -> None:
    assert 1 <= element["max_files"] <= 10


def _timepicker(element: Json) -> None:
    assert re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", element.get("initial_time", "00:00"))


def _checkboxes(element: Json) -> None:
    assert 1 <= len(element["options"]) <= 10
    assert element.get("initial_options") != []
    assert all(one in element["options"] for one in element.get("initial_options", ()))
    _options(element)


ELEMENTS = {
    "timepicker": _timepicker,
    "checkboxes": _checkboxes,
    "button": _button,
    "static_select": _static_select,
    "external_select": _placeholder,
    "conversations_select": _placeholder,
    "plain_text_input": _text_input,
    "file_input": _file_input,
}
