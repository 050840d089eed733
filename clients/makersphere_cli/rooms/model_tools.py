"""A seat's tools and resources by the Model Context Protocol. Needs the extra `mcp`."""

from __future__ import annotations

import json
from typing import Any, Final

from mcp.server import MCPServer

from makersphere_clients.model_seat import ModelSeat
from makersphere_protocol import texts

__all__ = ["tools_of"]

_READING: Final = ("title", "what", "spheres", "integration", "energy", "metabolism", "paths")
_WAITS_S: Final = 60.0  # at most in one call: programs that call tools give up later
Tree = dict[str, Any]


def tools_of(seat: ModelSeat, language: str) -> MCPServer:
    """Return the server of a seat: its tools, and what the game is as a resource."""
    found = MCPServer("makersphere", instructions=_said(language, "instructions"))

    async def see(kinds: list[str] | None = None) -> Tree:
        return seat.see(kinds or ())

    async def legal() -> Tree:
        return seat.legal()

    async def preview(command: str, args: Tree | None = None) -> Tree:
        return await seat.preview(command, args or {})

    async def do(command: str, args: Tree | None = None, reason: str = "") -> Tree:
        return await seat.do(command, args or {}, reason)

    async def wait(seconds: float = _WAITS_S) -> Tree:
        return await seat.wait(min(max(seconds, 0.0), _WAITS_S))

    async def say_why(reason: str) -> Tree:
        return seat.say_why(reason)

    for tool in (see, legal, preview, do, wait, say_why):
        found.add_tool(tool, description=_said(language, tool.__name__))

    @found.resource("makersphere://seat", mime_type="application/json", description=_said(language, "see"))
    async def own_seat() -> str:
        return json.dumps(seat.see(), ensure_ascii=False)

    @found.resource("makersphere://reading", mime_type="text/plain", description=_said(language, "reading"))
    async def reading() -> str:
        return "\n\n".join(texts.say(language, f"lesson.read.{part}") for part in _READING)

    return found


def _said(language: str, key: str) -> str:
    return texts.say(language, f"terminal.mcp.{key}")
