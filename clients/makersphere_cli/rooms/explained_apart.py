"""Why a finished room went as it did, told by a process of its own at the lowest priority.

Answers the server's port `Explains`. The process works on one core and imports nothing from where it was started. Its
input stays open for as long as somebody waits for it: when this server is gone, however it went, the process ends by
itself. What it said before it failed is in the failure.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any, Final

from makersphere_cli.rooms.recorded_room import recorded_room
from makersphere_server.storage.record import Record, RoomRow

__all__ = ["NotExplained", "explained_apart"]

_COMMAND: Final = (sys.executable, "-P", "-m", "makersphere_playtest.why")
_LOWEST: Final = getattr(subprocess, "IDLE_PRIORITY_CLASS", 0)  # on Windows; elsewhere the process asks for it itself
_LONGEST_LINE: Final = 1 << 20
_LAST_WORDS: Final = 300  # bytes of what a process said before it failed


class NotExplained(Exception):
    """The process has failed."""


class _Apart:
    """What makes moments in another process.

    Attributes:
        of: how many there are.
    """

    def __init__(self, process: Process) -> None:
        """Take over a process that has just been started."""
        self.of = 0
        self._process = process
        assert process.stderr is not None  # noqa: S101  (all three are asked for)
        self._last_words = asyncio.create_task(_end_of(process.stderr), name="explain: what went wrong")

    async def begin(self, packed: bytes) -> None:
        """Hand the game over."""
        self.of = int(await self._asked(b"%d\n%b" % (len(packed), packed)))

    async def moment(self, number: int) -> Mapping[str, Any]:
        """Return a moment.

        Raises:
            NotExplained: the process has failed.
        """
        moment: Mapping[str, Any] = json.loads(await self._asked(b"%d\n" % number))
        return moment

    async def _asked(self, question: bytes) -> bytes:
        """Write to the process, and return the line that it answers with."""
        asks, answers = self._process.stdin, self._process.stdout
        assert asks is not None  # noqa: S101
        assert answers is not None  # noqa: S101
        with suppress(ConnectionError):  # then it gives no answer either
            asks.write(question)
            await asks.drain()
        line = await answers.readline()
        if not line:
            code, said = await self._process.wait(), (await self._last_words).decode(errors="replace").strip()
            raise NotExplained(f"the process ended with {code}: {said.rpartition(chr(10))[2]}")
        return line

    async def end(self) -> None:
        """Return when the process is gone, whatever it was at."""
        if self._process.returncode is None:
            with suppress(ProcessLookupError):
                self._process.kill()
        await self._process.wait()
        self._last_words.cancel()
        await asyncio.gather(self._last_words, return_exceptions=True)


async def _end_of(stream: asyncio.StreamReader) -> bytes:
    """Read a stream to its end, and return the last of it."""
    last = b""
    while part := await stream.read(_LONGEST_LINE):
        last = (last + part)[-_LAST_WORDS:]
    return last


@asynccontextmanager
async def explained_apart(row: RoomRow, records: Sequence[Record]) -> AsyncIterator[_Apart]:
    """Give what makes the moments of a finished room.

    Raises:
        NotExplained: the process has failed.
    """
    packed = await asyncio.to_thread(lambda: recorded_room(row, records).packed())
    process = await asyncio.create_subprocess_exec(
        *_COMMAND,
        stdin=PIPE,
        stdout=PIPE,
        stderr=PIPE,
        limit=_LONGEST_LINE,
        creationflags=_LOWEST,
        start_new_session=True,  # Ctrl-C is the server's
    )
    apart = _Apart(process)
    try:
        await apart.begin(packed)
        yield apart
    finally:
        await asyncio.shield(apart.end())
