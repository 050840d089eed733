"""Who is let into a room; which seat somebody gets who joins is `seating.py`'s to say.

Answers a `join`, a `resume` or a `watch` with a presence, or raises why not. The token is checked before
anything is changed. The same join frame again gives the same seat and a fresh token, so that a lost welcome
leaves no ghost. What somebody who comes back says to have seen last is held against the room's history
(`model/coming_back.py`). Source: the contract's "From the client".
"""

from __future__ import annotations

from typing import Final, assert_never

import attrs
import msgspec

from makersphere_protocol.errors import BY_LINK, Close, Refused
from makersphere_protocol.messages import Join, Resume, Watch
from makersphere_protocol.names import LONGEST, clean, host_word, why_not
from makersphere_protocol.pseudonyms import every_pseudonym, pseudonym
from makersphere_protocol.texts import known
from makersphere_server.codes import check_proof, digest, new_token, tidy_code, token_id
from makersphere_server.room.model.batch import Arrival, Batch
from makersphere_server.room.model.coming_back import compare_history
from makersphere_server.room.model.feed import HOST, TABLE
from makersphere_server.room.model.inbox import Enter, Presence
from makersphere_server.room.model.live_room import LiveRoom
from makersphere_server.room.model.own_data.from_platform import FromPlatform, sent_key
from makersphere_server.room.model.people.hosts import Host
from makersphere_server.room.model.people.screening import why_kept
from makersphere_server.room.model.people.seat_people import Gone, Member, SeatPeople
from makersphere_server.room.seating import (
    has_been_let_in,
    is_opened_by_host,
    join_digest,
    name_taken,
    opened_seat,
    sat_down,
    seat_for,
    seat_left_in_class,
)

__all__ = ["let_in"]

KNOCK_AGAIN_S: Final = 10  # a room that is locked may be opened again


def let_in(live: LiveRoom, enter: Enter, batch: Batch) -> Arrival:
    """Let somebody in.

    Raises:
        Refused: with the code that the contract has for it.
    """
    try:
        return _let_in(live, enter, batch)
    except Refused as refused:
        refused.language = live.settings.language
        raise


def _let_in(live: LiveRoom, enter: Enter, batch: Batch) -> Arrival:
    if enter.renews_founder:
        _renew_founder(live, token_id(enter.host_token), batch)
    frame = enter.frame
    match frame:
        case Join():
            return _join(live, enter, frame, batch)
        case Resume():
            return _resume(live, enter, frame, batch)
        case Watch():
            live.here.watchers += 1  # counted anew when they have been greeted, or turned away
            return Arrival(
                enter,
                Presence(kind="watcher", view=TABLE, language=live.settings.language, connection=enter.connection),
            )
    assert_never(frame)


def _join(live: LiveRoom, enter: Enter, frame: Join, batch: Batch) -> Arrival:
    by_class = enter.by_class
    if live.settings.of_class and by_class is None and not frame.pass_:
        raise Refused("joining_closed", "by_the_class", "room", room=live.settings.of_class)
    join = join_digest(live, frame) if by_class is None else live.class_digest(frame.id)
    came_before = live.seats.find_join(join)
    if came_before is not None:
        check_proof(frame.id)
        people, member = came_before
        begins = False
        if by_class is not None and by_class.has_code:
            _came_by_link(member, batch)
        token = _fresh_token(live, people, member, batch)
    else:
        has_place = by_class is not None and by_class.has_place
        if live.standing.locked and not (has_place or has_been_let_in(live, join)):
            raise Refused("joining_closed", retry_after=KNOCK_AGAIN_S)
        is_listed = by_class is not None and by_class.is_listed
        frame = _with_pseudonym(live, frame, join, has_account=enter.account is not None)
        name = frame.name if is_listed else _checked_name(live, frame.name)
        if live.state.game.status == "over":
            raise Refused("joining_closed", "over")
        opened = opened_seat(live, frame, join)
        if opened is None and by_class is not None:
            its_own = live.seats.left_by(join)  # the class has taken them away itself, and sends them back
            opened = its_own or (None if live.seats.kept_for(name) else seat_left_in_class(live, frame.role, by_class))
        if _is_taken(live, name, frame.seat if opened is None else opened.seat):
            raise name_taken(live, name)
        why = "" if is_listed else _why_kept(live, name)
        people = opened or seat_for(live, frame, name, join, enter.connection.address, batch)  # last: it may add a seat
        token, named = new_token(), attrs.evolve(frame, name=name)
        back = _who_comes_back(live, enter, join, named, people)
        begins = not people.members and (back is None or back.is_past)
        if people.members:
            batch.tell("seat_shared", live.seq, {"seat": people.seat}, (people.seat,))
        member = _sit(live, named, join, people, back, token_id(token))
        people.keep_from_sight([member.number] if why else (), why)
        sat_down(live, frame, join, people.seat, batch)
    _keep_account(enter, people, member, batch)
    return Arrival(enter, _seated(live, enter, people, member), seat_token=token, begins=begins)


