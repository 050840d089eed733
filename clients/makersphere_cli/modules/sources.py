"""The source of a rule module as trees: where a class, a function, a field or a text stands in it.

Answers places alone; what is wrong there is asked in `read_source.py` and its neighbours.
"""

from __future__ import annotations

import ast
import functools
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any, TypeVar

import attrs

__all__ = ["Function", "Place", "Source", "Sources", "sources_of", "toml_near"]

Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
Place = tuple[Path, int]
T = TypeVar("T")


@attrs.frozen(eq=False)
class Source:
    """One file: where it lies, its tree, and the names that it has once it is imported."""

    path: Path
    tree: ast.Module
    names: dict[str, Any] = attrs.field(repr=False)

    def called(self, node: ast.Call) -> object:
        """Return what a call calls, where that is a plain name; else None."""
        return self.names.get(node.func.id) if isinstance(node.func, ast.Name) else None


@attrs.frozen(eq=False)
class Sources:
    """All files of a package that is looked at, the one with the module first."""

    files: tuple[Source, ...]

    def nodes(self) -> Iterator[tuple[Source, ast.AST]]:
        """Yield every node of every file."""
        return ((source, node) for source in self.files for node in ast.walk(source.tree))

    def calls(self, name: str) -> Iterator[tuple[Source, ast.Call]]:
        """Yield the calls of something by name, plain or as an attribute."""
        for source, node in self.nodes():
            if isinstance(node, ast.Call) and name_of(node.func) == name:
                yield source, node

    def of_class(self, cls: type) -> tuple[Source, ast.ClassDef] | None:
        """Return where a class is written, or None if that is elsewhere."""
        for source, node in self.nodes():
            if isinstance(node, ast.ClassDef) and (source.names.get("__name__"), node.name) == (
                cls.__module__,
                cls.__name__,
            ):
                return source, node
        return None

    def has(self, cls: type) -> bool:
        """Return whether a class is written here."""
        return any(source.names.get("__name__") == cls.__module__ for source in self.files)

    def kinds(self, base: type[T]) -> Iterator[type[T]]:
        """Yield the classes with a base that are written here."""
        for source in self.files:
            for made in source.names.values():
                if isinstance(made, type) and issubclass(made, base) and made.__module__ == source.names["__name__"]:
                    yield made

    def place(self, cls: type, *names: str) -> Place:
        """Return where the first of some names is declared in a class; else where the class is; else the first line."""
        found = self.of_class(cls)
        if found is None:
            return self.files[0].path, 1
        source, node = found
        for name in names:
            for item in node.body:
                if name in _declared(item):
                    return source.path, item.lineno
        return source.path, node.lineno

    def function(self, made: Callable[..., Any]) -> tuple[Source, Function] | None:
        """Return where a function is written, or None if that is elsewhere."""
        while isinstance(made, functools.partial):
            made = made.func
        code = getattr(made, "__code__", None)
        if code is None:
            return None
        for source in self.files:
            if Path(code.co_filename) == source.path:
                for node in ast.walk(source.tree):
                    if isinstance(node, Function) and _first_line(node) == code.co_firstlineno:
                        return source, node
        return None

    def reached(self, *begin: tuple[Source, Function] | None) -> list[tuple[Source, Function]]:
        """Return some functions and all functions of these files that they name, and those these name."""
        known = {name: where for source in self.files for name, where in _functions(source)}
        found: dict[int, tuple[Source, Function]] = {}
        left = [one for one in begin if one is not None]
        while left:
            source, node = left.pop()
            if id(node) not in found:
                found[id(node)] = source, node
                left += [known[name] for name in _named(node) if name in known]
        return list(found.values())

    def text(self, *words: str) -> Place | None:
        """Return where one of some words stands as a text of its own, the first word first."""
        for word in words:
            for source, node in self.nodes():
                if isinstance(node, ast.Constant) and node.value == word:
                    return source.path, node.lineno
        return None

    def at(self, frame: FrameType | TracebackType | None) -> Place | None:
        """Return where in these files a running call, or the last of a traceback, is; None if nowhere."""
        paths = {source.path for source in self.files}
        found: Place | None = None
        if isinstance(frame, TracebackType):
            trace: TracebackType | None = frame
            while trace is not None:
                path = Path(trace.tb_frame.f_code.co_filename)
                found = (path, trace.tb_lineno) if path in paths else found
                trace = trace.tb_next
            return found
        while frame is not None:
            path = Path(frame.f_code.co_filename)
            if path in paths:
                return path, frame.f_lineno
            frame = frame.f_back
        return None


def name_of(node: ast.AST) -> str:
    """Return the last part of a name, plain or dotted; "" of anything else."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


def _functions(source: Source) -> Iterator[tuple[str, tuple[Source, Function]]]:
    """Yield the functions of a file by name, and the methods by `self.NAME`."""
    for item in source.tree.body:
        if isinstance(item, ast.FunctionDef):
            yield item.name, (source, item)
        elif isinstance(item, ast.ClassDef):
            methods = (inner for inner in item.body if isinstance(inner, ast.FunctionDef))
            yield from ((f"self.{method.name}", (source, method)) for method in methods if method.name != "apply")


def _named(node: Function) -> Iterator[str]:
    """Yield the plain names in a function, and what it asks of `self`."""
    for inner in ast.walk(node):
        match inner:
            case ast.Name(id=name):
                yield name
            case ast.Attribute(value=ast.Name(id="self"), attr=name):
                yield f"self.{name}"
            case _:
                pass


def _declared(item: ast.stmt) -> list[str]:
    match item:
        case ast.FunctionDef(name=name):
            return [name]
        case ast.Assign(targets=targets):
            return [name_of(target) for target in targets]
        case ast.AnnAssign(target=target):
            return [name_of(target)]
        case _:
            return []


def _first_line(node: Function) -> int:
    decorators = [] if isinstance(node, ast.Lambda) else node.decorator_list
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])


def toml_near(folder: Path) -> list[Path]:
    """Return the TOML files of a module's folder and of those in it: its scenarios and texts, and no whole disk."""
    return sorted((*folder.glob("*.toml"), *folder.glob("[!.]*/*.toml")))


def sources_of(cls: type) -> Sources:
    """Return the files of a rule module: those of its package, or its one file.

    Of the game's own modules, which lie in one package, each is a file or a folder by itself.
    """
    home = sys.modules[cls.__module__]
    top = cls.__module__.partition(".")[0]
    whole = cls.__module__ if hasattr(home, "__path__") or top == "makersphere_rules" else top
    own = [name for name in sys.modules if name == whole or name.startswith(f"{whole}.")]
    names = [cls.__module__, *sorted(set(own) - {cls.__module__})]
    return Sources(tuple(filter(None, map(_read, names))))


def _read(name: str) -> Source | None:
    module = sys.modules[name]
    file = getattr(module, "__file__", None)
    if file is None or not file.endswith(".py"):
        return None
    path = Path(file)
    return Source(path, ast.parse(path.read_text("utf-8")), vars(module))
