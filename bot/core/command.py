"""What a command is: the handler's signature gives its parameters, the docstring its description.

@command("quote", example="gunpowder", words="What the passage says, or a reference such as speech 4.2")
async def quote(ctx: Context, words: str = "", text: TextId | None = None) -> Reply:
    '''Pull a verbatim passage, with its source.'''
"""

from __future__ import annotations

import inspect
import re
import types
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from types import ModuleType
from typing import Annotated, Any, Literal, Protocol, Self, Union, get_args, get_origin, get_type_hints

from bot.core.context import Context
from bot.core.errors import UserError
from bot.core.reply import Choice, Reply
from corpus.corpus import Corpus
from corpus.errors import NotUnderstood

Handler = Callable[..., Awaitable[Reply]]
Suggest = Callable[[Context, str], Awaitable[Sequence[Choice]]]


class Door(Protocol):
    """A parameter type with one door in. `parse` raises NotUnderstood: a sentence on what would have been right.

    A type whose values may be of several words also has a classmethod `leading_words(words: Sequence[str]) -> int`:
    how many of the words of a typed line, from the first, are the value; one where none is.
    """

    @classmethod
    def parse(cls, typed: str, corpus: Corpus) -> Self: ...


@dataclass(frozen=True)
class Whole:
    """Annotates an int parameter with its bounds, both allowed."""

    least: int
    most: int


@dataclass(frozen=True)
class Parameter:
    """One argument of a command. `kind` is str, int, bool, an Enum, or a type that has `parse`."""

    name: str
    kind: Any
    help: str
    default: Any = inspect.Parameter.empty
    bounds: Whole | None = None
    suggest: Suggest | None = None
    keyword: str = ""

    @property
    def required(self) -> bool:
        return self.default is inspect.Parameter.empty

    @property
    def has_choices_of_place(self) -> bool:
        """Whether its choices depend on the corpus, and so on where it is asked."""
        return hasattr(self.kind, "choices")

    def choices(self, corpus: Corpus) -> tuple[Choice, ...]:
        """All values there are, where they are few and known beforehand."""
        if get_origin(self.kind) is Literal:
            return tuple(Choice(str(value), str(value)) for value in get_args(self.kind))
        if isinstance(self.kind, type) and issubclass(self.kind, Enum):
            return tuple(Choice(str(member.value), str(member.value)) for member in self.kind)
        return tuple(self.kind.choices(corpus)) if hasattr(self.kind, "choices") else ()

    def read(self, typed: str, corpus: Corpus) -> Any:
        """The value that `typed` stands for. Raises NotUnderstood."""
        if hasattr(self.kind, "parse"):
            return self.kind.parse(typed, corpus)
        if choices := self.choices(corpus):
            return self._one_of(typed, choices)
        return {int: self._whole, bool: _yes_or_no}.get(self.kind, str)(typed)

    def _one_of(self, typed: str, choices: Sequence[Choice]) -> Any:
        wanted = typed.strip().casefold()
        if wanted not in {choice.value.casefold() for choice in choices}:
            raise NotUnderstood(f"{self.name} is one of {', '.join(choice.value for choice in choices)}.")
        return wanted if get_origin(self.kind) is Literal else self.kind(wanted)

    def _whole(self, typed: str) -> int:
        bounds = self.bounds or Whole(1, 1_000_000)
        digits = typed.strip()
        # Python itself refuses numbers of thousands of digits; nobody means one.
        number = int(digits) if re.fullmatch(r"[0-9]{1,9}", digits) else None
        if number is None or not bounds.least <= number <= bounds.most:
            raise NotUnderstood(f"{self.name} is a whole number from {bounds.least} to {bounds.most}.")
        return number


def _yes_or_no(typed: str) -> bool:
    if (word := typed.strip().casefold()) not in {"yes", "no", "true", "false", "on", "off"}:
        raise NotUnderstood("Please say yes or no.")
    return word in {"yes", "true", "on"}


