"""References as people write them."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.language.date_words import ORDINAL_WORDS
from corpus.language.number_words import CARDINALS
from corpus.reference import ParagraphRange, Reference, may_be_reference

FORMS = """
speech 4.2; Speech 4.2; speech  4 . 2; speech 4:2; speech 4,2; speech 4 2; speech.4.2; speech: 4.2; speech, 4.2;
speech4.2; speech §4.2; speech § 4.2; speech§4.2; speech ¶4.2; speech #4.2; speech p. 4.2; speech par. 4.2;
speech no. 4.2; speech IV.2; speech iv:2; speech 4.2-; speech 4.2.; speech 4.2-2; the speech 4.2; the speech, 4.2;
speech paragraph 4 sentence 2; speech, paragraph 4, sentence 2; speech para 4, s. 2; speech Absatz 4 Satz 2;
speech Abs. 4 S. 2; paragraph 4, sentence 2 of the speech; par. 4.2, speech; §4.2 of the speech; 4.2 in the speech;
fourth paragraph, second sentence of the speech; the speech, fourth paragraph, second sentence;
Absatz 4, Satz 2 der speech; speech 4/2; speech (4.2); [speech 4.2]; cf. speech 4.2; speech 4.2f.; speech 4.2 ff.;
second sentence of paragraph 4 of the speech; the second sentence of the fourth paragraph of the speech;
 SPEECH\u00a04.2; speech \uff14.\uff12
