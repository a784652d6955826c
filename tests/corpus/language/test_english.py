"""Stems: which words are forms and spellings of one word."""

from __future__ import annotations

import pytest

from corpus.language.english import KEPT_APART, stem
from corpus.language.tokens import stems

SAME = """
armoured armored; programme program; programmes program; organised organize; colour colours; travelled traveling;
defence defenses; defencists defensists; centre center; theatres theater; catalogue catalogs; labourer laborers;
axes ax; gaolers jailer; czarist tsarist; fulfilled fulfil; analysed analyze; judgement judgments; ploughed plow;
grey gray; fought fighting; died dying; men man; children child; wrote writings; led leads; Trotsky's Trotskys;
treaties treaty; workers' worker; positions position; deserters deserter; betrayed betraying;
organisation organized; organise organizing; manoeuvres maneuver; neighbouring neighbors
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
        "author authority",
        "office officers",
        "positive position",
        "desert deserters",
        "capital capitalism",
        "import important",
        "major majority",
        "organ organized",
        "experience experiment",
        "general generally",
        "past paste",
        "effect effective",
    ],
)
def test_other_words_do_not(pair: str) -> None:
    one, other = stems(pair)
    assert one != other


def test_words_that_are_held_apart_share_no_key_with_other_words() -> None:
    """A word held apart has itself as its key: no other word's stem may be the same."""
    apart = {stem(word) for word in KEPT_APART}
    assert not apart & {stem(word) for word in ("organ", "major", "minor", "capital", "author", "office", "general")}
