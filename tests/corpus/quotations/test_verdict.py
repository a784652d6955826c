"""The verdict on one quotation after another, and what it says of the passage, the words and the speaker."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.corpus import Corpus
from corpus.errors import NotUnderstood
from corpus.language.tokens import tokens
from corpus.quotations.align import ordered_matches
from corpus.quotations.limits import LONGEST
from corpus.quotations.parse import readings
from corpus.quotations.verdict import Verdict
from corpus.work_budget import work_budget
from tests.corpus.quotations.test_align import ODD
from tests.corpus.quotations.test_misquotations import misquoted
from tests.corpus.sample import edit, write_sample
from tests.corpus.slices import stands
from tests.samples import EVERYTHING

EVERY_TIME = settings(
    max_examples=5_000 if EVERYTHING else 50,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
CRUSH = "If the rising of the people does not crush imperialism, then we will surely be crushed."


def references(verdict: Verdict) -> list[str]:
    return [str(span.reference) for span in verdict.spans]


def passages(corpus: Corpus, verdict: Verdict) -> list[str]:
    return [corpus.paragraph(one.reference).words[one.start : one.end] for one in verdict.spans]


@pytest.mark.parametrize(
    ("typed", "kind", "text", "quoted", "significance"),
    [
        (CRUSH.replace(" not", ""), "left out", "not", "", {"negation"}),
        (CRUSH.replace("surely", "never"), "changed", "surely", "never", {"negation"}),
        (CRUSH.replace("the people", "the workers"), "changed", "people", "workers", set()),
        ("The important thing is to decide on a course of inaction", "changed", "action", "inaction", {"negation"}),
        ("On August 21, 1940, a man named Ramón Mercader", "changed", "20", "21", {"date"}),
        ("On August 20, 1941, a man named Ramón Mercader", "changed", "1940", "1941", {"date"}),
        ("Then, he built an army of six million people from scratch.", "changed", "five", "six", {"number"}),
        ("A coalition with Dan and Lenin would weaken rather", "changed", "Lieber", "Lenin", {"name"}),
        ("in his peasant war Comrade Zinoviev spoke of a coalition with the peasants", "changed", "Avilov", "Zinoviev",
         {"name"}),
        ("we we're told that we were isolating ourselves", "changed", "were", "we're", set()),
        ("Then, he built an army of 6 million people from scratch.", "changed", "five", "6", {"number"}),
        ("our whole hope is that our revolt will kindle a European", "changed", "revolution", "revolt", set()),
        ("Then, he built an 7 of five million people from scratch.", "changed", "army", "7", {"number"}),
        ("Then, he built an Oryx of five million people from scratch.", "changed", "army", "Oryx", {"name"}),
        ("On August 7th, 1940, a man named Ramón Mercader", "changed", "20", "7th", {"date"}),
        ("the \"Person\" Effect: Study how Stalin erased", "changed", "Unperson", "Person", {"negation", "name"}),
        ("On the 7th of October 24, Trotsky’s teams seized", "changed", "the night of October 24",
         "the 7th of October 24", {"date"}),
        ("Then, he built an 7th of five million people from scratch.", "changed", "army", "7th", {"number"}),
        # A number is a date's with a month two words from it.
        ("May 6 million people from scratch", "changed", "of five", "May 6", {"date"}),
        ("May built 6 army of five million people", "changed", "an", "6", {"date"}),
        ("May he built 6 army of five million people", "changed", "an", "6", {"number"}),
        ("he built 6 army May of five million people", "changed", "an", "6", {"date"}),
        ("the strike force for the Bolsheviks. On the 7 of", "changed", "night", "7", {"date"}),
        ("the strike force for the Bolsheviks. On 7 night of", "changed", "the", "7", {"number"}),
        # No prefix negates in the middle of a word.
        ("were isolated from the minasses. By their hesitations", "changed", "masses", "minasses", set()),
        # A capital where a sentence begins is no name's.
        ("betrayers of the revolution? Bakers shall never form a union", "changed", "We", "Bakers", set()),
    ],
)  # fmt: skip
async def test_the_changed_word_is_named_for_what_it_is(
    corpus: Corpus, typed: str, kind: str, text: str, quoted: str, significance: set[str]
) -> None:
    verdict = corpus.check_quotation(typed)
    assert verdict.kind == "altered"
    found = [change for change in verdict.changes if (change.kind, change.text, change.quoted) == (kind, text, quoted)]
    assert len(found) == 1, verdict.changes
    assert set(found[0].significance) == significance


@pytest.mark.parametrize(
    ("typed", "kind", "text", "quoted"),
    [
        (CRUSH.lower(), "case", "If", "if"),
        (CRUSH.replace(",", ""), "punctuation", "imperialism, then", "imperialism then"),
        (CRUSH.replace(",", ";"), "punctuation", "imperialism, then", "imperialism; then"),
        ("lived in a high, speed (for the time) armored train", "punctuation", "high-speed", "high, speed"),
        (CRUSH.replace(".", "!"), "punctuation", "crushed.", "crushed!"),
        # The marks of the text are where it has them.
        ("A coalition with the kulak” we refuse", "punctuation", "the “kulak", "the kulak"),
        ("A coalition with the “kulak we refuse", "punctuation", "kulak” we", "kulak we"),
        ("we shall be with you to the end (Loud applause.)", "punctuation", "end.” (Loud", "end (Loud"),
        ("living in a fortified house in Coyoacan", "accents", "Coyoacán", "Coyoacan"),
        ("lived in a high-speed (for the time) armoured train", "spelling", "armored", "armoured"),
        ("A coalition with Dan and Liber … would weaken", "spelling", "Lieber", "Liber"),
        ("A coalition with Dan and L\u0456ber … would weaken", "spelling", "Lieber", "L\u0456ber"),
        ("the counterrevolutionary bands and the different moderate groups", "spelling", "counter-revolutionary",
         "counterrevolutionary"),
        ("Our party held … out its hand", "punctuation", "held out", "held … out"),
        ("One part of the Socialist-Revolutionaries of the Left worked with us but the other", "punctuation",
         "us … but", "us but"),
        ("hes a master of the whole of it: its a wild look at how he tried", "punctuation", "it's", "its"),
        ("Trotsky did not die instantly. He actually fought", "spelling", "didn't", "did not"),
        ("we'll never form a union with them", "spelling", "We shall", "we'll"),
        ("he built an army of 5 million people", "spelling", "five", "5"),
        ("he built an army of 5,000,000 people", "spelling", "five million", "5,000,000"),
        ("On August 20th, 1940, a man named Ramón Mercader", "spelling", "20", "20th"),
        ("The 3rd- that’s the course of the Central", "spelling", "third", "3rd"),
        ("photo manipulation in the twentieth century", "spelling", "20th", "twentieth"),
        ("\u041eur whole hope is that our revolution", "letters", "Our", "\u041eur"),
        ("\U0001d40e\U0001d42e\U0001d42b whole hope is that our revolution", "letters", "Our",
         "\U0001d40e\U0001d42e\U0001d42b"),
    ],
)  # fmt: skip
async def test_other_print_is_named_word_by_word(corpus: Corpus, typed: str, kind: str, text: str, quoted: str) -> None:
    verdict = corpus.check_quotation(typed.removeprefix("hes a master of the whole of it: "))
    assert verdict.kind == "variants"
    assert [(change.kind, change.text, change.quoted) for change in verdict.changes] == [(kind, text, quoted)]


@pytest.mark.parametrize(
    ("typed", "moved", "missing"),
    [
        ("Our European whole hope is that our revolution will kindle a revolution", "European", "revolution"),
        ("Our hope is that our revolution will kindle a whole European revolution", "whole", "hope is"),
        ("Our hope whole is that our revolution will kindle a European revolution", "hope", "is that"),
        ("kindle a European revolution. rising If the of the people does not crush", "rising", "of the"),
    ],
)
async def test_a_word_in_another_place_was_moved(corpus: Corpus, typed: str, moved: str, missing: str) -> None:
    found = [change for change in corpus.check_quotation(typed).changes if change.text == moved]
    assert [(change.kind, change.quoted, change.significance) for change in found] == [("moved", moved, ())]
    start, end = found[0].quoted_at
    assert typed[start:end] == moved
    assert found[0].missing_at is not None
    assert typed[found[0].missing_at :].startswith(missing)


@pytest.mark.parametrize(
    ("typed", "changes"),
    [
        # What is left out near an edge is that, and not a change of as many words.
        ("We say peace will be concluded on the day when", [("left out", "do not", "")]),
        ("used every means in their struggle against us, we turned against them",
         [("changed", "did not turn", "turned")]),
        ("No, it is true. Not we but the Provisional Government and", [("left out", "not", "")]),
        ("So long as they exist we ignore them", [("left out", "cannot", "")]),
        ("He was kicked out of the party, and finally the country", [("left out", "government, then the", "")]),
        # Another sentence has no words for what is added to this one.
        ("with rifles they barely knew how to use rifles", [("added", "", "rifles")]),
        ("And so he lived on a train", [("added", "", "And so")]),
        ("The Theory of Permanent Revolution", [("added", "", "Theory of")]),
        # Where the quotation goes on in it, it has.
        ("He lived on a train. Honestly, for over two years", [("changed", "Seriously", "Honestly")]),
        ("Really. He lived on a train. Seriously", [("changed", "move", "Really")]),
        # Two words that are somewhere are not from here.
        ("He was … a pacifist. But he was an internationalist", [("changed", "wasn't", "was")]),
        ("Russia … could … survive as a lonely socialist island", [("changed", "couldn't", "could")]),
    ],
)  # fmt: skip
async def test_words_are_changed_for_those_of_their_own_sentence(
    corpus: Corpus, typed: str, changes: list[tuple[str, str, str]]
) -> None:
    verdict = corpus.check_quotation(typed)
    assert verdict.kind == "altered"
    assert [(one.kind, one.text, one.quoted) for one in verdict.changes] == changes


async def test_what_was_changed_is_shown(corpus: Corpus) -> None:
    """However a quotation is cut by elisions."""
    for start, end in ((0, 12), (3, 20), (400, 415), (900, 912)):
        words = corpus.token_index.words(start, end).split()
        for cut in range(1, len(words) - 1):
            verdict = corpus.check_quotation(" ".join([*words[:cut], "…", *words[cut + 1 : -1], "not", words[-1]]))
            assert verdict.kind != "altered" or verdict.changes


async def test_what_an_elision_leaves_out_is_counted_and_a_negation_in_it_told(corpus: Corpus) -> None:
    verdict = corpus.check_quotation("the rising of the people … crush imperialism … we will surely be crushed")
    assert verdict.kind == "shortened"
    assert [(left.words, left.paragraphs, left.negates) for left in verdict.elisions] == [(2, 1, True), (1, 1, False)]
    assert references(verdict) == ["speech 6.7"] * 3


@pytest.mark.parametrize(
    ("typed", "negates"),
    [
        # Of the sentence in which the quotation goes on, whatever else is left out before it.
        ("Trotsky was … a pacifist", [True]),
        ("Trotsky was the one … a pacifist. But he was an internationalist", [True]),
        ("It was brutal … Trotsky … just a man of action", [False, True]),
        ("Stalin did … he was outvoted at every turn", [False]),
        # Of a sentence that is left out whole, or of the end of one that breaks off: neither turns round what is there.
        ("Our whole hope is … There is no doubt about that", [False]),
        ("He was a master of the … Russia was hit by a massive civil war", [False]),
        ("it was a mountaineering tool … He died the next day in the hospital", [False]),
        ("But so long as they exist … Our whole hope", [False]),
    ],
)
async def test_a_negation_that_an_elision_leaves_out_of_the_sentence_that_goes_on_is_told(
    corpus: Corpus, typed: str, negates: list[bool]
) -> None:
    verdict = corpus.check_quotation(typed)
    assert (verdict.kind, [left.negates for left in verdict.elisions]) == ("shortened", negates)


@pytest.mark.parametrize(
    ("sentence", "negation"),
    [
        ("Die Arbeiter des ganzen Landes haben kein Vaterland mehr.", "kein"),
        ("Die Sitzung der Delegierten war gestern nicht öffentlich.", "nicht"),
        ("Los obreros de todo el país nunca aceptaron el pacto.", "nunca"),
        ("Le gouvernement des ouvriers n'est pas tombé hier soir.", "pas"),
        ("Il governo degli operai di Torino non cadde ieri.", "non"),
        ("Я для блаженства и для счастья не создан вовсе.", "не"),
        ("Robotnicy całego kraju nigdy jeszcze tego pokoju chcieli.", "nigdy"),
        ("De arbeiders van het hele land willen geen oorlog.", "geen"),
        ("O governo dos operários não caiu ontem à noite.", "não"),
    ],
)
async def test_a_negation_of_another_language_is_known(tmp_path: Path, sentence: str, negation: str) -> None:
    folder = write_sample(tmp_path / "sample")
    edit(folder / "texts" / "novel.txt", "worked unheeded.", f"worked unheeded. {sentence}")
    corpus = await Corpus.open(folder, tmp_path / "cache")
    try:
        left_out = corpus.check_quotation(sentence.replace(f" {negation} ", " "))
        assert [change.significance for change in left_out.changes] == [("negation",)]
        shortened = corpus.check_quotation(sentence.replace(f" {negation} ", " … "))
        assert [one.negates for one in shortened.elisions] == [True]
    finally:
        await corpus.close()


async def test_an_elision_does_not_excuse_another_order(corpus: Corpus) -> None:
    verdict = corpus.check_quotation("we will surely be crushed … the rising of the people")
    assert verdict.kind == "pieced together"


@pytest.mark.parametrize(
    ("typed", "where"),
    [
        ("We shall never form a union with them. What are these men but betrayers of the revolution?",
         ["speech 5.5", "speech 5.4"]),
        ("He lived on a train. We shall never form a union with them.", ["article 14.1", "speech 5.5"]),
        ("Our whole hope is that our revolution will kindle a European revolution. There is no doubt about that.",
         ["speech 6.6", "speech 6.8"]),
        ("A coalition with the lions. Our whole hope is that our revolution", ["speech 4.1", "speech 6.6"]),
        ("What are these men but betrayers … he built an army of five million", ["speech 5.4", "article 4.3"]),
        ("We shall never form a union … a union with them.", ["speech 5.5", "speech 5.5"]),
        ("It was effective. It was brutal. He won.", ["article 16.2", "article 16.1", "article 16.3"]),
        ("It was effective. It was brutal. He won", ["article 16.2", "article 16.1", "article 16.3"]),
    ],
)  # fmt: skip
async def test_pieces_of_several_passages_are_told_apart(corpus: Corpus, typed: str, where: list[str]) -> None:
    verdict = corpus.check_quotation(typed)
    assert verdict.kind == "pieced together"
    assert references(verdict) == where


@pytest.mark.parametrize(
    ("typed", "claimed", "kind"),
    [
        ("Our party held out its hand", "Trotsky", "verbatim"),
        ("Our party held out its hand", "Lev Davidovich Bronstein", "verbatim"),
        ("Our party held out its hand", "the speech", "verbatim"),
        ("Our party held out its hand", "Lenin", "wrong speaker"),
        ("Our party held out its hand", "somebody whom nobody knows", "verbatim"),
        ("we are brothers-in-arms, we shall be with you to the end", "Trotsky", "verbatim"),
        ("we are brothers-in-arms, we shall be with you to the end", "the Bolsheviks", "verbatim"),
        ("we are brothers-in-arms, we shall be with you to the end", "Lenin", "wrong speaker"),
        ("There is still a third!", "Trotsky", "wrong speaker"),
        ("There is still a third!", "the heckler", "verbatim"),
        ("Come, let’s seize the power together", "Trotsky", "wrong speaker"),
        ("Come, let’s seize the power together", "the Bolsheviks", "verbatim"),
        ("and said: “Come, let’s seize the power together”", "Trotsky", "verbatim"),
        ("He ended up in Mexico City, living in a fortified house", "Trotsky", "wrong speaker"),
        ("He ended up in Mexico City, living in a fortified house", "the author of the article", "verbatim"),
        ('He called the Soviet Union a "degenerated workers\' state."', "the article's author", "verbatim"),
        ("will strangle our revolution. (“There is still a third!”", "Trotsky", "wrong speaker"),
    ],
)
async def test_words_belong_to_whom_the_text_gives_them(corpus: Corpus, typed: str, claimed: str, kind: str) -> None:
    assert corpus.check_quotation(typed, claimed).kind == kind


@pytest.mark.parametrize(
    ("claimed", "attribution"),
    [
        ("L. Trotsky", "right"), ("L.D. Trotsky", "right"), ("LD Trotsky", "right"),
        ("Leon Davidovich Trotsky", "right"),
        ("Trotsky (1917)", "right"), ("Leon Trotsky, 1917", "right"), ("Trotsky, Leon", "right"), ("Троцкий", "right"),
        ("Лев Давидович Троцкий", "right"), ("Comrade Trotsky", "right"), ("Mr. Trotsky", "right"),
        ("TROTSKY", "right"), ("Trotskiy", "right"), ("Lev Bronstein", "right"), ("Bronstein, L. D.", "right"),
        ("Lenin", "wrong"), ("V. I. Lenin", "wrong"), ("Vladimir Ilyich Ulyanov", "wrong"), ("the article", "wrong"),
        ("Winston Churchill", "unknown"), ("Natalia Trotsky", "unknown"), ("K. Trotsky", "unknown"), ("🦆", "unknown"),
        ("Lew Dawidowitsch Trotzki", "right"), ("Léon Trotski", "right"), ("Trockij", "right"),
        ("Wladimir Iljitsch Lenin", "wrong"), ("Josef Wissarionowitsch Dschugaschwili", "wrong"),
        ("Vladimir Oulianov", "wrong"), ("W. I. Lenin", "wrong"),
        ("Mrs Trotsky", "unknown"), ("not Trotsky", "unknown"), ("anybody but Trotsky", "unknown"),
    ],
)  # fmt: skip
async def test_a_speaker_in_any_usual_form_is_that_speaker(corpus: Corpus, claimed: str, attribution: str) -> None:
    verdict = corpus.check_quotation("Our party held out its hand", claimed)
    assert verdict.speaker_match == attribution
    assert (verdict.kind == "wrong speaker") == (attribution == "wrong")


@pytest.mark.parametrize(
    ("typed", "before", "after"),
    [
        ("Peace will be concluded on the day when the European workers rise.", "We do not say", ""),
        ("We do not say peace will be concluded on the day when the European workers rise.", "", ""),
        ("having any influence … on the imperialistic governments", "Of course, we have no hope of", ""),
        ("then we will surely be crushed", "If the rising of the people does not crush imperialism", ""),
        ("in our peace decree we address at the same time", "It has been said that", ""),
        ("peace can be attained only through a coalition", "Comrade Avilov said that", ""),
        ("He thought the USSR was doomed", "", "unless the rest of the world joined in"),
        ("Our whole hope is that our revolution will kindle a European revolution.", "", ""),
        ("he built an army of five million people … the USSR was doomed", "", "unless the rest of the world joined in"),
        ("Then, he built an army of five", "", "million people from scratch"),
        ("million people from scratch … Before he was a general", "five", ""),
        ("he built an army of five million people", "", ""),
        ("Then, he built an army of", "", ""),
        ("he literally organized the coup that brought", "", ""),
        ("the phantom of coalition will in the end lose touch", "", ""),
    ],
)
async def test_what_decides_on_the_words_and_is_left_out_is_kept(
    corpus: Corpus, typed: str, before: str, after: str
) -> None:
    verdict = corpus.check_quotation(typed)
    assert verdict.confirms
    assert (verdict.before, verdict.after) == (before, after)


async def test_a_voice_inside_a_sentence_is_named(corpus: Corpus) -> None:
    (speaker,) = corpus.check_quotation("we are brothers-in-arms, we shall be with you to the end").speakers
    assert speaker.name == "The Bolshevik party (“we”), as quoted by Trotsky"
    assert speaker.is_quoted


@pytest.mark.parametrize("claimed", ["Trotsky", "Bronstein", "the Bolsheviks", "Leon Trotsky"])
async def test_who_speaks_for_a_party_is_as_right_as_the_party(corpus: Corpus, claimed: str) -> None:
    whole = "Dear comrades, we are brothers-in-arms, we shall be with you to the end."
    assert corpus.check_quotation(whole, claimed).kind == "verbatim"
    assert corpus.check_quotation(whole, "Lenin").kind == "wrong speaker"


async def test_a_shout_is_the_shouters_and_the_words_around_it_are_the_records(corpus: Corpus) -> None:
    (shouter,) = corpus.check_quotation("There is still a third!").speakers
    assert (shouter.name, shouter.person) == ("A voice from the hall", "heckler")
    both = corpus.check_quotation("There is still a third! shouts someone").speakers
    assert [one.name for one in both] == ["A voice from the hall", "A voice from the hall, in the record"]
    assert corpus.check_quotation("There is still a third!” shouts someone", "the heckler").confirms


@pytest.mark.parametrize(
    ("typed", "places"),
    [("of the", 27), ("the revolution", 10), ("That is our course.", 1), ("zebra", 0), ("a coalition with", 7)],
)
async def test_a_few_words_are_too_short_to_tell(corpus: Corpus, typed: str, places: int) -> None:
    verdict = corpus.check_quotation(typed)
    assert verdict.kind == "too short"
    assert verdict.places == stands(corpus, typed) == places
    assert len(verdict.spans) == min(places, 10)
    assert verdict.kept == (verdict.words if places else 0)
    assert bool(verdict.speakers) == (places == 1)


@pytest.mark.parametrize(
    "typed",
    [
        "Workers of all lands, unite! You have nothing to lose but your chains.",
        "Peace, bread and land for everybody who works in the fields",
        "It was the best of times, it was the worst of times",
        "in the name of all that is in the end",
    ],
)
async def test_other_words_are_not_in_these_texts_and_nothing_far_is_offered(corpus: Corpus, typed: str) -> None:
    verdict = corpus.check_quotation(typed)
    assert verdict.kind == "not in these texts"
    assert not verdict.spans


@pytest.mark.parametrize(
    ("typed", "asides"),
    [
        ("does not crush imperialism,[12] then we will surely", ("12",)),
        ("does not crush imperialism, [1] then we will surely", ("1",)),
        ("does not crush imperialism, [1]¹ then we will surely", ("1", "¹")),
        ("does not crush imperialism,(1) then we will surely", ("1",)),
        ("does not crush imperialism,\u00b9 then we will surely", ("\u00b9",)),
        ("does not crush [emphasis added] imperialism, then we", ("emphasis added",)),
        ("does not crush [i.e. the Russian] imperialism, then we", ("i.e. the Russian",)),
        ("does not crush imperialism, then we (emphasis mine)", ("emphasis mine",)),
        ("does not crush imperialism, then we (p. 136)", ("p. 136",)),
        ("does not crush imperialism, then we will surely be crushed.12", ("12",)),
        ("does not crush [sic] imperialism, then we will", ()),
        ("does not /sic/ crush imperialism <sic>, then we will", ()),
        ("[D]oes not crush imperialism, then we will", ()),
    ],
)
async def test_what_editors_add_is_set_aside_and_named(corpus: Corpus, typed: str, asides: tuple[str, ...]) -> None:
    verdict = corpus.check_quotation(typed)
    assert verdict.kind in ("verbatim", "variants")
    assert verdict.asides == asides


@pytest.mark.parametrize(
    "typed",
    [
        "does not crush imperialism, then we will [never] surely be crushed",
        "does not crush imperialism, then we will (never) surely be crushed",
        "does [indeed] crush imperialism, then we will surely be crushed",
        "does not crush imperialism, then we will (almost) surely be crushed",
        "it is own course, and we'll never adopt it: it is course",
    ],
)
async def test_brackets_and_contractions_hide_no_change(corpus: Corpus, typed: str) -> None:
    assert not corpus.check_quotation(typed).confirms


async def test_a_negation_in_a_contraction_is_one(corpus: Corpus) -> None:
    verdict = corpus.check_quotation("Trotsky did die instantly. He actually fought the guy off")
    assert verdict.kind == "altered"
    assert [change.significance for change in verdict.changes] == [("negation",)]


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("If the rising of the people does not wake children, then we will surely be happy.", "altered"),
        ("If the rising of the people does not wake children, then we will soon be happy.", "not in these texts"),
        ("If the singing of the birds does not wake children, then we will soon be happy.", "not in these texts"),
    ],
)
async def test_half_of_the_telling_words_must_be_the_passages(corpus: Corpus, typed: str, kind: str) -> None:
    assert corpus.check_quotation(typed).kind == kind


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("… the revolution … gained …", "shortened"),
        ("… revolution … gained …", "too short"),
        ("Which peasants? … Today we", "verbatim"),
        ("the revolution gained", "too short"),
    ],
)
async def test_three_real_words_among_five_pieces_are_enough(corpus: Corpus, typed: str, kind: str) -> None:
    verdict = corpus.check_quotation(typed)
    assert (verdict.kind == "too short") == (kind == "too short")


async def test_the_spans_of_a_shortened_quotation_are_its_fragments(corpus: Corpus) -> None:
    verdict = corpus.check_quotation("the rising of the people … crush imperialism … we will surely be crushed")
    assert passages(corpus, verdict) == ["the rising of the people", "crush imperialism", "we will surely be crushed"]


async def test_an_elision_in_an_altered_quotation_is_no_change(corpus: Corpus) -> None:
    """Unless nothing is left out: then the words are side by side."""
    verdict = corpus.check_quotation("the rising of the people … crush imperialism … we will never be crushed")
    assert [(one.kind, one.text, one.quoted) for one in verdict.changes] == [("changed", "surely", "never")]
    assert passages(corpus, verdict) == ["the rising of the people", "crush imperialism", "we will surely be crushed"]
    assert (verdict.kind, verdict.places, verdict.kept, verdict.words) == ("altered", 1, 11, 12)
    needless = corpus.check_quotation(f"Our whole hope is {ODD} our … revolution will kindle a {ODD} revolution")
    assert (needless.kind, needless.kept, needless.words) == ("altered", 10, 12)
    assert passages(corpus, needless) == ["Our whole hope is that our revolution will kindle a European revolution"]


async def test_an_elision_that_leaves_nothing_out_is_between_the_words_beside_it(corpus: Corpus) -> None:
    (change,) = corpus.check_quotation("Our party held … out its hand").changes
    assert change.at
    assert corpus.paragraph(change.at.reference).words[change.at.start : change.at.end] == change.text == "held out"


@pytest.mark.parametrize(
    ("typed", "kind", "shown"),
    [
        # Of pieces, three fifths of the words.
        ("What are these men but @ @ @ @ @ @ he built an army", "pieced together",
         ["What are these men but", "he built an army"]),
        ("What are these men but @ @ @ @ @ @ @ he built an army", "not in these texts", []),
        ("What are these men but @ … he built an army of @ million", "pieced together",
         ["What are these men but", "he built an army of"]),
        ("he built an army of @ million … What are these men but @ of the", "pieced together",
         ["he built an army of", "What are these men but"]),
        # Also where the pieces are too far apart to be one passage.
        ("What are these men but @ @ @ @ @ @ Our whole hope is", "pieced together",
         ["What are these men but", "Our whole hope is"]),
        # Nine tenths of them if they are in one passage, of which they leave out too much without saying so.
        ("If the rising of the we will surely be @", "pieced together", ["If the rising of the", "we will surely be"]),
        ("If the rising of the we will surely be @ @", "not in these texts",
         ["If the rising of the people does not crush imperialism, then we will surely be"]),
        # Of a passage, three fifths of its words and half of those that say something; of one that is near, two fifths.
        ("If the rising of the people @ @ she her", "altered",
         ["If the rising of the people does not crush imperialism"]),
        ("If the rising of the people @ @ @ she", "not in these texts", ["If the rising of the people"]),
        ("rising of the people does not @ @ she her hers", "not in these texts", ["rising of the people does not"]),
        ("Our whole hope is that our revolution will @ @ @ @", "not in these texts",
         ["Our whole hope is that our revolution will"]),
        ("Our whole hope is that our revolution will @ @ @ @ @", "not in these texts", []),
        ("kindle a European revolution she her hers herself him his", "not in these texts",
         ["kindle a European revolution"]),
        ("kindle a European revolution … @ @ @ @ @ @", "not in these texts", ["kindle a European revolution"]),
        ("kindle a European revolution she her hers herself him his himself", "not in these texts", []),
    ],
)  # fmt: skip
async def test_what_is_made_of_a_quotation_turns_at_its_share_of_words(
    corpus: Corpus, typed: str, kind: str, shown: list[str]
) -> None:
    verdict = corpus.check_quotation(typed.replace("@", ODD))
    assert (verdict.kind, passages(corpus, verdict)) == (kind, shown)
    assert bool(verdict.speakers) == bool(shown)
    assert verdict.places == (0 if kind == "not in these texts" else len(shown))


async def test_words_side_by_side_are_one_change(corpus: Corpus) -> None:
    typed = "Our whole wish is that our revolution will kindle a great big Bulgarian revolution"
    changes = corpus.check_quotation(typed).changes
    assert [(one.kind, one.text, one.quoted, typed[slice(*one.quoted_at)]) for one in changes] == [
        ("changed", "hope", "wish", "wish"),
        ("changed", "European", "great big Bulgarian", "great big Bulgarian"),
    ]


async def test_of_many_ways_the_one_that_the_speaker_said_counts(corpus: Corpus) -> None:
    for speaker in ("Trotsky", "the article"):
        verdict = corpus.check_quotation("the … in the … of the", speaker)
        assert (verdict.kind, verdict.speaker_match) == ("shortened", "right")
        assert verdict.places > 30


async def test_who_speaks_within_anothers_words_is_named(tmp_path: Path) -> None:
    """At either end of these."""
    words, said = "(“Shame!” cries a reader.)", "(A reader in the gallery cries: “Shame!”)"
    folder = write_sample(tmp_path / "sample")
    edit(folder / "texts" / "novel.txt", words, said)
    edit(folder / "notes" / "voices.toml", words, said)
    corpus = await Corpus.open(folder, tmp_path / "cache")
    try:
        for typed, speakers in (
            ("A reader in the gallery cries", ["A reader, in the novel"]),
            ("in the gallery cries: “Shame!", ["A reader, in the novel", "A reader"]),
            ("“Shame!”) The Woodman and the Farmer", ["A reader", "The narrator"]),
            ("and spent it. (A reader in", ["The narrator", "A reader, in the novel"]),
        ):
            assert [one.name for one in corpus.check_quotation(typed).speakers] == speakers
    finally:
        await corpus.close()


async def test_nobody_said_what_is_pieced_together(corpus: Corpus) -> None:
    verdict = corpus.check_quotation("It was effective. It was brutal. He won.", "Lenin")
    assert (verdict.kind, verdict.speaker_match) == ("pieced together", None)


async def test_a_long_quotation_is_given_as_much_time_as_it_has_words(corpus: Corpus) -> None:
    start, end = corpus.token_index.bounds(0)
    words = corpus.token_index.words(start, end).split()[:400]
    verdict = corpus.check_quotation(" ".join([*words[:200], ODD, *words[201:]]))
    assert (verdict.kind, verdict.is_partial) == ("altered", False)


async def test_what_ran_out_of_time_says_so(corpus: Corpus) -> None:
    with work_budget(0):
        common = corpus.check_quotation(" ".join(["the"] * 7))
        unlike = corpus.check_quotation("the revolution is not the end")
    assert (common.kind, common.words, common.is_partial) == ("undecided", 7, True)
    assert (common.places, common.kept) == (0, 0)
    assert (unlike.kind, unlike.is_partial) == ("undecided", True)
    assert not corpus.check_quotation("the revolution is not the end").is_partial


@pytest.mark.parametrize(("many", "far", "is_found"), [(1, 60, True), (2, 60, True), (2, 61, False), (3, 61, True)])
async def test_two_words_are_within_sixty_of_what_an_elision_joins_them_to(
    corpus: Corpus, many: int, far: int, is_found: bool
) -> None:
    """So few words are found wherever one looks; three may be anywhere."""
    index = corpus.token_index
    tried = 0
    for start in range(0, index.size - 100, 20):
        ends = (start, start + many), (start + many + far, start + many + far + 5)
        one, other = (index.words(first, last) for first, last in ends)
        is_unlike = all(len(index.find(index.keys[first : first + 2])) == 1 for first, _ in ends)
        if is_unlike and "…" not in one + other and index.text_of(start) == index.text_of(start + 99):
            assert (corpus.check_quotation(f"{one} … {other}").kind == "shortened") == is_found, (one, other)
            tried += 1
    assert tried > 10


async def test_every_change_is_where_it_says_in_the_text_and_in_the_quotation(corpus: Corpus) -> None:
    changed = 0
    for _, typed in misquoted(corpus, Random(7), 150):
        for change in corpus.check_quotation(typed).changes:
            start, end = change.quoted_at
            if change.is_of_words and change.kind != "moved":
                assert [one.word for one in tokens(typed[start:end])] == [one.word for one in tokens(change.quoted)]
                changed += 1
            if change.at and change.is_of_words and "\n" not in typed:
                words = corpus.paragraph(change.at.reference).words
                assert change.text.startswith(words[change.at.start : change.at.end])
    assert changed > 100


async def test_of_several_ways_the_closest_together_is_first(corpus: Corpus) -> None:
    index = corpus.token_index
    parsed = next(readings(index, "a coalition with … the revolution"))
    ways = ordered_matches(index, parsed.fragments).ways
    assert len(ways) > 1
    assert [way[-1] - way[0] for way in ways] == sorted(way[-1] - way[0] for way in ways)


async def test_a_near_passage_is_offered_and_claims_nothing(corpus: Corpus) -> None:
    verdict = corpus.check_quotation("the one hope we have is that this revolution will kindle another one in Europe")
    assert verdict.kind == "not in these texts"
    assert references(verdict) == ["speech 6.6"]


@pytest.mark.parametrize("typed", ["", "  \n", "…", "“”", "👍", "\u200b", "---", "." * 5_000])
async def test_no_words_are_told_as_such(corpus: Corpus, typed: str) -> None:
    with pytest.raises(NotUnderstood, match="no words"):
        corpus.check_quotation(typed)


async def test_what_nobody_quotes_is_not_judged(corpus: Corpus) -> None:
    with pytest.raises(NotUnderstood, match="too much"):
        corpus.check_quotation("word " * LONGEST)
    assert corpus.check_quotation(("the " * LONGEST)[:LONGEST]).kind == "not in these texts"


@EVERY_TIME
@given(typed=st.text(min_size=1, max_size=300), words=st.lists(st.sampled_from(sorted({"a", "the", "…", "we", "not"}))))
async def test_nothing_typed_raises_anything_else(corpus: Corpus, typed: str, words: list[str]) -> None:
    for one in (typed, " ".join(words), f"Our party held out {typed} its hand"):
        try:
            verdict = corpus.check_quotation(one, typed)
        except NotUnderstood:
            continue
        for span in verdict.spans:
            passage = corpus.paragraph(span.reference)
            start, end = passage.span(span.reference)
            assert start <= span.start < span.end <= end


async def test_another_corpus_is_judged_as_well(tmp_path: Path) -> None:
    folder = write_sample(tmp_path / "sample")
    little = "It was not what it was, and it is what it was to be."
    edit(folder / "texts" / "novel.txt", "France rolled", f"{little} France rolled")
    corpus = await Corpus.open(folder, tmp_path / "cache")
    try:
        assert corpus.check_quotation("it was not what it was, and it is not").kind == "altered"
        one_piece = corpus.check_quotation(f"it was not what it was, and it is {ODD}")
        assert one_piece.kind == "not in these texts", "what it has of its own is all that says something"
        assert corpus.check_quotation("It was the best of times, it was the worst of times").kind == "verbatim"
        assert corpus.check_quotation("It was the best of times, it was the best of times").kind == "altered"
        without_stop = corpus.check_quotation("a queen with a plain face, on the throne of England")
        assert (without_stop.kind, without_stop.after) == ("verbatim", "")
        assert corpus.check_quotation("The tale's best of times is 1776").changes[-1].significance == ("date",)
    finally:
        await corpus.close()


def test_a_word_printed_in_two_is_a_variant_and_another_word_is_none(corpus: Corpus) -> None:
    verdict = corpus.check_quotation("Our party held out its hand, with the gun powder still in it")
    assert verdict.kind == "variants"
    assert [(one.kind, one.text, one.quoted) for one in verdict.changes] == [("spelling", "gunpowder", "gun powder")]
    assert verdict.kept == verdict.words
    other = corpus.check_quotation("our party held out its hand, with the gun power still in it")
    assert other.kind == "altered"
