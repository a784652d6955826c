"""Stems: which words are forms and spellings of one word."""

from __future__ import annotations

import pytest

from corpus.language.tokens import stems

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
