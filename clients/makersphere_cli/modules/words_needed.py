"""The texts that a rule module needs, held against those that it brings, in every language of the game."""

from __future__ import annotations

import ast
import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, get_args

import attrs

from makersphere_cli.modules.finding import Finding
from makersphere_cli.modules.looked_at import Looked
from makersphere_cli.modules.sources import Place, Source, Sources, toml_near
from makersphere_protocol import texts
from makersphere_rules.entity import sight_of
from makersphere_rules.events import Line
from makersphere_rules.module import RuleModule
from makersphere_rules.refusals import Code, refuse

__all__ = ["words_needed"]

_PLACE: Final = re.compile(r"\{(\w+)\}")
_CODES: Final = get_args(Code)


def words_needed(looked: Looked) -> Iterator[Finding]:
    """Yield what modules that were played don't say in a language, or say otherwise than it is meant."""
    modules, sources = looked.modules, looked.sources
    needed = dict(_needed(looked))
    own = _own(modules)
    brought = {language: {**own.get(language, {}), **texts.shipped(language)} for language in texts.languages()}
    for key in dict.fromkeys((*needed, *(key for said in own.values() for key in said))):
        lacking = [language for language, said in brought.items() if not said.get(key)]
        if lacking and (key in needed or len(lacking) < len(brought)):
            path, line = needed.get(key) or _written(key, modules, sources)
            yield Finding(path, line, "text_missing", {"entry": key, "languages": ", ".join(lacking)})
    yield from _literal(sources, brought)
    yield from _apart(own, modules, sources)


def _own(modules: Iterable[RuleModule]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for module in modules:
        for language, said in module.texts.items():
            found.setdefault(language, {}).update(said)
    return found


def _needed(looked: Looked) -> Iterator[tuple[str, Place]]:
    """Yield the key of each name that people are shown, with where the name stands."""
    sources = looked.sources
    for module in looked.modules:
        for command in module.commands:
            place = sources.text(command.name) or sources.place(type(module), "commands")
            yield f"command.{command.name}", place
        for kind in module.entities if looked.is_alone else ():
            if sources.has(kind) and any(sight_of(field)[0] != "nobody" for field in attrs.fields(kind)):
                yield f"thing.{kind.kind}", sources.place(kind)
        for reason in module.reasons:
            place = sources.text(reason) or sources.place(type(module), "reasons")
            yield from ((f"reason.{reason}", place), (f"why.{reason}", place))
        for sort in module.accounts:
            yield f"ui.account.{sort}", sources.text(sort) or sources.place(type(module), "accounts")
    for name, place in looked.fields.items():
        yield f"field.{name}", place


def _written(key: str, modules: Iterable[RuleModule], sources: Sources) -> Place:
    """Return where a module says a text: in its source, or in a file of texts beside it."""
    found = sources.text(key)
    if found is not None:
        return found
    for folder in dict.fromkeys(source.path.parent for source in sources.files):
        for path in toml_near(folder):
            for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
                if line.partition("=")[0].strip().strip("\"'") == key:
                    return path, number
    return sources.place(type(next(iter(modules))), "texts")


def _literal(sources: Sources, brought: Mapping[str, Mapping[str, str]]) -> Iterator[Finding]:
    """Yield refusals and lines of the source that have no sentence, or bring not what it needs."""
    for source, node in sources.nodes():
        if not isinstance(node, ast.Call):
            continue
        said = _said(source, node)
        if said is None:
            continue
        key, given = said
        yield from _code(source, node)
        lacking = [language for language, sentences in brought.items() if not sentences.get(key)]
        if lacking:
            values = {"entry": key, "languages": ", ".join(lacking)}
            known = brought[texts.DEFAULT]
            near = [] if key in known else difflib.get_close_matches(key, known, 1)
            yield Finding(source.path, node.lineno, "text_missing", values, "".join(near))
        for sentences in brought.values() if given is not None else ():
            for name in sorted(set(_PLACE.findall(sentences.get(key, ""))) - (given or set())):
                yield Finding(source.path, node.lineno, "value_missing", {"entry": key, "name": name})


def _said(source: Source, node: ast.Call) -> tuple[str, set[str] | None] | None:
    """Return the key of a sentence that a call names, and the values that it brings; None where it cannot be read."""
    called = source.called(node)
    if called is refuse:
        match node.args:
            case [_, ast.Constant(str(text)), *rest]:
                names = {keyword.arg for keyword in node.keywords}
                given = {name for name in names if name} | ({"field"} if rest else set())
                return f"refusal.{text}", None if None in names else given
            case _:
                pass
    if called is Line:
        match node.args:
            case [ast.Constant(str(text))]:
                return f"log.{text}", set() if not node.keywords else None
            case [ast.Constant(str(text)), ast.Dict(keys=keys), *_] if all(isinstance(k, ast.Constant) for k in keys):
                return f"log.{text}", {str(key.value) for key in keys if isinstance(key, ast.Constant)}
            case [ast.Constant(str(text)), *_]:
                return f"log.{text}", None
            case _:
                pass
    return None


def _code(source: Source, node: ast.Call) -> Iterator[Finding]:
    match node.args[0]:
        case ast.Constant(str(code)) if source.called(node) is refuse and code not in _CODES:
            yield Finding(source.path, node.lineno, "code_unknown", {"name": code, "known": ", ".join(_CODES)})
        case _:
            pass


def _apart(
    own: Mapping[str, Mapping[str, str]], modules: tuple[RuleModule, ...], sources: Sources
) -> Iterator[Finding]:
    """Yield texts whose languages name other values, and those that the game says itself."""
    for key in dict.fromkeys(key for said in own.values() for key in said):
        named = {frozenset(_PLACE.findall(said[key])) for said in own.values() if key in said}
        if len(named) > 1:
            yield Finding(*_written(key, modules, sources), "values_apart", {"entry": key})
        games = texts.shipped(texts.DEFAULT)
        if key in games and own.get(texts.DEFAULT, {}).get(key, games[key]) != games[key]:
            values = {"entry": key, "said": games[key]}
            yield Finding(*_written(key, modules, sources), "games_own", values, is_remark=True)
