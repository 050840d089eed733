"""What becomes of one command, in memory: the same answer as before, a refusal, or a record.

Answers every command once. Everything that follows from it is put into the batch's `Work` and told by the
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
from makersphere_rules.notation import encode_events
from makersphere_rules.refusals import Refusal, refuse
from makersphere_rules.state import Seat
from makersphere_server.answers import Answers
from makersphere_server.beside import do_beside, give_code
from makersphere_server.devices import device_of
from makersphere_server.devices import give_code as give_pairing_code
from makersphere_server.event_log import Record
from makersphere_server.facilitator import facilitate, give_chair
from makersphere_server.forking import FORK, give_fork
from makersphere_server.host_forms import without_texts
from makersphere_server.inbox import Sent
from makersphere_server.looking import give_look
from makersphere_server.sitting import Sitting
from makersphere_server.timeline import count_choice, note_ready
from makersphere_server.work import Work, problem, refusal_frame

__all__ = ["add_seat", "answer", "may_speak", "take_back_ready"]

_OK: Final = b'{"ok":true'
_GIVES: Final[Mapping[str, Callable[[Sitting, Sent, Work], dict[str, Any]]]] = MappingProxyType(
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


def answer(sitting: Sitting, answers: Answers, sent: Sent, work: Work) -> None:
    """Decide a command and keep what follows from it."""
    args = sent.args
    if sent.by == "host":
        args = without_texts(sent.name, args, sitting.settings.salt)
    command = canonical(sent.name, args)
    if sent.id:
        given = answers.find(sent.token, sent.id)
        if given is not None:
            _repeat(sitting, sent, given.command == command, given.body, work)
            return
    outcome = _decide(sitting, sent, work)
    if outcome is None:
        return
    if isinstance(outcome, Refusal):
        _refuse(sitting, answers, sent, command, outcome, work)
    else:
        _accept(sitting, answers, sent, command, outcome, work)


def may_speak(sitting: Sitting, sent: Sent) -> bool:
    """Return whether the sender may still speak: its token may have been taken away since the command came in."""
    match sent.by:
        case "person":
            found = sitting.seats.find(sent.token)
            is_seated = found is not None and found[0].seat == sent.actor
            return is_seated or device_of(sitting, sent) is not None
        case "host":
            return sent.token in sitting.hosts or device_of(sitting, sent) is not None
        case _:
            return True


def add_seat(sitting: Sitting, work: Work) -> int:
    """Add a seat during play, as an order of the room itself, and return its number; 0: none can be added now."""
    if sitting.behind:
        return 0
    seat, game = len(sitting.state.seats()) + 1, sitting.state.game
    order = engine.Order("seat", {"seat": seat}, engine.At(game.season, game.phase))
    return seat if _order(sitting, engine.ROOM, order, work) else 0


def take_back_ready(sitting: Sitting, work: Work) -> None:
    """Let no seat that a person has taken be ready because a bot has said so, as an order of the room itself."""
    if sitting.behind or not sitting.is_running:
        return
    game = sitting.state.game
    order = engine.Order("ready", {"ready": False}, engine.At(game.season, game.phase))
    for seat in sorted(sitting.bot_ready):
        if sitting.seats[seat].by == "person" and sitting.state.one(Seat, seat).ready:
            _order(sitting, seat, order, work)


def _order(sitting: Sitting, actor: int, order: engine.Order, work: Work) -> bool:
    """Carry out what the room itself wants of the game; return whether the rules allow it."""
    outcome = engine.decide(sitting.state, actor, order)
    if isinstance(outcome, Refusal):
        return False
    sent = Sent(actor, "room", "", "", order.name, {**order.args}, order.at, "", None, sitting.clock.now_ms())
    _carry_out(sitting, sent, canonical(order.name, sent.args), outcome, work)
    return True


def _repeat(sitting: Sitting, sent: Sent, is_same: bool, body: bytes, work: Work) -> None:  # noqa: FBT001
    if sent.wire is not None:
        now = sitting.clock.wall_ms()
        whole = _with_data(sitting, sent, body, work) if is_same else b""
        frame = encode_answer(sent.id, now, whole) if is_same else refusal_frame(sent, now, "id_reused")
        work.replies.append((sent.wire, frame))
    work.handled.append((sent, "repeated" if is_same else "id_reused", sitting.seq))


def _decide(sitting: Sitting, sent: Sent, work: Work) -> Outcome | None:
    """Return the events, a refusal, or None where the room's own command has become pointless."""
    if sent.by == "host":
        game = sitting.state.game
        if sent.at not in (None, engine.At(game.season, game.phase)):
            return refuse("not_your_phase", "late", phase=game.phase)
        work.language = sent.language
        return facilitate(sitting, sent.name, sent.args, work)
    if sent.by == "person" and sent.name in BESIDE:
        return do_beside(sitting, sent) or ()
    if sitting.behind or sitting.paused:
        return refuse("paused", "server_behind" if sitting.behind else "paused") if sent.actor else None
    if sent.actor == engine.ROOM and not _still_due(sitting, sent):
        return None
    return engine.decide(sitting.state, sent.actor, engine.Order(sent.name, sent.args, sent.at))


