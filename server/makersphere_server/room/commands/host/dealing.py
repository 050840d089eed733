"""A host deals the roles of all seats anew before the start: two are swapped, or all are shuffled, in one command.

How many seats have a role stays as it was, so that nothing else on the table changes. The order comes with the command:
what a page has drawn by chance is a fact in the log.
"""

from __future__ import annotations

from typing import Final

from makersphere_rules import engine
from makersphere_rules.forms import Form, Wholes
from makersphere_server.room.commands.asked import Asked, Outcome
from makersphere_server.room.commands.host.command import HostCommand
from makersphere_server.room.model.live_room import LiveRoom

__all__ = ["DEAL"]


def _form(live: LiveRoom) -> Form | None:
    """Return what says whose role each seat gets: the numbers of all seats, each once."""
    n = len(live.seats.numbers)
    is_possible = live.state.game.status == "lobby" and n > 1
    return Form({"order": Wholes(n, 1, n, n * (n + 1) // 2)}) if is_possible else None


def _deal(asked: Asked) -> Outcome:
    return engine.decide(asked.live.state, engine.ROOM, engine.Order("deal", asked.args))


DEAL: Final = HostCommand(name="host.deal", form=_form, act=_deal, order="deal")
