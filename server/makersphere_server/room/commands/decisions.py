"""What becomes of one command, in memory: the same answer as before, a refusal, or a record.

Answers every command once: a command that comes again under its id gets the answer that it got. Everything that
follows from a command is put into the `Batch`, and the room tells it when it is durable. Decides no rule: that is the
engine's.
"""

from __future__ import annotations

from typing import Final

import msgspec

from makersphere_protocol.codec import canonical, encode_answer, encode_tree
from makersphere_protocol.messages import BESIDE, Problem
from makersphere_rules import engine
from makersphere_rules.events import Event
from makersphere_rules.refusals import Refusal, refuse
from makersphere_rules.state import Seat
from makersphere_rules.written.notation import encode_events
from makersphere_server.room.commands import side_commands
from makersphere_server.room.commands.asked import Asked, Lookups, Outcome
from makersphere_server.room.commands.broken_rules import refused_as_broken
from makersphere_server.room.commands.closing import is_still_due, waits_for_stand_ins
from makersphere_server.room.commands.device_pairing import device_of
from makersphere_server.room.commands.host import table as host_commands
from makersphere_server.room.commands.host.command import HostCommand
from makersphere_server.room.commands.host.pace import ADVANCE, RESUME
from makersphere_server.room.commands.host.table import HOST_COMMANDS
from makersphere_server.room.commands.side_commands import SIDE_COMMANDS, SideCommand
from makersphere_server.room.model.batch import Batch, problem, refusal_frame
from makersphere_server.room.model.inbox import Sent
from makersphere_server.room.model.live_room import LiveRoom
from makersphere_server.room.model.log.answers import Answers
from makersphere_server.room.model.log.timeline import laid_ready
from makersphere_server.storage.event_log import Record

__all__ = ["add_seat", "answer", "may_speak", "take_back_ready"]

_OK: Final = b'{"ok":true'
_MAY_HAVE_CHANGED: Final = frozenset({"bad_args", "cannot_afford", "rule"})  # what is refused by how things stand
_PASSING: Final = frozenset({"paused"})  # says nothing about the command, which may come again


def answer(live: LiveRoom, answers: Answers, sent: Sent, batch: Batch, lookups: Lookups) -> None:
    """Decide a command and keep what follows from it.

    Args:
        live: the room.
        answers: what was answered before, by the command's id.
        sent: the command.
        batch: where its consequences are kept until they are durable.
        lookups: what was looked up for it.
    """
    asked = Asked(live, sent, batch, lookups)
    args = sent.args
    if sent.by == "host":
        args = host_commands.as_kept(sent.name, args, live.settings.salt)
    elif sent.name in BESIDE:
        args = side_commands.as_kept(sent.name, args, live.settings.salt)
    command = canonical(sent.name, args)
    if sent.id:
        given = answers.find(sent.author, sent.id)
        if given is not None:
            _repeat(asked, given.command == command, given.body)
            return
    if lookups.past is None:  # nearly every command: it pays for no context (`run.py bench online`)
        _carry_on(asked, answers, command)
    else:
        with laid_ready(live.state, lookups.past):
            _carry_on(asked, answers, command)


def may_speak(live: LiveRoom, sent: Sent) -> bool:
    """Return whether the sender may still speak: its token may have been taken away since the command came in."""
    match sent.by:
        case "person":
            found = live.seats.find(sent.token)
            is_seated = found is not None and found[0].seat == sent.actor
            return is_seated or device_of(live, sent) is not None
        case "host":
            return sent.token in live.hosts or device_of(live, sent) is not None
        case _:
            return True


def add_seat(live: LiveRoom, batch: Batch) -> int:
    """Add a seat during play, as an order of the room itself; return its number, or 0 where none can be added now."""
    if live.standing.behind:
        return 0
    seat, game = len(live.state.seats()) + 1, live.state.game
    order = engine.Order("seat", {"seat": seat}, engine.At(game.season, game.phase))
    return seat if _order(live, engine.ROOM, order, batch) else 0


