"""Quotations, true and false: every slice of the texts is confirmed, however it is printed, and no change ever."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.corpus import Corpus
from corpus.errors import NotUnderstood
from corpus.quotation import LONGEST, Verdict, judge
from corpus.words import Token, tokens
from tests.corpus.sample import write_sample

BEYOND = 8
"""Words by which a slice may reach into the next paragraph in the test of all slices."""
EVERY_TIME = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@cache
def words_of(source: str) -> tuple[Token, ...]:
    return tokens(source)


def whole(corpus: Corpus, text: str) -> str:
    return "\n\n".join(paragraph.words for paragraph in corpus.texts[text].paragraphs)


def cut(source: str, words: tuple[Token, ...], start: int, end: int) -> str:
    return source[words[start].start : words[end - 1].end]


def every_slice(corpus: Corpus) -> Iterator[str]:
    """All slices of five words or more within a paragraph, and those that reach some words into the next."""
    for text in corpus.texts:
        source = whole(corpus, text)
        words = words_of(source)
        ends = [n for n in range(1, len(words)) if "\n" in source[words[n - 1].end : words[n].start]]
        for start in range(len(words) - 4):
            border = next((end for end in ends if end > start), len(words))
            for end in range(start + 5, min(border + BEYOND, len(words)) + 1):
                yield cut(source, words, start, end)


def some_slices(corpus: Corpus, dice: Random, many: int, least: int = 5, most: int = 40) -> Iterator[str]:
    for _ in range(many):
        source = whole(corpus, dice.choice(list(corpus.texts)))
        words = words_of(source)
        start = dice.randrange(len(words) - least)
        yield cut(source, words, start, min(start + dice.randint(least, most), len(words)))


async def test_every_slice_of_five_words_or_more_is_verbatim(corpus: Corpus) -> None:
    slices = list(every_slice(corpus))
    assert len(slices) > 80_000
    assert [words for words in slices if judge(corpus, words).kind != "verbatim"] == []


# Ways to print the same words. Those of the first group are no difference at all.


def in_quotation_marks(words: str, dice: Random) -> str:
    opening, closing = dice.choice(["“”", '""', "«»", "„“", "''", "‘’"])
    return f"{opening}{words}{closing}"


def with_other_shapes(words: str, dice: Random) -> str:
    """Straight marks for curly ones or the other way, and other dashes."""
    straight = words.translate(str.maketrans("“”‘’", "\"\"''"))
    curly = re.sub(r"(?<=\w)'(?=\w)", "’", re.sub(r'"(?=\w)', "“", re.sub(r'(?<=\w)"', "”", words)))
    return dice.choice([straight, curly]).replace("—", dice.choice(["—", " – ", "--", " - "]))


def with_other_spaces(words: str, dice: Random) -> str:
    return re.sub(r"\s+", lambda _: dice.choice(["  ", "\n", "\r\n", " \t", "\u00a0", "\n> ", " "]), words)


def with_other_elisions(words: str, dice: Random) -> str:
    """The text's own elisions, as they are typed."""
    return words.replace("…", dice.choice(["...", "[...]", "[…]", ". . .", "(…)"]))


def with_elisions_around(words: str, dice: Random) -> str:
    return dice.choice([f"… {words}", f"{words}...", f"[…] {words} […]"])


# These are other print: the words are the text's, and the difference is named.


def in_other_case(words: str, dice: Random) -> str:
    return dice.choice([words.upper(), words.lower(), words.title(), words.swapcase(), words[:1].upper() + words[1:]])


def without_the_texts_elisions(words: str, dice: Random) -> str:
    return words.replace(" … ", " ")


def without_marks(words: str, dice: Random) -> str:
    return re.sub("[,;:“”\"]", "", words)


SAME = (in_quotation_marks, with_other_shapes, with_other_spaces, with_other_elisions, with_elisions_around)
OTHER = (in_other_case, without_the_texts_elisions, without_marks)


