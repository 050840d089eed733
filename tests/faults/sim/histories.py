"""Which history somebody has seen, where the folder was put back to an older one while people played.

Answers who has to be told that the server misses what they saw. Checks that they are told and nobody else is, that a
number in an epoch is one record for everybody, that a room stands still once somebody was ahead of it, and that it goes
on in another epoch. By numbers and marks alone. Source: the contract's "The same history".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import attrs
import msgspec

from makersphere_server.storage.record import Record

if TYPE_CHECKING:
    from tests.faults.sim.people import Person
    from tests.faults.sim.world import World

__all__ = ["Histories", "is_behind"]

Frame = dict[str, Any]
_GOES_ON: Final = "host.resume"


@attrs.frozen
class _Seen:
    """What somebody says to have seen last; `is_lost`: the server does not have it any more."""

    epoch: int
    seq: int
    is_lost: bool


_NOTHING: Final = _Seen(0, 0, is_lost=False)


class Histories:
    """The histories of one simulated hour.

    Attributes:
        heads: of each folder that was put back: the number of the last record of each room.
    """

    def __init__(self, world: World) -> None:
        """Begin with one history."""
        self.heads: list[Mapping[str, int]] = []
        self._world = world
        self._pictures: dict[str, int] = {}
        self._seen: dict[str, _Seen] = {}
        self._marks: dict[tuple[str, int, int], str] = {}
        self._stood: dict[tuple[str, int], int] = {}
        self._told: list[tuple[str, int]] = []

    def put_back(self, heads: Mapping[str, int]) -> None:
        """Note that a server has opened an older folder, and forget what is told of records that it does not have."""
        self.heads.append(heads)
        self._marks = {key: mark for key, mark in self._marks.items() if key[2] <= heads.get(key[0], 0)}
        self._stood = {key: epoch for key, epoch in self._stood.items() if key[1] < heads.get(key[0], 0)}
        self._told.clear()
        if any(heads.values()):
            self._world.meet("an older folder was put back")

    def asks(self, person: Person, frame: Frame) -> None:
        """Note what somebody who comes says to have seen."""
        since = self.heads[self._pictures.get(person.name, 0) :]
        is_lost = any(person.seq > heads.get(person.room, 0) for heads in since)
        says = "seq" in frame
        self._seen[person.name] = _Seen(frame["epoch"], frame["seq"], is_lost) if says else _NOTHING

    def welcomed(self, person: Person, frame: Frame) -> None:
        """Check what somebody is told who comes back."""
        problem, seen = self._world.problem, self._seen.get(person.name, _NOTHING)
        self._pictures[person.name] = len(self.heads)
        if frame.get("diverged", False) != seen.is_lost:
            problem(f"{person.name} had seen {seen}, and was told diverged: {not seen.is_lost}")
        for (room, seq), epoch in self._stood.items():
            if room == person.room and frame["epoch"] <= epoch and frame["seq"] > seq:
                problem(f"epoch {epoch} of {room} stood still at {seq} and goes on to {frame['seq']}")
        if seen.is_lost:
            self._told_of_loss(person, frame, seen)
        if is_behind(person):
            self._world.meet("a host came into a room that was behind")
        self.noted(person)

    def _told_of_loss(self, person: Person, frame: Frame, seen: _Seen) -> None:
        self._told.append((person.room, seen.seq))
        self._world.meet("somebody was told that what they had seen is lost")
        if frame.get("resumed"):
            self._world.problem(f"{person.name} goes on from a picture of another history")
        if not is_behind(person) and frame["epoch"] <= seen.epoch:
            self._world.problem(f"{person.name} had seen {seen}, and its epoch goes on")
        if seen.seq <= frame["seq"] and not any(room == person.room for room, _ in self._stood):
            self._world.meet("a number was given again before anybody came who had seen it")

    def noted(self, person: Person) -> None:
        """Check the number of what somebody has seen now, and of a host whether their room stands still."""
        key = (person.room, person.epoch, person.seq)
        if self._marks.setdefault(key, person.mark) != person.mark:
            self._world.problem(f"{person.name} sees another record than others at {key}")
        if is_behind(person):
            self._stood.setdefault((person.room, person.seq), person.epoch)
            missing = person.hand.get("behind", {})
            if not missing.get("from", 0) <= person.seq + 1 <= missing.get("to", 0):
                self._world.problem(f"{person.name} reads at {person.seq} that {missing} is missing")

    def told_behind(self, person: Person) -> None:
        """Check that somebody who is told that the server is behind has seen more than it has."""
        if not self._seen.get(person.name, _NOTHING).is_lost:
            self._world.problem(f"{person.name} was told that the server is behind: something was lost")

    def went_on(self, room: str, seq: int) -> None:
        """Take note that a host had a room go on."""
        if (room, seq - 1) in self._stood:
            self._world.meet("a host let a room that was behind go on")

    def check_host(self, host: Person) -> None:
        """Check that a host reads of all that somebody was told to be lost."""
        missing = host.hand.get("behind", {"from": 0, "to": 0})
        for room, seq in self._told:
            if room == host.room and not missing["from"] <= seq <= missing["to"]:
                self._world.problem(f"{host.name} reads that {missing} is missing, and somebody had seen {seq}")

    def check_log(self, room: str, records: Sequence[Record]) -> None:
        """Check that a room in which somebody was ahead stored nothing before its host's word."""
        for stood, seq in self._stood:
            if stood == room and len(records) > seq:
                record = records[seq]
                name = msgspec.json.decode(record.command)["name"]
                if (record.by, name) != ("host", _GOES_ON):
                    self._world.problem(f"{room} was behind at {seq}, and {record.by} {name} was stored after it")


def is_behind(person: Person) -> bool:
    """Return whether somebody is a host and reads that their room is behind."""
    return bool(person.hand.get("host", {}).get("behind"))
