"""Cards: the words whole, inside the frame, and as large as they can be."""

from __future__ import annotations

import asyncio
import time
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.app import App
from bot.core.errors import UserError
from cogs.card.picture import HEIGHT, SIZES, WIDTH, Undrawn, Unfit, card
from cogs.shared.drawing.draw import MOST_WAITING, encode_png, render_png
from cogs.shared.drawing.fonts import drawn
from cogs.shared.drawing.scene import Scene
from tests.cogs.shared.drawing.check import check, check_drawn

SAID = st.text("abcdefghij .,“”’…—éЯѣ-", min_size=1, max_size=900) | st.text(min_size=1, max_size=80)
SHORT = st.text(max_size=200)


def quoted(scene: Scene) -> str:
    return " ".join(words.words for words in scene.words if words.font.face == "serif")


def test_a_card_has_the_size_that_chats_show_whole() -> None:
    scene = card("(Loud applause.)", "Stage direction", "A title", "speech 1.1")
    assert (scene.width, scene.height) == (WIDTH, HEIGHT) == (1200, 630)
    check_drawn(scene)


@settings(deadline=None)
@given(SAID, SHORT, SHORT)
def test_a_quotation_is_whole_inside_the_frame_or_refused(words: str, speaker: str, source: str) -> None:
    try:
        scene = card(words, speaker, source, "speech 4.2")
    except Unfit:
        return
    check(scene)
    assert quoted(scene).replace(" ", "") == drawn(words, "serif").replace(" ", "")
    assert " ".join(line.words for line in scene.words).endswith("speech 4.2")


@settings(deadline=None, max_examples=8)
@given(st.text("abcdefghijklmnopqrstuvwxyzÉЯѣ .,“”", min_size=1, max_size=300))
def test_ink_stays_where_it_was_computed_to_be(words: str) -> None:
    check_drawn(card(words, "Jeff Žižek", "A title", "speech 4.2"))


def test_longer_passages_are_set_smaller_and_too_long_ones_refused() -> None:
    sizes = [card("word " * many, "Ada", "A title", "a 1").words[0].font.size for many in (1, 40, 80, 110)]
    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) > 2
    assert set(sizes) <= set(SIZES)
    with pytest.raises(Unfit):
        card("word " * 250, "Ada", "A title", "a 1")


@pytest.mark.parametrize("place", range(3))
@pytest.mark.parametrize("words", ["漢字", "שלום", "Smolny in हिन्दी"])
def test_letters_that_cannot_be_drawn_are_no_quotation_and_no_source(words: str, place: int) -> None:
    said = ["One two three.", "Ada", "A title"]
    said[place] = words
    quotation, speaker, source = said
    with pytest.raises(Undrawn):
        card(quotation, speaker, source, "a 1")


@pytest.mark.parametrize("name", ["Žižek", "Троцкій", "Ada ☭ 🚩", "A — “B” … №1"])
def test_whose_name_can_be_read_has_a_card(name: str) -> None:
    check_drawn(card("One two three.", name, name, "a 1"))


def test_every_sentence_has_a_card(app: App) -> None:
    for reference in app.corpus.sentences():
        (said,) = app.corpus.passages(reference)
        scene = card(said.words, said.speaker, "Trotsky Opposes Coalition, 8 November 1917", str(reference))
        check(scene)
        assert quoted(scene) == said.words


def test_the_same_card_is_the_same_file() -> None:
    assert len({encode_png(card("One two three.", "Ada", "A title", "a 1")) for _ in range(2)}) == 1


async def test_the_queue_of_pictures_has_an_end() -> None:
    def slow() -> Scene:
        time.sleep(0.002)
        return card("One two three.", "Ada", "A title", "a 1")

    asked = [asyncio.create_task(render_png(slow)) for _ in range(MOST_WAITING + 10)]
    outcomes = await asyncio.gather(*asked, return_exceptions=True)
    assert [type(one) for one in outcomes] == [bytes] * MOST_WAITING + [UserError] * 10
    assert await render_png(slow)


async def test_the_same_card_is_drawn_once_and_another_look_apart() -> None:
    say = partial(card, "One two three.", "Ada", "A title", "a 1")
    light, again, dark = [await render_png(partial(say, dark=dark)) for dark in (False, False, True)]
    assert light is again
    assert light != dark
