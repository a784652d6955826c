"""Passages as replies show them: quotations with their source, headings, menus of passages, and the ways on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate

from msgspec import structs

from bot.core.reply import AnyPart, Button, Choice, Heading, Marks, Menu, Prose, Quote
from cogs.shared.lists import menu, shortened
from corpus.calendar import HistoricalDate
from corpus.corpus import Corpus
from corpus.language.phrasing import and_list, capitalized, plural
from corpus.reference import Reference
from corpus.text_model import Text

NAMED = 3
"""Texts that a sentence names; more are counted."""
TEXTS = 3
"""Texts whose passages an answer shows at once."""
SHOWN = 2
"""Passages of one text that are shown at once; the others are in a menu."""
ROOM = 260
"""Characters of one text's passages that are shown at once, where there are several: three texts fit a phone."""


def quotes(corpus: Corpus, reference: Reference, marks: Marks = ()) -> tuple[Quote, ...]:
    """The passage as quotations, one for each speaker. `marks` are offsets into the words of a single sentence."""
    source = source_line(corpus.texts[reference.text])
    return tuple(
        Quote(one.words, str(one.reference), one.speaker, reference.text, source, marks)
        for one in corpus.passages(reference)
    )


def quotes_marked(corpus: Corpus, reference: Reference, slices: Sequence[tuple[int, int]]) -> tuple[Quote, ...]:
    """The passage as quotations, with what lies in `slices` of its paragraph marked."""
    paragraph = corpus.paragraph(reference)
    found = []
    for quote, passage in zip(quotes(corpus, reference), corpus.passages(reference), strict=True):
        first, last = paragraph.span(passage.reference)
        marks = ((max(start, first) - first, min(end, last) - first) for start, end in slices)
        found.append(structs.replace(quote, marks=tuple((start, end) for start, end in marks if start < end)))
    return tuple(found)


def quotes_around(corpus: Corpus, reference: Reference) -> tuple[Quote, ...]:
    """The paragraph that a passage is in, the passage marked."""
    return quotes_marked(corpus, reference.context, (corpus.paragraph(reference).span(reference),))


def partial_search_note(*, is_partial: bool) -> tuple[Prose, ...]:
    """A line that says that a search ran out of time; nothing where it did not."""
    said = "I stopped looking after a moment, so there may be better matches. Rarer words find them."
    return (Prose(said),) if is_partial else ()


def source_line(text: Text) -> str:
    """A text's title and date, for people."""
    return _titled(text.title, text.date)


@lru_cache(1_024)
def _titled(title: str, date: HistoricalDate | None) -> str:
    return f"{title}, {date}" if date else title


def text_heading(text: Text) -> Heading:
    """A heading that says which text follows, and whether it is a primary or a secondary source."""
    return Heading(f"{capitalized(text.name)}: {text.kind} source", text.id)


def no_mention(corpus: Corpus, texts: Sequence[Text], *, of_all_words: bool = False) -> Iterator[Prose]:
    """A line that says which texts have nothing on what was asked, and one of those that may have it in their language.

    `of_all_words`: which have no passage with all words that were looked for, and may well mention some of them.
    """
    english = [text for text in texts if text.id in corpus.english_texts]
    if english:
        do, have = ("does", "has") if len(english) == 1 else ("do", "have")
        silence = f"{have} no passage with all of these words" if of_all_words else f"{do} not mention this"
        yield Prose(f"{_few_or_many(english)} {silence}.")
    if others := [text for text in texts if text not in english]:
        which = "is not in English and has" if len(others) == 1 else "are not in English and have"
        yield Prose(f"{_few_or_many(others)} {which} no passage with these words.")


def _few_or_many(texts: Sequence[Text]) -> str:
    """The names of a few texts, or how many there are."""
    names = [text.name for text in texts] if len(texts) <= NAMED else [plural(len(texts), "other text")]
    return capitalized(and_list(names))


def passages_by_text(
    corpus: Corpus,
    references: Iterable[Reference],
    marks: Mapping[Reference, Marks] | None = None,
    among: Sequence[str] | None = None,
    *,
    of_all_words: bool = False,
) -> Iterator[AnyPart]:
    """The silent texts; then passages under the headings of their texts, a few of each and the others in a menu.

    `among` are the ids of the texts that are asked, in the order in which they answer; without it, all.
    Of many texts only the first are shown, so that no answer grows with the corpus.
    """
    references = list(dict.fromkeys(references))
    asked = list(corpus.texts.values()) if among is None else [corpus.texts[one] for one in among]
    speaking = [text for text in asked if any(one.text == text.id for one in references)]
    # Before the first heading: below one it would be in another text's box.
    yield from no_mention(corpus, [text for text in asked if text not in speaking], of_all_words=of_all_words)
    for text in speaking[:TEXTS]:
        own = [one for one in references if one.text == text.id]
        yield text_heading(text)
        many = _fitting(corpus, own[:SHOWN])
        for one in own[:many]:
            yield from quotes(corpus, one, (marks or {}).get(one, ()))
        yield from passage_menu(corpus, f"More from {text.name} ({len(own) - many})", own[many:])
    others = [one for text in speaking[TEXTS:] for one in references if one.text == text.id]
    yield from passage_menu(corpus, "In other texts", others)


def _fitting(corpus: Corpus, references: Sequence[Reference]) -> int:
    """How many passages, the first in any case, a phone shows without much scrolling."""
    lengths = accumulate(sum(len(part.words) for part in corpus.passages(one)) for one in references)
    return max(1, sum(length <= ROOM for length in lengths))


def passage_choice(corpus: Corpus, reference: Reference) -> Choice:
    """A passage to pick: its reference and its first words, cut at a word's end."""
    return _choice(reference, corpus.passages(reference)[0].words)


@lru_cache(4_096)
def _choice(reference: Reference, words: str) -> Choice:
    # Kept for completions, which have 25 at each letter: a twentieth of a keystroke.
    return Choice(shortened(f"{reference}: {words}"), str(reference))


def passage_menu(corpus: Corpus, prompt: str, references: Sequence[Reference]) -> tuple[Menu, ...]:
    """A menu of passages to go to, or nothing where there are none."""
    return menu(prompt, "quote.show", [passage_choice(corpus, reference) for reference in references])


def passage_buttons(corpus: Corpus, reference: Reference) -> tuple[Button, ...]:
    """Buttons from a passage to the sentences before and after it, its paragraph, its citations and its card."""
    return _buttons(corpus.neighbour(reference, -1), reference, corpus.neighbour(reference, 1))


@lru_cache(4_096)
def _buttons(before: Reference | None, reference: Reference, after: Reference | None) -> tuple[Button, ...]:
    # Kept, as a passage is: with their markup on Discord they were a thirtieth of an answer.
    here = str(reference)
    return (
        Button("◀ Sentence before", "quote.show", str(before or ""), enabled=before is not None),
        Button("Sentence after ▶", "quote.show", str(after or ""), enabled=after is not None),
        Button("In context", "quote.context", here),
        Button("Cite", "quote.cite", here),
        Button("Card", "card.make", here),
    )
