"""How much a newcomer sees at once: the counts on the page of the architecture are true, and no folder is full."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.checkout import ROOT

ARCHITECTURE = ROOT / "docs/architecture.md"
MOST_FILES = 25  # in a folder
ROW = re.compile(r"^\| `(makersphere_\w+(?:/\w+)*)` \| \d+ \| \d+ \| (\d+) \| (\d+)\b", re.MULTILINE)
ROWS = ROW.findall(ARCHITECTURE.read_text("utf-8"))


def _seen(home: Path) -> dict[str, list[Path]]:
    """Return what is seen in a package: its modules and its folders of modules, each with its files."""
    modules = {path.stem: [path] for path in home.glob("*.py") if path.stem != "__init__"}
    return modules | {path.name: files for path in home.iterdir() if (files := sorted(path.rglob("*.py")))}


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Import(names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=str(module), names=names):
                yield from (f"{module}.{alias.name}" for alias in names)
            case _:
                pass


def _arrows(package: str, seen: dict[str, list[Path]]) -> set[tuple[str, str]]:
    """Return who of those that are seen in a package imports whom, once each."""
    start = f"{package.replace('/', '.')}."
    names = [(name, one) for name, files in seen.items() for path in files for one in _imported(path)]
    reached = {(name, one.removeprefix(start).split(".")[0]) for name, one in names if one.startswith(start)}
    return {(name, other) for name, other in reached if other in seen and other != name}


@pytest.mark.parametrize(("package", "seen", "arrows"), ROWS, ids=[row[0] for row in ROWS])
def test_the_page_counts_what_is_there(package: str, seen: str, arrows: str) -> None:
    """What a folder shows, and how much of it leads to each other: whoever adds to it sees the number grow."""
    (home,) = ROOT.glob(f"*/{package}")
    there = _seen(home)
    assert (len(there), len(_arrows(package, there))) == (int(seen), int(arrows))


def test_the_page_has_counts() -> None:
    """A table that nobody can read would be true by itself."""
    assert len(ROWS) == 7


def _files() -> Iterator[Path]:
    tops = [path for top in ("rules", "server", "clients") for path in (ROOT / top).glob("makersphere_*")]
    for top in (*tops, ROOT / "tests", ROOT / "house"):
        yield from top.rglob("*.py")
    for top in (ROOT / "clients/web/src", ROOT / "clients/web/tests"):
        yield from (path for path in top.rglob("*") if path.suffix in {".ts", ".tsx", ".css"})


def test_no_folder_is_full() -> None:
    """A folder is taken in at one look; one that is full gets folders of its own, by subject."""
    count = Counter(path.parent for path in _files())
    assert {str(path.relative_to(ROOT)): files for path, files in count.items() if files > MOST_FILES} == {}
