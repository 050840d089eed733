"""Servers that share a database, in one process: each on a port of its own, and people on sockets."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, Final, TypeVar

import attrs
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from makersphere_bots.stand_ins import StandIns
from makersphere_protocol.codec import decode_from_server, encode
from makersphere_protocol.messages import SUBPROTOCOL, ClientFrame, Command, Error, Result, ServerFrame, Welcome
from makersphere_server.app import Running, running
from makersphere_server.storage.place import LEASE_S, Database
from makersphere_server.storage.shared.owners import Server
from makersphere_server.storage.shared.shared_log import SharedLog
from tests.loopback import free_port, loopback
from tests.postgres import ask
from tests.server.rig.sockets import PATIENCE_S

__all__ = ["Beside", "Person", "beside", "until"]

T = TypeVar("T")
_LEASE_OVER: Final = "UPDATE room_servers SET until = now() WHERE name = '{}'"


async def until(holds: Callable[[], object]) -> None:
    """Return when something holds, which is asked again and again."""
    async with asyncio.timeout(PATIENCE_S):
        while not holds():  # noqa: ASYNC110  (what it asks knows no event)
            await asyncio.sleep(0.01)


@attrs.define(eq=False)
class Beside:
    """A server among several.

    Attributes:
        name: what it is called.
        address: where it says that clients reach it.
        log: its store.
        server: the server itself.
    """

    name: str
    address: str
    database: Database
    log: SharedLog
    server: Running

    async def fall_asleep(self) -> None:
        """Renew nothing more, as if frozen; others are to believe it dead at once."""
        await self.server.lobby.sharing.stop()
        await self.log.renew()  # what was on its way may not come after the lease has been ended
        ask(self.database.url, _LEASE_OVER.format(self.name))

    def wake_up(self) -> None:
        """Renew again, as after a thaw."""
        self.server.lobby.sharing.start()


@asynccontextmanager
async def beside(
    database: Database,
    name: str,
    lease_s: float = LEASE_S,
    front: str = "",
    **settings: Any,  # noqa: ANN401  (settings)
) -> AsyncIterator[Beside]:
    """Run a server under a name for as long as the block lasts; behind a proxy at a `front`, if one is named."""
    port = settings.pop("port", 0) or free_port()
    address = f"{front}/{name}/ws" if front else f"ws://127.0.0.1:{port}/ws"
    log = await SharedLog.join(database, Server(name, address, lease_s))
    try:
        async with running(loopback(**{"port": port, "drain_s": 0.0, **settings}), StandIns(), log=log) as server:
            yield Beside(name, address, database, log, server)
    finally:
        await log.close()


class Person:
    """Somebody on a socket, who goes nowhere by themselves.

    Attributes:
        got: the frames that have come.
        closed: the close code, 0 while it is open.
    """

    def __init__(self, socket: ClientConnection) -> None:
        """Begin to listen."""
        self.got: list[ServerFrame] = []
        self.closed = 0
        self._socket = socket
        self._number = 0
        self._listening = asyncio.create_task(self._listen())

    @classmethod
    async def come(cls, address: str, frame: ClientFrame) -> Person:
        """Connect and send a first frame; as a browser does, without asking whether the server is still there."""
        protocols = [Subprotocol(SUBPROTOCOL)]
        person = cls(await connect(address, subprotocols=protocols, compression=None, ping_interval=None, proxy=None))
        await person.say(frame)
        return person

    @classmethod
    async def come_in(cls, address: str, frame: ClientFrame) -> Person:
        """Come until the server there has the room: one that was slow itself takes nothing over for a lease."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                person = await cls.come(address, frame)
                await person._hears()
                if not any(isinstance(frame, Error) and frame.code == "moved" for frame in person.got):
                    return person
                await asyncio.sleep(0.1)

    async def _listen(self) -> None:
        try:
            while True:
                self.got.append(decode_from_server(await self._socket.recv(decode=False)))
        except ConnectionClosed as closed:
            self.closed = closed.rcvd.code if closed.rcvd is not None else 1006

    async def say(self, frame: ClientFrame) -> None:
        """Send a frame."""
        await self._socket.send(encode(frame), text=True)

    async def _hears(self) -> None:
        await until(lambda: self.closed or self.got)

    async def first(self) -> ServerFrame:
        """Return the first frame, once it has come."""
        await until(lambda: self.got)
        return self.got[0]

    async def welcome(self) -> Welcome:
        """Return the welcome once it has come."""
        await until(lambda: self.closed or any(isinstance(frame, Welcome) for frame in self.got))
        return self._one(Welcome)

    async def error(self) -> Error:
        """Return why the connection was closed, once it is."""
        await until(lambda: self.closed)
        return self._one(Error)

    async def command(self, name: str, id_: str = "", **args: int | str | bool) -> Result:
        """Send a command and return its result."""
        self._number += 1
        known = id_ or f"{name} {self._number}"
        await self.say(Command(known, name, {**args}))
        await until(lambda: self.closed or self._results(known))
        return self._results(known)[-1]

    def _one(self, kind: type[T]) -> T:
        """Return the first frame of a kind, which must have come."""
        found = [frame for frame in self.got if isinstance(frame, kind)]
        assert found, (kind.__name__, self.closed, self.got[-3:])
        return found[0]

    def _results(self, known: str) -> list[Result]:
        return [frame for frame in self.got if isinstance(frame, Result) and frame.id == known]

    async def go(self) -> None:
        """Hang up."""
        await self._socket.close()
        await self._listening