@dataclass(frozen=True)
class Command:
    """A slash command. `name` may be two words ("daily set"): a group and its command."""

    name: str
    description: str
    handler: Handler
    parameters: tuple[Parameter, ...]
    example: str = ""
    admin: bool = False
    details: str = ""
    owners: bool = False
    """Whoever owns what it changes may use it too: the handler sees to that."""

    def read(self, arguments: Mapping[str, str], corpus: Corpus) -> dict[str, Any]:
        """Typed values by parameter name. Raises UserError for what is missing or unknown, else NotUnderstood."""
        known = {parameter.name for parameter in self.parameters}
        if unknown := [name for name in arguments if name not in known]:
            raise UserError(f"/{self.name} has no {unknown[0]}. It takes {', '.join(sorted(known)) or 'nothing'}.")
        values = {}
        for parameter in self.parameters:
            if typed := arguments.get(parameter.name, "").strip():
                values[parameter.keyword] = parameter.read(typed, corpus)
            elif parameter.required:
                raise UserError(f"/{self.name} needs {parameter.name}. For example: /{self.name} {self.example}")
        return values

    @property
    def usage(self) -> str:
        words = (f"{p.name}" if p.required else f"[{p.name}]" for p in self.parameters)
        return " ".join((f"/{self.name}", *words))


@dataclass(frozen=True)
class Action:
    """What a button or menu does. With `replaces`, its reply takes the place of the message that held the button."""

    name: str
    handler: Handler
    replaces: bool = False
    admin: bool = False
    owners: bool = False


@dataclass(frozen=True)
class MessageAction:
    """A command on a message: Discord's context menu, Slack's shortcut. The handler gets the message's text."""

    name: str
    description: str
    handler: Handler


@dataclass(frozen=True)
class Feature:
    """A cog: what one module of `cogs` brings."""

    name: str
    summary: str
    commands: tuple[Command, ...]
    actions: tuple[Action, ...]
    message_actions: tuple[MessageAction, ...]

    @classmethod
    def of(cls, module: ModuleType) -> Feature:
        """The feature that a module is: its docstring's first line, and what its decorators made."""
        made = vars(module).values()
        return cls(
            name=module.__name__.rpartition(".")[2],
            summary=(module.__doc__ or "").strip().partition("\n")[0],
            commands=tuple(value for value in made if isinstance(value, Command)),
            actions=tuple(value for value in made if isinstance(value, Action)),
            message_actions=tuple(value for value in made if isinstance(value, MessageAction)),
        )


def command(
    name: str,
    *,
    example: str = "",
    admin: bool = False,
    owners: bool = False,
    suggest: Mapping[str, Suggest] | None = None,
    **explained: str,
) -> Callable[[Handler], Command]:
    """Make a handler a command: `example` is what to type after the name, `explained` has a line a parameter."""

    def make(handler: Handler) -> Command:
        description, _, details = inspect.cleandoc(handler.__doc__ or "").partition("\n\n")
        parameters = _parameters(handler, explained, suggest or {})
        return Command(name, description, handler, parameters, example, admin, details, owners)

    return make


def action(
    name: str, *, replaces: bool = False, admin: bool = False, owners: bool = False
) -> Callable[[Handler], Action]:
    """Make a handler what a button does: it gets the context, the value and, if the button asks, what was typed."""
    return lambda handler: Action(name, handler, replaces, admin, owners)


def message_action(name: str) -> Callable[[Handler], MessageAction]:
    """Make a handler a command on a message. It gets the context and the message's text."""
    return lambda handler: MessageAction(name, inspect.cleandoc(handler.__doc__ or ""), handler)


def _parameters(
    handler: Handler, explained: Mapping[str, str], suggest: Mapping[str, Suggest]
) -> tuple[Parameter, ...]:
    hints = get_type_hints(handler, include_extras=True)
    _, *rest = inspect.signature(handler).parameters.values()
    made = []
    for one in rest:
        kind, bounds = _kind(hints[one.name])
        # `from` is a keyword of Python and a good name for a parameter: the handler says `from_`.
        name = one.name.rstrip("_")
        made.append(Parameter(name, kind, explained[one.name], one.default, bounds, suggest.get(name), one.name))
    return tuple(made)


def _kind(hint: Any) -> tuple[Any, Whole | None]:
    """A hint's plain type, without `| None` and without its bounds."""
    if get_origin(hint) is Annotated:
        kind, *extras = get_args(hint)
        return kind, next((extra for extra in extras if isinstance(extra, Whole)), None)
    if get_origin(hint) in (Union, types.UnionType):
        return _kind(next(one for one in get_args(hint) if one is not type(None)))
    return hint, None
