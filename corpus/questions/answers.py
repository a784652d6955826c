"""Checking typed answers: names are forgiven slips and spellings, dates and numbers must be exact.

One answer is one answer: whatever else is typed beside it, a denial or a second name, makes it wrong.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import timedelta

from corpus.calendar import STYLES, DateQuery, DateRange, HistoricalDate
from corpus.date_reading import Dates, YearMissing, read_date, read_dates
from corpus.errors import NotUnderstood
from corpus.language.cyrillic import transliterated
from corpus.language.english import stem
from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.tokens import folded, tokens
from corpus.language.typed_numbers import is_number_word, read_number, with_carets
from corpus.note_model import Person
from corpus.questions.question import QuizQuestion

LONGEST = 120
"""Characters of an answer that are looked at; nothing that is asked for is so long."""

Form = tuple[str, ...]

_LEAD_IN = lazy_pattern(
    r"(?:(?:i (?:think|guess|believe|say)|maybe|perhaps|probably|surely|the answer is|answer)[ ,:]+)?"
    r"(?:(?:it|that|this|he|she|they)(?: was| is| were| are|'s|'re) |it must be )?(?:called )?"
)
_TITLES = frozenset({"comrade", "citizen", "mr", "mrs", "ms", "miss", "dr", "doctor", "prof", "professor", "sir"})
_SMALL_WORDS = frozenset(
    {"the", "a", "an", "in", "from", "at", "on", "to", "by", "with", "of", "its", "his", "their", "our"}
)
_DENIALS = frozenset({"not", "no", "never", "none", "nobody", "nor", "neither", "except", "isnt", "wasnt", "or"})
_BARE = frozenset(
    {"a", "an", "the", "just", "exactly", "precisely", "full", "whole", "entire", "total", "of", "in", "all"}
)
_ABOUT = frozenset({"about", "around", "approximately", "approx", "roughly", "circa", "ca", "c", "some", "~", "≈", "±"})
_OR_SO = lazy_pattern(r",? (?:or so|or thereabouts|give or take)[ .!]*$")
_UNITS = {
    "yr": "years", "yrs": "years", "wk": "weeks", "wks": "weeks", "mo": "months", "mos": "months", "hr": "hours",
    "hrs": "hours", "min": "minutes", "mins": "minutes", "ppl": "people", "persons": "people",
}  # fmt: skip
_PATRONYMIC = lazy_pattern(r"\w+(?:vich|vna)")
_IN_BRACKETS = lazy_pattern(r"(?P<outside>[^()]+)\((?P<inside>[^()]+)\)\W*")


class AnswerChecker:
    """Checks typed answers; knows the people of a corpus by all their names."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._names: dict[str, frozenset[Form]] = {
            person.id: frozenset(_name(name) for name in (person.name, *person.aliases)) for person in people
        }
        self._words: dict[Form, set[frozenset[str]]] = defaultdict(set)
        for names in self._names.values():
            for name in names:
                self._words[name] |= {frozenset(other) for other in names}

    def is_right(self, asked: QuizQuestion, typed: str) -> bool:
        """Whether `typed` answers the question.

        Raises NotUnderstood where that cannot be told: a date of which a part is missing, or that reads in two ways.
        """
        typed = with_carets(typed.strip())
        if not typed or len(typed) > LONGEST:
            return False
        bare = _without_brackets(_LEAD_IN.sub("", folded(typed), count=1).strip())
        if asked.answer_type == "date":
            return _is_date(asked, bare)
        bare = transliterated(bare)
        if brackets := _IN_BRACKETS.fullmatch(bare):
            return self._is_same(asked, brackets["outside"]) and self._is_same(asked, brackets["inside"])
        return self._is_same(asked, bare)

    def _is_same(self, asked: QuizQuestion, typed: str) -> bool:
        if asked.answer_type == "number":
            return _is_number(asked, typed)
        if asked.answer_type == "person":
            return self._is_person(asked, typed)
        return _is_thing(asked, typed)

    def _is_person(self, asked: QuizQuestion, typed: str) -> bool:
        forms = {_name(form) for form in (asked.answer, *asked.accept)}
        in_the_question = [token.word for token in tokens(asked.ask)]
        for names in self._names.values():
            # Where the question names the person, it asks for one name of theirs, and no other will do.
            if forms & names and not any(_stands_in(name, in_the_question) for name in names):
                forms |= names
        said = _spoken_names(typed)
        if any(name in forms for name in said):
            return True
        others = {name for names in self._names.values() for name in names} - forms
        return not any(name in others for name in said) and any(_alike(name, form) for name in said for form in forms)

    def may_be_same(self, name: str, other: str) -> bool:
        """Whether two names may be one person's: as the notes have it, or by their words, as L. Trotsky is Trotsky."""
        one, two = _name(name), _name(other)
        known = [(mine, yours) for mine in self._words_of(one) for yours in self._words_of(two)]
        return _alike(one, two) or _alike(two, one) or any(mine <= yours or yours <= mine for mine, yours in known)

    def _words_of(self, name: Form) -> set[frozenset[str]]:
        """The words of a name, and of each other name of whoever has it in the notes."""
        return {frozenset(name), *self._words.get(name, ())}


