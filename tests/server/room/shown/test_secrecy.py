"""What is one seat's alone reaches nobody else: not in frames, not in their number, not in a log."""

import pytest
from structlog.testing import capture_logs

from makersphere_protocol.codec import decode_from_server
from makersphere_protocol.messages import At, Create, Options, Update
from makersphere_server.codes import seed_of
from makersphere_server.lobby import founding
from makersphere_server.room.model.feed import TABLE, Feed, LogLine
from makersphere_server.room.model.log.marks import Marks
from makersphere_server.room.shown.outbox import Outbox
from tests.server.rig.fakes import Client, MemoryConnection, Rig


async def _season(price: int, seed: int) -> dict[str, list[bytes]]:
    """Play until admission is over, one seat sealing this or that; return every update that others got.

    A stranger who asks for that seat then is one of them.
    """
    rig = Rig(bots="standard")
    await rig.start()
    host = Client(rig)
    await host.say(Create("classroom", Options(seats=12, seed=seed, teams=True)))
    await rig.pass_ms(50)
    host.read()
    others = [host, await rig.watch(host.room)]
    one = await rig.join(host.room, "One", seat=1)
    others.append(await rig.join(host.room, "Two", seat=2))
    await host.command("host.start")
    await rig.pass_ms(300)
    for name in ("policy", "admission"):
        one.read()
        assert one.at == At(1, name)
        if name == "admission":
            assert (await one.command("keep_idea", card=price)).ok
            assert (await one.command("pitch", space="garage")).ok
            await rig.pass_ms(300)
            break
        await host.command("host.advance")
        await rig.pass_ms(300)
    names = ("host", "watcher", "two")
    found = {name: other.connection.sent[1:] for name, other in zip(names, others, strict=True)}
    strangers = [await rig.join(host.room, "Zed", id="z", seat=seat) for seat in (1, 99)]
    found["stranger"], found["missing"] = (stranger.connection.sent for stranger in strangers)
    assert len(found["stranger"]) == 1
    await rig.stop()
    return found


@pytest.mark.parametrize("seed", [7, 8])
async def test_a_sealed_choice_changes_no_byte_that_others_get(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two games that differ in one seat's sealed choice look the same to all others: every byte of every frame."""
    monkeypatch.setattr(founding, "seed_of", lambda seed: seed_of(seed or 0))  # nonces differ, and so do commitments
    monkeypatch.setattr(Marks, "add", lambda _: "one for all")  # a mark is random, and says nothing
    assert await _season(1, seed) == await _season(2, seed)


async def test_a_line_goes_to_its_audience() -> None:
    """A line for one seat is read by that seat alone, also by whoever comes back late."""
    feed = Feed(0, lambda: 0)
    connections = {view: MemoryConnection() for view in (TABLE, 1, 2)}
    late = MemoryConnection()
    for view, connection in connections.items():
        Outbox(feed, connection, view)
    slow = Outbox(feed, late, 2)
    late.clogged = True
    feed.publish(1, {"a": {"b": 1}}, {}, [LogLine("open", 1, {}, (TABLE,)), LogLine("whisper", 1, {"n": 5}, (1,))])
    feed.publish(2, {}, {1: {"c": 1}}, [LogLine("whisper", 2, {}, (1,))])
    late.clogged = False
    slow.catch_up()

    def told(connection: MemoryConnection) -> list[str]:
        frames = [decode_from_server(frame) for frame in connection.sent]
        return [line.text for frame in frames if isinstance(frame, Update) for line in frame.log or []]

    assert told(connections[1]) == ["open", "whisper", "whisper"]
    assert told(connections[2]) == told(connections[TABLE]) == told(late) == ["open"]
    assert len(connections[2].sent) == len(connections[TABLE].sent) == 1
    assert connections[2].sent[0] is connections[TABLE].sent[0]
    assert b"whisper" not in b"".join(connections[2].sent + late.sent)


async def test_the_log_names_nobody(rig: Rig) -> None:
    """A line for each command with outcome and duration; no name, no token, no seed, no argument."""
    with capture_logs() as lines:
        host = await rig.create(options=Options(seats=2, seed=424242))
        ann = await rig.join(host.room, "Annabel")
        await host.command("host.start")
        await rig.pass_ms(100)
        ann.read()
        await ann.command("count", by=7)
        await ann.command("count", by=700)
        await host.command("host.announce", text="Coffee")
        ann.leave()
        await rig.pass_ms(100)
    handled = [line for line in lines if line["event"] == "command_handled"]
    assert [(line["command"], line["outcome"]) for line in handled if line["by"] != "bot"] == [
        ("host.start", "ok"),
        ("count", "ok"),
        ("count", "bad_args"),
        ("host.announce", "ok"),
    ]
    assert {"room", "seat", "seq", "by", "ms"} <= set(handled[0])
    text = repr(lines)
    for secret in ("Annabel", ann.token, host.token, "424242", "Coffee", "700"):
        assert secret not in text
