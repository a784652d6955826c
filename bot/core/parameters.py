"""Parameters: what a command takes, and how what was typed for it becomes a value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import Literal, Protocol, Self, cast, get_args, get_origin

from msgspec import Struct

from bot.core.errors import Mistyped, UserError
from bot.core.reply import Choice
from corpus.corpus import Corpus
from corpus.errors import NotUnderstood
from corpus.examples import Example

REQUIRED = object()
"""The default of a parameter that has none."""


class Parsable(Protocol):
    """A parameter type that reads what is typed. `parse` raises NotUnderstood: a sentence on what would be right."""

    @classmethod
    def parse(cls, typed: str, corpus: Corpus) -> Self: ...


class ParsableWords(Parsable, Protocol):
    """A parameter type whose values may be of several words.

    `leading_words` says how many of the words of a typed line, from the first, are the value; one where none is.
    """

    @classmethod
    def leading_words(cls, words: Sequence[str]) -> int: ...


class CorpusChoices(Protocol):
    """A parameter type whose values are few and depend on the corpus, such as the ids of its texts."""

    @classmethod
    def choices(cls, corpus: Corpus) -> Sequence[Choice]: ...


class Whole(Struct, frozen=True):
    """Annotates an int parameter with its bounds, both allowed."""

    least: int
    most: int


class AsTyped(Struct, frozen=True):
    """Annotates a str parameter in which quotation marks mean something: they stay, even where they hold all of it."""


_MENTIONS = re.compile(r"(?:<(?:[@#!:/]|[at]:)[^<>\n]{1,100}>\s*)+")
"""Codes by which chats mention somebody, a channel or an emoji, and nothing else."""
_LONGEST_NAME = 40
"""Characters of a command's name that are compared with those that there are."""
_ALIKE = 0.7
"""How much of a name has to be right, from 0 to 1: “trivia” is no slip in “privacy”."""
_ANY_WHOLE = Whole(1, 1_000_000)
_YES, _NO = ("yes", "true", "on"), ("no", "false", "off")
YES_OR_NO = (Choice("Yes", "yes"), Choice("No", "no"))
"""What a form offers for a bool."""


class Parameter(Struct, frozen=True):
    """One argument of a command.

    `kind` is str, int, bool, a Literal, an Enum, or a Parsable type. `keyword` is its name in the handler, which
    may end in an underscore; `suggests` says whether there is autocomplete for it.
    """

    name: str
    kind: object
    help: str
    default: object = REQUIRED
    bounds: Whole | None = None
    suggests: bool = False
    keyword: str = ""
    keeps_marks: bool = False
    """Whether quotation marks that hold all of a typed value are a part of it."""

    @property
    def required(self) -> bool:
        return self.default is REQUIRED

    @property
    def has_choices_of_place(self) -> bool:
        """Whether its choices depend on the corpus, and so on where it is asked."""
        return hasattr(self.kind, "choices")

    def choices(self, corpus: Corpus) -> tuple[Choice, ...]:
        """All values there are, where they are few."""
        if self.has_choices_of_place:
            return tuple(cast("type[CorpusChoices]", self.kind).choices(corpus))
        return tuple(Choice(value, value) for value in self._values)

    @property
    def takes_words(self) -> bool:
        """Whether its value may be of several words that no quotation marks hold."""
        return hasattr(self.kind, "leading_words")

    def leading_words(self, words: Sequence[str]) -> int:
        """How many of the words of a typed line, from the first, are its value."""
        return cast("type[ParsableWords]", self.kind).leading_words(words) if self.takes_words else 1

    @property
    def _values(self) -> dict[str, object]:
        """The values of a Literal or an Enum, by what is typed for them."""
        if get_origin(self.kind) is Literal:
            return {str(value): value for value in get_args(self.kind)}
        if isinstance(self.kind, type) and issubclass(self.kind, Enum):
            return {str(member.value): member for member in self.kind}
        return {}

    def parse(self, typed: str, corpus: Corpus) -> object:
        """The value that `typed` stands for. Raises NotUnderstood."""
        if self.kind is str:
            return _words(typed)  # mostly
        if hasattr(self.kind, "parse"):
            return cast("type[Parsable]", self.kind).parse(typed, corpus)
        if values := self._values:
            return self._one_of(typed, values)
        if self.kind is int:
            return self._whole(typed)
        return _yes_or_no(typed) if self.kind is bool else typed

    def _one_of(self, typed: str, values: Mapping[str, object]) -> object:
        wanted = typed.strip()
        if wanted in values:
            return values[wanted]
        names = [name for name in values if name.casefold() == wanted.casefold()]
        names = names or [name for name in values if name.casefold().startswith(f"{wanted.casefold()} ")]
        if len(names) == 1:
            return values[names[0]]
        raise NotUnderstood(f"Choose one of these for “{self.name}”: {', '.join(values)}.")

    def _whole(self, typed: str) -> int:
        bounds = self.bounds or _ANY_WHOLE
        digits = typed.strip()
        # Python itself refuses numbers of thousands of digits; nobody means one.
        number = int(digits) if re.fullmatch(r"[0-9]{1,9}", digits) else None
        if number is None or not bounds.least <= number <= bounds.most:
            raise NotUnderstood(f"Please give {self.name} as a whole number from {bounds.least} to {bounds.most}.")
        return number


