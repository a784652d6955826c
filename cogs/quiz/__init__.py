"""Quiz a study group, and bring back to each what they missed."""

from cogs.quiz.play import answer, pause, resume, skip, start, stop, typed_answer

__all__ = ["answer", "pause", "resume", "skip", "start", "stop", "typed_answer"]
