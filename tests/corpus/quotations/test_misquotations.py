"""False quotations: none is ever confirmed, and what was changed is named for what it is.

`make fuzz` tries ten thousand, others each time; `make test` a sixth of two and a half thousand, by turns.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from random import Random
from typing import TypeVar

import pytest

from corpus.corpus import Corpus
from corpus.language.speech_verbs import DENYING_VERBS
from corpus.quotations.checked_quotation import is_found
from tests.corpus.slices import some_slices, stands
from tests.samples import EVERYTHING, one_in

MANY = 10_000 if EVERYTHING else 2_500
ATTRIBUTED = 5_000 if EVERYTHING else 300

FORMS = ("“{}” — {name}", "{name} said: “{}”", "{name}: {}", "As {name} said, “{}”", "“{}” said {name}.", "{} - {name}",
         '"{}" ({name}, 1917)', "{} — {name}", "Did {name} say “{}”?", '{name} wrote "{}"', "{}\n{name}")  # fmt: skip
"""Ways to say who said it."""

# Ways to misquote. Each gives the words changed, or None where the slice has nothing of the kind.

NEGATION = re.compile(r"\b(?:not|no|never|don’t|didn't|wasn't|couldn't|cannot|can’t|doesn’t)\b\s?", re.IGNORECASE)
AUXILIARY = re.compile(r"\b(?:is|was|were|are|did|does|had|has|have|could|would|should)(?= (?!not)\w)")
PRONOUN = re.compile(r"\b(?:we|you|they|who|it|he)(?= (?!have|will|had|would)\w)")
NUMBER = re.compile(r"\b(?:[0-9]+|one|two|three|five|million|third|Second)\b")
DATE = re.compile(r"\b(?:October|August|1917|1924|1940|2026|20|24)\b")
NAMES = ("Trotsky", "Lenin", "Stalin", "Avilov", "Dan", "Lieber", "Avksentiev", "Skobelev", "Tereshchenko", "Mercader",
         "Petrograd", "Mexico", "Russia", "Germany")  # fmt: skip
NAME = re.compile(rf"\b(?:{'|'.join(NAMES)})\b")
Mutation = Callable[[str, Random], "str | None"]
T = TypeVar("T")


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


def negation_contracted(words: str, dice: Random) -> str | None:
    return one_of(AUXILIARY, words, dice, lambda word: word + dice.choice(["n’t", "n't"]))


def contraction_added(words: str, dice: Random) -> str | None:
    return one_of(PRONOUN, words, dice, lambda word: word + dice.choice(["'ll", "’d", "'ve"]))


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
    negation_dropped: "negation", negation_added: "negation", negation_contracted: "negation",
    number_changed: "number date", date_changed: "date", name_changed: "name", contraction_added: "", word_changed: "",
    word_left_out: "", letters_changed: "", sentences_swapped: "",
}  # fmt: skip


WORDS_AND_ELISION = re.compile(r"^\W*\w+(?:\W+\w+)?\W*…|…\W*\w+(?:\W+\w+)?\W*$")
"""One word or two before or behind an elision: they are somewhere in the text as well, so that is no misquotation."""


NAME_BEHIND = re.compile(rf"[.!?…][”\"]?\s+(?:{'|'.join(NAMES)}|Zinoviev)$")
"""A name alone behind a sentence, with which the next one began: nobody can tell it from a signature."""


def tells_its_end(words: str) -> bool:
    """Whether words do not end with what would be a frame around them, or within marks or brackets of their own."""
    is_closed = all(words.count(one) == words.count(other) for one, other in ("“”", "()"))
    return is_closed and words.count('"') % 2 == 0 and not NAME_BEHIND.search(words)


def misquoted(corpus: Corpus, dice: Random, many: int) -> Iterator[tuple[Mutation, str]]:
    mutations = list(MUTATIONS)
    while many:
        for words in some_slices(corpus, dice, 1):
            mutation = mutations[many % len(mutations)]
            typed = mutation(words, dice)
            if typed is not None and not stands(corpus, typed) and not WORDS_AND_ELISION.search(typed):
                yield mutation, typed
                many -= 1


def seeded_dice() -> Random:
    return Random(random.random() if EVERYTHING else 1917)


def in_turn(every: Iterable[T]) -> Iterator[T]:
    """A sixth of them, with some of each kind of misquotation."""
    is_tried = one_in(6)
    return (one for number, one in enumerate(every) if is_tried(number))


async def test_no_misquotation_is_ever_confirmed(corpus: Corpus) -> None:
    wrong = []
    unnamed = []
    for mutation, typed in in_turn(misquoted(corpus, seeded_dice(), MANY)):
        verdict = corpus.check_quotation(typed)
        if verdict.confirms or verdict.kind == "wrong speaker":
            wrong.append(typed)
        significance = {matter for change in verdict.changes for matter in change.significance}
        expected = MUTATIONS[mutation].split()
        if verdict.kind == "altered" and expected and not significance.intersection(expected):
            unnamed.append((mutation.__name__, typed, verdict.changes))
    assert wrong == []
    assert unnamed == []


async def test_no_misquotation_is_confirmed_whoever_is_said_to_have_said_it(corpus: Corpus) -> None:
    dice = seeded_dice()
    every = (attributed(typed, dice) for _, typed in misquoted(corpus, dice, ATTRIBUTED) if tells_its_end(typed))
    wrong = []
    for message in in_turn(every):
        for checked in corpus.quotation_checker.check(message):
            if checked.verdict.confirms or checked.verdict.kind == "wrong speaker":
                wrong.append((message, checked.claim.words))
    assert wrong == []


def attributed(typed: str, dice: Random) -> str:
    name = dice.choice(["Leon Trotsky", "Lenin", "Karl Marx", "John Reed"])
    return dice.choice(FORMS).format(typed, name=name)


ALTERED_BESIDE = (
    # What of a sentence is altered looks like a part of the frame: it ends with a verb, a colon, a comma, a mark.
    "It is impossible that the bourgeoisie, frightened by the approaching revolution … will hasten to conclude peace.",
    "Comrade Martov said that peace can be attained only through a coalition",
    "In 1919, while Lenin was still hiding in a haystack or wearing a wig to avoid the secret police",
    "He did something that many hardline communists hates: he recruited former Tsarist officers.",
    'Differentiate "Isms": When you hear "Trotskyism," think of the Fourth International',
    'Trotsky was not the one who defended the "Red Terror" and crushed the Kronstadt Rebellion of sailors.',
    'He called the Soviet Trotsky a "degenerated workers\' state." He was still influential, still loud',
    "Comrades! We shall never form a union with them.",
)
FRAMES = ("{}", "Lenin said that {}", "Kerensky wrote {} (p. 12)", "did Trotsky say {}?", "according to Karl Marx, {}",
          "John Reed said {}", "where does trotsky write {}?", "Napoleon's famous line {}")  # fmt: skip


@pytest.mark.parametrize("words", ALTERED_BESIDE)
@pytest.mark.parametrize("frame", FRAMES)
async def test_what_was_altered_is_not_taken_for_a_part_of_the_frame(corpus: Corpus, words: str, frame: str) -> None:
    assert not any(map(is_found, corpus.quotation_checker.check(frame.format(words))))


@pytest.mark.parametrize("dash", ["-", "–", "—"])
async def test_the_last_point_of_a_list_is_no_signature(corpus: Corpus, dash: str) -> None:
    for last in ("almost our Allies", "the gunpowder no longer in it"):
        message = f"{dash} our party held out its hand, with\n{dash} {last}"
        assert not any(map(is_found, corpus.quotation_checker.check(message)))


@pytest.mark.parametrize(
    "message",
    ["Lenin said that {}", "Then, at last, Trotsky said to them: {}", "Lenin: {}", "according to Lenin, {}"],
)
async def test_a_frame_that_is_like_the_texts_own_is_none_of_its_words(corpus: Corpus, message: str) -> None:
    (checked,) = corpus.quotation_checker.check(message.format("peace can be attained only through a coalition"))
    assert is_found(checked)


@pytest.mark.parametrize(
    "frame",
    [
        *(f"Trotsky {verb} that {{}}" for verb in DENYING_VERBS),
        "Trotsky said it is not true that {}",
        "Trotsky said it was a lie that {}",
        "Trotsky wrote it is wrong that {}",
        "He said there is no doubt that {}",
        "Trotsky said nobody believes that {}",
        "Trotsky says I doubt that {}",
        "Trotsky didn't say that {}",
        "Trotsky said it is possible that {}",
        "Trotsky said We proposed that {}",
        "Trotsky said I insist that {}",
        "is it true that Trotsky denied that {}",
        "Karl Marx said It is false that {}",
    ],
)
async def test_what_somebody_is_said_to_deny_or_to_doubt_is_not_confirmed(corpus: Corpus, frame: str) -> None:
    for words in (
        "our whole hope is that our revolution will kindle a European revolution",
        "he built an army of five million people from scratch",
    ):
        assert not any(map(is_found, corpus.quotation_checker.check(frame.format(words)))), words
