"""The token index: what it finds in its arrays is what a plain look through all words finds."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.corpus import Corpus
from corpus.language.contractions import expansions
from corpus.language.english import STOP_WORDS
from corpus.quotations import token_arrays, token_index
from corpus.quotations.concordance import occurrences
from corpus.quotations.token_index import TokenIndex
from corpus.quotations.token_rows import TokenReader
from corpus.quotations.token_writer import plain_form
from corpus.work_budget import work_budget
from tests.corpus.sample import edit, write_sample


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    """A corpus with a paragraph that has no word, and one that begins with marks, has many, and ends in a compound."""
    folder = write_sample(tmp_path_factory.mktemp("marked") / "sample")
    edit(folder / "texts" / "novel.txt", "France rolled", "— …\n\n“‘France rolled")
    edit(folder / "texts" / "novel.txt", "unheeded.", "(“well-nigh” till 4.30) at their tale(s), self-made")

    async def read() -> Corpus:
        corpus = await Corpus.open(folder, folder / "cache")
        await corpus.close()
        return corpus

    corpus = asyncio.run(read())
    yield corpus
    asyncio.run(corpus.close())  # what has been read since


@pytest.fixture(params=["shipped", "marked"])
def either(request: pytest.FixtureRequest, shipped: Corpus, marked: Corpus) -> Corpus:
    return shipped if request.param == "shipped" else marked


def looked_for(written: Sequence[str], words: Sequence[str]) -> list[int]:
    return [n for n in range(len(written) - len(words) + 1) if written[n : n + len(words)] == words]


def some_runs(index: TokenIndex, written: Sequence[str]) -> list[list[str]]:
    """Runs of words in the texts' order, of words from anywhere, and across the end of a text."""
    dice = Random(1917)
    starts = [dice.randrange(len(written) - 9) for _ in range(200)]
    found = [list(written[start : start + dice.randint(1, 8)]) for start in starts]
    found += [[dice.choice(written) for _ in range(dice.randint(1, 3))] for _ in range(100)]
    found += [[word, written[0]] for word in ("of", "the", "to", "in", "and")]  # before the first word there is none
    found += [[written[-2], *more] for more in (["of", "the"], ["the", "of", "and"])]  # nor behind the last
    return [[word for word in run if word] for run in found if any(run)]


def test_a_quick_look_refuses_what_is_nowhere_and_nothing_else(shipped: Corpus, marked: Corpus) -> None:
    for corpus in (shipped, marked):
        index = TokenIndex(corpus._index_file, corpus.texts, corpus.notes)
        runs = some_runs(index, index.keys[:])
        assert all(map(index.may_have, runs))  # nothing is known yet
        index.join_keys()
        assert [index.may_have(keys) for keys in runs] == [len(index.find(keys)) > 0 for keys in runs]


async def test_words_side_by_side_are_found_wherever_they_stand(corpus: Corpus) -> None:
    index = corpus.token_index
    written = index.keys[:]
    assert len(written) == index.size
    for run in some_runs(index, written):
        assert index.find(run).tolist() == looked_for(written, run), run


