"""What a command is: the handler's signature gives its parameters, the docstring its description.

@command("quote", example="gunpowder", words="What the passage says, or a reference to it")
async def quote(ctx: Context, words: str = "", text: TextId | None = None) -> Reply:
    '''Find a quotation, word for word, with its source.'''
"""

from __future__ import annotations

import inspect
import types
from collections.abc import Awaitable, Callable, Mapping, Sequence
from enum import Enum
from functools import cached_property
from types import ModuleType
from typing import Annotated, TypeVar, Union, get_args, get_origin, get_type_hints

from msgspec import Struct, field
from msgspec.structs import replace

from bot.core.context import Context
from bot.core.parameters import REQUIRED, AsTyped, Parameter, Signature, Whole
from bot.core.reply import Choice, Reply
from corpus.examples import Example

# A handler's own signature says what it takes: `command` reads it, and `Signature.parse` keeps to it.
CommandHandler = Callable[..., Awaitable[Reply]]
ActionHandler = Callable[[Context, str], Awaitable[Reply]]
TypedActionHandler = Callable[[Context, str, str], Awaitable[Reply]]
AnyActionHandler = TypeVar("AnyActionHandler", ActionHandler, TypedActionHandler)
Made = TypeVar("Made", "Command", "Action", "MessageAction")
Question = Callable[[Context, str], Awaitable[str]]
Prefill = Callable[[Context, Mapping[str, str]], Awaitable[Mapping[str, str]]]
Suggest = Callable[[Context, str], Awaitable[Sequence[Choice]]]


class Command(Signature, frozen=True, kw_only=True):
    """A slash command. `suggest` has, by parameter, what completes a value half typed.

    `cost` is how much of a person's rate limit an answer takes: more than 1 for pictures, files and long comparisons.
    A command with `prefill` is a form first of all, which opens where anything is missing; `prefill` says what is
    in it, given what was typed. With `alone`, whatever is typed behind the name is the first parameter; `alone` says
    what the command gives without it.
    """

    handler: CommandHandler
    suggest: Mapping[str, Suggest] = field(default_factory=dict)
    cost: int = 1
    prefill: Prefill | None = None
    alone: str = ""

    @property
    def is_form(self) -> bool:
        return self.prefill is not None

    async def completions(self, parameter: str, typed: str, ctx: Context) -> Sequence[Choice]:
        """What completes a value half typed: what the command suggests, or else the parameter's choices."""
        if suggest := self.suggest.get(parameter):
            return await suggest(ctx, typed)
        wanted = typed.strip().casefold()
        choices = (choice for one in self.parameters if one.name == parameter for choice in one.choices(ctx.corpus))
        return [choice for choice in choices if wanted in choice.label.casefold()]


class Action(Struct, frozen=True, dict=True):
    """What a button or menu does. With `replaces`, its reply takes the place of the message that held the button.

    With `shares`, everybody gets the reply, though the button was in a message that one person saw.
    `question` is what a form shows above its field, where the button asks for words.
    """

    name: str
    handler: ActionHandler | TypedActionHandler
    replaces: bool = False
    admin: bool = False
    owners: bool = False
    cost: int = 1
    shares: bool = False
    question: Question | None = None

    @property
    def asks_for_words(self) -> bool:
        """Whether its button asks the presser for a line of text."""
        return bool(self._typed)

    @cached_property
    def _typed(self) -> Sequence[inspect.Parameter]:
        """The handler's third parameter, where it has one."""
        _, _, *typed = inspect.signature(self.handler).parameters.values()
        return typed

    async def run(self, ctx: Context, value: str, typed: str | None) -> Reply:
        """The answer to a press; `typed` is what was written where the button asks. Raises what the handler raises."""
        if not self._typed or (typed is None and self._typed[0].default is not inspect.Parameter.empty):
            return await self.handler(ctx, value)  # type: ignore[call-arg]  # its signature was looked at
        return await self.handler(ctx, value, typed or "")  # type: ignore[call-arg]  # its signature was looked at


class MessageAction(Struct, frozen=True):
    """A command on a message: Discord's context menu, Slack's shortcut. The handler gets the message's text."""

    name: str
    description: str
    handler: ActionHandler
    admin: bool = False
    cost: int = 1


class Audience(Enum):
    """Who sees a feature's answers, unless an answer itself is private."""

    SERVER_DECIDES = "the asker or everybody, as the server says"
    CHANNEL = "the channel, which takes part in it"
    ASKER = "the asker, in whatever channel"


