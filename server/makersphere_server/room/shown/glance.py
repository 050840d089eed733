"""One line of a room for somebody who leads several at once: how far it is, who is there, who needs somebody.

Answers counts and never a name, a hand or a choice.
"""

from __future__ import annotations

from typing import Any

from makersphere_rules.state import Seat
from makersphere_server.room.model.live_room import LiveRoom
from makersphere_server.room.model.ranking import wall_of

__all__ = ["glance"]

Tree = dict[str, Any]


def glance(live: LiveRoom) -> Tree:
    """Return how a room stands.

    `people` have a seat, `here` of them are connected; seats that are `away` wait for theirs, or for the bot that plays
    a minute after a host has taken them away; `bots` play the other seats; `ready` of the people have done this phase;
    `asks` wait for a host, and `lost` say that they are; somebody of each of `seats_here` is connected. `at` and
    `phase_number` say where the game is, `step` what it may close; one that `waits` is done with its phase and may not
    close it yet, and in one that is `left` bots stand in for all the people who play. Where it `ends`, the end of this
    phase is that of the game, by a host's word. Where a host has said that this season is the last, it is the
    `last_season`. A room that is `locked` lets nobody new in. After the end `show` says how far the hosts have revealed
    who stands where.
    """
    game, standing = live.state.game, live.standing
    states = live.state.all(Seat)
    played = [people for people in live.seats if people.members]
    tree: Tree = {
        "status": game.status,
        "season": game.season,
        "seasons": standing.last_season or live.state.scenario.seasons,
        "phase": game.phase,
        "seats": len(states),
        "people": sum(len(people.members) for people in played),
        "here": sum(member.is_here for people in played for member in people.members),
        "away": sum(people.by == "away" for people in live.seats),
        "bots": sum(people.by == "bot" for people in live.seats),
        "ready": sum(states[people.seat].done for people in played if people.seat in states),
        "asks": len(live.asks_in.numbers) + len(_seats_that_ask(live)),
        "hosts": live.here.hosts,
        "at": live.at,
        "phase_number": game.phase_number,
        "step": live.step,
        "seats_here": [people.seat for people in played if any(member.is_here for member in people.members)],
    }
    if standing.lost:
        tree["lost"] = len(standing.lost)
    if standing.locked:
        tree["locked"] = True
    if standing.is_still:
        tree["paused"] = True
    said = {"waits": live.waits_for_others, "left": live.is_left_to_stand_ins}
    tree |= {name: True for name, holds in said.items() if holds}
    if live.is_running and game.season == standing.last_season:
        tree["last_season"] = True
    if live.ends_now:
        tree["ends"] = True
    if standing.dropped:
        tree["dropped"] = standing.dropped
    if live.clock_tree:
        tree["clock"] = live.clock_tree
    return tree | _revealed(live)


def _seats_that_ask(live: LiveRoom) -> set[int]:
    """Return who waits for a host, each seat once: for what it has asked for in this phase, or in words."""
    in_words = live.asked_hosts.waiting(live.seats.people()).values()
    return {*live.standing.asks, *(one["seat"] for one in in_words)}


def _revealed(live: LiveRoom) -> Tree:
    """Return after the end how far who stands where is revealed, by what the hosts show on the walls."""
    if live.state.game.status != "over":
        return {}
    wall = wall_of(live)
    return {"show": {"scene": wall.scene, "step": wall.step, "opened": wall.opened}}