async def test_a_word_again_and_again_is_read_only_where_it_is_beside_itself(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    index, read = corpus.token_index, list[int]()
    file, written = index._file, index.keys[:]
    few_keys = file.few_keys

    def counted(position: int, many: int) -> list[int]:
        read.append(position)
        return few_keys(position, many)

    monkeypatch.setattr(file, "few_keys", counted)
    several = sorted({word for word in written if 20 <= index.times(word) <= token_index._FEW})
    assert "the" in several
    for word in several:
        index.find([word, word])
        assert read == looked_for(written, [word, word]), word
        read.clear()


async def test_words_of_a_large_corpus_are_found_part_by_part(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(token_index, "_FEW", 0)
    monkeypatch.setattr(token_arrays, "_FEW", 0)
    monkeypatch.setattr(token_arrays, "_RUN", 500)
    await test_words_side_by_side_are_found_wherever_they_stand(corpus)
    index = corpus.token_index
    everywhere = index.find(["of"]).tolist()
    some = index.find(["of"], 5).tolist()
    assert 5 <= len(some) < len(everywhere)
    assert some == everywhere[: len(some)]


async def test_many_positions_are_parted_into_runs_of_near_ones(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(token_arrays, "_FEW", 20)
    monkeypatch.setattr(token_arrays, "_RUN", 300)
    index = corpus.token_index
    for word, is_parted in (("the", True), ("revolution", True), ("kindle", False)):
        positions = index.positions(word)
        runs = [run.tolist() for run in index.runs(positions)]
        assert [one for run in runs for one in run] == positions.tolist()
        assert (len(runs) > 1) == is_parted
        assert all(run[-1] - run[0] <= 300 for run in runs)
    far_apart = index.positions("the")[::7]
    for few in (0, 1, 19, 20):
        assert [run.tolist() for run in index.runs(far_apart[:few])] == [far_apart[:few].tolist()]
    assert len(list(index.runs(far_apart[:21]))) > 1


@pytest.mark.parametrize("few", [0, 10_000])
async def test_a_run_is_extended_while_one_place_goes_on(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(token_index, "_FEW", few)
    index = corpus.token_index
    written = index.keys[:]
    assert index.size == len(written)
    for n, start in enumerate([*range(0, index.size - 9, 60), *range(index.size - 5, index.size - 1)]):
        run = [word for word in written[start : start + 2 + n % 6] if word] + [["of", "the"], ["zebra"], []][n % 3]
        found, many = index.extend(index.find(run[:1]), run, 1)
        longest = max(m for m in range(1, len(run) + 1) if looked_for(written, run[:m]))
        assert (many, found.tolist()) == (longest, looked_for(written, run[:longest])), run


async def test_spans_are_the_words_of_their_paragraphs(corpus: Corpus) -> None:
    index = corpus.token_index
    written, dice = index.keys[:], Random(1917)
    for _ in range(100):
        start = dice.randrange(index.size)
        end = min(start + dice.choice([1, 2, 5, 60]), index.size)
        spans = index.spans(start, end)
        words = [index.paragraph(one).words[one.start : one.end] for one in spans]
        assert [key for one in words for key in index.read(one).keys] == [key for key in written[start:end] if key]
        assert index.words(start, end) == " ".join(words)
        for one in spans:
            first, last = index.paragraph(one).span(one.reference)
            assert first <= one.start < one.end <= last
        each = [index.speakers(n, n + 1) for n in range(start, end)]
        turns = [one for n, one in enumerate(each) if one and (not n or each[n - 1] != one)]
        if all(each):
            assert [[one] for one in index.speakers(start, end)] == turns


async def test_each_text_has_its_positions_and_a_gap_behind_them(corpus: Corpus) -> None:
    index = corpus.token_index
    written, positions = index.keys[:], np.arange(index.size, dtype=np.int32)
    gaps = [n for n, key in enumerate(written) if not key]
    assert len(gaps) == len(corpus.texts)
    ends = index.text_ends(positions).tolist()
    for n in (*range(0, index.size, 50), *gaps, *(gap - 1 for gap in gaps)):
        end = next(gap for gap in gaps if gap >= n)
        first = max((gap + 1 for gap in gaps if gap < n), default=0)
        assert index.bounds(n) == (first, end)
        assert ends[n] == end
        text = "" if n in gaps else list(corpus.texts)[gaps.index(end)]
        assert index.text_of(n) == text


async def test_space_is_after_a_word_unless_a_mark_joins_it_to_the_next(corpus: Corpus) -> None:
    index = corpus.token_index
    joined = {f"{index.forms[n]} {index.forms[n + 1]}" for n in range(index.size - 1) if not index.is_space_after(n)}
    assert {"counter revolutionary", "brothers in", "in arms"} <= joined
    words = "\n".join(paragraph.words for text in corpus.texts.values() for paragraph in text.paragraphs)
    for one in joined:
        assert re.search(r"\S+".join(re.escape(word).replace("'", "['’]") for word in one.split()), words), one


async def test_a_name_is_found_with_its_capitals_and_as_an_owners(corpus: Corpus) -> None:
    index = corpus.token_index
    sentences = [corpus.passages(reference)[0].words for reference in corpus.sentences()]
    owners = re.findall(r"([a-z]+ [A-Z]\w+)['’]s", " ".join(sentences))
    assert owners
    for name in ("Trotsky", "Dan", "Lenin", "Stalin", "Leon Trotsky", "the Bolsheviks", "Mercader", "Zebra", *owners):
        pattern = re.compile(rf"(?<![\w-]){name.replace('the ', '[Tt]he ')}(?:['’]s)?(?![\w'’])")
        wanted = [n for n, words in enumerate(sentences, 1) for _ in pattern.finditer(words)]
        assert sorted(index.sentences_with_name(name)) == wanted, name
    assert index.sentences_with_name("") == []


async def test_several_words_have_their_places_together(corpus: Corpus) -> None:
    index = corpus.token_index
    for words in ([], ["of"], ["of", "the"], ["gunpowder", "lenin", "of"]):
        numbers = index.numbers_of(words)
        assert index.positions_of(numbers).tolist() == sorted(n for one in words for n in index.positions(one).tolist())
        assert index.times_of(numbers) == sum(map(index.times, words))


async def test_each_word_has_its_places_and_each_name_its_capital_within_a_sentence(corpus: Corpus) -> None:
    index = corpus.token_index
    written, firsts = index.keys[:], set(index.arrays.sentences.tolist())
    places: dict[str, list[int]] = {}
    for n, key in enumerate(written):
        places.setdefault(key, []).append(n)
    del places[""]
    assert {key: index.positions(key).tolist() for key in places} == places
    assert {key: index.times(key) for key in places} == {key: len(one) for key, one in places.items()}
    assert index.times("") == index.times("zebra") == len(index.positions("zebra")) == 0
    capitals = {written[n] for n, form in enumerate(index.forms[:]) if form[:1].isupper() and n not in firsts}
    names = {key for key in places if index.is_name(key)}
    assert names == capitals - STOP_WORDS | {key for key in places if index.is_part_of_name(key)}
    assert {"trotsky", "mercader", "bronstein"} <= names
    parts = {key for key in places if index.is_part_of_name(key)}
    assert {"trotsky", "leon", "lenin"} <= parts
    assert not parts & {"of", "revolution", "petrograd"}
    assert not index.is_name("zebra")


def test_no_mark_but_a_hyphen_makes_a_compound(marked: Corpus) -> None:
    index = marked.token_index
    assert index.compound("wellnigh") == ("well", "nigh")
    assert index.compound("selfmade") == ("self", "made")
    assert index.compound("430") is index.compound("tales") is None


async def test_compounds_and_contractions_are_known_by_what_they_stand_for(corpus: Corpus) -> None:
    index = corpus.token_index
    written, forms = index.keys[:], index.forms[:]
    pairs = list(pairwise(written))
    marks = enumerate(index.punctuation[:-1])
    joined = {pairs[n] for n, mark in marks if mark == "-" and not index.is_space_after(n)} | {("d", "etat")}
    assert len(joined) > 15
    assert {pair for pair in set(pairs) if index.compound("".join(pair)) == pair} == joined
    assert index.compound("gunpowder") is index.compound("zebra") is None
    meant = {words: key for key, form in zip(written, forms, strict=True) for words in expansions(form)}
    assert index.contractions == meant
    assert index.contractions["did", "not"] == "didnt"


async def test_words_are_the_same_one_by_one_as_in_slices(corpus: Corpus) -> None:
    index = corpus.token_index
    for column in (index.keys, index.forms, index.punctuation):
        whole = column[:]
        assert [column[n] for n in range(0, index.size, 7)] == whole[::7]
        assert column[40:90] == whole[40:90]


def test_a_text_has_the_words_and_marks_of_all_its_paragraphs_in_a_row(either: Corpus) -> None:
    index = either.token_index
    for text in either.texts.values():
        start = next(n for n in range(index.size) if index.text_of(n) == text.id)
        end = index.bounds(start)[1]
        whole = index.read("\n".join(paragraph.words for paragraph in text.paragraphs))
        assert index.keys[start:end] == whole.keys
        assert index.forms[start:end] == whole.forms
        assert index.punctuation[start:end] == whole.punctuation


def test_sentences_start_where_the_texts_cut_them(either: Corpus) -> None:
    index = either.token_index
    places = [spans[0].reference for n in range(index.size) if (spans := index.spans(n, n + 1))]
    firsts = [n for n, one in enumerate(places) if not n or places[n - 1] != one]
    gaps = [n for n, key in enumerate(index.keys[:]) if not key]
    assert all(index.starts_sentence(n) for n in gaps)
    starts = [n for n in range(index.size) if index.starts_sentence(n) and n not in gaps]
    assert [index.spans(n, n + 1)[0].reference for n in starts] == [places[n] for n in firsts]


async def test_counts_by_text_are_of_the_positions(corpus: Corpus) -> None:
    for words in ("the", "of the", "Trotsky", "revolution", "zebra"):
        found = occurrences(corpus.token_index, words)
        texts = [corpus.token_index.text_of(one) for one in found.positions]
        assert corpus.token_index.count_by_text(found.positions) == {
            one: texts.count(one) for one in dict.fromkeys(texts)
        }


async def test_phrases_of_a_large_corpus_are_found_as_in_a_small_one(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    dice = Random(1917)
    places = [corpus.sentence_at(dice.randrange(corpus.sentence_count())) for _ in range(20)]
    phrases = [" ".join(corpus.passages(one)[0].words.split()[:5]) for one in places]
    plain = [await corpus.index.search(one) for one in phrases]
    monkeypatch.setattr("corpus.search.index._SMALL", 0)
    large = await Corpus.open_index(corpus.file)
    large.index.phrase_finder = large.sentences_with
    large.index.beginning_finder = large.sentences_beginning
    for place, phrase, found in zip(places, phrases, plain, strict=True):
        hits = (await large.index.search(phrase)).hits
        assert place in [hit.reference for hit in hits if hit.grade in ("verbatim", "phrase")], phrase
        assert {hit.reference for hit in hits} == {hit.reference for hit in found.hits}
        assert place in [hit.reference for hit in await large.index.complete(phrase[:-1])], phrase
        assert all(hit.marks for hit in await large.index.complete(phrase[:-1]))
    for typed in ("Gunpowdr", "the gunpowdr", "gunpowder party h"):
        assert str((await large.index.complete(typed))[0].reference) == "speech 5.3", typed
    await large.close()


@pytest.mark.parametrize(("letters", "few"), [(0, 0), (3, 0), (99, 0), (1, 2), (1, 256)])
async def test_words_are_found_before_one_that_is_only_begun(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch, letters: int, few: int
) -> None:
    monkeypatch.setattr(token_index, "_FEW_LETTERS", letters)
    monkeypatch.setattr(token_index, "_FOLLOWING", 3)
    monkeypatch.setattr(token_index, "_PART", 20)
    monkeypatch.setattr(token_index, "_FEW", few)
    index, dice = corpus.token_index, Random(1917)
    keys, plain = index.keys[:], [plain_form(form) for form in index.forms[:]]
    sentences = np.searchsorted(index.arrays.sentences, np.arange(len(keys)), "right").tolist()
    for start in [dice.randrange(len(keys) - 4) for _ in range(60)]:
        end = start + dice.randint(1, 3)
        begun = plain[end][: dice.randint(1, 4)]
        if not begun or not all(keys[start:end]):
            continue
        places = looked_for(keys, keys[start:end])
        wanted = {
            sentences[one]
            for one in places
            if plain[one + end - start].startswith(begun) and sentences[one] == sentences[one + end - start]
        }
        assert index.sentences_beginning([*keys[start:end], begun], len(keys)) == sorted(wanted)
        with work_budget(0):
            assert set(index.sentences_beginning([*keys[start:end], begun], len(keys))) <= wanted
    assert index.sentences_beginning(["zebra", "a"], 1) == index.sentences_beginning(["the", "zzz"], 1) == []


async def test_phrases_and_names_are_found_without_masked_arrays(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To load `numpy.ma` blocks everything for 30 ms, and several functions of numpy do it by the way."""
    monkeypatch.delattr(np, "ma", raising=False)
    monkeypatch.delitem(sys.modules, "numpy.ma", raising=False)
    found = corpus.sentences_with(("of", "the"), 1_000)
    assert found == sorted(set(found))
    assert corpus.token_index.sentences_with_name("Trotsky")
    assert "numpy.ma" not in sys.modules


@given(st.from_regex("[A-Za-z0-9]{2,12}", fullmatch=True))
def test_an_invisible_mark_in_a_word_makes_no_difference(word: str) -> None:
    reader = TokenReader([("gaol", "jail")])
    marked = f"{word[0]}\u00ad{word[1:]}"
    assert reader.read(marked).keys == reader.read(word).keys
    assert reader.read(marked).forms == reader.read(word).forms == [word]
