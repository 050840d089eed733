"""What a command would change for the seat that asks, if it came now.

Answers from a copy of the state: nothing is stored, and nobody else notices. A preview is empty where the outcome
depends on dice, because nobody is to know that before, and where it rests on another seat's hand. Else it is what the
seat's own table, hand and log would show, and the `outlook`: what the close of the phase would then bring the seat, as
far as the seat can work that out. A host may ask how many choices a rewind would undo, and what a card would change.
"""

from __future__ import annotations

from typing import Any

from makersphere_protocol.codec import encode, encode_answer, encode_tree
from makersphere_protocol.messages import BESIDE, Result
from makersphere_rules import engine
from makersphere_rules.events import Drawn, Event
from makersphere_rules.refusals import Refusal, refuse
from makersphere_rules.seen.outlook import outlook
from makersphere_rules.seen.views import Views
from makersphere_rules.state import State
from makersphere_server.room.commands.host.pace import SHOCK
from makersphere_server.room.commands.host.rewinding import REWIND
from makersphere_server.room.model.batch import problem
from makersphere_server.room.model.feed import LogLine
from makersphere_server.room.model.inbox import PreviewAsked
from makersphere_server.room.model.live_room import LiveRoom

__all__ = ["preview"]

Tree = dict[str, Any]


def preview(live: LiveRoom, asked: PreviewAsked) -> bytes:
    """Return the result frame of a preview."""
    now = live.clock.wall_ms()
    found = _changes(live, asked)
    if isinstance(found, Refusal):
        refused = problem(asked.language, found, asked.name)
        return encode(Result(asked.id, ok=False, now=now, error=refused))
    return encode_answer(asked.id, now, encode_tree({"ok": True, "seq": live.seq, "preview": found}))


def _taken_back(live: LiveRoom, asked: PreviewAsked) -> Tree:
    """Return how many choices a host would undo."""
    season, phase = asked.args.get("season"), asked.args.get("phase")
    if type(season) is not int or not isinstance(phase, str):
        return {"choices": 0}
    return {"choices": live.tally.choices_undone_by((season, phase), live.state.scenario)}


def _decided(live: LiveRoom, asked: PreviewAsked) -> tuple[Event, ...] | Refusal:
    if asked.name == SHOCK.name:
        return engine.decide(live.state, engine.ROOM, engine.Order("shock", asked.args))
    if live.standing.is_still:
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
    if asked.name == REWIND.name:
        return _taken_back(live, asked)
    events = _decided(live, asked)
    if isinstance(events, Refusal):
        return events
    if not _may_be_shown(live.state, asked.name) or any(isinstance(event, Drawn) for event in events):
        return {}
    copy = live.state.copy()
    views = Views(copy)
    if asked.name != SHOCK.name:
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
    if asked.name != SHOCK.name:
        parts["outlook"] = outlook(copy, asked.seat)
    return {name: part for name, part in parts.items() if part}
