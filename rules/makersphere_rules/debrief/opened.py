"""The debrief of a run, opened when it is over: one for the table, and for each hand the seat's own story.

Answers the kinds, and the fact that opens them. Nothing in them is new: all is found in the run's history as the fact
applies, so a log holds none of it and a replay finds the same. A practice run has none, since it does not count.
Source: the rulebook's "Where the rules come from" (last column); the wire contract's "Over HTTP", last sentence.
"""

from __future__ import annotations

from collections.abc import Mapping

from makersphere_rules.debrief.curves import curves, life, survival
from makersphere_rules.debrief.energy import nodes, season_energy
from makersphere_rules.debrief.moments import Moment, moments
from makersphere_rules.debrief.network import network
from makersphere_rules.debrief.past import Past, Plain
from makersphere_rules.debrief.story import tell
from makersphere_rules.ecosystem.table.entities import Investor, Maker
from makersphere_rules.ecosystem.table.ratings import Score
from makersphere_rules.entity import Entity, owner, table
from makersphere_rules.events import Event
from makersphere_rules.frozen import frozen
from makersphere_rules.state import CurrentRun, State

__all__ = ["Debrief", "DebriefOpened", "Story", "opened"]

BySeason = Mapping[int, Mapping[str, Plain]]


@frozen
class Debrief(Entity, lasts=True, retold=True, tells_end=True):
    """What a run was, for everyone."""

    run: int = table(key=True)
    name: str = table("")  # of the run, where the game has several
    first_season: int = table(1)
    last_season: int = table(1)  # of those that were counted
    curves: Mapping[str, Mapping[int, int]] = table(factory=dict)  # by name and season
    survival: Mapping[int, Mapping[str, int]] = table(factory=dict)  # by age in seasons
    life: BySeason = table(factory=dict)
    energy: BySeason = table(factory=dict)
    nodes: Mapping[str, Plain] = table(factory=dict)  # of the energy picture
    network: BySeason = table(factory=dict)
    moments: Mapping[int, Mapping[str, Plain]] = table(factory=dict)  # numbered in order of time
    aims: Mapping[str, Mapping[str, int]] = table(factory=dict)


@frozen
class Story(Entity, lasts=True, retold=True, tells_end=True):
    """What a run was for one seat."""

    run: int = owner(key=True)
    seat: int = owner(key=True, owner=True)
    role: str = owner()
    seasons: Mapping[int, Mapping[str, int]] = owner(factory=dict)
    money: BySeason = owner(factory=dict)
    turning: Mapping[int, Mapping[str, Plain]] = owner(factory=dict)
    aim: Mapping[str, Plain] = owner(factory=dict)
    given: Mapping[int, Mapping[str, int]] = owner(factory=dict)  # by who gave it


@frozen
class DebriefOpened(Event):
    """The run is over, and what it was lies open."""

    run: int

    def apply(self, state: State) -> None:
        """Put what its history tells on the table and into the hands."""
        if not state.retells:
            return
        past = Past(state)
        found = moments(past)
        state.put(_public(past, self.run, found))
        for seat, told in tell(past, found).items():
            story = (told.seasons, told.money, told.turning, told.aim, told.given)
            state.put(Story(self.run, seat, state.role(seat), *story))


def opened(state: State) -> DebriefOpened | None:
    """Return the opening of the debrief of the run that is ending; None after a practice run."""
    run = state.find(CurrentRun)
    if run is None:
        return DebriefOpened(1)
    return None if run.practice else DebriefOpened(run.number)


def _public(past: Past, number: int, found: list[Moment]) -> Debrief:
    run = past.state.find(CurrentRun)
    return Debrief(
        run=number,
        name=run.name if run else "",
        first_season=past.first,
        last_season=past.counted[-1] if past.counted else past.first,
        curves=curves(past),
        survival=survival(past),
        life=life(past),
        energy={season: season_energy(past, season) for season in past.seasons},
        nodes=nodes(past),
        network=network(past),
        moments=dict(enumerate((moment.tree() for moment in found), 1)),
        aims=_aims(past),
    )


def _aims(past: Past) -> dict[str, dict[str, int]]:
    """Return for each aim how many held it, how many got points for it, and how many; never who."""
    found: dict[str, dict[str, int]] = {}
    for score in past.state.all(Score).values():
        maker, investor = past.state.find(Maker, score.seat), past.state.find(Investor, score.seat)
        name = maker.ambition if maker else "thesis" if investor else ""
        if name:
            points = score.parts.get("ambition" if maker else "thesis", 0)
            aim = found.setdefault(name, {"held": 0, "reached": 0, "points": 0})
            aim["held"] += 1
            aim["reached"] += points > 0
            aim["points"] += points
    return found
