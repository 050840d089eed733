"""Whether a room's log is honest: everything in it is computed again, and compared.

Checked are the hash chain, each command against the rules (the same command in the same state gives the same events),
each draw against the seed, the seed against the commitment that was published, the sum of all accounts after each
record, the modules' invariants, and the final state. The report names the first `seq` that is wrong. The facts of a
room that was founded under another version are replayed, and its commands are not decided again. Never writes, and
needs no lock: the rooms of a running server can be checked.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import attrs
import msgspec
from sqlalchemy import Connection

from makersphere_rules.mistakes import ScenarioError
from makersphere_rules.written.notation import state_hash
from makersphere_server.afterwards.replay import Replay
from makersphere_server.room.commands.founded_rules import RulesMissing, scenario_of
from makersphere_server.room.model.log.timeline import rewinds
from makersphere_server.storage.backing import known_heads
from makersphere_server.storage.chain import Damaged
from makersphere_server.storage.database import reading
from makersphere_server.storage.heads import Heads
from makersphere_server.storage.log_file import read_jsonl
from makersphere_server.storage.overlay import Doubtful
from makersphere_server.storage.place import Place
from makersphere_server.storage.reading import (
    changed_values,
    check_head,
    find_room,
    gone,
    load_heads,
    read_stretch,
    sound_part,
)
from makersphere_server.storage.record import VERSION, Record, RoomRow

__all__ = ["UNREAD", "Report", "verify_file", "verify_room", "verify_stored"]

UNREAD: Final = "unread"  # of a room that could not be checked
_ALL: Final = 1 << 40  # records


@attrs.frozen
class Report:
    """What a check has found.

    Attributes:
        room: the room's code.
        version: the version that it was founded under.
        records: how many records were found right.
        decided: how many of them were decided again.
        draws: how many draws were computed again.
        balances: how many times the accounts were summed up; each sum was zero.
        wrong_seq: the first `seq` that is wrong (0: the founding), or None.
        reason: why; or, where the log is right, what is wrong with the names and tokens beside it.
        doubtful: the keys of the names and tokens that are not what was stored last.
        hash: the chain hash of the last record that is right.
        state_hash: hash of the state there.
        status: lobby, running or over; of a class "class"; "unread" where nothing could be checked.
    """

    room: str
    version: str
    records: int = 0
    decided: int = 0
    draws: int = 0
    balances: int = 0
    wrong_seq: int | None = None
    reason: str = ""
    doubtful: tuple[str, ...] = ()
    hash: str = ""
    state_hash: str = ""
    status: str = ""

    @property
    def is_right(self) -> bool:
        """Return whether nothing is wrong."""
        return not self.reason


def verify_room(row: RoomRow, records: Sequence[Record], *, decides: bool | None = None) -> Report:
    """Check a room's whole log.

    Args:
        row: the room.
        records: all its records.
        decides: whether commands are decided again; by default where the version is this one.
    """
    if row.is_class:  # no game: its records are sound, or they could not have been read
        return Report(row.room, row.version, len(records), status="class")
    try:
        scenario = scenario_of(row)
    except RulesMissing as missing:
        return Report(row.room, row.version, status=UNREAD, reason=str(missing))
    except (msgspec.MsgspecError, ScenarioError) as error:
        return Report(row.room, row.version, wrong_seq=0, reason=f"the scenario cannot be played: {error}")
    decides = row.version == VERSION if decides is None else decides
    replay = Replay(row, scenario, decides=decides, starts=rewinds(records))
    damage = None
    try:
        for record in records:
            replay.take(record)
    except Damaged as found:
        damage = found
    report = Report(
        row.room,
        row.version,
        replay.records,
        replay.decided,
        replay.draws,
        replay.balances,
        hash=replay.hash.hex(),
        state_hash=state_hash(replay.state) if damage is None else "",
        status=replay.state.game.status,
    )
    return _with_damage(report, damage)


def verify_file(path: Path) -> Report:
    """Check a log that was exported.

    Raises:
        NotALog: the file is no log.
        OSError: the file cannot be read.
    """
    file = read_jsonl(path)
    report = _with_damage(verify_room(file.row, file.records), file.damage)
    if report.is_right and file.state_hash not in ("", report.state_hash):
        reason = "the final state is not the one that the file names"
        return attrs.evolve(report, wrong_seq=report.records, reason=reason)
    return report


def verify_stored(place: Place, room: str) -> Report:
    """Check a room in a data folder or a database, also while a server works in it.

    Raises:
        KeyError: there is no such room.
        OSError: the store cannot be read.
    """
    known = known_heads(place)  # before the store, which is then never behind it
    try:
        with reading(place) as conn:
            row, records, damage = _read(conn, room, known)
            doubt = changed_values(conn, room)
    except Damaged as lost:
        return Report(room, "", wrong_seq=lost.seq, reason=lost.reason)
    report = verify_room(row, records)
    if isinstance(damage, Doubtful):
        damage, doubt = None, damage
    report = _with_damage(report, damage)
    if report.is_right and doubt is not None:
        return attrs.evolve(report, reason=doubt.reason, doubtful=doubt.keys)
    return report


def _read(conn: Connection, room: str, known: Heads) -> tuple[RoomRow, Sequence[Record], Damaged | None]:
    """Return a room, its sound records, and the damage that ends them, if there is any."""
    head = load_heads(conn).get(room)
    if head is None:
        if room not in known.rooms:
            raise KeyError(room)
        raise gone(room, known.rooms[room])
    row = find_room(conn, room)
    try:
        records = read_stretch(conn, room, 0, _ALL, head)
        try:
            check_head(conn, room, head, known)
        except Doubtful as doubt:
            return row, records, doubt
    except Damaged as damage:
        last, _ = sound_part(conn, row)
        whole = min(last, damage.seq - 1)
        return row, read_stretch(conn, room, 0, whole, head) if whole > 0 else (), damage
    return row, records, None


def _with_damage(report: Report, damage: Damaged | None) -> Report:
    if damage is None or (report.wrong_seq is not None and report.wrong_seq < damage.seq):
        return report
    return attrs.evolve(report, wrong_seq=damage.seq, reason=damage.reason)
