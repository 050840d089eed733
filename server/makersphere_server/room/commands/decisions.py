"""What becomes of one command, in memory: the same answer as before, a refusal, or a record.

Answers every command once. Everything that follows from it is put into the batch's `Batch` and told by the
room when it is durable. Decides no rule: that is the engine's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from makersphere_protocol.codec import canonical, encode_answer, encode_tree
from makersphere_protocol.messages import BESIDE, Problem
from makersphere_rules import engine
from makersphere_rules.events import Event
from makersphere_rules.refusals import Refusal, refuse
from makersphere_rules.state import Seat
from makersphere_rules.written.notation import encode_events
from makersphere_server.room.commands.device_pairing import device_of
from makersphere_server.room.commands.device_pairing import give_code as give_pairing_code
from makersphere_server.room.commands.fork import FORK, give_fork
from makersphere_server.room.commands.host_acts import facilitate, give_chair
from makersphere_server.room.commands.side_commands import do_beside, give_code
from makersphere_server.room.model.answers import Answers
from makersphere_server.room.model.batch import Batch, problem, refusal_frame
from makersphere_server.room.model.inbox import Sent
from makersphere_server.room.model.live_room import LiveRoom
from makersphere_server.room.shown.host_forms import without_texts
from makersphere_server.room.shown.over_shoulder import give_look
from makersphere_server.storage.event_log import Record

__all__ = ["add_seat", "answer", "may_speak", "take_back_ready"]

_OK: Final = b'{"ok":true'
_GIVES: Final[Mapping[str, Callable[[LiveRoom, Sent, Batch], dict[str, Any]]]] = MappingProxyType(
    {
        "rejoin_code": give_code,
        "pair": give_pairing_code,
        "host.pair": give_pairing_code,
        "host.invite": give_chair,
        "host.look": give_look,
        FORK: give_fork,
    }
)
_PASSING: Final = frozenset({"paused"})  # says nothing about the command, which may come again

Outcome = tuple[Event, ...] | Refusal


def answer(live: LiveRoom, answers: Answers, sent: Sent, batch: Batch) -> None:
    """Decide a command and keep what follows from it."""
    args = sent.args
    if sent.by == "host":
        args = without_texts(sent.name, args, live.settings.salt)
    command = canonical(sent.name, args)
    if sent.id:
        given = answers.find(sent.token, sent.id)
        if given is not None:
            _repeat(live, sent, given.command == command, given.body, batch)
            return
    outcome = _decide(live, sent, batch)
    if outcome is None:
        return
    if isinstance(outcome, Refusal):
        _refuse(live, answers, sent, command, outcome, batch)
    else:
        _accept(live, answers, sent, command, outcome, batch)


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
    """Add a seat during play, as an order of the room itself, and return its number; 0: none can be added now."""
    if live.standing.behind:
        return 0
    seat, game = len(live.state.seats()) + 1, live.state.game
    order = engine.Order("seat", {"seat": seat}, engine.At(game.season, game.phase))
    return seat if _order(live, engine.ROOM, order, batch) else 0


def take_back_ready(live: LiveRoom, batch: Batch) -> None:
    """Let no seat that a person has taken be ready because a bot has said so, as an order of the room itself."""
    if live.standing.behind or not live.is_running:
        return
    game = live.state.game
    order = engine.Order("ready", {"ready": False}, engine.At(game.season, game.phase))
    for seat in sorted(live.tally.bot_ready):
        if live.seats[seat].by == "person" and live.state.one(Seat, seat).ready:
            _order(live, seat, order, batch)


def _order(live: LiveRoom, actor: int, order: engine.Order, batch: Batch) -> bool:
    """Carry out what the room itself wants of the game; return whether the rules allow it."""
    outcome = engine.decide(live.state, actor, order)
    if isinstance(outcome, Refusal):
        return False
    sent = Sent(actor, "room", "", "", order.name, {**order.args}, order.at, "", None, live.clock.now_ms())
    _carry_out(live, sent, canonical(order.name, sent.args), outcome, batch)
    return True


def _repeat(live: LiveRoom, sent: Sent, is_same: bool, body: bytes, batch: Batch) -> None:  # noqa: FBT001
    if sent.connection is not None:
        now = live.clock.wall_ms()
        whole = _with_data(live, sent, body, batch) if is_same else b""
        frame = encode_answer(sent.id, now, whole) if is_same else refusal_frame(sent, now, "id_reused")
        batch.replies.append((sent.connection, frame))
    batch.handled.append((sent, "repeated" if is_same else "id_reused", live.seq))


def _decide(live: LiveRoom, sent: Sent, batch: Batch) -> Outcome | None:
    """Return the events, a refusal, or None where the room's own command has become pointless."""
    if sent.by == "host":
        game = live.state.game
        if sent.at not in (None, engine.At(game.season, game.phase)):
            return refuse("not_your_phase", "late", phase=game.phase)
        batch.language = sent.language
        return facilitate(live, sent.name, sent.args, batch)
    if sent.by == "person" and sent.name in BESIDE:
        return do_beside(live, sent) or ()
    if live.standing.is_still:
        return refuse("paused", "server_behind" if live.standing.behind else "paused") if sent.actor else None
    if sent.actor == engine.ROOM and not _still_due(live, sent):
        return None
    return engine.decide(live.state, sent.actor, engine.Order(sent.name, sent.args, sent.at))


