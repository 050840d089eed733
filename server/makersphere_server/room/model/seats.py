"""Who sits where: the people of each seat, by name and token.

Answers who may take a seat, whom a token belongs to, and what is stored of it all. Who plays a seat now is its state,
which changes by the table in `seat_life.py` alone. None of it is an event of the game and none of it is in the log:
names and hashed tokens stand beside it, so that they can be erased.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import attrs
import msgspec

from makersphere_protocol.names import looks
from makersphere_server.room.model.dirty import Dirty
from makersphere_server.room.model.seat_life import (
    BY,
    LIFE,
    WITH_BOT_PUT_IN,
    SeatChange,
    SeatState,
    state_as_stored,
)

__all__ = ["STAND_IN_AFTER_MS", "Member", "SeatPeople", "Seats", "from_the_start", "without_people"]

STAND_IN_AFTER_MS: Final = 60_000
_UNKNOWN: Final = 2**53 - 1  # of a place as an earlier version stored it: its people read nothing of before
_SEEN_GRAIN_MS: Final = 10_000

Tree = dict[str, Any]


@attrs.define(eq=False)
class Member:
    """A person of a seat's team.

    Attributes:
        number: counts a team's people from 1.
        name: as it is shown.
        token: the id of the token that opens the seat.
        join: digest of the join frame, by which it is known again.
        language: in which refusals are said.
        pen: what it is drawn with, or 0.
        code: digest of the code that takes the seat to another device, or "".
        is_here: connected now; not stored.
    """

    number: int
    name: str = attrs.field(repr=False)
    token: str = attrs.field(repr=False)
    join: str = attrs.field(repr=False)
    language: str
    code: str = attrs.field(default="", repr=False)
    pen: int = 0
    is_here: bool = False


@attrs.define(eq=False)
class SeatPeople:
    """A seat with its people.

    Attributes:
        state: who plays it, and why; only `happens` changes it.
        level: how well a bot plays here, or "": as all bots of the room.
        name: as a host has named it, instead of its people's names, or "".
        since: the room's `seq` when somebody sat down here and nobody else sat here.
        freed: how the names of the people who were taken away last may be read, until others sit here; not stored.
        seen_ms: wall clock when the last one left; `away_since_ms` on the monotonic one.
    """

    seat: int
    state: SeatState = SeatState.EMPTY
    members: list[Member] = attrs.field(factory=list)
    name: str = attrs.field(default="", repr=False)
    level: str = ""
    since: int = 0
    freed: frozenset[str] = attrs.field(default=frozenset(), repr=False)
    seen_ms: int = 0
    away_since_ms: int = 0

    @property
    def by(self) -> str:
        """Return who plays: person, away, bot, or "" for nobody yet."""
        return BY[self.state]

    def happens(self, change: SeatChange) -> None:
        """Let something happen to the seat.

        Raises:
            KeyError: it cannot happen to a seat in this state; a bug.
        """
        self.state = LIFE[self.state][change]

    def dropped_since(self, since_ms: int) -> bool:
        """Return whether its people were here and have all gone since then, on the monotonic clock."""
        return self.by == "away" and self.seen_ms > 0 and self.away_since_ms >= since_ms

    def names(self) -> Iterator[str]:
        """Yield what the seat and its people are called."""
        yield from (member.name for member in self.members)
        if self.name:
            yield self.name

    def tree(self) -> Tree:
        """Return what the table shows of it."""
        by = self.by
        shown: Tree = {"by": by} if by else {}
        name = self.name or " & ".join(member.name for member in self.members)
        if name:
            shown["name"] = name
        pen = next((member.pen for member in self.members if member.pen), 0)
        if pen:
            shown["pen"] = pen
        if self.members and self.seen_ms and not any(member.is_here for member in self.members):
            shown["seen"] = self.seen_ms // _SEEN_GRAIN_MS * _SEEN_GRAIN_MS
        return shown

    def to_bytes(self) -> bytes:
        """Return it as it is stored."""
        keep = attrs.filters.exclude(attrs.fields(Member).is_here)
        members = [attrs.asdict(member, filter=keep) for member in self.members]
        own = {"is_bot": self.state in WITH_BOT_PUT_IN, "name": self.name, "level": self.level, "since": self.since}
        return msgspec.json.encode({**own, "members": members})


class Seats:
    """The seats of one room, with their people."""

    def __init__(self, seats: Iterable[int], stored: Mapping[str, bytes], dirty: Dirty) -> None:
        """Begin as it was stored, with nobody connected.

        Args:
            seats: the numbers of the seats.
            stored: the room's private values.
            dirty: where to say that the table shows something else now.
        """
        self._dirty = dirty
        self._places: dict[int, SeatPeople] = {}
        self._tokens: dict[str, tuple[SeatPeople, Member]] = {}
        self._unsaved: set[int] = set()
        for seat in seats:
            self.add(seat, stored.get(_key(seat)))

    def add(self, seat: int, stored: bytes | None = None) -> SeatPeople:
        """Add a place, as it was stored if it was."""
        place = SeatPeople(seat)
        if stored is not None:
            tree = msgspec.json.decode(stored)
            place.name, place.level = tree.get("name", ""), tree.get("level", "")
            place.since = tree.get("since", _UNKNOWN)
            place.members = [Member(**member) for member in tree["members"]]
            place.state = state_as_stored(is_bot=tree["is_bot"], has_people=bool(place.members))
        self._places[seat] = place
        self._tokens.update({member.token: (place, member) for member in place.members})
        self._dirty.table = True
        return place

    def __iter__(self) -> Iterator[SeatPeople]:
        """Return the places in order."""
        return iter(self._places.values())

    @property
    def numbers(self) -> tuple[int, ...]:
        """Return the number of each seat, in order."""
        return tuple(self._places)

    def __getitem__(self, seat: int) -> SeatPeople:
        """Return a place that must exist."""
        return self._places[seat]

    def __contains__(self, seat: int) -> bool:
        """Return whether there is such a place."""
        return seat in self._places

    def find(self, token: str) -> tuple[SeatPeople, Member] | None:
        """Return the person whom a token belongs to, by the token's id, with the seat."""
        return self._tokens.get(token)

    def find_join(self, join: str) -> tuple[SeatPeople, Member] | None:
        """Return the person who came by a join frame, with the seat."""
        if not join:
            return None
        for place in self:
            for member in place.members:
                if member.join == join:
                    return place, member
        return None

    def find_code(self, code: str) -> tuple[SeatPeople, Member] | None:
        """Return the person whose seat a code takes to another device, by the code's digest, with the seat."""
        return next(((place, member) for place in self for member in place.members if member.code == code), None)

    def freed_of(self, name: str) -> list[SeatPeople]:
        """Return the seat from which somebody of that name was taken away, if nobody has sat there since."""
        return [place for place in self if not place.freed.isdisjoint(looks(name))]

    def has_name(self, name: str, but: int = 0) -> bool:
        """Return whether anybody outside seat `but` has a name that looks the same."""
        wanted = looks(name)
        names = (name for place in self if place.seat != but for name in place.names())
        return any(not wanted.isdisjoint(looks(name)) for name in names)

    def recall(self, before: Seats) -> None:
        """Take over what is not stored: since when people are away, and who was taken away."""
        for place in self:
            if place.seat in before:
                old = before[place.seat]
                place.seen_ms, place.away_since_ms, place.freed = old.seen_ms, old.away_since_ms, old.freed

    def played_by_bots(self) -> list[int]:
        """Return the seats that a bot plays now."""
        return [place.seat for place in self if place.by == "bot"]

    # -- changing

    def sit(self, place: SeatPeople, name: str, token: str, join: str, language: str, pen: int = 0) -> Member:
        """Let somebody who is here take a place, from a bot or beside the others of a team."""
        number = max((member.number for member in place.members), default=0) + 1
        member = Member(number, name, token, join, language, pen=pen, is_here=True)
        place.members.append(member)
        place.freed = frozenset() if place.freed.isdisjoint(looks(name)) else place.freed - looks(name)
        place.happens(SeatChange.SITS_DOWN)
        self._tokens[token] = (place, member)
        self.mark(place)
        return member

    def give_token(self, place: SeatPeople, member: Member, token: str) -> None:
        """Let a new token open a seat instead of the old one."""
        self._tokens.pop(member.token, None)
        member.token = token
        self._tokens[token] = (place, member)
        self.mark(place)

    def arrive(self, place: SeatPeople, member: Member) -> None:
        """Count somebody as here; a bot that stood in stops."""
        member.is_here = True
        place.happens(SeatChange.COMES)
        self._dirty.table = True

    def depart(self, token: str, wall_ms: int) -> SeatPeople | None:
        """Count somebody as gone; return the place if nobody of its team is left."""
        found = self._tokens.get(token)
        if found is None:
            return None
        place, member = found
        was_here, member.is_here = member.is_here, False
        self._dirty.table = True
        if not was_here or any(other.is_here for other in place.members):
            return None
        place.happens(SeatChange.LAST_LEAVES)
        place.seen_ms = wall_ms
        return place

    def stand_in(self, seat: int, now_ms: int) -> bool:
        """Let a bot play for a seat whose people have been away for long; return whether it does."""
        place = self._places[seat]
        if place.by != "away" or now_ms - place.away_since_ms < STAND_IN_AFTER_MS:
            return False
        place.happens(SeatChange.MINUTE_IS_OVER)
        self._dirty.table = True
        return True

    def put_bot(self, place: SeatPeople, *, is_in: bool) -> None:
        """Put a bot in, by a host's word or as the game starts, or take it out."""
        place.happens(SeatChange.BOT_IN if is_in else SeatChange.BOT_OUT)
        self.mark(place)

    def empty(self, place: SeatPeople) -> list[str]:
        """Take a place's people away; return the ids of their tokens, which open nothing any more."""
        tokens = [member.token for member in place.members]
        place.freed = frozenset().union(*(looks(member.name) for member in place.members))
        for token in tokens:
            del self._tokens[token]
        place.members, place.name, place.seen_ms = [], "", 0
        place.happens(SeatChange.FREED)
        self.mark(place)
        return tokens

    def mark(self, place: SeatPeople) -> None:
        """Have a changed place stored and shown."""
        self._unsaved.add(place.seat)
        self._dirty.table = True

    def take_unsaved(self) -> dict[str, bytes | None]:
        """Return what has to be stored, once."""
        found: dict[str, bytes | None] = {_key(seat): self._places[seat].to_bytes() for seat in self._unsaved}
        self._unsaved.clear()
        return found


def from_the_start(stored: bytes) -> bytes:
    """Return a stored seat as it is in a fork of its room: its people have been there all the time."""
    return msgspec.json.encode({**msgspec.json.decode(stored), "since": 0})


def without_people(stored: bytes) -> bytes:
    """Return a stored seat as it is when its people have been forgotten: a bot plays it."""
    place = msgspec.json.decode(stored)
    kept = {"level": place["level"]} if place.get("level") else {}
    return msgspec.json.encode({"is_bot": place["is_bot"] or bool(place["members"]), "members": [], **kept})


def _key(seat: int) -> str:
    return f"seat:{seat}"
