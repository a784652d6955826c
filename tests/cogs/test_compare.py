"""/compare: two texts side by side, and never one for the other."""

from __future__ import annotations

import pytest

from bot.core.app import App
from bot.core.context import Context
from bot.core.reply import Heading, Menu, Note, Prose
from tests.cogs.reading import lines, said
from tests.conftest import Ask, Press


async def test_a_curated_topic_has_the_editors_sentence_and_both_texts(ask: Ask) -> None:
    reply = await ask("/compare world revolution")
    assert isinstance(reply.parts[-1], Note)
    headings = [part.words for part in reply.parts if isinstance(part, Heading)]
    assert headings == ["The speech: primary source", "The article: secondary source"]
    assert {quote.text for quote in reply.quotes()} == {"speech", "article"}


async def test_every_topic_is_reached_by_its_name_and_each_synonym(ask: Ask, app: App) -> None:
    for topic in app.corpus.notes.topics:
        for typed in (topic.name, *topic.synonyms):
            assert (await ask(f"/compare {typed}")).title == topic.name, typed


async def test_a_silent_text_is_said_to_be_silent(ask: Ask) -> None:
    reply = await ask("/compare ice axe")
    assert Prose("The speech does not mention this.") in reply.parts
    assert {quote.text for quote in reply.quotes()} == {"article"}


async def test_a_text_with_some_of_the_words_is_not_said_to_be_silent(ask: Ask) -> None:
    said_ = said(await ask("/compare government evaporated"))
    assert said_.startswith("The speech has no passage with all of these words.")
    assert "not mention" not in said_


@pytest.mark.parametrize("typed", ["Trotsky", "Lev Bronstein", "Троцкий", "what do the texts say about Trotsky"])
async def test_a_text_that_does_not_mention_its_speaker_is_said_to_be_theirs(ask: Ask, typed: str) -> None:
    said_ = said(await ask(f"/compare {typed}"))
    assert said_.startswith("The speech is in the words of Leon Trotsky.\nThe speech does not mention this.")


@pytest.mark.parametrize("typed", ["Mercader", "ice axe", "Lenin", "Trotsky died"])
async def test_no_text_is_said_to_be_anybody_elses(ask: Ask, typed: str) -> None:
    assert "is in the words of" not in said(await ask(f"/compare {typed}"))


async def test_other_words_get_the_best_passages(ask: Ask) -> None:
    reply = await ask("/compare capitalists strangle")
    assert "speech 6.9" in {quote.reference for quote in reply.quotes()}


async def test_words_in_neither_text_are_a_private_no(ask: Ask) -> None:
    reply = await ask("/compare zebra")
    assert reply.private
    assert said(reply).startswith("“zebra” isn't in the texts.")
    assert not lines(reply)


@pytest.mark.parametrize(
    ("typed", "missing", "there"),
    [
        ("Lenin and Stalin", "", ["Lenin", "Stalin"]),
        ("Lenin vs. Stalin", "", ["Lenin", "Stalin"]),
        ("difference between Lenin and Stalin", "", ["Lenin", "Stalin"]),
        ("Lenin versus Dan", "", ["Lenin", "Dan"]),
        ("gunpowder, treason", "", ["Gunpowder", "Betrayal"]),
        ("Lenin, Stalin and pizza", " “pizza” isn't in the texts.", ["Lenin", "Stalin"]),
        ("pizza vs pasta vs Dan", " “pizza” and “pasta” aren't in the texts.", ["Dan"]),
    ],
)
async def test_things_that_no_passage_joins_are_looked_at_one_after_the_other(
    ask: Ask, press: Press, typed: str, missing: str, there: list[str]
) -> None:
    reply = await ask(f"/compare {typed}")
    assert said(reply) == f"No passage has all the words of “{typed}”.{missing} Look at one after the other:"
    assert lines(reply) == there
    (menu,) = [part for part in reply.parts if isinstance(part, Menu)]
    for choice in menu.choices:
        assert list((await press(menu.action, choice.value)).quotes()), choice


@pytest.mark.parametrize(
    "typed",
    ["Trotsky vs Stalin", "Trotsky versus Stalin", "Trotsky and Stalin", "difference between Trotsky and Stalin"],
)
async def test_things_that_passages_join_are_shown_in_these(ask: Ask, typed: str) -> None:
    reply = await ask(f"/compare {typed}")
    assert not reply.private
    quotes = list(reply.quotes())
    assert quotes
    assert all("Trotsky" in quote.words and "Stalin" in quote.words for quote in quotes)


@pytest.mark.parametrize(
    "typed", ["Frieden und Krieg", "paix et guerre", "мир и война", "Frieden gegen Krieg", "paix contre guerre"]
)
async def test_topics_are_joined_by_and_in_other_languages(ask: Ask, typed: str) -> None:
    assert lines(await ask(f"/compare {typed}")) == lines(await ask("/compare peace and war")) != []


