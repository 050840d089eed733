"""What people have written can be taken off the wall by a host, and put back, and the game is the same."""

from typing import Any

import pytest

from makersphere_protocol.messages import Options, Resume
from makersphere_server.room.model.reflection.reflections import answers_of
from makersphere_server.storage.record import encode_record
from tests.server.rig.fakes import Client, Rig, code

_RUDE = "Rudolfine"
_FACE = "orange fox"  # of seat 1


async def _table(*clients: Client) -> list[dict[str, Any]]:
    await clients[0].rig.pass_ms(100)
    for client in clients:
        client.read()
    return [client.table["seat"] for client in clients]


async def _room(rig: Rig, *, language: str = "", teams: bool = False) -> tuple[Client, Client, Client]:
    """Return a host, somebody in seat 1, and a wall."""
    host = await rig.create("two", options=Options(seats=3, language=language, teams=teams))
    person = await rig.join(host.room, _RUDE)
    return host, person, await rig.watch(host.room)


async def _second(rig: Rig, host: Client, rank: str) -> Client:
    given, client = (await host.command("host.invite", rank=rank)).data, Client(rig)
    assert given is not None
    await client.say(Resume(host.room, host_token=given["host_token"]))
    await rig.pass_ms(50)
    client.read()
    return client


async def test_a_name_goes_from_every_page_and_comes_back(rig: Rig) -> None:
    """Wall and phones read what the face is called; hosts read the name and why; a second tap puts it back."""
    host, person, wall = await _room(rig)
    assert (await host.command("host.off_wall", seat=1, off=True)).ok
    for seats in await _table(host, person, wall):
        assert seats["1"]["name"] == _FACE
    assert host.hand["off_wall"] == {"1:1": {"seat": 1, "member": 1, "name": _RUDE, "why": "host"}}
    assert person.hand["off_wall"] == {"1": {"member": 1, "why": "host"}}
    assert (await host.command("host.off_wall", seat=1, off=False)).ok
    for seats in await _table(host, person, wall):
        assert seats["1"]["name"] == _RUDE
    assert "off_wall" not in host.hand
    assert "off_wall" not in person.hand


async def test_nothing_that_comes_to_a_page_later_has_the_name(rig: Rig) -> None:
    """Who opens the wall, joins or comes back afterwards is sent no byte of it."""
    host, person, _ = await _room(rig, language="zh")
    assert (await host.command("host.off_wall", seat=1, off=True)).ok
    await rig.pass_ms(100)
    wall, other = await rig.watch(host.room), await rig.join(host.room, "Ben")
    assert (await host.command("host.start")).ok
    await _table(wall, other, person)
    for page in (wall, other):
        assert all(_RUDE.encode() not in frame for frame in page.connection.sent)
    assert wall.table["seat"]["1"]["name"] == "橙狐狸"
    assert (await person.command("count", by=1)).ok  # the game is the same


async def test_it_outlives_a_restart_and_a_fork_and_goes_with_the_person(rig: Rig) -> None:
    """The store has that it is so; who sits there next begins anew."""
    host, _, _ = await _room(rig)
    assert (await host.command("host.off_wall", seat=1, off=True)).ok
    assert (await host.command("host.start")).ok
    forked = (await host.command("host.fork", season=1, phase="first")).data
    assert forked is not None
    fork = await rig.watch(str(forked["room"]))
    assert fork.table["seat"]["1"]["name"] == _FACE
    await rig.kill()
    await rig.start()
    again = await rig.watch(host.room)
    assert again.table["seat"]["1"]["name"] == _FACE
    await host.resume(fresh=True)
    assert (await host.command("host.remove", seat=1)).ok
    private = await rig.log.privates(host.room)
    assert b"off_wall" not in private["seat:1"]


