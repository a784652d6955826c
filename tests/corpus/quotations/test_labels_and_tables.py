"""Labels, headings, notes and the cells of tables beside a quotation are no part of it, and may say whose it is."""

from __future__ import annotations

from itertools import permutations

import pytest

from corpus.corpus import Corpus
from corpus.quotations.checked_quotation import is_found

HOPE = "Our whole hope is that our revolution will kindle a European revolution."
ARMY = "he built an army of five million people from scratch"


@pytest.mark.parametrize(
    "form",
    [
        "TRANSCRIPT\n\nSPEAKER 1: {}",
        "Transcript:\nSpeaker A: {}",
        "Chapter 4. {}",
        "Ch. 4: {}",
        "Section 2\n{}",
        "Source 3. {}",
        "Poll: {}",
        "{}\nAuthor: Leon Trotsky\nDate: 1917",
        "{}\nAuthor: Trotsky\nYear: 1917\nPlace: Petrograd",
        "{}\nSpeaker: Trotsky\nWork: My Life",
        "Leon Trotsky\t{}",
        "{}\tTrotsky",
        "{}\tTrotsky\t1917",
        "“{}”[^1]\n\n[^1]: Trotsky, Works, p. 12",
        "“{}” [3].\n\n[3] Leon Trotsky, Works, p. 12",
        "What Trotsky said\n\n{}",
        "The coalition\n\n{}",
        "My teacher wrote: “Trotsky said ‘{}’ in 1917.”",
        "My teacher wrote: “Trotsky said '{}' in 1917.”",
        "| quote | who |\n|---|---|\n| {} | Leon Trotsky |",
        "| who | quote | when |\n| :-- | --- | --: |\n| Trotsky | {} | 1917 |",
        "| {} | Trotsky |",
        "| 12 | {} | Trotsky | 1917 |",
        "quote | who\n---|---\n{} | Trotsky",
    ],
)
async def test_words_are_found_beside_them_true_or_not(corpus: Corpus, form: str) -> None:
    (true,) = corpus.quotation_checker.check(form.format(HOPE))
    assert true.verdict.kind == "verbatim"
    assert true.claim.speaker in (["Trotsky", "Leon Trotsky"] if "Trotsky" in form else [""])
    for changed in (HOPE.replace("hope", "fear"), HOPE.replace("a European", "no European"), HOPE.replace("Our", "No")):
        assert not any(map(is_found, corpus.quotation_checker.check(form.format(changed)))), changed


async def test_each_row_of_a_table_has_its_own_quotation_and_speaker(corpus: Corpus) -> None:
    rows = ((HOPE, "Trotsky"), (ARMY, "Lenin"), (HOPE.replace("hope", "fear"), "Marx"))
    table = "\n".join(["| quote | | who |", "|---|---|---|", *(f"| {words} | | {name} |" for words, name in rows)])
    found = corpus.quotation_checker.check(table)
    assert [one.claim.speaker for one in found] == ["Trotsky", "Lenin", "Marx"]
    assert [one.verdict.kind for one in found] == ["verbatim", "wrong speaker", "altered"]


DETAILS = ("Author: Trotsky", "Title: My Life", "Date: 8 November 1917", "Place: Petrograd")


@pytest.mark.parametrize("many", [2, 3, 4])
async def test_labelled_lines_say_whose_words_are_beside_them_in_any_order(corpus: Corpus, many: int) -> None:
    for lines in map("\n".join, permutations(DETAILS, many)):
        for form in ("{words}\n{lines}", "“{words}”\n\n{lines}", "{lines}\n\n“{words}”", "{lines}\nQuote: {words}"):
            (true,) = corpus.quotation_checker.check(form.format(words=HOPE, lines=lines))
            assert (true.verdict.kind, true.claim.words.strip("“”\n")) == ("verbatim", HOPE), (form, lines)
            assert true.claim.speaker == ("Trotsky" if "Trotsky" in lines else ""), (form, lines)
            changed = form.format(words=HOPE.replace("hope", "fear"), lines=lines)
            assert not any(map(is_found, corpus.quotation_checker.check(changed))), changed


@pytest.mark.parametrize(
    "message",
    [
        "our whole hope is that our revolution will kindle a European\nwork: war",
        "our whole hope is that our revolution will kindle a European\nwork: war\nauthor: Trotsky",
        "Work: workers of the West.\nOur whole fear is that our revolution will kindle a European revolution",
        "| our whole hope is that our revolution will kindle a European | war |",
        "| our whole hope is that our revolution will kindle | a European war |",
        "our whole hope is that our revolution will kindle a European\twar",
        "War\twhole hope is that our revolution will kindle a European revolution",
        "Our party held out its fist\n\nWhat are these men but betrayers of the revolution?",
        "A page 25. Trotsky’s teams seized the telegraph offices, the banks, and the bridges.",
        "Chapter 25. Trotsky’s teams seized the telegraph offices, the banks, and the bridges.",
        "Section 25, Trotsky’s teams seized the telegraph offices, the banks, and the bridges.",
    ],
)
async def test_changed_words_are_none_of_them(corpus: Corpus, message: str) -> None:
    assert not any(map(is_found, corpus.quotation_checker.check(message)))
