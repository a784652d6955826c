"""Words, where they are, and which of them are the same."""

from __future__ import annotations

import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from corpus.language.tokens import content_words, folded, tokens

anything = st.text(st.characters(exclude_categories=()), max_size=200)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The third- that\u2019s the course", ["The", "third", "that\u2019s", "the", "course"]),
        ("“coup d'état.\"", ["coup", "d'état"]),
        ("degenerated workers' state", ["degenerated", "workers", "state"]),
        ("brothers-in-arms … Ramo\u0301n", ["brothers", "in", "arms", "Ramo\u0301n"]),
        ("gun\u200bpowder _x_ 1917", ["gun\u200bpowder", "x", "1917"]),
        ("我是学生 abc学 カタ", ["我", "是", "学", "生", "abc", "学", "カ", "タ"]),
        ("한국어 текст", ["한", "국", "어", "текст"]),
        ("혁명의", ["혁", "명", "의"]),
        ("ปฏิวัติ", ["ป", "ฏิ", "วั", "ติ"]),
        ("ខ្មែរ", ["ខ្", "មែ", "រ"]),
        ("हिन्दी भाषा।", ["हिन्दी", "भाषा"]),
        ("தமிழ் മലയാളം", ["தமிழ்", "മലയാളം"]),
    ],
)
def test_tokens_are_slices_of_the_text(text: str, words: list[str]) -> None:
    assert [text[token.start : token.end] for token in tokens(text)] == words


FRENCH = ["l", "d", "j", "m", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "presqu", "quelqu", "entr"]
ITALIAN = [
    *("un", "nessun", "alcun", "ciascun"),
    "all",
    "coll",
    "dall",
    "dell",
    "nell",
    "sull",
    "quell",
    "quest",
    "bell",
]


@pytest.mark.parametrize("mark", "'’‘`")
@pytest.mark.parametrize("elided", FRENCH + ITALIAN)
@pytest.mark.parametrize("word", ["opium", "histoire", "État", "uomo", "idée", "avant-garde"])
def test_the_stem_of_an_elided_word_is_that_of_the_word_alone(elided: str, word: str, mark: str) -> None:
    for typed in (f"{elided}{mark}{word}", f"{elided.capitalize()}{mark}{word}"):
        assert [one.stem for one in tokens(typed)] == [one.stem for one in tokens(word)]
        assert tokens(typed)[0].word == f"{elided}{tokens(word)[0].word}"


@pytest.mark.parametrize(
    "typed",
    ["o'clock", "don't", "he'd", "I'd", "y'all", "ma'am", "T'ang", "ne'er", "workers'", "it's", "d'you", "O'Higgins"],
)
def test_no_other_apostrophe_is_an_elision(typed: str) -> None:
    assert [one.elided for one in tokens(typed)] == [0]


@given(anything)
def test_every_word_is_where_it_says(text: str) -> None:
    found = tokens(text)
    assert [token.start for token in found] == sorted(token.start for token in found)
    for token in found:
        assert 0 <= token.start < token.end <= len(text)
        assert token.word in [again.word for again in tokens(text[token.start : token.end])]


@given(anything)
def test_folding_again_changes_nothing(text: str) -> None:
    # Capitals tell the country from the pronoun, and folding takes them away.
    assume("usa" not in {token.word for token in tokens(text)})
    assert folded(folded(text)) == folded(text)
    assert [token.word for token in tokens(folded(text))] == [token.word for token in tokens(text)]


@given(st.text(st.characters(max_codepoint=127), max_size=200))
def test_plain_text_folds_as_any_other(text: str) -> None:
    assert tokens(text) == tokens(f"{text} …")
    assert tokens(text.lower()) == tokens(f"{text.lower()} ¿")
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


@pytest.mark.parametrize(
    ("one", "other"),
    [("कि", "की"), ("दिन", "दीन"), ("மரம்", "மாரம"), ("กี", "กู"), ("ကို", "ကု"), ("かき", "かぎ"), ("ハハ", "パパ"),
     ("ދިވެހި", "ދުވެހި"), ("мой", "мои"), ("ЙОД", "иод"), ("мои\u0306", "мои")],
)  # fmt: skip
def test_another_vowel_sign_or_voice_mark_is_another_word(one: str, other: str) -> None:
    assert folded(one) != folded(other)
    assert [token.word for token in tokens(one)] != [token.word for token in tokens(other)]


@pytest.mark.parametrize(("one", "other"), [("שָׁלוֹם", "שלום"), ("كِتاب", "كتاب"), ("क़लम", "कलम"), ("ガス", "ｶﾞｽ"),
                                            ("мой", "мои\u0306"), ("Ещё", "еще"), ("їжа", "іжа"),
                                            ("Ångström", "angstrom"), ("año", "ano"), ("أحمد", "احمد")])  # fmt: skip
def test_points_and_half_width_letters_are_the_same_word(one: str, other: str) -> None:
    assert [token.word for token in tokens(one)] == [token.word for token in tokens(other)]


def test_small_words_say_nothing() -> None:
    assert [token.word for token in content_words("It is the course that we\u2019ll never adopt")] == [
        "course",
        "adopt",
    ]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("the U.S.S.R. and", ["the", "ussr", "and"]),
        ("U.S.", ["usa"]),
        ("U.S", ["usa"]),
        ("armies from Britain and the US, and", ["armies", "from", "britain", "and", "the", "usa", "and"]),
        ("join us", ["join", "us"]),
        ("JOIN US NOW", ["join", "us", "now"]),
        ("M.R.C.", ["mrc"]),
        ("L.D. Trotsky", ["ld", "trotsky"]),
        ("the end.Next", ["the", "end", "next"]),
        ("4.2", ["4", "2"]),
    ],
)
def test_an_abbreviation_is_one_word_and_the_country_no_pronoun(typed: str, words: list[str]) -> None:
    found = tokens(typed)
    assert [token.word for token in found] == words
    assert all(typed[token.start : token.end].strip() for token in found)


def test_a_chain_of_letters_and_dots_takes_no_longer_than_other_words() -> None:
    started = time.thread_time()
    for chain in ("a." * 50_000, "a." * 50_000 + "bc", ".a" * 50_000):
        tokens(chain)
    assert time.thread_time() - started < 5
