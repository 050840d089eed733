"""`makersphere mcp`: a seat of a room for any model that speaks the Model Context Protocol.

Answers the protocol on standard input and output: tools to see, list, preview, move, wait and say why, and the game's
rules as a resource. Plays by the public protocol alone. What was moved and why goes to a file of JSON lines.
"""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from cyclopts import Parameter

from makersphere_cli.flags import Name, between
from makersphere_cli.rooms.way_in import not_seated, room_at
from makersphere_cli.speech.causes import cause
from makersphere_cli.speech.trouble import Trouble
from makersphere_cli.speech.words import complain, say
from makersphere_cli.speech.words import language as spoken_language
from makersphere_clients.backoff import Backoff
from makersphere_clients.connection import ConnectionEnded
from makersphere_clients.model_seat import ModelSeat, Told
from makersphere_clients.terminal.address import Address
from makersphere_clients.terminal.app import ended_text
from makersphere_clients.terminal.words.texts import Words
from makersphere_clients.wire_bots import take_seat

__all__ = ["mcp"]

Seconds = Annotated[int, Parameter(validator=between(1, 3600))]
Tree = dict[str, Any]

_TRIES: Final = 2


def mcp(
    *link: Name,
    name: Name = "Model {n}",
    think: Seconds = 60,
    reasons: Path | None = None,
    language: Literal["en", "zh"] = "en",
) -> int:
    """Give a seat of a room to a model, by the Model Context Protocol on standard input and output.

    Args:
        link: of the room (`http://HOST:PORT/#/j/CODE`), or `HOST:PORT CODE`.
        name: that the room sees; `{n}` becomes the first number that makes it nobody else's.
        think: seconds that the room waits for the model in a phase, before the default stands.
        reasons: a file to which each move is written with the reason given for it, as JSON lines.
        language: of sentences.
    """
    where = room_at(link)
    try:
        from makersphere_cli.rooms.model_tools import tools_of  # noqa: PLC0415  (an extra)
    except ImportError as error:
        raise Trouble("extra_missing", module=error.name or "", extra="mcp") from None
    told = _writer(reasons)
    try:
        asyncio.run(_serve(tools_of, where, name, think, told, language))
    except ConnectionEnded as ended:
        raise not_seated(ended, where) from None
    return 0


def _writer(file: Path | None) -> Told:
    """Return what writes a line for each move; every line is in the file when the call is over."""

    def write(tree: Tree) -> None:
        if file is None:
            return
        try:
            _add(file, f"{json.dumps(tree, ensure_ascii=False)}\n")
        except OSError as error:  # the game goes on; whoever started this reads why
            complain(say("file_unwritable", file=str(file), why=cause(error)))

    try:
        if file is not None:
            _add(file, "")
    except OSError as error:
        raise Trouble("file_unwritable", file=str(file), why=cause(error)) from None
    return write


def _add(file: Path, text: str) -> None:
    with file.open("a", encoding="utf-8") as lines:
        lines.write(text)


async def _serve(
    tools: Callable[[ModelSeat, str], Any], where: Address, name: str, think_s: float, told: Told, language: str
) -> None:
    connection = await take_seat(where.url, where.room, name, itertools.count(1), Backoff(tries=_TRIES), language)
    seat = ModelSeat(connection, language, think_s, told)
    clock = asyncio.create_task(seat.keep_time(), name="keep-time")
    clock.add_done_callback(_see_that_it_ended_well)
    try:
        await tools(seat, language).run_stdio_async()
    finally:
        clock.cancel()
        await asyncio.gather(clock, return_exceptions=True)
        await connection.close()


def _see_that_it_ended_well(clock: asyncio.Task[None]) -> None:
    """Say why a seat has no clock any more; where its room has let it go, the tools say so too."""
    error = None if clock.cancelled() else clock.exception()
    if isinstance(error, ConnectionEnded):
        complain(ended_text(error, Words(spoken_language()), is_host=False))
    elif error is not None:
        complain(repr(error))