"""
RANGES = """
speech 4.2-3; speech 4.2\u20133; speech 4.2 \u2014 3; speech 4.2 to 3; speech 4.2-4.3; speech 4:2-4:3; speech IV.2-3;
speech paragraph 4 sentences 2-3; speech paragraph 4, sentences 2 to 3; sentences nothing
"""
PARAGRAPHS = """
speech 4; speech ¶4; speech § 4; speech IV; speech, par. 4; speech paragraph 4; speech fourth paragraph; speech #4;
speech4; paragraph 4 of the speech; speech 4.; speech no. 4; speech 4-; speech n. 4; paragraph four of the speech;
the fourth paragraph of the speech; 4th paragraph of the speech; speech (4); see speech 4
"""


SEVERAL = """
speech 4-6; speech 4\u20136; speech 4 \u2014 6; speech 4\u20116; speech 4 to 6; speech 4 through 6; speech 6-4;
speech ¶¶4-6; speech §§ 4-6; speech ¶4-¶6; speech IV-VI; speech, pp. 4-6; speech paragraphs 4-6;
the speech, paragraphs 4 to 6; paragraphs 4-6 of the speech; fourth to sixth paragraphs of the speech;
Abs\u00e4tze 4 bis 6 der speech; Speech 4.2-6.1;
speech 4.2 to 6.3; speech 4:2-6:3; 4-6, speech
"""


@pytest.mark.parametrize("typed", SEVERAL.split(";"))
def test_several_paragraphs_are_read_in_every_usual_form(typed: str) -> None:
    assert Reference.read(typed) is None
    found = ParagraphRange.read(typed)
    assert found == ParagraphRange("speech", 4, 6)
    assert ParagraphRange.read(str(found)) == found


@pytest.mark.parametrize(
    "typed", ["", "4-6", "1917-1918", "speech 4", "speech 4-4", "speech 4-", "speech 4 and 6", "speech"]
)
def test_what_is_no_range_of_paragraphs_is_none(typed: str) -> None:
    assert ParagraphRange.read(typed) is None


def test_paragraphs_of_a_text_that_is_not_named_are_those_of_the_text_meant() -> None:
    assert ParagraphRange.read("paragraphs 4-6", "speech") == ParagraphRange("speech", 4, 6)
    assert ParagraphRange.read("4-6", "speech") is None


def test_a_range_of_paragraphs_overlaps_with_what_is_in_them() -> None:
    several = ParagraphRange("speech", 4, 6)
    assert several.overlaps(Reference("speech", 6, 6))
    assert Reference("speech", 4).overlaps(several)
    assert not several.overlaps(Reference("speech", 7))
    assert not several.overlaps(Reference("article", 5))


@pytest.mark.parametrize("typed", FORMS.split(";"))
def test_a_sentence_is_read_in_every_usual_form(typed: str) -> None:
    assert Reference.read(typed) == Reference("speech", 4, 2)


@pytest.mark.parametrize("typed", RANGES.split(";")[:-1])
def test_a_range_is_read_in_every_usual_form(typed: str) -> None:
    assert Reference.read(typed) == Reference("speech", 4, 2, 3)


@pytest.mark.parametrize("typed", PARAGRAPHS.split(";"))
def test_a_paragraph_is_read_in_every_usual_form(typed: str) -> None:
    assert Reference.read(typed) == Reference("speech", 4)


@pytest.mark.parametrize(
    "typed",
    [
        *("", " ", "speech", "4", "1917", "speech four", "speech mix", "speech ill", "speech i said", "speech 4-6"),
        *("speech 4.2 to 5.3", "speech 4.2.3", "speech -4", "speech 4.2-3-4"),
        *("speech 1234567", "speech \u0664", "what he said in 1917 about peace", "4.2", "§4", "speech..4"),
    ],
)
def test_what_is_no_reference_is_none(typed: str) -> None:
    assert Reference.read(typed) is None


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("4.2", "4.2"),
        ("§4.2", "4.2"),
        ("¶4", "4"),
        ("IV.2", "4.2"),
        ("4:2-3", "4.2-3"),
        ("Abs. 4 S. 2", "4.2"),
        ("paragraph 4", "4"),
        ("4", None),
        ("1917", None),
        ("gunpowder", None),
    ],
)
def test_a_place_alone_is_one_in_the_text_that_is_meant(typed: str, place: str | None) -> None:
    found = Reference.read(typed, "speech")
    assert (found and str(found)) == (place and f"speech {place}")


@pytest.mark.parametrize("text", ["das-kapital-1", "text2", "p-1", "trotsky opposes coalition", "lenin's april theses"])
def test_texts_have_ids_and_names_with_figures_hyphens_and_spaces(text: str) -> None:
    assert Reference.read(f"{text} 4.2") == Reference(text, 4, 2)
    assert Reference.read(f"{text} 12") == Reference(text, 12)


NUMBERS = st.integers(1, 999_999)


@given(st.from_regex(r"[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,8}){0,3}", fullmatch=True), NUMBERS, st.none() | NUMBERS, NUMBERS)
def test_what_is_shown_is_read_back(text: str, paragraph: int, first: int | None, more: int) -> None:
    for last in (None, first and first + more):
        one = Reference(text, paragraph, first, last if last and last <= 999_999 else None)
        assert Reference.read(str(one)) == Reference.from_str(str(one)) == one


PIECES = (
    *("speech", "the", "4", "12", ".", ":", "-", " ", ", ", "§", "¶", "par.", "sentence", "IV", "x", "of", "to"),
    *("see", "compare", "cf.", "THE", "the ", "vgl. "),
    *("\u0664", "\0"),
)


@given(st.text() | st.lists(st.sampled_from(PIECES)).map("".join))
@example("THE0")
@example("compare4")
@example("see see memoir 4")
def test_nothing_typed_raises(typed: str) -> None:
    for found in (Reference.read(typed), Reference.read(typed, "speech")):
        assert found is None or Reference.read(str(found)) == found


@pytest.mark.parametrize("unit", [" ", "4", "4.", "4 ", "a ", "a-", "the ", "i", "-", "§", "s ", "speech 4"])
def test_long_words_cost_no_more_than_their_length(unit: str) -> None:
    for length in (110, 200_000):
        typed = "speech " + (unit * length)[:length]
        started = time.thread_time()
        Reference.read(typed)
        assert time.thread_time() - started < 0.5


def test_a_reference_has_120_characters_at_most() -> None:
    assert Reference.read(f"{'a' * 116} 4.2") == Reference("a" * 116, 4, 2)
    assert Reference.read(f"{'a' * 117} 4.2") is None


def sentences(one: Reference) -> set[int]:
    """The sentences of a passage, in a paragraph of nine."""
    return {*range(one.first or 1, (one.last or one.first or 9) + 1)}


SPANS = st.builds(
    lambda paragraph, first, more: Reference("speech", paragraph, first, first and more and min(9, first + more)),
    st.integers(1, 2),
    st.none() | st.integers(1, 9),
    st.none() | st.integers(1, 4),
)


@given(SPANS, SPANS)
def test_passages_overlap_where_they_share_a_sentence(one: Reference, other: Reference) -> None:
    shared = sentences(one) & sentences(other) if one.paragraph == other.paragraph else set()
    assert one.overlaps(other) == bool(shared)


plain_words = st.one_of(
    st.sampled_from(sorted({*CARDINALS, *ORDINAL_WORDS})),
    st.sampled_from(
        ["paragraph", "paragraphs", "sentence", "speech", "article", "the", "of", "in", "see", "to", "and"]
    ),
    st.sampled_from(["i", "IV", "xl", "mix", "livid", "II", "gunpowder"]),
    st.text(st.sampled_from("ivxlaIV"), min_size=1, max_size=5),
)


@given(words=st.lists(plain_words, max_size=7).map(" ".join))
@example("first sentence of paragraph two")
@example("speech paragraph twenty first")
def test_a_quick_look_refuses_no_number(words: str) -> None:
    # A bracket makes no difference to what is meant, but the words are no longer plain.
    assert may_be_reference(words) == may_be_reference(f"{words} )")
    assert Reference.read(words, "speech") == Reference.read(f"{words} )", "speech")
    assert ParagraphRange.read(words, "speech") == ParagraphRange.read(f"{words} )", "speech")
