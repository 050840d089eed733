"""Who sits where: the people of each seat, by name and token.

Answers who may take a seat, whom a token belongs to, and what is stored of it all. Who plays a seat now is its state,
which changes by the table in `seat_life.py` alone. None of it is an event of the game and none of it is in the log:
names and hashed tokens stand beside it, so that they can be erased.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from typing import Any, Final

import attrs
import msgspec

from makersphere_protocol.names import alike
from makersphere_server.room.model.dirty import Dirty
from makersphere_server.room.model.people.faces import face_by_number, next_free
from makersphere_server.room.model.people.seat_life import SeatChange, SeatState, state_as_stored
from makersphere_server.room.model.people.seat_people import NAMED_BY_HOST, Gone, Member, SeatPeople, called

__all__ = [
    "SEAT_KEY",
    "STAND_IN_AFTER_MS",
    "Seats",
    "bot_instead",
    "without_people",
]

SEAT_KEY: Final = "seat:"  # of private values
STAND_IN_AFTER_MS: Final = 60_000
_UNKNOWN: Final = 2**53 - 1  # of a seat as an earlier version stored it: its people read nothing of before
_MORE_THAN_CAME: Final = 1_000

Tree = dict[str, Any]


class Seats:
    """The seats of one room, with their people."""

    def __init__(
        self,
        seats: Iterable[int],
        stored: Mapping[str, bytes],
        dirty: Dirty,
        *,
        in_play: bool = True,
        used: Container[int] = (),
    ) -> None:
        """Begin as it was stored, with nobody connected.

        Args:
            seats: the numbers of the seats.
            stored: the room's private values.
            dirty: where to say that the table shows something else now.
            in_play: there are hands; before the start no seat is vacated, and anybody may have it.
            used: seats in which people have done something in the game. Such a seat without people is vacated, also
                where an earlier version stored it and did not say so.
        """
        self._in_play, self._used = in_play, used
        self._dirty = dirty
        self._by_number: dict[int, SeatPeople] = {}
        self._tokens: dict[str, tuple[SeatPeople, Member]] = {}
        self._unsaved: set[int] = set()
        for seat in seats:
            self.add(seat, stored.get(_key(seat)))

    def add(self, seat: int, stored: bytes | None = None) -> SeatPeople:
        """Add a seat, as it was stored if it was; return it with its people."""
        people = SeatPeople(seat)
        if stored is not None:
            tree = msgspec.json.decode(stored)
            people.name, people.level = tree.get("name", ""), tree.get("level", "")
            people.since = tree.get("since", _UNKNOWN)
            people.face = tree.get("face", 0)
            people.members = [Member(**member) for member in tree["members"]]
            people.gone = msgspec.convert(tree.get("gone", []), tuple[Gone, ...])
            people.programs = frozenset(tree.get("programs", ()))
            people.off_wall = msgspec.convert(tree.get("off_wall", {}), dict[int, str], strict=False)
            people.came = tree.get("came", max((member.number for member in people.members), default=0))
            people.state = state_as_stored(
                is_bot=tree["is_bot"],
                has_people=bool(people.members),
                is_vacated=self._in_play and (tree.get("vacated", False) or seat in self._used),
            )
        elif any(other.face == face_by_number(seat) for other in self):
            people.face = next_free(seat, self._faces()) or 0
            self._unsaved.add(seat)
        self._by_number[seat] = people
        self._tokens.update({member.token: (people, member) for member in people.members})
        self._dirty.table = True
        return people

    def __iter__(self) -> Iterator[SeatPeople]:
        """Return the seats in order, each with its people."""
        return iter(self._by_number.values())

    @property
    def numbers(self) -> tuple[int, ...]:
        """Return the number of each seat, in order."""
        return tuple(self._by_number)

    def __getitem__(self, seat: int) -> SeatPeople:
        """Return a seat that must exist, with its people."""
        return self._by_number[seat]

    def get(self, seat: int) -> SeatPeople | None:
        """Return a seat with its people, or None where there is none of that number."""
        return self._by_number.get(seat)

    def __contains__(self, seat: int) -> bool:
        """Return whether there is a seat of that number."""
        return seat in self._by_number

    def programs(self) -> frozenset[tuple[int, int]]:
        """Return who sits or has sat somewhere and is a program, by seat and number."""
        return frozenset((people.seat, number) for people in self for number in people.programs)

    def people(self) -> frozenset[tuple[int, int]]:
        """Return everybody who sits somewhere, by seat and number."""
        return frozenset((people.seat, member.number) for people in self for member in people.members)

    @property
    def anybody_here(self) -> bool:
        """Return whether anybody who sits somewhere is connected."""
        return any(member.is_here for people in self for member in people.members)

    def find(self, token: str) -> tuple[SeatPeople, Member] | None:
        """Return the person whom a token belongs to, by the token's id, with the seat."""
        return self._tokens.get(token)

    def find_join(self, join: str) -> tuple[SeatPeople, Member] | None:
        """Return the person who came by a join frame, with the seat."""
        if not join:
            return None
        for people in self:
            for member in people.members:
                if member.join == join:
                    return people, member
        return None

    def find_past(self, join: str) -> list[tuple[SeatPeople, int]]:
        """Return each seat where somebody who came by a join frame sits or has sat, with the number that they had."""
        if not join:
            return []
        here = [(people, one.number) for people in self for one in people.members if one.join == join]
        return here + [(people, one.number) for people in self for one in people.gone if one.join == join]

    def find_code(self, code: str) -> tuple[SeatPeople, Member] | None:
        """Return the person whose seat a code takes to another device, by the code's digest, with the seat."""
        return next(((people, member) for people in self for member in people.members if member.code == code), None)

    def vacated_by(self, join: str, name: str) -> SeatPeople | None:
        """Return the seat from which somebody was taken away in play, by frame or name, if nobody new sits there.

        That is a hint at whom a host may want to let in again, and no proof.
        """
        back = ((people, people.who_comes_back(join, name)) for people in self)
        return next((people for people, one in back if one and not (one.is_past and people.members)), None)

    def left_by(self, join: str) -> SeatPeople | None:
        """Return the seat that whoever came by a join frame was the last to have, if nobody has sat there since."""
        left = (people for people in self if people.is_vacated and people.gone)
        return next((people for people in left if people.gone[-1].join == join), None) if join else None

    def kept_for(self, name: str) -> SeatPeople | None:
        """Return the seat that a host has given that very name, if nobody sits there."""
        named = (people for people in self if people.name and not people.members)
        return next((people for people in named if people.name.casefold() == name.casefold()), None)

    def has_name(self, name: str, but: int = 0) -> bool:
        """Return whether anybody outside seat `but` has a name that looks the same."""
        others = (other for people in self if people.seat != but for other in people.names())
        return any(alike(name, other) for other in others)

    def recall(self, before: Seats) -> None:
        """Take over what is not stored: since when people are away."""
        for people in self:
            if people.seat in before:
                old = before[people.seat]
                people.seen_ms, people.away_since_ms = old.seen_ms, old.away_since_ms

    def played_by_bots(self) -> list[int]:
        """Return the seats that a bot plays now."""
        return [people.seat for people in self if people.by == "bot"]

    def _faces(self) -> set[int]:
        return {people.face_and_pen[0] for people in self}

    # -- changing

    def change_face(self, people: SeatPeople) -> bool:
        """Give a seat the next face that nobody has; return whether there is one."""
        face = next_free(people.face_and_pen[0], self._faces())
        if face is None:
            return False
        people.face = 0 if face == face_by_number(people.seat) else face
        self.mark(people)
        return True

    def sit(
        self,
        people: SeatPeople,
        name: str,
        token: str,
        join: str,
        language: str,
        pen: int = 0,
        *,
        back: Gone | None = None,
    ) -> Member:
        """Let somebody who is here take a seat, from a bot or beside the others of a team.

        Whoever comes back has their own number and all that was theirs; if somebody else had the seat in between, they
        read nothing again of before.

        A name that it was given while nobody sat there goes: nobody is shown under somebody else's. So does a pen by
        which it would look like another seat.
        """
        if not people.members:
            people.name = ""
            people.let_be_seen((NAMED_BY_HOST,))
        if (people.face_and_pen[0], pen) in {other.face_and_pen for other in self if other is not people}:
            pen = 0
        member = Member(people.came + 1, name, token, join, language, pen=pen, is_here=True)
        if not people.members and (back is None or back.is_past):
            people.gone = tuple(attrs.evolve(one, is_past=True) for one in people.gone)
        if back is not None:
            member.number, member.author = back.number, back.author
            member.stays = (*back.stays, (back.since, back.until))
            member.reads_from = people.since if back.is_past else back.reads_from
            people.gone = tuple(one for one in people.gone if one.number != back.number)
        people.came = max(people.came, member.number)
        people.members.append(member)
        people.happens(SeatChange.SITS_DOWN)
        self._tokens[token] = (people, member)
        self.mark(people)
        return member

    def give_token(self, people: SeatPeople, member: Member, token: str, *, by_origin: bool = False) -> None:
        """Let a new token open a seat instead of the old one; it stays the same person's, with all that was sent.

        Args:
            people: of the seat.
            member: whose token it is.
            token: its id.
            by_origin: the room that this one was forked from has given it out.
        """
        self._tokens.pop(member.token, None)
        member.token, member.is_by_origin = token, by_origin
        self._tokens[token] = (people, member)
        self.mark(people)

    def arrive(self, people: SeatPeople, member: Member) -> None:
        """Count somebody as here; a bot that stood in stops."""
        member.is_here = True
        people.happens(SeatChange.COMES)
        self._dirty.table = True

    def depart(self, token: str, wall_ms: int) -> SeatPeople | None:
        """Count somebody as gone; return the seat if nobody of its team is left."""
        found = self._tokens.get(token)
        if found is None:
            return None
        people, member = found
        was_here, member.is_here = member.is_here, False
        self._dirty.table = True
        if not was_here or any(other.is_here for other in people.members):
            return None
        people.happens(SeatChange.LAST_LEAVES)
        people.seen_ms = wall_ms
        return people

    def stand_in(self, seat: int, now_ms: int) -> bool:
        """Let a bot play for a seat whose people have been away for long; return whether it does."""
        people = self._by_number[seat]
        if people.by != "away" or now_ms - people.away_since_ms < STAND_IN_AFTER_MS:
            return False
        self.call_in(people)
        return True

    def call_in(self, people: SeatPeople) -> None:
        """Let a bot stand in for people who are away, or here and silent."""
        people.happens(SeatChange.STANDS_IN)
        self._dirty.table = True

    def speaks(self, people: SeatPeople) -> bool:
        """Let a bot go that stood in for silent people, since one of them does something; return whether one did."""
        if people.state is not SeatState.HELPED:
            return False
        people.happens(SeatChange.SPEAKS)
        self._dirty.table = True
        return True

    def dismiss_stand_ins(self) -> None:
        """Let the bots go that stood in: their phase is closed, and the seats are kept for their people as before."""
        for people in self:
            if people.state in (SeatState.STAND_IN, SeatState.HELPED):
                people.happens(SeatChange.STANDS_BACK)
                self._dirty.table = True

    def put_bot(self, people: SeatPeople, *, is_in: bool) -> None:
        """Put a bot in, by a host's word or as the game starts, or take it out."""
        people.happens(SeatChange.BOT_IN if is_in else SeatChange.BOT_OUT)
        self.mark(people)

    def empty(self, people: SeatPeople, now_ms: int, seq: int, *, in_play: bool) -> list[str]:
        """Take a seat's people away, and the name that it was given.

        Args:
            people: of the seat.
            now_ms: the monotonic clock; a bot may play a minute from now on.
            seq: of the command that takes them away.
            in_play: the seat has a hand, so it is kept for whom a host gives it to.

        Returns:
            The ids of their tokens, which open nothing any more.
        """
        tokens = [member.token for member in people.members]
        for token in tokens:
            del self._tokens[token]
        people.gone += tuple(_gone(people, member, seq, in_play=in_play) for member in people.members)
        people.members, people.name, people.seen_ms, people.off_wall = [], "", 0, {}
        if not in_play:
            people.happens(SeatChange.FREED)
        elif tokens:
            people.away_since_ms = now_ms
            people.happens(SeatChange.VACATED)
        self.mark(people)
        return tokens

    def forget(self, people: SeatPeople, numbers: Collection[int], now_ms: int, *, in_play: bool) -> list[str]:
        """Forget some who sit or have sat in a seat, as if they had been taken away and nobody knew who they were.

        Where nobody of them sits there any more, the seat stays kept for whom it is kept; without a number that goes.

        Returns:
            The ids of their tokens, which open nothing any more.
        """
        leaving = [member for member in people.members if member.number in numbers]
        tokens = [member.token for member in leaving]
        if len(leaving) == len(people.members) and (leaving or not numbers):
            self.empty(people, now_ms, 0, in_play=in_play)
        else:
            for member in leaving:
                self.depart(member.token, 0)
                people.members.remove(member)
                people.let_be_seen((member.number,))
                del self._tokens[member.token]
        people.gone = tuple(one for one in people.gone if one.number not in numbers)
        self.mark(people)
        return tokens

    def mark(self, people: SeatPeople) -> None:
        """Have a changed seat stored and shown."""
        self._unsaved.add(people.seat)
        self._dirty.table = True
        self._dirty.hands.add(people.seat)

    def take_unsaved(self) -> dict[str, bytes | None]:
        """Return what has to be stored, once."""
        found: dict[str, bytes | None] = {_key(seat): self._by_number[seat].to_bytes() for seat in self._unsaved}
        self._unsaved.clear()
        return found


