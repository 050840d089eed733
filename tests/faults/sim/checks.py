"""What has to hold when a simulated hour is over: the log, opened afresh, against everything that anybody was told."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

import msgspec

from makersphere_rules.scenario_building import build
from makersphere_rules.seen import views
from makersphere_rules.shipped import modules
from makersphere_rules.state import State
from makersphere_server.afterwards.replay import Replay
from makersphere_server.room.model.log.timeline import rewinds
from makersphere_server.storage.chain import Damaged
from makersphere_server.storage.record import VERSION, Record, RoomRow
from makersphere_server.storage.store import Store
from tests.faults.sim.journal import Journal, Picture

__all__ = ["check_log", "difference"]

_ALL: Final = 1 << 40
# kinds that are no part of the game
_OVERLAID: Final = frozenset(
    {"answers", "room", "module", "introduced", "show", "clock", "dice", "on_the_way", "why", "why_progress"}
)
_SHARED: Final = "seat"  # a kind of the game to which the room adds fields
_STORY: Final = "story"  # whoever sat down later is told their own part of it

Tree = dict[str, Any]


def check_log(journal: Journal) -> None:
    """Open the folder as the next server would, and compare it with the journal."""
    world = journal.world
    store = Store(world.disk.folder)
    try:
        rows = {row.room: row for row in store.rooms()}
        for room, row in rows.items():
            if row.state == "quarantined":
                world.problem(f"room {room} is quarantined: {row.reason}")
                continue
            records = list(store.read(room, 0, _ALL))
            _check_acks(journal, room, records)
            _check_pictures(journal, row, records)
            journal.histories.check_log(room, records)
        for room in sorted({ack.room for ack in journal.acks} - rows.keys()):
            world.problem(f"room {room} is gone")
    finally:
        store.close()


def _check_acks(journal: Journal, room: str, records: list[Record]) -> None:
    world = journal.world
    if [record.seq for record in records] != list(range(1, len(records) + 1)):
        world.problem(f"the records of {room} have gaps")
    ids = Counter(record.command_id for record in records if record.command_id)
    for id_, count in ids.items():
        if count > 1:
            world.problem(f"{id_} counts {count} times")
    for ack in journal.acks:
        if ack.room == room and (ack.seq > len(records) or records[ack.seq - 1].command_id != ack.id):
            world.problem(f"{ack.id} was acknowledged as {ack.seq} and is not there")


def _check_pictures(journal: Journal, row: RoomRow, records: list[Record]) -> None:
    """Play the log again, and compare what was seen at a `seq` with what it says there."""
    world = journal.world
    wanted: dict[int, list[Picture]] = {}
    for picture in journal.pictures:
        if picture.room == row.room:
            wanted.setdefault(picture.seq, []).append(picture)
    scenario = build(msgspec.json.decode(row.scenario), modules())
    replay = Replay(row, scenario, decides=row.version == VERSION, starts=rewinds(records))
    try:
        for seq in range(len(records) + 1):
            if seq:
                replay.take(records[seq - 1])
            for picture in wanted.get(seq, ()):
                _compare(journal, picture, replay.state)
    except Damaged as damage:
        world.problem(f"the log of {row.room} is wrong: {damage}")


def _compare(journal: Journal, picture: Picture, state: State) -> None:
    where = f"{picture.name} at {picture.seq}"
    found = difference(views.table_of(state), msgspec.json.decode(picture.table))
    if found:
        journal.world.problem(f"the table of {where} is not the log's: {found}")
    if picture.seat > 0:
        hand = msgspec.json.decode(picture.hand)
        for kind, entities in views.hand_of(state, picture.seat).items():
            told = hand.get(kind)
            if told != entities and not (kind == _STORY and _is_part(told, entities)):
                journal.world.problem(f"the hand of {where} is not the log's: {kind}")
    journal.world.met["pictures compared with the log"] += 1


def _is_part(told: object, whole: object) -> bool:
    """Return whether all of a tree stands in another one."""
    if isinstance(told, dict) and isinstance(whole, dict):
        return all(key in whole and _is_part(value, whole[key]) for key, value in told.items())
    return told == whole


def difference(pure: Tree, seen: Tree) -> str:
    """Return where a table is not the game's, or ""."""
    for kind in sorted({*pure, *seen} - _OVERLAID):
        wanted, found = pure.get(kind), seen.get(kind)
        if kind == _SHARED and isinstance(wanted, dict) and isinstance(found, dict):
            for key, fields in wanted.items():
                here = found.get(key, {})
                wrong = [name for name, value in fields.items() if here.get(name) != value]
                if wrong:
                    return f"seat {key} {wrong[0]}: {fields[wrong[0]]!r} in the log, {here.get(wrong[0])!r} told"
        elif wanted != found:
            return f"{kind}: {str(wanted)[:80]} in the log, {str(found)[:80]} told"
    return ""
