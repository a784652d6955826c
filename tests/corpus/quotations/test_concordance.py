"""The concordance: what it finds, counts and shows is what a plain look at the texts does."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator

import pytest

from corpus.corpus import Corpus
from corpus.language.contractions import own_spelling
from corpus.language.english import american, stem
from corpus.language.tokens import folded, tokens
from corpus.quotations.concordance import concordance_line, count_forms, occurrences
from corpus.work_budget import work_budget
from tests.corpus.sample import edit, write_sample

LONGEST_WORD = 25


def word_of(form: str) -> str:
    spelling = own_spelling(form)
    return spelling if "'" in spelling or spelling == "its" else stem(american(spelling))


def looked_for(corpus: Corpus, words: str, *, exactly: bool) -> list[int]:
    index = corpus.token_index
    written, wanted = (
        list(map(own_spelling, row)) if exactly else list(map(word_of, row))
        for row in (index.forms[:], index.read(words).forms)
    )
    return [n for n in range(len(written) - len(wanted) + 1) if written[n : n + len(wanted)] == wanted]


@pytest.mark.parametrize("exactly", [False, True])
@pytest.mark.parametrize(
    "words",
    [
        "revolution",
        "revolutions",
        "the",
        "of the",
        "a few",
        "a coalition with",
        "were isolated",
        "the peasants",
        "zebra",
        "A",
        "it is",
        "its",
        "it",
        "that's",
        # Beyond either end of the texts.
        "the of the a few",
        "tsar had kept of the",
        "had kept the",
        "had kept",
    ],
)
async def test_all_places_are_found_and_all_forms_counted(corpus: Corpus, words: str, exactly: bool) -> None:
    index = corpus.token_index
    found = occurrences(index, words, exactly=exactly)
    assert list(found.positions) == looked_for(corpus, words, exactly=exactly)
    if not len(found.positions):
        return
    forms = Counter(
        " ".join(map(own_spelling, index.forms[one : one + found.many])) for one in map(int, found.positions)
    )
    assert count_forms(index, found) == forms


async def test_words_are_looked_for_in_any_form_unless_one_is_asked_for(corpus: Corpus) -> None:
    index = corpus.token_index
    assert occurrences(index, "revolutions") == occurrences(index, "revolution")


async def test_where_time_ran_out_is_said(corpus: Corpus) -> None:
    with work_budget(0):
        found = occurrences(corpus.token_index, "of the")
    assert len(found.positions) == 0
    assert found.until is not None
    assert found.until <= looked_for(corpus, "of the", exactly=False)[0] + 1


@pytest.mark.parametrize("room", [1, 20, 200, 10_000])
async def test_a_line_has_whole_words_around_as_far_as_there_is_room(corpus: Corpus, room: int) -> None:
    index = corpus.token_index
    found = occurrences(index, "of the")
    for position in map(int, found.positions):
        (span,) = index.spans(position, position + 2)
        words = corpus.paragraph(span.reference).words
        before, after = words[: span.start], words[span.end :]
        for most in (room, len(before), len(after)):
            line = concordance_line(index, found, position, most)
            assert (line.reference, line.words) == (span.reference, words[span.start : span.end])
            assert line.is_cut == (line.before != before, line.after != after)
            # Read backwards, what is before is cut like what is behind.
            for whole, part in ((before[::-1], line.before[::-1]), (after, line.after)):
                assert whole.startswith(part)
                assert len(part) <= most
                assert part == whole or (whole[len(part)] == " " and len(part) > most - LONGEST_WORD)
                assert part == whole or len(whole) > most


SCRIPTS = (
    "我们的朋友是学生，今天去上海。",
    "レフ・トロツキーは革命家でした。彼の友人たちが来た。人々は笑う。",
    "か\u3099くせいは ｶﾞｸｾｲ です。",
    "วันนี้ฝนตก ที่กรุงเทพ",
    "मेरी किताब कुल मिलाकर अच्छी है।",
    "كَتَبَ الوَلَدُ رسالة طويلة.",
    "בְּרֵאשִׁית ברא אלהים את השמים",
    "Товарищи, ещё не вечер! Объём растёт.",
    "한국어 학생입니다.",
    "من می\u200cخواهم بروم.",
    "Οἱ ἄνθρωποι ἐλεύθεροι.",
    "Tôi là sinh viên. L’été d'Ünal, co\u0308perator ﬁre.",
)
APART = (
    "its/it’s/it", "were/we're/we", "well/we’ll", "ill/I'll", "shed/she’d", "hell/he'll", "wont/won't", "cant/can't",
    "lets/let's", "wed/we'd", "id/I'd", "whos/who's/who", "hes/he's/he", "hers/her", "theirs/their",
    "thats/that's/that", "shell/she'll", "oclock/o'clock",
)  # fmt: skip


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    """A corpus with sentences in many scripts, and with words that an apostrophe makes others: the nth n + 1 times."""
    folder = write_sample(tmp_path_factory.mktemp("written") / "sample")
    apart = (f"Zebra {word} zebra." for group in APART for n, word in enumerate(group.split("/")) for _ in range(n + 1))
    paragraphs = (*SCRIPTS, *apart, "The Boss's boss didn’t; the didn't boss.", "France rolled")
    edit(folder / "texts" / "novel.txt", "France rolled", "\n\n".join(paragraphs))
    corpus = asyncio.run(Corpus.open(folder, folder / "cache"))
    yield corpus
    asyncio.run(corpus.close())


@pytest.mark.parametrize("sentence", SCRIPTS)
async def test_words_are_found_as_the_search_cuts_them_in_any_script(written: Corpus, sentence: str) -> None:
    found = tokens(sentence)
    for many in (1, 2, 3):
        for first, last in zip(found, found[many - 1 :], strict=False):
            for words in (sentence[first.start : last.end], folded(sentence[first.start : last.end])):
                places = map(int, occurrences(written.token_index, words).positions)
                spans = (written.token_index.spans(one, one + 1)[0] for one in places)
                is_found = any(written.token_index.paragraph(one).words == sentence for one in spans)
                assert is_found or not any(map(str.isalnum, words)), words


@pytest.mark.parametrize("group", APART)
async def test_an_apostrophe_makes_another_word(written: Corpus, group: str) -> None:
    for n, word in enumerate(group.split("/")):
        for typed in {word, word.replace("'", "’"), word.replace("’", "ʼ"), word.capitalize()}:
            for exactly in (True, False):
                found = occurrences(written.token_index, f"zebra {typed} zebra", exactly=exactly)
                assert len(found.positions) == n + 1, typed
                assert sum(count_forms(written.token_index, found).values()) == n + 1


@pytest.mark.parametrize(("typed", "times"), [("boss", 3), ("bosses", 3), ("boss’s", 3), ("didnt", 2), ("DIDN'T", 2)])
async def test_a_possessive_and_a_plain_contraction_are_the_word(written: Corpus, typed: str, times: int) -> None:
    assert len(occurrences(written.token_index, typed).positions) == times
