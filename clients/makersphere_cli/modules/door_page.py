"""The reference of the door for authors, made of its docstrings.

`python -m makersphere_cli.modules.door_page > docs/door.md` writes it. Answers each name of `makersphere_rules.author`
with its signature and what its docstring says; of classes that authors work with, their public methods too. The page is
the same on each Python: types stand in the sources.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any, Final

from makersphere_rules import author
from makersphere_rules.entity import Entity
from makersphere_rules.events import Event
from makersphere_rules.module import Command, Draft, RuleModule
from makersphere_rules.state import State

__all__ = ["page"]

_HEAD: Final = """# The door for authors

What a rule module imports, `from makersphere_rules.author import …`, name by name, as its docstrings say it. The guide
is [rules/README.md](../rules/README.md); what belongs together is at the top of
[author.py](../rules/makersphere_rules/author.py).

<!-- Made by `python -m makersphere_cli.modules.door_page`; a test keeps it. -->
"""
_WITH_METHODS: Final = (Command, Draft, Entity, Event, RuleModule, State)
_SECTIONS: Final = ("Args:", "Attributes:", "Raises:", "Returns:")
_ITEM: Final = re.compile(r"^    (\w[\w, ]*): (.*)$")
_WORKINGS: Final = frozenset(  # of the kernel alone
    "carry_out clear copy derived finish forget_changes forget_what_was_derived keep_season run_season seal set_ready"
    " settle unready".split()
)


def page() -> str:
    """Return the whole page."""
    names = sorted(author.__all__, key=str.casefold)
    return _HEAD + "".join(f"\n## `{name}`\n\n{_entry(name, getattr(author, name))}" for name in names)


def _entry(name: str, thing: Any) -> str:  # noqa: ANN401  (whatever the door has)
    if inspect.isclass(thing) and thing.__module__.startswith("makersphere_rules."):
        methods = "".join(_methods(thing)) if thing in _WITH_METHODS else ""
        return f"`{_shown(name, thing)}`\n\n{_told(thing.__doc__)}{methods}"
    if inspect.isfunction(thing):
        return f"`{_shown(name, thing)}`\n\n{_told(thing.__doc__)}"
    return f"{_constant(thing)}\n"


def _constant(thing: Any) -> str:  # noqa: ANN401
    """Return what stands behind a name that is no function and no class of the rules."""
    match thing:
        case str() | tuple():
            return f"`{thing!r}`"
        case AbstractSet():
            return ", ".join(f"`{one}`" for one in sorted(thing))
        case _:
            return "A type; the map in [author.py](../rules/makersphere_rules/author.py) says of what."


def _methods(cls: type) -> Iterator[str]:
    """Yield the public methods and properties of a class, in the order in which they stand there."""
    for name, there in vars(cls).items():
        made = getattr(cls, name) if isinstance(there, classmethod) else there
        is_method = inspect.isroutine(made) or isinstance(made, property)
        if name.startswith("_") or name in _WORKINGS or not is_method:
            continue
        shown = name if isinstance(made, property) else _shown(name, made)
        yield f"\n### `{cls.__name__}.{shown}`\n\n{_told(made.__doc__)}"


def _shown(name: str, made: Any) -> str:  # noqa: ANN401
    """Return how something is called, with its arguments: what has a default stands with an equals sign."""
    try:
        parameters: Mapping[str, inspect.Parameter] = inspect.signature(made).parameters
    except (TypeError, ValueError):
        return name
    said: list[str] = []
    for one in parameters.values():
        if one.name == "self":
            continue
        if one.kind is one.KEYWORD_ONLY and "*" not in said:
            said.append("*")
        if one.kind in (one.VAR_POSITIONAL, one.VAR_KEYWORD):
            said.append(f"{'*' if one.kind is one.VAR_POSITIONAL else '**'}{one.name}")
        else:
            said.append(one.name if one.default is one.empty else f"{one.name}=…")
    return f"{name}({', '.join(said)})"


def _told(docstring: str | None) -> str:
    """Return a docstring as paragraphs, and its sections as lists."""
    lines: list[str] = []
    section = False
    for line in inspect.cleandoc(docstring or "").splitlines():
        item = _ITEM.match(line)
        if line in _SECTIONS:
            section = True
            lines.append(f"{line.removesuffix(':')}:\n")
        elif section and item is not None:
            lines.append(f"- `{item[1]}`: {item[2]}")
        elif section and line.startswith(" " * 8) and lines:
            lines[-1] += f" {line.strip()}"
        else:
            lines.append(line.strip() if section else line)
    return "\n".join(lines).strip() + "\n"


if __name__ == "__main__":
    sys.stdout.write(page())
