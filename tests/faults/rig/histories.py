"""Made-up histories of rooms that were never played, as journals: right ones, and ones with one thing wrong.

Every client asks for one thing after another. What it asks for takes place at one moment between asking and being
told, and those moments, in order, are the room; so a history that was left alone is strictly serialisable. Some
answers are lost. An anomaly changes what a single operation was told, where other people's times give it away.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import attrs

__all__ = ["ANOMALIES", "Told", "make", "write"]

_SHARES: Final = {"command": 70, "welcome": 5, "view": 25}
_LOST: Final = 0.01
_WAIT_NS: Final = 5_000_000


@attrs.define
class Told:
    """One operation of a client: `at` is when it takes place, `total` what the picture at `seq` shows."""

    client: int
    kind: str
    id_: str
    asked_ns: int
    at_ns: int
    told_ns: int
    is_lost: bool
    seq: int = 0
    total: int = 0


def make(chance: random.Random, clients: int, operations: int) -> list[Told]:
    """Return so many operations of a room, in the order in which they took place."""
    made = []
    kinds, weights = list(_SHARES), list(_SHARES.values())
    for client in range(1, clients + 1):
        now = chance.randrange(_WAIT_NS)
        for number in range(operations // clients):
            kind = chance.choices(kinds, weights)[0] if number else "welcome"
            asked = now + 1 + chance.randrange(_WAIT_NS)
            at = asked + 1 + chance.randrange(_WAIT_NS)
            now = at + 1 + chance.randrange(_WAIT_NS)
            is_lost = kind == "command" and chance.random() < _LOST
            made.append(Told(client, kind, f"{number:07}", asked, at, now, is_lost))
    made.sort(key=lambda one: one.at_ns)
    seq = 0
    for one in made:
        seq += one.kind == "command"
        one.seq = one.total = seq
    return made


def write(folder: Path, room: str, history: Sequence[Told]) -> None:
    """Write the journal of each client of a room."""
    folder.mkdir(parents=True, exist_ok=True)
    by_client: dict[int, list[Told]] = {}
    for one in history:
        by_client.setdefault(one.client, []).append(one)
    for client, mine in by_client.items():
        lines = [["who", 0, room, client, "token"]]
        for one in mine:  # a client asks for one thing after another, so this is also the order of its notes
            lines += _lines(one)
        text = "\n".join(map(json.dumps, lines)) + "\n"
        folder.joinpath(f"{room}-{client}.jsonl").write_text(text, "utf-8")


def _lines(one: Told) -> list[list[object]]:
    if one.kind == "view":
        return [["seen", one.told_ns, one.seq, one.total, 0]]
    if one.kind == "welcome":
        return [["asked", one.asked_ns], ["here", one.told_ns, 1, one.seq, False]]
    sent: list[object] = ["sent", one.asked_ns, one.id_, "count", {"by": 1}]
    return [sent] if one.is_lost else [sent, ["result", one.told_ns, one.id_, {"ok": True, "seq": one.seq}]]


# -- what may be wrong with a history


def _stale_welcome(chance: random.Random, history: list[Told]) -> None:
    """Let somebody in by a picture that is older than what another was told before."""
    late = chance.choice([one for one in history if one.kind == "welcome" and _told_before(history, one)])
    late.seq = late.total = _told_before(history, late) - 1


def _stale_view(chance: random.Random, history: list[Told]) -> None:
    """Show somebody what is older than what the same client was shown before."""
    first, then = _of_one_client(chance, [one for one in history if one.kind == "view" and one.seq])
    then.seq = then.total = first.seq - 1


def _other_picture(chance: random.Random, history: list[Told]) -> None:
    """Show one of two who see the same moment something else."""
    views = [one for one in history if one.kind == "view"]
    twice = [one for one in views if sum(other.seq == one.seq for other in views) > 1]
    chance.choice(twice).total += 1


def _seq_reused(chance: random.Random, history: list[Told]) -> None:
    """Give two commands the same number."""
    commands = _answered(history)
    number = chance.randrange(1, len(commands))
    commands[number].seq = commands[number - 1].seq


def _reordered_answer(chance: random.Random, history: list[Told]) -> None:
    """Swap the numbers of two commands, of which one was answered before the other was sent, by somebody else."""
    commands = _answered(history)
    pairs = [
        (one, other)
        for number, one in enumerate(commands)
        for other in commands[number + 1 : number + 40]
        if one.told_ns < other.asked_ns and one.client != other.client
    ]
    one, other = chance.choice(pairs)
    one.seq, other.seq = other.seq, one.seq


def _acknowledged_behind(chance: random.Random, history: list[Told]) -> None:
    """Store a command before what a stranger had been shown when it was sent."""
    one = chance.choice([one for one in _answered(history) if _told_before(history, one)])
    one.seq = _told_before(history, one)


ANOMALIES: Final[dict[str, Callable[[random.Random, list[Told]], None]]] = {
    "acknowledged_behind": _acknowledged_behind,
    "other_picture": _other_picture,
    "reordered_answer": _reordered_answer,
    "seq_reused": _seq_reused,
    "stale_view": _stale_view,
    "stale_welcome": _stale_welcome,
}


def _answered(history: Sequence[Told]) -> list[Told]:
    return [one for one in history if one.kind == "command" and not one.is_lost]


def _told_before(history: Sequence[Told], later: Told) -> int:
    """Return the highest number that anybody else had been told when something was asked for."""
    told = [one.seq for one in history if one.told_ns < later.asked_ns and not one.is_lost]
    return max(told, default=0)


def _of_one_client(chance: random.Random, views: Sequence[Told]) -> tuple[Told, Told]:
    """Return two views of one client, the earlier one first."""
    by_client: dict[int, list[Told]] = {}
    for one in views:
        by_client.setdefault(one.client, []).append(one)
    first, then = sorted(
        chance.sample(chance.choice([mine for mine in by_client.values() if len(mine) > 1]), 2),
        key=lambda one: one.at_ns,
    )
    return first, then
