"""The repository's own promises: no addresses of machines, files of readable size, typed packages."""

import ast
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.house.checkout import ROOT, tracked_files

PACKAGES = {
    "rules": ["makersphere_rules"],
    "server": ["makersphere_protocol", "makersphere_server"],
    "clients": ["makersphere_bots", "makersphere_clients", "makersphere_playtest", "makersphere_cli"],
}
ADDRESSES = re.compile(
    r"pypi[.]org|pythonhosted[.]org|registry[.]npmjs|npmmirror[.]com|deb[.]debian[.]org|jsr[.]io"
    r"|(?<![\w.])/(?:root|home/\w+|Users/\w+|work)/|[A-Z]:\\\\?Users\\"
)
RESOLVED = re.compile(r'"resolved"\s*:')
SOURCES = {".py", ".ts", ".tsx", ".css"}
LONGEST_FILE = 400
LONGEST_FUNCTION = 40
CENTRES = (
    "rules/makersphere_rules/engine.py",
    "rules/makersphere_rules/state.py",
    "server/makersphere_server/lobby/lobby.py",
    "server/makersphere_server/room/room.py",
)
LONGEST_CENTRE = 300


def _text(path: Path) -> str | None:
    """Return a file's text, or None where it is none."""
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        return None


def test_no_tracked_file_has_an_address_of_a_registry_or_a_machine() -> None:
    """Whoever clones this meets no host name of a registry and no folder of somebody's machine."""
    found = [
        f"{path.relative_to(ROOT)}:{number}: {match[0]}"
        for path in tracked_files()
        for number, line in enumerate((_text(path) or "").splitlines(), 1)
        if (match := ADDRESSES.search(line))
    ]
    assert found == []


def test_no_lock_says_where_its_packages_were_fetched_from() -> None:
    """The web client's lock keeps hashes and no addresses, whichever registry made it."""
    locks = [path for path in tracked_files() if path.suffix == ".json" and "lock" in path.name]
    assert [path for path in locks if RESOLVED.search(path.read_text("utf-8"))] == []


def test_source_files_are_under_400_lines() -> None:
    """A source file fits in a reader's head."""
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines())
        for path in tracked_files()
        if path.suffix in SOURCES
    }
    assert {name: length for name, length in lengths.items() if length >= LONGEST_FILE} == {}


def test_the_centres_are_under_300_lines() -> None:
    """The file in which a reader begins has air: what grows there gets a file of its own before it is squeezed."""
    lengths = {name: len((ROOT / name).read_text("utf-8").splitlines()) for name in CENTRES}
    assert {name: length for name, length in lengths.items() if length >= LONGEST_CENTRE} == {}


def _lengths_of_functions(path: Path) -> dict[str, int]:
    """Return the lines of every function, without its docstring and its decorators."""
    lengths = {}
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0]
            has_docstring = ast.get_docstring(node, clean=False) is not None
            docstring = (first.end_lineno or 0) - first.lineno + 1 if has_docstring else 0
            name = f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
            lengths[name] = (node.end_lineno or 0) - node.lineno + 1 - docstring
    return lengths


def test_functions_are_at_most_40_lines() -> None:
    """A function does one thing, and fits on a screen."""
    lengths: dict[str, int] = {}
    for path in tracked_files():
        if path.suffix == ".py":
            lengths |= _lengths_of_functions(path)
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


@pytest.mark.parametrize(("folder", "package"), [(f, name) for f in PACKAGES for name in PACKAGES[f]])
def test_every_package_is_typed_and_says_what_it_is(folder: str, package: str) -> None:
    """Type checkers of other projects read our types, and readers our first paragraph."""
    home = ROOT / folder / package
    assert (home / "py.typed").is_file()
    assert ast.get_docstring(ast.parse((home / "__init__.py").read_text("utf-8")))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Return the names of all files in a wheel built from the checkout, with the web client as it is."""
    pytest.importorskip("hatchling", reason="comes with the extra `build`")
    target = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(target)]
    env = {"MAKERSPHERE_SKIP_WEB": "1", "PYTHONPATH": ""}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in env.items():
            patch.setenv(name, value)
        subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    (built,) = target.glob("*.whl")
    with zipfile.ZipFile(built) as archive:
        return set(archive.namelist())


def test_the_wheel_holds_our_packages_and_nothing_else(wheel: set[str]) -> None:
    """Nobody's `rules`, `server` or `tests` is overwritten by installing the game."""
    tops = {name.partition("/")[0] for name in wheel}
    ours = {name for names in PACKAGES.values() for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == ours


def test_the_wheel_holds_the_data_files(wheel: set[str]) -> None:
    """Decks, scenarios and texts travel with the code that reads them."""
    data = {
        path.relative_to(ROOT / folder).as_posix()
        for folder in PACKAGES
        for path in tracked_files()
        if path.is_relative_to(ROOT / folder / "makersphere_rules/data")
        or path.is_relative_to(ROOT / folder / "makersphere_protocol/texts")
    }
    assert data
    assert data <= wheel


def test_the_wheel_holds_the_built_web_client(wheel: set[str]) -> None:
    """An installed server finds its web client in its own package."""
    if not (ROOT / "clients/web/dist/index.html").is_file():
        pytest.skip("the web client is not built")
    assert "makersphere_server/web/index.html" in wheel
