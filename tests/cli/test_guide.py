"""The guide for authors of rule modules, followed word by word in an empty folder."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import attrs
import pytest

from makersphere_rules import author
from makersphere_rules.module import Draft, RuleModule
from makersphere_rules.state import State
from tests.cli.program import COMMAND, environment, started

GUIDE = Path(__file__).resolve().parents[2] / "rules" / "README.md"
FENCE = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INSTALL = ("python", "-m", "pip", "install", "-e", ".")
PLAY = ("makersphere", "play")
INSIDE = "inside"  # likewise, on a scenario that ships and is changed by a difference that the guide shows
BIG_GAME = "big-game"  # marks commands that follow each other, on a file that one makes and the guide goes on with
OWN_MODULES = (
    "tests/playthroughs/test_playthroughs.py::test_every_module_has_a_sheet_and_a_playthrough",
    "tests/rules/kit/test_bounds.py::test_every_module_is_played",
    "tests/protocol/test_reference.py::test_reference_files_are_current",
)
BEGIN = "begin"  # marks commands that follow each other in an empty folder
TOLERANT = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@attrs.frozen
class Shown:
    """A command that the guide shows, and what it says that the command prints."""

    command: str
    output: str


def files() -> dict[str, str]:
    """Return the files of the guide; what it writes in several pieces is put together."""
    found: dict[str, str] = {}
    for language, name, text in FENCE.findall(GUIDE.read_text("utf-8")):
        if name and language not in ("console", "diff"):
            found[name] = found.get(name, "") + text
    return found


def commands(mark: str = "") -> Iterator[Shown]:
    """Yield the commands of the guide in order that have a mark, or those that have none."""
    for language, marked, text in FENCE.findall(GUIDE.read_text("utf-8")):
        if (language, marked) == ("console", mark):
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
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
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
    if tuple(shlex.split(shown.command)) != INSTALL:  # that is done once for all, without a network
        holds(shown, package, package)


def holds(shown: Shown, package: Path, folder: Path) -> None:
    """Carry a command out in a folder, and hold what it prints against the guide."""
    done = carried_out(shlex.split(shown.command), package, folder)
    assert doctest.OutputChecker().check_output(shown.output, done.stdout, TOLERANT), done.stdout + done.stderr


def carried_out(words: Sequence[str], package: Path, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder, with the package installed; `more` is of the environment."""
    program = {"makersphere": COMMAND, "python": (sys.executable,)}[words[0]]
    return subprocess.run(
        [*program, *words[1:]],
        cwd=folder,
        env=environment(package, **{**surroundings(package), **more}),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def test_a_module_goes_into_the_big_game(package: Path, tmp_path: Path) -> None:
    """A scenario that ships is copied, the phase is added, and bots play it with every credit accounted for."""
    first, *rest = commands(BIG_GAME)
    holds(first, package, tmp_path)
    with (tmp_path / "commons.toml").open("a", encoding="utf-8") as scenario:
        scenario.write(files()["commons.toml"])
    for shown in rest:
        holds(shown, package, tmp_path)


def inside(package: Path, folder: Path) -> Sequence[Shown]:
    """Make the scenario of the walk inside the big game, changed as the guide says; return what it shows then.

    Each line of the difference that goes is there once, whatever comment stands behind it.
    """
    first, *rest = commands(INSIDE)
    holds(first, package, folder)
    ((name, difference),) = re.findall(
        r"^```diff (\S+)\n(.*?)^```$", GUIDE.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    text = (folder / name).read_text("utf-8")
    lines = difference.splitlines()
    for old, new in zip(lines[::2], lines[1::2], strict=True):
        assert (old[0], new[0]) == ("-", "+")
        text, count = re.subn(rf"^{re.escape(old[1:])}( #.*)?$", new[1:], text, flags=re.MULTILINE)
        assert count == 1, old
    (folder / name).write_text(text, "utf-8")
    return rest


def test_a_matching_of_ones_own_is_played_inside_the_big_game(package: Path, tmp_path: Path) -> None:
    """It takes the place of the game's, with money, births and several sealed pledges, and no credit is lost."""
    for shown in inside(package, tmp_path):
        holds(shown, package, tmp_path)


def test_the_crowd_brings_ventures_to_the_world(package: Path, tmp_path: Path) -> None:
    """Told as a story: somebody pledges, a goal is met, and a venture is born of it."""
    inside(package, tmp_path)
    told = carried_out(["makersphere", "simulate", "crowdfund.toml", "--story"], package, tmp_path).stdout
    assert "The crowd gives" in told
    assert "is born" in told


def test_each_call_of_the_table_is_one_of_the_door() -> None:
    """Whoever looks up a call finds it under that name, with so many arguments at most."""
    part = GUIDE.read_text("utf-8").partition("## I want to")[2].partition("\n[docs/door.md]")[0]
    called = {name for cell in re.findall(r"`([^`]+)`", part) for name in re.findall(r"([\w.]+)\(", cell)}
    door = {*author.__all__, *(f"state.{name}" for name in dir(State)), *(f"draft.{name}" for name in dir(Draft))}
    hooks = {*dir(RuleModule), *(f"state.scenario.{name}" for name in ("params",)), "Command.at_once", "Command.sealed"}
    assert len(called) > 30
    assert called - door - hooks == set()


def test_a_package_is_begun_and_looked_over(package: Path, tmp_path: Path) -> None:
    """What the guide begins with is what the command writes."""
    for shown in commands(BEGIN):
        holds(shown, package, tmp_path)


def test_the_checkouts_tests_count_what_ships_alone(package: Path) -> None:
    """Whoever installs the package into the checkout's environment keeps the checkout green."""
    run = ["python", "-m", "pytest", "-q", *OWN_MODULES]
    done = carried_out(run, package, GUIDE.parents[1], PYTEST_ADDOPTS="-p no:cacheprovider")
    assert done.returncode == 0, done.stdout + done.stderr


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
    run = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--cache-dir",
        str(package.parent / "mypy"),
        "night_market.py",
        "kitty.py",
        "crowd",
    ]
    env = {**environment(package), "MYPYPATH": os.pathsep.join(str(GUIDE.parents[1] / part) for part in ("rules",))}
    done = subprocess.run(run, cwd=package, env=env, capture_output=True, encoding="utf-8", check=False, timeout=300)
    assert done.returncode == 0, done.stdout
