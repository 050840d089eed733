"""A class on the server in memory: opened, looked at once it has told what is new, and the codes of its tables."""

import csv
import inspect
import io
from typing import Any

from websockets.datastructures import Headers
from websockets.http11 import Request, Response

from makersphere_protocol.messages import ClassOptions, Options
from makersphere_server.afterwards.reading_pace import ReadingPace
from makersphere_server.classes.comparisons import ClassComparisons
from makersphere_server.classes.desk import ClassDesk
from makersphere_server.edge.http import Pages
from tests.server.rig.fakes import Client, Rig

__all__ = ["ask", "compares", "desk_of", "lines_of", "open_class", "rooms_of", "seen"]


async def open_class(rig: Rig, people: int = 6, table: int = 3, **fields: Any) -> Client:  # noqa: ANN401
    """Return the host of a new class whose tables play `counter`."""
    options = fields.pop("options", Options(seats=3))
    laid = ClassOptions(people=people, table=table, name="10b", **fields.pop("laid", {}))
    return await rig.create("counter", options=options, class_=laid, **fields)


async def seen(client: Client) -> Client:
    """Return a client of a class once it has been told what is new."""
    await client.rig.pass_ms(1_100)
    client.read()
    return client


def rooms_of(host: Client) -> list[str]:
    """Return the codes of a class's tables, in order."""
    return [table["room"] for table in host.table["tables"].values()]


def desk_of(rig: Rig, host: Client) -> ClassDesk:
    """Return the desk of a class, for what no command asks of it."""
    desk: ClassDesk = rig.lobby._classes._desks[host.room]  # type: ignore[union-attr]  # a class is there
    return desk


def compares(rig: Rig) -> ClassComparisons:
    """Return what holds the tables of the server's classes beside each other, and remembers none yet."""
    lobby = rig.lobby
    return ClassComparisons(lobby.kept_class, lobby.kept_room, lobby.is_class, lobby.goes_on, ReadingPace(rig.clock))


async def ask(rig: Rig, path: str, token: str = "") -> Response:
    """Return the answer to a request about a class."""
    pages = Pages({}, lambda: True, compares=compares(rig))
    shown = {"Authorization": f"Bearer {token}"} if token else {}
    found = pages.answer(Request(f"/api/classes/{path}", Headers(Host="here", **shown), "GET"), "192.0.2.1")
    return await found if inspect.isawaitable(found) else found  # type: ignore[return-value]  # never the handshake


async def lines_of(rig: Rig, host: Client, what: str) -> list[dict[str, str]]:
    """Return the lines of a file about people that a host of a class takes home."""
    found = await ask(rig, f"{host.room}/compare/{what}", host.token)
    return list(csv.DictReader(io.StringIO(found.body.decode("utf-8-sig"))))
