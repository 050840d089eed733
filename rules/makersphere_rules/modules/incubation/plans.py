"""How hours are laid out if nobody says: hour by hour to the greatest need.

What a maker, a lender of hours and a workshop do by default, and how far the commons fill a need.
Pure; source: the rulebook's "Defaults" and "5. Incubation".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from makersphere_rules.ecosystem.table.entities import Triple

__all__ = ["effect", "fill_needs", "lay_out", "lay_out_workshop", "track_to_serve"]

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


def lay_out_workshop(
    hours: int, points: int, wanted: Mapping[int, Tracks], tracks: Mapping[int, Tracks]
) -> Iterator[tuple[int, int, int]]:
    """Yield (venture, track, hours): hour by hour to the venture nearest to its next stage, at its greatest need.

    When no venture lacks anything, the rest goes to the first, at its lowest track.

    Args:
        hours: how many.
        points: progress of one hour.
        wanted: requirement of each venture's next stage; ventures in order of lots, for ties.
        tracks: each venture's progress.
    """
    standing = {venture: list(have) for venture, have in tracks.items()}
    missing = {venture: _missing(wanted[venture], have) for venture, have in tracks.items()}
    spent: dict[tuple[int, int], int] = {}
    for _ in range(hours if tracks else 0):
        nearest = min(missing, key=lambda venture: (missing[venture] == 0, missing[venture]))
        track = track_to_serve(wanted[nearest], standing[nearest])
        standing[nearest][track] += points
        missing[nearest] = _missing(wanted[nearest], standing[nearest])
        spent[nearest, track] = spent.get((nearest, track), 0) + 1
    for (venture, track), given in spent.items():
        yield venture, track, given


def fill_needs(points: int, lacking: Tracks) -> Triple:
    """Return points by track: the greatest need first (the first of equals), none above its need."""
    given = [0, 0, 0]
    for track in sorted(range(3), key=lambda place: -lacking[place]):
        given[track] = min(points, lacking[track])
        points -= given[track]
    return given[0], given[1], given[2]


def _missing(wanted: Tracks, tracks: Tracks) -> int:
    return sum(max(0, want - have) for want, have in zip(wanted, tracks, strict=True))
