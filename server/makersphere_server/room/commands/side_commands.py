"""What a seat may do beside the game: ask the hosts for something, take a code to another device, connect a thing.

Both are commands like any other, durable and known by their id, at any time, also while the room is paused; they
have no events. What is asked reaches the hosts alone and is forgotten with the phase. A code opens its person's
place in a team until there is a newer one; only a digest of it is stored, and whoever sends the same command again
gets a new one; so it is with the code of a thing (`devices.py`). Source: the contract's host commands.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from makersphere_protocol.messages import BESIDE
from makersphere_rules.forms import Form, OneOf, check
from makersphere_rules.refusals import Refusal, refuse
from makersphere_server.codes import digest, new_rejoin_code
from makersphere_server.room.commands.device_pairing import PAIR, takes_devices
from makersphere_server.room.model.batch import Batch
from makersphere_server.room.model.inbox import Sent
from makersphere_server.room.model.live_room import LiveRoom

__all__ = ["FORMS", "do_beside", "give_code"]

FORMS: Final[Mapping[str, Form]] = MappingProxyType(
    {"ask": Form({"what": OneOf(("time", "help", "role"))}), "rejoin_code": Form(), "pair": PAIR}
)
if FORMS.keys() != BESIDE:
    raise AssertionError("the contract and this file name different commands")


def do_beside(live: LiveRoom, sent: Sent) -> Refusal | None:
    """Carry out a seat's command in memory, or return why not."""
    refusal = check(FORMS[sent.name], sent.args)
    if refusal is None and sent.name == "pair" and not takes_devices(live):
        return refuse("rule", "no_devices")
    if refusal is None and sent.name == "ask":
        live.standing.asks[sent.actor] = str(sent.args["what"])
        live.standing_changed()
    return refusal


def give_code(live: LiveRoom, sent: Sent, batch: Batch) -> dict[str, Any]:
    """Give the sender a new code instead of an older one, and return it as the answer's `data`."""
    found = live.seats.find(sent.token)
    if found is None:
        raise AssertionError("the sender has no seat")
    place, member = found
    code = new_rejoin_code()
    member.code = digest(live.settings.salt, code)
    live.seats.mark(place)
    return {"code": code}
