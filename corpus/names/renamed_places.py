"""Places that had another name then: whoever asks for `Leningrad` or `St Petersburg` means Petrograd."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.tokens import folded

_LONGEST: Final = 100
"""Characters of the longest request for a place; nothing longer is looked at."""
_BEFORE: Final = r"(?:(?:what happened |events )?(?:in|at) )?"
_AFTER: Final = r"(?P<rest>(?: in)? [0-9]{4})?"


class RenamedPlace(NamedTuple):
    """What was typed, with the name that a place had then, and what to say of that."""

    typed: str
    remark: str


def _form(names: str) -> re.Pattern[str]:
    return lazy_pattern(f"{_BEFORE}(?:{names}){_AFTER}")


_PLACES: Final = (
    (
        "Petrograd",
        _form(r"(?:(?:st\.?|saint|sankt|санкт)[ -]?)?(?:petersburg|petersbourg|петербурге?)|leningrad|ленинграде?"),
        "St Petersburg was called Petrograd from 1914 to 1924, and Leningrad from then to 1991.",
    ),
    ("Alma-Ata", _form("almaty|алматы"), "Almaty was called Alma-Ata then."),
)
"""Each as a whole, with a year at most: the Soviet of St Petersburg was another one than that of Petrograd."""


def renamed_place(typed: str) -> RenamedPlace | None:
    """The place that the whole of `typed` is by a name that it did not have then; None for anything else."""
    words = folded(typed).strip(" ?!.") if len(typed) <= _LONGEST else ""
    for name, form, remark in _PLACES:
        if match := form.fullmatch(words):
            return RenamedPlace(f"{name}{match['rest'] or ''}", remark)
    return None
