"""See what is kept about you, get a copy, or delete it."""

from __future__ import annotations

import msgspec

from bot.core.command import action, command, costs
from bot.core.context import Context
from bot.core.reply import Button, File, Items, Prose, Reply
from bot.storage.privacy import PersonalData, personal_data
from cogs.quiz.questions import store_of
from cogs.shared.asker import person_of
from corpus.language.phrasing import plural

_KEPT = (
    "Your answers in quizzes and reviews, with the name you had: until you delete them.",
    "Your time zone, when you want to be reminded, and where you are in a review.",
    "What you report about a question, which daily facts and quizzes you set up or started, and which texts you added.",
)
_NOT_KEPT = "What you look up, check or type anywhere else is answered and not kept, and never written to a log."


@command("privacy", also="data delete gdpr")
async def privacy(ctx: Context) -> Reply:
    """See what is kept about you, get a copy, or delete it."""
    if ctx.store is None:
        return Reply("Your data", (Prose("Nothing is kept here."),), private=True)
    kept = await personal_data(ctx.store.reader, person_of(ctx))
    parts = (Prose(_summary(kept)), Prose("What is kept, and how long:"), Items(_KEPT), Prose(_NOT_KEPT))
    buttons = (Button("Get a copy", "privacy.copy"), Button("Delete my data", "quiz.ask_forget", style="danger"))
    return Reply("Your data", parts, buttons, private=True)


@costs(5)
@action("privacy.copy")
async def copy_data(ctx: Context, value: str) -> Reply:
    """All that is kept about the asker, as a file."""
    kept = await personal_data(store_of(ctx).reader, person_of(ctx))
    data = msgspec.json.format(msgspec.json.encode(kept), indent=2) + b"\n"
    return Reply("Your data", (File("smolny-my-data.json", data, "application/json"),), private=True)


def _summary(kept: PersonalData) -> str:
    if kept.is_empty:
        return "Nothing is kept about you."
    found = (
        plural(len(kept.answers), "answer"),
        plural(len(kept.reports), "report"),
        plural(len(kept.schedules), "schedule"),
        f"the time zone {kept.time_zone}" if kept.time_zone else "no time zone",
        *([f"a reminder at {kept.reminder}"] if kept.reminder else []),
        *([plural(len(kept.texts), "text")] if kept.texts else []),
        *([plural(len(kept.rounds), "quiz", "quizzes")] if kept.rounds else []),
    )
    return f"Kept about you: {', '.join(found)}."
