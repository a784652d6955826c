"""How a quotation is read: its words beside what was typed, its fragments, and the other ways to write it."""

from __future__ import annotations

import pytest

from corpus.corpus import Corpus
from corpus.quotations.parse import ParsedQuotation, QuotedWord, readings


def keys(words: list[QuotedWord]) -> str:
    return " ".join(word.key for word in words)


def typed_slices(parsed: ParsedQuotation, typed: str) -> list[str]:
    """What was typed for each word that was typed by itself."""
    return [typed[word.start : word.end] for word in parsed.words if word.form]


@pytest.mark.parametrize(
    ("typed", "fragments", "pieces", "tail"),
    [
        ("a b … c … d", ["a b", "c", "d"], 6, ""),
        ("… a b …", ["a b"], 4, ""),
        ("a b … … c", ["a b", "c"], 5, ""),
        ("a [snip] b (cut) c.", ["a", "b", "c"], 5, "."),
        ("“The test of fire,”", ["the test of fire"], 4, ""),
        ("“The test of fire.”", ["the test of fire"], 4, "."),
        ("the test [of fire!]", ["the test of fire"], 4, "!"),
        ("…", [], 1, ""),
        ("", [], 0, ""),
    ],
)
async def test_a_quotation_has_a_fragment_for_each_elision(
    corpus: Corpus, typed: str, fragments: list[str], pieces: int, tail: str
) -> None:
    parsed = next(readings(corpus.token_index, typed))
    assert [keys(list(fragment)) for fragment in parsed.fragments] == fragments
    assert (parsed.pieces, parsed.tail, parsed.typed_words) == (pieces, tail, len(parsed.words))


@pytest.mark.parametrize(
    ("typed", "read", "written"),
    [
        ("with the gun-powder still", "with the gunpowder still", ["with", "the", "gun-powder", "still"]),
        ("the gun-\n powder", "the gunpowder", ["the", "gun-\n powder"]),
        ("the gun - powder", "the gun powder", ["the", "gun", "powder"]),
        ("the gun, powder", "the gun powder", ["the", "gun", "powder"]),
        ("gun-", "gun", ["gun"]),
        ("gun-zebra", "gun zebra", ["gun", "zebra"]),
        ("the counterrevolutionary bands", "the counter revolutionary bands", ["the", "counterrevolutionary", "bands"]),
        ("counter-revolutionary", "counter revolutionary", ["counter", "revolutionary"]),
        ("fire [sic] and [E]nd", "fire and end", ["fire", "and", "]nd"]),
    ],
)
async def test_compounds_are_cut_or_joined_as_the_texts_have_them(
    corpus: Corpus, typed: str, read: str, written: list[str]
) -> None:
    parsed = next(readings(corpus.token_index, typed))
    assert keys(parsed.words) == read
    assert typed_slices(parsed, typed) == written
    assert parsed.typed_words == len(written)


@pytest.mark.parametrize(
    ("typed", "others"),
    [
        ("we'll form", ["we will form", "we shall form"]),
        ("Didn't go", ["did not go"]),
        ("did not go", ["didnt go"]),
        ("did, not go", []),
        ("5 people", ["five people"]),
        ("the twentieth", ["the 20th"]),
        ("5,000,000 people", ["five million people"]),
        ("5000000 people", ["five million people"]),
        ("25,000 people", ["25 thousand people"]),
        ("1917, 100 people", []),
        ("5 did not", ["five did not", "5 didnt", "five didnt"]),
        ("no other", []),
    ],
)
async def test_contractions_and_numbers_are_read_in_each_way(corpus: Corpus, typed: str, others: list[str]) -> None:
    _, *rest = readings(corpus.token_index, typed)
    assert [keys(one.words) for one in rest] == others
    for one in rest:
        assert " ".join(typed_slices(one, typed)) == typed
        assert one.words[0].form.startswith(typed[:1])


async def test_what_is_set_aside_is_left_out_of_one_reading(corpus: Corpus) -> None:
    typed = "the [old] test of fire[12] (Bunyan and Fisher, p. 136) didn't"
    read = [(keys(one.words), one.asides) for one in readings(corpus.token_index, typed)]
    asides = ("old", "12", "Bunyan and Fisher, p. 136")
    assert read[0][1] == read[1][1] == ()
    assert read[2:] == [("the test of fire didnt", asides), ("the test of fire did not", asides)]
