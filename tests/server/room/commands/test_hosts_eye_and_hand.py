"""What a host sees of a seat, does to it, throws into the game, and puts on the wall."""

from typing import Any

import pytest

from makersphere_protocol.messages import Options
from makersphere_server.afterwards.verify import verify_room
from makersphere_server.room.model.people.seats import without_people
from makersphere_server.storage.record import encode_record
from tests.server.rig.fakes import Client, Rig, code


async def _look(client: Client) -> dict[str, Any]:
    """Return the table as somebody sees it a moment later."""
    await client.rig.pass_ms(50)
    client.read()
    return client.table


async def _verified(rig: Rig, room: str) -> None:
    row = next(row for row in await rig.log.rooms() if row.room == room)
    report = verify_room(row, await rig.log.read(room))
    assert report.is_right, report
    assert report.records == len(await rig.log.read(room))


async def _restart(rig: Rig, *clients: Client) -> None:
    await rig.kill()
    await rig.start()
    for client in clients:
        await client.resume()


# -- names


async def test_a_seat_is_renamed(rig: Rig) -> None:
    """Everybody reads the new name, also after a restart; the log holds a digest of it, so that it can be erased."""
    host, ann = await rig.started()
    assert (await host.command("host.seat", seat=1, name="  Anna  Blum ")).ok
    assert (await _look(ann))["seat"]["1"]["name"] == "Anna Blum"
    await _restart(rig, host, ann)
    assert ann.table["seat"]["1"]["name"] == "Anna Blum"
    assert b"Blum" not in b"".join(map(encode_record, await rig.log.read(host.room)))
    stored = (await rig.log.privates(host.room))["seat:1"]
    assert b"Blum" in stored
    assert b"Blum" not in without_people(stored)
    await _verified(rig, host.room)


async def test_a_team_gets_a_name_and_a_bot_too(rig: Rig) -> None:
    """The name stands for the whole team, and goes when its people are taken away."""
    host, _ = await rig.started(teams=True)
    await rig.share(host, "Ben", 1)
    assert (await _look(host))["seat"]["1"]["name"] == "Ann & Ben"
    assert (await host.command("host.seat", seat=1, name="The Otters")).ok
    assert (await host.command("host.seat", seat=2, name="Rusty")).ok
    seats = (await _look(host))["seat"]
    assert (seats["1"]["name"], seats["2"]["name"]) == ("The Otters", "Rusty")
    assert (await host.command("host.remove", seat=1)).ok
    assert "name" not in (await _look(host))["seat"]["1"]


@pytest.mark.parametrize(
    ("name", "why"), [("\u200b", "bad_args"), ("Host", "bad_args"), ("BEN", "rule"), ("x" * 401, "bad_args")]
)
async def test_a_name_that_cannot_be_had(rig: Rig, name: str, why: str) -> None:
    """What holds at the door holds here, and a refusal leaves the seat as it was."""
    host, _ = await rig.started()
    await rig.join(host.room, "Ben")
    assert code(await host.command("host.seat", seat=1, name=name, bot=True)) == why
    seat = (await _look(host))["seat"]["1"]
    assert (seat["name"], seat["by"]) == ("Ann", "person")


async def test_a_name_that_a_host_gave_is_taken(rig: Rig) -> None:
    """Nobody may come in under a name that looks like it; under that very name it is the seat's."""
    host, _ = await rig.started()
    assert (await host.command("host.seat", seat=3, name="Rusty")).ok
    stranger = await rig.join(host.room, "Rus ty")
    assert stranger.error().code == "name_taken"
    assert (await rig.join(host.room, "rusty")).you.seat == 3


# -- places


async def test_a_venture_is_moved_while_policy_is_open(rig: Rig) -> None:
    """The host's hand says when, the rules carry it out, and the log verifies."""
    host = await rig.create("classroom", options=Options(seats=6, seed=7))  # in few games nobody has a desk
    ann = await rig.join(host.room)
    assert (await host.command("host.start")).ok
    await _look(host)
    assert "space" not in host.hand["legal"]["host.seat"]["properties"]
    for _ in range(8):
        await host.command("host.advance")
    lead, space = next((v["lead"], v["space"]) for v in (await _look(host))["venture"].values() if v["space"])
    assert host.table["game"]["phase"] == "policy"
    assert host.hand["legal"]["host.seat"]["properties"]["space"] == {"enum": [0, space]}
    assert code(await host.command("host.seat", seat=lead, space=space)) == "rule"
    assert (await host.command("host.seat", seat=lead, space=0)).ok
    await _look(ann)
    assert ann.lines()[-1].text == "venture_left"
    await host.command("host.advance")
    assert [v["space"] for v in (await _look(ann))["venture"].values() if v["lead"] == lead] == [0]
    await _verified(rig, host.room)


