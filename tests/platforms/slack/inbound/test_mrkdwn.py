"""What Slack makes of typed text is read as it was typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.slack.inbound.mrkdwn import after_mention, plain
from bot.platforms.slack.rendering.rich_text import escape


@pytest.mark.parametrize(
    ("sent", "typed"),
    [
        ("set <#C1|general> 9:00", "set C1 9:00"),
        ("set <#C1> 9:00", "set C1 9:00"),
        ("set <#C1|> 9:00", "set C1 9:00"),
        ("<@U1|ada> and <@U2>", "U1 and U2"),
        ("<!channel> <!here|here> <!subteam^S1|@group>", "@channel @here S1"),
        ("<https://example.org/a?b&amp;c|example.org> <mailto:a@b.c|a@b.c>", "example.org a@b.c"),
        ("a &lt; b &amp;&amp; c &gt; d", "a < b && c > d"),
        ("&amp;lt;", "&lt;"),
        ("“smart” ‘quotes’", "“smart” ‘quotes’"),
    ],
)
def test_links_and_entities_become_what_was_typed(sent: str, typed: str) -> None:
    assert plain(sent) == typed


@given(st.text())
def test_whatever_is_escaped_comes_back_and_mentions_nobody(words: str) -> None:
    assert plain(escape(words)) == words
    assert "<" not in escape(words)


@given(st.text())
def test_no_text_breaks_the_reading(words: str) -> None:
    plain(words)
    after_mention(words, "UBOT")
