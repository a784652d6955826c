"""Gaps in sentences: what else might be there."""

from __future__ import annotations

from corpus.note_model import Notes
from corpus.questions.cloze import ClozeGap, cloze_gaps
from corpus.source.adding import About, propose
from corpus.source.readers import read_file

NAMES = """
The delegates of the harbour came from Spain to the long meeting in the old hall.

The sailors of the harbour came from Latvia to the long meeting in the old hall.

The owners of the harbour had paid the Black Hundreds for the long night of the fire.

The owners of the station had read the Dielo Naroda in the long night of the fire.

The speakers of the evening praised the Soviets of the north in the long debate.

The speakers of the morning praised the Cossacks of the south in the long debate.
"""


def gaps() -> list[ClozeGap]:
    text = propose(read_file("names.txt", NAMES.encode()), About(id="names", title="Names"), file="names.txt").text
    return list(cloze_gaps({text.id: text}, Notes()))


def test_a_word_with_a_capital_has_others_that_fit_in_such_a_place() -> None:
    others = {gap.word: gap.others for gap in gaps() if gap.word[0].isupper()}
    assert others == {
        "Spain": ("Latvia",),
        "Latvia": ("Spain",),
        "Black": ("Dielo",),
        "Dielo": ("Black",),
        "Soviets": ("Cossacks",),
        "Cossacks": ("Soviets",),
    }
