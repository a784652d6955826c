"""How the features show passages: quotations with their source, buttons that move about in a text, labels that fit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import structs

from bot.core.errors import UserError
from bot.core.reply import Button, Choice, Heading, Menu, Quote
from corpus.corpus import Corpus
from corpus.errors import NotUnderstood
from corpus.model import Text
from corpus.reference import Reference

LABEL = 100
"""Characters that a choice shows on the strictest platform."""
MENU = 25
"""Choices that a menu holds on the strictest platform."""

Marks = Iterable[tuple[int, int]]


class TextId(str):
    """The id of one of the corpus's texts."""

    @classmethod
    def parse(cls, typed: str, corpus: Corpus) -> TextId:
        wanted = typed.strip().casefold().removeprefix("the ")
        for text in corpus.texts.values():
            if wanted in {text.id, text.title.casefold(), text.name.removeprefix("the ")}:
                return cls(text.id)
        raise NotUnderstood(f"The texts are: {', '.join(corpus.texts)}.")

    @classmethod
    def choices(cls, corpus: Corpus) -> tuple[Choice, ...]:
        return tuple(Choice(shortened(f"{text.id}: {text.title}"), text.id) for text in corpus.texts.values())


def reference_of(corpus: Corpus, typed: str) -> Reference | None:
    """The reference that was typed, or None where the words are no reference to one of the texts.

    Raises NotUnderstood where the text does not reach so far.
    """
    reference = Reference.read(typed)
    if reference is None or reference.text not in corpus.texts:
        return None
    return corpus.resolve(reference)


def held(corpus: Corpus, value: str) -> Reference:
    """The reference that a button holds, perhaps a button older than the corpus."""
    if reference := reference_of(corpus, value):
        return reference
    raise UserError("That button belongs to a text I no longer have. Please ask again.")


def quotes(corpus: Corpus, reference: Reference, marks: Marks = ()) -> tuple[Quote, ...]:
    """The passage as quotations, one for each speaker. `marks` are offsets into the words of a single sentence."""
    source = source_line(corpus.texts[reference.text])
    return tuple(
        Quote(one.words, str(one.reference), one.speaker, reference.text, source, tuple(marks))
        for one in corpus.passages(reference)
    )


def quotes_marked(corpus: Corpus, reference: Reference, slices: Marks) -> tuple[Quote, ...]:
    """The passage as quotations, with what lies in `slices` of its paragraph marked."""
    paragraph = corpus.paragraph(reference)
    slices = tuple(slices)
    found = []
    for quote in quotes(corpus, reference):
        first, last = paragraph.span(held(corpus, quote.reference))
        marks = ((max(start, first) - first, min(end, last) - first) for start, end in slices)
        found.append(structs.replace(quote, marks=tuple((start, end) for start, end in marks if start < end)))
    return tuple(found)


def quotes_around(corpus: Corpus, reference: Reference) -> tuple[Quote, ...]:
    """The paragraph that a passage stands in, the passage marked."""
    return quotes_marked(corpus, reference.context, [corpus.paragraph(reference).span(reference)])


def source_line(text: Text) -> str:
    return f"{text.title}, {text.date}" if text.date else text.title


def text_heading(text: Text) -> Heading:
    """A heading that tells a primary source from a popular article."""
    return Heading(f"{text.name[0].upper()}{text.name[1:]}: {text.kind} source", text.id)


def choice(corpus: Corpus, reference: Reference) -> Choice:
    """A passage to pick: its first words, cut at a word's end, and its reference as the value."""
    words = corpus.passages(reference)[0].words
    return Choice(shortened(f"{reference}: {words}"), str(reference))


def menu_of(corpus: Corpus, prompt: str, references: Sequence[Reference]) -> tuple[Menu, ...]:
    """A menu of passages to go to, or nothing where there are none."""
    choices = tuple(choice(corpus, reference) for reference in references[:MENU])
    return (Menu(prompt, "quote.show", choices),) if choices else ()


def moves(corpus: Corpus, reference: Reference) -> tuple[Button, ...]:
    """Buttons from a passage to the ones before and after it, to its paragraph, its citations and its card."""
    before, after = (corpus.neighbour(reference, step) for step in (-1, 1))
    return (
        Button("Previous", "quote.show", str(before or ""), enabled=before is not None),
        Button("Next", "quote.show", str(after or ""), enabled=after is not None),
        Button("In context", "quote.context", str(reference)),
        Button("Cite", "quote.cite", str(reference)),
        Button("Card", "card.make", str(reference)),
    )


def shortened(words: str, room: int = LABEL) -> str:
    """Words cut for display at a word's end, and saying so."""
    words = " ".join(words.split())
    if len(words) <= room:
        return words
    cut = words[: room - 1]
    return f"{cut[: cut.rfind(' ')] if ' ' in cut else cut}…"
