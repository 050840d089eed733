"""What the forks of a room were asked for with: from where on, and by which other rules, so that each is found again.

Answers it by the key of the command that asked, from the room's log, which keeps that command as it is. Never looks
into a fork.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import attrs
import msgspec

from makersphere_protocol.messages import Args
from makersphere_rules.forms import whole
from makersphere_rules.scenario import Choice
from makersphere_server.codes import digest
from makersphere_server.room.model.chosen_rules import in_own_words
from makersphere_server.storage.record import Record

__all__ = ["FORK", "Forked", "by_path", "forked_as_logged", "forked_tree", "key_of"]

FORK: Final = "host.fork"
_FORK: Final = b'"host.fork"'

Tree = dict[str, Any]


class _Command(msgspec.Struct):
    name: str
    args: dict[str, Any] = {}


@attrs.frozen
class Forked:
    """What a fork was asked for with.

    Attributes:
        season: of the start from which it goes on; `phase` is the phase.
        choices: names of the choices that it takes.
        rules: what a host has written besides, by path.
    """

    season: int
    phase: str
    choices: tuple[str, ...] = ()
    rules: tuple[tuple[str, Any], ...] = ()

    @classmethod
    def by(cls, args: Args) -> Forked:
        """Return what an accepted command has asked for."""
        choices, written = args.get("choices", []), args.get("rules", "")
        names = [str(name) for name in choices] if isinstance(choices, list) else []
        return cls(whole(args, "season"), str(args["phase"]), tuple(names), tuple(by_path(tomllib.loads(str(written)))))


def key_of(salt: str, author: str, id: str) -> str:
    """Return the key by which a fork is found again when the command that asked for it is sent again."""
    return digest(salt, author, id)


def forked_as_logged(records: Iterable[Record], salt: str) -> dict[str, Forked]:
    """Return what each fork of a room was asked for with, by the key of its command."""
    found: dict[str, Forked] = {}
    for record in records:
        if record.by == "host" and record.command_id and _FORK in record.command:
            command = msgspec.json.decode(record.command, type=_Command)
            if command.name == FORK:
                found[key_of(salt, record.token, record.command_id)] = Forked.by(command.args)
    return found


def forked_tree(codes: Mapping[str, str], asked: Mapping[str, Forked], choices: Sequence[Choice]) -> Tree:
    """Return by the code of each fork what it was asked for with, as hosts read it.

    Args:
        codes: of the forks, by the key of the command; `asked` has what it asked for.
        asked: see there.
        choices: what the room's scenario lets a host choose.
    """
    by_name = {choice.name: in_own_words(choice) for choice in choices}
    return {
        code: {
            "season": asked[key].season,
            "phase": asked[key].phase,
            "chosen": [by_name[name] for name in asked[key].choices if name in by_name],
            "rules": [{"path": path, "is": value} for path, value in asked[key].rules],
        }
        for key, code in codes.items()
        if key in asked
    }


def by_path(table: Mapping[str, Any], above: str = "") -> list[tuple[str, Any]]:
    """Return what a table of rules sets, each value by its path, as in "waterfall.wage"."""
    found: list[tuple[str, Any]] = []
    for name, value in table.items():
        path = f"{above}{name}"
        found += by_path(value, f"{path}.") if isinstance(value, dict) else [(path, value)]
    return found
