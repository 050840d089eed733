"""A game as one seat may imagine it: what the seat sees stands, everything that it may not see is drawn anew.

Answers a state that can be played on, for a policy that looks ahead. It is made of the seat's own sight, field by
field as declared (default: nobody), and of dice that are given. So two games that look alike to a seat are imagined
alike, and neither the hands of others nor the room's seed can be read off. The rule modules fill in again what is left
out (`RuleModule.imagine`). Never changes the game that it imagines, never says what is likely.

Source: the rulebook's "Who sees what"; Cowling, Powley and Whitehouse 2012 (determinization).
"""

from __future__ import annotations

from typing import Any, Final

import attrs

from makersphere_rules.dice import Dice
from makersphere_rules.entity import Entity, Key, changed, sight_of
from makersphere_rules.module import Draft
from makersphere_rules.state import State

__all__ = ["imagined"]


@attrs.frozen
class _Sight:
    """What others see of a kind.

    Attributes:
        public: they see something of it.
        live: the fields that they see as they are.
        unseen: blank values for the fields that its owner sees and those that nobody sees.
        unknown: blank values for the fields that nobody sees.
    """

    public: bool
    live: tuple[str, ...]
    unseen: dict[str, Any]
    unknown: dict[str, Any]

    def of_others(self, entity: Entity | None, known: Entity | None) -> Entity | None:
        """Return an entity as everybody sees it, from how it is and how it was when the last phase closed."""
        if not self.public or known is None:
            return None
        now = {name: getattr(entity, name) for name in self.live} if entity is not None else {}
        return changed(known, **now, **self.unseen)


class _Sights(dict[type[Entity], _Sight]):
    """The sight of each kind, found when it is first asked for; a kind's declarations never change."""

    def __missing__(self, cls: type[Entity]) -> _Sight:
        fields = [(field, sight_of(field)[0]) for field in attrs.fields(cls)]
        public = any(sight in ("table", "settled") for _, sight in fields)
        found = self[cls] = _Sight(
            public,
            tuple(field.name for field, sight in fields if sight == "table"),
            _blank(field for field, sight in fields if sight in ("owner", "nobody")) if public else {},
            _blank(field for field, sight in fields if sight == "nobody") if cls.is_owned else {},
        )
        return found


def _blank(fields: Any) -> dict[str, Any]:  # noqa: ANN401  (attrs.Attribute is generic in what a field holds)
    """Return what hidden fields hold when nothing is known."""
    found: dict[str, Any] = {}
    for field in fields:
        default = field.default
        is_made = isinstance(default, attrs.Factory)  # type: ignore[arg-type]  # typed as a function, is a class
        found[field.name] = default.factory() if is_made else default
    return found


_SIGHTS: Final = _Sights()


def imagined(state: State, seat: int, dice: Dice) -> State:
    """Return the game as a seat may imagine it.

    Args:
        state: the game as it is.
        seat: who imagines.
        dice: draw what the seat may not know now, and all that falls when the imagined game is played on; not the
            room's own.
    """
    copy = State(state.scenario, dice, runs=state.runs, retells=False)
    for cls in {**state.settled_kinds, **state.kinds}:
        for key in _in_order(state, cls):
            live = state.find(cls, key)
            seen = _SIGHTS[cls].of_others(live, state.as_settled(cls, key) if cls.settles else live)
            if seen is not None:
                copy.put(seen)
    copy.settle()
    for cls, keys in state.owned.get(seat, {}).items():
        for key in sorted(keys, key=_place):
            copy.put(changed(state.one(cls, key), **_SIGHTS[cls].unknown))
    draft, phase = Draft(copy, applies=True), state.scenario.phase(state.game.phase)
    for module in state.scenario.modules:
        if module.phase == "" or module in phase.modules:
            module.imagine(draft, seat)
    return copy


def _in_order(state: State, cls: type[Entity]) -> list[Key]:
    """Return the keys of a kind sorted by name or number; the order in which they came would tell who acted first."""
    return sorted({**state.settled_kinds.get(cls, {}), **state.all(cls)}, key=_place)


def _place(key: Key) -> tuple[int, str]:
    name = str(key)
    return len(name), name
