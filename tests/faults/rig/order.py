"""The order between people: shows from the times in all journals that every room is strictly serialisable.

Imports nothing of the server, of the rules or of the load. By hand: `python tests/faults/rig/order.py JOURNALS [DATA]`.

A room's stored order is given by `seq`, so nothing has to be searched for: whatever was told to anybody before
something was asked must lie before it. One sweep over the moments of asking and of telling, kept in order of time,
shows that (Herlihy and Wing, *Linearizability*, 1990; the version order as Elle takes it from its histories):

- a command that was sent after anybody was told `seq` n is stored behind n;
- a welcome that was asked for after anybody was told n is at n or later;
- no two commands are answered by the same `seq`, and no two people see different pictures at one;
- of one connection: what it is shown never goes back, and commands that were sent once each keep their order.

Updates come up to 50 ms behind, so nothing is held of how new they are; what they tell has happened all the same. A
command without an answer may have happened at any time after it was sent, and where the store has it, it counts
so. Each epoch of a room is a history of its own. The times of one machine's monotonic clock can be compared between
processes; a note is made before sending and after hearing, so an order that is claimed was really there.

What the lines of a journal mean stands in `checker.py`.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PEOPLE = {"person", "host"}
PASSING = {"paused", "rate_limited", "unavailable"}  # refusals that leave it open whether the command counts yet
_NEVER = -1


@dataclass
class Found:
    """What was compared, and what is wrong."""

    counts: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Operation:
    """Something that one person asked and was told.

    Attributes:
        asked_ns: when it was sent; -1: nobody asked, it was told.
        told_ns: when it was answered; -1: never.
        seq: where it stands in the room's order, or what it shows.
    """

    who: str
    what: str
    is_command: bool
    asked_ns: int
    told_ns: int
    seq: int

    def __str__(self) -> str:
        """Name it in a sentence."""
        return f"{self.what} of {self.who} at {self.seq}"


@dataclass
class _History:
    """All that is known of one epoch of a room."""

    operations: list[Operation] = field(default_factory=list)
    pictures: dict[int, tuple[object, str]] = field(default_factory=dict)  # by seq: what was seen, and who saw it


def check(journals: Path, data: Path | None = None) -> Found:
    """Check the order of all journals of a folder; with a data folder, what was never answered is looked up there."""
    found = Found()
    stored = _stored(data / "rooms.sqlite3") if data else {}
    rooms: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(journals.glob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            rooms[json.loads(next(lines))[2]].append(path)
    for room, paths in rooms.items():
        histories: dict[int, _History] = defaultdict(_History)
        for path in paths:
            _Reader(room, histories, stored, found).read(path)
        for history in histories.values():
            sweep(room, history.operations, found)
    return found


def _stored(path: Path) -> dict[tuple[str, int, str], int]:
    """Return where the commands of people stand, by room, seat and id."""
    with closing(sqlite3.connect(path)) as database:
        rows = database.execute("SELECT room, line FROM records WHERE id != ''").fetchall()
    records = [(room, json.loads(line)) for room, line in rows]
    return {(room, one["actor"], one["id"]): one["seq"] for room, one in records if one["by"] in PEOPLE}


# -- the sweep


def sweep(room: str, operations: list[Operation], found: Found) -> None:
    """Go through the moments of one history: whatever begins must lie behind all that anybody was told before."""
    found.counts["ordered"] += len(operations)
    highest, by = 0, None
    for _, is_told, number in sorted(_moments(operations)):
        one = operations[number]
        if is_told:
            if one.seq > highest:
                highest, by = one.seq, one
        elif one.seq < highest + one.is_command:
            found.problems.append(f"{room}: {one} was asked for after the {by} had been told")
    _check_numbers(room, operations, found)


def _moments(operations: list[Operation]) -> Iterator[tuple[int, bool, int]]:
    """Give when, whether it is the telling, and of which operation; what is asked in the same instant comes first."""
    for number, one in enumerate(operations):
        if one.asked_ns != _NEVER:
            yield one.asked_ns, False, number
        if one.told_ns != _NEVER:
            yield one.told_ns, True, number


def _check_numbers(room: str, operations: list[Operation], found: Found) -> None:
    taken: dict[int, Operation] = {}
    for one in operations:
        if one.is_command and taken.setdefault(one.seq, one) is not one:
            found.problems.append(f"{room}: {one} has the number of the {taken[one.seq]}")


# -- a journal


class _Reader:
    """Makes operations of one journal, and holds what one connection may rely on."""

    def __init__(
        self, room: str, histories: dict[int, _History], stored: Mapping[tuple[str, int, str], int], found: Found
    ) -> None:
        """Prepare."""
        self.room, self.histories, self.stored, self.found = room, histories, stored, found
        self.who, self.seat = "", 0
        self.epoch = self.asked_ns = self.seen = 0
        self.sent: dict[str, tuple[int, int]] = {}  # by id: when it was first sent, and on which connection
        self.again: set[str] = set()  # ids that were sent more than once
        self.answers: dict[str, int] = {}
        self.connection = 0

    def read(self, path: Path) -> None:
        """Take in a journal, line by line."""
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                kind, at, *values = json.loads(line)
                does = getattr(self, f"_{kind}", None)
                if does is not None:
                    does(at, *values)
        for id_ in self.sent.keys() - self.answers.keys():
            seq = self.stored.get((self.room, self.seat, id_))
            if seq is not None:
                self.found.counts["never_told"] += 1
                self._add(f"command {id_}", seq, self.sent[id_][0], _NEVER, is_command=True)
        self._check_own_order()

    def _add(self, what: str, seq: int, asked_ns: int, told_ns: int, *, is_command: bool = False) -> None:
        one = Operation(self.who, what, is_command, asked_ns, told_ns, seq)
        self.histories[self.epoch].operations.append(one)

    def _problem(self, sentence: str) -> None:
        self.found.problems.append(f"{self.room}, {self.who}: {sentence}")

    def _who(self, _: int, room: str, seat: int, *__: object) -> None:
        self.room, self.seat, self.who = room, seat, f"seat {seat}"

    def _asked(self, at: int) -> None:
        self.asked_ns = at

    def _here(self, at: int, epoch: int, seq: int, *_: object) -> None:
        if epoch != self.epoch:
            self.epoch, self.seen = epoch, 0
        self.connection += 1
        self.found.counts["welcomes_ordered"] += 1
        self._add("welcome", seq, self.asked_ns, at)

    def _sent(self, at: int, id_: str, *_: object) -> None:
        if id_ in self.sent:
            self.again.add(id_)
        else:
            self.sent[id_] = at, self.connection

    def _result(self, at: int, id_: str, answer: dict[str, Any]) -> None:
        code = answer.get("error", {}).get("code", "")
        if code in PASSING:
            self.again.add(id_)
        elif code == "id_reused" or id_ not in self.sent:
            return
        elif id_ not in self.answers:
            self.answers[id_] = answer.get("seq", _NEVER)
            if answer["ok"]:
                self.found.counts["commands_ordered"] += 1
                self._add(f"command {id_}", answer["seq"], self.sent[id_][0], at, is_command=True)
        elif self.answers[id_] != answer.get("seq", _NEVER):
            self._problem(f"{id_} was answered at {self.answers[id_]}, then at {answer.get('seq')}")

    def _seen(self, at: int, seq: int, picture: object, *_: object) -> None:
        self.found.counts["views_ordered"] += 1
        if seq < self.seen:
            self._problem(f"was shown {seq} after {self.seen}")
        self.seen = seq
        self._add("view", seq, _NEVER, at)
        before, who = self.histories[self.epoch].pictures.setdefault(seq, (picture, self.who))
        if before != picture:
            self._problem(f"saw {picture} at {seq}, and {who} saw {before}")

    def _check_own_order(self) -> None:
        """Hold that commands of one connection, each sent once, stand in the order in which they were sent."""
        last, last_connection = "", 0
        for id_, (_, connection) in self.sent.items():
            seq = self.answers.get(id_, _NEVER)
            if id_ in self.again or seq == _NEVER:
                continue
            if last and connection == last_connection and seq <= self.answers[last]:
                self._problem(f"{last} was sent before {id_}, and stands behind it: {self.answers[last]}, {seq}")
            last, last_connection = id_, connection


if __name__ == "__main__":
    result = check(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
    print(json.dumps({"counts": result.counts, "problems": result.problems}, indent=2))
    sys.exit(bool(result.problems) or not result.counts["commands_ordered"])
