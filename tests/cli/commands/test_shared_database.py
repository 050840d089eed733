"""The settings of servers that share a database: `server_name` and its like; what keeps one from starting is told."""

from __future__ import annotations

import asyncio
from contextlib import closing

import pytest

from makersphere_bots.stand_ins import StandIns
from makersphere_cli.main import run
from makersphere_server.app import running
from makersphere_server.storage import postgresql as in_postgresql
from makersphere_server.storage.place import Database
from makersphere_server.storage.shared.owners import Server
from makersphere_server.storage.shared.shared_log import SharedLog
from makersphere_server.storage.store import Store
from tests.loopback import loopback
from tests.postgres import Cluster, ask

_NAMED = ("--server-name", "two", "--server-address", "wss://two.school.example/ws")
_QUIET = ("--port", "0", "--log-level", "error")
_NOWHERE = ("--database", "postgresql://nowhere.example/rooms")


@pytest.fixture
def database(postgresql: Cluster, monkeypatch: pytest.MonkeyPatch) -> Database:
    """Return an empty database that commands find; nobody waits for one who was killed."""
    monkeypatch.setattr(in_postgresql, "_WAIT_S", 0)
    url = postgresql.new_database()
    monkeypatch.setenv("MAKERSPHERE_DATABASE", url)
    return Database.read(url)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (_NAMED, "--server-name is for servers that share a PostgreSQL"),
        ((*_NOWHERE, *_NAMED[:2]), "--server-name needs the address"),
        ((*_NOWHERE, *_NAMED[2:]), "--server-address is for a server with a name"),
        ((*_NOWHERE, *_NAMED, "--lti", "platforms.toml"), "--lti works on a server that has its rooms to itself"),
        ((*_NOWHERE, "--server-name", "no name", *_NAMED[2:]), "no name is none"),
        (
            (*_NOWHERE, *_NAMED, "--server-lease-s", "1.9"),
            "--server-lease-s can't be 1.9: it takes a number from 2 ",
        ),
        (
            (*_NOWHERE, *_NAMED, "--server-lease-s", "61"),
            "--server-lease-s can't be 61: it takes a number from 2 ",
        ),
        ((*_NOWHERE, *_NAMED[:2], "--server-address", "https://two.school.example"), "--server-address takes"),
        ((*_NOWHERE, *_NAMED[:2], "--server-address", "wss://you:secret@two.example/ws"), "--server-address takes"),
    ],
)
def test_a_name_is_taken_with_an_address_and_a_database_alone(
    typed: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each wrong combination names the setting; nothing is asked of any database, and no password is shown."""
    assert run(("serve", *_QUIET, *typed)) == 2
    complaint = capsys.readouterr().err
    assert said in complaint
    assert complaint.count("\n") == 1
    assert "secret" not in complaint


@pytest.mark.parametrize(("given", "lease_s"), [({}, 10), ({"server_lease_s": 45.0}, 45)])
async def test_a_server_is_believed_alive_for_as_long_as_its_lease_is_set(
    given: dict[str, float], lease_s: int, database: Database
) -> None:
    """By the database, which all others ask."""
    address = "wss://two.school.example/ws"
    async with running(loopback(database=database.url, server_name="two", server_address=address, **given), StandIns()):
        ((left,),) = ask(database.url, "SELECT extract(epoch FROM until - now()) FROM room_servers")
    assert lease_s - 5 < left <= lease_s


def test_beside_a_server_that_has_the_database_alone_none_with_a_name_starts(
    database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is told as two servers without names are."""
    with closing(Store(database)):
        assert run(("serve", *_QUIET, *_NAMED)) == 2
    complaint = capsys.readouterr().err
    assert "Another server works in the database" in complaint
    assert complaint.count("\n") == 1


async def test_a_name_that_another_server_has_is_refused(
    database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    """The sentence names it; and who would have the database alone is refused beside servers with names."""
    log = await SharedLog.join(database, Server("two", "wss://first.school.example/ws"))
    assert await asyncio.to_thread(run, ("serve", *_QUIET, *_NAMED)) == 2
    complaint = capsys.readouterr().err
    assert "Another server is called two" in complaint
    assert complaint.count("\n") == 1
    assert await asyncio.to_thread(run, ("serve", *_QUIET)) == 2
    assert "Another server works in the database" in capsys.readouterr().err
    await log.close()
