"""Binding things to seats, in a room without a broker: codes, tokens, what survives, and who sees it."""

import json
from typing import Any

from makersphere_protocol.messages import Command
from makersphere_server.afterwards.verify import verify_room
from makersphere_server.codes import token_id
from makersphere_server.room.model.devices import CODE_LASTS_MS, Broker
from makersphere_server.room.model.inbox import BrokerChanged, Pair, Sent
from makersphere_server.storage.record import encode_record
from tests.server.rig.fakes import Client, Rig, Wire, code

SEATS_OWN = ["button", "rating", "card", "lamp", "scoreboard"]
BROKER = Broker("mqtt://127.0.0.1:1883", takes_devices=True)


async def connected(rig: Rig, seats: int = 3) -> tuple[Client, Client]:
    """Return the host and the person of a game whose server takes devices."""
    host, ann = await rig.started("counter", seats)
    await show(rig, host, ann)
    return host, ann


async def show(rig: Rig, *clients: Client) -> None:
    """Have the broker seen in the clients' room."""
    room = rig.room(clients[0].room)
    room.inbox.put(BrokerChanged(BROKER))
    await rig.pass_ms(2_000)
    for client in clients:
        client.read()


async def pair(rig: Rig, room: str, device: str, typed: str, id: str = "1") -> dict[str, object]:
    """Return what a device hears that pairs by a code."""
    wire = Wire()
    rig.room(room).inbox.put(Pair(device, id, typed, "topic", "en", wire))
    await rig.pass_ms(50)
    found: dict[str, object] = json.loads(wire.sent[0])
    return found


async def press(rig: Rig, room: str, seat: int, token: str, id: str = "a") -> dict[str, object]:
    """Return what a seat's device hears that counts."""
    wire = Wire()
    sent = Sent(seat, "person", token_id(token), id, "count", {"by": 1}, None, "en", wire, rig.clock.now_ms())
    rig.room(room).inbox.put(sent)
    await rig.pass_ms(50)
    found: dict[str, object] = json.loads(wire.sent[0])
    return found


async def offered(client: Client, name: str = "pair", id: str = "", **args: Any) -> str:  # noqa: ANN401
    """Return a fresh code."""
    result = await client.command(name, id, **args)
    assert result.data is not None
    return str(result.data["code"])


def token_in(answer: dict[str, object]) -> str:
    """Return the token that a device was given."""
    data = answer["data"]
    assert isinstance(data, dict)
    return str(data["token"])


async def test_a_seat_gives_its_own_code_and_a_host_anybodys(rig: Rig) -> None:
    """What a seat connects is its own; a host names the seat, or nobody for a thing of its own."""
    host, ann = await connected(rig)
    assert ann.hand["legal"]["pair"]["properties"]["thing"]["enum"] == [
        "button",
        "rating",
        "card",
        "lamp",
        "scoreboard",
    ]
    own = await pair(rig, host.room, "mine", await offered(ann, thing="button"))
    theirs = await pair(rig, host.room, "theirs", await offered(host, "host.pair", thing="card", seat=2))
    bell = await pair(rig, host.room, "bell", await offered(host, "host.pair", thing="bell"))
    assert [one["data"]["seat"] for one in (own, theirs, bell)] == [1, 2, 0]  # type: ignore[index]
    host.read()
    assert host.hand["device"]["bell"] == {"thing": "bell", "seat": 0}
    assert code(await host.command("host.pair", thing="bell", seat=1)) == "bad_args"
    assert code(await host.command("host.pair", thing="button")) == "bad_args"
    assert code(await ann.command("pair", thing="bell")) == "bad_args"


async def test_a_seat_gives_a_code_before_the_start_too(rig: Rig) -> None:
    """In the lobby its hand offers that alone; what it connects there still is its own when the game begins."""
    host = await rig.create("counter", 3)
    ann = await rig.join(host.room)
    assert ann.hand["legal"] == {}
    await show(rig, host, ann)
    assert list(ann.hand["legal"]) == ["pair"]
    token = token_in(await pair(rig, host.room, "mine", await offered(ann, thing="button")))
    assert (await press(rig, host.room, 1, token))["ok"] is False
    assert (await host.command("host.start")).ok
    await rig.pass_ms(50)
    ann.read()
    assert ann.hand["legal"].keys() > {"pair", "ask", "rejoin_code"}
    assert ann.hand["device"] == {"mine": {"thing": "button", "seat": 1}}
    assert (await press(rig, host.room, 1, token, "b"))["ok"]
    assert (await host.command("host.end")).ok
    await rig.pass_ms(50)
    ann.read()
    assert ann.hand["legal"] == {}


