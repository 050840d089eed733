"""A room whose rule modules are not all here, told to whoever asked for it: what to install, and that it is whole."""

from __future__ import annotations

import msgspec

from makersphere_cli.speech.trouble import Trouble
from makersphere_rules.mistakes import ScenarioError
from makersphere_server.room.commands.founded_rules import MissingModule, RulesMissing, scenario_of
from makersphere_server.storage.record import RoomRow

__all__ = ["say_if_rules_are_missing"]


def _trouble(room: str, missing: MissingModule) -> Trouble:
    """Return what is to be done about a rule module that a room needs."""
    if missing.why:
        values = {"module": missing.name, "package": missing.package, "why": missing.why}
        return Trouble("rules_missing.broken", room=room, **values)
    if missing.package:
        return Trouble("rules_missing.install", room=room, module=missing.name, package=missing.requirement)
    return Trouble("rules_missing.unknown", room=room, module=missing.name)


def say_if_rules_are_missing(row: RoomRow) -> None:
    """Say what to install, where rules of a room are not here.

    Raises:
        Trouble: they are not.
    """
    try:
        scenario_of(row)
    except RulesMissing as missing:
        raise _trouble(row.room, missing.missing[0]) from None
    except (ScenarioError, msgspec.MsgspecError):
        return  # whoever reads the room says what else is wrong with it
