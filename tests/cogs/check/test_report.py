"""The report on a text with many quotations: how many are true, which are not, and a file with all of them."""

from __future__ import annotations

import io

import docx
import docx.document
import pytest
from docx.enum.style import WD_STYLE_TYPE
from msgspec.structs import replace

from bot.core.app import App
from bot.core.attachment import Attachment, Attachments
from bot.core.context import Context
from bot.core.reply import File, Items, Prose, Reply
from cogs.check.report import LISTED
from corpus.corpus import Corpus

CRUSH = "If the rising of the people does not crush imperialism, then we will surely be crushed."
HOPE = "Our whole hope is that our revolution will kindle a European revolution."
ESSAY = f"""# Trotsky's speech

Trotsky told the Congress that “{CRUSH.replace("surely", "never")}” (speech 6.7), and he meant it.

> {HOPE}
> — Trotsky, 1917

As Lenin once said, “We shall never form a union with them.” Some “scare quotes” are in it as well.

Hamlet says: “To be or not to be, that is the question.” And in the article: "didn't die instantly. He
actually fought" (article 28.1), <b>html</b>.
"""


def listed(reply: Reply) -> list[str]:
    return [item for part in reply.parts if isinstance(part, Items) for item in part.items]


def saved(reply: Reply) -> str:
    (file,) = [part for part in reply.parts if isinstance(part, File)]
    return file.data.decode()


async def test_every_quotation_of_an_essay_is_found_and_judged(corpus: Corpus) -> None:
    found = corpus.quotation_checker.check_all(ESSAY)
    assert [(one.verdict.kind, one.claim.speaker, str(one.claim.reference or "")) for one in found] == [
        ("altered", "", "speech 6.7"),
        ("verbatim", "Trotsky", ""),
        ("wrong speaker", "Lenin", ""),
        ("not in these texts", "Hamlet", ""),
        ("verbatim", "", "article 28.1"),
    ]


async def test_many_quotations_are_counted_the_wrong_ones_first(app: App, ctx: Context) -> None:
    reply = await app.act_on_message("Check this quote", ESSAY.replace("> ", ""), ctx)
    assert reply.private
    assert reply.title == "4 quotations in your text"
    (counts,) = [part.words for part in reply.parts if isinstance(part, Prose)]
    assert counts.startswith("1 word for word, 2 wrong and 1 not in these texts or too short.")
    assert [line.rpartition(": ")[2] for line in listed(reply)] == [
        "✗ Changed",
        "✗ Right words, wrong speaker",
        "? Not in the speech or the article",
        "✓ Word for word",
    ]


async def test_the_file_has_each_quotation_corrected_and_the_passage(app: App, ctx: Context) -> None:
    report = saved(await app.act_on_message("Check this quote", ESSAY.replace("> ", ""), ctx))
    assert "then we will [-never-] {+surely+} be crushed." in report
    assert f"> {CRUSH}\n>\n> — Trotsky Opposes Coalition, speech 6.7" in report
    assert "Said by Leon Trotsky, not Vladimir Lenin." in report
    assert report.count("## ") == 4


async def test_a_long_list_says_how_many_more_are_in_the_file(app: App, ctx: Context) -> None:
    message = " and ".join(f"“{CRUSH}”" for _ in range(LISTED + 3))
    reply = await app.run("check", {"quotation": message}, ctx)
    assert len(listed(reply)) == LISTED + 1
    assert listed(reply)[-1] == "and 3 others, in the file"
    assert saved(reply).count(CRUSH) == 2 * (LISTED + 3)


async def test_nothing_quoted_is_markup_in_the_file(app: App, ctx: Context) -> None:
    message = " and ".join(f"“{CRUSH} <script> # {n} [a](b)”" for n in range(5))
    report = saved(await app.run("check", {"quotation": message}, ctx))
    assert " <script>" not in report
    assert "\n# 3" not in report


