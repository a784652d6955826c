"""What somebody says of the source and the date of true words, beside what the text says."""

from __future__ import annotations

import pytest

from bot.core.reply import Prose
from tests.conftest import Ask

HOPE = "Our whole hope is that our revolution will kindle a European revolution."
TRAIN = "He ended up in Mexico City, living in a fortified house in Coyoacán."
DATED = "the speech is dated 8 November 1917."
STYLED = "the speech is dated 8 November 1917 (New Style)."
ELSEWHERE = "here it is Trotsky Opposes Coalition."


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        (f"Trotsky said in 1924: “{HOPE}”", f"You gave 1924; {DATED}"),
        (f"In 1924, Trotsky said “{HOPE}”", f"You gave 1924; {DATED}"),
        (f"In 1924 he said “{HOPE}”", f"You gave 1924; {DATED}"),
        (f"On 7 November 1917 Trotsky told the Congress: “{HOPE}”", f"You gave 7 November 1917; {DATED}"),
        (f"Trotsky (1905): {HOPE}", f"You gave 1905; {DATED}"),
        (f"“{HOPE}” — Leon Trotsky, 1924", f"You gave 1924; {DATED}"),
        (f"“{HOPE}” (1924)", f"You gave 1924; {DATED}"),
        (f"{HOPE}\n— Leon Trotsky, May 1917", f"You gave May 1917; {DATED}"),
        *(
            (f"“{HOPE}” {beside}", f"You gave {day} 1917 ({style}); {STYLED}")
            for day, style, names in (
                ("26 October", "New Style", ("N.S.", "NS", "New Style", "Gregorian", "neuen Stils")),
                ("8 November", "Old Style", ("O.S.", "OS", "Old Style", "Julian", "alten Stils")),
            )
            for name in names
            for beside in (f"— Trotsky, {day} 1917 {name}", f"— Trotsky, {day} 1917 ({name})", f"({day} 1917 {name})")
        ),
        (f"On 8 November 1917 (Old Style) Trotsky said: “{HOPE}”", f"You gave 8 November 1917 (Old Style); {STYLED}"),
        (f"“{HOPE}” — Trotsky, My Life, 1930", f"You gave 1930; {DATED}"),
        (f"“{HOPE}” — Leon Trotsky, My Life", f"You gave My Life, which I don't have; {ELSEWHERE}"),
        (
            f"“{HOPE}” (Trotsky, The Revolution Betrayed, p. 3)",
            f"The Revolution Betrayed, which I don't have; {ELSEWHERE}",
        ),
        (f"Trotsky, History of the Russian Revolution: “{HOPE}”", f"which I don't have; {ELSEWHERE}"),
        (
            f"* {HOPE}\n** Leon Trotsky, ''My Life'' (1930), ch. 39",
            f"You gave My Life, which I don't have; {ELSEWHERE}",
        ),
        (f"“{HOPE}” (Deutscher, p. 200)", f"You gave Deutscher, p. 200, which I don't have; {ELSEWHERE}"),
        (f"“{HOPE}” [Deutscher 1954: 200]", f"You gave Deutscher 1954: 200, which I don't have; {ELSEWHERE}"),
        (f"{HOPE} (Deutscher, 1954)", f"You gave Deutscher, 1954, which I don't have; {ELSEWHERE}"),
        *(
            (form.format(f"“{HOPE}”"), f"You gave Deutscher (1954, p. 200), which I don't have; {ELSEWHERE}")
            for form in (
                "According to Deutscher (1954, p. 200), {}",
                "Deutscher (1954, p. 200) writes: {}",
                "As Deutscher (1954, p. 200) notes, {}",
                "Deutscher (1954, p. 200): {}",
                "{}, according to Deutscher (1954, p. 200).",
                "{}, writes Deutscher (1954, p. 200)",
                "{}, as Deutscher (1954, p. 200) notes.",
                "According to Deutscher (1954, p. 200), Trotsky said {}",
            )
        ),
        (f"As Smith and Jones (2001, pp. 4-5) put it, “{HOPE}”", "You gave Smith and Jones (2001, pp. 4-5), which"),
        (f"Deutscher [1954] notes: “{HOPE}”", f"You gave Deutscher [1954], which I don't have; {ELSEWHERE}"),
        (f"“{HOPE}” — Reed, pp. 133-4", f"You gave Reed, pp. 133-4, which I don't have; {ELSEWHERE}"),
        (f"“{HOPE}” (cf. Deutscher)", f"You gave Deutscher, which I don't have; {ELSEWHERE}"),
        (f"“{HOPE}” quoted in Deutscher", f"You gave Deutscher, which I don't have; {ELSEWHERE}"),
        (f"“{HOPE}” (Trotsky, qtd. in Deutscher 200)", f"You gave Deutscher 200, which I don't have; {ELSEWHERE}"),
        (f"“{HOPE}” (see Deutscher, The Prophet Armed, p. 3)", f"You gave Deutscher, which I don't have; {ELSEWHERE}"),
        (f"“{HOPE}” — from the article", f"You gave the article; {ELSEWHERE}"),
        (f"“{TRAIN}” (the speech)", "You gave the speech; here it is Leon Trotsky: What Most People"),
        (f"“{HOPE}” (speech 4.2)", "You gave speech 4.2; it is speech 6.6."),
        (f"“{HOPE}” (speech, chapter 5)", "You gave chapter 5; it is speech 6.6."),
        (f"“{HOPE}” (Trotsky, speech, paragraph 3)", "You gave paragraph 3; it is speech 6.6."),
        (f"“{HOPE}” — Leon Trotsky, ch. IV", "You gave ch. IV; it is speech 6.6."),
        *(
            (form.format(HOPE), f"You gave the article; {ELSEWHERE}")
            for form in (
                "“{}” (article, ch. V)",
                "{} (article, ch. 5)",
                "“{}” (article ch. 2)",
                "“{}” — article, ch. 3",
                "(article, chapter 5) {}",
                "article, ch. V: {}",
                "article, act II\n{}",
            )
        ),
        (f"“{HOPE}” (speech, ch. V)", "You gave ch. V; it is speech 6.6."),
        (f"In chapter 5, Trotsky says: “{HOPE}”", "You gave chapter 5; it is speech 6.6."),
    ],
)
async def test_another_date_or_source_than_the_texts_is_said(ask: Ask, typed: str, line: str) -> None:
    reply = await ask(f"/check {typed}")
    assert reply.title == "✓ Word for word"
    assert any(line in part.words for part in reply.parts if isinstance(part, Prose))


