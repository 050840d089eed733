"""Binding things to seats, in a room without a broker: codes, tokens, what survives, and who sees it."""

import pytest

from makersphere_protocol.messages import Command
from makersphere_server.afterwards.verify import verify_room
from makersphere_server.room.model.devices import CODE_LASTS_MS
from makersphere_server.room.model.inbox import BrokerChanged
from makersphere_server.storage.event_log import StoreUnavailable
from makersphere_server.storage.record import Record, encode_record
from tests.server.rig.devices import BROKER, pair, pairing_code, press, show_broker, start_with_devices, token_in
from tests.server.rig.fakes import Rig, code

SEATS_OWN = ["button", "rating", "card", "lamp", "scoreboard"]


async def test_a_request_with_a_short_id_is_no_proof_of_the_device(rig: Rig) -> None:
    """Whoever has seen the code and knows the device's name gets no token by it."""
    host, ann = await start_with_devices(rig)
    typed = await pairing_code(ann, thing="button")
    assert (await pair(rig, host.room, "mine", typed, ""))["ok"]
    assert (await pair(rig, host.room, "mine", typed, ""))["error"]["code"] == "unauthorised"  # type: ignore[index]


async def test_a_seat_gives_its_own_code_and_a_host_anybodys(rig: Rig) -> None:
    """What a seat connects is its own; a host names the seat, or nobody for a thing of its own."""
    host, ann = await start_with_devices(rig)
    assert ann.hand["legal"]["pair"]["properties"]["thing"]["enum"] == [
        "button",
        "rating",
        "card",
        "lamp",
        "scoreboard",
    ]
    own = await pair(rig, host.room, "mine", await pairing_code(ann, thing="button"))
    theirs = await pair(rig, host.room, "theirs", await pairing_code(host, "host.pair", thing="card", seat=2))
    bell = await pair(rig, host.room, "bell", await pairing_code(host, "host.pair", thing="bell"))
    assert [one["data"]["seat"] for one in (own, theirs, bell)] == [1, 2, 0]  # type: ignore[index]
    host.read()
    assert host.hand["device"]["bell"] == {"thing": "bell", "seat": 0}
    assert code(await host.command("host.pair", thing="bell", seat=1)) == "bad_args"
    assert code(await host.command("host.pair", thing="button")) == "bad_args"
    assert code(await ann.command("pair", thing="bell")) == "bad_args"


async def test_a_seat_gives_a_code_before_the_start_too(rig: Rig) -> None:
    """In the lobby its hand offers that, and another face; what it connects there is still its own in the game."""
    host = await rig.create("counter", 3)
    ann = await rig.join(host.room)
    assert list(ann.hand["legal"]) == ["change_face"]
    await show_broker(rig, host, ann)
    assert list(ann.hand["legal"]) == ["change_face", "pair"]
    token = token_in(await pair(rig, host.room, "mine", await pairing_code(ann, thing="button")))
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
    """Its hand has them until they are let go, or are bound elsewhere; nobody else's hand has them."""
    host, ann = await start_with_devices(rig)
    bea = await rig.join(host.room, "Bea")

    async def things() -> tuple[object, object]:
        await rig.pass_ms(50)
        ann.read()
        bea.read()
        return ann.hand.get("device"), bea.hand.get("device")

    await pair(rig, host.room, "mine", await pairing_code(ann, thing="button"))
    assert await things() == ({"mine": {"thing": "button", "seat": 1}}, None)
    await pair(rig, host.room, "newer", await pairing_code(ann, thing="button"))
    assert await things() == ({"newer": {"thing": "button", "seat": 1}}, None)
    await pair(rig, host.room, "newer", await pairing_code(bea, thing="lamp"), "2")
    assert await things() == (None, {"newer": {"thing": "lamp", "seat": bea.hand["id"]}})
    assert (await host.command("host.unpair", device="newer")).ok
    assert await things() == (None, None)


async def test_a_thing_that_comes_anew_under_its_name_is_seen_to_have_used_its_code(rig: Rig) -> None:
    """It is counted, beyond a restart too; that the same request comes again is not."""
    host, ann = await start_with_devices(rig)

    async def seen() -> object:
        await rig.pass_ms(50)
        host.read()
        ann.read()
        assert ann.hand["device"] == host.hand["device"]
        return ann.hand["device"]["mine"].get("times")

    await pair(rig, host.room, "mine", await pairing_code(ann, thing="button"))
    assert await seen() is None
    typed = await pairing_code(ann, thing="button")
    for _ in range(2):  # the second time for a lost answer
        assert (await pair(rig, host.room, "mine", typed, "2"))["ok"]
        assert await seen() == 2
    await rig.kill()
    await rig.start()
    for client in (host, ann):
        await client.resume()
    await show_broker(rig, host, ann)
    await pair(rig, host.room, "mine", await pairing_code(ann, thing="button"), "3")
    assert await seen() == 3