# -- looking


async def test_a_host_looks_at_a_seat(rig: Rig) -> None:
    """The host gets what that seat sees, to the last field; nobody else gets anything, and the log says who looked."""
    host, ann = await rig.started("classroom", 6)
    ben = await rig.join(host.room, "Ben")
    before = {client: len(client.connection.sent) for client in (ann, ben)}
    result = await host.command("host.look", seat=1)
    await _look(host)
    assert result.data is not None
    assert result.data["hand"] == ann.hand
    assert list(result.data) == ["hand"]
    assert {client: len(client.connection.sent) for client in (ann, ben)} == before
    records = await rig.log.read(host.room)
    assert (records[-1].by, records[-1].command) == ("host", b'{"args":{"seat":1},"name":"host.look"}')
    assert b"legal" not in records[-1].answer
    assert code(await host.command("host.look", seat=9)) == "bad_args"
    await _verified(rig, host.room)


async def test_the_same_look_again_is_counted_once(rig: Rig) -> None:
    """It shows the seat as it is by then."""
    host, ann = await rig.started()
    first = await host.command("host.look", "eye", seat=1)
    assert (await ann.command("count", by=3)).ok
    again = await host.command("host.look", "eye", seat=1)
    assert again.seq == first.seq
    assert again.data is not None
    assert again.data["hand"] == ann.hand


# -- shocks


async def test_a_card_is_turned_now(rig: Rig) -> None:
    """The host's hand has the cards; everybody reads the one that is turned; the log verifies."""
    host, ann = await rig.started("classroom", 6)
    cards = host.hand["legal"]["host.shock"]["properties"]["card"]["enum"]
    assert (await host.command("host.shock", card=cards[0])).ok
    assert (await _look(ann))["world"]["policy"] == cards[0]
    assert ann.lines()[-1].text == "policy_shock"
    assert (await host.command("host.shock", card=cards[-1])).ok
    assert (await _look(ann))["world"]["market"] == cards[-1]
    assert code(await host.command("host.shock", card=cards[-1])) == "bad_args"
    await _restart(rig, host, ann)
    assert ann.table["world"]["market"] == cards[-1]
    await _verified(rig, host.room)


# -- the wall


async def test_who_closes_a_phase_has_the_wall(rig: Rig) -> None:
    """It stands on the table from then on, so that the end waits for the host; a refused close changes nothing."""
    host = await rig.create()
    await rig.join(host.room, "Ann")
    wall = await rig.watch(host.room)
    assert not (await host.command("host.advance")).ok
    assert (await host.command("host.start")).ok
    assert "show" not in await _look(wall)
    assert (await host.command("host.advance")).ok
    assert (await _look(wall))["show"] == {"scene": "phase", "step": 0}
    await _restart(rig, host)
    assert (await _look(wall))["show"] == {"scene": "phase", "step": 0}


async def test_every_screen_agrees_on_what_is_shown(rig: Rig) -> None:
    """What `host.show` leaves out stays as it is; another scene begins at its first step; a restart changes nothing."""
    host, _ = await rig.started()
    wall = await rig.watch(host.room)
    assert "show" not in wall.table
    assert (await host.command("host.show", scene="deals", step=2, theme="dark", language="zh")).ok
    assert (await _look(wall))["show"] == {"scene": "deals", "step": 2, "theme": "dark", "language": "zh"}
    assert (await host.command("host.show", scene="deals", curtain=True)).ok
    assert (await _look(wall))["show"]["curtain"] is True
    assert wall.table["show"]["step"] == 2
    assert (await host.command("host.show", scene="money", curtain=False)).ok
    assert (await _look(wall))["show"] == {"scene": "money", "step": 0, "theme": "dark", "language": "zh"}
    await _restart(rig, host)
    assert host.table["show"] == wall.table["show"]
    assert code(await host.command("host.show", scene="cinema")) == "bad_args"
    assert code(await host.command("host.show", step=1)) == "bad_args"
    assert (await rig.log.read(host.room))[-1].events == b"[]"
    await _verified(rig, host.room)


async def test_the_question_of_a_phase_of_somebody_elses_goes_to_the_wall(rig: Rig) -> None:
    """Each phase that is played may have one; of others there is none to show."""
    host, _ = await rig.started("two")
    wall = await rig.watch(host.room)
    assert (await host.command("host.show", scene="phase", talk="second")).ok
    assert (await _look(wall))["show"]["talk"] == "second"
    assert code(await host.command("host.show", scene="phase", talk="third")) == "bad_args"


