"""Whether a folder that a power cut has left keeps every promise that had been made by then.

`covered` reads what is sure to be on the disk at each moment, by SQLite alone, and finds promises that left earlier.
`judge` opens a folder with the real store, twice, and finds what is missing and what was wrongly turned away. Both
work in processes of their own, which read the trace from its file.
"""

from __future__ import annotations

import hashlib
import logging
import random
import shutil
import signal
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from functools import lru_cache
from pathlib import Path
from typing import Final

import attrs
import structlog

from makersphere_server.storage.event_log import Record
from makersphere_server.storage.store import DATABASE_FILE, Store
from tests.faults.rig.disk import Disk, record, surviving
from tests.faults.rig.strace import read_calls
from tests.faults.rig.told import Told, read_told

__all__ = ["DATA", "DISK", "LEFT", "Life", "covered", "cuts", "judge", "prepare", "read_life"]

DISK: Final = "disk"  # the folder below a life's that is modelled
DATA: Final = "data"  # the server's data folder, below that
LEFT: Final = "left"  # a copy of the modelled folder, as the killed server left it
TRACE: Final = "trace"
_MOST: Final = 1_000_000
_PATIENCE_S: Final = 60


def prepare() -> None:
    """Prepare a process for this work: a store that does not open in time raises, and what it logs is left out."""

    def too_long(*_: object) -> None:
        raise TimeoutError(f"not within {_PATIENCE_S} s")

    signal.signal(signal.SIGALRM, too_long)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))


@attrs.frozen
class Life:
    """What a server did in one trace.

    Attributes:
        disk: what it asked of the disk.
        told: what it promised.
        hashes: of each room that is left in the end, the chain hash after each of its records, by `seq`.
    """

    disk: Disk
    told: Sequence[Told]
    hashes: Mapping[str, Mapping[int, bytes]]


@lru_cache(maxsize=1)
def read_life(folder: Path) -> Life:
    """Return the life that was traced in a folder; the database that it ended with lies there, too."""
    calls = list(read_calls(folder / TRACE))
    hashes: dict[str, dict[int, bytes]] = {}
    with closing(sqlite3.connect(folder / DISK / DATA / DATABASE_FILE)) as database:
        for room, seq, chain in database.execute("SELECT room, seq, hash FROM records"):
            hashes.setdefault(room, {})[seq] = chain
    return Life(record(calls, folder / DISK, folder / LEFT), read_told(calls), hashes)


# -- what is sure at each moment


def covered(folder: Path, scratch: Path) -> tuple[Counter[str], list[str]]:
    """Compare each promise with what was sure to be on the disk when it left; return counts and problems."""
    life, counts, problems = read_life(folder), Counter[str](), list[str]()
    heads: dict[str, int] = {}
    keys = b""
    known: object = None
    for told in life.told:
        if told.is_erased:
            continue
        sure = sorted(life.disk.sure_at(told.line).items(), key=str)
        if sure != known:
            known, (heads, keys) = sure, _sure(life.disk, told.line, scratch)
        kind = "acks" if told.id else "welcomes" if told.token else "updates"
        counts[f"{kind}_after_sync"] += 1
        if told.seq > heads.get(told.room, -1):
            sure_seq = heads.get(told.room)
            problems.append(f"{kind} before sync: line {told.line + 1} tells {told.seq}, sure is {sure_seq}")
        elif told.token and _digest(told.token) not in keys:
            problems.append(f"{kind} before sync: line {told.line + 1} gives out a token that is not on the disk yet")
    return counts, problems


def _sure(disk: Disk, line: int, scratch: Path) -> tuple[dict[str, int], bytes]:
    """Return each room's head, and all that is private, by what is sure at a line."""
    image = surviving(disk, line, "nothing", random.Random(0))
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    image.lay(scratch)
    path = scratch / DATA / DATABASE_FILE
    if not path.exists():
        return {}, b""
    with closing(sqlite3.connect(path)) as database:
        if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'private'").fetchall():
            return {}, b""
        heads = dict(database.execute("SELECT room, seq FROM rooms").fetchall())
        return heads, b"\n".join(value for (value,) in database.execute("SELECT value FROM private"))


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).hexdigest()[:32].encode()


# -- what may be left


def cuts(life: Life, count: int, chance: random.Random) -> Iterator[int]:
    """Yield lines before which the power is cut: right after promises, amid names that are not sure, and anywhere."""
    promised = [told.line + 1 for told in life.told]
    erased = [told.line + 1 for told in life.told if told.is_erased]
    named = [naming.begin + 1 for naming in life.disk.namings]
    anywhere = [write.begin + 1 for write in life.disk.writes] + [sync.begin + 1 for sync in life.disk.syncs]
    places = [promised, anywhere, named, promised, anywhere, erased, anywhere]
    for number in range(count):
        yield chance.choice(places[number % len(places)] or anywhere)


def judge(folder: Path, cut: int, kind: str, seed: str, scratch: Path) -> list[str]:
    """Lay down what may be left after a cut, open it with the real store, and return what is wrong."""
    life = read_life(folder)
    image = surviving(life.disk, cut, kind, random.Random(seed))
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    image.lay(scratch)
    promised = [told for told in life.told if told.line < cut]
    problems: list[str] = []
    signal.alarm(_PATIENCE_S)
    try:
        for opening in ("", "opened again: "):
            problems += [opening + problem for problem in _opened(scratch / DATA, life, promised)]
    except Exception as error:  # noqa: BLE001  (whatever it is, a person would not get at the rooms)
        problems.append(f"the store does not open: {type(error).__name__}: {error}")
    finally:
        signal.alarm(0)
    shutil.rmtree(scratch, ignore_errors=True)
    return [f"{problem} (cut at line {cut}, {kind})" for problem in problems]


def _opened(data: Path, life: Life, promised: Sequence[Told]) -> Iterator[str]:
    erased = {told.room for told in life.told if told.is_erased}
    with closing(Store(data)) as store:
        if store.mended:
            yield "the database was held for damaged"
        rows = {row.room: row for row in store.rooms()}
        yield from (f"{room} is quarantined: {row.reason}" for room, row in rows.items() if row.state == "quarantined")
        for told in promised:
            if told.is_erased and told.room in rows:
                yield f"{told.room} was erased and is there again"
        for room in {told.room for told in promised} - erased:
            if room not in rows:
                yield f"room {room} is lost"
            elif rows[room].state != "quarantined":
                here = [told for told in promised if told.room == room]
                yield from _room(room, store, life.hashes[room], here)


def _room(room: str, store: Store, hashes: Mapping[int, bytes], promised: Sequence[Told]) -> Iterator[str]:
    records = store.read(room, 0, _MOST)
    private = b"\n".join(store.privates(room).values())
    head = store.head(room)
    if len(records) != head.seq or (head.seq and head.hash != hashes.get(head.seq)):
        yield f"{room} has another history at {head.seq}"
    for told in promised:
        if told.seq > len(records):
            yield f"{room}: {told.id or 'what was told'} at {told.seq} is lost, the log ends at {len(records)}"
        elif told.id and not _is_there(records[told.seq - 1], told):
            yield f"{room}: {told.seq} is not what seat {told.seat} was answered about {told.id}"
        elif told.token and _digest(told.token) not in private:
            yield f"{room}: a token that was given out opens nothing"


def _is_there(record: Record, told: Told) -> bool:
    return record.command_id == told.id and record.actor == told.seat
