"""Who is let into a room, and to which seat.

Answers a `join`, a `resume` or a `watch` with a presence, or raises why not. The token is looked at before
anything is touched. The same join frame again gives the same seat and a fresh token, so that a lost welcome
leaves no ghost. Source: the contract's "From the client".
"""

from __future__ import annotations

from typing import Final, assert_never

from makersphere_protocol.errors import Close, Refused
from makersphere_protocol.messages import Join, Resume, Watch
from makersphere_protocol.names import LONGEST, clean, is_reserved
from makersphere_protocol.texts import known
from makersphere_rules import engine
from makersphere_rules.ecosystem.words import MAKER
from makersphere_server import metrics
from makersphere_server.codes import digest, new_token, tidy_code, token_id
from makersphere_server.decisions import add_seat
from makersphere_server.feed import HOST, TABLE
from makersphere_server.inbox import Enter, Presence
from makersphere_server.seats import Member, Place
from makersphere_server.sitting import Sitting
from makersphere_server.work import Arrival, Work

__all__ = ["let_in"]

KNOCK_AGAIN_S: Final = 10  # a locked door may open again; one that is shut for good says nothing of the kind


def let_in(sitting: Sitting, enter: Enter, work: Work) -> Arrival:
    """Let somebody in.

    Raises:
        Refused: with the code that the contract has for it.
    """
    try:
        return _let_in(sitting, enter, work)
    except Refused as refused:
        refused.language = sitting.settings.language
        raise


def _let_in(sitting: Sitting, enter: Enter, work: Work) -> Arrival:
    frame = enter.frame
    match frame:
        case Join():
            return _join(sitting, enter, frame, work)
        case Resume():
            return _resume(sitting, enter, frame, work)
        case Watch():
            if sitting.watchers >= sitting.limits.most_watchers:
                metrics.LIMITED.labels("most_watchers").inc()
                raise Refused("room_full", "watchers_full")
            sitting.watchers += 1  # counted anew when they have been greeted
            return Arrival(enter, Presence("watcher", TABLE, "", "", 0, sitting.settings.language, enter.wire))
    assert_never(frame)


def _join(sitting: Sitting, enter: Enter, frame: Join, work: Work) -> Arrival:
    token = new_token()
    join = digest(sitting.settings.salt, frame.id, frame.name, frame.role, str(frame.seat)) if frame.id else ""
    came_before = sitting.seats.find_join(join)
    if came_before is not None:
        place, member = came_before
        begins = False
        work.cut_tokens[member.token] = Close.REPLACED
        sitting.seats.give_token(place, member, token_id(token))
    else:
        if sitting.locked:
            raise Refused("joining_closed", retry_after=KNOCK_AGAIN_S)
        name = clean(frame.name)
        if not name:
            raise Refused("bad_name", field="name", max=LONGEST)
        if is_reserved(name):
            raise Refused("bad_name", "reserved_name", "name", name=name)
        if sitting.seats.has_name(name):
            raise Refused("name_taken", "name_taken_or_yours", "name", name=name)
        place = _place(sitting, frame, name, work)  # last of all: it may add a seat
        begins = not place.members
        if begins:
            place.since = sitting.seq
        language = known(frame.language or sitting.settings.language)
        member = sitting.seats.sit(place, name, token_id(token), join, language, frame.pen)
    return Arrival(enter, _seated(sitting, enter, place, member), seat_token=token, begins=begins)


def _place(sitting: Sitting, frame: Join, name: str, work: Work) -> Place:
    """Return the place that is asked for, else the one that was freed of that name, else the first free one."""
    if sitting.state.game.status == "over":
        raise Refused("joining_closed", "over")
    if frame.seat is not None:
        if frame.seat not in sitting.seats:
            raise Refused("bad_args", "no_such_target", "seat")
        place = sitting.seats[frame.seat]
        most = sitting.limits.most_members
        if len(place.members) >= most:
            metrics.LIMITED.labels("most_members").inc()
            raise Refused("room_full", "team_full", "seat", max=most)
        return place
    free = (place for place in sitting.seats if not place.members)
    for place in (*sitting.seats.freed_of(name), *free):
        if frame.role in ("", sitting.state.role(place.seat)):
            return place
    found = _latecomers(sitting, frame.role, work)
    if found is None:
        raise Refused("room_full", _why_full(sitting, frame.role))
    return found


def _why_full(sitting: Sitting, role: str) -> str:
    """Return the sentence for whoever finds no seat: it names what can be done at this moment."""
    if role and (sitting.is_running or any(not place.members for place in sitting.seats)):
        return "role_full"
    if sitting.is_running:
        return "full_in_play"
    return "room_full" if _may_grow(sitting) else "full_for_good"


def _may_grow(sitting: Sitting) -> bool:
    return len(sitting.state.seats()) < sitting.limits.most_seats


def _latecomers(sitting: Sitting, role: str, work: Work) -> Place | None:
    """Return a seat of its own for who comes during play, in the last season a place in a team, or None.

    Source: the rulebook's "Latecomers".
    """
    if not sitting.is_running or not engine.seats_latecomers(sitting.state):
        return None
    seat = add_seat(sitting, work) if role in ("", MAKER) and _may_grow(sitting) else 0
    if seat:
        return sitting.seats.add(seat)
    if engine.takes_latecomers(sitting.state):
        return None
    teams = [place for place in sitting.seats if role in ("", sitting.state.role(place.seat))]
    smallest = min(teams, key=lambda place: len(place.members), default=None)
    return smallest if smallest is not None and len(smallest.members) < sitting.limits.most_members else None


def _resume(sitting: Sitting, enter: Enter, frame: Resume, work: Work) -> Arrival:
    if frame.code:
        return _rejoin(sitting, enter, tidy_code(frame.code), work)
    found = sitting.seats.find(token_id(frame.seat_token))
    host = sitting.hosts.get(token_id(frame.host_token))
    if found is None and host is None:
        raise Refused("unauthorised")
    if frame.epoch == sitting.epoch and frame.seq is not None and frame.seq > sitting.seq:
        sitting.behind = True
        sitting.hold()
        raise Refused("server_behind")
    if found is not None:
        place, member = found
        return Arrival(enter, _seated(sitting, enter, place, member))
    if host is None:
        raise AssertionError("neither a seat nor a host")
    presence = Presence("host", HOST, "", host.token, 0, host.language, enter.wire)
    return Arrival(enter, presence, host_token=enter.host_token)


def _rejoin(sitting: Sitting, enter: Enter, code: str, work: Work) -> Arrival:
    """Take a seat to the device that has its code; the code stays good, so that a lost welcome locks nobody out."""
    found = sitting.seats.find_code(digest(sitting.settings.salt, code))
    if found is None:
        raise Refused("unauthorised", "wrong_code", "code")
    place, member = found
    token = new_token()
    work.cut_tokens[member.token] = Close.REPLACED
    sitting.seats.give_token(place, member, token_id(token))
    return Arrival(enter, _seated(sitting, enter, place, member), seat_token=token)


def _seated(sitting: Sitting, enter: Enter, place: Place, member: Member) -> Presence:
    sitting.seats.arrive(place, member)
    role = sitting.state.role(place.seat)
    return Presence("seat", place.seat, role, member.token, member.number, member.language, enter.wire)
