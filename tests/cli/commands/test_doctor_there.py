"""`makersphere doctor --at`: what it finds on the way to a server that runs, whole and with each part of it missing."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
import socket
import ssl
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import attrs
import pytest
import trustme

from makersphere_cli.main import run
from makersphere_cli.speech import words
from makersphere_clients import carried
from makersphere_server.edge import static_files
from tests.clients.between import between
from tests.listening import listening
from tests.loopback import free_port
from tests.server.rig.limited import serving

NOW = dt.datetime.now(dt.UTC)
DAY = dt.timedelta(days=1)
Ask = Callable[[str], "asyncio.Future[Told]"]


@attrs.frozen
class Told:
    """What the command told: its exit code, and what it found of each need."""

    code: int
    states: Mapping[str, str]
    sentences: Mapping[str, str]


@pytest.fixture(name="ask")
def ask_(capsys: pytest.CaptureFixture[str]) -> Callable[[str], object]:
    """Return what asks the command, beside the loop that serves."""

    async def ask(at: str) -> Told:
        code = await asyncio.to_thread(run, ["doctor", "--json", "--at", at])
        found = [json.loads(line) for line in capsys.readouterr().out.splitlines() if line[0] == "{"]
        return Told(
            code,
            {each["need"]: each["state"] for each in found},
            {each["need"]: each["sentence"] for each in found},
        )

    return ask


@pytest.fixture(autouse=True)
def pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have pages, whether the web client is built here or not."""
    page = b'<title>Makersphere</title><div id="app"></div>'
    monkeypatch.setattr(
        static_files, "load", lambda: {"/": static_files.Asset(page, page, "text/html", '"1"', is_hashed=False)}
    )


