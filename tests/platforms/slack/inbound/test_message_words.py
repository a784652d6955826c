"""What Slack's message shortcut reads: quoted lines, shared messages, previews, blocks without text, pictures."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.reply import Quote, Reply
from bot.platforms.slack.inbound.message_words import words_of
from bot.platforms.slack.rendering.render import render
from tests.platforms.slack.people import Someone

Q = "Our whole hope is that our revolution will kindle a European revolution."


def rich(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text", "elements": list(elements)}


def runs(kind: str, words: str) -> dict[str, Any]:
    return {"type": f"rich_text_{kind}", "elements": [{"type": "text", "text": words}]}


ALONE = [rich(runs("section", Q))]
OURS = render(Reply("T", (Quote(Q, "speech 6.6", "Leon Trotsky", "speech", "Trotsky Opposes Coalition"),)))[0]
MESSAGES: dict[str, dict[str, Any]] = {
    "quoted": {"text": f"&gt; {Q}"},
    "quoted after a line": {"text": f"Look what I found:\n&gt; {Q}"},
    "quoted before a line": {"text": f"&gt; {Q}\nI love this one"},
    "quoted in blocks": {"text": Q, "blocks": [rich(runs("section", "Look:"), runs("quote", Q), runs("section", "!"))]},
    "in a code block": {"text": "", "blocks": [rich(runs("preformatted", Q))]},
    "in a list": {"text": "", "blocks": [rich({"type": "rich_text_list", "elements": [runs("section", Q)]})]},
    "blocks alone": {"text": "", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": f"“{Q}”"}}]},
    "a section's fields": {"text": "", "blocks": [{"type": "section", "fields": [{"type": "plain_text", "text": Q}]}]},
    "a picture in blocks": {"text": "", "blocks": [{"type": "image", "image_url": "https://a.b", "alt_text": Q}]},
    "a shared message": {
        "text": "",
        "attachments": [{"message_blocks": [{"message": {"blocks": ALONE}}], "text": "x"}],
    },
    "a shared message with a remark": {"text": "is this right?", "attachments": [{"text": Q, "is_share": True}]},
    "a link's preview": {"text": "look at this", "attachments": [{"title": "A page", "text": Q, "fallback": "A page"}]},
    "an old attachment": {"text": "", "attachments": [{"fallback": Q}]},
    "an attachment's field": {"text": "", "attachments": [{"fields": [{"title": "Today", "value": Q}]}]},
    "a file's description": {"text": "", "files": [{"name": "a.png", "alt_txt": Q}]},
    "our own answer": OURS.payload,
}


@pytest.mark.parametrize("name", MESSAGES)
async def test_the_quotation_in_a_message_is_found(ada: Someone, name: str) -> None:
    message = {"text": ""} | MESSAGES[name]
    (said,) = await ada.uses_shortcut("Check this quote", **message)
    assert "✓ Word for word" in said.words
    assert "speech 6.6" in said.words
    assert "✗" not in said.words


async def test_what_the_writer_quotes_himself_counts_before_what_is_attached(ada: Someone) -> None:
    attached = [{"title": "Another page", "text": "We shall always form a union with them."}]
    (said,) = await ada.uses_shortcut("Check this quote", f"“{Q}” they say", attachments=attached)
    assert "✓ Word for word" in said.words
    assert "union" not in said.words


@given(st.text(), st.lists(st.fixed_dictionaries({"type": st.sampled_from(["rich_text", "section", "odd"])})))
def test_no_shape_of_blocks_breaks_the_reading(text: str, blocks: list[dict[str, Any]]) -> None:
    assert isinstance(words_of({"text": text, "blocks": blocks, "attachments": [{}], "files": [{}]}), str)
