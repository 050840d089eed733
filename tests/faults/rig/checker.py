"""The independent checker: compares the journals of all clients with the store, by SQL and JSON alone.

Imports nothing of the server, of the rules or of the load. By hand: `python tests/faults/rig/checker.py DATA JOURNALS`.
It knows what the documents promise: records are numbered without a gap and chained by SHA-256, a command's id is
there once, what was acknowledged is there where it was acknowledged. Of the scenario `counter` it also
knows the rule, so that it can tell what everybody must have seen at every `seq`.

A journal's lines are JSON arrays. Behind the kind stands when, in nanoseconds, which `order.py` holds together: here
it says nothing. ["who", at, room, seat, token], ["asked", at] (to be let in), ["here", at, epoch, seq, resumed] (a
welcome), ["sent", at, id, name, args], ["result", at, id, answer without its time], ["seen", at, seq, total, own
count] (the table after a frame), ["line", at, seq, text, values] (what the client was told), ["end", at, seq] (it was
there when all was quiet), ["error", at, code] (it was turned away).
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import sys
from bisect import bisect_right
from collections import Counter, defaultdict
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PEOPLE = {"person", "host"}
PASSING = {"paused", "rate_limited", "unavailable"}  # refusals that say nothing about the command


@dataclass
class Findings:
    """What was compared, and what is wrong."""

    counts: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)

    def must(self, holds: bool, sentence: str) -> None:  # noqa: FBT001  (it is the point)
        """Note a problem where something does not hold."""
        if not holds:
            self.problems.append(sentence)


@dataclass
class Log:
    """A room as it is stored.

    Attributes:
        records: in order.
        by_id: the commands of people, by seat and id; a host's seat is 0.
        totals: of `counter`, the sum after each `seq`.
        counts: of `counter`, each seat's count after each `seq` at which it changed, and these `seq`s.
    """

    room: str
    is_counter: bool
    records: list[dict[str, Any]]
    by_id: dict[tuple[int, str], dict[str, Any]] = field(default_factory=dict)
    totals: list[int] = field(default_factory=lambda: [0])
    counts: dict[int, tuple[list[int], list[int]]] = field(default_factory=lambda: defaultdict(lambda: ([0], [0])))

    def count_at(self, seat: int, seq: int) -> int:
        """Return what a seat had counted at a `seq`."""
        seqs, counts = self.counts[seat]
        return counts[bisect_right(seqs, seq) - 1]


def check(data: Path, journals: Path) -> Findings:
    """Compare all journals of a folder with the store of a data folder."""
    found = Findings()
    logs = _read_store(data / "rooms.sqlite3", found)
    for path in sorted(journals.glob("*.jsonl")):
        entries = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        _, _, room, seat, token = entries[0]
        found.counts["journals"] += 1
        if room in logs:
            _Reader(logs[room], seat, found).read(entries)
        else:
            found.problems.append(f"room {room} is not in the store")
        raw = token.encode() in (data / "rooms.sqlite3").read_bytes() if found.counts["journals"] == 1 else False
        found.must(not raw, f"the token of seat {seat} stands in the store as it is")
    return found


# -- the store


def _read_store(path: Path, found: Findings) -> dict[str, Log]:
    logs = {}
    with closing(sqlite3.connect(path)) as database:
        rooms = database.execute("SELECT room, founding, seq, hash, state, reason FROM rooms").fetchall()
        for room, founding, head, head_hash, state, reason in rooms:
            found.counts["rooms"] += 1
            found.must(state != "quarantined", f"{room} stands still: {reason}")
            rows = database.execute(
                "SELECT seq, token, id, line, hash FROM records WHERE room = ? ORDER BY seq", (room,)
            ).fetchall()
            chain = _check_rows(room, founding, rows, found)
            found.must((head, head_hash) == (len(rows), chain), f"{room}: its head is not its last record")
            counter = json.loads(founding)["scenario"]["name"] == "counter"
            logs[room] = Log(room, counter, [json.loads(line) for *_, line, _ in rows])
            _index(logs[room], found)
    return logs


def _check_rows(room: str, founding: bytes, rows: list[tuple[Any, ...]], found: Findings) -> bytes:
    """Check numbers, ids and the chain of a room's rows; return the hash of the last one."""
    chain, ids = hashlib.sha256(founding).digest(), set()
    for number, (seq, token, id_, line, stored) in enumerate(rows, 1):
        chain = hashlib.sha256(chain + line).digest()
        content = json.loads(line)
        found.must(seq == number == content["seq"], f"{room}: record {number} says that it is {seq}, {content['seq']}")
        found.must(stored == chain, f"{room}: the chain breaks at {seq}")
        found.must((token, id_) == (content["token"], content["id"]), f"{room}: record {seq} has two ids")
        found.must(not id_ or (token, id_) not in ids, f"{room}: the id of record {seq} is there twice")
        ids.add((token, id_))
        found.counts["records"] += 1
    return chain


def _index(log: Log, found: Findings) -> None:
    for record in log.records:
        seq, seat, total = record["seq"], record["actor"], log.totals[-1]
        if record["by"] in PEOPLE and record["id"]:  # what a fork was founded with has no ids
            found.must((seat, record["id"]) not in log.by_id, f"{log.room}: seat {seat} did {record['id']} twice")
            log.by_id[seat, record["id"]] = record
        command = record["command"]
        if log.is_counter and command["name"] == "count":
            by = command["args"]["by"]
            total += by
            count = log.count_at(seat, seq) + by
            log.counts[seat][0].append(seq)
            log.counts[seat][1].append(count)
            facts = [event["data"] for event in record["events"]]
            right = [{"seat": seat, "by": by, "count": count, "total": total}]
            found.must(facts == right, f"{log.room}: record {seq} is by half: {facts} instead of {right}")
        log.totals.append(total)


