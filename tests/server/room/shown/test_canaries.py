"""A mark in every secret, and a search for all of them wherever bytes leave the server or are kept."""

import asyncio
import json
import sys
from pathlib import Path

import pytest

from makersphere_protocol.messages import Args, Command, Create, Join, Options, Resume
from makersphere_server import logs
from makersphere_server.metrics import exposition
from makersphere_server.storage.log_file import export_jsonl
from makersphere_server.storage.record import encode_record
from tests.server.rig.captured_log import Screen
from tests.server.rig.fakes import Client, Rig

KEY = "canary-hostkey"
SEED = 777_000_777_000
NAMES = ("Canaryanna", "Canaryben")
MESSAGE, REASON, ANNOUNCED = "canary-message", "canary-reason", "canary-announced"
WRONG = ("canary-token", "canary-argument", "canarycode", "canary-id")


def _listen(monkeypatch: pytest.MonkeyPatch) -> Screen:
    """Return where everything is logged from now on, of the least importance, as a server logs it."""
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    logs.set_up("debug", as_json=True)
    return screen


def _sent(*clients: Client) -> bytes:
    return b"".join(frame for client in clients for frame in client.connection.sent)


async def _play(rig: Rig) -> dict[str, Client]:
    """Play with a mark in everything that somebody alone should know, and in what strangers try."""
    host = await rig.create(options=Options(seats=3, seed=SEED), key=KEY, id="canary-create")
    anna = await rig.join(host.room, NAMES[0])
    ben = await rig.join(host.room, NAMES[1])
    wall = await rig.watch(host.room)
    assert (await host.command("host.start")).ok
    await rig.pass_ms(100)
    anna.read()
    assert (await anna.command("count", by=7)).ok
    assert (await host.command("host.message", seat=1, text=MESSAGE)).ok
    assert (await host.command("host.announce", text=ANNOUNCED)).ok
    tries: list[tuple[str, Args]] = [(WRONG[1], {}), ("count", {"by": WRONG[1]}), ("count", {WRONG[1]: 1})]
    for name, args in tries:
        await anna.say(Command(f"{WRONG[3]}-{name}-{len(args)}", name, args))
    strangers = [Client(rig) for _ in range(5)]
    for stranger, frame in zip(
        strangers,
        (
            Resume(host.room, WRONG[0]),
            Resume(host.room, "", WRONG[0]),
            Resume(host.room, code=WRONG[2]),
            Join(WRONG[2], WRONG[0]),
            Create("counter", key=WRONG[0]),
        ),
        strict=True,
    ):
        await stranger.say(frame)
    await strangers[0].say(b'{"type":"join","room":"canary-argument"')
    await anna.say(b'{"type":"command","id":"i","name":"canary-argument","args":{"a":1.5}}')
    assert (await host.command("host.remove", seat=2, reason=REASON)).ok
    await rig.pass_ms(200)
    people = {"host": host, "anna": anna, "ben": ben, "wall": wall}
    return {**people, **{f"stranger {number}": one for number, one in enumerate(strangers)}}


async def test_no_secret_is_logged_counted_or_told_to_others(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Names, tokens, keys, codes, the seed and free texts: each only where it belongs."""
    screen = _listen(monkeypatch)
    rig = await Rig(host_key=KEY).start()
    people = await _play(rig)
    device = await people["anna"].command("rejoin_code")
    chair = await people["host"].command("host.invite")
    assert device.data is not None
    assert chair.data is not None
    opens = [*(people[who].token for who in ("host", "anna", "ben")), device.data["code"], chair.data["host_token"]]
    logged = screen.text()
    assert "command_handled" in logged
    for secret in (KEY, str(SEED), *opens, *NAMES, MESSAGE, REASON, ANNOUNCED, *WRONG):
        assert secret not in logged
        assert secret not in exposition().decode()
    await _assert_nothing_is_kept(rig, people["host"].room, opens, tmp_path / "log.jsonl")
    _assert_nobody_else_reads(people, device.data["code"], chair.data["host_token"])
    await rig.stop()


async def _assert_nothing_is_kept(rig: Rig, room: str, opens: list[str], file: Path) -> None:
    """Neither an export nor the records nor what is kept beside them holds what it should not."""
    records = await rig.log.read(room)
    (row,) = await rig.log.rooms()
    export_jsonl(row, records, file)
    exported = await asyncio.to_thread(file.read_bytes) + b"".join(map(encode_record, records))
    for secret in (KEY, *opens, *NAMES, MESSAGE, REASON, ANNOUNCED, *WRONG[:3]):
        assert secret.encode() not in exported, secret
    kept = json.dumps({key: value.decode() for key, value in (await rig.log.privates(room)).items()})
    for secret in (KEY, *opens, WRONG[0], WRONG[2]):  # a refused command is kept, lest its repeat be decided anew
        assert secret not in kept, secret


def _assert_nobody_else_reads(people: dict[str, Client], code: str, host_token: str) -> None:
    """A token reaches its owner alone, and every other mark those whom it is for."""
    mine = {who: _sent(one) for who, one in people.items()}
    for owner in ("host", "anna", "ben"):
        token = people[owner].token.encode()
        assert [who for who, bytes_ in mine.items() if token in bytes_] == [owner]
    for secret, reads in (
        (KEY, set()),
        (str(SEED), set()),
        (MESSAGE, {"anna"}),
        (ANNOUNCED, {"host", "anna", "ben", "wall"}),
        (code, {"anna"}),
        (host_token, {"host"}),
        (WRONG[0], set()),
    ):
        assert {who for who, bytes_ in mine.items() if secret.encode() in bytes_} <= reads, secret
    assert MESSAGE.encode() in mine["anna"]
    for who, bytes_ in mine.items():
        if who.startswith("stranger"):
            assert not any(name.encode() in bytes_ for name in NAMES)


async def test_a_bug_tells_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """A room that stops because of a bug says so in its log without a name, a token or an argument."""
    screen = _listen(monkeypatch)
    rig = await Rig().start()
    host, _ = await rig.started()
    ben = await rig.join(host.room, NAMES[1])
    monkeypatch.setattr("makersphere_server.room.commands.host.table.carry_out", lambda *_: 1 // 0)
    await host.say(Command("canary-id", "host.announce", {"text": ANNOUNCED}))
    await rig.pass_ms(100)
    assert host.error().code == "unavailable"
    logged = screen.text()
    assert "room_stopped" in logged
    assert "ZeroDivisionError" in logged
    for secret in (NAMES[1], ben.token, host.token, ANNOUNCED, "canary-id"):
        assert secret not in logged
    assert ANNOUNCED.encode() not in _sent(ben)
    assert host.token.encode() not in _sent(ben)
    (row,) = await rig.log.rooms()
    assert ANNOUNCED not in row.reason
    rig.lobby.open_rooms._rooms.clear()
    await rig.stop()
