"""The one way into a room: a bounded queue for people, bots, clocks, hosts, devices and the broker alike.

Answers what is waiting. Never waits itself, except for the room that empties it.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from typing import Final

import attrs
import msgspec

from makersphere_protocol.errors import ProtocolError
from makersphere_protocol.messages import Args, Join, Resume, Watch
from makersphere_rules.engine import At
from makersphere_server.room.model.arrival import Arrival
from makersphere_server.room.model.connection import ConnectionPort
from makersphere_server.room.model.devices import Broker
from makersphere_server.room.model.own_data.from_platform import FromPlatform
from makersphere_server.room.model.people.hosts import Host
from makersphere_server.room.model.why import WhyMoved

__all__ = [
    "AwayForLong",
    "BrokerChanged",
    "ByClass",
    "Enter",
    "HostsNotice",
    "HostsOfClass",
    "InStep",
    "Inbox",
    "Item",
    "Leave",
    "Pair",
    "Presence",
    "PreviewAsked",
    "Sent",
    "TakeAway",
    "WithoutHostForLong",
]

_MORE_LOOKS: Final = 2  # a task's turn comes before what was read from the sockets in the same turn
_AT_ONCE: Final = 256  # items of one batch, so that one room never holds the loop for long


@attrs.define(eq=False, kw_only=True)
class Presence:
    """A connection in a room: who it is and where to reach it.

    Attributes:
        kind: seat, host or watcher.
        view: what it sees: `TABLE`, `HOST` or its seat.
        token: the id of its token, "" for watchers.
        author: by which the person's commands are known, whatever token opens the seat by now; "" for watchers.
        called: the name by which somebody has come to sit here; "" for whoever has no seat.
    """

    kind: str
    view: int
    role: str = ""
    token: str = attrs.field(default="", repr=False)
    author: str = attrs.field(default="", repr=False)
    called: str = attrs.field(default="", repr=False)
    member: int = 0
    language: str
    connection: ConnectionPort = attrs.field(repr=False)


class Sent(msgspec.Struct, eq=False, kw_only=True):
    """A command on its way to be decided, whoever sent it; a struct, which is made fast (`run.py bench online`).

    Attributes:
        actor: the seat, 0 for the room, its clock and its hosts.
        by: person, bot, host, clock or room.
        token: the sender's token id, "" for the room's own; it says whether the sender may still speak.
        author: the sender, whatever token was held when it was sent; "" for the room's own.
        id: by which the same command of the same author is known again; "" where nobody sends it twice.
        at: the season and phase that it was meant for; None: whichever it is.
        saw: the `seq` of the picture that was acted on; None: nobody said.
        connection: where the answer goes, if anybody waits for one.
        since_ms: monotonic time when it came in.
        member: which person of the seat's team sent it, from 1; 0: none.
    """

    actor: int
    by: str
    token: str = ""
    author: str = ""
    id: str = ""
    name: str
    args: Args = msgspec.field(default_factory=dict)
    at: At | None = None
    saw: int | None = None
    language: str = ""
    connection: ConnectionPort | None = None
    since_ms: int
    member: int = 0

    def __repr__(self) -> str:
        """Say who sent which command, and nothing that is secret."""
        return f"Sent(actor={self.actor}, by={self.by!r}, id={self.id!r}, name={self.name!r}, at={self.at})"


@attrs.define(eq=False, kw_only=True)
class PreviewAsked:
    """A preview that a seat or a host asks for; the token's id says which host."""

    seat: int
    token: str = attrs.field(default="", repr=False)
    id: str
    name: str
    args: Args = attrs.field(repr=False)
    language: str
    connection: ConnectionPort = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class ByClass:
    """What a class says of somebody whom it sends to a table.

    Attributes:
        is_listed: a host of the class has given the name, so that it may have any word in it.
        has_code: the personal code was shown: whatever else opened the seat opens it no more.
        has_seat: they have a seat at this table, as the class knows: whoever is back in one that was freed here has not
            been at another table in between.
        has_place: they were dealt to this table before they knocked now, so that its lock keeps them out no more than
            somebody who comes back.
        dealt_here: the ids of the join frames by which it sends everybody who is dealt to this table.
    """

    is_listed: bool
    has_code: bool
    has_seat: bool = False
    has_place: bool = False
    dealt_here: frozenset[str] = attrs.field(default=frozenset(), repr=False)