def without_people(stored: bytes) -> bytes:
    """Return a stored seat as it is when its people have been forgotten: vacated, and a bot plays it."""
    people = msgspec.json.decode(stored)
    kept = {key: people[key] for key in ("level", "face", "came", "vacated", "programs") if people.get(key)}
    had_people = bool(people["members"])
    vacated = {"vacated": True} if had_people else {}
    return msgspec.json.encode({"is_bot": people["is_bot"] or had_people, "members": [], **kept, **vacated})


def bot_instead() -> bytes:
    """Return what stands instead of a seat in doubt, which may be older than what was acknowledged: vacated."""
    return msgspec.json.encode({"is_bot": True, "vacated": True, "members": [], "came": _MORE_THAN_CAME})


def _gone(people: SeatPeople, member: Member, seq: int, *, in_play: bool) -> Gone:
    given = people.name if len(people.members) == 1 else ""
    known_by = (member.join,) if member.has_account else (member.name, given)  # an account opens to its own frame alone
    names = [name for name in known_by if name and in_play]
    known_again = called(member.author, *names)
    gone = Gone(member.number, member.join, member.author, people.since, seq, known_again, member.stays)
    return attrs.evolve(gone, reads_from=member.reads_from)


def _key(seat: int) -> str:
    return f"{SEAT_KEY}{seat}"
