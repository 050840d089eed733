"""A server that stops: every room is closed, whatever goes wrong with one of them."""

import pytest

from makersphere_protocol.messages import Watch
from makersphere_server.classes.desk import ClassDesk
from tests.server.rig.classes import open_class
from tests.server.rig.fakes import Client, Rig


def _fail(*_: object) -> None:
    raise RuntimeError("a bug in one room")


async def test_a_room_that_cannot_be_closed_keeps_no_other_open(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor does a class; the server stops all the same."""
    broken, _ = await rig.started()
    host, ann = await rig.started()
    console = await open_class(rig)
    monkeypatch.setattr(ClassDesk, "finish", _fail)
    monkeypatch.setattr(rig.room(broken.room), "finish", _fail)
    monkeypatch.setattr(rig.room(broken.room), "close", _fail)
    await rig.lobby.stop()
    assert [client.connection.closed for client in (host, ann, console)] == [1012, 1012, 1012]


@pytest.mark.parametrize("what", ["finish", "close"])
async def test_a_room_that_cannot_be_put_away_is_read_again(
    rig: Rig, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """Whoever comes then finds it as the store has it."""
    host, ann = await rig.started()
    monkeypatch.setattr(rig.room(host.room), what, _fail)
    ann.leave()
    host.leave()
    await rig.pass_ms(int(rig.settings.idle_s * 1_000) + 61_000)
    again = Client(rig)
    await again.say(Watch(host.room))
    await rig.pass_ms(50)
    assert again.welcome().table is not None
