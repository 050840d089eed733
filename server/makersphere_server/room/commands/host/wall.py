"""What a host shows on the wall: a scene, a step of it, a question for the class, and how it looks."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from makersphere_protocol.texts import languages
from makersphere_rules.forms import Flag, Form, OneOf, Whole
from makersphere_server.room.commands.asked import Asked, Outcome
from makersphere_server.room.commands.host.command import HostCommand, is_over
from makersphere_server.room.model.live_room import LiveRoom
from makersphere_server.room.model.ranking import wall_of
from makersphere_server.room.model.wall import MOST_STEPS, SCENES, TALKS, THEMES

__all__ = ["SHOW"]


def _form(live: LiveRoom) -> Form:
    return _form_with(tuple(phase.name for phase in live.state.scenario.phases))


@lru_cache
def _form_with(phases: tuple[str, ...]) -> Form:
    """Return the form in a game of these phases: somebody else's rule module may have a question for its own."""
    return Form(
        {
            "scene": OneOf(SCENES),
            "step": Whole(0, MOST_STEPS),
            "curtain": Flag(),
            "theme": OneOf(THEMES),
            "language": OneOf(languages()),
            "calm": Flag(),
            "silent": Flag(),
            "talk": OneOf(tuple(dict.fromkeys((*TALKS, *phases)))),
            "plays": Flag(),
        },
        optional=frozenset({"step", "curtain", "theme", "language", "calm", "silent", "talk", "plays"}),
    )


def _show(asked: Asked) -> Outcome:
    live = asked.live
    live.standing.wall = wall_of(live).after(asked.args, live.clock.wall_ms(), is_over=is_over(live))
    live.standing_changed()
    return ()


SHOW: Final = HostCommand(name="host.show", form=_form, act=_show)
