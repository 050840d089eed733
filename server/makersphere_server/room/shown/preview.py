"""What a command would change for the seat that asks, if it came now.

Answers from a copy of the state; nothing is stored and nobody else notices. What depends on dice is left
out, because it is not to be known before, and so is what rests on another's hand: such a preview is empty.
The rest is what this seat's own table, hand and log would show, and the `outlook`: what the close would then bring
it, as far as it can work that out. A host may ask how many choices a rewind would undo, and what a card would turn.
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


def preview(live: LiveRoom, look: PreviewAsked) -> bytes:
    """Return the result frame of a preview."""
    now = live.clock.wall_ms()
    found = _changes(live, look)
    if isinstance(found, Refusal):
        refused = problem(look.language, found, look.name)
        return encode(Result(look.id, ok=False, now=now, error=refused))
    return encode_answer(look.id, now, encode_tree({"ok": True, "seq": live.seq, "preview": found}))


def _taken_back(live: LiveRoom, look: PreviewAsked) -> Tree:
    """Return how many choices a host would undo."""
    season, phase = look.args.get("season"), look.args.get("phase")
    if type(season) is not int or not isinstance(phase, str):
        return {"choices": 0}
    return {"choices": live.tally.choices_undone_by((season, phase), live.state.scenario)}


def _decided(live: LiveRoom, look: PreviewAsked) -> tuple[Event, ...] | Refusal:
    if look.name == SHOCK.name:
        return engine.decide(live.state, engine.ROOM, engine.Order("shock", look.args))
    if live.standing.is_still:
        return refuse("paused", "paused")
    game = live.state.game
    at = engine.At(game.season, game.phase) if look.name == "ready" else None
    return engine.decide(live.state, look.seat, engine.Order(look.name, look.args, at))


def _may_be_shown(state: State, name: str) -> bool:
    command = state.scenario.commands[state.game.phase].get(name)
    return command is None or command.previews


def _changes(live: LiveRoom, look: PreviewAsked) -> Tree | Refusal:
    if look.name in BESIDE:
        return {}
    if look.name == REWIND.name:
        return _taken_back(live, look)
    events = _decided(live, look)
    if isinstance(events, Refusal):
        return events
    if not _may_be_shown(live.state, look.name) or any(isinstance(event, Drawn) for event in events):
        return {}
    copy = live.state.copy()
    views = Views(copy)
    if look.name != SHOCK.name:
        views.hand(look.seat)
    lines: list[LogLine] = []
    for event in events:
        engine.evolve(copy, event)
        lines += [LogLine(line.text, live.seq + 1, line.values, tuple(line.audience)) for line in event.lines()]
    changes = views.refresh()
    parts: Tree = {
        "table": changes.table,
        "hand": changes.hands.get(look.seat, {}),
        "log": [line.tree() for line in lines if line.is_for(look.seat)],
    }
    if look.name != SHOCK.name:
        parts["outlook"] = outlook(copy, look.seat)
    return {name: part for name, part in parts.items() if part}
