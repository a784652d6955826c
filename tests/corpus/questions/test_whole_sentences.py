"""Whole sentences: what of an added text is asked about or read alone."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from corpus.questions.generate import QuestionGenerator
from corpus.questions.whole_sentences import has_full_stop, has_whole_quotations, is_whole_sentence, points_back
from corpus.source.check import check_corpus
from tests.corpus.sample import edit, write_sample


@pytest.mark.parametrize(
    ("words", "is_whole"),
    [
        ("The line is closed, and nobody has paid the drivers.", True),
        ("“Who gave permission to burn the benches?”", True),
        ("Прежде всего надо взять власть.", True),
        ("今天我们去上海。", True),
        ("The river carries what the mountain lost,\nA branch, a bell.", True),
        ("U. S. troops landed in the harbour.", True),
        ("The day and hour of the rising are not known", True),
        ("A soldier of the line", False),
        ("MARTHA, a conductor\nOLD PETER, her father\nA SOLDIER", False),
        ("HAMLET. To be, or not to be, that is the question.", False),
        ("OLD PETER: There is no tram.", False),
        ("[Enter a SOLDIER, with snow on his coat.]", False),
        ("(laughing) Do not frighten him.", False),
        ("(5) Will they consent to the arrest?", False),
        ("THE END OF THE FIRST ACT.", False),
        ("Chapter 3. On the Eve 45", False),
        ("The results are as follows:", False),
        ("and then he went home.", False),
        ("The troops had left.[12]", False),
        ("The troops (see App. III, Sect. 6) had left.", False),
        ("", False),
        ("…", False),
    ],
)
def test_only_sentences_are_asked_about(words: str, is_whole: bool) -> None:
    assert is_whole_sentence(words) == is_whole


def test_a_fact_has_its_full_stop_and_both_its_quotation_marks() -> None:
    assert [has_full_stop(one) for one in ("It is.”", "It is...", "今天。」", "It is", "It is:")] == [True] * 3 + [
        False
    ] * 2
    assert [has_whole_quotations(one) for one in ("“Yes”, “no”.", "„Ja“.", "“Yes.", "no.”")] == [True] * 2 + [False] * 2


@pytest.mark.parametrize(
    "words", ["He did.", "“But they left.”", "It’s gone.", "This is why.", "Their names are known."]
)
def test_a_sentence_that_points_back_is_known(words: str) -> None:
    assert points_back(words)
    assert not points_back(f"Trotsky said: {words}")


def test_questions_on_a_play_are_on_what_is_spoken(tmp_path: Path) -> None:
    folder = write_sample(tmp_path / "sample")
    play = (
        "MARTHA, a conductor\nOLD PETER, her father\nA SOLDIER of the line\nTHE INSPECTOR",
        "MARTHA. The line is closed, father, and nobody paid the drivers. He never told us his name.",
        "[Enter a SOLDIER, with snow on his coat and boots.]",
        "OLD PETER. (laughing) Do not frighten the boy tonight. There was no tram and no harbour in the town.",
    )
    edit(folder / "texts" / "novel.txt", "France rolled", "\n\n".join((*play, "France rolled")))
    report = check_corpus(folder)
    generator = QuestionGenerator({"novel": report.texts["novel"]}, report.notes)
    made = [one for n in range(150) for kind in ("gap", "who") if (one := generator.make(kind, Random(n)))]
    assert {"line", "harbour"} & {one.answer for one in made}
    for asked in made:
        assert not any(option.isupper() for option in asked.options)
        assert not any(odd in asked.words for odd in ("SOLDIER", "laughing", "MARTHA", "He never")), asked.words
