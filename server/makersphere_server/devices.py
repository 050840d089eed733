"""Binding a thing to a seat or to the facilitator by a code, and letting it go again.

Answers a device's pairing, and the commands that give out codes. A code is good once, for ten minutes; the same
request again gets the same place and a fresh token, so that a lost answer binds nothing twice. A second thing of one
kind at one place takes the place of the first, as a newer connection does with a token. What things may send is
`makersphere_protocol.mqtt.THINGS`; everything else about a command of theirs is as with anybody's.
"""

from __future__ import annotations

from typing import Any, Final, assert_never

import structlog

from makersphere_protocol.codec import encode
from makersphere_protocol.messages import Args, Result
from makersphere_protocol.mqtt import THINGS, may_have
from makersphere_rules.forms import Form, OneOf
from makersphere_rules.refusals import Refusal, refuse
from makersphere_server import metrics
from makersphere_server.codes import digest, new_code, new_token, tidy_code, token_id
from makersphere_server.feed import HOST
from makersphere_server.inbox import Notice, Pair, Sent
from makersphere_server.mqtt import counts
from makersphere_server.sitting import Sitting
from makersphere_server.things import CODE_LASTS_MS, Device, Offer
from makersphere_server.work import Work, turned_away

__all__ = [
    "PAIR",
    "device_of",
    "do_errand",
    "forget_seat",
    "give_code",
    "knows_code",
    "let_go",
    "takes_devices",
    "why_not_here",
]

PAIR: Final = Form({"thing": OneOf(tuple(thing for thing in THINGS if may_have(thing, is_host=False)))})

_log = structlog.get_logger("makersphere.devices")


def takes_devices(sitting: Sitting) -> bool:
    """Return whether things can be connected at all."""
    return sitting.broker is not None and sitting.broker.takes_devices


def device_of(sitting: Sitting, sent: Sent) -> Device | None:
    """Return the device that a command comes from, if its token still is one's that may speak there."""
    device = sitting.devices.paired.get(sent.token)
    return device if device is not None and device.seat == sent.actor else None


def why_not_here(sitting: Sitting, args: Args) -> Refusal | None:
    """Return why a kind of thing cannot be where a host wants it."""
    thing, is_host = str(args["thing"]), "seat" not in args
    if may_have(thing, is_host=is_host):
        return None
    return refuse("bad_args", "thing_needs_seat" if is_host else "thing_of_host", "seat", thing=thing)


def give_code(sitting: Sitting, sent: Sent, work: Work) -> dict[str, Any]:
    """Give out a code for a kind of thing, instead of an older one, and return it as the answer's `data`."""
    seat = sent.actor or int(str(sent.args.get("seat", 0)))
    code = new_code()
    offer = Offer(str(sent.args["thing"]), seat, sitting.clock.now_ms() + CODE_LASTS_MS)
    sitting.devices.offer(_digest(sitting, code), offer)
    return {"code": code, "seconds": CODE_LASTS_MS // 1000}


def _digest(sitting: Sitting, code: str) -> str:
    return digest(sitting.settings.salt, "pair", tidy_code(code))


def knows_code(sitting: Sitting, code: str) -> bool:
    """Return whether a code is, or was, one of this room's."""
    key = _digest(sitting, code)
    offer = sitting.devices.offered(key, sitting.clock.now_ms())
    return offer is not None or sitting.devices.of_code(key) is not None


def forget_seat(sitting: Sitting, seat: int, work: Work) -> None:
    """Let go of a seat's things, and of the codes that its people may have: they have been taken away."""
    sitting.devices.withdraw(seat)
    let_go(sitting, sitting.devices.of_seat(seat), work)


def let_go(sitting: Sitting, devices: list[Device], work: Work) -> None:
    """Have things bound no more."""
    if devices:
        sitting.devices.let_go(devices)
        _changed(sitting, devices, work)


def _changed(sitting: Sitting, devices: list[Device], work: Work) -> None:
    """Have the things stored anew, and shown anew to the hosts and to those whose these are or were."""
    sitting.dirty.table = True
    sitting.dirty.hands.update(one.seat for one in devices)
    work.private.update(sitting.devices.to_store())


def do_errand(sitting: Sitting, item: Pair | Notice, work: Work) -> None:
    """Carry out what is nobody's command."""
    match item:
        case Notice():
            work.tell(item.text, sitting.seq, item.values, (HOST,))
        case Pair():
            _pair(sitting, item, work)
        case _:
            assert_never(item)


def _pair(sitting: Sitting, item: Pair, work: Work) -> None:
    devices, code = sitting.devices, _digest(sitting, item.code)
    request = digest(sitting.settings.salt, item.device, item.id)
    bound = devices.of_code(code)
    offer = devices.offered(code, sitting.clock.now_ms())
    if bound is not None and bound.request == request:
        _bind(sitting, item, Offer(bound.thing, bound.seat, 0), code, work)  # its answer was lost
    elif bound is not None:
        counts.PAIRED.labels("used_code").inc()
        _refuse(sitting, item, "unauthorised", "used_pairing_code", work)
        work.tell("device_used_code", sitting.seq, {"device": item.device, "holder": bound.id}, (HOST,))
    elif offer is None:
        _refuse(sitting, item, "unauthorised", "wrong_pairing_code", work)
    elif len(devices.paired) >= sitting.limits.most_devices:
        metrics.LIMITED.labels("most_devices").inc()
        _refuse(sitting, item, "rule", "too_many_devices", work)
    else:
        _bind(sitting, item, offer, code, work)  # a used code is known by its device, and may be offered still


def _bind(sitting: Sitting, item: Pair, offer: Offer, code: str, work: Work) -> None:
    token, request = new_token(), digest(sitting.settings.salt, item.device, item.id)
    times = _times(sitting.devices.named(item.device), offer, request)
    device = Device(item.device, offer.thing, offer.seat, token_id(token), code, request, times)
    gone = sitting.devices.bind(device)
    _changed(sitting, [device, *gone], work)
    replaced = [one for one in gone if one.code != code]
    place: dict[str, int | str] = {"device": device.id, "thing": device.thing, "seat": device.seat}
    work.tell("device_of_seat" if device.seat else "device_of_host", sitting.seq, place, (HOST,))
    for one in replaced:
        work.tell("device_replaced", sitting.seq, {"device": one.id, "newer": device.id}, (HOST,))
    how = "replaced" if replaced else "new"
    counts.PAIRED.labels(how).inc()
    _log.info("device_paired", room=item.topic, device=device.id, thing=device.thing, seat=device.seat, how=how)
    data = {"token": token, "room": item.topic, "thing": device.thing, "seat": device.seat}
    work.replies.append((item.wire, encode(Result(item.id, ok=True, now=sitting.clock.wall_ms(), data=data))))


def _times(before: Device | None, offer: Offer, request: str) -> int:
    """Return how often a thing has been bound to its place when this request has been carried out."""
    if before is None or (before.thing, before.seat) != (offer.thing, offer.seat):
        return 1
    return before.times + (before.request != request)


def _refuse(sitting: Sitting, item: Pair, code: str, text: str, work: Work) -> None:
    _log.warning("device_refused", room=item.topic, device=item.device, code=code, why=text)
    work.replies.append((item.wire, turned_away(item, item.language, sitting.clock.wall_ms(), code, text)))
