"""One person of a class: erased at every table where they have been, or written out, while the tables play on."""

from pathlib import Path

import attrs
import pytest

from makersphere_protocol.codec import encode
from makersphere_protocol.messages import Join, Resume
from makersphere_server.afterwards.verify import verify_room
from tests.server.rig.at_once import AtOnce, bytes_of
from tests.server.rig.classes import desk_of, open_class, rooms_of
from tests.server.rig.fakes import Client, Rig, code, long_id

NAME, OTHER = "Ottoline", "Peregrine"


async def _class(rig: Rig) -> tuple[Client, Client, Client, Client]:
    """Return the hosts of a class and of one's table, and two people, who have left refusals and messages."""
    host = await open_class(rig)
    assert (await host.command("class.people", names=[NAME, OTHER])).ok
    people = [await rig.join(host.room, name, id=name) for name in (NAME, OTHER)]
    assert (await host.command("host.start")).ok
    await rig.pass_ms(50)
    tables = [await _table_host(rig, host, person.room) for person in people]
    for table, person, name in zip(tables, people, (NAME, OTHER), strict=True):
        person.read()
        assert not (await person.command("no_such", by=f"typed by {name}")).ok
        assert (await table.command("host.message", seat=person.you.seat, text=f"for {name} alone")).ok
    first, second = people
    return host, tables[0], first, second


async def _table_host(rig: Rig, host: Client, room: str) -> Client:
    client = Client(rig)
    await client.say(Resume(room, host_token=host.token))
    await rig.pass_ms(50)
    client.read()
    return client


async def _moved(rig: Rig, host: Client, first: Client) -> Client:
    """Return the first person at the other table, where something is left of them as well."""
    other = next(number for number, room in enumerate(rooms_of(host), 1) if room != first.room)
    assert (await host.command("class.move", person=1, to=other)).ok
    again = await rig.join(host.room, NAME, id=NAME)
    assert again.room == rooms_of(host)[other - 1]
    assert not (await again.command("no_such", by=f"also typed by {NAME}")).ok
    return again


@pytest.mark.parametrize("is_moved", [False, True])
async def test_erased_at_every_table(tmp_path: Path, is_moved: bool) -> None:  # noqa: FBT001
    """Nothing of them is in any byte of the folder, past tables included; each room verifies, the other plays on."""
    rig = Rig()
    rig.log = AtOnce(tmp_path)  # type: ignore[assignment]  # any store
    await rig.start()
    host, _, first, other = await _class(rig)
    last = await _moved(rig, host, first) if is_moved else first
    assert NAME.encode() in bytes_of(tmp_path)
    assert (await host.command("class.erase_person", person=1)).ok
    left = bytes_of(tmp_path)
    assert NAME.encode() not in left
    assert f"for {OTHER} alone".encode() in left
    assert last.connection.closed
    assert (await other.command("ready", ready=True)).ok
    await rig.pass_ms(1_100)
    host.read()
    assert NAME not in str(host.table) + str(host.hand)
    for row in await rig.log.rooms():
        if not row.is_class:
            assert verify_room(row, await rig.log.read(row.room)).is_right
    await rig.stop()
    await rig.log.close()


async def test_their_phone_and_personal_link_open_nothing_more(rig: Rig) -> None:
    """Neither the join frame that is sent again, nor the code from the sheet."""
    host, *_ = await _class(rig)
    links = (await host.command("class.links")).data or {}
    assert (await host.command("class.erase_person", person=1)).ok
    for fields in ({"id": NAME}, {"pass_": links["links"]["1"], "id": "another phone"}):
        again = await rig.join(host.room, NAME, **fields)
        assert again.error().code in ("unauthorised", "joining_closed")


