"""A host on a real socket, as far as tests with a broker need one."""

import asyncio
from collections.abc import Callable
from typing import Any, Self

from makersphere_protocol.codec import decode_from_server
from makersphere_protocol.messages import Command, Create, Line, Options, Result, Update, Welcome
from makersphere_protocol.patches import apply
from makersphere_server.app import Running
from tests.server.rig.sockets import PATIENCE_S, dial, hear, say

__all__ = ["Host"]


class Host:
    """Opens a room with six seats, which goes on at the host's word alone.

    Attributes:
        hand: what the console shows.
        lines: what the hosts were told.
    """

    def __init__(self, server: Running) -> None:
        """Prepare to open a room."""
        self._dialled = dial(server)
        self._number = 0
        self.hand: dict[str, Any] = {}
        self.lines: list[Line] = []

    async def __aenter__(self) -> Self:
        self.connection = await self._dialled.__aenter__()
        await say(self.connection, Create("quickstart", Options(seats=6, pace="host")))
        self.welcome = await hear(self.connection, Welcome)
        self.hand = self.welcome.hand or {}
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._dialled.__aexit__(None, None, None)

    async def sees(self, holds: Callable[["Host"], object]) -> None:
        """Wait until the console shows something."""
        async with asyncio.timeout(PATIENCE_S):
            while not holds(self):
                await self._read()

    async def broker_is(self, **wanted: object) -> None:
        """Wait until the console shows the broker so."""
        await self.sees(lambda host: wanted.items() <= host.hand["broker"].items())

    async def is_told(self, text: str) -> Line:
        """Wait until the hosts are told something, and return it."""
        await self.sees(lambda host: any(line.text == text for line in host.lines))
        return next(line for line in self.lines if line.text == text)

    async def _read(self) -> Result | None:
        frame = decode_from_server(await asyncio.wait_for(self.connection.recv(decode=False), PATIENCE_S))
        if isinstance(frame, Update):
            apply(self.hand, frame.hand or {})
            self.lines += frame.log or []
        return frame if isinstance(frame, Result) else None

    async def ask(self, name: str, **args: int | str | bool) -> Result:
        """Send a command and return its result."""
        self._number += 1
        await say(self.connection, Command(str(self._number), f"host.{name}", {**args}))
        while (result := await self._read()) is None:
            pass
        return result

    async def command(self, name: str, **args: int | str | bool) -> Result:
        """Send a command that is taken."""
        result = await self.ask(name, **args)
        assert result.ok, result
        return result
