"""Words that are the text's in another spelling, and capitals that are no name's, also in texts in other languages."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from corpus.corpus import Corpus
from tests.corpus.sample import edit, write_sample

PLAY = "To-morrow, and to-morrow, and to-morrow, creeps in this petty pace. All of it is here for tomorrow."
REPORT = (
    "On 6th of December Gen. Krasnov wrote to Professor Shatsky that at least forty-eight of the 2nd Army, or two or "
    "three hundred men, were marching toward Saint Petersburg by 9 o'clock on October 24 in the reign of Nicholas II. "
)
MANIFEST = (
    "Ein Gespenst geht um in Europa. Proletarier aller Länder der Erde, vereinigt euch heute! Die Geschichte aller "
    "bisherigen Gesellschaft ist die Geschichte von Klassenkämpfen. Die Arbeiter haben große Städte und schöne Häuser "
    "gebaut. Lenin und Trotzki lasen das Manifest der Partei in der Bibliothek. "
)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    """A letter in English, and a novel that is mostly in German."""
    folder = write_sample(tmp_path_factory.mktemp("sample") / "sample")
    edit(
        folder / "texts" / "novel.txt",
        "worked unheeded.",
        f"worked unheeded. {PLAY} {REPORT}{MANIFEST}{'Noch ein Wort. ' * 99}",
    )
    corpus = asyncio.run(Corpus.open(folder, folder / "cache"))
    yield corpus
    asyncio.run(corpus.close())


@pytest.mark.parametrize(
    ("typed", "changes"),
    [
        # A compound that the text has in one word and in two.
        ("Tomorrow and tomorrow and tomorrow creeps in", [("To-morrow", "Tomorrow"), *2 * [("to-morrow", "tomorrow")]]),
        ("All of it is here for to-morrow", []),
        # Letters that a keyboard does not have.
        ("Proletarier aller Laender der Erde", [("Länder", "Laender")]),
        ("haben grosse Staedte und schoene Haeuser gebaut",
         [("große", "grosse"), ("Städte", "Staedte"), ("schöne", "schoene"), ("Häuser", "Haeuser")]),
    ],
)  # fmt: skip
async def test_other_spellings_are_no_changes(sample: Corpus, typed: str, changes: list[tuple[str, str]]) -> None:
    verdict = sample.check_quotation(typed)
    assert verdict.confirms
    found = [(one.text, one.quoted) for one in verdict.changes if one.kind != "punctuation"]
    assert sorted(found) == sorted(changes)


@pytest.mark.parametrize(
    ("typed", "significance"),
    [
        ("Die Geschichte aller bisherigen Gesellschaften ist die Geschichte", ()),
        ("Die Arbeiter haben große Gärten und schöne Häuser gebaut", ()),
    ],
)
async def test_a_capital_is_no_names_where_all_nouns_have_one(
    sample: Corpus, typed: str, significance: tuple[str, ...]
) -> None:
    assert [one.significance for one in sample.check_quotation(typed).changes] == [significance]


@pytest.mark.parametrize(
    ("typed", "text", "quoted"),
    [
        ("On the night of Oct. 24, Trotsky’s teams", "October", "Oct"),
        ("On Aug. 20, 1940, a man named", "August", "Aug"),
        ("On 20/8/1940, a man named Ramón Mercader", "August 20, 1940", "20 8 1940"),
    ],
)
async def test_a_month_may_be_abbreviated_or_in_figures(corpus: Corpus, typed: str, text: str, quoted: str) -> None:
    verdict = corpus.check_quotation(typed)
    assert verdict.kind == "variants"
    assert ("spelling", text, quoted) in {(one.kind, one.text, one.quoted) for one in verdict.changes}


async def test_everything_that_prints_otherwise_is_listed(corpus: Corpus) -> None:
    """Also beside words of which a compound is cut."""
    verdict = corpus.check_quotation("our party held out it’s hand with the gun powder still in it")
    assert verdict.kind == "variants"
    assert {(one.kind, one.text, one.quoted) for one in verdict.changes} == {
        ("case", "Our", "our"), ("punctuation", "its", "it's"), ("punctuation", "hand, with", "hand with"),
        ("spelling", "gunpowder", "gun powder"),
    }  # fmt: skip


async def test_marks_behind_a_compound_that_was_cut_are_behind_all_of_it(sample: Corpus) -> None:
    changes = sample.check_quotation("Tomorrow and tomorrow, and tomorrow creeps in").changes
    marks = [(one.text, one.quoted) for one in changes if one.kind == "punctuation"]
    assert marks == [("To-morrow, and", "Tomorrow and"), ("to-morrow, creeps", "tomorrow creeps")]


WRITTEN_OTHERWISE = (
    ("6th of December", "6 December", "December 6", "Dec. 6th", "the 6th of Dec", "December sixth"),
    ("Gen. Krasnov", "General Krasnov"),
    ("Professor Shatsky", "Prof. Shatsky"),
    ("forty-eight", "48"),
    ("2nd Army", "Second Army", "II Army"),
    ("two or three hundred", "2 or 300", "two or 300"),
    ("toward", "towards"),
    ("Saint Petersburg", "St. Petersburg"),
    ("9 o'clock", "nine o'clock"),
    (
        "October 24",
        "24 October",
        "24th October",
        "Oct. 24",
        "the 24th of October",
        "October the 24th",
        "24 Oct.",
    ),
    ("Nicholas II", "Nicholas the Second", "nicholas ii"),
)
"""What a text has, and how else it may be written."""
OTHERS = (
    ("6th of December", "7th of December", "December 7", "6 November"), ("Gen. Krasnov", "Colonel Krasnov"),
    ("forty-eight", "49", "fourty", "84"), ("2nd Army", "III Army", "two Army"), ("toward", "from"),
    ("two or three hundred", "3 or 200"), ("9 o'clock", "ten o'clock"), ("October 24", "25 October", "24 Nov."),
    ("Nicholas II", "Nicholas III", "Nicholas I"),
)  # fmt: skip


def with_each(table: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    """The report with each of the other forms, all of it and cut off right before and behind."""
    for text, *others in table:
        before, behind = REPORT.split(text)
        for other in others:
            yield before + other + behind
            yield other + behind
            yield before + other
            if len(before) > 50:
                yield f"{' '.join(before.split(' ')[:4])} … {' '.join(before.split(' ')[-5:])}{other}{behind}"


async def test_dates_numbers_and_titles_in_other_written_forms_are_no_changes(sample: Corpus) -> None:
    for typed in with_each(WRITTEN_OTHERWISE):
        verdict = sample.check_quotation(typed)
        assert verdict.kind in ("too short", "variants", "shortened"), (typed, verdict.changes)
        assert verdict.kind == "too short" or {one.kind for one in verdict.changes} & {"spelling", "case"}, typed


async def test_other_dates_numbers_and_titles_are_changes(sample: Corpus) -> None:
    for typed in with_each(OTHERS):
        assert not sample.check_quotation(typed).confirms, typed


async def test_forms_of_numbers_that_differ_from_each_other_are_no_changes_either(sample: Corpus) -> None:
    words = REPORT.replace("6th of December", "December 6th").replace("2nd", "Second").replace("9 o'", "nine o'")
    changes = sample.check_quotation(words).changes
    assert [(one.text, one.quoted) for one in changes] == [
        ("6th of December", "December 6th"), ("2nd", "Second"), ("9", "nine"),
    ]  # fmt: skip


async def test_a_known_name_may_end_with_an_s_of_its_own(sample: Corpus) -> None:
    (found,) = sample.quotation_checker.check("Dickens Buch: „It was the best of times, it was the worst of times“")
    assert (found.claim.speaker, found.verdict.kind) == ("Dickens", "verbatim")
