"""Several servers on one database: each room has one owner, and nobody else writes it, whatever they believe."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

import attrs
import pytest
from sqlalchemy.exc import OperationalError

from makersphere_server.storage.event_log import DatabaseRefused, Elsewhere, RoomTaken, StoreUnavailable, TakenOver
from makersphere_server.storage.place import Database
from makersphere_server.storage.shared.owners import Owner, Server
from makersphere_server.storage.shared.shared_log import SharedLog
from makersphere_server.storage.sqlite_log import SqliteLog
from makersphere_server.storage.store import Store
from makersphere_server.storage.transaction import Append, SetState, Write
from tests.postgres import ask, end_all, until_all_ended
from tests.server.rig.made_up_logs import records, row
from tests.server.storage.conftest import ONE, TWO, Pair

_LEASE_OVER = "UPDATE room_servers SET until = now() WHERE name = '{}'"
_EPOCH = "SELECT epoch FROM room_owners"


async def _freeze(pair: Pair) -> None:
    """Have the first server's lease end without its knowledge, and the second one take its room."""
    ask(pair.database.url, _LEASE_OVER.format("one"))
    assert await pair.two.take_over() == ["ROOM234"]


async def test_the_founder_of_a_room_owns_it_and_every_server_can_say_so(pair: Pair) -> None:
    """So any server that somebody comes to can name the address."""
    for log in (pair.one, pair.two):
        assert await log.owner("ROOM234") == Owner("one", "wss://one.example/ws", is_alive=True)
        with pytest.raises(KeyError):
            await log.owner("NOSUCH2")


_USES: dict[str, Callable[[SharedLog], Awaitable[object]]] = {
    "append": lambda log: log.append("ROOM234", 2, records(3, 3)),
    "append of values alone": lambda log: log.append("ROOM234", 2, [], {"clock": b"1"}),
    "values": lambda log: log.put_private("ROOM234", {"clock": b"1"}),
    "state": lambda log: log.set_state("ROOM234", "over"),
    "reopen": lambda log: log.reopen("ROOM234"),
    "erase": lambda log: log.erase("ROOM234"),
}
_ROWS = ("SELECT * FROM rooms", "SELECT * FROM records", "SELECT * FROM private", "SELECT * FROM room_owners")


@pytest.mark.parametrize("use", [*_USES, "read", "head"])
async def test_a_room_of_another_server_is_refused_whatever_is_asked(use: str, pair: Pair) -> None:
    """It says that the room is elsewhere, and changes nothing."""
    reads: dict[str, Callable[[str], Awaitable[object]]] = {"read": pair.two.read, "head": pair.two.head}
    before = [ask(pair.database.url, rows) for rows in _ROWS]
    with pytest.raises(Elsewhere):
        await (reads[use]("ROOM234") if use in reads else _USES[use](pair.two))
    assert [ask(pair.database.url, rows) for rows in _ROWS] == before


@pytest.mark.parametrize("use", _USES)
async def test_an_owner_that_was_frozen_until_its_room_was_taken_writes_nothing(use: str, pair: Pair) -> None:
    """It believes that the room is its own, and knows where the log ends: the database alone turns it away."""
    await _freeze(pair)
    before = [ask(pair.database.url, rows) for rows in _ROWS]
    for _ in range(2):
        with pytest.raises(Elsewhere):
            await _USES[use](pair.one)
    assert [ask(pair.database.url, rows) for rows in _ROWS] == before
    await pair.two.append("ROOM234", 2, records(3, 3))
    assert await pair.two.read("ROOM234") == records(1, 3)


async def test_who_lost_one_room_still_writes_the_others(pair: Pair) -> None:
    """A group of writes loses those of the room that was taken, and no other."""
    await _freeze(pair)
    await pair.one.create(row("ROOM333"))
    lost, kept = await asyncio.gather(
        pair.one.append("ROOM234", 2, records(3, 3)),
        pair.one.append("ROOM333", 0, records(1, 1)),
        return_exceptions=True,
    )
    assert isinstance(lost, Elsewhere)
    assert isinstance(kept, str)
    assert await pair.one.read("ROOM333") == records(1, 1)


async def test_while_a_lease_runs_nobody_takes_a_room_and_renewing_makes_it_run(pair: Pair) -> None:
    """The owner may be slow; it is asked for nothing but a sign of life."""
    ask(pair.database.url, _LEASE_OVER.format("one"))
    assert await pair.one.renew() == []
    assert await pair.two.take_over() == []
    assert ask(pair.database.url, _EPOCH) == ask(pair.database.url, "SELECT min(epoch) FROM room_owners")


