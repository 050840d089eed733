"""Whether the printed values can be played: the checks of the shared parameters, and those of modules against them.

Answers with mistakes, never with a game. A range bounds each parameter by itself; the checks here hold two of them
against each other.
"""

from __future__ import annotations

from collections.abc import Iterator

from makersphere_rules.ecosystem.table.shared_params import WorldParams
from makersphere_rules.ecosystem.table.vocabulary import BACKGROUNDS, KINDS, STAGES, WHOLE
from makersphere_rules.mistakes import Mistake, expected
from makersphere_rules.scenario import Scenario

__all__ = ["above", "below", "beyond", "printed", "unplayable"]


def printed(scenario: Scenario) -> WorldParams:
    """Return the shared parameters of a scenario; the printed ones if it does not have the module `world`."""
    found = scenario.values.get(WorldParams)
    return found if isinstance(found, WorldParams) else WorldParams()


def above(path: str, value: int, name: str, limit: int) -> Iterator[Mistake]:
    """Yield a value that is larger than another parameter allows."""
    if value > limit:
        yield expected(path, "at_most", name=name, value=limit)


def below(path: str, value: int, name: str, limit: int) -> Iterator[Mistake]:
    """Yield a value that is smaller than another parameter allows."""
    if value < limit:
        yield expected(path, "at_least", name=name, value=limit)


def beyond(path: str, value: int, text: str, limit: int) -> Iterator[Mistake]:
    """Yield a value that is larger than a limit; `text` is the key of the sentence that says so."""
    if value > limit:
        yield expected(path, text, value=limit)


def unplayable(params: WorldParams) -> Iterator[Mistake]:
    """Yield printed values that cannot be played: materials that nobody can pay, shares that nobody can give."""
    backgrounds = [params.background(name) for name in BACKGROUNDS]
    kinds = {name: params.kind(name) for name in KINDS}
    together = max(each.credits for each in backgrounds) + max(each.credits for each in kinds.values())
    for stage in range(params.first_stage, len(STAGES)):
        path = f"world.materials_{STAGES[stage]}"
        yield from beyond(path, params.materials(stage), "payable", together)
    for name, kind in kinds.items():
        yield from above(f"world.{name}_shares", kind.shares, "10000 - world.lead_keeps", WHOLE - params.lead_keeps)
        if kind.credits == kind.hours == 0:
            yield expected(f"world.{name}_credits", "one_above_zero", names=f"world.{name}_credits, world.{name}_hours")
    most = max(kind.hours for kind in kinds.values())
    yield from beyond("world.package_hours", params.package_hours, "in_one_hand", most)
