"""A currency, per cent or a degree is part of its number; dates of many words may be written otherwise."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from itertools import permutations, product

import pytest

from corpus.corpus import Corpus
from tests.corpus.sample import edit, write_sample
from tests.samples import one_in

PAID = "The town paid £500 for the harbour in the year of the great frost"
HALF = "About 25% of the men came back to the mill that winter"
ROSE = "In the spring the rate of the bank of the old town rose to 25%"
STOOD = "They had walked on until the glass on the wall stood at 40°"
LEFT = "£500 was all that the widow of the miller had left after the great flood"
FELL = "-12 was the lowest that anybody in the town had ever read upon that glass"
FROZE = "Before dawn the glass on the wall of the mill fell to \u221212° and the river froze"
LASTED = "The frost of 1814 lasted 8-12 weeks and 40 of the men went home (12 of them on foot)"
MET = "The council met in the old hall upon the hill on the twenty-fourth of October"
COLD = "It was 5 degrees in the shade of the mill on the third of May"
SOLD = "The old mayor sold the harbour. On 24 October 1894 he had £5 million for the poor of his town"
GREW = "Messrs. Drax & Sons of the U.S.S.R. lent the old town 12,500 men, 1,000,000 rifles and 3.5 tons of flour"
SIGNS = ("£", "$", "€", "")


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    folder = write_sample(tmp_path_factory.mktemp("sample") / "sample")
    added = " ".join(f"{one}." for one in (PAID, LEFT, FELL, FROZE, LASTED, HALF, ROSE, STOOD, MET, COLD, SOLD, GREW))
    edit(folder / "texts" / "novel.txt", "worked unheeded.", f"worked unheeded. {added}")
    corpus = asyncio.run(Corpus.open(folder, folder / "cache"))
    yield corpus
    asyncio.run(corpus.close())


@pytest.mark.parametrize("end", ["", ".", "!", " …"])
async def test_a_sign_is_part_of_its_number(sample: Corpus, end: str) -> None:
    pairs = [(f"{one}500", f"{other}500") for one, other in permutations(SIGNS, 2) if one == "£"]
    pairs += [("25%", other) for other in ("25", "25°", "$25", "25‰")] + [("40°", other) for other in ("40", "40%")]
    for sentence in (PAID, LEFT, HALF, ROSE, STOOD):
        for own, other in pairs:
            if own in sentence:
                assert sample.check_quotation(f"{sentence}{end}").confirms
                verdict = sample.check_quotation(f"{sentence.replace(own, other)}{end}")
                assert verdict.kind == "altered", (sentence, other)
                assert ("number",) in [one.significance for one in verdict.changes]


FRAMES = ("{}", "“{}”", "Dickens: {}", "“… {}”", "“{}” (Dickens, p. 12)")


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize(
    ("sentence", "own", "others"),
    [
        (LEFT, "£500", ("$500", "500", "-500", "-£500", "£-500", "£500%", "500€")),
        (FELL, "-12", ("12", "$12", "-£12", "-12%", "±12")),
        (FROZE, "\u221212°", ("12°", "-12", "12", "±12°", "$-12°")),
        (LASTED, "40", ("-40", "\u221240", "\u201340", "$40", "40 %", "40 £")),
        (LASTED, "12 of", ("-12 of", "£12 of", "12° of")),
        (LASTED, "1814", ("-1814", "$1814", "1814%")),
    ],
)
async def test_a_number_with_another_sign_is_another_number_wherever_it_is(
    sample: Corpus, sentence: str, own: str, others: tuple[str, ...], frame: str
) -> None:
    (checked,) = sample.quotation_checker.check(frame.format(sentence))
    assert checked.verdict.kind in ("verbatim", "wrong speaker")
    for other in others:
        (checked,) = sample.quotation_checker.check(frame.format(sentence.replace(own, other)))
        assert checked.verdict.kind == "altered", other
        (change,) = [one for one in checked.verdict.changes if one.is_of_words]
        assert (change.text, change.quoted, change.significance) == (
            own.split()[0],
            other.removesuffix(" of"),
            ("number",),
        )


@pytest.mark.parametrize(
    ("sentence", "own", "other"),
    [
        (LEFT, "£500", "£ 500"),
        (LEFT, "£500", "500£"),
        (FELL, "-12", "\u221212"),
        (FELL, "-12", "\u201312"),
        (FROZE, "\u221212°", "-12 °"),
        (FROZE, "\u221212°", "\u221212 degrees"),
        (LASTED, "8-12", "8\u201312"),
        (LASTED, "8-12", "8 - 12"),
        (LASTED, "8-12", "8 \u201312"),
        (LASTED, "40", "forty"),
    ],
)
async def test_a_sign_may_be_printed_otherwise(sample: Corpus, sentence: str, own: str, other: str) -> None:
    assert sample.check_quotation(sentence.replace(own, other)).confirms


async def test_a_sign_is_part_of_its_number_beside_a_number_in_words(sample: Corpus) -> None:
    typed = f"{HALF}. {ROSE}".replace("25%", "twenty-five per cent", 1)
    assert sample.check_quotation(typed).kind == "variants"
    assert sample.check_quotation(typed.replace("25%", "25")).kind == "altered"


@pytest.mark.parametrize("sentence", [HALF, ROSE])
@pytest.mark.parametrize("written", ["25 %", "25 per cent", "25 percent", "twenty-five per cent", "25 Per Cent"])
async def test_per_cent_may_be_written_out(sample: Corpus, sentence: str, written: str) -> None:
    assert sample.check_quotation(sentence.replace("25%", written)).confirms
    other = written.replace("5", "6").replace("five", "six")
    assert not sample.check_quotation(sentence.replace("25%", other)).confirms


@pytest.mark.parametrize(
    ("sentence", "own", "same", "another"),
    [
        (MET, "the twenty-fourth of October", ("October 24", "24 October", "Oct. 24th"), ("October 25", "24 November")),
        (COLD, "the third of May", ("May 3", "3 May", "May the third", "the 3rd of May"), ("May 4", "3 March")),
    ],
)
@pytest.mark.parametrize("end", ["", "."])
async def test_a_date_at_the_end_may_be_written_otherwise_beside_other_numbers(
    sample: Corpus, sentence: str, own: str, same: tuple[str, ...], another: tuple[str, ...], end: str
) -> None:
    for written in same:
        verdict = sample.check_quotation(f"{sentence.replace(own, written)}{end}")
        assert (verdict.kind, verdict.places) == ("variants", 1), written
        assert "spelling" in {one.kind for one in verdict.changes}
    for written in another:
        assert sample.check_quotation(f"{sentence.replace(own, written)}{end}").kind == "altered", written


@pytest.mark.parametrize(
    ("sentence", "own", "others"),
    [
        (
            MET,
            "the twenty-fourth of October",
            ("October 25", "25 October", "Oct. 25th", "24 November", "November the 24th"),
        ),
        (COLD, "the third of May", ("May 4", "4 May", "3 June", "May the fourth")),
        (SOLD, "24 October 1894", ("the twenty-fifth of October, 1894", "November the 1st, 1895")),
        (SOLD, "£5 million", ("£6,000,000", "$5,000,000", "5,000,000", "£6000000")),
    ],
)
@pytest.mark.parametrize("frame", ["{}", "“{}”", "{}."])
async def test_another_date_or_number_is_shown_as_a_whole(
    sample: Corpus, sentence: str, own: str, others: tuple[str, ...], frame: str
) -> None:
    for other in others:
        for words in (
            sentence,
            sentence.partition(own)[0] + own,
            sentence[sentence.index(" ") + 1 :],
        ):
            (checked,) = sample.quotation_checker.check(frame.format(words.replace(own, other)))
            (change,) = [one for one in checked.verdict.changes if one.is_of_words]
            assert change.text == own, (words, other)
            assert change.quoted.replace(",", "") in other.replace(".", "").replace(",", ""), (words, other)
            assert change.significance


@pytest.mark.parametrize(
    ("sentence", "typed", "text", "quoted"),
    [
        (MET, "the twenty-fifth of October", "fourth", "fifth"),
        (SOLD, "25 October 1894", "24", "25"),
        (SOLD, "24 November 1894", "October", "November"),
        (SOLD, "£6 million", "5", "6"),
    ],
)
async def test_of_a_date_in_the_same_form_the_word_that_differs_is_shown(
    sample: Corpus, sentence: str, typed: str, text: str, quoted: str
) -> None:
    own = (
        "£5 million" if "million" in typed else "24 October 1894" if "1894" in typed else "the twenty-fourth of October"
    )
    (change,) = [one for one in sample.check_quotation(sentence.replace(own, typed)).changes if one.is_of_words]
    assert (change.text, change.quoted) in [(text, quoted), (f"£{text}", f"£{quoted}")]


@pytest.mark.parametrize(
    "written",
    ["24th October 1894", "October 24, 1894", "the twenty-fourth of October 1894", "Oct 24 1894", "24.10.1894"],
)
async def test_a_date_with_its_year_may_be_written_otherwise_beside_anything(sample: Corpus, written: str) -> None:
    for words in (SOLD, f"{SOLD.partition('24 October')[0]}24 October 1894", SOLD[SOLD.index("On") :]):
        assert sample.check_quotation(words.replace("24 October 1894", written)).confirms, words


@pytest.mark.parametrize(
    ("sentence", "own", "same", "others"),
    [
        (PAID, "£500", ("500 pounds", "five hundred pounds"), ("500 dollars", "600 pounds", "£500 dollars")),
        (LEFT, "£500", ("500 pounds", "five hundred pounds"), ("500 dollars", "500 pounds £5")),
        (HALF, "25%", ("25 Prozent", "25 por ciento"), ("25 % %", "25%%", "25 degrees", "25% per cent")),
        (ROSE, "25%", ("25 Prozent", "twenty-five percent"), ("25 % %", "25 Grad", "minus 25%")),
        (STOOD, "40°", ("40 degrees", "forty degrees"), ("40 dollars", "minus 40 degrees")),
        (FELL, "-12", ("minus 12", "minus twelve"), ("minus 13", "minus -12")),
        (FROZE, "\u221212°", ("minus 12°", "minus 12 degrees", "-12 Grad"), ("12 degrees", "minus 12%")),
        (SOLD, "£5 million", ("five million pounds", "5,000,000 pounds"), ("5 million dollars", "5 million")),
        (COLD, "5 degrees", ("5°", "five degrees"), ("5 per cent", "-5 degrees", "5%")),
        (GREW, "12,500", ("12500", "12 500", "12\u202f500", "12'500", "12’500"), ("12 501", "12.5", "12, 5", "12.500")),
        (GREW, "1,000,000", ("1000000", "1 000 000", "1'000'000", "a million"), ("100,000", "1 000 00")),
        (GREW, "3.5", (), ("35", "3 5", "3'5", "3,5")),
        (GREW, "tons of flour", (), ("tons per head", "tons per cent", "tons per annum")),
        (GREW, "Drax & Sons", ("Drax and Sons", "Drax und Sons"), ("Drax or Sons", "Drax, not Sons")),
        (GREW, "U.S.S.R.", ("USSR", "U.S.S.R"), ("USSB", "USR", "U.S.R.")),
    ],
)  # fmt: skip
async def test_signs_and_marks_of_numbers_may_be_words_and_words_may_be_signs(
    sample: Corpus, sentence: str, own: str, same: tuple[str, ...], others: tuple[str, ...]
) -> None:
    """Of three frames each is around another of the ways to write it; `make fuzz` tries each around each."""
    after, is_tried = sentence.partition(own)[2].split(), one_in(3)
    ways = [sentence, sentence.partition(own)[0] + own, own + " " + " ".join(after[:6])]
    frames = enumerate(("{}", "“{}.”", "Dickens: {}"))
    for (column, frame), (row, words), (number, other) in product(frames, enumerate(ways), enumerate(same + others)):
        if len(words.split()) > 6 and is_tried(column + row + number):
            (checked,) = sample.quotation_checker.check(frame.format(words.replace(own, other)))
            is_same = checked.verdict.kind in ("variants", "wrong speaker", "verbatim")
            is_other = checked.verdict.kind in ("altered", "not in these texts")
            assert (is_same, is_other) == (other in same, other in others), (words, other)
