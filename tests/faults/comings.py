"""Coming back: two hundred at once, late, from anywhere in the past, over a connection that is half open."""

from __future__ import annotations

import asyncio
import json
import time
from contextlib import suppress
from copy import deepcopy
from typing import Any

from websockets.exceptions import ConnectionClosed

from tests.faults.harness import Run, fault
from tests.faults.rig.crowd import STANDARD, Size, check, crowd, look_at_log, percentile
from tests.faults.rig.raw import Stalled
from tests.faults.rig.seat import Manners, ask, dial, merge
from tests.faults.rig.server import Server, serving

_REPLACED = 4409
_PATIENCE_S = 15
_SMALL = Size(2, 20)


@fault("storm", rounds=20, quick_rounds=1)
async def storm(run: Run) -> None:
    """Everybody loses the Wi-Fi at once and is back within a second, from one address."""
    size = _SMALL if run.is_quick else STANDARD
    run.expect("lost", "back")
    back: list[float] = []
    async with serving(run.folder, build=run.build) as server:
        async with crowd(run, server, size, Manners(backoff_s=1.0, every_s=1.0)) as everybody:
            done = 0
            while run.goes_on(done):
                await everybody.acknowledged(20)
                since = time.monotonic()
                for seat in everybody.seats:
                    seat.drop()
                    run.counts["lost"] += 1
                back += await everybody.back(since)
                done += 1
            run.counts["back"] += len(back)
        await server.stop()
        look_at_log(run, server)
    run.figure("back_p99_s", percentile(back, 0.99), at_most=5)
    run.figure("back_max_s", max(back), at_most=15)
    check(run, server.folder)


class _Witness:
    """Somebody who never leaves, and remembers every table and hand with its `seq`."""

    def __init__(self) -> None:
        self.tree: dict[str, Any] = {}
        self.past: list[tuple[int, dict[str, Any]]] = []
        self.epoch = 0

    def take(self, frame: dict[str, Any]) -> int:
        """Take in a frame; return the `seq` that it brought, or -1."""
        if frame["type"] not in ("welcome", "update"):
            return -1
        if "epoch" in frame:
            self.epoch = frame["epoch"]
        if not frame.get("resumed", False):
            merge(self.tree, {"table": frame.get("table", {}), "hand": frame.get("hand", {})})
            self.past.append((frame["seq"], deepcopy(self.tree)))
        return int(frame["seq"])


@fault("latecomers", rounds=1000, quick_rounds=40)
async def latecomers(run: Run) -> None:
    """Who joins late or comes back from any point of the past sees what somebody sees who never left."""
    events = 300 if run.is_quick else 5_000
    chance = run.chance("latecomers")
    run.expect("resumed_by_tail", "resumed_by_snapshot", "compared", "late_joins")
    times: list[float] = []
    sizes: list[int] = []
    async with serving(run.folder, build=run.build, lab=True) as server, dial(server.url) as host:
        options = {"seats": 2, "timers": {"scale": 0}, "teams": True}
        room = (await ask(host, {"type": "create", "scenario": "counter", "options": options}))["room"]
        witness = _Witness()
        async with dial(server.url) as connection:
            joined = await ask(connection, {"type": "join", "room": room, "name": "Witness"})
            token = joined["seat_token"]
            witness.take(joined)
            await ask(host, {"type": "command", "id": "start", "name": "host.start"})
            await _count(connection, witness, events)
            mate = _Witness()
            given = await ask(host, {"type": "command", "id": "pass", "name": "host.seat_pass", "args": {"seat": 1}})
            async with dial(server.url) as other:  # of the same team: never leaves, sees the same hand
                began = time.monotonic()
                wish = {"type": "join", "room": room, "name": "Mate", "seat": 1}
                frame = await ask(other, {**wish, "pass": given["data"]["code"]})
                times.append(time.monotonic() - began)
                sizes.append(len(json.dumps(frame)))
                mate.take(frame)
                run.counts["late_joins"] += 1
                following = asyncio.create_task(_follow(other, mate))
                key = {"room": room, "seat_token": token, "epoch": witness.epoch}
                done = 0
                while run.goes_on(done):
                    past = chance.choice(witness.past[-600:] if done % 2 else witness.past)
                    other_history = {"epoch": witness.epoch + 1} if done % 10 == 9 else {}  # gets the whole picture
                    times.append(await _resume(run, server, key | other_history, past, mate, sizes))
                    done += 1
                following.cancel()
                await asyncio.gather(following, return_exceptions=True)
        await server.stop()
        look_at_log(run, server)
    run.figure("welcome_p99_s", percentile(times, 0.99), at_most=0.3)
    run.figure("largest_welcome_kib", max(sizes) / 1024, at_most=256)


