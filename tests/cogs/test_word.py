"""/word: where a word occurs, how often, and with what around it."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings

from bot.core.app import App
from bot.core.context import Context
from bot.core.reply import Choice, Menu, Note, Reply
from corpus.corpus import Corpus
from corpus.quotations import token_arrays
from corpus.work_budget import work_budget
from tests.cogs.reading import lines, said
from tests.cogs.test_promises import TYPED
from tests.conftest import Ask, Press

EVERY_TIME = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


async def pages(app: App, ctx: Context, reply: Reply) -> list[Reply]:
    found = [reply]
    while more := next((one for one in reply.buttons if one.label == "Next ▶" and one.enabled), None):
        reply = await app.act(more.action, more.value, ctx)
        found.append(reply)
    return found


def choices(reply: Reply) -> tuple[Choice, ...]:
    return next(part for part in reply.parts if isinstance(part, Menu)).choices


def times(title: str) -> int:
    """How often words occur in the texts, by the title of a reply."""
    found = re.search(r"(\d+) times", title)
    assert found
    return int(found[1])


def count(app: App, pattern: str, text: str) -> int:
    words = "\n".join(paragraph.words for paragraph in app.corpus.texts[text].paragraphs)
    return len(re.findall(pattern, words, re.IGNORECASE))


@pytest.mark.parametrize(
    ("typed", "pattern"),
    [
        ("revolution", r"\brevolutions?\b"),
        ("workers", r"\bworkers?\b"),
        ("crush", r"\bcrush(?:ed|es|ing)?\b"),
        ("armoured train", r"\barmored train\b"),
        ("Stalin", r"\bStalin\b"),
        ("counter-revolutionary", r"\bcounter-revolutionar(?:y|ies)\b"),
        ("coyoacan", r"\bCoyoacán\b"),
    ],
)
async def test_all_forms_are_counted_in_each_text(ask: Ask, app: App, typed: str, pattern: str) -> None:
    reply = await ask(f"/word {typed}")
    speech, article = (count(app, pattern, text) for text in ("speech", "article"))
    counts = sorted(
        [("the speech", speech), ("the article", article)], key=lambda one: (not one[1], one[0] != "the speech")
    )
    counted = ", ".join(f"{name} {times}" for name, times in counts)
    assert said(reply).startswith(f"By text: {counted}.")


@pytest.mark.parametrize(("typed", "times"), [("US", "once"), ("U.S.", "once"), ("U.S.S.R.", "twice")])
async def test_a_country_is_no_pronoun(ask: Ask, typed: str, times: str) -> None:
    assert (await ask(f"/word {typed} exactly:yes")).title.endswith(f": {times}")


@pytest.mark.parametrize("typed", ["author", "positive", "posit", "revolut", "deserter's", "capitalist"])
async def test_another_word_of_the_same_root_does_not_count(ask: Ask, app: App, typed: str) -> None:
    reply = await ask(f"/word {typed}")
    printed = sum(count(app, rf"\b{typed.removesuffix(chr(39) + 's')}s?\b", text) for text in ("speech", "article"))
    assert (reply.title == "Word not found") == (not printed)


async def test_exactly_leaves_other_forms_out(ask: Ask, app: App) -> None:
    every, exact = await ask("/word worker"), await ask("/word worker exactly:yes")
    assert every.title.startswith("worker: ")
    assert count(app, r"\bworker\b", "speech") == count(app, r"\bworker\b", "article") == 0
    assert exact.title == "Word not found"
    assert "in this form" in said(exact)
    assert (await ask("/word Crush exactly:yes")).title == "Crush: once"


async def test_each_place_is_shown_with_what_the_text_has_around_it(app: App, ctx: Context, ask: Ask) -> None:
    shown = [one for page in await pages(app, ctx, await ask("/word revolution")) for one in choices(page)]
    assert len(shown) == count(app, r"\brevolutions?\b", "speech") + count(app, r"\brevolutions?\b", "article")
    for one in shown:
        assert one.marks
        [(start, end)] = one.marks
        assert re.fullmatch("revolutions?", one.label[start:end], re.IGNORECASE)
        reference, _, words = one.label.partition(": ")
        around = words.removesuffix("…").removeprefix("…")
        text, _, place = reference.partition(" ")
        assert around in app.corpus.texts[text].paragraphs[int(place.partition(".")[0]) - 1].words


async def test_a_place_leads_to_its_passage(ask: Ask, press: Press) -> None:
    reply = await ask("/word gunpowder")
    menu = next(part for part in reply.parts if isinstance(part, Menu))
    assert [choice.value for choice in menu.choices] == ["speech 5.3"]
    assert "gunpowder" in next(iter((await press(menu.action, menu.choices[0].value)).quotes())).words


async def test_another_voice_is_named(ask: Ask) -> None:
    assert lines(await ask("/word applause"))[0].endswith("(Whoever took down the record)")
    assert lines(await ask("/word brothers-in-arms"))[0].endswith("as quoted by Trotsky)")
    assert "(" not in lines(await ask("/word gunpowder"))[0]


async def test_the_way_between_forms_and_pages(ask: Ask, press: Press) -> None:
    reply = await ask("/word coalition")
    assert [button.enabled for button in reply.buttons] == [False, True, True]
    exact = await press("word.page", reply.buttons[2].value)
    assert exact.buttons[2].label == "All forms"
    last = await press("word.page", "999999 any coalition")
    assert not last.buttons[1].enabled
    assert (await press("word.page", last.buttons[0].value)).title.startswith("coalition: ")


async def test_a_word_that_is_not_there_leads_to_words_that_are(ask: Ask, press: Press) -> None:
    reply = await ask("/word insurrection")
    assert reply.title == "Word not found"
    assert reply.private
    assert "uprising" in [button.label for button in reply.buttons]
    assert (await press(reply.buttons[0].action, reply.buttons[0].value)).title.endswith(("once", "twice", "times"))
    assert "/quote" in said(await ask("/word zeppelin"))
    assert "“ที่ ne’er میخواهم”" in said(await ask("/word *ที่* ne’er می\u200cخواهم!"))


@pytest.mark.parametrize("value", ["", "1", "x any coalition", "1 some coalition", "1 any", "1 any  "])
async def test_a_button_that_holds_no_word_is_told_kindly(press: Press, value: str) -> None:
    assert "/word" in (await press("word.page", value)).error


async def test_a_sentence_is_too_long(ask: Ask) -> None:
    assert "too long" in (await ask(f"/word {'word ' * 30}")).error


@EVERY_TIME
@given(typed=TYPED)
async def test_no_word_raises_and_every_button_fits(app: App, ctx: Context, typed: str) -> None:
    for how in ("yes", "no"):
        reply = await app.run("word", {"word": typed, "exactly": how}, ctx)
        assert not reply.incident
        assert reply.title or reply.error
        assert all(len(button.value) <= 80 for button in reply.buttons)


async def test_a_word_that_meant_something_else_is_explained_by_the_editors(ask: Ask) -> None:
    for typed, other in (("democracy", "no form of state"), ("kulaks", "a fist"), ("land committees", "landholding")):
        reply = await ask(f"/word {typed}")
        assert isinstance(reply.parts[0], Note)
        assert other in reply.parts[0].words
    assert not [part for part in (await ask("/word gunpowder")).parts if isinstance(part, Note)]


async def test_a_count_out_of_time_says_how_far_it_came(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = await ask("/word of the")
    monkeypatch.setattr(token_arrays, "_FEW", 0)
    monkeypatch.setattr(token_arrays, "_RUN", 500)
    with work_budget(100):
        reply = await ask("/word of the")
    assert reply.title.startswith("of the: at least ")
    assert 0 < times(reply.title) < times(whole.title)
    assert re.search(r"stopped counting after a moment, at (speech|article) \d", said(reply))
    assert set(lines(reply)) <= set(lines(whole))


async def test_a_count_that_has_no_time_is_not_nothing_found(ask: Ask) -> None:
    with work_budget(0):
        reply = await ask("/word of the")
    assert "took too long" in reply.error


@pytest.mark.parametrize("typed", ["…", "-", '"', "?!"])
async def test_what_has_no_word_is_refused(ask: Ask, typed: str) -> None:
    assert (await ask(f"/word {typed}")).error == "That has no word in it. Please type a word, or a short phrase."


@pytest.mark.parametrize("word", ["revolution", "coalition"])
@pytest.mark.parametrize(
    "form",
    ["{} in the speech", "{} from the article", "{} in speech", "<b>{}</b>", "**{}**", "[{}](https://example.org)",
     "`{}`", "how often does he say {} in the speech?"],
)  # fmt: skip
async def test_a_text_or_markup_beside_a_word_makes_no_difference(ask: Ask, word: str, form: str) -> None:
    assert await ask(f"/word {form.format(word)}") == await ask(f"/word {word}")


async def test_a_question_about_a_word_is_answered_for_it(ask: Ask) -> None:
    assert await ask("/word what does kulak mean?") == await ask("/word kulak")


@pytest.mark.parametrize(
    "typed", ["counter-revolutionary", "counter revolutionary", "socialist revolutionary", "his writing", "a coalition"]
)
async def test_forms_of_several_words_are_as_the_texts_print_them(ask: Ask, corpus: Corpus, typed: str) -> None:
    reply = await ask(f"/word {typed}")
    texts = " ".join(one.words for text in corpus.texts.values() for one in text.paragraphs).casefold()
    _, _, counted = said(reply).partition("By form: ")
    forms = [form.rpartition(" ")[0] for form in counted.rstrip(".").split(", ") if form]
    assert all(form in texts for form in forms), forms
    assert forms or "By form" not in said(reply)


async def test_a_form_keeps_its_hyphen(ask: Ask) -> None:
    assert "By form: counter-revolutionary 1, counter-revolutionaries 1." in said(
        await ask("/word counter-revolutionary")
    )
