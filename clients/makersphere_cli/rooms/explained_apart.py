"""The moments of a finished room, made in a process of its own at the lowest priority.

Answers the server's port `Explains`. One process at a time is the server's business; this one plays on one core, and is
ended when nobody waits for it any more.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import suppress
from typing import Any, Final

from makersphere_cli.rooms.recorded_room import recorded_room
from makersphere_server.storage.record import Record, RoomRow

__all__ = ["explained_apart"]

_LOWEST: Final = getattr(subprocess, "IDLE_PRIORITY_CLASS", 0)  # on Windows; elsewhere the process asks for it itself
_COMMAND: Final = (sys.executable, "-m", "makersphere_playtest.why")


async def explained_apart(row: RoomRow, records: Sequence[Record]) -> AsyncGenerator[Mapping[str, Any]]:
    """Yield the moments of a finished game as they come."""
    packed = await asyncio.to_thread(lambda: recorded_room(row, records).packed())
    pipe, nowhere = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(
        *_COMMAND, stdin=pipe, stdout=pipe, stderr=nowhere, creationflags=_LOWEST, start_new_session=True
    )
    assert process.stdin is not None  # noqa: S101  (asked for above)
    assert process.stdout is not None  # noqa: S101
    try:
        process.stdin.write(packed)
        await process.stdin.drain()
        process.stdin.close()
        async for line in process.stdout:
            yield json.loads(line)
        await process.wait()
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
