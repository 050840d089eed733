"""Who connects to the simulated server and has no part in its room: with a wrong frame, with rubbish, or silent."""

from __future__ import annotations

from collections.abc import Callable

from tests.faults.sim.people import Person
from tests.faults.sim.phone import Phone
from tests.faults.sim.world import World

__all__ = ["Strangers"]


class Strangers:
    """The strangers of one hour."""

    def __init__(self, world: World, one: Callable[[], Person]) -> None:
        """Prepare.

        Args:
            world: whose server they find.
            one: somebody whose room they have heard of.
        """
        self._world = world
        self._one = one

    def come(self, hard: int) -> None:
        """Have one come; with how wrong a frame, and with how many who say nothing, `hard` says."""
        room = self._one().room
        first = (
            {"type": "resume", "room": room, "seat_token": "nobody-has-this"},
            {"type": "watch", "room": "ZZZZZZZ"},
            {"type": "command", "id": "x", "name": "count"},
            {"type": "resume", "room": room, "code": "NOTACODE"},
            None,
        )[hard % 5]

        def opened() -> None:
            if first is None:
                return
            stranger.say(first)
            for _ in range(4 if hard % 5 == 2 else 0):
                stranger.say_raw(b'{"type": "nothing"')

        stranger = Phone(self._world.network, "192.0.2.200", opened, lambda *_: None, self._sent_away)
        if hard > 5:
            self.say_nothing(hard - 5)

    def say_nothing(self, count: int) -> None:
        """Have so many connect and say nothing at all."""
        for _ in range(count):
            stranger = Phone(self._world.network, "192.0.2.201", lambda: None, lambda *_: None, lambda _: None)
            stranger.opened = lambda: None  # type: ignore[method-assign]
        self._world.meet("somebody connected and said nothing")

    def _sent_away(self, code: int) -> None:
        self._world.meet(f"a stranger was sent away with {code}")
