"""Rows, records and made-up logs for the tests of the store."""

from makersphere_server.storage.event_log import Record, RoomRow

__all__ = ["record", "records", "row"]


def row(room: str = "ROOM234", **changes: object) -> RoomRow:
    """Return a room's row; rooms differ in code and seed."""
    fields = {
        "room": room,
        "scenario": b'{"name":"counter"}',
        "roles": ("player", "player"),
        "seed": room.encode().ljust(32, b"s"),
        "nonce": b"n" * 16,
        "seed_chosen": False,
        "epoch": 1,
        "created_ms": 1_700_000_000_000,
        **changes,
    }
    return RoomRow(**fields)  # type: ignore[arg-type]


def record(seq: int, *, actor: int = 1, command_id: str | None = None, token: str = "t" * 32) -> Record:
    """Return a record as counter would make it."""
    return Record(
        seq=seq,
        season=1,
        phase="count",
        actor=actor,
        by="person",
        token=token,
        command_id=f"c{seq:020}" if command_id is None else command_id,
        command=b'{"args":{"by":3},"name":"count"}',
        events=b'[{"data":{"by":3,"count":%d,"seat":%d,"total":%d},"type":"counted","v":1}]' % (seq, actor, seq),
        answer=b'{"seq":%d}' % seq,
        at_ms=1_700_000_000_000 + seq,
    )


def records(first: int, last: int, *, seats: int = 30) -> list[Record]:
    """Return the records `first` to `last`, from so many seats in turn."""
    return [record(seq, actor=seq % seats + 1, token=f"{seq % seats:032}") for seq in range(first, last + 1)]
