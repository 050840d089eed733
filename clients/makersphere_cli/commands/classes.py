"""`makersphere class`: open a class on a running server with its names; find, write out and erase those of a folder.

`open` and `names` speak with a server as a console does. `list`, `show`, `links` and `export` read a folder, also
beside a running server; `erase` needs it stopped, and says so. No key and no token stands on the command line.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Final

import attrs
from cyclopts import App, Parameter
from rich.console import Console
from rich.table import Table

from makersphere_cli.commands.rooms import asked_again, explained, listed
from makersphere_cli.flags import Json, Name, between
from makersphere_cli.kept import HERE, Kept
from makersphere_cli.rooms.class_over_the_wire import TOLD_OF_NAMES, Entered, entered
from makersphere_cli.rooms.personal_links import PersonalLink, personal_links, see_that_it_is_free, write_sheet
from makersphere_cli.rooms.roster import list_of
from makersphere_cli.speech.trouble import Trouble
from makersphere_cli.speech.words import complain, language, named, say
from makersphere_clients.terminal.address import Address, NoAddress, server_at
from makersphere_protocol.messages import ClassOptions, Create, Options, Resume
from makersphere_server.classes import kept_classes
from makersphere_server.classes.kept_classes import KeptClass
from makersphere_server.codes import tidy_code
from makersphere_server.storage.place import Place

__all__ = ["app"]

_KEYS: Final = ("MAKERSPHERE_CLASS_KEY", "MAKERSPHERE_HOST_KEY")
_TOKEN: Final = "MAKERSPHERE_HOST_TOKEN"  # noqa: S105  (its name)
_HERE: Final = "http://localhost:8000"
_COLUMNS: Final = ("room", "name", "scenario", "tables", "people", "created")

_Code = Annotated[Name, Parameter(help="its code.")]
_Scenario = Annotated[Name, Parameter(help="what its tables play.")]
_Called = Annotated[Name, Parameter(help="what the class is called.")]
_Server = Annotated[Name, Parameter(help="address of the server, as people reach it: links are made of it.")]
_Roster = Annotated[
    Path | None, Parameter(help="file of names: a line each, or a table with a column of names, and one of groups.")
]
_Names = Annotated[
    Path,
    Parameter(name="FILE", help="file of names: a line each, or a table with a column of names, and one of groups."),
]
_Sheet = Annotated[Path | None, Parameter(help="page to write: a slip with a QR code for each person, to print.")]
_People = Annotated[
    int, Parameter(validator=between(0, 1_000), help="how many are expected; tables are opened for them.")
]
_AtATable = Annotated[int, Parameter(validator=between(1, 60), help="how many sit at a table at most.")]
_SameDice = Annotated[bool, Parameter(negative=(), help="all tables play with the same dice.")]
_Language = Annotated[Name, Parameter(help="of the class's pages and tables; by default the terminal's own.")]
_Yes = Annotated[bool, Parameter(help="do not ask for the code again; needed where there is no terminal.")]
_JsonArray = Annotated[Json, Parameter(help="print a JSON array with one object for each class.")]
_JsonObject = Annotated[Json, Parameter(help="print one JSON object.")]

app = App(name="class", help="Open classes of several tables, and find, write out and erase those that are kept.")


@Parameter(name="*")
@attrs.frozen(kw_only=True)
class _Laid:
    """How a class is laid out."""

    people: _People = 0
    table: _AtATable = 24
    name: _Called = ""
    language: _Language = ""
    same_dice: _SameDice = False


_AS_USUAL: Final = _Laid()


@app.command(name="open")
def open_(
    scenario: _Scenario = "classroom",
    /,
    *,
    server: _Server = _HERE,
    laid: _Laid = _AS_USUAL,
    roster: _Roster = None,
    sheet: _Sheet = None,
    as_json: _JsonObject = False,
) -> int:
    """Open a class on a running server; the server's key, where it wants one, is taken from MAKERSPHERE_CLASS_KEY."""
    where, names = _server_at(server), list_of(roster) if roster is not None else []
    if sheet is not None:
        see_that_it_is_free(sheet)
    key = next((os.environ[each] for each in _KEYS if os.environ.get(each)), "")
    options = Options(language=laid.language or language())
    of_class = ClassOptions(laid.people or len(names), laid.table, laid.name, laid.same_dice)
    frame = Create(scenario, options, key, class_=of_class)
    found = asyncio.run(entered(where, frame, names, None if as_json else _tell_progress))
    return _told(where, found, sheet, as_json=as_json)


@app.command(name="names")
def names_(
    room: _Code, file: _Names, /, *, server: _Server = _HERE, sheet: _Sheet = None, as_json: _JsonObject = False
) -> int:
    """Put names on the list of a class that is open; a host's token is taken from MAKERSPHERE_HOST_TOKEN."""
    where, names = _server_at(server), list_of(file)
    token = os.environ.get(_TOKEN, "")
    if not token:
        raise Trouble("class_no_token")
    if sheet is not None:
        see_that_it_is_free(sheet)
    frame = Resume(tidy_code(room), host_token=token)
    found = asyncio.run(entered(where, frame, names, None if as_json else _tell_progress))
    return _told(where, attrs.evolve(found, host_token=""), sheet, as_json=as_json)


@app.command(name="list")
def list_(*, kept: Kept = HERE, as_json: _JsonArray = False) -> int:
    """List all classes of a folder, oldest first; also while a server runs."""
    place = kept.place_there()
    found = listed(place, kept_classes.list_classes)
    if as_json:
        print(json.dumps([_facts(each) for each in found], ensure_ascii=False))
    elif not found:
        print(say("no_classes", folder=str(place)))
    else:
        lines = Table(box=None, pad_edge=False)
        for heading in _COLUMNS:
            lines.add_column(say(f"column.{heading}"))
        for each in found:
            lines.add_row(*(_said(each)[heading] for heading in _COLUMNS))
        Console().print(lines)
    return 0


