"""The library: texts that people add, on everybody's shelf or a server's, and the corpus that each server searches."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

import msgspec

from bot.bounded_dict import BoundedDict
from bot.core.context import Place
from bot.core.errors import UserError
from bot.core.shelf_corpora import ShelfCorpora, TextChoice
from bot.core.transformer_loading import TransformerLoading
from bot.storage.library import ShelfText, Shelves
from bot.storage.made_questions import MadeQuestion
from bot.storage.owner import EVERYBODY, Owner
from bot.storage.revision import RevisionCache
from bot.storage.store import Store
from corpus.corpus import Corpus
from corpus.progress import Progress, unseen
from corpus.reference import Reference
from corpus.source.adding import About, Proposal
from corpus.source.editions import Numbering, keeps_numbers, numbering_of
from corpus.source.frozen import freeze, thaw, thaw_numbering
from corpus.source.sandbox import read_proposal
from corpus.source.sandbox_task import Task
from corpus.text_model import Text

MOST_TEXTS: Final = 50
"""Texts that one server may add."""
MOST_WORDS: Final = 5_000_000
"""Words that the texts of one server may have in all."""
BUILDING = 60.0  # seconds that a change of a shelf, and `bot ask`, wait for its new index
_PATIENCE = 1.0  # seconds that a look-up waits for a new index before it uses the old one
_READING = 2  # files that are read at once: a child process each
_KNOWN = 4_096  # servers whose choice of texts is remembered


class Library:
    """The shelves, and an open corpus for each choice of texts that is in use. `base` is the corpus without shelves.

    A server's corpus holds the base, everybody's shelf and its own, less what it leaves aside: no other server's text
    is ever in it, whatever is asked of it.
    """

    def __init__(
        self, base: Corpus, store: Store, loading: TransformerLoading | None = None, *, warms_up: bool = False
    ) -> None:
        self.base = base
        self.shelves = Shelves(store)
        self._reading = asyncio.Semaphore(_READING)
        self._choices = RevisionCache[Owner, TextChoice](_KNOWN)
        self._corpora = ShelfCorpora(base, self.shelves, loading, warms_up=warms_up)
        self._latest = BoundedDict[Owner, str](_KNOWN)
        self._behind = BoundedDict[Owner, str](_KNOWN)

    async def close(self) -> None:
        """Close every corpus but the base, which belongs to the caller."""
        await self._corpora.close()

    async def corpus(self, owner: Owner, *, patience: float = _PATIENCE, in_haste: bool = False) -> Corpus:
        """The corpus that a server searches: the last one while a new index takes longer than `patience` seconds.

        An index that is built, and has only to be opened, is waited for longer, unless `in_haste`.
        """
        choice = await self.choice(owner)
        self._behind.pop(owner, None)
        if choice.is_plain:
            return self.base
        key = choice.key
        await self._corpora.open(choice, patience, in_haste=in_haste)
        if self._corpora.get(key):
            self._latest[owner] = key
            self._behind.pop(owner, None)  # another look-up may have waited for less
        else:
            self._behind[owner] = key
        return self._corpora.get(self._latest.get(owner, "")) or self.base

    async def corpus_in(self, place: Place, *, in_haste: bool = False) -> Corpus:
        """The corpus that is searched in a place."""
        return await self.corpus(owner_of(place), in_haste=in_haste)

    def is_behind_in(self, place: Place) -> bool:
        """Whether the last look-up in a place used an index from before the last change."""
        return bool(self._behind) and owner_of(place) in self._behind

    async def built(self, owner: Owner) -> float:
        """How much of a server's index is built, from 0 to 1."""
        return self._corpora.built((await self.choice(owner)).key)

    async def index_fault(self, owner: Owner) -> str:
        """Why a server's index was not built at the last try; empty where it was. The next look-up tries again."""
        return self._corpora.fault((await self.choice(owner)).key)

    async def choice(self, owner: Owner) -> TextChoice:
        """Which texts a server searches, as of a few seconds ago at most."""
        revision = await self.shelves.revision.current()
        if (known := self._choices.get(owner, revision)) is not None:
            return known
        own = await self.shelves.texts(owner)
        ids = {*self.base.texts, *(one.text_id for one in own)}
        shared = () if owner == EVERYBODY else await self.shelves.texts(EVERYBODY)
        texts = (*(one for one in shared if one.text_id not in ids), *own)
        return self._choices.put(owner, revision, TextChoice(texts, await self.shelves.unused(owner)))

    async def propose(
        self, owner: Owner, name: str, data: bytes, about: About, progress: Progress = unseen
    ) -> Proposal:
        """The text that a file makes, read in a process of its own, with a report; nothing is kept yet.

        A text of the same id or title on the same shelf makes it a new edition of that text, and so does one of that
        id that was removed. Raises Unreadable.
        """
        async with self._reading:
            return await self._propose(owner, name, data, about, progress)

    async def _propose(self, owner: Owner, name: str, data: bytes, about: About, progress: Progress) -> Proposal:
        shelf = await self.shelves.texts(owner)
        taken = await self._taken(owner)
        wanted = [one for one in shelf if one.text_id == about.id] if about.id else []
        if wanted:
            old = await self.numbering(owner, wanted[0].text_id)
            return await read_proposal(Task(name, data, about, (), old), progress=progress)
        proposal = await read_proposal(Task(name, data, about, taken), progress=progress)
        same = [one for one in shelf if not about.id and one.title.casefold() == proposal.text.title.casefold()]
        if same:
            old = await self.numbering(owner, same[0].text_id)
            edition = await read_proposal(Task(name, data, about, (), old))
            if _is_edition(edition):
                return edition
        removed = await self.numbering(owner, proposal.text.id)
        if removed is None:
            return proposal
        return msgspec.structs.replace(await read_proposal(Task(name, data, about, (), removed)), earlier="")

    async def add(
        self, owner: Owner, proposal: Proposal, by: str, now: datetime, progress: Progress = unseen, person: str = ""
    ) -> ShelfText:
        """Put a text on a shelf, and have it looked up from now on. `by` is who added it, by name, `person` by id.

        Raises UserError where the shelf is full, or where another text got the id after this one was proposed.
        `progress` is that of the index, which may take a minute on a full shelf.
        """
        text = _shelf_text(owner, proposal, by, now, person)
        await self.refuse_full(owner, proposal)
        old = await self.numbering(owner, proposal.text.id)
        if not (await self._is_free(owner, proposal.text) if old is None else await _keeps(old, proposal.text)):
            raise UserError(f"Another text was added as {proposal.text.id} meanwhile. Add the file again.")
        outdated = await self._outdated_questions(owner, proposal.text)
        await self.shelves.put(text, await asyncio.to_thread(freeze, proposal.text), outdated)
        await self._build(owner, progress)
        return text

    async def _outdated_questions(self, owner: Owner, text: Text) -> list[str]:
        """The questions made from a text whose words a new edition of it does not have."""
        made, old = await self.shelves.questions(owner, text.id), await self.text(owner, text.id)
        return [one.question for one in made if old and not _has_same_words(old, text, one)]

    async def refuse_full(self, owner: Owner, proposal: Proposal) -> None:
        """Raise UserError where a server's shelf has no room for a text."""
        if owner != EVERYBODY:
            _refuse_full(proposal, await self.shelves.texts(owner))

    async def keep_proposal(self, owner: Owner, proposal: Proposal, now: datetime) -> str:
        """Keep a text that was shown until somebody says that it may be added; returns the id to say so with."""
        content = zlib.compress(await asyncio.to_thread(msgspec.msgpack.encode, proposal))
        return await self.shelves.propose(owner, content, now)

    async def take_proposal(self, owner: Owner, proposal_id: str) -> Proposal | None:
        """A text that was shown to this owner; None where it was added, or a day has gone by."""
        content = await self.shelves.take_proposal(owner, proposal_id)
        return None if content is None else msgspec.msgpack.decode(zlib.decompress(content), type=Proposal)

    async def remove(self, owner: Owner, text_id: str, progress: Progress = unseen) -> bool:
        """Take a text off a shelf, where only its numbering is left, and have nothing of it looked up from now on.

        Whether it was there. Where it was the last that was not left aside, all others are used again. `progress` is
        that of the index.
        """
        text = await self.text(owner, text_id)
        if text is None:
            return False
        numbering = await asyncio.to_thread(lambda: freeze(numbering_of(text)))
        removed = await self.shelves.remove(owner, text_id, numbering)
        self._choices.clear()
        every, unused = await self.available(owner), (await self.choice(owner)).unused
        if unused.issuperset(every):
            await self.shelves.leave_aside(owner, (), every)
        await self._build(owner, progress)
        return removed

    async def use(self, owner: Owner, used: Collection[str]) -> None:
        """Let a server's look-ups use these of its texts and leave the others aside. Raises UserError for none."""
        if not used:
            raise UserError("At least one text has to stay in use.")
        every = await self.available(owner)
        await self.shelves.leave_aside(owner, [one for one in every if one not in used], used)
        await self._build(owner, unseen)

    async def available(self, owner: Owner) -> tuple[str, ...]:
        """The ids of all texts that a server may use."""
        return (*self.base.texts, *(one.text_id for one in (await self.choice(owner)).texts))

    async def text(self, owner: Owner, text_id: str) -> Text | None:
        """A text of a shelf, with its words; None where that shelf has none of that id."""
        content = await self.shelves.content(owner, text_id)
        return None if content is None else await asyncio.to_thread(thaw, content)

    async def numbering(self, owner: Owner, text_id: str) -> Numbering | None:
        """The numbering of the text of that id which a shelf has, or had last; None where there never was one."""
        text = await self.text(owner, text_id)
        if text is not None:
            return await asyncio.to_thread(numbering_of, text)
        removed = await self.shelves.numbering(owner, text_id)
        return None if removed is None else await asyncio.to_thread(thaw_numbering, removed)

    async def _taken(self, owner: Owner) -> tuple[str, ...]:
        """The ids that a new text of a shelf may not have: `reed 12` means one sentence wherever somebody reads it."""
        return (*await self.available(owner), *await self.shelves.ids_elsewhere(owner))

    async def _is_free(self, owner: Owner, text: Text) -> bool:
        return text.id not in await self._taken(owner)

    async def _build(self, owner: Owner, progress: Progress) -> None:
        """Have the index of a shelf that has changed built at once, and wait for it, but not for ever."""
        self._choices.clear()
        key = (await self.choice(owner)).key
        with self._corpora.watched(key, progress):
            await self.corpus(owner, patience=BUILDING)


