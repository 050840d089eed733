"""Somebody new who calls at an address again and again, and must never be refused, also while its server is changed."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final

from websockets.exceptions import ConnectionClosed, WebSocketException

from makersphere_protocol.errors import Close
from tests.faults.harness import Run
from tests.faults.rig.seat import ask, dial

__all__ = ["calling"]

_EVERY_S: Final = 0.1
_PATIENCE_S: Final = 30.0
_LED = ("moved", "unavailable")  # where to go, or to come again in a moment


async def _call(run: Run, address: str, room: str) -> None:
    """Ask to look on; note where nobody answers."""
    try:
        async with asyncio.timeout(_PATIENCE_S):
            answer = await _answer(run, address, room)
    except (OSError, WebSocketException, EOFError, TimeoutError) as error:
        run.problem(f"somebody new is refused: {type(error).__name__} {error}")
        return
    if answer["type"] != "welcome" and answer["code"] not in _LED:
        run.problem(f"somebody new is told {json.dumps(answer)[:200]}")
    run.counts["called"] += 1
    run.counts["called_and_led"] += answer["type"] != "welcome"


async def _answer(run: Run, address: str, room: str) -> dict[str, Any]:
    """Return what is answered; whoever reads instead that the server restarts comes again, as every client does."""
    while True:
        async with dial(address, open_timeout=_PATIENCE_S) as connection:
            try:
                return await ask(connection, {"type": "watch", "room": room})
            except ConnectionClosed as closed:
                if closed.rcvd is None or closed.rcvd.code != Close.RESTART:
                    raise
        run.counts["called_again"] += 1
        await asyncio.sleep(_EVERY_S)


@asynccontextmanager
async def calling(run: Run, addresses: Sequence[str], room: str) -> AsyncIterator[None]:
    """Have somebody new call at each address all the while, and wait for every answer in the end."""

    async def call() -> None:
        while True:
            calls.update(asyncio.create_task(_call(run, address, room)) for address in addresses)
            await asyncio.sleep(_EVERY_S)

    calls: set[asyncio.Task[None]] = set()
    going_on = asyncio.create_task(call())
    try:
        yield
    finally:
        going_on.cancel()
        await asyncio.gather(going_on, *calls, return_exceptions=True)
