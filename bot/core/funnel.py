"""The error funnel: the one place where errors end, as a reply for the asker and a line in the log."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Mapping
from typing import Generic, TypeVar

from msgspec import UNSET, Struct

from bot.core.errors import Mistyped, UserError, user_error
from bot.core.reply import Reply
from bot.logger import Logger
from bot.storage.errors import error_name, is_unusable
from corpus.errors import IndexUnreadable, NotUnderstood

log = Logger(__name__)

T = TypeVar("T")
_NO_MISTAKE = Reply()


class Result(Struct, Generic[T], frozen=True):
    """What a handler returned or, where it raised, the reply that says so; `outcome` is for the log."""

    outcome: Mapping[str, str]
    value: T | None = None
    mistake: Reply = _NO_MISTAKE


def new_id() -> str:
    """A short id by which a person and the log can name the same answer."""
    return secrets.token_hex(4)


async def catch_errors(what: str, answer: Callable[[], Awaitable[T]]) -> Result[T]:
    """Run `answer`, and make of what it raises a reply and a line in the log, in which `what` names it."""
    try:
        return Result({"outcome": "answered"}, await answer())
    except (UserError, NotUnderstood) as error:
        return Result({"outcome": "user error"}, mistake=error_reply(error))
    except Exception as error:  # noqa: BLE001 - the funnel: an asker gets an apology, never a traceback.
        if is_unusable(error):
            return _without_store(what, error)
        said = (INDEX_UNREADABLE,) if isinstance(error, IndexUnreadable) else ()
        reply = apology(new_id(), *said)
        # The traceback names files and lines; the exception's own text could quote what was typed.
        log.error("failed", what=what, incident=reply.incident, where=traceback_frames(error))
        return Result({"outcome": "failed", "incident": reply.incident, "error": error_name(error)}, mistake=reply)


def _without_store(what: str, error: Exception) -> Result[T]:
    """What is said and logged while the store is away: the same of every answer, so no traceback tells more."""
    incident = new_id()
    log.error("failed", what=what, incident=incident, error=error_name(error))
    reply = Reply(error=STORE_AWAY, incident=incident, private=True)
    return Result({"outcome": "failed", "incident": incident, "error": error_name(error)}, mistake=reply)


def error_reply(error: UserError | NotUnderstood) -> Reply:
    """The reply to a user error: what would have been right, and what they may have meant."""
    mistake = error if isinstance(error, UserError) else user_error(error)
    mistyped = True if isinstance(mistake, Mistyped) else UNSET
    return Reply(error=mistake.sentence, buttons=mistake.buttons, private=True, mistyped=mistyped)


NOT_SHOWN = "Sorry, I could not show that."
"""What is said first where there was an answer that the platform did not take."""


STORE_AWAY = (
    "I cannot use my store just now. Please try again in a minute. If it goes on, tell the person who runs the bot."
)
"""What whoever asked hears where the database is out of reach, or its disk is full."""


INDEX_UNREADABLE = "I cannot read my index of the texts."
"""What is said first where the file of an index was deleted under the bot, or its disk fails."""


BROKEN_OFF = Reply(error="I was stopped before I had your answer. Please ask again in a moment.", private=True)
"""What whoever asked hears where the process stops before the answer is there."""


def apology(incident: str, what: str = "Sorry, that went wrong, and it is my fault.") -> Reply:
    """The reply where an answer failed; the log has the reason under `incident`."""
    sentence = f"{what} Please try again. If it keeps happening, tell the person who runs the bot: {incident}."
    return Reply(error=sentence, incident=incident, private=True)


def traceback_frames(error: BaseException) -> list[str]:
    """The traceback's files, lines and functions, without the values."""
    steps, trace = [], error.__traceback__
    while trace:
        code = trace.tb_frame.f_code
        steps.append(f"{code.co_filename}:{trace.tb_lineno} in {code.co_name}")
        trace = trace.tb_next
    return [*steps, error_name(error)]
