"""The services of compose.yaml: what runs, and that each is locked down."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.platforms.proxy import https_proxy
from bot.settings import read_settings

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "compose.yaml").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_is_shut_in(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["mem_limit"]
    assert service["pids_limit"]
    assert "privileged" not in service


def test_one_bot_runs_by_itself_and_the_profile_adds_the_rest() -> None:
    assert [name for name, one in SERVICES.items() if "profiles" not in one] == ["smolny"]
    assert {name for name, one in SERVICES.items() if one.get("profiles") == ["scale"]} == {
        "second", "postgres", "proxy",
    }  # fmt: skip
    assert SERVICES["second"]["image"] == SERVICES["smolny"]["image"]
    named = {one.partition(":")[0] for service in SERVICES.values() for one in service.get("volumes", [])}
    assert named == set(COMPOSE["volumes"])


@pytest.mark.parametrize("name", ["smolny", "second"])
def test_the_bots_need_nothing_that_the_profile_does_not_bring(name: str) -> None:
    wanted = SERVICES[name]["depends_on"]
    assert set(wanted) <= set(SERVICES)
    assert all(one["required"] is False for one in wanted.values())


@pytest.mark.parametrize("name", ["smolny", "second"])
def test_all_that_the_bots_write_is_in_their_volume(name: str) -> None:
    image = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    folders = {SERVICES[name]["environment"]["DATA_DIR"], *re.findall(r"(?:DATA_DIR|TMPDIR)=(\S+)", image)}
    mounted = [one.partition(":")[2] for one in SERVICES[name]["volumes"]]
    assert [*folders] == mounted == ["/data"]


def test_what_the_head_says_to_set_is_understood(tmp_path: Path) -> None:
    lines = re.findall(r"^#   ([A-Z_]+)=(.*)$", TEXT, re.MULTILINE)
    settings = read_settings(dict(lines), tmp_path / ".env")
    assert settings.discord_api_url == "http://proxy:8080"
    assert settings.store_url.startswith("postgresql://smolny:")
    assert dict(lines).keys() - {"DATABASE_URL", "DISCORD_API_URL"} == {"POSTGRES_PASSWORD"}


def test_a_proxy_out_of_the_network_is_for_whatever_asks_discord(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://school:3128")
    (api,) = re.findall(r"^#   DISCORD_API_URL=(.*)$", TEXT, re.MULTILINE)
    assert https_proxy(api) is None, "the bots ask the service itself"
    assert SERVICES["proxy"]["environment"]["HTTPS_PROXY"] == "${HTTPS_PROXY:-}"
    assert all(SERVICES[name]["env_file"] == ".env" for name in ("smolny", "second")), "the gateway is asked by them"
