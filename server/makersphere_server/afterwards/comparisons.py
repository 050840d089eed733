"""What-if rooms beside their origins, for hosts at any time, and for everybody when both games are over.

Answers what a page shows of both, or why not. Two logs are gone through in a thread beside the loop, and only where
somebody may see what comes of it; what is final is kept, packed too, for the few rooms that were asked for last. Which
single decisions differ is told to hosts alone: they were sealed, and stand there by seat. Scores at the end are told to
hosts alone, too, for as long as the room whose they are has not revealed who stands where. How often one reader may ask
is bounded, together with replays (`reading_pace.py`).
"""

from __future__ import annotations

import asyncio
import gzip
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any, Final

import attrs
import msgspec

from makersphere_protocol.codec import encode_tree
from makersphere_protocol.errors import Refused
from makersphere_rules.scenario import Choice
from makersphere_server.afterwards.comparing import compared
from makersphere_server.afterwards.downloads import FindKept, KeptRoom, refusing_what_cannot_be_told
from makersphere_server.afterwards.export_tables import NotOver, has_ended
from makersphere_server.afterwards.reading_pace import ReadingPace
from makersphere_server.room.model.chosen_rules import in_own_words
from makersphere_server.room.model.live_room import RoomSettings
from makersphere_server.room.model.people.hosts import Hosts
from makersphere_server.room.model.ranking import is_whole
from makersphere_server.room.model.standing import Standing
from makersphere_server.storage.record import Record, RoomRow

__all__ = ["Comparisons", "Packed"]

Tree = dict[str, Any]
Logged = tuple[RoomRow, Sequence[Record]]  # a room with its log
_KEPT: Final = 8
_SIDES: Final = ("origin", "fork")
_AT_THE_END: Final = ("score", "result")  # of a side's table: what tells who stands where


@attrs.frozen
class Packed:
    """JSON, as it is and packed with gzip."""

    body: bytes = attrs.field(repr=False)
    packed: bytes = attrs.field(repr=False)


@attrs.frozen
class _Final:
    """A comparison of which nothing changes any more, but for what the rooms reveal of who stands where.

    Attributes:
        cut: the sides whose game ended within a season.
        to_all: by the sides that have not revealed it yet.
    """

    to_hosts: Packed
    cut: frozenset[str]
    to_all: dict[tuple[str, ...], Packed] = attrs.field(factory=dict)


class Comparisons:
    """Shows forks beside their origins."""

    def __init__(self, find: FindKept, pace: ReadingPace) -> None:
        """Prepare.

        Args:
            find: returns what the store has of a room.
            pace: to which readers are held.
        """
        self._find = find
        self._pace = pace
        self._one_at_a_time = asyncio.Lock()
        self._final: OrderedDict[str, _Final] = OrderedDict()

    async def answer(self, room: str, token: str, address: str, _step: int | None = None) -> bytes | Packed:
        """Return a fork beside its origin, as JSON.

        Raises:
            ProtocolError: why not.
        """
        fork = await self._find(room, token, address, anyone=True)
        self._pace.take_turn(fork.reader, address)
        code = RoomSettings.stored(fork.private).origin
        if not code:
            raise Refused("rule", "no_origin")
        origin = await self._find(code, "", None, anyone=True)
        leads = _leads(fork) and not fork.is_closed  # a visitor learns of a sealed one what everybody may
        if origin.is_closed and not leads:  # a fork of a fork
            raise Refused("rule", "sealed")
        async with self._one_at_a_time:
            found = self._final.get(fork.row.room) or await self._compared(origin, fork, leads=leads)
            if isinstance(found, _Final):
                self._keep(fork.row.room, found)
                return found.to_hosts if leads else await asyncio.to_thread(_to_all, found, (origin, fork))
        return found

    async def _compared(self, origin: KeptRoom, fork: KeptRoom, *, leads: bool) -> bytes | _Final:
        theirs, ours = [(kept.row, await kept.records(beside_origin=True)) for kept in (origin, fork)]
        chosen = _newly_chosen(origin, fork)
        with refusing_what_cannot_be_told():
            return await asyncio.to_thread(_made, theirs, ours, chosen, leads=leads)

    def _keep(self, room: str, found: _Final) -> None:
        """Keep what was asked for last, and forget what was asked for longest ago."""
        self._final[room] = found
        self._final.move_to_end(room)
        if len(self._final) > _KEPT:
            self._final.popitem(last=False)


def _newly_chosen(origin: KeptRoom, fork: KeptRoom) -> list[Choice]:
    """Return the choices of the rules that a fork is played with and its origin is not."""
    before = RoomSettings.stored(origin.private).chosen
    return [each for each in RoomSettings.stored(fork.private).changes if each.name not in before]


def _told(choice: Choice, rules: Sequence[Tree]) -> Tree:
    """Return a choice by name, and `from` which season it holds where all that it sets begins later than the room."""
    paths = {f"{name}.{key}" for name, table in choice.table.items() for key in table}
    seasons = [rule.get("from", 0) for rule in rules if rule["path"] in paths]
    later = {"from": max(seasons)} if seasons and all(seasons) else {}
    return in_own_words(choice) | later


def _made(origin: Logged, fork: Logged, chosen: Sequence[Choice], *, leads: bool) -> bytes | _Final:
    """Return the comparison, packed if it is final: it takes a while where anything is gone through.

    Raises:
        NotOver: a game goes on, and whoever asks leads neither.
        UnknownEvent: a log was written by rules that are not here.
    """
    if not leads and not (has_ended(origin[1]) and has_ended(fork[1])):
        raise NotOver(fork[0].room)
    tree, cut = compared(origin, fork)
    tree["chosen"] = [_told(choice, tree["rules"]) for choice in chosen]
    if _is_final(tree):
        return _Final(_packed(tree), cut)
    if not leads:
        raise NotOver(fork[0].room)
    return encode_tree(tree)


def _to_all(found: _Final, rooms: Sequence[KeptRoom]) -> Packed:
    """Return what everybody may see of a comparison by now."""
    sides = zip(_SIDES, rooms, strict=True)
    kept_back = tuple(side for side, room in sides if not _is_revealed(room, is_cut=side in found.cut))
    if kept_back not in found.to_all:
        whole: Tree = msgspec.json.decode(found.to_hosts.body)
        told = {name: value for name, value in whole.items() if name != "first"}
        found.to_all[kept_back] = _packed(told | {side: _before_podium(whole[side]) for side in kept_back})
    return found.to_all[kept_back]


def _is_revealed(room: KeptRoom, *, is_cut: bool) -> bool:
    """Return whether who stands where at the end of a room is open to everybody."""
    return is_whole(Standing.stored(room.private).wall, RoomSettings.stored(room.private).pace, is_cut=is_cut)


def _before_podium(side: Tree) -> Tree:
    table = {kind: of for kind, of in side["table"].items() if kind not in _AT_THE_END}
    return side | {"table": table, "waits": True}


def _packed(tree: Tree) -> Packed:
    body = encode_tree(tree)
    return Packed(body, gzip.compress(body))


def _is_final(tree: Tree) -> bool:
    return "decisions" in tree


def _leads(kept: KeptRoom) -> bool:
    """Return whether a room was opened by a host's token."""
    return kept.reader in Hosts.stored(kept.private)
