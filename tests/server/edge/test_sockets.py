"""The server on real sockets: handshakes, limits, stalled readers, stopping, and a whole game of counter."""

import asyncio
import errno
import socket
from collections.abc import AsyncIterator, Awaitable
from pathlib import Path

import pytest
from websockets.asyncio.server import ServerConnection
from websockets.exceptions import InvalidStatus

from makersphere_bots.stand_ins import StandIns
from makersphere_protocol.codec import decode_from_server, encode
from makersphere_protocol.messages import (
    SUBPROTOCOL,
    At,
    Command,
    Create,
    Error,
    Join,
    Options,
    Result,
    Update,
    Watch,
    Welcome,
)
from makersphere_protocol.patches import apply
from makersphere_server.app import CannotStart, Running, running
from makersphere_server.edge.session import Session
from makersphere_server.edge.ws import Socket
from makersphere_server.storage.event_log import StoreUnavailable
from makersphere_server.storage.store import Store
from tests.loopback import loopback
from tests.server.rig.limited import met
from tests.server.rig.memory_log import MemoryLog
from tests.server.rig.sockets import PATIENCE_S, close_code, dial, hear, masked, say


@pytest.fixture
async def server() -> AsyncIterator[Running]:
    """Give a server on a free port, without a disk."""
    async with running(loopback(), StandIns(), log=MemoryLog()) as server:
        yield server


async def test_a_game_of_counter(server: Running) -> None:
    """From opening a room to its end over real sockets: what a client is shown adds up."""
    async with dial(server) as host, dial(server) as ann:
        await say(host, Create("counter", Options(seats=1)))
        room = await hear(host, Welcome)
        assert host.subprotocol == SUBPROTOCOL
        await say(ann, Join(room.room, "Ann"))
        welcome = await hear(ann, Welcome)
        table = welcome.table or {}
        await say(host, Command("s", "host.start"))
        at = At(1, "count")
        for n in range(1, 11):
            await say(ann, Command(f"c{n}", "count", {"by": n}, at))
        await say(ann, Command("r", "ready", {"ready": True}, at))
        while table["game"]["status"] != "over":
            frame = await hear(ann, Update)
            apply(table, frame.table or {})
        assert table["tally"] == {"total": 55, "last": 1}
        assert set(table["dice"]) == {"seed", "nonce"}


async def test_fragments_and_order(server: Running) -> None:
    """A message in pieces is one message, and does not overtake what was sent before it."""
    async with dial(server) as host:
        frame = encode(Create("counter", Options(seats=1))).decode()
        await host.send([frame[:10], frame[10:20], frame[20:]])
        await say(host, Command("1", "host.start"))
        await say(host, Command("2", "host.announce", {"text": "hello"}))
        first = await hear(host, Result)
        second = await hear(host, Result)
        assert (first.id, second.id) == ("1", "2")
        assert (first.ok, second.ok) == (True, True)


@pytest.mark.parametrize("size", [1, 3, 50, 131, 200, 1_000, 100_000])
async def test_messages_come_whole_however_they_are_cut(server: Running, size: int) -> None:
    """Several in one read, one over several reads, a ping between: the same answers in the same order."""
    async with dial(server) as host:
        await say(host, Create("counter", Options(seats=1)))
        await hear(host, Welcome)
        texts = [encode(Command(f"{n}", "host.announce", {"text": "x" * (n * 37 % 300)})) for n in range(1, 13)]
        frames = [masked(0x81, text) for text in texts]
        frames[4:4] = [masked(0x89, b"there?"), masked(0x01, texts[0][:9]), masked(0x80, texts[0][9:])]
        whole = b"".join(frames)
        for start in range(0, len(whole), size):
            host.transport.write(whole[start : start + size])
            if size < 1_000:
                await asyncio.sleep(0)
        answers = [(await hear(host, Result)).id for _ in range(13)]
        assert answers == ["1", "2", "3", "4", "1", *map(str, range(5, 13))]