async def test_a_seat_sees_its_own_things_come_and_go(rig: Rig) -> None:
    """Its hand has them until they are let go, or have another place; nobody else's hand has them."""
    host, ann = await connected(rig)
    bea = await rig.join(host.room, "Bea")

    async def things() -> tuple[object, object]:
        await rig.pass_ms(50)
        ann.read()
        bea.read()
        return ann.hand.get("device"), bea.hand.get("device")

    await pair(rig, host.room, "mine", await offered(ann, thing="button"))
    assert await things() == ({"mine": {"thing": "button", "seat": 1}}, None)
    await pair(rig, host.room, "newer", await offered(ann, thing="button"))
    assert await things() == ({"newer": {"thing": "button", "seat": 1}}, None)
    await pair(rig, host.room, "newer", await offered(bea, thing="lamp"), "2")
    assert await things() == (None, {"newer": {"thing": "lamp", "seat": bea.hand["id"]}})
    assert (await host.command("host.unpair", device="newer")).ok
    assert await things() == (None, None)


async def test_a_thing_that_comes_anew_under_its_name_is_seen_to_have_used_its_code(rig: Rig) -> None:
    """It is counted, beyond a restart too; that the same request comes again is not."""
    host, ann = await connected(rig)

    async def seen() -> object:
        await rig.pass_ms(50)
        host.read()
        ann.read()
        assert ann.hand["device"] == host.hand["device"]
        return ann.hand["device"]["mine"].get("times")

    await pair(rig, host.room, "mine", await offered(ann, thing="button"))
    assert await seen() is None
    typed = await offered(ann, thing="button")
    for _ in range(2):  # the second time for a lost answer
        assert (await pair(rig, host.room, "mine", typed, "2"))["ok"]
        assert await seen() == 2
    await rig.kill()
    await rig.start()
    for client in (host, ann):
        await client.resume()
    await show(rig, host, ann)
    await pair(rig, host.room, "mine", await offered(ann, thing="button"), "3")
    assert await seen() == 3


async def test_nobody_but_the_hosts_sees_the_broker_and_everybodys_things(rig: Rig) -> None:
    """They stand in the hosts' hand alone, and a token stands nowhere."""
    host, ann = await connected(rig)
    watcher = await rig.watch(host.room)
    token = token_in(await pair(rig, host.room, "theirs", await offered(host, "host.pair", thing="button", seat=2)))
    for client in (host, ann, watcher):
        client.read()
    assert host.hand["broker"] == {"url": BROKER.url, "connected": False, "devices": True}
    assert "broker" not in {**ann.hand, **ann.table, **watcher.table}
    assert "device" not in {**ann.hand, **ann.table, **watcher.table}
    assert {"device_of_seat"} <= {line.text for line in host.lines()}
    assert "device_of_seat" not in {line.text for line in (*ann.lines(), *watcher.lines())}
    for client in (host, ann, watcher):
        assert not any(token.encode() in frame for frame in client.wire.sent)


async def test_a_device_is_bound_beyond_a_kill(rig: Rig) -> None:
    """What was answered is durable: the token opens the same place after it, and its ids are still known."""
    host, ann = await connected(rig)
    token = token_in(await pair(rig, host.room, "mine", await offered(ann, thing="button")))
    assert (await press(rig, host.room, 1, token))["ok"]
    await rig.kill()
    await rig.start()
    await host.resume()
    await show(rig, host)
    assert host.hand["device"] == {"mine": {"thing": "button", "seat": 1}}
    again = await press(rig, host.room, 1, token)
    assert (again["ok"], host.table["total"]["total"] if "total" in host.table else 1) == (True, 1)
    assert (await press(rig, host.room, 2, token, "b"))["error"]["code"] == "unauthorised"  # type: ignore[index]


