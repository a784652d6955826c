"""The lock files: exact, hashed, of one date, and naming no registry; and the licences of what they bring."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from importlib.metadata import PackageMetadata, metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
LOCKS = sorted(ROOT.glob("requirements*.lock"))
_KNOWN = re.compile(r"MIT|BSD|Apache|PSF|Python Software Foundation|ISC|Zlib|CC0|OFL|MPL|LGPL")
_STRICT = re.compile(r"(?<!L)GPL|SSPL|Business Source|Elastic|Commons Clause|Proprietary|Non-?Commercial", re.I)


def pinned(lock: Path) -> dict[str, str]:
    """The version of each package that a lock file names."""
    return dict(re.findall(r"^([a-z0-9.-]+)==([^ ;\\]+)", lock.read_text(encoding="utf-8"), re.MULTILINE))


def here(lock: Path) -> list[str]:
    """The packages of a lock file that are meant for this machine."""
    lines = re.findall(r"^([a-z0-9.-]+==[^\\\n]+)", lock.read_text(encoding="utf-8"), re.MULTILINE)
    wanted = [Requirement(line) for line in lines]
    return [one.name for one in wanted if one.marker is None or one.marker.evaluate()]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_pin_has_hashes_and_no_registry_is_named(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z0-9])", text)
    assert pinned(lock)
    assert all("--hash=sha256:" in one for one in entries if "==" in one)
    assert "://" not in text
    assert "-index" not in text


def test_no_words_install_a_package_of_this_name_from_a_registry() -> None:
    """Somebody could register it, and run code beside the tokens of all who follow the instructions."""
    told = [*ROOT.glob("*.md"), *ROOT.glob("docs/*"), *ROOT.glob("bot/**/*.py"), *ROOT.glob("scripts/*")]
    told += [ROOT / name for name in (".env.example", "Makefile", "Dockerfile", "compose.yaml")]
    texts = [one.read_text(encoding="utf-8") for one in told if one.suffix != ".png"]
    assert not [text for text in texts if re.search(r"(?:install|pipx|uvx)\b[^\n]*[ \"']smolny\b(?!/)", text)]


def test_whatever_is_installed_has_a_known_hash_and_no_build_of_its_own_runs() -> None:
    pages = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("bot/**/*.py")]
    pages += [ROOT / name for name in (".env.example", "Makefile", "Dockerfile")]
    lines = [line for page in pages for line in page.read_text(encoding="utf-8").splitlines()]
    installs = [line for line in lines if re.search(r"\bpip\b.* (?:install|sync) ", line) and "apt " not in line]
    assert len(installs) > 6
    # uv also compares the hashes of what it is held to.
    hashed = re.compile(r"--require-hashes|-c requirements-dev\.lock")
    assert [line for line in installs if not hashed.search(line)] == []
    # $(WHEELS) is --no-build but for the mutation tester, where the Makefile says why.
    wheels = re.compile(r"--no-build|--only-binary :all:|\$\(WHEELS\)")
    assert [line for line in installs if not wheels.search(line)] == []


def test_development_has_the_versions_of_an_installation() -> None:
    shipped, develop = pinned(ROOT / "requirements.lock"), pinned(ROOT / "requirements-dev.lock")
    assert shipped.items() <= develop.items()


def test_the_date_of_the_locks_is_one_moment_in_the_past() -> None:
    (date,) = re.findall(r"^LOCK_DATE \?= (\S+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert datetime.fromisoformat(date) < datetime.now(UTC)


@pytest.mark.parametrize("name", here(ROOT / "requirements.lock"))
def test_licences_are_free_and_ask_little(name: str) -> None:
    said = licence(metadata(name))
    assert _KNOWN.search(said), said
    assert not _STRICT.search(said), said


def licence(about: PackageMetadata) -> str:
    """What a package says of its licence: as an expression, in its classifiers, or in words."""
    if expression := about.get_all("License-Expression"):
        return str(expression[0])
    classifiers = [one.rpartition(" :: ")[2] for one in about.get_all("Classifier") or [] if one.startswith("License")]
    return "; ".join(classifiers) or "; ".join(about.get_all("License") or [])
