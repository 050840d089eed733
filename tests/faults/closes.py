"""Kills inside what takes longest and changes most: a phase's close, a rewind, a fork; with real rules and bots.

The moment is chosen from outside: at the first growth of the store's write-ahead log after the host has asked, or
at a random instant of the time that the same took before. Afterwards the host asks again under the same id, as
its page would: it was done once or not at all before, and it is done once now.
"""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import sys
import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Final

import attrs

from tests.faults.harness import Run, fault
from tests.faults.rig.classroom import Class, open_class
from tests.faults.rig.crowd import check, look_at_log
from tests.faults.rig.server import ROOT, Server, serving

_KINDS: Final = ("close", "rewind", "fork", "play")
_MOST_S: Final = 2.0  # after which the server is killed whether the store has grown or not
_MOST_QUICK: Final = 48  # kills of a short run in which none has come before its answer: that is chance
_FIRST_S: Final = 0.05  # what any of it takes, as long as nobody has measured


@attrs.define
class _Kills:
    """What is known so far: how long each kind took when nothing went wrong, and the rooms that were told of."""

    run: Run
    server: Server
    took_s: dict[str, float] = attrs.field(factory=dict)
    forks: set[str] = attrs.field(factory=set)
    rooms: set[str] = attrs.field(factory=set)


@fault("closes", rounds=240, quick_rounds=8)
async def closes(run: Run) -> None:
    """SIGKILL inside a phase's close, a rewind and a fork of `classroom` with bots, and while all of them play."""
    run.expect("inside", "verified", *(f"killed_in_{kind}" for kind in _KINDS))
    if not run.is_quick:
        run.expect("forks", "was_stored", "was_not_stored")
    async with serving(run.folder, build=run.build, lab=True) as server:
        kills, number = _Kills(run, server), 0
        people = await _begin(kills, number)
        while run.goes_on(done := _kills_so_far(run)) or (done < _MOST_QUICK and not run.counts["inside"]):
            if run.problems:
                break
            if people.host.game["status"] == "over":
                await people.leave()
                number += 1
                people = await _begin(kills, number)
            await _strike(kills, people, _KINDS[done % len(_KINDS)], by_growth=bool(done // len(_KINDS) % 2))
        await people.leave()
        await server.stop()
        look_at_log(run, server)
    check(run, server.folder)
    _check_forks(kills)
    for room in sorted(kills.rooms | kills.forks):
        await verify(run, server.folder, room)


def _kills_so_far(run: Run) -> int:
    return sum(run.counts[f"killed_in_{kind}"] for kind in _KINDS)


async def _begin(kills: _Kills, number: int) -> Class:
    people = await open_class(kills.run, kills.server, number)
    kills.rooms.add(people.host.room)
    kills.run.counts["games"] += 1
    return people


def _args(people: Class, kind: str) -> tuple[str, Mapping[str, object]]:
    """Return what the host asks for: the close of this phase, or the start of one that was played."""
    game = people.host.game
    if kind == "close":
        return "host.advance", {}
    return f"host.{kind}", {"season": game["season"], "phase": game["phase"]}


async def _strike(kills: _Kills, people: Class, kind: str, *, by_growth: bool) -> None:
    """Kill the server within what a host has asked for, start it again, and see that it is done once."""
    run, server, host = kills.run, kills.server, people.host
    chance = run.chance(f"strike {sum(run.counts.values())}")
    if kind == "play":
        await asyncio.sleep(chance.uniform(0, 0.3))
        id_ = None
    else:
        name, args = _args(people, kind)
        id_ = host.order(name, **args)
        await people.wait("sent", lambda: host.was_sent(id_))
        await _moment(server, chance.uniform(0, 1.2 * kills.took_s.get(kind, _FIRST_S)), by_growth=by_growth)
    was_inside = id_ not in host.answers
    await server.kill()
    people.gone()
    run.counts[f"killed_in_{kind}"] += 1
    await server.start()
    await people.back(time.monotonic())
    if id_ is None or not await people.wait("answered", lambda: id_ in host.answers):
        return
    answer = host.answers[id_]
    run.counts["inside"] += was_inside
    if answer["ok"] and was_inside:
        run.counts["was_stored" if answer["seq"] <= host.let_in_at else "was_not_stored"] += 1
    if answer["ok"] and kind == "fork":
        kills.forks.add(answer["data"]["room"])
        run.counts["forks"] += 1
    await _measure(kills, people, kind)


async def _moment(server: Server, wait_s: float, *, by_growth: bool) -> None:
    """Wait for the moment to kill: the log of the store grows, or some time has passed."""
    began, path = time.monotonic(), server.folder / "rooms.sqlite3-wal"
    before = _size(path)
    while time.monotonic() - began < (_MOST_S if by_growth else wait_s):
        if by_growth and _size(path) != before:
            return
        await asyncio.sleep(0)


def _size(path: Path) -> tuple[int, int]:
    """Return how large a file is and when it was written; the log is written anew from its start now and then."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return 0, 0
    return found.st_size, found.st_mtime_ns


async def _measure(kills: _Kills, people: Class, kind: str) -> None:
    """Let the same happen once more, undisturbed, so that random instants lie within the time that it takes."""
    if kind in kills.took_s or people.host.game["status"] != "running":
        return
    name, args = _args(people, kind)
    began, host = time.monotonic(), people.host
    id_ = host.order(name, **args)
    if await people.wait("measured", lambda: id_ in host.answers):
        kills.took_s[kind] = time.monotonic() - began
        kills.run.figure(f"{kind}_s", kills.took_s[kind])
        answer = host.answers[id_]
        if answer["ok"] and kind == "fork":
            kills.forks.add(answer["data"]["room"])


def _check_forks(kills: _Kills) -> None:
    """Hold that there is one room for each fork that was told of, whole, and none that nobody was told of."""
    with closing(sqlite3.connect(kills.server.folder / "rooms.sqlite3")) as database:
        heads = dict(database.execute("SELECT room, seq FROM rooms").fetchall())
    for room in sorted(kills.forks):
        if not heads.get(room):
            kills.run.problem(f"the fork {room} was told of, and the store has {heads.get(room)} records of it")
    strangers = sorted(heads.keys() - kills.forks - kills.rooms)
    kills.run.counts["forks_nobody_knows"] += len(strangers)
    if strangers:
        kills.run.problem(f"there are {len(strangers)} rooms that nobody was told of: {strangers[:3]}")


async def verify(run: Run, data: Path | str, room: str) -> None:
    """Let `makersphere verify` replay a room of a folder, or of a database, in a process of its own."""
    place = ("--data", str(data)) if isinstance(data, Path) else ("--database", data)
    run.tell(f"verifying {room}")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "makersphere_cli.main", "verify", room, *place, "--json"),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        cwd=ROOT,
    )
    out, err = await process.communicate()
    report = json.loads(out) if out.startswith(b"{") else {}
    if process.returncode or not report.get("is_right"):
        run.problem(f"verify finds {room} wrong: {out.decode()[:300]} {err.decode()[-300:]}")
    run.counts["verified"] += bool(report.get("records"))
