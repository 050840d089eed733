"""The only arrows there are between our packages and among the tests, read from the source by a second pair of eyes.

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


def _taken_from_test_modules(folder: Path) -> list[str]:
    """Return the imports out of test modules below a folder, each as file, line and module."""
    found = []
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.ImportFrom(module=module, names=names):
                    imported = [part for alias in names for part in (module or "", alias.name)]
                case ast.Import(names):
                    imported = [alias.name for alias in names]
                case _:
                    continue
            taken = {name for name in imported if any(part.startswith("test_") for part in name.split("."))}
            found += [f"{path.relative_to(folder)}:{node.lineno}: {name}" for name in sorted(taken)]
    return found


def test_nothing_is_imported_out_of_a_test_module() -> None:
    """What several tests use stands in a file beside them, so that running one test file runs no other's."""
    assert _taken_from_test_modules(ROOT / "tests") == []


@pytest.mark.parametrize(
    "line",
    ["from tests.web.test_sources import read", "from tests.web import test_sources", "import tests.web.test_sources"],
)
def test_an_import_out_of_a_test_module_is_found(tmp_path: Path, line: str) -> None:
    """Whichever way it is written, with file and line."""
    (tmp_path / "test_more.py").write_text(f"import json\n{line}\n")
    (place,) = _taken_from_test_modules(tmp_path)
    assert place.startswith("test_more.py:2: ")
