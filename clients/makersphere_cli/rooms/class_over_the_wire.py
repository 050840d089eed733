"""A class on a running server, as a console has it: opened, entered, its list of names filled, its links fetched."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any, Final

import attrs

from makersphere_cli.rooms.roster import Listed, in_pieces
from makersphere_cli.speech.not_reached import not_reached
from makersphere_cli.speech.trouble import Trouble
from makersphere_cli.speech.words import language
from makersphere_clients.backoff import Backoff
from makersphere_clients.connection import Connection, ConnectionEnded
from makersphere_clients.terminal.address import Address
from makersphere_clients.terminal.app import ended_text
from makersphere_clients.terminal.words.texts import Words
from makersphere_protocol.messages import Args, Create, Resume

__all__ = ["TOLD_OF_NAMES", "Entered", "entered"]

TOLD_OF_NAMES: Final = ("marked", "twins", "bad", "reserved", "mixed", "changed")
_TRIES: Final = 2
_AT_ONCE: Final = 200  # names in one command

Progress = Callable[[int, int], None]


@attrs.frozen
class Entered:
    """A class and what came of a list of names.

    Attributes:
        language: of its pages, and of its sheet of links.
        tables: how many it has.
        people: name and personal code by number.
        marked: names that were on the list already and have another group now.
        twins: names that were on the list already.
        bad: what cannot be shown as a name, or is kept for hosts.
        reserved: of these, what is kept for hosts.
        mixed: of these, what mixes letters of alphabets that look alike.
        changed: names that were shortened, or had signs taken out that cannot be seen, as they are shown.
        trouble: why the list is not filled, or its people are not known here; the class is open all the same.
    """

    room: str
    host_token: str = attrs.field(repr=False)
    name: str = attrs.field(repr=False)
    language: str
    tables: int
    people: dict[int, tuple[str, str]] = attrs.field(factory=dict, repr=False)
    marked: list[str] = attrs.field(factory=list, repr=False)
    twins: list[str] = attrs.field(factory=list, repr=False)
    bad: list[str] = attrs.field(factory=list, repr=False)
    reserved: list[str] = attrs.field(factory=list, repr=False)
    mixed: list[str] = attrs.field(factory=list, repr=False)
    changed: list[str] = attrs.field(factory=list, repr=False)
    trouble: Trouble | None = None


async def entered(where: Address, frame: Create | Resume, names: Sequence[Listed], tell: Progress | None) -> Entered:
    """Open a class or come back to it as its host, and put names on its list.

    Whatever happens once the class is open, its code and its host's token are returned: nothing else tells them.

    Args:
        where: the server.
        frame: what opens the class, or the host's chair.
        names: may be none.
        tell: is told how many of the names are through, and how many there are.

    Raises:
        Trouble: the server is not reached, or does not let this one in.
    """
    connection = Connection(where.url, frame, backoff=Backoff(tries=_TRIES))
    try:
        async with connection:
            return await _filled(connection, names, tell, _as_it_stands(connection))
    except ConnectionEnded as ended:
        raise _trouble(where, frame, ended) from None


def _as_it_stands(connection: Connection) -> Entered:
    """Return a class that has been entered, with nobody yet."""
    mirror = connection.mirror
    about, tables = mirror.table["class"], len(mirror.table.get("tables", {}))
    return Entered(mirror.room, connection.host_token, about["name"], about["language"], tables)


async def _filled(connection: Connection, names: Sequence[Listed], tell: Progress | None, found: Entered) -> Entered:
    """Put names on the list and fetch its links; return what came of it, and what came in between."""
    try:
        await _put(connection, names, tell, found)
        links = (await _done(connection, "class.links"))["links"] if names else {}
        await connection.until(lambda: connection.mirror.hand.get("person", {}).keys() >= links.keys())
    except asyncio.CancelledError:
        return attrs.evolve(found, trouble=Trouble("class_stopped"))
    except ConnectionEnded as ended:
        return attrs.evolve(found, trouble=_refused(ended))
    except Trouble as trouble:
        return attrs.evolve(found, trouble=trouble)
    people = connection.mirror.hand.get("person", {})
    return attrs.evolve(
        found,
        tables=_as_it_stands(connection).tables,
        people={int(number): (str(people[number]["name"]), str(link)) for number, link in links.items()},
    )


async def _put(connection: Connection, names: Sequence[Listed], tell: Progress | None, found: Entered) -> None:
    """Put names on the list, as many at once as a command takes; keep what is told of them."""
    through = 0
    for piece in in_pieces(names, _AT_ONCE):
        data = await _done(connection, "class.people", _people(piece))
        for kind in TOLD_OF_NAMES:
            getattr(found, kind).extend(data.get(kind, []))
        through += len(piece)
        if tell is not None:
            tell(through, len(names))


def _people(piece: Sequence[Listed]) -> Args:
    """Return what a command says of a piece of the list."""
    said: Args = {"names": [listed.name for listed in piece]}
    if any(listed.mark for listed in piece):
        said["marks"] = [listed.mark for listed in piece]
    return said


async def _done(connection: Connection, name: str, args: Args | None = None) -> dict[str, Any]:
    result = await connection.command(name, args)
    if not result.ok:
        raise Trouble("class_refused", why=result.error.message if result.error is not None else name)
    return result.data or {}


def _trouble(where: Address, frame: Create | Resume, ended: ConnectionEnded) -> Trouble:
    if ended.code == "no_answer" and not ended.message:
        return not_reached(where)
    if ended.code == "unauthorised":
        return Trouble("class_token" if isinstance(frame, Resume) else "class_key_wrong" if frame.key else "class_key")
    return _refused(ended)


def _refused(ended: ConnectionEnded) -> Trouble:
    return Trouble("class_refused", why=ended_text(ended, Words(language()), is_host=True))
