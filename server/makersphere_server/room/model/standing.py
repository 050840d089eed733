"""How a room stands beside its game: paused, locked, what seats have asked for, what the wall shows.

Answers what of it is stored, beside the log, so that a restart goes on from there. None of it is an event of the game.
How much time the phase has left is the timer's to know while the room is open; stored, it lies in the same private
value. The value's bytes are a contract with every older store.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Self

import attrs
import msgspec

from makersphere_server.room.model.wall import Wall

__all__ = ["KEY", "PhaseTime", "Standing"]

KEY: Final = "standing"  # of the private values
_WALL_AS_STORED: Final = "screen"  # the name that the first version gave it; every older store has it


@attrs.frozen
class PhaseTime:
    """How much time a phase had left when that was stored.

    Attributes:
        season: of the phase; a time that was stored in another phase says nothing about this one.
        left_ms: for everybody; None: the phase has no limit.
        extra_ms: what single seats have beyond that.
        due_ms: the date when the phase ends, by the wall clock; 0: it has none.
    """

    season: int = 0
    phase: str = ""
    left_ms: int | None = None
    extra_ms: Mapping[int, int] = attrs.field(factory=dict)
    due_ms: int = 0

    @classmethod
    def stored(cls, private: Mapping[str, bytes]) -> Self:
        """Return the time that a room's private values have."""
        return msgspec.json.decode(private.get(KEY, b"{}"), type=cls)


_NO_TIME: Final = PhaseTime()


@attrs.define(eq=False)
class Standing:
    """How one room stands.

    Attributes:
        paused: a host has stopped the room, or many seats have dropped at once.
        behind: somebody has seen more than the store holds, so the room stands still.
        epochs: by how much the room's epoch has risen, since it went on from another history.
        locked: nobody new is let in.
        asks: what seats have asked the hosts for in this phase.
        lost: the seats that say to be lost in it; nobody is ever told which.
        wall: what the wall shows.
        dropped: how many seats had dropped when the room paused by itself; 0: it did not.
        started_ms: wall clock when the game started; 0: not yet, or in another room.
        page: everybody who sits here may take the class's page home, once the game is over.
        last_season: the season after which the game ends, before the scenario says so; 0: as the scenario says.
        broken: what broke in a rule since the phase opened: its `module`, the `hook` of it, and `what` was raised.
        next_room: the code of the room in which these people play on; "": none.
        questions: whether people are asked beside the game, as a host has said; None: nobody said.
    """

    paused: bool = False
    behind: bool = False
    epochs: int = 0
    locked: bool = False
    asks: dict[int, str] = attrs.field(factory=dict)
    lost: set[int] = attrs.field(factory=set)
    wall: Wall = attrs.field(factory=Wall)
    dropped: int = 0
    started_ms: int = 0
    next_room: str = ""
    questions: bool | None = None
    page: bool = False
    last_season: int = 0
    broken: dict[str, str] = attrs.field(factory=dict)

    @property
    def is_still(self) -> bool:
        """Return whether the game takes no commands of seats, although it is not over."""
        return self.paused or self.behind

    @classmethod
    def stored(cls, private: Mapping[str, bytes]) -> Self:
        """Return how a room stood by its private values; a room that is new stands as every room begins."""
        stored: dict[str, Any] = msgspec.json.decode(private.get(KEY, b"{}"))
        if _WALL_AS_STORED in stored:
            stored["wall"] = stored.pop(_WALL_AS_STORED)
        return msgspec.convert(stored, cls, str_keys=True)

    def to_bytes(self, time: PhaseTime = _NO_TIME) -> bytes:
        """Return the private value, with the time that the phase has left."""
        fields = {**attrs.asdict(time, recurse=False), **attrs.asdict(self, recurse=False)}
        fields[_WALL_AS_STORED] = fields.pop("wall").stored()
        fields["lost"] = sorted(self.lost)
        for name in ("next_room", "last_season", "page", "lost", "due_ms", "broken"):  # older stores have none of them
            if not fields[name]:
                del fields[name]
        if self.questions is None:
            del fields["questions"]
        return msgspec.json.encode({name: fields[name] for name in sorted(fields)})
