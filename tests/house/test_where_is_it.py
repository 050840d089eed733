"""The page *Where is it?* is true and whole: a newcomer finds there what there is, and finds it where the page says."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Final

import attrs
from prometheus_client.metrics import MetricWrapperBase

from house.touching import READERS, Imports
from makersphere_bots.catalogue import POLICIES
from makersphere_bots.levels import LEVELS
from makersphere_cli.main import COMMANDS
from makersphere_protocol.errors import MEANINGS, Close
from makersphere_protocol.messages import BESIDE, CLIENT_FRAMES, SERVER_FRAMES
from makersphere_rules import events, shipped
from makersphere_rules.events import Event
from makersphere_rules.room_orders import ROOM_ORDERS
from makersphere_server import metrics
from makersphere_server.mqtt import broker_metrics
from makersphere_server.room.commands.host.table import HOST_COMMANDS
from makersphere_server.room.model.wall import SCENES
from makersphere_server.settings import Settings
from tests.bench.harness import find_benches
from tests.faults.harness import find_faults
from tests.house.checkout import ROOT
from tests.house.where_is_it import PAGE, Place, Row, places_in, read

WEB: Final = ROOT / "clients/web"
SERVER: Final = ROOT / "server/makersphere_server"
ECOSYSTEM: Final = ROOT / "rules/makersphere_rules/ecosystem"
FINDERS: Final = {"tests/faults": "tests/faults/harness.py"}  # it imports all files of its folder
_SOURCE_ENDINGS: Final = (".py", ".ts", ".tsx")
_DEFINED_IN_TYPESCRIPT: Final = re.compile(
    r"^(?:export )?(?:async )?(?:function|const|class|type|interface) (\w+)", re.MULTILINE
)
SECTIONS: Final = read(PAGE.read_text("utf-8"))
ROWS: Final = [row for rows in SECTIONS.values() for row in rows]
MODULES: Final = shipped.own_modules()


# -- what there is


def _frames(frames: Iterable[type]) -> set[str]:
    return {str(frame.type) for frame in frames}  # type: ignore[attr-defined]  # each frame has one


def _events() -> set[str]:
    kernel = [cls for cls in vars(events).values() if isinstance(cls, type) and issubclass(cls, Event) and cls != Event]
    return {event.type for event in (*kernel, *(event for module in MODULES.values() for event in module.events))}


def _parameters(*, of_world: bool) -> set[str]:
    return {
        field.name if of_world else f"{module.name}.{field.name}"
        for module in MODULES.values()
        if module.params is not None and (module.name == "world") == of_world
        for field in attrs.fields(module.params)
    }


def _functions(*folders: str) -> set[str]:
    """Return the public functions of folders of the ecosystem, and the classes of a file that has none."""
    found = set()
    for path in (path for folder in folders for path in (ECOSYSTEM / folder).glob("*.py")):
        public = [
            node for node in ast.parse(path.read_text("utf-8")).body if getattr(node, "name", "") in _public(path)
        ]
        functions = {node.name for node in public if isinstance(node, ast.FunctionDef)}
        found |= functions or {node.name for node in public if isinstance(node, ast.ClassDef)}
    return found


def _figures() -> set[str]:
    """Return the names in the tables of the page about figures, which a test of its own holds to the rules."""
    page = (ROOT / "docs/figures.md").read_text("utf-8")
    return set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE))


def _metrics() -> set[str]:
    return {
        metric._name  # the library has no other word for it without `_total`
        for module in (metrics, broker_metrics)
        for metric in vars(module).values()
        if isinstance(metric, MetricWrapperBase)
    }


def _words_of(path: str, pattern: str) -> set[str]:
    """Return what a pattern finds in a source file of the web client."""
    return set(re.findall(pattern, (WEB / "src" / path).read_text("utf-8"), re.MULTILINE))


def _listed(path: str, name: str) -> set[str]:
    """Return the words of a constant list in a source file of the web client."""
    (items,) = _words_of(path, rf"{name}: readonly \w+\[\] = \[(.*?)\]")
    return set(re.findall(r'"(\w+)"', items))


def _phase_screens() -> set[str]:
    return {
        phase
        for role in ("maker", "investor", "operator")
        for phase in _words_of(f"seat/phases/{role}/index.ts", r"^  (\w+): \w+,")
    }


def _host_parts() -> set[str]:
    """Return the components of the host's page that have a file of their own, the page and what opens it left out."""
    files = (path for path in (WEB / "src/host").rglob("*.tsx") if "create" not in path.parts)
    return {path.relative_to(WEB / "src").as_posix() for path in files} - {"host/console.tsx", "host/icons.tsx"}


