"""All commands of hosts, each once: this table says which there are, who may send them and what becomes of them.

Answers which of them can be sent now, carries one out, and says how the log keeps its arguments. They come through
the room's inbox like any command, are idempotent by id and durable; most of them are no events of the game, but have
their place in the room's `seq`. Source: the contract's host commands.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import msgspec

from makersphere_protocol.messages import Args
from makersphere_rules.refusals import refuse
from makersphere_server.room.commands.asked import Asked, Outcome
from makersphere_server.room.commands.host import (
    answering,
    bookmarks,
    chairs,
    dealing,
    devices,
    doors,
    messages,
    off_wall,
    own_data,
    pace,
    questions,
    rewinding,
    seats,
    wall,
)
from makersphere_server.room.commands.host.command import HostCommand, HostForm, Who, is_over
from makersphere_server.room.model.live_room import LiveRoom
from makersphere_server.room.model.people.hosts import ASSISTANT, reaches

__all__ = [
    "HOST_COMMANDS",
    "as_kept",
    "carry_out",
    "forms_now",
    "has_rank",
    "is_previewed",
    "what_may",
    "who_may_send",
]

_PREFIXES: Final = ("host.", "class.")
HOST_COMMANDS: Final[Mapping[str, HostCommand]] = MappingProxyType(
    {
        command.name: command
        for command in (  # in the order in which the hosts' hand lists them
            messages.ANNOUNCE,
            messages.MESSAGE,
            answering.ANSWER,
            bookmarks.BOOKMARK,
            chairs.INVITE,
            chairs.APPOINT,
            chairs.LET_GO,
            chairs.REJOIN_CODE,
            seats.LOOK,
            wall.SHOW,
            questions.PICK,
            questions.QUESTIONS,
            off_wall.OFF_WALL,
            devices.PAIR,
            devices.UNPAIR,
            doors.LOCK,
            doors.NEXT,
            doors.HAND_OUT,
            doors.SEAT_PASS,
            doors.LET_IN,
            seats.REMOVE,
            seats.SEAT,
            dealing.DEAL,
            pace.START,
            rewinding.FORK,
            pace.RESUME,
            pace.PAUSE,
            pace.ADVANCE,
            pace.END,
            pace.LAST_SEASON,
            pace.EXTEND,
            pace.END_AT,
            rewinding.REWIND,
            pace.SHOCK,
            own_data.EXPORT_PERSON,
            own_data.ERASE_PERSON,
        )
    }
)


def who_may_send(name: str) -> Who:
    """Return whose a command is: by the table, and where nobody knows it by how its name begins."""
    if name in HOST_COMMANDS:
        return HOST_COMMANDS[name].who
    return "host" if name.startswith(_PREFIXES) else "person"


def is_previewed(name: str) -> bool:
    """Return whether a host may ask what a command would change."""
    return name in HOST_COMMANDS and HOST_COMMANDS[name].preview is not None


def forms_now(live: LiveRoom) -> dict[str, HostForm]:
    """Return what hosts may send now, with what each command takes."""
    commands = {pace.RESUME.name: pace.RESUME} if live.standing.behind else HOST_COMMANDS
    forms = {name: command.form_now(live) for name, command in commands.items()}
    return {name: form for name, form in forms.items() if form is not None}


def what_may(rank: str, live: LiveRoom | None = None) -> list[str]:
    """Return the commands that hosts of a rank may send at all, or in a room as it stands."""
    return [name for name, command in HOST_COMMANDS.items() if reaches(rank, _least(command, live))]


def _least(command: HostCommand, live: LiveRoom | None) -> str:
    """Return which rank a host needs: an end that a lead has decided is carried out by an assistant as well."""
    return ASSISTANT if command is pace.END and live is not None and live.ends_now else command.least


def has_rank(live: LiveRoom, token: str, command: HostCommand) -> bool:
    """Return whether whoever holds a token has the rank that a command takes; a thing has, which only a lead can bind.

    Args:
        live: the room.
        token: its id.
        command: that is sent, sent again or previewed.
    """
    host = live.hosts.find(token)
    return host is None or host.may(_least(command, live))


def carry_out(asked: Asked) -> Outcome:
    """Carry out a host's command in memory; return the game's events, often none, or why not."""
    live, name = asked.live, asked.sent.name
    command = HOST_COMMANDS.get(name)
    if command is None:
        return refuse("unknown_command", "unknown_command", command=name)
    form = command.form_now(live)
    if not has_rank(live, asked.sent.token, command):
        return refuse("not_your_role", "host_rank")
    if form is None:
        return refuse("over", "over") if is_over(live) else refuse("rule", "not_now", command=name)
    refusal = form.refusal(asked.args)
    if refusal is not None:
        return refusal
    if command.texts:
        asked.sent = msgspec.structs.replace(asked.sent, args=command.as_shown(asked.args))
    return command.act(asked)


def as_kept(name: str, args: Args, salt: str) -> Args:
    """Return the arguments of a host's command as the log may keep them; an unknown command's are left as they are."""
    return HOST_COMMANDS[name].as_kept(args, salt) if name in HOST_COMMANDS else args
