"""The only arrows there are between our packages, read from the source by a second pair of eyes.

import-linter keeps the same contracts in `run.py check`, indirect imports included; this test needs no tool
and covers imports inside functions and under TYPE_CHECKING as well.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.checkout import ROOT

RULES, PROTOCOL, SERVER = "makersphere_rules", "makersphere_protocol", "makersphere_server"
BOTS, CLIENTS, PLAYTEST = "makersphere_bots", "makersphere_clients", "makersphere_playtest"
CLI = "makersphere_cli"

ARROWS = {
    RULES: set[str](),
    PROTOCOL: set[str](),
    BOTS: set[str](),
    SERVER: {PROTOCOL, RULES},
    CLIENTS: {PROTOCOL, BOTS},
    PLAYTEST: {RULES, BOTS},
    CLI: {RULES, PROTOCOL, BOTS, SERVER, CLIENTS, PLAYTEST},
}
NO_GAME_NEEDS = set(
    "asyncio concurrent datetime http logging multiprocessing os pathlib random secrets selectors socket"
    " sqlalchemy sqlite3 ssl structlog subprocess threading time urllib uuid websockets".split()
)


def _imported(package: str) -> Iterator[tuple[Path, str]]:
    """Yield each file of a package with the top-level name of each module that it imports."""
    (home,) = (path for path in ROOT.glob(f"*/{package}") if path.is_dir())
    for path in home.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Import(names):
                    yield from ((path, alias.name.partition(".")[0]) for alias in names)
                case ast.ImportFrom(module=str(module), level=0):
                    yield path, module.partition(".")[0]
                case _:
                    pass


@pytest.mark.parametrize("package", ARROWS)
def test_a_package_imports_only_along_the_arrows(package: str) -> None:
    """No package reaches for another that the architecture does not let it see."""
    ours = set(ARROWS) - {package} - ARROWS[package]
    assert [(str(path), name) for path, name in _imported(package) if name in ours] == []


def test_the_rules_know_no_time_chance_io_or_log() -> None:
    """The same log gives the same game everywhere, because nothing but the log goes in."""
    assert [(str(path), name) for path, name in _imported(RULES) if name in NO_GAME_NEEDS] == []


@pytest.mark.parametrize("package", ARROWS)
def test_nothing_of_ours_imports_the_houses_own_tools(package: str) -> None:
    """The game does not depend on how it is set up, nor on its tests."""
    assert [(str(path), name) for path, name in _imported(package) if name in {"house", "tests", "run"}] == []
