"""What a room's log holds: the room's founding row and one record per accepted command, and their bytes.

The canonical bytes of a record are one line of JSON with its fields in the order written here. The same
line is stored, hashed (`chain.py`) and exported, so that anybody can check a log with a JSON reader and
SHA-256. Never looks into a command, an event or an answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version
from typing import Final

import attrs
import msgspec

__all__ = ["CLASS", "VERSION", "Record", "RoomRow", "decode_record", "decode_room", "encode_record", "encode_room"]

VERSION: Final = version("makersphere")
CLASS: Final = b'{"class":1}'  # stands where a room has its scenario


class Record(msgspec.Struct, frozen=True, kw_only=True, gc=False):  # nothing in it leads back to it
    """One accepted command. The first of a room has `seq` 1; 0 is the room's creation.

    Attributes:
        seq: the room's number of accepted commands, this one included.
        season: where it fell.
        phase: where it fell.
        actor: the seat, or 0 for the room itself.
        by: who moved the actor: person, bot, default, host, clock or room.
        token: who sent it, by the hashed id of the first token that this person had; "" for the room's own.
        command_id: unique per person, "" for the room's own.
        command: compact JSON of `{"name", "args"}`.
        events: compact JSON, from `notation.encode_events`.
        answer: compact JSON to repeat when the same id comes again; b"" where nobody waits for one.
        at_ms: wall clock since 1970, a label only.
        member: which person of the seat's team it was, or which host, from 1; 0 where it was nobody.
        mark: drawn at random for this record and made of nothing that it says, so that another record of the same
            number is told from it without a word about either; "" in a log from before there were marks.
    """

    seq: int
    season: int
    phase: str
    actor: int
    by: str
    token: str = ""
    command_id: str = ""
    command: bytes
    events: bytes
    answer: bytes = b""
    at_ms: int
    member: int = 0
    mark: str = ""

    def __repr__(self) -> str:
        """Say which record it is, and nothing that may be secret: a repr ends up in a log."""
        return f"Record(seq={self.seq}, season={self.season}, phase={self.phase!r}, actor={self.actor}, by={self.by!r})"


@attrs.frozen(kw_only=True)
class RoomRow:
    """A room as it was founded (kept for ever) and how it stands (`epoch`, `state`, `reason`: may change).

    Attributes:
        room: the room's code.
        scenario: compact JSON of the scenario's source mapping, so that the room replays for ever.
        roles: the role of each seat in order.
        seed: key of all dice; secret until the end.
        nonce: with the seed, what the published commitment is the hash of.
        seed_chosen: somebody chose the seed, so it was no secret.
        epoch: raised whenever the room goes on from a shorter history.
        created_ms: wall clock since 1970, a label only.
        version: the game's version whose rules it was founded under.
        packages: by rule module that is not the game's own, the distribution that brought it, with its version.
        state: open, over, closed (nobody is let in any more) or quarantined.
        reason: why it is quarantined or could not be opened, for the person who runs the server.
    """

    room: str
    scenario: bytes = attrs.field(repr=False)
    roles: tuple[str, ...]
    seed: bytes = attrs.field(repr=False)
    nonce: bytes = attrs.field(repr=False)
    seed_chosen: bool
    epoch: int
    created_ms: int
    state: str = "open"
    reason: str = ""
    version: str = VERSION
    packages: Mapping[str, str] = attrs.field(factory=dict)

    @property
    def is_class(self) -> bool:
        """Return whether it is no room but a class, whose tables are rooms of their own."""
        return self.scenario == CLASS


class _RecordLine(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    """The line of a record; its order of fields is part of the format."""

    seq: int
    season: int
    phase: str
    actor: int
    by: str
    token: str
    id: str
    command: msgspec.Raw
    events: msgspec.Raw
    at_ms: int
    answer: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET  # left out where nobody waits for one
    member: int | msgspec.UnsetType = msgspec.UNSET  # left out where it was no person
    mark: str | msgspec.UnsetType = msgspec.UNSET  # left out in logs from before


class _RoomLine(msgspec.Struct, forbid_unknown_fields=True):
    """The founding line of a room; what may change later is not in it."""

    room: str
    scenario: msgspec.Raw
    roles: tuple[str, ...]
    seed: str
    nonce: str
    seed_chosen: bool
    created_ms: int
    version: str
    packages: dict[str, str] | msgspec.UnsetType = msgspec.UNSET  # left out where all rules are the game's own


_encode = msgspec.json.Encoder().encode
_record_line = msgspec.json.Decoder(_RecordLine).decode
_room_line = msgspec.json.Decoder(_RoomLine).decode


def encode_record(record: Record) -> bytes:
    """Return the canonical line of a record, without a line break."""
    return _encode(
        _RecordLine(
            seq=record.seq,
            season=record.season,
            phase=record.phase,
            actor=record.actor,
            by=record.by,
            token=record.token,
            id=record.command_id,
            command=msgspec.Raw(record.command),
            events=msgspec.Raw(record.events),
            at_ms=record.at_ms,
            answer=msgspec.Raw(record.answer) if record.answer else msgspec.UNSET,
            member=record.member or msgspec.UNSET,
            mark=record.mark or msgspec.UNSET,
        )
    )


def decode_record(line: bytes) -> Record:
    """Return the record of a canonical line.

    Raises:
        msgspec.MsgspecError: the line is not that of a record.
    """
    found = _record_line(line)
    return Record(
        seq=found.seq,
        season=found.season,
        phase=found.phase,
        actor=found.actor,
        by=found.by,
        token=found.token,
        command_id=found.id,
        command=bytes(found.command),
        events=bytes(found.events),
        answer=b"" if isinstance(found.answer, msgspec.UnsetType) else bytes(found.answer),
        at_ms=found.at_ms,
        member=0 if isinstance(found.member, msgspec.UnsetType) else found.member,
        mark="" if isinstance(found.mark, msgspec.UnsetType) else found.mark,
    )


def encode_room(row: RoomRow) -> bytes:
    """Return the canonical line of a room's founding; its state, epoch and reason are left out."""
    return _encode(
        _RoomLine(
            room=row.room,
            scenario=msgspec.Raw(row.scenario),
            roles=row.roles,
            seed=row.seed.hex(),
            nonce=row.nonce.hex(),
            seed_chosen=row.seed_chosen,
            created_ms=row.created_ms,
            version=row.version,
            packages=dict(sorted(row.packages.items())) or msgspec.UNSET,
        )
    )


def decode_room(line: bytes, epoch: int, state: str = "open", reason: str = "") -> RoomRow:
    """Return the room of a founding line.

    Raises:
        msgspec.MsgspecError: the line is not that of a founding.
        ValueError: seed or nonce are no hexadecimal digits.
    """
    found = _room_line(line)
    return RoomRow(
        room=found.room,
        scenario=bytes(found.scenario),
        roles=found.roles,
        seed=bytes.fromhex(found.seed),
        nonce=bytes.fromhex(found.nonce),
        seed_chosen=found.seed_chosen,
        epoch=epoch,
        created_ms=found.created_ms,
        state=state,
        reason=reason,
        version=found.version,
        packages={} if isinstance(found.packages, msgspec.UnsetType) else found.packages,
    )