@attrs.define(eq=False, kw_only=True)
class Enter:
    """Somebody who wants in.

    Attributes:
        done: answered when the welcome has been sent.
        host_token: the founder's token, where somebody comes by a create frame; the welcome tells it.
        renews_founder: the create frame has come before, so this token takes the place of the founder's older one.
        by_class: the class that the room is a table of sends its person here; nobody else comes in by joining.
        of_origin: whose token it is in the room that this one was forked from, by seat and author; None: nobody's.
        host_of_origin: the same of a host's token, by number and author.
        let_go_in_origin: hosts whom that room has let go, by number and author.
    """

    frame: Join | Resume | Watch
    connection: ConnectionPort = attrs.field(repr=False)
    done: asyncio.Future[Presence] = attrs.field(repr=False)
    host_token: str = attrs.field(default="", repr=False)
    renews_founder: bool = False
    by_class: ByClass | None = None
    of_origin: tuple[int, str] | None = attrs.field(default=None, repr=False)
    host_of_origin: tuple[int, str] | None = attrs.field(default=None, repr=False)
    let_go_in_origin: frozenset[tuple[int, str]] = attrs.field(default=frozenset(), repr=False)

    @property
    def account(self) -> FromPlatform | None:
        """Return by which account a platform has sent them, if one has: the frame's id follows from that."""
        return self.connection.account if isinstance(self.connection, Arrival) else None

    @property
    def only_reads(self) -> bool:
        """Return whether nothing has to be stored for it: somebody watches, or comes back with a token."""
        comes_back = isinstance(self.frame, Resume) and not self.frame.code and not self.renews_founder
        comes_back &= self.of_origin is None and self.host_of_origin is None
        return isinstance(self.frame, Watch) or comes_back

    def reject(self, error: ProtocolError) -> None:
        """Answer with why not."""
        if not self.done.done():
            self.done.set_exception(error)


@attrs.define(eq=False)
class Leave:
    """A connection is gone."""

    presence: Presence


@attrs.define(eq=False)
class AwayForLong:
    """A seat's people have been away for long."""

    seat: int


@attrs.define(eq=False)
class WithoutHostForLong:
    """A room that paused by itself may have been without a host for long."""


@attrs.define(eq=False, kw_only=True)
class Pair:
    """A device that wants to be paired, by a code that was made for one.

    Attributes:
        device: what it calls itself.
        id: of its request; the same one again is bound to the same seat or to the hosts again.
        topic: the room's id in the topics, for the answer.
        name: what the refusals call it.
    """

    device: str
    id: str
    code: str = attrs.field(repr=False)
    topic: str
    language: str
    connection: ConnectionPort = attrs.field(repr=False)
    name: str = "pair"


@attrs.define(eq=False)
class HostsNotice:
    """A line of the log that the hosts are told, and nobody else."""

    text: str
    values: Mapping[str, int | str]


@attrs.define(eq=False, kw_only=True)
class TakeAway:
    """Somebody of the class who is taken away from this table, erased or written out, wherever they sit or have sat.

    Attributes:
        join: the id of the join frames by which the class has sent them.
        sent: the class host's order, as it would be sent for a seat.
        name: what they are called in the class.
    """

    join: str = attrs.field(repr=False)
    sent: Sent
    name: str = attrs.field(default="", repr=False)


@attrs.define(eq=False)
class HostsOfClass:
    """Who hosts the class that the room is a table of, and so the room.

    Attributes:
        hosts: returns them as they are when the room hears of it: what waited would let somebody in again.
    """

    hosts: Callable[[], Iterable[Host]]


@attrs.frozen
class InStep:
    """Whether the room's phases end with those of the class's other tables; a host's word closes them all the same.

    Attributes:
        is_kept: the room closes no phase by itself but the one that it may.
        may_close: which one that is; None: none yet.
    """

    is_kept: bool = False
    may_close: At | None = None

    def holds_back(self, at: At) -> bool:
        """Return whether a phase that would close has to wait for the others."""
        return self.is_kept and self.may_close != at


@attrs.define(eq=False)
class BrokerChanged:
    """The connection to the MQTT broker stands otherwise than before; the hosts see how."""

    broker: Broker


Item = (
    Sent
    | PreviewAsked
    | Enter
    | Leave
    | AwayForLong
    | WithoutHostForLong
    | Pair
    | HostsNotice
    | HostsOfClass
    | InStep
    | TakeAway
    | BrokerChanged
    | WhyMoved
)


class Inbox:
    """What waits for the room."""

    def __init__(self, most_waiting: int) -> None:
        """Begin empty."""
        self._most_waiting = most_waiting
        self._items: deque[Item] = deque()
        self._event = asyncio.Event()

    @property
    def is_full(self) -> bool:
        """Return whether commands have to be turned away; what the room itself needs is always taken."""
        return len(self._items) >= self._most_waiting

    @property
    def is_waiting(self) -> bool:
        """Return whether anything waits."""
        return bool(self._items)

    def put(self, item: Item) -> None:
        """Add an item and wake the room."""
        self._items.append(item)
        self._event.set()

    def put_back(self, items: Iterable[Item]) -> None:
        """Have items that were taken wait again, before all others."""
        self._items.extendleft(reversed(list(items)))
        self._event.set()

    def wake(self) -> None:
        """Have the room take a turn although nothing is waiting."""
        self._event.set()

    async def wait(self) -> None:
        """Return when there is something to do.

        Not at once: the loop looks at its sockets once more, because what comes in together is stored
        together, and one larger write is much cheaper than two.
        """
        await self._event.wait()
        for _ in range(_MORE_LOOKS):
            await asyncio.sleep(0)
        self._event.clear()

    def take(self) -> list[Item]:
        """Return all that is waiting, up to a bound; wake again for the rest."""
        items = self._items
        if len(items) <= _AT_ONCE:
            taken = list(items)
            items.clear()
            return taken
        taken = [items.popleft() for _ in range(_AT_ONCE)]
        self._event.set()
        return taken