def shortened(words: str, dice: Random) -> str:
    """One or two stretches left out, and an elision for each; two words at least stay on either side."""
    found = list(re.finditer(r"\S*\w\S*", words))
    for _ in range(dice.randint(1, 2)):
        if len(found) >= 6:
            first = dice.randrange(2, len(found) - 3)
            last = dice.randrange(first + 1, len(found) - 1)
            mark = dice.choice(["…", "...", "[...]", "[…]", ". . .", "(...)"])
            words = f"{words[: found[first].start()]}{mark} {words[found[last].start() :]}"
            found = list(re.finditer(r"\S*\w\S*", words))
    return words


@pytest.mark.parametrize("dress", SAME)
async def test_another_shape_of_the_same_print_is_verbatim(
    corpus: Corpus, dress: Callable[[str, Random], str]
) -> None:
    dice = Random(1917)
    for words in some_slices(corpus, dice, 1_000):
        typed = dress(words, dice)
        assert judge(corpus, typed).kind == "verbatim", typed


@pytest.mark.parametrize("dress", OTHER)
async def test_other_print_is_confirmed_and_named(corpus: Corpus, dress: Callable[[str, Random], str]) -> None:
    dice = Random(1917)
    for words in some_slices(corpus, dice, 1_000):
        typed = dress(words, dice)
        verdict = judge(corpus, typed)
        assert verdict.confirms, typed
        assert not any(change.is_of_words for change in verdict.changes)
        # An apostrophe is never dropped here, so that what is left of the marks is none of a word's.
        assert verdict.kind == "verbatim" or verdict.changes, typed


async def test_what_is_left_out_with_an_elision_is_shortened(corpus: Corpus) -> None:
    dice = Random(1917)
    for words in some_slices(corpus, dice, 3_000, 8, 60):
        typed = shortened(words, dice)
        verdict = judge(corpus, typed)
        assert verdict.kind in ("shortened", "verbatim", "variants"), typed
        assert (verdict.kind == "shortened") == bool(verdict.left_out)


@EVERY_TIME
@given(seed=st.integers(0, 2**32), ways=st.lists(st.sampled_from(SAME + OTHER), max_size=4), less=st.booleans())
async def test_any_print_of_any_slice_is_confirmed(
    corpus: Corpus, seed: int, ways: list[Callable[[str, Random], str]], less: bool
) -> None:
    dice = Random(seed)
    (typed,) = some_slices(corpus, dice, 1, 8)
    for way in ways:
        typed = way(typed, dice)
    typed = shortened(typed, dice) if less else typed
    assert judge(corpus, typed).confirms, typed


# Ways to misquote. Each gives the words changed, or None where the slice has nothing of the kind.

NEGATION = re.compile(r"\b(?:not|no|never|don’t|didn't|wasn't|couldn't|cannot|can’t|doesn’t)\b\s?", re.IGNORECASE)
NUMBER = re.compile(r"\b(?:[0-9]+|one|two|three|five|million|third|Second)\b")
DATE = re.compile(r"\b(?:October|August|1917|1924|1940|2026|20|24)\b")
NAMES = ("Trotsky", "Lenin", "Stalin", "Avilov", "Dan", "Lieber", "Avksentiev", "Skobelev", "Tereshchenko", "Mercader",
         "Petrograd", "Mexico", "Russia", "Germany")  # fmt: skip
NAME = re.compile(rf"\b(?:{'|'.join(NAMES)})\b")
Mutation = Callable[[str, Random], "str | None"]


def one_of(pattern: re.Pattern[str], words: str, dice: Random, other: Callable[[str], str]) -> str | None:
    found = list(pattern.finditer(words))
    if not found:
        return None
    match = dice.choice(found)
    return words[: match.start()] + other(match[0]) + words[match.end() :]


def negation_dropped(words: str, dice: Random) -> str | None:
    return one_of(NEGATION, words, dice, lambda _: "")


def negation_added(words: str, dice: Random) -> str | None:
    return one_of(re.compile(r"\b(?= )"), words, dice, lambda _: dice.choice([" not", " never", " no"]))


def number_changed(words: str, dice: Random) -> str | None:
    def other(word: str) -> str:
        if word.isdigit():
            return str(int(word) + dice.choice([-10, -1, 1, 10, 100]))
        return dice.choice([number for number in ("four", "six", "seven", "billion", "Fourth") if number != word])

    return one_of(NUMBER, words, dice, other)


