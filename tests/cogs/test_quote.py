"""/quote: the exact passage, its source, and the ways on from it."""

from __future__ import annotations

import re
from contextlib import closing

import pytest

from bot.core.app import App
from bot.core.context import Context
from bot.core.reply import Code, Menu, Note, Prose, Quote, Reply
from cogs.read import LONG_PAGE
from corpus.corpus import Corpus
from corpus.index_file import IndexFile
from corpus.reference import Reference
from corpus.search.paraphrases import read_paraphrases
from tests.cogs.reading import lines, said
from tests.conftest import Ask, Press

GUNPOWDER = (
    "Our party held out its hand, with the gunpowder still in it, and said: “Come, let’s seize the power together”; "
    "but instead moderate Socialists ran to the City Duma to join the counter-revolutionaries."
)


def only_quote(reply: Reply) -> Quote:
    (quote,) = reply.quotes()
    return quote


@pytest.mark.parametrize(
    "typed",
    [
        "speech.4.2",
        "speech 4 2",
        "speech 4:2",
        "speech 4.2-",
        "speech §4.2",
        "speech IV.2",
        "the speech, paragraph 4, sentence 2",
        "paragraph 4, sentence 2 of the speech",
        "Trotsky Opposes Coalition 4.2",
    ],
)
async def test_a_reference_in_any_usual_form_is_its_passage(ask: Ask, typed: str) -> None:
    assert await ask(f"/quote {typed}") == await ask("/quote speech 4.2")


@pytest.mark.parametrize("typed", ["4.2", "§4.2", "¶4", "IV.2", "4:2", "paragraph 4 sentence 2"])
async def test_a_place_without_its_text_is_asked_about(ask: Ask, typed: str) -> None:
    reply = await ask(f"/quote {typed}")
    assert "name the text too" in reply.error
    assert "Did you mean speech 4" in reply.error
    assert "or article 4" in reply.error


@pytest.mark.parametrize("typed", ["4.2 text:speech", "second sentence of paragraph 4 text:speech"])
async def test_a_place_is_in_the_text_that_its_option_names(ask: Ask, typed: str) -> None:
    assert await ask(f"/quote {typed}") == await ask("/quote speech 4.2")


@pytest.mark.parametrize(
    ("typed", "reference"),
    [
        ("the last sentence of the speech", "speech 8.3"),
        ("speech 3, last sentence", "speech 3.7"),
        ("Trotsky Opposes Coalition, first sentence", "speech 1.1"),
        ("how does the speech end?", "speech 8"),
        ("last paragraph text:article", "article 38"),
    ],
)
async def test_a_position_in_a_text_is_its_passage(ask: Ask, typed: str, reference: str) -> None:
    assert await ask(f"/quote {typed}") == await ask(f"/quote {reference}")


async def test_a_position_without_its_text_is_asked_about(ask: Ask) -> None:
    assert "Did you mean speech 8 or article 38?" in (await ask("/quote the last paragraph")).error


@pytest.mark.parametrize("typed", ["the end of the war", "the beginning of 1917", "999th sentence of the speech"])
async def test_a_position_in_something_else_is_looked_up_as_words(ask: Ask, typed: str) -> None:
    assert not (await ask(f"/quote {typed}")).error


@pytest.mark.parametrize("line", ["/quote speech 4-6", "/quote paragraphs 4 to 6, speech", "/read speech 4\u20136"])
async def test_several_paragraphs_are_shown_with_the_way_on(ask: Ask, app: App, line: str) -> None:
    reply = await ask(line)
    assert reply.title.endswith("· 4–6 of 8")
    whole = [one.words for number in (4, 5, 6) for one in app.corpus.passages(Reference("speech", number))]
    assert [quote.words for quote in reply.quotes()] == whole
    assert reply.buttons[-1].value == "speech 7"