async def test_a_text_that_is_too_long_to_be_one_quotation_is_reported_on(app: App, ctx: Context) -> None:
    padding = "Nothing is quoted here, and that goes on for a while. " * 500
    reply = await app.run("check", {"quotation": f"{padding}{ESSAY}{padding}"}, ctx)
    assert reply.title == "5 quotations in your text"
    none = await app.run("check", {"quotation": padding}, ctx)
    assert none.error.startswith("I found no quotation of 5 words or more in your text.")


def with_file(ctx: Context, name: str, data: bytes) -> Context:
    async def read() -> bytes:
        return data

    return replace(ctx, attachments=Attachments({"1": Attachment(name, len(data), read)}))


def as_word_file(words: str) -> bytes:
    document = docx.Document()
    for paragraph in words.split("\n\n"):
        document.add_paragraph(paragraph)
    return as_bytes(document)


def as_bytes(document: docx.document.Document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


@pytest.mark.parametrize(("name", "many"), [("essay.md", 5), ("essay.txt", 5), ("essay.docx", 4)])
async def test_the_quotations_of_a_file_are_checked(app: App, ctx: Context, name: str, many: int) -> None:
    data = as_word_file(ESSAY.replace("> ", "")) if name.endswith("docx") else ESSAY.encode()
    reply = await app.run("check", {"file": "1"}, with_file(ctx, name, data))
    assert reply.title == f"{many} quotations in {name}"
    assert len(listed(reply)) == many
    assert "{+surely+}" in saved(reply)
    on_message = await app.act_on_message("Check this quote", "", with_file(ctx, name, data))
    assert on_message.title == reply.title


@pytest.mark.parametrize("style", ["Quote", "Intense Quote", "Block Text", "Quotations", "Zitat", "My quotation"])
async def test_a_style_for_quotations_marks_a_quotation_in_a_word_file(app: App, ctx: Context, style: str) -> None:
    document = docx.Document()
    if style not in [one.name for one in document.styles]:
        made = document.styles.add_style(style, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = document.styles["Quote" if style.startswith("My") else "Normal"]
    document.add_paragraph("Trotsky argues that the revolution has to spread, and that nobody in the hall doubts it:")
    document.add_paragraph(HOPE, style)
    document.add_paragraph("— Trotsky, 1917", style)
    document.add_paragraph("This is what the essay says of it, in words of its own.")
    document.add_paragraph(CRUSH.replace("surely", "never"), style)
    reply = await app.run("check", {"file": "1"}, with_file(ctx, "essay.docx", as_bytes(document)))
    assert reply.title == "2 quotations in essay.docx"
    assert "The speaker is right: Leon Trotsky." in saved(reply)
    assert "we will [-never-] {+surely+} be crushed" in saved(reply)


async def test_a_block_quote_of_a_page_is_a_quotation(app: App, ctx: Context) -> None:
    page = f"<html><body><p>He said so himself.</p><blockquote><p>{HOPE}</p><p>— Lenin</p></blockquote></body></html>"
    reply = await app.run("check", {"file": "1"}, with_file(ctx, "essay.html", page.encode()))
    assert reply.title == "1 quotation in essay.html"
    assert "Said by Leon Trotsky, not Vladimir Lenin." in saved(reply)


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("essay.md", b"No quotation is in here.", "I found no quotation"),
        ("essay.txt", bytes(range(32)) * 9, "This isn't text"),
        ("essay.docx", b"PK\x03\x04 broken", "This"),
        ("essay.md", b"x" * 5_000_001, "This file is too large"),
    ],
)
async def test_a_file_that_cannot_be_checked_says_why(
    app: App, ctx: Context, name: str, data: bytes, error: str
) -> None:
    reply = await app.run("check", {"file": "1"}, with_file(ctx, name, data))
    assert reply.error.startswith(error)
    assert not reply.incident


async def test_without_a_quotation_or_a_file_it_asks_for_one(app: App, ctx: Context) -> None:
    assert (await app.run("check", {}, ctx)).error.startswith("Please add the quotation, for example: /check ")
    assert (await app.run("check", {"file": "none"}, ctx)).error.startswith("There is no such file.")
