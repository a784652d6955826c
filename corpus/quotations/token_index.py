"""Token index: where each word of the texts is, as quotations are compared with them: word by word, in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import suppress
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from corpus.errors import OutOfTime
from corpus.index_file import IndexFile
from corpus.language.caching import word_cache
from corpus.language.english import STOP_WORDS
from corpus.note_model import Notes
from corpus.quotations.printed_tokens import PrintedTokens
from corpus.quotations.token_arrays import places_in
from corpus.quotations.token_writer import plain_form
from corpus.text_model import Text
from corpus.work_budget import spend

if TYPE_CHECKING:
    from corpus.quotations.token_arrays import Positions

_UNKNOWN = -1
_RARE = 32  # places that are looked at even when a work budget is used up
_FEW = 256  # places that are sooner read one by one than mapped
_BESIDE = 16  # times as many places of another word are sooner listed than the words at each of the few read
_ONE_BY_ONE = 100  # steps of a work budget that such a place takes
_PART = 16_384  # places that are looked at where the first found are enough
_FEW_LETTERS = 3  # with less, many words begin
_FOLLOWING = 512  # places at which what comes there is looked up at once
_LOOK_UP = 100  # steps that it takes to look up a form
_LAST = chr(0x10FFFF)  # after any letter


class TokenForm(NamedTuple):
    """A form of a word as the texts print it, by its number, with the number of its key, and how often it occurs."""

    id: int
    form: str
    key: int
    times: int


class _Key(NamedTuple):
    id: int
    start: int
    times: int
    is_name: int


class TokenIndex(PrintedTokens):
    """A positional index of all words of the texts. A position counts words from 0, over all texts."""

    def __init__(self, index: IndexFile, texts: Mapping[str, Text], notes: Notes) -> None:
        super().__init__(index, texts, notes)
        self._key = word_cache(1_024)(self._read_key)

    def load(self) -> None:
        """Imports what look-ups need: once a tenth of a second, more than most of them take."""
        import_module("numpy")
        import_module("rapidfuzz.distance")

    def times(self, key: str) -> int:
        """How often a word occurs in the texts."""
        return known.times if (known := self._key(key)) else 0

    def positions(self, key: str) -> Positions:
        """Where a word is, in order."""
        known = self._key(key)
        return self.arrays.postings[known.start : known.start + known.times] if known else self.arrays.postings[:0]

    def is_name(self, key: str) -> bool:
        """Whether the word is a name: one of a person's, or with a capital within a sentence."""
        known = self._key(key)
        return self.is_part_of_name(key) or (known is not None and bool(known.is_name))

    def is_part_of_name(self, key: str) -> bool:
        """Whether the word is a part of somebody's name, in whatever case it is written."""
        return key in self._names_of_people

    @cached_property
    def _names_of_people(self) -> Set[str]:
        people = (one for one in self._notes.people if one.life)  # the others are bodies and crowds
        keys, forms, *_ = self.read(" ".join(name for one in people for name in (one.name, *one.aliases)))
        # No initial alone, which may be an article: the l of l'opium.
        return {key for key, form in zip(keys, forms, strict=True) if form[1:] and form[0].isupper()} - STOP_WORDS

    def compound(self, joined: str) -> tuple[str, str] | None:
        """The two words that a hyphen joins somewhere, by what they are without it."""
        rows = self._index.rows("SELECT one, other FROM compound WHERE joined = ?", (joined,))
        return rows[0] if rows else None

    @cached_property
    def contractions(self) -> Mapping[tuple[str, str], str]:
        """The contractions that the texts have, by what they stand for: some hundreds in any library."""
        return {(one, other): key for one, other, key in self._index.rows("SELECT one, other, key FROM contraction")}

    def find(self, keys: Sequence[str], enough: int | None = None) -> Positions:
        """Where all the words begin that are side by side as in `keys`, which is not empty.

        Where the first are `enough`, perhaps not the others. Raises OutOfTime where a work budget is used up.
        """
        import numpy as np

        found = [self.arrays.postings[:0]]
        for some in self._find_by_parts(keys, _PART if enough else self.size):
            found.append(some)
            if enough and sum(map(len, found)) >= enough:
                break
        return np.concatenate(found)

    def _find_by_parts(self, keys: Sequence[str], most: int) -> Iterator[Positions]:
        """The same, part by part: for each the rarest word is looked at in so many places at most."""
        known = [key for one in keys if (key := self._key(one))]
        if len(known) < len(keys):
            return
        order = sorted(range(len(known)), key=lambda n: known[n].times)
        times = known[order[0]].times
        if times <= _FEW:
            if times > _RARE:
                spend(_ONE_BY_ONE * times)
            yield self._find_few(known, order[:2])
            return
        for run in self.runs(self.positions(keys[order[0]])):
            for start in range(0, len(run), most):
                part = run[start : start + most]
                spend(len(part))
                yield self._side_by_side(part - order[0], known, order[1:])

    def _side_by_side(self, starts: Positions, keys: Sequence[_Key], order: Sequence[int]) -> Positions:
        """Those of some positions from which on words are side by side; looked at in an order."""
        starts = self.with_room(starts, len(keys))
        for n in order:
            starts = starts[self.keys_at(starts + n) == keys[n].id]
        return starts

    def _find_few(self, keys: Sequence[_Key], rarest: Sequence[int]) -> Positions:
        """The same one by one: where a word is rare, that is sooner done than one operation on arrays."""
        most = min(_FEW, _BESIDE * keys[rarest[0]].times)
        few = [(n, keys[n]) for n in rarest if keys[n].times <= most]
        starts = ({place - n for place in self._file.few_postings(one.start, one.times)} for n, one in few)
        return self._few_side_by_side(sorted(set.intersection(*starts)), keys)

    def _few_side_by_side(self, starts: Iterable[int], keys: Sequence[_Key]) -> Positions:
        """Those of few positions from which on words are side by side. Nothing is mapped for them."""
        import numpy as np

        last, wanted = self.size - len(keys), [key.id for key in keys]
        found = [one for one in starts if 0 <= one <= last and self._file.few_keys(one, len(keys)) == wanted]
        return np.array(found, np.int32)

    def forms_at(self, positions: Positions) -> Positions:
        """The numbers of the forms at some positions, which are in order."""
        import numpy as np

        if len(positions) <= _FEW:
            return np.array([self._file.form(one) for one in positions.tolist()], np.int32)
        return np.concatenate([self.arrays.tokens[run] for run in self.runs(positions)])

    def keys_at(self, positions: Positions) -> Positions:
        """The numbers of the keys at some positions, few or near to each other."""
        keys: Positions = self.arrays.forms_to_keys[self.arrays.tokens[positions]]
        return keys

    def key_numbers(self, start: int, end: int) -> list[int]:
        """The numbers of the keys from position `start` to before `end`: no paragraph is read for them."""
        numbers: list[int] = self.arrays.forms_to_keys[self.arrays.tokens[start:end]].tolist()
        return numbers

    def numbers_of(self, keys: Sequence[str]) -> list[int]:
        """The numbers of keys; that of a key which the texts do not have is nobody's."""
        return [known.id if (known := self._key(key)) else _UNKNOWN for key in keys]

    def extend(self, starts: Positions, keys: Sequence[str], many: int) -> tuple[Positions, int]:
        """Of the places where the first `many` words of `keys` are, those that have most of them, and how many."""
        while many < len(keys) and len(starts) > _FEW and (key := self._key(keys[many])):
            spend(len(starts))
            ahead = self.with_room(starts, many + 1)
            longer = ahead[self.arrays.forms_to_keys[self.forms_at(ahead + many)] == key.id]
            if not len(longer):
                return starts, many
            starts, many = longer, many + 1
        return (starts, many) if len(starts) > _FEW else self._extend_few(starts, keys, many)

    def _extend_few(self, starts: Positions, keys: Sequence[str], many: int) -> tuple[Positions, int]:
        import numpy as np

        few = starts.tolist()
        while many < len(keys) and (key := self._key(keys[many])):
            ahead = (one for one in few if one + many < self.size)
            longer = [one for one in ahead if self._file.few_keys(one + many, 1) == [key.id]]
            if not longer:
                break
            few, many = longer, many + 1
        return np.array(few, np.int32), many

    def count_by_text(self, positions: Sequence[int]) -> dict[str, int]:
        """How many of some positions, which are in order, are in each text that has any."""
        import numpy as np

        found = np.asarray(positions)
        ends = places_in(found, [one.end for one in self._texts])
        counts = np.diff(ends, prepend=0).tolist()
        return {one.text: count for one, count in zip(self._texts, counts, strict=True) if count}

    def forms_with_stem(self, stem: str) -> list[TokenForm]:
        """The forms of all words that have a stem."""
        query = "SELECT f.id, form, f.key, f.times FROM token_key k JOIN token_form f ON f.key = k.id WHERE k.stem = ?"
        return [TokenForm(*row) for row in self._index.rows(query, (stem,))]

    def forms_printed(self, plain: str) -> list[TokenForm]:
        """The forms that are printed so, but for case, accents and a possessive ’s."""
        rows = self._index.rows("SELECT id, form, key, times FROM token_form WHERE plain = ?", (plain,))
        return [TokenForm(*row) for row in rows]

    def form(self, number: int) -> str:
        """A form by its number."""
        ((form,),) = self._index.rows("SELECT form FROM token_form WHERE id = ?", (number,))
        return str(form)

    def times_of(self, keys: Iterable[int]) -> int:
        """How often words occur in the texts in all, by the numbers of their keys."""
        return sum(times for _, times in self._postings_of(keys))

    def positions_of(self, keys: Iterable[int]) -> Positions:
        """Where words are, by the numbers of their keys, in order."""
        return self._merged(self._postings_of(keys))

    def _merged(self, postings: Iterable[tuple[int, int]]) -> Positions:
        """Postings, given by where they start and how many they are, in order."""
        import numpy as np

        each = [self.arrays.postings[start : start + times] for start, times in postings]
        if len(each) == 1:
            return each[0]
        found = np.concatenate([self.arrays.postings[:0], *each])
        found.sort()
        return found

    def _postings_of(self, keys: Iterable[int]) -> list[tuple[int, int]]:
        """Where the postings of words start, and how many they are."""
        return [self._index.rows("SELECT start, times FROM token_key WHERE id = ?", (one,))[0] for one in keys]

    def starts_sentence(self, position: int) -> bool:
        """Whether the word at a position is the first of its sentence; so is the end of a text."""
        import numpy as np

        return position == self._text_at(position).end or bool(len(self.at_sentence_starts(np.array([position]))))

    def at_sentence_starts(self, positions: Positions) -> Positions:
        """Those of some positions at which a sentence starts."""

        first, behind = (places_in(self.arrays.sentences, positions, side) for side in ("left", "right"))
        return positions[first < behind]

    def sentences_with(self, words: Sequence[str], enough: int) -> list[int]:
        """The ids of sentences that have words side by side, in order; not all, where the first are `enough`."""
        keys = self.read(" ".join(words)).keys
        with self.mapped():
            return self._sentences_at(self.find(keys, enough), len(keys))

    def sentences_beginning(self, words: Sequence[str], enough: int) -> list[int]:
        """The same for several words of which the last is only begun. Where a work budget is used up, what is found."""
        import numpy as np

        keys, letters = self.read(" ".join(words[:-1])).keys, plain_form(words[-1])
        find = self._find_few_letters if len(letters) < _FEW_LETTERS else self._find_begun
        found = [self.arrays.postings[:0]]
        with self.mapped():
            with suppress(OutOfTime):
                for starts in find(keys, letters) if keys else ():
                    found.append(starts)
                    if sum(map(len, found)) >= enough:
                        break
            return self._sentences_at(np.concatenate(found), len(keys) + 1)

    def _find_few_letters(self, keys: Sequence[str], letters: str) -> Iterator[Positions]:
        """Where words are before a word that begins with letters, part by part: what comes there is looked at."""
        import numpy as np

        for starts in self._find_by_parts(keys, _PART):
            for first in range(0, len(starts), _FOLLOWING):
                part = starts[first : first + _FOLLOWING]
                spend(_LOOK_UP * len(part))
                forms = self.forms_at(part + len(keys))
                yield part[np.isin(forms, self._beginning(forms.tolist(), letters), kind="table")]

    def _find_begun(self, keys: Sequence[str], letters: str) -> Iterator[Positions]:
        """The same where few words begin so: these are looked for, and what is before them where they are rarer."""
        import numpy as np

        query = "SELECT id FROM token_form WHERE plain >= ? AND plain < ?"
        forms = [number for (number,) in self._index.rows(query, (letters, f"{letters}{_LAST}"))]
        known = [key for one in keys if (key := self._key(one))]
        if not forms or len(known) < len(keys):
            return
        begun = self._keys_of(forms) if len(forms) <= _FEW else {}
        is_rarer = begun and sum(begun.values()) < min(_PART, *(one.times for one in known))
        for starts in self._find_before(begun, known) if is_rarer else self._find_by_parts(keys, _PART):
            yield starts[np.isin(self.forms_at(starts + len(keys)), np.array(forms, np.int32), kind="table")]

    def _keys_of(self, forms: Sequence[int]) -> dict[int, int]:
        """The numbers of the keys of forms, and how often each word occurs in these."""
        query = "SELECT key, sum(times) FROM token_form WHERE id IN (SELECT value FROM json_each(?)) GROUP BY key"
        return dict(self._index.rows(query, (f"[{','.join(map(str, forms))}]",)))

    def _find_before(self, following: Iterable[int], keys: Sequence[_Key]) -> Iterator[Positions]:
        """Where words are side by side before one of others, which are given by the numbers of their keys."""
        postings = self._postings_of(following)
        many = sum(times for _, times in postings)
        spend(many)
        if many <= _FEW:
            places = sorted(place for start, times in postings for place in self._file.few_postings(start, times))
            yield self._few_side_by_side((place - len(keys) for place in places), keys)
            return
        for run in self.runs(self._merged(postings)):
            yield self._side_by_side(run - len(keys), keys, range(len(keys)))

    def _beginning(self, forms: Iterable[int], letters: str) -> Positions:
        """Those forms that begin with letters, whatever their case."""
        import numpy as np

        query = "SELECT id FROM token_form WHERE id IN (SELECT value FROM json_each(?)) AND substr(plain, 1, ?) = ?"
        numbers = f"[{','.join(map(str, set(forms)))}]"
        return np.array([one for (one,) in self._index.rows(query, (numbers, len(letters), letters))], np.int32)

    def _sentences_at(self, starts: Positions, many: int) -> list[int]:
        """The ids of the sentences in which so many words from some positions on are."""
        import numpy as np

        first, last = places_in(self.arrays.sentences, (starts, starts + many - 1), "right")
        sentences = first[first == last]
        # `np.unique` would load numpy.ma, which takes as long as a fifth of numpy.
        found: list[int] = sentences[np.diff(sentences, prepend=0) > 0].tolist()
        return found

    def sentences_with_name(self, name: str) -> list[int]:
        """The ids of sentences that have the name, with capitals where the name has them: Dan is no “dan”."""
        import numpy as np

        row = self.read(name)
        if not row.keys:
            return []
        possessive = [*row.keys[:-1], f"{row.keys[-1]}s"]
        starts = (self._printed(row.keys, row.forms), self._printed(possessive, row.forms, "'s"))
        found: list[int] = places_in(self.arrays.sentences, np.concatenate(starts), "right").tolist()
        return found

    def _printed(self, keys: Sequence[str], forms: Sequence[str], ending: str = "") -> Positions:
        """Where words are side by side, with capitals where `forms` have them, the last with an ending."""
        import numpy as np

        starts = self.find(keys)
        for n, (key, form) in enumerate(zip(keys, forms, strict=True)):
            end = ending if n == len(keys) - 1 else ""
            if len(starts) and (end or form[0].isupper()):
                fit = [one for one in self._forms_of(key) if one.form[0].isupper() or not form[0].isupper()]
                wanted = np.array([one.id for one in fit if one.form.endswith(end)], np.int32)
                starts = starts[np.isin(self.forms_at(starts + n), wanted, kind="table")]
        return starts

    def _forms_of(self, key: str) -> list[TokenForm]:
        """The forms of a word."""
        query = "SELECT f.id, form, f.key, f.times FROM token_key k JOIN token_form f ON f.key = k.id WHERE k.key = ?"
        return [TokenForm(*row) for row in self._index.rows(query, (key,))]

    def _read_key(self, key: str) -> _Key | None:
        rows = self._index.rows("SELECT id, start, times, is_name FROM token_key WHERE key = ? AND id > 0", (key,))
        return _Key(*rows[0]) if rows else None