async def test_the_opening_plays_from_when_its_step_was_shown(rig: Rig) -> None:
    """The table says since when it plays; pausing and another scene end that, another step begins it anew."""
    host = await rig.create()
    wall = await rig.watch(host.room)
    assert (await host.command("host.show", scene="opening", plays=True)).ok
    began = rig.clock.wall_ms()
    assert (await _look(wall))["show"] == {"scene": "opening", "step": 0, "since": began}
    await rig.pass_ms(20_000)
    assert (await host.command("host.show", scene="opening", step=3)).ok
    later = rig.clock.wall_ms()
    assert later > began
    assert (await _look(wall))["show"] == {"scene": "opening", "step": 3, "since": later}
    assert (await host.command("host.show", scene="opening", silent=True)).ok
    assert (await _look(wall))["show"]["since"] == later
    assert (await host.command("host.show", scene="opening", step=3, plays=False)).ok
    assert (await _look(wall))["show"] == {"scene": "opening", "step": 3, "silent": True}
    assert (await host.command("host.show", scene="opening", plays=True)).ok
    assert (await host.command("host.show", scene="lobby")).ok
    assert (await _look(wall))["show"] == {"scene": "lobby", "step": 0, "silent": True}
    assert (await host.command("host.show", scene="opening", step=2, plays=True)).ok
    began = rig.clock.wall_ms()
    await _restart(rig, host)
    assert host.table["show"] == {"scene": "opening", "step": 2, "silent": True, "since": began}
    assert code(await host.command("host.show", scene="opening", plays=3)) == "bad_args"


async def test_the_start_of_the_game_takes_the_opening_off(rig: Rig) -> None:
    """It plays on for nobody."""
    host = await rig.create()
    ann = await rig.join(host.room, "Ann")
    assert (await host.command("host.show", scene="opening", plays=True)).ok
    assert (await host.command("host.start")).ok
    assert (await _look(ann))["show"] == {"scene": "phase", "step": 0}


async def test_the_wall_goes_on_with_the_game(rig: Rig) -> None:
    """What was told of a season gives way once a phase begins; the curtain and how the wall looks stay."""
    host, _ = await rig.started("classroom", 6)
    wall = await rig.watch(host.room)
    assert (await host.command("host.show", scene="world", theme="dark", curtain=True, silent=True)).ok
    assert (await host.command("host.advance")).ok
    followed = {"scene": "phase", "step": 0, "curtain": True, "theme": "dark", "silent": True}
    assert (await _look(wall))["show"] == followed
    assert (await host.command("host.show", scene="lobby")).ok
    assert (await host.command("host.advance")).ok
    assert (await _look(wall))["show"]["scene"] == "lobby"


async def test_a_question_stands_on_the_wall_until_something_else_is_shown(rig: Rig) -> None:
    """It is one of the notes, by its phase; a scene, a step or another phase takes it away, and so does the host."""
    host, _ = await rig.started("classroom", 6)
    wall = await rig.watch(host.room)
    for away in ({"scene": "world"}, {"scene": "world", "step": 1}, {"scene": "world", "talk": ""}):
        assert (await host.command("host.show", scene="world", talk="matching")).ok
        assert (await _look(wall))["show"]["talk"] == "matching"
        assert (await host.command("host.show", scene="world", theme="dark")).ok
        assert (await _look(wall))["show"]["talk"] == "matching"
        assert (await host.command("host.show", **({"scene": "lobby"} if away == {"scene": "world"} else away))).ok
        assert "talk" not in (await _look(wall))["show"]
    assert (await host.command("host.show", scene="phase", talk="policy")).ok
    assert (await host.command("host.advance")).ok
    assert "talk" not in (await _look(wall))["show"]
    assert code(await host.command("host.show", scene="phase", talk="what I like")) == "bad_args"


async def test_what_has_been_revealed_at_the_end_stays_open(rig: Rig) -> None:
    """Whatever is shown afterwards, and after a restart; a scene that stood there before the end opens nothing."""
    host, _ = await rig.started()
    wall = await rig.watch(host.room)
    assert (await host.command("host.show", scene="money")).ok
    assert (await host.command("host.end")).ok
    opened = []
    for scene, step in (("money", None), ("aims", 0), ("ranking", 0), ("ranking", 1), ("lobby", 0), ("ranking", 0)):
        if step is not None:
            assert (await host.command("host.show", scene=scene, step=step)).ok
        opened.append((await _look(wall))["show"].get("opened", 0))
    assert opened == [0, 0, 1, 2, 2, 2]
    assert (await host.command("host.show", scene="replay")).ok
    assert (await host.command("host.show", scene="phase")).ok
    assert (await _look(wall))["show"]["opened"] == 3
    await _restart(rig, host)
    assert (await rig.watch(host.room)).table["show"]["opened"] == 3
