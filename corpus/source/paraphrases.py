"""Paraphrases as they are written, for each the sentence that it stands for; and every fault in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from corpus.errors import Fault
from corpus.language.tokens import tokens
from corpus.note_model import Paraphrases
from corpus.source.anchors import Place, locate
from corpus.source.note_forms import PassageEntry
from corpus.source.toml_file import Entry
from corpus.text_model import Text

Entries = Iterable[Entry[PassageEntry]]


def resolve_paraphrases(texts: Mapping[str, Text], entries: Entries) -> tuple[Paraphrases, ...]:
    """The paraphrases of each sentence, by its reference."""
    found = ((entry.form, locate(texts, entry.form.anchor)) for entry in entries)
    return tuple(Paraphrases(place.reference, form.paraphrases) for form, place in found if isinstance(place, Place))


def paraphrase_faults(texts: Mapping[str, Text], entries: Entries) -> Iterator[Fault]:
    """Every fault in the paraphrases."""
    entry_of: dict[object, Entry[PassageEntry]] = {}
    lines: dict[tuple[str, ...], int] = {}
    for entry in entries:
        place = locate(texts, entry.form.anchor)
        if not isinstance(place, Place):
            yield entry.fault(place, entry.form.anchor.words, "anchor")
            continue
        if len(place.numbers) > 1:
            yield entry.fault(f"its anchor touches {place.reference}: paraphrases are of one sentence", "anchor")
        first = entry_of.setdefault(place.reference, entry)
        if first is not entry:
            yield entry.fault(f"line {first.line} has the paraphrases of {place.reference} already", "anchor")
        yield from _word_faults(entry, _words(place.sentences), lines)


def _word_faults(
    entry: Entry[PassageEntry], sentence: tuple[str, ...], lines: dict[tuple[str, ...], int]
) -> Iterator[Fault]:
    """A paraphrase has words, other ones than its sentence, and occurs once. `lines` are those of all before it."""
    for one in entry.form.paraphrases:
        words = _words(one)
        if not words:
            yield entry.fault(f"“{one}” has no words", f'"{one}"', "paraphrases =")
        elif words == sentence:
            yield entry.fault(f"“{one}” is the sentence itself", f'"{one}"', "paraphrases =")
        elif words in lines:
            yield entry.fault(f"“{one}” is there twice, first in the entry of line {lines[words]}", f'"{one}"')
        lines.setdefault(words, entry.line)


def _words(sentence: str) -> tuple[str, ...]:
    return tuple(token.word for token in tokens(sentence))
