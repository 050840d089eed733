"""What the server lays over the game's views is what its types say, so that clients are built on them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import jsonschema

from makersphere_playtest.games.worker_pools import cores
from makersphere_playtest.why.telling import Asked, tell
from makersphere_protocol import overlay
from makersphere_protocol.messages import Create, Options
from makersphere_rules import shipped
from makersphere_rules.ecosystem.figures.on_the_way import NO_NUMBERS
from makersphere_rules.ecosystem.table import tenancy
from makersphere_rules.scenario_building import build
from makersphere_rules.shipped import modules
from makersphere_server.room.model.why import WhyMoved
from makersphere_server.room.shown.overlay import RoomOverlay
from tests.playtest.why.recorded_games import recorded
from tests.server.rig.fakes import Client, Rig


def faults(tree: dict[str, Any], kinds: dict[str, Any]) -> Iterator[str]:
    """Yield what stands in an overlay and is not in its types."""
    for kind, shown in tree.items():
        each = [shown] if kind in overlay.SINGLE else shown.values()
        if kind not in kinds:
            yield kind
            continue
        schema = overlay.schema_of(kinds[kind])
        closed = {"additionalProperties": False, **schema}
        for entity in each:
            yield from (
                f"{kind}: {error.message}" for error in jsonschema.Draft202012Validator(closed).iter_errors(entity)
            )


async def test_the_overlay_is_what_its_types_say(rig: Rig) -> None:
    """From the lobby through a pause, a show, a closed door, an absent player, dice and why to answers."""
    host = Client(rig)
    await host.say(Create("quickstart", Options(seats=3)))
    host.read()
    found: set[str] = set()

    def look() -> None:
        over = RoomOverlay(rig.room(host.room)._live)
        found.update(over.table())
        assert list(faults(over.table(), overlay.OF_TABLE)) == []
        assert list(faults(over.hand(1), overlay.OF_HAND)) == []

    ann = await rig.join(host.room, pen=2)
    await ann.command("change_face")
    look()
    await host.command("host.start")
    await host.command("host.show", scene="ties", step=1, curtain=True, theme="dark", language="zh")
    await host.command("host.pause")
    await host.command("host.lock", joining=False)
    ann.leave()
    look()
    await host.command("host.resume")
    look()
    while rig.room(host.room)._live.state.game.phase != "matching":
        await host.command("host.advance")
    look()
    await host.command("host.end")
    for moment in tell(recorded(), Asked(futures=2), cores(1), began=lambda _: None, done=lambda _: None):
        rig.room(host.room)._live.see_why(WhyMoved(status="making", of=moment["of"], moment=moment))
    look()
    await ann.resume()
    await ann.command("reflect", season=0, question="end_outside", text="at the bakery")
    await host.command("host.pick", season=0, question="end_outside", seat=1, shown=True)
    look()
    rig.two = build({**rig.two.source, "introduced": {"count": 2}}, modules())
    host = await rig.create("two")
    look()
    assert found == set(overlay.OF_TABLE)


async def test_the_table_says_what_points_are_given_for(rig: Rig) -> None:
    """As the scenario weighs it, one's own too, for which nobody has written a lesson; a term of 0 is none."""
    own = {**shipped.scenario("counter").source, "grade": {"decided": 60, "seasons": 0, "reflected": 5}}
    rig.two = build({**own, "name": "two"}, modules())
    assert (await rig.create("two")).table["room"]["grade"] == {"decided": 60, "reflected": 5}
    rig.two = build({**own, "name": "two", "grade": {}}, modules())
    assert "grade" not in (await rig.create("two")).table["room"]


async def test_numbers_that_were_held_back_stay_so_until_the_phase_is_over(rig: Rig) -> None:
    """If they came back when somebody is not ready any more, they would tell what the others did meanwhile."""
    host, _ = await rig.started("quickstart", 12)
    live = rig.room(host.room)._live
    while live.state.game.phase != "matching":
        await host.command("host.advance")
    over, seats = RoomOverlay(live), live.state.seats()

    def are_ready(ready: bool) -> Any:  # noqa: ANN401, FBT001
        for seat in seats:
            live.state.set_ready(seat, ready=ready)
        return over.counts

    assert are_ready(ready=False) != NO_NUMBERS
    assert are_ready(ready=True) == are_ready(ready=False) == over.table()["on_the_way"] == NO_NUMBERS
    await host.command("host.advance")
    assert over.counts == {}


async def test_who_is_away_is_nobody_who_may_have_bid(rig: Rig) -> None:
    """That somebody is away is public too: three leads of whom one is away are two."""
    host, ann = await rig.started("quickstart", 12)
    live = rig.room(host.room)._live
    while live.state.game.phase != "matching":
        await host.command("host.advance")
    sides = (tenancy.investors(live.state), [venture.lead for venture in tenancy.living(live.state)])
    mine = next(side for side in sides if ann.you.seat in side)
    ready = [seat for seat in mine if seat != ann.you.seat][2:]

    def three_of_hers_are_left() -> Any:  # noqa: ANN401
        for seat in live.state.seats():
            live.state.set_ready(seat, ready=seat in ready)
        return RoomOverlay(live).counts

    assert three_of_hers_are_left() != NO_NUMBERS
    ann.leave()
    await rig.pass_ms(50)
    assert three_of_hers_are_left() == NO_NUMBERS
