"""What can be read of a rule module's source before anything is played.

Finds what the kernel forbids and cannot see: time, chance and I/O beside `draft`, numbers that are not whole, a state
that is changed where no event applies, forms that read what is sealed, postings that no ledger knows, events that are
emitted and not declared.
"""

from __future__ import annotations

import ast
import difflib
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from makersphere_cli.modules.finding import Finding
from makersphere_cli.modules.sources import Function, Source, Sources, name_of
from makersphere_rules.events import CORE_EVENTS, Event
from makersphere_rules.ledger import REASONS, SORTS, Posting
from makersphere_rules.module import Command, RuleModule

__all__ = ["begins_of", "float_lines", "read"]

_TIME: Final = frozenset("time datetime calendar".split())
_CHANCE: Final = frozenset("random secrets uuid numpy".split())
_IO: Final = frozenset(
    "asyncio builtins concurrent ctypes http io logging multiprocessing os pathlib requests selectors shutil signal"
    " socket sqlite3 ssl subprocess sys tempfile threading urllib".split()
)
_BUILTINS: Final = {"open": "io", "print": "io", "input": "io", "hash": "chance", "id": "chance"}
_CHANGES: Final = frozenset("put remove clear seal settle set_ready unready".split())
_HOOKS: Final = (
    *(
        "check",
        "seating",
        "start",
        "season",
        "open",
        "defaults",
        "close",
        "foresee",
        "fates",
        "figures",
        "end",
        "shocks",
        "shock",
    ),
    *("places", "place", "invariants"),
)


def read(modules: Iterable[RuleModule], sources: Sources) -> Iterator[Finding]:
    """Yield what is wrong with the source of some modules that share it."""
    modules = tuple(modules)
    for source in sources.files:
        yield from _forbidden(source)
    yield from _emitted(sources)
    yield from _posted(modules, sources)
    yield from _changed(modules, sources)
    yield from _forms(modules, sources)
    for source, line in float_lines(sources):
        yield Finding(source.path, line, "division", is_remark=True)


def begins_of(command: Command, sources: Sources, what: str = "form") -> tuple[Source, Function] | None:
    """Return where the form of a command is made, or what it decides; None where that is written elsewhere."""
    made: Callable[..., Any] | None = getattr(command, what)
    return None if made is None else sources.function(made)


# -- time, chance, I/O


def _forbidden(source: Source) -> Iterator[Finding]:
    """Yield each use of what a module may not know; of what is imported and not used, the import."""
    bound: dict[str, tuple[str, int]] = {}
    for node in ast.walk(source.tree):
        match node:
            case ast.Import(names):
                bound |= {a.asname or a.name.partition(".")[0]: (a.name, node.lineno) for a in names}
            case ast.ImportFrom(module=str(name), level=0, names=names):
                bound |= {a.asname or a.name: (f"{name}.{a.name}", node.lineno) for a in names}
            case _:
                pass
    bound = {name: (full, line) for name, (full, line) in bound.items() if _sort(full)}
    uses: dict[str, list[int]] = {name: [] for name in bound}
    for node in ast.walk(source.tree):
        match node:
            case ast.Name(id=name, ctx=ast.Load()) if name in uses:
                uses[name].append(node.lineno)
            case ast.Call(func=ast.Name(id=name)) if name in _BUILTINS and name not in source.names:
                yield Finding(source.path, node.lineno, f"no_{_BUILTINS[name]}", {"name": f"{name}()"})
            case _:
                pass
    for name, (full, line) in bound.items():
        for place in uses[name] or [line]:
            yield Finding(source.path, place, f"no_{_sort(full)}", {"name": full})


def _sort(imported: str) -> str:
    top = imported.partition(".")[0]
    return "time" if top in _TIME else "chance" if top in _CHANCE else "io" if top in _IO else ""


