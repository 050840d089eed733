"""Every bound of a server in one class, each with its range; settings are made of it.

Answers how much of each thing there may be. Each bound is counted in `makersphere_limited_total` under its own
name whenever it turns something away. The page docs/settings.md is made of this class. What the contract or the
rules fix (three bad frames, 500 seats, the length of texts) is no setting.
"""

from __future__ import annotations

from typing import Final

import attrs
from attrs.validators import ge, le

__all__ = ["BOUNDS", "Limits"]


def _from(least: float, default: float, most: float) -> float:
    found: float = attrs.field(
        default=default, validator=[ge(least), le(most)], metadata={"least": least, "most": most}
    )
    return found


def _whole(least: int, default: int, most: int) -> int:
    found: int = attrs.field(default=default, validator=[ge(least), le(most)], metadata={"least": least, "most": most})
    return found


@attrs.frozen(kw_only=True)
class Limits:
    """Bounds of a server.

    Attributes:
        frame_bytes: Size of the largest frame that a client may send.
        handshake_s: Seconds in which a connection has to have made its request, and a slow phone to have loaded a page.
        first_frame_s: Seconds in which a connection has to have said who it is.
        stall_s: Seconds after which a connection that reads nothing is cut.
        backlog_bytes: How much may wait for one connection to read it; more, and it is cut.
        most_connections: How many connections may be open at once.
        most_per_address: How many of them from one address, a school's for example.
        most_rooms: How many rooms may be in memory at once.
        most_kept_rooms: How many rooms may be kept in the data folder; beyond that, nobody opens another one.
        most_seats: How many seats a room may be opened with.
        most_members: How many people may share a seat.
        most_watchers: How many may look on in one room.
        most_hosts: How many may facilitate one room.
        most_waiting: How many commands may wait for one room.
        commands_per_s: How many commands a second a seat may send in the long run.
        command_burst: How many commands a seat may send at once.
        flood: After how many refusals in a row, for sending too much, a connection is closed.
        entries_per_s: How many may join, watch or open a room in a second in the long run; who comes back is not
            counted.
        entry_burst: How many may do so at once.
        failures_per_s: How many wrong codes a second the whole server answers in the long run; while there is a
            budget, nobody waits for somebody else's mistakes.
        failure_burst: How many wrong codes the whole server answers at once: several classes that all mistype twice.
        failures_per_address: How many wrong codes one address may send at once: a class of 200 that mistypes twice,
            and then some. Its budget fills in an hour.
        late_ms: How late the server may be with its own work, in milliseconds, before it lets in nobody new for a
            moment.
    """

    frame_bytes: int = _whole(1_024, 16_384, 16_384)
    handshake_s: int = _whole(1, 60, 600)
    first_frame_s: int = _whole(1, 10, 600)
    stall_s: float = _from(0.1, 10.0, 600.0)
    backlog_bytes: int = _whole(65_536, 4 << 20, 256 << 20)  # several times the table of a room of 500
    most_connections: int = _whole(1, 2_000, 100_000)
    most_per_address: int = _whole(1, 1_000, 100_000)
    most_rooms: int = _whole(1, 200, 10_000)
    most_kept_rooms: int = _whole(1, 5_000, 100_000)
    most_seats: int = _whole(1, 500, 500)
    most_members: int = _whole(1, 6, 50)
    most_watchers: int = _whole(0, 100, 10_000)
    most_hosts: int = _whole(1, 8, 50)
    most_waiting: int = _whole(64, 4_096, 65_536)
    commands_per_s: int = _whole(1, 20, 1_000)
    command_burst: int = _whole(1, 40, 10_000)
    flood: int = _whole(1, 200, 10_000)
    entries_per_s: int = _whole(1, 100, 10_000)
    entry_burst: int = _whole(1, 1_000, 100_000)
    failures_per_s: int = _whole(1, 10, 15)  # with 200 rooms, 15 find a room with a chance of 0.9 in 1,000 an hour
    failure_burst: int = _whole(1, 4_000, 10_000)
    failures_per_address: int = _whole(1, 1_000, 10_000)
    late_ms: int = _whole(100, 1_000, 60_000)


BOUNDS: Final = tuple(field.name for field in attrs.fields(Limits))
