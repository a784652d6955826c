"""Questions for who made a text: `who wrote the article`, `the author of the speech`, `who gave the speech`."""

from __future__ import annotations

import re
from typing import Final

from corpus.language.lazy_pattern import lazy_pattern

_LONGEST: Final = 200
"""Characters of the longest question; nothing longer is looked at."""
_FORM: Final = lazy_pattern(
    r"(?:who )?(?:(?:is |was )?(?:the )?(?:author|writer|speaker)(?: of| in)?"
    r"|(?:wrote|gave|made|delivered|held|authored|spoke in|is speaking in))(?: (?P<text>.+))?",
    re.IGNORECASE,
)


def author_question(typed: str) -> str | None:
    """What it is whose author is asked for, or nothing where it was not said; None for any other question."""
    match = _FORM.fullmatch(" ".join(typed.split()).rstrip(" ?!.")) if len(typed) <= _LONGEST else None
    return (match["text"] or "") if match else None