@app.command
def show(room: _Code, /, *, kept: Kept = HERE, as_json: _JsonObject = False) -> int:
    """Show a class: what it plays, its tables, how many people it has; also while a server runs."""
    with _class(room, kept) as (place, code):
        found = kept_classes.show_class(place, code)
    if as_json:
        print(json.dumps(_facts(found), ensure_ascii=False))
        return 0
    rows = Table.grid(padding=(0, 2))
    for heading, value in _said(found).items():
        rows.add_row(say(f"column.{heading}"), value)
    Console().print(rows)
    return 0


@app.command
def links(
    room: _Code, /, *, server: _Server = _HERE, sheet: _Sheet = None, kept: Kept = HERE, as_json: _JsonArray = False
) -> int:
    """Print the personal link of everybody of a class, or write them to a sheet; also while a server runs."""
    base = _base(_server_at(server))
    with _class(room, kept) as (place, code):
        found = kept_classes.show_class(place, code)
    people = [(number, name, found.codes[number]) for number, name in found.names.items()]
    theirs = personal_links(base, code, people)
    if sheet is not None:
        write_sheet(sheet, code, found.name, found.language, theirs)
    _print_links(theirs, sheet, as_json=as_json)
    return 0


@app.command
def export(room: _Code, /, *, kept: Kept = HERE) -> int:
    """Print a class as JSON: how it was opened, its tables, its people by name; also while a server runs."""
    with _class(room, kept) as (place, code):
        found = kept_classes.export_class(place, code)
    print(json.dumps(found, ensure_ascii=False, indent=1))
    return 0


@app.command
def erase(room: _Code, /, *, yes: _Yes = False, kept: Kept = HERE, as_json: _JsonObject = False) -> int:
    """Erase a class for good, with all its tables; the server must be stopped."""
    if not yes:
        asked_again(room)
    with _class(room, kept) as (place, code):
        tables = kept_classes.erase_class(place, code)
    print(json.dumps({"room": code, "tables": tables}) if as_json else say("class.erased", room=code, n=len(tables)))
    return 0


@contextmanager
def _class(room: str, kept: Kept) -> Iterator[tuple[Place, str]]:
    """Yield the place and the code of a class that a person has named; what goes wrong and can be mended is said."""
    place = kept.place_there()
    with explained(place, room):
        try:
            yield place, tidy_code(room)
        except KeyError:
            raise Trouble("no_class", room=room, folder=str(place)) from None


def _server_at(typed: str) -> Address:
    try:
        return server_at(typed)
    except NoAddress:
        raise Trouble("class_no_server", typed=typed) from None


def _base(where: Address) -> str:
    """Return the address that links of a server begin with."""
    return attrs.evolve(where, room="").link.removesuffix("/#/j/")


def _tell_progress(done: int, of: int) -> None:
    complain(say("class.progress", done=done, of=of))


def _told(where: Address, found: Entered, sheet: Path | None, *, as_json: bool) -> int:
    """Say what is open and who is on its list, then write the sheet: nothing else tells where the console is.

    Raises:
        Trouble: the list is not filled, or the sheet is not written; what is open has been said.
    """
    base = _base(where)
    mine = personal_links(base, found.room, [(number, *who) for number, who in found.people.items()])
    ways = {"join": f"{base}/#/j/{found.room}", "wall": f"{base}/#/s/{found.room}"}
    if found.host_token:
        ways["console"] = f"{base}/#/r/{found.room}/{found.host_token}"
    if as_json:
        told = {kind: getattr(found, kind) for kind in TOLD_OF_NAMES}
        tree = {"room": found.room, **ways, "tables": found.tables, **told}
        if found.host_token:
            tree["host_token"] = found.host_token
        print(json.dumps({**tree, "people": [attrs.asdict(link) for link in mine]}, ensure_ascii=False), flush=True)
    else:
        _print_class(found, ways)
    if found.trouble is not None:
        raise found.trouble
    if sheet is not None:
        write_sheet(sheet, found.room, found.name, found.language, mine)
    if mine and not as_json:
        _print_links(mine, sheet, as_json=False)
    return 0


def _print_class(found: Entered, ways: dict[str, str]) -> None:
    print(say("class.opened", room=found.room, tables=found.tables))
    for way, link in ways.items():
        print(f"  {say(f'class.way.{way}')}  {link}", flush=True)
    for kind in TOLD_OF_NAMES:
        for each in getattr(found, kind):
            if kind != "bad" or each not in (*found.reserved, *found.mixed):
                complain(say(f"class.{kind}", name=each))


def _print_links(found: list[PersonalLink], sheet: Path | None, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps([attrs.asdict(link) for link in found], ensure_ascii=False))
    elif sheet is not None:
        print(say("class.sheet_written", file=str(sheet), n=len(found)))
    else:
        for link in found:
            print(f"{link.number}\t{link.name}\t{link.link}")


def _facts(found: KeptClass) -> dict[str, Any]:
    """Return what is told of a class to programs: no code of anybody, and no name."""
    kept = ("room", "name", "scenario", "language", "size", "people", "created_ms")
    tables = {str(number): room for number, room in found.tables.items()}
    return {**{name: getattr(found, name) for name in kept}, "tables": tables}


def _said(found: KeptClass) -> dict[str, str]:
    created = datetime.fromtimestamp(found.created_ms / 1000, UTC).astimezone()
    return {
        "room": found.room,
        "name": found.name,
        "scenario": named("scenario", found.scenario),
        "tables": " ".join(found.tables.values()),
        "people": str(found.people),
        "created": created.strftime("%Y-%m-%d %H:%M"),
    }
