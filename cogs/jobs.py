"""The features' jobs. They are loaded at the start, apart from the commands: there may be something due at once."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.job import MakeJobs
from cogs.daily.job import daily_jobs
from cogs.quiz.job import quiz_jobs

JOBS: Sequence[MakeJobs] = (daily_jobs, quiz_jobs)
"""What makes the jobs of each feature that has some."""
