"""The corpus, open: texts, notes, passages by reference, search by words, look-up by name, quotation checks."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from functools import cached_property
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from msgspec import structs

from corpus.errors import OutOfTime
from corpus.examples import Example, example
from corpus.index_file import IndexFile
from corpus.indexing import index_files
from corpus.language.caching import word_cache
from corpus.memory import give_back_large_arrays
from corpus.names.speaker_questions import speaker_question
from corpus.note_model import Notes
from corpus.reference import Reference
from corpus.reference_resolver import ReferenceResolver
from corpus.search.hybrid import fused, says_enough
from corpus.search.index import SearchIndex
from corpus.search.passages import PassageStore
from corpus.search.query import MIN_RUN, names_something_else
from corpus.search.search_result import Hit, SearchResult
from corpus.text_language import EnglishTexts
from corpus.text_model import Paragraph, Passage, Text, with_distinct_names
from corpus.work_budget import A_SECOND, work_budget

if TYPE_CHECKING:
    # What looks something up is loaded by who asks for it: it is half of the code of a corpus.
    from corpus.names.finder import Finder
    from corpus.names.headings import HeadingIndex
    from corpus.names.mentions import Mentions
    from corpus.names.text_names import TextNames
    from corpus.questions.deck import Deck
    from corpus.quotations.checker import QuotationChecker
    from corpus.quotations.famous import FamousQuotations
    from corpus.quotations.token_index import TokenIndex
    from corpus.quotations.verdict import Verdict
    from corpus.search.quoted_phrases import QuotedQuery
    from corpus.search.semantic import Neighbours, SemanticIndex

_LARGE = 50_000  # sentences
_NEAREST = 3e-8  # seconds of a processor in which a sentence is compared by meaning

_TOPICS = 1_000  # whose sentences are kept
_SECONDS = 0.001  # of a processor in which words are looked for side by side
_FEW = 32  # places of a word of a small corpus: to look at them takes less than a thread does

T = TypeVar("T")


class Corpus:
    """An open corpus. `texts` is in order; `index` finds sentences by words, `finder` what the notes know by name.

    `file` is its index: what the texts say is read from it when it is asked for, and so are notes of None. With
    `transformer`, searches by meaning use one, up to a size of corpus, not word vectors; where the corpus
    `defers_transformer`, only once somebody has loaded it.
    """

    def __init__(
        self,
        texts: Mapping[str, Text],
        notes: Notes | None,
        index: SearchIndex,
        file: IndexFile,
        *,
        transformer: bool = False,
    ) -> None:
        self.texts = texts
        if notes is not None:
            self.notes = notes
        self.index = index
        self._index_file = file
        self.file = file.file
        self.passage_store = PassageStore(file)
        self._resolver = ReferenceResolver(texts)
        self.transformer = transformer
        self.defers_transformer = False

    @classmethod
    async def open(cls, folder: Path, cache: Path, *, transformer: bool = False) -> Corpus:
        """Opens the corpus in `folder`; its index is in the directory `cache`, (re)built where it is not up to date.

        Raises CorpusError where the corpus does not check.
        """
        file = await asyncio.to_thread(index_files.ensure, folder, cache)
        return await cls.open_index(file, transformer=transformer)

    @classmethod
    async def open_index(cls, file: Path, *, transformer: bool = False) -> Corpus:
        """Opens the corpus whose index is in `file`."""
        index_file = IndexFile(file)
        with ExitStack() as undo:
            undo.callback(index_file.close)
            read = index_files.read_texts(index_file)
            texts = MappingProxyType({text.id: text for text in with_distinct_names(read)})
            opened = cls(texts, None, await SearchIndex.open(file), index_file, transformer=transformer)
            undo.pop_all()
        if opened.sentence_count() > _LARGE:
            opened.index.phrase_finder = opened.sentences_with
            opened.index.beginning_finder = opened.sentences_beginning
        return opened

    @cached_property
    def notes(self) -> Notes:
        """What the editors know, read from the index at the first question."""
        return index_files.read_notes(self._index_file)

    @cached_property
    def finder(self) -> Finder:
        """People, events and topics by name, and events by date."""
        from corpus.names.finder import Finder

        return Finder(self.texts, self.notes)

    @cached_property
    def text_names(self) -> TextNames:
        """Texts by what people call them."""
        from corpus.names.text_names import TextNames

        return TextNames(self.texts, lambda name: self.finder.people(name))

    @cached_property
    def headings(self) -> HeadingIndex:
        """Titles and headings by their words."""
        from corpus.names.headings import HeadingIndex

        return HeadingIndex(self.texts)

    @cached_property
    def semantic(self) -> SemanticIndex:
        """Sentences by meaning."""
        from corpus.search.semantic import SemanticIndex

        return SemanticIndex(
            self._index_file, self.passage_store, transformer=self.transformer, is_loading=self.defers_transformer
        )

    @cached_property
    def token_index(self) -> TokenIndex:
        """All words of the texts by position, for the comparison of quotations."""
        from corpus.quotations.token_index import TokenIndex

        return TokenIndex(self._index_file, self.texts, self.notes)

    @cached_property
    def mentions(self) -> Mentions:
        """Where the texts mention the notes' people."""
        from corpus.names.mentions import Mentions

        return Mentions(self._index_file, self.passage_store, self.notes.people)

    @cached_property
    def deck(self) -> Deck:
        """The quiz questions. To make them takes a fifth of a second: ask for them in a thread."""
        from corpus.questions.deck import Deck

        return Deck(self.texts, self.notes, self.count_verbatim)

    @cached_property
    def english_texts(self) -> EnglishTexts:
        """Which of the texts are in English."""
        return EnglishTexts(self.texts)

    def example(self, kind: Example) -> str:
        """What to type, as an example; empty where the corpus has nothing of the kind."""
        return example(kind, self.texts, self.notes, self.finder)

    async def run(self, work: Callable[[], T], seconds: float) -> T:
        """The outcome of work that takes so many seconds of a processor: in a thread, in its turn."""
        return await self.index.queue.run(work, seconds)

    async def close(self) -> None:
        await self.index.close()
        self._index_file.close()

    async def warm_up(self) -> None:
        """Loads what first questions would wait for: names, embeddings, words. A thread takes a quarter of a second."""
        await self.run(self._load, 0.0)

    def _load(self) -> None:
        from corpus.date_reading import read_dates

        give_back_large_arrays()
        self.finder.load(self.index.load())
        self.famous_quotations.load()
        self.headings.with_words("a chapter on peace")  # with the pattern of chapters
        self.quotation_checker.check("peace, land and bread")
        read_dates("90 words")  # no date: all its patterns are tried, which takes ten milliseconds once
        self.semantic.load()
        self.token_index.join_keys()

    async def hybrid_search(self, words: str, text: str | None = None, *, only_matches: bool = False) -> SearchResult:
        """Sentences for words half remembered, best first, of one text or of all: by words, by topic, by meaning.

        Where it is asked what a text says of something, only that text is searched; where it is asked what a speaker
        said, that speaker's come first, and are found without the name. With `only_matches`, nothing else is sought.
        """
        if asked := speaker_question(words):
            named = self.text_names.or_author(asked.name)
            if named and (found := await self._hybrid_search(asked.topic, named)).hits:
                return found
            speakers = {person.name for person in self.finder.people(asked.name)}
            found = await self._hybrid_search(asked.topic, text) if speakers else SearchResult()
            said = [hit for hit in found.hits if self._speaker(hit.reference) in speakers]
            if said:
                return structs.replace(found, hits=(*said, *(hit for hit in found.hits if hit not in said)))
        return await self._hybrid_search(words, text, only_matches=only_matches)

    async def phrase_search(self, quoted: QuotedQuery, text: str | None = None) -> SearchResult:
        """Sentences with phrases as they were quoted, and with the other words, or said by whom these name.

        Where there are none, those that have the phrases alone, which lack the other words.
        """
        found = await self.index.search_boolean(quoted.wanted, text)
        if found.hits or not quoted.others:
            return found
        alone = await self.index.search_boolean(quoted._replace(others="").wanted, text)
        names = {name for person in self.finder.people(quoted.others) for name in (person.name, *person.aliases)}
        if said := tuple(hit for hit in alone.hits if self._speaker(hit.reference) in names):
            return structs.replace(alone, hits=said, total=len(said))
        hits = (structs.replace(hit, grade="some", missing=quoted.lacking(self._words(hit))) for hit in alone.hits)
        return structs.replace(alone, hits=tuple(hits))

    def _words(self, hit: Hit) -> str:
        return self.passages(hit.reference)[0].words

    async def passage_with(self, words: str, text: str | None = None) -> Reference | None:
        """The first sentences of a paragraph that have words side by side, where these go on from one to the next.

        Few words are in one sentence, where a search finds them: for those it is None.
        """
        keys = self.token_index.keys_of(words)
        if len(keys) < MIN_RUN or not self.token_index.may_have(keys):
            return None  # mostly
        if self.semantic.is_quick and min(map(self.token_index.times, keys)) <= _FEW:
            return self._passage_with(keys, text)
        return await self.run(lambda: self._passage_with(keys, text), _SECONDS)

    def _passage_with(self, keys: Sequence[str], text: str | None) -> Reference | None:
        starts: list[int] = []
        with self.token_index.mapped():
            with work_budget(A_SECOND // 10), suppress(OutOfTime):
                starts = self.token_index.find(keys).tolist()
            places = (self.token_index.spans(start, start + len(keys)) for start in starts)
            found = (spans[0].reference for spans in places if len(spans) == 1)
            return next((one for one in found if text in (None, one.text)), None)

    async def _hybrid_search(self, words: str, text: str | None, *, only_matches: bool = False) -> SearchResult:
        result = await self.index.search(words, text, suggests=False, only_matches=only_matches)
        topic, is_clear = self._on_topic(words), says_enough(result)
        if (is_clear and not topic) or (only_matches and not result.matches):
            return result
        from corpus.search.semantic import NO_NEIGHBOURS

        nearest = NO_NEIGHBOURS if is_clear or not words.strip() else await self._nearest(words)
        if names_something_else(words, result.unknown):
            nearest = nearest._replace(alike=())
        found = fused(result, topic, nearest, text)
        if found.hits:
            return found
        return structs.replace(found, suggestions=await self.index.suggestions(words))

    @cached_property
    def quotation_checker(self) -> QuotationChecker:
        """Finds the quotations in what people paste, and compares each with the texts."""
        from corpus.quotations.checker import QuotationChecker

        return QuotationChecker(self.token_index, self.finder)

    @cached_property
    def famous_quotations(self) -> FamousQuotations:
        """Famous words that are in none of the texts."""
        from corpus.quotations.famous import FamousQuotations

        return FamousQuotations(self.notes.elsewhere)

    def check_quotation(self, quotation: str, speaker: str | None = None) -> Verdict:
        """Whether a quotation is a text's, word for word, and whether it is that speaker's. It takes a while.

        Raises NotUnderstood where there are no words, or more than anybody quotes.
        """
        from corpus.quotations.verdict import check_quotation

        with self.token_index.mapped():
            return check_quotation(self.token_index, self.finder, quotation, speaker)

    def sentences_with(self, words: Sequence[str], enough: int) -> list[int]:
        """The ids of sentences that have words side by side, in order; not all, where the first are `enough`."""
        return self.token_index.sentences_with(words, enough)

    def sentences_beginning(self, words: Sequence[str], enough: int) -> list[int]:
        """The same for several words of which the last is only begun."""
        return self.token_index.sentences_beginning(words, enough)

    def count_verbatim(self, words: str) -> int:
        """How often words occur in the texts, side by side."""
        keys = self.token_index.keys_of(words)
        with self.token_index.mapped():
            return len(self.token_index.find(keys)) if keys else 0

    def resolve(self, reference: Reference) -> Reference:
        """The reference as the texts have it, a range in order. Raises NotUnderstood, saying how far they go."""
        return self._resolver.resolve(reference)

    def paragraph(self, reference: Reference) -> Paragraph:
        """The paragraph in which the reference is. Raises NotUnderstood."""
        return self._resolver.paragraph(reference)

    def passages(self, reference: Reference) -> tuple[Passage, ...]:
        """The words that the reference names, cut only where another speaker begins. Raises NotUnderstood."""
        return self._resolver.passages(reference)

    def sentences(self, text: str | None = None) -> Iterator[Reference]:
        """Every sentence, of one text or of all, in order."""
        for one in self.texts.values() if text is None else (self.texts[text],):
            yield from (reference for reference, _ in one.sentences())

    def each(self, reference: Reference) -> Iterator[Reference]:
        """The single sentences of a passage. Raises NotUnderstood."""
        known = self.resolve(reference)
        yield from self.texts[known.text].sentences_of(known)

    def neighbour(self, reference: Reference, step: int) -> Reference | None:
        """The sentence `step` after the passage (before, where negative), across paragraphs; None past either end."""
        return self._resolver.neighbour(reference, step)

    def sentence_count(self, text: str | None = None) -> int:
        """How many sentences a text has, or all of them."""
        return self.passage_store.count(text)

    def sentence_sample(self, most: int) -> list[Reference]:
        """Sentences from all over the texts, evenly spaced, or all where there are not so many."""
        return self.passage_store.sample(most)

    def sentence_at(self, place: int, text: str | None = None) -> Reference:
        """The sentence at a place, from 0, of a text or of all."""
        return self.passage_store.sentence_at(place, text)

    def _on_topic(self, words: str) -> list[Reference]:
        """The sentences of the topic that the editors know by these words."""
        topic = self.finder.topic(words)
        return self._sentences_on(topic.id) if topic else []

    @cached_property
    def _sentences_on(self) -> Callable[[str], list[Reference]]:
        # Kept, as many words are a topic's: to look its sentences up was a tenth of finding them.
        topics = {one.id: one.references for one in self.notes.topics}
        return word_cache(_TOPICS)(lambda topic: [*dict.fromkeys(chain.from_iterable(map(self.each, topics[topic])))])

    def _speaker(self, reference: Reference) -> str:
        """Who says a sentence."""
        (sentence,) = self._resolver.sentences_of(reference)
        return sentence.speaker

    async def _nearest(self, words: str) -> Neighbours:
        if self.semantic.is_quick:
            return self.semantic.nearest(words)
        return await self.run(lambda: self.semantic.nearest(words), _NEAREST * self.sentence_count())