async def test_a_lease_that_ended_costs_its_owner_nothing_until_somebody_takes_the_room(pair: Pair) -> None:
    """The lease says who may try; who owns the room is said by its epoch."""
    ask(pair.database.url, _LEASE_OVER.format("one"))
    await pair.one.append("ROOM234", 2, records(3, 3))
    assert await pair.one.read("ROOM234") == records(1, 3)


@pytest.mark.parametrize("hours", [-1, 1])
async def test_clocks_that_are_an_hour_apart_end_no_lease(
    hours: int, pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database's clock alone counts."""
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 3_600 * hours)
    await pair.two.renew()
    assert await pair.two.take_over() == []
    ((left,),) = ask(pair.database.url, "SELECT extract(epoch FROM until - now()) FROM room_servers WHERE name = 'two'")
    assert 0 < left <= TWO.lease_s


async def test_servers_whose_leases_differ_wait_for_each_other_as_long_as_each_has_said(database: Database) -> None:
    """Whoever looks has no say in it, and of two that believe to own a room one alone writes it all the same."""
    patient, hasty = (attrs.evolve(ONE, lease_s=60.0), attrs.evolve(TWO, lease_s=2.0))
    one, two = await asyncio.gather(SharedLog.join(database, patient), SharedLog.join(database, hasty))
    await one.create(row())
    left = dict(ask(database.url, "SELECT name, extract(epoch FROM until - now())::float FROM room_servers"))
    assert left["two"] <= hasty.lease_s < left["one"] <= patient.lease_s
    assert await two.take_over() == []
    for giver, taker in ((one, two), (two, one)):
        ask(database.url, _LEASE_OVER.format(giver.server.name))
        assert await taker.take_over() == ["ROOM234"]
        with pytest.raises(Elsewhere):
            await giver.append("ROOM234", 0, records(1, 1))
        await giver.renew()
    await asyncio.gather(one.close(), two.close())


@pytest.mark.parametrize("is_told_before", ["", "by a write", "at a new connection"])
async def test_a_renewal_says_which_rooms_were_lost(is_told_before: str, pair: Pair) -> None:
    """By that a server that was frozen learns whom it has to send on; it is said once, also where a write told it."""
    await _freeze(pair)
    if is_told_before == "by a write":
        with pytest.raises(Elsewhere):
            await pair.one.append("ROOM234", 2, records(3, 3))
    if is_told_before == "at a new connection":
        end_all(pair.database.url)
        with pytest.raises(StoreUnavailable):
            await pair.one.rooms()
        await pair.one.rooms()
    assert await pair.one.renew() == ["ROOM234"]
    assert await pair.one.renew() == []


async def test_all_rooms_of_a_dead_server_go_to_one_other(pair: Pair) -> None:
    """A class and its tables stay together, whoever else would have them; a living server's rooms stay its own."""
    third = await SharedLog.join(pair.database, Server("three", "wss://three.example/ws"))
    theirs = [f"ROOM{number}" for number in range(500, 530)]
    for room in theirs:
        await pair.one.create(row(room))
    await third.create(row("ROOM999"))
    assert await pair.two.take_over() == []
    ask(pair.database.url, _LEASE_OVER.format("one"))
    taken = await asyncio.gather(pair.two.take_over(), third.take_over())
    assert sorted(map(sorted, taken)) == [[], ["ROOM234", *theirs]]
    winner = pair.two if taken[0] else third
    await winner.append("ROOM234", 2, records(3, 3))
    assert await winner.read("ROOM234") == records(1, 3)
    with pytest.raises(Elsewhere):
        await pair.one.append("ROOM500", 0, records(1, 1))
    await third.append("ROOM999", 0, records(1, 1))
    await third.close()


async def test_who_could_not_renew_itself_takes_for_a_while_only_what_is_handed_to_it(pair: Pair) -> None:
    """Where the database was away no server is dead, though the leases of all have ended."""
    ask(pair.database.url, _LEASE_OVER.format("one"))
    pair.two._alive_until = 0
    await pair.two.renew()
    assert await pair.two.take_over() == []
    assert await pair.one.renew() == []
    await pair.one.create(row("ROOM555"))
    assert await pair.one.hand_over() == TWO
    assert sorted(await pair.two.take_over()) == ["ROOM234", "ROOM555"]


