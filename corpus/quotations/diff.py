"""Word diff of a quotation and a text: differences of print alone, and of words. No score decides."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from msgspec import Struct, structs

from corpus.language.compounds import are_same_in_print
from corpus.language.contractions import are_same_written_out
from corpus.language.cyrillic import with_latin_lookalikes
from corpus.language.number_signs import normal_signs
from corpus.language.numbers import MOST_WORDS
from corpus.language.tokens import folded
from corpus.language.written_forms import have_same_meaning
from corpus.quotations.equal_words import comparable_words, typed_words
from corpus.quotations.parse import QuotedWord
from corpus.quotations.phrases import printed_phrase, printed_signs, typed_phrase
from corpus.quotations.printed_tokens import Span
from corpus.quotations.significance import Significance, is_new_name, significance
from corpus.quotations.token_index import TokenIndex

_OTHER_WITHOUT = frozenset(("hell", "id", "ill", "shed", "shell", "wed", "well", "were"))
"""Words that become other words with an apostrophe: “we’re” is no other way to write “were”."""
_BESIDE = 2  # words beside a number that say whether it is a date's
_MOST_JOINED = 4  # differences beside each other that may be one date in another order


class Change(Struct, frozen=True):
    """One change of a word diff: what the text has, what the quotation has, and where. An added word is nowhere.

    The first five kinds are of print alone; the words are the same. `quoted_at` is the slice of the quotation.
    """

    kind: Literal["case", "punctuation", "accents", "letters", "spelling", "changed", "left out", "added", "moved"]
    text: str
    quoted: str
    significance: tuple[Significance, ...] = ()
    at: Span | None = None
    quoted_at: tuple[int, int] = (0, 0)
    missing_at: int | None = None
    """Of words that were moved: where in the quotation they are missing."""

    @property
    def is_of_words(self) -> bool:
        return self.kind in ("changed", "left out", "added", "moved")


class _Block(NamedTuple):
    """Words that differ: positions `start:end` of the text, words `first:last` of the quotation."""

    start: int
    end: int
    first: int
    last: int


def typographic_changes(index: TokenIndex, start: int, words: Sequence[QuotedWord], tail: str = "") -> Iterator[Change]:
    """Differences of words that have the same keys as the text's from position `start` on.

    Where the quotation ends with them, `tail` are its last marks.
    """
    end = start + len(words)
    signs = list(_signs(index, start, words))
    yield from signs
    counted = {word for one in signs for word in range(*one.quoted_at)}
    if index.forms[start:end] != [word.form for word in words]:
        yield from _forms(index, start, words)
    if index.punctuation[start : end - 1] != [word.after for word in words[:-1]]:
        for n, word in enumerate(words[:-1]):
            is_counted = word.start in counted or words[n + 1].start in counted
            if index.punctuation[start + n] != word.after and words[n + 1].form and not is_counted:
                first = n
                while first and not words[first].form:  # the whole of what was cut
                    first -= 1
                yield _punctuation(index, start + first, start + n, words[first], words[n + 1], word.after)
    marks = index.punctuation[end - 1]
    if tail and not marks.startswith(tail) and words[-1].start not in counted:
        at = _at(index, end - 1, end)
        yield Change("punctuation", index.forms[end - 1] + marks, words[-1].form + tail, at=at)


def _signs(index: TokenIndex, start: int, words: Sequence[QuotedWord]) -> Iterator[Change]:
    """Numbers that count something else, or are negative: $5 for £5, -5 for 5, 25 for 25%."""
    forms = index.forms[start : start + len(words)]
    for first, last in typed_words(words):
        if not (words[first].form[:1].isdigit() or forms[first][:1].isdigit()):
            continue
        sign, unit, at = printed_signs(index, start + first, start + last)
        typed = words[first].sign, words[last - 1].unit
        if normal_signs(sign + unit) != normal_signs("".join(typed)):
            text = index.paragraph(at).words[at.start : at.end]
            quoted = typed[0] + words[first].form + typed[1]
            quoted_at = words[first].start - len(typed[0]), words[last - 1].end + len(typed[1])
            yield Change("changed", text, quoted, ("number",), at, quoted_at)


def _forms(index: TokenIndex, start: int, words: Sequence[QuotedWord]) -> Iterator[Change]:
    for n, word in enumerate(words):
        position = start + n
        parts = 1
        while n + parts < len(words) and not words[n + parts].form:
            parts += 1
        is_compound = parts == 2 and not index.is_space_after(position)
        forms = index.forms[position : position + parts]
        text = index.words(position, position + parts) if is_compound else " ".join(forms)
        if word.form and text != word.form:
            at, quoted_at = _at(index, position, position + parts), (word.start, word.end)
            yield Change(_kind(text, word.form), text, word.form, at=at, quoted_at=quoted_at)


def _kind(text: str, quoted: str) -> Literal["case", "punctuation", "accents", "letters", "spelling", "changed"]:
    if text.casefold() == quoted.casefold():
        return "case"
    latin = unicodedata.normalize("NFKC", with_latin_lookalikes(quoted))
    if latin != unicodedata.normalize("NFC", quoted) and _plain(text) == _plain(latin):
        return "letters"
    if _plain(text) == _plain(quoted):
        return "accents"
    if " " in text + quoted:
        same = (are_same_written_out, are_same_in_print, have_same_meaning)
        return "spelling" if any(are_same(text, quoted) for are_same in same) else "changed"
    one, other = _plain(text).replace("'", ""), _plain(quoted).replace("'", "")
    if one == other:
        return "changed" if one in _OTHER_WITHOUT else "punctuation"
    return "spelling"


def _plain(word: str) -> str:
    return "".join(c for c in folded(word) if unicodedata.category(c) != "Mn")


def _punctuation(
    index: TokenIndex, first: int, position: int, word: QuotedWord, following: QuotedWord, marks: str
) -> Change:
    """Other marks after the word at a position, or a compound from `first` on. Within a number they are part of it."""
    one, other = index.forms[position : position + 2]
    text, quoted = " ".join(index.words(first, position + 2).split()), _joined(word.form, marks, following.form)
    at = _at(index, first, position + 2)
    is_in_number = one[-1:].isdigit() and other[:1].isdigit() and not index.is_space_after(position)
    if is_in_number and not (marks == "" and have_same_meaning(index.words(position, position + 2), one + other)):
        return Change("changed", text, quoted, ("number",), at, (word.start, following.end))
    return Change("punctuation", text, quoted, at=at)


def _joined(one: str, marks: str, other: str) -> str:
    """Two words and the marks between, spaced as people write them."""
    if marks == "-":
        return f"{one}-{other}"
    if marks and (marks[-1] in "([" or unicodedata.category(marks[-1]) == "Sc"):
        return f"{one}{marks[:-1]} {marks[-1]}{other}"
    return f"{one} {marks} {other}" if marks == "…" else f"{one}{marks} {other}"


def word_changes(index: TokenIndex, start: int, end: int, words: Sequence[QuotedWord]) -> list[Change]:
    """Differences between the words of the text from position `start` to before `end` and those of the quotation."""
    edges = pairwise([(-1, start - 1), *comparable_words(index, start, end, words), (len(words), end)])
    blocks = [_Block(position + 1, after, n + 1, m) for (n, position), (m, after) in edges]
    blocks = [block for block in blocks if (block.start, block.first) != (block.end, block.last)]
    changes = [_change(index, block, words) for block in _joined_where_same(index, blocks, words)]
    return _with_moves([one for one in changes if folded(one.text) != folded(one.quoted)])


def added_words(words: Sequence[QuotedWord]) -> Change:
    """Words of a quotation of which no text has anything."""
    return Change("added", "", typed_phrase(words), quoted_at=(words[0].start, words[-1].end))


def _joined_where_same(index: TokenIndex, blocks: Sequence[_Block], words: Sequence[QuotedWord]) -> Iterator[_Block]:
    """The blocks, with those made one that are one date in another order, or one number: 24 October, October 24."""
    n = 0
    while n < len(blocks):
        ways = ((m, _until(blocks[n], blocks[m])) for m in range(min(n + _MOST_JOINED, len(blocks)) - 1, n, -1))
        last, block = next(((m, one) for m, one in ways if _same(index, one, words)), (n, blocks[n]))
        yield block
        n = last + 1


def _until(one: _Block, other: _Block) -> _Block:
    return _Block(one.start, other.end, one.first, other.last)


def _same(index: TokenIndex, block: _Block, words: Sequence[QuotedWord]) -> _Block | None:
    """What has the same meaning in another written form: a block, alone or with the words beside it, or nothing.

    With “August” beside it, “20th” is “20”.
    """
    if max(block.end - block.start, block.last - block.first) > MOST_WORDS - 2 * _BESIDE:
        return None
    wide = _widened(index, block, words)
    if not any(have_same_meaning(*_phrases(index, one, words)) for one in (block, wide)):
        return None
    return wide if block.start == block.end or block.first == block.last else block


def _widened(index: TokenIndex, block: _Block, words: Sequence[QuotedWord]) -> _Block:
    """A block with the words before and after it that are the text's."""
    start, end, first, last = block
    for _ in range(_BESIDE):
        if first > 0 and start > 0 and words[first - 1].key == index.keys[start - 1]:
            start, first = start - 1, first - 1
        if last < len(words) and end < len(index.keys) and words[last].key == index.keys[end]:
            end, last = end + 1, last + 1
    return _Block(start, end, first, last)


