"""Settings from the environment and .env: each mistake is one sentence that names the setting."""

from __future__ import annotations

import re
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest
from dotenv import dotenv_values
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import asdict as attributes
from msgspec.structs import fields

import corpus
from bot.core.errors import SetupError
from bot.settings import SECRETS, Settings, export_proxy, misspelt, misspelt_of_environment, read_settings
from tests.storage.test_faults import nobody

EXAMPLE = Path(__file__).parent.parent / ".env.example"
OPERATIONS = EXAMPLE.parent / "docs" / "operations.md"
NOWHERE = Path("/nonexistent/.env")


def test_everything_may_be_left_out() -> None:
    assert read_settings({}, NOWHERE) == Settings()
    assert Settings().store_url == "data/smolny.db"
    assert Settings().corpus_dir == corpus.SHIPPED


def test_the_environment_outweighs_the_file_and_empty_takes_back(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("\ufeffDISCORD_TOKEN='abc.$HOME.def' # mine\nexport LOG_LEVEL=debug\nDATA_DIR=/a b\nOTHER=1\n")
    settings = read_settings({"DATA_DIR": "/c", "LOG_LEVEL": ""}, file)
    assert (settings.discord_token, settings.data_dir, settings.log_level) == ("abc.$HOME.def", Path("/c"), None)


def test_values_are_read_with_forgiveness() -> None:
    given = {
        "LOG_LEVEL": " info ",
        "DISCORD_API_URL": "http://localhost:8080/api/v10/",
        "DATABASE_URL": "sqlite:///a.db",
    }
    settings = read_settings(given, NOWHERE)
    assert settings.log_level == "INFO"
    assert settings.discord_api_url == "http://localhost:8080/api/v10"
    assert settings.store_url == "sqlite:///a.db"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LOG_LEVEL", "loud"),
        ("DISCORD_API_URL", "discord.com"),
        ("DISCORD_API_URL", "ftp://discord.com"),
        ("DISCORD_API_URL", "http://[::1"),
        ("DISCORD_API_URL", "http://a:99999999"),
        ("DISCORD_TOKEN", "Bot abc"),
        ("DISCORD_TOKEN", "abc\u200bdef"),
        ("CORPUS_DIR", "/nonexistent"),
        ("METRICS_PORT", "many"),
        ("METRICS_PORT", "0"),
        *(
            (f"{platform}_HOST", value)
            for platform in ("DISCORD", "SLACK", "METRICS")
            for value in ("300.1.1.1", "127.0.0", "http://0.0.0.0", "0.0.0.0:80", "a host", "-", "*")
        ),
    ],
)
def test_a_wrong_setting_is_named_in_one_sentence(name: str, value: str) -> None:
    with pytest.raises(SetupError) as told:
        read_settings({name: value}, NOWHERE)
    assert str(told.value).startswith(name)
    assert "\n" not in str(told.value)


def test_a_wrong_token_is_not_repeated() -> None:
    with pytest.raises(SetupError) as told:
        read_settings({"DISCORD_TOKEN": "my secret"}, NOWHERE)
    assert "secret" not in str(told.value)


@pytest.mark.parametrize(
    ("written", "said"),
    [("A=1\nDISCORD_TOKEN abc\n", "line 2"), ("DISCORD_TOKEN\n", "line 1"), ("A='unfinished\n", "line 1")],
)
def test_a_line_of_the_file_that_is_none_is_told_by_its_number(tmp_path: Path, written: str, said: str) -> None:
    file = tmp_path / ".env"
    file.write_text(written)
    with pytest.raises(SetupError, match=said):
        read_settings({}, file)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\xff\xfeL\0", "is not in UTF-8"),
        ("# café\n".encode("latin-1"), "is not in UTF-8"),
        (None, r"cannot be read \(is a directory\): make it a text file"),
    ],
)
def test_a_file_that_is_no_text_is_told(tmp_path: Path, content: bytes | None, says: str) -> None:
    file = tmp_path / ".env"
    file.mkdir() if content is None else file.write_bytes(content)
    with pytest.raises(SetupError, match=says):
        read_settings({}, file)


