"""The environment and `.env`, read once into a frozen object."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Literal, get_args
from urllib.parse import SplitResult, urlsplit

import msgspec
from msgspec import Struct

import corpus
from bot.core.errors import SetupError
from bot.storage.errors import reason_of

ENV_FILE = Path(".env")

_MOST_SHARDS = 16_384
_PROXY = ("HTTPS_PROXY", "NO_PROXY")
LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR"]


class Secret(str):
    """A string that no repr shows, and so no traceback and no log line by accident."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "<secret>"


class Settings(Struct, frozen=True, rename=str.upper):
    """All settings; `.env.example` explains each."""

    discord_token: Secret = Secret()
    discord_api_url: str | None = None
    """None is Discord's own."""
    discord_public_key: str = ""
    """The application's, in hexadecimal digits: with it, Discord sends interactions over HTTP; empty is a gateway."""
    discord_host: str = "127.0.0.1"
    """The address to listen at; 0.0.0.0 is all of the machine's."""
    discord_port: int = 3001
    shard_count: int | None = None
    """Of all processes together; None is as many as Discord recommends."""
    shard_ids: tuple[int, ...] = ()
    """Those that this process serves; none are all."""
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
    metrics_host: str = "127.0.0.1"
    """The address at which `metrics_port` listens; 0.0.0.0 is all of the machine's."""
    metrics_port: int | None = None
    """Where health and metrics are served; None is nowhere."""
    daily_grace_hours: int = 6
    """How late a daily fact may still be posted."""
    log_level: LogLevel | None = None
    https_proxy: Secret = Secret()
    """Through which Discord and Slack are reached; it may have a password. Empty: none."""
    no_proxy: str = ""
    """Hosts that need none, separated by commas."""

    @property
    def serves_slack(self) -> bool:
        return bool(self.slack_bot_token or self.slack_app_token or self.slack_client_id)

    @property
    def serves_others(self) -> bool:
        """Whether it connects to a platform: otherwise it answers whoever runs it, in the terminal."""
        return bool(self.discord_token or self.serves_slack)

    @property
    def store_url(self) -> str:
        return self.database_url or str(self.data_dir / "smolny.db")


NAMES = tuple(one.encode_name for one in msgspec.structs.fields(Settings))
SECRETS = tuple(one.encode_name for one in msgspec.structs.fields(Settings) if one.type is Secret)
_ALIKE = 0.84
"""The least likeness of a name that is taken for a misspelt setting: DISCORD_BOT_TOKEN is, SECOND_SHARD_IDS is not."""
_OURS = ("DISCORD_", "SLACK_", "SHARD_", "METRICS_", "DAILY_")
"""Beginnings that only our settings have, in an environment full of other programs' names."""


def home_path(name: str, value: str | Path) -> Path:
    """A path with `~` for the home folder, expanded. `name` is the setting or option that it is in."""
    try:
        return Path(value).expanduser()
    except RuntimeError:
        raise SetupError(f"{name} begins with ~, and that home folder is not known: write the whole path.") from None


def read_settings(environment: Mapping[str, str], file: Path = ENV_FILE) -> Settings:
    """The settings of an environment, which outweighs a file of `NAME=value` lines. Raises SetupError.

    Empty is not set: an empty variable in the environment takes back what the file says. A secret may also be in a
    file of its own, which a setting such as DISCORD_TOKEN_FILE names.
    """
    # Only these two also have names in small letters, which other programs prefer.
    lower_case = {name: environment[name.lower()] for name in _PROXY if environment.get(name.lower())}
    of_file = _of_file(file)
    found = {**of_file, **environment, **lower_case}
    for name, meant in misspelt(of_file, found).items():
        raise SetupError(f"{file} has {name}, which is not a setting: write {meant}.")
    known = {name: found.get(name, "").strip() for name in NAMES}
    known |= {name: _secret_of_file(name, found) for name in SECRETS if not known[name]}
    given = {name: _checked(name, value) for name, value in known.items() if value}
    settings = msgspec.convert(given, Settings, dec_hook=lambda kind, value: kind(value))
    _check_discord(settings)
    _check_proxy(settings)
    return settings


def _check_proxy(settings: Settings) -> None:
    # A machine's own setting, which may be for other programs, stops nobody who needs no network.
    if settings.serves_others and settings.https_proxy and not _web_parts(settings.https_proxy):
        raise SetupError(
            "HTTPS_PROXY is not the address of an HTTP proxy: write it like http://user:password@proxy.example.org:3128."
        )