async def test_the_phone_of_somebody_who_was_erased_says_so(rig: Rig) -> None:
    """After a restart too, and not that the server cannot save; while it is done, it says that it goes on by itself."""
    host = await open_class(rig)
    await rig.join(host.room, NAME, id=NAME)
    desk = desk_of(rig, host)
    with desk.keeping_out(desk.book):
        meanwhile = await rig.join(host.room, NAME, id=NAME)
    assert (meanwhile.error().code, meanwhile.error().retry_after) == ("unavailable", 1)
    assert "save" not in meanwhile.error().message
    assert (await host.command("class.erase_person", person=1)).ok
    for _ in range(2):
        again = await rig.join(host.room, NAME, id=NAME)
        assert again.error().code == "unauthorised"
        assert "erased your data" in again.error().message
        await rig.stop()
        await rig.start()


async def test_so_it_says_to_whoever_was_removed_before(rig: Rig) -> None:
    """Of a list, and kept for the term alone, through a restart; until then it says what happened to them."""
    host = await open_class(rig)
    assert (await host.command("class.people", names=[NAME])).ok
    await rig.join(host.room, NAME, id=NAME)
    assert (await host.command("class.remove", person=1)).ok
    await rig.stop()
    await rig.start()
    await host.resume(fresh=True)
    for command, told in (("", "taken you out"), ("class.erase_person", "erased your data")):
        assert not command or (await host.command(command, person=1)).ok
        assert told in (await rig.join(host.room, NAME, id=NAME)).error().message


async def test_a_table_that_cannot_be_had_keeps_the_person_named(rig: Rig) -> None:
    """Nothing is called erased that is not: the answer names the table, and the person stays in the class."""
    host, table, *_ = await _class(rig)
    rig.lobby._rows[table.room] = attrs.evolve(rig.lobby._rows[table.room], state="quarantined")
    rig.lobby.open_rooms._rooms.pop(table.room)
    refused = await host.command("class.erase_person", person=1)
    assert refused.error is not None
    assert table.room in refused.error.message
    assert NAME in str(await rig.log.privates(host.room))


async def test_written_out_with_every_table(rig: Rig) -> None:
    """Name and number in the class, and what each table has; nothing of anybody else, and stored nowhere."""
    host, table, first, _ = await _class(rig)
    again = await _moved(rig, host, first)
    was, now = (str(rooms_of(host).index(room) + 1) for room in (table.room, again.room))
    found = (await host.command("class.export_person", person=1)).data or {}
    assert found["person"] == {"number": 1, "name": NAME, "is_listed": True, "table": int(now)}
    assert set(found["tables"]) == {was, now}
    assert [one["text"] for one in found["tables"][was]["places"][0]["messages"]] == [f"for {NAME} alone"]
    assert OTHER not in str(found)
    assert not any(NAME.encode() in record.answer for record in await rig.log.read(host.room))


async def test_who_may_not(rig: Rig) -> None:
    """An assistant leads tables, and may neither erase nor write out; nobody of that number is named as such."""
    host, *_ = await _class(rig)
    given = (await host.command("class.invite", rank="assistant")).data or {}
    helper = Client(rig)
    await helper.say(Resume(host.room, host_token=given["host_token"]))
    helper.read()
    for name in ("class.erase_person", "class.export_person"):
        assert code(await helper.command(name, person=1)) == "not_your_role"
        refused = await host.command(name, person=99)
        assert refused.error is not None
        assert refused.error.field == "person"


async def test_who_comes_in_the_middle_is_at_no_table_afterwards(rig: Rig) -> None:
    """Their phone comes back to a table that has erased them already, while another one still does."""
    host, _, first, _ = await _class(rig)
    if first.room == rooms_of(host)[0]:
        first = await _moved(rig, host, first)
    last = await _moved(rig, host, first)  # at the first table, which erases first
    coming: list[Client] = []

    async def comes(room: str) -> None:
        if room == first.room and not coming:
            coming.append(Client(rig))
            coming[0].session.receive(encode(Join(host.room, NAME, id=long_id(NAME))))

    rig.log.before_commit = comes
    assert (await host.command("class.erase_person", person=1)).ok
    await rig.pass_ms(1_000)
    assert NAME not in str(await rig.log.privates(last.room))
    assert coming[0].error().code == "unavailable"