def _terminal_pages() -> set[str]:
    return {path.stem for path in (ROOT / "clients/makersphere_clients/terminal/pages").glob("*.py")} - {"__init__"}


def _texts() -> set[str]:
    return {path.name for path in (ROOT / "server/makersphere_protocol/texts/en").glob("*.json")}


def _debrief_parts() -> set[str]:
    return {path.stem for path in (ROOT / "rules/makersphere_rules/debrief").glob("*.py")} - {"__init__"} | {
        "score",
        "par",
    }


def _orders() -> set[str]:
    """Return the tuples that state an order of the rulebook: the steps of closes, and the lists of the vocabulary."""
    found = set()
    for path in (ROOT / "rules/makersphere_rules").rglob("*.py"):
        name = path.parent.name if path.name == "__init__.py" else path.stem
        for node in ast.parse(path.read_text("utf-8")).body:
            match node:
                case ast.AnnAssign(target=ast.Name("STEPS" | "REASONS" as order), value=ast.Tuple()):
                    found.add(f"{name}.{order}")
                case ast.AnnAssign(target=ast.Name(order), value=ast.Tuple()) if name == "vocabulary":
                    found.add(f"{name}.{order}")
                case _:
                    pass
    return found


def _files(package: str, folders: Iterable[str]) -> set[str]:
    """Return the Python files in some folders of a package."""
    home = ROOT / package
    files = (path for folder in folders for path in home.glob(f"{folder}/*.py".removeprefix("/")))
    return {path.relative_to(home).as_posix() for path in files if path.name != "__init__.py"}


THERE: Final[dict[str, Callable[[], set[str]]]] = {
    "A phase, or a rule module": lambda: set(MODULES),
    "A command of a seat": lambda: {command.name for module in MODULES.values() for command in module.commands},
    "A command of a seat beside the game": lambda: set(BESIDE),
    "An order that the rulebook states": _orders,
    "An order of the room": lambda: set(ROOM_ORDERS),
    "A part of the rules' kernel": lambda: _files("rules/makersphere_rules", ("", "asked", "seen", "written", "kit")),
    "An event": _events,
    "A formula, or a step that modules share": lambda: _functions("formulas", "figures", "shared_steps"),
    "A frame from a client": lambda: _frames(CLIENT_FRAMES),
    "A frame from the server": lambda: _frames(SERVER_FRAMES),
    "A host's command": lambda: set(HOST_COMMANDS),
    "A page in the browser": lambda: _words_of("route.ts", r'^  \| \{ page: "(\w+)"'),
    "A tab of the phone": lambda: _listed("route.ts", "TABS"),
    "A phase's screen on the phone": _phase_screens,
    "A part of the host's page": _host_parts,
    "A scene of the wall": lambda: set(SCENES),
    "A printed page": lambda: _listed("route.ts", "PRINTED"),
    "A page of the terminal": _terminal_pages,
    "A number of the game: a parameter of a scenario": lambda: _parameters(of_world=False),
    "A number of the table: a parameter of `world`": lambda: _parameters(of_world=True),
    "A figure of the ecosystem": _figures,
    "A part of the debrief": _debrief_parts,
    "A part of the server": lambda: _files("server/makersphere_server", ("", "*", "*/*", "*/*/*")),
    "A number of a server: a setting": lambda: {field.name for field in attrs.fields(Settings)},
    "A number of `/metrics`": _metrics,
    "A refusal, or a close code": lambda: {*MEANINGS, *(str(int(code)) for code in Close)},
    "A text": _texts,
    "A command of `makersphere`": lambda: set(COMMANDS),
    "A bot": lambda: {*POLICIES, *LEVELS},
    "A bench": lambda: set(find_benches()),
    "A fault": lambda: set(find_faults()),
}


def _named(section: str) -> set[str]:
    """Return the names of a section's rows; where a row lists parameters, each behind the name of its module."""
    return {
        name
        for row in SECTIONS[section]
        for name in ([f"{row.names[0]}.{listed}" for listed in row.listed] if row.listed else row.names)
    }


def test_each_section_is_held_to_the_code() -> None:
    """A section that nobody counts would be whole by its own word alone."""
    assert set(SECTIONS) == set(THERE)


