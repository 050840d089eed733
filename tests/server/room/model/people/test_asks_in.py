"""Wishes to be let in: what the store refuses has answered none, and what it has taken stays answered."""

import pytest

from makersphere_server.room.model.people.asks_in import ASK_AGAIN_S, AsksIn, Wish
from tests.server.rig.asking import answer, asks, give_pass, wishes
from tests.server.rig.fakes import Rig, code


@pytest.mark.parametrize("accept", [True, False])
@pytest.mark.parametrize("by_host", [False, True])
async def test_an_answer_that_the_store_refused_has_changed_nothing(rig: Rig, by_host: bool, accept: bool) -> None:  # noqa: FBT001
    """The wish waits under its number, whoever asks hears what they heard, and the same command again answers it."""
    host, ann = await rig.started("two", 3, teams=True)
    await asks(rig, host.room, "Zed", seat=1)
    answering, command = (host, "host.let_in") if by_host else (ann, "let_in")
    number = (await wishes(answering))["Zed"]["join"]
    rig.log.fail_next()
    assert code(await answering.command(command, "once", join=number, accept=accept)) == "unavailable"
    await rig.pass_ms(2_000)
    assert (await wishes(answering))["Zed"]["join"] == number
    assert (await asks(rig, host.room, "Zed", seat=1)).retry_after == ASK_AGAIN_S
    assert (await answering.command(command, "once", join=number, accept=accept)).ok
    assert await wishes(answering) == {}
    zed = await rig.join(host.room, "Zed", id="Zed", seat=1)
    if accept:
        assert (zed.you.seat, zed.you.member) == (1, 2)
    else:
        assert zed.error().retry_after == 0


@pytest.mark.parametrize("teams", [False, True])
async def test_who_sat_down_and_was_not_stored_still_asks(rig: Rig, teams: bool) -> None:  # noqa: FBT001
    """By a pass, while a wish of theirs waits; where nobody shares a seat, so do the others who asked for it."""
    host, _ = await rig.started("two", 3, teams=teams)
    assert (await host.command("host.remove", seat=1)).ok
    for name in ("Yan", "Zed"):
        await asks(rig, host.room, name, seat=1)
    before = await wishes(host)
    given = await give_pass(host, seat=1)
    rig.log.fail_next()
    assert (await asks(rig, host.room, "Zed", seat=1, pass_=given)).code == "unavailable"
    await rig.pass_ms(2_000)
    assert await wishes(host) == before
    assert (await rig.join(host.room, "Zed", id="Zed", seat=1, pass_=given)).you.seat == 1
    assert list(await wishes(host)) == (["Yan"] if teams else [])


async def test_who_was_turned_away_is_told_so_after_a_crash(rig: Rig) -> None:
    """Whoever turned them away was told that it counts; after ten minutes the frame may ask again."""
    host, _ = await rig.started("two", 3, teams=True)
    assert (await host.command("host.pause")).ok
    await asks(rig, host.room, "Zed", seat=1)
    assert await answer(host, "Zed", accept=False)
    await rig.kill()
    await rig.start()
    await host.resume(fresh=True)
    assert (await asks(rig, host.room, "Zed", seat=1)).retry_after == 0
    assert await wishes(host) == {}
    await rig.pass_ms(600_000)
    assert (await asks(rig, host.room, "Zed", seat=1)).retry_after == ASK_AGAIN_S
    assert list(await wishes(host)) == ["Zed"]


def test_turning_many_away_forgets_nobody_who_was_let_in() -> None:
    """So many answers of each kind are kept, the newest, and no more are stored."""
    asks_in = AsksIn({})
    for number in range(1, 201):
        wish = Wish(number, f"join {number}", f"sender {number}", 1, "192.0.2.1", f"Z{number}", 0, 0)
        asks_in.ask(wish)
        if number == 1:
            asks_in.let_in(wish, 0, by_host=True)
        else:
            asks_in.turn_away(wish, 0)
    private = {key: value for key, value in asks_in.to_store().items() if value is not None}
    later = AsksIn(private)
    assert later.seat_of("join 1", 1) == 1
    assert [later.was_turned_away(f"join {number}", 1) for number in (136, 137, 200)] == [False, True, True]
