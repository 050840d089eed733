"""Mutants: copies of one file with one small thing wrong, made from its syntax tree.

Answers which there are of a file and what the source of each is, and makes the copy that tells which statements a test
goes through. What would say nothing is left alone: log lines and counts for operators, annotations, `__all__`, texts of
documentation, and whether a field shows where a programmer prints its object (`repr`). So is what stands there for type
checkers alone: `assert_never`, which they have shown to be never carried out, and a condition on `TYPE_CHECKING`. A
returned False does not become None, since both say no; it becomes True instead.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import attrs

__all__ = ["PROBE", "Mutant", "count", "mutant", "probed"]

_COMPARED: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_COUNTED: Final[dict[type[ast.operator], type[ast.operator]]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_SAYS_NOTHING: Final = ("_log", "log", "metrics", "self._logger", "_logger", "warnings", "assert_never")

PROBE: Final = "_goes_through"  # what a probed file calls, with the line of the statement that comes next

Change = Callable[[], None]


@attrs.frozen
class Mutant:
    """One of a file's mutants.

    Attributes:
        path: of the file.
        line: where it is wrong.
        statement: the line that this statement begins in.
        in_function: whether it is in a function; else it is carried out while the module is imported.
        says: what stands there before and after, or that it was left out; of a value alone also where it stands.
        source: of the whole file, mutated.
    """

    path: Path
    line: int
    statement: int
    in_function: bool
    says: str
    source: str = attrs.field(repr=False)


def count(path: Path) -> int:
    """Return how many mutants a file has."""
    return sum(1 for _ in _changes(ast.parse(path.read_text("utf-8"))))


def mutant(path: Path, number: int) -> Mutant:
    """Return a file's mutant of a number, counted from 0.

    Raises:
        IndexError: it has not so many.
    """
    tree = ast.parse(path.read_text("utf-8"))
    for at, (node, change) in enumerate(_changes(tree)):
        if at == number:
            before, line, way = _short(node), getattr(node, "lineno", 0), _way(tree, node)
            statement = [one for one in way if isinstance(one, ast.stmt)][-1]
            inside = f" in: {_short(statement)}" if isinstance(node, ast.Constant) else ""
            in_function = any(isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef) for one in way)
            change()
            after = _short(ast.fix_missing_locations(node))
            says = f"left out: {before}" if after == before else f"{before} -> {after}{inside}"
            source = ast.unparse(ast.fix_missing_locations(tree))
            return Mutant(path, line, statement.lineno, in_function, says, source)
    raise IndexError(number)


def probed(path: Path) -> str:
    """Return a file's source with a call of `PROBE` before each statement of its functions."""
    tree = ast.parse(path.read_text("utf-8"))
    for function in [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]:
        for block in [block for node in _own(function) for block in _blocks(node)]:
            block[:] = [one for statement in block for one in _with_probe(statement)]
    return ast.unparse(ast.fix_missing_locations(tree))


def _own(function: ast.AST) -> Iterator[ast.AST]:
    """Give a function and what is in it, but for functions and classes in it."""
    yield function
    for child in ast.iter_child_nodes(function):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield from _own(child)


def _blocks(node: ast.AST) -> Iterator[list[ast.stmt]]:
    blocks = (getattr(node, name, None) for name in ("body", "orelse", "finalbody"))
    return (block for block in blocks if isinstance(block, list))


def _with_probe(statement: ast.stmt) -> tuple[ast.stmt, ...]:
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
        return (statement,)  # documentation stays in front
    called = ast.Call(ast.Name(PROBE, ast.Load()), [ast.Constant(statement.lineno)], [])
    return ast.copy_location(ast.Expr(called), statement), statement


def _way(tree: ast.AST, node: ast.AST) -> list[ast.AST]:
    """Return all nodes from the outermost to this one, or none where it is not in the tree."""
    if tree is node:
        return [tree]
    for child in ast.iter_child_nodes(tree):
        if found := _way(child, node):
            return [tree, *found]
    return []


def _short(node: ast.AST) -> str:
    """Return the first line of a node, without what decorates it."""
    if isinstance(node, ast.If):
        node = node.test
    return next(line for line in ast.unparse(node).splitlines() if not line.startswith("@"))[:90]


def _changes(tree: ast.Module) -> Iterator[tuple[ast.AST, Change]]:
    """Give each place where something can be changed, and what changes it."""
    for node in _code(tree):
        yield from ((node, change) for change in _of(node))
        for block in _blocks(node):
            yield from _left_out(block)


def _code(tree: ast.AST) -> Iterator[ast.AST]:
    """Give every node of what is carried out, outer ones first."""
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.Expr) and (isinstance(child.value, ast.Constant) or _is_silent(child.value)):
            continue
        if isinstance(child, ast.Assign) and any(
            isinstance(one, ast.Name) and one.id == "__all__" for one in child.targets
        ):
            continue
        if isinstance(child, ast.Import | ast.ImportFrom | ast.arguments) or _is_annotation(tree, child):
            continue
        if isinstance(child, ast.keyword) and child.arg == "repr":
            continue
        yield child
        yield from _code(child)


def _is_annotation(parent: ast.AST, child: ast.AST) -> bool:
    """Return whether a node says a type or decorates, which is not carried out with what it stands at."""
    return (
        child is getattr(parent, "annotation", None)
        or child is getattr(parent, "returns", None)
        or child in getattr(parent, "decorator_list", ())
    )


def _is_silent(node: ast.AST) -> bool:
    """Return whether an expression only logs or counts."""
    called = node.value if isinstance(node, ast.Await) else node
    return isinstance(called, ast.Call) and ast.unparse(called.func).startswith(_SAYS_NOTHING)


def _of(node: ast.AST) -> Iterator[Change]:
    match node:
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            pass
        case ast.Compare(ops=[op]) if type(op) in _COMPARED:
            yield _sets(node, "ops", [_COMPARED[type(op)]()])
        case ast.BinOp(op=op) | ast.AugAssign(op=op) if type(op) in _COUNTED:
            yield _sets(node, "op", _COUNTED[type(op)]())
        case ast.BoolOp(op=op):
            yield _sets(node, "op", ast.Or() if isinstance(op, ast.And) else ast.And())
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield _sets(node, "operand", ast.UnaryOp(ast.Not(), operand))
        case ast.Constant(value=bool(value)):
            yield _sets(node, "value", not value)
        case ast.Constant(value=int(value)):
            yield _sets(node, "value", value + 1)
        case ast.Return(value=ast.AST() as value) if not (
            isinstance(value, ast.Constant) and (value.value is None or value.value is False)
        ):
            yield _sets(node, "value", ast.Constant(None))
        case ast.If() | ast.IfExp():
            yield _sets(node, "test", ast.Constant(value=True))
            yield _sets(node, "test", ast.Constant(value=False))
        case _:
            pass


def _sets(node: ast.AST, name: str, value: object) -> Change:
    return lambda: setattr(node, name, value)


def _left_out(block: list[ast.stmt]) -> Iterator[tuple[ast.AST, Change]]:
    """Leave out a statement that does something and gives nothing back."""
    for number, statement in enumerate(block):
        match statement:
            case ast.Expr(value=ast.Call() | ast.Await() as value) if not _is_silent(value):
                yield statement, _replaces(block, number)
            case ast.AugAssign():
                yield statement, _replaces(block, number)
            case _:
                pass


def _replaces(block: list[ast.stmt], number: int) -> Change:
    def change() -> None:
        block[number] = ast.copy_location(ast.Pass(), block[number])

    return change