def test_nothing_is_missing() -> None:
    """What the code has stands on the page, and what the page names is in the code."""
    wrong = []
    for section, count in THERE.items():
        there, named = count(), _named(section)
        wrong += [f"{section}: add a row for {one}" for one in sorted(there - named)]
        wrong += [f"{section}: there is no {one}" for one in sorted(named - there)]
    assert not wrong, "\n".join(wrong)


# -- where it is


def test_each_path_is_there() -> None:
    """Every link of the page leads to a file or a folder, and is called by the end of its path."""
    wrong = [
        f"{label} -> {path.relative_to(ROOT)}"
        for label, path, _ in places_in(PAGE.read_text("utf-8"))
        if not path.exists() or ("/" in label and path.name != label.rstrip("/").rpartition("/")[2])
    ]
    assert not wrong, "\n".join(wrong)


@cache
def _public(path: Path) -> frozenset[str]:
    """Return what others may import from a source file."""
    if path.suffix in {".ts", ".tsx"}:
        return frozenset(_DEFINED_IN_TYPESCRIPT.findall(path.read_text("utf-8")))
    for node in ast.parse(path.read_text("utf-8")).body if path.suffix == ".py" else ():
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
            return frozenset(ast.literal_eval(node.value))
    return frozenset()


@cache
def _defined(path: Path) -> frozenset[str]:
    """Return what a source file defines at its top, and the methods of its classes as `Class.method`."""
    if path.suffix != ".py":
        return frozenset(_DEFINED_IN_TYPESCRIPT.findall(path.read_text("utf-8")))
    found: set[str] = set()
    for node in ast.parse(path.read_text("utf-8")).body:
        match node:
            case ast.FunctionDef(name) | ast.AsyncFunctionDef(name):
                found.add(name)
            case ast.ClassDef(name):
                found |= {name, *(f"{name}.{one.name}" for one in node.body if isinstance(one, ast.FunctionDef))}
            case ast.Assign(targets=[ast.Name(name)]) | ast.AnnAssign(target=ast.Name(name)):
                found.add(name)
            case _:
                pass
    return frozenset(found)


def test_each_symbol_is_defined_in_its_file() -> None:
    """A name behind a file is a function, a class, a method or a constant of that very file."""
    wrong = [
        f"{label} does not define {symbol}"
        for label, path, symbols in places_in(PAGE.read_text("utf-8"))
        for symbol in symbols
        if path.exists() and symbol not in _defined(path)
    ]
    assert not wrong, "\n".join(wrong)


def test_each_refusal_is_said_where_its_row_says() -> None:
    """Every file of the row has the code, or closes with it, and the row names its text."""
    wrong = []
    for row in SECTIONS["A refusal, or a close code"]:
        (code,) = row.names
        said = f"Close.{Close(int(code)).name}" if code.isdecimal() else f'"{code}"'
        wrong += [f"{row}: not in {place.label}" for place in row.places if said not in place.path.read_text("utf-8")]
        wrong += [] if code.isdecimal() or f"refusal.{code}" in row.words else [f"{row}: no text"]
    assert not wrong, "\n".join(wrong)


# -- the test


def _leads_to(test: Path, path: Path, imports: Imports) -> bool:
    """Return whether a test leads to a file: by imports, or, in a browser, by driving the whole client."""
    name = path.relative_to(ROOT).as_posix()
    if name.startswith("clients/web/"):
        return test.is_relative_to(ROOT / "tests/browser") if test.suffix == ".py" else path in _reached(test)
    reader = next((reader for folder, reader in {**READERS, **FINDERS}.items() if name.startswith(f"{folder}/")), name)
    return test in imports.distances({ROOT / reader})


@cache
def _reached(path: Path) -> frozenset[Path]:
    """Return all files of the web client that a test of it leads to."""
    queue = [path]
    for one in queue:
        for target in re.findall(r'(?:from|import)\(? ?"(\.[^"]+)"', one.read_text("utf-8")):
            base = (one.parent / target).resolve()
            for found in (base.with_name(f"{base.name}.ts"), base.with_name(f"{base.name}.tsx"), base / "index.ts"):
                if found.is_file() and found not in queue:
                    queue.append(found)
    return frozenset(queue)


