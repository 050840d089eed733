"""Somebody who comes from a platform, on their way into a seat.

Answers the seat's address for their browser. They come by a join frame like everybody else, under an id that nobody can
guess and that is the same each time, so that whoever opens the activity again has their seat again, whatever the
platform calls them by then. They are called as it calls them, by as little of it as tells them apart, or by two words
of ours where the room wants no names. What stays is the platform's word for them, beside the seat.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Final

import attrs

from makersphere_protocol.errors import ProtocolError
from makersphere_protocol.messages import Join
from makersphere_protocol.names import clean, host_word, why_not
from makersphere_protocol.pseudonyms import pseudonym
from makersphere_server.classes.book import ClassBook
from makersphere_server.codes import digest
from makersphere_server.lobby.lobby import Lobby
from makersphere_server.lti.kept import Activity, Kept
from makersphere_server.lti.launching import Launched
from makersphere_server.room.model.arrival import Arrival
from makersphere_server.room.model.inbox import Leave
from makersphere_server.room.model.own_data.from_platform import FromPlatform
from makersphere_server.room.model.room_settings import RoomSettings
from makersphere_server.storage.event_log import Damaged, EventLog

__all__ = ["Seated", "Visit", "let_in", "rooms_of"]

_OTHER_NAME: Final = frozenset({"name_taken", "bad_name"})  # who is refused with one of these may have another name
_PSEUDONYMS: Final = 4


@attrs.frozen
class Seated:
    """A seat that somebody has, and what opens it."""

    room: str
    token: str = attrs.field(repr=False)


@attrs.frozen
class Visit:
    """A browser that a platform sends somebody by.

    Attributes:
        language: that it asks for.
        address: where it is.
        code: the personal code of whoever is there under their name without an account, if that is them; or "".
        is_somebody_else: they have said that it is not.
    """

    language: str
    address: str
    code: str = attrs.field(default="", repr=False)
    is_somebody_else: bool = False


async def let_in(
    code: str, activity: Activity, launched: Launched, visit: Visit, lobby: Lobby, log: EventLog
) -> Seated:
    """Let somebody into the room, or the class, that an activity belongs to.

    Args:
        code: of the room or class.
        activity: what was opened.
        launched: whom the platform has sent.
        visit: the browser that they come by.
        lobby: where they come in.
        log: where it stands who has come before.

    Raises:
        ProtocolError: why not, as everybody is told who joins; with the text `is_it_you` they are to be asked
            whether it is them who is there without an account.
        StoreUnavailable: it cannot be read now.
        Damaged: the room, or the class itself, stands still.
    """
    id = digest(activity.salt, "join", launched.person)
    private = await log.privates(code)
    known = await _name_of_before(rooms_of(code, private, lobby), activity, launched, log)
    names = list(_names(launched, *_wanted(code, private, lobby, visit.language), int(id, 16)))
    if lobby.is_class(code):
        names = _listed_first(names, ClassBook.stored(code, private))
    names = [known, *names] if known else names  # the one of before may be somebody else's now
    refused: ProtocolError | None = None
    for name in names:
        account = FromPlatform(launched.person, launched.issuer, activity.id, name)
        arrival = Arrival(visit.address, account=account, is_somebody_else=visit.is_somebody_else)
        frame = Join(code, name, language=visit.language, pass_=visit.code, id=id)
        try:
            place, presence = await lobby.enter(frame, arrival)
        except ProtocolError as error:
            if error.code not in _OTHER_NAME or error.text == "is_it_you":
                raise
            refused = refused or error
            continue
        place.inbox.put(Leave(presence))
        welcome = arrival.welcome
        if welcome is None:
            raise AssertionError("who is let in is welcomed")
        return Seated(welcome.room, welcome.seat_token)
    if refused is None:
        raise AssertionError("there is always a name to try")
    raise refused


def _wanted(code: str, private: dict[str, bytes], lobby: Lobby, language: str) -> tuple[bool, str]:
    """Return whether a room wants no names, and in which language a room or class has names of its own.

    A class has names in its hosts' list alone where its tables deal words of their own.
    """
    if lobby.is_class(code):
        return False, ClassBook.stored(code, private).settings.language or language
    room = RoomSettings.stored(private)
    return room.pseudonyms, room.language or language


def _names(launched: Launched, wants_none: bool, language: str, number: int) -> Iterator[str]:  # noqa: FBT001
    """Yield what somebody may be called: by as little as there is first, and in the end by two words of ours."""
    given, family, whole = ("",) * 3 if wants_none else (clean(name) for name in launched.names)
    longer = f"{given} {family[:1]}." if given and family else ""
    told = dict.fromkeys(clean(name) for name in (given, longer, whole))
    yield from (name for name in told if name and not why_not(name) and not host_word(name))
    for more in range(_PSEUDONYMS):
        yield pseudonym(language, number + more, lambda _: False)


def _listed_first(names: list[str], book: ClassBook) -> list[str]:
    """Return names of somebody, those first that a host has listed: of these the one that says most."""

    def is_listed(name: str) -> bool:
        known = book.named(name)
        return known is not None and known.is_listed

    return sorted(names, key=lambda name: -len(name) if is_listed(name) else 0)


async def _name_of_before(rooms: Iterable[str], activity: Activity, launched: Launched, log: EventLog) -> str:
    """Return the name under which somebody came before, or ""; a table that stands still tells nothing."""
    for room in rooms:
        with suppress(Damaged, KeyError):
            for one in (await Kept.of(log, room)).people.values():
                if (one.person, one.issuer, one.activity) == (launched.person, launched.issuer, activity.id):
                    return one.name
    return ""


def rooms_of(code: str, private: dict[str, bytes], lobby: Lobby) -> list[str]:
    """Return the rooms that a code leads to: itself, or the tables of a class."""
    if not lobby.is_class(code):
        return [code]
    tables = [table.room for table in ClassBook.stored(code, private).tables.values()]
    return [room for room in tables if lobby.state_of(room)]
