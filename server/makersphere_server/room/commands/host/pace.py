"""How a host leads the game on: start it, stop and give time, close a phase, turn a card, end the game."""

from __future__ import annotations

from typing import Final

import attrs

from makersphere_protocol.messages import MAX_WHOLE, Args
from makersphere_rules import engine
from makersphere_rules.dice import commitment
from makersphere_rules.events import EVERYONE
from makersphere_rules.forms import Domain, Flag, Form, OneOf, Whole, whole
from makersphere_rules.refusals import Refusal, refuse
from makersphere_server.room.commands.asked import Asked, Outcome
from makersphere_server.room.commands.host.command import HostCommand, every_seat
from makersphere_server.room.commands.host.messages import wish_was_heard
from makersphere_server.room.model.live_room import LiveRoom
from makersphere_server.room.model.people.hosts import LEAD
from makersphere_server.room.model.people.playable_roles import faults

__all__ = ["ADVANCE", "END", "END_AT", "EXTEND", "LAST_SEASON", "PAUSE", "RESUME", "SHOCK", "START"]

LONGEST_EXTENSION_S: Final = 7_200
_DAY_MS: Final = 86_400_000
_FURTHEST_DATE_MS: Final = 366 * _DAY_MS


def _start_form(live: LiveRoom) -> Form | None:
    return Form() if live.state.game.status == "lobby" else None


def _start(asked: Asked) -> Outcome:
    live = asked.live
    row, state = live.row, live.state
    fault = next(faults(state.scenario, map(state.role, state.seats())), None)
    if fault is not None:
        return fault
    for people in live.seats:
        if not people.by:
            live.seats.put_bot(people, is_in=True)
    order = engine.Order("start", {"commitment": commitment(row.seed, row.nonce)})
    events = engine.decide(state, engine.ROOM, order)
    if not isinstance(events, Refusal):
        live.standing.started_ms = live.clock.wall_ms()
    return events


def _pause_form(live: LiveRoom) -> Form | None:
    return Form() if live.is_running and not live.standing.is_still else None


def _pause(asked: Asked) -> Outcome:
    asked.live.pause()
    _note_led(asked.live)
    return ()


def _resume_form(live: LiveRoom) -> Form | None:
    is_stopped = live.is_running and live.standing.is_still
    return Form() if is_stopped or live.standing.behind else None  # behind: before the start and after the end too


def _resume(asked: Asked) -> Outcome:
    live = asked.live
    if live.standing.behind:
        live.begin_epoch()  # the host lets the room go on from the shorter history
        live.missing = attrs.evolve(live.missing, undecided=0)
        live.decided_seq = live.seq + 1  # of this command's record
    live.standing.behind = False
    live.go_on()
    return ()


def _while_running(live: LiveRoom) -> Form | None:
    return Form() if live.is_running else None


def _advance(asked: Asked) -> Outcome:
    live = asked.live
    events = engine.decide(live.state, engine.ROOM, engine.Order("close"))
    if not isinstance(events, Refusal):
        _note_led(live)
    return events


def _note_led(live: LiveRoom) -> None:
    """Note that a host sees to the pace: who stands where at the end is then the host's to reveal."""
    if not live.standing.wall.is_led:
        live.standing.wall = attrs.evolve(live.standing.wall, is_led=True)
        live.standing_changed()


def _end(asked: Asked) -> Outcome:
    return engine.decide(asked.live.state, engine.ROOM, engine.Order("end"))


def _advance_form(live: LiveRoom) -> Form | None:
    return Form() if live.is_running and not live.ends_now else None  # then it is the end that comes: `host.end`


def _last_season_form(live: LiveRoom) -> Form | None:
    """Return whether it is the last: not where the scenario says so anyway."""
    game = live.state.game
    return Form({"last": Flag()}) if live.is_running and game.season < game.seasons else None


def _last_season(asked: Asked) -> Outcome:
    live, now = asked.live, asked.live.state.game.season
    season = now if asked.args["last"] else 0
    if season != live.standing.last_season:
        live.standing.last_season = season
        _note_led(live)
        line = "season_is_last" if season else "season_is_not_last"
        asked.batch.tell(line, live.seq + 1, {"season": now}, EVERYONE)
        live.standing_changed()
    return ()


def _extend_form(live: LiveRoom) -> Form | None:
    if not (live.is_running and live.timer.has_limit):
        return None
    fields: dict[str, Domain] = {"seconds": Whole(1, LONGEST_EXTENSION_S), "seat": every_seat(live)}
    return Form(fields, optional=frozenset({"seat"}))


def _extend(asked: Asked) -> Outcome:
    live, seat = asked.live, whole(asked.args, "seat")
    live.timer.extend(whole(asked.args, "seconds") * 1000, seat or None)
    if seat:
        wish_was_heard(live, seat)
    else:
        _note_led(live)
    live.clock_changed()
    return ()


def _end_at_form(live: LiveRoom) -> Form | None:
    return Form({"date": Whole(0, MAX_WHOLE)}) if live.is_running else None


def _end_at(asked: Asked) -> Outcome:
    """End the phase at a date, in milliseconds since 1970, or at none: 0."""
    live, date = asked.live, whole(asked.args, "date")
    now = live.clock.wall_ms()
    if date and not now < date <= now + _FURTHEST_DATE_MS:
        return refuse("rule", "date_not_ahead", "date", days=_FURTHEST_DATE_MS // _DAY_MS)
    live.timer.end_at(date)
    live.clock_changed()
    return ()


def _shock_form(live: LiveRoom) -> Form | None:
    cards = engine.shocks(live.state) if live.is_running else ()
    return Form({"card": OneOf(cards)}) if cards else None


def _turn_card(live: LiveRoom, args: Args) -> Outcome:
    return engine.decide(live.state, engine.ROOM, engine.Order("shock", args))


def _shock(asked: Asked) -> Outcome:
    return _turn_card(asked.live, asked.args)


START: Final = HostCommand(name="host.start", form=_start_form, act=_start, order="start")
PAUSE: Final = HostCommand(name="host.pause", form=_pause_form, act=_pause)
RESUME: Final = HostCommand(name="host.resume", form=_resume_form, act=_resume)
ADVANCE: Final = HostCommand(name="host.advance", form=_advance_form, act=_advance, order="close")
END: Final = HostCommand(name="host.end", form=_while_running, act=_end, order="end", least=LEAD)
LAST_SEASON: Final = HostCommand(name="host.last_season", form=_last_season_form, act=_last_season, least=LEAD)
EXTEND: Final = HostCommand(name="host.extend", form=_extend_form, act=_extend)
END_AT: Final = HostCommand(name="host.end_at", form=_end_at_form, act=_end_at)
SHOCK: Final = HostCommand(name="host.shock", form=_shock_form, act=_shock, preview=_turn_card, order="shock")
