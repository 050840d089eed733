"""When what commands act on has last changed, counted in the room's `seq`.

Answers whether somebody who sends a command has seen what it acts on as it is now. Keeps nothing of what has changed.
What changed before the room was opened counts as seen: whoever comes back is shown the whole of it.
"""

from __future__ import annotations

import attrs

from makersphere_rules.engine import Order
from makersphere_rules.entity import Entity, Key
from makersphere_rules.state import State

__all__ = ["LastChanges"]


@attrs.define(eq=False)
class LastChanges:
    """The last change of each entity that some command acts on, by the `seq` at which it was first shown."""

    _shown: dict[type[Entity], dict[Key, int]] = attrs.field(factory=dict)

    def note(self, state: State, seq: int) -> None:
        """Keep what is about to be shown.

        Args:
            state: the game, before its views look at what has been touched.
            seq: of the last record in what is about to be shown.
        """
        commands = state.scenario.commands.get(state.game.phase, {})
        followed = {command.acts_on[0] for command in commands.values() if command.acts_on is not None}
        for cls in followed & state.touched.keys():
            self._shown.setdefault(cls, {}).update(dict.fromkeys(state.touched[cls], seq))

    def is_newer(self, state: State, seat: int, order: Order, saw: int) -> bool:
        """Return whether what an order acts on has changed after the record that its sender saw last."""
        command = state.scenario.commands.get(state.game.phase, {}).get(order.name)
        if command is None or command.acts_on is None:
            return False
        cls, field = command.acts_on
        key = order.args.get(field) if field else seat
        if not isinstance(key, int | str):
            return False  # the form says what is wrong with it
        return key in state.touched.get(cls, {}) or self._shown.get(cls, {}).get(key, 0) > saw
