"""Which moments of a game are told: those that mattered most, of different sorts, for people of each role.

Answers at most so many facts. What the debrief tells as a moment, or somebody's story as a turning point, weighs more.
Of each family the weightiest is taken, with people of whom nothing has been told if there is one; where there are more
families than moments, the lightest is left out, but no role. Decides nothing by chance, and ranks nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import attrs

from makersphere_playtest.why.changes import Impossible, again
from makersphere_playtest.why.facts import FAMILIES, Fact, facts
from makersphere_playtest.why.recorded import Lived, Stretch
from makersphere_rules.debrief.opened import Debrief, Story
from makersphere_rules.state import State

__all__ = ["KINDS", "Chosen", "choose"]

KINDS: Final = ("feelings", "facts", "learning", "life", "what_if", "what_next")  # of questions
_KIND_OF: Final = dict(zip(("roll", "missed", "price", "bar", "signed", "level"), KINDS, strict=True))
_TOLD: Final = {  # by the text of a moment or a turning point, the family that it speaks of
    **dict.fromkeys(("dice_won", "dice_lost", "own_help_lead", "own_kept_lead"), "roll"),
    **dict.fromkeys(("own_roll_won", "own_roll_lost"), "roll"),
    **dict.fromkeys(("first_birth", "own_birth", "own_stake_up", "own_stake_ended", "own_stake_back"), "signed"),
    **dict.fromkeys(("largest_sale", "largest_payout", "own_sale"), "price"),
    "missed_deal": "missed",
    "own_levels": "level",
}
_MOMENT: Final = 40  # what it weighs to be a moment of the debrief
_TURN: Final = 15  # or of somebody's story


@attrs.frozen
class Chosen:
    """A fact that is told.

    Attributes:
        moment: the number of the debrief's moment that it explains; 0: none.
        kind: of the question that is asked about it.
    """

    fact: Fact
    stretch: Stretch = attrs.field(repr=False)
    moment: int
    kind: str

    @property
    def is_own_kind(self) -> bool:
        """Return whether the kind is the one that is asked of this family first."""
        return self.kind == _KIND_OF[FAMILIES[self.fact.sort]]


def choose(lived: Lived, most: int) -> list[Chosen]:
    """Return the moments to tell, in order of time."""
    told = _moments(lived.end)
    turns = _turns(lived.end)
    stretches = {(one.season, one.phase): one for one in lived.stretches}
    weighed: list[Fact] = []
    for fact in facts(lived):
        more = _MOMENT * bool(told.get(_name(fact, fact.venture)))
        more += _TURN * any(_name(fact, seat) in turns for seat in fact.seats)
        weighed.append(attrs.evolve(fact, weight=fact.weight + more))
    picked = _picked(sorted(weighed, key=lambda fact: -fact.weight), most, stretches)
    kinds = _kinds(picked)
    found = [
        Chosen(fact, stretches[fact.season, fact.phase], told.get(_name(fact, fact.venture), 0), kind)
        for fact, kind in zip(picked, kinds, strict=True)
    ]
    return sorted(found, key=lambda one: one.fact.seq)


_Name = tuple[str, int, int]  # a family, a season, and a venture or a seat


def _name(fact: Fact, whose: int) -> _Name:
    return FAMILIES[fact.sort], fact.season, whose


def _moments(end: State) -> dict[_Name, int]:
    """Return the numbers of the debrief's moments by family, season and venture."""
    found: dict[_Name, int] = {}
    for debrief in end.all(Debrief).values():
        for number, moment in debrief.moments.items():
            family, values = _TOLD.get(str(moment["text"])), moment["values"]
            if family is not None and isinstance(values, dict):
                found[family, int(str(moment["season"])), int(values.get("venture", 0))] = number
    return found


def _turns(end: State) -> set[_Name]:
    """Return the turning points of all stories by family, season and seat."""
    found: set[_Name] = set()
    for story in end.all(Story).values():
        for turn in story.turning.values():
            family = _TOLD.get(str(turn["text"]))
            if family is not None:
                found.add((family, int(str(turn["season"])), story.seat))
    return found


def _picked(facts_: Sequence[Fact], most: int, stretches: dict[tuple[int, str], Stretch]) -> list[Fact]:
    """Return the facts that are told, of those whose change the rules allow; the weightiest come first."""
    left = list(facts_)
    picked: list[Fact] = []
    while len(picked) < most:
        families = {FAMILIES[fact.sort] for fact in picked}
        roles = {fact.role for fact in picked}
        missing = {fact.role for fact in left} - roles
        only_missing = missing if len(missing) >= most - len(picked) else set()
        fact = _next(left, picked, families, only_missing)
        if fact is None:
            break
        left.remove(fact)
        if _is_possible(fact, stretches[fact.season, fact.phase]):
            picked.append(fact)
    return picked


def _next(left: Iterable[Fact], picked: Iterable[Fact], families: set[str], roles: set[str]) -> Fact | None:
    """Return the next fact to tell: of another family, and of other people, as far as there is one."""
    people = {seat for fact in picked for seat in fact.seats}
    allowed = [fact for fact in left if not roles or fact.role in roles]
    others = [fact for fact in allowed if FAMILIES[fact.sort] not in families]
    if not others:
        return next(iter(allowed), None)
    family = FAMILIES[others[0].sort]
    of_it = [fact for fact in others if FAMILIES[fact.sort] == family]
    return next((fact for fact in of_it if not people & set(fact.seats)), of_it[0])


def _is_possible(fact: Fact, stretch: Stretch) -> bool:
    try:
        again(stretch, fact.change)
    except Impossible:
        return False
    return True


def _kinds(picked: Iterable[Fact]) -> list[str]:
    """Return for each fact the kind of its question; as long as there are others, each kind comes once."""
    found: list[str] = []
    for fact in picked:
        own = _KIND_OF[FAMILIES[fact.sort]]
        unused = [kind for kind in KINDS if kind not in found]
        found.append(own if own in unused or not unused else unused[0])
    return found