def _phrases(index: TokenIndex, block: _Block, words: Sequence[QuotedWord]) -> tuple[str, str]:
    """What the text has, and what the quotation."""
    return printed_phrase(index, block.start, block.end), typed_phrase(words[block.first : block.last])


def changes_of_print(index: TokenIndex, start: int, end: int, words: Sequence[QuotedWord]) -> Iterator[Change]:
    """How the words print otherwise that the text has there, between those that differ."""
    run: list[tuple[int, int]] = []
    for n, position in [*comparable_words(index, start, end, words), (-1, -1)]:
        if run and (n, position) != (run[-1][0] + 1, run[-1][1] + 1):
            first, at = run[0]
            yield from typographic_changes(index, at, words[first : first + len(run)])
            run = []
        run.append((n, position))


def _change(index: TokenIndex, block: _Block, words: Sequence[QuotedWord]) -> Change:
    same = _same(index, block, words)
    block = same or block
    text, said = _phrases(index, block, words)
    at = printed_signs(index, block.start, block.end)[2] if text else None
    if same or (text and said and (are_same_written_out(text, said) or are_same_in_print(text, said))):
        return Change("spelling", text, said, at=at, quoted_at=_slice(words, block))
    kind: Literal["changed", "left out", "added"] = "changed" if text and said else "left out" if text else "added"
    return Change(kind, text, said, tuple(_significance(index, block, words)), at, _slice(words, block))


