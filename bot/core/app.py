"""The bot without a platform: names and typed words in, replies out. Nothing raises out of here."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from random import Random
from typing import TYPE_CHECKING

from msgspec import structs
from msgspec.structs import replace

from bot.core.calls import AGAIN, SHARE, Call, Form
from bot.core.clock import Clock, utc_now
from bot.core.command import Action, Audience, Command, Feature, MessageAction
from bot.core.context import Asker, Context, Place
from bot.core.errors import NotYet, UserError, user_error
from bot.core.feature_registry import FeatureRegistry
from bot.core.features import FeaturePackage
from bot.core.funnel import catch_errors, new_id
from bot.core.parameters import Missing
from bot.core.platform import Platform
from bot.core.rate_limit import RateLimits
from bot.core.remedies import mendable, repeatable
from bot.core.reply import Button, Choice, Prose, Reply
from bot.core.rights import check_rights, is_shared, may_be_public
from bot.core.server_policy import ServerPolicy, check_channel
from bot.core.transformer_loading import TransformerLoading
from bot.core.warm_up import WarmUp
from bot.logger import Logger
from bot.storage import departures
from bot.storage.store import Store
from corpus.corpus import Corpus
from corpus.errors import NotUnderstood

if TYPE_CHECKING:
    from bot.core.library import Library
    from bot.storage.owner import Owner

log = Logger(__name__)

Observe = Callable[[str, str, str, float], None]
"""Takes each answer's command or action (a known name), platform, outcome and seconds."""
_UNREADABLE = re.compile(r"[\x00\ud800-\udfff]")
_OUTDATED = "That button is from an older version of me. Please ask again."
_BEHIND = "I am still indexing the texts here: this answer may not know all of them yet."


