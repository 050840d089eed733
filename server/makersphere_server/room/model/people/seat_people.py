"""One seat with its people: who they are, what the table shows of them, and what is stored.

Answers what a seat is called, how it is drawn, and who plays it. What may happen to it is the table's in
`seat_life.py`; which seats a room has, and whose token opens which, is `seats.py`'s.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any, Final

import attrs
import msgspec

from makersphere_protocol.names import looks
from makersphere_protocol.texts import DEFAULT
from makersphere_server.codes import digest
from makersphere_server.room.model.people.faces import FaceAndPen, face_and_pen_by_number, face_in_words
from makersphere_server.room.model.people.seat_life import BY, LIFE, VACATED, WITH_BOT_PUT_IN, SeatChange, SeatState

__all__ = ["NAMED_BY_HOST", "Gone", "Member", "SeatPeople", "called"]

_SEEN_GRAIN_MS: Final = 10_000
NAMED_BY_HOST: Final = 0  # among the people of a seat, for the name that a host has given to the seat

Tree = dict[str, Any]
Stays = tuple[tuple[int, int], ...]


def _as_stays(stored: Iterable[Iterable[int]]) -> Stays:
    """Return stays as JSON has them."""
    return tuple((since, until) for since, until in stored)


@attrs.define(eq=False)
class Member:
    """A person of a seat's team.

    Attributes:
        number: counts the people of a seat from 1, and those who are gone with them: nobody gets another one's.
        name: as it is shown.
        token: the id of the token that opens the seat.
        author: by which this person's commands are known, whatever token opens the seat by now: the id of the first.
        join: digest of the join frame, by which it is known again.
        language: in which refusals are said.
        pen: what it is drawn with, or 0.
        code: digest of the code that takes the seat to another device, or "".
        is_here: connected now; not stored.
        has_account: they came by an account of a platform, and come back by no name.
        stays: when they had the seat before they were taken away and came back: from which `seq` to which, each.
        reads_from: of these they read again those alone that began then or later: before it the seat was others', too.
        is_by_origin: the token that opens the seat here is one of the room's that this one was forked from.
    """

    number: int
    name: str = attrs.field(repr=False)
    token: str = attrs.field(repr=False)
    join: str = attrs.field(repr=False)
    language: str
    code: str = attrs.field(default="", repr=False)
    pen: int = 0
    is_here: bool = False
    has_account: bool = False
    stays: Stays = attrs.field(default=(), converter=_as_stays)
    reads_from: int = 0
    is_by_origin: bool = False
    author: str = attrs.field(default=attrs.Factory(lambda self: self.token, takes_self=True), repr=False)


@attrs.frozen
class Gone:
    """Somebody who was taken away from a seat: without a name, and yet to be found when they are to be erased.

    Attributes:
        number: which of the seat's people it was.
        join: digest of the join frame by which they came.
        author: by which their commands are known.
        since: the room's `seq` when the seat's people of then sat down.
        until: of the command that took them away.
        called: digests of how their names may be read, if they may come back: they were taken away in play.
        is_past: somebody else has sat down there since.
        stays: when they had the seat before that, as of a `Member`; so is `reads_from`.
    """

    number: int
    join: str = attrs.field(repr=False)
    author: str = attrs.field(repr=False)
    since: int = 0
    until: int = 0
    called: tuple[str, ...] = attrs.field(default=(), repr=False)
    stays: Stays = ()
    is_past: bool = False
    reads_from: int = 0

    @property
    def reads_since(self) -> int:
        """Return the room's `seq` from which on they read what was told there."""
        return min([self.since, *(since for since, _ in self.stays if since >= self.reads_from)])

    @property
    def has_account(self) -> bool:
        """Return whether they came by an account, and so are known by their frame in place of a name."""
        return self.is_called(self.join)

    def is_called(self, name: str) -> bool:
        """Return whether a name looks like one of theirs."""
        return not set(self.called).isdisjoint(called(self.author, name))


def called(author: str, *names: str) -> tuple[str, ...]:
    """Return digests of how somebody's names may be read, by which they are known again."""
    return tuple(digest(author, "called", look) for look in sorted(frozenset().union(*map(looks, names))))


