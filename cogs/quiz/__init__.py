"""Quiz a study group, and bring back to each what they missed."""

# ruff: noqa: I001 - in the order in which /help lists them
from cogs.quiz.play import answer, pause, resume, skip, start, stop, typed_answer
from cogs.quiz.scores import scores
from cogs.quiz.review import choose, go_on, missed, rate, recall, review
from cogs.quiz.profile import me, timezone, forget, forgotten
from cogs.quiz.reports import report, reports, settle

__all__ = [
    "answer",
    "choose",
    "forget",
    "forgotten",
    "go_on",
    "me",
    "missed",
    "pause",
    "rate",
    "recall",
    "report",
    "reports",
    "resume",
    "review",
    "scores",
    "settle",
    "skip",
    "start",
    "stop",
    "timezone",
    "typed_answer",
]
