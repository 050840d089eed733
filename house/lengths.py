"""How long source files and Python functions are: a file fits in a reader's head, a function on a screen.

`python -m house.lengths [ROOT]` names each one that is too long and ends with 1. Functions of the web client are
measured by its own linter. A docstring and decorators do not count as lines of a function: both are there for its
reader.
"""

import ast
import os
import sys
from collections.abc import Iterator
from pathlib import Path

__all__ = ["CENTRES", "main", "too_long"]

_LONGEST_FILE = 399
_LONGEST_FUNCTION = 40
_LONGEST_CENTRE = 299
CENTRES = (  # what everything grows from; a second subject moves out before it is squeezed in
    "rules/makersphere_rules/engine.py",
    "rules/makersphere_rules/state.py",
    "server/makersphere_server/lobby/lobby.py",
    "server/makersphere_server/room/room.py",
)
_SOURCES = {".py", ".ts", ".tsx", ".css"}
_TOPS = ("rules", "server", "clients", "tests", "house", "docs")
_NOT_OURS = {"node_modules", "dist", "generated", "__pycache__"}


def too_long(root: Path) -> list[str]:
    """Return a line for each file and function of Python that is too long: its length, the bound and what to do."""
    return [line for path in sorted(_sources(root)) for line in _of_file(root, path)]


def _sources(root: Path) -> Iterator[Path]:
    yield from (path for path in root.glob("*.py"))
    for top in _TOPS:
        for folder, folders, files in os.walk(root / top):
            folders[:] = sorted(name for name in folders if name not in _NOT_OURS and not name.startswith("."))
            yield from (Path(folder, name) for name in files if Path(name).suffix in _SOURCES)


def _of_file(root: Path, path: Path) -> Iterator[str]:
    name = path.relative_to(root).as_posix()
    source = path.read_text("utf-8")
    lines = len(source.splitlines())
    most = _LONGEST_CENTRE if name in CENTRES else _LONGEST_FILE
    if lines > most:
        remedy = "a centre: move a second subject out" if name in CENTRES else "split it by subject"
        yield f"{name}: {lines} lines, {most} at most; {remedy}"
    if path.suffix == ".py":
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _length(node) > _LONGEST_FUNCTION:
                has = f"{node.name} has {_length(node)} lines, {_LONGEST_FUNCTION} at most"
                yield f"{name}:{node.lineno}: {has}; take a step out under a name of its own"


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return a function's lines, its docstring left out."""
    first = function.body[0]
    has_docstring = ast.get_docstring(function, clean=False) is not None
    docstring = (first.end_lineno or 0) - first.lineno + 1 if has_docstring else 0
    return (function.end_lineno or 0) - function.lineno + 1 - docstring


def main(arguments: list[str]) -> int:
    """Print what is too long, and return 1 where something is."""
    root = Path(arguments[0]) if arguments else Path(__file__).resolve().parent.parent
    found = too_long(root)
    for line in found:
        print(line)
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
