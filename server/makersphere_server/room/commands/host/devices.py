"""How a host connects things in the room to a seat or to the hosts, and lets them go."""

from __future__ import annotations

from typing import Final

from makersphere_protocol.messages import Args
from makersphere_protocol.mqtt import THINGS, may_have
from makersphere_rules.forms import Form, OneOf
from makersphere_rules.refusals import Refusal, refuse
from makersphere_server.room.commands.asked import Asked, Outcome
from makersphere_server.room.commands.device_pairing import give_pairing_code, let_go, takes_devices
from makersphere_server.room.commands.host.command import HostCommand, every_seat
from makersphere_server.room.model.live_room import LiveRoom
from makersphere_server.room.model.people.hosts import LEAD

__all__ = ["PAIR", "UNPAIR"]


def _pair_form(live: LiveRoom) -> Form | None:
    if not takes_devices(live):
        return None
    return Form({"thing": OneOf(tuple(THINGS)), "seat": every_seat(live)}, optional=frozenset({"seat"}))


def _pair(asked: Asked) -> Outcome:
    return _why_not_there(asked.args) or ()  # the code itself is given with the answer


def _why_not_there(args: Args) -> Refusal | None:
    """Return why a kind of thing cannot be where a host wants it."""
    thing, is_hosts = str(args["thing"]), "seat" not in args
    if may_have(thing, is_host=is_hosts):
        return None
    return refuse("bad_args", "thing_needs_seat" if is_hosts else "thing_of_host", "seat", thing=thing)


def _unpair_form(live: LiveRoom) -> Form | None:
    if not (takes_devices(live) and live.devices.paired):
        return None
    return Form({"device": OneOf(tuple(live.devices.tree()))})


def _unpair(asked: Asked) -> Outcome:
    device = asked.live.devices.named(str(asked.args["device"]))
    let_go(asked.live, [] if device is None else [device], asked.batch)
    return ()


PAIR: Final = HostCommand(name="host.pair", form=_pair_form, act=_pair, gives=give_pairing_code, least=LEAD)
UNPAIR: Final = HostCommand(name="host.unpair", form=_unpair_form, act=_unpair, least=LEAD)
