"""`makersphere rooms`: list, show, close, reopen and erase the rooms of a data folder or a database.

`list`, `show` and `export-person` work beside a running server; the others need it stopped, and say so.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated, Any, Final, TypeVar

import attrs
from cyclopts import App, Parameter
from rich.console import Console
from rich.table import Table

from makersphere_cli.flags import Json, Name
from makersphere_cli.kept import HERE, Kept, unreadable
from makersphere_cli.speech.trouble import Trouble
from makersphere_cli.speech.words import complain, named, say
from makersphere_server.afterwards import kept_rooms
from makersphere_server.classes import kept_people
from makersphere_server.codes import tidy_code
from makersphere_server.storage.chain import Damaged
from makersphere_server.storage.event_log import StoreUnavailable
from makersphere_server.storage.folder_lock import FolderInUse
from makersphere_server.storage.place import Place

__all__ = ["app", "asked_again", "explained", "listed"]

T = TypeVar("T")
_COLUMNS: Final = ("room", "scenario", "state", "seats", "seq", "created", "reason")

_Code = Annotated[Name, Parameter(help="its code.")]
_JsonArray = Annotated[Json, Parameter(help="print a JSON array with one object for each room.")]
_JsonObject = Annotated[Json, Parameter(help="print one JSON object.")]
_Names = Annotated[bool, Parameter(help="only the names and free texts of its people.")]
_All = Annotated[bool, Parameter(name="--all", negative=(), help="all rooms that had to stop.")]
_Seat = Annotated[int, Parameter(help="the seat; of a class, the person's number in its list.")]
_Member = Annotated[int, Parameter(help="which of the seat's people, from 1; 0: who sits there now, else who has.")]
_Yes = Annotated[bool, Parameter(help="do not ask for the code again; needed where there is no terminal.")]

app = App(name="rooms", help="List, show, close, reopen and erase the rooms of a data folder or a database.")


@app.command(name="list")
def list_(*, kept: Kept = HERE, as_json: _JsonArray = False) -> int:
    """List all rooms, oldest first; also while a server runs."""
    place = kept.place_there()
    found = listed(place, kept_rooms.list_rooms)
    if as_json:
        print(json.dumps([attrs.asdict(room) for room in found], ensure_ascii=False))
    elif not found:
        print(say("no_rooms", folder=str(place)))
    else:
        Console().print(_table(found))
    return 0


@app.command
def show(room: _Code, /, *, kept: Kept = HERE, as_json: _JsonObject = False) -> int:
    """Show a room: how it stands, where its last command fell, how many people it has; also while a server runs."""
    with _room(room, kept) as (place, code):
        found = attrs.asdict(kept_rooms.show_room(place, code))
    if as_json:
        print(json.dumps(found, ensure_ascii=False))
        return 0
    rows = Table.grid(padding=(0, 2))
    for name, value in _said(found).items():
        rows.add_row(say(f"column.{name}"), value)
    Console().print(rows)
    return 0


@app.command
def close(room: _Code, /, *, kept: Kept = HERE, as_json: _JsonObject = False) -> int:
    """Let nobody into a room any more, and keep its history; the server must be stopped."""
    with _room(room, kept) as (place, code):
        kept_rooms.close_room(place, code)
    return _done("room_closed", code, {"state": "closed"}, as_json=as_json)


@app.command
def reopen(room: _Code = "", /, *, all_stopped: _All = False, kept: Kept = HERE, as_json: _JsonObject = False) -> int:
    """Let a room that was closed or had to stop go on with all that is sound of it; the server must be stopped."""
    if all_stopped:
        return _reopen_all(kept, as_json=as_json)
    if not room:
        raise Trouble("reopen_which")
    with _room(room, kept) as (place, code):
        reopened = kept_rooms.reopen(place, code)
        found = kept_rooms.show_room(place, code)
    facts: dict[str, Any] = {
        "state": found.state,
        "epoch": found.epoch,
        "seq": found.seq,
        "missing": found.missing,
    }
    if reopened.left_behind:
        facts |= {"left_behind": reopened.left_behind, "host_token": reopened.host_token}
        _say_what_is_left_behind(reopened)
    return _done("room_reopened_shorter" if found.missing else "room_reopened", code, facts, as_json=as_json)


def _reopen_all(kept: Kept, *, as_json: bool) -> int:
    place = kept.place_there()
    with explained(place, ""):
        reopened, beyond_help = kept_rooms.reopen_all(place)
    for damage in beyond_help:
        complain(str(Trouble("room_beyond_help", room=damage.room, why=damage.reason)))
    for each in reopened:
        _say_what_is_left_behind(each)
    if as_json:
        tokens = {each.room: each.host_token for each in reopened if each.host_token}
        codes = [each.room for each in reopened]
        print(
            json.dumps(
                {"reopened": codes, "host_tokens": tokens, "beyond_help": [damage.room for damage in beyond_help]}
            )
        )
    else:
        print(say("rooms_reopened", rooms=len(reopened)))
    return 1 if beyond_help else 0


def _say_what_is_left_behind(reopened: kept_rooms.Reopened) -> None:
    """Say on standard error which names and tokens a room goes on without, and how its host comes back."""
    if reopened.left_behind:
        complain(say("left_behind", room=reopened.room, keys=", ".join(reopened.left_behind)))
    if reopened.host_token:
        complain(say("host_again", room=reopened.room, link=f"/#/r/{reopened.room}/{reopened.host_token}"))


@app.command
def erase(
    room: _Code, /, *, names: _Names = False, yes: _Yes = False, kept: Kept = HERE, as_json: _JsonObject = False
) -> int:
    """Erase a room for good, or the names of its people alone; the server must be stopped.

    Without the names, its log still verifies, and a bot plays what they played until somebody joins. What is erased
    is overwritten on the disk; backups are yours to erase.
    """
    if not yes:
        asked_again(room)
    with _room(room, kept) as (place, code):
        if names:
            kept_rooms.erase_names(place, code)
        else:
            kept_rooms.erase(place, code)
    said = "room_names_erased" if names else "room_erased"
    return _done(said, code, {"erased": "names" if names else "room"}, as_json=as_json)


@app.command
def erase_person(
    room: _Code,
    seat: _Seat,
    /,
    *,
    member: _Member = 0,
    yes: _Yes = False,
    kept: Kept = HERE,
    as_json: _JsonObject = False,
) -> int:
    """Erase one person from a room, or from all tables of a class; the server must be stopped.

    What they decided stays under the seat's number, and each log still verifies. While the server runs, a host who
    leads does the same in the person's card. Backups are yours to erase.
    """
    if not yes:
        asked_again(room)
    with _room(room, kept) as (place, code), _of_somebody(room, seat):
        rooms = kept_people.erase_person(place, code, seat, member)
    return _done("person_erased", code, {"erased": seat, "rooms": rooms}, as_json=as_json)


@app.command
def export_person(room: _Code, seat: _Seat, /, *, member: _Member = 0, kept: Kept = HERE) -> int:
    """Print, as JSON, all that a room has of one person, or a class with all its tables; also while a server runs."""
    with _room(room, kept) as (place, code), _of_somebody(room, seat):
        found = kept_people.export_person(place, code, seat, member)
    print(json.dumps(found, ensure_ascii=False, indent=1))
    return 0


@contextmanager
def _of_somebody(room: str, seat: int) -> Iterator[None]:
    """Say where there is nobody of that number."""
    try:
        yield
    except kept_people.NobodyThere:
        raise Trouble("nobody_there", room=room, number=seat) from None


def asked_again(room: str) -> None:
    """Have the code typed once more before anything is erased.

    Raises:
        Trouble: there is nobody to ask, or another code was typed.
    """
    if not (sys.stdin and sys.stdin.isatty()):
        raise Trouble("erase_needs_yes", room=room)
    print(say("erase_ask", room=room), end=" ", file=sys.stderr, flush=True)
    if tidy_code(sys.stdin.readline()) != tidy_code(room):
        raise Trouble("erase_not", room=room)


def _done(text: str, room: str, facts: Mapping[str, Any], *, as_json: bool) -> int:
    print(json.dumps({"room": room, **facts}) if as_json else say(text, room=room, **facts))
    return 0


def _table(found: list[kept_rooms.Summary]) -> Table:
    table = Table(box=None, pad_edge=False)
    for heading in _COLUMNS:
        table.add_column(say(f"column.{heading}"), justify="right" if heading in ("seats", "seq") else "left")
    for room in found:
        said = _said(attrs.asdict(room))
        table.add_row(*(said.get(name, "") for name in _COLUMNS))
    return table


_UNSAID = ("created_ms", "rehearsal")  # in a line of their own; other lines say them


def _said(facts: Mapping[str, Any]) -> dict[str, str]:
    """Return the lines in which a person reads the facts of a room."""
    said = {name: str(value) for name, value in facts.items() if value != "" and name not in _UNSAID}
    said["state"] = named("terminal.room_state", facts["state"])
    if facts["created_ms"]:
        created = datetime.fromtimestamp(facts["created_ms"] / 1000, UTC).astimezone()
        said["created"] = created.strftime("%Y-%m-%d %H:%M")
    if facts["scenario"]:
        scenario = named("scenario", facts["scenario"])
        said["scenario"] = say("a_rehearsal", scenario=scenario) if facts["rehearsal"] else scenario
    if facts.get("phase"):
        said["phase"] = named("phase", facts["phase"])
    return said


@contextmanager
def _room(room: str, kept: Kept) -> Iterator[tuple[Place, str]]:
    """Yield the place and the code of a room that a person has named; what goes wrong and can be mended is said."""
    place = kept.place_there()
    with explained(place, room):
        yield place, tidy_code(room)


def listed(place: Place, listing: Callable[[Place], list[T]]) -> list[T]:
    """Return what a list has; where nothing was ever kept, nothing."""
    with explained(place, ""):
        try:
            return listing(place)
        except FileNotFoundError:
            return []


@contextmanager
def explained(place: Place, room: str) -> Iterator[None]:
    """Say what a person can mend."""
    try:
        yield
    except KeyError:
        raise Trouble("no_room" if tidy_code(room) else "room_unnamed", room=room, folder=str(place)) from None
    except Damaged as damage:
        raise Trouble("room_beyond_help", room=room, why=damage.reason) from None
    except FolderInUse:
        raise Trouble("stop_the_server", folder=str(place)) from None
    except (OSError, StoreUnavailable) as error:
        raise unreadable(place, error) from None