def take_back_ready(live: LiveRoom, batch: Batch) -> None:
    """Take back, by an order of the room itself, that a seat is ready, if a bot said so and a person plays it now."""
    if live.standing.behind or not live.is_running:
        return
    game = live.state.game
    order = engine.Order("ready", {"ready": False}, engine.At(game.season, game.phase))
    for seat in sorted(live.tally.bot_ready):
        if live.seats[seat].by == "person" and live.state.one(Seat, seat).ready:
            _order(live, seat, order, batch)


def _order(live: LiveRoom, actor: int, order: engine.Order, batch: Batch) -> bool:
    """Carry out an order of the room itself; return whether the rules allow it."""
    outcome = engine.decide(live.state, actor, order)
    if isinstance(outcome, Refusal):
        return False
    sent = Sent(actor=actor, by="room", name=order.name, args={**order.args}, at=order.at, since_ms=live.clock.now_ms())
    _carry_out(live, sent, canonical(order.name, sent.args), outcome, batch)
    return True


def _repeat(asked: Asked, is_same: bool, body: bytes) -> None:  # noqa: FBT001
    live, sent, batch = asked.live, asked.sent, asked.batch
    if sent.connection is not None:
        now = live.clock.wall_ms()
        whole = _with_data(asked, body) if is_same else b""
        frame = encode_answer(sent.id, now, whole) if is_same else refusal_frame(sent, now, "id_reused")
        batch.replies.append((sent.connection, frame))
    batch.handled.append((_as_logged(sent), "repeated" if is_same else "id_reused", live.seq))


def _carry_on(asked: Asked, answers: Answers, command: bytes) -> None:
    """Decide a command that is new, and keep its refusal or its record."""
    try:
        outcome = _decide(asked)
    except Exception as error:  # noqa: BLE001  (a boundary: what breaks in a rule keeps its own step from happening)
        outcome = refused_as_broken(asked.live, error, asked.sent)
    if isinstance(outcome, Refusal):
        _refuse(asked, answers, command, outcome)
    elif _is_nameless(asked.sent):
        _accept_nameless(asked, answers, command)
    elif outcome is not None:
        _accept(asked, answers, command, outcome)


def _decide(asked: Asked) -> Outcome | None:
    """Return the events or a refusal.

    None: the room itself sent the command, and it has become pointless; or it waits for bots that stand in.
    """
    live, sent = asked.live, asked.sent
    standing = live.standing
    if standing.behind and not (sent.by == "host" and sent.name == RESUME.name):
        # whatever were stored now would have a number that somebody has seen something else under
        return refuse("paused", "room_behind") if sent.actor or sent.by == "host" else None
    if sent.by == "host":
        game = live.state.game
        if sent.at not in (None, engine.At(game.season, game.phase)):
            return refuse("not_your_phase", "gone_on", phase=game.phase)
        if sent.name == ADVANCE.name and waits_for_stand_ins(live):
            asked.batch.held.append(sent)
            return None
        return host_commands.carry_out(asked)
    if sent.by == "person":
        _hear(asked)
        if sent.name in BESIDE:
            return side_commands.carry_out(asked)
        if live.seats[sent.actor].is_watching:
            return refuse("not_your_role", "bot_plays")
    if standing.paused:
        return refuse("paused", "paused") if sent.actor else None
    if sent.actor == engine.ROOM and not is_still_due(live, sent):
        return None
    order = engine.Order(sent.name, sent.args, sent.at)
    outcome = engine.decide(live.state, sent.actor, order)
    if sent.saw is None or not live.last_changes.is_newer(live.state, sent.actor, order, sent.saw):
        return outcome
    is_misplaced = isinstance(outcome, Refusal) and outcome.code not in _MAY_HAVE_CHANGED
    return outcome if is_misplaced else refuse("changed", "changed")


def _hear(asked: Asked) -> None:
    """Take a seat's command for its people being there; a bot that stands in for them stops, if nobody learns whose."""
    live, sent = asked.live, asked.sent
    if _is_nameless(sent):
        live.silent.answered(sent.actor, (live.state.game.season, live.state.game.phase))
    elif live.speaks(sent.actor):
        take_back_ready(live, asked.batch)