@attrs.define(eq=False)
class SeatPeople:
    """A seat with its people.

    Attributes:
        state: who plays it, and why; only `happens` changes it.
        level: how well a bot plays here, or "": as all bots of the room.
        face: the face that it has taken, or 0: the one by its number.
        name: as a host has named it, instead of its people's names, or ""; where nobody sits it is kept for that name.
        came: how many people have sat down here so far; the last one's number.
        since: the room's `seq` when somebody sat down here and nobody else sat here.
        gone: who has sat here and was taken away.
        programs: which numbers were programs, and no people, by their own word; they stay when names are erased.
        off_wall: why a name of theirs is shown to hosts alone, by the person's number, or `NAMED_BY_HOST`.
        seen_ms: wall clock when the last one left; `away_since_ms` on the monotonic one.
    """

    seat: int
    state: SeatState = SeatState.EMPTY
    members: list[Member] = attrs.field(factory=list)
    name: str = attrs.field(default="", repr=False)
    level: str = ""
    face: int = 0
    came: int = 0
    since: int = 0
    gone: tuple[Gone, ...] = ()
    programs: frozenset[int] = frozenset()
    off_wall: dict[int, str] = attrs.field(factory=dict)
    seen_ms: int = 0
    away_since_ms: int = 0

    @property
    def by(self) -> str:
        """Return who plays: person, away, bot, or "" for nobody yet."""
        return BY[self.state]

    @property
    def reads_since(self) -> int:
        """Return the room's `seq` from which on its people read what was told there: one of them may be back."""
        read_again = (since for one in self.members for since, _ in one.stays if since >= one.reads_from)
        return min([self.since, *read_again])

    @property
    def is_vacated(self) -> bool:
        """Return whether a host has taken its people away in play, and nobody has sat here since."""
        return self.state in VACATED

    @property
    def is_watching(self) -> bool:
        """Return whether its people look on, because a host has put a bot in."""
        return self.state in WITH_BOT_PUT_IN and bool(self.members)

    @property
    def is_free(self) -> bool:
        """Return whether whoever comes may have it: nobody sits here, and it is kept for nobody."""
        return not self.members and not self.name and not self.is_vacated

    def happens(self, change: SeatChange) -> None:
        """Let something happen to the seat.

        Raises:
            KeyError: it cannot happen to a seat in this state; a bug.
        """
        self.state = LIFE[self.state][change]

    def who_comes_back(self, join: str, name: str) -> Gone | None:
        """Return who of those that were taken away comes by a join frame, or under their name, as themselves.

        Of two of a name it is the last one; if somebody else has sat down there since, it is neither of them, and where
        somebody with an account was there, who may have been called so, it is nobody by name.
        """
        away = [one for one in reversed(self.gone) if one.called]
        by_frame = [one for one in away if join and one.join == join]
        by_name = [one for one in away if name and one.is_called(name)]
        last = next((one for one in by_frame + by_name if not one.is_past), None)
        is_clear = len(by_name) == 1 and not any(one.has_account for one in away)
        return last or next(iter(by_frame), None) or (by_name[0] if is_clear else None)

    def dropped_since(self, since_ms: int) -> bool:
        """Return whether its people were here and have all gone since then, on the monotonic clock."""
        return self.by == "away" and self.seen_ms > 0 and self.away_since_ms >= since_ms

    def had_left(self, at_ms: int) -> bool:
        """Return whether its people had all gone by a time on the monotonic clock, and nobody is back."""
        return self.away_since_ms < at_ms and not any(member.is_here for member in self.members)

    def names(self) -> Iterator[str]:
        """Yield what the seat and its people are called."""
        yield from (member.name for member in self.members)
        if self.name:
            yield self.name

    @property
    def called(self) -> str:
        """Return what the seat is called: as a host has named it, else its people's names; "" for nobody's."""
        return self.name or " & ".join(member.name for member in self.members)

    def numbered_names(self) -> dict[int, str]:
        """Return every name of the seat and its people, by number; the host's first."""
        own = {NAMED_BY_HOST: self.name} if self.name else {}
        return own | {member.number: member.name for member in self.members}

    def called_in_sight(self, language: str) -> str:
        """Return what everybody may read: `called`, or where a host keeps that off the wall what the face is called."""
        if not self.off_wall or not self.called:
            return self.called
        shown = {number: name for number, name in self.numbered_names().items() if number not in self.off_wall}
        given = shown.pop(NAMED_BY_HOST, "")
        return given or ("" if self.name else " & ".join(shown.values())) or face_in_words(*self.face_and_pen, language)

    def let_be_seen(self, numbers: Collection[int]) -> None:
        """Let some of the names be read by everybody."""
        self.off_wall = {number: why for number, why in self.off_wall.items() if number not in numbers}

    def keep_from_sight(self, numbers: Iterable[int], why: str) -> None:
        """Have some of the names be shown to hosts alone."""
        self.off_wall = {**self.off_wall, **dict.fromkeys(numbers, why)}

    @property
    def pen(self) -> int:
        """Return the pen that one of its people has chosen, or 0."""
        return next((member.pen for member in self.members if member.pen), 0)

    @property
    def face_and_pen(self) -> FaceAndPen:
        """Return the face and the pen that it is drawn with."""
        face, pen = face_and_pen_by_number(self.seat)
        return self.face or face, self.pen or pen

    def tree(self, language: str = DEFAULT) -> Tree:
        """Return what the table shows of it, with the words for a face in a language."""
        by = self.by
        shown: Tree = {"by": by} if by else {}
        called = self.called_in_sight(language)
        if called:
            shown["name"] = called
        if self.pen:
            shown["pen"] = self.pen
        if self.face:
            shown["face"] = self.face
        is_here = any(member.is_here for member in self.members)
        if is_here and by == "bot":
            shown["here"] = True
        if self.members and self.seen_ms and not is_here:
            shown["seen"] = self.seen_ms // _SEEN_GRAIN_MS * _SEEN_GRAIN_MS
        return shown

    def to_bytes(self) -> bytes:
        """Return it as it is stored."""
        keep = attrs.filters.exclude(attrs.fields(Member).is_here)
        members = [attrs.asdict(member, filter=keep) for member in self.members]
        own = {"is_bot": self.state in WITH_BOT_PUT_IN, "name": self.name, "level": self.level, "since": self.since}
        face = {"face": self.face} if self.face else {}
        vacated = {"vacated": True} if self.is_vacated else {}
        gone = {"gone": self.gone} if self.gone else {}
        programs = {"programs": sorted(self.programs)} if self.programs else {}
        off_wall = {"off_wall": self.off_wall} if self.off_wall else {}
        return msgspec.json.encode(
            {**own, **face, **vacated, **gone, **programs, **off_wall, "came": self.came, "members": members}
        )
