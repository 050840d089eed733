"""Rooms and classes that go: each finishes what it has begun and is closed, whatever goes wrong with another one."""

from __future__ import annotations

from typing import Protocol

import structlog

from makersphere_protocol.errors import Refused

__all__ = ["Leaving", "close", "finish", "let_go"]

_log = structlog.get_logger("makersphere.lobby")


class Leaving(Protocol):
    """A room or a class that goes."""

    async def finish(self) -> None:
        """Return when what was begun is over."""
        ...

    def close(self, moved: Refused | None = None) -> None:
        """Let everybody go, or send them on."""
        ...


async def finish(code: str, one: Leaving) -> None:
    """Let one finish; where it cannot, say so loudly: it is closed all the same."""
    try:
        await one.finish()
    except Exception as error:  # noqa: BLE001  (a boundary: what goes wrong in this room touches no other)
        _log.error("room_not_finished", room=code, exc_info=error)


def close(code: str, one: Leaving, moved: Refused | None = None) -> None:
    """Let everybody go, or send them on; where one cannot, say so loudly: the others are closed all the same."""
    try:
        one.close(moved)
    except Exception as error:  # noqa: BLE001  (a boundary: what goes wrong in this room touches no other)
        _log.error("room_not_closed", room=code, exc_info=error)


async def let_go(code: str, one: Leaving, moved: Refused | None = None) -> None:
    """Close one as soon as it has finished: what waits for it, as a class for its tables, can finish only then."""
    try:
        await finish(code, one)
    finally:
        close(code, one, moved)