def _without_brackets(typed: str) -> str:
    return typed[1:-1] if typed[:1] == "(" and typed.find(")") == len(typed) - 1 else typed


def _name(words: str) -> Form:
    """The words of a name, without titles and articles."""
    kept = [token.word for token in tokens(words)]
    while len(kept) > 1 and kept[0] in _TITLES | {"the", "a", "an"}:
        kept = kept[1:]
    return tuple(kept)


def _spoken_names(typed: str) -> list[Form]:
    """The ways in which typed words may be one name: as they are, turned round at a comma, cut to what is needed."""
    last, comma, first = typed.partition(",")
    ways = [_name(typed), *([_name(f"{first} {last}")] if comma and first.strip() and "," not in first else [])]
    if comma:
        ways = ways[1:]  # two names in a row are a list, not one name
    ways = [name for name in ways if name]
    for name in tuple(ways):
        if len(name[0]) == 2:
            ways.append((*name[0], *name[1:]))  # initials without their stops
        shorter = name[:1] + tuple(word for word in name[1:] if len(word) > 1 and not _PATRONYMIC.fullmatch(word))
        ways.append(shorter)
    return ways


def _stands_in(form: Form, words: Sequence[str]) -> bool:
    """Whether a name is among the words, perhaps as a possessive."""
    places = range(len(words) - len(form) + 1)
    return any(all(words[start + place] in (word, f"{word}s") for place, word in enumerate(form)) for start in places)


def _alike(said: Form, form: Form) -> bool:
    """Whether two names agree word by word, but for initials and slips."""
    if len(said) != len(form):
        return False
    *first, last = zip(said, form, strict=True)
    return _same_word(*last) and all(_same_word(one, other) or one == other[:1] for one, other in first)


def _same_word(said: str, meant: str, slips: int = 2) -> bool:
    """Whether a word is another but for a slip of the finger: one in a word of four letters, two in one of ten."""
    if said == meant:
        return True
    if is_number_word(said) or is_number_word(meant) or said[:1] != meant[:1]:
        return False
    from rapidfuzz.distance import OSA

    most = 0 if len(meant) < 4 else 1 if len(meant) < 10 else slips
    return OSA.distance(said, meant, score_cutoff=most) <= most


def _is_thing(asked: QuizQuestion, typed: str) -> bool:
    said = _without_small_words(typed)
    # Of an answer such as “he was outvoted” the lead-in has gone from what was typed.
    whole = (asked.answer, *asked.accept)
    forms = [_without_small_words(form) for one in whole for form in (one, _LEAD_IN.sub("", folded(one), count=1))]
    if not said or _DENIALS & set(said):
        return said in forms
    # Spellings of a name differ more than those of a word: two letters off make another word.
    return any(
        len(said) == len(form) and all(_same_word(*pair, slips=1) for pair in zip(said, form, strict=True))
        for form in forms
    )


