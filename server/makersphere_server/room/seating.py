"""Which seat somebody who joins gets: a free one, one that is kept for them, one that opens to them, or none yet.

Answers the seat, or why there is none. A seat that somebody has opens by a pass, or to a join frame that a host or its
people have let in, and only in a room with teams. A seat that a host has vacated, or given a name before anybody came,
opens by the same two in any room; the latter also to that very name, but in a sealed what-if. Whoever asks for any
other seat than a free one is told the same, whether there is such a seat or not, and stands as a wish in the hands of
those who may answer. A name alone opens nothing that anybody has had.

Source: the contract's "Whose seat"; the rulebook's "Latecomers" and "Teams".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Set as AbstractSet

from makersphere_protocol.errors import Refused
from makersphere_protocol.messages import Join
from makersphere_rules import engine
from makersphere_rules.ecosystem.table.vocabulary import MAKER
from makersphere_rules.state import WAITING
from makersphere_server import metrics
from makersphere_server.codes import check_proof, digest, new_number
from makersphere_server.room.commands.decisions import add_seat
from makersphere_server.room.commands.letting_in import pass_digest
from makersphere_server.room.model.addresses import network
from makersphere_server.room.model.batch import Batch
from makersphere_server.room.model.inbox import ByClass
from makersphere_server.room.model.live_room import LiveRoom
from makersphere_server.room.model.people.asks_in import ASK_AGAIN_S, Wish
from makersphere_server.room.model.people.playable_roles import has_place
from makersphere_server.room.model.people.seat_life import SeatState
from makersphere_server.room.model.people.seat_people import SeatPeople

__all__ = [
    "has_been_let_in",
    "is_opened_by_host",
    "join_digest",
    "name_taken",
    "opened_seat",
    "sat_down",
    "seat_for",
    "seat_left_in_class",
]


def join_digest(live: LiveRoom, frame: Join) -> str:
    """Return the digest by which a join frame is known again, or "" where its sender gave it no id."""
    if not frame.id:
        return ""
    return digest(live.settings.salt, frame.id, frame.name, frame.role, str(frame.seat))


def has_been_let_in(live: LiveRoom, join: str) -> bool:
    """Return whether a host or the people of a seat have let a join frame in."""
    return bool(join) and live.asks_in.seat_of(join, live.clock.wall_ms()) > 0


def is_opened_by_host(live: LiveRoom, frame: Join, join: str) -> bool:
    """Return whether it is a host's word that opens a seat to a join frame: a pass of theirs, or their answer."""
    if frame.pass_:
        return live.passes.is_by_host(pass_digest(live, frame.pass_))
    return bool(join) and live.asks_in.is_let_in_by_host(join, live.clock.wall_ms())


def name_taken(live: LiveRoom, name: str) -> Refused:
    """Return what somebody is told whose name is somebody's already; it may be that person, whose phone is gone.

    Where people share seats, freeing the seat would send its others away too: a pass opens it as it is.
    """
    return Refused(
        "name_taken", "name_taken_in_teams" if live.settings.teams else "name_taken_or_yours", "name", name=name
    )


def opened_seat(live: LiveRoom, frame: Join, join: str) -> SeatPeople | None:
    """Return the seat that a join frame's pass opens, or that it has been let into, or None where it has neither.

    Raises:
        Refused: the pass opens no seat, or not the one that is asked for; or there is no room in the seat.
    """
    now = live.clock.wall_ms()
    if frame.pass_:
        people = _openable(live, live.passes.opens(pass_digest(live, frame.pass_), now))
        if people is None or frame.seat not in (None, people.seat):
            raise Refused("unauthorised", "wrong_pass", "pass")
        return _with_room(live, people)
    people = _openable(live, live.asks_in.seat_of(join, now) if join else 0)
    return None if people is None else _with_room(live, people)


def _openable(live: LiveRoom, seat: int) -> SeatPeople | None:
    """Return a seat that a pass or an answer is for, or None: it is taken and nobody shares, or it is lost."""
    people = live.seats.get(seat)
    return None if people is None or (people.members and not live.settings.teams) else people


