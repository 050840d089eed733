"""A scenario as a commented file: everything that may be changed, with its range and its meaning.

Answers with TOML that says the same as the mapping that it is made of. What the mapping sets is set; every other
parameter stands there as a comment with its default. Comments are English in every language.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

import attrs

from makersphere_rules.module import RuleModule
from makersphere_rules.scenario import Scenario, is_by_size

__all__ = ["parameters", "written"]

_BARE: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")
_MEANINGS: Final[Mapping[str, str]] = {
    "name": "The name, up to 40 characters: also the key of its title in the texts.",
    "seasons": "Seasons that are played, 1 to 40.",
    "seats": "Seats that a room has unless told otherwise, 1 to 500.",
    "made_for": "The fewest and the most seats that it is meant for.",
    "practice": "Whether a practice season that does not count comes first.",
    "introduced": "In which season what comes: a command, a field (command.field), or all that a phase asks.",
    "grade": "Points for taking part: decided, seasons, answered, reflected; never for a score or a place.",
    "roles": "The least and the most seats of a role.",
    "modules": "Rule modules that play in no phase; the first deals the table.",
}


@attrs.frozen
class Parameter:
    """One parameter of a rule module as it is declared.

    Attributes:
        length: of a list that is measured by size of room, of how many numbers; 0: a number that is chosen.
    """

    name: str
    default: int
    lo: int
    hi: int
    meaning: str
    length: int = 0


def parameters(module: RuleModule) -> Iterator[Parameter]:
    """Yield the parameters of a rule module in order."""
    for field in attrs.fields(module.params) if module.params is not None else ():
        bounds = field.metadata
        default, length = (0, bounds["length"]) if is_by_size(field) else (field.default, 0)
        yield Parameter(field.name, default, bounds["lo"], bounds["hi"], bounds["meaning"], length)


def written(scenario: Scenario, name: str, registry: Mapping[str, RuleModule], origin: str) -> str:
    """Return a scenario under another name as the text of a commented file.

    Args:
        scenario: what it is to say.
        name: its name from now on.
        registry: all rule modules, to name the alternatives.
        origin: the scenario's present name.
    """
    blocks = [_head(scenario, name, origin)]
    tables = {module.name for module in scenario.modules if module.params is not None}
    for key, value in scenario.source.items():
        if key == "phase":
            blocks += [_phase(table, registry) for table in value]
        elif _is_tables(value):
            blocks += [_one_of_several(key, table) for table in value]
        elif isinstance(value, dict) and key not in tables:
            note = f"# {_MEANINGS[key]}\n" if key in _MEANINGS else ""
            blocks.append(f"{note}[{key}]\n{_pairs(value)}")
    given = scenario.source
    blocks += [_module(module, given.get(module.name, {})) for module in scenario.modules if module.name in tables]
    return "\n".join(f"{block.rstrip()}\n" for block in blocks)


def _head(scenario: Scenario, name: str, origin: str) -> str:
    lines = [
        f"# A scenario made from `{origin}`. What begins with # is a comment: take the # away to change a parameter.",
        "# `makersphere scenario check FILE` lists what is wrong, `makersphere simulate FILE` plays it with bots,",
        "# `makersphere play --scenario FILE` with people.",
        "",
    ]
    for key, value in {**scenario.source, "name": name}.items():
        if not isinstance(value, dict) and not _is_tables(value):
            meaning = _MEANINGS.get(key)
            lines += [f"# {meaning}"] if meaning else []
            lines.append(f"{_key(key)} = {_value(value)}")
    return "\n".join(lines)


def _phase(table: Mapping[str, Any], registry: Mapping[str, RuleModule]) -> str:
    name, own = table["name"], table.get("modules", [])
    others = [module.name for module in registry.values() if module.phase == name and module.name not in own]
    lines = [
        "[[phase]]",
        f"name = {_value(name)}",
        f"limit_s = {table.get('limit_s', 0)} # seconds, up to 86400; 0: no clock; [90, 60]: by season, and so on",
        f"modules = {_value(own)}"
        + (f" # in closing order; others for this phase: {', '.join(others)}" if others else ""),
    ]
    return "\n".join(lines)


def _module(module: RuleModule, given: Mapping[str, Any]) -> str:
    lines = [f"[{module.name}]"]
    for each in (each for each in parameters(module) if not each.length):
        note = f"# {each.lo} to {each.hi}. {each.meaning}"
        if each.name in given:
            lines.append(f"{each.name} = {given[each.name]} {note} (Default: {each.default}.)")
        else:
            lines.append(f"# {each.name} = {each.default} {note}")
    for each in (each for each in parameters(module) if each.length and each.name in given):
        lines += [f"[{module.name}.{each.name}] # {each.meaning}", _pairs(given[each.name])]
    return "\n".join(lines)


def _pairs(table: Mapping[str, Any]) -> str:
    return "\n".join(f"{_key(key)} = {_value(value)}" for key, value in table.items())


def _one_of_several(name: str, table: Mapping[str, Any]) -> str:
    """Return one of several tables of a name; what is measured in it has tables of its own, a list to a line."""
    measured = {key: value for key, value in table.items() if isinstance(value, dict) and _has_tables(value)}
    plain = {key: value for key, value in table.items() if key not in measured}
    own = (f"[{name}.{key}.{inner}]\n{_pairs(value[inner])}" for key, value in measured.items() for inner in value)
    return "\n".join((f"[[{name}]]", _pairs(plain), *own))


def _has_tables(value: Mapping[str, object]) -> bool:
    return bool(value) and all(isinstance(inner, dict) for inner in value.values())


def _is_tables(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)


def _value(value: object) -> str:
    """Return a value as TOML writes it in one line."""
    match value:
        case dict():
            return "{ " + ", ".join(f"{_key(key)} = {_value(inner)}" for key, inner in value.items()) + " }"
        case list():
            return "[" + ", ".join(_value(inner) for inner in value) + "]"
        case _:
            return json.dumps(value, ensure_ascii=False)


def _key(key: str) -> str:
    return key if key and _BARE.issuperset(key) else json.dumps(key, ensure_ascii=False)