async def test_more_paragraphs_than_there_is_room_for_end_where_the_next_page_begins(ask: Ask, press: Press) -> None:
    reply = await ask("/quote article 1-38")
    shown = list(reply.quotes())
    assert sum(len(quote.words) for quote in shown) <= LONG_PAGE
    on = await press(reply.buttons[-1].action, reply.buttons[-1].value)
    follows = Reference.read(next(iter(on.quotes())).reference)
    last = Reference.read(shown[-1].reference)
    assert follows is not None
    assert last is not None
    assert follows.paragraph == last.paragraph + 1


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("speech 4-99", "The speech has 8 paragraphs, so there is no speech 99."),
        ("paragraphs 4-6", "speech 4-6 or article 4-6"),
    ],
)
async def test_paragraphs_that_are_not_there_or_of_any_text_are_asked_about(ask: Ask, typed: str, says: str) -> None:
    assert says in (await ask(f"/quote {typed}")).error


async def test_one_word_finds_the_whole_sentence_and_its_source(ask: Ask) -> None:
    reply = await ask("/quote gunpowder")
    quote = only_quote(reply)
    assert (quote.words, quote.reference, quote.speaker) == (GUNPOWDER, "speech 5.3", "Leon Trotsky")
    assert quote.source == "Trotsky Opposes Coalition, 8 November 1917"
    assert [quote.words[start:end] for start, end in quote.marks] == ["gunpowder"]
    assert reply.text == "speech"


@pytest.mark.parametrize(
    ("typed", "reference"),
    [
        ("/quote speech 4.2", "speech 4.2"),
        ("/quote SPEECH 4.2", "speech 4.2"),
        ("/quote article 14", "article 14.1"),
        ("/quote speech 4", "speech 4.1-3"),
        ("/quote still third shouts", "speech 6.10"),
        ("/quote gunpowdr", "speech 5.3"),
        ("/quote armoured train", "article 15.2"),
        ("/quote text:article ice axe manuscript skull", "article 27.3"),
        ('/quote "the Union of the Oppressed"', "speech 7.6"),
        ("/quote “that’s Leon Trotsky”", "article 1.3"),
        ("/quote U. S.", "article 10.3"),
        ("/quote Dr. Mercader manuscript", "article 27.3"),
        ("/quote what does the article say about Kronstadt", "article 32.2"),
        ("/quote what did the speech say of gunpowder", "speech 5.3"),
    ],
)
async def test_words_and_references_lead_to_their_passage(ask: Ask, typed: str, reference: str) -> None:
    assert only_quote(await ask(typed)).reference == reference


@pytest.mark.parametrize("typed", ["positive", "evolution", "resolution", "garbage", "brutish", "pheasant"])
async def test_another_english_word_is_no_slip(ask: Ask, typed: str) -> None:
    reply = await ask(f"/quote {typed}")
    assert reply.private
    assert "Showing results" not in said(reply)


async def test_a_title_before_a_name_is_no_word_of_it(ask: Ask) -> None:
    assert [one.reference for one in (await ask("/quote Mr. Trotsky")).quotes()] == [
        one.reference for one in (await ask("/quote Trotsky")).quotes()
    ]


async def test_a_slip_that_was_mended_is_said_without_repeating_it(ask: Ask) -> None:
    reply = await ask("/quote gunpowdr")
    assert Prose("Showing results for “gunpowder”.") in reply.parts
    assert "gunpowdr" not in str(reply.parts)


async def test_other_matches_are_counted_and_listed_page_by_page(ask: Ask, press: Press) -> None:
    reply = await ask("/quote revolution")
    (more,) = [button for button in reply.buttons if button.label == "All matches"]
    page = await press(more.action, more.value)
    assert len(lines(page)) == 10
    found = lines(page)
    while (on := page.buttons[1]).enabled:
        page = await press(on.action, on.value)
        found += lines(page)
    assert f"{len(found) - 1} other passages match." in said(reply)
    assert found[0].startswith(only_quote(reply).reference)
    menu = next(part for part in page.parts if isinstance(part, Menu))
    other = await press(menu.action, menu.choices[0].value)
    assert only_quote(other).reference == menu.choices[0].value


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("did the party kill Lenin", {"party", "kill", "Lenin"}),
        ("red army size", {"Red", "army", "size"}),
        ("Avilov and the bureaucracy", {"Avilov", "bureaucracy"}),
    ],
)
async def test_a_passage_with_some_of_the_words_is_shown_as_that_to_the_asker_alone(
    ask: Ask, press: Press, typed: str, words: set[str]
) -> None:
    reply = await ask(f"/quote {typed}")
    assert reply.private
    missing = set(re.findall("“(.*?)”", next(line for line in said(reply).splitlines() if "closest lacks" in line)))
    assert missing < words
    quote = only_quote(reply)
    assert not any(re.search(rf"\b{word}\b", quote.words, re.IGNORECASE) for word in missing)
    assert any(re.search(rf"\b{word[:4]}", quote.words, re.IGNORECASE) for word in words - missing)
    assert "match" not in said(reply)
    (share,) = [button for button in reply.buttons if button.label == "Share"]
    shared = await press(share.action, share.value)
    assert not shared.private
    assert [quote.words for quote in shared.quotes()] == [quote.words]