def _has_place(live: LiveRoom, people: SeatPeople) -> bool:
    """Return whether one more person may sit down in a seat, who is let in."""
    return len(people.members) < (live.limits.most_members if live.settings.teams else 1)


def _with_room(live: LiveRoom, people: SeatPeople) -> SeatPeople:
    most = live.limits.most_members
    if len(people.members) >= most:
        metrics.LIMITED.labels("most_members").inc()
        raise Refused("room_full", "team_full", "seat", max=most)
    return people


def seat_left_in_class(live: LiveRoom, role: str, by_class: ByClass) -> SeatPeople | None:
    """Return a seat for whom a class deals here in play: one that its people have left, which a bot plays; else None.

    Only where none is free. The class gives it, as a host would: otherwise whoever comes would wait a season beside it.
    It gives no seat whose last person is dealt to this table still, nor one that is kept for somebody.
    """
    fitting = [people for people in live.seats if role in ("", live.state.role(people.seat))]
    if any(people.is_free for people in fitting):
        return None
    dealt_here = {live.class_digest(id) for id in by_class.dealt_here}
    return next((people for people in fitting if _is_left_for_good(live, people, dealt_here)), None)


def _is_left_for_good(live: LiveRoom, people: SeatPeople, dealt_here: AbstractSet[str]) -> bool:
    """Return whether a bot plays a seat on that its people have left, and nobody is expected there."""
    now = live.clock.wall_ms()
    is_kept = people.name or live.passes.is_out(people.seat, now) or live.asks_in.is_awaited(people.seat, now)
    comes_back = people.gone and people.gone[-1].join in dealt_here
    return people.state is SeatState.BOT_IN_VACANT and not is_kept and not comes_back


def seat_for(live: LiveRoom, frame: Join, name: str, join: str, address: str, batch: Batch) -> SeatPeople:
    """Return the seat of somebody for whom none has been opened; the last way to one adds it.

    Args:
        live: the room.
        frame: by which somebody joins.
        name: theirs, as it is shown.
        join: digest of the frame.
        address: where it comes from.
        batch: takes the order that adds a seat.

    Raises:
        Refused: there is none, or none yet.
    """
    kept = live.seats.kept_for(name)
    if frame.seat is not None:
        asked = live.seats.get(frame.seat)
        if asked is not None and (live.is_open_to_all(asked) or (asked is kept and not _needs_a_host(live, asked))):
            return asked
        raise _asks_in(live, frame, asked, name, join, address)
    is_known = bool(live.settings.of_class)  # by their frame, and not by name: their own seat was looked for already
    its_own = kept if kept is not None or is_known else live.seats.vacated_by(join, name)
    if its_own is not None and _has_place(live, its_own):
        if _needs_a_host(live, its_own):
            raise _asks_in(live, frame, its_own, name, join, address)
        return its_own
    free = _free_seat(live, frame.role)
    if free is not None:
        return free
    seat = _added(live, frame.role, batch)
    if seat is not None:
        return seat
    team = _smallest_team(live, frame.role)
    if team is None:
        raise Refused("room_full", _why_full(live, frame.role))
    raise _asks_in(live, frame, team, name, join, address)


def _needs_a_host(live: LiveRoom, kept: SeatPeople) -> bool:
    """Return whether a seat that is kept for a name opens by no name: its hand is somebody's secret already."""
    return kept.is_vacated or bool(kept.members) or live.settings.sealed


def _free_seat(live: LiveRoom, role: str) -> SeatPeople | None:
    """Return a free seat for whoever comes, or None: the first one.

    Where roles are dealt in proportion, as at every table of a class, it is one of the role with the smallest share of
    people.
    """
    free = [each for each in live.seats if live.is_open_to_all(each) and role in ("", live.state.role(each.seat))]
    in_proportion = live.settings.of_class or live.settings.dealt == "proportion"
    if not free or role or not in_proportion:
        return free[0] if free else None
    roles = {people.seat: live.state.role(people.seat) for people in live.seats}
    seats = Counter(roles.values())
    people_of = Counter(roles[people.seat] for people in live.seats if people.members)
    return min(free, key=lambda people: people_of[roles[people.seat]] / seats[roles[people.seat]])