@cache
def _text_of(test: Path) -> str:
    """Return the text of a test, and of the logs and playthroughs that lie beside it."""
    beside = (path for end in ("*.txt", "*.jsonl") for path in test.parent.glob(end))
    return "\n".join(path.read_text("utf-8") for path in (test, *sorted(beside)))


def _says(test: Path, row: Row) -> bool:
    """Return whether a test names what the row is about: its name, a symbol, or what its files are there for.

    A source file's own name does not count: `hosts`, `load` and `codes` are words that any test may have.
    """
    words = {word for word in (*row.names, *row.words) if not word.endswith(_SOURCE_ENDINGS)}
    for place in row.places:
        words |= {*place.symbols, *_public(place.path)}
        words |= {
            name for folder, reader in READERS.items() if _is_in(place.path, folder) for name in _public(ROOT / reader)
        }
    if any(_is_in(place.path, folder) for place in row.places for folder in FINDERS):
        words.add("find_faults")  # it goes through all of them by name
    ends = {word.rpartition(".")[2] for word in words if not word.endswith((".*", ".json"))}
    return any(re.search(rf"(?<![^\W_]){re.escape(end)}", _text_of(test)) for end in ends)


def _is_in(path: Path, folder: str) -> bool:
    return path.is_relative_to(ROOT / folder)


def _is_beside(test: Path, path: Path) -> bool:
    """Return whether a test stands where tests of a server's file stand: in the folder that mirrors its own.

    Where the tests have no such folder it is the nearest one above.
    """
    if not path.is_relative_to(SERVER):
        return False
    mirrored = ROOT / "tests/server" / path.relative_to(SERVER).parent
    while not mirrored.is_dir():
        mirrored = mirrored.parent
    return test.parent == mirrored


def _is_near(test: Path, path: Path, imports: Imports) -> bool:
    """Return whether a test leads to a file within two imports, those through a rig left out."""
    return imports.distances({path}, around=_is_of_a_rig).get(test, 3) <= 2


def _is_of_a_rig(path: Path) -> bool:
    return path.name == "conftest.py" or "rig" in path.relative_to(ROOT).parts


def _holds(test: Path, row: Row, imports: Imports) -> bool:
    """Return whether a test that leads to a row's files is about them too."""
    if _says(test, row) or test.is_relative_to(ROOT / "tests/browser"):  # in a browser it sees the whole
        return True
    return row.section.startswith("A part of the ") and any(
        _is_beside(test, place.path) or _is_near(test, place.path, imports) for place in row.places
    )


def test_a_test_that_leads_to_a_file_through_a_rig_alone_does_not_hold_it() -> None:
    """Each test of a room leads to all of it; it holds what it names, what it imports and what lies beside it."""
    imports = Imports(ROOT)
    place = Place("batch.py", SERVER / "room/model/batch.py", ())
    row = Row("A part of the server", ("room/model/batch.py",), (), (), (place,), (), ())
    corridor, beside, near = (
        ROOT / "tests/server/room" / name for name in ("test_corridor.py", "model/test_timers.py", "test_losses.py")
    )
    assert all(_leads_to(test, place.path, imports) for test in (corridor, beside, near))
    assert [_holds(test, row, imports) for test in (corridor, beside, near)] == [False, True, True]
    named = row._replace(places=(place._replace(symbols=("test_a_command_is_answered",)),))
    assert _holds(corridor, named, imports)


def test_each_test_touches_what_it_is_named_for() -> None:
    """A row's test leads to one of the row's files and names what the row is about; in a browser it sees the whole."""
    imports = Imports(ROOT)
    wrong = [f"{row}: no test" for row in ROWS if not row.tests and row.section != "A bench"]
    named = [(row, test) for row in ROWS for test in row.tests if test.exists()]
    for row, test in named:
        if not (test.name.startswith("test_") or ".test." in test.name):
            wrong.append(f"{row}: {test.name} is no test")
        elif not any(_leads_to(test, place.path, imports) for place in row.places):
            wrong.append(f"{row}: {test.name} does not lead there")
        elif not _holds(test, row, imports):
            wrong.append(f"{row}: {test.name} does not name it")
    assert not wrong, "\n".join(wrong)


def test_each_bench_says_what_it_is_held_to() -> None:
    """A bench has no test: it is held to bounds of its own, and the page names the figures that have one."""
    benches = find_benches()
    told = {row.names[0]: set(row.held) for row in SECTIONS["A bench"]}
    assert told == {name: set(bench.goals) for name, bench in benches.items()}