class App:
    """All features over one corpus and one store. `clock` gives aware UTC times; `dice` all that is left to chance.

    Those of a package are loaded when somebody uses one. Without `limits` nobody has to wait, as in the terminal and in
    tests.
    """

    def __init__(
        self,
        features: Sequence[Feature] | FeaturePackage,
        corpus: Corpus,
        store: Store | None = None,
        *,
        clock: Clock = utc_now,
        dice: Random | None = None,
        limits: RateLimits | None = None,
    ) -> None:
        own = (
            # What they repeat is counted as it is admitted.
            Action(SHARE, self._repeat, shares=True, cost=0),
            Action(AGAIN, self._repeat_for_audience, replaces=True, admin=True, owners=True, cost=0),
        )
        self._registry = FeatureRegistry(features, own)
        self.corpus = corpus
        self.store = store
        self.clock = clock
        self.policy = ServerPolicy(store)
        self._limits = limits
        self.observe: Observe | None = None
        """Called with each answer, for example by what counts them."""
        self.warm_up: WarmUp | None = None
        """What the first answer waits for, where several people ask."""
        self.transformer_loading: TransformerLoading | None = None
        """What loads transformers in the background; without it, whoever asks by meaning first waits for one."""
        self.timed_work_fault: Callable[[], str] = str
        """Says why no jobs run at the moment; empty if they do."""
        self.dice = dice or Random()  # noqa: S311 - it shuffles passages and questions, no secrets.

    @cached_property
    def library(self) -> Library | None:
        """The shelves; None without a store. What reads and indexes texts is loaded with it."""
        if self.store is None:
            return None
        from bot.core.library import Library

        # In the terminal nobody else waits.
        return Library(self.corpus, self.store, self.transformer_loading, warms_up=self.warm_up is not None)

    def load(self) -> None:
        """Load what waits for the first question, in any thread: it takes a twentieth of a second."""
        _ = self.features, self.library

    async def close(self) -> None:
        """Close what the first question has opened."""
        if self.transformer_loading is not None:
            await self.transformer_loading.close()
        if library := vars(self).get("library"):
            await library.close()

    async def shelf_corpus(self, owner: Owner) -> Corpus:
        """The corpus that the owner of a shelf searches."""
        return self.corpus if self.library is None else await self.library.corpus(owner)

    @property
    def features(self) -> tuple[Feature, ...]:
        """All features."""
        return self._registry.features

    @property
    def waiting_features(self) -> FeaturePackage | None:
        """What the features come from, while they are not loaded."""
        return self._registry.waiting

    @property
    def commands(self) -> Mapping[str, Command]:
        return self._registry.commands

    @property
    def actions(self) -> Mapping[str, Action]:
        return self._registry.actions

    @property
    def message_actions(self) -> Mapping[str, MessageAction]:
        return self._registry.message_actions

    def context(
        self, asker: Asker, place: Place, platform: Platform | None = None, made_at: datetime | None = None
    ) -> Context:
        """The context of an interaction, for its handler. The platform says that it was made at `made_at`."""
        now, commands = self.clock(), tuple(self.commands.values())
        known = (self.corpus, self.store, platform, self.library, self.policy)
        fault = self.timed_work_fault()
        return Context(asker, place, now, self.dice, *known, commands, made_at, timed_work_fault=fault)

    async def left(self, platform: str, server: str) -> None:
        """A server has removed the bot: what it has pauses at once, and is forgotten after 30 days."""
        if self.store is not None:
            async with self.store.transaction() as tx:
                await departures.leave(tx, platform, server, self.clock())

    async def joined(self, platform: str, server: str) -> None:
        """A server has added the bot, perhaps again: what it had goes on."""
        if self.store is not None:
            async with self.store.transaction() as tx:
                await departures.come_back(tx, platform, server, self.clock())

    async def corpus_of(self, place: Place, *, in_haste: bool = False) -> Corpus:
        """The corpus that is searched in a place.

        `in_haste`, for a form or for choices, it is the last one that was open where the current one is not yet.
        """
        if self.warm_up is not None:
            await self.warm_up.wait()
        return self.corpus if self.library is None else await self.library.corpus_in(place, in_haste=in_haste)

    async def _placed(self, ctx: Context, *, in_haste: bool = False) -> Context:
        """The same interaction, with the corpus of its place."""
        return replace(ctx, corpus=await self.corpus_of(ctx.place, in_haste=in_haste))

    async def run(self, name: str, arguments: Mapping[str, str], ctx: Context) -> Reply:
        """Answer a command. `arguments` holds what was typed for each parameter, always as a string."""

        async def answer() -> Reply:
            command = self.commands.get(name)
            if command is None:
                raise UserError(f"There is no /{name[:40]}. /help lists what there is.")
            await self._admit(command, ctx)
            typed = {key: _readable(value) for key, value in arguments.items()}
            reply = await self._run(command, typed, ctx)
            return await self._for_audience(command, Call.of_command(command, typed), reply, ctx)

        what = f"/{name}" if name in self.commands else "unknown command"
        return await self._answered(what, self.commands.get(name), ctx, answer)

    async def _run(self, command: Command, typed: Mapping[str, str], ctx: Context) -> Reply:
        """A command's own answer. An error has the button that mends it."""
        placed = await self._placed(ctx)
        try:
            return await command.handler(placed, **command.parse(typed, placed.corpus))
        except NotUnderstood as error:
            raise mendable(user_error(error), command, typed) from None
        except Missing as error:
            raise mendable(error, command, typed) from None
        except NotYet as error:
            raise repeatable(error, Call.of_command(command, typed)) from None

    async def form(self, name: str, typed: Mapping[str, str], ctx: Context) -> Form | Reply:
        """A command's form, filled with what was typed and what the command suggests; or why there is none."""

        async def answer() -> Form | Reply:
            command = self.commands.get(name)
            if command is None:
                raise UserError(_OUTDATED)
            await self._admit(command, ctx)
            readable = {key: _readable(value) for key, value in typed.items()}
            if command.prefill is None:
                return Form(command, readable)
            return Form(command, await command.prefill(await self._placed(ctx, in_haste=True), readable))

        what = f"form /{name}" if name in self.commands else "unknown form"
        result = await catch_errors(what, answer)
        return result.mistake if result.value is None else result.value

    async def pressed_form(self, value: str, ctx: Context) -> Form | Reply:
        """The form that a button opens."""
        call = Call.parse(value)
        command = self.commands.get(call.name) if call.is_command else None
        return await self.form(call.name, call.arguments(command) if command else {}, ctx)

    async def act(self, name: str, value: str, ctx: Context, typed: str | None = None) -> Reply:
        """Answer a button, or a menu's choice. `typed` is what the presser wrote, where the button asked for words."""

        async def answer() -> Reply:
            action = self.actions.get(name)
            if action is None or (typed is not None and not action.asks_for_words):
                raise UserError(_OUTDATED)
            await self._admit(action, ctx)
            readable = _readable(value)
            words = None if typed is None else _readable(typed)
            reply = await self._press(action, readable, ctx, words)
            return await self._for_audience(action, Call(name, (readable,)) if words is None else None, reply, ctx)

        what = name if name in self.actions else "unknown action"
        return await self._answered(what, self.actions.get(name), ctx, answer)

    async def _press(self, action: Action, value: str, ctx: Context, words: str | None = None) -> Reply:
        try:
            return await action.run(await self._placed(ctx), value, words)
        except NotYet as error:
            raise repeatable(error, Call(action.name, (value,))) from None

    async def question(self, name: str, value: str, ctx: Context) -> str:
        """What a form shows above the field for an action's words; nothing where there is none, or where it fails."""
        action = self.actions.get(name)
        if action is None or action.question is None:
            return ""
        ask = action.question

        async def answer() -> str:
            return await ask(await self._placed(ctx, in_haste=True), _readable(value))

        return (await catch_errors(f"question {name}", answer)).value or ""

    async def act_on_message(self, name: str, words: str, ctx: Context) -> Reply:
        """Answer a command on a message that says `words`."""

        async def answer() -> Reply:
            called = self.message_actions[name]
            await self._admit(called, ctx)
            reply = await called.handler(await self._placed(ctx), _readable(words))
            return await self._for_audience(called, None, reply, ctx)

        what = name if name in self.message_actions else "unknown action"
        return await self._answered(what, self.message_actions.get(name), ctx, answer)

    async def _repeat(self, ctx: Context, value: str) -> Reply:
        """Answer a call that a button holds."""
        return (await self._repeated(Call.parse(value), ctx))[1]

    async def _repeat_for_audience(self, ctx: Context, value: str) -> Reply:
        call = Call.parse(value)
        called, reply = await self._repeated(call, ctx)
        return await self._for_audience(called, call, reply, ctx)

    async def _repeated(self, call: Call, ctx: Context) -> tuple[Command | Action, Reply]:
        called = self.commands.get(call.name) if call.is_command else self.actions.get(call.name)
        if called is None or self._registry.feature_of(called) is None:
            raise UserError(_OUTDATED)
        await self._admit(called, ctx)
        if isinstance(called, Command):
            return called, await self._run(called, call.arguments(called), ctx)
        return called, await self._press(called, call.values[0], ctx)

    async def _admit(self, called: Command | Action | MessageAction, ctx: Context) -> None:
        """Raises UserError where the asker may not use something, or not here, or not yet again."""
        await check_rights(called, ctx)
        if not called.admin and self._audience(called) is not Audience.ASKER and may_be_public(called):
            await check_channel(await self.policy.rules_in(ctx.place), ctx)
        if self._limits and (seconds := self._limits.wait(ctx, called.cost)):
            raise UserError(f"That was a lot at once. Please try again in {seconds} s.")

    async def _for_audience(
        self, called: Command | Action | MessageAction, call: Call | None, reply: Reply, ctx: Context
    ) -> Reply:
        """A reply to everybody or, where the server wants it so, to the asker alone, who may share it."""
        decides = self._audience(called) is Audience.SERVER_DECIDES and not is_shared(called)
        if reply.private or reply.error or not decides or not (await self.policy.rules_in(ctx.place)).private_lookups:
            return reply
        shared = reply.repeat or (call.encode() if call else "")
        buttons = (Button("Share", SHARE, shared),) if shared else ()
        return structs.replace(reply, private=True, buttons=(*reply.buttons, *buttons))

    def _with_index_note(self, called: Command | Action | MessageAction | None, reply: Reply, ctx: Context) -> Reply:
        """A reply; that of a look-up with a line where the texts were changed, and their new index is not there yet."""
        library = vars(self).get("library")
        if not (library and library.is_behind_in(ctx.place)) or reply.incident:
            return reply
        if called is None or called.admin or self._audience(called) is not Audience.SERVER_DECIDES:
            return reply
        if reply.error:
            return structs.replace(reply, error=f"{reply.error} {_BEHIND}")
        return structs.replace(reply, parts=(*reply.parts, Prose(_BEHIND)))

    def only_reads(self, called: Command | Action | MessageAction | None) -> bool:
        """Whether answering changes nothing, so that answering twice does no harm."""
        feature = self._registry.feature_of(called)
        return feature is not None and feature.only_reads

    def _audience(self, called: Command | Action | MessageAction | None) -> Audience:
        feature = self._registry.feature_of(called)
        return feature.audience if feature else Audience.ASKER

    async def suggest(self, name: str, parameter: str, typed: str, ctx: Context) -> tuple[Choice, ...]:
        """Completions for a parameter half typed, best first; none where there are none, or where it fails."""

        async def answer() -> Sequence[Choice]:
            command = self.commands.get(name)
            placed = await self._placed(ctx, in_haste=True)
            return await command.completions(parameter, _readable(typed), placed) if command else ()

        found = (await catch_errors(f"suggest /{name}" if name in self.commands else "suggest", answer)).value
        return tuple(found or ())

    async def _answered(
        self,
        what: str,
        called: Command | Action | MessageAction | None,
        ctx: Context,
        answer: Callable[[], Awaitable[Reply]],
    ) -> Reply:
        """The answer, or what its asker hears instead; the log knows it as `what`."""
        started = time.perf_counter()
        result = await catch_errors(what, answer)
        seconds = time.perf_counter() - started
        # Noted after what is done with it at once: to be sent, as a rule, which would come a thirtieth later.
        asyncio.get_running_loop().call_soon(self._note, what, ctx.place.platform, result.outcome, seconds)
        return self._with_index_note(called, result.mistake if result.value is None else result.value, ctx)

    def _note(self, what: str, platform: str, outcome: Mapping[str, str], seconds: float) -> None:
        """Count an answer, and log it in one line, which holds nothing typed."""
        answer_id = outcome.get("incident") or new_id()
        log.info("asked", id=answer_id, command=what, platform=platform, ms=round(seconds * 1000, 1), **outcome)
        if self.observe:
            self.observe(what, platform, outcome["outcome"], seconds)


def _readable(typed: str) -> str:
    """What was typed, with a mark for each character that a database or an encoder refuses."""
    return _UNREADABLE.sub("\ufffd", typed)
