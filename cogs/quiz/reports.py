"""Reports of wrong questions, and the admins' list of them."""

from __future__ import annotations

import secrets
from datetime import timedelta

from bot.core.command import action, command
from bot.core.context import Context
from bot.core.errors import UserError
from bot.core.reply import Choice, Items, Menu, Prose, Reply
from bot.storage import learning, made_questions
from bot.storage.learning import Report
from cogs.quiz.questions import is_id, question_from_json, question_text, question_to_json, store_of, where_of
from cogs.quiz.review import find_question
from cogs.shared.asker import person_of, storable
from cogs.shared.lists import page_buttons, page_number, paginate, shortened

_LONGEST = 300
_A_DAY = 10
_ON_A_PAGE = 10
"""Reports that one page shows."""
_DAY = timedelta(days=1)


async def _reported_question(ctx: Context, value: str) -> str:
    """The question that is to be reported, for the form that says what is wrong with it."""
    asked = await find_question(ctx, value)
    return question_text(asked) if asked else ""


@action("quiz.report", question=_reported_question)
async def report(ctx: Context, value: str, typed: str = "") -> Reply:
    """Somebody reported a question."""
    if ctx.place.server is None:
        raise UserError(
            "Reports go to the admins of a server, and there are none here. /quiz review has the button in a server."
        )
    asked = await find_question(ctx, value)
    if asked is None:
        raise _gone()
    words = shortened(storable(typed), _LONGEST) or "No reason given."
    made = Report(secrets.token_hex(6), asked.id, question_to_json(asked), words, ctx.now)
    async with store_of(ctx).transaction() as tx:
        if asked.is_generated and not await made_questions.hold(tx, asked.id):
            raise _gone()
        added = await learning.report(tx, person_of(ctx), where_of(ctx), made, ctx.now - _DAY, _A_DAY)
    if not added:
        raise UserError("You've reached today's limit of ten reports. Please tell an admin the rest.")
    return Reply(parts=(Prose("Thank you. Admins can see your report in /quiz reports."),), private=True)


def _gone() -> UserError:
    return UserError("That question is already gone, so it won't come again.")


@command("quiz reports", admin=True)
async def reports(ctx: Context) -> Reply:
    """List the questions that people here reported."""
    return await _report_list(ctx, 1)


@action("quiz.reports", replaces=True, admin=True)
async def report_page(ctx: Context, value: str) -> Reply:
    """Another page of the reports."""
    return await _report_list(ctx, page_number(value) or 1)


@action("quiz.settle", replaces=True, admin=True)
async def settle(ctx: Context, value: str) -> Reply:
    """A report was resolved: its id, and the page that it was on."""
    identifier, _, page = value.partition(".")
    if is_id(identifier):
        async with store_of(ctx).transaction() as tx:
            await learning.settle_report(tx, identifier, where_of(ctx))
    return await _report_list(ctx, page_number(page) or 1)


async def _report_list(ctx: Context, number: int) -> Reply:
    where, reader = where_of(ctx), store_of(ctx).reader
    total = await learning.count_reports(reader, where.platform, where.server)
    page = paginate(range(total), number, _ON_A_PAGE)
    found = await learning.reports(reader, where.platform, where.server, _ON_A_PAGE, page.start)
    if not found:
        return Reply("Reports", (Prose("No reports."),), private=True)
    lines, choices = [], []
    for one in found:
        asked = question_from_json(one.asked)
        lines.append(shortened(f"{asked.ask} {asked.words} ({asked.answer}; {asked.references[0]}): {one.words}", 400))
        choices.append(Choice(shortened(asked.ask), f"{one.id}.{page.number}", shortened(one.words)))
    parts = (Items(tuple(lines)), Menu("Mark as resolved", "quiz.settle", tuple(choices)))
    title = f"Reports {page.range}".rstrip()
    return Reply(title, parts, page_buttons(page, "quiz.reports", str), private=True)
