"""Interactions as Discord may send them: with null for what there is not, and with what it cannot have sent."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from bot.platforms.discord.interaction_payload import Payload, read_payload
from bot.platforms.discord.sent_message import words_of

TYPED = "peace and bread"
USER = {"id": "27", "username": TYPED, "global_name": TYPED, "bot": False}
PLACE = {
    "id": "3000", "application_id": "1917", "token": "t", "channel_id": "26", "guild_id": "25", "locale": "de",
    "channel": {"id": "26", "type": 11, "parent_id": "24"}, "app_permissions": "1024",
    "member": {"user": USER, "nick": TYPED, "permissions": "32"}, "authorizing_integration_owners": {"0": "25"},
}  # fmt: skip
FILE = {"id": "8", "filename": TYPED, "size": 7, "url": "https://a.org/8", "description": TYPED}
SAID = {
    "content": TYPED, "attachments": [FILE], "embeds": [{"title": TYPED, "fields": [{"name": "n", "value": TYPED}]}],
    "components": [{"type": 17, "components": [{"type": 10, "content": TYPED}]}],
    "poll": {"question": {"text": TYPED}, "answers": [{"answer_id": 1, "poll_media": {"text": TYPED}}], "expiry": None},
}  # fmt: skip
OPTION = {"name": "words", "type": 3, "value": TYPED, "focused": True}
FILES = {"attachments": {"8": FILE}}
COMMAND = {"id": "1", "name": "quiz", "options": [{"name": "start", "type": 1, "options": [OPTION]}], "resolved": FILES}
ON_MESSAGE = {"name": "Check", "type": 3, "target_id": "9"}
MESSAGES = {"messages": {"9": SAID | {"message_snapshots": [{"message": SAID}]}}}
PRESSED = {"flags": 64, "interaction_metadata": {"user": USER}}
FIELD = {"type": 18, "component": {"type": 4, "custom_id": "typed", "value": TYPED}}
SAMPLES: dict[str, dict[str, Any]] = {
    "a command": {"type": 2, "data": COMMAND},
    "a command on a message": {"type": 2, "data": ON_MESSAGE | {"resolved": MESSAGES}},
    "a menu": {"type": 3, "data": {"custom_id": "1.0~page~~", "values": [TYPED]}, "message": PRESSED},
    "a form": {"type": 5, "data": {"custom_id": "1.0~form~~/quiz", "components": [FIELD]}, "message": PRESSED},
}
NEEDED = {"id", "application_id", "token", "type", "name", "user", "url", "message"}
"""Fields, of the interaction or of its parts, without which nothing can be answered."""


def paths(said: object, before: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where in a JSON object something is."""
    parts = said.items() if isinstance(said, dict) else enumerate(said) if isinstance(said, list) else ()
    for key, value in parts:
        yield (*before, key)
        yield from paths(value, (*before, key))


def changed(said: dict[str, Any], path: tuple[Any, ...], value: object) -> dict[str, Any]:
    made = part = deepcopy(said)
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = value
    return made


def without(said: dict[str, Any], path: tuple[Any, ...]) -> dict[str, Any]:
    made = part = deepcopy(said)
    for key in path[:-1]:
        part = part[key]
    del part[path[-1]]
    return made


def outcome(said: dict[str, Any]) -> Payload | str:
    try:
        return read_payload(said)
    except ValueError as error:
        assert TYPED not in str(error)
        return "not understood"


@pytest.mark.parametrize("sample", SAMPLES.values(), ids=SAMPLES)
def test_null_says_as_much_as_nothing(sample: dict[str, Any]) -> None:
    said = PLACE | sample
    for path in paths(said):
        found = outcome(changed(said, path, None))
        # A form's fields are kept as they are: whoever reads them bears anything there.
        assert found == outcome(without(said, path)) or path[:2] == ("data", "components"), path
        assert isinstance(found, Payload) or path[-1] in NEEDED, path


@pytest.mark.parametrize(
    "wrong", [[], {}, TYPED, 7, -1.5, True, 10**30, 5000 * "9", [None], {"id": None}], ids=lambda wrong: str(wrong)[:20]
)
def test_what_discord_cannot_have_sent_is_refused_without_a_word_of_it(wrong: object) -> None:
    for sample in SAMPLES.values():
        said = PLACE | sample
        assert [outcome(changed(said, path, wrong)) for path in paths(said)]


def test_an_interaction_without_an_end_is_refused() -> None:
    endless: dict[str, Any] = {"name": "a", "type": 1}
    endless["options"] = [endless]
    assert outcome(PLACE | {"type": 2, "data": {"name": "quiz", "options": [endless]}}) == "not understood"


def test_each_word_of_a_message_is_read_once() -> None:
    (message,) = read_payload(PLACE | SAMPLES["a command on a message"]).data.resolved.messages.values()
    message.content = ""
    # A text display, an embed, its field and a file, the same and the content of what is forwarded, and the poll.
    assert words_of(message).count(TYPED) == 4 + 5 + 2
