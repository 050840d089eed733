"""What a room has of one person, written out for that person.

Answers a tree: who they are here, what they decided and answered, what hosts wrote to them and did with their seat.
Nothing of anybody else is in it: other people's names are left out of what was written. What follows from all
decisions by the rules, such as money and points, is the game's, and is in its debrief.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import msgspec

from makersphere_protocol.texts import DEFAULT, say
from makersphere_server.room.model.bookmarks import marked
from makersphere_server.room.model.devices import Devices
from makersphere_server.room.model.log.answers import REFUSED_KEY, author_of, refused_command
from makersphere_server.room.model.own_data.from_platform import from_platforms, sent_to_platforms
from makersphere_server.room.model.own_data.whose import Kept, Whose, named_in, texts_to, without_names
from makersphere_server.room.model.people.consents import Consents
from makersphere_server.room.model.people.own_words import AskedHosts
from makersphere_server.room.model.people.seat_people import SeatPeople
from makersphere_server.room.model.reflection.questions import END
from makersphere_server.room.model.reflection.reflections import Reflections
from makersphere_server.storage.record import Record

__all__ = ["written_out"]

Tree = dict[str, Any]


def written_out(kept: Kept, people: SeatPeople, found: Whose, others: Iterable[str]) -> Tree:
    """Return all that a room has of some people of a seat.

    Args:
        kept: the room as the store has it.
        people: all people of the seat.
        found: which of them are meant.
        others: what everybody else is called.
    """
    hidden = frozenset(others) - found.names
    languages = [member.language for member in people.members if member.number in found.numbers]
    return {
        "about": say(languages[0] if languages else DEFAULT, "home.own_data", {}),
        "seat": found.seat,
        "people": [
            {"number": member.number, "name": member.name, "language": member.language, "pen": member.pen}
            | ({"program": True} if member.number in people.programs else {})
            for member in people.members
            if member.number in found.numbers
        ],
        **({"seat_name": people.name, "face": people.face} if found.is_last else {}),
        "decisions": [_decision(record) for record in kept.records if _is_theirs(record, found)],
        "refused": _refused(kept, found),
        "answers": [_answer(one) for one in _reflections(kept, found)],
        "asked_hosts": _asked(kept, found, hidden),
        "consent": _consents(kept, found),
        "messages": [{**_when(record), "text": without_names(text, hidden)} for record, text in texts_to(kept, found)],
        "notes_of_hosts": [
            {"at": _time(each.at), "season": each.season, "phase": each.phase, "word": without_names(each.word, hidden)}
            for each in marked(kept.private).values()
            if named_in(each.word, found.names)
        ],
        "what_hosts_did": [_done(record) for record in kept.records if _is_about(record, found)],
        "devices": [
            {"name": device.id, "thing": device.thing}
            for device in Devices.stored(kept.private).of_seat(found.seat)
            if found.is_last
        ],
        "platforms": [
            {"platform": one.issuer, "called_there": one.person}
            for one in from_platforms(kept.private, found.seat, found.numbers).values()
        ],
        "sent_to_platforms": [
            _sent(one, hidden) for one in sent_to_platforms(kept.private, found.seat, found.numbers).values()
        ],
    }


def _sent(stored: Tree, hidden: frozenset[str]) -> Tree:
    """Return what was sent of them as it is stored, and in words when, without others' names."""
    told = {name: without_names(one, hidden) if isinstance(one, str) else one for name, one in stored["values"].items()}
    return {**stored, "values": told, "at": _time(stored["at_ms"])}


def _is_theirs(record: Record, found: Whose) -> bool:
    is_seats = record.actor == found.seat and record.by == "person"
    return is_seats and (record.token in found.authors if record.token else found.sat_there(record.seq))


def _decision(record: Record) -> Tree:
    command = msgspec.json.decode(record.command)
    return {**_when(record), "by": record.by, "command": command["name"], "args": command.get("args", {})}


def _refused(kept: Kept, found: Whose) -> list[Tree]:
    stored = [value for key, value in kept.private.items() if key.startswith(REFUSED_KEY)]
    return [refused_command(value) for value in stored if author_of(value) in found.authors]


def _reflections(kept: Kept, found: Whose) -> list[Any]:
    given = Reflections.stored(kept.private)
    return [one for number in sorted(found.numbers) for one in given.of_author((found.seat, number))]


def _asked(kept: Kept, found: Whose, hidden: frozenset[str]) -> list[Tree]:
    questions = AskedHosts.stored(kept.private)
    asked = [questions.find((found.seat, number)) for number in sorted(found.numbers)]
    return [
        {"text": one.text, "answer": without_names(one.answer, hidden), "is_open": one.is_open}
        for one in asked
        if one is not None
    ]


def _consents(kept: Kept, found: Whose) -> list[Tree]:
    consents = Consents.stored(kept.private)
    given = [consents.find((found.seat, number)) for number in sorted(found.numbers)]
    return [{"answer": one.answer, "at": _time(one.at_ms), "times": one.times} for one in given if one is not None]


def _answer(one: Any) -> Tree:  # noqa: ANN401  (a Reflection)
    return {
        "season": None if one.season == END else one.season,
        "question": one.question,
        **one.said(),
        "times": one.times,
        "was_on_the_wall": one.was_shown,
    }


def _is_about(record: Record, found: Whose) -> bool:
    if record.by != "host" or not found.sat_there(record.seq):
        return False
    return bool(msgspec.json.decode(record.command).get("args", {}).get("seat") == found.seat)


def _done(record: Record) -> Tree:
    return {**_when(record), "host": record.member, "command": msgspec.json.decode(record.command)["name"]}


def _when(record: Record) -> Tree:
    return {"seq": record.seq, "at": _time(record.at_ms), "season": record.season, "phase": record.phase}


def _time(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="seconds")
