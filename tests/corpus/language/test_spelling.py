"""Spelling correction: which slips are forgiven, and which words are offered."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from corpus.corpus import Corpus
from corpus.index_file import IndexFile
from corpus.language.english import STOP_WORDS
from corpus.language.spelling import CountedWords, NearWords, Speller, typos_allowed
from corpus.search import lexicon_store
from corpus.search.lexicon_store import StoredVocabulary, StoredWords, read_lexicon

WORDS = {"gunpowder": 1, "coalition": 12, "lieber": 1, "train": 3, "brain": 1, "peasant": 9, "peace": 4, "1917": 2}
SPELLER = Speller(CountedWords(WORDS))


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


@given(st.text("abc", max_size=11), st.text("abc", max_size=12))
def test_the_quick_test_refuses_no_word_that_is_near(typed: str, word: str) -> None:
    is_near = OSA.distance(typed, word) <= typos_allowed(typed)
    assert NearWords([word]).may_have(typed) >= is_near


def test_the_quick_test_refuses_most_words() -> None:
    near = NearWords(WORDS)
    assert [word for word in ("zebra", "trial", "peas", "pea", "", "1918") if near.may_have(word)] == []


def test_near_words_begin_alike_or_look_alike() -> None:
    assert SPELLER.suggest("gunp", 5) == ("gunpowder",)
    assert SPELLER.suggest("drain", 5) == ("brain", "train") or SPELLER.suggest("drain", 5) == ("train", "brain")
    assert SPELLER.suggest("zebra", 5) == ()
    assert SPELLER.suggest("1918", 5) == ()
    assert SPELLER.suggest("gunpoint", 5) == ("gunpowder",)  # they have most of the beginning in common


SLIP = st.tuples(st.integers(0, 11), st.integers(0, 2), st.text("abcdef", max_size=2))
"""A place, how many letters are left out there, and what is typed instead."""


@given(st.text("abcdef", min_size=5, max_size=11), st.lists(SLIP, min_size=1, max_size=2))
def test_no_word_that_may_be_meant_is_left_out_before_words_are_compared(
    typed: str, slips: list[tuple[int, int, str]]
) -> None:
    word = typed
    for place, left_out, letters in slips:
        word = word[:place] + letters + word[place + left_out :]
    allowed = typos_allowed(typed)
    is_meant = OSA.distance(typed, word) <= allowed and word[:1] in {*typed[:2]}
    assert (word in Speller(CountedWords({word: 1}))._slips_of(typed, allowed)) >= is_meant


async def test_a_stored_vocabulary_spells_as_one_in_memory(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where words are told apart by their letters before they are compared."""
    index = IndexFile(corpus.file)
    counts = {word: times for word, times in index.rows("SELECT word, times FROM word") if word not in STOP_WORDS}
    plain, dice = Speller(CountedWords(counts)), Random(1917)
    for few in (0, 2_000):
        monkeypatch.setattr(lexicon_store, "_FEW", few)
        stored, loaded = (Speller(StoredVocabulary(index, StoredWords(index))) for _ in range(2))
        loaded.load()
        for _ in range(100):
            typed = misspelt(dice.choice([*counts]), dice)
            assert stored.correct(typed) == loaded.correct(typed) == plain.correct(typed), typed
            assert stored.suggest(typed, 5) == loaded.suggest(typed, 5) == plain.suggest(typed, 5), typed
    index.close()


def test_words_in_memory_are_those_of_the_index(corpus: Corpus) -> None:
    index = IndexFile(corpus.file)
    stored, loaded = StoredWords(index), StoredWords(index)
    loaded.load()
    keys = {key for pair in index.rows("SELECT key, root FROM stem") for key in pair}
    for word in {word for (word,) in index.rows("SELECT word FROM word")} | keys | {"xyzzyq", "", "é", chr(0x10FFFE)}:
        assert loaded.entry(word) == stored.entry(word)
        assert loaded.times(word) == stored.times(word)
        assert loaded.family(word) == stored.family(word)
        assert list(loaded.beginning(word[:3])) == list(stored.beginning(word[:3]))
    index.close()


def test_words_that_were_looked_up_before_anybody_asked_stand_for_the_same(corpus: Corpus) -> None:
    index = IndexFile(corpus.file)
    asked, loaded = read_lexicon(index), read_lexicon(index)
    loaded.load()
    for (word,) in index.rows("SELECT word FROM word"):
        assert loaded.parse(word) == asked.parse(word)
        assert loaded.parse(f"{word} peace") == asked.parse(f"{word} peace")
    index.close()


def misspelt(word: str, dice: Random) -> str:
    for _ in range(dice.randint(0, 3)):
        place = dice.randrange(len(word) + 1)
        kept = word[place + dice.randint(0, 1) :]
        word = word[:place] + dice.choice(["", "e", "x", kept[:1]]) + kept
    return word