def float_lines(sources: Sources) -> Iterator[tuple[Source, int]]:
    """Yield where a number is made that may not be whole."""
    for source, node in sources.nodes():
        match node:
            case ast.BinOp(op=ast.Div()) | ast.AugAssign(op=ast.Div()) | ast.Call(func=ast.Name(id="float")):
                yield source, node.lineno
            case ast.Constant(value=float()):
                yield source, node.lineno
            case _:
                pass


# -- events and postings


def _emitted(sources: Sources) -> Iterator[Finding]:
    declared = {*CORE_EVENTS, *(event for module in sources.kinds(RuleModule) for event in module.events)}
    for source, node in sources.calls("emit"):
        for inner in node.args:
            made = source.called(inner) if isinstance(inner, ast.Call) else None
            if isinstance(made, type) and issubclass(made, Event) and made not in declared:
                yield Finding(source.path, inner.lineno, "event_undeclared", {"name": made.__name__})


def _posted(modules: tuple[RuleModule, ...], sources: Sources) -> Iterator[Finding]:
    """Yield postings whose words the ledger has not and none of the modules declares."""
    sorts = SORTS.union(*(module.accounts for module in modules))
    reasons = REASONS.union(*(module.reasons for module in modules))
    for source, node in sources.nodes():
        if not isinstance(node, ast.Call) or source.called(node) is not Posting:
            continue
        said = dict(zip(("source", "target", "amount", "reason"), node.args, strict=False))
        said |= {keyword.arg: keyword.value for keyword in node.keywords if keyword.arg}
        for account in (said.get("source"), said.get("target")):
            sort = _sort_of_account(account)
            if sort and sort not in sorts:
                yield Finding(source.path, node.lineno, "account_unknown", {"name": sort})
        match said.get("reason"):
            case ast.Constant(str(reason)) if reason not in reasons:
                near = difflib.get_close_matches(reason, sorted(reasons), 1)
                yield Finding(source.path, node.lineno, "reason_unknown", {"name": reason}, "".join(near))
            case _:
                pass
        match said.get("amount"):
            case ast.UnaryOp(op=ast.USub()):
                yield Finding(source.path, node.lineno, "amount_negative")
            case _:
                pass


def _sort_of_account(node: ast.AST | None) -> str:
    """Return the sort of an account whose name begins as a text; else ""."""
    match node:
        case ast.Constant(str(name)) | ast.JoinedStr([ast.Constant(str(name)), *_]):
            return name.partition(":")[0]
        case _:
            return ""


# -- the state, and what is sealed


def _changed(modules: tuple[RuleModule, ...], sources: Sources) -> Iterator[Finding]:
    """Yield where hooks, forms and decisions change the state, or what these call: events alone may."""
    begins = [sources.function(getattr(type(module), hook)) for module in modules for hook in _HOOKS]
    for module in modules:
        for command in module.commands:
            begins += [begins_of(command, sources, what) for what in ("form", "decide", "target", "starts", "numbers")]
    for source, function in sources.reached(*begins):
        for node in ast.walk(function):
            match node:
                case ast.Call(func=ast.Attribute(value=on, attr=name)) if name in _CHANGES and _is_state(on):
                    yield Finding(source.path, node.lineno, "state_changed", {"name": name})
                case ast.Call(func=ast.Name(id="post")):
                    yield Finding(source.path, node.lineno, "state_changed", {"name": "post"})
                case _:
                    pass


def _is_state(node: ast.AST) -> bool:
    return name_of(node) == "state"


def _forms(modules: tuple[RuleModule, ...], sources: Sources) -> Iterator[Finding]:
    """Yield where a form reads what has been sealed or who is ready: it is kept while these change."""
    commands = [command for module in modules for command in module.commands]
    for source, function in sources.reached(*(begins_of(command, sources) for command in commands)):
        for node in ast.walk(function):
            match node:
                case ast.Call(func=ast.Attribute(value=on, attr="choice")) if _is_state(on):
                    yield Finding(source.path, node.lineno, "form_reads", {"name": "state.choice"})
                case ast.Attribute(attr="ready"):
                    yield Finding(source.path, node.lineno, "form_reads", {"name": "ready"})
                case _:
                    pass
