"""Hostile frames by the hundred thousand: each is answered, no error goes unmeant, an honest seat plays on.

A text frame gets exactly one `result`; or the connection gets an `error` and a close code of the contract. Raw
bytes get a close of the WebSocket protocol or nothing; then the same server still lets somebody in.
"""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import Collection
from typing import Any

from tests.faults.harness import Run, fault
from tests.faults.rig import hostile
from tests.faults.rig.crowd import Size, check, crowd, look_at_log, percentile
from tests.faults.rig.raw import Closed, Plain, text_frame
from tests.faults.rig.seat import Manners, ask, dial
from tests.faults.rig.server import Server, serving

_AT_ONCE = 100
_AT_A_TIME = 4  # seats that send
_ALLOWED = {1002, 1003, 1005, 1006, 1007, 1009, 1011, 4400, 4401, 4404, 4408, 4410, 4429, 1000, 1013}
_PATIENCE_S = 60.0
_GOOD = {"type": "command", "id": "ok", "name": "no_such_command"}


@fault("fuzz", rounds=100, quick_rounds=2)
async def fuzz(run: Run) -> None:
    """10,000 hostile frames a round: changed frames, odd JSON, raw bytes; and at the door, where nobody is known."""
    per_round = 1_500 if run.is_quick else 10_000
    run.expect("mutated", "odd_json", "raw", "at_the_door", "answered_typed", "closed_typed", "delays")
    async with serving(run.folder, build=run.build, lab=True, log_level="error") as server:
        async with crowd(run, server, Size(1, 4), Manners(every_s=0.1)) as everybody:
            victims = [await _victim(server) for _ in range(_AT_A_TIME)]
            before = None
            done = 0
            while run.goes_on(done):
                rounds = [
                    _round(run, server, run.chance(f"round {done} seat {number}"), *victim, per_round // _AT_A_TIME)
                    for number, victim in enumerate(victims)
                ]
                await asyncio.gather(*rounds)
                done += 1
                before = before or server.resident_kib  # after the first round everything is warm
                if not server.is_running:
                    run.problem("the server has ended")
            run.figure("resident_growth_mib", (server.resident_kib - (before or 0)) / 1024, at_most=50)
            run.figure("honest_p99_s", percentile(everybody.delays_s(), 0.99))
            run.counts["delays"] += len(everybody.delays_s())
        if server.starts != 1:
            run.problem("the server was started again")
        await server.stop()
        look_at_log(run, server)
        run.counts["hostile"] = run.counts["mutated"] + run.counts["odd_json"] + run.counts["raw"]
    check(run, server.folder)


async def _victim(server: Server) -> tuple[str, str]:
    async with dial(server.url) as host, dial(server.url) as guest:
        room = (await ask(host, {"type": "create", "scenario": "counter", "options": {"seats": 2}}))["room"]
        token = (await ask(guest, {"type": "join", "room": room, "name": "Fuzz"}))["seat_token"]
        await ask(host, {"type": "command", "id": "start", "name": "host.start"})
    return room, token


async def _round(run: Run, server: Server, chance: random.Random, room: str, token: str, frames: int) -> None:
    sent = 0
    while sent < frames:
        kind = chance.random()
        if kind < 0.5:  # much at once: with this chance four of five frames are texts
            sent += await _inside(run, server, chance, room, token)
        elif kind < 0.55:
            sent += await _at_the_door(run, server, chance)
        else:
            sent += await _raw(run, server, chance, room, token)


def _texts(run: Run, chance: random.Random, number: int) -> list[bytes]:
    found = []
    for _ in range(number):
        is_mutated = chance.random() < 0.75
        run.counts["mutated" if is_mutated else "odd_json"] += 1
        found.append(hostile.mutated(chance) if is_mutated else hostile.odd_json(chance))
    return found


async def _inside(run: Run, server: Server, chance: random.Random, room: str, token: str) -> int:
    """Send hostile frames from a seat, a good one after every two, so that the connection lasts; count the answers."""
    connection = await Plain.open(server.port)
    welcome = await connection.ask({"type": "resume", "room": room, "seat_token": token})
    if welcome["type"] != "welcome":
        run.problem(f"nobody is let in any more: {welcome}")
    texts = _texts(run, chance, _AT_ONCE)
    answers = 0
    try:
        for n in range(0, _AT_ONCE, 2):
            connection.writer.write(b"".join(map(text_frame, texts[n : n + 2])))
            connection.send(_GOOD)
        async with asyncio.timeout(_PATIENCE_S):
            while answers < _AT_ONCE * 3 // 2:
                answers += _is_typed(run, await connection.answer())
        run.counts["answered_typed"] += answers
    except TimeoutError:
        run.problem(f"of {_AT_ONCE * 3 // 2} frames {answers} were answered: {texts[:3]!r}")
    except Closed as closed:
        _note_close(run, closed, texts[0])
    connection.close()
    return _AT_ONCE


def _is_typed(run: Run, frame: dict[str, Any]) -> bool:
    if frame["type"] != "result" or not (frame["ok"] or frame["error"]["code"]):
        run.problem(f"a hostile frame was answered by {json.dumps(frame)[:300]}")
    return True


def _note_close(run: Run, closed: Closed, text: bytes, own: Collection[int] = ()) -> None:
    """Note a close: by a code of the contract, or by one of our own, which the other side repeats (RFC 6455, 5.5.1)."""
    if closed.code in _ALLOWED or closed.code in own:
        run.counts["closed_typed"] += 1
    else:
        run.problem(f"closed with {closed.code} after {text[:200]!r}")


async def _at_the_door(run: Run, server: Server, chance: random.Random) -> int:
    """Send hostile first frames; three bad ones end it with `error` and a close."""
    connection = await Plain.open(server.port)
    texts = _texts(run, chance, 4)
    run.counts["at_the_door"] += len(texts)
    connection.writer.write(b"".join(map(text_frame, texts)))
    try:
        async with asyncio.timeout(_PATIENCE_S):
            for _ in texts:
                frame = json.loads(await connection.receive())
                if frame["type"] == "welcome":
                    break
                run.counts["answered_typed"] += 1
    except TimeoutError:
        run.problem(f"no answer at the door: {texts!r}"[:400])
    except Closed as closed:
        _note_close(run, closed, texts[0])
    connection.close()
    return len(texts)


async def _raw(run: Run, server: Server, chance: random.Random, room: str, token: str) -> int:
    """Send bytes that are no frames, before the handshake or after it, until the server ends it."""
    sent = 0
    if chance.random() < 0.2:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        connection = Plain(reader, writer)
    else:
        connection = await Plain.open(server.port)
        connection.send({"type": "resume", "room": room, "seat_token": token})
    began = time.monotonic()
    own: set[int] = set()
    for _ in range(30):
        data = hostile.raw_bytes(chance)
        own |= hostile.code_of_close(data)
        connection.writer.write(data)
        run.counts["raw"] += 1
        sent += 1
        if connection.writer.is_closing() or connection.reader.at_eof():
            break
        if sent % 5 == 0:
            await asyncio.sleep(0)
    try:
        async with asyncio.timeout(0.2):
            while True:
                await connection.receive()
    except Closed as closed:
        _note_close(run, closed, b"raw bytes", own)
    except TimeoutError:
        run.counts["raw_left_open"] += 1  # what it may still become is no frame yet
    except (ValueError, IndexError):
        pass  # an HTTP answer
    run.figures["raw_max_s"] = max(run.figures.get("raw_max_s", 0), time.monotonic() - began)
    connection.close()
    return sent
