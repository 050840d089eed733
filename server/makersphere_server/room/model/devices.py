"""The devices of a room, each paired with one seat or with the hosts, and how it stands with the broker between.

Answers whose a device's token is, which codes are out, and what hosts and seats see of it all. Stored beside the log,
by the hash of the token. Decides nothing: that is `device_pairing.py`. The kind of a device is its `thing`, as in the
contract.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, Self

import attrs
import msgspec

__all__ = ["CODE_LASTS_MS", "KEY", "Broker", "Device", "Devices", "Offer"]

KEY: Final = "devices"  # of the private values
CODE_LASTS_MS: Final = 600_000
_MOST_OFFERS: Final = 64


@attrs.frozen
class Broker:
    """How it stands with the MQTT broker.

    Attributes:
        since: milliseconds since 1970 at which that began; 0: it has not been tried yet.
        problem: why there is no connection, or "".
    """

    url: str
    takes_devices: bool = False
    is_connected: bool = False
    since: int = 0
    problem: str = ""

    def tree(self) -> dict[str, Any]:
        """Return it as the hosts see it."""
        tree: dict[str, Any] = {"url": self.url, "connected": self.is_connected, "devices": self.takes_devices}
        if self.since:
            tree["since"] = self.since
        if self.problem:
            tree["problem"] = self.problem
        return tree


@attrs.frozen
class Offer:
    """A code that is out: for which kind of device, whose the device will be (0: the hosts'), and until when."""

    thing: str
    seat: int
    until_ms: int


@attrs.frozen
class Device:
    """A device that is paired.

    Attributes:
        id: what it calls itself.
        thing: which kind of device it is.
        seat: whose it is; 0: the host's.
        token: the id of its token.
        code: digest of the code that paired it.
        request: digest of the request that paired it, by which the request is known again.
        times: how often a device of its name has been paired there, one after the other.
    """

    id: str
    thing: str
    seat: int
    token: str = attrs.field(repr=False)
    code: str = attrs.field(repr=False)
    request: str = attrs.field(repr=False)
    times: int = 1

    def tree(self) -> dict[str, str | int]:
        """Return it as people see it; that it was paired anew is seen by `times` alone."""
        tree: dict[str, str | int] = {"thing": self.thing, "seat": self.seat}
        if self.times > 1:
            tree["times"] = self.times
        return tree


class Devices:
    """The devices of one room, and the codes that are out.

    Attributes:
        paired: by the id of the token.
    """

    def __init__(self, devices: Iterable[Device] = ()) -> None:
        """Take over the devices that are stored; codes do not outlive a restart."""
        self.paired = {device.token: device for device in devices}
        self._offers: dict[str, Offer] = {}

    @classmethod
    def stored(cls, private: Mapping[str, bytes]) -> Self:
        """Return a room's devices from its private values."""
        found = private.get(KEY)
        return cls(msgspec.json.decode(found, type=list[Device]) if found else ())

    def to_store(self) -> dict[str, bytes | None]:
        """Return the private value that they are kept in."""
        return {KEY: msgspec.json.encode(list(self.paired.values()))}

    def named(self, device: str) -> Device | None:
        """Return the device that calls itself so."""
        return next((one for one in self.paired.values() if one.id == device), None)

    def of_code(self, code: str) -> Device | None:
        """Return the device that a code has paired, by the code's digest."""
        return next((one for one in self.paired.values() if one.code == code), None)

    def offer(self, code: str, offer: Offer) -> None:
        """Give out a code, by its digest, instead of an older one for the same thing of the same seat."""
        bound_to = (offer.thing, offer.seat)
        self._offers = {key: one for key, one in self._offers.items() if (one.thing, one.seat) != bound_to}
        if len(self._offers) >= _MOST_OFFERS:
            del self._offers[next(iter(self._offers))]
        self._offers[code] = offer

    def offered(self, code: str, now_ms: int) -> Offer | None:
        """Return what a code is good for now."""
        offer = self._offers.get(code)
        return offer if offer is not None and now_ms < offer.until_ms else None

    def take_over(self, older: Devices) -> None:
        """Go on with the codes that were out."""
        self._offers = older._offers

    def bind(self, device: Device) -> list[Device]:
        """Pair a device; return the devices that had its place, or its name, until now."""
        replaced = [
            one
            for one in self.paired.values()
            if one.id == device.id or (one.thing, one.seat) == (device.thing, device.seat)
        ]
        self.let_go(replaced)
        self.paired[device.token] = device
        return replaced

    def let_go(self, devices: Iterable[Device]) -> None:
        """Unpair devices, and let their codes pair nothing again."""
        for one in list(devices):
            self.paired.pop(one.token, None)
            self._offers.pop(one.code, None)

    def withdraw(self, seat: int) -> None:
        """Take back the codes that are out for a seat."""
        self._offers = {key: one for key, one in self._offers.items() if one.seat != seat}

    def of_seat(self, seat: int) -> list[Device]:
        """Return a seat's own."""
        return [one for one in self.paired.values() if one.seat == seat]

    def tree(self, seat: int | None = None) -> dict[str, Any]:
        """Return devices by what each calls itself: all of them, for the hosts, or a seat's own, for the seat."""
        shown = self.paired.values() if seat is None else self.of_seat(seat)
        return {one.id: one.tree() for one in shown}