class Feature(Struct, frozen=True):
    """A cog: the commands, actions and message actions that one file or folder of `cogs` brings.

    `only_reads`: whatever it is asked, it changes nothing, so that answering twice does no harm.
    """

    name: str
    summary: str
    commands: tuple[Command, ...]
    actions: tuple[Action, ...]
    message_actions: tuple[MessageAction, ...]
    audience: Audience = Audience.SERVER_DECIDES
    only_reads: bool = False

    @classmethod
    def of(
        cls,
        module: ModuleType,
        *parts: ModuleType,
        audience: Audience = Audience.SERVER_DECIDES,
        only_reads: bool = False,
    ) -> Feature:
        """The feature that a module is, with the other files that belong to it.

        Its summary is the first line of the module's docstring; what the modules only import is not theirs.
        """
        made = [value for one in (module, *parts) for value in vars(one).values() if _is_made_in(one, value)]
        return cls(
            name=module.__name__.rpartition(".")[2],
            summary=(module.__doc__ or "").strip().partition("\n")[0],
            commands=tuple(value for value in made if isinstance(value, Command)),
            actions=tuple(value for value in made if isinstance(value, Action)),
            message_actions=tuple(value for value in made if isinstance(value, MessageAction)),
            audience=audience,
            only_reads=only_reads,
        )


def _is_made_in(module: ModuleType, value: object) -> bool:
    return isinstance(value, Command | Action | MessageAction) and value.handler.__module__ == module.__name__


def command(
    name: str,
    /,
    *,
    example: str | Example = "",
    admin: bool = False,
    owners: bool = False,
    also: str = "",
    suggest: Mapping[str, Suggest] | None = None,
    **explained: str,
) -> Callable[[CommandHandler], Command]:
    """Make a handler a command: `example` is what to type after the name, `explained` has a line a parameter.

    An `Example` is found in the corpus that is asked; plain words are for what is the same in all. `also` are words by
    which people look for the command.

    A parameter that has the name of one of these, or of a word of Python, is explained with an underscore: `example_`.
    """

    def make(handler: CommandHandler) -> Command:
        description, _, details = inspect.cleandoc(handler.__doc__ or "").partition("\n\n")
        parameters = _parameters(handler, explained, suggest or {})
        return Command(
            name=name,
            description=description,
            parameters=parameters,
            example=example,
            admin=admin,
            details=details,
            owners=owners,
            also=tuple(also.split()),
            handler=handler,
            suggest=suggest or {},
        )

    return make


def action(
    name: str,
    *,
    replaces: bool = False,
    admin: bool = False,
    owners: bool = False,
    shares: bool = False,
    question: Question | None = None,
) -> Callable[[AnyActionHandler], Action]:
    """Make a handler what a button does: it gets the context, the value and, if the button asks, what was typed."""
    return lambda handler: Action(name, handler, replaces, admin, owners, shares=shares, question=question)


def message_action(name: str, *, admin: bool = False) -> Callable[[ActionHandler], MessageAction]:
    """Make a handler a command on a message. It gets the context, with the message's attachments, and its text."""
    return lambda handler: MessageAction(name, inspect.cleandoc(handler.__doc__ or ""), handler, admin)


def costs(units: int) -> Callable[[Made], Made]:
    """Say how much of a person's rate limit a command or an action takes, where that is not 1. It goes above them."""
    return lambda made: replace(made, cost=units)


def alone(gives: str) -> Callable[[Command], Command]:
    """Say what a command gives without its first parameter, which one expects to type right behind the name."""
    return lambda command: replace(command, alone=gives)


def form(prefill: Prefill) -> Callable[[Command], Command]:
    """Make a command a form first of all; `prefill` says what is in it. It goes above the command."""
    return lambda command: replace(command, prefill=prefill)


def _parameters(
    handler: CommandHandler, explained: Mapping[str, str], suggest: Mapping[str, Suggest]
) -> tuple[Parameter, ...]:
    hints = get_type_hints(handler, include_extras=True)
    _, *rest = inspect.signature(handler).parameters.values()
    return tuple(_parameter(one, hints[one.name], explained, suggest) for one in rest)


def _parameter(
    one: inspect.Parameter, hint: object, explained: Mapping[str, str], suggest: Mapping[str, Suggest]
) -> Parameter:
    kind, extras = _kind(hint)
    bounds = next((extra for extra in extras if isinstance(extra, Whole)), None)
    keeps_marks = any(isinstance(extra, AsTyped) for extra in extras)
    # `from` is a keyword of Python and a good name for a parameter: the handler says `from_`.
    name = one.name.rstrip("_")
    if not (help_line := explained.get(one.name) or explained.get(f"{name}_")):
        raise TypeError(f"Say in @command what {name} is: {one.name}=… or, if that is taken, {name}_=…")
    default = REQUIRED if one.default is inspect.Parameter.empty else one.default
    return Parameter(name, kind, help_line, default, bounds, name in suggest, one.name, keeps_marks)


def _kind(hint: object) -> tuple[object, Sequence[object]]:
    """A hint's plain type, without `| None`, and what annotates it."""
    if get_origin(hint) is Annotated:
        kind, *extras = get_args(hint)
        return kind, extras
    if get_origin(hint) in (Union, types.UnionType):
        return _kind(next(one for one in get_args(hint) if one is not type(None)))
    return hint, ()