async def test_what_a_passage_says_in_other_words_finds_it_and_is_said_to_be_a_guess(ask: Ask) -> None:
    reply = await ask("/quote his home abroad was guarded like a castle")
    assert only_quote(reply).reference == "article 25.1"
    assert reply.private
    assert said(reply).startswith("No passage says this. This one may be meant:")


async def test_no_paraphrase_is_ever_shown(ask: Ask, corpus: Corpus) -> None:
    """Asked for by most of its words, of which a reply may repeat what was typed."""
    with closing(IndexFile(corpus.file)) as index:
        every = [words for one in read_paraphrases(index) for words in one.words]
    for words in every[::80]:
        for command in ("quote", "word", "who", "compare", "event", "check"):
            shown = repr(await ask(f"/{command} {words.rpartition(' ')[0]}")).casefold()
            assert not [one for one in every if one.casefold() in shown]


async def test_what_only_another_text_has_is_offered_from_there(ask: Ask) -> None:
    reply = await ask("/quote gunpowder text:article")
    assert said(reply) == "No match for “gunpowder” in the article. Elsewhere:"
    assert [line.partition(":")[0] for line in lines(reply)] == ["speech 5.3"]


async def test_a_small_word_is_found(ask: Ask) -> None:
    assert "the" in only_quote(await ask("/quote the")).words.lower()


async def test_other_languages_hear_that_the_texts_are_in_english(ask: Ask) -> None:
    assert "The texts are in English." in said(await ask("/quote Größe"))
    for typed, is_english in (("zeppelin", True), ("zebra", True), ("Werkstatt", False), ("Gewerkschaft", False)):
        remark = "If that isn't English, try an English word"
        assert (remark not in said(await ask(f"/quote {typed}"))) is is_english, typed


@pytest.mark.parametrize("typed", ["5,000,000", "5.000.000", "5 000 000", "5000000", "army of 5,000,000", "5 million"])
async def test_a_number_is_found_in_any_other_form(ask: Ask, typed: str) -> None:
    assert only_quote(await ask(f"/quote {typed}")).reference == "article 4.3"


@pytest.mark.parametrize(
    ("typed", "other", "place"),
    [
        ("<b>gunpowder</b>", "gunpowder", "speech 5.3"),
        ("https://example.org/a gunpowder", "gunpowder", "speech 5.3"),
        ("in the speech: kulak", "kulak", "speech 4.1"),
        ("Speech: kulak", "kulak", "speech 4.1"),
        ("20.8.1940", "20 August 1940", "article 27.1"),
        ("the twentieth of Aug nineteen forty", "20 August 1940", "article 27.1"),
        ("what happened on August 20, 1940?", "20 August 1940", "article 27.1"),
        ("Авилов", "Avilov", "speech 3.4"),
        ("the arrest of Avksentiev himself, who filled the prisons, thanks", "", "speech 3.7"),
    ],
)
async def test_other_words_for_what_was_typed_are_looked_for_too(ask: Ask, typed: str, other: str, place: str) -> None:
    reply = await ask(f"/quote {typed}")
    assert only_quote(reply).reference == place
    assert f"Showing results for “{other}" in said(reply)


async def test_anything_random_is_a_highlight(ask: Ask, app: App) -> None:
    for typed in ("random", "surprise me", "a random quote"):
        assert Reference.read(only_quote(await ask(f"/quote {typed}")).reference) in app.corpus.notes.highlights


