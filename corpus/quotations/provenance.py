"""Provenance: whether true words come from where and when they are said to come from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from corpus.calendar import DateQuery
from corpus.language.division_words import KINDS
from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.tokens import folded, tokens
from corpus.names.attribution_patterns import DIVISION
from corpus.names.attributions import Attribution
from corpus.reference import ParagraphRange, Reference, number_in_figures
from corpus.text_model import Text

_LOCATOR = lazy_pattern(r"[\s,:(\[]+(?:(?:pp?|S)\.? ?|pages? )?\d[\d\s,.:pS–-]{0,20}[a-z]?[)\]]*$")
"""After the name of a book's author, its year and page."""
_FIGURES = lazy_pattern("[0-9]{1,4}|[IVXLivxl]{1,7}")
_ALWAYS_KNOWN = ("chapter", "act", "scene", "canto")
"""Divisions that a text has none of where it says nothing of them."""


def disputed_matters(attribution: Attribution, places: Sequence[Reference], texts: Mapping[str, Text]) -> int:
    """How many of reference, source and dates differ from those of the places where the words are."""
    if not (attribution.reference or attribution.source or attribution.dates or attribution.division):
        return 0
    found = [texts[one] for one in dict.fromkeys(place.text for place in places)]
    dates = any(has_other_date(attribution, text) for text in found)
    division = has_other_division(attribution, places, texts)
    return has_other_reference(attribution, places) + has_other_source(attribution, found) + dates + division


def has_other_reference(attribution: Attribution, places: Sequence[Reference]) -> bool:
    """Whether a reference was given that is none of the places."""
    return bool(attribution.reference) and not any(
        one.overlaps(attribution.reference) for one in places if attribution.reference
    )


def has_other_division(attribution: Attribution, places: Sequence[Reference], texts: Mapping[str, Text]) -> bool:
    """Whether a chapter, a paragraph or the like was given in which none of the places is.

    Where a text says nothing of its pages, parts or volumes, any may be right.
    """
    match = DIVISION.fullmatch(attribution.division)
    if match is None or has_other_source(attribution, [texts[one.text] for one in places]):
        return False
    kind, number = match["kind"].lower(), number_in_figures(match["number"].lower())
    kind = (
        "page" if kind == "p." else KINDS.get(kind, "paragraph" if kind.startswith("pa") and kind != "page" else kind)
    )
    if kind == "paragraph":
        return not any(ParagraphRange(one.text, number, number).overlaps(one) for one in places)
    given = [divisions_of(texts[one.text], one).get(kind, ()) for one in places]
    return not any(number in map(_number, values) for values in given) and (any(given) or kind in _ALWAYS_KNOWN)


def divisions_of(text: Text, place: Reference) -> dict[str, list[str]]:
    """The chapter, page or the like in which a place is, as the source numbers them, by kind."""
    found: dict[str, list[str]] = {}
    for one in text.paragraph(place.paragraph).addresses:
        found.setdefault(one.scheme, []).append(one.value)
    return found


def _number(value: str) -> int:
    """A number of the source; 0 where it has none."""
    return number_in_figures(value.lower()) if _FIGURES.fullmatch(value) else 0


def has_other_source(attribution: Attribution, texts: Sequence[Text]) -> bool:
    """Whether a title was given that is neither one of the texts' nor of where they were printed."""
    return bool(attribution.source) and not any(is_named(attribution.source, text) for text in texts)


def is_named(source: str, text: Text) -> bool:
    """Whether a title is the text's, its name, or one of where it was printed."""
    title, bare = folded(source), _LOCATOR.sub("", source)
    names = (text.name, text.title, text.name.removeprefix("the "))
    if title in map(folded, names) or title in folded(_edition(text)):
        return True
    beside = {token.word for token in tokens(f"{text.author} {_edition(text)}")}
    return bare != source and all(token.word in beside for token in tokens(bare) if token.is_content)


def has_other_date(attribution: Attribution, text: Text) -> bool:
    """Whether dates were given, and none of them can be when the words were said, or when they were printed.

    A secondary source has the dates of the events that it describes: any date may be right there.
    """
    if not attribution.dates or not text.date or text.kind != "primary":
        return False
    edition = _edition(text)
    printed = (one for one in attribution.dates if one.month is None and str(one.year) in edition)
    return not any(printed) and not any(_fits(one, text) for one in attribution.dates)


def _edition(text: Text) -> str:
    return " ".join((text.edition, *text.sources, text.citations.chicago))


def _fits(asked: DateQuery, text: Text) -> bool:
    own = text.date
    return own is not None and any(one.first <= own.last and own.first <= one.last for one in asked.readings())
