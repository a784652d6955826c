"""What Slack makes of typed text, and what buttons carry: nothing is lost on the way there and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.slack.inbound.mrkdwn import after_mention, escape, plain
from bot.platforms.slack.rendering.action_id import Origin, Press
from bot.platforms.slack.rendering.limits import clip

ids = st.text("abcdefghijklmnopqrstuvwxyz. _-", min_size=1, max_size=40)


@pytest.mark.parametrize(
    ("sent", "typed"),
    [
        ("set <#C1|general> 9:00", "set C1 9:00"),
        ("set <#C1> 9:00", "set C1 9:00"),
        ("set <#C1|> 9:00", "set C1 9:00"),
        ("<@U1|ada> and <@U2>", "U1 and U2"),
        ("<!channel> <!here|here> <!subteam^S1|@group>", "@channel @here @@group"),
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
    Origin.read(words)
    Press.read(words)


@given(ids, ids, st.integers(0, 99))
def test_a_press_outlives_a_restart(name: str, more: str, ordinal: int) -> None:
    for press in (Press(name, more), Press(name, more, "find")):
        assert Press.read(press.action_id(ordinal)) == press


@given(st.text("U123", min_size=1), st.text(max_size=500), st.integers(0, 99))
def test_who_asked_is_known_from_the_message(asker: str, typed: str, ordinal: int) -> None:
    written = Origin(asker, typed).block_id(ordinal)
    assert len(written) <= 255
    assert Origin.read(written).asker == asker


@given(st.text(max_size=200), st.integers(3, 80))
def test_what_is_cut_says_so(words: str, most: int) -> None:
    shown = clip(words, most)
    assert len(shown) <= most
    assert shown == " ".join(words.split()) or shown.endswith("…")
