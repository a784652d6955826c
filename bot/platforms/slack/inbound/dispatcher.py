"""The dispatcher: from a request to the App and back. Each is acknowledged first, then worked on in its own task."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Coroutine, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from msgspec.structs import replace
from slack_bolt.context.complete.async_complete import AsyncComplete
from slack_bolt.context.fail.async_fail import AsyncFail

from bot.core.app import App
from bot.core.attachment import AttachmentKey
from bot.core.calls import FORM, Call, Form
from bot.core.command import Action, Command, MessageAction
from bot.core.context import Asker, Channel, Context, Person, Place
from bot.core.errors import UserError
from bot.core.funnel import STORE_AWAY, apology, error_reply, new_id, traceback_frames
from bot.core.platform import Platform, Undelivered
from bot.core.reply import Choice, Reply
from bot.logger import Logger
from bot.platforms.slack.inbound import home, modals
from bot.platforms.slack.inbound.answers import Responder
from bot.platforms.slack.inbound.asker import SlackAsker
from bot.platforms.slack.inbound.attachments import attachments_of, files_of_view
from bot.platforms.slack.inbound.message_words import words_of
from bot.platforms.slack.inbound.modals import ModalState
from bot.platforms.slack.inbound.payloads import Request, question_line
from bot.platforms.slack.inbound.steps import StepFailed, run_step
from bot.platforms.slack.inbound.suggestions import suggestion_menu
from bot.platforms.slack.posting import channel_id, qualified
from bot.platforms.slack.rendering.action_id import ActionId
from bot.platforms.slack.rendering.wording import rename_commands, with_original_name
from bot.platforms.slack.transport.api_errors import FAILURES
from bot.platforms.slack.transport.workspaces import Rights, Workspaces
from bot.platforms.typed_commands import TypedCall, bare_line, parse_line
from bot.storage.errors import database_errors, error_name

log = Logger(__name__)

WELCOME = "welcome"
"""The action whose reply is said where the bot was added."""


class Dispatcher:
    """Sends each request to the App and its reply to the responder. `pending` are the tasks under way."""

    def __init__(self, app: App, platform: Platform, workspaces: Workspaces, *, several: bool) -> None:
        self.app = app
        self.platform = platform
        self.workspaces = workspaces
        self.responder = Responder(workspaces)
        self.several = several
        self.pending: set[asyncio.Task[None]] = set()

    def begin(self, work: Coroutine[Any, Any, None], response_url: str | None = None) -> None:
        """Work on something after it was acknowledged. Where that fails, it is said at the response URL."""
        task = asyncio.create_task(work)
        self.pending.add(task)
        task.add_done_callback(partial(self._ended, response_url))

    def _ended(self, response_url: str | None, task: asyncio.Task[None]) -> None:
        self.pending.discard(task)
        error = None if task.cancelled() else task.exception()
        if error:
            self.failed(error, response_url)

    def failed(self, error: BaseException, response_url: str | None) -> None:
        """What went wrong outside of an answer's own funnel: for the log, and for whoever waits."""
        reply = apology(new_id())
        log.error("failed", what="slack answer", incident=reply.incident, where=traceback_frames(error))
        if response_url:
            self.begin(self.responder.say(response_url, reply.error))

    async def worked(self, work: Awaitable[None], response_url: str | None) -> None:
        """Do the work of a request. Where no token can be had without the store, its asker hears that at least."""
        try:
            await work
        except database_errors() as error:
            log.error("failed", what="slack answer", error=error_name(error))
            if response_url:
                await self.responder.say(response_url, STORE_AWAY)

    async def finish(self, patience: float, to_say_so: float) -> None:
        """Wait so many seconds for what is under way. Whose answer is not there then hears that it will not come."""
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):
                while self.pending:
                    await asyncio.wait(self.pending)
        for task in self.pending:
            task.cancel()
        if self.pending:
            await asyncio.wait(self.pending, timeout=to_say_so)

    def read(self, request: Request, line: str) -> TypedCall | UserError:
        """The call that a typed line is, or what is wrong with it."""
        try:
            return self._placed(request, parse_line(_known_line(line, self.app.commands), self.app.commands))
        except UserError as error:
            return error

    def only_reads(self, called: TypedCall | UserError | ActionId) -> bool:
        """Whether the answer changes nothing, so that giving it twice does no harm."""
        match called:
            case UserError():
                return True
            case ActionId(purpose="act"):
                return self.app.only_reads(self.app.actions.get(called.name))
        return self.app.only_reads(self.app.commands.get(called.name))

    async def typed(
        self,
        request: Request,
        name: str,
        call: TypedCall | UserError,
        trigger: str = "",
        files: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        """A typed command. What lacks a parameter gets a form, where Slack lets one be opened."""
        if isinstance(call, UserError):
            await self.responder.respond(request, Reply(error=call.sentence, private=True))
        else:
            await self._run(request, name, call, trigger, files)

    async def _run(
        self, request: Request, name: str, call: TypedCall, trigger: str, sent: Sequence[Mapping[str, Any]] = ()
    ) -> None:
        command = self.app.commands[call.name]
        ctx = self.context(request, name, rights=Rights.DECISIVE if command.admin else Rights.USEFUL)
        if sent:
            ctx = replace(ctx, attachments=attachments_of(self.workspaces, request.team, sent))
            call = _with_file(call, command, sent)
        # A file can be given in a form alone.
        files = not call.arguments and any(one.kind is AttachmentKey for one in command.parameters)
        asks_where = not request.channel and call.name in home.IN_CHANNEL
        if trigger and (files or asks_where or command.lacks(call.arguments)):
            form = await self.app.form(call.name, call.arguments, ctx)
            await self._show_form(request, trigger, form, ctx, asks_where=asks_where)
            return
        reply = await self.responder.awaited(request, self.app.run(call.name, call.arguments, ctx))
        suggestions = suggestion_menu(command, call, reply, self.app.corpus)
        await self.responder.respond(request, reply, suggestions=suggestions)

    async def _show_form(
        self, request: Request, trigger: str, form: Form | Reply, ctx: Context, *, asks_where: bool = False
    ) -> None:
        if isinstance(form, Reply):
            await self.responder.respond(request, form)
            return
        corpus = await self.app.corpus_of(ctx.place, in_haste=True)
        locale = (await ctx.asker.person()).locale
        await self.responder.open_view(
            request, trigger, modals.command_modal(form, corpus, request, locale, asks_where=asks_where)
        )

    def _placed(self, request: Request, call: TypedCall) -> TypedCall:
        """The call with each channel as the rest of the bot knows it. Raises UserError."""
        command = self.app.commands.get(call.name)
        kinds = {one.name: one.kind for one in command.parameters} if command else {}
        placed = {
            name: channel_id(request.team, typed, several=self.several) if kinds.get(name) is Channel else typed
            for name, typed in call.arguments.items()
        }
        return TypedCall(call.name, placed)

    async def press(self, request: Request, name: str, action: ActionId, value: str, trigger: str) -> None:
        """A button pressed, or a menu's choice made."""
        if action.purpose == "run" and action.name in self.app.commands:
            await self._run(request, name, TypedCall(action.name, {}), trigger)
            return
        if action.name == FORM:
            ctx = self.context(request, name, rights=Rights.DECISIVE)
            await self._show_form(request, trigger, await self.app.pressed_form(value, ctx), ctx)
            return
        if action.extra and action.purpose == "act":
            ctx = self._context(request, Person(self._person_id(request), name))
            words = await self.app.question(action.name, value, ctx)
            await self.responder.open_view(request, trigger, modals.question_modal(action, value, request, words))
            return
        if action.purpose == "find":
            await self._choose(request, name, TypedCall(action.name, {action.extra: value}))
            return
        ctx = self.context(request, name, rights=_rights(self.app.actions.get(action.name)))
        await self._act(request, action.name, self.app.act(action.name, value, ctx))
        if not request.channel:
            await self.home(request, name)

    async def _choose(self, request: Request, name: str, chosen: TypedCall) -> None:
        """A choice in place of what was mistyped; the rest of what was typed is in the message."""
        command, kept = self.app.commands.get(chosen.name), Call.parse(request.call)
        rest = kept.arguments(command) if command and kept.name == chosen.name else {}
        call = TypedCall(chosen.name, rest | chosen.arguments)
        answer = self.app.run(call.name, call.arguments, self.context(request, name, rights=_rights(command)))
        reply = await self.responder.awaited(request, answer)
        suggestions = suggestion_menu(command, call, reply, self.app.corpus) if command else None
        private = not request.from_asker
        await self.responder.respond(request, reply, replaces=True, private=private, suggestions=suggestions)

    async def submit(self, state: ModalState, user: str, name: str, view: Mapping[str, Any]) -> None:
        """A form or a question sent in."""
        callback, typed = view["callback_id"], modals.answers_of(view)
        request = replace(state.request, user=user, channel=typed.pop(modals.WHERE, "") or state.request.channel)
        known = self.app.commands if callback == modals.COMMAND else self.app.actions
        ctx = self.context(request, name, rights=_rights(known.get(state.name)))
        if callback == modals.COMMAND:
            asked = " ".join((rename_commands(f"/{state.name}"), *typed.values()))
            request = replace(request, question=question_line(name, asked))
            sent = attachments_of(self.workspaces, request.team, files_of_view(view))
            answer = self._fill_in(request, TypedCall(state.name, typed), replace(ctx, attachments=sent))
            await self.responder.respond(request, await self.responder.awaited(request, answer))
            return
        words = next(iter(typed.values()), "")
        await self._act(request, state.name, self.app.act(state.name, state.value, ctx, typed=words))

    async def _fill_in(self, request: Request, call: TypedCall, ctx: Context) -> Reply:
        """The answer to a form. The command or the field of one that was opened before an update may be gone."""
        try:
            placed = self._placed(request, call)
        except UserError as error:
            return error_reply(error)
        return await self.app.run(placed.name, placed.arguments, ctx)

    async def _act(self, request: Request, action: str, answer: Coroutine[Any, Any, Reply]) -> None:
        """Respond to a press: to its presser alone, unless it was the presser who asked for the message."""
        known = self.app.actions.get(action)
        alone = not (request.ephemeral or request.from_asker)
        replaces, shares = known is not None and known.replaces, known is not None and known.shares
        reply = await self.responder.awaited(request, answer)
        await self.responder.respond(request, reply, replaces=replaces, private=alone, shares=shares)

    async def on_message(self, request: Request, name: str, action: str, message: Mapping[str, Any]) -> None:
        """A shortcut on a message. One of an older manifest gets a word."""
        if action not in self.app.message_actions:
            gone = Reply(error="That shortcut is gone. /smolny help lists what there is.")
            await self.responder.respond(request, gone)
            return
        ctx = self.context(request, name, rights=_rights(self.app.message_actions[action]))
        sent = attachments_of(self.workspaces, request.team, message.get("files") or ())
        words = words_of(message)
        answer = self.app.act_on_message(action, words, replace(ctx, attachments=sent))
        await self.responder.respond(request, await self.responder.awaited(request, answer))

    async def suggest(self, request: Request, action: ActionId, typed: str) -> tuple[Choice, ...]:
        """Completions. Nobody's rights matter here, so Slack is not asked for them."""
        ctx = self._context(request, Person(self._person_id(request), ""))
        return await self.app.suggest(action.name, action.extra, typed, ctx)

    async def welcome(self, request: Request) -> None:
        """Say hello in a channel that the bot was just invited to, or to whoever installed it."""
        if WELCOME not in self.app.actions:
            return
        reply = await self.app.act(WELCOME, "", self._context(request, Person("", "")))
        try:
            if request.channel:
                await self.platform.post(self.place(request).channel, reply)
            else:
                await self.platform.tell(request.user, request.team, reply)
        except Undelivered as error:
            log.info("no hello", error=type(error).__name__)

    async def step(
        self, team: str, name: str, inputs: Mapping[str, Any], complete: AsyncComplete, fail: AsyncFail
    ) -> None:
        """Do a step of a workflow, and say how it ended."""
        request = Request(team, "workflow", str(inputs.get("channel") or ""))
        ctx = self._context(request, Person(self._person_id(request), "Workflow"))
        try:
            try:
                outputs = await run_step(name, inputs, self.app, ctx, self.platform)
            except StepFailed as error:
                await fail(str(error))
            else:
                await complete(outputs)
        except FAILURES as error:
            log.warning("slack took no outcome of a step", error=type(error).__name__)

    async def home(self, request: Request, name: str) -> None:
        """Show the App Home."""
        ctx = self.context(request, name, rights=Rights.DECISIVE)
        person = await ctx.asker.person()
        replies = [*[reply async for reply in home.sections(self.app, ctx)], home.features(self.app, person.locale)]
        view = home.view(home.actions(self.app, person), replies, request.user)
        await self.responder.show_view(request, "views.publish", user_id=request.user, view=view)

    def context(self, request: Request, name: str, *, rights: Rights = Rights.UNIMPORTANT) -> Context:
        """What handlers get to know of a request; of its asker, what Slack says when it is asked for."""
        find = partial(self.workspaces.person, request.team, request.user, name, rights=rights)
        return self._context(request, SlackAsker(self._person_id(request), find))

    def _context(self, request: Request, asker: Asker) -> Context:
        ctx = self.app.context(asker, self.place(request), self.platform, request.made_at)
        return replace(ctx, receipt=request.response_url)

    def _person_id(self, request: Request) -> str:
        return qualified(request.team, request.user, several=self.several)

    def place(self, request: Request) -> Place:
        """Where something happens, as the rest of the bot knows it."""
        channel = qualified(request.team, request.channel or request.user, several=self.several)
        private = not request.channel or request.channel.startswith("D")
        return Place("slack", channel, request.team, private)


def _known_line(line: str, commands: Mapping[str, Command]) -> str:
    """A typed line as other platforms have it: `/quote help`, as apps in Slack take it, is `/help quote`."""
    line = with_original_name(bare_line(line) or "help")
    name, _, last = line.strip().rpartition(" ")
    if last.casefold() != "help":
        return line
    known = name.casefold() in {word for one in commands for word in (one, one.split()[0])}
    return f"help {name}" if known else line


def _with_file(call: TypedCall, command: Command, sent: Sequence[Mapping[str, Any]]) -> TypedCall:
    """A call of a command that takes a file, with the first of those that came with its words."""
    given = {one.name: str(sent[0].get("id") or "") for one in command.parameters if one.kind is AttachmentKey}
    return TypedCall(call.name, given | call.arguments)


def _rights(called: Action | Command | MessageAction | None) -> Rights:
    return Rights.DECISIVE if called and called.admin else Rights.UNIMPORTANT
