"""A rule that breaks while it decides: whose it is, what the table is told, and that nothing else stops.

The rules decide on a copy of the state, or change none, so what breaks there has changed nothing: the command is
refused, and the game stands where it stood. A phase that cannot close by itself stands still, until a host goes back to
before it, or lets it be tried again. What breaks anywhere else stops the room, and people read whose it was. No
argument, name or value of the game is told, nor the sentence of the exception, which may hold some.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import FrameType
from typing import Any

import structlog

from makersphere_protocol.errors import Refused
from makersphere_rules import engine
from makersphere_rules.events import Event
from makersphere_rules.module import Command, RuleModule
from makersphere_rules.refusals import Refusal, refuse
from makersphere_rules.scenario import Scenario
from makersphere_server.room.model.inbox import Sent
from makersphere_server.room.model.live_room import LiveRoom

__all__ = ["refused_as_broken", "what_broke", "why_stopped"]

_log = structlog.get_logger("makersphere.room")


def what_broke(error: BaseException, scenario: Scenario) -> tuple[str, str] | None:
    """Return the rule module that an exception came out of, and which hook, command or event; None if it was none."""
    for frame in _frames(error):
        owner: Any = frame.f_locals.get("self")
        if isinstance(owner, RuleModule):
            return owner.name, frame.f_code.co_name
        if isinstance(owner, Event):  # one that does not apply, or cannot be told
            whose = next((module.name for module in scenario.modules if type(owner) in module.events), "")
            return whose, f"{type(owner).__name__}.{frame.f_code.co_name}"
        for command in (owner, frame.f_locals.get("command")):  # what is decided, and whose form is asked for
            if isinstance(command, Command):
                whose = next((module.name for module in scenario.modules if command in module.commands), "")
                return whose, command.name
    return None


def _told(broke: tuple[str, str], error: BaseException) -> dict[str, str]:
    """Return what people are told of it."""
    return {"module": broke[0], "hook": broke[1], "what": type(error).__name__}


def why_stopped(error: BaseException, scenario: Scenario) -> Refused:
    """Return what people are told in a room that had to stop."""
    broke = what_broke(error, scenario)
    if broke is None:
        return Refused("unavailable", "quarantined")
    return Refused("unavailable", "rule_stopped", **_told(broke, error))


def _frames(error: BaseException) -> Iterator[FrameType]:
    trace = error.__traceback__
    while trace is not None:
        yield trace.tb_frame
        trace = trace.tb_next


def refused_as_broken(live: LiveRoom, error: Exception, sent: Sent | None = None) -> Refusal:
    """Return the refusal of what a broken rule keeps from happening, and have everybody see what broke.

    Args:
        live: the room; if its own clock or it itself was to close the phase, it stands still.
        error: what was raised.
        sent: the command; None: it was only asked what it would change, and nobody else is told.

    Raises:
        Exception: the same one, where no rule raised it.
    """
    broke = what_broke(error, live.state.scenario)
    if broke is None:
        raise error
    module, hook = broke
    values = _told(broke, error)
    _log.error("rule_broke", room=live.row.room, module=module, hook=hook, exc_info=error)
    if sent is not None:
        live.standing.broken = values
        live.standing_changed()
        if sent.actor == engine.ROOM and sent.by != "host" and live.is_running:
            live.pause()
    return refuse("rule", "rule_broke", **values)
