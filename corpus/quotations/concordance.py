"""Concordance: a word wherever it occurs, with what is around it (keyword in context)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from corpus.errors import OutOfTime
from corpus.language.contractions import own_spelling
from corpus.language.english import STOP_WORDS, stem
from corpus.names.speakers import Speaker
from corpus.quotations.token_index import TokenForm, TokenIndex
from corpus.quotations.token_rows import punctuation
from corpus.reference import Reference
from corpus.work_budget import spend

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from corpus.quotations.token_arrays import Positions

_PRINTED = 20
"""Forms of several words that are looked up in the text itself."""
_NO_FORMS = frozenset(["its", "hers", "ours", "yours", "theirs", "thats", "heres", "hows", "theres", "wheres", "whats"])
"""Words that only look like a form of another word: “its” is not one of “it”."""


class ConcordanceLine(NamedTuple):
    """A keyword in context: the sentence, the words as printed there, and some of the paragraph around them.

    `is_cut` says of either side whether the paragraph has more.
    """

    reference: Reference
    before: str
    words: str
    after: str
    is_cut: tuple[bool, bool]
    speaker: Speaker


class Occurrences(NamedTuple):
    """The occurrences of words: positions in `Corpus.token_index`, in order, and how many words they are.

    Where a work budget was used up, those before the position `until`. `forms` are the forms of one word, where it is
    one and has all their occurrences.
    """

    positions: Sequence[int]
    many: int
    until: int | None = None
    forms: Sequence[TokenForm] = ()


def occurrences(index: TokenIndex, words: str, *, exactly: bool = False) -> Occurrences:
    """Where words are side by side, in any form or in this one; case, accents and a possessive ’s never matter."""
    row = index.read(words)
    forms = [_forms(index, form, exactly=exactly) for form in row.forms]
    if all(len(form) > 1 and form.isupper() and form.lower() in STOP_WORDS for form in row.forms):
        # US in capitals is the country, and no "us".
        forms = [[one for one in each if one.form.isupper()] for each in forms]
    if not forms or not all(forms):
        return Occurrences((), len(forms))
    return _side_by_side(index, forms)


def _forms(index: TokenIndex, word: str, *, exactly: bool) -> list[TokenForm]:
    """The forms of a word. One with an apostrophe, and a pronoun, has no others."""
    spelling = own_spelling(word)
    every = {one for key in index.read(spelling).keys for one in index.forms_with_stem(stem(key))}
    for one in {spelling, *(own_spelling(one.form) for one in every)}:
        every.update(index.forms_printed(one))
    is_alone = exactly or _stands_alone(spelling)
    spellings = ((one, own_spelling(one.form)) for one in sorted(every))
    return [one for one, other in spellings if (other == spelling if is_alone else not _stands_alone(other))]


def _stands_alone(spelling: str) -> bool:
    """Whether a word has no other form than itself."""
    return "'" in spelling or spelling in _NO_FORMS


def _side_by_side(index: TokenIndex, forms: Sequence[Sequence[TokenForm]]) -> Occurrences:
    """Where one of the first forms is, one of the second after it, and so on."""
    import numpy as np

    keys = [{one.key for one in each} for each in forms]
    times = [index.times_of(each) for each in keys]
    rarest = times.index(min(times))
    places = index.positions_of(keys[rarest])
    first, *others = forms
    if not others and len(places) == sum(one.times for one in first):
        return Occurrences(places.data, 1, forms=first)
    wanted = np.zeros((len(forms), len(index.arrays.forms_to_keys)), bool)
    for row, each in zip(wanted, forms, strict=True):
        row[[one.id for one in each]] = True
    found = [places[:0]]
    until: int | None = None
    for run in index.runs(places):
        try:
            spend(len(run) * len(forms))
        except OutOfTime:
            until = int(run[0])
            break
        found.append(_fitting(index, run - rarest, wanted))
    return Occurrences(np.concatenate(found).data, len(forms), until)


def _fitting(index: TokenIndex, starts: Positions, wanted: NDArray[np.bool_]) -> Positions:
    """Those of some positions at which forms begin that are wanted: of the first word, the second, and so on."""
    starts = index.with_room(starts, len(wanted))
    for n, row in enumerate(wanted):
        starts = starts[row[index.arrays.tokens[starts + n]]]
    return starts


def count_forms(index: TokenIndex, found: Occurrences) -> Counter[str]:
    """In which forms the words occur, as `own_spelling` has them, and how often in each.

    The most common forms of several words have the hyphens that are printed where they first occur.
    """
    import numpy as np

    forms = Counter[str]()
    for one in found.forms:
        forms[own_spelling(one.form)] += one.times
    if forms:
        return forms
    positions = np.asarray(found.positions)
    numbers = np.zeros(len(positions), np.int64)
    for n in range(found.many):
        numbers = numbers * len(index.arrays.forms_to_keys) + index.forms_at(positions + n)
        _, first, numbers, times = np.unique(numbers, return_index=True, return_inverse=True, return_counts=True)
    places: dict[str, int] = {}
    for place, many in zip(positions[first].tolist(), times.tolist(), strict=True):
        row = index.arrays.tokens[place : place + found.many].tolist()
        form = " ".join(own_spelling(index.form(one)) for one in row)
        forms[form] += many
        places.setdefault(form, place)
    printed = {form: _with_hyphens(index, places[form], found.many) for form, _ in forms.most_common(_PRINTED)}
    return Counter({printed.get(form, form): many for form, many in forms.items()})


def _with_hyphens(index: TokenIndex, position: int, many: int) -> str:
    """The words at a position, as `own_spelling` has them, with the hyphens between them: the arrays have none."""
    span = index.spans(position, position + many)[0]
    row = index.read(index.paragraph(span).words[span.start : span.end])
    words = own_spelling(row.forms[0])
    for gap, form in zip(row.between[1:-1], row.forms[1:], strict=True):
        words += (gap if len(gap) == 1 and punctuation(gap) == "-" else " ") + own_spelling(form)
    return words


def concordance_line(index: TokenIndex, found: Occurrences, position: int, room: int) -> ConcordanceLine:
    """The place at a position, with at most `room` characters on either side, cut between words."""
    span = index.spans(position, position + found.many)[0]
    words = index.paragraph(span).words
    before, after = words[: span.start], words[span.end :]
    left = before if len(before) <= room else before[-room:].partition(" ")[2]
    right = after if len(after) <= room else after[:room].rpartition(" ")[0]
    cut = len(left) < len(before), len(right) < len(after)
    (speaker,) = index.speakers(position, position + 1)
    return ConcordanceLine(span.reference, left, words[span.start : span.end], right, cut, speaker)
