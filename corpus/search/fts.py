"""FTS5: the table of sentences, and search expressions in its language.

Every word stands in quotation marks, so that no character that somebody types means anything to FTS5.
"""

from __future__ import annotations

from corpus.search.expressions import AndQuery, Expression, PhraseQuery

SCHEMA = """
CREATE VIRTUAL TABLE passage USING fts5(
    words, stems, source, content = '', prefix = '1 2 3 4', tokenize = 'unicode61 remove_diacritics 0'
);
"""
PARAPHRASES = """
CREATE VIRTUAL TABLE paraphrase USING fts5(
    stems, words UNINDEXED, sentence UNINDEXED, tokenize = 'unicode61 remove_diacritics 0'
)
"""


def match(expression: Expression) -> str:
    """The expression for MATCH."""
    if isinstance(expression, PhraseQuery):
        return f'{expression.column} : "{" ".join(expression.words)}"{" *" if expression.is_prefix else ""}'
    operator = " AND " if isinstance(expression, AndQuery) else " OR "
    return f"({operator.join(map(match, expression.parts))})"
