"""Semantic search: nearest neighbours among the embeddings of sentences, and of paraphrases that stand for them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property, partial
from itertools import chain, takewhile
from typing import TYPE_CHECKING, NamedTuple

from corpus.index_file import IndexFile
from corpus.reference import Reference
from corpus.search.embeddings import Embedder, TokenEmbeddings, Transformer, WordVectors, transformer, word_vectors
from corpus.search.late_interaction import LateInteraction
from corpus.search.paraphrases import ParaphraseIndex
from corpus.search.passages import PassageStore
from corpus.search.vector_file import VectorFile, ensure_vectors, has_vectors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]
    Places = NDArray[np.intp]

_MOST = 200  # sentences and paraphrases that are found
_PAIRED = 20  # of them the nearest, of which the words are paired with the query's
_NEARLY = 0.15  # how much less like than the nearest a sentence may be to be an answer as well
_BY_PAIRS = 2 / 3  # how much the pairs count beside the cosine
_LENIENCE = 0.95  # of how like a sentence with paraphrases must be: these show what is about something else
_HALF_NEAR = 0.75  # of how like it must be where it has some of the words as well
_TRANSFORMED = 50_000  # sentences for which a transformer's time is bearable: some minutes
_QUICK = 2_000  # sentences and paraphrases that are compared in less time than a thread takes


Rankings = tuple[Sequence[Reference], Sequence[Reference]]
"""Sentences near in meaning, nearest first, and those of which paraphrases have some of the words, the most first."""


class Neighbours(NamedTuple):
    """Sentences near in meaning: those `alike`, nearest first, may be an answer.

    They may where the nearest of all is near enough, and they are nearly as near. `half_near` are those that are at
    least half near, `with_paraphrases` all that have paraphrases. `rankings` ranks them, where there is a choice.
    """

    alike: Sequence[Reference] = ()
    half_near: Collection[Reference] = ()
    with_paraphrases: Collection[Reference] = ()
    rankings: Callable[[], Rankings] = lambda: ((), ())
    is_provisional: bool = False
    """Whether they are by word vectors because the transformer is not loaded yet."""

    def is_remote(self, reference: Reference) -> bool:
        """Whether a sentence has paraphrases, and by none of them is it even half near."""
        return reference in self.with_paraphrases and reference not in self.half_near


NO_NEIGHBOURS = Neighbours()


def sentence_words(index: IndexFile) -> Iterator[str]:
    """The words of every sentence of an index, in order."""
    return (words for (words,) in index.connection.execute("SELECT words FROM sentence ORDER BY id"))


class SemanticIndex:
    """Finds sentences by meaning. The model and the embeddings are loaded when first asked for.

    With `is_loading`, somebody else will load the transformer: until then, and where that fails, word vectors find.
    The embeddings are mapped into memory, not read: one byte for each number.
    """

    def __init__(
        self, index: IndexFile, passages: PassageStore, *, transformer: bool = False, is_loading: bool = False
    ) -> None:
        self._index, self._passages, self.transformer, self.is_loading = index, passages, transformer, is_loading
        self._paraphrases = ParaphraseIndex(index)

    @property
    def is_quick(self) -> bool:
        """Whether a search takes less than a thread would: the word vectors of a small corpus, when they are loaded."""
        is_opened = "_by_word_vectors" in self.__dict__ and not self._uses_transformer
        return is_opened and self._by_word_vectors[0].count <= _QUICK

    def load(self) -> None:
        """Loads the word vectors; not a transformer, whose first use may take minutes: whoever asks by meaning does."""
        if not self._uses_transformer:
            self.nearest("peace").rankings()

    def load_transformer(self) -> None:
        """Loads the transformer, and searches by it from then on. Without embeddings it takes minutes to make them."""
        if self._is_transformed:
            _ = self._by_transformer
        self.is_loading = False

    @property
    def is_embedded(self) -> bool:
        """Whether there is no sentence that the transformer still has to embed."""
        return not self._is_transformed or has_vectors(self._index.file, self._row_count, Transformer)

    def nearest(self, words: str) -> Neighbours:
        """The sentences nearest in meaning, by themselves or by a paraphrase. It may block."""
        vectors, model = self._opened
        is_provisional = self._is_transformed and isinstance(model, WordVectors)
        tokens = word_vectors().token_embeddings(words)
        query = tokens.sentence_embedding() if isinstance(model, WordVectors) else model.embed([words])[0]
        if not query.any() or not vectors.count:
            # No word that the model knows: nothing is like it.
            return NO_NEIGHBOURS._replace(is_provisional=is_provisional)
        near, likeness = vectors.nearest(query, _MOST)
        if isinstance(model, WordVectors):
            near, likeness = _by_pairs(self._pairs, tokens, near, likeness)
        sentences = self._sentence_ids[near].tolist()
        best = self._best(tokens, zip(sentences, likeness.tolist(), strict=False))
        references = self._passages.references
        rankings = cache(partial(self._rankings, words, (*best, *sentences)))
        if not self.is_quick:
            rankings()  # it would block whoever asks for them
        alike, half_near = self._alike(best, model.alike), self._half_near(best, model.alike)
        found = references(alike), frozenset(references(half_near))
        return Neighbours(*found, self._with_paraphrases, rankings, is_provisional)

    def _rankings(self, words: str, sentences: Iterable[int]) -> Rankings:
        found = list(dict.fromkeys(sentences)), self._paraphrases.search(words)
        by_meaning, by_paraphrase = map(self._passages.references, found)
        return by_meaning, by_paraphrase

    def _best(self, query: TokenEmbeddings, found: Iterable[tuple[int, float]]) -> dict[int, float]:
        """How like each sentence is, by itself or by a paraphrase, the nearest first."""
        paraphrased = self._paraphrases.distinct_sentences
        share = self._paraphrases.coverage(query) if paraphrased else 1.0
        scaled = [(like * share if one in paraphrased else like, one) for one, like in found]
        best: dict[int, float] = {}
        for like, one in sorted(scaled, key=lambda entry: -entry[0]):
            best.setdefault(one, like)
        return best

    def _alike(self, best: Mapping[int, float], enough: float) -> list[int]:
        """Those of the nearest that may be an answer, `enough` alike.

        "(Loud applause.)" is like much of what is asked for, and answers nothing, unless there are paraphrases of it.
        """
        paraphrased = self._paraphrases.distinct_sentences
        able = ((one, like) for one, like in best.items() if one in paraphrased or not self._passages.is_aside(one))
        nearest, likeness = next(able, (0, 0.0))
        if likeness < enough * (_LENIENCE if nearest in paraphrased else 1):
            return []
        return [nearest, *(one for one, _ in takewhile(lambda entry: entry[1] >= likeness - _NEARLY, able))]

    def _half_near(self, best: Mapping[int, float], enough: float) -> list[int]:
        """The sentences that are not far from what was asked for."""
        return [one for one, like in best.items() if like >= _HALF_NEAR * enough]

    @cached_property
    def _sentence_ids(self) -> NDArray[np.int32]:
        """The id of the sentence for which each row of the file stands."""
        import numpy as np

        return np.array([*range(1, self._sentence_count + 1), *self._paraphrases.sentences], np.int32)

    @cached_property
    def _with_paraphrases(self) -> frozenset[Reference]:
        """The sentences that have paraphrases."""
        return frozenset(self._passages.references(sorted(self._paraphrases.distinct_sentences)))

    @cached_property
    def _pairs(self) -> LateInteraction:
        """What pairs words: word vectors have one for each."""
        return LateInteraction(self._index, word_vectors(), self._paraphrases.rows)

    def cosines(self, words: str, most: int, *, exhaustive: bool = False) -> list[float]:
        """The cosines of the sentences nearest in meaning, nearest first. It may block."""
        vectors, model = self._opened
        (query,) = model.embed([words])
        found: list[float] = vectors.nearest(query, most, exhaustive=exhaustive)[1].tolist() if query.any() else []
        return found

    @property
    def _is_transformed(self) -> bool:
        return self.transformer and self._sentence_count <= _TRANSFORMED

    @property
    def _uses_transformer(self) -> bool:
        return self._is_transformed and not self.is_loading

    @cached_property
    def _sentence_count(self) -> int:
        return self._passages.count()

    @property
    def _row_count(self) -> int:
        return self._sentence_count + len(self._paraphrases.sentences)

    @property
    def _opened(self) -> tuple[VectorFile, Embedder]:
        return self._by_transformer if self._uses_transformer else self._by_word_vectors

    @cached_property
    def _by_word_vectors(self) -> tuple[VectorFile, Embedder]:
        return self._open(word_vectors()), word_vectors()

    @cached_property
    def _by_transformer(self) -> tuple[VectorFile, Embedder]:
        return self._open(transformer()), transformer()

    def _open(self, model: Embedder) -> VectorFile:
        words = chain(sentence_words(self._index), self._paraphrases.words())
        file = ensure_vectors(self._index.file, self._row_count, words, model)
        return VectorFile(file, self._row_count, model)


def _by_pairs(pairs: LateInteraction, query: TokenEmbeddings, near: Places, cosines: Vectors) -> tuple[Places, Vectors]:
    """The nearest again, by their cosines and the pairs of their words, and how like those are that were paired."""
    import numpy as np

    if not cosines[-1] > 0:
        near = near[cosines > 0]
    paired = near[:_PAIRED]
    likeness = (1 - _BY_PAIRS) * cosines[: len(paired)] + _BY_PAIRS * pairs.scores(query, (paired + 1).tolist())
    ranked = np.argsort(-likeness, kind="stable")
    return np.concatenate((paired[ranked], near[_PAIRED:])), likeness[ranked]