async def test_a_place_is_asked_about_only_among_texts_that_have_it(ask: Ask) -> None:
    assert "Did you mean speech 4.2 or article 4.2?" in (await ask("/quote 4.2")).error
    assert only_quote(await ask("/quote 38.1")).reference == "article 38.1"
    assert "1917" in only_quote(await ask("/quote 1,917")).words
    assert not (await ask("/quote 5,000 text:speech")).error


@pytest.mark.parametrize(
    ("typed", "what", "heading", "place"),
    [
        ("Trotsky opposes coalition", "a title", "The speech: Trotsky Opposes Coalition", "speech 1"),
        ("architects of October", "a heading", "The article: The Architect of the October Revolution", "article 5"),
        ("history buffs", "a heading", "The article: Actionable Insights for History Buffs", "article 33"),
    ],
)
async def test_words_of_a_heading_alone_lead_to_it(
    ask: Ask, press: Press, typed: str, what: str, heading: str, place: str
) -> None:
    reply = await ask(f"/quote {typed}")
    assert said(reply).startswith(f"No passage has these words, but they are in {what}. Read on from there:")
    assert lines(reply)[0] == heading
    menu = next(part for part in reply.parts if isinstance(part, Menu))
    assert menu.choices[0].value == place
    assert list((await press(menu.action, place)).quotes())
    assert "heading" not in said(await ask("/quote history buffs text:speech"))


@pytest.mark.parametrize("value", ["", "1", "x - peasants", "1 pamphlet peasants", "1 -", "0 -  "])
async def test_a_button_to_matches_that_are_gone_is_told_kindly(press: Press, value: str) -> None:
    assert "/quote" in (await press("quote.matches", value)).error


async def test_nothing_found_is_an_answer_with_a_next_step(ask: Ask) -> None:
    reply = await ask("/quote zebra")
    assert reply.title == "Nothing found"
    assert not reply.error
    assert reply.private
    assert not list(reply.quotes())
    assert "/read" in said(reply)


async def test_a_reference_too_far_tells_how_far_the_text_goes(ask: Ask) -> None:
    reply = await ask("/quote speech 40")
    assert "8 paragraphs" in reply.error
    assert reply.private
    assert [button.value for button in reply.buttons] == ["speech 8"]


async def test_without_words_one_of_the_highlights_another_each_time(ask: Ask, app: App) -> None:
    seen = {only_quote(await ask("/quote")).reference for _ in range(12)}
    assert len(seen) > 6
    assert seen <= {str(one) for one in app.corpus.notes.highlights}


async def test_without_words_in_one_text_stays_in_that_text(ask: Ask) -> None:
    texts = {quote.text for _ in range(20) for quote in (await ask("/quote text:article")).quotes()}
    assert texts == {"article"}


async def test_buttons_lead_to_the_sentences_before_and_after(ask: Ask, press: Press) -> None:
    here = await ask("/quote speech 5.3")
    values = {button.label: button.value for button in here.buttons}
    assert values["◀ Sentence before"] == "speech 5.2"
    assert values["Sentence after ▶"] == "speech 5.4"
    assert only_quote(await press("quote.show", values["Sentence after ▶"])).reference == "speech 5.4"


async def test_the_ends_of_a_text_are_ends(ask: Ask) -> None:
    first, last = await ask("/quote speech 1.1"), await ask("/quote speech 8.3")
    assert [button.enabled for button in first.buttons[:2]] == [False, True]
    assert [button.enabled for button in last.buttons[:2]] == [True, False]


async def test_in_context_the_passage_is_marked_and_each_voice_is_named(press: Press) -> None:
    reply = await press("quote.context", "speech 6.11")
    speakers = [(quote.reference, quote.speaker) for quote in reply.quotes()]
    assert speakers == [
        ("speech 6.1-9", "Leon Trotsky"),
        ("speech 6.10", "A voice from the hall, in the record"),
        ("speech 6.11-12", "Leon Trotsky"),
    ]
    marked = [quote.words[start:end] for quote in reply.quotes() for start, end in quote.marks]
    assert len(marked) == 1
    assert marked[0].startswith("The third- that’s the course")


