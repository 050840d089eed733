"""Binding a thing to a seat or to the host by a code, and letting it go again.

Answers a device's pairing, and the commands that give out codes. A code is good once, for ten minutes. A device that
sends the same request again is bound as before with a fresh token, so that a lost answer binds nothing twice. A
second device of one kind for the same seat, or for the hosts, replaces the first, as a newer connection with a token
replaces the older one. What devices may send is `makersphere_protocol.mqtt.THINGS`; a command of a device is decided
like anybody's.
"""

from __future__ import annotations

from typing import Final, assert_never

import structlog

from makersphere_protocol.codec import encode
from makersphere_protocol.messages import Result
from makersphere_protocol.mqtt import THINGS, may_have
from makersphere_rules.forms import Form, OneOf, whole
from makersphere_server import metrics
from makersphere_server.codes import digest, new_code, new_token, proves, tidy_code, token_id
from makersphere_server.room.commands.asked import Asked, Tree
from makersphere_server.room.model.batch import Batch, turned_away
from makersphere_server.room.model.devices import CODE_LASTS_MS, Device, Offer
from makersphere_server.room.model.feed import HOST
from makersphere_server.room.model.inbox import HostsNotice, Pair, Sent
from makersphere_server.room.model.live_room import LiveRoom

__all__ = [
    "PAIR",
    "device_of",
    "do_errand",
    "forget_seat",
    "give_pairing_code",
    "knows_code",
    "let_go",
    "takes_devices",
]

PAIR: Final = Form({"thing": OneOf(tuple(thing for thing in THINGS if may_have(thing, is_host=False)))})

_log = structlog.get_logger("makersphere.devices")


def takes_devices(live: LiveRoom) -> bool:
    """Return whether things can be connected at all."""
    return live.broker is not None and live.broker.takes_devices


def device_of(live: LiveRoom, sent: Sent) -> Device | None:
    """Return the device that a command comes from, or None where its token is no connected device's of that seat."""
    device = live.devices.paired.get(sent.token)
    return device if device is not None and device.seat == sent.actor else None


def give_pairing_code(asked: Asked) -> Tree:
    """Give out a code for a kind of thing, instead of an older one, and return it as the answer's `data`."""
    live, code = asked.live, new_code()
    seat = asked.sent.actor or whole(asked.args, "seat")
    offer = Offer(str(asked.args["thing"]), seat, live.clock.now_ms() + CODE_LASTS_MS)
    live.devices.offer(_digest(live, code), offer)
    return {"code": code, "seconds": CODE_LASTS_MS // 1000}


def _digest(live: LiveRoom, code: str) -> str:
    return digest(live.settings.salt, "pair", tidy_code(code))


def knows_code(live: LiveRoom, code: str) -> bool:
    """Return whether a code is, or was, one of this room's."""
    key = _digest(live, code)
    offer = live.devices.offered(key, live.clock.now_ms())
    return offer is not None or live.devices.of_code(key) is not None


def forget_seat(live: LiveRoom, seat: int, batch: Batch) -> None:
    """Let go of a seat's devices and withdraw its codes, because its people have been taken away."""
    live.devices.withdraw(seat)
    let_go(live, live.devices.of_seat(seat), batch)


def let_go(live: LiveRoom, devices: list[Device], batch: Batch) -> None:
    """Let devices go; their tokens open nothing any more."""
    if devices:
        live.devices.let_go(devices)
        _changed(live, devices, batch)


def _changed(live: LiveRoom, devices: list[Device], batch: Batch) -> None:
    """Have all devices stored anew, and shown anew to the hosts and to the seats that these belong or belonged to."""
    live.dirty.table = True
    live.dirty.hands.update(one.seat for one in devices)
    batch.private.update(live.devices.to_store())


def do_errand(live: LiveRoom, item: Pair | HostsNotice, batch: Batch) -> None:
    """Carry out a device's request, or tell the hosts a notice."""
    match item:
        case HostsNotice():
            batch.tell(item.text, live.seq, item.values, (HOST,))
        case Pair():
            _pair(live, item, batch)
        case _:
            assert_never(item)


def _pair(live: LiveRoom, item: Pair, batch: Batch) -> None:
    devices, code = live.devices, _digest(live, item.code)
    request = digest(live.settings.salt, item.device, item.id)
    bound = devices.of_code(code)
    offer = devices.offered(code, live.clock.now_ms())
    if bound is not None and bound.request == request and proves(item.id):
        _bind(live, item, Offer(bound.thing, bound.seat, 0), code, batch)  # its answer was lost
    elif bound is not None:
        metrics.PAIRED.labels("used_code").inc()
        _refuse(live, item, "unauthorised", "used_pairing_code", batch)
        batch.tell("device_used_code", live.seq, {"device": item.device, "holder": bound.id}, (HOST,))
    elif offer is None:
        _refuse(live, item, "unauthorised", "wrong_pairing_code", batch)
    elif len(devices.paired) >= live.limits.most_devices:
        metrics.LIMITED.labels("most_devices").inc()
        _refuse(live, item, "rule", "too_many_devices", batch)
    else:
        _bind(live, item, offer, code, batch)  # a used code is known by its device, and may be offered still


def _bind(live: LiveRoom, item: Pair, offer: Offer, code: str, batch: Batch) -> None:
    token, request = new_token(), digest(live.settings.salt, item.device, item.id)
    times = _times(live.devices.named(item.device), offer, request)
    device = Device(item.device, offer.thing, offer.seat, token_id(token), code, request, times)
    gone = live.devices.bind(device)
    _changed(live, [device, *gone], batch)
    replaced = [one for one in gone if one.code != code]
    values: dict[str, int | str] = {"device": device.id, "thing": device.thing, "seat": device.seat}
    batch.tell("device_of_seat" if device.seat else "device_of_host", live.seq, values, (HOST,))
    for one in replaced:
        batch.tell("device_replaced", live.seq, {"device": one.id, "newer": device.id}, (HOST,))
    how = "replaced" if replaced else "new"
    metrics.PAIRED.labels(how).inc()
    _log.info("device_paired", room=item.topic, device=device.id, thing=device.thing, seat=device.seat, how=how)
    data = {"token": token, "room": item.topic, "thing": device.thing, "seat": device.seat}
    batch.replies.append((item.connection, encode(Result(item.id, ok=True, now=live.clock.wall_ms(), data=data))))


def _times(before: Device | None, offer: Offer, request: str) -> int:
    """Return how often a device will have been bound as this offer says once this request is carried out."""
    if before is None or (before.thing, before.seat) != (offer.thing, offer.seat):
        return 1
    return before.times + (before.request != request)


def _refuse(live: LiveRoom, item: Pair, code: str, text: str, batch: Batch) -> None:
    _log.warning("device_refused", room=item.topic, device=item.device, code=code, why=text)
    batch.replies.append((item.connection, turned_away(item, item.language, live.clock.wall_ms(), code, text)))
