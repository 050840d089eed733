"""What every event log promises a room, whatever it keeps its records in."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from makersphere_server.storage.chain import founding_hash, link
from makersphere_server.storage.event_log import DuplicateId, EventLog, Record, RoomTaken, SeqConflict
from makersphere_server.storage.place import Database
from makersphere_server.storage.record import encode_record
from makersphere_server.storage.shared.owners import Server
from makersphere_server.storage.shared.shared_log import SharedLog
from makersphere_server.storage.sqlite_log import SqliteLog
from tests.postgres import Cluster
from tests.server.rig.made_up_logs import record, records, row
from tests.server.rig.memory_log import MemoryLog


async def _memory(_folder: Path, _request: pytest.FixtureRequest) -> EventLog:
    return MemoryLog()


async def _sqlite(folder: Path, _request: pytest.FixtureRequest) -> EventLog:
    return await SqliteLog.open(folder)


async def _postgresql(folder: Path, request: pytest.FixtureRequest) -> EventLog:
    cluster: Cluster = request.getfixturevalue("postgresql")
    return await SqliteLog.open(Database.read(cluster.new_database()))


async def _shared(folder: Path, request: pytest.FixtureRequest) -> EventLog:
    cluster: Cluster = request.getfixturevalue("postgresql")
    return await SharedLog.join(Database.read(cluster.new_database()), Server("one", "wss://one.example/ws"))


@pytest.fixture(
    params=[_memory, _sqlite, _postgresql, _shared], ids=["memory", "sqlite", "postgresql", "shared postgresql"]
)
async def log(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[EventLog]:
    """Return an empty log of each sort."""
    opened: EventLog = await request.param(tmp_path, request)
    yield opened
    await opened.close()


async def test_what_was_appended_is_read_back_in_order(log: EventLog) -> None:
    """A room gets back its own records, all or those after a `seq`, and no other room's."""
    await log.create(row("ROOM222"))
    await log.create(row("ROOM333"))
    await log.append("ROOM222", 0, records(1, 3))
    await log.append("ROOM333", 0, records(1, 1))
    await log.append("ROOM222", 3, records(4, 5))
    assert await log.read("ROOM222") == records(1, 5)
    assert await log.read("ROOM222", 3) == records(4, 5)
    assert await log.read("ROOM222", 5) == []
    assert await log.read("ROOM333") == records(1, 1)


async def test_rooms_come_back_as_they_were_founded_oldest_first(log: EventLog) -> None:
    """A restarted server finds everything that a room needs, seed and nonce included."""
    rows = [row("ROOM999"), row("ROOM222", roles=("maker", "investor"), seed_chosen=True, epoch=4)]
    for each in rows:
        await log.create(each)
    assert await log.rooms() == rows
    assert await log.read("ROOM999") == []


async def test_a_room_code_is_founded_once(log: EventLog) -> None:
    """A second room under the same code is refused, and the first stays as it was."""
    await log.create(row())
    with pytest.raises(RoomTaken):
        await log.create(row(seed_chosen=True))
    assert await log.rooms() == [row()]


async def test_a_room_is_founded_with_its_overlay(log: EventLog) -> None:
    """Who may open the host's chair is stored with the room itself; a second founding changes none of it."""
    await log.create(row(), {"hosts": b"[1]"})
    with pytest.raises(RoomTaken):
        await log.create(row(), {"hosts": b"[2]"})
    assert await log.privates("ROOM234") == {"hosts": b"[1]"}


async def test_a_writer_that_is_behind_or_ahead_stores_nothing(log: EventLog) -> None:
    """Two owners of one room cannot both write it."""
    await log.create(row())
    await log.append("ROOM234", 0, records(1, 2))
    for expected in (0, 1, 3):
        with pytest.raises(SeqConflict) as caught:
            await log.append("ROOM234", expected, records(expected + 1, expected + 1))
        assert (caught.value.expected, caught.value.found) == (expected, 2)
    assert await log.read("ROOM234") == records(1, 2)


async def test_numbers_with_a_gap_are_a_bug(log: EventLog) -> None:
    """Records that don't go on from the expected `seq` never reach the store."""
    await log.create(row())
    with pytest.raises(ValueError, match="record 2 where 1 belongs"):
        await log.append("ROOM234", 0, [record(2)])
    assert await log.head("ROOM234") == (0, founding_hash(row()).hex())


@pytest.mark.parametrize(
    "again", [[record(3, command_id="one")], [record(3, command_id="x"), record(4, command_id="x")]]
)
async def test_a_command_id_is_stored_once_per_token(log: EventLog, again: list[Record]) -> None:
    """The same id of the same token, in the log or in the batch, is refused whole; another token's is not."""
    await log.create(row())
    await log.append("ROOM234", 0, [record(1, command_id="one"), record(2, command_id="one", token="u" * 32)])
    with pytest.raises(DuplicateId):
        await log.append("ROOM234", 2, again)
    assert (await log.head("ROOM234"))[0] == 2
    await log.append("ROOM234", 2, [record(3, command_id="", token=""), record(4, command_id="", token="")])


