"""The repository's own promises: no addresses of machines, typed packages, a whole wheel."""

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
