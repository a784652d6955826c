"""Written forms of the same date, number or word: October 24 and 24th October, 25 and twenty-five, General and Gen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice, product, tee
from typing import Final, Literal, NamedTuple

from corpus.language.caching import word_cache
from corpus.language.date_words import month_number, other_names_of_month
from corpus.language.number_signs import MINUS_WORDS, is_minus, normal_signs, sign_before, unit_after, unit_in_words
from corpus.language.number_spellings import spellings_of_day
from corpus.language.number_words import CARDINALS, ORDINALS
from corpus.language.numbers import MOST_WORDS, MULTIPLES, Number, number_at_start
from corpus.language.tokens import Phrase, folded, tokens

_LONGEST_DAY: Final = 6
"""Words of a day: the twenty fourth of the October."""
_SAME_WORDS: Final = """
adm admiral, approx approximately, ave avenue, bros brothers, ca circa, capt captain, ch chapter, cmdr commander,
co company, col colonel, com comrade, cpl corporal, dept department, dr doctor, ft fort, gen general, gov governor,
govt government, jr junior, lt lieutenant, ltd limited, maj major, mr mister, mt mount, pres president,
prof professor, rd road, rev reverend, sen senator, sgt sergeant, sq square, sr senior, vol volume, vs versus,
mon monday, tue tuesday, tues tuesday, wed wednesday, thu thursday, thur thursday, thurs thursday, fri friday,
sat saturday, sun sunday,
ageing aging, amidst amid, amongst among, axe ax, burnt burned, cosy cozy, dreamt dreamed, grey gray, leant leaned,
leapt leaped, learnt learned, practise practice, smelt smelled, spelt spelled, spoilt spoiled, towards toward,
whilst while
"""
_WORDS_ALONE: Final = frozenset(("sat", "sun", "wed"))
"""Abbreviations that are words where they have no capital."""
_USUAL: Final = dict(pair.split() for pair in _SAME_WORDS.split(","))
_AMPERSAND: Final = "ampersand"
_SHORT_FOR: Final = {
    "st": frozenset(("saint", "street")),
    _AMPERSAND: frozenset(("and", "und", "et", "y", "e", "i", "en", "og", "och", "и")),
}
_NUMBER_WORDS: Final = frozenset((*CARDINALS, *ORDINALS, *MULTIPLES))
_BEFORE_NUMBERS: Final = frozenset(("a", "the", *MINUS_WORDS))
_DECIMAL: Final = re.compile(r"(?<![\d.,])\d{1,3}\.\d{3}(?![\d.,]*\d)")
_SHORT: Final = 100
"""Characters of a phrase whose meaning is kept."""
_LAST_DAY, _NO_YEAR = 31, 10_000


class _Date(NamedTuple):
    """A date, its day or year 0 where it has none."""

    month: int
    day: int
    year: int


_Item = str | Number | _Date


class _Part(NamedTuple):
    """A word, a number or a date in a phrase, and how many of its words it has."""

    item: _Item
    words: int


def have_same_meaning(one: str, other: str) -> bool:
    """Whether two phrases are the same but for the form in which a date, a number, a title or a word is written."""
    return Meaning(one).is_that_of(Meaning(other))


class Meaning:
    """What a phrase says, in whatever form its dates, numbers, titles and words are written."""

    def __init__(self, phrase: str) -> None:
        self._items = _read_short(phrase) if len(phrase) <= _SHORT else _read(phrase)

    def is_that_of(self, other: Meaning) -> bool:
        """Whether another phrase says the same."""
        ours, theirs = self._items, other._items
        if not ours or not theirs:
            return False
        if _is_date_in_figures(ours, theirs) or _is_date_in_figures(theirs, ours):
            return True
        ours, theirs = _without_article(ours, theirs), _without_article(theirs, ours)
        return len(ours) == len(theirs) and all(map(_are_same, ours, theirs))

    def may_be_longer(self, other: Meaning, edge: Literal[0, -1]) -> bool:
        """Whether a phrase of more words than another, with the same first or last ones, may say the same."""
        if not self._items or not other._items:
            return False
        nearest = self._items[edge]
        return not isinstance(nearest, str) or nearest == "the" or _are_same(nearest, other._items[edge])


def day_at_start(words: Sequence[str]) -> tuple[int, int]:
    """The day of a month with which folded words begin, and how many of them it has with the month; 0 where none is."""
    near = words[:_LONGEST_DAY]
    parts = _parts(near) if any(map(month_number, near)) else []
    for many in range(2, len(parts) + 1):
        date, used = _date_at([one.item for one in parts[:many]])
        if date and date.day and used == many:
            return date.day, sum(one.words for one in parts[:many])
    return 0, 0


def forms_of_day(month: str, day: int) -> Iterator[Phrase]:
    """The ways to write a day of a month, of which one name is given: “october 24”, “the twenty fourth of oct”."""
    for name, number in product((month, *other_names_of_month(month)), spellings_of_day(day)):
        yield (name, *number)
        yield (*number, name)
        yield ("the", *number, "of", name)
        yield (*number, "of", name)
        yield (name, "the", *number)


def numbers_and_dates(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """From which word on to before which other one a number or a date of several words is, in folded words."""
    n = 0
    while n < len(words):
        many = _words_of_first(words[n : n + MOST_WORDS]) if _may_begin(words, n) else 1
        if many > 1:
            yield n, n + many
        n += many


def _words_of_first(words: Sequence[str]) -> int:
    """How many words the date or the number has that begins with the first; those behind it are not read."""
    parts, read = tee(_each_part(words))
    _, many = _date_at(one.item for one in read)
    return sum(one.words for one in islice(parts, many or 1))


def is_number_or_date(words: Sequence[str]) -> bool:
    """Whether folded words are one number or one date, and nothing else."""
    found = [*_with_dates(_parts(words))] if len(words) <= MOST_WORDS and words and _may_begin(words, 0) else []
    return len(found) == 1 and not isinstance(found[0].item, str)


def _may_begin(words: Sequence[str], n: int) -> bool:
    """Whether with a folded word a number or a date may begin."""
    if words[n] not in _BEFORE_NUMBERS:
        return _is_of_number_or_date(words[n])
    return n + 1 < len(words) and _is_of_number_or_date(words[n + 1])


@word_cache(entries=1_000)
def _is_of_number_or_date(word: str) -> bool:
    return word in _NUMBER_WORDS or month_number(word) is not None or word[:1].isdigit()


def _are_same(one: _Item, other: _Item) -> bool:
    if isinstance(one, Number) and isinstance(other, Number):
        are_alike = (one.value, one.signs) == (other.value, other.signs)
        return are_alike and (one.kind == other.kind or "roman" in (one.kind, other.kind))
    return one == other or any(b in _SHORT_FOR.get(str(a), ()) for a, b in ((one, other), (other, one)))


def _without_article(items: tuple[_Item, ...], others: Sequence[_Item]) -> tuple[_Item, ...]:
    """“the Second” as “Second” beside a “II”."""
    is_roman = any(isinstance(one, Number) and one.kind == "roman" for one in others)
    ordinals = [isinstance(one, Number) and one.kind == "ordinal" for one in (*items[1:], "")]
    return tuple(one for one, before in zip(items, ordinals, strict=True) if not (is_roman and before and one == "the"))


def _is_date_in_figures(date: Sequence[_Item], figures: Sequence[_Item]) -> bool:
    """Whether figures such as 8.11.1917, 11/8/1917, 1917-11-08 or 8.11. are a date."""
    if len(date) != 1 or not isinstance(date[0], _Date):
        return False
    month, day, year = date[0]
    values = [one.value if isinstance(one, Number) else 0 for one in figures]
    orders = ([day, month, year], [month, day, year], [year, month, day])
    return values in orders if year else [*values, 0] in orders[:2]


def _read(phrase: str) -> tuple[_Item, ...]:
    """The words of a phrase, each number and each date as one item."""
    written = phrase.replace("&", f" {_AMPERSAND} ")
    slices = [(token.start, token.end) for token in tokens(written)]
    if len(slices) > MOST_WORDS:
        return ()
    found: list[_Part] = []
    n = 0
    for part in _parts([written[start:end] for start, end in slices]):
        if isinstance(number := part.item, Number):
            of_number = slices[n : n + part.words]
            marks = "".join(sign_before(written, start) + unit_after(written, end) for start, end in of_number)
            is_decimal = any(_DECIMAL.match(written, start) for start, _ in of_number)
            number = number._replace(kind="decimal") if is_decimal else number
            part = part._replace(item=number._replace(signs=normal_signs(number.signs + marks)))
        found.append(part)
        n += part.words
    return tuple(one.item for one in _with_dates(found))


# The readings of a quotation have mostly the same words beside the same ones. Nothing long that people type is kept.
_read_short = lru_cache(maxsize=256)(_read)


def _parts(words: Sequence[str]) -> list[_Part]:
    """Words, each number as one part."""
    return list(_each_part(words))


def _each_part(words: Sequence[str]) -> Iterator[_Part]:
    n = 0
    while n < len(words):
        number, many = _number_at(words[n:])
        part = _Part(number, many) if number else _Part(_usual(words, n), 1)
        yield part
        n += part.words


def _usual(words: Sequence[str], n: int) -> str:
    word = folded(words[n])
    if word in ("no", "nos") and words[n + 1 : n + 2] and words[n + 1].isdigit():
        return "number"
    return word if words[n] in _WORDS_ALONE else _USUAL.get(word, word)


def _number_at(words: Sequence[str]) -> tuple[Number | None, int]:
    """The number with which words begin, and how many of them it has, with those for its signs: “minus 5 degrees”."""
    has_minus = is_minus(folded(words[0])) and len(words) > 1
    number, many = number_at_start(words[1:] if has_minus else words)
    if number is None or number.kind != "cardinal":
        return (None, 0) if has_minus else (number, many)
    many += has_minus
    unit, more = unit_in_words([folded(word) for word in words[many : many + 2]])
    return number._replace(signs=has_minus * "-" + unit), many + more


def _with_dates(parts: Sequence[_Part]) -> Iterator[_Part]:
    """Parts with each month and the numbers beside it as one date, whatever the order."""
    n = 0
    while n < len(parts):
        date, many = _date_at(one.item for one in islice(parts, n, n + MOST_WORDS))
        yield _Part(date, sum(one.words for one in parts[n : n + many])) if date else parts[n]
        n += many or 1


def _date_at(items: Iterable[_Item]) -> tuple[_Date | None, int]:
    """The date that begins with the first item: “the 24th of October 1917”, “October 24”, “October 1917”."""
    month = day = year = last = 0
    for n, one in enumerate(items):
        number = one if isinstance(one, Number) and one.kind != "roman" and not one.signs else None
        if number and number.value <= _LAST_DAY and not day:
            day = number.value
        elif number and number.kind == "cardinal" and month and not year and number.value < _NO_YEAR:
            year = number.value
        elif isinstance(one, str) and (name := month_number(one)) and not month:
            month = name
        elif one != "the" and not (one == "of" and last):
            break
        else:
            continue
        last = n + 1
    return (_Date(month, day, year), last) if month and (day or year) else (None, 0)
