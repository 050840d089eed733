"""One simulated hour: a class opens a room, plays while things go wrong, comes to rest, and is looked at.

`live` lives through one tape and returns what came of it. The same tape gives the same hour, byte for byte, in any
process: its `digest` covers every frame that anybody heard, with its moment, and everything the server logged.
"""

from __future__ import annotations

import gc
import hashlib
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import attrs

from tests.faults.sim.checks import check_log
from tests.faults.sim.faults import Faults
from tests.faults.sim.histories import is_behind
from tests.faults.sim.host import Host
from tests.faults.sim.journal import Journal
from tests.faults.sim.people import Person, Seated, Watcher
from tests.faults.sim.tape import Strips, Tape
from tests.faults.sim.world import SECOND, World

__all__ = ["Hour", "live"]

_MEMORY: Final = Path("/dev/shm")  # noqa: S108  (a folder in memory, where there is one)
_REST_S: Final = 150
_SCENARIOS: Final = ("counter", "counter", "quickstart", "classroom")
_PLAY_S: Final = (12, 20, 30, 50, 85, 150)


@attrs.frozen
class Hour:
    """What came of one tape.

    Attributes:
        problems: what was wrong.
        met: the rare states that were met, and how often.
        digest: of everything that was told and logged.
        strips: the choices that were made.
        counts: acknowledged commands, simulated seconds, steps of the server.
    """

    seed: int
    problems: list[str]
    met: dict[str, int]
    digest: str
    strips: Strips
    counts: dict[str, int]
    trace: list[str] = attrs.field(repr=False)


class _Class:
    """The people of one hour, and what they do in it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.journal = Journal(world)
        setup = world.tape.strip_of("setup")
        scenario = setup.one_of(_SCENARIOS)
        self.play_s = setup.one_of(_PLAY_S)
        world.overtakes = setup.one_of((0, 300, 60, 15))
        world.network.jitter_us = setup.one_of((0, 2_000, 15_000))
        seats = setup.between(3, 6) if scenario == "counter" else setup.between(6, 8)
        people = setup.between(3, 4)
        options = {"seats": seats, "seed": 1 + setup.below(1000), "timers": {"scale": setup.one_of((100, 30, 10, 0))}}
        self.host = Host(world, self.journal, "Hilda", scenario=scenario, options=options)
        self.seated = [Seated(world, self.journal, name) for name in ("Ada", "Bea", "Cem", "Dan")[:people]]
        self.watcher = Watcher(world, self.journal, "Wall")
        self.everybody: list[Person] = [*self.seated, self.host, self.watcher]
        self.journal.everybody = self.everybody
        self.late = setup.below(4)  # how many come during play
        self.rate_us = setup.one_of((400_000, 150_000, 1_500_000))
        self.guests: list[tuple[Person, str]] = []
        self.faults = Faults(world, self.everybody, self.journal.crashed)
        world.disk.was_put_back = self.journal.put_back

    def live_on(self) -> None:
        """Open the room, play under faults, heal, come to rest, and stop."""
        world = self.world
        world.start()
        self.host.connect()
        self.faults.begin()
        if not world.run_until(lambda: bool(self.host.room), 300 * SECOND):
            world.problem("the room was never opened")
            return
        for number, person in enumerate((*self.seated, self.watcher)):
            person.room = self.host.room
            world.later(((number < self.late) * 6 + 1) * SECOND // 2, person.connect)
        world.later(2 * SECOND, self._begin_game)
        for person in self.everybody:
            person.live(self.rate_us)
        world.later(self.play_s * SECOND // 2, self._more_come)
        world.run_until(lambda: False, self.play_s * SECOND)
        world.run_until(lambda: not self.faults.is_calm, _REST_S * SECOND)
        self._rest()

    def _begin_game(self) -> None:
        host = self.host
        if host.is_resting:
            return
        is_asked = any(frame["name"] == "host.start" for frame in host.waiting.values())
        if host.is_here and host.table.get("game", {}).get("status") == "lobby" and not is_asked:
            host.command("host.start")
        self.world.later(2 * SECOND, self._begin_game)  # a folder that was put back may be of before the start

    def _more_come(self) -> None:
        """Have a further host come if one was invited, and somebody look on in a fork if there is one."""
        if self.faults.is_calm:
            self.world.later(SECOND, self._more_come)
        if self.faults.is_calm or self.host.is_resting:
            return
        if self.host.invited:
            second = Host(self.world, self.journal, "Hugo", room=self.host.room, token=self.host.invited)
            self.journal.secret(second.token, {"Hilda", "Hugo"})
            self._comes(second, "a second host came")
        if self.journal.forks:
            self._comes(
                Watcher(self.world, self.journal, "Gil", room=self.journal.forks[0]), "somebody came into a fork"
            )

    def _comes(self, person: Person, what: str) -> None:
        person.connect()
        self.guests.append((person, what))
        self.faults.guests.append(person)

    def _rest(self) -> None:
        """End all faults, have everybody back and everything answered, then look closely."""
        world = self.world
        self.faults.heal()
        world.start_again()
        for person in self.everybody:
            person.is_resting = True
            person.is_gone |= person.kind == "seat" and not person.token  # never let in, and the door may be locked
            person.come_back()
        self._decide()
        if not world.run_until(self._is_at_rest, _REST_S * SECOND):
            for person in self.everybody:
                if not person.is_gone and (not person.is_here or person.waiting):
                    world.problem(
                        f"{person.name} never came to rest: here {person.is_here}, waits for {list(person.waiting)[:3]}"
                    )
        for guest, what in self.guests:
            guest.is_away = True
            if guest.came:
                world.meet(what)
            if guest.phone is not None:
                guest.phone.hang_up()
        self._pause()
        world.run_until(lambda: False, 3 * SECOND)
        self._compare_with_fresh()
        world.is_over = True
        world.stop()
        if not world.run_until(lambda: world.process is None, 120 * SECOND):
            world.problem("the server never stopped")

    def _decide(self) -> None:
        """Have the host let a room that is behind go on, and open a door that somebody stands before."""
        host = self.host
        if is_behind(host) and not host.waiting:
            host.command("host.resume")
        elif host.is_here and host.table.get("room", {}).get("locked") and not host.waiting:
            host.command("host.lock", {"joining": True})  # the folder that was put back may be of before they came
        if not self.world.is_over:
            self.world.later(SECOND, self._decide)

    def _is_at_rest(self) -> bool:
        return (
            self.world.process is not None
            and not is_behind(self.host)
            and all(person.is_gone or (person.is_here and not person.waiting) for person in self.everybody)
        )

    def _pause(self) -> None:
        """Have the game stand still, so that what is compared is of one moment."""
        host = self.host
        self.world.run_until(lambda: False, SECOND)  # until what was answered last is shown too
        if host.is_here and "host.pause" in host.hand.get("legal", {}):
            host.command("host.pause")
            self.world.run_until(lambda: not host.waiting, 20 * SECOND)

    def _compare_with_fresh(self) -> None:
        """Compare every picture that grew by updates with one that is had whole, and all with the log's."""
        world = self.world
        fresh = Watcher(world, self.journal, "Fresh", room=self.host.room)
        fresh.connect()
        if not world.run_until(lambda: fresh.is_here, 20 * SECOND):
            world.problem("nobody new could look on in the end")
            return
        world.run_until(lambda: False, 2 * SECOND)
        for person in self.everybody:
            if person.is_here:
                self.journal.picture(person)
                if person.table != fresh.table:
                    apart = _apart(person.table, fresh.table)
                    world.problem(f"{person.name} ended with another table than a fresh watcher: {apart}")
        self.journal.histories.check_host(self.host)
        for person in self.seated:
            if person.is_here:
                self._compare_hand(person)

    def _compare_hand(self, person: Seated) -> None:
        grown = person.hand
        person.forget_picture()
        before = person.came
        person.leave_half_open()
        if not self.world.run_until(lambda: person.came > before, 20 * SECOND):
            self.world.problem(f"{person.name} did not come back in the end")
        elif person.hand != grown:
            self.world.problem(f"the hand of {person.name} grew into another one: {_apart(grown, person.hand)}")