async def test_citations_name_the_edition_and_the_place(press: Press) -> None:
    reply = await press("quote.cite", "speech 5.3")
    assert reply.private
    labels = {part.label: part.words for part in reply.parts if isinstance(part, Code)}
    assert set(labels) == {"Chicago", "MLA", "APA", "Plain"}
    assert all("speech 5.3" in words for words in labels.values())
    assert all("Bunyan" in labels[style] and "1934" in labels[style] for style in ("Chicago", "MLA", "APA"))


async def test_a_button_of_a_lost_text_is_told_kindly(press: Press) -> None:
    assert "no longer have" in (await press("quote.show", "pamphlet 3")).error


async def test_completion_offers_highlights_for_nothing_and_references_for_their_beginning(
    app: App, ctx: Context, corpus: Corpus
) -> None:
    empty = await app.suggest("quote", "words", "", ctx)
    assert [one.value for one in empty] == [str(one) for one in corpus.notes.highlights[:25]]
    assert [one.value for one in await app.suggest("quote", "words", "speech", ctx)][:3] == [
        "speech 1",
        "speech 2",
        "speech 3",
    ]
    assert [one.value for one in await app.suggest("quote", "words", "speech 4", ctx)][:2] == ["speech 4", "speech 4.1"]
    assert await app.suggest("quote", "words", "speech 99", ctx) == ()


async def test_find_this_passage_finds_what_a_message_quotes(app: App, ctx: Context) -> None:
    reply = await app.act_on_message("Find this passage", "Our whole hope is that our revolution will kindle", ctx)
    assert "speech 6.6" in [quote.reference for quote in reply.quotes()]
    assert (await app.act_on_message("Find this passage", "  ", ctx)).error


async def test_completion_offers_passages_whose_value_is_a_reference(app: App, ctx: Context, corpus: Corpus) -> None:
    choices = await app.suggest("quote", "words", "gunp", ctx)
    assert choices[0].value == "speech 5.3"
    assert choices[0].label.startswith("speech 5.3: Our party held out its hand")
    assert choices[0].label.endswith("…")
    assert len(choices[0].label) <= 100


@pytest.mark.parametrize(
    "typed", ["dustbin of history", "all power to the soviets", "dustbin", "religion is the opium of the people"]
)
async def test_famous_words_from_elsewhere_are_answered_by_the_editors(ask: Ask, typed: str) -> None:
    reply = await ask(f"/quote {typed}")
    (note,) = [part.words for part in reply.parts if isinstance(part, Note)]
    assert note.startswith("Not in these texts. ")


async def test_words_of_the_texts_get_no_such_note(ask: Ask) -> None:
    for typed in ("peace", "history", "war", "our whole hope", "revolution betrayed"):
        assert not [part for part in (await ask(f"/quote {typed}")).parts if isinstance(part, Note)]


@pytest.mark.parametrize(
    ("typed", "reference"),
    [
        ("defeated", "article 2.2"),
        ("who was defeated", "article 2.2"),
        ("execution", "article 15.4"),
        ("Executive", "speech 6.11"),
        ("insurrection", "speech 1.1"),
        ("mutiny", "article 32.2"),
        ("bodyguards", "article 28.2"),
        ("dreaded", "article 2.3"),
    ],
)
async def test_a_word_leads_to_what_means_the_same_and_not_to_its_opposite(
    ask: Ask, typed: str, reference: str
) -> None:
    (quote, *_) = (await ask(f"/quote {typed}")).quotes()
    assert quote.reference == reference


@pytest.mark.parametrize(
    ("typed", "reference"),
    [
        ("a quote about gunpowder", "speech 5.3"),
        ("Can you find me the passage with the goatee?", "article 1.1"),
        ("where is the goatee mentioned?", "article 1.1"),
        ("a quote about gunpowder in the speech", "speech 5.3"),
        ("where does Trotsky mention gunpowder", "speech 5.3"),
        ("quotes by Trotsky about gunpowder", "speech 5.3"),
        ("Trotsky's quote on gunpowder", "speech 5.3"),
        ("can I get a line on gunpowder", "speech 5.3"),
        ("I'm looking for a passage about gunpowder", "speech 5.3"),
        ("do you have any quotes about gunpowder?", "speech 5.3"),
        ("I'd like a quotation about gunpowder", "speech 5.3"),
        ("May we have a sentence with gunpowder, please", "speech 5.3"),
    ],
)
async def test_a_request_is_answered_by_what_it_asks_for(ask: Ask, typed: str, reference: str) -> None:
    reply = await ask(f"/quote {typed}")
    assert only_quote(reply).reference == reference
    assert not reply.private