def date_changed(words: str, dice: Random) -> str | None:
    def other(word: str) -> str:
        return str(int(word) + dice.choice([-1, 1])) if word.isdigit() else dice.choice(["March", "July", "September"])

    return one_of(DATE, words, dice, other)


def name_changed(words: str, dice: Random) -> str | None:
    return one_of(NAME, words, dice, lambda word: dice.choice([name for name in (*NAMES, "Zinoviev") if name != word]))


def word_changed(words: str, dice: Random) -> str | None:
    other = dice.choice(["people", "quickly", "the", "always", "is", "was", "house", "if", "and", "revolutions"])
    return one_of(re.compile(r"\b[^\W\d_]+\b(?!['’])"), words, dice, lambda _: other)


def word_left_out(words: str, dice: Random) -> str | None:
    # Not beside an elision of the text's: there it would be a word left out as it should be, with an elision.
    return one_of(re.compile(r"(?<=[\w,.] )[^\W_]+ (?=\w)"), words, dice, lambda _: "")


def letters_changed(words: str, dice: Random) -> str | None:
    return one_of(re.compile(r"\b[a-z]{4,}\b"), words, dice, lambda word: word[0] + word[2] + word[1] + word[3:])


def sentences_swapped(words: str, dice: Random) -> str | None:
    ends = [match.end() for match in re.finditer(r"[.?!]\s(?=\w)", words)]
    if not ends:
        return None
    end = dice.choice(ends)
    return f"{words[end:]} {words[:end].strip()}"


MUTATIONS: Mapping[Mutation, str] = {
    negation_dropped: "negation", negation_added: "negation", number_changed: "number date", date_changed: "date",
    name_changed: "name", word_changed: "", word_left_out: "", letters_changed: "", sentences_swapped: "",
}  # fmt: skip


@cache
def plain(source: str) -> str:
    return f" {' '.join(token.word for token in tokens(source))} "


def stands(corpus: Corpus, typed: str) -> int:
    """How often the words stand in the texts all the same ("the" put for "the"), by a plain look at them."""
    return sum(plain(whole(corpus, text)).count(plain(typed)) for text in corpus.texts)


def misquoted(corpus: Corpus, dice: Random, many: int) -> Iterator[tuple[Mutation, str]]:
    mutations = list(MUTATIONS)
    while many:
        for words in some_slices(corpus, dice, 1):
            mutation = mutations[many % len(mutations)]
            typed = mutation(words, dice)
            if typed is not None and not stands(corpus, typed):
                yield mutation, typed
                many -= 1


async def test_no_misquotation_is_ever_confirmed(corpus: Corpus) -> None:
    wrong = []
    unnamed = []
    for mutation, typed in misquoted(corpus, Random(1917), 10_000):
        verdict = judge(corpus, typed)
        if verdict.confirms or verdict.kind == "wrong speaker":
            wrong.append(typed)
        matters = {matter for change in verdict.changes for matter in change.matters}
        expected = MUTATIONS[mutation].split()
        if verdict.kind == "altered" and expected and not matters.intersection(expected):
            unnamed.append((mutation.__name__, typed, verdict.changes))
    assert wrong == []
    assert unnamed == []


# One by one.

CRUSH = "If the rising of the people does not crush imperialism, then we will surely be crushed."


def references(verdict: Verdict) -> list[str]:
    return [str(stretch.reference) for stretch in verdict.stretches]