@pytest.mark.parametrize(
    ("typed", "topic"),
    [
        ("lenin in the speech and in the article", "Lenin"), ("peace in the speech and the article", "Ways to peace"),
        ("the speech with the article on peasants", "The peasants"),
        ("the speech vs the article about peace", "Ways to peace"), ("speech and article on coalition", "Coalition"),
        ("how do the speech and the article differ on peace", "Ways to peace"),
        ("difference between the speech and the article on peace", "Ways to peace"),
        ("is there any disagreement between speech and article about coalition?", "Coalition"),
        ("do the speech and the article agree on coalition?", "Coalition"),
        ("does the speech agree with the article on peace", "Ways to peace"),
        ("where do the speech and the article disagree over peace", "Ways to peace"),
        ("what do speech and article each say about the army?", "The Red Army"),
        ("speech versus article regarding coalition", "Coalition"),
    ],
)  # fmt: skip
async def test_texts_that_are_named_beside_a_topic_are_no_words_of_it(ask: Ask, typed: str, topic: str) -> None:
    assert (await ask(f"/compare {typed}")).title == topic


async def test_of_things_that_no_text_has_none_is_offered(ask: Ask) -> None:
    reply = await ask("/compare pizza vs pasta")
    assert "“pizza” and “pasta” aren't in the texts." in said(reply)
    assert not lines(reply)


@pytest.mark.parametrize("typed", ["difference between the speech and the article", "compare article with speech"])
async def test_texts_that_are_compared_without_a_topic_lead_to_where_they_differ(ask: Ask, typed: str) -> None:
    assert (await ask(f"/compare {typed}")).title == "Where the texts disagree"


async def test_words_that_some_passages_have_in_part_lead_to_these(ask: Ask, press: Press) -> None:
    reply = await ask("/compare capitalism vs socialism")
    assert list((await press(reply.buttons[0].action, reply.buttons[0].value)).quotes())


@pytest.mark.parametrize(
    "typed",
    [
        "what do the texts say about democracy?",
        "What does the speech say about democracy",
        "how do they differ on democracy",
        "democracy in both texts",
        "democracy in the speech and the article",
        "the article on democracy",
    ],
)
async def test_a_question_is_answered_by_its_topic(ask: Ask, typed: str) -> None:
    assert (await ask(f"/compare {typed}")).title == "Democracy"


@pytest.mark.parametrize(
    "typed", ["speech", "speech article", "the speech and the article", "article vs speech", "speech und article"]
)
async def test_texts_without_a_topic_get_the_list_of_topics(ask: Ask, typed: str) -> None:
    assert await ask(f"/compare {typed}") == await ask("/compare")


async def test_words_near_a_topic_lead_to_it(ask: Ask, press: Press) -> None:
    reply = await ask("/compare zebra army")
    menu = next(part for part in reply.parts if isinstance(part, Menu))
    assert "The Red Army" in lines(reply)
    assert (await press(menu.action, menu.choices[0].value)).title == menu.choices[0].label


async def test_without_a_topic_all_topics_are_listed_for_the_asker_alone(ask: Ask, press: Press, app: App) -> None:
    reply = await ask("/compare")
    found = lines(reply)
    while reply.buttons[1].enabled:
        assert reply.private
        reply = await press(reply.buttons[1].action, reply.buttons[1].value)
        found += lines(reply)
    assert [one.casefold() for one in found] == [topic.name.casefold() for topic in app.corpus.notes.topics]


async def test_a_small_word_is_compared_too(ask: Ask) -> None:
    assert {quote.text for quote in (await ask("/compare the")).quotes()} == {"speech", "article"}


async def test_a_topic_by_another_name_says_so(ask: Ask) -> None:
    assert "bureaucracy" in said(await ask("/compare bureaucracy"))


async def test_only_passages_with_all_the_words_are_shown(ask: Ask) -> None:
    assert not list((await ask("/compare gunpowder pizza")).quotes())


async def test_passages_are_under_their_own_text(app: App, ctx: Context) -> None:
    for topic in app.corpus.notes.topics:
        under = None
        for part in (await app.act("compare.show", topic.id, ctx)).parts:
            under = part.text if isinstance(part, Heading) else under
            assert getattr(part, "text", under) == under


@pytest.mark.parametrize(
    ("typed", "title", "shown"),
    [
        ("arrest", "Prisons and arrests", {"speech 3.6", "speech 3.7"}),
        ("prisons", "Prisons and arrests", {"speech 3.6", "speech 3.7"}),
        ("rising", "World revolution", set()),
        ("Bolsheviks", "The Bolsheviks", {"article 4.2", "article 8.1"}),
        ("war", "War", set()),
        ("land", "Land", {"speech 3.7"}),
        ("democracy", "Democracy", {"speech 1.7", "speech 1.8"}),
        ("fact check", "Where the article errs", {"article 8.3", "article 6.1"}),
    ],
)
async def test_a_topic_shows_the_passages_that_speak_of_what_was_asked(
    ask: Ask, typed: str, title: str, shown: set[str]
) -> None:
    reply = await ask(f"/compare {typed}")
    assert reply.title == title
    assert shown <= {quote.reference for quote in reply.quotes()}


