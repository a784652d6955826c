"""Texts, cut into numbered passages. Plain frozen values; no file is read.

Numbers are for ever: `speech 4` is the fourth paragraph, `speech 4.2` its second sentence, `speech 4.2-3` a range.
"""

from __future__ import annotations

from abc import abstractmethod
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple, Protocol

from msgspec import Struct, structs

from corpus.calendar import HistoricalDate
from corpus.reference import Reference

VoiceKind = Literal["interjection", "stage direction", "quoted"]


class Voice(Struct, frozen=True):
    """Words in a paragraph that are not its text's own speaker's: `start` and `end` are offsets into the paragraph.

    `speaker` is empty where quotation marks alone say that they are somebody else's.
    """

    start: int
    end: int
    speaker: str
    kind: VoiceKind
    person: str | None = None
    note: str = ""
    shared: bool = False
    """Whether the words are the text's own speaker's as well, who speaks for those whom he quotes."""


class TextSpeaker(NamedTuple):
    """Somebody who speaks in a text: its sentences, where there is no `kind`, or as a voice within paragraphs."""

    name: str
    kind: VoiceKind | None = None
    person: str | None = None


class Sentence(Struct, frozen=True):
    """A numbered sentence: the slice `start:end` of its paragraph, and the one who says it.

    `speaker` is empty where the text quotes the whole sentence without a word on who says it that a program could read.
    """

    number: int
    start: int
    end: int
    speaker: str


class Address(Struct, frozen=True):
    """A place in the source's own scheme: `value` of `scheme` ("page" "86", "line" "12") begins at offset `start`."""

    scheme: str
    value: str
    start: int = 0


class Paragraph(Struct, frozen=True):
    """A numbered paragraph or list item, verbatim. `marker` is a list item's bullet or number, no part of its words."""

    number: int
    words: str
    sentences: tuple[Sentence, ...]
    voices: tuple[Voice, ...] = ()
    marker: str = ""
    heading: str = ""
    """The heading that is directly above, or nothing."""
    addresses: tuple[Address, ...] = ()
    """Where it is in the source's own chapters, pages, acts, lines or verses."""

    def sentences_in(self, text: str) -> Iterator[tuple[Reference, str]]:
        """Its sentences in order, as one of the paragraphs of a text: the reference and the words of each."""
        for one in self.sentences:
            yield Reference(text, self.number, one.number), self.words[one.start : one.end]

    def speakers(self) -> Iterator[TextSpeaker]:
        """Who speaks in it."""
        yield from (TextSpeaker(one.speaker) for one in self.sentences if one.speaker)
        yield from (TextSpeaker(one.speaker, one.kind, one.person) for one in self.voices if one.speaker)

    def place(self, number: int) -> int | None:
        """Where sentence `number` is among `sentences`; None where there is none, or no longer.

        Sentences are in reading order. That is the order of their numbers until a later edition adds some.
        """
        return _place(self.sentences, number)

    def span(self, reference: Reference) -> tuple[int, int]:
        """Where a passage of this paragraph starts and ends, as offsets into `words`. Raises LookupError."""
        if reference.first is None:
            return 0, len(self.words)
        named = self.sentences[self.places(reference)]
        return named[0].start, named[-1].end

    def places(self, reference: Reference) -> slice:
        """Which of `sentences` a passage of this paragraph names. Raises LookupError."""
        if reference.first is None:
            return slice(len(self.sentences))
        first, last = self.place(reference.first), self.place(reference.last or reference.first)
        if first is None or last is None or last < first:
            raise LookupError(str(reference))
        return slice(first, last + 1)


class Paragraphs(Sequence[Paragraph]):
    """The paragraphs of a text, in reading order, where they are not all in memory."""

    @abstractmethod
    def place(self, number: int) -> int | None:
        """Where paragraph `number` is; None where there is none."""

    @abstractmethod
    def nearest(self, number: int) -> int:
        """The number next to this one, of those there are."""

    @abstractmethod
    def speakers(self) -> frozenset[TextSpeaker]:
        """All who speak in them."""

    @abstractmethod
    def headings(self, place: int, limit: int) -> list[int]:
        """The places of paragraphs with a heading: `limit` at most up to that place, and as many after it."""


class Tombstone(Struct, frozen=True):
    """A number that an earlier edition had and this one has no more: of a sentence, or with 0 of a whole paragraph."""

    paragraph: int
    sentence: int
    edition: str


class Omission(Struct, frozen=True):
    """Characters of the source that are not part of the text, and why. They were there `times` times."""

    words: str
    reason: str
    times: int = 1


def unnamed_author(title: str) -> str:
    """Who speaks in a text that was added without its author's name."""
    return f"The author of “{title}”"