@pytest.mark.parametrize(
    ("typed", "kind", "text", "quoted", "matters"),
    [
        (CRUSH.replace(" not", ""), "left out", "not", "", {"negation"}),
        (CRUSH.replace("surely", "never"), "changed", "surely", "never", {"negation"}),
        (CRUSH.replace("the people", "the workers"), "changed", "people", "workers", set()),
        ("The important thing is to decide on a course of inaction", "changed", "action", "inaction", {"negation"}),
        ("On August 21, 1940, a man named Ramón Mercader", "changed", "20", "21", {"date"}),
        ("On August 20, 1941, a man named Ramón Mercader", "changed", "1940", "1941", {"date"}),
        ("Then, he built an army of six million people from scratch.", "changed", "five", "six", {"number"}),
        ("A coalition with Dan and Lenin would weaken rather", "changed", "Lieber", "Lenin", {"name"}),
        ("in his peasant war Comrade Zinoviev spoke of a coalition with the peasants", "changed", "Avilov", "Zinoviev",
         {"name"}),
        ("we we're told that we were isolating ourselves", "changed", "were", "we're", set()),
    ],
)  # fmt: skip
async def test_the_changed_word_is_named_for_what_it_is(
    corpus: Corpus, typed: str, kind: str, text: str, quoted: str, matters: set[str]
) -> None:
    verdict = judge(corpus, typed)
    assert verdict.kind == "altered"
    found = [change for change in verdict.changes if (change.kind, change.text, change.quoted) == (kind, text, quoted)]
    assert len(found) == 1, verdict.changes
    assert set(found[0].matters) == matters


@pytest.mark.parametrize(
    ("typed", "kind", "text", "quoted"),
    [
        (CRUSH.lower(), "case", "If", "if"),
        (CRUSH.replace(",", ""), "punctuation", "imperialism, then", "imperialism then"),
        (CRUSH.replace(".", "!"), "punctuation", "crushed.", "crushed!"),
        ("living in a fortified house in Coyoacan", "accents", "Coyoacán", "Coyoacan"),
        ("lived in a high-speed (for the time) armoured train", "spelling", "armored", "armoured"),
        ("A coalition with Dan and Liber … would weaken", "spelling", "Lieber", "Liber"),
        ("the counterrevolutionary bands and the different moderate groups", "spelling", "counter-revolutionary",
         "counterrevolutionary"),
        ("Our party held … out its hand", "punctuation", "held out", "held … out"),
        ("One part of the Socialist-Revolutionaries of the Left worked with us but the other", "punctuation",
         "us … but", "us but"),
        ("hes a master of the whole of it: its a wild look at how he tried", "punctuation", "it's", "its"),
    ],
)  # fmt: skip
async def test_other_print_is_named_word_by_word(corpus: Corpus, typed: str, kind: str, text: str, quoted: str) -> None:
    verdict = judge(corpus, typed.removeprefix("hes a master of the whole of it: "))
    assert verdict.kind == "variants"
    assert (kind, text, quoted) in [(change.kind, change.text, change.quoted) for change in verdict.changes]


async def test_what_an_elision_leaves_out_is_counted_and_a_negation_in_it_told(corpus: Corpus) -> None:
    verdict = judge(corpus, "the rising of the people … crush imperialism … we will surely be crushed")
    assert verdict.kind == "shortened"
    assert [(left.words, left.paragraphs, left.negates) for left in verdict.left_out] == [(2, 1, True), (1, 1, False)]
    assert references(verdict) == ["speech 6.7"] * 3


async def test_an_elision_does_not_excuse_another_order(corpus: Corpus) -> None:
    verdict = judge(corpus, "we will surely be crushed … the rising of the people")
    assert verdict.kind == "pieced together"


@pytest.mark.parametrize(
    ("typed", "where"),
    [
        ("We shall never form a union with them. What are these men but betrayers of the revolution?",
         ["speech 5.5", "speech 5.4"]),
        ("He lived on a train. We shall never form a union with them.", ["article 14.1", "speech 5.5"]),
    ],
)  # fmt: skip
async def test_pieces_of_several_passages_are_told_apart(corpus: Corpus, typed: str, where: list[str]) -> None:
    verdict = judge(corpus, typed)
    assert verdict.kind == "pieced together"
    assert references(verdict) == where


