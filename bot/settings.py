"""The environment and `.env`, read once into a frozen object."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

import msgspec
from dotenv.parser import parse_stream
from msgspec import Struct

import corpus
from bot.core.errors import SetupError

ENV_FILE = Path(".env")

LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR"]


class Secret(str):
    """A string that no repr shows, and so no traceback and no log line by accident."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "<secret>"


class Settings(Struct, frozen=True, rename=str.upper):
    """All that whoever runs the bot can choose; `.env.example` explains each."""

    discord_token: Secret = Secret()
    discord_api_url: str | None = None
    """None is Discord's own."""
    slack_bot_token: Secret = Secret()
    slack_app_token: Secret = Secret()
    slack_api_url: str | None = None
    """None is Slack's own."""
    slack_client_id: str = ""
    slack_client_secret: Secret = Secret()
    slack_signing_secret: Secret = Secret()
    slack_host: str = "127.0.0.1"
    """The address to listen at; 0.0.0.0 is all of the machine's."""
    slack_port: int = 3000
    database_url: Secret = Secret()
    """A path or URL for `Store.open`, which may hold a password; empty is a file in `data_dir`."""
    data_dir: Path = Path("data")
    corpus_dir: Path = corpus.SHIPPED
    daily_grace_hours: int = 6
    """How late a daily fact may still be posted."""
    log_level: LogLevel | None = None

    @property
    def serves_slack(self) -> bool:
        return bool(self.slack_bot_token or self.slack_app_token or self.slack_client_id)

    @property
    def store_url(self) -> str:
        return self.database_url or str(self.data_dir / "smolny.db")


def read_settings(environment: Mapping[str, str], file: Path = ENV_FILE) -> Settings:
    """The settings of an environment, which outweighs a file of `NAME=value` lines. Raises SetupError.

    Empty is not set: an empty variable in the environment takes back what the file says.
    """
    found = {**_of_file(file), **environment}
    known = {one.encode_name: found.get(one.encode_name, "").strip() for one in msgspec.structs.fields(Settings)}
    given = {name: _checked(name, value) for name, value in known.items() if value}
    return msgspec.convert(given, Settings, dec_hook=lambda kind, value: kind(value))


def _of_file(file: Path) -> dict[str, str]:
    try:
        with file.open(encoding="utf-8-sig") as stream:
            lines = list(parse_stream(stream))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        reason = type(error).__name__
        raise SetupError(f"{file} cannot be read ({reason}): make it a text file of NAME=value lines.") from None
    for line in lines:
        if line.error or (line.key and line.value is None):
            raise SetupError(f"{file}, line {line.original.line}: write it as NAME=value.")
    return {line.key: line.value for line in lines if line.key and line.value is not None}


def _checked(name: str, value: str) -> Any:
    if check := _CHECKS.get(name):
        return check(name, value)
    return value


def _one_word(name: str, value: str) -> str:
    if not value.isascii() or not value.isprintable() or " " in value:
        raise SetupError(f"{name} holds a character that no token has: copy it again, alone on its line.")
    return value


def _web_address(name: str, value: str) -> str:
    try:
        parts = urlsplit(value)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise SetupError(f"{name} is no web address: write it like https://example.org/api, or leave it out.")
    return value.rstrip("/")


def _corpus_folder(name: str, value: str) -> str:
    if not (Path(value) / "texts").is_dir():
        raise SetupError(f"{name} is {value}, which is no folder with texts/ in it: name one, or leave it out.")
    return value


def _level(name: str, value: str) -> str:
    levels: tuple[str, ...] = get_args(LogLevel)
    if value.upper() not in levels:
        raise SetupError(f"{name} is {value[:40]}: choose one of {', '.join(levels)}, or leave it out.")
    return value.upper()


def _port(name: str, value: str) -> int:
    if not re.fullmatch(r"[0-9]{1,5}", value) or not 0 < int(value) < 65536:
        raise SetupError(f"{name} is {value[:40]}: choose a number from 1 to 65535, or leave it out.")
    return int(value)


def _hours(name: str, value: str) -> int:
    if not re.fullmatch(r"[0-9]{1,2}", value) or not 0 < int(value) < 24:
        raise SetupError(f"{name} is {value[:40]}: choose a whole number from 1 to 23, or leave it out.")
    return int(value)


_CHECKS: dict[str, Callable[[str, str], Any]] = {
    "DISCORD_TOKEN": _one_word,
    "DISCORD_API_URL": _web_address,
    "SLACK_BOT_TOKEN": _one_word,
    "SLACK_APP_TOKEN": _one_word,
    "SLACK_API_URL": _web_address,
    "SLACK_CLIENT_ID": _one_word,
    "SLACK_CLIENT_SECRET": _one_word,
    "SLACK_SIGNING_SECRET": _one_word,
    "SLACK_PORT": _port,
    "CORPUS_DIR": _corpus_folder,
    "DAILY_GRACE_HOURS": _hours,
    "LOG_LEVEL": _level,
}
