"""What a seat can work out of the close of the phase, as things stand: the least and the most that it may bring.

Answers from a copy of the game in which nobody but the seat has sealed anything, so no sealed choice can show. What the
seat does not know is taken at its worst for it, and at its best. Never draws dice: it tells the odds of a roll.
The numbers are the modules' own (`RuleModule.foresee`). Source: the wire contract's "Table and hand" (previews).
"""

from __future__ import annotations

from makersphere_rules.module import Draft, Foreseen, RuleModule
from makersphere_rules.room_orders import unsaid
from makersphere_rules.state import WAITING, Choice, State

__all__ = ["outlook"]


def outlook(state: State, seat: int) -> dict[str, Foreseen]:
    """Return `least` and `most`, each by venture; empty where nothing can be foreseen."""
    if state.game.status != "running" or state.role(seat) == WAITING:
        return {}
    phase = state.scenario.phase(state.game.phase)
    modules = [*phase.modules, *(module for module in state.scenario.modules if phase.name in module.foresees)]
    modules = [module for module in modules if _foresees(module)]
    if not modules:
        return {}
    found = {name: _foreseen(state, seat, modules, most=name == "most") for name in ("least", "most")}
    return found if any(found.values()) else {}


def _foresees(module: RuleModule) -> bool:
    return type(module).foresee is not RuleModule.foresee


def _foreseen(state: State, seat: int, modules: list[RuleModule], *, most: bool) -> Foreseen:
    draft = Draft(state.copy(), applies=True)
    for key, choice in list(draft.state.all(Choice).items()):
        if choice.seat != seat:
            draft.state.remove(Choice, key)
    found: Foreseen = {}
    for module in modules:
        for made in unsaid(draft.state, module, (seat,)):
            draft.emit(made)
    for module in modules:
        for venture, numbers in module.foresee(draft, seat, most=most).items():
            found.setdefault(venture, {}).update(numbers)
    return found
