"""What other programs send and get over plain HTTP, where they open rooms and classes or ask how these stand.

Answers with the same words as the frames: a room is opened by what a `create` frame says, and refused as that is. The
OpenAPI document (`openapi.py`) and the codec are made from these classes. The key is in no body, and no answer has a
hand, a seed or a seat's token.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import attrs

from makersphere_protocol.messages import ClassOptions, Count, Create, Options, Problem, Text, Word

__all__ = [
    "BODIES",
    "ClassShown",
    "ClassWanted",
    "Opened",
    "PersonShown",
    "Refusal",
    "RoomShown",
    "RoomWanted",
    "TableShown",
    "picked",
]


@attrs.frozen
class RoomWanted:
    """A room that is to be opened.

    Attributes:
        scenario: what is played, by its name.
        options: what the room is given besides; left out, the scenario says it.
        id: 16 letters or more that nobody can guess; the same request again names the same room.
    """

    scenario: Word
    options: Options = attrs.field(factory=Options)
    id: Word = ""

    def frame(self, key: str) -> Create:
        """Return the frame that asks for the same with a key."""
        return Create(self.scenario, self.options, key, self.id)


@attrs.frozen
class ClassWanted:
    """A class that is to be opened, with its first tables.

    Attributes:
        scenario: what its tables play, by its name.
        options: what each of its tables is given; `language` is the class's too.
        id: 16 letters or more that nobody can guess; the same request again names the same class.
        class: how many people are expected, and how they sit.
    """

    scenario: Word
    options: Options = attrs.field(factory=Options)
    id: Word = ""
    class_: ClassOptions = attrs.field(factory=ClassOptions)

    def frame(self, key: str) -> Create:
        """Return the frame that asks for the same with a key."""
        return Create(self.scenario, self.options, key, self.id, self.class_)


@attrs.frozen
class Opened:
    """A room or a class that is open.

    Attributes:
        room: the code by which people come in.
        host_token: opens the founder's chair, and is told here alone; keep it as a password is kept.
        join: where people come in, behind the server's address.
        console: where the founder leads it in a browser.
        wall: where all are shown it.
    """

    room: str
    host_token: str
    join: str
    console: str
    wall: str


@attrs.frozen(kw_only=True)
class RoomShown:
    """How a room stands, in counts. What is not known of a room that nobody is in is left out.

    Attributes:
        room: its code.
        scenario: what is played.
        language: of people who name none.
        created_ms: when it was opened, in milliseconds since 1970.
        seats: how many it has.
        status: `lobby`, `running` or `over`; `asleep` where nobody is in it, `closed`, `quarantined`.
        of_class: the code of the class whose table it is.
        rehearsal: whether it is a host's trial.
        season: of the game, from 1.
        seasons: how many the game has.
        phase: of the season.
        people: how many have a seat.
        here: how many of them are connected.
        away: how many seats have people of whom none is connected.
        bots: how many seats a bot plays.
        ready: how many people have done this phase.
        asks: how many wait for a host.
        lost: how many say that they are lost.
        hosts: how many hosts are connected.
        paused: whether its time stands still.
    """

    room: str
    scenario: str
    language: str
    created_ms: Count
    seats: Count
    status: str
    of_class: str = ""
    rehearsal: bool = False
    season: Count = 0
    seasons: Count = 0
    phase: str = ""
    people: Count = 0
    here: Count = 0
    away: Count = 0
    bots: Count = 0
    ready: Count = 0
    asks: Count = 0
    lost: Count = 0
    hosts: Count = 0
    paused: bool = False


@attrs.frozen(kw_only=True)
class TableShown:
    """How a table of a class stands; the counts are those of a room.

    Attributes:
        room: the code of its room.
        dealt: how many people are dealt to it.
        places: for how many it was opened.
        status: as a room's, or `gone`.
        own_rules: whether it is not played as the others.
    """

    room: str
    dealt: Count
    places: Count
    status: str
    own_rules: bool = False
    season: Count = 0
    seasons: Count = 0
    phase: str = ""
    seats: Count = 0
    people: Count = 0
    here: Count = 0
    away: Count = 0
    bots: Count = 0
    ready: Count = 0
    asks: Count = 0
    lost: Count = 0
    hosts: Count = 0
    paused: bool = False


@attrs.frozen(kw_only=True)
class PersonShown:
    """Somebody of a class, as its hosts see them.

    Attributes:
        name: as it was listed or typed.
        table: the number of the table that they are dealt to.
        seat: their seat there.
        here: whether they are connected.
        listed: whether a host has given the name.
    """

    name: Text
    table: Count = 0
    seat: Count = 0
    here: bool = False
    listed: bool = False


@attrs.frozen(kw_only=True)
class ClassShown:
    """How a class stands.

    Attributes:
        code: by which people come in.
        name: what it is called.
        language: of its pages and of people who name none.
        scenario: what its tables play.
        size: how many people sit at a table at most.
        tables: its tables by number.
        people: who is in it, by number.
    """

    code: str
    name: str
    language: str
    scenario: str
    size: Count
    tables: dict[str, TableShown]
    people: dict[str, PersonShown]


@attrs.frozen
class Refusal:
    """Why nothing was done, in the language of `Accept-Language`."""

    error: Problem


BODIES: Final = (RoomWanted, ClassWanted)


def picked(shown: type[Any], tree: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a class of this file has of a tree, and nothing else of it."""
    names = [field.name for field in attrs.fields(shown)]
    return {name: tree[name] for name in names if name in tree}
