"""Rule modules by name, or from a file or folder that nobody has installed; what keeps one from being loaded.

Each package is loaded by itself, so that one that is broken keeps no other from being looked at.
"""

from __future__ import annotations

import difflib
import importlib
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

import attrs

from makersphere_cli.modules.finding import Finding
from makersphere_cli.paths import file_at, folder_at
from makersphere_cli.speech.causes import cause
from makersphere_cli.speech.trouble import Trouble
from makersphere_rules import shipped
from makersphere_rules.module import RuleModule
from makersphere_rules.written.packages import ENTRY_POINTS

__all__ = ["FoundModules", "found_modules", "others"]


@attrs.frozen
class FoundModules:
    """Modules that are to be looked at.

    Attributes:
        called: how they were asked for.
        modules: those that could be loaded.
        folder: where scenarios of theirs may lie; None: nowhere but in the game.
        broken: why some could not.
    """

    called: str
    modules: tuple[RuleModule, ...]
    folder: Path | None = None
    broken: tuple[Finding, ...] = ()


def found_modules(name: str) -> FoundModules:
    """Return the modules of a name, a file or a folder.

    Raises:
        Trouble: there are none.
    """
    path = Path(name)
    if name in shipped.own_modules():
        return FoundModules(name, (shipped.own_modules()[name],))
    for entry in _entries():
        if name in (entry.name, _called(entry)):
            return _loaded(name, [entry], None)
    if folder_at(path) or file_at(path) or path.name != name or name.endswith(".py"):
        return _at(path, name)
    known = sorted({*shipped.own_modules(), *(entry.name for entry in _entries())})
    near = difflib.get_close_matches(name, known, 1)
    if near:
        raise Trouble("module.none_near", name=name, near=near[0])
    raise Trouble("module.none", name=name, known=", ".join(known))


def others() -> dict[str, RuleModule]:
    """Return all modules that can be loaded, by name."""
    found = dict(shipped.own_modules())
    for entry in _entries():
        with suppress(Exception):
            made = entry.load()()
            found.setdefault(made.name, made)
    return found


def _called(entry: EntryPoint) -> str:
    """Return how a module calls itself, which may be otherwise than its entry point does; "" if it is broken."""
    with suppress(Exception):
        return str(entry.load().name)
    return ""


def _entries() -> list[EntryPoint]:
    return sorted(entry_points(group=ENTRY_POINTS), key=lambda entry: entry.name)


def _at(path: Path, name: str) -> FoundModules:
    """Return the modules of a file, of a package, or of a folder with the package's `pyproject.toml`."""
    project = path / "pyproject.toml"
    if file_at(path) or (file_at(path / "__init__.py") and not file_at(project)):
        whole = path.resolve()
        return _loaded(name, [EntryPoint("", whole.stem, ENTRY_POINTS)], whole.parent)
    try:
        table = tomllib.loads(project.read_text("utf-8"))
    except OSError as error:
        raise Trouble("module.no_project", path=name, why=cause(error)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Trouble("module.no_project", path=name, why=cause(error)) from None
    points = table.get("project", {}).get("entry-points", {}).get(ENTRY_POINTS, {})
    if not points:
        raise Trouble("module.no_points", file=str(project), group=ENTRY_POINTS)
    return _loaded(name, [EntryPoint(key, str(said), ENTRY_POINTS) for key, said in points.items()], path.resolve())


def _loaded(called: str, entries: list[EntryPoint], folder: Path | None) -> FoundModules:
    modules: dict[str, RuleModule] = {}
    broken: list[Finding] = []
    with _importing(folder):
        for entry in entries:
            _forget(entry.value.partition(":")[0].partition(".")[0], folder)
            try:
                made = [entry.load()()] if ":" in entry.value else _in_file(entry.value)
                modules |= {module.name: module for module in made}
            except (Exception, SystemExit) as error:  # noqa: BLE001  (whatever an import of somebody else's package raises)
                broken.append(_why(error, entry, folder))
    if not modules and not broken:
        raise Trouble("module.none_in_file", file=called)
    return FoundModules(called, tuple(modules.values()), folder, tuple(broken))


def _in_file(name: str) -> list[RuleModule]:
    """Return the modules that are written in a file."""
    module = importlib.import_module(name)
    made = [cls for cls in vars(module).values() if isinstance(cls, type) and issubclass(cls, RuleModule)]
    return [cls() for cls in made if cls.__module__ == name and "name" in vars(cls)]


@contextmanager
def _importing(folder: Path | None) -> Iterator[None]:
    """Let what lies in a folder, or in its `src`, be imported, before anything else of that name."""
    if folder is None:
        yield
        return
    places = [str(place) for place in (folder / "src", folder) if place.is_dir()]
    sys.path[:0] = places
    try:
        importlib.invalidate_caches()
        yield
    finally:
        for place in places:
            sys.path.remove(place)


def _forget(name: str, folder: Path | None) -> None:
    """Forget a package of that name that was imported from elsewhere: the one in the folder is meant."""
    known = getattr(sys.modules.get(name), "__file__", None)
    if folder is not None and known is not None and not Path(known).is_relative_to(folder):
        for other in [one for one in sys.modules if one == name or one.startswith(f"{name}.")]:
            del sys.modules[other]


def _why(error: Exception | SystemExit, entry: EntryPoint, folder: Path | None) -> Finding:
    """Return why a package cannot be loaded, with the last line of it that was carried out."""
    if isinstance(error, SyntaxError) and error.filename:
        return Finding(Path(error.filename), error.lineno or 1, "not_loaded", {"why": f"SyntaxError: {error.msg}"})
    package = entry.value.partition(":")[0].partition(".")[0]
    place = (folder / "pyproject.toml" if folder is not None else Path(package)), 1
    trace = error.__traceback__
    while trace is not None:
        if str(trace.tb_frame.f_globals.get("__name__")).partition(".")[0] == package:
            place = Path(trace.tb_frame.f_code.co_filename), trace.tb_lineno
        trace = trace.tb_next
    shown = " ".join(f"{type(error).__name__}: {error}".split())
    return Finding(*place, "not_loaded", {"why": shown[:200]})