@pytest.mark.parametrize(
    ("typed", "first", "said"),
    [
        ("coalition", "", ""),
        ("the coalition", "", ""),
        ("peasants", "", ""),
        ("Bureaucracies", "bureaucracy", ""),
        ("unity government", "unity government", ""),
        ("peace", "", ""),
        ("terror", "", ""),
        ("masses", "", ""),
        ("bureaucracy", "bureaucracy", ""),
        ("cooalition", "", "Showing results for “coalition”."),
        ("bureaucrazy", "bureaucracy", "Showing results for “bureaucracy”."),
    ],
)
async def test_the_name_that_was_typed_is_first_and_a_slip_is_said(ask: Ask, typed: str, first: str, said: str) -> None:
    prose = [part.words for part in (await ask(f"/compare {typed}")).parts if isinstance(part, Prose)]
    assert (said in prose) is bool(said)
    assert any("Showing results" in words for words in prose) is bool(said)
    if first:
        assert any(words.startswith(f"Also: {first},") for words in prose)


@pytest.mark.parametrize(
    "typed", ["article, speech", "article and speech", "article speech", "the article & the speech"]
)
async def test_two_texts_answer_in_the_order_in_which_they_are_named(ask: Ask, typed: str) -> None:
    reply = await ask(f"/compare world revolution texts:{typed}")
    headings = [part.words for part in reply.parts if isinstance(part, Heading)]
    assert headings == ["The article: secondary source", "The speech: primary source"]
    assert isinstance(reply.parts[-1], Note)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("speach, article", "There is no text “speach”. Did you mean speech?"),
        ("speech, pamphlet", "There is no text “pamphlet”. The texts are speech and article."),
        ("speech", "Name at least two texts, such as speech and article."),
        ("speech, the speech", "Name at least two texts, such as speech and article."),
        (", and", "There is no text “and”."),
    ],
)
async def test_what_names_no_two_texts_is_told_what_would(ask: Ask, typed: str, says: str) -> None:
    assert says in (await ask(f"/compare peace texts:{typed}")).error


async def test_words_that_the_named_texts_lack_are_a_private_no(ask: Ask) -> None:
    reply = await ask("/compare zebra texts:speech, article")
    assert reply.private
    assert said(reply).startswith("“zebra” is not in the speech and the article.")


@pytest.mark.parametrize(
    ("typed", "offers"),
    [
        ("", ["speech", "article"]),
        ("sp", ["speech"]),
        ("Opposes", ["speech"]),
        ("speech, ", ["speech, article"]),
        ("speech ", ["speech, article"]),
        ("speech, a", ["speech, article"]),
        ("speech and art", ["speech, article"]),
        ("speech, speech", []),
        ("zebra", []),
    ],
)
async def test_texts_are_completed_one_after_the_other(app: App, ctx: Context, typed: str, offers: list[str]) -> None:
    assert [one.value for one in await app.suggest("compare", "texts", typed, ctx)] == offers


async def test_nothing_can_be_left_out(ask: Ask) -> None:
    assert "I can't leave anything out." in (await ask("/compare not Lenin")).error


@pytest.mark.parametrize(
    "typed",
    [
        *(
            f"speech 4.2{between}article 4.2"
            for between in (
                " and ",
                ", ",
                " vs ",
                " vs. ",
                " ",
                " with ",
                " & ",
                " or ",
                " und ",
                " et ",
                " и ",
                " gegen ",
            )
        ),
        "compare speech 4.2 to article 4.2",
        "paragraph 4, sentence 2 of the speech and article 4.2",
    ],
)
async def test_passages_are_compared_by_their_references(ask: Ask, typed: str) -> None:
    reply = await ask(f"/compare {typed}")
    assert [quote.reference for quote in reply.quotes()] == ["speech 4.2", "article 4.2"]
    headings = [part.words for part in reply.parts if isinstance(part, Heading)]
    assert headings == ["The speech: primary source", "The article: secondary source"]
    assert [one.label for one in reply.buttons] == ["Around speech 4.2", "Around article 4.2"]


async def test_a_second_reference_is_in_the_same_text(ask: Ask) -> None:
    reply = await ask("/compare speech 4.2 vs 5.1")
    assert [quote.reference for quote in reply.quotes()] == ["speech 4.2", "speech 5.1"]


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("speech 4.2 and article 99.2", "The article has 38 paragraphs"),
        ("4.2 and 5.1", "name the text too. Did you mean speech 4.2 or article 4.2?"),
        ("speech 4.2", "Please name another passage as well, for example: /compare speech 4.2 and article 1"),
    ],
)
async def test_what_is_wrong_with_references_is_said(ask: Ask, typed: str, line: str) -> None:
    assert line in (await ask(f"/compare {typed}")).error


@pytest.mark.parametrize("typed", ["both", "both texts", "the two texts", "compare the texts"])
async def test_texts_without_a_topic_lead_to_the_topics(ask: Ask, typed: str) -> None:
    assert await ask(f"/compare {typed}") == await ask("/compare")


async def test_a_link_beside_a_topic_makes_no_difference(ask: Ask) -> None:
    assert (await ask("/compare revolution https://example.org")).title == (await ask("/compare revolution")).title
