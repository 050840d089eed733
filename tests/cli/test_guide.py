"""The guide for authors of rule modules, followed word by word in an empty folder."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest

from tests.cli.program import COMMAND, environment, started

GUIDE = Path(__file__).resolve().parents[2] / "rules" / "README.md"
FENCE = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INSTALL = ("python", "-m", "pip", "install", "-e", ".")
PLAY = ("makersphere", "play")
TOLERANT = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@attrs.frozen
class Shown:
    """A command that the guide shows, and what it says that the command prints."""

    command: str
    output: str


def files() -> dict[str, str]:
    """Return the files of the guide; what it writes in several pieces is put together."""
    found: dict[str, str] = {}
    for _, name, text in FENCE.findall(GUIDE.read_text("utf-8")):
        if name:
            found[name] = found.get(name, "") + text
    return found


def commands() -> Iterator[Shown]:
    """Yield the commands of the guide in order."""
    for language, _, text in FENCE.findall(GUIDE.read_text("utf-8")):
        if language == "console":
            for piece in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
                command, _, output = piece.partition("\n")
                yield Shown(command, output)


def installed(package: Path, site: Path) -> None:
    """Install the package as pip does, from what is on this machine alone."""
    offline = ("--no-deps", "--no-build-isolation", "--no-index", "--quiet", "--target", str(site))
    subprocess.run([sys.executable, *INSTALL[1:4], *offline, "."], cwd=package, check=True, capture_output=True)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the guide's package and install it beside Makersphere; return its folder."""
    folder = tmp_path_factory.mktemp("guide") / "night-market"
    folder.mkdir()
    for name, text in files().items():
        (folder / name).write_text(text, "utf-8")
    installed(folder, folder.parent / "site")
    return folder


def surroundings(package: Path) -> dict[str, str]:
    """Return the environment in which the package is installed."""
    path = os.pathsep.join(filter(None, (str(package.parent / "site"), os.environ.get("PYTHONPATH", ""))))
    return {"PYTHONPATH": path, "COLUMNS": "120", "PYTEST_ADDOPTS": "-p no:cacheprovider -p no:xdist -p no:asyncio"}


@pytest.mark.parametrize(
    "shown",
    [one for one in commands() if one.command.split()[:2] != list(PLAY)],
    ids=lambda shown: shown.command,
)
def test_each_command_prints_what_the_guide_shows(shown: Shown, package: Path) -> None:
    """Whoever copies the guide sees what it shows."""
    words = tuple(shlex.split(shown.command))
    if words == INSTALL:
        return  # done once for all, without a network
    program = {"makersphere": COMMAND, "python": (sys.executable,)}[words[0]]
    done = subprocess.run(
        [*program, *words[1:]],
        cwd=package,
        env=environment(package, **surroundings(package)),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert doctest.OutputChecker().check_output(shown.output, done.stdout, TOLERANT), done.stdout + done.stderr


def test_the_market_opens_for_people(package: Path) -> None:
    """`play` opens a room with the package's own rules, under the title that the package brings."""
    shown = next(one for one in commands() if one.command.split()[:2] == list(PLAY))
    here = ("--no-browser", "--host", "127.0.0.1", "--port", "0", "--data", str(package.parent / "rooms"))
    words = (*shlex.split(shown.command)[1:], *here)
    with started(package, *words, **surroundings(package)) as running:
        running.read_until("Projector")
        running.interrupt()
    printed = "".join(f"{line}\n" for line in running.lines)
    assert doctest.OutputChecker().check_output(shown.output, printed, doctest.ELLIPSIS), printed


def test_the_guide_is_followed_to_its_end() -> None:
    """It shows every command that an author needs, and only files that it writes."""
    shown = " ".join(one.command for one in commands())
    for needed in ("pip install", "scenario check", "scenario show", "simulate", "pytest", "play --scenario"):
        assert needed in shown
    assert [word for word in re.findall(r"[\w-]+\.toml", shown) if word not in files()] == []


def test_the_guides_code_is_as_clean_as_ours(package: Path) -> None:
    """It passes the strict type checker, as the house's own modules do."""
    pytest.importorskip("mypy")
    run = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(package.parent / "mypy"), "night_market.py"]
    env = {**environment(package), "MYPYPATH": os.pathsep.join(str(GUIDE.parents[1] / part) for part in ("rules",))}
    done = subprocess.run(run, cwd=package, env=env, capture_output=True, encoding="utf-8", check=False, timeout=300)
    assert done.returncode == 0, done.stdout