def _came_by_link(member: Member, batch: Batch) -> None:
    """Let no code open a place that somebody takes by their personal link; the phone that has it is told by what."""
    member.code = ""
    batch.farewells[member.token] = BY_LINK


def _keep_account(enter: Enter, people: SeatPeople, member: Member, batch: Batch) -> None:
    """Have it stored by which account of a platform somebody comes; whose code a class has seen has no other any more.

    Nor is anything kept then of what was sent of that other one.
    """
    key = FromPlatform.key(people.seat, member.number)
    has_code = enter.by_class is not None and enter.by_class.has_code
    if has_code:
        batch.private[sent_key(people.seat, member.number)] = None
    if enter.account is not None:
        batch.private[key] = msgspec.json.encode(enter.account)
    elif enter.by_class is not None:
        batch.private[key] = None  # the class knows whose place an account's is
    else:
        return
    member.has_account = enter.account is not None


def _who_comes_back(live: LiveRoom, enter: Enter, join: str, frame: Join, people: SeatPeople) -> Gone | None:
    """Return who of those that a host has taken away from a seat sits down there again, if anybody.

    It is whom a host lets in under the name that was theirs there; whom others of the seat let in is new. Whoever has
    an account of a platform is known by it alone. At a table of a class its word says who it is; whom it has moved in
    between sits there for a second time.
    """
    if live.settings.of_class:
        is_known = enter.by_class is not None and enter.by_class.has_seat
        return people.who_comes_back(join, "") if is_known else None
    if not is_opened_by_host(live, frame, join):
        return None
    return people.who_comes_back(join, frame.name if enter.account is None else "")


def _sit(live: LiveRoom, frame: Join, join: str, people: SeatPeople, back: Gone | None, token: str) -> Member:
    """Seat somebody, who had the seat before or begins there."""
    if not people.members:
        people.since = live.seq
    language = known(frame.language or live.settings.language)
    member = live.seats.sit(people, frame.name, token, join, language, frame.pen, back=back)
    people.programs |= {member.number} if frame.program else frozenset()
    return member


def _with_pseudonym(live: LiveRoom, frame: Join, join: str, *, has_account: bool) -> Join:
    """Return a join frame with two words for a name where the room wants them; what was typed is kept nowhere.

    A name that a host has given to a seat stays that of whoever gives it. So do two words by which a class has listed
    an account whose platform says no name.
    """
    if not live.settings.pseudonyms or live.seats.kept_for(clean(frame.name)) is not None:
        return frame
    is_listed_so = has_account and frame.name in set(every_pseudonym(live.settings.language))
    if is_listed_so and not live.seats.has_name(frame.name):
        return frame
    number = int(join or digest(live.settings.salt, new_token()), 16)
    return attrs.evolve(frame, name=pseudonym(live.settings.language, number, live.seats.has_name))


def _why_kept(live: LiveRoom, name: str) -> str:
    """Return why a name is shown to hosts alone at first; one that a host or the server has made never is."""
    is_made = live.settings.pseudonyms or live.seats.kept_for(name) is not None
    return "" if is_made else why_kept(name, live.settings.screened)


def _checked_name(live: LiveRoom, typed: str) -> str:
    name = clean(typed)
    if not name:
        raise Refused("bad_name", field="name", max=LONGEST)
    if live.seats.kept_for(name) is not None:
        return name  # a host has given it, by whatever rule held then
    wrong = why_not(name)
    if wrong:
        raise Refused("bad_name", wrong, "name", name=name)
    word = host_word(name)
    if word:
        raise Refused("bad_name", "host_word", "name", name=name, word=word)
    return name


def _is_taken(live: LiveRoom, name: str, seat: int | None) -> bool:
    """Return whether a name is somebody else's, for somebody who is to have a seat; None: whichever is theirs."""
    kept = live.seats.kept_for(name)
    if kept is not None and seat in (None, kept.seat):
        return live.seats.has_name(name, but=kept.seat)
    return live.seats.has_name(name)


