"""What is wrong with what the notes say: held against the passages that they show, and against each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from corpus.errors import Fault
from corpus.language.tokens import tokens
from corpus.model import Text
from corpus.source.anchors import Place, locate
from corpus.source.note_forms import HighlightEntry
from corpus.source.toml_file import Entry

_FEWEST_WORDS = 8
_BACKWARD = frozenset({"he", "she", "they", "him", "her", "them", "his", "their", "this", "these", "those", "such"})
"""First words that point back to a sentence which is not shown."""


def highlight_faults(texts: Mapping[str, Text], entries: Iterable[Entry[HighlightEntry]]) -> Iterator[Fault]:
    """A highlight has enough words, needs no sentence before it, and shares none with another highlight."""
    seen: dict[tuple[str, int, int], int] = {}
    for entry in entries:
        place = locate(texts, entry.form.anchor)
        if not isinstance(place, Place):
            continue
        words = [token.word for token in tokens(place.sentences)]
        if len(words) < _FEWEST_WORDS:
            yield entry.fault(f"a highlight has at least {_FEWEST_WORDS} words, not {len(words)}")
        if words[0] in _BACKWARD:
            yield entry.fault(f"it begins with “{words[0]}”, which points back to what is not shown")
        for one in place.numbers:
            first = seen.setdefault((place.text.id, place.paragraph.number, one), entry.line)
            if first != entry.line:
                yield entry.fault(f"the highlight of line {first} shows the same sentence, {place.reference}")
                break