def _still_due(sitting: Sitting, sent: Sent) -> bool:
    """Return whether the phase that the room or its clock wants to close is still there to be closed."""
    game = sitting.state.game
    if sent.at != engine.At(game.season, game.phase) or not sitting.is_running:
        return False
    return sitting.is_time_up if sent.by == "clock" else sitting.is_done


def _refuse(sitting: Sitting, answers: Answers, sent: Sent, command: bytes, refusal: Refusal, work: Work) -> None:
    work.handled.append((sent, refusal.code, sitting.seq))
    if sent.wire is None:
        return
    body = encode_tree({"ok": False, "error": _tree(problem(sent.language, refusal, sent.name))})
    if refusal.code not in _PASSING:
        work.private.update(answers.refuse(sent.token, sent.id, command, body))
    work.replies.append((sent.wire, encode_answer(sent.id, sitting.clock.wall_ms(), body)))


def _tree(refused: Problem) -> dict[str, str]:
    tree = {"code": refused.code, "message": refused.message}
    if refused.field:
        tree["field"] = refused.field
    return tree


def _accept(
    sitting: Sitting, answers: Answers, sent: Sent, command: bytes, events: tuple[Event, ...], work: Work
) -> None:
    record = _carry_out(sitting, sent, command, events, work)
    if sent.id:
        answers.accept(record)
        if sent.wire is not None:
            body = _with_data(sitting, sent, record.answer, work)
            work.replies.append((sent.wire, encode_answer(sent.id, record.at_ms, body)))
    if sent.by == "host":
        take_back_ready(sitting, work)  # of a seat out of which a bot has been taken


def _with_data(sitting: Sitting, sent: Sent, body: bytes, work: Work) -> bytes:
    """Return an answer with what is given out with it and stored nowhere: a fresh one each time."""
    give = _GIVES.get(sent.name)
    if give is None or not body.startswith(_OK):
        return body
    return b'%b,"data":%b}' % (body[:-1], encode_tree(give(sitting, sent, work)))


def _carry_out(sitting: Sitting, sent: Sent, command: bytes, events: tuple[Event, ...], work: Work) -> Record:
    """Let the events happen, in memory, and return the record that they make."""
    state = sitting.state
    before = state.game
    sitting.seq = seq = sitting.seq + 1
    for event in events:
        event.apply(state)
        for line in event.lines():
            work.tell(line.text, seq, line.values, line.audience)
    work.has_events |= bool(events)
    now = sitting.clock.wall_ms()
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
    work.records.append(record)
    count_choice(sitting.choices, record, state.scenario)
    note_ready(sitting.bot_ready, record)
    work.handled.append((sent, "ok", seq))
    if state.game is not before:
        sitting.phase_opened()
    return record