def _slice(words: Sequence[QuotedWord], block: _Block) -> tuple[int, int]:
    """Where the words of a block are in the quotation; where none are, the place where they would be."""
    if block.first < block.last:
        first, last = words[block.first], words[block.last - 1]
        return first.start - len(first.sign), last.end + len(last.unit)
    place = words[block.first].start if block.first < len(words) else words[-1].end
    return place, place


def _with_moves(changes: list[Change]) -> list[Change]:
    """The same words left out here and added there were moved."""
    found: list[Change] = []
    waiting: dict[tuple[str, str], list[int]] = {}
    opposite = {"left out": "added", "added": "left out"}
    for change in changes:
        words = folded(change.text or change.quoted)
        twins = waiting.get((opposite.get(change.kind, ""), words))
        if twins:
            n = twins.pop(0)
            found[n] = _moved(found[n], change)
        else:
            waiting.setdefault((change.kind, words), []).append(len(found))
            found.append(change)
    return found


def _moved(one: Change, other: Change) -> Change:
    left_out, added = (one, other) if one.kind == "left out" else (other, one)
    place = left_out.quoted_at[0]
    return structs.replace(
        left_out, kind="moved", quoted=left_out.text, significance=(), quoted_at=added.quoted_at, missing_at=place
    )


def _significance(index: TokenIndex, block: _Block, words: Sequence[QuotedWord]) -> Iterator[Significance]:
    ours = Counter(index.keys[block.start : block.end])
    theirs = Counter(word.key for word in words[block.first : block.last])
    around = {*index.keys[max(block.start - 2, 0) : block.end + 2]}
    around |= {word.key for word in words[max(block.first - 2, 0) : block.last + 2]}
    has_nouns = index.capitalizes_nouns(index.text_of(max(block.start - 1, 0)) or index.text_of(block.start))
    new_name = not has_nouns and any(
        is_new_name(index, words[n - 1], words[n]) for n in range(max(block.first, 1), block.last)
    )
    forms = [*index.forms[block.start : block.end], *(word.form for word in words[block.first : block.last])]
    keys = [*index.keys[block.start : block.end], *(word.key for word in words[block.first : block.last])]
    capitals = {key for key, form in zip(keys, forms, strict=True) if form[:1].isupper()}

    def is_name(key: str) -> bool:
        return index.is_part_of_name(key) or (not has_nouns and key in capitals and index.is_name(key))

    return significance(set(ours - theirs), set(theirs - ours), around, is_name, new_name=new_name)


def _at(index: TokenIndex, start: int, end: int) -> Span:
    return index.spans(start, end)[0]