def misspelt(names: Iterable[str], given: Mapping[str, str]) -> dict[str, str]:
    """Names that are nearly a setting's, each with the one that is meant; none of those that are `given` as well."""
    known = {*NAMES, *(f"{name}_FILE" for name in SECRETS)}
    unknown = [name for name in names if name not in known and name.upper() != "HTTP_PROXY"]
    if not unknown:
        return {}
    from difflib import get_close_matches

    missing = [name for name in known if not given.get(name)]
    near = {name: get_close_matches(name.upper(), missing, 1, _ALIKE) for name in unknown}
    return {name: meant[0] for name, meant in near.items() if meant}


def misspelt_of_environment(environment: Mapping[str, str], file: Path = ENV_FILE) -> dict[str, str]:
    """The same in the environment, where other programs' settings are as well."""
    ours = [name for name in environment if name.upper().startswith(_OURS)]
    return misspelt(ours, {**_of_file(file), **environment})


def export_proxy(settings: Settings, environment: MutableMapping[str, str]) -> None:
    """Let libraries find the proxy of the settings where they look for it."""
    for name, value in zip(_PROXY, (settings.https_proxy, settings.no_proxy), strict=True):
        if value:
            environment[name.lower()] = str(value)


def export_home(environment: MutableMapping[str, str]) -> None:
    """Let libraries find a home folder, without which some cannot be imported.

    The system knows none for a user that it does not know, such as one whom a container gave any number.
    """
    try:
        Path.home()
    except RuntimeError:
        environment["HOME"] = "/"  # as Docker says


def _check_discord(settings: Settings) -> None:
    if settings.discord_public_key and not settings.discord_token:
        raise SetupError("DISCORD_PUBLIC_KEY goes with DISCORD_TOKEN: set both, or neither.")
    if settings.discord_public_key and (settings.shard_count or settings.shard_ids):
        raise SetupError("DISCORD_PUBLIC_KEY means that there is no gateway: leave SHARD_COUNT and SHARD_IDS out.")
    if settings.shard_ids and not max(settings.shard_ids) < (settings.shard_count or 0):
        raise SetupError("SHARD_IDS go from 0 to SHARD_COUNT less one: set SHARD_COUNT, for all processes the same.")


def _of_file(file: Path) -> dict[str, str]:
    try:
        with file.open(encoding="utf-8-sig") as stream:
            from dotenv.parser import parse_stream  # where there is no such file, nobody needs it

            lines = list(parse_stream(stream))
    except FileNotFoundError:
        return {}
    except PermissionError:
        raise SetupError(f"{file} may not be read: give it to the user that runs Smolny, or move it away.") from None
    except UnicodeDecodeError:
        raise SetupError(f"{file} is not in UTF-8: save it in that encoding, as a text of NAME=value lines.") from None
    except OSError as error:
        raise SetupError(
            f"{file} cannot be read ({reason_of(error)}): make it a text file of NAME=value lines."
        ) from None
    for line in lines:
        if line.error or (line.key and line.value is None):
            raise SetupError(f"{file}, line {line.original.line}: write it as NAME=value.")
    return {line.key: line.value for line in lines if line.key and line.value is not None}


def _secret_of_file(name: str, found: Mapping[str, str]) -> str:
    setting = f"{name}_FILE"
    if not (path := found.get(setting, "").strip()):
        return ""
    try:
        secret = home_path(setting, path).read_text("utf-8-sig").strip()
    except (OSError, ValueError) as error:
        # Neither the path, which may be the secret itself by mistake, nor what the file holds.
        reason = error.strerror.lower() if isinstance(error, OSError) and error.strerror else "no text"
        raise SetupError(
            f"{setting} names a file that cannot be read ({reason}): name another, or leave it out."
        ) from None
    if not secret:
        raise SetupError(f"{setting} names an empty file: put the secret into it, or leave {setting} out.")
    return secret


def _checked(name: str, value: str) -> Any:
    if check := _CHECKS.get(name):
        return check(name, value)
    return value


def _one_word(name: str, value: str) -> str:
    if not value.isascii() or not value.isprintable() or " " in value:
        raise SetupError(f"{name} has a character that tokens never have: copy it again, alone on its line.")
    return value


def _web_address(name: str, value: str) -> str:
    parts = _web_parts(value)
    if parts is None:
        raise SetupError(f"{name} is not a web address: write it like https://example.org/api, or leave it out.")
    if "@" in parts.netloc:
        raise SetupError(f"{name} has a name or a password before its host: leave them out.")
    return value.rstrip("/")


def _web_parts(value: str) -> SplitResult | None:
    """The parts of a web address; None where it is not one."""
    try:
        parts = urlsplit(value)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    return parts if usable and value.isprintable() and " " not in value else None


