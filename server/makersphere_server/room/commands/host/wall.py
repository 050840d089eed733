"""What a host shows on the wall: a scene, a step of it, a question for the class, and how it looks."""

from __future__ import annotations

from typing import Final

import attrs

from makersphere_protocol.texts import languages
from makersphere_rules.forms import Flag, Form, OneOf, Whole
from makersphere_server.room.commands.asked import Asked, Outcome
from makersphere_server.room.commands.host.command import HostCommand, is_over
from makersphere_server.room.model.live_room import LiveRoom
from makersphere_server.room.model.wall import ALL_ROLES, MOST_STEPS, SCENES, TALKS, THEMES, Wall

__all__ = ["SHOW"]

_LAST: Final = "recap"  # the phase in which a season is over
_FORM: Final = Form(
    {
        "scene": OneOf(SCENES),
        "step": Whole(0, MOST_STEPS),
        "curtain": Flag(),
        "theme": OneOf(THEMES),
        "language": OneOf(languages()),
        "calm": Flag(),
        "silent": Flag(),
        "talk": OneOf(TALKS),
        "plays": Flag(),
    },
    optional=frozenset({"step", "curtain", "theme", "language", "calm", "silent", "talk", "plays"}),
)


def _show(asked: Asked) -> Outcome:
    live = asked.live
    wall = live.standing.wall
    if is_over(live) and not _is_led(live):
        wall = attrs.evolve(wall, opened=ALL_ROLES)  # it stood open already, as nobody was known to lead
    live.standing.wall = wall.after(asked.args, live.clock.wall_ms(), is_over=is_over(live))
    live.standing_changed()
    return ()


def _is_led(live: LiveRoom) -> bool:
    """Return whether pages know that a host leads: closes phases, has put something there, or ended within a season."""
    names = [phase.name for phase in live.state.scenario.phases]
    is_cut = _LAST in names and live.state.game.phase != _LAST
    return live.standing.wall != Wall() or live.settings.pace == "host" or is_cut


SHOW: Final = HostCommand(name="host.show", form=lambda _: _FORM, act=_show)