async def test_who_could_not_renew_itself_waits_no_longer_than_a_lease(pair: Pair) -> None:
    """Then those who have not come back are dead."""
    third = await SharedLog.join(pair.database, Server("three", "wss://three.example/ws", lease_s=0.2))
    ask(pair.database.url, _LEASE_OVER.format("one"))
    third._alive_until = 0
    await third.renew()
    assert await third.take_over() == []
    await asyncio.sleep(0.3)
    assert await third.take_over() == ["ROOM234"]
    await third.close()


async def test_an_owner_that_was_frozen_founds_nothing_before_it_has_heard_what_it_lost(pair: Pair) -> None:
    """It might be a table of a class that another server has by now."""
    await _freeze(pair)
    pair.one._alive_until = 0
    with pytest.raises(StoreUnavailable, match="other servers have taken rooms"):
        await pair.one.create(row("ROOM555"))
    await pair.one.create(row("ROOM555"))
    assert sorted(found.room for found in await pair.one.rooms()) == ["ROOM555"]


async def test_nobodys_rooms_and_those_handed_over_are_taken_over(pair: Pair) -> None:
    """Those of a server that had the database alone before; what is one's own already is left as it is."""
    ask(pair.database.url, "DELETE FROM room_owners")
    assert await pair.one.take_over() == ["ROOM234"]
    before = ask(pair.database.url, _EPOCH)
    assert await pair.one.take_over() == []
    assert ask(pair.database.url, _EPOCH) == before
    assert await pair.one.hand_over() == TWO
    assert await pair.one.renew() == []
    assert await pair.two.take_over() == ["ROOM234"]
    assert await pair.two.read("ROOM234") == records(1, 2)


async def test_who_leaves_in_good_order_lets_others_take_its_rooms_at_once(pair: Pair) -> None:
    """Nobody waits for the end of a lease after a planned stop."""
    await pair.one.close()
    assert await pair.two.owner("ROOM234") == Owner("one", "wss://one.example/ws", is_alive=False)
    assert await pair.two.take_over() == ["ROOM234"]
    assert await pair.two.read("ROOM234") == records(1, 2)


@pytest.mark.parametrize(
    "write", [Append("ROOM234", 2, records(3, 3)), SetState("ROOM234", "over", "")], ids=["an append", "a state"]
)
async def test_nobody_takes_a_room_in_the_middle_of_its_owners_transaction(write: Write, pair: Pair) -> None:
    """The epoch that a transaction has compared stays until it ends: who comes next finds all that it has written."""

    def tried(store: Store) -> str:
        plan = store._plan()
        plan.add(write)
        with store._connection().begin():
            plan.carry_out(store._connection())
            try:
                ask(pair.database.url, "SET statement_timeout = 200; UPDATE room_owners SET epoch = 0")
            except OperationalError as error:
                return str(error)
        return "taken"

    assert "statement timeout" in await pair.one._ask(tried)


async def test_a_server_that_is_frozen_in_the_middle_of_a_transaction_is_let_go_of_by_the_database(pair: Pair) -> None:
    """It would hold the rows that whoever takes its rooms must have; a connection that only waits is left alone."""
    assert await pair.one._ask(_setting("idle_in_transaction_session_timeout")) == "4s"
    assert await pair.one._ask(_setting("idle_session_timeout")) == "0"


def _setting(name: str) -> Callable[[Store], str]:
    def asked(store: Store) -> str:
        with store._asking("the setting cannot be read") as conn:
            return str(conn.exec_driver_sql(f"SHOW {name}").scalar_one())

    return asked


async def test_a_connection_that_is_cut_loses_no_room(pair: Pair) -> None:
    """The lock of the name is taken again, and the epochs are those that they were."""
    end_all(pair.database.url)
    for log in (pair.one, pair.two):
        with pytest.raises(StoreUnavailable):
            await log.rooms()
    await pair.one.append("ROOM234", 2, records(3, 3))
    assert await pair.one.read("ROOM234") == records(1, 3)


