"""Games in which a seat has one person after the other."""

from tests.server.rig.asking import answer, asks
from tests.server.rig.classes import seen
from tests.server.rig.fakes import Client, Rig
from tests.server.rig.finished_rooms import begun

__all__ = ["frees", "let_in_by_mistake", "on_to", "sits_down"]


async def on_to(host: Client, season: int, phase: str, *ready: Client) -> None:
    """Close phase after phase, in which some people are done, up to one."""
    while (host.table["game"]["season"], host.table["game"]["phase"]) != (season, phase):
        before = dict(host.table["game"])
        for person in ready:
            person.read()
            assert (await person.command("ready", ready=True)).ok
        await host.rig.pass_ms(1_000)
        host.read()
        if host.table["game"] == before:
            assert (await host.command("host.advance")).ok
            await host.rig.pass_ms(1_000)
            host.read()


async def frees(host: Client, who: Client) -> None:
    """Have a host take somebody away."""
    assert (await host.command("host.remove", seat=who.you.seat)).ok


async def sits_down(host: Client, name: str, seat: int) -> Client:
    """Return who asks for a seat, and is let in by the host."""
    await asks(host.rig, host.room, name, f"phone of {name}", seat=seat)
    assert await answer(host, name)
    return await seen(await host.rig.join(host.room, name, id=f"phone of {name}", seat=seat))


async def let_in_by_mistake(rig: Rig) -> tuple[Client, Client]:
    """Return the host and Lena of a game in whose first season Zoe had Lena's seat, for two phases."""
    host, lena = await begun(rig, "quickstart", 6, ("Lena",))
    await on_to(host, 1, "admission", lena)
    await frees(host, lena)
    zoe = await sits_down(host, "Zoe", 1)
    await on_to(host, 1, "matching", zoe)
    await frees(host, zoe)
    back = await sits_down(host, "Lena", 1)
    assert (zoe.you.member, back.you.member) == (2, 1)
    await on_to(host, 2, "recap", back)
    return host, back
