"""What a Slack message says: its blocks or else its text, and what it shares, unfurls or shows. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.platforms.message_text import message_text
from bot.platforms.slack.inbound.mrkdwn import plain

Body = Mapping[str, Any]


def words_of(message: Body) -> str:
    """The text of a message as it was typed; quoted lines begin with `> `."""
    own = "\n".join(_blocks(message.get("blocks") or ())).strip() or plain(message.get("text") or "")
    return message_text(own, _attached(message))


def _attached(message: Body) -> Iterator[str]:
    for one in message.get("attachments") or ():
        yield from _attachment(one)
    for file in message.get("files") or ():
        yield file.get("alt_txt") or ""


def _attachment(one: Body) -> Iterator[str]:
    """A shared message, a link's preview, or an app's attachment of the old kind."""
    shared = [piece for inner in one.get("message_blocks") or () for piece in _message_blocks(inner)]
    blocks = shared or list(_blocks(one.get("blocks") or ()))
    if blocks:
        yield "\n".join(blocks)
        return
    fields = [words for field in one.get("fields") or () for words in (field.get("title"), field.get("value"))]
    words = [plain(piece) for piece in (one.get("pretext"), one.get("title"), one.get("text"), *fields) if piece]
    yield from words or [plain(one.get("fallback") or "")]


def _message_blocks(inner: Body) -> Iterator[str]:
    return _blocks((inner.get("message") or {}).get("blocks") or ())


def _blocks(blocks: Iterable[Body]) -> Iterator[str]:
    """The words of each block that has some, a line each."""
    for block in blocks:
        match block.get("type"):
            case "rich_text":
                yield from _elements(block.get("elements") or ())
            case "section":
                yield from map(_text, filter(None, (block.get("text"), *(block.get("fields") or ()))))
            case "header" | "markdown":
                yield _text(block.get("text"))
            case "context":
                yield " ".join(_text(one) or one.get("alt_text") or "" for one in block.get("elements") or ())
            case "image":
                yield _text(block.get("title"))
                yield block.get("alt_text") or ""


def _text(value: Any) -> str:
    """A text object's words; a markdown block has them bare."""
    if isinstance(value, str):
        return value
    text = (value or {}).get("text") or ""
    return plain(text) if isinstance(text, str) and (value or {}).get("type") == "mrkdwn" else str(text)


def _elements(elements: Iterable[Body]) -> Iterator[str]:
    for one in elements:
        inner = one.get("elements") or ()
        match one.get("type"):
            case "rich_text_list":
                yield from _elements(inner)
            case "rich_text_quote":
                yield "\n".join(f"> {line}" for line in _runs(inner).split("\n"))
            case _:
                yield _runs(inner)


def _runs(runs: Iterable[Body]) -> str:
    return "".join(_run(one) for one in runs)


def _run(one: Body) -> str:
    match one.get("type"):
        case "user" | "channel" | "usergroup":
            return str(one.get(f"{one['type']}_id") or "")
        case "broadcast":
            return f"@{one.get('range') or ''}"
        case "date":
            return str(one.get("fallback") or "")
        case "emoji":
            return f":{one.get('name') or ''}:"
    return str(one.get("text") or one.get("url") or "")
