"""An id proves who sends a frame again only where nobody can guess it."""

import pytest

from makersphere_protocol.messages import Create, Join, Options
from tests.server.rig.asking import told_by, wishes
from tests.server.rig.fakes import Client, Rig


async def _said(rig: Rig, frame: Create | Join) -> Client:
    client = Client(rig)
    await client.say(frame)
    await rig.pass_ms(50)
    client.read()
    return client


@pytest.mark.parametrize("id", ["j", "7 signs"])
async def test_a_short_id_opens_no_seat_and_no_room_again(rig: Rig, id: str) -> None:
    """Whoever sends it comes in, as without one; the same frame again is refused, and says what is wrong with it."""
    create = Create("counter", Options(seats=3), id=id)
    host = await _said(rig, create)
    join = Join(host.room, "Ann", id=id)
    ann = await _said(rig, join)
    await rig.kill()
    await rig.start()
    for frame in (create, join):
        error = (await _said(rig, frame)).error()
        assert error.code == "bad_args"
        assert "id" in error.message
        assert "8" in error.message
    for one in (host, ann):
        await one.resume()
        assert one.connection.is_open()
    assert len(rig.lobby._rows) == 1


async def test_an_id_of_eight_characters_opens_both_again(rig: Rig) -> None:
    """A client that draws no more than that loses nothing by a lost welcome."""
    create = Create("counter", Options(seats=3), id="3f9a01c7")
    host = await _said(rig, create)
    assert (await _said(rig, create)).room == host.room
    join = Join(host.room, "Ann", id="3f9a01c7")
    assert [(await _said(rig, join)).you.seat for _ in range(2)] == [1, 1]


async def test_who_asks_to_be_let_in_with_a_short_id_is_told_so(rig: Rig) -> None:
    """Whoever guessed it would come in instead; the answer is the same for a seat that is not there."""
    host, _ = await rig.started("two", 3, teams=True)
    told = {told_by((await _said(rig, Join(host.room, "Zed", seat=seat, id="z"))).error()) for seat in (1, 9)}
    assert [error_code for error_code, *_ in told] == ["bad_args"]
    assert await wishes(host) == {}
