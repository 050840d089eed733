"""What goes wrong in a simulated hour, one thing after another as the seed says.

Each fault takes four choices of its strip: how long after the last one it comes, which it is, whom it meets and how
hard. The first of each is the dull one. A fault ends by itself; `Faults.heal` ends all of them at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tests.faults.sim.histories import is_behind
from tests.faults.sim.host import Host
from tests.faults.sim.people import Person, Seated
from tests.faults.sim.strangers import Strangers
from tests.faults.sim.world import SECOND, World

__all__ = ["Faults"]

_HARD: Final = 8
_ASKED: Final = {
    "host.fork": "a fork",
    "host.rewind": "a rewind",
    "host.advance": "the end of a phase",
}
_UNLED_S: Final = 66  # a room that paused by itself waits for a host for a minute
_COUNTED_S: Final = 62  # that it has counted by then where nobody leads it
_PAUSED: Final = "many dropped at once and the room paused by itself"
_WENT_ON: Final = "a room that had paused by itself went on without a host"
_GAPS_S: Final = (0.6, 0.05, 0.3, 1.5, 3.0, 6.0, 9.0, 15.0)


class Faults:
    """The faults of one hour.

    Attributes:
        guests: who came during play.
    """

    def __init__(self, world: World, everybody: list[Person], crash: Callable[[], None]) -> None:
        """Prepare.

        Args:
            world: which goes wrong.
            everybody: whom it meets.
            crash: called after each crash.
        """
        self._world = world
        self._everybody = everybody
        self._crashed = crash
        self._strip = world.tape.strip_of("faults")
        self._crashes: list[int] = []
        self._strangers = Strangers(world, self._one)
        self._floods = 0
        self._is_over = False
        self._calm_until_us = 0
        self.guests: list[Person] = []
        self._kinds: tuple[Callable[[int], None], ...] = (
            self._nothing, self._drop, self._drop_all, self._half_open, self._silent_link, self._hold, self._hold_all,
            self._slow_reader, self._disk, self._slow_disk, self._crash, self._crash_twice, self._crash_at_the_disk,
            self._restart, self._freeze, self._clock, self._strangers.come, self._flood, self._leave_for_long,
            self._many_leave, self._empty, self._second_phone, self._lost_welcome, self._crash_in_a_stop, self._lead,
            self._old_folder,
        )  # fmt: skip

    @property
    def is_calm(self) -> bool:
        """Return whether nothing goes wrong for now, so that what takes long can happen."""
        return self._world.now_us < self._calm_until_us

    def begin(self) -> None:
        """Have the first fault come."""
        self._next()

    def heal(self) -> None:
        """End all faults."""
        world = self._world
        self._is_over = True
        world.disk.heal()
        world.network.jitter_us = 0
        for link in world.network.in_order():
            if link.is_dead:
                link.reset()
            else:
                link.let_pass()
                link.read_on()
        if world.process is not None:
            world.process.frozen_until_us = min(world.process.frozen_until_us, world.now_us)

    def _next(self) -> None:
        if self._is_over:
            return
        calm_us = max(self._calm_until_us - self._world.now_us, 0)
        gap_us = calm_us + int(self._strip.one_of(_GAPS_S) * SECOND)
        kind = self._strip.one_of(self._kinds)
        self._who, hard = self._strip.below(64), self._strip.below(_HARD)

        def strike() -> None:
            if not self._is_over:
                self._world.trace.append(f"{self._world.now_us} fault {kind.__name__} {hard}")
                kind(hard)
                self._next()

        self._world.later(gap_us, strike)

    def _hosts(self) -> list[Host]:
        return [person for person in (*self._everybody, *self.guests) if isinstance(person, Host)]

    def _seated(self) -> list[Seated]:
        return [person for person in self._everybody if isinstance(person, Seated)]

    def _one(self) -> Person:
        return self._everybody[self._who % len(self._everybody)]

    def _nothing(self, hard: int) -> None:
        """Leave everything as it is."""

    # -- the network

    def _drop(self, hard: int) -> None:
        phone = self._one().phone
        if phone is not None:
            phone.link.reset()

    def _drop_all(self, hard: int) -> None:
        for link in self._world.network.in_order():
            link.reset()
        self._world.meet("everybody dropped at once")

    def _half_open(self, hard: int) -> None:
        person = self._one()
        if person.is_here and person.token:
            whose = "a host's" if isinstance(person, Host) else "a half-open"
            self._world.meet(f"{whose} connection was taken over")
            person.leave_half_open()

    def _silent_link(self, hard: int) -> None:
        """Let nothing pass, and have the person notice late: the server may have noticed before."""
        phone, person = self._one().phone, self._one()
        if phone is None:
            return
        phone.link.is_dead = True

        def notice() -> None:
            if phone.link.transport is not None and phone.link.transport.is_closing():
                self._world.meet("the server gave a silent connection up")
            if person.phone is phone:
                person.leave_half_open()

        self._world.later((1 + 3 * hard) * SECOND, notice)

    def _hold(self, hard: int) -> None:
        phone = self._one().phone
        if phone is not None:
            phone.link.is_held = True
            self._world.later((hard + 1) * SECOND // 2, phone.link.let_pass)
            self._world.meet("bytes came late, after a partition")

    def _hold_all(self, hard: int) -> None:
        for link in self._world.network.in_order():
            link.is_held = True
            self._world.later((hard + 1) * SECOND // 2, link.let_pass)
        self._world.network.jitter_us = hard * 4_000
        self._world.meet("the whole network stood still")

    def _slow_reader(self, hard: int) -> None:
        phone = self._one().phone
        if phone is None:
            return
        link = phone.link
        link.reads = False

        def read_on() -> None:
            if link.is_over or (link.transport is not None and link.transport.is_closing()):
                self._world.meet("somebody who had stopped reading was cut")
            else:
                self._world.meet("somebody who had stopped reading caught up")
            link.read_on()

        self._world.later((hard + 1) * SECOND, read_on)

    # -- the disk

    def _disk(self, hard: int) -> None:
        disk = self._world.disk
        disk.is_away = hard == 7
        disk.fault = ("full", "refused", "lying")[self._who % 3]
        disk.faults_left = 1 + hard // 2

    def _slow_disk(self, hard: int) -> None:
        disk = self._world.disk
        disk.slow_us = (20_000, 50_000, 100_000, 200_000, 400_000, 800_000, 1_200_000, 2_000_000)[hard]
        if hard >= 6:
            self._world.meet("a commit took longer than a second")

        def recover() -> None:
            disk.slow_us = 0

        self._world.later(4 * SECOND, recover)

    # -- the process

    def _crash(self, hard: int) -> None:
        world, process = self._world, self._world.process
        if process is None or self._is_over:
            return  # a kill that was to come later does not strike while the end is looked at
        if process.server is None:
            world.meet("killed while it started")
        elif process.stop_began_us:
            world.meet("killed while it stopped")
        elif process.loop.has_work:
            world.meet("killed between two steps")
        asked = [frame["name"] for person in self._everybody for frame in person.waiting.values()]
        for name, what in _ASKED.items():
            if name in asked:
                world.meet(f"killed while {what} was asked for")
        under_way = world.disk.under_way
        if under_way:
            world.meet(f"killed with a group {under_way}")
        if any(is_behind(person) for person in self._everybody):
            world.meet("killed while a room was behind")
        if self._crashes and world.now_us - self._crashes[-1] < 2 * SECOND:
            world.meet("killed twice within two seconds")
        self._crashes.append(world.now_us)
        lags, torn = hard == 6, hard == 7
        if lags or torn:
            world.meet("killed with a torn head" if torn else "killed with a head that lagged")
        world.crash(head_lags=lags, head_torn=torn)
        self._crashed()
        world.later((hard + 1) * SECOND // 8, world.start_again)

    def _crash_twice(self, hard: int) -> None:
        self._crash(0)
        self._world.later(SECOND // 8 + 1_000 * (hard + 1), lambda: self._crash(1))

    def _crash_at_the_disk(self, hard: int) -> None:
        """Wait until a group is with the disk, or stored and not yet told, and kill; now and then a host's own."""
        if hard % 3 == 2:
            self._have_led(("host.advance", "host.rewind", "host.fork")[self._who % 3])
        wanted = "handed" if hard < 3 else "stored"
        self._world.disk.slow_us = max(self._world.disk.slow_us, 2_000)
        self._watch_disk(wanted, 4_000, hard)

    def _watch_disk(self, wanted: str, left: int, hard: int) -> None:
        if self._world.disk.under_way == wanted:
            self._world.disk.slow_us = 0
            self._crash(hard)
        elif left and not self._is_over:
            self._world.later(25, lambda: self._watch_disk(wanted, left - 1, hard))

    def _restart(self, hard: int) -> None:
        world = self._world
        if world.process is not None:
            world.meet("stopped in order under load")
            if hard > 1:
                self._strangers.say_nothing(2)
            world.stop()

    def _crash_in_a_stop(self, hard: int) -> None:
        self._restart(0)
        self._world.later(hard * 700, lambda: self._crash(0))

    def _freeze(self, hard: int) -> None:
        process = self._world.process
        if process is not None:
            process.frozen_until_us = self._world.now_us + (1 + 6 * hard) * SECOND
            self._world.meet("the process stood still" + (" for long" if hard > 5 else ""))

    def _clock(self, hard: int) -> None:
        self._world.wall_off_ms += (1, -1)[hard % 2] * (3_600_000, 86_400_000, 700, 5_000)[hard // 2]
        self._world.meet("the wall clock jumped")

    def _old_folder(self, hard: int) -> None:
        """Copy the folder, as whoever runs a server should; sometimes kill it later and put the copy back."""
        if not self._everybody[0].room:
            return
        self._world.disk.back_up()
        if hard > 3:
            here = [person for person in self._seated() if person.is_here]
            late = here[self._who % len(here)] if here and hard % 2 else None
            lost_s = 1 + self._who % (4 if late else 16)
            self._world.later(lost_s * SECOND, lambda: self._put_back(late))
            if hard == 4:  # while those who saw more are back, and the host decides
                self._world.later((lost_s + 2) * SECOND, lambda: self._crash(1))

    def _put_back(self, late: Person | None) -> None:
        """Put the copy back; where somebody comes late, the others have loaded their pages anew and know of nothing."""
        if self._is_over:
            return
        self._world.put_back()
        self._crashed()
        self._world.later(SECOND // 2, self._world.start_again)
        if late is not None:
            late.go_away(12 * SECOND)
            for person in (*self._everybody, *self.guests):
                if person is not late:
                    person.forget_picture()

    # -- people

    def _flood(self, hard: int) -> None:
        """Have somebody send as no client would: at once, and without waiting for what comes of it."""
        person = self._one()
        if person.is_here and person.phone is not None and isinstance(person, Seated):
            for _ in range(30 + 15 * hard):
                self._floods += 1
                id_ = f"{person.name}-flood-{self._floods}"
                person.phone.say({"type": "command", "id": id_, "name": "ask", "args": {"what": "time"}})

    def _leave_for_long(self, hard: int) -> None:
        person = self._one()
        if isinstance(person, Seated) and person.is_here and not person.is_away:
            person.go_away((62 + hard) * SECOND)
            self._world.meet("somebody left for more than a minute")

    def _many_leave(self, hard: int) -> None:
        if hard > 5:
            self._leave_unled()
            return
        seated = [person for person in self._seated() if person.is_here]
        for person in seated[: 3 + hard // 3]:
            person.go_away((3 + 10 * hard) * SECOND)
        if hard > 3:
            for host in self._everybody:
                if isinstance(host, Host) and host.is_here:
                    host.go_away(85 * SECOND)

    def _leave_unled(self) -> None:
        """Have all hosts leave and everybody drop, and nothing else go wrong until the room may go on without them."""
        world = self._world
        for host in self._hosts():
            host.go_away((_UNLED_S + 4) * SECOND)
        self._drop_all(0)
        self._calm_until_us = world.now_us + _UNLED_S * SECOND
        before = (world.process, sum(host.came for host in self._hosts()), world.met[_WENT_ON])
        paused = world.met[_PAUSED]
        counts: list[bool] = []  # of each second, whether the room counts it: once it has paused, while it has people

        def look() -> None:
            after = (world.process, sum(host.came for host in self._hosts()), world.met[_WENT_ON])
            is_paused = world.met[_PAUSED] > paused
            counts.append(is_paused and any(person.is_here for person in self._everybody))
            if len(counts) < _UNLED_S:
                world.later(SECOND, look)
            elif before == after and all(counts[-_COUNTED_S:]):
                world.problem(f"a room that had paused by itself stood still for {_COUNTED_S} s without a host")

        world.later(SECOND - 1, look)

    def _empty(self, hard: int) -> None:
        if hard < 4:
            self._drop_all(hard)
            return
        for person in self._everybody:
            if not person.is_away:
                person.go_away((85 + hard) * SECOND)
        if hard > 6:
            self._calm_until_us = self._world.now_us + 84 * SECOND  # so that the room is put away
        self._world.meet("everybody left for a while")
        self._world.later(84 * SECOND, self._look_for_the_room)

    def _look_for_the_room(self) -> None:
        room, process = self._everybody[0].room, self._world.process
        if room and process is not None and process.server is not None and not self._world.has_room(room):
            self._world.meet("a room was put away and read again")

    def _second_phone(self, hard: int) -> None:
        for person in self._seated():
            if person.code and person.is_here:
                person.change_phones()
                return

    def _lost_welcome(self, hard: int) -> None:
        """Break a connection while its first frame is on the way, or its welcome is."""
        person = self._one()
        if person.phone is not None:
            person.phone.link.reset()
        lost_after_us = 700 + 500 * hard

        def break_it() -> None:
            if person.phone is not None and person.phone.is_open and not person.is_here:
                self._world.meet("a welcome was lost")
                person.phone.link.reset()
            elif tries and not person.is_here:
                tries.pop()
                self._world.later(lost_after_us, break_it)

        tries = [0] * 2_000
        self._world.later(lost_after_us, break_it)

    def _lead(self, hard: int) -> None:
        self._have_led(("host.rewind", "host.fork", "host.remove", "host.pause", "host.advance", "host.seat",
                        "host.rewind", "host.invite")[hard])  # fmt: skip

    def _have_led(self, name: str) -> None:
        self._hosts()[0].do(name)