async def _count(connection: Any, witness: _Witness, events: int) -> None:  # noqa: ANN401
    """Count so often, a few at a time, and let the witness remember all that it was told."""
    answered = 0
    for n in range(events):
        await connection.send(
            json.dumps({"type": "command", "id": f"c{n}", "name": "count", "args": {"by": n % 10 + 1}})
        )
        while answered < n - 3:
            answered += _is_result(witness, json.loads(await connection.recv()))
    while answered < events or witness.past[-1][0] < events + 1:
        answered += _is_result(witness, json.loads(await connection.recv()))


def _is_result(witness: _Witness, frame: dict[str, Any]) -> bool:
    witness.take(frame)
    return bool(frame["type"] == "result")


async def _follow(connection: Any, witness: _Witness) -> None:  # noqa: ANN401
    async for message in connection:
        witness.take(json.loads(message))
        del witness.past[:-1]


async def _resume(
    run: Run, server: Server, key: dict[str, Any], past: tuple[int, dict[str, Any]], mate: _Witness, sizes: list[int]
) -> float:
    """Come back from a point of the past; return after how long the welcome was there."""
    seq, tree = past
    async with dial(server.url) as connection:
        began = time.monotonic()
        await connection.send(json.dumps({"type": "resume", **key, "seq": seq}))
        text = await connection.recv()
        took = time.monotonic() - began
        welcome = json.loads(text)
        sizes.append(len(text))
        mine = _Witness()
        mine.tree = deepcopy(tree) if welcome.get("resumed") else {}
        mine.take(welcome)
        run.counts["resumed_by_tail" if welcome.get("resumed") else "resumed_by_snapshot"] += 1
        ends = time.monotonic() + _PATIENCE_S  # after the last frame: nobody sends anything now
        while _but_for_members(mine.tree) != _but_for_members(mate.tree) and time.monotonic() < ends:
            with suppress(TimeoutError):
                mine.take(json.loads(await asyncio.wait_for(connection.recv(), 0.2)))
                ends = time.monotonic() + _PATIENCE_S
        if _but_for_members(mine.tree) == _but_for_members(mate.tree):
            run.counts["compared"] += 1
        else:
            run.problem(f"who came back from {seq} sees something else than who never left")
    return took


def _but_for_members(tree: dict[str, Any]) -> dict[str, Any]:
    """Return table and hand without what differs between the members of a team."""
    hand = {key: value for key, value in tree.get("hand", {}).items() if key != "member"}
    return {"table": tree.get("table"), "hand": hand}