def _still_due(live: LiveRoom, sent: Sent) -> bool:
    """Return whether the phase that the room or its clock wants to close is still there to be closed."""
    game = live.state.game
    if sent.at != engine.At(game.season, game.phase) or not live.is_running:
        return False
    return live.is_time_up if sent.by == "clock" else live.is_done


def _refuse(live: LiveRoom, answers: Answers, sent: Sent, command: bytes, refusal: Refusal, batch: Batch) -> None:
    batch.handled.append((sent, refusal.code, live.seq))
    if sent.connection is None:
        return
    body = encode_tree({"ok": False, "error": _tree(problem(sent.language, refusal, sent.name))})
    if refusal.code not in _PASSING:
        batch.private.update(answers.refuse(sent.token, sent.id, command, body))
    batch.replies.append((sent.connection, encode_answer(sent.id, live.clock.wall_ms(), body)))


def _tree(refused: Problem) -> dict[str, str]:
    tree = {"code": refused.code, "message": refused.message}
    if refused.field:
        tree["field"] = refused.field
    return tree


def _accept(
    live: LiveRoom, answers: Answers, sent: Sent, command: bytes, events: tuple[Event, ...], batch: Batch
) -> None:
    record = _carry_out(live, sent, command, events, batch)
    if sent.id:
        answers.accept(record)
        if sent.connection is not None:
            body = _with_data(live, sent, record.answer, batch)
            batch.replies.append((sent.connection, encode_answer(sent.id, record.at_ms, body)))
    if sent.by == "host":
        take_back_ready(live, batch)  # of a seat out of which a bot has been taken


def _with_data(live: LiveRoom, sent: Sent, body: bytes, batch: Batch) -> bytes:
    """Return an answer with what is given out with it and stored nowhere: a fresh one each time."""
    give = _GIVES.get(sent.name)
    if give is None or not body.startswith(_OK):
        return body
    return b'%b,"data":%b}' % (body[:-1], encode_tree(give(live, sent, batch)))


def _carry_out(live: LiveRoom, sent: Sent, command: bytes, events: tuple[Event, ...], batch: Batch) -> Record:
    """Let the events happen, in memory, and return the record that they make."""
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
        seq,
        before.season,
        before.phase,
        sent.actor,
        sent.by,
        sent.token,
        sent.id,
        command,
        encode_events(events),
        body,
        now,
        sent.member,
    )
    batch.records.append(record)
    live.tally.count(record, state.scenario)
    batch.handled.append((sent, "ok", seq))
    if state.game is not before:
        live.phase_opened()
    return record
