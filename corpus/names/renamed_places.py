"""Places that had another name then, or have one in another language: `Leningrad` and `Петроград` are Petrograd."""

from __future__ import annotations

import re
from typing import Final

from corpus.date_reading import read_dates
from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.tokens import folded
from corpus.rewording import Rewording

_LONGEST: Final = 100
"""Characters of the longest request for a place; nothing longer is looked at."""
_BEFORE: Final = r"(?:(?:what happened |events )?(?:in|at|en|au|a|в|во) )?(?:the |la |le |der )?"
_AFTER: Final = r"(?:,? (?P<rest>[^,]+(?:, ?[0-9]{4})?))?"


def _form(names: str) -> re.Pattern[str]:
    return lazy_pattern(f"{_BEFORE}(?:{names}){_AFTER}")


_PLACES: Final = (
    (
        "Petrograd",
        _form(
            r"(?:(?:st\.?|saint|sankt|санкт)[ -]?)?(?:petersburg|petersbourg|петербург(?:е|а|у|ом)?)"  # noqa: RUF001 - Russian.
            r"|leningrad|ленинград(?:е|а|у|ом)?"  # noqa: RUF001 - Russian.
        ),
        "St Petersburg was called Petrograd from 1914 to 1924, and Leningrad from then to 1991.",
    ),
    ("Alma-Ata", _form("almaty|алматы"), "Almaty was called Alma-Ata then."),
    ("Petrograd", _form("петроград(?:е|а|у|ом)?"), ""),  # noqa: RUF001 - Russian.
    ("Russia", _form("russland|russie|росси(?:я|и|ю|ей)"), ""),
    ("Moscow", _form("moskau|moscou|москв(?:а|е|ы|у|ой)"), ""),  # noqa: RUF001 - Russian.
    ("Mexico City", _form("mexiko[- ]stadt|мехико"), ""),
    ("Mexico", _form("mexiko|mexique|мексик(?:а|е|и|у|ой)"), ""),  # noqa: RUF001 - Russian.
    ("Siberia", _form("sibirien|siberie|сибир(?:ь|и|ью)"), ""),
    ("Turkey", _form("turkei|turquie|турци(?:я|и|ю|ей)"), ""),
    ("Norway", _form("norwegen|norvege|норвеги(?:я|и|ю|ей)"), ""),
    ("France", _form("frankreich|франци(?:я|и|ю|ей)"), ""),
    ("Germany", _form("deutschland|allemagne|германи(?:я|и|ю|ей)"), ""),
    (
        "Winter Palace",
        _form(
            "winterpalais|winterpalast|palais d'hiver|зимн(?:ий|ем|его|им) двор(?:ец|це|ца|цом)"  # noqa: RUF001 - Russian.
        ),
        "",
    ),
)
"""Each as a whole, with a date at most: the Soviet of St Petersburg was another one than that of Petrograd."""

_TELLING: Final = lazy_pattern(
    "[^ -~]|russland|russie|petersb|leningr|almaty|moskau|moscou|mexi[kq]|sibirien|siberie|turkei|turquie|norwegen"
    "|norvege|frankreich|deutschland|allemagne|winterpala|palais d'hiver"
)
"""A part of each of the names; of those in Cyrillic, any letter."""


def renamed_place(typed: str) -> Rewording | None:
    """The place that the whole of `typed` is by a name that it did not have then, or has in another language.

    None for anything else. Raises NotUnderstood where a date behind it can be read in two ways.
    """
    words = folded(typed).strip(" ?!.") if len(typed) <= _LONGEST else ""
    if not _TELLING.search(words):
        return None  # mostly
    for name, form, remark in _PLACES:
        match = form.fullmatch(words)
        if match and (match["rest"] is None or read_dates(match["rest"])):
            return Rewording(f"{name} {match['rest'] or ''}".strip(), remark)
    return None
