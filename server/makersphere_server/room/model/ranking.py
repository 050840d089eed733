"""How much of who stands where is open after the end: as much as a host has revealed, and all where nobody leads.

Answers the wall that a change of it begins with, so that nothing that stood open is closed by what is shown, and
whether all of it is open, also of a room that nobody has opened here.
"""

from __future__ import annotations

from typing import Final

import attrs

from makersphere_rules.ecosystem.table.ratings import Figures
from makersphere_rules.state import State
from makersphere_server.room.model.live_room import LiveRoom
from makersphere_server.room.model.wall import ALL_ROLES, Wall

__all__ = ["is_cut", "is_whole", "wall_of"]

_RECAP: Final = "recap"
_BY_HOST: Final = "host"


def wall_of(live: LiveRoom) -> Wall:
    """Return what the wall shows; of a game that is over, with the whole ranking open where nobody led."""
    wall = live.standing.wall
    is_open = live.state.game.status == "over" and not _is_led(live)
    return attrs.evolve(wall, opened=ALL_ROLES) if is_open else wall


def is_whole(wall: Wall, pace: str, *, is_cut: bool) -> bool:
    """Return whether who stands where at the end is open to everybody, to the last: revealed, or led by nobody.

    Args:
        wall: what it shows.
        pace: of the room.
        is_cut: whether the game ended within a season.
    """
    return wall.opened >= ALL_ROLES or not _leads(wall, pace, is_cut=is_cut)


def is_cut(state: State) -> bool:
    """Return whether a game that is over has ended within a season, by a host's word."""
    has_recap = any(phase.name == _RECAP for phase in state.scenario.phases)
    return has_recap and state.find(Figures, state.game.season) is None


def _is_led(live: LiveRoom) -> bool:
    """Return whether pages know that a host leads: closes phases, has put something there, or ended within a season."""
    return _leads(live.standing.wall, live.settings.pace, is_cut=is_cut(live.state))


def _leads(wall: Wall, pace: str, *, is_cut: bool) -> bool:
    return wall != Wall() or pace == _BY_HOST or is_cut
