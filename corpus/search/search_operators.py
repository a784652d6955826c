"""Search operators, as people know them from search engines: `-word`, `NOT word`, `OR`, `|`, `word*`, parentheses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from corpus.errors import NotUnderstood
from corpus.language.lazy_pattern import lazy_pattern
from corpus.language.tokens import QUOTATION_MARKS, tokens
from corpus.search.boolean_query import AllOf, AnyOf
from corpus.search.quoted_phrases import phrases_within

_LONGEST: Final = 200
"""Characters of the longest line in which operators are read: a longer one is a passage."""
_DEEPEST: Final = 2
"""Parentheses within each other."""
_MOST_BEHIND_DASH: Final = 5
"""Words of a line that begins with a word to leave out: a longer one begins with the dash of a list or a dialogue."""
_HINTS: Final = ("-", "OR", "NOT", "NEAR", "|", "*")
"""One of which is in each line with operators."""
_IN_MARKS: Final = f'["{QUOTATION_MARKS}][^"{QUOTATION_MARKS}]*["{QUOTATION_MARKS}]'
_QUOTED: Final = lazy_pattern(_IN_MARKS)
_OPERATOR: Final = lazy_pattern(
    r"(?:^|(?<=[\s(]))-(?=[^\W\d]|\"|\()|(?<!\S)(?:OR|NOT|NEAR(?:/[0-9]+)?)(?!\S)|(?<!\|)\|(?!\|)|\w\*(?!\S)"
)
_BOLD: Final = lazy_pattern(r"(?<!\S)\*+\w")
_TOKEN: Final = lazy_pattern(rf'-?{_IN_MARKS}|-?\(|[)|]|[^\s()|"{QUOTATION_MARKS}]+')
_TOGETHER: Final = lazy_pattern(r"AND|&&?|\+|NEAR(?:/[0-9]+)?")
_OR: Final = ("OR", "|")
_LEFT_OUT: Final = lazy_pattern(rf"-[^\W\d]|-\(|-{_IN_MARKS}")


def has_operators(typed: str) -> bool:
    """Whether a line has operators. What only looks like one is none: hyphens, bold words, capitals throughout."""
    if len(typed) > _LONGEST or not any(map(typed.__contains__, _HINTS)):
        return False
    is_list = typed.startswith("-") and len(typed.split()) > _MOST_BEHIND_DASH
    is_operator = _OPERATOR.search(_QUOTED.sub('""', typed))
    has_others = any(one.isalpha() and not one.isupper() for one in typed)  # also of scripts without capitals
    return bool(is_operator) and has_others and not (is_list or _BOLD.search(typed))


def read_operators(typed: str) -> AnyOf | None:
    """The search that a line with operators is; None where it has none.

    Raises NotUnderstood where it only says what to leave out.
    """
    if not has_operators(typed):
        return None
    found = _Reader(_TOKEN.findall(typed)).any_of()
    if not all(side.is_wanted for side in found.wanted()):
        raise NotUnderstood("I can only leave words out of a search for others. Please add what to find.")
    return found if found.sides else None


class _Reader:
    """Reads the parts of a line in turn. What is in deeper parentheses than anybody needs is left out."""

    def __init__(self, parts: Sequence[str]) -> None:
        self._parts = [one for one in reversed(parts) if not _TOGETHER.fullmatch(one)]
        self._depth = 0

    def any_of(self) -> AnyOf:
        """All of the line, or what is up to the end of a parenthesis."""
        sides = [self._all_of()]
        # Outside of parentheses, what closes one that nothing opens parts sides as well.
        while self._parts and (self._parts[-1] in _OR or not self._depth):
            self._parts.pop()
            sides.append(self._all_of())
        return AnyOf(tuple(side for side in sides if side != AllOf()))

    def _all_of(self) -> AllOf:
        found = AllOf()
        while part := self._next():
            if part == "NOT" or _LEFT_OUT.match(part):
                without = self._one(self._next() if part == "NOT" else part[1:])
                found = found._replace(without=(*found.without, *_alternatives(without)))
            else:
                found = _joined(found, self._one(part))
        return found

    def _next(self) -> str:
        return self._parts.pop() if self._parts and self._parts[-1] not in (*_OR, ")") else ""

    def _one(self, part: str) -> AllOf:
        """A word, a phrase, the beginning of a word, or a group."""
        if part == "(":
            return self._group()
        if _QUOTED.match(part):
            return AllOf(phrases=phrases_within(part))
        words = tokens(part)
        if part.endswith("*") and len(words) == 1:
            return AllOf(begun=(words[0].word,))
        return AllOf(part.strip("+*") if words else "")

    def _group(self) -> AllOf:
        self._depth += 1
        found = self.any_of()
        is_read = self._depth <= _DEEPEST
        self._depth -= 1
        if self._parts:
            self._parts.pop()  # what closes it
        if not (found.sides and is_read):
            return AllOf()
        return found.sides[0] if len(found.sides) == 1 else AllOf(groups=(found,))


def _joined(one: AllOf, other: AllOf) -> AllOf:
    words = f"{one.words} {other.words}".strip()
    return AllOf(
        words,
        one.phrases + other.phrases,
        one.begun + other.begun,
        one.groups + other.groups,
        one.without + other.without,
    )


def _alternatives(one: AllOf) -> tuple[AllOf, ...]:
    """What is left out, each by itself where it is a group of alternatives."""
    if len(one.groups) == 1 and one == AllOf(groups=one.groups):
        return one.groups[0].sides
    return (one,) if one.is_wanted else ()
