"""A game in which people have left all that people can leave: names, words, answers, refusals, and words of hosts."""

from typing import Any

from makersphere_protocol.messages import Options
from tests.server.rig.fakes import Client, Rig

__all__ = ["leave_all", "played_room", "to_recap"]


async def played_room(rig: Rig, *names: str, **options: Any) -> tuple[Client, list[Client]]:  # noqa: ANN401
    """Return the host and the people of a game that goes on in its second season."""
    host = await rig.create("quickstart", options=Options(seats=6, **options))
    people = [await rig.join(host.room, name, id=f"join of {number}") for number, name in enumerate(names)]
    assert (await host.command("host.start")).ok
    await to_recap(host, 2)
    for person, name in zip(people, names, strict=True):
        await leave_all(host, person, name)
    return host, people


async def to_recap(host: Client, season: int) -> None:
    """Close phases until the recap of a season is open."""
    await host.rig.pass_ms(1_000)
    host.read()
    while (host.table["game"]["phase"], host.table["game"]["season"]) != ("recap", season):
        assert (await host.command("host.advance")).ok
        await host.rig.pass_ms(1_000)
        host.read()


async def leave_all(host: Client, person: Client, name: str) -> None:
    """Have somebody and the host leave all that can be left of somebody, with the name in it."""
    await host.rig.pass_ms(1_000)
    person.read()
    seat = person.you.seat
    (asked,) = person.hand["question"].values()
    where = {"season": asked["season"], "question": asked["question"]}
    assert (await person.command("reflect", **where, text=f"answered by {name}")).ok
    assert not (await person.command("no_such", by=f"typed by {name}")).ok
    assert (await person.command("ask_host", text=f"asked by {name}")).ok
    assert (
        await host.command("host.answer", seat=seat, member=person.you.member, number=1, text=f"answer to {name}")
    ).ok
    assert (await person.command("ready", ready=True)).ok
    assert (await person.command("ready", ready=False)).ok
    assert (await host.command("host.message", seat=seat, text=f"for {name} alone")).ok
    assert (await host.command("host.look", seat=seat)).ok
    assert (await host.command("host.announce", text=f"well done, {name}")).ok
    assert (await host.command("host.bookmark", word=f"ask {name}")).ok
    assert not (await host.command("host.seat", seat=6, name=name)).ok