class Text(Struct, frozen=True):
    """One text of the corpus, with its edition.

    `name` is what people call it in a sentence ("the speech"), `author` is empty where nobody knows, `kind` is what
    historians would call it, `sources` its statements of source, verbatim, `colour` its accent as 0xRRGGBB.
    """

    id: str
    name: str
    title: str
    author: str
    speaker: str
    date: HistoricalDate | None
    edition: str
    kind: Literal["primary", "secondary"]
    description: str
    sources: tuple[str, ...]
    colour: int
    paragraphs: Sequence[Paragraph]
    omissions: tuple[Omission, ...]
    citations: Citations
    tombstones: tuple[Tombstone, ...] = ()
    edition_hash: str = ""
    """Of all words, numbers and speakers; where it is the same, references mean the same. Only an index has it."""

    def __post_init__(self) -> None:
        """What is read from bytes comes as a list, which nobody may change."""
        if isinstance(self.paragraphs, list):
            structs.force_setattr(self, "paragraphs", tuple(self.paragraphs))

    def paragraph(self, number: int) -> Paragraph:
        """The paragraph of that number. Raises LookupError where there is none, or no longer."""
        return self.paragraphs[self.place(number)]

    def place(self, number: int) -> int:
        """Where paragraph `number` is among `paragraphs`, which are in reading order. Raises LookupError."""
        if isinstance(self.paragraphs, Paragraphs):
            place = self.paragraphs.place(number)
        else:
            place = _place(self.paragraphs, number)
        if place is None:
            raise LookupError(f"{self.id} {number}")
        return place

    def nearest(self, number: int) -> int:
        """The number of a paragraph next to `number`, of those there are."""
        if isinstance(self.paragraphs, Paragraphs):
            return self.paragraphs.nearest(number)
        return min((one.number for one in self.paragraphs), key=lambda one: abs(one - number))

    def headings(self, place: int, limit: int) -> list[int]:
        """The places of paragraphs with a heading: `limit` at most up to that place, and as many after it."""
        if isinstance(self.paragraphs, Paragraphs):
            return self.paragraphs.headings(place, limit)
        found = [at for at, one in enumerate(self.paragraphs) if one.heading]
        return [*[at for at in found if at <= place][-limit:], *[at for at in found if at > place][:limit]]

    def speakers(self) -> frozenset[TextSpeaker]:
        """All who speak in the text."""
        if isinstance(self.paragraphs, Paragraphs):
            return self.paragraphs.speakers()
        return frozenset(one for paragraph in self.paragraphs for one in paragraph.speakers())

    def is_gone(self, reference: Reference) -> bool:
        """Whether an earlier edition had a passage there and this one has not."""
        numbers = {reference.first, reference.last, 0} - {None}
        return any(gone.paragraph == reference.paragraph and gone.sentence in numbers for gone in self.tombstones)

    def sentences(self) -> Iterator[tuple[Reference, str]]:
        """Every sentence in order: its reference and its words."""
        for paragraph in self.paragraphs:
            yield from paragraph.sentences_in(self.id)

    def words_at(self, reference: Reference) -> str:
        """The words of a passage. Raises LookupError where the text has none there."""
        paragraph = self.paragraph(reference.paragraph)
        start, end = paragraph.span(reference)
        return paragraph.words[start:end]

    def sentences_of(self, reference: Reference) -> tuple[Reference, ...]:
        """The single sentences of a passage. Raises LookupError where the text has none there."""
        paragraph = self.paragraph(reference.paragraph)
        places = paragraph.places(reference)
        return tuple(Reference(self.id, reference.paragraph, one.number) for one in paragraph.sentences[places])


def with_distinct_names(texts: Sequence[Text]) -> Iterator[Text]:
    """The texts, where several have the same name with the id behind it."""
    names = Counter(text.name for text in texts)
    return (structs.replace(text, name=f"{text.name} ({text.id})") if names[text.name] > 1 else text for text in texts)


class _Numbered(Protocol):
    @property
    def number(self) -> int: ...


def _place(numbered: Sequence[_Numbered], number: int) -> int | None:
    """Where the one with that number is, which is mostly where its number says."""
    if 1 <= number <= len(numbered) and numbered[number - 1].number == number:
        return number - 1
    return next((place for place, one in enumerate(numbered) if one.number == number), None)


class Citations(Struct, frozen=True, forbid_unknown_fields=True):
    """How each style of reference cites a text; the last `{reference}` stands for the passage's."""

    chicago: str
    mla: str
    apa: str
    plain: str

    def of(self, reference: Reference) -> dict[str, str]:
        """The citations of a passage, by the names of the styles."""
        styles = {"Chicago": self.chicago, "MLA": self.mla, "APA": self.apa, "Plain": self.plain}
        # Nothing else in braces means anything: a title may have them.
        return {style: str(reference).join(words.rsplit("{reference}", 1)) for style, words in styles.items()}


class Passage(Struct, frozen=True):
    """Words of one text by one speaker: `words` is the slice of the text that `reference` names."""

    reference: Reference
    words: str
    speaker: str
