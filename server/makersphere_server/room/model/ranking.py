"""How much of who stands where is open after the end: as much as a host has revealed, and all where nobody leads.

Answers the wall that a change of it begins with, so that nothing that stood open is closed by what is shown.
"""

from __future__ import annotations

from typing import Final

import attrs

from makersphere_rules.ecosystem.table.ratings import Figures
from makersphere_server.room.model.live_room import LiveRoom
from makersphere_server.room.model.wall import ALL_ROLES, Wall

__all__ = ["wall_of"]

_RECAP: Final = "recap"
_BY_HOST: Final = "host"


def wall_of(live: LiveRoom) -> Wall:
    """Return what the wall shows; of a game that is over, with the whole ranking open where nobody led."""
    wall = live.standing.wall
    is_open = live.state.game.status == "over" and not _is_led(live)
    return attrs.evolve(wall, opened=ALL_ROLES) if is_open else wall


def _is_led(live: LiveRoom) -> bool:
    """Return whether pages know that a host leads: closes phases, has put something there, or ended within a season."""
    has_recap = any(phase.name == _RECAP for phase in live.state.scenario.phases)
    is_cut = has_recap and live.state.find(Figures, live.state.game.season) is None
    return live.standing.wall != Wall() or live.settings.pace == _BY_HOST or is_cut
