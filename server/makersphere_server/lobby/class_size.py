"""How a class is seated, before its room is opened: what the page for opening a room asks.

Answers which scenarios can be played, and for a number of people how many seats there are, in which roles, how many a
bot plays and how many people share one. Opens no room and knows no rule: the scenario's rules seat, and the scenario
says for how many it is meant. Source: the rulebook's "Seats".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, Final

from makersphere_rules import engine
from makersphere_rules.mistakes import ScenarioError
from makersphere_rules.scenario import Scenario
from makersphere_server.lobby.lessons import lesson_tree
from makersphere_server.room.model.chosen_rules import choices_tree
from makersphere_server.room.model.lesson_plan import between_s, lesson_s, play_s
from makersphere_server.room.model.people.playable_roles import known_roles

__all__ = ["NO_SCENARIOS", "ClassSizes"]

Tree = dict[str, Any]


class ClassSizes:
    """What can be played, and by whom."""

    def __init__(self, names: Iterable[str], find: Callable[[str], Scenario], most_seats: int) -> None:
        """Prepare.

        Args:
            names: the scenarios that are offered, in order.
            find: finds a scenario by name; a KeyError says that there is none.
            most_seats: the server's bound.
        """
        self._names = tuple(names)
        self._find = find
        self._most_seats = most_seats

    def offered(self) -> list[Tree]:
        """Return each scenario with its length and size; `roles` are those of its usual number of seats."""
        return [self._offer(scenario) for scenario in map(self._known, self._names) if scenario is not None]

    def seated(self, name: str, people: int) -> Tree | None:
        """Return how a number of people is seated, or None where there is no such scenario or nobody to seat."""
        scenario = self._known(name)
        if scenario is None or not 1 <= people <= self._most_seats:
            return None
        fewest, most = scenario.made_for
        roles = engine.seating(scenario, min(max(people, fewest), most, self._most_seats))
        seats = len(roles)
        return {
            "people": people,
            "seats": seats,
            "roles": dict(Counter(roles)),
            "known_roles": sorted(known_roles(scenario, seats)),
            "bots": max(seats - people, 0),
            "shared": max(people - seats, 0),
        }

    def offers(self, name: str) -> bool:
        """Return whether there is such a scenario."""
        return name in self._names

    def lesson(self, name: str) -> Tree | None:
        """Return the lesson of a scenario, or None where there is no such scenario or nobody has written one."""
        scenario = self._known(name) if name in self._names else None
        return lesson_tree(scenario) if scenario is not None else None

    def _known(self, name: str) -> Scenario | None:
        try:
            return self._find(name)
        except (KeyError, ScenarioError):
            return None

    def _offer(self, scenario: Scenario) -> Tree:
        return {
            "name": scenario.name,
            "seats": scenario.seats,
            "made_for": list(scenario.made_for),
            "roles": dict(Counter(engine.seating(scenario, scenario.seats))),
            "seasons": scenario.seasons,
            "runs": len(scenario.runs) or 1,
            "play_s": play_s(scenario),
            "lesson_s": lesson_s(scenario),
            "between_s": between_s(scenario),
            "choices": choices_tree(scenario.choices),
        }


def _none(name: str) -> Scenario:
    raise KeyError(name)


NO_SCENARIOS: Final = ClassSizes((), _none, 0)
