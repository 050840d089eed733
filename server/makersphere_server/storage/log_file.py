"""A room's log as a file of JSON lines that anybody can read, keep and check.

The first line founds the room, and names the choices of its host by which its rules differ from the scenario's; then
one line per record with its hash, the last says where it ends: `seq`, chain hash and the hash of the final state. Each
`founding` and `record` holds the canonical bytes that its hash is taken of (`chain.py`). The rules of the founding line
are those that were chosen, so that the names explain and change nothing. The file holds the seed and everybody's
choices: it is for after the game.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import attrs
import msgspec

from makersphere_server.storage.chain import Damaged, founding_hash, link, walk_chain
from makersphere_server.storage.record import Record, RoomRow, decode_room, encode_record, encode_room
from makersphere_server.storage.whole_file import whole_file

__all__ = ["LogFile", "NotALog", "export_jsonl", "log_lines", "read_jsonl"]

FORMAT: Final = 1

Tree = dict[str, Any]


class NotALog(Exception):
    """The file is not the log of a room, or its lines are not JSON; the cause says more.

    Attributes:
        text: `empty`, `damaged` or `format`: the end of the key of the sentence in people's language.
        values: what fills it, besides the file and the cause.
    """

    def __init__(self, text: str, **values: int) -> None:
        """Keep what it is."""
        super().__init__(f"no log of a room: {text}")
        self.text = text
        self.values = values


@attrs.frozen
class LogFile:
    """What a file holds.

    Attributes:
        row: the room.
        records: its records, as far as they are sound.
        damage: why the sound records end before the file does.
        hash: the chain hash of the last one.
        state_hash: of the final state, as the writer had it; "" where nobody replayed it.
        chosen: in what its rules differ from the scenario's, by a host's choice: names, with words of their own.
    """

    row: RoomRow
    records: Sequence[Record]
    damage: Damaged | None
    hash: str
    state_hash: str
    chosen: Sequence[Tree] = ()


class _First(msgspec.Struct, forbid_unknown_fields=True):
    makersphere_log: int
    epoch: int
    state: str
    founding: msgspec.Raw
    chosen: list[Tree] | msgspec.UnsetType = msgspec.UNSET  # left out where the rules are the scenario's own


class _Line(msgspec.Struct, forbid_unknown_fields=True):
    hash: str
    record: msgspec.Raw


class _Last(msgspec.Struct, forbid_unknown_fields=True):
    end: int
    hash: str
    state_hash: str


_encode = msgspec.json.encode


def export_jsonl(row: RoomRow, records: Sequence[Record], path: Path, state_hash: str = "") -> None:
    """Write a room's log to a file.

    Args:
        row: the room.
        records: all its records.
        path: the file; an older one is replaced.
        state_hash: hash of the state after the last record (`verify_room` computes it).

    Raises:
        OSError: it cannot be written.
    """
    with whole_file(path) as file:
        file.writelines(log_lines(row, records, state_hash))


def log_lines(
    row: RoomRow, records: Sequence[Record], state_hash: str = "", chosen: Sequence[Tree] = ()
) -> Iterator[bytes]:
    """Yield the lines of the file that `export_jsonl` writes, each with its end.

    Args:
        row: the room.
        records: all its records.
        state_hash: hash of the state after the last record.
        chosen: the choices by which its rules differ from the scenario's.
    """
    yield from (line + b"\n" for line in _lines(row, records, state_hash, chosen))


def _lines(row: RoomRow, records: Sequence[Record], state_hash: str, chosen: Sequence[Tree]) -> Iterator[bytes]:
    said = list(chosen) or msgspec.UNSET
    yield _encode(_First(FORMAT, row.epoch, row.state, msgspec.Raw(encode_room(row)), said))
    chain = founding_hash(row)
    for record in records:
        line = encode_record(record)
        chain = link(chain, line)
        yield _encode(_Line(chain.hex(), msgspec.Raw(line)))
    yield _encode(_Last(len(records), chain.hex(), state_hash))


def read_jsonl(path: Path) -> LogFile:
    """Read a log and check its hash chain.

    Raises:
        NotALog: the file is not the log of a room.
        OSError: the file cannot be read.
    """
    lines = path.read_bytes().splitlines()
    if not lines:
        raise NotALog("empty")
    try:
        first = msgspec.json.decode(lines[0], type=_First)
        row = decode_room(bytes(first.founding), first.epoch, first.state)
    except (msgspec.MsgspecError, ValueError) as error:
        raise NotALog("damaged") from error
    if first.makersphere_log != FORMAT:
        raise NotALog("format", format=first.makersphere_log, known=FORMAT)
    chosen = () if first.chosen is msgspec.UNSET else first.chosen
    return attrs.evolve(_check(row, lines[1:]), chosen=chosen)


def _check(row: RoomRow, lines: list[bytes]) -> LogFile:
    records: list[Record] = []
    last, damage, state_hash = founding_hash(row), None, ""
    try:
        for record, chain in walk_chain(row.room, 0, last, _stored(row.room, lines[:-1])):
            records.append(record)
            last = chain
        state_hash = _end(row.room, lines[-1:], len(records), last).state_hash
    except Damaged as found:
        damage = found
    return LogFile(row, records, damage, last.hex(), state_hash)


def _stored(room: str, lines: list[bytes]) -> Iterator[tuple[int, bytes, bytes]]:
    for seq, text in enumerate(lines, 1):
        try:
            line = msgspec.json.decode(text, type=_Line)
            yield seq, bytes(line.record), bytes.fromhex(line.hash)
        except (msgspec.MsgspecError, ValueError) as error:
            raise Damaged(room, seq, f"the line cannot be read: {error}") from error


def _end(room: str, lines: list[bytes], seq: int, chain: bytes) -> _Last:
    try:
        last = msgspec.json.decode(lines[0], type=_Last)
    except (IndexError, msgspec.MsgspecError) as error:
        raise Damaged(room, seq + 1, "the file has no end: records may be missing") from error
    if last.end != seq:
        raise Damaged(room, min(seq, last.end) + 1, f"the file ends at {seq}, and says that it ends at {last.end}")
    if last.hash != chain.hex():
        raise Damaged(room, seq, "the last hash is not that of the last record")
    return last
