"""How hours are laid out if nobody says: hour by hour to the greatest need.

What a maker and a lender of hours do by default, and how far the commons fill a need.
Pure; source: the rulebook's "Defaults" and "5. Incubation".
"""

from __future__ import annotations

from collections.abc import Sequence

from makersphere_rules.ecosystem.table.entities import Triple

__all__ = ["effect", "fill_needs", "lay_out", "that_rolls", "track_to_serve"]

Tracks = Sequence[int]


def effect(hours: int, skill: int) -> int:
    """Return the progress of a person's hours on one track: hours x (10 + skill) div 10."""
    return hours * (10 + skill) // 10


def track_to_serve(wanted: Tracks, tracks: Tracks) -> int:
    """Return the track that lacks most, the first of equals; without any need the lowest track."""
    lacking = [want - have for want, have in zip(wanted, tracks, strict=True)]
    most = max(lacking)
    return lacking.index(most) if most > 0 else tracks.index(min(tracks))


def lay_out(hours: int, skills: Triple, wanted: Tracks, tracks: Tracks) -> Triple:
    """Return a person's hours by track, each hour going to the greatest need that the ones before have left.

    Args:
        hours: how many.
        skills: the person's.
        wanted: the requirement of the next stage.
        tracks: the venture's progress.
    """
    spent = [0, 0, 0]
    standing = list(tracks)
    for _ in range(hours):
        track = track_to_serve(wanted, standing)
        spent[track] += 1
        standing[track] = tracks[track] + effect(spent[track], skills[track])
    return spent[0], spent[1], spent[2]


def that_rolls(plan: Triple, hours: int, skills: Triple, lacking: Tracks, counted: int) -> Triple | None:
    """Return the plan that fills what is lacking and else stays as near to another as it can; None if none does.

    Args:
        plan: what is planned.
        hours: how many there are for the tracks.
        skills: the person's.
        lacking: points by track, not under 0.
        counted: how many per cent of the hours' effect count.
    """
    least = [_hours_for(points, skill, counted) for points, skill in zip(lacking, skills, strict=True)]
    spare = hours - sum(least)
    if spare < 0:
        return None
    for track, planned in enumerate(plan):
        more = min(spare, max(0, planned - least[track]))
        least[track] += more
        spare -= more
    return least[0], least[1], least[2]


def _hours_for(points: int, skill: int, counted: int) -> int:
    hours = 0
    while effect(hours, skill) * counted // 100 < points:
        hours += 1
    return hours


def fill_needs(points: int, lacking: Tracks) -> Triple:
    """Return points by track: the greatest need first (the first of equals), none above its need."""
    given = [0, 0, 0]
    for track in sorted(range(3), key=lambda place: -lacking[place]):
        given[track] = min(points, lacking[track])
        points -= given[track]
    return given[0], given[1], given[2]
