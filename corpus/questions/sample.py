"""A sample of what the texts say: everything in a small corpus, an even choice of paragraphs in a large one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from corpus.text_model import Paragraph, Text

_MOST = 2_000  # paragraphs: enough for years of quizzes


def paragraph_sample(texts: Mapping[str, Text]) -> Iterator[tuple[Text, Paragraph]]:
    """Paragraphs from all over the texts, in order."""
    step = max(1, -(-sum(len(text.paragraphs) for text in texts.values()) // _MOST))
    for text in texts.values():
        for place in range(0, len(text.paragraphs), step):
            yield text, text.paragraphs[place]
