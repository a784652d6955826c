"""What is taken for the quotation in what people paste, and whose it is said to be."""

from __future__ import annotations

import pytest

from corpus.corpus import Corpus
from corpus.quotations.limits import LONGEST
from corpus.quotations.markup import without_markup

HOPE = "Our whole hope is that our revolution will kindle a European revolution."
UNDEFINED = {b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d"}
"""Bytes for which Windows' code page has no character."""
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
        (f"“{HOPE}” Lew Trotzki", "Lew Trotzki"),
        (f"{HOPE} L. D. Trotsky, 8 November 1917", "L. D. Trotsky"),
        (f"{HOPE} By Leon Trotsky", "Leon Trotsky"),
        (f"{HOPE} | Trotsky", "Trotsky"),
        (f"{HOPE} (attributed to Trotsky)", "Trotsky"),
        (f'"{HOPE[:-1]}", said comrade Trotsky to the Congress.', "comrade Trotsky"),
        (f'"{HOPE}", to quote Trotsky', "Trotsky"),
        (f'In 1917 Trotsky told the Congress, "{HOPE}"', "Trotsky"),
        (f'Stalin claims that Trotsky once said "{HOPE}"', "Trotsky"),
        (f'Did Trotsky really say "{HOPE}"?', "Trotsky"),
        (f"Did Trotsky really say: {HOPE}", "Trotsky"),
        (f"Trotsky -> {HOPE}", "Trotsky"),
        (f"Leon Trotsky, Nov 1917 :: {HOPE}", "Leon Trotsky"),
        (f"Trotsky | {HOPE}", "Trotsky"),
        (f"Trotsky's famous line “{HOPE}”", "Trotsky"),
        (f"{HOPE} —Leon Trotsky (1879–1940), Russian revolutionary", "Leon Trotsky"),
        (f"{HOPE} – Trotsky at the Second Congress of Soviets", "Trotsky"),
        (f'"{HOPE}" (Trotsky qtd. in Bunyan 136)', "Trotsky"),
        (f"{HOPE} — Karl Marx & Friedrich Engels", "Karl Marx & Friedrich Engels"),
        (f"(Trotsky) {HOPE}", "Trotsky"),
        (f"Author: Leon Trotsky\nQuote: {HOPE}", "Leon Trotsky"),
        (f"Trotsky\nText: {HOPE[:-1]}", "Trotsky"),
        (f"Leon Trotsky, 1917\n\n{HOPE}", "Leon Trotsky"),
        (f"Quote: {HOPE[:-1]}\nSpeaker: Trotsky\nSource: speech 6.6", "Trotsky"),
        (f"Q: {HOPE[:-1]}\nA: Trotsky", "Trotsky"),
        (f"{HOPE[:-1]}\nSource: speech 6.6", ""),
        (f"{HOPE[:-1]}\nSource: a friend of mine", ""),
        (f"Title: Trotsky Opposes Coalition\nAuthor: Trotsky\nQuote: {HOPE[:-1]}", "Trotsky"),
        (f"Leon Trotsky\n8 November 1917\n{HOPE}", "Leon Trotsky"),
        (f"Quote of the day\n{HOPE}", ""),
        (HOPE.replace("hope", "ho¬pe"), ""),
        (f"Is it true that Trotsky said {HOPE}", "Trotsky"),
        (f"When did Trotsky say {HOPE}", "Trotsky"),
        (f"Who said {HOPE}", ""),
        (f"Trotsky, “{HOPE}”", "Trotsky"),
        (f"Trotsky\n> {HOPE}", "Trotsky"),
        (f"“{HOPE}” was said by Trotsky.", "Trotsky"),
        (f"“{HOPE}” is a line from Trotsky", "Trotsky"),
        (f"“{HOPE}” Thus spoke Trotsky.", "Trotsky"),
        (f"I think it was Trotsky who said “{HOPE}”", "Trotsky"),
        (f"Trotsky (1917) said: {HOPE}", "Trotsky"),
        (f"Leon Trotsky [1917, p. 136] wrote: “{HOPE}”", "Leon Trotsky"),
        (f"{HOPE}\nLeon Trotsky\nTrotsky Opposes Coalition\n8 November 1917", "Leon Trotsky"),
        (f"{HOPE}\n— somebody else entirely\nSmolny", ""),
        (f"{'Quote: ' * 5}{HOPE} — Trotsky", "Trotsky"),
        (f"{'Quote: ' * 6}{HOPE}", ""),
        (f"At the congress Comrade Leon Davidovich Trotsky really said: {HOPE}", "Comrade Leon Davidovich Trotsky"),
        (f"then said, “{HOPE}”", ""),
        (f"“{HOPE}” — L. Trotsky. I love him.", "L. Trotsky"),
        (f"Lenin spoke. L. Trotsky said “{HOPE}”", "L. Trotsky"),
        (f"Lenin: I think Trotsky said “{HOPE}”", "Trotsky"),
        (f"Winston Smith: {HOPE}", "Winston Smith"),
        (f"{HOPE} — Winston Smith", "Winston Smith"),
        (f"{HOPE[:-1]} (Winston Smith)", "Winston Smith"),
        (f"{HOPE}\n— Winston Smith", "Winston Smith"),
        (f"Winston Smith said “{HOPE}”", "Winston Smith"),
        (f"{HOPE[:-1]} — Winston Smith", "Winston Smith"),
        (f"{HOPE[:-1]}, said Winston Smith.", "Winston Smith"),
        (f"Winston Smith\n{HOPE}", "Winston Smith"),
        (f"{'Quote: ' * 7}{HOPE}", ""),
        (f"“{HOPE}” Winston Smith", ""),
        (f"{HOPE} — Anonymous", ""),
        (f"{HOPE} — @trotsky", "trotsky"),
        (f"8 November 1917: {HOPE}", ""),
        (f'According to Trotsky, the Congress heard that "{HOPE}"', "Trotsky"),
        (f'Trotsky, in Lenin\'s presence, said: "{HOPE}"', ""),
        (f'Lenin\'s wife said "{HOPE}"', ""),
        (f"“{HOPE}” — Lenin's brother", ""),
        (f'Trotsky told Lenin: "{HOPE}"', "Trotsky"),
        (f'Trotsky never said "{HOPE}"', ""),
        (f'They said "{HOPE}"', ""),
        (f"{HOPE} #Trotsky #1917", ""),
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
    assert checked.verdict.speaker_match in ((None,) if not speaker else ("right", "unknown"))


@pytest.mark.parametrize(
    "message",
    [f"{HOPE} — Trotsky. I love him.", f"Trotsky, the\nsaid: {HOPE}", f"{HOPE} Winston Smith"],
)  # fmt: skip
async def test_what_is_no_frame_is_compared_with_the_text(corpus: Corpus, message: str) -> None:
    (checked,) = corpus.quotation_checker.check(message)
    assert checked.verdict.kind == "altered"


async def test_a_reference_beside_a_quotation_is_read(corpus: Corpus) -> None:
    for message in (f"{HOPE} (speech 6.6)", f"“{HOPE}” [Trotsky, speech 6.6]", f"> {HOPE}\n— speech 6.6"):
        (checked,) = corpus.quotation_checker.check(message)
        assert checked.verdict.kind == "verbatim"
        assert str(checked.claim.reference) == "speech 6.6"


@pytest.mark.parametrize(
    ("message", "kinds", "speakers"),
    [
        ("“Our whole hope,” Lenin told the Congress, “is that our revolution will kindle”", ["wrong speaker"],
         ["Lenin"]),
        ("“If the rising of the people does not crush imperialism,” he said, “then we will surely be crushed.”",
         ["verbatim"], [""]),
        ("“What are these men,” he asked, “but betrayers,” said Trotsky, “of the revolution?”", ["verbatim"],
         ["Trotsky"]),
        (f"“{HOPE}” and “What are these men,” he asked, “but betrayers of the revolution?”", ["verbatim", "verbatim"],
         ["", ""]),
        ("“Our whole hope,” said Trotsky,“is that our revolution will kindle”", ["verbatim"], ["Trotsky"]),
        ("“Our whole hope,” said Trotsky, “will kindle a European revolution.”", ["altered"], ["Trotsky"]),
        ("“We shall never form a union with them,” said Trotsky, “The third- that’s the course of the Central”",
         ["verbatim", "verbatim"], ["Trotsky", "Trotsky"]),
        ("“We shall never form a union with them,” said Trotsky. “It is the course of falsehood and hypocrisy”",
         ["verbatim", "verbatim"], ["Trotsky", "Trotsky"]),
    ],
)  # fmt: skip
async def test_what_interrupts_a_quotation_is_no_part_of_it(
    corpus: Corpus, message: str, kinds: list[str], speakers: list[str]
) -> None:
    found = corpus.quotation_checker.check(message)
    assert [one.verdict.kind for one in found] == kinds
    assert [one.claim.speaker for one in found] == speakers
    assert all(len(one.claim.words) == one.claim.end - one.claim.start for one in found)


async def test_a_colon_of_the_quotation_is_no_frame(corpus: Corpus) -> None:
    said = "„Permanent,“ Trotsky wrote, „no Revolution: Trotsky’s idea. He thought the USSR was“"
    assert [one.verdict.kind for one in corpus.quotation_checker.check(said)] == ["altered"]


async def test_each_turn_of_a_conversation_has_its_own_speaker(corpus: Corpus) -> None:
    found = corpus.quotation_checker.check(f"Trotsky: {HOPE}\nLenin: {CRUSH}")
    assert [(one.claim.speaker, one.verdict.kind) for one in found] == [
        ("Trotsky", "verbatim"),
        ("Lenin", "wrong speaker"),
    ]


@pytest.mark.parametrize("before", ["I like this one", "What do you all think of it?\n"])
async def test_a_line_before_whose_a_quotation_is_is_no_part_of_it(corpus: Corpus, before: str) -> None:
    for words, kind in ((HOPE, "verbatim"), (HOPE.replace("will", "would"), "altered")):
        (found,) = corpus.quotation_checker.check(f"{before}\nTrotsky: {words}")
        assert (found.claim.words, found.claim.speaker, found.verdict.kind) == (words, "Trotsky", kind)


async def test_a_name_before_the_next_quotation_is_not_behind_the_last(corpus: Corpus) -> None:
    for between in ("\n", " "):
        found = corpus.quotation_checker.check(f"Trotsky: “{CRUSH}”{between}Lenin: “{HOPE}”")
        assert [one.claim.speaker for one in found] == ["Trotsky", "Lenin"]


@pytest.mark.parametrize(("before", "is_own"), [("Our", True), ("Never", False)])
async def test_a_single_word_of_the_texts_before_a_quotation_is_part_of_it(
    corpus: Corpus, before: str, is_own: bool
) -> None:
    message = f"{before} “{HOPE[4:-1].replace('revolution will', 'revolt will')}”"
    (found,) = corpus.quotation_checker.check(message)
    assert (found.verdict.kind, found.claim.words == message) == ("altered", is_own)


@pytest.mark.parametrize(("odd", "is_whole"), [(4, True), (8, True), (9, False)])
async def test_words_in_marks_within_a_quotation_are_none_of_their_own(
    corpus: Corpus, odd: int, is_whole: bool
) -> None:
    message = f"Our “whole” hope is that our revolution will kindle {'zqxjk ' * odd}".strip()
    (found,) = corpus.quotation_checker.check(message)
    assert found.claim.words == (message if is_whole else "whole")


@pytest.mark.parametrize(
    ("message", "claims"),
    [
        ("The article says he “lived on a train”", ["lived on a train"]),
        ("I read that he “lived on a train” in the war", ["lived on a train"]),
        ("Trotsky admitted that they were “isolating ourselves” and “drifting on the rocks”",
         ["isolating ourselves", "drifting on the rocks"]),
        ("For him the Soviet state was a “degenerated workers' state”", ["degenerated workers' state"]),
        ("Was Trotsky really “the most feared man”, as they say?", ["the most feared man"]),
        # The words around are the text's, one of them changed.
        ("His large idea was the “Permanent Revolution.”", None),
        ("A pact with the “kulak” we refuse", None),
        ("He was the master of the “coup d'état.”", None),
    ],
)  # fmt: skip
async def test_a_few_marked_words_in_words_of_somebodys_own_are_what_is_quoted(
    corpus: Corpus, message: str, claims: list[str] | None
) -> None:
    found = corpus.quotation_checker.check(message)
    assert [one.claim.words for one in found] == (claims or [message])
    assert {one.verdict.kind for one in found} == {"too short" if claims else "altered"}


async def test_the_quotations_of_a_text_have_five_words_and_no_more_characters_than_are_judged(corpus: Corpus) -> None:
    words = "Our party held out its"
    longest = f"{words} {'hand ' * LONGEST}"[:LONGEST]
    text = "\n\n".join(f"And “{one}” here." for one in (words, words.rpartition(" ")[0], longest, f"{longest}s"))
    found = corpus.quotation_checker.extracted(text)
    assert [one.words for one in found] == [words, longest]


async def test_the_first_three_hundred_quotations_of_a_text_are_checked(corpus: Corpus) -> None:
    text = "And “Our party held out its” here.\n\n" * 301
    assert len(corpus.quotation_checker.extracted(text)) == 301
    assert len(corpus.quotation_checker.check_all(text)) == 300


async def test_an_attributed_quotation_counts_though_the_words_around_it_are_like_the_texts(corpus: Corpus) -> None:
    (found,) = corpus.quotation_checker.check("Avilov said: “peace can be attained only through a coalition”")
    assert (found.claim.words, found.verdict.kind) == (
        "peace can be attained only through a coalition", "wrong speaker"
    )  # fmt: skip


@pytest.mark.parametrize("stop", [".", ""])
async def test_each_quotation_of_a_message_has_its_own_speaker(corpus: Corpus, stop: str) -> None:
    hope, crush = HOPE[:-1] + stop, CRUSH[:-1] + stop
    found = corpus.quotation_checker.check(f"“{hope}” (speech 6.6), but: “{crush}” — Lenin")
    assert [(one.claim.words, one.claim.speaker, one.verdict.kind) for one in found] == [
        (hope, "", "verbatim"),
        (crush, "Lenin", "wrong speaker"),
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
        (r"\enquote{a}~\cite[p. 1]{b} \emph{c}", "“a”\n c"),
        ("a #1 b #Tag #2", "a #1 b"),
        ("see <#12> and <@!34> and <:a:56>", "see  and  and "),
        ("12:30:45 and std::vector::x", "12:30:45 and std::vector::x"),
        ("don’t".encode().decode("cp1252").encode().decode("cp1252"), "don’t"),
        ("â€œaâ€ b", "“a” b"),
        ("a rev¬olution ¬ b", "a rev\u00adolution ¬ b"),
        ("<u>a</u> <span class='x'>b</span> <strong>c</strong>", "a b c"),
        ("<p>a</p>b<br/>c<sup>1</sup> <q>d</q> <EM>e</EM> <x>f</x>", "\na\nb\nc[1] “d” e <x>f</x>"),
        ("Ada Byron @ada · Nov 8, 2019\na\n5:32 PM · Nov 8, 2019 · Twitter for iPhone", "Ada Byron\na\n"),
        ("<@1> said: a", "a"),
        ("<https://x.org>a<https://x.org|b c>", "ab c"),
        ("[a b](<https://x.org>) [c](d)", "a b [c](d)"),
        ("a — <@1>\nb #c", "a\nb"),
        ("a **twenty letters of words** and *few*", "a “twenty letters of words” and few"),
        ("```py\na b\n``` `c`", "a b\n c"),
        (r"\textquote{a} \say{b} \footcite[p. 1][x]{y}\begin{quote}z\end{quote}", "“a” “b” \n\nz\n"),
        ("12) b\n1234. d\niv) e\n-# g\n####### h\n  ## i\n1.5 j", "b\n1234. d\ne\ng\n####### h\n  i\n1.5 j"),
    ],
)
def test_markup_is_no_word(message: str, words: str) -> None:
    assert without_markup(message) == words


def test_every_character_of_two_bytes_or_of_common_marks_is_read_back() -> None:
    def through_windows(character: str) -> str:
        bytes_ = (bytes([one]) for one in character.encode())
        return "".join(one.decode("cp1252" if one not in UNDEFINED else "latin-1") for one in bytes_)

    characters = [chr(n) for n in (*range(0xA1, 0x100), *range(0x2010, 0x2028), *range(0x2030, 0x3000))]
    characters.remove("¬")
    message = " ".join(map(through_windows, characters))
    assert without_markup(message) == " ".join(characters)


@pytest.mark.parametrize(
    "date", ["(1917)", "(8 November 1917)", "(Nov. 1917)", "[Petrograd, 1917]", "(n.d.)", "(in 1917)"]
)
async def test_a_date_in_brackets_before_the_verb_parts_no_name_from_it(corpus: Corpus, date: str) -> None:
    (checked,) = corpus.quotation_checker.check(f"Trotsky {date} wrote: {HOPE}")
    assert (checked.claim.speaker, checked.verdict.kind) == ("Trotsky", "verbatim")
