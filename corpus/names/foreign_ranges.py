"""Times between events in German, Russian and French, as in English: `von der Februarrevolution bis Ende 1917`."""

from __future__ import annotations

from typing import Final

from corpus.date_reading import read_dates
from corpus.errors import NotUnderstood
from corpus.language.alternation import any_of, phrases
from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.small_words import THE
from corpus.language.tokens import folded
from corpus.names.event_ranges import in_full
from corpus.names.event_spans import event_meant
from corpus.names.finder import Finder

_FROM: Final = any_of(phrases("von, vom, zwischen, seit, ab, с, со, от, между, de, du, des, depuis, entre"))  # noqa: RUF001 - Russian.
_TO: Final = any_of(
    map(folded, phrases("bis zum, bis zur, bis zu, bis, und, по, до, и, jusqu'au, jusqu'en, jusqu'à, au, à, et"))
)
_RANGE: Final = lazy_pattern(rf"{_FROM} {THE}?(?P<first>.+?) {_TO} {THE}?(?P<last>.+)")
_PHASE: Final = lazy_pattern(
    r"(?:(?P<start>anfang|beginn|ausbruch|начал[аоу]|debut)|(?P<end>ende|кон(?:ца|ец|цу)|fin)) "  # noqa: RUF001 - Russian.
    r"(?:(?:der|des|von|vom|de la|de|du|des) |de l'|d')?(?P<event>.+)"
)
_NOUNS: Final = {
    word: english
    for english, words in {
        "revolutions": "revolutionen, revolutions, революциями",
        "congresses": "kongressen, congres, съездами",
        "wars": "kriegen, guerres, войнами",
    }.items()
    for word in phrases(words)
}
_PAIR: Final = lazy_pattern(
    r"(?:zwischen|между|entre) (?:(?:den|les) )?(?:(?:beiden|zwei|двумя|обеими|deux) )?"
    rf"(?P<noun>{any_of(_NOUNS)})(?: (?:(?:von|des jahres|im jahre?|de|en|в) )?(?P<when>.+))?"
)
_NOW: Final = frozenset(
    phrases("heute, jetzt, сегодня, сегодняшнего дня, наших дней, aujourd'hui, maintenant, nos jours")
)


def range_in_english(words: str, finder: Finder) -> str:
    """The time between two events, or an event and a date, that folded words are; empty for anything else."""
    pair = _PAIR.fullmatch(words)
    if pair and (not pair["when"] or is_time(pair["when"])):
        return f"between the {_NOUNS[pair['noun']]}{' of ' if pair['when'] else ''}{pair['when'] or ''}"
    match = _RANGE.fullmatch(words)
    if match is None or is_time(words):
        return ""
    first, last = match["first"], _with_noun(match["last"], match["first"])
    ends = _end(in_full(first, last, finder) or first, finder), _end(last, finder)
    return f"from {ends[0]} to {ends[1]}" if all(ends) else ""


def is_time(words: str) -> bool:
    """Whether words are a date or a range of dates, or would be if nothing were wrong with them."""
    try:
        return read_dates(words) is not None
    except NotUnderstood:
        return True  # and what is wrong is said where the date is looked up


def _with_noun(words: str, beside: str) -> str:
    """Words with the noun of what is beside them, in French: “entre la révolution de février et celle d'octobre”."""
    noun = beside.partition(" ")[0]
    return f"{noun} {words.removeprefix('celle ')}" if words.startswith(("celle d", "d'", "de ")) else words


def _end(words: str, finder: Finder) -> str:
    """One end as it is in English: an event by its name in the notes, a date as it is."""
    if words in _NOW:
        return "today"
    if is_time(words):
        return words
    phase = _PHASE.fullmatch(words)
    event = event_meant(phase["event"] if phase else words, finder)
    if event is None:
        return ""
    return f"the {'end' if phase['end'] else 'beginning'} of {event.name}" if phase else event.name
