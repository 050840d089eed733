"""Connected people who do nothing: they are asked, warned, and helped by a bot until they say anything.

Answers nothing: it is called every few seconds. That somebody has spoken, `LiveRoom.speaks` takes note of at once. Time
that stands still counts for nobody: when it goes on, whoever is silent is asked anew.
"""

from __future__ import annotations

from makersphere_rules.state import Seat
from makersphere_server.room.model.live_room import LiveRoom
from makersphere_server.room.model.people.seat_life import SeatState
from makersphere_server.room.model.people.silent import HELPED_AFTER_MS

__all__ = ["look_for_silent"]


def look_for_silent(live: LiveRoom) -> None:
    """Ask those who are silent now, and let a bot play for those who were asked a minute ago."""
    now = live.clock.now_ms()
    game = live.state.game
    changed = live.silent.ask(_silent(live), (game.season, game.phase), now, live.clock.wall_ms())
    if live.stands_in == "minute":
        for seat in live.silent.waited(now, HELPED_AFTER_MS):
            live.seats.call_in(live.seats[seat])
            changed.add(seat)
    if changed:
        live.show_anew(changed)


def _silent(live: LiveRoom) -> list[int]:
    if not live.is_running or live.timer.is_held or live.stands_in == "never":
        return []
    game = live.state.game
    roles = {seat.id: seat.role for seat in live.state.all(Seat).values() if not seat.done}
    return [
        people.seat
        for people in live.seats
        if people.state is SeatState.PERSON
        and people.seat in roles
        and live.troubles.is_idle(people.seat, roles, people.since, (game.season, game.phase))
    ]
