"""What stands on an MQTT broker: the topics, their payloads, and what things in the room may send.

Answers which topic holds what, from which opaque ids it is made, and which commands each kind of thing has. Topics
never hold people's text: rooms have an id made for this alone, spaces their number, devices the id that they gave
themselves, of a small alphabet. Payloads are JSON objects. `mqtt_asyncapi.py` says them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal

import attrs

from makersphere_protocol.messages import Args, At, Id, Text, Tree, Word

__all__ = [
    "DEVICE_ID",
    "EVERYWHERE",
    "PREFIX",
    "THINGS",
    "Clock",
    "Figures",
    "Happened",
    "Kind",
    "Leaderboard",
    "Paired",
    "Pairing",
    "Phase",
    "Presence",
    "Press",
    "Space",
    "Standing",
    "Topics",
    "may_have",
]

PREFIX: Final = "makersphere/v1"
DEVICE_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
EVERYWHERE: Final = frozenset({"lamp", "scoreboard"})  # they only show, so a seat may have them and a host too

# What each kind of thing may send. A kind without commands listens alone.
THINGS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "button": frozenset({"ready", "ask"}),
        "rating": frozenset({"rate"}),
        "card": frozenset({"pitch"}),
        "bell": frozenset({"host.advance", "host.pause", "host.resume", "host.extend"}),
        "lamp": frozenset[str](),
        "scoreboard": frozenset[str](),
    }
)


def may_have(thing: str, *, is_host: bool) -> bool:
    """Return whether a kind of thing can be a host's, or else a seat's."""
    return thing in EVERYWHERE or (thing == "bell") == is_host


class Topics:
    """The names of all topics under a prefix."""

    def __init__(self, prefix: str = PREFIX) -> None:
        """Take the prefix, which no other server on the broker has."""
        self.prefix = prefix
        self.server = f"{prefix}/server"
        self.rooms = f"{prefix}/rooms/#"
        self.pairings = f"{prefix}/devices/+/pair"
        self.commands = f"{prefix}/devices/+/command"

    def room(self, room: str) -> str:
        """Return what all topics of a room begin with."""
        return f"{self.prefix}/rooms/{room}/"

    def state(self, room: str, name: str) -> str:
        """Return where a part of a room's state stands, retained."""
        return f"{self.prefix}/rooms/{room}/state/{name}"

    def kind(self, room: str, kind: str) -> str:
        """Return where a kind of the table stands whole, retained."""
        return f"{self.prefix}/rooms/{room}/table/{kind}"

    def events(self, room: str) -> str:
        """Return where is told what happens."""
        return f"{self.prefix}/rooms/{room}/events"

    def device(self, device: str, name: str) -> str:
        """Return a device's topic `pair`, `command` or `answer`."""
        return f"{self.prefix}/devices/{device}/{name}"


# -- what the server says


@attrs.frozen
class Presence:
    """Whether the server is there: retained, and said by its last will when it is cut off."""

    online: bool
    since: int = 0
    version: str = ""


@attrs.frozen
class Phase:
    """Where the game is. `season` and `phase` are what a command's `at` names."""

    seq: int
    now: int
    status: Literal["lobby", "running", "over"]
    season: int
    seasons: int
    phase: str


@attrs.frozen
class Clock:
    """When the phase closes, in milliseconds since the epoch, or what is left while the room is paused."""

    seq: int
    now: int
    deadline: int | None = None
    paused: bool = False
    remaining_ms: int | None = None


@attrs.frozen
class Space:
    """One space of the board as everybody sees it; its fields are those of the table's `space`."""

    seq: int
    now: int
    space: Tree


@attrs.frozen
class Standing:
    """A seat among those of its role: what it has by the last count, and its place.

    `better_than`: at the end, than how many of a hundred standard bots in its role.
    """

    seat: int
    role: str
    points: int
    place: int = 0
    better_than: int | None = None


@attrs.frozen
class Leaderboard:
    """All seats that have been counted, the best first in each role."""

    seq: int
    now: int
    standings: list[Standing]


@attrs.frozen
class Figures:
    """What the ecosystem came to, by season; the fields are those of the table's `figures`."""

    seq: int
    now: int
    seasons: Tree


@attrs.frozen
class Kind:
    """One kind of the table, whole, as watchers see it: entities by key, or the fields of a kind there is one of."""

    seq: int
    now: int
    value: Tree


@attrs.frozen
class Happened:
    """One thing that happened: a text key (`log.` left out) and its values; told once, not retained."""

    seq: int
    now: int
    text: str
    values: dict[str, int | str] = attrs.field(factory=dict)


# -- what devices say, and are answered


@attrs.frozen
class Pairing:
    """Bind a device to what a pairing code was made for; the same `id` again gets the same place and a fresh token."""

    id: Id
    code: Word


@attrs.frozen
class Press:
    """Do something: the protocol's `command`, with the token that pairing gave."""

    id: Id
    token: Text
    name: Word
    args: Args = attrs.field(factory=dict)
    at: At | None = None


@attrs.frozen
class Paired:
    """The `data` of a pairing's `result`; `room` is the room's id in the topics, `seat` 0 a host's."""

    token: str
    room: str
    thing: str
    seat: int