async def test_one_of_a_team_and_the_name_that_a_host_gave(rig: Rig) -> None:
    """Of a team one name can go and the others stay; a seat's own name goes by the number 0."""
    host, _, wall = await _room(rig, teams=True)
    await rig.share(host, "Ben", 1)
    assert (await host.command("host.off_wall", seat=1, member=1, off=True)).ok
    (seats,) = await _table(wall)
    assert seats["1"]["name"] == "Ben"
    assert (await host.command("host.seat", seat=1, name="The Foxes")).ok
    (seats,) = await _table(wall)
    assert seats["1"]["name"] == "The Foxes"
    assert (await host.command("host.off_wall", seat=1, member=0, off=True)).ok
    (seats,) = await _table(wall)
    assert seats["1"]["name"] == _FACE


@pytest.mark.parametrize(
    ("args", "field"),
    [
        ({"seat": 9}, "seat"),
        ({"seat": 2}, "seat"),  # nobody sits there
        ({"seat": 1, "member": 5}, "member"),
        ({"seat": 1, "member": 1, "season": 1}, "question"),
        ({"seat": 1, "season": 1, "question": "maker_helped"}, "member"),
        ({"seat": 1, "member": 1, "season": 1, "question": "maker_helped"}, "question"),
        ({"seat": 1, "off": "yes"}, "off"),
    ],
)
async def test_what_is_not_there_is_refused_by_its_field(rig: Rig, args: dict[str, Any], field: str) -> None:
    """A command that means nobody changes nothing, and says which field is wrong."""
    host, _, wall = await _room(rig)
    refused = await host.command("host.off_wall", **{"off": True, **args})
    assert code(refused) == "bad_args"
    assert refused.error is not None
    assert refused.error.field == field
    (seats,) = await _table(wall)
    assert seats["1"]["name"] == _RUDE


async def test_assistants_may_and_visitors_may_not_and_the_log_has_no_word(rig: Rig) -> None:
    """Whoever runs the lesson may do it; the log says of which seat, and names nobody."""
    host, _, _ = await _room(rig)
    assistant, visitor = await _second(rig, host, "assistant"), await _second(rig, host, "visitor")
    assert code(await visitor.command("host.off_wall", seat=1, off=True)) == "not_your_role"
    assert (await assistant.command("host.off_wall", seat=1, off=True)).ok
    records = [record for record in await rig.log.read(host.room) if b"host.off_wall" in record.command]
    assert len(records) == 1
    assert _RUDE.encode() not in encode_record(records[0])


async def test_an_answer_goes_from_the_wall_and_the_pages_of_the_class(rig: Rig) -> None:
    """What was on the wall and is kept off it now is picked no more; picked again, it may be shown again."""
    host, person = await rig.started("quickstart", seats=12)
    assert (await host.command("host.end")).ok
    where: dict[str, Any] = {"season": 0, "question": "end_outside"}
    assert (await person.command("reflect", **where, text="at home")).ok
    said: dict[str, Any] = {**where, "seat": 1, "member": 1}
    assert (await host.command("host.pick", **said, shown=True)).ok
    assert await _picked(rig, host) == [True]
    assert (await host.command("host.off_wall", **said, off=True)).ok
    await rig.pass_ms(100)
    host.read()
    assert "answers" not in host.table
    assert host.hand["reflection"]["0:end_outside:1:1"]["off_wall"] == "host"
    assert await _picked(rig, host) == [False]
    assert (await host.command("host.pick", **said, shown=True)).ok
    assert await _picked(rig, host) == [True]


async def _picked(rig: Rig, host: Client) -> list[bool]:
    return [each["picked"] for each in answers_of(await rig.log.privates(host.room))]


async def test_the_name_that_a_host_gives_instead_of_one_off_the_wall_is_shown(rig: Rig) -> None:
    """What a host has written waits for nobody, also where the host's own name before it was taken off."""
    host, _, wall = await _room(rig)
    assert (await host.command("host.seat", seat=1, name="Rude")).ok
    assert (await host.command("host.off_wall", seat=1, member=0, off=True)).ok
    (seats,) = await _table(wall)
    assert seats["1"]["name"] == _FACE
    assert (await host.command("host.seat", seat=1, name="Nice")).ok
    (seats,) = await _table(wall)
    assert seats["1"]["name"] == "Nice"
