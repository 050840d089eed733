"""Where the hours of a workshop help most, as its operator can work it out: a proposal, never a default.

Answers for each tenant what it would lack for the next stage if its makers worked all their hours where it lacks and
all promises were kept, and which hours of the workshop would fill that; and how to spend all hours at once. Reads what
everybody sees: what anybody has sealed, and what makers have left of their hours, is in none of it. No rule reads it.
Source: the rulebook's "5. Incubation".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from makersphere_rules.ecosystem.formulas.progress import greatest_need
from makersphere_rules.ecosystem.table import tenancy
from makersphere_rules.ecosystem.table.agreements import Deal
from makersphere_rules.ecosystem.table.entities import Investor, Maker, Venture
from makersphere_rules.ecosystem.table.season_agreements import deals_by_venture
from makersphere_rules.ecosystem.table.shared_params import world
from makersphere_rules.ecosystem.table.vocabulary import PRODUCT, PROTOTYPE, TRACKS
from makersphere_rules.modules.incubation.plans import effect, lay_out, track_to_serve
from makersphere_rules.state import State

__all__ = ["helped"]


@attrs.frozen
class _Tenant:
    """A tenant as it would stand without the workshop, with what its next stage wants."""

    venture: Venture
    tracks: tuple[int, ...]
    wanted: tuple[int, ...]

    @property
    def short(self) -> int:
        """Return the points that it lacks."""
        return sum(max(0, want - have) for want, have in zip(self.wanted, self.tracks, strict=True))

    @property
    def may_roll(self) -> bool:
        """Return whether it could roll if it lacked nothing."""
        return self.venture.stage != PRODUCT and (self.venture.born or self.venture.stage != PROTOTYPE)

    def served(self, hours: int, points: int, *, beyond: bool = False) -> list[int]:
        """Return hours by track, each to the greatest need; only as long as there is one, unless `beyond` it."""
        spent, tracks = [0, 0, 0], list(self.tracks)
        for _ in range(hours):
            if not beyond and all(have >= want for want, have in zip(self.wanted, tracks, strict=True)):
                break
            track = track_to_serve(self.wanted, tracks)
            spent[track] += 1
            tracks[track] += points
        return spent

    def rolls_with(self, spent: Sequence[int], points: int) -> bool:
        """Return whether so many hours let it roll that could not without them."""
        tracks = [have + points * more for have, more in zip(self.tracks, spent, strict=True)]
        return self.short > 0 and self.may_roll and all(h >= w for h, w in zip(tracks, self.wanted, strict=True))


def helped(state: State, seat: int, hours: int, most: int, points: int) -> dict[str, int]:
    """Return what each tenant lacks, what would help it, and how to spend all hours.

    Args:
        state: the game in incubation.
        seat: the operator.
        hours: of its workshop.
        most: of them for one venture.
        points: of progress that one hour is.

    Returns:
        By `V:short` the points that venture V lacks, by `V:TRACK` the hours that would help it, `V:rolls` 1 if it can
        roll with them and not without, `V:ready` 1 if it can roll in any case; by `all:V:TRACK` the hours of a plan
        for all of them.
    """
    tenants = [_standing(state, venture, points) for venture in tenancy.ventures_at(state, seat)]
    found: dict[str, int] = {}
    plans = {one.venture.id: one.served(min(most, hours), points) for one in tenants}
    for one in tenants:
        number = one.venture.id
        found[f"{number}:short"] = one.short
        found[f"{number}:ready"] = int(one.may_roll and not one.short)
        found[f"{number}:rolls"] = int(one.rolls_with(plans[number], points))
        found |= _by_track(f"{number}", plans[number])

    def first(one: _Tenant) -> tuple[bool, bool, int, int]:
        return not one.rolls_with(plans[one.venture.id], points), not one.short, one.short, one.venture.id

    left, given = hours, {one.venture.id: [0, 0, 0] for one in tenants}
    for beyond in (False, True):
        for one in sorted(tenants, key=first):
            number = one.venture.id
            spent = one.served(min(most, sum(given[number]) + left), points, beyond=beyond)
            if sum(spent) > sum(given[number]):
                left, given[number] = left - sum(spent) + sum(given[number]), spent
    for number, spent in given.items():
        found |= _by_track(f"all:{number}", spent)
    return found


def _by_track(name: str, spent: Sequence[int]) -> Mapping[str, int]:
    return {f"{name}:{track}": hours for track, hours in zip(TRACKS, spent, strict=True)}


def _standing(state: State, venture: Venture, points: int) -> _Tenant:
    known = state.as_settled(Venture, venture.id) or venture
    tracks, wanted = list(known.tracks), world(state).requirement(known.stage)
    for deal in deals_by_venture(state).get(known.id, ()):
        tracks[_track_of(state, known, deal)] += points * deal.hours
    for seat in known.team:
        skills = (state.as_settled(Maker, seat) or state.one(Maker, seat)).skills
        spent = lay_out(world(state).maker_hours, skills, wanted, tracks)
        for track, worked in enumerate(spent):
            tracks[track] += effect(worked, skills[track])
    return _Tenant(known, tuple(tracks), wanted)


def _track_of(state: State, venture: Venture, deal: Deal) -> int:
    speciality = state.one(Investor, deal.investor).speciality
    return TRACKS.index(speciality) if speciality in TRACKS else greatest_need(state, venture)
