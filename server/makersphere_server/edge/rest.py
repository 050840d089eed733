"""Requests by which other programs open rooms and classes, and ask how these stand (docs/rest.md).

A post is a `create` frame whose key stands in a header: it goes through the same door as a frame, is held to the same
bounds and refused with the same words, and nothing else opens a room. Whoever reads shows a host's token. No page of
another place has a share in either: there is no CORS, and the type of JSON is demanded.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

import attrs
import msgspec
import structlog
from websockets.datastructures import MultipleValuesError
from websockets.http11 import Response

from makersphere_protocol.codec import decode_body, encode_tree
from makersphere_protocol.errors import BadFrame, ProtocolError, Refused
from makersphere_protocol.messages import Create, Welcome
from makersphere_protocol.openapi import CLASSES, ROOMS
from makersphere_protocol.rest import (
    ClassShown,
    ClassWanted,
    Opened,
    PersonShown,
    RoomShown,
    RoomWanted,
    TableShown,
    picked,
)
from makersphere_server import metrics
from makersphere_server.afterwards.downloads import FindKept, KeptRoom
from makersphere_server.afterwards.reading_pace import ReadingPace
from makersphere_server.classes.book import ClassBook
from makersphere_server.classes.shown import look
from makersphere_server.edge.posts import Post
from makersphere_server.edge.responses import bearer, is_from_ours, plain, refused, respond
from makersphere_server.edge.under_way import UnderWay
from makersphere_server.lobby.lobby import Lobby
from makersphere_server.room.model.arrival import Arrival
from makersphere_server.room.model.inbox import Leave
from makersphere_server.room.model.live_room import RoomSettings

__all__ = ["Rest"]

Tree = dict[str, Any]

_JSON: Final = "application/json"
_WANTED: Final[dict[str, type[RoomWanted | ClassWanted]]] = {ROOMS: RoomWanted, CLASSES: ClassWanted}
_log = structlog.get_logger("makersphere.rest")


class Rest:
    """Answers what other programs ask of rooms and classes."""

    def __init__(self, lobby: Lobby, find_room: FindKept, find_class: FindKept, pace: ReadingPace) -> None:
        """Prepare.

        Args:
            lobby: the door.
            find_room: returns what the store has of a room to one of its hosts.
            find_class: the same of a class.
            pace: to which those who read are held.
        """
        self._lobby, self._pace = lobby, pace
        self._find_room, self._find_class = find_room, find_class
        self._opening = UnderWay("rest")

    def __contains__(self, path: str) -> bool:
        """Return whether something is opened by a post to an address, which is without its query."""
        return path in _WANTED

    # -- opening

    def take(self, post: Post, address: str) -> None:
        """Answer a post from an address when what it asks for is open, or why it is not."""
        self._opening.begin(post, lambda: self._answer(post, address))

    async def stop(self) -> None:
        """Open nothing more."""
        await self._opening.stop()

    async def _answer(self, post: Post, address: str) -> None:
        request = post.request
        try:
            post.refuse(await self._opened(post, address))
        except _NotThis as no:
            post.refuse(refused(request, no.error, no.status))
        except ProtocolError as error:
            post.refuse(refused(request, _said_of_keys(error)))
        except MultipleValuesError as error:  # a header that a request may have only once
            post.refuse(refused(request, BadFrame(f"expected one header {error}"), HTTPStatus.BAD_REQUEST))
        except Exception as error:  # noqa: BLE001  (the boundary of a request: it is said loudly, the server goes on)
            _log.error("rest_failed", exc_info=error)
            post.refuse(refused(request, Refused("unavailable")))

    async def _opened(self, post: Post, address: str) -> Response:
        request = post.request
        if post.method != "POST":
            return plain(request, HTTPStatus.METHOD_NOT_ALLOWED, {"Allow": "POST"})
        if not is_from_ours(post.field(b"origin"), post.field(b"host"), frozenset()):
            raise _NotThis(HTTPStatus.FORBIDDEN, Refused("unauthorised", "post_origin", "Origin"))
        if post.field(b"content-type").partition(";")[0].strip().lower() != _JSON:
            raise _NotThis(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, Refused("bad_frame", "post_type", "Content-Type"))
        path = post.path.partition("?")[0]
        wanted = decode_body(_WANTED[path], post.body)
        try:
            welcome = await self._welcomed(wanted.frame(bearer(request)), address)
        except ProtocolError as error:
            metrics.ENTRIES.labels(error.code).inc()
            raise
        metrics.ENTRIES.labels("ok").inc()
        code, token = welcome.room, welcome.host_token
        opened = Opened(code, token, f"/#/j/{code}", f"/#/r/{code}/{token}", f"/#/s/{code}")
        headers = {"Location": f"{path}/{code}"}
        return respond(request, HTTPStatus.CREATED, encode_tree(attrs.asdict(opened)), _JSON, headers)

    async def _welcomed(self, frame: Create, address: str) -> Welcome:
        """Return how the founder is welcomed, who then goes again.

        Raises:
            ProtocolError: why nothing is opened.
        """
        arrival = Arrival(address)
        place, presence = await self._lobby.enter(frame, arrival)
        place.inbox.put(Leave(presence))
        if arrival.welcome is None:
            raise AssertionError("who is let in is welcomed")
        return arrival.welcome

    # -- reading

    async def room(self, code: str, token: str, address: str, step: int | None = None) -> bytes:
        """Return how a room stands, to one of its hosts.

        Raises:
            ProtocolError: why not.
        """
        return encode_tree(self._room(await self._kept(self._find_room, code, token, address)))

    async def class_(self, code: str, token: str, address: str, step: int | None = None) -> bytes:
        """Return how a class stands, to one of its hosts.

        Raises:
            ProtocolError: why not.
        """
        return encode_tree(self._class(await self._kept(self._find_class, code, token, address)))

    async def _kept(self, find: FindKept, code: str, token: str, address: str) -> KeptRoom:
        try:
            if not token:
                raise Refused("unauthorised")
            kept = await find(code, token, address)
        except ProtocolError as error:
            raise _said_of_keys(error) from None
        self._pace.take_turn(kept.reader, address)
        return kept

    def _room(self, kept: KeptRoom) -> Tree:
        row, settings = kept.row, RoomSettings.stored(kept.private)
        room = self._lobby.open_rooms.get(row.room)
        tree = {
            "room": row.room,
            "scenario": msgspec.json.decode(row.scenario)["name"],
            "language": settings.language,
            "created_ms": row.created_ms,
            "seats": len(row.roles),
            "status": "asleep" if row.state == "open" else row.state,
            "of_class": settings.of_class,
            "rehearsal": settings.rehearsal,
        }
        return picked(RoomShown, tree | (room.glance() if room is not None else {}))

    def _class(self, kept: KeptRoom) -> Tree:
        book = ClassBook.stored(kept.row.room, kept.private)
        shown = look(book, self._lobby.open_rooms.get, self._lobby.state_of, ())
        tables, people = shown.table["tables"], shown.hand["person"]
        tree = {
            **shown.table["class"],
            "tables": {number: picked(TableShown, table) for number, table in tables.items()},
            "people": {number: picked(PersonShown, person) for number, person in people.items()},
        }
        return picked(ClassShown, tree)


def _said_of_keys(error: ProtocolError) -> ProtocolError:
    """Return a refusal as a program is told it: what opens nothing is the key that it shows, and no link to a seat."""
    return Refused("unauthorised", "rest_key", "Authorization") if error.code == "unauthorised" else error


class _NotThis(Exception):
    """A post is refused before anybody asks what it wants."""

    def __init__(self, status: HTTPStatus, error: Refused) -> None:
        super().__init__(str(error))
        self.status, self.error = status, error