@pytest.fixture(name="ca")
def ca_(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> trustme.CA:
    """Return an authority that this machine knows."""
    found = trustme.CA()
    found.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    return found


@asynccontextmanager
async def answering(answer: bytes, tls: trustme.LeafCert | None = None) -> AsyncIterator[int]:
    """Answer every request alike; yield the port."""

    async def tell(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)

    context = None
    if tls is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.configure_cert(context)
    async with listening(tell, context) as port:
        yield port


async def test_a_server_that_is_well_is_well_from_here(ask: Ask) -> None:
    """By plain http, which is a note; a link to a room leads to its server, and the key in it is nowhere said."""
    async with serving() as server:
        told = await ask(f"http://127.0.0.1:{server.port}/#/r/ABCDEFG/SECRETKEY")
    assert told.code == 0
    wanted = {"name": "well", "port": "well", "certificate": "note", "web": "well", "live": "well", "clock": "well"}
    assert told.states == wanted
    assert "SECRETKEY" not in "".join(told.sentences.values())


async def test_by_https_it_says_how_long_the_certificate_holds(ask: Ask, ca: trustme.CA, tmp_path: Path) -> None:
    """Frames travel by TLS as well; one that is over within two weeks is a note."""
    for days, state in ((30, "well"), (5, "note")):
        issued = ca.issue_cert("127.0.0.1", not_before=NOW - DAY, not_after=NOW + days * DAY + DAY / 2)
        issued.private_key_and_cert_chain_pem.write_to_path(tmp_path / "both.pem")
        async with serving(tls_cert=tmp_path / "both.pem") as server:
            told = await ask(f"https://127.0.0.1:{server.port}")
        assert (told.code, told.states["certificate"], told.states["live"]) == (0, state, "well")
        assert f"{days} " in told.sentences["certificate"]


@pytest.mark.parametrize(
    ("name", "begins", "says"),
    [
        ("game.example", -DAY, "is for another name"),
        ("127.0.0.1", -9 * DAY, "is over"),
        ("127.0.0.1", DAY, "does not hold yet"),
    ],
)
async def test_a_certificate_that_is_not_good_ends_the_way(
    name: str, begins: dt.timedelta, says: str, ask: Ask, ca: trustme.CA
) -> None:
    """No browser goes further, and nor is anything further asked."""
    issued = ca.issue_cert(name, not_before=NOW + begins, not_after=NOW + begins + 5 * DAY)
    async with answering(b"", issued) as port:
        told = await ask(f"https://127.0.0.1:{port}")
    assert (told.code, list(told.states), told.states["certificate"]) == (
        1,
        ["name", "port", "certificate"],
        "wrong",
    )
    assert says in told.sentences["certificate"]


async def test_https_at_a_port_without_it_is_told(ask: Ask) -> None:
    """The other way is in the sentence."""
    async with serving() as server:
        told = await ask(f"https://127.0.0.1:{server.port}")
    assert told.code == 1
    assert f"try http://127.0.0.1:{server.port}" in told.sentences["certificate"]


@pytest.mark.parametrize(("keeps_back", "says"), [(False, "the slower way"), (True, "by fetching")])
async def test_where_upgrade_is_stripped_the_slower_way_is_tried(
    keeps_back: bool,  # noqa: FBT001  (a case)
    says: str,
    ask: Ask,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A game can be played, so it is a note; the keeper is told what to do."""
    monkeypatch.setattr(carried, "_FIRST_EVENT_S", 0.3 if keeps_back else 5.0)
    async with serving() as server, between(server.port, keeps_back=keeps_back) as way:
        told = await ask(f"127.0.0.1:{way.port}")
    assert (told.code, told.states["live"]) == (0, "note")
    assert says in told.sentences["live"]


async def test_where_neither_way_comes_through_no_game_can_be_played(ask: Ask) -> None:
    """As behind a filter that lets pages through, and nothing else."""
    page = b'<title>Makersphere</title><div id="app"></div>'
    async with answering(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(page), page)) as port:
        told = await ask(f"127.0.0.1:{port}")
    assert (told.code, told.states["live"], told.states["clock"]) == (1, "wrong", "note")
    assert "Neither a WebSocket nor the slower way" in told.sentences["live"]


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n", "the game behind it does not (502)"),
        (
            b"HTTP/1.1 301 Moved\r\nLocation: https://game.example/\r\nContent-Length: 0\r\n\r\n",
            "https://game.example/",
        ),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", "is no Makersphere"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 26\r\n\r\n<title>Makersphere</title>", "without its pages"),
        (b"SSH-2.0-other\r\n", "brings no page"),
        (b"", "brings no page"),
    ],
)
async def test_whatever_else_answers_is_told_apart(answer: bytes, says: str, ask: Ask) -> None:
    """A proxy without its game, one that sends on to https, another program."""
    async with answering(answer) as port:
        told = await ask(f"http://127.0.0.1:{port}")
    assert (told.code, told.states["web"]) == (1, "wrong")
    assert says in told.sentences["web"]


async def test_a_server_that_takes_no_rooms_is_told(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """As while it stops, or its disk refuses."""
    async with serving() as server:
        monkeypatch.setattr(type(server.lobby), "is_ready", property(lambda _: False))
        told = await ask(f"127.0.0.1:{server.port}")
    assert (told.code, told.states["web"]) == (1, "wrong")
    assert "takes no rooms" in told.sentences["web"]


async def test_a_clock_that_is_off_is_a_note(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """With how far the two are apart."""
    monkeypatch.setattr("email.utils.formatdate", lambda **_: "Tue, 14 Nov 2023 22:13:20 GMT")
    async with serving() as server:
        told = await ask(f"127.0.0.1:{server.port}")
    assert (told.code, told.states["clock"]) == (0, "note")
    assert "minutes apart" in told.sentences["clock"]


async def test_a_name_that_leads_nowhere_and_a_port_where_nobody_listens_are_told(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is where the way ends."""
    told = await ask(f"http://127.0.0.1:{free_port()}")
    assert (told.code, list(told.states.values())) == (1, ["well", "wrong"])
    assert "Nobody listens" in told.sentences["port"]

    def nobody(*_: object, **__: object) -> object:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    told = await ask("https://game.school.example")
    assert (told.code, told.states) == (1, {"name": "wrong"})
    assert told.sentences["name"].startswith("game.school.example leads nowhere:")


@pytest.mark.parametrize("typed", ["", "two words", "ftp://here", "http://me:pass@here", "http://here:port"])
def test_what_is_no_address_is_refused_without_being_repeated(typed: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A key may be in it."""
    assert run(["doctor", "--at", typed]) == 2
    told = capsys.readouterr().err
    assert "What stands after --at is no address" in told
    assert not typed or typed not in told


@pytest.mark.parametrize(
    ("language", "says"), [("en", "All is well from this machine"), ("zh", "从这台电脑到那个服务器一切正常")]
)
async def test_people_read_it_in_their_language(
    language: str,
    says: str,
    ca: trustme.CA,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No key is left raw."""
    monkeypatch.setenv("MAKERSPHERE_LANGUAGE", language)
    words.language.cache_clear()
    ca.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(tmp_path / "both.pem")
    async with serving(tls_cert=tmp_path / "both.pem") as server:
        assert await asyncio.to_thread(run, ["doctor", "--at", f"https://127.0.0.1:{server.port}"]) == 0
    shown = capsys.readouterr().out
    assert says in shown.replace("\n", "")
    assert "doctor." not in shown
