"""A stop under load while connections say nothing, half of something, or never answer: nobody holds the server up.

Knows the server by its port alone. Each round ends with a start on the same port, which has to be free at once.
"""

from __future__ import annotations

import asyncio
from typing import Any

from tests.faults.harness import Run, fault
from tests.faults.kills import RESTART, restart
from tests.faults.rig.crowd import STANDARD, Size, check, crowd, look_at_log
from tests.faults.rig.raw import handshake, text_frame
from tests.faults.rig.seat import Manners
from tests.faults.rig.server import Server, serving

_SMALL = Size(2, 6)
_PAGE = b"GET / HTTP/1.1\r\nHost: here\r\nConnection: keep-alive\r\n"
_OF_EACH = 3
_PATIENT: dict[str, Any] = {
    "request_s": 600,
    "handshake_s": 600,
    "first_frame_s": 600,
    "stall_s": 600,
}  # the stop alone ends them


def _sayings(port: int) -> dict[str, bytes]:
    """Return what connections say before they fall silent, by its name."""
    request = handshake(port)
    return {
        "nothing": b"",
        "half_a_line": request[:9],
        "half_a_header": request[: len(request) // 2],
        "half_a_page": _PAGE,
        "unread_page": _PAGE + b"\r\n",
        "upload": b"POST /up HTTP/1.1\r\nHost: here\r\nContent-Length: 1000000\r\n\r\n" + b"x" * 2_000,
        "no_first_frame": request,
        "half_a_frame": request + text_frame(b"x" * 100)[:20],
        "half_a_message": request + b"\x01\x81\0\0\0\0{",
    }


@fault("silent", rounds=50, quick_rounds=2)
async def silent(run: Run) -> None:
    """SIGTERM while connections say nothing, half of something, or never answer; the port opens again at once."""
    chance, ends = run.chance("silent"), list[float]()
    size, manners = (_SMALL, Manners(every_s=0.1)) if run.is_quick else (STANDARD, Manners())
    run.expect("restarts", "stalled", "closed_1012", *_sayings(0))
    async with serving(run.folder, build=run.build, lab=True, **_PATIENT) as server:
        async with crowd(run, server, size, manners) as everybody:
            while run.goes_on(run.counts["restarts"]):
                links = await _fall_silent(run, server)
                ends.append((await restart(run, everybody, chance.randrange(1, 60)))[0])
                run.counts["closed_1012"] += sum(seat.closes[:1] == [RESTART] for seat in everybody.seats)
                for link in links:
                    link.transport.abort()
        ends.append(await server.stop())
        look_at_log(run, server)
    if set(server.ended) != {0}:
        run.problem(f"the server ended with {sorted(set(server.ended))}")
    run.figure("stop_max_s", max(ends), at_most=5)
    check(run, server.folder)


async def _fall_silent(run: Run, server: Server) -> list[asyncio.StreamWriter]:
    """Return connections that have said something and then nothing; nobody reads what they are answered."""
    links = []
    for name, said in _sayings(server.port).items():
        for _ in range(_OF_EACH):
            _, link = await asyncio.open_connection("127.0.0.1", server.port)
            link.write(said)
            await link.drain()
            links.append(link)
            run.counts[name] += 1
    return links