async def test_nobody_but_the_hosts_sees_the_broker_and_everybodys_things(rig: Rig) -> None:
    """They stand in the hosts' hand alone, and a token stands nowhere."""
    host, ann = await start_with_devices(rig)
    watcher = await rig.watch(host.room)
    token = token_in(
        await pair(rig, host.room, "theirs", await pairing_code(host, "host.pair", thing="button", seat=2))
    )
    for client in (host, ann, watcher):
        client.read()
    assert host.hand["broker"] == {"url": BROKER.url, "connected": False, "devices": True}
    assert "broker" not in {**ann.hand, **ann.table, **watcher.table}
    assert "device" not in {**ann.hand, **ann.table, **watcher.table}
    assert {"device_of_seat"} <= {line.text for line in host.lines()}
    assert "device_of_seat" not in {line.text for line in (*ann.lines(), *watcher.lines())}
    for client in (host, ann, watcher):
        assert not any(token.encode() in frame for frame in client.connection.sent)


async def test_a_device_is_bound_beyond_a_kill(rig: Rig) -> None:
    """What was answered is durable: the token opens the same seat after it, and its ids are still known."""
    host, ann = await start_with_devices(rig)
    token = token_in(await pair(rig, host.room, "mine", await pairing_code(ann, thing="button")))
    assert (await press(rig, host.room, 1, token))["ok"]
    await rig.kill()
    await rig.start()
    await host.resume()
    await show_broker(rig, host)
    assert host.hand["device"] == {"mine": {"thing": "button", "seat": 1}}
    again = await press(rig, host.room, 1, token)
    assert (again["ok"], host.table["total"]["total"] if "total" in host.table else 1) == (True, 1)
    assert (await press(rig, host.room, 2, token, "b"))["error"]["code"] == "unauthorised"  # type: ignore[index]


async def test_the_log_of_a_game_with_devices_verifies(rig: Rig) -> None:
    """Pairing is no part of the game; what a device does is a seat's command like any other."""
    host, ann = await start_with_devices(rig)
    token = token_in(await pair(rig, host.room, "mine", await pairing_code(ann, thing="button")))
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
    host, ann = await start_with_devices(rig)
    older = await pairing_code(ann, thing="button")
    newer = await pairing_code(ann, thing="button")
    wrong = await pair(rig, host.room, "mine", "2222222")
    assert (await pair(rig, host.room, "mine", older))["error"] == wrong["error"]
    await rig.pass_ms(CODE_LASTS_MS)
    assert (await pair(rig, host.room, "mine", newer))["error"] == wrong["error"]


async def test_a_thing_that_is_let_go_does_not_come_back_by_its_code(rig: Rig) -> None:
    """A code is good once, also where nothing is bound by it any more: what a host lets go stays out."""
    host, ann = await start_with_devices(rig)
    typed = await pairing_code(ann, thing="button")
    assert (await pair(rig, host.room, "mine", typed))["ok"]
    assert (await host.command("host.unpair", device="mine")).ok
    wrong = await pair(rig, host.room, "mine", "2222222")
    for id in ("1", "2"):
        assert (await pair(rig, host.room, "mine", typed, id))["error"] == wrong["error"]


async def test_a_thing_that_goes_elsewhere_leaves_no_code_behind(rig: Rig) -> None:
    """Bound to another seat, it frees its first one, but not for somebody who has read the first code."""
    host, ann = await start_with_devices(rig)
    first = await pairing_code(ann, thing="button")
    assert (await pair(rig, host.room, "mine", first))["ok"]
    assert (await pair(rig, host.room, "mine", await pairing_code(host, "host.pair", thing="card", seat=2), "2"))["ok"]
    assert "error" in await pair(rig, host.room, "other", first)


async def test_whose_people_are_removed_has_no_code_left(rig: Rig) -> None:
    """Who has asked for a code and been taken away cannot bind a thing to whoever sits there next."""
    host, ann = await start_with_devices(rig)
    own, others = await pairing_code(ann, thing="button"), await pairing_code(host, "host.pair", thing="button", seat=2)
    assert (await host.command("host.remove", seat=1)).ok
    assert "error" in await pair(rig, host.room, "mine", own)
    assert (await pair(rig, host.room, "theirs", others))["ok"]


async def test_the_same_pair_command_again_gives_a_fresh_code(rig: Rig) -> None:
    """A lost answer costs nothing: the code that nobody has read opens nothing."""
    host, ann = await start_with_devices(rig)
    lost = await pairing_code(ann, id="one", thing="button")
    again = await pairing_code(ann, id="one", thing="button")
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
    host, ann = await start_with_devices(rig)
    await ann.say(Command("c", "count", {"by": 1}, ann.at))
    typed = await pairing_code(ann, thing="button")
    rig.log.fail_next()
    assert (await pair(rig, host.room, "mine", typed))["error"]["code"] == "unavailable"  # type: ignore[index]
    await rig.pass_ms(2_000)
    host.read()
    assert "device" not in host.hand
    assert (await pair(rig, host.room, "mine", typed))["ok"]


async def test_how_it_stands_with_the_broker_is_shown_though_the_store_was_away_when_that_changed(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is carried out where commands are turned away: nobody would send it again."""
    host, ann = await rig.started("counter")
    rig.log.fail_next()
    assert code(await ann.command("count", by=1)) == "unavailable"

    async def away(_: str) -> list[Record]:
        raise StoreUnavailable

    with monkeypatch.context() as store:
        store.setattr(rig.log, "read", away)
        rig.room(host.room).inbox.put(BrokerChanged(BROKER))
        await rig.pass_ms(50)
    await rig.pass_ms(5_000)
    host.read()
    assert host.hand["broker"]["url"] == BROKER.url
    assert (await ann.command("count", by=1)).ok
