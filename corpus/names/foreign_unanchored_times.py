"""Times counted from nothing that is named, in German, French and Russian: `zwei Tage später`, `le lendemain`."""

from __future__ import annotations

from typing import Final

from corpus.language.alternation import any_folded
from corpus.language.foreign_units import NUMBER, NUMBERS, UNITS, any_word
from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.tokens import folded

_LONGEST: Final = 80
"""Characters of the longest time that is read; nothing longer is looked at."""


_ASKED: Final = (
    r"(?:(?:was|что|que|qu'est-ce qui) (?:geschah|passierte|war|kam|было|произошло|случилось|s'est passe) )?"
)
_UNIT: Final = f"(?P<unit>{any_word(UNITS)})"
_COUNTED: Final = f"(?:(?P<many>{NUMBER}) )?{_UNIT}"
_ON: Final = r"(?:(?:am|im|an|in der|en|au|на|в|во) )?(?:le |la |l')?"
_LATER: Final = "später, danach, darauf, nachher, plus tard, après, спустя, позже"
_EARLIER: Final = "früher, vorher, davor, zuvor, plus tôt, auparavant, раньше"
_NEXT: Final = any_folded("""
nächsten, folgenden, darauffolgenden, suivant, suivante, d'après, следующий, следующем, следующую, следующей
""")
_PREVIOUS: Final = any_folded("""
vorigen, vorherigen, vorangegangenen, davor, zuvor, précédent, précédente, d'avant, предыдущий, предыдущем, предыдущую
""")
_SAME: Final = any_folded("""
selben, gleichen, demselben, derselben, jenem, jener, même, ce, cette, тот же, тот самый, тот, том же, ту же
""")
_FORMS: Final = tuple(
    (lazy_pattern(rf"{_ASKED}(?:{form})"), english)
    for form, english in (
        (rf"{_COUNTED} {any_folded(_LATER)}|(?:через|спустя) {_COUNTED.replace('<', '<_')}", "{} later"),
        (rf"{_COUNTED} {any_folded(_EARLIER)}", "{} earlier"),
        (rf"{_ON}(?:{_NEXT} {_UNIT}|{_UNIT.replace('<', '<_')} {_NEXT})", "the next {}"),
        (rf"{_ON}(?:{_PREVIOUS} {_UNIT}|{_UNIT.replace('<', '<_')} {_PREVIOUS})", "the previous {}"),
        (rf"{_ON}{_SAME} {_UNIT}(?:[ -]la)?", "the same {}"),
        (any_folded("am folgetag, am tag darauf, tags darauf, le lendemain, lendemain, назавтра"), "the next day"),
        (any_folded("am vortag, am vorabend, tags zuvor, la veille, veille, накануне"), "the previous day"),
        (any_folded("später, plus tard, позже, позднее"), "later"),
        (any_folded("früher, plus tôt, раньше, ранее"), "earlier"),
        (
            any_folded("""
            danach, dann, darauf, hernach, ensuite, puis, après cela, après ça, потом, затем, после этого
            """),
            "after that",
        ),
        (any_folded("davor, zuvor, vorher, auparavant, avant cela, avant ça, до этого, перед этим"), "before that"),
        (any_folded("seitdem, seither, depuis lors, с тех пор"), "since then"),  # noqa: RUF001 - Russian.
        (any_folded("bis dahin, jusque-là, до тех пор"), "until then"),
    )
)
_TELLING: Final = lazy_pattern(
    "spater|danach|dann|darauf|hernach|nachher|plus t|apres|ensuite|puis|fruher|vorher|davor|zuvor|avant|nachsten|folge"
    "|suivant|vorig|vorang|precedent|selben|gleichen|jene|meme|ce|tags|lendemain|vortag|vorabend|veille|seit|bis dahin"
    "|jusque|спустя|через|поз|потом|затем|этого|этим|ран|следующ|предыдущ|то[тм]|ту же|назавтра|накануне|тех пор"
)
"""What is in each of the forms, and not in most of what is typed."""


def unanchored_in_english(typed: str) -> str:
    """The time counted from nothing that the whole of `typed` is, in English; empty for anything else."""
    words = folded(typed).strip(" ?!.,") if len(typed) <= _LONGEST else ""
    for form, english in _FORMS if _TELLING.search(words) else ():
        if match := form.fullmatch(words):
            parts = match.groupdict()
            unit = UNITS.get(parts.get("unit") or parts.get("_unit") or "", "")
            many = parts.get("many") or parts.get("_many") or ""
            return english.format(_counted(NUMBERS.get(many, many), unit) if english.startswith("{}") else unit)
    return ""


def _counted(number: str, unit: str) -> str:
    return f"{number or 'a'} {unit}{'' if number in ('', '1') else 's'}"
