"""Check whether a quotation is true."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from bot.core.attachment import Attachment, AttachmentKey
from bot.core.command import action, command, costs, message_action
from bot.core.context import Context
from bot.core.errors import UserError
from bot.core.reply import Choice, Heading, Items, Prose, Reply
from cogs.check.essay import essay_words
from cogs.check.report import report_reply
from cogs.check.reported_speech import reported_speech_reply
from cogs.check.verdict_reply import verdict_reply
from cogs.shared.famous import with_famous_note
from cogs.shared.lists import MENU, shortened
from cogs.shared.unfinished import refuse_unfinished
from corpus.errors import NotUnderstood
from corpus.examples import Example
from corpus.language.tokens import tokens
from corpus.quotations.limits import ENOUGH, LONGEST

if TYPE_CHECKING:
    # The checker takes a twentieth of a start: it is loaded by who asks for it.
    from corpus.quotations.checked_quotation import CheckedQuotation

AT_ONCE = 3
"""Quotations that are shown one after the other; of more there is a report."""
_FEWEST, _HEADINGS = 3, 5
"""Words that may be a heading, and headings that are looked at."""
_SECONDS, _SECONDS_OF_A_TEXT = 0.02, 1.0
"""Of a processor, that it takes most times to check a message, or a whole text."""
_EXPLAINED = (
    "✓ Word for word: the same words in the same order. The shape of quotation marks, dashes and spaces doesn't count.",
    "✓ Shortened: words were left out where an ellipsis says so; nothing was moved.",
    "≈ Word for word, except: the same words with other capitals, punctuation, contractions or figures.",
    "✗ Changed: a word was changed, added, moved, or left out without saying so.",
    "✗ Wrong speaker: the words are somebody else's. Somebody quoted inside a sentence counts as its speaker.",
    "✗ Stitched together: each piece is in the texts, but the whole isn't.",
    "? Not in these texts: other sources may have it.",
    "? Reported, not quoted: “he said that …” without quotation marks gives no words to compare.",
    "Where the rest of a sentence changes what the words mean, I show it: true words can mislead.",
    "Names, references, footnote marks and editors' brackets around a quotation aren't compared.",
    "Search only finds candidates. Comparing the words decides; no score ever confirms a quotation.",
)


async def _suggest(ctx: Context, typed: str) -> list[Choice]:
    people = ctx.corpus.finder.suggest_people(typed, MENU)
    return [Choice(shortened(person.name), shortened(person.name)) for person in people]


@costs(3)
@command(
    "check",
    also="verify factcheck confirm fake",
    example=Example.QUOTATION,
    suggest={"speaker": _suggest},
    quotation="The words, as they are quoted",
    speaker="Who said it, supposedly",
    file="Or a file, such as an essay in Markdown, plain text or Word: every quotation in it is checked",
)
async def check(ctx: Context, quotation: str = "", speaker: str = "", file: AttachmentKey | None = None) -> Reply:
    """Check a quotation word for word.

    Words may be left out where an ellipsis says so. Differences in case or punctuation are listed apart from changed
    words.
    """
    if file is not None:
        return await _file_report(ctx, ctx.attachments.get(file))
    if not quotation:
        raise UserError(f"Please add the quotation{check.hint_in(ctx.corpus)}")
    refuse_unfinished(ctx.corpus, "check", quotation)
    return await _check_reply(ctx, quotation, speaker)


@costs(3)
@message_action("Check this quote")
async def check_message(ctx: Context, message: str) -> Reply:
    """Check the words that a message quotes; where it says nothing, the quotations in its file."""
    if not message.strip() and (sent := ctx.attachments.first()):
        return await _file_report(ctx, sent)
    try:
        return await _check_reply(ctx, message, is_public=True)
    except NotUnderstood as error:
        raise UserError("That message has no words to check. Try /check with the words of the quotation.") from error


async def _check_reply(ctx: Context, message: str, speaker: str = "", *, is_public: bool = False) -> Reply:
    """The verdict on what was typed, or one verdict after another where several quotations are in it.

    `is_public`: everybody there can read the message already.
    """
    if len(message) > LONGEST:
        return await _text_report(ctx, message, "your text")
    found = list(await ctx.corpus.run(lambda: ctx.corpus.quotation_checker.check(message, speaker), _SECONDS))
    long = [one for one in found if one.verdict.words >= ENOUGH]
    if len(long) > AT_ONCE:
        return report_reply(ctx, long, "your text")
    found = [*long, *(one for one in found if one not in long)][:AT_ONCE]
    replies = [_verdict(ctx, one, is_public=is_public) for one in found]
    if len(found) == 1:
        return replies[0]
    parts = [part for reply in replies for part in (Heading(reply.title), *reply.parts)]
    private = (all if is_public else any)(reply.private for reply in replies)
    return Reply(f"{len(found)} quotations", tuple(parts), private=private)


async def _file_report(ctx: Context, sent: Attachment | None) -> Reply:
    """The report on the quotations of a file."""
    if sent is None:
        raise UserError("There is no such file. Attach one to the command: Markdown, plain text or Word.")
    return await _text_report(ctx, await essay_words(sent), sent.name)


async def _text_report(ctx: Context, text: str, name: str) -> Reply:
    """The report on the quotations of a whole text."""
    found = await ctx.corpus.run(lambda: ctx.corpus.quotation_checker.check_all(text), _SECONDS_OF_A_TEXT)
    if not found:
        raise UserError(
            f"I found no quotation of {ENOUGH} words or more in {shortened(name)}. "
            "I look for quotation marks, block quotes that begin with >, and styles for quotations."
        )
    return report_reply(ctx, found, name)


def _verdict(ctx: Context, one: CheckedQuotation, *, is_public: bool) -> Reply:
    """A verdict; of famous words that are not here, where they come from."""
    if one.claim.is_reported:
        return reported_speech_reply(ctx, one)
    reply = verdict_reply(ctx, one, is_public=is_public)
    if not one.verdict.is_found and (line := _heading_line(ctx, one.claim.words)):
        reply = structs.replace(reply, parts=(Prose(line), *reply.parts))
    if one.verdict.confirms or one.verdict.kind == "undecided":
        return reply
    partly = one.verdict.kind == "not in these texts" or one.verdict.places == 0
    return with_famous_note(ctx.corpus, reply, one.claim.words, partly=partly)


def _heading_line(ctx: Context, words: str) -> str:
    """That words are a title or a heading, with which no quotation is compared; nothing where they are none."""
    typed = [token.word for token in tokens(words)]
    for one in ctx.corpus.headings.with_words(words)[:_HEADINGS] if len(typed) >= _FEWEST else ():
        # What a title has before a colon may have been taken for a speaker.
        if [token.word for token in tokens(one.words)][-len(typed) :] == typed:
            what = "the title" if one.is_title else "a heading"
            return f"These words are {what} of {ctx.corpus.texts[one.reference.text].name}, not of its text."
    return ""


@action("check.why")
async def explain_verdicts(ctx: Context, value: str) -> Reply:
    """An explanation of the verdicts."""
    return Reply("How I check", (Items(_EXPLAINED),), private=True)
