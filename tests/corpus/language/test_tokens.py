"""Words, where they stand, and which of them are the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.language.spelling import Speller
from corpus.language.tokens import content_words, folded, stems, tokens

anything = st.text(st.characters(exclude_categories=()), max_size=200)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The third- that\u2019s the course", ["The", "third", "that\u2019s", "the", "course"]),
        ("“coup d'état.\"", ["coup", "d'état"]),
        ("degenerated workers' state", ["degenerated", "workers", "state"]),
        ("brothers-in-arms … Ramo\u0301n", ["brothers", "in", "arms", "Ramo\u0301n"]),
        ("gun\u200bpowder _x_ 1917", ["gun\u200bpowder", "x", "1917"]),
    ],
)
def test_words_are_slices(text: str, words: list[str]) -> None:
    assert [text[token.start : token.end] for token in tokens(text)] == words


@given(anything)
def test_every_word_is_where_it_says(text: str) -> None:
    found = tokens(text)
    assert [token.start for token in found] == sorted(token.start for token in found)
    for token in found:
        assert 0 <= token.start < token.end <= len(text)
        assert token.word in [again.word for again in tokens(text[token.start : token.end])]


@given(anything)
def test_folding_again_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)
    assert [token.word for token in tokens(folded(text))] == [token.word for token in tokens(text)]


@given(st.text(st.characters(max_codepoint=127), max_size=200))
def test_plain_text_folds_as_any_other(text: str) -> None:
    assert tokens(text) == tokens(f"{text} …")
    assert folded(f"{text}¿") == folded(text + "?")[:-1] + "¿"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“Come, let\u2019s”", '"come, let\'s"'),
        ("Ramón", "RAMON"),
        ("Ramo\u0301n", "ramón"),
        ("counter‑revolutionary", "counter-revolutionary"),
        ("gun\u00adpowder", "gunpowder"),
        ("ﬁre", "fire"),
        ("real  life\n…", "real life ..."),
    ],
)
def test_print_and_typing_are_the_same(one: str, other: str) -> None:
    assert folded(one) == folded(other)


SAME = """
armoured armored; programme program; programmes program; organised organize; colour colours; travelled traveling;
defence defenses; defencists defensists; centre center; theatres theater; catalogue catalogs; labourer laborers;
axes ax; gaolers jailer; czarist tsarist; fulfilled fulfil; analysed analyze; judgement judgments; ploughed plow;
grey gray; fought fighting; died dying; men man; children child; wrote writings; led leads; Trotsky's Trotskys;
treaties treaty; workers' worker; betrayed betraying; manoeuvres maneuver; neighbouring neighbors
"""


@pytest.mark.parametrize("pair", SAME.split(";"))
def test_forms_and_spellings_share_a_key(pair: str) -> None:
    one, other = stems(pair)
    assert one == other


@pytest.mark.parametrize(
    "pair",
    [
        "four for",
        "filled filed",
        "hour her",
        "Lenin Lieber",
        "revolution revolutionary",
        "Left leave",
        "1917 1918",
        "prize price",
    ],
)
def test_other_words_do_not(pair: str) -> None:
    one, other = stems(pair)
    assert one != other


def test_small_words_say_nothing() -> None:
    assert [token.word for token in content_words("It is the course that we\u2019ll never adopt")] == [
        "course",
        "adopt",
    ]


SPELLER = Speller(
    {"gunpowder": 1, "coalition": 12, "lieber": 1, "train": 3, "brain": 1, "peasant": 9, "peace": 4, "1917": 2}
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gunpowdr", "gunpowder"),
        ("gnupowdre", "gunpowder"),
        ("ugnpowder", "gunpowder"),
        ("coaliton", "coalition"),
        ("liebre", "lieber"),
        ("trainn", "train"),
        ("treim", None),
        ("troin", "train"),
        ("traim", "train"),
        ("grain", None),  # another word, not a slip
        ("lieser", None),
        ("tain", None),  # too short to tell
        ("pecae", "peace"),
        ("peasnat", "peasant"),
        ("peesnat", None),  # two slips in seven letters
        ("1918", None),
        ("19l7", None),
        ("zebra", None),
        ("", None),
    ],
)
def test_slips_are_corrected_in_long_words_only(typed: str, meant: str | None) -> None:
    assert SPELLER.correct(typed) == meant


def test_near_words_begin_alike_or_look_alike() -> None:
    assert SPELLER.suggest("gunp", 5) == ("gunpowder",)
    assert SPELLER.suggest("drain", 5) == ("brain", "train") or SPELLER.suggest("drain", 5) == ("train", "brain")
    assert SPELLER.suggest("zebra", 5) == ()
    assert SPELLER.suggest("1918", 5) == ()
