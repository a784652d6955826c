"""FTS5: the table of sentences, and search expressions in its language.

Every word stands in quotation marks, so that no character that somebody types means anything to FTS5.
"""

from __future__ import annotations

from corpus.search.expressions import AndQuery, ButNotQuery, Expression, PhraseQuery

_TOKENIZER = """tokenize = "unicode61 remove_diacritics 0 categories 'L* N* Co M*'" """
"""Takes the words as they have been cut already: vowel signs are of the categories M."""
SCHEMA = f"""
CREATE VIRTUAL TABLE passage USING fts5(
    words, stems, source, content = '', prefix = '1 2 3 4', {_TOKENIZER}
);
"""
PARAPHRASES = f"""
CREATE VIRTUAL TABLE paraphrase USING fts5(
    stems, words UNINDEXED, sentence UNINDEXED, {_TOKENIZER}
)
"""


def match(expression: Expression) -> str:
    """The expression for MATCH."""
    if isinstance(expression, PhraseQuery):
        return f'{expression.column} : "{" ".join(expression.words)}"{" *" if expression.is_prefix else ""}'
    if isinstance(expression, ButNotQuery):
        return f"({match(expression.wanted)} NOT {match(expression.without)})"
    operator = " AND " if isinstance(expression, AndQuery) else " OR "
    return f"({operator.join(map(match, expression.parts))})"
