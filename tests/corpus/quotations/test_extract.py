"""What is taken for the quotation in what people paste, and whose it is said to be."""

from __future__ import annotations

import pytest

from corpus.corpus import Corpus
from corpus.quotations.markup import without_markup

HOPE = "Our whole hope is that our revolution will kindle a European revolution."
CRUSH = "If the rising of the people does not crush imperialism, then we will surely be crushed."


@pytest.mark.parametrize(
    ("message", "speaker"),
    [
        (f"“{HOPE}” — Leon Trotsky", "Leon Trotsky"),
        (f'"{HOPE}" - Trotsky', "Trotsky"),
        (f"{HOPE} -Trotsky", "Trotsky"),
        (f'Trotsky: "{HOPE}"', "Trotsky"),
        (f"Trotsky: {HOPE}", "Trotsky"),
        (f"TROTSKY. {HOPE}", "TROTSKY"),
        (f"{HOPE} ~ Trotsky", "Trotsky"),
        (f"{HOPE} – Leon Trotsky, 1917", "Leon Trotsky"),
        (f"{HOPE} (Trotsky)", "Trotsky"),
        (f"{HOPE} (Trotsky, 1917)", "Trotsky"),
        (f"“{HOPE}” [Trotsky]", "Trotsky"),
        (f'"{HOPE[:-1]}," Trotsky said.', "Trotsky"),
        (f"{HOPE}, said Trotsky.", "Trotsky"),
        (f"As Trotsky once said, “{HOPE}”", "Trotsky"),
        (f"According to Trotsky, {HOPE}", "Trotsky"),
        (f"Trotsky said in 1917: {HOPE}", "Trotsky"),
        (f'**"{HOPE}"** — *Leon Trotsky*', "Leon Trotsky"),
        (f"'{HOPE}' - Trotsky", "Trotsky"),
        (f"«{HOPE}» — Троцкий", "Троцкий"),
        (f'"{HOPE}"\nTrotsky, Leon', "Leon Trotsky"),
        (f"“{HOPE}” — Trotsky's speech, 1917", "Trotsky"),
        (f"> {HOPE}\n— Trotsky", "Trotsky"),
        (f"Trotsky said:\n> {HOPE}", "Trotsky"),
        (f"> “{HOPE}” — Trotsky\nwhat do you think?", "Trotsky"),
        (f"“{HOPE}” — Winston Churchill", "Winston Churchill"),
        (f"“{HOPE}” — great line!", ""),
        (f'"{HOPE}" - I love this quote', ""),
        (f"> {HOPE}\n- from our reading for Monday", ""),
        (f"> {HOPE}\nI love this one", ""),
        (f"look at this **{HOPE}**", ""),
        (f"look at this `{HOPE}`", ""),
        (f"1. {HOPE}", ""),
        (f"&gt; {HOPE}", ""),
        (f"<@123456> {HOPE} :fire: https://example.org <t:1700000000:R>", ""),
        (f"[{HOPE}](https://example.org/a)", ""),
        (f"<https://example.org|{HOPE}>", ""),
        (f"&quot;{HOPE}&quot; &mdash; Trotsky", "Trotsky"),
    ],
)
async def test_the_words_are_confirmed_and_the_speaker_is_read(corpus: Corpus, message: str, speaker: str) -> None:
    (checked,) = corpus.quotation_checker.check(message)
    assert checked.verdict.kind == "verbatim"
    assert checked.claim.speaker == speaker
    assert checked.verdict.attribution in ((None,) if not speaker else ("right", "unknown"))


async def test_a_reference_beside_a_quotation_is_read(corpus: Corpus) -> None:
    for message in (f"{HOPE} (speech 6.6)", f"“{HOPE}” [Trotsky, speech 6.6]", f"> {HOPE}\n— speech 6.6"):
        (checked,) = corpus.quotation_checker.check(message)
        assert checked.verdict.kind == "verbatim"
        assert str(checked.claim.reference) == "speech 6.6"


async def test_each_quotation_of_a_message_has_its_own_speaker(corpus: Corpus) -> None:
    found = corpus.quotation_checker.check(f"“{HOPE}” (speech 6.6), but: “{CRUSH}” — Lenin")
    assert [(one.claim.words, one.claim.speaker, one.verdict.kind) for one in found] == [
        (HOPE, "", "verbatim"),
        (CRUSH, "Lenin", "wrong speaker"),
    ]


@pytest.mark.parametrize(
    "message",
    [
        "Comrade Trotsky said that peace can be attained only through a revolution",
        "in it, and siad: “Come, let’s seize the power together”; but",
        "of the test of fire …\n\nComrade Lenin",
        "Stalin did the messy work of party politics … Dan did.\n\nStalin",
    ],
)
async def test_a_change_beside_a_quotation_in_the_text_is_no_attribution(corpus: Corpus, message: str) -> None:
    assert not any(one.verdict.confirms for one in corpus.quotation_checker.check(message))


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("**a** _b_ ~~c~~ ||d|| `e` ***f***", "a b c d e f"),
        ("a_b c*d", "a_b cd"),
        ("don\u00e2\u20ac\u2122t", "don’t"),
        ("caf\u00c3\u00a9 Ângela", "café Ângela"),
        ("a &amp; b &#8220;c&#8221;", "a & b “c”"),
        ("# Title\n2) item", "Title\nitem"),
        ("see <#12> and <@!34> and <:a:56>", "see  and  and "),
        ("12:30:45 and std::vector::x", "12:30:45 and std::vector::x"),
    ],
)
def test_markup_is_no_word(message: str, words: str) -> None:
    assert without_markup(message) == words
