"""What holds for every reply of every look-up: quotations are slices, speakers are right, nothing raises."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.app import App
from bot.core.context import Context, Person, Place
from bot.core.reply import Quote, Reply
from bot.platforms.typed_commands import parse_line
from cogs import FEATURES
from corpus import SHIPPED
from corpus.corpus import Corpus
from corpus.reference import Reference
from tests.conftest import Ask
from tests.samples import EVERYTHING, one_in

AWKWARD = (
    '"', "AND OR NOT NEAR(", "speech 99999999999", "speech 4.2-1", "speech 0", "*", "a" * 10_000, "\u200b",
    "\u202etxet", "👩\u200d👩\u200d👧", "\x00", "\ud800", "text:", "30 February 1917", "’ “ ” …",
    "'; DROP TABLE sentences; --",
)  # fmt: skip
TYPED = (
    st.text(max_size=200)
    | st.sampled_from(AWKWARD)
    | st.from_regex(r"(speech|article) [0-9]{1,3}(\.[0-9]{1,3}(-[0-9]{1,3})?)?", fullmatch=True)
)
PARAMETERS = [
    (command.name, parameter.name)
    for feature in FEATURES
    for command in feature.commands
    for parameter in command.parameters
]
EVERY_TIME = settings(
    max_examples=1_000 if EVERYTHING else 25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
"""The fixtures are only read, so that one set of them serves all examples."""


@cache
def source(text: str) -> str:
    """A shipped text as it is in its file."""
    return (SHIPPED / "texts" / f"{text}.txt").read_text(encoding="utf-8")


def check_quotes(corpus: Corpus, reply: Reply) -> None:
    for quote in reply.quotes():
        assert quote.words in source(quote.text)
        reference = Reference.read(quote.reference)
        assert reference is not None
        assert [one.words for one in corpus.passages(reference)] == [quote.words]
        assert all(0 <= start < end <= len(quote.words) for start, end in quote.marks)
        check_speaker(quote)


def check_speaker(quote: Quote) -> None:
    if quote.text == "article":
        assert quote.speaker == "The article's author"
    if "There is still a third" in quote.words or "applause" in quote.words:
        assert "Trotsky" not in quote.speaker
    elif quote.text == "speech":
        assert quote.speaker == "Leon Trotsky"


def asked_apart(app: App, name: str, parameter: str) -> Context:
    """Somebody in a server of a parameter's own, so that no answer changes what another parameter is answered."""
    return app.context(
        Person(f"{name} {parameter}", "Ada", admin=True), Place("test", "general", f"{name} {parameter}")
    )


@EVERY_TIME
@given(typed=TYPED)
async def test_no_string_makes_a_command_raise(app: App, typed: str) -> None:
    for name, parameter in PARAMETERS:
        reply = await app.run(name, {**example(app, name), parameter: typed}, asked_apart(app, name, parameter))
        assert not reply.incident, (name, parameter)
        assert reply.title or reply.parts or reply.error, (name, parameter)
        check_quotes(app.corpus, reply)


def example(app: App, name: str) -> Mapping[str, str]:
    """The arguments of a command's example."""
    command = app.commands[name]
    return parse_line(command.line_in(app.corpus), app.commands).arguments if command.example else {}


LOOK_UPS = [(name, one) for name, one in PARAMETERS if name.split()[0] not in ("daily", "quiz", "library", "privacy")]
NONSENSE = "zqxjk"
HOPE = "Our whole hope is that our revolution will kindle a European revolution."


def public_words(reply: Reply) -> list[str]:
    """All that everybody sees of a reply."""
    if reply.private or reply.error:
        return []
    return [reply.title, *map(str, reply.parts), *(button.label for button in reply.buttons)]


@EVERY_TIME
@given(typed=TYPED | st.sampled_from(("gunpowder", "7 November 1917", "Trotsky", "coalition", "revolution", HOPE)))
async def test_what_everybody_sees_never_repeats_what_somebody_typed(app: App, ctx: Context, typed: str) -> None:
    for (name, parameter), words in product(LOOK_UPS, (f"{typed} {NONSENSE}", f"{NONSENSE} {typed}")):
        reply = await app.run(name, {parameter: words}, ctx)
        assert not any(NONSENSE in one for one in public_words(reply)), (name, parameter)


AROUND_QUOTATIONS = (
    "{hope} {odd}", "{odd} {hope}", "“{hope}” — {odd}", "“{hope}” — {odd} Smith", "{odd} Smith: “{hope}”",
    "“{hope}” ({odd} 6.6)", "{hope} [{odd}]", "{half} [{odd}] {rest}", "{half} ({odd}, emphasis mine) {rest}",
    "{half} {odd} {rest}", "{half} {odd}-{rest}", "{half} … {odd} … {rest}", "> {hope}\n— {odd}", "{hope}\n\n> {odd}",
    "“{hope}” “{odd} {odd} {odd} {odd} {odd}”", "{half}\u0301{odd} {rest}", "“{rest}” {odd} “{half}”",
)  # fmt: skip
ODD = (NONSENSE, "\U0001f4a5", "z\u0335\u0335q", "\u0440evolution")
SPEAKERS = ("", "Lenin", "Trotsky", NONSENSE, f"{NONSENSE} Trotsky", f"Leon {NONSENSE}")


@pytest.mark.parametrize("form", AROUND_QUOTATIONS)
async def test_a_verdict_that_everybody_sees_repeats_no_words_but_the_texts(app: App, ctx: Context, form: str) -> None:
    half, rest = HOPE[:21].strip(), HOPE[21:].strip()
    is_tried = one_in(3)
    for number, (speaker, odd) in enumerate(product(SPEAKERS, ODD), AROUND_QUOTATIONS.index(form)):
        if is_tried(number):
            quotation = form.format(hope=HOPE, half=half, rest=rest, odd=odd)
            reply = await app.run("check", {"quotation": quotation, "speaker": speaker}, ctx)
            assert not reply.incident
            assert not any(word in one for one in public_words(reply) for word in (odd, NONSENSE))


@EVERY_TIME
@given(line=TYPED)
async def test_no_line_raises(ask: Ask, app: App, line: str) -> None:
    for start in ("", "/", "/quote ", "/compare "):
        reply = await ask(start + line)
        assert not reply.incident
        check_quotes(app.corpus, reply)


@EVERY_TIME
@given(typed=TYPED)
async def test_no_string_makes_completion_raise(app: App, ctx: Context, typed: str) -> None:
    for name, parameter in PARAMETERS:
        for choice in await app.suggest(name, parameter, typed, ctx):
            assert 0 < len(choice.label) <= 100
            assert 0 < len(choice.value) <= 100


@EVERY_TIME
@given(value=TYPED)
async def test_no_value_makes_a_button_raise(app: App, ctx: Context, value: str) -> None:
    for name in app.actions:
        reply = await app.act(name, value, ctx)
        assert not reply.incident
        check_quotes(app.corpus, reply)