@pytest.mark.parametrize("host", ["127.0.0.1", "::", "::1", "localhost", "my-host.example.org", "host2"])
def test_a_host_may_be_an_address_or_a_name(host: str) -> None:
    assert read_settings({"METRICS_HOST": host}, NOWHERE).metrics_host == host


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("DISCORD_TOKN", "DISCORD_TOKEN"),
        ("DISCORD_BOT_TOKEN", "DISCORD_TOKEN"),
        ("discord_token", "DISCORD_TOKEN"),
        ("DISCORD_TOKEN_FILES", "DISCORD_TOKEN_FILE"),
        ("SHARD_ID", "SHARD_IDS"),
        ("SLACK_API_TOKEN", "SLACK_APP_TOKEN"),
        ("METRIC_PORT", "METRICS_PORT"),
        ("DAILY_GRACE_HOUR", "DAILY_GRACE_HOURS"),
        ("DATABASE_URI", "DATABASE_URL"),
        ("https_proxy", "HTTPS_PROXY"),
        ("LOGLEVEL", "LOG_LEVEL"),
        ("SECOND_SHARD_IDS", None),
        ("POSTGRES_PASSWORD", None),
        ("HTTP_PROXY", None),
        ("http_proxy", None),
        ("ALL_PROXY", None),
        ("SSL_CERT_FILE", None),
        ("PATH", None),
        ("TZ", None),
    ],
)
def test_a_slip_in_a_name_is_told_with_what_is_meant(tmp_path: Path, written: str, meant: str | None) -> None:
    file = tmp_path / ".env"
    file.write_text(f"{written}=hunter2\n")
    if meant is None:
        assert read_settings({}, file) == Settings()
        return
    with pytest.raises(SetupError) as caught:
        read_settings({}, file)
    assert str(caught.value) == f"{file} has {written}, which is not a setting: write {meant}."
    # Where what is meant is set, the other may be another program's.
    assert misspelt([written], {meant: "x"}) == {}


def test_a_slip_in_the_environment_is_told_of_names_that_begin_as_ours_do() -> None:
    found = {"DISCORD_TOKN": "a", "SLACK_BOT_TOKENS": "b", "DATABASE_URI": "c", "LOG_LEVELS": "d", "METRICS_PORT": "1"}
    assert misspelt_of_environment(found, NOWHERE) == {
        "DISCORD_TOKN": "DISCORD_TOKEN",
        "SLACK_BOT_TOKENS": "SLACK_BOT_TOKEN",
    }


def read_as_nobody(file: Path, said: Connection) -> None:
    nobody()
    try:
        read_settings({}, file)
    except SetupError as error:
        said.send(str(error))


def test_a_file_of_somebody_else_is_told(processes: ForkServerContext, sockets: Path) -> None:
    file = sockets / ".env"
    file.touch(0)
    ours, theirs = processes.Pipe()
    processes.Process(target=read_as_nobody, args=(file, theirs)).start()
    assert ours.poll(20)
    assert ours.recv() == f"{file} may not be read: give it to the user that runs Smolny, or move it away."


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("proxy:3128", "http://proxy:3128"),
        ("http://u:hunter2@proxy:3128", "http://u:hunter2@proxy:3128"),
        ("https://proxy", "https://proxy"),
        ("socks5://u:hunter2@proxy", None),
        ("http://", None),
        ("u:hunter2@proxy:many", None),
    ],
)
def test_a_proxy_may_lack_its_scheme_and_is_an_http_proxy(written: str, read: str | None) -> None:
    for token in ("DISCORD_TOKEN", "SLACK_BOT_TOKEN"):
        if read is None:
            with pytest.raises(SetupError, match="HTTPS_PROXY is not the address of an HTTP proxy") as caught:
                read_settings({"HTTPS_PROXY": written, token: "ab.cd.ef"}, NOWHERE)
            assert "hunter2" not in str(caught.value)
        else:
            assert read_settings({"HTTPS_PROXY": written, token: "ab.cd.ef"}, NOWHERE).https_proxy == read
    assert read_settings({"HTTPS_PROXY": written}, NOWHERE), "what needs no network is stopped by no proxy"