@pytest.mark.parametrize(
    ("typed", "claimed", "kind"),
    [
        ("Our party held out its hand", "Trotsky", "verbatim"),
        ("Our party held out its hand", "Lev Davidovich Bronstein", "verbatim"),
        ("Our party held out its hand", "the speech", "verbatim"),
        ("Our party held out its hand", "Lenin", "wrong speaker"),
        ("Our party held out its hand", "somebody whom nobody knows", "wrong speaker"),
        ("There is still a third!", "Trotsky", "wrong speaker"),
        ("There is still a third!", "the heckler", "verbatim"),
        ("Come, let’s seize the power together", "Trotsky", "wrong speaker"),
        ("Come, let’s seize the power together", "the Bolsheviks", "verbatim"),
        ("and said: “Come, let’s seize the power together”", "Trotsky", "verbatim"),
        ("He ended up in Mexico City, living in a fortified house", "Trotsky", "wrong speaker"),
        ("He ended up in Mexico City, living in a fortified house", "the author of the article", "verbatim"),
        ("He called the Soviet Union a \"degenerated workers' state.\"", "the article's author", "verbatim"),
        ("will strangle our revolution. (“There is still a third!”", "Trotsky", "wrong speaker"),
    ],
)
async def test_words_belong_to_whom_the_text_gives_them(corpus: Corpus, typed: str, claimed: str, kind: str) -> None:
    assert judge(corpus, typed, claimed).kind == kind


async def test_a_voice_inside_a_sentence_is_named(corpus: Corpus) -> None:
    (speaker,) = judge(corpus, "we are brothers-in-arms, we shall be with you to the end").speakers
    assert speaker.name == "The Bolshevik party (“we”), as quoted by Trotsky"
    assert speaker.is_quoted


@pytest.mark.parametrize(
    ("typed", "places"), [("the revolution", 10), ("That is our course.", 1), ("zebra", 0), ("a coalition with", 7)]
)
async def test_a_few_words_are_too_short_to_tell(corpus: Corpus, typed: str, places: int) -> None:
    verdict = judge(corpus, typed)
    assert verdict.kind == "too short"
    assert verdict.places == stands(corpus, typed) == places


@pytest.mark.parametrize(
    "typed",
    [
        "Workers of all lands, unite! You have nothing to lose but your chains.",
        "Peace, bread and land for everybody who works in the fields",
        "It was the best of times, it was the worst of times",
        "in the name of all that is in the end",
    ],
)
async def test_other_words_are_not_in_these_texts_and_nothing_far_is_offered(corpus: Corpus, typed: str) -> None:
    verdict = judge(corpus, typed)
    assert verdict.kind == "not in these texts"
    assert not verdict.stretches


async def test_a_near_passage_is_offered_and_claims_nothing(corpus: Corpus) -> None:
    verdict = judge(corpus, "the one hope we have is that this revolution will kindle another one in Europe")
    assert verdict.kind == "not in these texts"
    assert references(verdict) == ["speech 6.6"]


@pytest.mark.parametrize("typed", ["", "  \n", "…", "“”", "👍", "\u200b", "---", "." * 5_000])
async def test_no_words_are_told_as_such(corpus: Corpus, typed: str) -> None:
    with pytest.raises(NotUnderstood, match="no words"):
        judge(corpus, typed)


async def test_what_nobody_quotes_is_not_judged(corpus: Corpus) -> None:
    with pytest.raises(NotUnderstood, match="too much"):
        judge(corpus, "word " * LONGEST)
    assert judge(corpus, ("the " * LONGEST)[:LONGEST]).kind == "not in these texts"


@EVERY_TIME
@given(typed=st.text(min_size=1, max_size=300), words=st.lists(st.sampled_from(sorted({"a", "the", "…", "we", "not"}))))
async def test_nothing_typed_raises_anything_else(corpus: Corpus, typed: str, words: list[str]) -> None:
    for one in (typed, " ".join(words), f"Our party held out {typed} its hand"):
        try:
            verdict = judge(corpus, one, typed)
        except NotUnderstood:
            continue
        for stretch in verdict.stretches:
            passage = corpus.paragraph(stretch.reference)
            start, end = passage.span(stretch.reference)
            assert start <= stretch.start < stretch.end <= end


async def test_another_corpus_is_judged_as_well(tmp_path: Path) -> None:
    corpus = await Corpus.open(write_sample(tmp_path / "sample"), tmp_path / "cache")
    try:
        assert judge(corpus, "It was the best of times, it was the worst of times").kind == "verbatim"
        assert judge(corpus, "It was the best of times, it was the best of times").kind == "altered"
        assert judge(corpus, "The tale's best of times is 1776").changes[-1].matters == ("date",)
    finally:
        await corpus.close()