def _without_small_words(words: str) -> Form:
    kept = [token.word for token in tokens(words)]
    while len(kept) > 1 and kept[0] in _SMALL_WORDS:
        kept = kept[1:]
    return tuple(kept)


def _is_number(asked: QuizQuestion, typed: str) -> bool:
    meant, said = read_number(asked.answer), read_number(_OR_SO.sub("", typed))
    if meant is None:
        return _is_thing(asked, typed)  # such as a decade
    if said is None or said.ordinal not in (None, meant.ordinal):
        return False
    known = {token.stem for words in (asked.answer, *asked.accept, asked.ask) for token in tokens(words)}
    beside = said.beside - _BARE - _ABOUT
    if beside & _DENIALS or not {stem(_UNITS.get(word, word)) for word in beside} <= known:
        return False
    if meant.value == said.other:
        readings = f"{said.value:,.12g} or {said.other:,.12g}"
        raise NotUnderstood(f"That can be read as {readings}. Please write it without the point or comma.")
    return meant.value == said.value


def _is_date(asked: QuizQuestion, typed: str) -> bool:
    meant = date_of(asked)
    said = _date_said(asked, typed.strip(" .!?\"'"), meant.year)
    if isinstance(said, DateRange):
        return any(isinstance(read_dates(form), DateRange) for form in asked.accept) and _is_night(said, meant)
    if said is None:
        return False
    wanted, given = meant.precision, _precision(said)
    if wanted != given:
        raise NotUnderstood(_ASKED_FOR[wanted])
    if said.year is None:
        if str(meant.year) not in asked.ask:
            raise NotUnderstood("Please add the year.")
        said = DateQuery(meant.year, said.month, said.day, said.calendar)
    if wanted == "month" and said.calendar not in (None, meant.calendar):
        # The months of the two calendars overlap: which one a day lies in, nobody can tell from the month alone.
        raise NotUnderstood(f"Please give the month in the {STYLES[meant.calendar]}.")
    return said.matches(meant)


def _date_said(asked: QuizQuestion, typed: str, year: int) -> Dates | None:
    """The date that was typed, or the days; in the year that the question names where they say none."""
    try:
        return read_dates(_NIGHT.sub("", typed))
    except YearMissing as days:
        if str(year) not in asked.ask:
            raise
        return days.of_year(year)


def _is_night(said: DateRange, begins: HistoricalDate) -> bool:
    """Whether a range is the night that begins on a day: from this day to the next, both in one calendar."""
    if said.first is None or said.last is None or not said.first.matches(begins):
        return False
    ends = {one.calendar: one.first for one in said.last.readings()}
    starts = (one for one in said.first.readings() if one.first == begins.first)
    return any(ends.get(one.calendar) == one.first + timedelta(days=1) for one in starts)


_NIGHT = lazy_pattern(r"^(?:(?:in|on|during) )?(?:the )?(?:night|evening|day) (?:of|from) (?:the )?")
_ASKED_FOR = {
    "year": "Only the year is needed, such as 1905.",
    "month": "The month and the year are needed, such as May 1905.",
    "day": "The day, the month and the year are needed, such as 9 January 1905.",
}


def _precision(said: DateQuery) -> str:
    if said.day is not None:
        return "day"
    return "month" if said.month is not None else "year"


def date_of(asked: QuizQuestion) -> HistoricalDate:
    """The date that answers a question whose answer is a date."""
    read = read_date(asked.answer)
    if read is None or read.year is None:
        raise ValueError(f"the answer of {asked.id} is not a date: {asked.answer}")
    return HistoricalDate(read.year, read.month, read.day, asked.calendar or "gregorian")