def test_a_proxy_of_the_settings_is_where_libraries_look_for_it(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("HTTPS_PROXY=proxy:1\nNO_PROXY=inside\n")
    for more, proxy in (
        ({}, "http://proxy:1"),
        ({"HTTPS_PROXY": "b:2"}, "http://b:2"),
        ({"https_proxy": "c:3"}, "http://c:3"),
    ):
        environment: dict[str, str] = dict(more)
        export_proxy(read_settings(environment, file), environment)
        assert (environment["https_proxy"], environment["no_proxy"]) == (proxy, "inside")
    taken_back = {"HTTPS_PROXY": "", "NO_PROXY": ""}
    export_proxy(read_settings(taken_back, file), taken_back)
    assert not any(taken_back.values())


def test_secrets_show_in_no_repr() -> None:
    settings = read_settings({"DISCORD_TOKEN": "abc.def", "DATABASE_URL": "postgresql://u:hunter2@h/d"}, NOWHERE)
    assert "abc.def" not in repr(settings)
    assert "hunter2" not in repr(settings)
    assert settings.discord_token == "abc.def"


def test_the_example_explains_each_setting_and_changes_none() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    for field in fields(Settings):
        assert f"{field.encode_name}=" in text
    assert read_settings({}, EXAMPLE) == Settings()
    assert set(dotenv_values(EXAMPLE)) <= {field.encode_name for field in fields(Settings)}


def test_the_page_on_operations_has_each_setting_with_its_default() -> None:
    page = OPERATIONS.read_text(encoding="utf-8").partition("\n## Settings\n")[2]
    rows = re.findall(r"^\| (`[A-Z].*?) \| (.*?) \|", page, re.MULTILINE)
    named = {name: default for names, default in rows for name in re.findall(r"`([A-Z_]+)`", names)}
    assert named.keys() == {field.encode_name for field in fields(Settings)}
    for field in fields(Settings):
        assert field.encode_name in named
        if isinstance(field.default, int) or field.encode_name in {"DATA_DIR", "DISCORD_HOST", "METRICS_HOST"}:
            assert str(field.default) in named[field.encode_name]


@given(st.dictionaries(st.sampled_from([field.encode_name for field in fields(Settings)]), st.text()))
def test_no_environment_raises_anything_else(environment: dict[str, str]) -> None:
    try:
        read_settings(environment, NOWHERE)
    except SetupError as error:
        said = str(error)
        assert any(name in said for name in environment)


@pytest.mark.parametrize("name", ["DATA_DIR", "CORPUS_DIR", "DATABASE_URL", "DISCORD_TOKEN_FILE"])
def test_a_tilde_is_the_home_folder_in_every_path(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "x" / "texts").mkdir(parents=True)
    (tmp_path / "token").write_text("ab.cd.ef\n")
    settings = read_settings({name: "~/token" if name.endswith("_FILE") else "~/x"}, NOWHERE)
    got = {
        "DATA_DIR": settings.data_dir,
        "CORPUS_DIR": settings.corpus_dir,
        "DATABASE_URL": Path(settings.store_url),
        "DISCORD_TOKEN_FILE": tmp_path / "x" if settings.discord_token == "ab.cd.ef" else None,
    }
    assert got[name] == tmp_path / "x"


@pytest.mark.parametrize("name", SECRETS)
def test_every_secret_may_be_in_a_file(name: str, tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("http://one\n")
    assert "http://one" in attributes(read_settings({f"{name}_FILE": str(file)}, NOWHERE)).values()
    assert "http://two" in attributes(read_settings({f"{name}_FILE": str(file), name: "http://two"}, NOWHERE)).values()


def test_an_empty_secrets_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty").write_text("\n")
    with pytest.raises(SetupError, match="DISCORD_TOKEN_FILE names an empty file"):
        read_settings({"DISCORD_TOKEN_FILE": str(tmp_path / "empty")}, NOWHERE)


@pytest.mark.parametrize("value", ["/nonexistent/hunter2", "hunter2\0", "~nobody-hunter2/x"])
def test_a_secrets_file_that_cannot_be_read_is_not_repeated(value: str) -> None:
    with pytest.raises(SetupError, match="DISCORD_TOKEN_FILE") as caught:
        read_settings({"DISCORD_TOKEN_FILE": value}, NOWHERE)
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    "value",
    [
        "postgresql:/u:hunter2@h/db",
        "postgres//u:hunter2@h/db",
        "postgres:u:hunter2@h",
        "u:hunter2@h/db",
        "host=127.0.0.1 password=hunter2 user=u",
        "sqlite:///postgresql:/u:hunter2@h/db",
    ],
)
def test_a_slip_in_a_database_address_is_no_files_name(value: str) -> None:
    with pytest.raises(SetupError, match="postgresql://user") as caught:
        read_settings({"DATABASE_URL": value}, NOWHERE)
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("value", ["data/postgres.db", "/home/me@work/a.db", "sqlite:////var/postgresql.db"])
def test_a_files_name_may_resemble_an_address(value: str) -> None:
    assert read_settings({"DATABASE_URL": value}, NOWHERE).store_url == value


@pytest.mark.parametrize("name", [field.encode_name for field in fields(Settings)])
def test_a_token_behind_the_wrong_name_is_not_repeated(name: str) -> None:
    for value in ("MTk.hunter2.x y", "http://bot:hunter2@host", "\x1b]hunter2"):
        with suppress(SetupError):
            read_settings({name: value}, NOWHERE)
            continue
        with pytest.raises(SetupError) as caught:
            read_settings({name: value}, NOWHERE)
        assert "hunter2" not in str(caught.value)
        assert "\x1b" not in str(caught.value)


@pytest.mark.parametrize(
    ("ids", "count", "read"),
    [("0", "1", (0,)), ("0-2, 5", "6", (0, 1, 2, 5)), ("3,1,1-2", "4", (1, 2, 3)), ("", "9", ())],
)
def test_shards_are_single_numbers_and_ranges(ids: str, count: str, read: tuple[int, ...]) -> None:
    settings = read_settings({"SHARD_IDS": ids, "SHARD_COUNT": count}, NOWHERE)
    assert (settings.shard_ids, settings.shard_count) == (read, int(count))


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ({"DISCORD_PUBLIC_KEY": "hunter2"}, "DISCORD_PUBLIC_KEY is not a public key"),
        ({"DISCORD_PUBLIC_KEY": 63 * "0"}, "DISCORD_PUBLIC_KEY is not a public key"),
        ({"DISCORD_PUBLIC_KEY": 64 * "0", "DISCORD_TOKEN": ""}, "goes with DISCORD_TOKEN"),
        ({"DISCORD_PUBLIC_KEY": 64 * "0", "SHARD_COUNT": "2"}, "no gateway"),
        ({"DISCORD_PORT": "70000"}, "DISCORD_PORT"),
    ],
)
def test_what_does_not_go_with_interactions_over_http_is_told(more: dict[str, str], named: str) -> None:
    with pytest.raises(SetupError, match=named) as caught:
        read_settings({"DISCORD_TOKEN": "token"} | more, NOWHERE)
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    ("ids", "count"), [("0", ""), ("4", "4"), ("2-1", "4"), ("0-", "4"), ("0-99999999999", "4"), ("a", "4")]
)
def test_shards_that_cannot_be_are_told(ids: str, count: str) -> None:
    with pytest.raises(SetupError, match=r"SHARD_IDS (aren't shards: write them as 0,1 or 0-3|go from 0 to)"):
        read_settings({"SHARD_IDS": ids, "SHARD_COUNT": count}, NOWHERE)
