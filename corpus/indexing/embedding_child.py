"""The process that embeds the sentences of an index by the transformer: the file's name comes in."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from corpus.index_file import IndexFile
from corpus.search.passages import PassageStore
from corpus.search.semantic import SemanticIndex


def main(index: Path) -> None:
    """Embed all sentences, much more gently than whoever answers meanwhile: it may take minutes."""
    with suppress(AttributeError, OSError):
        os.nice(10)
    file = IndexFile(index)
    SemanticIndex(file, PassageStore(file), transformer=True).load_transformer()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
