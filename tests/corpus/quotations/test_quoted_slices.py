"""Which part of a message is in block quotes or between quotation marks."""

from __future__ import annotations

import pytest

from corpus.quotations.quoted_slices import blanked, block_slices, marked_slices, without_marks_of_block


@pytest.mark.parametrize(
    ("plain", "quoted"),
    [
        ("a “b c” d", ["b c"]),
        ("“a b” and “c d”", ["a b", "c d"]),
        ("“a “b” c” d", ["a “b” c"]),
        ("“a “b “c” d” e” f", ["a “b “c” d” e"]),
        ("“a «b» c”", ["a «b» c"]),
        ("“a b", []),
        ("“a” b” c", ["a"]),
        ("„a“ b „c” d", ["a", "c"]),
        ("„a „b“ c“", ["a „b“ c"]),
        ("«a «b» c» d", ["a «b» c"]),
        ('„a b" c', ["a b"]),
        ('„a "b c" d“ e', ['a "b c" d']),
        ("”a b” and ”c d”", ["a b", "c d"]),
        ("a b” and c”", []),
        ("‹a› 「b」 『c』 ❝d❞", ["a", "b", "c", "d"]),
        ('say "a b" and "c d"', ["a b", "c d"]),
        ('"a "b c" d" e', ['a "b c" d']),
        ('a"b "c" d', ["c"]),
        ('("a") ["b"] —"c" >"d" :"e"', ["a", "b", "c", "d", "e"]),
        ('6" and 7" long', []),
        ('a "', []),
        ('a " b" c', []),
        ("'it's a dog' he said", ["it's a dog"]),
        ("‘a b’, she said", ["a b"]),
        ("‚a b‘", ["a b"]),
        ("'Stop, it's done.' said the dogs' owner", ["Stop, it's done."]),
        ("'a b' of the dogs' owners", ["a b' of the dogs"]),
        ("'a'", ["a"]),
        ("''", []),
        ("'a b'c", []),
        ("'a b '", []),
        ("don't do it", []),
        ("'a b'\nx\n'c d'\n", ["a b", "c d"]),
        ("'a “b” c'", ["b"]),
    ],
)
def test_what_marks_hold_is_quoted_with_the_marks_in_it(plain: str, quoted: list[str]) -> None:
    assert [plain[start:end] for start, end in marked_slices(plain)] == quoted


@pytest.mark.parametrize(
    ("plain", "blocks"),
    [
        ("> a\n> b\nc", ["> a\n> b\n"]),
        ("x\n> a", ["> a"]),
        ("> a\n\n> b\nx\n", ["> a\n", "> b\n"]),
        ("  > a\nx > b", ["  > a\n"]),
        (">> a\n> b", [">> a\n> b"]),
        ("x\n>>> y\n\nz", [">>> y\n\nz"]),
        ("> a\nx\n>>> y\nz", [">>> y\nz"]),
        ("x >>> y", []),
        ("", []),
    ],
)
def test_lines_side_by_side_are_a_block(plain: str, blocks: list[str]) -> None:
    assert [plain[start:end] for start, end in block_slices(plain)] == blocks


@pytest.mark.parametrize(
    ("block", "words"),
    [("> a\n>> b\n", "a\nb\n"), (">a > b", "a > b"), (">  a", " a"), (" \t> a", "a"), ("a", "a")],
)
def test_the_marks_of_a_block_are_no_words(block: str, words: str) -> None:
    assert without_marks_of_block(block) == words


def test_what_is_blanked_leaves_the_rest_where_it_was() -> None:
    assert blanked("abcdefg", [(1, 3), (3, 4), (6, 7)]) == "a   ef "