def _added(live: LiveRoom, role: str, batch: Batch) -> SeatPeople | None:
    """Return a seat that is added for somebody who comes during play, or None where none can be added now."""
    if not live.is_running or not engine.seats_latecomers(live.state) or role not in ("", MAKER) or not _may_grow(live):
        return None
    to_be = [MAKER if live.state.role(seat) == WAITING else live.state.role(seat) for seat in live.state.seats()]
    if not has_place(live.state.scenario, MAKER, to_be):
        return None
    seat = add_seat(live, batch)
    return live.seats.add(seat) if seat else None


def _may_grow(live: LiveRoom) -> bool:
    return len(live.state.seats()) < live.limits.most_seats


def _smallest_team(live: LiveRoom, role: str) -> SeatPeople | None:
    """Return the seat with the fewest people in a room with teams: whoever finds none asks to be let into that one."""
    if not live.settings.teams:
        return None
    most = live.limits.most_members
    teams = [people for people in live.seats if 0 < len(people.members) < most]
    of_role = [people for people in teams if role in ("", live.state.role(people.seat))]
    return min(of_role, key=lambda people: len(people.members), default=None)


def _why_full(live: LiveRoom, role: str) -> str:
    """Return the sentence for somebody who finds no seat: it names what can be done at this moment."""
    if live.settings.sealed:
        return "full_but_for_bots"
    if role and (live.is_running or any(people.is_free for people in live.seats)):
        return "role_full"
    if live.is_running:
        return "full_in_play"
    return "room_full" if _may_grow(live) else "full_for_good"


def _asks_in(live: LiveRoom, frame: Join, people: SeatPeople | None, name: str, join: str, address: str) -> Refused:
    """Have a wish wait where somebody may answer it, and return what its sender is told, the same for every seat."""
    asks, now = live.asks_in, live.clock.now_ms()
    if frame.id:
        check_proof(frame.id)  # whoever could guess it would come in instead
    if asks.was_turned_away(join, live.clock.wall_ms()):
        return Refused("joining_closed", "not_let_in")
    sender = digest(live.settings.salt, frame.id)
    if asks.has_name(name, sender):
        return name_taken(live, name)
    wish = asks.find(join)
    if wish is not None:
        wish.seen_ms = now
    elif join and people is not None and _is_asked(live, people):
        changed = asks.ask(Wish(new_number(), join, sender, people.seat, network(address), name, now, now))
        if changed:
            live.show_anew(changed)
    return Refused("joining_closed", "asks_in", retry_after=ASK_AGAIN_S)


def _is_asked(live: LiveRoom, people: SeatPeople) -> bool:
    """Return whether anybody may answer a wish for a seat: in a room without teams nobody shares one."""
    return live.settings.teams or not people.members


def sat_down(live: LiveRoom, frame: Join, join: str, seat: int, batch: Batch) -> None:
    """Have a pass be used and a wish be over, because somebody has sat down; where nobody shares, all of that seat."""
    asks = live.asks_in
    was_let_in = has_been_let_in(live, join)
    over = asks.sat_down(join)
    is_used = bool(frame.pass_)
    if is_used:
        live.passes.use(pass_digest(live, frame.pass_))
    if not live.settings.teams:
        is_used |= live.passes.withdraw(seat)
        was_let_in |= asks.withdraw(seat)
        over += asks.close(seat)
    if is_used:
        batch.private.update(live.passes.to_store())
    if was_let_in:
        batch.private.update(asks.to_store())
    if over:
        batch.wishes += over
        live.show_anew((seat, *(wish.seat for wish in over)))
