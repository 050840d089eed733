"""A command that stands beside the rules' own, as it is carried out: who sent what, and everything that it may need.

Answers nothing by itself. Hosts' commands and the side commands of seats are functions of this one argument.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
import msgspec

from makersphere_protocol.messages import Args
from makersphere_rules.events import Event
from makersphere_rules.refusals import Refusal
from makersphere_server.room.model.batch import Batch
from makersphere_server.room.model.inbox import Sent
from makersphere_server.room.model.live_room import LiveRoom
from makersphere_server.room.model.log.timeline import Past
from makersphere_server.room.model.own_data.whose import Kept

__all__ = ["Asked", "Lookups", "Outcome", "Tree"]

Tree = dict[str, Any]
Outcome = tuple[Event, ...] | Refusal


@attrs.frozen
class Lookups:
    """What commands need and cannot make themselves.

    Attributes:
        hand_of: makes a seat's whole hand as it stands now; it is shown one floor above the commands.
        past: the start of the phase that a rewind goes back to, read from the store; None where there is none.
        fork: the code of the room that has been founded for a fork, or "".
        kept: the room as the store has it, for what is about one person's data.
        places: of somebody whom the class means: each seat where they sit or have sat here, and their number there.
        called: what they are called in the class.
    """

    hand_of: Callable[[LiveRoom, int], Tree]
    past: Past | None = None
    fork: str = ""
    kept: Kept | None = None
    places: tuple[tuple[int, int], ...] = ()
    called: tuple[str, ...] = attrs.field(default=(), repr=False)


class Asked(msgspec.Struct, eq=False):  # a struct, not frozen: each command makes one (`run.py bench online`)
    """A command while it is carried out.

    Attributes:
        live: the room that it changes.
        sent: the command, and who sent it.
        batch: where its consequences are kept until they are durable.
        lookups: what was looked up for it.
    """

    live: LiveRoom
    sent: Sent
    batch: Batch
    lookups: Lookups

    @property
    def args(self) -> Args:
        """Return the command's arguments."""
        return self.sent.args