def _resume(live: LiveRoom, enter: Enter, frame: Resume, batch: Batch) -> Arrival:
    found, token = _seat_of(live, enter, frame), ""
    host = None if found is not None else _host_of(live, enter, frame)
    if found is None and host is None:
        raise Refused("unauthorised", *(("wrong_code", "code") if frame.code else ()))
    place = (0, 0) if found is None else (found[0].seat, found[1].number)
    diverged = compare_history(live, frame, batch, *place)
    if found is not None:
        people, member = found
        token = _fresh_token(live, people, member, batch) if frame.code else ""
        if enter.of_origin is not None:
            member.code = member.join = ""  # of the older phone: they open nothing any more, as in the origin
            _open_by(live, people, member, token_id(frame.seat_token), batch, by_origin=True)
        return Arrival(enter, _seated(live, enter, people, member), seat_token=token, diverged=diverged)
    if host is None:
        raise AssertionError("neither a seat nor a host")
    if frame.code:
        host, token = _fresh_chair(live, host, batch)
    elif enter.host_of_origin is not None:
        host = _chair_by_origin(live, host, token_id(frame.host_token), batch)
    presence = Presence(
        kind="host",
        view=HOST,
        token=host.token,
        author=host.sender,
        member=host.number,
        language=host.language,
        connection=enter.connection,
    )
    return Arrival(enter, presence, host_token=token or enter.host_token, diverged=diverged)


def _seat_of(live: LiveRoom, enter: Enter, frame: Resume) -> tuple[SeatPeople, Member] | None:
    """Return whom at a seat a token or a code belongs to, with the seat, or None.

    In a fork a token that the origin has given out since belongs to whom it belongs to there, as long as that very
    person sits in the seat here and has been given no token here.
    """
    if enter.of_origin is not None:
        everybody = ((people, member) for people in live.seats for member in people.members if member.is_by_origin)
        return next((one for one in everybody if (one[0].seat, one[1].author) == enter.of_origin), None)
    if not frame.code:
        return live.seats.find(token_id(frame.seat_token))
    return live.seats.find_code(digest(live.settings.salt, tidy_code(frame.code)))


def _host_of(live: LiveRoom, enter: Enter, frame: Resume) -> Host | None:
    """Return the host whom a token or a code belongs to, or None; in a fork as `_seat_of` does, if not let go there."""
    if enter.host_of_origin is not None:
        return live.hosts.find_by_origin(*enter.host_of_origin)
    if frame.code:
        host = live.hosts.find_code(digest(live.settings.salt, tidy_code(frame.code)))
    else:
        host = live.hosts.find(token_id(frame.host_token))
    return None if host is None or (host.number, host.sender) in enter.let_go_in_origin else host


def _renew_founder(live: LiveRoom, token: str, batch: Batch) -> None:
    """Let a token open the founder's chair; the token that opened it before opens nothing any more."""
    for replaced in live.hosts.renew_founder(token):
        batch.cut_tokens[replaced] = Close.REPLACED
    batch.private.update(live.hosts.to_store())


def _fresh_token(live: LiveRoom, people: SeatPeople, member: Member, batch: Batch) -> str:
    """Give somebody another token, and cut the connection of the one that it replaces; return it."""
    token = new_token()
    _open_by(live, people, member, token_id(token), batch)
    return token


def _open_by(
    live: LiveRoom, people: SeatPeople, member: Member, token: str, batch: Batch, *, by_origin: bool = False
) -> None:
    """Have a token, by its id, open somebody's seat; the one that has opened it opens nothing any more."""
    batch.cut_tokens[member.token] = Close.REPLACED
    live.seats.give_token(people, member, token, by_origin=by_origin)


def _fresh_chair(live: LiveRoom, host: Host, batch: Batch) -> tuple[Host, str]:
    """Give a host another token, and cut the connection of the one that it replaces; return the host, and the token."""
    token = new_token()
    batch.cut_tokens[live.hosts.renew(host, token_id(token))] = Close.REPLACED
    batch.private.update(live.hosts.to_store())
    return live.hosts.get(host.number) or host, token


def _chair_by_origin(live: LiveRoom, host: Host, token: str, batch: Batch) -> Host:
    """Have a token of the origin, by its id, open a host's chair; the one that has opened it opens nothing any more."""
    batch.cut_tokens[host.token] = Close.REPLACED
    live.hosts.change(host.renewed_by_origin(token))
    batch.private.update(live.hosts.to_store())
    return live.hosts.get(host.number) or host


def _seated(live: LiveRoom, enter: Enter, people: SeatPeople, member: Member) -> Presence:
    live.seats.arrive(people, member)
    role = live.state.role(people.seat)
    return Presence(
        kind="seat",
        view=people.seat,
        role=role,
        token=member.token,
        author=member.author,
        called=member.name,
        member=member.number,
        language=member.language,
        connection=enter.connection,
    )
