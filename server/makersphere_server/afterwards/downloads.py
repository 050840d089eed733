"""What a host takes home over HTTP: the debrief, and the room as tables or as its log.

Answers files, or why not. Who asks has a host token of the room, which is looked at first and as strictly as at the
door. One room is read and gone through at a time, beside the loop, so that games go on meanwhile. A room that is not
over gives nothing: its debrief opens at the end, and an export of it would hold secrets. The log holds the seed, so
that of a fork which ended while its origin was still played is not given, and its events are told without what was in
them: the order of the decks is. Source: the contract's "Over HTTP".
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TypeVar

import attrs

from makersphere_protocol.codec import encode_tree
from makersphere_protocol.errors import Refused
from makersphere_rules.mistakes import ScenarioError
from makersphere_rules.written.notation import UnknownEvent, state_hash
from makersphere_server.afterwards.export_files import FORMATS, ExtraMissing, csv_zip, parquet_zip
from makersphere_server.afterwards.export_tables import FinishedRoom, NotOver, debrief, tables, tell
from makersphere_server.room.commands.reopening import hosts_of
from makersphere_server.room.model.dirty import Dirty
from makersphere_server.room.model.live_room import RoomSettings
from makersphere_server.room.model.seats import Seats
from makersphere_server.storage.event_log import Damaged, EventLog, Record, RoomRow, StoreUnavailable
from makersphere_server.storage.log_file import log_lines

__all__ = ["Download", "Downloads", "History", "debrief_file", "exported", "history_of", "names_of"]

Kept = Mapping[str, bytes]  # a room's private values
T = TypeVar("T")


@attrs.frozen
class Download:
    """A file: its name, media type and bytes."""

    name: str
    media_type: str
    body: bytes


@attrs.frozen
class History:
    """What the store has of a room; its log is read when its turn has come."""

    row: RoomRow
    private: Kept = attrs.field(repr=False)
    _log: EventLog

    async def records(self) -> list[Record]:
        """Return its log.

        Raises:
            Refused: why not.
        """
        return await _answered(self._log.read(self.row.room))


FindHistory = Callable[[str, str, str], Awaitable[History]]  # room, host token, address


class Downloads:
    """Hands out what is left of rooms."""

    def __init__(self, history: FindHistory) -> None:
        """Prepare.

        Args:
            history: returns what the store has of a room to somebody who hosts it.
        """
        self._history = history
        self._turn = asyncio.Lock()

    async def debrief(self, room: str, token: str, address: str) -> Download:
        """Return the debrief of a room with every figure.

        Raises:
            ProtocolError: why not.
        """
        return await self._made(
            await self._history(room, token, address), lambda told, _, private: debrief_file(told, private)
        )

    async def export(self, room: str, token: str, address: str, format_: str, *, names: bool) -> Download:
        """Return a room in a format; with the names of its people where they are asked for.

        Raises:
            ProtocolError: why not.
        """
        history = await self._history(room, token, address)
        if format_ not in FORMATS:
            raise Refused("bad_args", "expected_one_of", "format", options=", ".join(FORMATS))
        return await self._made(
            history, lambda told, records, private: exported(told, records, private, format_, names=names)
        )

    async def _made(
        self, history: History, make: Callable[[FinishedRoom, Sequence[Record], Kept], Download]
    ) -> Download:
        async with self._turn:
            records = await history.records()

            def batch() -> Download:
                return make(tell(history.row, records), records, history.private)

            try:
                return await asyncio.to_thread(batch)
            except NotOver:
                raise Refused("rule", "not_over_yet") from None
            except ExtraMissing as error:
                raise Refused("bad_args", "extra_missing", "format", extra=error.extra) from None
            except (UnknownEvent, ScenarioError) as error:  # of rules that are not here
                raise Refused("unavailable", "quarantined") from error


async def history_of(log: EventLog, row: RoomRow | None, host: str) -> History:
    """Return what the store has of a room, if a token of that id opens a host's chair there.

    Raises:
        Refused: why not.
    """
    if row is None:
        raise Refused("no_such_room", field="room")
    private = await _answered(log.privates(row.room))
    if host not in hosts_of(private):
        raise Refused("unauthorised")
    return History(row, private, log)


async def _answered(asked: Awaitable[T]) -> T:
    """Return what the store answers, or say why it does not."""
    try:
        return await asked
    except StoreUnavailable as error:
        raise Refused("unavailable") from error
    except (Damaged, KeyError) as error:
        raise Refused("unavailable", "quarantined") from error


def debrief_file(told: FinishedRoom, private: Kept) -> Download:
    """Return the debrief of a finished room, with the seed where that tells nothing of another."""
    found = debrief(told)
    if not RoomSettings.stored(private).keeps_seed:
        found["dice"] = {"seed": told.row.seed.hex(), "nonce": told.row.nonce.hex()}
    return Download(f"makersphere-{told.row.room}-debrief.json", "application/json", encode_tree(found))


def exported(told: FinishedRoom, records: Sequence[Record], private: Kept, format_: str, *, names: bool) -> Download:
    """Return a finished room in a format.

    Raises:
        ExtraMissing: the format needs packages that are not installed.
        Refused: the log of this room is not given.
    """
    named = names_of(told, private) if names else None
    keeps_seed = RoomSettings.stored(private).keeps_seed
    match format_:
        case "csv":
            body = csv_zip(tables(told, named, keeps_seed=keeps_seed))
        case "parquet":
            body = parquet_zip(tables(told, named, keeps_seed=keeps_seed))
        case _:
            if keeps_seed:
                raise Refused("rule", "seed_is_kept", "format")
            body = b"".join(log_lines(told.row, records, state_hash(told.state)))
    form = FORMATS[format_]
    return Download(f"makersphere-{told.row.room}{form.suffix}", form.media_type, body)


def names_of(told: FinishedRoom, private: Kept) -> dict[int, str]:
    """Return what the people at each seat are called, as long as they are not erased."""
    seats = Seats(told.state.seats(), private, Dirty())
    return {place.seat: " & ".join(place.names()) for place in seats}
