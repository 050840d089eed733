"""What a rule module says of itself, held against the contract: hooks, attributes, kinds, parameters."""

from __future__ import annotations

import ast
import difflib
import inspect
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import attrs

from makersphere_cli.modules.finding import Finding
from makersphere_cli.modules.sources import Sources
from makersphere_rules.entity import Entity
from makersphere_rules.events import Event
from makersphere_rules.ledger import misplaced
from makersphere_rules.module import Command, RuleModule

__all__ = ["declared"]

_WORDS: Final = ("after", "earlier_params", "foresees", "main", "needs", "seating_params", "withholds")
_KINDS: Final[tuple[tuple[str, type], ...]] = (("events", Event), ("entities", Entity), ("wall", Entity))


def declared(modules: Iterable[RuleModule], sources: Sources, registry: Mapping[str, RuleModule]) -> Iterator[Finding]:
    """Yield what some modules that share their source say wrongly of themselves."""
    for module in modules:
        yield from _attributes(module, sources)
        yield from _sequences(module, sources)
        yield from _commands(module, sources)
        yield from _parts(module, sources, registry)
        yield from _params(module, sources)
        yield from _sights(module, sources)
        yield from _ledger(module, sources)
    yield from _forgotten(sources)


def _attributes(module: RuleModule, sources: Sources) -> Iterator[Finding]:
    """Yield public names that no rule module has and nothing here asks for, and hooks that take something else."""
    hooks = [name for name in dir(RuleModule) if not name.startswith("_")] + ["name"]
    bases = [cls for cls in type(module).__mro__ if not sources.has(cls)]
    asked = {node.attr for _, node in sources.nodes() if isinstance(node, ast.Attribute)}
    known = {*hooks, *asked, *(name for cls in bases for name in (*vars(cls), *inspect.get_annotations(cls)))}
    for cls in set(type(module).__mro__) - set(bases):
        for name, value in vars(cls).items():
            if name.startswith("_"):
                continue
            path, line = sources.place(cls, name)
            if name not in known:
                near = (difflib.get_close_matches(name, hooks, 1) or [""])[0]
                yield Finding(path, line, "unknown_attribute", {"name": name}, near)
            elif name in hooks and inspect.isfunction(value) and _takes(value) != _takes(getattr(RuleModule, name)):
                wanted = ", ".join(_takes(getattr(RuleModule, name)))
                yield Finding(path, line, "hook_takes", {"name": name, "wanted": wanted})


def _takes(hook: Any) -> list[str]:  # noqa: ANN401  (whatever stands under the name of a hook)
    return list(inspect.signature(hook).parameters) if inspect.isfunction(hook) else []


def _sequences(module: RuleModule, sources: Sources) -> Iterator[Finding]:
    """Yield what is one thing where several are meant: a text counts as its letters."""
    cls = type(module)
    for name in _WORDS:
        if isinstance(getattr(cls, name), str):
            yield Finding(*sources.place(cls, name), "one_for_several", {"name": name})
    for name, base in _KINDS:
        for one in _several(getattr(cls, name)):
            if not (isinstance(one, type) and issubclass(one, base)):
                yield Finding(*sources.place(cls, name), "wrong_kind", {"name": name, "kind": base.__name__})
    if any(not isinstance(one, Command) for one in _several(cls.commands)):
        yield Finding(*sources.place(cls, "commands"), "wrong_kind", {"name": "commands", "kind": "Command"})


def _several(value: object) -> list[object]:
    return list(value) if isinstance(value, Iterable) else [value]


def _commands(module: RuleModule, sources: Sources) -> Iterator[Finding]:
    names = [command.name for command in module.commands]
    for name in dict.fromkeys(name for name in names if names.count(name) > 1):
        yield Finding(*sources.place(type(module), "commands"), "command_twice", {"name": name})
    for name in () if isinstance(module.main, str) else module.main:
        if name not in names:
            near = (difflib.get_close_matches(name, names, 1) or [""])[0]
            yield Finding(*sources.place(type(module), "main"), "main_unknown", {"name": name}, near)


def _parts(module: RuleModule, sources: Sources, registry: Mapping[str, RuleModule]) -> Iterator[Finding]:
    parts = sorted({other.part for other in (*registry.values(), module) if other.part})
    for name in ("needs", "after"):
        for part in _several(getattr(module, name)):
            if isinstance(part, str) and part not in parts:
                near = (difflib.get_close_matches(part, parts, 1) or [""])[0]
                yield Finding(*sources.place(type(module), name), "part_unknown", {"name": name, "part": part}, near)


def _params(module: RuleModule, sources: Sources) -> Iterator[Finding]:
    if module.params is None:
        return
    if not attrs.has(module.params):
        yield Finding(*sources.place(type(module), "params"), "params_plain")
        return
    for field in attrs.fields(module.params):
        place, said = sources.place(module.params, field.name), field.metadata
        if not {"lo", "hi", "meaning"} <= said.keys():
            yield Finding(*place, "param_plain", {"name": field.name})
        elif type(field.default) is int and not said["lo"] <= field.default <= said["hi"]:
            values = {"name": field.name, "value": field.default, "lo": said["lo"], "hi": said["hi"]}
            yield Finding(*place, "param_outside", values)


def _ledger(module: RuleModule, sources: Sources) -> Iterator[Finding]:
    """Yield accounts and reasons that are the ledger's own already, or have no place in the money picture."""
    for what, word, place, places in misplaced(module.accounts, module.reasons):
        values = {"what": what, "name": word, "place": place, "places": places}
        yield Finding(*sources.place(type(module), what), "ledger_place" if places else "ledger_own", values)


def _sights(module: RuleModule, sources: Sources) -> Iterator[Finding]:
    """Yield fields of which nobody has said who sees them: a remark, since then nobody does."""
    for kind in module.entities:
        if attrs.has(kind) and sources.has(kind):
            for field in attrs.fields(kind):
                if "sight" not in field.metadata:
                    values = {"where": f"{kind.__name__}.{field.name}"}
                    yield Finding(*sources.place(kind, field.name), "no_sight", values, is_remark=True)


def _forgotten(sources: Sources) -> Iterator[Finding]:
    """Yield kinds that are written here and that no module declares, but for the bases of others."""
    known = {kind for module in sources.kinds(RuleModule) for kind in module.entities}
    for made in sources.kinds(Entity):
        if not any(issubclass(kind, made) for kind in known):
            yield Finding(*sources.place(made), "entity_undeclared", {"name": made.__name__})