async def test_a_frame_without_a_mask_is_no_message(server: Running) -> None:
    """A client has to mask what it sends (RFC 6455, 5.1), also where it is short and whole."""
    async with dial(server) as host:
        await say(host, Create("counter", Options(seats=1)))
        await hear(host, Welcome)
        text = encode(Command("1", "host.start"))
        host.transport.write(bytes((0x81, len(text))) + text)
        assert await close_code(host) == 1002


async def test_who_was_heard_is_not_asked(server: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    """A ping goes to whoever has said nothing since the last one was due, and its answer counts as something said."""
    begun: list[Socket] = []
    asked: list[object] = []
    begin, library = Socket.begin, ServerConnection.ping

    def noting(one: Socket, session: Session) -> None:
        begun.append(one)
        begin(one, session)

    async def ping(one: ServerConnection, data: None = None) -> Awaitable[float]:
        asked.append(one)
        return await library(one, data)

    monkeypatch.setattr(Socket, "begin", noting)
    monkeypatch.setattr(ServerConnection, "ping", ping)
    async with dial(server) as host:
        await say(host, Create("counter", Options(seats=1)))
        await hear(host, Welcome)
        (theirs,) = begun
        assert await (await theirs.ping()) == 0.0
        assert not asked
        await (await theirs.ping())
        assert len(asked) == 1
        await (await theirs.ping())
        assert len(asked) == 1


async def test_binary_and_broken_text(server: Running) -> None:
    """Bytes that are no text get `bad_frame`, three of them the close."""
    async with dial(server) as stranger:
        await stranger.send(b"\xff\xfe")
        refused = await hear(stranger, Result)
        assert refused.error is not None
        assert refused.error.code == "bad_frame"
        await stranger.send(b"\xff\xfe", text=True)
        await stranger.send(b"\xff\xfe")
        assert (await hear(stranger, Error)).code == "bad_frame"
        assert await close_code(stranger) == 4400


async def test_a_frame_that_is_too_large(server: Running) -> None:
    """The library closes with 1009 before anything is kept."""
    async with dial(server) as stranger:
        await stranger.send("x" * 20_000)
        assert await close_code(stranger) == 1009


async def test_other_protocols_and_pages(server: Running) -> None:
    """A page of another site cannot connect."""
    with pytest.raises(InvalidStatus) as refused:
        async with dial(server, origin="http://evil.example"):
            pass
    assert refused.value.response.status_code == 403


async def test_plain_requests_on_the_same_port(server: Running) -> None:
    """`/healthz` answers, HEAD has no body, and the connection is closed after each."""
    for method, ends in (("GET", b"OK\n"), ("HEAD", b"\r\n\r\n")):
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(f"{method} /healthz HTTP/1.1\r\nHost: here\r\n\r\n".encode())
        async with asyncio.timeout(PATIENCE_S):
            answer = await reader.read()
        writer.close()
        await writer.wait_closed()
        assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
        assert answer.endswith(ends)
        assert b"Content-Length: 3\r\n" in answer


async def _bare(port: int) -> socket.socket:
    """Return a socket that has shaken hands, and that nobody reads."""
    bare = socket.socket()
    bare.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    bare.settimeout(0)
    loop = asyncio.get_running_loop()
    await loop.sock_connect(bare, ("127.0.0.1", port))
    head = f"GET /ws HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    head += f"Sec-WebSocket-Protocol: {SUBPROTOCOL}\r\nSec-WebSocket-Version: 13\r\n"
    key = "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
    await loop.sock_sendall(bare, (head + key).encode())
    await loop.sock_recv(bare, 1_000)
    return bare


def _text_frame(text: bytes) -> bytes:
    return bytes((0x81, 0x80 | len(text), 0, 0, 0, 0)) + text


async def test_a_stalled_reader_is_cut() -> None:
    """Who takes nothing any more is cut, and the others do not notice."""
    settings = loopback(stall_s=1, lab=True)
    async with running(settings, StandIns(), log=MemoryLog()) as server, dial(server) as host:
        await say(host, Create("counter", Options(seats=1)))
        room = await hear(host, Welcome)
        with await _bare(server.port) as stalled:
            stalled.send(_text_frame(encode(Watch(room.room))))
            watchers, sent, answered = -1, 0, 0
            while watchers != 0 or sent == 0:
                if watchers == 1 and answered == sent:  # who does not read its own answers would be cut, too
                    for _ in range(100):
                        sent += 1
                        await say(host, Command(f"a{sent}", "host.announce", {"text": "\u4e2d" * 400}))
                async with asyncio.timeout(PATIENCE_S):
                    frame = decode_from_server(await host.recv(decode=False))
                if isinstance(frame, Update):
                    watchers = (frame.hand or {}).get("host", {}).get("watchers", watchers)
                answered += isinstance(frame, Result)


async def test_stopping_says_1012() -> None:
    """A server that stops tells everybody to come back in a moment, and does not wait for those that do not listen."""
    async with running(loopback(), StandIns(), log=MemoryLog()) as server:
        host = await dial(server)
        await say(host, Create("counter"))
        await hear(host, Welcome)
    assert await close_code(host) == 1012
    await host.close()


async def test_a_port_in_use(server: Running) -> None:
    """One sentence, and the cause for a caller that can say it better."""
    with pytest.raises(CannotStart, match=f"Port {server.port} cannot be used") as trouble:
        async with running(loopback(port=server.port), StandIns(), log=MemoryLog()):
            pass
    assert isinstance(trouble.value.__cause__, OSError)
    assert trouble.value.__cause__.errno == errno.EADDRINUSE


async def test_a_folder_that_is_none(tmp_path: Path) -> None:
    """A data folder that cannot be is said in one sentence."""
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(CannotStart, match="cannot be used for the rooms"):
        async with running(loopback(data=tmp_path / "file"), StandIns()):
            pass


async def test_a_disk_that_fails_while_the_rooms_are_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that could be opened, and then not be read, is said in one sentence too."""

    def fails(_: Store) -> None:
        raise StoreUnavailable("disk I/O error")

    monkeypatch.setattr(Store, "rooms", fails)
    with pytest.raises(CannotStart, match="cannot be used for the rooms: disk I/O error"):
        async with running(loopback(data=tmp_path), StandIns()):
            pass


async def test_a_folder_in_use(tmp_path: Path) -> None:
    """Two servers never work in one folder."""
    settings = loopback(data=tmp_path)
    async with running(settings, StandIns()):
        with pytest.raises(CannotStart, match="Another server works in the folder"):
            async with running(settings, StandIns()):
                pass


async def test_a_flood_waits_for_everybody_else(server: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    """A turn of the loop takes little of a connection: of a thousand frames at once most come after others' frames."""
    heard: list[bytes | str] = []
    heard_all = asyncio.Event()

    def receive(_: Session, data: bytes | str) -> None:
        heard.append(data)
        if len(heard) == 1_001:
            heard_all.set()

    monkeypatch.setattr(Session, "receive", receive)
    with await _bare(server.port) as flooding, await _bare(server.port) as honest:
        flooding.send(1_000 * _text_frame(b"flood"))
        honest.send(_text_frame(b"one"))
        await heard_all.wait()
    assert heard.index(b"one") < 500


async def test_a_flood_is_not_listened_to(server: Running) -> None:
    """Whoever sends too much is read slowly, then told 4429 and read no more: the rest stays with the sender."""
    async with dial(server) as host, dial(server) as ann:
        await say(host, Create("counter", Options(seats=1)))
        await say(ann, Join((await hear(host, Welcome)).room, "Ann"))
        await hear(ann, Welcome)
        before = met("commands_per_s")
        for number in range(1_000):
            await say(ann, Command(f"c{number}", "count", {"by": 1}))
        assert await close_code(ann) == 4429
        assert met("commands_per_s") - before < 500