def _refuse(asked: Asked, answers: Answers, command: bytes, refusal: Refusal) -> None:
    live, sent, batch = asked.live, asked.sent, asked.batch
    batch.handled.append((_as_logged(sent), refusal.code, live.seq))
    if sent.connection is None:
        return
    body = encode_tree({"ok": False, "error": _tree(problem(sent.language, refusal, sent.name))})
    if _is_nameless(sent):
        answers.remember(sent.author, sent.id, command, body)
    elif refusal.code not in _PASSING:
        batch.private.update(answers.refuse(sent.author, sent.id, command, body))
    batch.replies.append((sent.connection, encode_answer(sent.id, live.clock.wall_ms(), body)))


def _tree(refused: Problem) -> dict[str, str]:
    tree = {"code": refused.code, "message": refused.message}
    if refused.field:
        tree["field"] = refused.field
    return tree


def _is_nameless(sent: Sent) -> bool:
    """Return whether nobody may read whose a command was."""
    return sent.name in BESIDE and sent.by == "person" and SIDE_COMMANDS[sent.name].is_nameless


def _accept_nameless(asked: Asked, answers: Answers, command: bytes) -> None:
    """Answer a command that has no record: what it changed lies beside the log, and nowhere that it was answered."""
    live, sent, batch = asked.live, asked.sent, asked.batch
    body = b'%b,"seq":%d}' % (_OK, live.seq)
    answers.remember(sent.author, sent.id, command, body)
    batch.handled.append((_as_logged(sent), "ok", live.seq))
    if sent.connection is not None:
        batch.replies.append((sent.connection, encode_answer(sent.id, live.clock.wall_ms(), body)))


def _as_logged(sent: Sent) -> Sent:
    """Return a command as the server's logs may have it."""
    return msgspec.structs.replace(sent, actor=engine.ROOM) if _is_nameless(sent) else sent


def _accept(asked: Asked, answers: Answers, command: bytes, events: tuple[Event, ...]) -> None:
    live, sent, batch = asked.live, asked.sent, asked.batch
    record = _carry_out(live, sent, command, events, batch)
    if sent.id:
        answers.accept(record)
        if sent.connection is not None:
            body = _with_data(asked, record.answer)
            batch.replies.append((sent.connection, encode_answer(sent.id, record.at_ms, body)))
    if sent.by == "host":
        take_back_ready(live, batch)  # of a seat out of which a bot has been taken


def _with_data(asked: Asked, body: bytes) -> bytes:
    """Return an answer with the data that is given out with it: it is made each time anew, and stored nowhere.

    Whoever has meanwhile come to a lower rank is given nothing more.
    """
    sent = asked.sent
    command: HostCommand | SideCommand | None = (HOST_COMMANDS if sent.by == "host" else SIDE_COMMANDS).get(sent.name)
    if command is None or command.gives is None or not body.startswith(_OK):
        return body
    if isinstance(command, HostCommand) and not host_commands.has_rank(asked.live, sent.token, command):
        return body
    return b'%b,"data":%b}' % (body[:-1], encode_tree(command.gives(asked)))


def _carry_out(live: LiveRoom, sent: Sent, command: bytes, events: tuple[Event, ...], batch: Batch) -> Record:
    """Apply the events to the room in memory, and return the record that holds them."""
    state = live.state
    before = state.game
    live.seq = seq = live.seq + 1
    for event in events:
        event.apply(state)
        for line in event.lines():
            batch.tell(line.text, seq, line.values, line.audience)
    batch.has_events |= bool(events)
    now = live.clock.wall_ms()
    body = b'%b,"seq":%d}' % (_OK, seq) if sent.id else b""
    record = Record(
        seq=seq,
        season=before.season,
        phase=before.phase,
        actor=sent.actor,
        by=sent.by,
        token=sent.author,
        command_id=sent.id,
        command=command,
        events=encode_events(events),
        answer=body,
        at_ms=now,
        member=sent.member,
        mark=live.marks.add(),
    )
    batch.records.append(record)
    live.tally.count(record, state.scenario)
    live.dirty.table |= live.troubles.count(record, events)
    live.dirty.hands |= live.stood_in.count(record)
    batch.handled.append((sent, "ok", seq))
    if state.game is not before:
        live.standing.wall, live.standing.broken = live.standing.wall.with_the_game(), {}
        live.phase_opened()
    return record