async def test_another_servers_room_that_has_become_shorter_is_no_damage(pair: Pair) -> None:
    """Its new owner may cut it and go on; who had or saw it before finds nothing wrong at its next connection."""
    await _freeze(pair)
    third = await SharedLog.join(pair.database, Server("three", "wss://three.example/ws"))
    ask(pair.database.url, "DELETE FROM records WHERE seq = 2")
    ask(pair.database.url, "UPDATE rooms SET seq = 1, hash = (SELECT hash FROM records WHERE seq = 1)")
    end_all(pair.database.url)
    for log in (pair.one, third):
        with pytest.raises(StoreUnavailable):
            await log.rooms()
        assert await log._ask(lambda store: dict(store._damaged)) == {}
    await third.close()


async def test_two_servers_of_one_name_are_refused(pair: Pair) -> None:
    """The second one is told so, and the first goes on."""
    with pytest.raises(DatabaseRefused) as caught:
        await SharedLog.join(pair.database, attrs.evolve(ONE, address="wss://other.example/ws"))
    assert (caught.value.text, caught.value.values) == ("name_in_use", {"server": "one"})
    await pair.one.append("ROOM234", 2, records(3, 3))


async def test_a_process_whose_name_another_one_has_taken_writes_nothing_more(pair: Pair) -> None:
    """It was frozen, its connection was cut, and the server was started again: the rooms are the new process's."""
    end_all(pair.database.url)
    again = await SharedLog.join(pair.database, ONE)
    with pytest.raises(StoreUnavailable):
        await pair.one.append("ROOM234", 2, records(3, 3))
    await again.append("ROOM234", 2, records(3, 4))
    assert await again.read("ROOM234") == records(1, 4)
    await again.close()
    with pytest.raises(StoreUnavailable):
        await pair.two.rooms()
    await pair.two.close()
    for _ in range(2):
        until_all_ended(pair.database.url)  # the one before has connected
        with pytest.raises(TakenOver):
            await pair.one.append("ROOM234", 4, records(5, 5))
    assert ask(pair.database.url, "SELECT seq FROM rooms") == [(4,)]


async def test_behind_a_pooler_that_loses_the_locks_the_epoch_alone_counts(pair: Pair) -> None:
    """A process of the same name came; the first one's session goes on without its lock, and writes nothing."""
    ask(pair.database.url, "UPDATE room_owners SET epoch = nextval('room_epochs')")
    with pytest.raises(Elsewhere):
        await pair.one.append("ROOM234", 2, records(3, 3))
    ask(pair.database.url, "UPDATE room_servers SET number = 'another' WHERE name = 'one'")
    with pytest.raises(TakenOver):
        await pair.one.renew()


async def test_who_wants_the_database_alone_and_who_shares_it_keep_each_other_out(database: Database) -> None:
    """As two servers without names do; the commands that change rooms are among the first."""
    alone = await SqliteLog.open(database)
    await alone.create(row())
    with pytest.raises(DatabaseRefused) as caught:
        await SharedLog.join(database, ONE)
    assert caught.value.text == "in_use"
    await alone.close()
    until_all_ended(database.url)
    one = await SharedLog.join(database, ONE)
    with pytest.raises(DatabaseRefused) as caught:
        await SqliteLog.open(database)
    assert caught.value.text == "in_use"
    assert await one.owner("ROOM234") == Owner("", "", is_alive=False)
    assert await one.take_over() == ["ROOM234"]
    await one.append("ROOM234", 0, records(1, 1))
    await one.close()


async def test_a_server_that_works_alone_puts_out_all_that_shared_the_database(pair: Pair) -> None:
    """They were cut off when it came; what they believe to be theirs is no more."""
    end_all(pair.database.url)
    alone = await SqliteLog.open(pair.database)
    await alone.append("ROOM234", 2, records(3, 3))
    await alone.close()
    until_all_ended(pair.database.url)
    with pytest.raises(StoreUnavailable):
        await pair.one.rooms()
    for use in (lambda: pair.one.append("ROOM234", 3, records(4, 4)), pair.one.renew, pair.one.take_over):
        until_all_ended(pair.database.url)  # the one before has connected
        with pytest.raises(TakenOver):
            await use()


async def test_an_erased_room_has_no_owner_and_its_code_is_free(pair: Pair) -> None:
    """And no epoch is given out twice, so who owned the room of before owns nothing of the new one."""
    before = ask(pair.database.url, _EPOCH)
    await pair.one.erase("ROOM234")
    assert ask(pair.database.url, _EPOCH) == []
    await pair.two.create(row())
    assert ask(pair.database.url, _EPOCH) > before
    with pytest.raises(RoomTaken):
        await pair.one.create(row())
