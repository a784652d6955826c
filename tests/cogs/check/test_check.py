"""/check and "Check this quote": the right verdict, the true passage, and whose words they are."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import UNSET

from bot.core.app import App
from bot.core.context import Context
from bot.core.reply import Correction, Heading, Items, Menu, Note, Prose, Reply
from bot.platforms.layout import correction_runs, correction_text
from cogs.check.correction import corrected
from corpus.corpus import Corpus
from corpus.work_budget import work_budget
from tests.cogs.test_promises import TYPED, check_quotes
from tests.conftest import Ask, Press
from tests.corpus.quotations.test_misquotations import misquoted

CRUSH = "If the rising of the people does not crush imperialism, then we will surely be crushed."
CONFIRMING = "Word for word"
COMMON = "the and of the and of the"
EVERY_TIME = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def said(reply: Reply) -> str:
    return "\n".join(part.words for part in reply.parts if isinstance(part, Prose))


def listed(reply: Reply) -> list[str]:
    return [item for part in reply.parts if isinstance(part, Items) for item in part.items]


def marked(reply: Reply) -> list[str]:
    return [quote.words[start:end] for quote in reply.quotes() for start, end in quote.marks]


@pytest.mark.parametrize("between", [" ", "\n", " … ", "\n\n"])
@pytest.mark.parametrize(
    ("sentence", "frame", "title"),
    [
        (CRUSH, "{}", "≈ Word for word"),
        (CRUSH, "Trotsky: {}", "≈ Word for word"),
        (CRUSH, "Lenin: {}", "✗ Right words, wrong speaker"),
        (CRUSH.lower(), "{}", "≈ Word for word, except case"),
        ("If the rising of the people does not … surely be crushed.", "{}", "≈ Word for word, shortened"),
    ],
)
async def test_the_same_words_several_times_in_a_row_are_said_to_be_that(
    ask: Ask, sentence: str, frame: str, title: str, between: str
) -> None:
    for many, times in ((2, "twice in a row"), (3, "3 times in a row")):
        reply = await ask(f"/check {frame.format(between.join([sentence] * many))}")
        assert reply.title == f"{title}, {times}"
        assert f"These are the words of speech 6.7. You have them {times}, and the text doesn't." in said(reply)
        assert [quote.reference for quote in reply.quotes()] == ["speech 6.7"]
        assert reply.private  # nobody else needs to read it so often


@pytest.mark.parametrize(
    ("line", "title"),
    [
        (f"{CRUSH} {CRUSH.lower()}", "≈ Word for word, except case, twice in a row"),
        (f"{CRUSH} {CRUSH.replace('not ', '')}", "✗ Stitched together from 3 places"),
        (f"{CRUSH} {CRUSH} That is our course.", "✗ Stitched together from 3 places"),
        ("It was the best of times. It was the best of times.", "? Not in the speech or the article"),
    ],
)
async def test_what_is_repeated_is_judged_by_all_of_it(ask: Ask, line: str, title: str) -> None:
    assert (await ask(f"/check {line}")).title == title


@pytest.mark.parametrize(
    ("line", "title", "references"),
    [
        (CRUSH, "✓ Word for word", ["speech 6.7"]),
        (CRUSH.lower(), "≈ Word for word, except case", ["speech 6.7"]),
        (CRUSH.upper().replace(",", ""), "≈ Word for word, except case and punctuation", ["speech 6.7"]),
        ("lived in a high-speed (for the time) armoured train", "≈ Word for word, except spelling", ["article 15.2"]),
        ("If the rising of the people does not … surely be crushed.", "✓ Word for word, shortened", ["speech 6.7"]),
        (CRUSH.replace("not ", ""), "✗ Changed", ["speech 6.7"]),
        ("We shall never form a union with them. What are these men but betrayers of the revolution?",
         "✗ Stitched together from 2 places", ["speech 5.5", "speech 5.4"]),
        ("Our party held out its hand, and said: “Come, let’s seize the power together”", "✗ Changed", ["speech 5.3"]),
        ("It was the best of times, it was the worst of times", "? Not in the speech or the article", []),
        ("That is our course.", "? Too short to be sure", ["speech 7.7"]),
        ("I see no doubt about that. The Russian Revolution will either", "✗ Changed", ["speech 6.8-9"]),
        ("these men but betrayers of the revolution? We shall never form a union with them.", "✓ Word for word",
         ["speech 5.4-5"]),
        ("He won. Trotsky wasn't just a man of action", "✓ Word for word", ["article 16.3", "article 17.1"]),
    ],
)  # fmt: skip
async def test_each_verdict_has_its_passage(ask: Ask, line: str, title: str, references: list[str]) -> None:
    reply = await ask(f"/check {line}")
    assert reply.title == title
    assert [quote.reference for quote in reply.quotes()] == references


async def test_the_words_that_are_quoted_are_marked(ask: Ask) -> None:
    assert marked(await ask("/check does not crush imperialism, then we")) == ["does not crush imperialism, then we"]
    pieces = ["the rising of the people", "we will surely be crushed"]
    assert marked(await ask(f"/check {' … '.join(pieces)}")) == pieces


@pytest.mark.parametrize(
    "words",
    [
        "The Provisional Government was overthrown.",
        "The Provisional Government has fallen",
        "the Socialist-Revolutionaries of the Left are cowards",
        "Socialism in One Country is nonsense",
        "nobody read the History of the Russian Revolution",
    ],
)
async def test_words_that_share_only_a_name_with_a_passage_are_no_change_of_it(ask: Ask, words: str) -> None:
    assert (await ask(f"/check {words}")).title == "? Not in the speech or the article"


@pytest.mark.parametrize(
    ("hyphen", "title"),
    [
        ("-", "≈ Word for word, except spelling"),
        ("\N{HYPHEN}", "≈ Word for word, except spelling"),
        ("\N{NON-BREAKING HYPHEN}", "≈ Word for word, except spelling"),
        ("-\n", "✓ Word for word"),
        ("- ", "✓ Word for word"),
        ("\N{SOFT HYPHEN}", "✓ Word for word"),
        ("\N{SOFT HYPHEN}\n", "✓ Word for word"),
        ("¬\n", "✓ Word for word"),
    ],
)
async def test_a_hyphen_within_a_word_is_told_and_one_at_a_lines_end_is_not(ask: Ask, hyphen: str, title: str) -> None:
    reply = await ask(f"/check It is our great vir{hyphen}tue as a party that we have a coalition with the masses")
    assert reply.title == title
    assert any("virtue → vir-tue" in line for line in listed(reply)) == ("spelling" in title)


@pytest.mark.parametrize(
    "words",
    [
        "Not we but the Provisional Committee and the democracy, were isolated from the masses",
        "Socialism in One Country: This was Lenin's idea.",
        "It has stood the test of time",
        "check out History of the French Revolution",
    ],
)
async def test_a_change_beside_a_name_is_a_change(ask: Ask, words: str) -> None:
    assert (await ask(f"/check {words}")).title == "✗ Changed"


async def test_the_words_that_were_changed_are_marked_and_listed(ask: Ask) -> None:
    reply = await ask("/check If the rising of the workers does crush imperialism, then we will never be crushed.")
    assert marked(reply) == ["people", "not", "surely"]
    assert "What was changed is a negation." in said(reply)


async def test_the_claim_is_shown_as_typed_and_corrected_in_place(ask: Ask) -> None:
    reply = await ask("/check If the rising of the workers does crush imperialism, then we will never be crushed.")
    (correction,) = [part for part in reply.parts if isinstance(part, Correction)]
    assert correction_text(correction, 0, len(correction.words)) == (
        "If the rising of the [-workers-] {+people+} does {+not+} crush imperialism, then we will [-never-] {+surely+} "
        "be crushed."
    )
    assert reply.tone == "bad"


@pytest.mark.parametrize(
    ("typed", "tone", "shown"),
    [
        (CRUSH, "good", CRUSH),
        (f"“{CRUSH}” — Trotsky", "good", f"“{CRUSH}”"),
        (f"> {CRUSH}\n— Trotsky", "good", CRUSH),
        (CRUSH.lower(), "caution", CRUSH.lower()),
        (f"{CRUSH} - Lenin", "bad", CRUSH),
        ("zebra", UNSET, "zebra"),
    ],
)
async def test_what_was_taken_for_the_quotation_is_shown_with_a_tone(
    app: App, ctx: Context, typed: str, tone: str, shown: str
) -> None:
    reply = await app.run("check", {"quotation": typed}, ctx)
    (correction,) = [part for part in reply.parts if isinstance(part, Correction)]
    assert correction.words == shown
    assert not correction.deleted + correction.inserted
    assert reply.tone == tone


async def test_words_that_are_in_no_text_are_repeated_to_the_asker_alone(ask: Ask) -> None:
    assert (await ask("/check Workers of all lands unite, you have nothing to lose but your chains")).private
    assert (await ask("/check zebra")).private
    assert not (await ask(f"/check {CRUSH}")).private


async def test_words_that_were_moved_are_struck_out_there_and_put_in_here(ask: Ask) -> None:
    reply = await ask(
        "/check What are these men but betrayers? We shall never form a union with them. of the revolution"
    )
    (correction,) = [part for part in reply.parts if isinstance(part, Correction)]
    assert correction_text(correction, 0, 200) == (
        "What are these men but betrayers? {+of the revolution+} We shall never form a union with them. "
        "[-of the revolution-]"
    )


@EVERY_TIME
@given(seed=st.integers(0, 2**32))
async def test_a_correction_holds_the_claim_and_the_text(corpus: Corpus, seed: int) -> None:
    ((_, claim),) = misquoted(corpus, Random(seed), 1)
    verdict = corpus.check_quotation(claim)
    correction = corrected(claim, verdict)
    runs = list(correction_runs(correction, 0, len(correction.words)))
    typed = "".join(words for words, edit in runs if edit != "inserted")
    assert typed.split() == claim.split()
    if verdict.kind == "altered" and not verdict.elisions:
        right = "".join(words for words, edit in runs if edit != "deleted")
        assert corpus.check_quotation(right).confirms, (claim, right)


@pytest.mark.parametrize(
    ("quotation", "what"),
    [
        ("On August 21, 1940, a man named Ramón Mercader entered", "a date"),
        ("Then, he built an army of six million people from scratch", "a number"),
        ("Comrade Lenin spoke of a coalition with the peasants", "a name"),
        ("We shall form a union with them. What are", "a negation"),
    ],
)
async def test_what_turns_a_sentence_round_is_said_plainly(ask: Ask, quotation: str, what: str) -> None:
    reply = await ask(f"/check {quotation}")
    assert reply.title == "✗ Changed"
    assert f"What was changed is {what}." in said(reply)


async def test_a_negation_left_out_behind_an_elision_is_told(ask: Ask) -> None:
    reply = await ask("/check No, it is … true. Not we but the Provisional Government")
    assert (reply.title, reply.tone) == ("≈ Word for word, shortened by a negation", "caution")
    assert "one word. A negation is among what was left out" in said(reply)


@pytest.mark.parametrize(
    ("quotation", "claimed", "right", "wrong"),
    [
        ("Come, let’s seize the power", "Trotsky", "the Bolshevik party, as quoted by Trotsky", "Leon Trotsky"),
        ("There is still a third!", "Bronstein", "a voice from the hall", "Leon Trotsky"),
        ("He ended up in Mexico City, living in a fortified house", "Trotsky", "the article's author", "Leon Trotsky"),
        ("Our party held out its hand, with the gunpowder", "Lenin", "Leon Trotsky", "Vladimir Lenin"),
    ],
)
async def test_the_wrong_speaker_is_corrected(ask: Ask, quotation: str, claimed: str, right: str, wrong: str) -> None:
    reply = await ask(f"/check {quotation} speaker:{claimed}")
    assert reply.title == "✗ Right words, wrong speaker"
    assert f"Said by {right}, not {wrong}." in said(reply)
    assert not reply.private


async def test_changed_words_are_private_and_the_passage_can_be_shared(app: App, ctx: Context, press: Press) -> None:
    claim = CRUSH.replace("not", "never")
    reply = await app.run("check", {"quotation": claim}, ctx)
    assert reply.private
    (share,) = [button for button in reply.buttons if button.label.startswith("Share")]
    assert [quote.words for quote in (await press(share.action, share.value)).quotes()] == [CRUSH]
    # What is in a message is there already.
    assert not (await app.act_on_message("Check this quote", claim, ctx)).private


@pytest.mark.parametrize(
    ("typed", "references"),
    [
        ("Trotsky said that their whole hope was that theirs would kindle a European revolution", ["speech 6.6"]),
        ("He claims that if the rising of the people did not crush imperialism they would be", ["speech 6.7"]),
        ("Trotsky told the Congress that they would never form a union with such men", ["speech 5.5"]),
        ("Lenin once argued that the peasants were hungry and tired of the long war", []),
    ],
)
async def test_what_somebody_reports_is_no_quotation_and_not_judged(
    ask: Ask, typed: str, references: list[str]
) -> None:
    reply = await ask(f"/check {typed}")
    assert reply.title == "? Reported, not quoted"
    assert reply.private
    assert [quote.reference for quote in reply.quotes()] == references


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        (f"Trotsky said that {CRUSH}", "✓ Word for word"),
        (f"Lenin said that {CRUSH}", "✗ Right words, wrong speaker"),
        (f"Trotsky said that “{CRUSH.replace('not', 'never')}”", "✗ Changed"),
        ("Comrade Avilov said that peace can be attained only through a coalition", "✓ Word for word"),
        ("Comrade Lenin said that peace can be attained only through a coalition", "✗ Changed"),
    ],
)
async def test_the_very_words_and_marked_ones_are_a_quotation_behind_that_too(ask: Ask, typed: str, title: str) -> None:
    assert (await ask(f"/check {typed}")).title == title


OFFER = "Our party held out its hand, with the gunpowder still in it, and said: “Come, let’s seize the power together”"


@pytest.mark.parametrize(
    "changed",
    [
        f"{OFFER}; but instead moderate Socialists ran to should assume authority.",
        OFFER.replace("held out its hand", "held out its fist"),
        OFFER.replace("with the gunpowder still in it, ", ""),
        f"Every {OFFER[4:]}",
    ],
)
@pytest.mark.parametrize("remark", ["", "wow look at this - ", "Here is what I found in my notes of yesterday: "])
async def test_a_true_quotation_within_changed_words_does_not_confirm_them(ask: Ask, changed: str, remark: str) -> None:
    assert (await ask(f"/check {remark}{changed}")).title == "✗ Changed"


@pytest.mark.parametrize(
    "typed",
    [
        "We read “Come, let’s seize the power together” in class, and it is what the party said",
        "In 1917 the Bolsheviks told moderate people “Come, let’s seize the power together”; I like that",
    ],
)
async def test_a_quotation_in_somebodys_own_words_is_judged_alone(ask: Ask, typed: str) -> None:
    assert (await ask(f"/check {typed}")).title == "✓ Word for word"


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        (f"Lenin's wife said “{CRUSH}”", "Said by Leon Trotsky."),
        (f"> {CRUSH}\nmy teacher says so", "Said by Leon Trotsky."),
        (f"can you check if he said {CRUSH}", "Said by Leon Trotsky."),
        (f"Napoleon said: “{CRUSH}”", "Said by Leon Trotsky. I don't know Napoleon, so I can't tell whether"),
        (f"“{CRUSH}” — The Times", "I don't know the Times, so I can't tell"),
    ],
)
async def test_whose_words_they_are_is_said_where_something_is_beside_them(ask: Ask, typed: str, line: str) -> None:
    assert line in said(await ask(f"/check {typed}"))
    assert "Said by" not in said(await ask(f"/check “{CRUSH}”"))


async def test_to_speak_of_somebody_is_not_to_quote_them(ask: Ask) -> None:
    reply = await ask("/check He ended up in Mexico City, living in a fortified house speaker:Trotsky")
    assert "The passage speaks of Leon Trotsky and does not quote them." in said(reply)


@pytest.mark.parametrize("claimed", ["Trotsky", "Bronstein", "leon trotskii", "the speech"])
async def test_the_right_speaker_is_right_in_any_spelling(ask: Ask, claimed: str) -> None:
    reply = await ask(f"/check Our party held out its hand speaker:{claimed}")
    assert reply.title == "✓ Word for word"
    assert "The speaker is right: Leon Trotsky." in said(reply)


async def test_a_quotation_out_of_context_is_shown_with_what_it_leaves_out(ask: Ask) -> None:
    reply = await ask("/check Peace will be concluded on the day when the European workers rise. — Trotsky")
    assert "Read the whole sentence: before these words it says “We do not say”." in said(reply)
    reply = await ask("/check He thought the USSR was doomed")
    assert "Read the whole sentence: it goes on “unless the rest of the world joined in”." in said(reply)


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("we but the Provisional Government and the democracy", "Word for word"),
        ("we but the Provisional Government … were isolated from the masses. — Trotsky", "Word for word, shortened"),
        ("peace will be concluded on the day when the European workers rise. — Trotsky", "Word for word"),
    ],
)
async def test_what_begins_behind_a_negation_is_not_simply_right(ask: Ask, line: str, title: str) -> None:
    assert (await ask(f"/check {line}")).title == f"≈ {title}, without the negation before it"


@pytest.mark.parametrize(
    "line",
    [
        "All those who desire to carry out that program … we say: “Dear comrades, we are brothers-in-arms, we shall be "
        "with you to the end.” — Trotsky",
        "Our party held out its arm, with the gunpowder still in it, and said: “Come, let’s seize the power together” "
        "speaker:Lenin",
        "Our party held out its arm, with the gunpowder still in it, and said: “Come, let’s seize the power together”\n"
        "Leon Trotsky",
        "Today we heard a peasant request … the of Avksentiev. — Trotsky",
        "Did Stalin say “Today we heard a peasant request … the of Avksentiev.”?",
        "“Our party held out its arm, with the gunpowder still in it” — Lenin",
    ],
)
async def test_changed_words_come_before_whoever_is_said_to_have_said_them(ask: Ask, line: str) -> None:
    reply = await ask(f"/check {line}")
    assert reply.title == "✗ Changed"
    assert any(isinstance(part, Correction) for part in reply.parts)


@pytest.mark.parametrize(
    ("words", "speaker", "named"),
    [
        ("will strangle our revolution. (“There is still a third!” shouts someone.", "Trotsky", "Leon Trotsky"),
        ("There is still a third! shouts someone. The third- that’s the", "the heckler", "a voice from the hall"),
        ("There is still a third! shouts someone. The third- that’s the", "Trotsky", "Leon Trotsky"),
        ("we are brothers-in-arms, we shall be with you to the end. (Loud applause.)", "Trotsky", "Leon Trotsky"),
        ("we are brothers-in-arms, we shall be with you to the end. (Loud applause.)", "our party", "the Bolsheviks"),
        ("to help carry out that program … we say: “Dear comrades, we are brothers-in-arms, we shall be with you to "
         "the end.” (Loud applause.)", "Trotsky", "Leon Trotsky"),
    ],
)  # fmt: skip
async def test_words_of_two_voices_are_only_partly_anybodys(ask: Ask, words: str, speaker: str, named: str) -> None:
    reply = await ask(f"/check {words} speaker:{speaker}")
    assert reply.title == "✗ Right words, wrong speaker"
    assert f"Only a part is by {named}: this was said by " in said(reply)
    assert f", not {named}." not in said(reply)


async def test_whoever_said_none_of_the_words_of_two_voices_is_not_given_a_part(ask: Ask) -> None:
    reply = await ask("/check we shall be with you to the end. (Loud applause.) speaker:Lenin")
    assert "Leon Trotsky, the Bolshevik party (“we”), as quoted by Trotsky and whoever took down" in said(reply)
    assert ", not Vladimir Lenin." in said(reply)


@pytest.mark.parametrize(
    ("words", "note"),
    [
        *((slogan, "A slogan of the Bolsheviks in 1917.") for slogan in (
            "peace, land and bread", "bread, land, peace", "Land! Peace! Bread!", "peace and bread",
        )),
        ("Workers of all countries, unite!", "The end of the Communist Manifesto"),
        ("history's dustbin", "Trotsky said something like it at this Congress"),
    ],
)  # fmt: skip
async def test_of_famous_words_in_any_order_it_is_said_where_they_come_from(ask: Ask, words: str, note: str) -> None:
    notes = [part.words for part in (await ask(f"/check {words}")).parts if isinstance(part, Note)]
    assert any(note in one for one in notes)


async def test_a_voice_that_the_text_quotes_is_named_with_the_editors_note(ask: Ask) -> None:
    reply = await ask("/check we are brothers-in-arms, we shall be with you to the end")
    assert "Said by Leon Trotsky and the Bolshevik party (“we”), as quoted by Trotsky." in said(reply)
    assert any(isinstance(part, Note) for part in reply.parts)


async def test_other_words_get_the_caution_and_a_passage_only_if_it_is_near(ask: Ask) -> None:
    far = await ask("/check Workers of all lands unite, you have nothing to lose but your chains")
    near = await ask("/check the one hope we have is that this revolution will kindle another one in Europe")
    for reply in (far, near):
        assert reply.title == "? Not in the speech or the article"
        assert "may still come from somewhere else" in said(reply)
    assert not list(far.quotes())
    assert [quote.reference for quote in near.quotes()] == ["speech 6.6"]
    assert "not what was quoted" in said(near)


async def test_too_few_words_are_counted_and_no_passages_are_piled_up(ask: Ask) -> None:
    for typed, places in (("the revolution", "10 places"), ("peace", "5 places"), ("the", "168 places")):
        reply = await ask(f"/check {typed}")
        assert places in said(reply)
        assert "/word" in said(reply)
        assert not [part for part in reply.parts if isinstance(part, Menu | Heading)]
        assert not list(reply.quotes())
    assert "nowhere" in said(await ask("/check zebra"))


async def test_the_buttons_lead_to_context_citation_and_method(ask: Ask, press: Press) -> None:
    reply = await ask(f"/check {CRUSH}")
    assert [button.label for button in reply.buttons] == ["In context", "Cite", "How I check"]
    replies = [await press(button.action, button.value) for button in reply.buttons]
    assert not any(one.error for one in replies)
    assert "imperialism" in " ".join(quote.words for quote in replies[0].quotes())


async def test_long_lists_of_differences_say_how_many_more(ask: Ask) -> None:
    reply = await ask(f"/check {CRUSH.upper()}")
    assert len(listed(reply)) == 13
    assert listed(reply)[-1] == "and 4 others like these"


# A message.


@pytest.mark.parametrize(
    ("message", "title"),
    [
        (f"Trotsky said: “{CRUSH}” What do you think?", "✓ Word for word"),
        (f'Trotsky said: "{CRUSH}" What do you think?', "✓ Word for word"),
        (f"look at this\n> {CRUSH}\nwow", "✓ Word for word"),
        ("> If the rising of the people\n> does not crush imperialism,\nyes", "✓ Word for word"),
        (f">>> {CRUSH}", "✓ Word for word"),
        (CRUSH, "✓ Word for word"),
        (f"> **{CRUSH}**\n— Leon Trotsky, 1917", "✓ Word for word"),
        (f"> {CRUSH}\n> — Leon Trotsky, speech 6.7 (Trotsky Opposes Coalition, 8 November 1917)", "✓ Word for word"),
        (f"“{CRUSH}” — Lenin", "✗ Right words, wrong speaker"),
        (f"{CRUSH}\n- Lenin", "✗ Right words, wrong speaker"),
        ("Our party held out its hand, with the gunpowder still in it, and said: “Come", "✓ Word for word"),
        ("He told them: “Our party held out its hand, and said: “Come, let’s seize the power”; but”", "✗ Changed"),
        (f"He said “yes” and “{CRUSH.replace('not', 'never')}”", "2 quotations"),
    ],
)  # fmt: skip
async def test_the_quotation_is_taken_out_of_a_message(app: App, ctx: Context, message: str, title: str) -> None:
    assert (await app.act_on_message("Check this quote", message, ctx)).title == title


async def test_each_quotation_of_a_message_is_checked_the_long_ones_first(app: App, ctx: Context) -> None:
    message = f"“yes”, “{CRUSH}”, “{CRUSH.replace('not', 'never')}”, “no” and “perhaps”"
    reply = await app.act_on_message("Check this quote", message, ctx)
    headings = [part.words for part in reply.parts if isinstance(part, Heading) and not part.text]
    assert headings == ["✓ Word for word", "✗ Changed", "? Too short to be sure"]


@pytest.mark.parametrize("message", ["", "👍", "https://", "“”", "> \n> "])
async def test_a_message_without_words_is_told_kindly(app: App, ctx: Context, message: str) -> None:
    reply = await app.act_on_message("Check this quote", message, ctx)
    assert not reply.incident
    assert "/check" in reply.error or reply.title == "? Too short to be sure"


@EVERY_TIME
@given(message=TYPED | st.text(alphabet="“”\"'«»>—- \nab", max_size=60))
async def test_no_message_and_no_quotation_raises(app: App, ctx: Context, message: str) -> None:
    for reply in (
        await app.act_on_message("Check this quote", message, ctx),
        await app.run("check", {"quotation": message, "speaker": message}, ctx),
        await app.run("check", {"quotation": f"{CRUSH} {message}"}, ctx),
    ):
        assert not reply.incident
        check_quotes(app.corpus, reply)
        if CONFIRMING in reply.title:
            assert list(reply.quotes())


async def test_famous_words_from_elsewhere_are_answered_by_the_editors(ask: Ask, app: App, ctx: Context) -> None:
    typed = "You may not be interested in war, but war is interested in you."
    message = await app.act_on_message("Check this quote", f"> {typed}\n— Leon Trotsky", ctx)
    for reply in (await ask(f"/check {typed} speaker:Trotsky"), message):
        (note,) = [part.words for part in reply.parts if isinstance(part, Note)]
        assert note.startswith("Not in these texts. Often given to Trotsky")
        assert reply.title.startswith("? Not in")


async def test_a_check_out_of_time_decides_nothing(ask: Ask) -> None:
    """What is rare is found all the same; of what was not looked at everywhere nobody hears that it is in no text."""
    with work_budget(0):
        reply = await ask(f"/check {COMMON}")
        assert reply.title == "? Ran out of time"
        assert "may be in the texts" in said(reply)
        assert (await ask(f"/check {CRUSH}")).title == "✓ Word for word"


async def test_a_check_that_stopped_among_near_passages_says_so_and_shows_the_nearest(ask: Ask) -> None:
    altered = f"/check {CRUSH.replace('imperialism', 'capitalism')}"
    assert "stopped looking" not in said(await ask(altered))
    with work_budget(0):
        reply = await ask(altered)
    assert reply.title == "? Ran out of time"
    assert "stopped looking" in said(reply)
    assert [quote.reference for quote in reply.quotes()] == ["speech 6.7"]


async def test_a_report_out_of_time_counts_what_is_undecided(ask: Ask) -> None:
    with work_budget(0):
        reply = await ask(f"/check “{CRUSH}” and “{COMMON}” and “{COMMON} of” and “{COMMON} the”")
    assert said(reply).startswith("1 word for word and 3 for which i ran out of time.")


async def test_true_words_of_a_message_that_was_not_compared_whole_are_true_and_the_rest_is_said(ask: Ask) -> None:
    with work_budget(0):
        reply = await ask(f"/check Our teacher found “{CRUSH}” in the papers of the time, and that is all")
    assert reply.title == "✓ Word for word"
    assert "about these words alone" in said(reply)


UNION, HOPE = (
    "We shall never form a union with them",
    "our whole hope is that our revolution will kindle a European revolution",
)


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        *((f"{opening}{frame.format(words)}{closing}", title)
          for opening, closing in ('""', "“”", "«»")
          for frame in ('He said "{}" and left', "He said “{}” and left", 'The speaker said: "{}." He left the hall.')
          for words, title in ((UNION, "✓ Word for word"), (UNION.replace("shall", "will"), "✗ Changed"))),
        (f'My essay says "He said "{UNION}" and left".', "✓ Word for word"),
    ],
)  # fmt: skip
async def test_what_is_marked_within_marks_is_judged_where_the_rest_is_a_frame(
    ask: Ask, typed: str, title: str
) -> None:
    reply = await ask(f"/check {typed}")
    assert reply.title == title
    assert [quote.reference for quote in reply.quotes()] == ["speech 5.5"]


@pytest.mark.parametrize("question", ["Is it true?", "Hi!", "Really?", "Did he say this?", "Question: is it true?"])
@pytest.mark.parametrize("frame", ["According to {},", "In the words of {},", "As {} put it:", "{} said:"])
@pytest.mark.parametrize(("name", "said"), [
    ("Karl Marx", "I don't know Karl Marx"), ("Lenin", "Said by Leon Trotsky, not Vladimir Lenin."),
    ("Trotsky", "The speaker is right"),
])  # fmt: skip
async def test_a_frame_behind_a_question_is_read(ask: Ask, question: str, frame: str, name: str, said: str) -> None:
    reply = await ask(f"/check {question} {frame.format(name)} {HOPE}")
    assert [quote.reference for quote in reply.quotes()] == ["speech 6.6"]
    assert any(said in part.words for part in reply.parts if isinstance(part, Prose))


async def test_a_question_before_changed_words_is_none_of_them(ask: Ask) -> None:
    reply = await ask(f"/check Can you check this? {HOPE.replace('European', 'world').capitalize()}")
    assert reply.title == "✗ Changed"
    assert [quote.reference for quote in reply.quotes()] == ["speech 6.6"]
    assert "negation" not in str(reply.parts)


@pytest.mark.parametrize(
    ("typed", "corrected_words"),
    [
        ("Trotsky said the revolution will kindle a European revolution",
         "[-the-] {+our+} revolution will kindle a European revolution"),
        ("Is it true that Trotsky said our only hope is that our revolution will kindle a European revolution?",
         "our [-only-] {+whole+} hope is that our revolution will kindle a European revolution"),
        ("Comrade Avilov said that peace can be had only through a coalition",
         "Comrade Avilov said that peace can be [-had-] {+attained+} only through a coalition"),
    ],
)  # fmt: skip
async def test_what_leads_to_changed_words_is_no_change_unless_the_text_has_it(
    ask: Ask, typed: str, corrected_words: str
) -> None:
    (part,) = [part for part in (await ask(f"/check {typed}")).parts if isinstance(part, Correction)]
    assert correction_text(part, 0, len(part.words)) == corrected_words


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("The Bitter Rivalry and the Ice Axe", "These words are a heading of the article, not of its text."),
        ("the theory of permanent revolution", "These words are a heading of the article, not of its text."),
        ("“Trotsky Opposes Coalition”", "These words are the title of the speech, not of its text."),
        ("Leon Trotsky: What Most People Get Wrong About the Man Who Built the Red Army",
         "These words are the title of the article, not of its text."),
        ("What Most People Get Right About the Man Who Built the Red Army", None),
        ("What Most People Get Wrong", None),
        ("the permanent revolution theory", None),
        (HOPE, None),
    ],
)  # fmt: skip
async def test_a_title_or_heading_is_said_to_be_one(ask: Ask, words: str, line: str | None) -> None:
    told = [one for one in said(await ask(f"/check {words}")).split("\n") if one.startswith("These words are ")]
    assert [one for one in told if "not of its text" in one] == ([line] if line else [])


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("so long as they exist we cannot ignore them", "✓ Word for word"),
        ("instead moderate Socialists ran to the City Duma", "✓ Word for word"),
        ("peace will be concluded on the day when the European workers rise",
         "≈ Word for word, without the negation before it"),
    ],
)  # fmt: skip
async def test_what_is_before_but_does_not_govern_what_is_behind_it(ask: Ask, words: str, title: str) -> None:
    assert (await ask(f"/check {words}")).title == title


OWN_ELLIPSIS = "A coalition with the “kulak” we refuse … in the name of the workers and poorest peasants."
HIDDEN = "The text has an ellipsis of its own there: write “[…]”, so that yours can be told from it."


@pytest.mark.parametrize("mark", ["…", "...", ". . .", "… …"])
@pytest.mark.parametrize("frame", ["{}", "“{}”", "“{}” — Trotsky", "Trotsky: {}", "> {}"])
@pytest.mark.parametrize(
    "left_out", ["with the “kulak” we refuse … ", "we refuse … ", "… in the name ", "… in the name of the "]
)
async def test_an_elision_beside_the_texts_own_ellipsis_is_said_to_be_hidden(
    ask: Ask, left_out: str, frame: str, mark: str
) -> None:
    typed = OWN_ELLIPSIS.replace(left_out, f"{mark} ").replace("“kulak”", "kulak")
    reply = await ask(f"/check {frame.format(typed)}")
    assert reply.title == "≈ Word for word, shortened beside the text's own ellipsis"
    assert HIDDEN in said(reply)
    # In brackets it is plainly nobody's but the quoter's.
    reply = await ask(f"/check {frame.format(typed.replace(mark, f'[{mark}]'))}")
    assert reply.title == "✓ Word for word, shortened"
    assert HIDDEN not in said(reply)


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        (OWN_ELLIPSIS, "✓ Word for word"),
        (OWN_ELLIPSIS.replace("…", "..."), "✓ Word for word"),
        (OWN_ELLIPSIS.replace("workers and", "…"), "✓ Word for word, shortened"),
        # The text's own ellipsis is in the middle of what was left out.
        (OWN_ELLIPSIS.replace("refuse … in", "…"), "✓ Word for word, shortened"),
    ],
)
async def test_any_other_elision_hides_nothing(ask: Ask, typed: str, title: str) -> None:
    assert (await ask(f"/check {typed}")).title == title