class _QuestionReferences(msgspec.Struct):
    """What a question is about, as far as it is known here."""

    references: tuple[Reference, ...]


def _has_same_words(old: Text, new: Text, made: MadeQuestion) -> bool:
    """Whether both editions of a text have the same words where a question was made from."""
    try:
        asked = msgspec.json.decode(made.asked, type=_QuestionReferences)
        return all(old.words_at(one) == new.words_at(one) for one in asked.references)
    except LookupError:
        return False


async def _keeps(old: Numbering, text: Text) -> bool:
    return await asyncio.to_thread(keeps_numbers, old, text)


def _is_edition(proposal: Proposal) -> bool:
    """Whether at least half of the earlier sentences are there: else it is another text of the same title."""
    report = proposal.report
    return report.kept_numbers >= report.tombstones


def owner_of(place: Place) -> Owner:
    """Whose shelf counts in a place: its server's, or in a private message nobody's but everybody's."""
    return Owner(place.platform, place.server) if place.server else EVERYBODY


def _shelf_text(owner: Owner, proposal: Proposal, by: str, now: datetime, person: str) -> ShelfText:
    report = proposal.report
    return ShelfText(
        owner.platform, owner.server, proposal.text.id, report.title, proposal.edition,
        report.words, report.sentences, by, now, person,
    )  # fmt: skip


def _refuse_full(proposal: Proposal, shelf: Sequence[ShelfText]) -> None:
    others = [one for one in shelf if one.text_id != proposal.text.id]
    if len(others) >= MOST_TEXTS:
        raise UserError(f"This shelf is full: it has {MOST_TEXTS} texts. /library remove takes one off.")
    words = sum(one.words for one in others) + proposal.report.words
    if words > MOST_WORDS:
        raise UserError(
            f"With this text the shelf would have {words:,} words; it has room for {MOST_WORDS:,}. "
            "/library remove makes room."
        )
