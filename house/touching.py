"""Which tests touch a file: those whose imports lead to it, the nearest first.

Answers from the source alone, without running any of it. An import counts wherever it stands, and so does a module
that a text names: `"makersphere_cli.main"` is started as a process; `"play:play"`, a file beside or below, is imported
when it is called for. A file that is no Python is touched through the code that reads it. A file of the rules brings
the golden playthroughs, however far away they are: they show what it changes in a game. Never sees what is found in
other ways: what a page in a browser asks a server for, what is looked up by the name of a rule.
"""

import ast
import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from house.trouble import Trouble

__all__ = ["READERS", "Imports", "Touching", "touching"]

FEWEST = 10  # test files, where so many lead to a file: a handful is quick, and the nearest find most
READERS = {  # of data files by their folder; other files are read where their name stands
    "rules/makersphere_rules/data": "rules/makersphere_rules/shipped.py",
    "server/makersphere_protocol/texts": "server/makersphere_protocol/texts.py",
}
_RULES, _PLAYTHROUGHS = "rules/makersphere_rules/", "tests/playthroughs"
_PATHS = (".", "rules", "server", "clients")  # where modules are found, as pytest is told in pyproject.toml
_SKIPPED = {"node_modules", "__pycache__", "dist"}
_WEB = "clients/web"
_MODULE = re.compile(r"(?:\w+\.)+\w+")
_BESIDE = re.compile(r"(\w+):\w+")


class Touching(NamedTuple):
    """The tests to run.

    Attributes:
        tests: Test files, the nearest first.
        vitest: Whether the web client's own tests are among them.
        why: One sentence that says how they were chosen, and what is not seen.
    """

    tests: list[Path]
    vitest: bool
    why: str


def touching(root: Path, files: Iterable[Path]) -> Touching:
    """Return the tests that touch one of the files, in the checkout at `root`.

    Raises:
        Trouble: There is no such file, or no test is known to lead to any.
    """
    known = Imports(root)
    starts: set[Path] = set()
    names: set[str] = set()
    for file in files:
        path = file.resolve()
        if not path.is_file() or not path.is_relative_to(root):
            raise Trouble(f"there is no file {file} in this checkout.")
        starts |= {path} if path.suffix == ".py" else _readers(root, known, path)
        names.add(path.relative_to(root).as_posix())
    web = any(name.startswith((f"{_WEB}/", "server/makersphere_protocol/texts/")) for name in names)
    distances = {path: far for path, far in known.distances(starts).items() if _is_test(path)}
    if not distances and not web:
        raise Trouble(f"no test is known to touch {', '.join(sorted(names))}: `python3 run.py test` runs them all.")
    mirrored = {f"test_{path.stem}.py" for path in starts}
    chosen = sorted(_nearest(distances), key=lambda path: (path.name not in mirrored, distances[path], path))
    if any(name.startswith(_RULES) for name in names):
        chosen += sorted(path for path in _tests_in(root / _PLAYTHROUGHS, known) if path not in chosen)
    return Touching(chosen, web, _why(sorted(names), len(chosen), len(distances), web=web))


def _nearest(distances: Mapping[Path, int]) -> list[Path]:
    """Return whole steps of distance, until there are enough files."""
    chosen: list[Path] = []
    for step in sorted(set(distances.values())):
        if len(chosen) >= FEWEST:
            break
        chosen += [path for path, far in distances.items() if far == step]
    return chosen


def _tests_in(folder: Path, known: "Imports") -> Iterator[Path]:
    return (path for path in known.files if path.parent == folder and _is_test(path))


def _why(names: list[str], chosen: int, there: int, *, web: bool) -> str:
    """Return what runs, out of how many, and what is not seen."""
    runs = f"{'vitest and ' if web else ''}the {chosen} nearest of {max(there, chosen)} test files that lead to it run"
    return (
        f"{', '.join(names)}: {runs}; all of them: `python3 run.py test`."
        " Not seen: what a page in a browser asks for, and what is looked up by the name of a rule."
    )


def _readers(root: Path, known: "Imports", path: Path) -> set[Path]:
    """Return the Python files through which a file in another language is touched."""
    name = path.relative_to(root).as_posix()
    readers = {root / reader for folder, reader in READERS.items() if name.startswith(f"{folder}/")}
    if name.startswith(f"{_WEB}/"):
        return set(_tests_in(root / "tests/web", known))
    if name.startswith("tests/"):
        readers |= set(_tests_in(path.parent, known))
    return readers | known.that_name(path.name)


def _is_test(path: Path) -> bool:
    return path.name.startswith("test_")


class Imports:
    """All Python files of a checkout, and who leads to whom."""

    def __init__(self, root: Path) -> None:
        self.files = set(_python_files(root))
        self._modules = {name: path for path in self.files for name in _names(path.relative_to(root))}
        self._texts: dict[Path, set[str]] = {}
        self._users: dict[Path, set[Path]] = defaultdict(set)
        for path in sorted(self.files):
            for used in self._used_by(path):
                self._users[used].add(path)

    def distances(self, starts: set[Path], *, around: Callable[[Path], bool] | None = None) -> dict[Path, int]:
        """Return for each file that leads to one of these over how many imports it does.

        Args:
            starts: the files that are led to.
            around: says of a file whether the way may not go through it; None: it may go through all.
        """
        found = dict.fromkeys(starts, 0)
        queue = list(found)
        for path in queue:
            for user in sorted(self._users[path] - found.keys()):
                if around is not None and around(user):
                    continue
                found[user] = found[path] + 1
                queue.append(user)
        return found

    def that_name(self, name: str) -> set[Path]:
        """Return the files in which a text is this file's name, alone or at the end of a path."""
        return {path for path, texts in self._texts.items() if any(text.split("/")[-1] == name for text in texts)}

    def _used_by(self, path: Path) -> Iterator[Path]:
        tree = ast.parse(path.read_bytes())
        texts = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
        self._texts[path] = {text for text in texts if isinstance(text, str)}
        for name in _imported(tree):
            if name in self._modules:
                yield self._modules[name]
        for text in self._texts[path]:
            if _MODULE.match(text):
                yield from self._longest(text)
            beside = _BESIDE.fullmatch(text)
            if beside:
                yield from self.files.intersection(path.parent.glob(f"**/{beside[1]}.py"))
        if _is_test(path):
            yield from (conftest for folder in path.parents if (conftest := folder / "conftest.py") in self.files)

    def _longest(self, text: str) -> Iterator[Path]:
        """Yield the module that a text names, whatever of it is named behind."""
        name = text.partition(":")[0]
        while "." in name and name not in self._modules:
            name = name.rpartition(".")[0]
        if name in self._modules and "." in name:
            yield self._modules[name]


def _python_files(root: Path) -> Iterator[Path]:
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if name not in _SKIPPED and not name.startswith("."))
        yield from (Path(folder, name) for name in sorted(files) if name.endswith(".py"))


def _names(path: Path) -> Iterator[str]:
    """Yield the names under which a file can be imported."""
    parts = path.with_suffix("").parts
    inside = parts[1:] if parts[0] in _PATHS else parts
    yield ".".join(inside[:-1] if inside[-1] == "__init__" else inside)


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Import(names):
                yield from (name for alias in names for name in _with_packages(alias.name))
            case ast.ImportFrom(module=str(module), level=0):
                yield from _with_packages(module)
                yield from (f"{module}.{alias.name}" for alias in node.names)
            case _:
                pass


def _with_packages(name: str) -> Iterator[str]:
    """Yield a module's name and those of the packages that it is in, which are imported before it."""
    while name:
        yield name
        name = name.rpartition(".")[0]