@pytest.mark.parametrize("typed", ["quote by Trotsky", "give me a quote", "quote of the day"])
async def test_a_request_for_any_words_gets_a_highlight(ask: Ask, typed: str) -> None:
    reply = await ask(f"/quote {typed}")
    assert "Trotsky" not in typed or only_quote(reply).speaker == "Leon Trotsky"
    assert len(reply.buttons) > 3


@pytest.mark.parametrize(
    "typed", ["what did Lenin say about peace", "quotes by Lenin", "Lenin quotes", "Lenin on peace"]
)
async def test_who_says_nothing_in_the_texts_is_said_to(ask: Ask, press: Press, typed: str) -> None:
    reply = await ask(f"/quote {typed}")
    assert reply.private
    assert said(reply).startswith("None of the texts names Vladimir Lenin as a speaker.")
    assert lines(reply) or [quote.speaker for quote in reply.quotes()] == ["Leon Trotsky"]
    who = next(one for one in reply.buttons if one.action == "who.show")
    assert (await press(who.action, who.value)).title == "Vladimir Lenin"


@pytest.mark.parametrize(
    ("typed", "reference"),
    [
        ("4th international", "article 34.1"),
        ("2nd congress of soviets", "speech 8.1"),
        ("socialism in 1 country", "article 19.1"),
        ("twentieth century", "article 35.2"),
        ("2 ways", "speech 6.2"),
        ("counter revolution", "speech 1.2"),
        ("economy", "article 10.3"),
        # Nearly all small words, whose order tells where they are from.
        ("to the end we will be with you", "speech 8.2"),
    ],
)
async def test_a_passage_is_found_by_words_written_otherwise(ask: Ask, typed: str, reference: str) -> None:
    reply = await ask(f"/quote {typed}")
    assert only_quote(reply).reference == reference
    assert not reply.private


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("mountaineers", "mountaineering"),
        ("arrogance", "arrogant"),
        ("submit", "submission"),
        ("tradition", "traditional"),
    ],
)
async def test_words_of_one_family_are_offered_where_nothing_is_found(ask: Ask, typed: str, near: str) -> None:
    assert near in [button.label for button in (await ask(f"/quote {typed}")).buttons]


@pytest.mark.parametrize(
    "typed",
    [
        "gunpowder Trotsky", "Trotsky gunpowder", "gunpowder by Trotsky", "gunpowder - Leon Trotsky",
        "Trotsky: gunpowder",
        "Trotsky's gunpowder", "gunpowder, said Trotsky", "what's the quote about gunpowder again?", "gunpowder please",
        "whats that quote where trotsky says gunpowder", "can u find the line about gunpowder pls",
    ],
)  # fmt: skip
async def test_a_speaker_and_a_request_beside_the_words_are_understood(ask: Ask, typed: str) -> None:
    reply = await ask(f"/quote {typed}")
    assert only_quote(reply).reference == "speech 5.3"
    assert not reply.private


@pytest.mark.parametrize("name", ["Lenin", "Boris Avilov"])
@pytest.mark.parametrize(
    "typed", ["gunpowder by {}", "gunpowder from {}", "gunpowder - {}", "gunpowder, said {}", "{}: gunpowder",
              "{} said gunpowder"],
)  # fmt: skip
async def test_words_put_as_somebodys_are_shown_with_whose_they_are(ask: Ask, typed: str, name: str) -> None:
    reply = await ask(f"/quote {typed.format(name)}")
    assert reply.title.startswith("Not by ")
    assert reply.title.endswith(name)
    assert "This is by Leon Trotsky." in said(reply)
    assert only_quote(reply).reference == "speech 5.3"
    assert reply.private


async def test_somebody_who_did_not_say_it_is_not_given_the_words(ask: Ask) -> None:
    assert (await ask("/quote gunpowder Avilov")).private


