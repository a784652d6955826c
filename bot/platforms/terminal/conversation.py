"""The conversation: a typed line is a command, the key of a control, or the words that a button asked for."""

from __future__ import annotations

import asyncio
from pathlib import Path

from msgspec.structs import replace

from bot.core.app import App
from bot.core.attachment import Attachment, Attachments
from bot.core.calls import FORM, Form
from bot.core.context import Context, Person, Place
from bot.core.errors import UserError
from bot.core.platform import Platform
from bot.core.reply import Countdown, File, Picture, Prose, Reply
from bot.platforms.terminal.prompts import Prompts
from bot.platforms.terminal.render import Control, controls
from bot.platforms.terminal.save_file import save
from bot.platforms.typed_commands import answer_line, calls_command, parse_line
from bot.storage.errors import reason_of

# The person at the terminal runs the bot; it is a server with one channel and one member.
ASKER = Person("terminal", "you", admin=True)
PLACE = Place("terminal", "terminal", "terminal", private=True)
LEAVING = {"quit", "exit", "bye"}
"""Lines that end the talk, with a slash or without."""


class LocalFiles(Attachments):
    """Files of this machine as attachments, by their paths: the person at the terminal may read what the bot may."""

    def get(self, key: str) -> Attachment | None:
        file = Path(key).expanduser()
        try:
            size = file.stat().st_size
        except (OSError, ValueError, RuntimeError):
            return None
        return Attachment(file.name, size, lambda: asyncio.to_thread(file.read_bytes))


class Conversation:
    """One person's talk with the bot. `question` is what a pressed button wants to be told next, or empty.

    Files are saved into `folder`.
    """

    def __init__(self, app: App, platform: Platform | None = None, folder: Path = Path()) -> None:
        self._app = app
        self._platform = platform
        self._folder = folder
        self._controls: dict[str, Control] = {}
        self._asked: Control | None = None
        self._prompts: Prompts | None = None
        self._countdown: Countdown | None = None

    @property
    def time_left(self) -> str:
        """What counts down just now, such as "Closes in 12 s"; nothing where nothing does."""
        if self._countdown is None:
            return ""
        seconds = round((self._countdown.at - self._app.clock()).total_seconds())
        return f"{self._countdown.label} in {seconds} s" if seconds > 0 else ""

    @property
    def question(self) -> str:
        if self._prompts:
            return self._prompts.question
        return self._asked.ask if self._asked else ""

    def skips(self, line: str) -> bool:
        """Whether a line says nothing; in a form, an empty one keeps what is there."""
        return not line.strip() and not self._prompts

    def leaves(self, line: str) -> bool:
        """Whether a line ends the talk; not so where it is what a button asked for."""
        return not self.question and line.strip().casefold().removeprefix("/") in LEAVING

    @property
    def context(self) -> Context:
        return replace(self._app.context(ASKER, PLACE, self._platform), attachments=LocalFiles())

    async def answer(self, line: str) -> Reply | None:
        """The answer to a line; None where there is a `question` first."""
        # What is no Unicode text, a terminal hands on as halves of surrogate pairs.
        line = line.encode(errors="replace").decode().strip()
        prompts, self._prompts = self._prompts, None
        if prompts and not line.startswith("/"):
            return await self._prompted(prompts, line)
        asked, self._asked = self._asked, None
        if asked and not line.startswith("/"):
            return self._number(await self._app.act(asked.action, asked.value, self.context, line))
        if (line.isascii() and line.isdecimal()) or line.casefold() in self._controls:
            return await self._press(line.casefold())
        line = self._command_line(line)
        if form := await self._form_of(line):
            return await self._filled(form)
        return self._number(await answer_line(self._app, line, self.context))

    async def _prompted(self, prompts: Prompts, line: str) -> Reply | None:
        """The answer to a form's field: what is wrong with it, the next question or, after the last, the command's."""
        if wrong := prompts.answer(line):
            self._prompts = prompts
            return wrong
        if prompts.question:
            self._prompts = prompts
            return None
        typed = {name: words for name, words in prompts.typed.items() if words}
        return self._number(await self._app.run(prompts.form.command.name, typed, self.context))

    async def _form_of(self, line: str) -> Form | Reply | None:
        """The form that a line opens, if its command is one that lacks something."""
        try:
            call = parse_line(line, self._app.commands)
        except UserError:
            return None
        command = self._app.commands[call.name]
        if not (command.is_form and command.lacks(call.arguments)):
            return None
        return await self._app.form(call.name, call.arguments, self.context)

    async def _filled(self, form: Form | Reply) -> Reply | None:
        if isinstance(form, Reply):
            return self._number(form)
        self._prompts = Prompts(form, await self._app.corpus_of(PLACE))
        return None

    def _command_line(self, line: str) -> str:
        """The line; words that call no command are a quotation to find, where the bot has such a command."""
        if (
            not line
            or line.startswith("/")
            or "quote" not in self._app.commands
            or calls_command(line, self._app.commands)
        ):
            return line
        return f"/quote {line}"

    async def _press(self, key: str) -> Reply | None:
        pressed = self._controls.get(key)
        if pressed is None:
            there = f"Type one of: {', '.join(self._controls)}." if self._controls else "There is nothing to choose."
            return Reply(error=f"{there} /help lists the commands.", private=True)
        if pressed.more:
            return self._number(pressed.more)
        if pressed.saves:
            return _saved(pressed.saves, self._folder)
        if pressed.action == FORM:
            return await self._filled(await self._app.pressed_form(pressed.value, self.context))
        if pressed.ask:
            self._asked = pressed
            return None
        reply = await self._app.act(pressed.action, pressed.value, self.context)
        self.offer(reply)
        return reply

    def offer(self, reply: Reply) -> None:
        """Let keys press what this holds. Without buttons it changes nothing: a quiz's answer may be changed."""
        self._controls = controls(reply) or self._controls
        self._count(reply)

    def _count(self, reply: Reply) -> None:
        self._countdown = next((one for one in reply.parts if isinstance(one, Countdown)), None)

    def _number(self, reply: Reply) -> Reply:
        # A slip does not take the keys of the answer before away.
        if not reply.error or controls(reply):
            self._controls = controls(reply)
        return reply


def _saved(part: Picture | File, folder: Path) -> Reply:
    try:
        path = save(part, folder)
    except OSError as error:
        return Reply(
            error=f"I cannot write {part.name} here ({reason_of(error)}): start me in a folder of yours.", private=True
        )
    return Reply(parts=(Prose(f"Saved as {path.resolve()}"),), private=True)