async def test_the_head_is_the_last_seq_and_the_chain_up_to_it(log: EventLog) -> None:
    """The head is what `append` returned: SHA-256 over the one before and the canonical line."""
    await log.create(row())
    chain = founding_hash(row())
    assert await log.head("ROOM234") == (0, chain.hex())
    for seq in (1, 2):
        chain = link(chain, encode_record(record(seq)))
        assert await log.append("ROOM234", seq - 1, [record(seq)]) == chain.hex()
        assert await log.head("ROOM234") == (seq, chain.hex())


async def test_an_empty_append_changes_no_head(log: EventLog) -> None:
    """Overlay values may be stored alone, under the same watch over `seq`."""
    await log.create(row())
    chain = await log.append("ROOM234", 0, records(1, 1))
    assert await log.append("ROOM234", 1, [], {"clock": b"90"}) == chain
    with pytest.raises(SeqConflict):
        await log.append("ROOM234", 0, [], {"clock": b"10"})
    assert await log.privates("ROOM234") == {"clock": b"90"}
    assert await log.head("ROOM234") == (1, chain)


async def test_overlay_values_are_set_replaced_and_erased(log: EventLog) -> None:
    """The overlay holds the newest value of each key; None erases it; the chain knows nothing of it."""
    await log.create(row())
    before = await log.head("ROOM234")
    await log.put_private("ROOM234", {"name:1": b"Ada", "name:2": b"Lin", "token:1": b"\x00\xff"})
    await log.put_private("ROOM234", {"name:1": b"Grace", "name:2": None, "gone": None})
    assert await log.privates("ROOM234") == {"name:1": b"Grace", "token:1": b"\x00\xff"}
    assert await log.head("ROOM234") == before


async def test_overlay_values_of_an_append_come_with_its_records(log: EventLog) -> None:
    """Records and overlay are one transaction: what is refused leaves neither."""
    await log.create(row())
    await log.append("ROOM234", 0, records(1, 1), {"name:1": b"Ada"})
    twice = replace(records(1, 1)[0], seq=2)
    with pytest.raises(DuplicateId):
        await log.append("ROOM234", 1, [twice], {"name:1": b"Bob"})
    assert await log.privates("ROOM234") == {"name:1": b"Ada"}


async def test_a_state_is_kept_with_its_reason(log: EventLog) -> None:
    """A room that ended or was stopped is found so after a restart."""
    await log.create(row())
    await log.set_state("ROOM234", "quarantined", "an invariant failed")
    (found,) = await log.rooms()
    assert (found.state, found.reason) == ("quarantined", "an invariant failed")


async def test_a_reopened_room_goes_on_in_a_higher_epoch(log: EventLog) -> None:
    """What is left of the history stays; the epoch tells clients that it may be shorter."""
    await log.create(row())
    await log.append("ROOM234", 0, records(1, 3))
    await log.set_state("ROOM234", "quarantined", "a client had seen more")
    found = await log.reopen("ROOM234")
    assert (found.epoch, found.state, found.reason) == (2, "open", "")
    assert await log.rooms() == [found]
    await log.append("ROOM234", 3, records(4, 4))
    assert await log.read("ROOM234") == records(1, 4)


Call = Callable[[EventLog], Awaitable[object]]


@pytest.mark.parametrize(
    "call",
    [
        lambda log: log.append("NOSUCH2", 0, records(1, 1)),
        lambda log: log.read("NOSUCH2"),
        lambda log: log.head("NOSUCH2"),
        lambda log: log.privates("NOSUCH2"),
        lambda log: log.put_private("NOSUCH2", {"a": b""}),
        lambda log: log.set_state("NOSUCH2", "over"),
        lambda log: log.reopen("NOSUCH2"),
    ],
)
async def test_an_unknown_room_is_a_key_error(log: EventLog, call: Call) -> None:
    """A code that was never founded has no log, and asking makes none."""
    with pytest.raises(KeyError):
        await call(log)
    assert await log.rooms() == []


async def test_rooms_that_append_at_once_don_t_disturb_each_other(log: EventLog) -> None:
    """One room's conflict among many waiting appends costs no other room its commit."""
    codes = [f"ROOM{number:03}" for number in range(40)]
    await asyncio.gather(*(log.create(row(code)) for code in codes))
    wrong = codes[7]
    waiting = [
        log.append(code, 7, records(8, 9)) if code == wrong else log.append(code, 0, records(1, 2)) for code in codes
    ]
    answers = await asyncio.gather(*waiting, return_exceptions=True)
    assert [isinstance(answer, SeqConflict) for answer in answers] == [code == wrong for code in codes]
    assert [len(await log.read(code)) for code in codes] == [0 if code == wrong else 2 for code in codes]
