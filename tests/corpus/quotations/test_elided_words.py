"""Elided words, as in French and Italian: each is a word, so that a quotation may begin behind the apostrophe."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from itertools import combinations

import pytest

from corpus.corpus import Corpus
from corpus.language.tokens import tokens
from tests.corpus.sample import edit, write_sample

PRINTED = (
    "La religion est l'opium du peuple. C’est l’ouvrier qui paie l’impôt, et l’État qui l’encaisse. "
    "Qu'il s'agisse d'une révolution ou d'un coup d'État, l'histoire n'attend pas jusqu'à l'aube. "
    "L'ultimo dell'anno è un'altra storia, all'inizio della quale nessun'arma parla. "
    "L'última nit d'això, l'època i l'íntima amistat de quelqu'un, presqu'île et entr'acte, Sant'Angelo. "
)


@pytest.fixture(scope="module")
def french(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    folder = write_sample(tmp_path_factory.mktemp("elided") / "sample")
    edit(folder / "texts" / "novel.txt", "worked unheeded.", f"worked unheeded. {PRINTED}")
    corpus = asyncio.run(Corpus.open(folder, folder / "cache"))
    yield corpus
    asyncio.run(corpus.close())


def slices() -> list[str]:
    """All slices of six to nine words, each also begun behind an apostrophe, and ended before one."""
    found = tokens(PRINTED)
    starts = sorted({one.start for one in found} | {one.start + one.elided + 1 for one in found if one.elided})
    ends = [one.end for one in found]
    between = combinations(sorted({*starts, *ends}), 2)
    several = [PRINTED[a:b] for a, b in between if a in starts and b in ends]
    return [one for one in several if 6 <= len(one.split()) <= 9]


def test_each_slice_is_word_for_word(french: Corpus) -> None:
    quoted = slices()
    assert len(quoted) > 150
    assert [one for one in quoted if french.check_quotation(one).kind != "verbatim"] == []


def test_without_apostrophes_it_is_the_same_but_for_print(french: Corpus) -> None:
    for quoted in slices():
        for plain in (quoted.replace("'", "").replace("’", ""), quoted.replace("'", " ").replace("’", " ")):
            verdict = french.check_quotation(plain)
            assert verdict.confirms, plain
            for one in verdict.changes:
                assert one.kind in ("punctuation", "accents"), plain
                assert one.text in PRINTED


@pytest.mark.parametrize(
    ("typed", "left_out", "added"),
    [
        ("La religion est opium du peuple.", ["l"], []),
        ("La religion est d'opium du peuple.", ["l"], ["d"]),
        ("C'est l'ouvrier qui paie l'impôt, et État qui l'encaisse", ["l"], []),
        ("s'agisse d'une révolution ou d'un coup l'État, l'histoire", ["d"], ["l"]),
    ],
)
def test_another_article_or_none_is_a_change_and_no_name(
    french: Corpus, typed: str, left_out: list[str], added: list[str]
) -> None:
    verdict = french.check_quotation(typed)
    assert verdict.kind == "altered"
    assert [one.text for one in verdict.changes if one.is_of_words and one.text] == left_out
    assert [one.quoted for one in verdict.changes if one.is_of_words and one.quoted] == added
    assert all(one.significance == () for one in verdict.changes)
