"""Play a quiz together, or review on your own."""

# ruff: noqa: I001 - in the order in which /help lists them
from cogs.quiz.play import answer, pause, resume, skip, start, stop, typed_answer
from cogs.quiz.scores import scores
from cogs.quiz.review import choose_option, continue_review, review_missed, rate_answer, type_answer, review
from cogs.quiz.profile import me, timezone, forget, forget_for_good
from cogs.quiz.reports import report, reports, settle

__all__ = [
    "answer",
    "choose_option",
    "continue_review",
    "forget",
    "forget_for_good",
    "me",
    "pause",
    "rate_answer",
    "report",
    "reports",
    "resume",
    "review",
    "review_missed",
    "scores",
    "settle",
    "skip",
    "start",
    "stop",
    "timezone",
    "type_answer",
    "typed_answer",
]
