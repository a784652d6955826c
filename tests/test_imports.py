"""What a command loads: nothing that only a connection needs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
HEAVY = (
    "discord", "slack_bolt", "slack_sdk", "aiohttp", "prompt_toolkit", "wcwidth", "asyncpg", "PIL", "fontpkg",
    "genanki", "icalendar", "fsrs", "prometheus_client",
)  # fmt: skip


@pytest.mark.parametrize("typed", ['bot ask "/quote gunpowder"', "corpus check"])
def test_a_command_that_does_not_connect_loads_no_client(typed: str, tmp_path: Path) -> None:
    module, *arguments = typed.replace('"', "").split(maxsplit=2)
    program = f"""
import runpy, sys
sys.argv[1:] = {arguments!r}
try:
    runpy.run_module({module!r}, run_name="__main__", alter_sys=True)
except SystemExit as end:
    assert not end.code, end.code
print(*sys.modules, file=sys.stderr)
"""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "DISCORD_TOKEN": "ab.cd.ef", "METRICS_PORT": "9464"}
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, cwd=tmp_path, env=environment)
    loaded = set(done.stderr.split())
    assert "corpus" in loaded
    assert loaded.isdisjoint(HEAVY)


def test_a_gateway_needs_no_server_and_no_signatures() -> None:
    program = "import sys, bot.platforms.discord.adapter; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True, cwd=ROOT)
    loaded = set(done.stdout.split())
    assert "discord" in loaded
    assert loaded.isdisjoint({"cryptography", "nacl", "bot.platforms.http_server"})
