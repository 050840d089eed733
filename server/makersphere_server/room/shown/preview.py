"""What a command would change for the seat that asks, if it came now.

Answers from a copy of the state: nothing is stored, and nobody else notices. A preview is empty where the outcome
depends on dice, because nobody is to know that before, and where it rests on another seat's hand. Else it is what the
seat's own table, hand and log would show, the `outlook`: what the close of the phase would then bring the seat, as
far as the seat can work that out, and the `numbers` that a command tells about its arguments. With `ready` it also says
how far all that may go is from going (`fates`). A host may ask how many choices a rewind would undo, and what a card
would change.
"""

from __future__ import annotations

from typing import Any

from makersphere_protocol.codec import encode, encode_answer, encode_tree
from makersphere_protocol.messages import BESIDE, Result
from makersphere_rules import engine
from makersphere_rules.events import Drawn, Event
from makersphere_rules.refusals import Refusal, refuse
from makersphere_rules.seen.outlook import outlook, outlook_and_fates
from makersphere_rules.seen.views import Views
from makersphere_rules.state import State
from makersphere_server.room.commands.asked import Outcome
from makersphere_server.room.commands.broken_rules import refused_as_broken
from makersphere_server.room.commands.host.table import HOST_COMMANDS, has_rank
from makersphere_server.room.model.batch import problem
from makersphere_server.room.model.feed import HOST, LogLine
from makersphere_server.room.model.inbox import PreviewAsked
from makersphere_server.room.model.live_room import LiveRoom

__all__ = ["preview"]

Tree = dict[str, Any]


def preview(live: LiveRoom, asked: PreviewAsked) -> bytes:
    """Return the result frame of a preview."""
    now = live.clock.wall_ms()
    try:
        found = _changes(live, asked)
    except Exception as error:  # noqa: BLE001  (a boundary: a rule that breaks here keeps nobody else from anything)
        found = refused_as_broken(live, error)
    if isinstance(found, Refusal):
        refused = problem(asked.language, found, asked.name)
        return encode(Result(asked.id, ok=False, now=now, error=refused))
    return encode_answer(asked.id, now, encode_tree({"ok": True, "seq": live.seq, "preview": found}))


def _outcome_of(live: LiveRoom, asked: PreviewAsked) -> Outcome | Tree:
    """Return the events that would come of it, a refusal, or of some commands of hosts what is shown instead."""
    of_host = HOST_COMMANDS.get(asked.name)
    if of_host is not None and of_host.preview is not None:
        if not has_rank(live, asked.token, of_host):
            return refuse("not_your_role", "host_rank")
        return of_host.preview(live, asked.args)
    if asked.seat in live.seats and live.seats[asked.seat].is_watching:
        return refuse("not_your_role", "bot_plays")
    if live.standing.behind:  # a pause is a time to plan
        return refuse("paused", "paused")
    game = live.state.game
    at = engine.At(game.season, game.phase) if asked.name == "ready" else None
    return engine.decide(live.state, asked.seat, engine.Order(asked.name, asked.args, at))


def _may_be_shown(state: State, name: str) -> bool:
    command = state.scenario.commands[state.game.phase].get(name)
    return command is None or command.previews


def _changes(live: LiveRoom, asked: PreviewAsked) -> Tree | Refusal:
    if asked.name in BESIDE:
        return {}
    found = _outcome_of(live, asked)
    if not isinstance(found, tuple):
        return found
    if not _may_be_shown(live.state, asked.name) or any(isinstance(event, Drawn) for event in found):
        return {}
    parts = _changes_by(live, asked, found)
    numbers = engine.numbers(live.state, asked.seat, asked.name, asked.args) if asked.seat != HOST else {}
    return {**parts, "numbers": dict(numbers)} if numbers else parts


def _changes_by(live: LiveRoom, asked: PreviewAsked, events: tuple[Event, ...]) -> Tree:
    """Return what some events would change of what the asker sees: the table, and of a seat its hand and outlook."""
    copy = live.state.copy()
    views = Views(copy, is_sealed=live.settings.sealed)
    has_hand = asked.seat != HOST
    if has_hand:
        views.hand(asked.seat)
    lines: list[LogLine] = []
    for event in events:
        engine.evolve(copy, event)
        lines += [LogLine(line.text, live.seq + 1, line.values, tuple(line.audience)) for line in event.lines()]
    changes = views.refresh()
    parts: Tree = {
        "table": changes.table,
        "hand": changes.hands.get(asked.seat, {}),
        "log": [line.tree() for line in lines if line.is_for(asked.seat)],
    }
    if has_hand:
        if asked.name == "ready":  # as things stand
            parts["outlook"], parts["fates"] = outlook_and_fates(copy, asked.seat)
        else:
            parts["outlook"] = outlook(copy, asked.seat)
    return {name: part for name, part in parts.items() if part}