async def test_the_log_of_a_game_with_devices_verifies(rig: Rig) -> None:
    """Pairing is no part of the game; what a device does is a seat's command like any other."""
    host, ann = await connected(rig)
    token = token_in(await pair(rig, host.room, "mine", await offered(ann, thing="button")))
    assert (await press(rig, host.room, 1, token))["ok"]
    assert (await host.command("host.unpair", device="mine")).ok
    assert (await host.command("host.end")).ok
    (row,) = await rig.log.rooms()
    records = await rig.log.read(host.room)
    report = verify_room(row, records)
    assert report.is_right, report
    assert not any(token.encode() in encode_record(record) for record in records)


async def test_a_code_is_good_for_ten_minutes_and_a_newer_one_takes_its_place(rig: Rig) -> None:
    """Both are refused in the same words as a code that never was."""
    host, ann = await connected(rig)
    older = await offered(ann, thing="button")
    newer = await offered(ann, thing="button")
    wrong = await pair(rig, host.room, "mine", "2222222")
    assert (await pair(rig, host.room, "mine", older))["error"] == wrong["error"]
    await rig.pass_ms(CODE_LASTS_MS)
    assert (await pair(rig, host.room, "mine", newer))["error"] == wrong["error"]


async def test_a_thing_that_is_let_go_does_not_come_back_by_its_code(rig: Rig) -> None:
    """A code is good once, also where nothing is bound by it any more: what a host lets go stays out."""
    host, ann = await connected(rig)
    typed = await offered(ann, thing="button")
    assert (await pair(rig, host.room, "mine", typed))["ok"]
    assert (await host.command("host.unpair", device="mine")).ok
    wrong = await pair(rig, host.room, "mine", "2222222")
    for id in ("1", "2"):
        assert (await pair(rig, host.room, "mine", typed, id))["error"] == wrong["error"]


async def test_a_thing_that_goes_elsewhere_leaves_no_code_behind(rig: Rig) -> None:
    """Bound at another place, it frees its first one, but not for who has read the first code."""
    host, ann = await connected(rig)
    first = await offered(ann, thing="button")
    assert (await pair(rig, host.room, "mine", first))["ok"]
    assert (await pair(rig, host.room, "mine", await offered(host, "host.pair", thing="card", seat=2), "2"))["ok"]
    assert "error" in await pair(rig, host.room, "other", first)


async def test_whose_people_are_removed_has_no_code_left(rig: Rig) -> None:
    """Who has asked for a code and been taken away cannot bind a thing to whoever sits there next."""
    host, ann = await connected(rig)
    own, others = await offered(ann, thing="button"), await offered(host, "host.pair", thing="button", seat=2)
    assert (await host.command("host.remove", seat=1)).ok
    assert "error" in await pair(rig, host.room, "mine", own)
    assert (await pair(rig, host.room, "theirs", others))["ok"]


async def test_the_same_pair_command_again_gives_a_fresh_code(rig: Rig) -> None:
    """A lost answer costs nothing: the code that nobody has read opens nothing."""
    host, ann = await connected(rig)
    lost = await offered(ann, id="one", thing="button")
    again = await offered(ann, id="one", thing="button")
    assert lost != again
    assert "error" in await pair(rig, host.room, "mine", lost)
    assert (await pair(rig, host.room, "mine", again))["ok"]


async def test_a_server_without_devices_offers_none(rig: Rig) -> None:
    """Neither hand has the commands; sent all the same, they are refused."""
    host, ann = await rig.started()
    assert "pair" not in ann.hand["legal"]
    assert "host.pair" not in host.hand["legal"]
    assert code(await ann.command("pair", thing="button")) == "rule"
    assert code(await host.command("host.pair", thing="bell")) == "rule"
    assert "broker" not in host.hand


async def test_a_store_that_refuses_binds_nothing(rig: Rig) -> None:
    """The device hears `unavailable`, and its code is not used up by that."""
    host, ann = await connected(rig)
    await ann.say(Command("c", "count", {"by": 1}, ann.at))
    typed = await offered(ann, thing="button")
    rig.log.fail_next()
    assert (await pair(rig, host.room, "mine", typed))["error"]["code"] == "unavailable"  # type: ignore[index]
    await rig.pass_ms(2_000)
    host.read()
    assert "device" not in host.hand
    assert (await pair(rig, host.room, "mine", typed))["ok"]
