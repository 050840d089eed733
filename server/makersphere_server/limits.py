"""Every bound of a server in one class, each with its range; settings are made of it.

Answers how much of each thing there may be. Each time that a bound turns something away, it is counted in
`makersphere_limited_total` under the bound's name. The page docs/settings.md is made of this class. A bound that the
contract or the rules fix (three bad frames, 500 seats, the length of texts) is no setting.
"""

from __future__ import annotations

from typing import Any, Final, TypeVar

import attrs

__all__ = ["BOUNDS", "Limits", "OutOfRange", "Unusable", "bounded"]

N = TypeVar("N", int, float)


class OutOfRange(ValueError):
    """A setting is not in its range."""

    def __init__(self, setting: str, value: float, least: float, most: float) -> None:
        """Keep which, and what it may be."""
        super().__init__(f"{setting} is {value}, and must be from {least} to {most}")
        self.setting, self.value, self.least, self.most = setting, value, least, most


class Unusable(ValueError):
    """A setting is not of the kind that is needed; `needs` names it: `origin` or `address`."""

    def __init__(self, setting: str, value: str, needs: str) -> None:
        """Keep which, and what it has to be."""
        super().__init__(f"{setting} has {value!r}, which is no {needs}")
        self.setting, self.value, self.needs = setting, value, needs


def _check(_: object, field: attrs.Attribute[Any], value: float) -> None:
    least, most = field.metadata["least"], field.metadata["most"]
    if not least <= value <= most:
        raise OutOfRange(field.name, value, least, most)


def bounded(default: N, least: N, most: N) -> N:
    """Return a field that takes numbers from `least` to `most`."""
    found: N = attrs.field(default=default, validator=_check, metadata={"least": least, "most": most})
    return found


@attrs.frozen(kw_only=True)
class Limits:
    """Bounds of a server.

    Attributes:
        frame_bytes: Size of the largest frame that a client may send.
        request_s: Seconds in which a connection has to have made its request.
        handshake_s: Seconds in which it has to have shaken hands, and a slow phone to have loaded a page.
        first_frame_s: Seconds in which a connection has to have said who it is.
        stall_s: Seconds after which a connection that reads nothing is cut.
        backlog_bytes: How much may wait for one connection to read it; more, and it is cut.
        most_connections: How many connections may be open at once.
        most_per_address: How many of them from one address, a school's for example.
        most_rooms: How many rooms may be in memory at once.
        most_kept_rooms: How many rooms may be kept in the data folder; nobody opens more.
        most_seats: How many seats a room may be opened with, or get later.
        most_members: How many people may share a seat.
        most_watchers: How many may look on in one room; of more, the newest of the address that has most gives way to
            one from an address that has fewer.
        most_hosts: How many may host one room.
        most_devices: How many devices may be connected to one room.
        most_waiting: How many commands may wait for one room.
        commands_per_s: How many commands a second a person may send in the long run, by whichever way they come back.
        command_burst: How many commands a person may send at once.
        flood: A connection is closed when so many more of its commands were refused for being too many than were
            taken.
        control_per_s: How many frames that are no whole message (pings, pongs, parts of messages) a connection may send
            a second in the long run, and ten times as many at once; one more closes it.
        entries_per_s: How many people may join, watch or open a room in a second in the long run; people who come back
            are not counted.
        entry_burst: How many people may do so at once.
        failures_per_s: How many wrong codes a second the whole server answers in the long run; while there is a
            budget, nobody waits for somebody else's mistakes.
        failure_burst: How many wrong codes the whole server answers at once: several classes that all mistype twice.
        failures_per_address: How many wrong codes one address may send at once: a class of 200 that mistypes twice,
            and then some. Its budget fills in an hour.
        late_ms: How late the server may be with its own work, in milliseconds, before it lets nobody new in for two
            seconds.
    """

    frame_bytes: int = bounded(16_384, 1_024, 16_384)
    request_s: int = bounded(10, 1, 600)
    handshake_s: int = bounded(60, 1, 600)
    first_frame_s: int = bounded(10, 1, 600)
    stall_s: float = bounded(10.0, 0.1, 600.0)
    backlog_bytes: int = bounded(4 << 20, 65_536, 256 << 20)  # several times the table of a room of 500
    most_connections: int = bounded(2_000, 1, 100_000)
    most_per_address: int = bounded(1_500, 1, 100_000)
    most_rooms: int = bounded(200, 1, 10_000)
    most_kept_rooms: int = bounded(5_000, 1, 100_000)
    most_seats: int = bounded(500, 1, 500)
    most_members: int = bounded(6, 1, 50)
    most_watchers: int = bounded(100, 0, 10_000)
    most_hosts: int = bounded(8, 1, 50)
    most_devices: int = bounded(64, 1, 1_000)
    most_waiting: int = bounded(4_096, 64, 65_536)
    commands_per_s: int = bounded(20, 1, 1_000)
    command_burst: int = bounded(40, 1, 10_000)
    flood: int = bounded(200, 1, 10_000)
    control_per_s: int = bounded(20, 1, 1_000)
    entries_per_s: int = bounded(100, 1, 10_000)
    entry_burst: int = bounded(1_000, 1, 100_000)
    failures_per_s: int = bounded(10, 1, 15)  # with 200 rooms, 15 find a room with a chance of 0.9 in 1,000 an hour
    failure_burst: int = bounded(4_000, 1, 10_000)
    failures_per_address: int = bounded(1_000, 1, 10_000)
    late_ms: int = bounded(1_000, 100, 60_000)


BOUNDS: Final = tuple(field.name for field in attrs.fields(Limits))
