"""Dates, numbers, titles and words in other written forms are the same; any other date, number or word is not."""

from __future__ import annotations

from itertools import combinations, permutations

import pytest

from corpus.language.written_forms import Meaning, day_at_start, forms_of_day, have_same_meaning, numbers_and_dates

SAME = (
    ("October 24", "24 October", "the 24th of October", "Oct. 24", "24 Oct", "October 24th", "October the 24th",
     "24.10.", "24th Oct.", "October twenty-fourth", "the twenty-fourth of October"),
    ("November 8, 1917", "8 November 1917", "8.11.1917", "11/8/1917", "1917-11-08", "the 8th of November, 1917",
     "8 Nov. 1917", "November eighth, nineteen seventeen"),
    ("October 1917", "Oct. 1917", "October of 1917"),
    ("twenty-five", "25"), ("twenty-fifth", "25th"), ("23d", "23rd", "twenty-third"),
    ("five million", "5 million", "5,000,000", "5000000"),
    ("a hundred and fifty", "150", "one hundred and fifty", "one hundred fifty"),
    ("two thousand and five", "2,005", "two thousand five"),
    ("nineteen forty", "1940"),
    ("Fourth", "IV", "4th"), ("four", "4"), ("Nicholas II", "Nicholas the Second", "Nicholas ii"),
    ("General Kornilov", "Gen. Kornilov"), ("Saint Petersburg", "St. Petersburg"), ("Nevsky Street", "Nevsky St"),
    ("£500", "500 pounds", "500 £", "five hundred pounds"), ("£5 million", "5,000,000 pounds", "five million pounds"),
    ("25%", "25 per cent", "25 Prozent", "twenty-five percent", "25 por ciento", "25 процентов"),
    ("\u221212°", "-12 degrees", "minus 12 Grad", "minus twelve degrees", "минус 12°"),
    ("5,000", "5 000", "5\u202f000", "5'000", "5’000", "5000"), ("12.500", "12.500"), ("1.000.000", "1,000,000"),
    ("Marx & Engels", "Marx and Engels"), ("Marx & Sohn", "Marx und Sohn"),
    ("towards", "toward"), ("whilst", "while"), ("number 5", "No. 5"), ("Thursday", "Thurs."), ("Sunday", "Sun."),
)  # fmt: skip
FIGURES = ("24.10.", "8.11.1917", "11/8/1917", "1917-11-08")
"""Dates that are none without one in words beside them."""
DIFFERENT = (
    ("October 24", "October 25"), ("October 24", "24 November"), ("October 24", "October 1924"),
    ("October 24", "October"),
    ("November 8, 1917", "8 November 1918"), ("November 8, 1917", "8.10.1917"), ("November 8, 1917", "November 8"),
    ("of October 24", "October 24"), ("twenty", "25"), ("three", "third"), ("3", "3rd"), ("Fourth", "VI"),
    ("one two", "12"), ("hundred", "100"), ("five million", "5,000"), ("five million", "five billion"), ("a", "one"),
    ("the first", "first"), ("no", "number"), ("General", "Colonel"), ("I", "one"), ("I", "1"), ("May 5", "may"),
    ("toward", "from"), ("", "zero"), ("", ""), ("a hundred", "hundred"), ("August 20", "20 8 1940"),
    ("a third", "third"), ("a five", "five"), ("a third", "the third"), ("hundred and one", "101"),
    ("two or three", "3 or 2"), ("Saint", "Street"), ("कि", "की"), ("ปฏิวัติ", "ปฏิวัตี"), ("புரட்சி", "பரட்சி"), ("か", "が"),
    ("£500", "500"), ("£500", "500 dollars"), ("£500", "£500 pounds"), ("25%", "25 % %"), ("12 degrees", "minus 12°"),
    ("25%", "25 degrees"), ("Marx & Engels", "Marx Engels"), ("Marx and Engels", "Marx und Engels"),
    ("second pounds", "2 £"), ("minus", "-"), ("pounds", "£"), ("pounds", "livres"), ("October 24%", "24% October"),
    ("12.500", "12500"), ("12.500", "12,500"), ("12.500", "twelve thousand five hundred"), ("12.500 men", "12 500 men"),
    ("£1.250", "£1250"), ("0.125", "0125"), ("sun", "Sunday"), ("sat", "Saturday"), ("iix", "8"), ("IIX", "8"),
)  # fmt: skip


@pytest.mark.parametrize("forms", SAME)
def test_the_same_in_another_written_form_is_the_same(forms: tuple[str, ...]) -> None:
    for one, other in combinations(forms, 2):
        if not {one, other} <= set(FIGURES):
            assert have_same_meaning(one, other), (one, other)
            assert have_same_meaning(other, one), (other, one)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_another_date_number_or_word_is_not(one: str, other: str) -> None:
    assert not have_same_meaning(one, other)
    assert not have_same_meaning(other, one)


@pytest.mark.parametrize("forms", SAME)
def test_two_words_at_an_edge_tell_whether_a_longer_phrase_may_say_the_same(forms: tuple[str, ...]) -> None:
    for one, words in permutations(map(str.split, forms), 2):
        if len(words) > 2:
            said = Meaning(" ".join(one))
            assert said.may_be_longer(Meaning(" ".join(words[:2])), 0), (one, words)
            assert said.may_be_longer(Meaning(" ".join(words[-2:])), -1), (one, words)
    assert not Meaning("his friends in Petrograd").may_be_longer(Meaning(" ".join(forms[0].split()[:2])), 0)


def test_what_is_longer_than_any_date_is_not_read() -> None:
    assert not have_same_meaning("five " * 13, "5 " * 13)


@pytest.mark.parametrize("day", range(1, 32))
@pytest.mark.parametrize("month", ["october", "may", "sept"])
def test_each_form_of_a_day_is_read_as_that_day(month: str, day: int) -> None:
    for way in forms_of_day(month, day):
        assert day_at_start((*way, "1917")) == (day, len(way)), way
        assert have_same_meaning(" ".join(way), f"{month} {day}")


@pytest.mark.parametrize("words", ["october", "in october 24", "the october", "october 1917", "october 32", "24", ""])
def test_other_words_begin_with_no_day(words: str) -> None:
    assert day_at_start(words.split()) == (0, 0)


def test_numbers_and_dates_of_several_words_are_found_where_they_are() -> None:
    words = "on the twenty fourth of october 1917 he sold 5 million and ten of two hundred and one"
    found = [words.split()[first:last] for first, last in numbers_and_dates(words.split())]
    assert [" ".join(one) for one in found] == [
        "the twenty fourth of october 1917", "5 million", "two hundred and one",
    ]  # fmt: skip