def _apart(one: dict[str, Any], other: dict[str, Any]) -> str:
    for key in sorted({*one, *other}):
        if one.get(key) != other.get(key):
            if isinstance(one.get(key), dict) and isinstance(other.get(key), dict):
                return f"{key}.{_apart(one[key], other[key])}"
            return f"{key}: {str(one.get(key))[:60]}, fresh {str(other.get(key))[:60]}"
    return "nothing"


def live(seed: int, given: Mapping[str, Sequence[int]] | None = None) -> Hour:
    """Live through the hour of a seed, or of a tape."""
    gc.freeze()  # nothing that was there before is looked at
    gc.disable()  # what is collected when is no part of an hour
    folder = Path(tempfile.mkdtemp(prefix="makersphere-sim-", dir=_MEMORY if os.access(_MEMORY, os.W_OK) else None))
    tape = Tape(seed, given)
    world = World(tape, folder, seed)
    try:
        one = _Class(world)
        try:
            one.live_on()
            if world.process is None:
                check_log(one.journal)
        except Exception as error:  # noqa: BLE001  (whatever it is, this seed has failed, and the report says how)
            world.problem(f"the hour broke: {type(error).__name__}: {error}")
        told = hashlib.sha256("\n".join(world.trace).encode()).hexdigest()[:16]
        steps = sum(process.loop.steps for process in world._lives)
        counts = {"acknowledged": len(one.journal.acks), "seconds": world.now_us // SECOND, "steps": steps}
        return Hour(seed, world.problems, dict(sorted(world.met.items())), told, tape.made(), counts, world.trace)
    finally:
        world.close()
        shutil.rmtree(folder, ignore_errors=True)
        gc.enable()
