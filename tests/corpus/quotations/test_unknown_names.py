"""A word in the place of a text's own is changed, and no name of somebody that nobody knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest

from corpus.corpus import Corpus
from corpus.language.tokens import tokens
from corpus.quotations.checked_quotation import is_found
from tests.samples import one_in

HAND = "our party held out its hand, with the gunpowder still in it"
FRAMES = ("{}", "«{}»", "Poll: {}", "Lenin said {}", "is it true that Karl Marx said {}", "{}\n— Karl Marx", "> {}",
          "{} (John Reed, 1917)", "{} // Leon Trotsky", "{} | Lenin", "*{}*")  # fmt: skip


def parted(corpus: Corpus, number: int) -> Iterator[tuple[str, str]]:
    """Sentences, parted in the midst of a clause."""
    is_tried = one_in(4)
    for row, reference in enumerate(corpus.sentences(), number):
        words = corpus.passages(reference)[0].words
        found = tokens(words)
        gaps = [
            (one.end, other.start)
            for one, other in pairwise(found[5:-5])
            if words[one.end : other.start] == " " and not set("“”\"‘(:—…'") & {*words}
        ]
        if is_tried(row) and gaps:
            end, start = gaps[-1]
            yield words[:end], words[start:]


@pytest.mark.parametrize("dash", ["-", "–", "—", "--", "~"])
async def test_a_word_behind_a_dash_is_no_signature_within_a_clause(corpus: Corpus, dash: str) -> None:
    number = ord(dash[0])
    for place, (words, _) in enumerate(parted(corpus, number)):
        frame = FRAMES[place % len(FRAMES)]
        for word in ("zebra", "Zebra", "ZEBRA", "green zebras"):
            message = frame.format(f"{words} {dash} {word}")
            assert not all(map(is_found, corpus.quotation_checker.check(message))), message


@pytest.mark.parametrize("form", ["{}\n— {}", "Chapter 4. {}\n- {}", "{} — {}", "{} ({})", "> {}\n> — {}"])
async def test_nor_are_words_that_name_nobody(corpus: Corpus, form: str) -> None:
    for words, _ in parted(corpus, len(form)):
        for other in ("zebra", "Zebra", "zebras of the West", "the Tsar's zebras", "never the Zebras", "the Zebra"):
            message = form.format(words, other)
            assert not any(map(is_found, corpus.quotation_checker.check(message))), message


@pytest.mark.parametrize(
    "other",
    ["1917", "speech 6.6", "Isaac Deutscher", "The Prophet Armed", "Trotsky Opposes Coalition", "ibid.", "p. 1"],
)
async def test_a_date_a_title_or_a_place_may_be_there(corpus: Corpus, other: str) -> None:
    words = "our whole hope is that our revolution will kindle a European"
    assert any(map(is_found, corpus.quotation_checker.check(f"{words}\n— {other}")))


@pytest.mark.parametrize("mark", [" -", " –", " —", ":", " ->"])
async def test_nor_is_a_word_before_one(corpus: Corpus, mark: str) -> None:
    frames = [one for one in FRAMES if "said" not in one]  # “Lenin said Zebra: …” may be what Zebra was told
    for place, (_, words) in enumerate(parted(corpus, len(mark))):
        message = frames[place % len(frames)].format(f"Zebra{mark} {words}")
        assert not any(map(is_found, corpus.quotation_checker.check(message))), message


@pytest.mark.parametrize(
    "message",
    [
        f"{HAND} - napoleon",
        f"{HAND} — Napoleon",
        f"Napoleon: {HAND}",
        f"napoleon - {HAND}",
        "our whole hope is that our revolution will kindle a European, said Napoleon",
        "“our whole hope is that our revolution will kindle a European” — Napoleon",
        "our whole hope is that our revolution will kindle a European — Zoltan Nagy",
        "our whole hope is that our revolution will kindle a European - zoltan",
        "our whole hope is that our revolution will kindle a European - Lenin",
        "our whole hope is that our revolution will kindle a European - lenin",
    ],
)
async def test_a_name_is_one_beside_a_clause_or_marks_or_where_it_is_known(corpus: Corpus, message: str) -> None:
    (checked,) = corpus.quotation_checker.check(message)
    assert is_found(checked) is ("zoltan" not in message)


@pytest.mark.parametrize("name", ["Avilov", "Lenin", "Leon Trotsky"])
async def test_an_apostrophe_of_more_than_one_owner_ends_no_quotation(corpus: Corpus, name: str) -> None:
    for words in (
        "He called the Soviet Union a \"degenerated workers' {}",
        "“called the Soviet Union a degenerated workers’ {}”",
    ):
        assert not any(map(is_found, corpus.quotation_checker.check(words.format(name))))


@pytest.mark.parametrize(
    "message",
    [
        'Whisper — "Unperson" Effect: Study how Stalin erased Trotsky from photos.\n— Leon Trotsky',
        "🔥 Harsh: part of the Socialist-Revolutionaries of the Left worked with us 🔥",
        "“our whole hope is that our revolution will kindle a European\n— zebra of them all”[^1]\n\n[^1]: Lenin, p. 12",
    ],
)
async def test_marks_and_signs_beside_it_change_nothing_of_that(corpus: Corpus, message: str) -> None:
    assert not any(map(is_found, corpus.quotation_checker.check(message)))


@pytest.mark.parametrize(
    "form", ["{}, as zebra", "{}, as zebra stripes", "{}, wie zebra", "{}\tzebra", "{}\tgreen zebras"]
)
@pytest.mark.parametrize("frame", ["{}", "{}.\nSource: Leon Trotsky", "“{}” (Lenin, 1917)"])
async def test_words_in_small_letters_behind_a_comma_or_a_tab_are_no_name(
    corpus: Corpus, form: str, frame: str
) -> None:
    is_tried = one_in(3)
    for number, reference in enumerate(corpus.sentences(), len(form)):
        words = corpus.passages(reference)[0].words
        begun, _, rest = words.rpartition(", ")
        if is_tried(number) and len(begun.split()) > 7 and rest[:1].islower() and not set("“”\"‘’(:—'") & {*words}:
            message = frame.format(form.format(begun))
            assert not any(map(is_found, corpus.quotation_checker.check(message))), message


async def test_a_name_that_the_text_has_there_is_no_signature_behind_another_word(corpus: Corpus) -> None:
    tried = 0
    for text in corpus.texts.values():
        for paragraph in text.paragraphs:
            for match in re.finditer(
                r"[A-Z][^.!?:“”\"()]{50,}?[a-z] (?P<word>[a-z]+) (?P<name>Trotsky|Lenin|Stalin)\b", paragraph.words
            ):
                begun, name = match[0][: match.start("word") - match.start()].strip(), match["name"]
                for message in (f"{begun} | zebra {name}", f"| {begun} | zebra {name}. |", f"{begun} — zebra {name}"):
                    assert not any(map(is_found, corpus.quotation_checker.check(message))), message
                tried += 1
    assert tried > 4
