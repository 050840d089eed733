"""A seat for a model: what it sees, what it may do, what a move would change, a move, and why.

Answers plain data, of what this seat's own connection was told and of nothing else. Bounds how long a room waits for a
model: a refused move is told once, and after a second one in the same phase, or when the time is up, the seat says that
it is ready, so that the default stands. Each move, refusal and reason is handed on, so that it can be read afterwards.
Names of people are theirs to choose: whatever reads this takes them for names, and for no instruction.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Any, Final

from makersphere_bots.policy import READY
from makersphere_clients.connection import Connection
from makersphere_clients.terminal.view import View
from makersphere_clients.terminal.words.names import Names
from makersphere_clients.terminal.words.texts import Words
from makersphere_clients.wire_bots import STANDSTILL, TOO_LATE
from makersphere_protocol.messages import BESIDE, Arg, At, Result

__all__ = ["ModelSeat", "Told"]

Tree = dict[str, Any]
Told = Callable[[Tree], None]

_AGAIN_S: Final = 1.0  # after a default that the room refused, as it does while it is paused


class ModelSeat:
    """One seat, as a model plays it."""

    def __init__(self, connection: Connection, language: str, think_s: float, told: Told) -> None:
        """Take a seat's connection.

        Args:
            connection: of the seat, open.
            language: of sentences: `en` or `zh`.
            think_s: how long the room waits for the model in a phase, in seconds, before the default stands.
            told: is handed each move, refusal, default and reason, as plain data.
        """
        self._connection = connection
        self._words = Words(language)
        self._think_s = think_s
        self._told = told
        self._refused: At | None = None  # the phase in which a move was refused
        self._read = 0  # lines of the log that the model has been told

    # -- what a model uses

    def see(self, kinds: Collection[str] = ()) -> Tree:
        """Return where the game stands, one's own hand, and of the table the kinds that are asked for.

        Without any, the table is told as the number of things of each kind.
        """
        mirror = self._connection.mirror
        hand = {kind: each for kind, each in mirror.hand.items() if kind not in ("legal", "choices")}
        table = {
            kind: each if kind in kinds else {"things": len(each) if isinstance(each, Mapping) else 1}
            for kind, each in mirror.table.items()
            if not kinds or kind in kinds
        }
        return {**self._where(), "news": self._news(), "hand": hand, "table": table}

    def legal(self) -> Tree:
        """Return the commands that may be sent now, each with a JSON schema of its arguments, and their choices."""
        hand = self._connection.mirror.hand
        commands = {
            name: {"help": self._words.command_help(name), "args": form}
            for name, form in hand.get("legal", {}).items()
            if name not in BESIDE
        }
        return {**self._where(), "commands": commands, "choices": hand.get("choices", {})}

    async def preview(self, command: str, args: Mapping[str, Arg]) -> Tree:
        """Return what a command would change for this seat; nothing is done."""
        if command in BESIDE:
            return self._no_move()
        result = await self._connection.preview(command, args)
        return {"changes": result.preview or {}} if result.ok else _refusal(result)

    async def do(self, command: str, args: Mapping[str, Arg], reason: str = "") -> Tree:
        """Send a command; return what came of it.

        What stands beside the game is a person's: a code that opens the seat elsewhere, consent, words to the host.
        """
        if command in BESIDE:
            return {"done": False, **self._no_move()}
        at = self._connection.mirror.at
        result = await self._connection.command(command, args, at)
        note: Tree = {"at": _at(at), "command": command, "args": dict(args), "reason": reason}
        if result.ok:
            self._told({**note, "outcome": "done"})
            await self._connection.until_seen(result.seq or 0)
            return {"done": True, "data": result.data or {}, "news": self._news(), **self._where()}
        refusal = _refusal(result)
        self._told({**note, "outcome": "refused", **refusal["refused"]})
        return {"done": False, **refusal, **await self._after_refusal(refusal["refused"]["code"], at)}

    async def wait(self, most_s: float) -> Tree:
        """Wait until the room waits for this seat or the game is over, for some seconds; return what happened."""
        try:
            async with asyncio.timeout(most_s):
                await self._connection.until(self._has_turn_or_is_over)
        except TimeoutError:
            pass
        return {**self._where(), "news": self._news()}

    def say_why(self, reason: str) -> Tree:
        """Keep a reason for what was done in this phase."""
        self._told({"at": _at(self._connection.mirror.at), "reason": reason, "outcome": "said"})
        return {"kept": True}

    # -- the bound

    async def keep_time(self) -> None:
        """Say that the seat is ready wherever the model has had its time in a phase, until the game is over."""
        loop, began, ends = asyncio.get_running_loop(), None, 0.0
        while not self._connection.mirror.is_over:
            await self._connection.until(self._has_turn_or_is_over)
            at = self._connection.mirror.at
            if at != began:
                began, ends = at, loop.time() + self._think_s
            try:
                async with asyncio.timeout_at(ends):
                    await self._connection.until(partial(self._has_gone_on, at))
            except TimeoutError:
                if not await self._default(at, "time"):
                    await asyncio.sleep(_AGAIN_S)

    def _has_turn_or_is_over(self) -> bool:
        return self._connection.mirror.has_turn or self._connection.mirror.is_over

    def _has_gone_on(self, at: At) -> bool:
        return not self._connection.mirror.has_turn or self._connection.mirror.at != at

    async def _default(self, at: At, why: str) -> bool:
        """Let the default stand in a phase; return whether it was still open."""
        result = await self._connection.command(*READY, at)
        if result.ok:
            self._told({"at": _at(at), "command": READY[0], "args": dict(READY[1]), "outcome": "default", "why": why})
            await self._connection.until_seen(result.seq or 0)
        return result.ok

    async def _after_refusal(self, code: str, at: At) -> Tree:
        """Return what follows a refusal: another try in this phase, or the default."""
        if code in STANDSTILL or code in TOO_LATE:
            return {"next": "try again later" if code in STANDSTILL else "look again: another phase has come"}
        if self._refused != at:
            self._refused = at
            return {"next": "one more try in this phase; after it the default stands"}
        await self._default(at, "refused")
        return {"next": "the default stands in this phase", **self._where()}

    # -- what it is told each time

    def _no_move(self) -> Tree:
        return {"refused": {"code": "bad_args", "field": "command", "message": self._words("terminal.mcp.no_move")}}

    def _where(self) -> Tree:
        mirror = self._connection.mirror
        ends = View(mirror.table, mirror.hand, mirror.you).single("clock").get("deadline")
        left = {} if ends is None else {"seconds_left": max(0, (int(ends) - mirror.now_ms()) // 1000)}
        return {
            "you": {"seat": mirror.you.seat, "role": mirror.my_seat.get("role", mirror.you.role)},
            "game": dict(mirror.game),
            "your_turn": mirror.has_turn,
            **left,
        }

    def _news(self) -> list[str]:
        """Return what has happened since it was told last, as sentences."""
        mirror = self._connection.mirror
        names = Names(View(mirror.table, mirror.hand, mirror.you), self._words)
        fresh = [line for line in mirror.lines if line.seq > self._read]
        self._read = max((line.seq for line in mirror.lines), default=self._read)
        return [said for line in fresh if (said := names.line(line.text, line.values))]


def _refusal(result: Result) -> Tree:
    error = result.error
    if error is None:
        return {"refused": {"code": "unknown", "field": "", "message": ""}}
    return {"refused": {"code": error.code, "field": error.field, "message": error.message}}


def _at(at: At) -> Tree:
    return {"season": at.season, "phase": at.phase, "time": time.time_ns() // 1_000_000}
