"""The neutral document: what a file of any format says, in reading order, before it is cut into numbered sentences."""

from __future__ import annotations

from collections import Counter
from typing import Final, Literal

from msgspec import Struct, field, structs

from corpus.text_model import Address, Omission

BlockKind = Literal["heading", "paragraph", "stage direction"]

LAYOUT_CHARACTERS = "\u00ad\u200b\u2060\ufeff"
"""Soft hyphen, zero-width space, word joiner, byte order mark: they lay lines out and say nothing."""
FRONT_MATTER: Final = "The file's front matter."
LICENCE: Final = "Project Gutenberg's frame and licence."
CONTENTS: Final = "The table of contents."
COVER: Final = "The cover."
TITLE_PAGE: Final = "The title page."
HALF_TITLE: Final = "The half-title page."
IMPRINT: Final = "The publisher's imprint."
COLOPHON: Final = "The publisher's colophon."
COPYRIGHT: Final = "The copyright page."
BOOK_NAVIGATION: Final = "Navigation of the book."
ILLUSTRATIONS: Final = "The list of illustrations."
NOTE: Final = "A note."
NOTE_MARK: Final = "The mark of a note."
RUNNING_HEAD: Final = "A running head or foot, or a page number."
STAGE: Final = "Stage direction"
"""The speaker of what nobody says in a play."""
SPEAKER: Final = "The speaker's name, kept as the speaker of what follows."
MOST_BLOCKS: Final = 100_000
MOST_CHARACTERS: Final = 500_000
"""Characters of one paragraph; the longest of novels stay far below."""
FRAME_REASONS: Final = frozenset(
    {
        FRONT_MATTER,
        LICENCE,
        CONTENTS,
        COVER,
        TITLE_PAGE,
        HALF_TITLE,
        IMPRINT,
        COLOPHON,
        COPYRIGHT,
        BOOK_NAVIGATION,
        ILLUSTRATIONS,
    }
)
"""Why a publisher's frame around a text is left out: it is the publisher's, and no part of the text."""
_INVISIBLE = "An invisible character that only lays out lines."


class Unreadable(Exception):
    """A file that cannot become a text. The message tells its sender in one sentence why, and what would do."""


class Metadata(Struct, frozen=True):
    """What a file says about itself; empty where it says nothing. `date` is as the file has it."""

    title: str = ""
    author: str = ""
    date: str = ""
    language: str = ""
    publisher: str = ""


class Block(Struct, frozen=True):
    """A heading, or a paragraph or list item without its `marker`. `level` is a heading's, 1 the highest.

    `speaker` is who says it where the file names one. `addresses` are the source's own page and line numbers.
    `is_quoted`: the file sets it off as a quotation, by a style or an element of that name.
    """

    kind: BlockKind
    words: str
    level: int = 0
    marker: str = ""
    speaker: str = ""
    addresses: tuple[Address, ...] = ()
    is_quoted: bool = False


class Document(Struct, frozen=True):
    """A file as read. `omissions` lists every character run left out; `joined` the words joined over a line's end.

    `is_guessed`: nothing in the file says in which encoding its characters are.
    """

    metadata: Metadata
    blocks: tuple[Block, ...]
    omissions: tuple[Omission, ...] = ()
    joined: tuple[str, ...] = ()
    is_guessed: bool = False


class Draft(Struct):
    """A document under construction: readers add what they meet, in order."""

    metadata: Metadata = field(default_factory=Metadata)
    blocks: list[Block] = field(default_factory=list)
    omissions: list[Omission] = field(default_factory=list)
    joined: list[str] = field(default_factory=list)

    def add(self, block: Block) -> None:
        """One more block, without layout characters; an empty one is dropped."""
        if any(character in block.words for character in LAYOUT_CHARACTERS):
            block = self._without_layout(block)
        if block.words.strip():
            self.blocks.append(block)
        if len(block.words) > MOST_CHARACTERS:
            raise Unreadable(
                f"One paragraph has more than {MOST_CHARACTERS:,} characters, which is more than in any book: "
                "put empty lines between the paragraphs."
            )
        if len(self.blocks) > MOST_BLOCKS:
            raise Unreadable(f"This file has more than {MOST_BLOCKS:,} paragraphs, which is more than any book.")

    def omit(self, words: str, reason: str) -> None:
        """Words that are left out, and why; blank ones are not worth a line."""
        if words := " ".join(words.split()):
            self.omissions.append(Omission(words, reason))

    def document(self) -> Document:
        return Document(self.metadata, tuple(self.blocks), tuple(self.omissions), tuple(self.joined))

    def extend(self, other: Document) -> None:
        """All that another part of the same source holds."""
        self.blocks += other.blocks
        self.omissions += other.omissions
        self.joined += other.joined

    def _without_layout(self, block: Block) -> Block:
        words = block.words
        found = Counter(character for character in words if character in LAYOUT_CHARACTERS)
        self.omissions += (Omission(character, _INVISIBLE) for character in found.elements())
        addresses = tuple(
            Address(a.scheme, a.value, a.start - sum(c in LAYOUT_CHARACTERS for c in words[: a.start]))
            for a in block.addresses
        )
        kept = words.translate(dict.fromkeys(map(ord, LAYOUT_CHARACTERS)))
        return structs.replace(block, words=kept, addresses=addresses)


def with_metadata(document: Document, **found: str) -> Document:
    """The document with what else is known about it; what it already says stays."""
    known = {name: value.strip() for name, value in found.items() if value.strip()}
    mine = {name: getattr(document.metadata, name) for name in Metadata.__struct_fields__}
    merged = {name: mine[name] or known.get(name, "") for name in mine}
    return Document(Metadata(**merged), document.blocks, document.omissions, document.joined)