def _proxy(name: str, value: str) -> str:
    """A proxy's address with its scheme, which may be left out."""
    return value if "://" in value else f"http://{value}"


def _folder(name: str, value: str) -> str:
    return str(home_path(name, value))


def _corpus_folder(name: str, value: str) -> str:
    folder = _folder(name, value)
    try:
        usable = (Path(folder) / "texts").is_dir()
    except (OSError, ValueError):
        usable = False
    if not usable:
        raise SetupError(f"{name} is not a folder with texts/ in it: name one, or leave it out.")
    return folder


def checked_database(name: str, value: str) -> str:
    """A path or URL for `Store.open`. Raises SetupError where a file's name looks like an address with a password."""
    scheme, separator, rest = value.partition("://")
    if separator and scheme != "sqlite":
        return value
    path = rest.removeprefix("/") if separator else value
    if _LOOKS_LIKE_POSTGRESQL.search(path):
        # As a file's name, a password would be on the disk for all to read.
        raise SetupError(f"{name} is not a PostgreSQL address: write it like postgresql://user:password@host/database.")
    return str(home_path(name, path)) if path.startswith("~") else value


def _level(name: str, value: str) -> str:
    levels: tuple[str, ...] = get_args(LogLevel)
    if value.upper() not in levels:
        raise SetupError(f"{name} has an unknown value: choose one of {', '.join(levels)}, or leave it out.")
    return value.upper()


def _public_key(name: str, value: str) -> str:
    if not re.fullmatch(r"[0-9a-fA-F]{64}", value):
        raise SetupError(f"{name} is not a public key: copy it from General Information in the developer portal.")
    return value.lower()


def _host(name: str, value: str) -> str:
    """An address to listen at. Digits and dots alone are an IP address, or a slip in one."""
    is_name = re.fullmatch(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?", value) and not re.fullmatch(r"[0-9.]+", value)
    try:
        is_address = bool(ip_address(value))
    except ValueError:
        is_address = False
    if not (is_name or is_address):
        raise SetupError(f"{name} is not an address of this machine: write 127.0.0.1 or 0.0.0.0, or leave it out.")
    return value


def _port(name: str, value: str) -> int:
    return _whole(name, value, 1, 65535)


def _hours(name: str, value: str) -> int:
    return _whole(name, value, 1, 23)


def _shard_count(name: str, value: str) -> int:
    return _whole(name, value, 1, _MOST_SHARDS)


def _shard_ids(name: str, value: str) -> list[int]:
    ids: set[int] = set()
    for part in value.split(","):
        first, separator, last = part.strip().partition("-")
        try:
            low = _whole(name, first.strip(), 0, _MOST_SHARDS)
            ids.update(range(low, _whole(name, last.strip(), low, _MOST_SHARDS) + 1) if separator else [low])
        except SetupError:
            raise SetupError(f"{name} aren't shards: write them as 0,1 or 0-3, or leave it out for all.") from None
    return sorted(ids)


def _whole(name: str, value: str, least: int, most: int) -> int:
    # What is wrong is not repeated: it may be a token that was put behind the wrong name.
    if not re.fullmatch(r"[0-9]{1,6}", value) or not least <= int(value) <= most:
        raise SetupError(f"{name} isn't a number that fits: choose one from {least} to {most}, or leave it out.")
    return int(value)


_LOOKS_LIKE_POSTGRESQL = re.compile(r"postgres\w*[:/]|\b(?:host|user|password|dbname)\s*=|:[^/]*@", re.IGNORECASE)
"""A file may be called postgres.db, but not so."""

_CHECKS: dict[str, Callable[[str, str], Any]] = {
    "DISCORD_TOKEN": _one_word,
    "DISCORD_API_URL": _web_address,
    "DISCORD_PUBLIC_KEY": _public_key,
    "DISCORD_HOST": _host,
    "DISCORD_PORT": _port,
    "SHARD_COUNT": _shard_count,
    "SHARD_IDS": _shard_ids,
    "SLACK_BOT_TOKEN": _one_word,
    "SLACK_APP_TOKEN": _one_word,
    "SLACK_API_URL": _web_address,
    "SLACK_CLIENT_ID": _one_word,
    "SLACK_CLIENT_SECRET": _one_word,
    "SLACK_SIGNING_SECRET": _one_word,
    "SLACK_HOST": _host,
    "SLACK_PORT": _port,
    "DATABASE_URL": checked_database,
    "DATA_DIR": _folder,
    "CORPUS_DIR": _corpus_folder,
    "METRICS_HOST": _host,
    "METRICS_PORT": _port,
    "DAILY_GRACE_HOURS": _hours,
    "LOG_LEVEL": _level,
    "HTTPS_PROXY": _proxy,
}