@pytest.mark.parametrize("between", [" and ", ", ", "; ", " & ", " + ", " "])
async def test_several_references_are_all_shown(ask: Ask, between: str) -> None:
    reply = await ask(f"/quote speech 4.2{between}article 4.2")
    assert [quote.reference for quote in reply.quotes()] == ["speech 4.2", "article 4.2"]


@pytest.mark.parametrize("typed", ["speech 4.2, please", "please speech 4.2", "speech 4.2 thanks!"])
async def test_a_reference_may_be_asked_for_politely(ask: Ask, typed: str) -> None:
    assert only_quote(await ask(f"/quote {typed}")).reference == "speech 4.2"


@pytest.mark.parametrize(
    ("line", "action"),
    [
        ("/quote what did Trotsky say about peace? and what about the peasants?", "quote.words"),
        ("/event when was the congress? and when did Lenin die?", "event.list"),
        ("/compare what is peace? what is land?", "compare.words"),
    ],
)
async def test_of_several_questions_none_is_dropped(ask: Ask, press: Press, line: str, action: str) -> None:
    reply = await ask(line)
    assert reply.title == "Several questions"
    assert len(reply.buttons) == 2
    for one in reply.buttons:
        assert one.action == action
        assert not (await press(one.action, one.value)).error


@pytest.mark.parametrize(
    ("line", "left"),
    [
        (
            " ".join(f"what is {one}?" for one in ("land", "peace", "bread", "war", "power", "hope", "art")),
            "2 more questions",
        ),
        (f"what is land? what is peace? what is {'very ' * 40}old?", "1 more question:"),
    ],
)
async def test_questions_that_have_no_button_are_said(ask: Ask, line: str, left: str) -> None:
    reply = await ask(f"/quote {line}")
    assert reply.title == "Several questions"
    assert left in str(reply.parts)


@pytest.mark.parametrize("link", ["in", "from"])
@pytest.mark.parametrize("name", ["speech", "the speech", "The Speech", "Trotsky Opposes Coalition"])
@pytest.mark.parametrize(
    "words", ["gunpowder", "peace", "coalition peasants", "quotes about peace", "“betrayers of the revolution”"]
)
async def test_a_text_may_be_named_behind_the_words(ask: Ask, words: str, link: str, name: str) -> None:
    assert await ask(f"/quote {words} {link} {name}") == await ask(f"/quote {words} text:speech")


@pytest.mark.parametrize(
    "asked", ["please: peace in the speech", "peace in the speech, please", "peace in the speech?"]
)
async def test_courtesy_around_the_text_makes_no_difference(ask: Ask, asked: str) -> None:
    assert only_quote(await ask(f"/quote {asked}")) == only_quote(await ask("/quote peace text:speech"))


async def test_a_text_behind_the_words_that_has_them_not_says_where_they_are(ask: Ask) -> None:
    reply = await ask("/quote gunpowder in the article")
    assert "No match for “gunpowder” in the article. Elsewhere:" in said(reply)


@pytest.mark.parametrize(
    ("asked", "text"), [("a quote from the speech", "speech"), ("quotes from the article", "article")]
)
async def test_any_quotation_from_a_text_is_one_of_its_highlights(ask: Ask, asked: str, text: str) -> None:
    assert {quote.text for quote in (await ask(f"/quote {asked}")).quotes()} == {text}


async def test_a_word_that_was_typed_twice_is_missing_once(ask: Ask) -> None:
    reply = await ask("/quote you may not be interested in war but war is interested in you")
    assert "The closest lacks “interested”:" in said(reply)


@pytest.mark.parametrize(
    ("typed", "text"),
    [("the speech", "speech"), ("from the speech", "speech"), ("show me the speech", "speech"), ("article", "article"),
     ("The Article?", "article"), ("in the article", "article")],
)  # fmt: skip
async def test_a_text_alone_gets_a_passage_of_it_that_is_worth_reading(
    ask: Ask, app: App, typed: str, text: str
) -> None:
    reference = only_quote(await ask(f"/quote {typed}")).reference
    assert Reference.read(reference) in [one for one in app.corpus.notes.highlights if one.text == text]


async def test_one_word_that_a_passage_has_is_looked_for_though_a_text_is_called_so(ask: Ask) -> None:
    assert "speech" in only_quote(await ask("/quote speech")).words
