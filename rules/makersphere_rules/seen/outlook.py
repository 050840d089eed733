"""What a seat can work out of the close of the phase, as things stand: the least and the most that it may bring.

Also how far all that may go is from going: what it must reach, and what the close would make of it (*fates*).
Answers from a copy of the game in which nobody but the seat has sealed anything, so no sealed choice can show. What the
seat does not know is taken at its worst for it, and at its best. Never draws dice: it tells the odds of a roll.
The numbers are the modules' own (`RuleModule.foresee`). Source: the wire contract's "Table and hand" (previews).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from makersphere_rules.module import Draft, Fate, Foreseen, RuleModule
from makersphere_rules.room_orders import unsaid
from makersphere_rules.state import WAITING, Choice, State

__all__ = ["fates", "outlook", "outlook_and_fates"]

Tree = dict[str, Any]


def outlook(state: State, seat: int) -> dict[str, Foreseen]:
    """Return `least` and `most`, each by venture; empty where nothing can be foreseen."""
    return _numbers(_sides(state, seat)) if _foreseeing(state) else {}


def fates(state: State, seat: int) -> dict[str, Tree]:
    """Return what must be reached not to go, by `venture:N`, `space:N` and `badge:SEAT:SPACE`.

    Each has what is known of it in `least` and `most`, what was reached `last`, and a `verdict`: `safe` (it stays
    whatever comes), `danger` (it goes as things stand), `close` (either may be), `time` (it need not be there yet), or
    none where nobody can say.
    """
    return outlook_and_fates(state, seat)[1]


def outlook_and_fates(state: State, seat: int) -> tuple[dict[str, Foreseen], dict[str, Tree]]:
    """Return both at once, for whoever wants both: the close is foreseen once for either side."""
    sides = _sides(state, seat)
    worst, best = (list(_fates(side, seat)) for side in sides) if sides else ([], [])
    return _numbers(sides), dict(_shown(least, most) for least, most in zip(worst, best, strict=True))


@attrs.frozen
class _Side:
    """The close at its worst for a seat, or at its best: what is foreseen, and the copy on which that was done."""

    draft: Draft
    found: Foreseen
    is_most: bool


def _sides(state: State, seat: int) -> tuple[_Side, ...]:
    """Return the worst and the best, or neither where a seat has nothing to foresee."""
    if state.game.status != "running" or state.role(seat) == WAITING:
        return ()
    modules = _foreseeing(state)
    return tuple(_foreseen(state, seat, modules, is_most=is_most) for is_most in (False, True))


def _numbers(sides: tuple[_Side, ...]) -> dict[str, Foreseen]:
    found = {"most" if side.is_most else "least": side.found for side in sides}
    return found if any(found.values()) else {}


def _foreseeing(state: State) -> list[RuleModule]:
    if state.game.status != "running":
        return []
    phase = state.scenario.phase(state.game.phase)
    modules = [*phase.modules, *(module for module in state.scenario.modules if phase.name in module.foresees)]
    return [module for module in modules if type(module).foresee is not RuleModule.foresee]


def _foreseen(state: State, seat: int, modules: list[RuleModule], *, is_most: bool) -> _Side:
    draft = Draft(state.copy(), applies=True)
    for key, choice in list(draft.state.all(Choice).items()):
        if choice.seat != seat:
            draft.state.remove(Choice, key)
    found: Foreseen = {}
    for module in modules:
        for made in unsaid(draft.state, module, (seat,)):
            draft.emit(made)
    for module in modules:
        for venture, numbers in module.foresee(draft, seat, most=is_most).items():
            found.setdefault(venture, {}).update(numbers)
    return _Side(draft, found, is_most)


def _fates(side: _Side, seat: int) -> Iterator[Fate]:
    for phase in side.draft.state.scenario.phases:
        for module in phase.modules:
            yield from module.fates(side.draft, seat, side.found, most=side.is_most)


def _shown(least: Fate, most: Fate) -> tuple[str, Tree]:
    """Return the key of a fate, and its two sides as one."""
    numbers = (least.seat, least.number) if least.seat else (least.number,)
    tree: Tree = {"kind": least.kind, "id": least.number, "what": least.what, "must": least.must, "by": least.by}
    if least.seat:
        tree["seat"] = least.seat
    if least.of:
        tree |= {"of": least.of, "by_what": least.by_what}
    if least.value is not None and most.value is not None:
        tree |= {"least": least.value, "most": most.value}
    if least.last is not None:
        tree["last"] = least.last
    verdict = _verdict(least.why, most.why, is_known=least.value is not None)
    if verdict:
        tree["verdict"] = "time" if verdict == "safe" and _is_later(least) else verdict
    if least.why:
        tree["reason"] = most.why or least.why
    if least.tries:
        tree["tries"] = {name: _tried(tried, most.tries[name]) for name, tried in least.tries.items()}
    return ":".join((least.kind, *map(str, numbers))), tree


def _is_later(fate: Fate) -> bool:
    """Return whether what stays has not been judged yet: it need not be born, or it is ranked in a later season."""
    return fate.what == "born" or (fate.what == "place" and not fate.of)


def _tried(least: tuple[int, str], most: tuple[int, str]) -> Tree:
    return {"least": least[0], "most": most[0], "verdict": _verdict(least[1], most[1], is_known=True)}


def _verdict(worst: str, best: str, *, is_known: bool) -> str:
    """Return a verdict from the reasons to go at the worst and at the best."""
    if best:
        return "danger"
    if worst:
        return "close"
    return "safe" if is_known else ""