def _words(typed: str) -> str:
    """Words as they were typed; a mention alone is an id in which nobody reads a name, so it is not repeated."""
    if typed.startswith("<") and _MENTIONS.fullmatch(typed):
        raise NotUnderstood("I can't look up a mention from this chat. Please type a name or other words.")
    return typed


def _yes_or_no(typed: str) -> bool:
    word = typed.strip().casefold()
    if word not in _YES + _NO:
        raise NotUnderstood("Please say yes or no.")
    return word in _YES


class Missing(Mistyped):
    """A value that a command needs was not typed."""


class Signature(Struct, frozen=True):
    """A command as people see it. `name` may be two words ("daily set"): a group and its command."""

    name: str
    description: str
    parameters: tuple[Parameter, ...]
    example: str | Example = ""
    admin: bool = False
    details: str = ""
    owners: bool = False
    """The person who set up what it changes may use it too: the handler checks that."""
    also: tuple[str, ...] = ()
    """What people type who do not know its name: they are told it."""

    @property
    def usage(self) -> str:
        words = (parameter.name if parameter.required else f"[{parameter.name}]" for parameter in self.parameters)
        return " ".join((f"/{self.name}", *words))

    def example_in(self, corpus: Corpus) -> str:
        """What to type after the name, as an example that the corpus has an answer to; empty where it has none."""
        return corpus.example(self.example) if isinstance(self.example, Example) else self.example

    def line_in(self, corpus: Corpus) -> str:
        """The whole line of the example."""
        return f"/{self.name} {self.example_in(corpus)}".strip()

    def hint_in(self, corpus: Corpus) -> str:
        """The end of a sentence that asks for more: the example or, where there is none, the usage."""
        return f", for example: {self.line_in(corpus)}" if self.example_in(corpus) else f": {self.usage}"

    def lacks(self, arguments: Mapping[str, str]) -> bool:
        """Whether something that it needs was not typed."""
        return any(one.required and not arguments.get(one.name, "").strip() for one in self.parameters)

    def parse(self, arguments: Mapping[str, str], corpus: Corpus) -> dict[str, object]:
        """Typed values by the handler's names.

        Raises Missing, UserError for what is unknown, and NotUnderstood for what cannot be read.
        """
        known = [parameter.name for parameter in self.parameters]
        if unknown := [name for name in arguments if name not in known]:
            raise UserError(f"/{self.name} has no “{unknown[0][:40]}”. It takes {', '.join(known) or 'nothing'}.")
        values: dict[str, object] = {}
        for parameter in self.parameters:
            if typed := arguments.get(parameter.name, "").strip():
                values[parameter.keyword] = parameter.parse(typed, corpus)
            elif parameter.required:
                raise Missing(f"Please add the {parameter.name}{self.hint_in(corpus)}")
        return values


def command_meant(typed: str, commands: Iterable[Signature]) -> str:
    """The name of the command, or of the group, that somebody calls by another word, or with a slip; else empty."""
    from difflib import get_close_matches  # a start does without it

    wanted, names = typed[:_LONGEST_NAME].casefold(), {}
    for one in commands:
        names[one.name] = one.name
        names.setdefault(group := one.name.split()[0], group)
        names |= dict.fromkeys(one.also, one.name)
    near = [wanted] if wanted in names else get_close_matches(wanted, names, n=1, cutoff=_ALIKE)
    return names[near[0]] if near else ""