# -- the journals


class _Reader:
    """Reads one journal beside the log of its room."""

    def __init__(self, log: Log, seat: int, found: Findings) -> None:
        """Prepare."""
        self.log, self.seat, self.found = log, seat, found
        self.name = f"{log.room}, seat {seat}"
        self.sent: dict[str, tuple[str, Any, int]] = {}  # by id: name, args, and what was acknowledged before it
        self.answers: dict[str, Any] = {}
        self.acknowledged = self.seen = self.told = 0
        self.epoch = 0

    def read(self, entries: list[list[Any]]) -> None:
        """Check every line, and that the log holds no more of this seat than it has sent."""
        for kind, _, *values in entries[1:]:
            getattr(self, f"_{kind}")(*values)
        mine = {id_ for seat, id_ in self.log.by_id if seat == self.seat}
        self._must(mine <= self.sent.keys(), f"the log has what was never sent: {sorted(mine - self.sent.keys())[:3]}")
        self.found.counts["unanswered"] += len(self.sent.keys() - self.answers.keys())

    def _must(self, holds: bool, sentence: str) -> None:  # noqa: FBT001
        self.found.must(holds, f"{self.name}: {sentence}")

    def _asked(self) -> None:
        self.found.counts["asked"] += 1

    def _here(self, epoch: int, seq: int, resumed: bool) -> None:  # noqa: FBT001
        self.found.counts["welcomes"] += 1
        self._must(self.epoch in (0, epoch), f"the epoch went from {self.epoch} to {epoch}")
        self._must(seq >= self.acknowledged, f"let in at {seq} after {self.acknowledged} was acknowledged")
        self.epoch, self.told = epoch, 0
        if resumed:
            self.found.counts["resumed"] += 1

    def _sent(self, id_: str, name: str, args: Any) -> None:  # noqa: ANN401
        if id_ in self.sent:
            self.found.counts["repeats"] += 1
        else:
            self.sent[id_] = name, args, self.acknowledged

    def _result(self, id_: str, answer: dict[str, Any]) -> None:
        error = answer.get("error", {}).get("code", "")
        if error in PASSING:
            self.found.counts["passing_refusals"] += 1
            return
        if error == "id_reused":
            self.found.counts["reused_refused"] += 1
            return
        if id_ in self.answers:
            self.found.counts["same_answers"] += 1
            self._must(self.answers[id_] == answer, f"{id_} was answered by {self.answers[id_]}, then by {answer}")
            return
        self.answers[id_] = answer
        record = self.log.by_id.get((self.seat, id_))
        if not answer["ok"]:
            self.found.counts["refusals"] += 1
            self._must(record is None, f"{id_} was refused, and is in the log")
            return
        self._acknowledge(id_, answer["seq"], record)

    def _acknowledge(self, id_: str, seq: int, record: dict[str, Any] | None) -> None:
        self.found.counts["acknowledged"] += 1
        if record is None:
            self._must(False, f"{id_} was acknowledged at {seq} and is lost")  # noqa: FBT003
            return
        name, args, before = self.sent[id_]
        self._must(record["seq"] == seq, f"{id_} was acknowledged at {seq} and is at {record['seq']}")
        self._must(record["command"] == {"name": name, "args": args}, f"{id_} is not what was sent")
        self._must(seq > before, f"{id_} stands at {seq}, before {before} that was acknowledged before it was sent")
        self.acknowledged = max(self.acknowledged, seq)

    def _seen(self, seq: int, total: int, count: int) -> None:
        self.found.counts["views"] += 1
        self._must(seq >= self.seen, f"saw {seq} after {self.seen}")
        self.seen = seq
        if not self._is_stored(seq):
            return
        if self.log.is_counter:
            right = self.log.totals[seq], self.log.count_at(self.seat, seq)
            self._must((total, count) == right, f"at {seq} the table was {(total, count)} and the log {right}")

    def _line(self, seq: int, text: str, values: dict[str, Any]) -> None:
        self.found.counts["lines"] += 1
        self._must(seq >= self.told, f"line {seq} was told after {self.told}")
        is_count = text.endswith("counted") and self.log.is_counter
        self._must(not is_count or seq > self.told, f"line {seq} was told twice")
        self.told = seq
        if is_count and self._is_stored(seq):
            data = self.log.records[seq - 1]["events"][0]["data"]
            right = {key: data[key] for key in ("seat", "by", "total")}
            self._must(values == right, f"line {seq} told {values}, the log has {right}")

    def _end(self, seq: int) -> None:
        self.found.counts["ends"] += 1
        self._must(self.seen == seq, f"was not told the end: {self.seen} of {seq}")

    def _error(self, code: str) -> None:
        self._must(code == "unavailable", f"was turned away with {code}")

    def _is_stored(self, seq: int) -> bool:
        stored = seq < len(self.log.totals)
        self._must(stored, f"was told of {seq}, and the log ends at {len(self.log.records)}")
        return stored


if __name__ == "__main__":
    result = check(Path(sys.argv[1]), Path(sys.argv[2]))
    print(json.dumps({"counts": result.counts, "problems": result.problems}, indent=2))
    sys.exit(bool(result.problems) or not result.counts["acknowledged"])