async def test_what_is_in_brackets_before_a_name_is_no_part_of_it(ask: Ask) -> None:
    for beside in ("On 8 November 1917 (New Style) Trotsky said", "On that day [at Smolny] Leon (Lev) Trotsky said"):
        said = [part.words for part in (await ask(f"/check {beside}: “{HOPE}”")).parts if isinstance(part, Prose)]
        assert "The speaker is right: Leon Trotsky." in said


@pytest.mark.parametrize(
    "beside",
    ["— Leon Trotsky (1879–1940)", "— Trotsky, 26 October 1917", "— Trotsky, 26 October 1917 O.S.",
     "(8 November 1917 N.S.)", "(Trotsky, 26 October 1917 (Old Style))", "— Trotsky, November 1917 New Style",
     "— Trotsky, 26 October (8 November) 1917", "— Trotsky, 26 October 1917, OSA", "— Trotsky, 1917 O.S.",
     "— Trotsky, Nov. 8th, 1917", "— Trotsky, 1917",
     "(Trotsky 1934, 136)", "— Leon Trotsky, Trotsky Opposes Coalition, 8 November 1917", "— Trotsky, the speech, 1917",
     "— Leon Trotsky, The Bolshevik Revolution, 1917-1918", "— Trotsky, The Russian Revolutionary", "(speech 6.6)",
     "— Trotsky, Second Congress of Soviets, Petrograd", "— Lenin, My Life, 1924", "— Trotsky, p. 1924",
     "(Bunyan and Fisher, p. 136)", "(Bunyan 1934: 136)", "(Trotsky 1917, p. 136)", "(see page 3)", "(see above)",
     "(Trotsky, speech, paragraph 6)", "— Trotsky, vol. 2", "— Trotsky, part 3", "(speech, para 6)",
     "— Trotsky, page 40"],
)  # fmt: skip
async def test_a_date_or_source_that_may_be_the_texts_is_not_disputed(ask: Ask, beside: str) -> None:
    reply = await ask(f"/check “{HOPE}” {beside}")
    assert not any("You gave" in part.words for part in reply.parts if isinstance(part, Prose))


@pytest.mark.parametrize(
    "claim",
    ["“{}” (Lenin, p. 200)", "“{}” (Lenin 1964: 200)", "“{}” — Lenin, Collected Works, p. 200",
     "Lenin (1964, p. 200) wrote: “{}”", "According to Kerensky (1934), “{}”", "According to Deutscher, “{}”"],
)  # fmt: skip
async def test_a_book_of_somebody_who_may_have_said_it_does_not_make_the_words_theirs(ask: Ask, claim: str) -> None:
    assert (await ask(f"/check {claim.format(HOPE)}")).title == "✗ Right words, wrong speaker"


async def test_the_year_of_a_book_that_quotes_somebody_is_not_when_they_said_it(ask: Ask) -> None:
    for beside in ("Service (2009, 45) claims that Trotsky said", "Trotsky, cited in Deutscher (1954, p. 200), said"):
        assert not any("You gave" in part.words for part in (await ask(f"/check {beside}: “{HOPE}”")).parts
                       if isinstance(part, Prose))  # fmt: skip


async def test_a_book_that_the_texts_are_not_from_is_not_named_in_public(ask: Ask) -> None:
    for beside, private in (("(Deutscher, p. 200)", True), ("(Bunyan and Fisher, p. 136)", False)):
        assert (await ask(f"/check “{HOPE}” {beside}")).private is private


async def test_the_title_of_a_book_behind_a_quotation_is_no_part_of_it(ask: Ask) -> None:
    words = "“Even his enemies admitted he was one of the best writers of the era.”"
    for title in ("History of the Russian Revolution", "The Revolution Betrayed, a critique of Stalin"):
        for source in (f"— {title}", f"({title})", f"– {title}, 1930", f"- {title}, ch. 3", f"— {title}."):
            assert (await ask(f"/check {words} {source}")).title == "✓ Word for word", source


@pytest.mark.parametrize(
    "citation",
    ["\n\n1. Leon Trotsky, Trotsky Opposes Coalition (Stanford: University Press, 1934), 136.",
     "\n12. James Bunyan, Bolshevik Revolution: Documents (Stanford: Stanford University Press, 1934), pp. 135-137",
     " Leon Trotsky, *Trotsky Opposes Coalition*, 1917.", " (“Trotsky Opposes Coalition”)",
     " Trotsky, Leon. _Trotsky Opposes Coalition_. Petrograd, 1917."],
)  # fmt: skip
async def test_a_note_or_a_title_behind_a_quotation_is_none_itself(ask: Ask, citation: str) -> None:
    assert (await ask(f"/check “{HOPE}”{citation}")).title == "✓ Word for word"
