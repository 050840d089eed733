"""What a host shows on the wall: a scene, a step of it, a question for the class, and how it looks."""

from __future__ import annotations

from typing import Final

from makersphere_protocol.texts import languages
from makersphere_rules.forms import Flag, Form, OneOf, Whole
from makersphere_server.room.commands.asked import Asked, Outcome
from makersphere_server.room.commands.host.command import HostCommand, is_over
from makersphere_server.room.model.ranking import wall_of
from makersphere_server.room.model.wall import MOST_STEPS, SCENES, TALKS, THEMES

__all__ = ["SHOW"]

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
    live.standing.wall = wall_of(live).after(asked.args, live.clock.wall_ms(), is_over=is_over(live))
    live.standing_changed()
    return ()


SHOW: Final = HostCommand(name="host.show", form=lambda _: _FORM, act=_show)