@fault("half-open", rounds=20, quick_rounds=2)
async def half_open(run: Run) -> None:
    """A phone changes its network and leaves its old connection half open: the new one takes over at once."""
    run.expect("takeovers", "old_cannot_act")
    times: list[float] = []
    async with serving(run.folder, build=run.build, lab=True) as server, dial(server.url) as host:
        room = (await ask(host, {"type": "create", "scenario": "counter", "options": {"seats": 1}}))["room"]
        async with dial(server.url) as connection:
            token = (await ask(connection, {"type": "join", "room": room, "name": "Phone"}))["seat_token"]
        await ask(host, {"type": "command", "id": "start", "name": "host.start"})
        resume = {"type": "resume", "room": room, "seat_token": token}
        total, done = 0, 0
        while run.goes_on(done):
            deaf = await Stalled.open_with(server, resume)
            async with dial(server.url) as old:
                await ask(old, resume)
                began = time.monotonic()
                async with dial(server.url) as new:
                    await ask(new, resume)
                    answer = await ask(new, {"type": "command", "id": f"n{done}", "name": "count", "args": {"by": 1}})
                    times.append(time.monotonic() - began)
                    total += answer["ok"]
                    with suppress(ConnectionClosed):
                        late = {"type": "command", "id": f"o{done}", "name": "count", "args": {"by": 9}}
                        await old.send(json.dumps(late))
                    with suppress(TimeoutError):
                        await asyncio.wait_for(old.wait_closed(), _PATIENCE_S)
                    if old.close_code == _REPLACED:
                        run.counts["takeovers"] += 1
                    else:
                        run.problem(f"the old connection was closed with {old.close_code}")
                    seen = await ask(new, {"type": "command", "id": f"n{done}", "name": "count", "args": {"by": 1}})
                    run.counts["old_cannot_act"] += seen == {**answer, "now": seen["now"]}
            deaf.close()
            done += 1
        tally = await _total(server, room)
        if tally != total:
            run.problem(f"{total} were counted by who held the seat, and the table says {tally}")
        await server.stop()
        look_at_log(run, server)
    run.figure("takeover_max_s", max(times), at_most=1)


async def _total(server: Server, room: str) -> int:
    """Return what has been counted in a room, as its table says it to somebody who comes to watch."""
    async with dial(server.url) as connection:
        return int((await ask(connection, {"type": "watch", "room": room}))["table"]["tally"]["total"])


@fault("ways-back", rounds=100, quick_rounds=6)
async def ways_back(run: Run) -> None:
    """Somebody comes back by joining again or by a code: one person, whose ids count once; old tokens are void."""
    run.expect("by_joining", "by_code", "same_answers", "old_tokens_refused")
    async with serving(run.folder, build=run.build, lab=True) as server, dial(server.url) as host:
        room = (await ask(host, {"type": "create", "scenario": "counter", "options": {"seats": 1}}))["room"]
        join = {"type": "join", "room": room, "name": "Phone", "id": "the same"}
        async with dial(server.url) as connection:
            token = (await ask(connection, join))["seat_token"]
        await ask(host, {"type": "command", "id": "start", "name": "host.start"})
        done = 0
        while run.goes_on(done):
            resume = {"type": "resume", "room": room, "seat_token": token}
            command = {"type": "command", "id": f"n{done}", "name": "count", "args": {"by": 1}}
            async with dial(server.url) as old, dial(server.url) as new, dial(server.url) as stranger:
                await ask(old, resume)
                answer = await ask(old, command)
                token = await _another_token(run, old, new, join, f"c{done}" if done % 2 else "")
                again = await ask(new, command)
                run.counts["same_answers"] += again == {**answer, "now": again["now"]}
                if again != {**answer, "now": again["now"]}:
                    run.problem(f"the same person's {command['id']} was answered by {answer}, then by {again}")
                refused = await ask(stranger, resume)
                run.counts["old_tokens_refused"] += refused.get("code") == "unauthorised"
                if refused.get("code") != "unauthorised":
                    run.problem(f"a token that was replaced is answered with {refused['type']}")
            done += 1
        tally = await _total(server, room)
        if tally != done:
            run.problem(f"{done} were counted by one person, and the table says {tally}")
        await server.stop()
        look_at_log(run, server)


async def _another_token(run: Run, old: Any, new: Any, join: dict[str, Any], code_id: str) -> str:  # noqa: ANN401
    """Come back by another connection, by a code where there is an id to ask for one with; return the new token."""
    if not code_id:
        run.counts["by_joining"] += 1
        return str((await ask(new, join))["seat_token"])
    given = await ask(old, {"type": "command", "id": code_id, "name": "rejoin_code"})
    run.counts["by_code"] += 1
    frame = {"type": "resume", "room": join["room"], "code": given["data"]["code"]}
    return str((await ask(new, frame))["seat_token"])
