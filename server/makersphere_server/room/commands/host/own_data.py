"""What a host does with all that the room keeps of one person: erase it, or have it written out for them.

Answers whom a command means: who sits in a seat, or where nobody does, who has sat there; or one of them by number.
Both need the room as the store has it, and who leads the room alone may ask for them. What stays is said in
`own_data/erasing.py`.
"""

from __future__ import annotations

from typing import Final

from makersphere_protocol.errors import Close
from makersphere_rules.forms import Domain, Form, Whole, whole
from makersphere_rules.refusals import Refusal, refuse
from makersphere_server.room.commands.asked import Asked, Outcome, Tree
from makersphere_server.room.commands.device_pairing import forget_seat
from makersphere_server.room.commands.host.command import HostCommand, every_seat
from makersphere_server.room.model.live_room import LiveRoom
from makersphere_server.room.model.own_data.erasing import erased_values, is_gone
from makersphere_server.room.model.own_data.whose import Whose, who_is_meant, whose
from makersphere_server.room.model.own_data.writing_out import written_out
from makersphere_server.room.model.people.hosts import LEAD

__all__ = ["ERASE_PERSON", "EXPORT_PERSON", "OF_ONE_PERSON"]


def _form(live: LiveRoom) -> Form:
    most = max((people.came for people in live.seats), default=0)
    fields: dict[str, Domain] = {"seat": every_seat(live)}
    if most:
        fields["member"] = Whole(1, most)
    return Form(fields, optional=frozenset({"member"}))


def _meant(asked: Asked) -> list[Whose] | Refusal:
    """Return whom a command means, by seat, or why nobody: nobody of that number has sat there."""
    live, lookups = asked.live, asked.lookups
    if lookups.places:
        return [whose(live.seats[seat], [number], lookups.called) for seat, number in lookups.places]
    people, member = live.seats[whole(asked.args, "seat")], whole(asked.args, "member") if "member" in asked.args else 0
    numbers = who_is_meant(people, member)
    if not numbers and (member or not people.name):
        return refuse("rule", *(("nobody_of_number", "member") if member else ("nobody_sat_there", "seat")))
    found = whose(people, numbers)
    if lookups.kept is not None and is_gone(lookups.kept, found):
        return refuse("rule", "nobody_sat_there", "seat")
    return [found]


def _erase(asked: Asked) -> Outcome:
    """Leave nothing of somebody but what was decided, under the seat's number; a bot plays on after a minute."""
    live, kept, meant = asked.live, asked.lookups.kept, _meant(asked)
    if isinstance(meant, Refusal):
        return meant
    assert kept is not None  # noqa: S101  (it is looked up for this command)
    for found in meant:
        asked.batch.private.update(erased_values(kept, found))
        _leave_seat(asked, found)
    asked.batch.erased += meant
    live.clock_changed()  # stored with it, since the room is read again
    return ()


def _leave_seat(asked: Asked, found: Whose) -> None:
    """Take people from their seat with all that opens it, so that nobody knows any more who they were."""
    live, batch, people = asked.live, asked.batch, asked.live.seats[found.seat]
    in_play = live.state.game.status != "lobby"
    was_played = any(member.number in found.numbers for member in people.members)
    if found.is_last:
        forget_seat(live, people.seat, batch)
        live.passes.withdraw(people.seat)
        live.asks_in.withdraw(people.seat)
        live.standing.asks.pop(people.seat, None)
        live.standing.lost.discard(people.seat)
        batch.private.update({**live.passes.to_store(), **live.asks_in.to_store()})
    for token in live.seats.forget(people, found.numbers, live.clock.now_ms(), in_play=in_play):
        batch.cut_tokens[token] = Close.REMOVED
    if found.is_last and was_played and in_play:
        batch.vacated.add(people.seat)


def _export(asked: Asked) -> Outcome:
    meant = _meant(asked)
    return meant if isinstance(meant, Refusal) else ()  # that it was written out stands in the log


def _give(asked: Asked) -> Tree:
    """Give out what the room has of somebody, a tree for each seat; nothing where nobody of them is left."""
    live, kept, meant = asked.live, asked.lookups.kept, _meant(asked)
    if kept is None or isinstance(meant, Refusal):
        return {"places": []}
    named = frozenset(name for people in live.seats for name in people.names())
    hosts = frozenset(host.name for host in live.hosts.everybody() if host.name)
    own = frozenset(name for found in meant for name in found.names)
    others = (named | hosts) - own
    return {
        "room": live.row.room,
        "scenario": live.state.scenario.name,
        "places": [
            {"role": live.state.role(found.seat), **written_out(kept, live.seats[found.seat], found, others)}
            for found in meant
        ],
    }


ERASE_PERSON: Final = HostCommand(name="host.erase_person", form=_form, act=_erase, least=LEAD)
EXPORT_PERSON: Final = HostCommand(name="host.export_person", form=_form, act=_export, gives=_give, least=LEAD)
OF_ONE_PERSON: Final = frozenset({ERASE_PERSON.name, EXPORT_PERSON.name})
